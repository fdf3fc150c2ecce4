"""From words and the gaps before them to sentences, which n-grams and windows never cross."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.wordlists import load_words

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\r\n?[^\S\r\n]*\r|\u2029")
_CLOSING = r"[\"'”’»)\]*_]*\s"
_PERIOD = re.compile(rf"\.{_CLOSING}")
_MARKS = frozenset([".", "!", "?", "...", "…"])  # words of their own for NLTK's tokenisers
_QUESTION = re.compile(rf"[!?…]{_CLOSING}|\.\.\.{_CLOSING}")


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
    listed = load_words("abbreviations_en.txt")
    short = {form for word in listed for form in (word, word.capitalize(), word.upper())}
    openers = {word.capitalize() for word in load_words("stopwords_en.txt")}
    ends = gaps.map(_PERIOD.search) & ~_follow(words.map(lambda w: len(w) == 1 or w in short))
    ends |= gaps.map(_QUESTION.search)
    ends |= _follow(words.map(_MARKS.__contains__))
    ends &= ~words.map(lambda word: word[:1].islower())
    # After "U.S." only a function word in a capital shows that a new sentence began.
    after_dotted = _follow(words.map(lambda word: len(word) > 1 and word.endswith(".")))
    ends |= after_dotted & words.map(openers.__contains__)
    return ends | gaps.map(_PARAGRAPH.search)


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
