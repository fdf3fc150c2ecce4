"""What a word, a sentence, a paragraph and a stretch of a text are: every room asks here."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from dateline.wordlists import load_words

# A stretch of a text: (start, end) in characters, the end exclusive.
Span = tuple[int, int]

# Words.

# Three of the seven outlets of PolNeAR write ' only, four mostly ’: unfolded, 310 types of its
# training half split in two, and with them 11,260 of its 644,000 words.
APOSTROPHES = "’‘ʼʻ′＇`´"
# Soft hyphens and marks of no width split nothing that a reader sees.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Accents and the vowel signs of other scripts, which are no letters for a pattern: they belong to
# the letter before. Without them Hindi falls into single letters.
COMBINING = "".join(c for c in map(chr, range(0x0300, 0x1E00)) if unicodedata.category(c)[0] == "M")
# A word holds letters and digits, inner apostrophes and hyphens, 1,000 and 3.5, and U.S. with its
# last dot. It holds no underscore: in news text that is markdown emphasis.
WORD = (
    rf"[^\W_]+(?:(?:[{APOSTROPHES}'\-‐‑{INVISIBLE}]|[.,](?<=\d.)(?=\d)"
    rf"|\.(?<=\b\w\.)(?=\w\b))[^\W_]+|[{COMBINING}]+[^\W_]*)*(?:\.(?<=\.\w\.)(?:['’]s\b)?)?"
)
WORD_WITHOUT_HYPHENS = WORD.replace(r"\-‐‑", "")

# Sentences. Two ask for the same signs: `find_sentences` along a flat text, in which a line's end
# is a paragraph's, and `find_breaks` once for each type of word and gap, over millions of tokens
# of texts as they are, in which only a blank line is sure to end a paragraph.

_CLOSING = r"[\"'”’»)\]*_]*"  # what may stand between a sentence's mark and the space behind it
_PERIOD = re.compile(rf"\.{_CLOSING}\s")
_QUESTION = re.compile(rf"(?:[!?…]|\.\.\.){_CLOSING}\s")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r\n?[^\S\r\n]*\r|\u2029")
_STOP = re.compile(rf"[.!?…]+{_CLOSING}\s+|\n+")
_APART = re.compile(r"[,;:()\[\]{}|•—–―…]|--|\.\.\.|\s[-‐‑−]\s")
_WORD = re.compile(WORD)
_NEXT_WORD = re.compile(r"[^\W_]+")
# What of a word tells where sentences end, as bits: one look at a type answers all questions.
_SHORT, _GOES_ON, _NUMBERED, _FIGURE, _DOTTED, _OPENER, _MARK = (1 << bit for bit in range(7))
_FIRMS = ("Inc", "Corp", "Co", "Ltd", "LLC", "LLP", "PLC", "GmbH")
_NUMBERS = ("No", "Nos", "NO", "no", "nos")  # the period before a figure: “No. 10”
_MARKS = (".", "!", "?", "...", "…")  # words of their own for NLTK's tokenisers


@cache
def _load_signs() -> dict[str, int]:
    """What listed words tell."""
    short = load_words("abbreviations_en.txt")
    # A function word has a capital only where a sentence starts.
    listed = {
        _SHORT: [form for word in short for form in (word, word.capitalize(), word.upper())],
        _GOES_ON: _FIRMS,
        _NUMBERED: _NUMBERS,
        _OPENER: [word.capitalize() for word in load_words("stopwords_en.txt")],
        _MARK: _MARKS,
    }
    signs: dict[str, int] = {}
    for sign, words in listed.items():
        signs |= {word: signs.get(word, 0) | sign for word in words}
    return signs


def _look(word: str) -> int:
    """What a word tells of where sentences end.

    A period behind an abbreviation (“Dr”) or an initial seldom ends one, “U.S.” brings its own; a
    word in lower case opens none, whatever mark stands before, nor does a firm's “Ltd”.
    """
    signs = _load_signs().get(word, 0)
    if len(word) == 1:
        signs |= _SHORT
    elif word.endswith("."):
        signs |= _DOTTED
    if word[:1].islower():
        signs |= _GOES_ON
    elif word[:1].isdigit():
        signs |= _FIGURE
    return signs


def find_sentences(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """Find where sentences begin in a flat text.

    A sentence ends at a line's end, or at a mark that white space follows, unless the next word is
    in lower case or the mark is the period of an abbreviation or an initial. A pattern of four
    titles stood here before; it broke one sentence in thirty of PolNeAR at “Sen.”, “Gov.” or
    “Dec.”.

    Args:
        text: A text in which each paragraph is a line, see `Flat`.
        start: The first character to look at.
        end: One past the last one.

    Returns:
        The first character of each sentence, in order; `start` is the first.
    """
    stops = _STOP.finditer(text, start, len(text) if end is None else end)
    return [start, *(stop.end() for stop in stops if _ends_sentence(text, stop))]


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    gap = stop[0]
    if "\n" in gap:
        return True
    # No abbreviation has 20 letters; the slices keep the search linear on any text.
    after = _NEXT_WORD.search(text, stop.end(), stop.end() + 20)
    opens = _look(after[0]) if after else 0
    if opens & _GOES_ON:
        return False
    before = text[max(0, stop.start() - 20) : stop.start()]
    # With the gap, because the last period of “U.S.” is the word's.
    last = _WORD.findall(before + gap)[-1] if before[-1:].isalnum() else ""
    signs = _look(last)
    if signs & _DOTTED:
        return opens & _OPENER > 0
    if signs & _NUMBERED and opens & _FIGURE:
        return False
    return _QUESTION.search(gap) is not None or not signs & _SHORT


class Types:
    """Different strings, each with the number of its first place, and what was asked of them."""

    def __init__(self) -> None:
        """Begin without any."""
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__  # a new string gets the next number
        self._answers: dict[Callable[[str], object], np.ndarray] = {}

    def ask(self, compute: Callable[[str], object], dtype: type) -> np.ndarray:
        """What `compute` gives for each type by its number, asked once a type."""
        known = self._answers.get(compute, np.array([], dtype))
        if len(known) < len(self.numbers):
            new = map(compute, islice(self.numbers, len(known), None))
            known = np.concatenate([known, np.array(list(new), dtype)])
            self._answers[compute] = known
        return known


class Coded(NamedTuple):
    """A sequence of strings by the numbers of their types."""

    types: Types
    codes: np.ndarray

    def map(self, compute: Callable[[str], object], dtype: type = bool) -> np.ndarray:
        """What `compute` gives for each string."""
        return self.types.ask(compute, dtype)[self.codes]

    def equals(self, string: str) -> np.ndarray:
        """Whether each string is this one."""
        return self.codes == self.types.numbers.get(string, -1)


def find_breaks(words: Coded, gaps: Coded) -> np.ndarray:
    """Whether a sentence begins at each word, of which `gaps` are the ones before.

    A sentence ends at a blank line, or at a mark that white space follows, unless the next word is
    in lower case or a firm's “Inc”, or the mark is the period of an abbreviation, an initial, or of
    “No.” before a figure.
    """
    signs = words.map(_look, np.uint8)
    before = np.r_[np.uint8(0), signs][: len(signs)]
    ends = gaps.map(_PERIOD.search) & ~_have(before, _SHORT)
    ends |= gaps.map(_QUESTION.search)
    ends |= _have(before, _MARK)
    ends &= ~_have(signs, _GOES_ON)
    ends &= ~(_have(before, _NUMBERED) & _have(signs, _FIGURE))
    # After "U.S." only a function word in a capital shows that a new sentence began.
    ends |= _have(before, _DOTTED) & _have(signs, _OPENER)
    return ends | gaps.map(_BLANK_LINE.search)


def find_marks(gaps: Coded) -> np.ndarray:
    """Whether a comma, colon, semicolon, bracket or dash stands before each word.

    Words on its two sides stand together in no phrase: “In Velt, markets fell”.
    """
    return gaps.map(_APART.search)


def _have(signs: np.ndarray, sign: int) -> np.ndarray:
    return (signs & sign) > 0


# Paragraphs: `read.plain.paragraphs` tells which lines are one, here they become one line.

# What `str.splitlines` ends a line at besides "\n"; a line's end with the white space behind it.
OTHER_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_OTHER_END = re.compile(rf"\r\n|[{OTHER_ENDS}]")
_LINE_END = re.compile(rf"[\n{OTHER_ENDS}]\s*")


def join_lines(words: str) -> str:
    """The words on one line: each line's end, with the white space around, becomes one space."""
    lines = _LINE_END.split(words)
    return " ".join([*(line.rstrip() for line in lines[:-1]), lines[-1]])


