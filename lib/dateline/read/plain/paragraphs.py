"""From lines to paragraphs: which line ends stand only where a line was full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from dateline.read.plain import shapes, stock
from dateline.read.plain.bylines import read_byline
from dateline.read.plain.datelines import find_dateline
from dateline.words import OTHER_ENDS, Span

# Narrower columns are lists and poems, wider ones are paragraphs on one line.
_NARROWEST, _WIDEST = 30, 200
# So many of the line ends amid a sentence that stand between two blank lines must agree. Wrapped
# by a program all do, but for addresses and other words too long to break.
_AGREED = 0.75
# People and some mail programs break before the width: so much of it makes a line full then.
_RAGGED = 0.85
_N_LEAD = 8  # lines at the top among which headline, byline, date and dateline stand
_STOPS = frozenset(".?!:…")
_CLOSING, _OPENING = "\"'”’»)]*_", "\"'“‘«(["
_ITEM = re.compile(r"[*•·>+|]\s")
# What opens an item of a list or a turn of a transcript (Q: and VENN:) after the end of a sentence
# or of another item; elsewhere a dash, a number or an initial may as well stand amid a sentence.
_MAYBE_ITEM = re.compile(r"(?:[–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s|(?:[QA]|[A-Z][A-Z.’' -]+):\s")
_BARE_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_ROW = re.compile(r"\t| {4}|\S ?\| ?\S")  # of a table
_KEY = re.compile(r"[a-z_]+: ")  # of a header: a line of its own, though it begins small
# Lines that begin small and run on from nothing: a desk's initials, "ends", an address, a button.
_SIGN_OFF = re.compile(
    r"[a-z]{1,5}(?:[/-][a-z]{1,5})+|ends?|enditem|[(]*\S+@\S+.*|(?:https?:|www\.)\S+|e-?mail|share|save|print"
)


class _Line(NamedTuple):
    """A line that is not blank; `indent` counts the columns before it."""

    start: int
    text: str
    indent: int

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


class _Break(NamedTuple):
    """A line's end that another line follows."""

    above: _Line
    below: _Line

    @property
    def least(self) -> int:
        """The narrowest column that the line above fits into."""
        return self.above.indent + len(self.above.text)

    @property
    def most(self) -> int:
        """The widest column in which the first word below has no room behind the line above."""
        return self.least + len(self.below.text.partition(" ")[0])

    @property
    def ends(self) -> bool:
        """Whether the line above ends a sentence, or announces something."""
        return self.above.text.rstrip(_CLOSING)[-1:] in _STOPS

    @property
    def runs_on(self) -> bool:
        """Whether the line above ends amid a sentence: the next word begins small."""
        below = self.below.text
        if not below.lstrip(_OPENING)[:1].islower() or self.ends:
            return False
        return not (_KEY.match(below) or _SIGN_OFF.fullmatch(below))


class _Width(NamedTuple):
    """The columns that a text may have been wrapped at, and how many line ends say so."""

    low: int
    high: int
    n: int

    def is_full(self, at: _Break) -> bool:
        """Whether the line above is full: the first word below had no room."""
        return at.least <= self.high and at.most >= self.low


def find_paragraphs(text: str) -> list[Span]:
    """Find the paragraphs of a text, each a line or the lines that one was wrapped into.

    A text is wrapped where most line ends amid a sentence agree on a width: the line fits into it,
    and the next word has no room. Then every line that is full runs on in the next one, whether
    blank lines part the paragraphs or not; lines between blank ones may agree on a width of their
    own. The lines of lists, poems, addresses and tables end where they like, and so are not full.

    Where no line ends amid a sentence nothing tells of wrapping, and lines stay paragraphs. Where
    no blank lines part the paragraphs, a last line that happens to be full is joined with the next
    paragraph: of PolNeAR's at 72 columns, 7 in 100. To part them at each end of a sentence instead
    parts sentences of one paragraph too: tried on a quarter of the check half, at 60 and at 72
    columns, it costs one more point of joint F1.

    Args:
        text: An article's text.

    Returns:
        (start, end) of each paragraph without the white space around, in order.
    """
    if not any(end in text for end in OTHER_ENDS):
        spans = [found.span() for found in _BARE_LINE.finditer(text, text.startswith("\ufeff"))]
        # Nearly every text: each paragraph has a line, so that none begins small.
        if not any(text[at : at + 4].lstrip(_OPENING)[:1].islower() for at, _ in spans):
            return spans
    groups = list(_find_groups(text))
    breaks = [[_Break(*pair) for pair in pairwise(lines)] for lines in groups]
    lines = [line for group in groups for line in group]
    if not any(at.runs_on for group in breaks for at in group):
        return [(line.start, line.end) for line in lines]
    shared = _find_width(at for group in breaks for at in group)
    lead = {line.start for line in lines[:_N_LEAD]}
    paragraphs: list[Span] = []
    for group, ends in zip(groups, breaks, strict=True):
        joins = _choose_joins(ends, shared, is_parted=len(groups) > 1)
        paragraphs.append((group[0].start, group[0].end))
        for at in ends:
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
            indent = bare.index(line)
            lines.append(_Line(start + len(raw) - len(bare) + indent, line, indent))
        elif lines:
            yield lines
            lines = []
        start += len(raw)
    if lines:
        yield lines


