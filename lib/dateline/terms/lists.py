"""From files to word lists: stop words, and frequency lists to compare with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd


def load_stopwords(path: str | Path | None = None) -> frozenset[str]:
    """Read a list of words to leave out.

    Args:
        path: A UTF-8 file of words separated by white space, "#" begins a comment; None reads the
            package's own English list.

    Returns:
        The words, in lower case, with straight apostrophes.

    Example:
        >>> import dateline as dl
        >>> "the" in dl.load_stopwords()
        True
    """
    if path is None:
        return read_wordlist("stopwords_en.txt")
    return _split_words(Path(path).read_text(encoding="utf-8-sig"))


@cache
def read_wordlist(name: str) -> frozenset[str]:
    """The words of one of the package's own lists."""
    return _split_words((files("dateline") / "wordlists" / name).read_text(encoding="utf-8"))


def _split_words(text: str) -> frozenset[str]:
    lines = (line.split("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.lower().replace("’", "'").split())


def save_reference(counts: pd.DataFrame, path: str | Path) -> None:
    """Keep counts as a list that `rank_keywords` can compare with.

    Args:
        counts: TERM_COUNTS of one group.
        path: The TSV file to write: term, n and n_tokens.

    Raises:
        ValueError: The counts are of several groups.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.save_reference(dl.count_terms(tokens, articles), folder / "ports.tsv")
        >>> dl.load_reference(folder / "ports.tsv").head(2).values.tolist()
        [['port', 2, 7], ['the', 2, 7]]
    """
    groups = counts["group"].unique()
    if len(groups) > 1:
        raise ValueError(f"a reference is one group, not {len(groups)}: {', '.join(groups[:5])}")
    listed = counts[["term", "n", "n_tokens"]]
    listed.to_csv(path, sep="\t", index=False, lineterminator="\n")


def load_reference(path: str | Path) -> pd.DataFrame:
    r"""Read a list to compare with.

    Args:
        path: A TSV file with the columns term and n, and n_tokens where the list is not of all
            terms; without it the sum of n is the size.

    Returns:
        One row a term: term, n and n_tokens.

    Raises:
        ValueError: A column is missing, or n is no whole number.

    Example:
        >>> import dateline as dl
        >>> _ = (folder / "ports.tsv").write_text("term\tn\nport\t2\nsea\t1\n")
        >>> dl.load_reference(folder / "ports.tsv").values.tolist()
        [['port', 2, 3], ['sea', 1, 3]]
    """
    listed = pd.read_csv(path, sep="\t", keep_default_na=False, dtype={"term": "str"})
    missing = {"term", "n"} - set(listed.columns)
    if missing or listed["n"].dtype != "int64":
        raise ValueError(f"{path} needs the columns term and n, and whole numbers in n")
    if "n_tokens" not in listed:
        listed["n_tokens"] = listed["n"].sum()
    return listed[["term", "n", "n_tokens"]]
