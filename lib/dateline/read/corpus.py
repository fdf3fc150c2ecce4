"""From files of any form to the frames articles, blocks, problems and files."""

from __future__ import annotations

import datetime
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, check_frame, describe_frames
from dateline.read.files import Found, Problem, find_files, name_articles
from dateline.read.intake.around import Around, Stated, build_metadata
from dateline.read.intake.load import Loaded, load_files
from dateline.read.intake.rows import make_row
from dateline.read.intake.tally import describe_file, list_problems, say_of_item
from dateline.read.language import ENGLISH, list_left_out
from dateline.read.metadata.trust import read_trust
from dateline.read.plain.blocks import build_blocks, find_blocks
from dateline.read.plain.furniture import mark_furniture
from dateline.read.reprints.clusters import find_clusters

Input = str | Path | Iterable[str | Path] | pd.DataFrame
Columns = str | Mapping[str, str] | None
Trust = str | Sequence[str] | None


class Corpus(NamedTuple):
    """What was read: articles, their blocks, what is doubtful or left out, files, and metadata."""

    articles: pd.DataFrame
    blocks: pd.DataFrame
    problems: pd.DataFrame
    files: pd.DataFrame
    metadata: pd.DataFrame

    def __repr__(self) -> str:
        return describe_frames(self)


def read_articles(source: Input, *, columns: Columns = None, trust: Trust = None) -> pd.DataFrame:
    """Read articles of files of any form, as `read_corpus` does.

    Args:
        source: See `read_corpus`.
        columns: See `read_corpus`.
        trust: See `read_corpus`.

    Returns:
        ARTICLES, in the order of their files and of their places there. Problems are counted in a
        UserWarning.

    Raises:
        ValueError: See `read_corpus`.

    Example:
        >>> import dateline as dl
        >>> len(dl.read_articles("corpus"))
        31
    """
    corpus = read_corpus(source, columns=columns, trust=trust)
    if len(corpus.problems):
        # The caller's line is what the warning should point to.
        warnings.warn(
            f"{len(corpus.problems)} problems while reading {_name_input(source)}; "
            "read_corpus(path).problems lists them",
            stacklevel=2,
        )
    return corpus.articles


def _name_input(source: Input) -> str:
    return repr(str(source)) if isinstance(source, str | Path) else f"a {type(source).__name__}"


def read_corpus(
    source: Input,
    *,
    columns: Columns = None,
    trust: Trust = None,
    progress: bool | None = None,
) -> Corpus:
    """Read articles of files of any form, with their blocks, problems, files and metadata.

    The form of a file is known by its content: exports of news databases, and plain text in UTF-8
    or an encoding that is detected. A file may hold many articles.

    Args:
        source: A file, a folder that is read with its subfolders, a pattern ("exports/*.docx"), a
            list of these, or a table of one's own, which `make_articles` reads. In a folder hidden
            files and README files are passed over; metadata.csv states what its rows say of the
            files beside and below it.
        columns: Which column of a table is which of ours, as {"title": "Headline"} or
            "title:Headline,text:Body"; those that are not named are known by their names.
        trust: Which places are believed, the first most: some of table (metadata.csv),
            front_matter, form (its own fields), text (as its looks state), file_name and folder;
            None is this order. What is not named is passed over.
        progress: Count the files on standard error where it takes over two seconds; None does
            where that is a terminal.

    Returns:
        Corpus: ARTICLES and BLOCKS in the order of the files and of the places there; PROBLEMS by
        path, one row for each file or item that was left out, for each doubt, and for each language
        but English, which is understood alone (see `keep_language`); FILES, one row a file, which
        says how many articles it states, holds and gave; and METADATA, one row a value that is
        stated for an article, articles in their order and values in that of their places. What a
        form or metadata.csv states beyond ARTICLES is in further columns. An empty folder gives
        empty frames.

    Raises:
        ValueError: A path does not exist, no file fits a pattern, or `columns` or `trust` is not
            understood.

    Example:
        >>> import dateline as dl
        >>> corpus = dl.read_corpus("corpus")
        >>> len(corpus.articles), len(corpus.problems)
        (31, 0)
    """
    meant, order = read_columns(columns), read_trust(trust)
    if isinstance(source, pd.DataFrame):
        return _take_table(source, meant)
    show = sys.stderr.isatty() if progress is None else progress
    files = find_files(source)
    return _build(files, list(load_files(files, meant, progress=show)), order)


