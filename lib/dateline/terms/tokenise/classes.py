"""What is one token, and of which class: words, numbers, sums, times, addresses and their like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from dateline.terms.formulas.measures import Array
from dateline.wordlists import read_lines
from dateline.words import COMBINING, WORD, Coded

_END = r"(?![^\W_])"
# Quantifiers with a + give nothing back: 1,000 is never cut to 1 to please what follows.
_FIGURE = r"\d++(?:[.,]\d++)*+"
_RANGE = rf"{_FIGURE}(?:-{_FIGURE})?+"
_SIGN = "[$¢-¥₠-⃀]"
_SCALE = r"(?:\s?(?i:bn|mn|tn|trn|mln)|[kKmMbBtT])"
_HOUR = r"(?:[01]?\d|2[0-4])"
_UNIT = r"(?i:bn|mn|tn|trn|mln|k|m|km|cm|mm|kg|mg|ft|lbs?|oz|mph|kph|kmh|hz|[kmgt]b|[kmg]wh?)"
# An address ends before the marks that end a sentence or a bracket around it. All bounds keep the
# search linear on any text.
_PATH = r"[^\s<>\"“”|]{0,2000}[^\s<>\"“”|.,;:!?'‘’»)\]}*_]"
_LABELS = r"(?:[^\W_]{1,63}(?:-{1,2}[^\W_]{1,63}){0,6}\.){1,8}"
# Top-level names that are no English words; any other one shows an address before a path only.
_TOP = (
    "(?:(?i:com|org|net|edu|gov|mil|int|info|biz)|io|tv|co|app|dev|uk|eu|de|fr|es|pt|nl|lu|ch|se|dk"
    "|fi|pl|cz|sk|hu|ro|bg|gr|ie|lt|lv|ee|ru|ua|by|ge|tr|ir|il|ae|eg|ng|ke|gh|za|cn|jp|kr|hk|tw|sg|th"
    "|vn|id|ph|pk|lk|au|nz|ca|mx|br|ar|cl|pe|ly|gg|fm)"
)
# The shapes of tokens that are no plain words, in the order in which they are tried.
SHAPES = {
    "address": (
        rf"(?i:(?:https?|ftp)://|www\.(?=\w)){_PATH}"
        rf"|[^\W_][\w.+'-]{{0,63}}@(?:[\w-]{{1,63}}\.){{1,8}}[^\W\d_]{{2,24}}{_END}"
        rf"|{_LABELS}(?:{_TOP}(?![\w-])(?:/(?:{_PATH})?)?|[a-z]{{2,24}}(?=/\w)/{_PATH})"
    ),
    "handle": (
        r"(?<![^\W_])@(?=\w*[^\W\d_])\w{0,99}[^\W_]"
        r"(?:(?:@(?:[\w-]{1,63}\.){1,4}|(?:\.[\w-]{1,63}){1,4}\.)[a-z]{2,24}(?!\w))?"
    ),
    "hashtag": rf"[#＃](?=\w*[^\W\d_])[\w{COMBINING}]+(?<!_)",
    "percent": rf"{_RANGE}(?:\s?[%‰]|pc{_END})",
    "money": (
        rf"[A-Z]{{0,3}}{_SIGN}\s?\.?{_RANGE}{_SCALE}?{_END}"
        rf"|{_RANGE}{_SCALE}?\s?{_SIGN}(?!\s?\d){_END}"
    ),
    "time": (
        rf"{_HOUR}(?:[:.][0-5]\d)?\s?(?i:[ap]\.m\.?|[ap]m){_END}"
        rf"|{_HOUR}:[0-5]\d(?::[0-5]\d)?{_END}"
        r"|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?(?![^\W_])"
    ),
    "ordinal": r"(?:[Nn][Oo]s?\.|№)\s?\d++",
    "number": r"\d++(?:[.,/:-]\d++)++(?![^\W_]|['’‐‑-][^\W_])",
}
# The word that no shape claims: also AT&T, and a word that a line's end cuts at a hyphen.
_JOINED = WORD.replace("'\\-", "'&\\-", 1).replace(
    ")[^\\W_]+|", r"|(?<=[^\W\d_])[-‐‑\u00ad]\r?\n[ \t]*(?=[^\W\d_]))[^\W_]+|", 1
)
# Nearly all are words that none of the shapes begins with: to see that first is twice as fast.
# Most of these are letters up to a space or a comma: to see that saves another fifth.
_PLAIN = (
    rf"[^\W\d_]++(?=[\s,])|(?=[^\W\d_])(?>{WORD})(?![@:/&_.+$£€][\w/]|[-‐‑\u00ad]\r?\n|\.\s?\d)"
)
TOKEN = rf"(?=[\w@#＃№]|{_SIGN})(?:{_PLAIN}|{'|'.join(SHAPES.values())}|{_JOINED})"

CLASSES = (
    *("word", "name", "hashtag", "numeral", "ordinal", "weekday", "month"),
    *("number", "money", "percent", "time", "address", "handle", "mark"),
)
# What counts and rankings list unless asked: figures, addresses and handles are no vocabulary.
LISTED_CLASSES = CLASSES[:7]
_OPENER = re.compile(r"[\"“”„«»‘:—–•(\[\n]|(?<!\w)'")
_MAY_BE_MONTH, _OPENS_MONTH = 1, 2
_FIGURES = [CLASSES.index("number"), CLASSES.index("ordinal")]
# Of a word alone the shapes say less: 1st, 1990s, 5bn and 3.5 are words of digits.
_ALONE = re.compile(
    "|".join(f"(?P<{name}>{shape})" for name, shape in SHAPES.items() if name != "number")
    + rf"|(?P<nth>\d[\d,]*(?i:st|nd|rd|th))|(?P<number>(?:\d|\W)+(?:s|{_UNIT}))"
)


@cache
def _load_closed() -> dict[str, str]:
    """The class of each word of a closed one: also "beside" and "before", see the list."""
    lines = (line.split() for line in read_lines("closed_classes.txt"))
    return {word: name for name, *words in lines for word in words}


def classify(word: str) -> str:
    """The class of a word by its looks alone: `find_classes` sees more."""
    folded, closed = word.lower(), _load_closed()
    if folded.isalpha():
        name = closed.get(folded, "word")
        return name if name in CLASSES else "word"
    head, _, last = folded.replace("‐", "-").replace("‑", "-").partition("-")
    if closed.get(head) == "numeral" and closed.get(last) in ("numeral", "ordinal"):
        return closed[last]
    if not any(map(str.isalnum, word)):
        return "mark"
    if found := _ALONE.fullmatch(word):
        return {"nth": "ordinal"}.get(str(found.lastgroup), str(found.lastgroup))
    return "word" if any(map(str.isalpha, word)) else "number"


def find_classes(words: Coded, gaps: Coded, begins: Array) -> Array:
    """The class of each word, as its place in CLASSES.

    A word in a capital is a name, but where one would stand in any case: where `begins` says so,
    and after a mark that may open a sentence. “March” is a month where it would be a name, “May”
    after a word such as “in” or “last”, and these and “Dec” beside a figure.
    """
    classes = words.map(_number_class, np.int8)
    is_name = words.map(_is_capital) & ~(begins | gaps.map(_OPENER.search))
    classes[is_name & (classes == 0)] = CLASSES.index("name")
    classes[is_name & words.equals("March")] = CLASSES.index("month")
    senses = words.map(_find_sense, np.int8)
    often = np.flatnonzero(senses == _MAY_BE_MONTH)
    for step in (-1, 1):
        beside = np.clip(often + step, 0, len(classes) - 1)
        is_month = np.isin(classes[beside], _FIGURES)
        if step < 0:
            is_month |= (senses[beside] == _OPENS_MONTH) & words.equals("May")[often]
        classes[often[is_month]] = CLASSES.index("month")
    return classes


def settle_names(classes: Array, types: Array, written: list[str], terms: list[str]) -> None:
    """Let a capital where one would stand in any case be a name where the term is one elsewhere.

    At the start of a sentence or in a heading a capital says nothing. There the term's other tokens
    decide: it is a name if more of them have a capital that says so than have none.

    Args:
        classes: Of each token, as `find_classes` gives it; changed in place.
        types: Of each token, the number of its word.
        written: The words as they stand.
        terms: What each word is counted as.
    """
    word, name = CLASSES.index("word"), CLASSES.index("name")
    number = {term: i for i, term in enumerate(dict.fromkeys(terms))}
    term = np.array([number[own] for own in terms], np.int32)
    is_capital = np.array([_is_capital(own) for own in written], bool)
    n_types = len(written)
    names = np.bincount(types[classes == name], minlength=n_types)
    small = np.bincount(types[classes == word], minlength=n_types) * ~is_capital
    n_names, n_small = (np.bincount(term, own, len(number)) for own in (names, small))
    is_name = (n_names > n_small)[term] & is_capital
    classes[(classes == word) & is_name[types]] = name


def _is_capital(word: str) -> bool:
    return word[:1].isupper() and word[:2] not in ("I", "I'", "I’")


def _number_class(word: str) -> int:
    # Nearly all types are letters alone; to look them up at once halves the time for classes.
    return (
        _number_closed().get(word.lower(), 0) if word.isalpha() else CLASSES.index(classify(word))
    )


@cache
def _number_closed() -> dict[str, int]:
    closed = _load_closed().items()
    return {word: CLASSES.index(name) for word, name in closed if name in CLASSES}


def _find_sense(word: str) -> int:
    """Whether a word may be a month, or a month may follow; 0 where neither."""
    sense = _load_closed().get(word.lower())
    if sense == "beside" and word[:1].isupper():
        return _MAY_BE_MONTH
    return _OPENS_MONTH if sense == "before" else 0


def name_unlisted(classes: str | Iterable[str] | None) -> list[str]:
    """The classes that are left out where these are listed; None lists all.

    Raises:
        ValueError: One is unknown.
    """
    if classes is None:
        return []
    listed = [classes] if isinstance(classes, str) else list(classes)
    if not set() < set(listed) <= set(CLASSES):
        raise ValueError(f"classes={classes!r}, expected some of {', '.join(CLASSES)}")
    return [name for name in CLASSES if name not in listed]


def find_term_classes(tokens: pd.DataFrame, terms: pd.Index) -> Array:
    """The class of each of these terms, as its place in CLASSES: that of most of its tokens.

    Of two equal ones the first of CLASSES. A term that no token has, or tokens without the column,
    are classed by their looks.
    """
    of_tokens = tokens["term"].astype("category").cat
    known = of_tokens.categories
    row = known.get_indexer(terms)
    if "class" not in tokens:
        row[:] = -1
    classes = np.zeros(len(terms), np.int8)
    classes[row < 0] = [CLASSES.index(classify(term)) for term in terms[row < 0]]
    if (row >= 0).any():
        own = tokens["class"].astype("category").cat
        place = np.r_[pd.Index(CLASSES).get_indexer(own.categories), 0]  # an unknown one is a word
        keys = of_tokens.codes.to_numpy(np.int64) * len(CLASSES)
        keys += np.maximum(place[own.codes.to_numpy()], 0)
        table = np.bincount(keys, minlength=len(known) * len(CLASSES))
        classes[row >= 0] = table.reshape(-1, len(CLASSES)).argmax(axis=1)[row[row >= 0]]
    return classes


def find_listed(
    tokens: pd.DataFrame, terms: pd.Index, classes: str | Iterable[str] | None
) -> Array:
    """Whether each of these terms is of one of these classes; see `count_terms`."""
    unlisted = [CLASSES.index(name) for name in name_unlisted(classes)]
    if not unlisted:
        return np.ones(len(terms), bool)
    return ~np.isin(find_term_classes(tokens, terms), unlisted)
