"""From tokens to runs of words."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from dateline.method import note_method
from dateline.terms.cells import (
    find_followers,
    make_categorical,
    make_codes,
    take_tokens,
)
from dateline.terms.formulas.measures import Array

LONGEST = 5


NEEDED = ("article_id", "token_index", "sentence_index", "end", "term")


def find_ngrams(
    tokens: pd.DataFrame, *, sizes: int | Iterable[int] = 2, across: bool = False
) -> pd.DataFrame:
    """Find all runs of so many words; none crosses a sentence or a block, nor a comma or a dash.

    Args:
        tokens: TOKENS.
        sizes: One or more numbers of words, 1 to 5.
        across: Cross commas, colons, semicolons, brackets and dashes too.

    Returns:
        TOKENS, one row a run, by article and place, short runs first; `token_index` numbers the
        runs of an article, and the class of a run is that of its words, "word" where they differ.
        `count_terms` gives rates per million runs, and leaves out runs that begin or end with an
        excluded word.

    Raises:
        ValueError: A size is not 1 to 5.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.find_ngrams(tokens, sizes=2)["term"].tolist()
        ['the port', 'port is', 'is shut', 'the port', 'port opens']
    """
    asked = list(sizes) if isinstance(sizes, Iterable) else [sizes]
    if not asked or not all(size in range(1, LONGEST + 1) for size in asked):
        raise ValueError(f"sizes={sizes!r}, expected numbers from 1 to {LONGEST}")
    wanted = sorted(set(asked))
    tokens = take_tokens(tokens, *NEEDED)
    follows = find_followers(tokens, across=across)
    runs = [_find_runs(tokens, follows, size) for size in wanted]
    lasts = [first + np.int32(size - 1) for (first, _), size in zip(runs, wanted, strict=True)]
    first, last = np.concatenate([run[0] for run in runs]), np.concatenate(lasts)
    term = union_categoricals([run[1] for run in runs], sort_categories=True)
    if len(runs) > 1:
        order = np.lexsort((last, first))
        first, last, term = first[order], last[order], term[order]
    ngrams = tokens.take(first).reset_index(drop=True)
    ngrams["end"] = tokens["end"].to_numpy()[last]
    ngrams["term"] = term
    ngrams["token_index"] = _count_rows(ngrams["article_id"])
    if "class" in ngrams:
        classes = tokens["class"].astype("category")
        ngrams["class"] = join_classes(classes, first, last, max(wanted))
    note_method(ngrams, tokens, n_gram_sizes=wanted, across_commas=across)
    return ngrams


def _find_runs(tokens: pd.DataFrame, follows: Array, size: int) -> tuple[Array, pd.Categorical]:
    """First row and term of each run of this size."""
    words = tokens["term"].cat.codes.to_numpy().astype(np.int32)
    names = tokens["term"].cat.categories.tolist()
    first, codes, terms = np.arange(len(words), dtype=np.int32), words, names
    for step in range(1, size):
        kept = np.flatnonzero(first + step < len(words))
        kept = kept[follows[first[kept] + step]]
        first, codes = first[kept], codes[kept]
        # A run of k words is one of k - 1 and a word, so each step numbers pairs only.
        keys = codes * np.int64(len(names))
        keys += words[first + step]
        found, pairs = pd.factorize(keys, sort=True)
        codes = found.astype(np.int32)
        terms = [
            f"{terms[pair // len(names)]} {names[pair % len(names)]}" for pair in pairs.tolist()
        ]
    return first, make_categorical(codes, terms)


def _count_rows(articles: pd.Series) -> Array:
    """The number of each row in its article, from 0; the rows of an article stand together."""
    codes = articles.cat.codes.to_numpy()
    begins = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]][: len(codes)]).astype(np.int32)
    rows = np.arange(len(codes), dtype=np.int32)
    return rows - np.repeat(begins, np.diff(begins, append=len(codes)))


def join_classes(classes: pd.Series, first: Array, last: Array, longest: int) -> pd.Categorical:
    """The class that all words of a run have, else "word"."""
    names, codes = classes.cat.categories, classes.cat.codes.to_numpy()
    if "word" not in names:
        names = names.append(pd.Index(["word"]))
    joined = codes[first]
    for step in range(1, longest):
        differs = joined != codes[np.minimum(first + step, last)]
        joined[differs] = names.tolist().index("word")
    return make_codes(joined, names)
