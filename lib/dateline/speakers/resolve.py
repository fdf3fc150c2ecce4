"""From articles and attributions to mentions, speakers, and who said what."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, check_frame
from dateline.read.blocks import lay_out
from dateline.speakers.cast import Cast
from dateline.speakers.decisions import Decisions
from dateline.speakers.link import Line, Linker
from dateline.speakers.name import fold_name
from dateline.speakers.person import Figure, Reading, Sighting, name_any
from dateline.speakers.registry import Registry
from dateline.words import Flat, Spans, join_lines

_WORD = re.compile(r"\w[\w’'-]*")


class Resolution(NamedTuple):
    """What `resolve_speakers` returns: the MENTIONS and the SPEAKERS."""

    mentions: pd.DataFrame
    speakers: pd.DataFrame


class Who(NamedTuple):
    """A speaker of the corpus, and the figure of the article that it is."""

    speaker_id: str
    name: str
    kind: str
    figure: Figure


def resolve_speakers(
    articles: pd.DataFrame,
    attributions: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    decisions: pd.DataFrame | None = None,
) -> Resolution:
    """Tell who the sources are, within each article and across all of them.

    Args:
        articles: ARTICLES.
        attributions: ATTRIBUTIONS of these articles.
        blocks: BLOCKS of the articles; None finds them.
        decisions: What `read_decisions` reads; it overrules what is found.

    Returns:
        MENTIONS, one row a source and speaker or candidate, by article and place; the first full
        name of each person and every ambiguous surname are mentions too. SPEAKERS, by
        `speaker_id`; `n_mentions` leaves out the mentions that are undecided. Empty in, empty out.

    Raises:
        ValueError: A frame lacks a column, or an attribution's article is unknown.
    """
    check_frame(attributions, "attributions")
    layouts = lay_out(articles, blocks)
    if unknown := sorted(set(attributions["article_id"]) - set(layouts)):
        raise ValueError(f"attributions of unknown articles: {', '.join(unknown)}")
    flats = {article_id: layout.flat for article_id, layout in layouts.items()}
    lines_of = {
        str(key): _read_lines(rows, flats[str(key)])
        for key, rows in attributions.groupby("article_id")
    }
    # From here on all offsets are into the flat texts, so that no rule meets a wrapped line.
    every = [
        article._replace(text=flats[article.article_id].text)
        for article in articles.sort_values("article_id").itertuples(index=False)
    ]
    decided = Decisions(decisions)
    casts = {a.article_id: Cast(a.text, _spans(lines_of.get(a.article_id, []))) for a in every}
    known = {name for cast in casts.values() for name in cast.people_named}
    for cast in casts.values():
        cast.gather(known, decided.apart)
    days = {a.article_id: a.published_on for a in every}
    registry = Registry(casts, days, decided.apart)
    mentions = []
    for article in every:
        linker = Linker(casts[article.article_id], registry, article)
        read = linker.read(lines_of.get(article.article_id, []))
        mentions += _find_mentions(article, linker, read, _Namer(article, registry, decided))
    for mention in mentions:
        span = flats[mention["article_id"]].to_article(mention["start"], mention["end"])
        mention["start"], mention["end"] = span
    return _build(mentions, days)


def attribute_speakers(
    articles: pd.DataFrame,
    attributions: pd.DataFrame,
    mentions: pd.DataFrame,
    speakers: pd.DataFrame,
) -> pd.DataFrame:
    """Join each attribution with its speaker and its article.

    Args:
        articles: ARTICLES.
        attributions: ATTRIBUTIONS.
        mentions: MENTIONS, as `resolve_speakers` gives them.
        speakers: SPEAKERS, likewise.

    Returns:
        SAID, one row an attribution, in the order of `attributions`. The speaker is NA where there
        is none, and where it is undecided: `speaker_candidates` then lists the names.
    """
    for frame, name in ((articles, "articles"), (attributions, "attributions")):
        check_frame(frame, name)
    check_frame(mentions, "mentions")
    speaker_of = {s.speaker_id: s for s in check_frame(speakers, "speakers").itertuples()}
    at: dict[tuple[str, int], list] = {}
    for mention in mentions.itertuples(index=False):
        at.setdefault((mention.article_id, mention.start), []).append(mention)
    article_of = {a.article_id: a for a in articles.itertuples(index=False)}
    rows = []
    for row in attributions.itertuples(index=False):
        article = article_of[row.article_id]
        bare = pd.isna(row.source_start)
        found = [] if bare else at.get((row.article_id, row.source_start), [])
        text = " … ".join(join_lines(article.text[start:end]) for start, end in row.content)
        said = {**row._asdict(), "text": text, "n_words": len(_WORD.findall(text))}
        said |= {key: getattr(article, key) for key in ("outlet", "published_on", "cluster_id")}
        rows.append(said | _speaker_of(found, speaker_of))
    return check_frame(build_frame("said", rows), "said")


def _speaker_of(found: list, speaker_of: dict) -> dict:
    """The speaker's columns of SAID, from the mention rows of a source."""
    row: dict = {"speaker_candidates": [], "speaker_evidence": found[0].evidence if found else None}
    sure = [speaker_of[m.speaker_id] for m in found if m.status in ("resolved", "joint")]
    candidates = [speaker_of[m.speaker_id] for m in found if m.status == "candidate"]
    if candidates:
        names = [" and ".join([*(s.name for s in sure), c.name]) for c in candidates]
        return row | {"speaker_candidates": sorted(names)}
    if sure:
        row |= {"speaker": " and ".join(s.name for s in sure)}
        row |= {"speaker_id": "+".join(s.speaker_id for s in sure)}
        row["speaker_kind"] = sure[0].kind if len(sure) == 1 else "group"
    return row


