"""From a folder of articles to the frames articles, blocks and problems."""

from __future__ import annotations

import datetime
import warnings
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, check_frame, describe_frames
from dateline.read.blocks import build_blocks, split_text
from dateline.read.files import Problem, read_files
from dateline.read.metadata import read_metadata
from dateline.read.reprints import find_clusters


class Corpus(NamedTuple):
    """What a folder holds: its articles, their blocks, and what was left out or is doubtful."""

    articles: pd.DataFrame
    blocks: pd.DataFrame
    problems: pd.DataFrame

    def __repr__(self) -> str:
        return describe_frames(self)


def read_articles(path: str | Path) -> pd.DataFrame:
    """Read one file or a folder of articles, as `read_corpus` does.

    Args:
        path: A file, or a folder that is read with its subfolders.

    Returns:
        ARTICLES, one row a file that could be read, in the order of their paths. Problems are
        counted in a UserWarning.

    Raises:
        ValueError: `path` does not exist.

    Example:
        >>> import dateline as dl
        >>> len(dl.read_articles("corpus"))
        31
    """
    corpus = read_corpus(path)
    if len(corpus.problems):
        # The caller's line is what the warning should point to.
        warnings.warn(
            f"{len(corpus.problems)} problems while reading {str(path)!r}; "
            "read_corpus(path).problems lists them",
            stacklevel=2,
        )
    return corpus.articles


def read_corpus(path: str | Path) -> Corpus:
    """Read one file or a folder of articles, with their blocks and the problems.

    Files are .txt or .md, in UTF-8 or an encoding that is detected. In a folder hidden files and
    README files are passed over; a file's stem is its article_id, or its path without the suffix
    where two files share the stem.

    Args:
        path: A file, or a folder that is read with its subfolders.

    Returns:
        Corpus: ARTICLES and BLOCKS in the order of the paths, and PROBLEMS by path, one row for
        each file left out and for each doubtful encoding or date. An empty folder gives empty
        frames.

    Raises:
        ValueError: `path` does not exist.

    Example:
        >>> import dateline as dl
        >>> corpus = dl.read_corpus("corpus")
        >>> len(corpus.articles), len(corpus.problems)
        (31, 0)
    """
    files, problems = read_files(path)
    blocks = {file.article_id: split_text(file.text) for file in files}
    rows, bodies = [], []
    for file in files:
        found = blocks[file.article_id]
        metadata, doubts = read_metadata(found)
        rows.append({**file._asdict(), **metadata})
        problems += [Problem(file.path, doubt) for doubt in doubts]
        bodies.append("\n".join(block.text for block in found if block.kind == "body"))
    add_clusters(rows, bodies)
    listed = [{"stage": "read", **problem._asdict()} for problem in sorted(set(problems))]
    return Corpus(
        check_frame(build_frame("articles", rows), "articles"),
        build_blocks(blocks),
        build_frame("problems", listed),
    )


def add_clusters(rows: list[dict], bodies: list[str]) -> None:
    """Add cluster_id: the earliest article of the cluster, undated ones last, then by id."""

    def age(i: int) -> tuple:
        return rows[i].get("published_on") or datetime.date.max, rows[i]["article_id"]

    order = sorted(range(len(rows)), key=age)
    firsts = find_clusters([bodies[i] for i in order])
    for i, first in zip(order, firsts, strict=True):
        rows[i]["cluster_id"] = rows[order[first]]["article_id"]