def read_columns(columns: Columns) -> dict[str, str]:
    """Read what the columns of tables mean: by ours, the name of theirs.

    Raises:
        ValueError: It is not "ours:theirs,...".
    """
    if columns is None or isinstance(columns, Mapping):
        return dict(columns or {})
    pairs = [pair.partition(":") for pair in columns.split(",")]
    for ours, colon, theirs in pairs:
        if not (ours.strip() and colon and theirs.strip()):
            raise ValueError(f"columns is {columns!r}, expected such as 'title:Headline,text:Body'")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def _take_table(table: pd.DataFrame, columns: dict[str, str]) -> Corpus:
    from dateline.read.own import make_articles

    if missing := [name for name in columns.values() if name not in table]:
        raise ValueError(
            f"there is no column {missing[0]!r}; there are {', '.join(map(str, table))}"
        )
    articles = make_articles(table.rename(columns={v: k for k, v in columns.items()}))
    return Corpus(
        articles,
        find_blocks(articles),
        *(build_frame(name, []) for name in ("problems", "files", "metadata")),
    )


def _build(files: list[Found], loaded: list[Loaded], trust: tuple[str, ...]) -> Corpus:
    """Make the frames of what was read."""
    sizes = {
        one.name: (one.n_all, [i.number for i in one.articles]) for one in loaded if one.articles
    }
    ids = name_articles(sizes)
    made = [
        (article_id, one, make_row(item, one.form))
        for one in loaded
        for article_id, item in zip(ids.get(one.name, []), one.articles, strict=True)
    ]
    around = Around(files, [(one, row) for _, one, row in made], trust)
    problems = [problem for one in loaded for problem in list_problems(one)] + around.problems
    rows: list[dict] = []
    further: list[dict[str, str]] = []
    stated: dict[str, Stated] = {}
    for article_id, one, row in made:
        stated[article_id] = found = around.find(one, row)
        rows.append({**row.columns, **found.columns, "article_id": article_id, "path": one.name})
        further.append(found.further)
        number = int(str(row.columns["item"]))
        problems += [Problem(one.name, say_of_item(one, number, words)) for words in found.doubts]
    problems += add_clusters(rows, [row.layout.body for *_, row in made])
    layouts = mark_furniture(rows, [row.layout for *_, row in made])
    others = [str(row["language"]) for row in rows if row["language"] != ENGLISH]
    listed = list_left_out(others, "read")
    listed += [{"stage": "read", **problem._asdict()} for problem in sorted(set(problems))]
    return Corpus(
        check_frame(_build_articles(rows, further), "articles"),
        build_blocks(dict(zip((article_id for article_id, *_ in made), layouts, strict=True))),
        build_frame("problems", listed),
        check_frame(build_frame("files", [describe_file(one) for one in loaded]), "files"),
        build_metadata(stated),
    )


def _build_articles(rows: list[dict], further: list[dict[str, str]]) -> pd.DataFrame:
    """ARTICLES with further columns, in the order in which they were first met; counts as such."""
    articles = build_frame("articles", rows)
    for name in dict.fromkeys(name for row in further for name in row):
        values = [row.get(name) for row in further]
        counts = name.startswith("n_") and all(v is None or v.isdecimal() for v in values)
        numbers = [None if v is None else int(v) for v in values] if counts else values
        articles[name] = pd.Series(numbers, dtype="Int64" if counts else "str")
    return articles


def add_clusters(rows: list[dict], bodies: list[str]) -> list[Problem]:
    """Add cluster_id: the earliest article of the cluster, undated ones last, then by id.

    Returns:
        Which articles are round-ups: they hold text of several stories, and are a reprint of none.
    """

    def age(i: int) -> tuple:
        return rows[i].get("published_on") or datetime.date.max, rows[i]["article_id"]

    order = sorted(range(len(rows)), key=age)
    ids = [rows[i]["article_id"] for i in order]
    clusters = find_clusters([bodies[i] for i in order], [rows[i].get("outlet") for i in order])
    for i, first in zip(order, clusters.firsts, strict=True):
        rows[i]["cluster_id"] = ids[first]
    return [
        Problem(
            rows[order[i]].get("path") or ids[i],
            f"{ids[i]} is a round-up: it shares text with {', '.join(ids[j] for j in others)}, "
            "which are different stories, and is a reprint of none",
        )
        for i, others in clusters.round_ups.items()
    ]
