"""From tokens and counts to other tools and back: a matrix, an NLTK text, a reference list."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.terms.cells import (
    By,
    Cells,
    count_cells,
    find_articles,
    group_articles,
    list_columns,
    take_tokens,
)
from dateline.terms.counts import tabulate
from dateline.terms.tokenise.tokens import find_tokens

if TYPE_CHECKING:
    from nltk.text import Text
    from scipy.sparse import csr_matrix, spmatrix


class TermMatrix(NamedTuple):
    """Counts of terms (columns) in articles (rows), with the names of both."""

    counts: csr_matrix
    article_ids: list[str]
    terms: list[str]


def to_matrix(tokens: pd.DataFrame, articles: pd.DataFrame) -> TermMatrix:
    """Count terms by article in a sparse matrix, as scikit-learn's CountVectorizer does.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES; only `article_id` is used. One without tokens is an empty row.

    Returns:
        Rows in the order of the articles, columns in the order of the terms.

    Raises:
        ValueError: A column is missing, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> matrix = dl.to_matrix(tokens, articles)
        >>> matrix.terms, matrix.counts.toarray().tolist()
        (['is', 'opens', 'port', 'shut', 'the'], [[1, 1, 2, 1, 2]])
    """
    from scipy.sparse import csr_matrix

    cells = count_cells(tokens, articles, None)
    shape = (len(articles), len(cells.terms))
    counts = csr_matrix((cells.n, (cells.part, cells.term)), shape)
    return TermMatrix(counts, articles["article_id"].tolist(), list(cells.terms))


def from_matrix(
    counts: spmatrix,
    articles: pd.DataFrame,
    terms: Iterable[str],
    *,
    by: By = None,
) -> pd.DataFrame:
    """Count the terms of a document-term matrix made elsewhere, as `count_terms` does.

    Args:
        counts: Whole numbers, one row an article, in the order of `articles`.
        articles: ARTICLES; besides the columns of `by` only `article_id` is used.
        terms: The name of each column; columns of one name are counted together.
        by: Columns of `articles` to group by, as in `count_terms`.

    Returns:
        TERM_COUNTS, in the order of `count_terms`.

    Raises:
        ValueError: The matrix has another shape, or a count that is no whole number of 0 or more;
            or a column of `by` is not in `articles`.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.from_matrix([[2, 1]], articles, ["port", "sea"])[["term", "n"]].values.tolist()
        [['port', 2], ['sea', 1]]
    """
    from scipy.sparse import csr_matrix

    matrix, articles = csr_matrix(counts), take_frame(articles, "articles", "article_id")
    if not isinstance(terms, Iterable):
        raise ValueError(f"terms={terms!r}, expected a name for each column")
    terms = [str(term) for term in terms]
    if matrix.shape != (len(articles), len(terms)):
        raise ValueError(f"the matrix is {matrix.shape}, expected {(len(articles), len(terms))}")
    if (matrix.data < 0).any() or (matrix.data != np.floor(matrix.data)).any():
        raise ValueError("the matrix has counts that are no whole numbers of 0 or more")
    cells = _make_cells(matrix, articles, terms, by)
    source = pd.DataFrame()
    note_method(source, None, words="counted elsewhere, in a document-term matrix")
    every = np.ones(len(cells.terms), bool)
    return tabulate(cells, source, by, every, left_out={})


def _make_cells(matrix: csr_matrix, articles: pd.DataFrame, terms: list[str], by: By) -> Cells:
    """The cells that `count_cells` would count in tokens of these counts."""
    parts, part = group_articles(articles, list_columns(by))
    filled = matrix.tocoo()
    names, code = np.unique(np.array(terms, dtype=str), return_inverse=True)
    keys = part[filled.row].astype(np.int64) * max(len(names), 1) + code[filled.col]
    times = filled.data.astype(np.int64)
    keys, cell = np.unique(keys[times > 0], return_inverse=True)
    n = np.bincount(cell, times[times > 0], len(keys)).astype(np.int64)
    size = np.bincount(part[filled.row], times, len(articles)).astype(np.int64)
    places = np.divmod(keys, max(len(names), 1))
    return Cells(pd.Index(names, dtype="str"), *parts, size, *places, n, len(articles))


def to_nltk_text(articles: pd.DataFrame, *, tokens: pd.DataFrame | None = None) -> Text:
    """Make an NLTK Text of the words as they stand, for its own explorations.

    Args:
        articles: ARTICLES; only `article_id` and `text` are used.
        tokens: TOKENS of the articles; None finds them.

    Raises:
        ValueError: A column is missing, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.to_nltk_text(articles).tokens[:3]
        ['The', 'port', 'is']
    """
    from nltk.text import Text

    texts = take_frame(articles, "articles", "article_id", "text")["text"].tolist()
    tokens = find_tokens(articles) if tokens is None else tokens
    tokens = take_tokens(tokens, "article_id", "start", "end")
    article = find_articles(tokens, articles).tolist()
    spans = zip(article, tokens["start"].tolist(), tokens["end"].tolist(), strict=True)
    return Text([texts[number][start:end] for number, start, end in spans])


def save_reference(counts: pd.DataFrame, path: str | Path) -> None:
    """Keep counts as a list that `rank_keywords` can compare with.

    Args:
        counts: TERM_COUNTS of one group.
        path: The TSV file to write: term, n and n_tokens.

    Raises:
        ValueError: The counts are of several groups.
        OSError: The file cannot be written.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.save_reference(dl.count_terms(tokens, articles), folder / "ports.tsv")
        >>> dl.load_reference(folder / "ports.tsv").head(2).values.tolist()
        [['port', 2, 7], ['the', 2, 7]]
    """
    counts = take_frame(counts, "term_counts", "group", "term", "n", "n_tokens")
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
