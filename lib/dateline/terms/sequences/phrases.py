"""From tokens to multi-word terms that count as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.method import note_method
from dateline.terms.cells import (
    find_followers,
    list_words,
    make_categorical,
    take_tokens,
)
from dateline.terms.queries.query import make_finder
from dateline.terms.sequences.ngrams import NEEDED


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
    tokens = take_tokens(tokens, *NEEDED)
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
