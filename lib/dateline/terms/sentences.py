"""From words and the gaps before them to sentences, which n-grams and windows never cross."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from dateline.terms.lists import load_stopwords, read_wordlist

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\r\n?[^\S\r\n]*\r|\u2029")
_CLOSING = r"[\"'”’»)\]*_]*\s"
_PERIOD = re.compile(rf"\.{_CLOSING}")
_MARKS = frozenset([".", "!", "?", "...", "…"])  # words of their own for NLTK's tokenisers
_QUESTION = re.compile(rf"[!?…]{_CLOSING}|\.\.\.{_CLOSING}")


def find_breaks(
    words: list[str], word_codes: np.ndarray, gaps: list[str], gap_codes: np.ndarray
) -> np.ndarray:
    """Whether a sentence begins at each word.

    A sentence ends at a blank line, or at a mark that white space follows, unless the next word is
    in lower case or the mark is the period of an abbreviation or an initial.

    Args:
        words: The types of word.
        word_codes: The type of each word of the text.
        gaps: The types of gap.
        gap_codes: The type of the gap before each word.
    """
    abbreviations = _add_capitals(read_wordlist("abbreviations_en.txt"))
    openers = {word.capitalize() for word in load_stopwords()}
    paragraph, question, period = (
        np.array([bool(mark.search(gap)) for gap in gaps], bool)[gap_codes]
        for mark in (_PARAGRAPH, _QUESTION, _PERIOD)
    )
    is_lower = np.array([word[:1].islower() for word in words], bool)[word_codes]
    after_short = _follow([len(w) == 1 or w in abbreviations for w in words], word_codes)
    after_dotted = _follow([len(w) > 1 and w.endswith(".") for w in words], word_codes)
    after_mark = _follow([w in _MARKS for w in words], word_codes)
    # After "U.S." only a function word in a capital shows that a new sentence began.
    is_opener = np.array([w in openers for w in words], bool)[word_codes]
    ends = question | (period & ~after_short) | after_mark
    return paragraph | (ends & ~is_lower) | (after_dotted & is_opener)


def _add_capitals(words: frozenset[str]) -> set[str]:
    return {form for word in words for form in (word, word.capitalize(), word.upper())}


def find_followers(tokens: pd.DataFrame) -> np.ndarray:
    """Whether each token stands directly after the row before it, in the same sentence."""
    if tokens.empty:
        return np.array([], bool)
    article, sentence, index = (
        np.diff(column)
        for column in (
            tokens["article_id"].cat.codes.to_numpy(np.int32),
            tokens["sentence_index"].to_numpy(),
            tokens["token_index"].to_numpy(),
        )
    )
    return np.r_[False, (article == 0) & (sentence == 0) & (index == 1)]


def _follow(is_type: list[bool], word_codes: np.ndarray) -> np.ndarray:
    """Whether the word before is of such a type."""
    flags = np.array(is_type, bool)[word_codes]
    return np.r_[False, flags[:-1]]
