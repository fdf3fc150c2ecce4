"""From articles and attributions to mentions, speakers, and who said what."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import SCHEMAS, build_frame, check_frame, describe_frames, take_frame
from dateline.speakers.cast import Cast
from dateline.speakers.decisions import Decisions
from dateline.speakers.link import Line, Linker
from dateline.speakers.name import fold_name
from dateline.speakers.person import Figure, Reading, Sighting, name_any
from dateline.speakers.registry import Registry
from dateline.terms.tokens import WORD
from dateline.words import Spans


class Resolution(NamedTuple):
    """What `resolve_speakers` returns: the MENTIONS and the SPEAKERS."""

    mentions: pd.DataFrame
    speakers: pd.DataFrame

    def __repr__(self) -> str:
        return describe_frames(self)


class Who(NamedTuple):
    """A speaker of the corpus, and the figure of the article that it is."""

    speaker_id: str
    name: str
    kind: str
    figure: Figure


def resolve_speakers(
    attributions: pd.DataFrame, articles: pd.DataFrame, *, decisions: pd.DataFrame | None = None
) -> Resolution:
    """Tell who the sources are, within each article and across all of them.

    Args:
        attributions: ATTRIBUTIONS of these articles.
        articles: ARTICLES.
        decisions: What `read_decisions` reads; it overrules what is found.

    Returns:
        MENTIONS, one row a source and speaker or candidate, by article and place; the first full
        name of each person and every ambiguous surname are mentions too. SPEAKERS, by
        `speaker_id`; `n_mentions` leaves out the mentions that are undecided. Empty in, empty out.

    Raises:
        ValueError: A frame lacks a column, or an attribution's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.resolve_speakers(dl.find_attributions(articles), articles).speakers["name"].tolist()
        ['Ada Quill']
    """
    attributions = take_frame(attributions, "attributions")
    known = {"optional": ["published_on", "outlet", "byline"]}
    articles = take_frame(articles, "articles", "article_id", "text", **known)
    lines_of = {str(key): _read_lines(rows) for key, rows in attributions.groupby("article_id")}
    if unknown := sorted(set(lines_of) - set(articles["article_id"])):
        raise ValueError(f"attributions of unknown articles: {', '.join(unknown)}")
    every = list(articles.sort_values("article_id").itertuples(index=False))
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
    return _build(mentions, days)


def attribute_speakers(
    attributions: pd.DataFrame,
    mentions: pd.DataFrame,
    speakers: pd.DataFrame,
    articles: pd.DataFrame,
) -> pd.DataFrame:
    """Join each attribution with its speaker and its article.

    Args:
        attributions: ATTRIBUTIONS.
        mentions: MENTIONS, as `resolve_speakers` gives them.
        speakers: SPEAKERS, likewise.
        articles: ARTICLES; columns that were added to it are added to the result.

    Returns:
        SAID, one row an attribution, in the order of `attributions`. The speaker is NA where there
        is none, and where it is undecided: `speaker_candidates` then lists the names.

    Raises:
        ValueError: A frame lacks a column, or an attribution's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> attributions = dl.find_attributions(articles)
        >>> mentions, speakers = dl.resolve_speakers(attributions, articles)
        >>> said = dl.attribute_speakers(attributions, mentions, speakers, articles)
        >>> said[["speaker", "n_words"]].to_dict("records")
        [{'speaker': 'Ada Quill', 'n_words': 4}]
    """
    attributions = take_frame(attributions, "attributions")
    mentions = take_frame(mentions, "mentions")
    speakers = take_frame(speakers, "speakers", "speaker_id", "name", "kind")
    known = {"optional": ["outlet", "published_on", "cluster_id"]}
    articles = take_frame(articles, "articles", "article_id", "text", **known)
    speaker_of = {s.speaker_id: s for s in speakers.itertuples()}
    at: dict[tuple[str, int], list] = {}
    for mention in mentions.itertuples(index=False):
        at.setdefault((mention.article_id, mention.start), []).append(mention)
    shelf = _Shelf(articles)
    rows = []
    for row in attributions.to_dict("records"):
        spans = {f"{key}_spans": _list_span(row, key) for key in ("cue", "source")}
        found = [
            m for start, _ in spans["source_spans"] for m in at.get((row["article_id"], start), [])
        ]
        rows.append(row | shelf.describe(row) | spans | _speaker_of(found, speaker_of))
    said = check_frame(build_frame("said", rows), "said")
    added = [key for key in articles if key not in {**SCHEMAS["articles"].columns, **said}]
    added_to = articles.set_index("article_id")[added].reindex(said["article_id"])
    return said.assign(**{key: added_to[key].array for key in added})


class _Shelf:
    """The articles by their ids, asked for what SAID takes from them."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self._articles = {a["article_id"]: a for a in articles.to_dict("records")}
        self._starts: dict[str, np.ndarray] = {}

    def describe(self, attribution: dict) -> dict:
        """The outlet, day and cluster of an attribution's article, what was said, and its words."""
        article_id, content = attribution["article_id"], attribution["content"]
        if article_id not in self._articles:
            raise ValueError(f"attributions of unknown articles: {article_id}")
        article = self._articles[article_id]
        if article_id not in self._starts:
            # A word belongs to what was said where it begins there, as in `add_voice`.
            words = re.finditer(WORD, article["text"])
            self._starts[article_id] = np.array([word.start() for word in words], dtype=np.int64)
        columns = {key: article[key] for key in ("outlet", "published_on", "cluster_id")}
        return columns | {
            "text": " … ".join(article["text"][start:end] for start, end in content),
            "n_words": int(np.diff(np.searchsorted(self._starts[article_id], content)).sum()),
        }


def _list_span(row: dict, key: str) -> list[list[int]]:
    start, end = row[f"{key}_start"], row[f"{key}_end"]
    return [] if pd.isna(start) else [[int(start), int(end)]]


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


def _read_lines(rows: pd.DataFrame) -> list[Line]:
    lines = []
    for row in rows.itertuples(index=False):
        bare = pd.isna(row.source_start)
        start, end = (row.start, row.start) if bare else (row.source_start, row.source_end)
        lines.append(Line(int(start), int(end), tuple(map(tuple, row.content)), row.kind))
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
