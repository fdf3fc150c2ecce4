"""From metadata.csv, which lies beside files of articles, to what it states of each of them."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dateline.read.encoding import decode_text
from dateline.read.files import METADATA, Found, Problem
from dateline.read.forms.tables.table_columns import fold
from dateline.read.metadata.dates import find_field_date
from dateline.read.metadata.statement import Statement

# How the columns of such a table are called, by the column of ARTICLES that they are for; compared
# by their letters. What is called otherwise is kept as a further column.
_NAMES = {
    "file": "file path filename filepath articleid article id docid documentid",
    "outlet": "outlet source publisher publication newspaper sitename paper medium",
    "title": "title headline heading",
    "byline": "byline author authors",
    "place": "place location",
    "published_on": "publishedon date published publishedat pubdate publicationdate datetime day",
    "updated_on": "updatedon updated updatedat modified",
    "url": "url link",
    "language": "language lang",
}
_MEANING = {name: column for column, names in _NAMES.items() for name in names.split()}
_DATES = ("published_on", "updated_on")
# Of a file that holds several articles, what can be true of each.
_OF_ALL = ("outlet", "language")
_MOST_BYTES = 50_000_000


class Row(NamedTuple):
    """What a table states of one file: metadata, further columns, and where it stands."""

    statements: tuple[Statement, ...]
    further: dict[str, str]


def read_tables(
    files: Sequence[Found], several: Iterable[str] = ()
) -> tuple[dict[str, list[Row]], list[Problem]]:
    """Read each metadata.csv in the folders of the files and in those above, up to the corpus.

    Args:
        files: The files, with names relative to the corpus.
        several: The names of those that hold several articles; of these a table states outlet,
            language and further columns only.

    Returns:
        By the file's name, a row for each table that lists it, the nearest table first; and the
        problems: a row that fits no file or several, a file listed twice, words that are no date.
    """
    stated: defaultdict[str, list[Row]] = defaultdict(list)
    problems: list[Problem] = []
    folders = {folder: root for file in files for folder, root in _list_folders(file)}
    for folder in sorted(folders, key=lambda path: (-len(path.parts), path)):
        for path in _find_here(folder, folders[folder]):
            shown = path.relative_to(folders[folder]).as_posix()
            inside = shown.rpartition("/")[0]
            names = [f.name for f in files if not inside or f.name.startswith(f"{inside}/")]
            try:
                rows, doubts = _read_table(path)
                listed, wrong = _match_rows(rows, names, inside, set(several))
            except (OSError, ValueError, csv.Error) as error:
                doubts, listed, wrong = [f"not read: {error}"], {}, []
            for name, row in listed.items():
                stated[name].append(row)
            problems += [Problem(shown, words) for words in (*doubts, *wrong)]
    return dict(stated), problems


def _find_here(folder: Path, root: Path) -> list[Path]:
    """The tables in a folder: files of the name, and links to such inside the corpus."""
    try:
        named = sorted(one for one in folder.iterdir() if one.name.lower() == METADATA)
        home = root.resolve()
        return [one for one in named if one.is_file() and one.resolve().is_relative_to(home)]
    except OSError:  # a folder that lets its files be read, but not be listed
        return []


def _list_folders(file: Found) -> list[tuple[Path, Path]]:
    """The folders in which a table may list the file, each with the corpus's own."""
    depth = len(PurePosixPath(file.name).parts)
    above = file.path.absolute().parents[:depth]
    return [(folder, above[-1]) for folder in above]


def _read_table(path: Path) -> tuple[dict[int, dict[str, str]], list[str]]:
    """The rows of a table by their numbers, each by its columns; and what is doubtful about it."""
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"larger than {_MOST_BYTES // 1_000_000} MB")
    text, doubts = decode_text(path.read_bytes())
    if text is None:
        raise ValueError(doubts[0].removeprefix("not read: "))
    text = text.lstrip("\ufeff")
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t|", key=first.count)
    header: list[str] = []
    rows: dict[int, dict[str, str]] = {}
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for number, row in enumerate(lines, 1):
        if not header:
            header = [name.strip() for name in row] if any(row) else []
        elif any(row[len(header) :]):
            # It stands for a separator within one: all behind it would be in a wrong column.
            doubts.append(f"row {number}: it has more cells than columns, and is left out")
        elif any(row):
            rows[number] = dict(zip(header, (cell.strip() for cell in row), strict=False))
    return rows, doubts


def _match_rows(
    rows: Mapping[int, Mapping[str, str]], names: Sequence[str], folder: str, several: set[str]
) -> tuple[dict[str, Row], list[str]]:
    """What rows state by the file that each is of, and what is wrong with some."""
    meant = _find_columns(next(iter(rows.values()))) if rows else {}
    if rows and "file" not in meant:
        return {}, ["no column is called file, so its rows fit no article"]
    known = _index_names(names, folder)
    listed: dict[str, Row] = {}
    problems = []
    for number, row in rows.items():
        asked = row.get(meant["file"], "")
        found = known.get(_fold_path(asked), [])
        if len(found) != 1:
            fits = "no file that was read" if not found else f"{len(found)} files"
            problems.append(f"row {number}: {asked!r} fits {fits}")
        elif found[0] in listed:
            problems.append(f"row {number}: {asked!r} is listed twice: the first row counts")
        else:
            listed[found[0]], wrong = _read_row(row, meant, found[0] in several)
            problems += [f"row {number}: {words}" for words in wrong]
    return listed, problems


def _find_columns(row: Mapping[str, str]) -> dict[str, str]:
    """The table's own name of each column that is known; of several the one named first above."""
    by_name = {fold(name): name for name in reversed(list(row))}
    return {_MEANING[name]: by_name[name] for name in reversed(_MEANING) if name in by_name}


def _index_names(names: Sequence[str], folder: str) -> dict[str, list[str]]:
    """The files that a row may mean: by path from the table, and where that is none, by name."""
    keys: list[defaultdict[str, list[str]]] = [defaultdict(list) for _ in range(4)]
    for name in names:
        path = PurePosixPath(name[len(folder) :].lstrip("/"))
        forms = (path, path.with_suffix(""), path.name, path.stem)
        for one, form in zip(keys, forms, strict=True):
            one[_fold_path(str(form))].append(name)
    return keys[3] | keys[2] | keys[1] | keys[0]


def _fold_path(path: str) -> str:
    return path.strip().replace("\\", "/").removeprefix("./").casefold()


def _read_row(
    row: Mapping[str, str], meant: Mapping[str, str], is_several: bool
) -> tuple[Row, list[str]]:
    stated, problems = [], []
    columns = {name: column for column, name in meant.items()}
    for name, words in row.items():
        column = columns.get(name)
        if not words or column in (None, "file"):
            continue
        if is_several and column not in _OF_ALL:
            problems.append(f"{name} {words[:80]!r} is of one article, and the file holds several")
        elif column not in _DATES:
            stated.append(Statement(column, words, words, "table"))
        elif (found := find_field_date(words)) is None:
            problems.append(f"no date: {words[:80]!r}")
        else:
            stated.append(Statement(column, found.value, found.words, "table"))
            problems += [found.doubt] if found.doubt else []
    further = {name: words for name, words in row.items() if name and name not in columns and words}
    return Row(tuple(stated), further), problems
