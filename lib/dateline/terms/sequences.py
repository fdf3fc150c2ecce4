"""From tokens to n-grams and phrases: several words counted as one term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.method import note_method
from dateline.terms.cells import list_words, make_categorical, take_tokens
from dateline.terms.measures import Array
from dateline.terms.sentences import find_followers
from dateline.terms.tokens import make_finder

LONGEST = 5
_NEEDED = ("article_id", "token_index", "sentence_index", "end", "term")


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
    tokens = take_tokens(tokens, *_NEEDED)
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


def find_phrases(tokens: pd.DataFrame, phrases: str | Iterable[str]) -> pd.DataFrame:
    """Count multi-word terms as one: "New Haven" becomes the term "new haven".

    Args:
        tokens: TOKENS.
        phrases: Words with spaces between them, each folded as the tokens were. Of two that fit
            at one place the longer is taken, and no word belongs to two.

    Returns:
        TOKENS with a row for each phrase in place of the rows of its words; those of one word, or
        that do not occur, change nothing.

    Raises:
        ValueError: A phrase is no text, or empty.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.find_phrases(tokens, ["the port"])["term"].tolist()
        ['the port', 'is', 'shut', 'the port', 'opens']
    """
    tokens = take_tokens(tokens, *_NEEDED)
    listed = list_words(phrases, "phrases")
    by_first = defaultdict(list)
    find_term = make_finder(tokens)
    for phrase in listed:
        words = [find_term(word) or word for word in phrase.split()]
        by_first[words[0]].append(words)
    terms = np.array(tokens["term"], dtype=object)
    follows = find_followers(tokens)
    length = np.ones(len(tokens), np.int32)  # 0 for a word inside a phrase
    done = 0
    for row in np.flatnonzero(tokens["term"].isin(list(by_first)).to_numpy()).tolist():
        fits = (
            len(words)
            for words in by_first[terms[row]]
            if terms[row : row + len(words)].tolist() == words
            and follows[row + 1 : row + len(words)].all()
        )
        if row >= done and (n := max(fits, default=0)) > 1:
            terms[row] = " ".join(terms[row : row + n])
            length[row : row + n] = n, *[0] * (n - 1)
            done = row + n
    kept = length > 0
    merged = tokens[kept].reset_index(drop=True)
    last = np.flatnonzero(kept) + length[kept] - 1
    merged["end"] = tokens["end"].to_numpy()[last]
    dropped = pd.Series(~kept).groupby(tokens["article_id"].cat.codes.to_numpy()).cumsum()
    merged["token_index"] -= dropped[kept].to_numpy(np.int32)
    names, codes = np.unique(terms[kept].astype(str), return_inverse=True)
    merged["term"] = make_categorical(codes, names.tolist())
    note_method(merged, tokens, n_phrases=len(listed))
    return merged
