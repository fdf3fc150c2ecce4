"""Stretches of a text, asked which places they cover."""

from __future__ import annotations

import bisect
from collections.abc import Iterable


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters in as few stretches as can be, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


class Spans:
    """Stretches of one text, merged and sorted, so that each question is one bisection."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
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
