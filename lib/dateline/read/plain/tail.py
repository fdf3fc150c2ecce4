"""From an article's last lines to their kinds, and from those amid the text that are none of it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.read.plain import bylines, shapes, stock
from dateline.read.plain.head import follows_picture, is_time

# So many short lines may stand below the line that opens a list of links.
_MOST_LINKS = 12


def mark_trailer(lines: Sequence[str], kinds: list[str], top: int, people: Sequence[str]) -> int:
    """Mark the last lines that are no text; return the index of the first of them.

    Args:
        lines: An article's lines.
        kinds: Their kinds, which are changed.
        top: The first that is not front matter; it is never a trailer, as an article has at least
            that much of its own.
        people: Who wrote the article, where the head tells.
    """
    bottom = len(lines)
    waiting: list[int] = []
    for i in range(len(lines) - 1, top, -1):
        kind = _name_last_line(lines[i], people)
        if kind:
            kinds[i] = kind
            if stock.opens_tail(lines[i]):
                _settle(kinds, waiting)
                waiting = []
            bottom = i
        elif len(waiting) < _MOST_LINKS and _may_be_listed(lines, i):
            waiting.append(i)
        else:
            break
    # What stands above a waiting line is no trailer of the end, but what it says by itself holds.
    return max(
        top + 1, min([bottom, *(i for i in range(bottom, len(lines)) if kinds[i] != "body")])
    )


def _settle(kinds: list[str], waiting: list[int]) -> None:
    for i in waiting:
        kinds[i] = "trailer"


def _name_last_line(line: str, people: Sequence[str]) -> str:
    if stock.is_note(line):
        return "note"
    if stock.read_trailer(line) is not None or stock.is_sign(line) or stock.opens_tail(line):
        return "trailer"
    if bylines.read_byline(line) or _names_author(line, people):
        return "byline"
    if stock.is_control(line) or stock.is_teaser(line) or stock.is_biography(line, people):
        return "trailer"
    return ""


def _names_author(line: str, people: Sequence[str]) -> bool:
    """Whether a line names an author of the head once more, with a job or without."""
    fields = bylines.read_bare(line) if people else None
    return fields is not None and fields["byline"] in people


def _may_be_listed(lines: Sequence[str], at: int) -> bool:
    """Whether a line may be a link, or what an "About" tells: the line above it shows."""
    line = lines[at]
    if len(line) <= 120 and not shapes.ends_sentence(line):
        return True
    return len(line) <= 600 and stock.opens_portrait(lines[at - 1])


def mark_live(lines: Sequence[str], kinds: list[str], top: int, bottom: int) -> None:
    """Mark the times of a live blog's entries, and the headline and the name below each."""
    times = [i for i in range(top, bottom) if len(lines[i]) <= 16 and is_time(lines[i])]
    if len(times) < 2:
        return
    for i in times:
        kinds[i] = "header"
        below = i + 1
        if below < bottom - 1 and shapes.is_short(lines[below]):
            kinds[below] = "heading"
            below += 1
        if below < bottom - 1 and bylines.is_person(lines[below]) and len(lines[below]) <= 40:
            kinds[below] = "byline"


def mark_inside(lines: Sequence[str], kinds: list[str], top: int, bottom: int) -> None:
    """Mark headings, captions, notes and buttons amid the text.

    Args:
        lines: An article's lines.
        kinds: Their kinds, which are changed.
        top: The text's first line.
        bottom: The trailer's first line.
    """
    for i in range(top, bottom):
        if kinds[i] == "body":
            kinds[i] = _name_inside(lines, kinds, i, bottom)


def _name_inside(lines: Sequence[str], kinds: list[str], at: int, bottom: int) -> str:
    line = lines[at]
    if len(line) <= 160:
        if stock.is_control(line) or stock.is_teaser(line):
            return "header"
        if at and kinds[at - 1] == "caption" and follows_picture(lines[at - 1], line):
            return "caption"
    if shapes.is_caption(line):
        return "caption"
    if stock.is_note(line):
        return "note"
    if 0 < at < bottom - 1 and _is_heading(lines[at - 1], line, lines[at + 1]):
        return "heading"
    return "body"


def _is_heading(above: str, line: str, below: str) -> bool:
    if shapes.is_marked_heading(line):
        return True
    # Short lines in a row, or after a colon, are a list; a heading has a paragraph below it.
    if len(line) > 96 or not shapes.is_short(line) or above.endswith(":"):
        return False
    return len(below.split()) >= 8 and not (shapes.is_short(above) or shapes.is_short(below))
