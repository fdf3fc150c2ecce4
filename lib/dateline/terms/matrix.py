"""From tokens to other tools and back: a document-term matrix, an NLTK text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.terms.cells import count_cells
from dateline.terms.counts import count_terms
from dateline.terms.folding import make_categorical
from dateline.terms.tokenise import find_tokens

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
        articles: ARTICLES; one without tokens is an empty row.

    Returns:
        Rows in the order of the articles, columns in the order of the terms.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> matrix = dl.to_matrix(tokens, articles)
        >>> matrix.terms, matrix.counts.toarray().tolist()
        (['is', 'opens', 'port', 'shut', 'the'], [[1, 1, 2, 1, 2]])
    """
    from scipy.sparse import csr_matrix

    articles = take_frame(articles, "articles", "article_id")
    cells = count_cells(tokens, articles, None)
    shape = (len(articles), len(cells.terms))
    counts = csr_matrix((cells.n, (cells.part, cells.term)), shape)
    return TermMatrix(counts, articles["article_id"].tolist(), list(cells.terms))


def from_matrix(
    counts: spmatrix,
    articles: pd.DataFrame,
    terms: Sequence[str],
    *,
    by: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Count the terms of a document-term matrix made elsewhere, as `count_terms` does.

    Args:
        counts: Whole numbers, one row an article, in the order of `articles`.
        articles: ARTICLES.
        terms: The name of each column.
        by: Columns of `articles` to group by.

    Returns:
        TERM_COUNTS, in the order of `count_terms`.

    Raises:
        ValueError: The matrix has another shape, or a count that is no whole number of 0 or more.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.from_matrix([[2, 1]], articles, ["port", "sea"])[["term", "n"]].values.tolist()
        [['port', 2], ['sea', 1]]
    """
    from scipy.sparse import csr_matrix

    matrix = csr_matrix(counts)
    if matrix.shape != (len(articles), len(terms)):
        raise ValueError(f"the matrix is {matrix.shape}, expected {(len(articles), len(terms))}")
    if (matrix.data < 0).any() or (matrix.data != np.floor(matrix.data)).any():
        raise ValueError("the matrix has counts that are no whole numbers of 0 or more")
    cells = matrix.tocoo()
    times = cells.data.astype(np.int64)
    articles = take_frame(articles, "articles", "article_id")
    names = articles["article_id"].tolist()
    none = np.zeros(int(times.sum()), np.int32)
    columns = dict.fromkeys(("token_index", "sentence_index", "start", "end"), none)
    columns["article_id"] = pd.Categorical.from_codes(np.repeat(cells.row, times), names)
    columns["term"] = make_categorical(np.repeat(cells.col, times), [str(term) for term in terms])
    columns["kind"] = pd.Categorical.from_codes(none, ["body"])
    tokens = pd.DataFrame(columns)
    note_method(tokens, None, words="counted elsewhere, in a document-term matrix")
    return count_terms(tokens, articles, by=by)


def to_nltk_text(articles: pd.DataFrame, *, tokens: pd.DataFrame | None = None) -> Text:
    """Make an NLTK Text of the words as they stand, for its own explorations.

    Args:
        articles: ARTICLES.
        tokens: TOKENS of the articles; None finds them.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.to_nltk_text(articles).tokens[:3]
        ['The', 'port', 'is']
    """
    from nltk.text import Text

    tokens = find_tokens(articles) if tokens is None else take_frame(tokens, "tokens")
    articles = take_frame(articles, "articles", "article_id", "text")
    texts = articles.set_index("article_id")["text"]
    spans = zip(tokens["article_id"].tolist(), tokens["start"], tokens["end"], strict=True)
    return Text([texts[article_id][start:end] for article_id, start, end in spans])
