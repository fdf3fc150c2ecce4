"""From tokens to runs of words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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
from dateline.terms.tokenise.classes import CLASSES

LONGEST = 5
_ROWS = 500_000  # that are numbered at once


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
    if "class" in tokens:
        tokens["class"] = tokens["class"].astype(pd.CategoricalDtype(list(CLASSES)))
    follows = find_followers(tokens, across=across)
    runs = [_find_runs(tokens, follows, size) for size in wanted]
    ngrams = runs[0] if len(runs) == 1 else _merge_runs(runs)
    note_method(ngrams, tokens, n_gram_sizes=wanted, across_commas=across)
    return ngrams


def _find_runs(tokens: pd.DataFrame, follows: Array, size: int) -> pd.DataFrame:
    """TOKENS of all runs of this size, see `find_ngrams`."""
    words, names = tokens["term"].cat.codes.to_numpy(), tokens["term"].cat.categories
    codes, terms, begins = words, names, np.ones(len(words), bool)
    for step in range(1, size):
        # A run of k words is one of k - 1 and a word, so each step numbers pairs only.
        begins = begins[:-1] & follows[step:]
        pairs, codes = _number_pairs(codes, words[step:], begins, len(names))
        terms = terms.take(pairs // len(names)) + " " + names.take(pairs % len(names))
    # A mask needs no room beside what it takes; numbers of rows would.
    own: dict[Any, Any] = {"term": make_categorical(codes[begins], terms)}
    del codes
    own["end"] = tokens["end"].to_numpy()[size - 1 :][begins]
    if "class" in tokens:
        own["class"] = _join_classes(tokens["class"].cat.codes.to_numpy(), begins, size)
    for name in tokens.columns.difference([*own, "token_index"], sort=False):
        own[name] = tokens[name].array[: len(begins)][begins]
    own["token_index"] = _count_rows(own["article_id"].codes)
    return pd.DataFrame({name: own.pop(name) for name in tokens}, copy=False)


def _number_pairs(codes: Array, words: Array, begins: Array, n_names: int) -> tuple[Array, Array]:
    """The pairs of a run and the word behind it, sorted, and the number of each; else 0.

    Of millions of rows at once the keys alone would need more room than all n-grams.
    """
    rows = [slice(start, start + _ROWS) for start in range(0, len(begins), _ROWS)]
    pairs, numbers = np.array([], np.int64), np.zeros(len(begins), np.int32)
    for numbered in (False, True):
        for part in rows:
            own = begins[part]
            keys = codes[: len(begins)][part][own] * np.int64(n_names) + words[part][own]
            if numbered:
                numbers[part][own] = np.searchsorted(pairs, keys)
            else:
                pairs = np.union1d(pairs, keys)
    return pairs, numbers


def _join_classes(codes: Array, begins: Array, size: int) -> pd.Categorical:
    """The class that all words of a run have, else "word"."""
    joined = codes[: len(begins)][begins]
    for step in range(1, size):
        joined[joined != codes[step:][: len(begins)][begins]] = CLASSES.index("word")
    return make_codes(joined, CLASSES)


def _merge_runs(runs: list[pd.DataFrame]) -> pd.DataFrame:
    """Runs of several sizes by place, short ones first."""
    term = union_categoricals([own["term"] for own in runs], sort_categories=True)
    merged = pd.concat([own.drop(columns="term") for own in runs], ignore_index=True)
    place = merged["article_id"].cat.codes, merged["start"], merged["end"]
    order = np.lexsort([np.asarray(column) for column in reversed(place)])
    merged = merged.take(order).reset_index(drop=True)
    merged["term"] = term[order]
    merged["token_index"] = _count_rows(merged["article_id"].cat.codes.to_numpy())
    return merged[list(runs[0])]


def _count_rows(codes: Array) -> Array:
    """The number of each row in its article, from 0; the rows of an article stand together."""
    begins = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]][: len(codes)]).astype(np.int32)
    rows = np.arange(len(codes), dtype=np.int32)
    rows -= np.repeat(begins, np.diff(begins, append=np.int32(len(codes))))
    return rows
