"""From articles and attributions to mentions, speakers, and who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, check_frame, describe_frames, take_frame
from dateline.read.intake.tally import list_failures
from dateline.read.plain.blocks import lay_out
from dateline.speakers.cast import Cast, gather_known
from dateline.speakers.decisions import Decisions
from dateline.speakers.names.alike import is_full
from dateline.speakers.names.name import Stretch
from dateline.speakers.person import Sighting, Speaker
from dateline.speakers.registry import Namer, Registry
from dateline.speakers.rules import RULES
from dateline.speakers.scene import Answer, Article, Attribution, Scene, any_of
from dateline.speakers.voices.labelled import is_named
from dateline.tabular import list_rows
from dateline.words import Flat, Spans

UNCLEAR = 0.5  # a speaker who is less probable than this is a candidate only
FULL_NAME = 0.99  # how often a full name is its bearer's (see rules)


class Resolution(NamedTuple):
    """What `resolve_speakers` returns: the MENTIONS and the SPEAKERS."""

    mentions: pd.DataFrame
    speakers: pd.DataFrame

    def __repr__(self) -> str:
        return describe_frames(self)


def resolve_speakers(
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    decisions: pd.DataFrame | None = None,
) -> Resolution:
    """Tell who the sources are, within each article and across all of them.

    Args:
        attributions: ATTRIBUTIONS of these articles.
        articles: ARTICLES.
        decisions: What `read_decisions` reads; it overrules what is found.
        blocks: BLOCKS of these articles, found here where they are not given. Only body text and
            captions tell who is who; whom a caption shows is not what a pronoun means.

    Returns:
        MENTIONS, one row a source and speaker or candidate, by article and place; the first full
        name of each person and every ambiguous surname are mentions too. `score` is how often
        what led there leads to the right speaker; one below 0.5 is a candidate only. SPEAKERS, by
        `speaker_id`; `n_mentions` leaves out the mentions that are undecided. Empty in, empty out.
        `mentions.attrs["problems"]` lists the articles that failed, as rows of PROBLEMS; none of
        their sources has a speaker.

    Raises:
        ValueError: A frame lacks a column, or an attribution's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.resolve_speakers(dl.find_attributions(articles), articles).speakers["name"].tolist()
        ['Ada Quill']
    """
    attributions = take_frame(attributions, "attributions")
    known = {"optional": ["path", "published_on", "outlet", "byline"]}
    articles = take_frame(articles, "articles", "article_id", "text", **known)
    layouts = lay_out(articles, blocks)
    if unknown := sorted(set(attributions["article_id"]) - set(layouts)):
        raise ValueError(f"attributions of unknown articles: {', '.join(unknown)}")
    # From here on all offsets are into the flat texts, so that no rule meets a wrapped line.
    flats = {article_id: layout.flat for article_id, layout in layouts.items()}
    placed = {
        article_id: [Stretch(block.kind, block.start, block.end) for block in layout.blocks]
        for article_id, layout in layouts.items()
    }
    given = _list_attributions(attributions, flats)
    every = _list_articles(articles, flats)
    decided = Decisions(decisions)
    failed: dict[str, str] = {}
    casts = _gather_casts(every, given, placed, decided, failed)
    days = dict(zip(articles["article_id"], articles["published_on"], strict=True))
    registry = Registry(casts, days, decided.apart)
    mentions: list[dict] = []
    for article in every:
        key = article.article_id
        with _guarded(key, failed):
            if key in casts:
                scene = Scene(article, casts[key], registry, given.get(key, []), RULES)
                answers = scene.read()
                mentions += [*_find_mentions(scene, answers, Namer(key, registry, decided))]
    for mention in mentions:
        span = flats[mention["article_id"]].to_article(mention["start"], mention["end"])
        mention["start"], mention["end"] = span
    resolution = _build(mentions, days)
    resolution.mentions.attrs["problems"] = list_failures(articles, failed, stage="speakers")
    return resolution


@contextmanager
def _guarded(article_id: str, failed: dict[str, str]) -> Iterator[None]:
    """Note an article that fails: it must not cost the others theirs."""
    try:
        yield
    except Exception as error:
        failed[article_id] = f"{type(error).__name__}: {error}"


def _gather_casts(
    articles: list[Article],
    given: dict[str, list[Attribution]],
    placed: dict[str, list[Stretch]],
    decided: Decisions,
    failed: dict[str, str],
) -> dict[str, Cast]:
    """The cast of each article that did not fail; whom one names in full all of them know."""
    casts: dict[str, Cast] = {}
    for article in articles:
        key = article.article_id
        with _guarded(key, failed):
            named = [
                a
                for a in given.get(key, [])
                if not a.is_turn or is_named(article.text[a.start : a.end])
            ]
            casts[key] = Cast(article.text, _spans(named), placed.get(key, []))
    known = gather_known(casts.values())
    for key, cast in casts.items():
        with _guarded(key, failed):
            cast.gather(known, decided.apart)
    return {key: cast for key, cast in casts.items() if key not in failed}


def _list_articles(articles: pd.DataFrame, flats: dict[str, Flat]) -> list[Article]:
    """The articles by their ids, so that their order in the frame changes nothing."""
    rows = list_rows(articles.sort_values("article_id"))
    known = [{k: v for k, v in row.items() if isinstance(v, str)} for row in rows]
    return [
        Article(r["article_id"], flats[r["article_id"]].text, r.get("byline"), r.get("outlet"))
        for r in known
    ]


def _list_attributions(
    attributions: pd.DataFrame, flats: dict[str, Flat]
) -> dict[str, list[Attribution]]:
    """The attributions by article, in the order of its text; of these columns only, for speed."""
    found: dict[str, list[Attribution]] = {}
    columns = ["article_id", "start", "content", "kind", "rule"]
    columns += ["source_start", "source_end", "cue_start"]
    for row in list_rows(attributions[columns]):
        flat = flats[row["article_id"]]
        bare = pd.isna(row["source_start"])
        place = [row["start"]] * 2 if bare else [row["source_start"], row["source_end"]]
        content = tuple(flat.to_flat(int(start), int(end)) for start, end in row["content"])
        is_turn = not bare and row["rule"] in ("turn", "turn on")
        start, end = flat.to_flat(*map(int, place))
        cued = pd.notna(row["cue_start"]) and not bare and row["cue_start"] > place[1]
        reach = flat.to_flat(int(place[1]), int(row["cue_start"]))[1] if cued else end
        attribution = Attribution(start, end, content, row["kind"], is_turn, reach)
        found.setdefault(row["article_id"], []).append(attribution)
    return {article_id: sorted(found[article_id]) for article_id in sorted(found)}


def _spans(attributions: Iterable[Attribution]) -> list[tuple[int, int]]:
    """Where the sources stand."""
    return [(a.start, a.end) for a in attributions if a.end > a.start]


def _find_mentions(
    scene: Scene, answers: dict[Attribution, Answer], namer: Namer
) -> Iterator[dict]:
    """The mentions of one article: its sources, and the names that introduce or stay open."""
    mentions: dict[int, list[dict]] = {}
    for attribution, answer in answers.items():
        if attribution.start not in mentions and attribution.end > attribution.start:
            mentions[attribution.start] = _source_rows(scene, attribution, answer, namer)
    taken = Spans(_spans(answers))
    met: set[Speaker] = set()
    for sighting in scene.cast.sightings:
        free = not taken.overlap(sighting.start, sighting.end)
        if free and (rows := _name_rows(scene, sighting, met, namer)):
            mentions[sighting.start] = rows
    return (row for start in sorted(mentions) for row in mentions[start])


def _source_rows(
    scene: Scene, attribution: Attribution, answer: Answer, namer: Namer
) -> list[dict]:
    """One row a speaker or candidate of a source; one without a speaker where there is none."""
    row = _place_row(scene.article, attribution.start, attribution.end)
    unclear = answer.status == "resolved" and answer.score < UNCLEAR
    told = "candidate" if unclear else answer.status
    row |= {"kind": answer.kind, "status": told, "evidence": answer.evidence}
    if decided := namer.decide(row["text"], answer.speakers):
        evidence = f"decision: {row['text']} is {decided.name}"
        return [row | {"status": "resolved", "evidence": evidence, "score": 1.0, "who": decided}]
    rows: dict[str, dict] = {}
    for speaker in answer.speakers:
        found = namer.who(speaker)
        status = "candidate" if len(found) > 1 or speaker in answer.open else told
        evidence = answer.evidence
        if speaker not in namer.registry.of and found[0].name != speaker.name:
            evidence += f"; in other articles: {' or '.join(who.name for who in found)}"
        for who in found:
            score = None if status == "candidate" else answer.score
            told_of = {"status": status, "evidence": evidence, "score": score}
            rows[who.speaker_id] = row | told_of | {"who": who}
    return list(rows.values()) or [row | {"who": None}]


def _name_rows(scene: Scene, sighting: Sighting, met: set[Speaker], namer: Namer) -> list[dict]:
    """The rows of a name out of source position: a first full name, or an ambiguous surname."""
    row = _place_row(scene.article, sighting.start, sighting.end) | {"kind": "name"}
    words, speaker = row["text"], sighting.speakers[0]
    if speaker.kind != "person":
        return []
    if len(sighting.speakers) > 1:
        evidence = f"surname: {words} is {any_of(sighting.speakers)}"
        row |= {"status": "candidate", "evidence": evidence}
        found = (who for speaker in sighting.speakers for who in namer.who(speaker))
        return [row | {"who": who} for who in {who.speaker_id: who for who in found}.values()]
    if speaker in met or not is_full(words):
        return []
    met.add(speaker)
    role = next((f": “{r.words}”" for r in speaker.roles), "")
    known = namer.who(speaker)
    status = "resolved" if len(known) == 1 else "candidate"
    row |= {"status": status, "evidence": f"full name{role}"}
    row |= {"score": FULL_NAME if status == "resolved" else None}
    return [row | {"who": who} for who in known]


def _place_row(article: Article, start: int, end: int) -> dict:
    words = article.text[start:end]
    return {"article_id": article.article_id, "start": start, "end": end, "text": words}


def _build(mentions: list[dict], days: dict[str, pd.Timestamp]) -> Resolution:
    """The two frames, from mention rows that still hold their speakers."""
    of_speaker: dict[str, list[dict]] = {}
    for mention in mentions:
        if who := mention["who"]:
            mention["speaker_id"] = who.speaker_id
            of_speaker.setdefault(who.speaker_id, []).append(mention)
    speakers = [_count_speaker(found, days) for _, found in sorted(of_speaker.items())]
    mentions.sort(key=lambda m: (m["article_id"], m["start"], m.get("speaker_id") or ""))
    return Resolution(
        check_frame(build_frame("mentions", mentions), "mentions"),
        check_frame(build_frame("speakers", speakers), "speakers"),
    )


def _count_speaker(found: list[dict], days: dict[str, pd.Timestamp]) -> dict:
    """One row of SPEAKERS, from its mentions."""
    who = found[0]["who"]
    sure = [m for m in found if m["status"] != "candidate"]
    dated = [day for m in sure if pd.notna(day := days[m["article_id"]])]
    met = dict.fromkeys(m["who"].speaker for m in found)
    roles = Counter(role.words for speaker in met for role in speaker.roles)
    forms: Counter[str] = Counter()
    for speaker in met:
        forms.update(speaker.forms)
    forms.pop(who.name, None)
    return {
        "speaker_id": who.speaker_id,
        "name": who.name,
        "kind": who.kind,
        "roles": sorted(roles, key=lambda role: (-roles[role], role)),
        "aliases": sorted(forms, key=lambda form: (-forms[form], form)),
        "n_mentions": len(sure),
        "n_articles": len({m["article_id"] for m in sure}),
        "first_on": min(dated, default=None),
        "last_on": max(dated, default=None),
    }
