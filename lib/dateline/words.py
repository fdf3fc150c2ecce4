"""What a word, a sentence, a line and a stretch of a text are: every room asks here."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

# (start, end) in characters of a text, the end exclusive.
Span = tuple[int, int]

# What `str.splitlines` ends a line at besides "\n"; a line's end with the white space that follows.
_OTHER_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_OTHER_END = re.compile(rf"\r\n|[{_OTHER_ENDS}]")
_LINE_END = re.compile(rf"[\n{_OTHER_ENDS}]\s*")


def join_lines(words: str) -> str:
    """The words on one line: each line's end, with the white space around, becomes one space."""
    lines = _LINE_END.split(words)
    return " ".join([*(line.rstrip() for line in lines[:-1]), lines[-1]])


class Flat:
    """A text with each paragraph on one line, and the way from its offsets to the text's.

    Inside the paragraphs a line's end, with the white space around, becomes one space; between
    them it becomes "\\n". So a rule that reads `text` meets neither wrapped lines nor CRLF. Where
    a text is so already, `text` is the very same string.
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
        for (start, end), joined in _list_changes(text, paragraphs):
            pieces += (text[done:start], joined)
            length += start - done + 1
            done = end
            self._here.append(length)
            self._there.append(end)
        self.text = "".join([*pieces, text[done:]]) if pieces else text

    def to_article(self, start: int, end: int) -> Span:
        """From a stretch of the flat text to the same characters of the article's text."""
        first = self._find(start)
        return first, self._find(end - 1) + 1 if end > start else first

    def to_flat(self, start: int, end: int) -> Span:
        """From a stretch of the article's text to the same characters of the flat text."""
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


def _list_changes(text: str, paragraphs: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """The stretches that a flat text has other white space for, in order, and which."""
    is_plain = not any(end in text for end in _OTHER_ENDS)
    done = 0
    for start, end in [*paragraphs, (len(text), len(text))]:
        if not is_plain:
            yield from ((m.span(), "\n") for m in _OTHER_END.finditer(text, done, start))
        if not is_plain or text.find("\n", start, end) >= 0:
            last = start
            for found in _LINE_END.finditer(text, start, end):
                line_end = last + len(text[last : found.start()].rstrip())
                last = found.end()
                yield (line_end, last), " "
        done = end


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
