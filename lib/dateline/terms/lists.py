"""From files to word lists: stop words, and frequency lists to compare with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


def load_stopwords(path: str | Path | None = None) -> frozenset[str]:
    """Read a list of words to leave out.

    Args:
        path: A UTF-8 file of words separated by white space, "#" begins a comment; None reads the
            package's own English list.

    Returns:
        The words, in lower case, with straight apostrophes.
    """
    if path is None:
        return read_wordlist("stopwords_en.txt")
    return _split_words(Path(path).read_text(encoding="utf-8-sig"))


@cache
def read_wordlist(name: str) -> frozenset[str]:
    """The words of one of the package's own lists."""
    source = files("dateline") / "wordlists" / name
    return _split_words(source.read_text(encoding="utf-8"))


def _split_words(text: str) -> frozenset[str]:
    lines = (line.split("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.lower().replace("’", "'").split())