def _read_lines(rows: pd.DataFrame, flat: Flat) -> list[Line]:
    lines = []
    for row in rows.itertuples(index=False):
        bare = pd.isna(row.source_start)
        start, end = (row.start, row.start) if bare else (row.source_start, row.source_end)
        content = tuple(flat.to_flat(*span) for span in row.content)
        lines.append(Line(*flat.to_flat(int(start), int(end)), content, row.kind))
    return sorted(lines)


def _spans(lines: list[Line]) -> list[tuple[int, int]]:
    return [(line.start, line.end) for line in lines if line.end > line.start]


class _Namer:
    """Names the figures of one article as speakers of the corpus."""

    def __init__(self, article: object, registry: Registry, decided: Decisions) -> None:
        self.article_id = article.article_id
        self.registry = registry
        self.decided = decided

    def who(self, figure: Figure) -> list[Who]:
        """The speaker that a figure is; several candidates where other articles leave it open."""
        identities = self.registry.identities_of(figure)
        found = []
        for name, forms in [(i.name, i.forms) for i in identities] or [(figure.name, ())]:
            decided = next((d for n in (name, *sorted(forms)) if (d := self.decided.name(n))), name)
            own = "" if figure.named or decided != name else f"--{_slug(self.article_id)}"
            kind = self.decided.kinds.get(decided, figure.kind)
            found.append(Who(_slug(decided) + own, decided, kind, figure))
        return list({who.speaker_id: who for who in found}.values())

    def decide(self, text: str, reading: Reading) -> list[Who]:
        """The speaker whom the analyst gave these very words to."""
        name = self.decided.name(text)
        if not name and not any(figure.named for figure in reading.figures):
            name = self.decided.role(text)
        if not name:
            return []
        figure = reading.figures[0] if reading.figures else Figure(name, "person")
        kind = self.decided.kinds.get(name, figure.kind)
        return [Who(_slug(name), name, kind, figure)]


def _find_mentions(article: object, linker: Linker, read: list, namer: _Namer) -> list[dict]:
    """The mentions of one article: its sources, and the names that introduce or stay open."""
    mentions: dict[int, list[dict]] = {}
    for line, reading in read:
        if line.start not in mentions and line.end > line.start:
            mentions[line.start] = _source_rows(article, line, reading, namer)
    taken = Spans(_spans([line for line, _ in read]))
    met: set[Figure] = set()
    for sighting in linker.cast.sightings:
        free = not taken.overlap(sighting.start, sighting.end)
        if free and (rows := _name_rows(article, sighting, met, namer)):
            mentions[sighting.start] = rows
    return [row for start in sorted(mentions) for row in mentions[start]]


def _source_rows(article: object, line: Line, reading: Reading, namer: _Namer) -> list[dict]:
    """One row a speaker or candidate of a source; one without a speaker where there is none."""
    row = {"article_id": article.article_id, "start": line.start, "end": line.end}
    row |= {"text": article.text[line.start : line.end], "kind": reading.kind}
    row |= {"status": reading.status, "evidence": reading.evidence}
    if decided := namer.decide(row["text"], reading):
        evidence = f"decision: {row['text']} is {decided[0].name}"
        return [row | {"status": "resolved", "evidence": evidence, "who": decided[0]}]
    rows: dict[str, dict] = {}
    for figure in reading.figures:
        found = namer.who(figure)
        status = "candidate" if len(found) > 1 or figure in reading.open else reading.status
        evidence = reading.evidence
        if figure not in namer.registry.of and found[0].name != figure.name:
            evidence += f"; in other articles: {' or '.join(who.name for who in found)}"
        for who in found:
            rows[who.speaker_id] = row | {"status": status, "evidence": evidence, "who": who}
    return list(rows.values()) or [row | {"who": None}]


def _name_rows(article: object, sighting: Sighting, met: set[Figure], namer: _Namer) -> list[dict]:
    """The rows of a name out of source position: a first full name, or an ambiguous surname."""
    words = article.text[sighting.start : sighting.end]
    figure = sighting.figures[0]
    if figure.kind != "person" or (
        len(sighting.figures) == 1 and (figure in met or " " not in words)
    ):
        return []
    row = {"article_id": article.article_id, "start": sighting.start, "end": sighting.end}
    row |= {"text": words, "kind": "name"}
    if len(sighting.figures) > 1:
        evidence = f"surname: {words} is {name_any(sighting.figures)}"
        row |= {"status": "candidate", "evidence": evidence}
        found = (who for figure in sighting.figures for who in namer.who(figure))
        return [row | {"who": who} for who in {who.speaker_id: who for who in found}.values()]
    met.add(figure)
    role = next((f": “{r.words}”" for r in figure.roles), "")
    found = namer.who(figure)
    status = "resolved" if len(found) == 1 else "candidate"
    return [row | {"status": status, "evidence": f"full name{role}", "who": w} for w in found]


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", fold_name(name)).strip("-") or "unnamed"


def _build(mentions: list[dict], days: dict) -> Resolution:
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


def _count_speaker(found: list[dict], days: dict) -> dict:
    """One row of SPEAKERS, from its mentions."""
    who = found[0]["who"]
    sure = [m for m in found if m["status"] != "candidate"]
    dated = [day for m in sure if pd.notna(day := days[m["article_id"]])]
    figures = dict.fromkeys(m["who"].figure for m in found)
    roles = Counter(r.words for f in figures for r in f.roles)
    forms: Counter = Counter()
    for figure in figures:
        forms.update(figure.forms)
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