class Flat:
    r"""A text with each paragraph on one line, and the way from its offsets to the text's.

    Inside the paragraphs a line's end, with the white space around, becomes one space; between
    them each line's end becomes "\n". So a rule that reads `text` meets neither wrapped lines nor
    CRLF. Where a text is so already, `text` is the very same string.
    """

    def __init__(self, text: str, paragraphs: Iterable[Span]) -> None:
        """Flatten a text.

        Args:
            text: An article's text.
            paragraphs: Where its paragraphs stand, in order and without overlap.
        """
        # After each change: an offset here, and the offset of the same character in the text.
        self._here: list[int] = []
        self._there: list[int] = []
        pieces: list[str] = []
        done = length = 0
        for start, end, new in _list_changes(text, paragraphs):
            pieces += (text[done:start], new)
            length += start - done + 1
            done = end
            self._here.append(length)
            self._there.append(end)
        self.text = "".join([*pieces, text[done:]]) if pieces else text

    def to_article(self, start: int, end: int) -> Span:
        """From a stretch of the flat text to the same characters of the article's text."""
        if not self._here:
            return start, end
        first = self._find(start)
        return first, self._find(end - 1) + 1 if end > start else first

    def to_flat(self, start: int, end: int) -> Span:
        """From a stretch of the article's text to the same characters of the flat text."""
        if not self._here:
            return start, end
        first = self._place(start)
        return first, self._place(end - 1) + 1 if end > start else first

    def _find(self, here: int) -> int:
        after = bisect.bisect_right(self._here, here)
        return self._there[after - 1] + here - self._here[after - 1] if after else here

    def _place(self, there: int) -> int:
        after = bisect.bisect_right(self._there, there)
        here = self._here[after - 1] + there - self._there[after - 1] if after else there
        # All characters of a line's end are one here.
        return min(here, self._here[after] - 1) if after < len(self._here) else here


