"""From raw text to quotations: which marks open, which close, what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dateline.words import WORD, Span

# A run of the same double mark is one mark: a doubled mark costs nothing.
_MARK = re.compile(r"“+|”+|„+|«+|»+|\"+|'{3,}|''|``|‘+|’+|'|`+")
_OPENERS = frozenset("“„«")
_CLOSERS = frozenset("”»")
_SINGLES = frozenset("‘’'`")
# Which closing marks end a quotation that opened with this mark.
_FAMILIES = ('“”"„', "«»", "''``", "‘’'`")
_FAMILY = {mark: i for i, marks in enumerate(_FAMILIES) for mark in marks} | {"''": 2, "``": 2}
_SINGLE = 3
_ELISION = re.compile(r"(?:\d0s|em|til|cause|tis|twas|n)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset("([{-–—/“„«\"'‘")
_PAUSES = frozenset(",.;:?!…")  # a mark after one of these may open or close
_BEHIND = frozenset(",;:!?)")  # what no quotation begins with
_AFTER_CLOSING = frozenset(")]}-–—/:;,.…”»\"'’?!_*")
_BLOCK_QUOTE = re.compile(r">[ \t>]*(?![\s\"“„«‘'`>—–―~-])")
_WORD = re.compile(WORD)


class Quotation(NamedTuple):
    """What stands between two marks; the outer offsets include the marks."""

    outer_start: int
    start: int
    end: int
    outer_end: int
    mark: str
    closed: bool
    function: str = ""


class _Mark(NamedTuple):
    start: int
    end: int
    text: str
    family: int
    opens: bool
    closes: bool


def pair_marks(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Pair the quotation marks of one paragraph, in time linear in its length.

    Args:
        text: The article's text.
        start: First character of the paragraph.
        end: One past its last character.

    Returns:
        The outermost quotations in order. A mark that nothing closes runs to the next opening of
        its kind or to the paragraph's end; a single mark that nothing closes is an apostrophe. A
        paragraph that Markdown's ">" opens, and no mark, is one quotation, without the ">".
    """
    end = len(text) if end is None else end
    if (block := _BLOCK_QUOTE.match(text, start, end)) and _WORD.search(text, block.end(), end):
        quotation = Quotation(block.end(), block.end(), end, end, ">", closed=True)
        return [quotation._replace(function=find_function(text, quotation))]
    marks = _settle_apostrophes(text, list(_find_marks(text, start, end)))
    found: list[Quotation] = []
    opened: list[_Mark] = []
    for mark in marks:
        if mark.closes and any(m.family == mark.family for m in opened):
            while opened[-1].family != mark.family:
                opened.pop()
            found.append(_quotation(text, opened.pop(), mark))
        elif mark.opens and not any(m.family == mark.family for m in opened):
            opened.append(mark)
        elif mark.opens:
            while opened[-1].family != mark.family:
                opened.pop()
            if mark.family != _SINGLE:
                found.append(_quotation(text, opened[-1], None, mark.start))
            opened[-1] = mark
    if opened and (opened[0].family != _SINGLE or opened[0].start == start):
        found.append(_quotation(text, opened[0], None, end))
    worded = [q for q in found if _WORD.search(text, q.start, q.end)]
    return [q._replace(function=find_function(text, q)) for q in _keep_outermost(worded)]


def find_closing(text: str, start: int, end: int, opening: str) -> Span | None:
    """Where the first mark of a paragraph closes what such a mark opened before the paragraph.

    Returns:
        The mark's place; an empty one at the start where another mark comes first, or one that
        opens; None where there is no mark at all.
    """
    family = _FAMILY[opening] if opening in ("''", "``") else _FAMILY.get(opening[0])
    if family in (None, _SINGLE):  # single marks are apostrophes too, and ">" has no end
        return start, start
    marks = (mark for mark in _find_marks(text, start, end) if mark.family != _SINGLE)
    first = next(marks, None)
    if first is None:
        return None
    is_end = first.family == family and first.closes and not first.opens
    return (first.start, first.end) if is_end else (start, start)


def add_running(text: str, paragraph: Span, mark: str, closing: Span | None) -> Quotation:
    """The quotation from a paragraph's start to the closing mark, or to its end."""
    start, end = paragraph
    inner = closing[0] if closing else end
    outer = closing[1] if closing else end
    quotation = Quotation(start, start, inner, outer, mark, closing is not None)
    return quotation._replace(function=find_function(text, quotation))


def _find_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        mark = match[0] if match[0] in ("''", "``") else match[0][0]
        opens, closes = _read_sides(mark, before, after)
        yield _Mark(match.start(), match.end(), match[0], _find_family(mark), opens, closes)


