"""From articles and attributions to mentions, speakers, and who said what."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, check_frame
from dateline.quotes.cast import Cast
from dateline.quotes.link import Line, Linker, Reading
from dateline.quotes.names import fold_name
from dateline.quotes.registry import Registry


class Resolution(NamedTuple):
    """What `resolve_speakers` returns: the MENTIONS and the SPEAKERS."""

    mentions: pd.DataFrame
    speakers: pd.DataFrame


def resolve_speakers(
    articles: pd.DataFrame, attributions: pd.DataFrame, *, decisions: pd.DataFrame | None = None
) -> Resolution:
    """Tell who the sources are, within each article and across all of them."""
    check_frame(articles, "articles")
    check_frame(attributions, "attributions")
    lines_of = {key: _read_lines(rows) for key, rows in attributions.groupby("article_id")}
    rows = articles.sort_values("article_id").itertuples(index=False)
    spoken = [article for article in rows if article.article_id in lines_of]
    casts = {
        a.article_id: Cast(a.text, [(n.start, n.end) for n in lines_of[a.article_id]])
        for a in spoken
    }
    known = set().union(*(cast.people_named for cast in casts.values()))
    for cast in casts.values():
        cast.gather(known)
    registry = Registry(casts, {a.article_id: a.published_on for a in spoken})
    mentions: list[dict] = []
    for article in spoken:
        readings = Linker(casts[article.article_id], registry, article).read(
            lines_of[article.article_id]
        )
        mentions += _read_mentions(article, readings, registry)
    speakers = _count_speakers(mentions, articles)
    for mention in mentions:
        mention.pop("figure")
        mention.pop("name")
    mentions.sort(key=lambda m: (m["article_id"], m["start"], m["speaker_id"] or ""))
    return Resolution(
        check_frame(build_frame("mentions", mentions), "mentions"),
        check_frame(build_frame("speakers", speakers), "speakers"),
    )


def attribute_speakers(
    articles: pd.DataFrame,
    attributions: pd.DataFrame,
    mentions: pd.DataFrame,
    speakers: pd.DataFrame,
) -> pd.DataFrame:
    """Join each attribution with its speaker and its article: SAID."""
    name_of = speakers.set_index("speaker_id")["name"].to_dict()
    kind_of = speakers.set_index("speaker_id")["kind"].to_dict()
    at: dict[tuple[str, int], list] = {}
    for mention in mentions.itertuples(index=False):
        at.setdefault((mention.article_id, mention.start), []).append(mention)
    article_of = {a.article_id: a for a in articles.itertuples(index=False)}
    rows = []
    for row in attributions.itertuples(index=False):
        article = article_of[row.article_id]
        found = at.get((row.article_id, row.source_start), []) if pd.notna(row.source_start) else []
        text = " … ".join(article.text[start:end] for start, end in row.content)
        said = {**row._asdict(), "text": text, "n_words": len(re.findall(r"\w[\w’'-]*", text))}
        said |= {key: getattr(article, key) for key in ("outlet", "published_on", "cluster_id")}
        rows.append(said | _speaker_of(found, name_of, kind_of))
    return check_frame(build_frame("said", rows), "said")


def _speaker_of(found: list, name_of: dict, kind_of: dict) -> dict:
    ids = [m.speaker_id for m in found if pd.notna(m.speaker_id)]
    row = {"speaker_candidates": [], "speaker_evidence": found[0].evidence if found else None}
    if any(m.status == "candidate" for m in found):
        return row | {"speaker_candidates": sorted(name_of[i] for i in ids)}
    if ids:
        names = [name_of[i] for i in ids]
        row |= {"speaker": " and ".join(names), "speaker_id": "+".join(ids)}
        row["speaker_kind"] = kind_of[ids[0]] if len(ids) == 1 else "group"
    return row


def _read_mentions(article: object, readings: list, registry: Registry) -> list[dict]:
    """The mentions of one article, each with its figure."""
    mentions = []
    seen: set[int] = set()
    for line, reading in readings:
        if line.start in seen:
            continue
        seen.add(line.start)
        mentions += _mention_rows(article, line, reading, registry)
    return mentions


def _read_lines(rows: pd.DataFrame) -> list[Line]:
    lines = [
        Line(int(r.source_start), int(r.source_end), tuple(map(tuple, r.content)), r.kind)
        for r in rows.itertuples(index=False)
        if pd.notna(r.source_start)
    ]
    return sorted(lines)


def _mention_rows(article: object, line: Line, reading: Reading, registry: Registry) -> list[dict]:
    """One row a speaker or candidate; one without a speaker where there is none."""
    row = {"article_id": article.article_id, "start": line.start, "end": line.end}
    row |= {"text": article.text[line.start : line.end], "kind": reading.kind}
    row |= {"status": reading.status, "evidence": reading.evidence}
    rows: dict[str, dict] = {}
    for figure in reading.figures:
        identities = registry.identities_of(figure)
        if figure not in registry.of and identities:
            seen = "; ".join(f"{i.name} in {min(i.figures)}" for i in identities)
            row["evidence"] = f"{reading.evidence}; in other articles: {seen}"
            row["status"] = "candidate" if len(identities) > 1 else row["status"]
        for name in [identity.name for identity in identities] or [figure.name]:
            rows[_slug(name)] = {"speaker_id": _slug(name), "figure": figure, "name": name}
    return [row | who for who in rows.values()] or [row | {"speaker_id": None, "figure": None, "name": None}]


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", fold_name(name)).strip("-")


def _count_speakers(mentions: list[dict], articles: pd.DataFrame) -> list[dict]:
    dates = articles.set_index("article_id")["published_on"].to_dict()
    grouped: dict[str, list[dict]] = {}
    for mention in mentions:
        if mention["figure"]:
            grouped.setdefault(mention["speaker_id"], []).append(mention)
    rows = []
    for speaker_id, found in sorted(grouped.items()):
        figures = [m["figure"] for m in found]
        days = [d for m in found if pd.notna(d := dates[m["article_id"]])]
        roles = Counter(role.words for f in dict.fromkeys(figures) for role in f.roles)
        rows.append(
            {
                "speaker_id": speaker_id,
                "name": found[0]["name"],
                "kind": figures[0].kind,
                "roles": [r for r, _ in roles.most_common()],
                "aliases": [],
                "n_mentions": len(found),
                "n_articles": len({m["article_id"] for m in found}),
                "first_on": min(days, default=None),
                "last_on": max(days, default=None),
            }
        )
    return rows
