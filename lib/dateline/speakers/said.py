"""From articles to who said what: attributions, speakers and SAID in one step."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dateline.attribution.find import find_attributions
from dateline.frames import build_frame, check_frame, describe_frames, take_frame
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
    corpus: Path | str | None = None,
    problems: pd.DataFrame | None = None,
    progress: bool = False,
) -> Found:
    """Find who said what, and who that is.

    Args:
        articles: ARTICLES.
        corpus: The folder that they were read from, or one of its files: where it holds a
            speakers.csv, that overrules what is found.
        problems: PROBLEMS met before, which those met here are added to.
        progress: Show a line that counts the articles, on standard error.

    Returns:
        Found: ATTRIBUTIONS, SPEAKERS, SAID and PROBLEMS. Empty in, empty out.

    Raises:
        ValueError: speakers.csv has a mistake; the message names row and value.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.find_said(articles).said[["speaker", "kind", "text"]].to_dict("records")
        [{'speaker': 'Ada Quill', 'kind': 'direct', 'text': '“The port is shut,”'}]
    """
    attributions = find_attributions(articles, progress=progress)
    decisions = None
    if corpus is not None:
        folder = Path(corpus) if Path(corpus).is_dir() else Path(corpus).parent
        decided = folder / "speakers.csv"
        decisions = read_decisions(decided) if decided.exists() else None
    mentions, speakers = resolve_speakers(attributions, articles, decisions=decisions)
    said = attribute_speakers(attributions, mentions, speakers, articles)
    known = [] if problems is None else take_frame(problems, "problems").to_dict("records")
    met = build_frame("problems", [*known, *attributions.attrs["problems"]])
    return Found(attributions, speakers, said, check_frame(met, "problems"))