def _find_width(breaks: Iterable[_Break]) -> _Width | None:
    """The width that most line ends amid a sentence agree on; None where there is none."""
    run_on = [at for at in breaks if at.runs_on and at.least <= _WIDEST]
    widths = (
        _Width(low, low, sum(at.least <= low <= at.most for at in run_on))
        for low in sorted({at.least for at in run_on})
    )
    best = max(widths, key=lambda width: width.n, default=None)
    if best is None or 2 * best.n <= len(run_on):
        return None
    best = best._replace(high=min(at.most for at in run_on if best.is_full(at)))
    return best if best.high >= _NARROWEST else None


def _choose_joins(
    breaks: list[_Break], shared: _Width | None, *, is_parted: bool
) -> Callable[[_Break], bool]:
    """What tells of the line ends of one group whether they stand inside a paragraph."""
    run_on = [at for at in breaks if at.runs_on]
    # Less than three line ends nearly always agree on some width: a couplet would be one line.
    widths = [shared, _find_width(breaks) if len(run_on) > 2 else None]
    agreed = [w for w in widths if w and sum(map(w.is_full, run_on)) >= _AGREED * len(run_on)]
    if not agreed:
        return _choose_ragged(breaks, run_on, is_parted=is_parted)
    width = agreed[0]
    # A single line end may be an accident, on which no end of a sentence should be read over.
    return lambda at: width.is_full(at) and (not at.ends or width.n > 1)


def _choose_ragged(
    breaks: list[_Break], run_on: list[_Break], *, is_parted: bool
) -> Callable[[_Break], bool]:
    """The same where lines end a little before a width that they do not agree on."""
    least = _RAGGED * max((at.least for at in breaks), default=0)

    def is_full(at: _Break) -> bool:
        return at.most >= least

    if len(run_on) < 2 or not _NARROWEST <= least <= _WIDEST or not all(map(is_full, run_on)):
        return lambda at: False
    is_whole = is_parted and all(map(is_full, breaks))
    return lambda at: is_full(at) and (is_whole or not at.ends)


def _opens(at: _Break, *, is_lead: bool) -> bool:
    """Whether the line below a full one begins something of its own all the same."""
    above, below = at.above.text, at.below.text
    is_item = _ITEM.match(above) or _MAYBE_ITEM.match(above)
    if _ITEM.match(below) or _ROW.search(below) or _ROW.search(above):
        return True
    if _MAYBE_ITEM.match(below) and (at.ends or is_item):
        return True
    if at.below.indent > at.above.indent and not is_item:
        return True
    return (is_lead or at.ends) and _has_shape(above, below, is_lead=is_lead)


def _has_shape(above: str, below: str, *, is_lead: bool) -> bool:
    """Whether one of two lines is by its form not a part of a paragraph."""
    if above.endswith(":") and below.startswith("http"):  # a key whose address had no room
        return False
    if shapes.is_marked_heading(above) or shapes.is_marked_heading(below):
        return True
    both = f"{above} {below}"
    if is_lead and find_dateline(below):
        return find_dateline(both) is None
    if is_lead and read_byline(above):
        return read_byline(both) is None
    reads = (stock.read_header, read_byline, stock.read_trailer)
    return any(read(below) is not None for read in reads)
