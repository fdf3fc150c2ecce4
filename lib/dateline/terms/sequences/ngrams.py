"""From tokens to runs of words."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.method import note_method
from dateline.terms.cells import (
    find_followers,
    make_categorical,
    take_tokens,
)
from dateline.terms.formulas.measures import Array

LONGEST = 5


NEEDED = ("article_id", "token_index", "sentence_index", "end", "term")


def find_ngrams(tokens: pd.DataFrame, *, sizes: int | Iterable[int] = 2) -> pd.DataFrame:
    """Find all runs of so many words; none crosses a sentence or a block.

    Args:
        tokens: TOKENS.
        sizes: One or more numbers of words, 1 to 5.

    Returns:
        TOKENS, one row a run, by article and place, short runs first; `token_index` numbers the
        runs of an article. `count_terms` gives rates per million runs, and leaves out runs that
        begin or end with an excluded word.

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
    runs = [_find_runs(tokens, size) for size in wanted]
    first, codes = (np.concatenate([run[i] for run in runs]) for i in (0, 1))
    terms = [term for run in runs for term in run[2]]
    n_runs = [len(run[0]) for run in runs]
    last = first + np.repeat(wanted, n_runs) - 1
    codes += np.repeat(np.cumsum([0, *(len(run[2]) for run in runs[:-1])]), n_runs)
    order = np.lexsort((last, first))
    ngrams = tokens.take(first[order]).reset_index(drop=True)
    ngrams["end"] = tokens["end"].to_numpy()[last[order]]
    ngrams["term"] = make_categorical(codes[order], terms)
    ngrams["token_index"] = ngrams.groupby("article_id", observed=True).cumcount().astype("int32")
    note_method(ngrams, tokens, n_gram_sizes=wanted)
    return ngrams


def _find_runs(tokens: pd.DataFrame, size: int) -> tuple[Array, Array, list[str]]:
    """First row and type of each run of this size, and the terms of the types."""
    words = tokens["term"].cat.codes.to_numpy(np.int64)
    names = list(tokens["term"].cat.categories)
    follows = find_followers(tokens)
    first, codes, terms = np.arange(len(words)), words, names
    for step in range(1, size):
        kept = first + step < len(words)
        kept[kept] = follows[first[kept] + step]
        first, codes = first[kept], codes[kept]
        # A run of k words is one of k - 1 and a word, so each step numbers pairs only.
        pairs, codes = np.unique(codes * len(names) + words[first + step], return_inverse=True)
        terms = [
            f"{terms[pair // len(names)]} {names[pair % len(names)]}" for pair in pairs.tolist()
        ]
    return first, codes, terms
