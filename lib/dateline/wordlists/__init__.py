"""From the lists beside this file to lines, words and tables: the one reader of all of them.

Each list is data, with its source and date in comments: a line that begins with "#".
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from pathlib import Path


def read_lines(name: str, folder: str | Path | None = None) -> list[str]:
    """Read the lines of a list that are neither empty nor comments.

    Args:
        name: The file's name.
        folder: Where it lies; None reads a list that ships. Lists that
            `benchmarks/count_cues.py` counted lie elsewhere.

    Raises:
        OSError: There is no such list.
    """
    home = files("dateline.wordlists") if folder is None else Path(folder)
    text = (home / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def read_table(name: str, folder: str | Path | None = None) -> list[dict[str, str]]:
    """Read the rows of a table, .tsv or .csv, by the heads of its columns; see `read_lines`."""
    delimiter = "\t" if name.endswith(".tsv") else ","
    return list(csv.DictReader(read_lines(name, folder), delimiter=delimiter))


@cache
def load_words(name: str) -> frozenset[str]:
    """The words of a shipped list, in lower case, with straight apostrophes.

    A comment may also end a line.
    """
    return split_words("\n".join(read_lines(name)))


def split_words(text: str) -> frozenset[str]:
    """The words of a list's text: parted by white space, "#" begins a comment."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.lower().replace("’", "'").split())


def load_stopwords(path: str | Path | None = None) -> frozenset[str]:
    """Read a list of words to leave out.

    Args:
        path: A UTF-8 file of words separated by white space, "#" begins a comment; None reads the
            package's own English list.

    Returns:
        The words, in lower case, with straight apostrophes.

    Raises:
        OSError: The file cannot be read.

    Example:
        >>> import dateline as dl
        >>> "the" in dl.load_stopwords()
        True
    """
    if path is None:
        return load_words("stopwords_en.txt")
    return split_words(Path(path).read_text(encoding="utf-8-sig"))