def _list_changes(text: str, paragraphs: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    """The stretches that a flat text has one other character for, in order, and which."""
    is_plain = not any(end in text for end in OTHER_ENDS)
    done = 0
    for start, end in [*paragraphs, (len(text), len(text))]:
        if not is_plain:
            yield from ((*found.span(), "\n") for found in _OTHER_END.finditer(text, done, start))
        if not is_plain or text.find("\n", start, end) >= 0:
            last = start
            for found in _LINE_END.finditer(text, start, end):
                line_end = last + len(text[last : found.start()].rstrip())
                last = found.end()
                yield line_end, last, " "
        done = end


# Stretches.


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The same characters in as few stretches as can be, in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


class Spans:
    """Stretches of one text, merged and sorted, so that each question is one bisection."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take the stretches in any order, as (start, end); they may overlap."""
        merged = merge_spans(spans)
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def overlap(self, start: int, end: int) -> bool:
        """Whether any stretch shares a character with start to end."""
        after = bisect.bisect_right(self._ends, start)
        return after < len(self._starts) and self._starts[after] < end

    def hold(self, position: int) -> bool:
        """Whether the character at a position is in a stretch."""
        return self.overlap(position, position + 1)


# Nouns that do not form their plural by -s, as far as the rooms meet them.
_PLURALS = {"children": "child", "people": "person"}


def singular(noun: str) -> str:
    """The singular of a plain English noun, as far as its ending tells; else the noun itself."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
