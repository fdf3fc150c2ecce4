"""From words and the gaps before them to sentences, which n-grams and windows never cross."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.words import (
    BLANK_LINE,
    PERIOD,
    QUESTION,
    is_abbreviation,
    is_dotted,
    is_opener,
)

_MARKS = frozenset([".", "!", "?", "...", "…"])  # words of their own for NLTK's tokenisers


class Coded(NamedTuple):
    """A sequence of strings: the types among them, and the number of each one's type."""

    types: list[str]
    codes: np.ndarray

    def map(self, compute: Callable[[str], object], dtype: type = bool) -> np.ndarray:
        """What `compute` gives for each string, asked once a type."""
        return np.array(list(map(compute, self.types)), dtype)[self.codes]


def find_breaks(words: Coded, gaps: Coded) -> np.ndarray:
    """Whether a sentence begins at each word, of which `gaps` are the ones before.

    A sentence ends at a blank line, or at a mark that white space follows, unless the next word is
    in lower case or the mark is the period of an abbreviation or an initial.
    """
    ends = gaps.map(PERIOD.search) & ~_follow(words.map(is_abbreviation))
    ends |= gaps.map(QUESTION.search)
    ends |= _follow(words.map(_MARKS.__contains__))
    ends &= ~words.map(lambda word: word[:1].islower())
    # After "U.S." only a function word in a capital shows that a new sentence began.
    ends |= _follow(words.map(is_dotted)) & words.map(is_opener)
    return ends | gaps.map(BLANK_LINE.search)


def _follow(is_type: np.ndarray) -> np.ndarray:
    """Whether the word before is of such a type."""
    return np.r_[False, is_type][: len(is_type)]


def find_followers(tokens: pd.DataFrame) -> np.ndarray:
    """Whether each token stands directly after the row before it, in the same sentence."""
    if tokens.empty:
        return np.array([], bool)
    article = tokens["article_id"].cat.codes.to_numpy(np.int32)
    same = (np.diff(article) == 0) & (np.diff(tokens["sentence_index"].to_numpy()) == 0)
    return np.r_[False, same & (np.diff(tokens["token_index"].to_numpy()) == 1)]
