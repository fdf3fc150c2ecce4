"""From articles to who said what: attributions, speakers and SAID in one step."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dateline.attribution import DEFAULT_MIN_SCORE, find_attributions
from dateline.frames import build_frame, check_frame, describe_frames, take_frame
from dateline.read import find_blocks
from dateline.speakers.decisions import read_decisions
from dateline.speakers.resolve import attribute_speakers, resolve_speakers


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
