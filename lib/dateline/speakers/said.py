"""From attributions and speakers to SAID, who said what; or from articles, in one step."""

from __future__ import annotations

import bisect
import re
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dateline.attribution import DEFAULT_MIN_SCORE, find_attributions
from dateline.frames import SCHEMAS, build_frame, check_frame, describe_frames, take_frame
from dateline.read import find_blocks
from dateline.speakers.decisions import read_decisions
from dateline.speakers.resolve import resolve_speakers
from dateline.tabular import list_rows
from dateline.words import WORD, join_lines


class Found(NamedTuple):
    """What `find_said` returns: ATTRIBUTIONS, SPEAKERS, SAID, which joins them, and PROBLEMS."""

    attributions: pd.DataFrame
    speakers: pd.DataFrame
    said: pd.DataFrame
    problems: pd.DataFrame

    def __repr__(self) -> str:
        return describe_frames(self)


def find_said(
    articles: pd.DataFrame,
    *,
    blocks: pd.DataFrame | None = None,
    corpus: Path | str | None = None,
    problems: pd.DataFrame | None = None,
    min_score: float = DEFAULT_MIN_SCORE,
    progress: bool = False,
) -> Found:
    """Find who said what, and who that is.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles; None finds them.
        corpus: The folder that they were read from, or one of its files: where it holds a
            speakers.csv, that overrules what is found.
        problems: PROBLEMS met before, which those met here are added to.
        min_score: Leave out attributions that are less probable than this, 0-1; see
            `find_attributions`.
        progress: Show a line that counts the articles, on standard error.

    Returns:
        Found: ATTRIBUTIONS, SPEAKERS, SAID and PROBLEMS. Empty in, empty out.

    Raises:
        ValueError: `min_score` is outside 0-1, or speakers.csv has a mistake; the message names
            row and value.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.find_said(articles).said[["speaker", "kind", "text"]].to_dict("records")
        [{'speaker': 'Ada Quill', 'kind': 'direct', 'text': '“The port is shut,”'}]
    """
    blocks = find_blocks(articles) if blocks is None else blocks
    attributions = find_attributions(
        articles, blocks=blocks, min_score=min_score, progress=progress
    )
    decisions = None
    if corpus is not None:
        folder = Path(corpus) if Path(corpus).is_dir() else Path(corpus).parent
        decided = folder / "speakers.csv"
        decisions = read_decisions(decided) if decided.exists() else None
    mentions, speakers = resolve_speakers(
        attributions, articles, blocks=blocks, decisions=decisions
    )
    said = attribute_speakers(attributions, mentions, speakers, articles)
    known = [] if problems is None else take_frame(problems, "problems").to_dict("records")
    met = attributions.attrs["problems"] + mentions.attrs["problems"]
    met = build_frame("problems", [*known, *met])
    return Found(attributions, speakers, said, check_frame(met, "problems"))


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
    speaker_of = {speaker["speaker_id"]: speaker for speaker in list_rows(speakers)}
    at: dict[tuple[str, int], list[dict]] = {}
    for mention in list_rows(mentions):
        at.setdefault((mention["article_id"], mention["start"]), []).append(mention)
    shelf = _Shelf(articles)
    rows = []
    for row in list_rows(attributions):
        spans = {f"{key}_spans": _list_span(row, key) for key in ("cue", "source")}
        found = [
            m for start, _ in spans["source_spans"] for m in at.get((row["article_id"], start), [])
        ]
        rows.append(row | shelf.describe(row) | spans | _speaker_of(found, speaker_of))
    said = check_frame(build_frame("said", rows), "said")
    known_columns = {*SCHEMAS["articles"].columns, *said.columns}
    added = [str(key) for key in articles.columns if key not in known_columns]
    added_to = articles.set_index("article_id")[added].reindex(said["article_id"])
    return said.assign(**{key: added_to[key].array for key in added})


class _Shelf:
    """The articles by their ids, asked for what SAID takes from them."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self._articles = {a["article_id"]: a for a in list_rows(articles)}
        self._starts: dict[str, list[int]] = {}

    def describe(self, attribution: dict) -> dict:
        """The outlet, day and cluster of an attribution's article, what was said, and its words."""
        article_id, content = attribution["article_id"], attribution["content"]
        if article_id not in self._articles:
            raise ValueError(f"attributions of unknown articles: {article_id}")
        article = self._articles[article_id]
        if article_id not in self._starts:
            # A word belongs to what was said where it begins there, as in `add_voice`.
            words = re.finditer(WORD, article["text"])
            self._starts[article_id] = [word.start() for word in words]
        place = partial(bisect.bisect_left, self._starts[article_id])
        columns = {key: article[key] for key in ("outlet", "published_on", "cluster_id")}
        return columns | {
            "text": " … ".join(join_lines(article["text"][start:end]) for start, end in content),
            "n_words": sum(place(end) - place(start) for start, end in content),
        }


def _list_span(row: dict, key: str) -> list[list[int]]:
    start, end = row[f"{key}_start"], row[f"{key}_end"]
    return [] if pd.isna(start) else [[int(start), int(end)]]


def _speaker_of(found: list[dict], speaker_of: dict[str, dict]) -> dict:
    """The speaker's columns of SAID, from the mention rows of a source."""
    evidence = found[0]["evidence"] if found else None
    row: dict = {"speaker_candidates": [], "speaker_evidence": evidence}
    told = [mention for mention in found if mention["status"] in ("resolved", "joint")]
    sure = [speaker_of[mention["speaker_id"]] for mention in told]
    candidates = [speaker_of[m["speaker_id"]] for m in found if m["status"] == "candidate"]
    if candidates:
        names = [" and ".join(s["name"] for s in (*sure, other)) for other in candidates]
        return row | {"speaker_candidates": sorted(names)}
    if sure:
        row["speaker"] = " and ".join(speaker["name"] for speaker in sure)
        row["speaker_id"] = "+".join(speaker["speaker_id"] for speaker in sure)
        row["speaker_score"] = min(mention["score"] for mention in told)
        row["speaker_kind"] = sure[0]["kind"] if len(sure) == 1 else "group"
    return row
