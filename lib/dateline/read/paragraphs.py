"""From lines to paragraphs: which line ends stand only where a line was full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from dateline.read import shapes
from dateline.words import Span

# Narrower columns than these are lists and poems, wider ones are paragraphs on one line.
_NARROWEST, _WIDEST = 30, 200
# People and some mail programs break a little before the width.
_RAGGED = 0.85
_STOPS = frozenset(".?!:;…")
_CLOSING, _OPENING = "\"'”’»)]*_", "\"'“‘«(["
# An item of a list; a row of a table. After the end of a sentence, or of another item, also those
# that may as well stand inside a sentence (a dash, a number, an initial), and the label of a
# transcript (Q: and VENN:).
_ITEM = re.compile(r"[*•·>+|]\s")
_MAYBE_ITEM = re.compile(
    r"(?:[–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s|(?:[QA]|[A-Z][A-Z.’' -]+):\s"
)
_KEY = re.compile(r"[a-z_]+: ")  # of a header: a line of its own, though it begins small
_ROW = re.compile(r"\t| {4}|\S ?\| ?\S")
_N_LEAD = 8  # lines at the top among which headline, byline, date and dateline stand


class _Line(NamedTuple):
    """A line that is not blank; `width` counts the columns up to its last character."""

    start: int
    text: str
    indent: int

    @property
    def width(self) -> int:
        return self.indent + len(self.text)

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Break(NamedTuple):
    """The end of a line that another follows: the columns to the end, and with the next word."""

    above: _Line
    below: _Line

    @property
    def ends(self) -> bool:
        """Whether the line above ends a sentence, or announces something."""
        return self.above.text.rstrip(_CLOSING)[-1:] in _STOPS

    @property
    def runs_on(self) -> bool:
        """Whether the line ends amid a sentence: the next word begins small."""
        is_small = self.below.text.lstrip(_OPENING)[:1].islower()
        return is_small and not self.ends and not _KEY.match(self.below.text)

    @property
    def least(self) -> int:
        """The narrowest column that the line above fits into."""
        return self.above.width

    @property
    def most(self) -> int:
        """The widest column that the first word below would not have fitted into."""
        return self.above.width + len(self.below.text.partition(" ")[0])


class _Width(NamedTuple):
    """The columns that a text may have been wrapped at, and how many line ends say so."""

    low: int
    high: int
    n: int

    def is_full(self, at: _Break) -> bool:
        """Whether the line above is full: the first word below would not have fitted."""
        return at.least <= self.high and at.most >= self.low


def find_paragraphs(text: str) -> list[Span]:
    """Find the paragraphs of a text, each a line or the lines that one was wrapped into.

    A text is wrapped where most of the line ends amid a sentence fit one width: the line is no
    longer than it, and the next word would have made it so. Then every line that is full runs on
    in the next, with blank lines between the paragraphs or without. Each stretch between blank
    lines may have a width of its own. Lists, poems, addresses and tables end their lines where
    they like, so that their lines are not full.

    Returns:
        (start, end) of each paragraph without the white space around, in order.
    """
    groups = list(_find_groups(text))
    breaks = [[_Break(*pair) for pair in pairwise(lines)] for lines in groups]
    if not any(at.runs_on for group in breaks for at in group):  # nearly every text: no wrapping
        return [(line.start, line.end) for lines in groups for line in lines]
    shared = _find_width(at for group in breaks for at in group)
    lead = {line.start for lines in groups for line in lines[:_N_LEAD]}
    lead = set(sorted(lead)[:_N_LEAD])
    paragraphs: list[Span] = []
    for lines, group in zip(groups, breaks, strict=True):
        joins = _choose_joins(group, shared, alone=len(groups) == 1)
        paragraphs.append((lines[0].start, lines[0].end))
        for at in group:
            if joins(at) and (at.runs_on or not _opens(at, is_lead=at.above.start in lead)):
                paragraphs[-1] = (paragraphs[-1][0], at.below.end)
            else:
                paragraphs.append((at.below.start, at.below.end))
    return paragraphs


def _find_groups(text: str) -> Iterator[list[_Line]]:
    """The lines between blank ones."""
    lines: list[_Line] = []
    start = 0
    for raw in text.splitlines(keepends=True):
        bare = raw.removeprefix("\ufeff") if start == 0 else raw
        if line := bare.strip():
            indent = len(bare) - len(bare.lstrip())
            lines.append(_Line(start + len(raw) - len(bare) + indent, line, indent))
        elif lines:
            yield lines
            lines = []
        start += len(raw)
    if lines:
        yield lines


def _find_width(breaks: Iterable[_Break]) -> _Width | None:
    """The width that most line ends amid a sentence fit; None where there is none."""
    run_on = [at for at in breaks if at.runs_on and at.least <= _WIDEST and at.most >= _NARROWEST]
    edges = sorted({at.least for at in run_on})
    best = max(
        (_Width(low, low, sum(at.least <= low <= at.most for at in run_on)) for low in edges),
        key=lambda width: width.n,
        default=None,
    )
    if best is None or 2 * best.n <= len(run_on):
        return None
    high = min(at.most for at in run_on if best.is_full(at))
    return best._replace(high=high)


def _choose_joins(
    group: list[_Break], shared: _Width | None, *, alone: bool
) -> Callable[[_Break], bool]:
    """What tells of the line ends of one group whether the lines are one paragraph's."""
    run_on = [at for at in group if at.runs_on]
    width = shared
    if width is None or 2 * sum(map(width.is_full, run_on)) < len(run_on):
        width = _find_width(group) if len(run_on) > 2 else None
    if width is not None:
        # One line end says little: a stanza, or one line broken by accident.
        return lambda at: width.is_full(at) and (not at.ends or width.n > 1)
    return _join_ragged(group, alone=alone)


def _join_ragged(group: list[_Break], *, alone: bool) -> Callable[[_Break], bool]:
    """Lines of no exact width: one paragraph where each is nearly full and most run on."""
    least = _RAGGED * max((at.least for at in group), default=0)
    run_on = [at for at in group if at.runs_on]
    if len(run_on) < 2 or not _NARROWEST <= least <= _WIDEST:
        return lambda at: False
    if not all(at.most >= least for at in run_on):
        return lambda at: False
    is_whole = not alone and all(at.most >= least for at in group)
    return lambda at: at.most >= least and (is_whole or not at.ends)


def _opens(at: _Break, *, is_lead: bool) -> bool:
    """Whether the line below a full one begins something of its own all the same."""
    above, below = at.above.text, at.below.text
    if _ITEM.match(below) or _ROW.search(below) or _ROW.search(above):
        return True
    if _MAYBE_ITEM.match(below) and (at.ends or _MAYBE_ITEM.match(above)):
        return True
    if at.below.indent > at.above.indent and not (_ITEM.match(above) or _MAYBE_ITEM.match(above)):
        return True
    if not (is_lead or at.ends):
        return False
    is_marked = shapes.is_marked_heading(below) or shapes.is_marked_heading(above)
    is_top = is_lead and any((shapes.find_dateline(below), shapes.read_byline(above)))
    return is_marked or is_top or any(
        read(below) is not None for read in (shapes.read_header, shapes.read_byline, shapes.read_trailer)
    )
