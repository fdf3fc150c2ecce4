"""Stretches of a text, asked which places they cover."""

from __future__ import annotations

import bisect
from collections.abc import Iterable


class Spans:
    """Stretches of one text, merged and sorted, so that each question is one bisection."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take the stretches in any order, as (start, end); they may overlap."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        """Whether any stretch shares a character with start to end."""
        after = bisect.bisect_right(self._ends, start)
        return after < len(self._starts) and self._starts[after] < end

    def hold(self, position: int) -> bool:
        """Whether the character at a position is in a stretch."""
        return self.overlap(position, position + 1)