@lru_cache(maxsize=4096)
def _read_sides(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark can open and whether it can close, from its shape and its neighbours."""
    if before == "=":  # an attribute's value in left-over markup
        return False, False
    free = before.isspace() or before in _BEFORE_OPENING
    opens = not after.isspace() and (free or before in _PAUSES)
    closes = not before.isspace() and (
        after.isspace() or after in _AFTER_CLOSING or before in _PAUSES
    )
    if before.isspace() and after in _BEHIND:  # « so », said Orla: with a space inside
        opens, closes = False, True
    if mark in _OPENERS or mark == "``":
        return not closes or opens, closes and not opens
    if mark in _CLOSERS:
        return opens and not closes, closes or not opens
    if mark == "‘":
        return opens, False
    if mark in ("''", '"') and not (opens or closes):
        return True, True
    return opens, closes


def _find_family(mark: str) -> int:
    return _FAMILY[mark]


def _settle_apostrophes(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Leave only those single marks that can be quotation marks.

    The mark after a plural (the dogs’ owner) closes only where no better one follows.
    """
    settled, better = [], False
    for mark in reversed(marks):
        if mark.family != _SINGLE:
            settled.append(mark)
        elif mark.opens and mark.text != "’" and not _ELISION.match(text, mark.end):
            settled.append(mark._replace(closes=False))
            better = False
        elif mark.closes and mark.text != "‘":
            plural = text[mark.start - 1 : mark.start] in ("s", "S")
            if not (plural and better):
                settled.append(mark._replace(opens=False))
            better = better or not plural
    return settled[::-1]


def _quotation(text: str, opened: _Mark, closed: _Mark | None, limit: int = 0) -> Quotation:
    end = closed.start if closed else limit
    inner = text[opened.end : end]
    # Tokenised text, and French, have spaces inside the marks.
    start, end = end - len(inner.lstrip()), opened.end + len(inner.rstrip())
    start = min(start, end)
    outer_end = closed.end if closed else end
    return Quotation(opened.start, start, end, outer_end, opened.text, closed is not None)


def _keep_outermost(found: list[Quotation]) -> list[Quotation]:
    outermost: list[Quotation] = []
    for quotation in sorted(found, key=lambda q: (q.outer_start, -q.outer_end)):
        if not outermost or quotation.outer_start >= outermost[-1].outer_end:
            outermost.append(quotation)
    return outermost


# Words before a quotation that tell what it is for, from 40 characters before it.
_LEADS = {
    "nickname": re.compile(
        r"(?:nicknamed|known as|dubbed|called himself|called herself|alias|a\.k\.a\.)\s*$", re.I
    ),
    "motto": re.compile(
        r"\b(?:motto|slogan|chant\w*|banners?|placards?|signs?|hats?|caps?|T-shirts?|tagline)\b[^.]{0,25}$",
        re.I,
    ),
    "title": re.compile(
        r"(?:books?|novels?|films?|movies?|songs?|albums?|plays?|series|shows?|documentar(?:y|ies)|essays?|articles?|"
        r"poems?|exhibitions?|reports?|programmes?|programs?|conferences?|forums?|titled|entitled|headlined)[,:]?\s*$",
        re.I,
    ),
}
# Short words behind “that” and “what” belong to the narrator's clause: taken for speech they cost
# mixed attributions 0.3 of joint F1 on PolNeAR's check half.
_IN_CLAUSE = re.compile(r"\b(?:that|what)\b[^.]{0,25}$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]+ $")
_NAME_AFTER = re.compile(r" [A-Z]")
_LOWER_IN_TITLES = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "vs", "with"]
)


def find_function(text: str, quotation: Quotation) -> str:
    """Say what a quotation is for: speech, term, title, nickname or motto.

    Six words or more are speech: of such quotations 94-99 % are what somebody said (counted
    in PolNeAR; of one or two words 67 %).
    """
    words = _WORD.findall(text, quotation.start, quotation.end)[:13]
    before = text[max(0, quotation.outer_start - 40) : quotation.outer_start]
    last = text[quotation.end - 1]
    is_name = len(words) <= 12 and _is_name(words)
    if len(words) <= 4 and _is_nickname(text, quotation, before, is_name):
        return "nickname"
    if len(words) <= 8 and _LEADS["motto"].search(before):
        return "motto"
    if len(words) <= 8 and _IN_CLAUSE.search(before):
        return "term"
    if is_name and (_LEADS["title"].search(before) or (2 <= len(words) <= 8 and last not in "?!")):
        return "title"
    alone = last in ".?!" and not before.rstrip(" ")[-1:].strip('.?!:”"\n')
    if len(words) >= 6 or (len(words) >= 3 and last in ",.?!") or alone:
        return "speech"
    return "term"


def _is_name(words: list[str]) -> bool:
    """Whether all words are capitalised but the small ones of titles."""
    return all(
        word[0].isupper() or word[0].isdigit() or (i and word in _LOWER_IN_TITLES)
        for i, word in enumerate(words)
    )


def _is_nickname(text: str, quotation: Quotation, before: str, is_name: bool) -> bool:
    """After “known as”, or between the parts of a name: Ilsa “Magpie” Marrow."""
    if _LEADS["nickname"].search(before):
        return True
    after = text[quotation.outer_end : quotation.outer_end + 2]
    return is_name and bool(_NAME_BEFORE.search(before)) and bool(_NAME_AFTER.match(after))
