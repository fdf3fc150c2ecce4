"""From an article's blocks to its metadata: only what the article itself states, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.read import shapes
from dateline.read.blocks import Block
from dateline.read.dates import StatedDate, find_date

# Where places disagree the first of these wins: editors write headers, agencies write datelines.
_ORDER = ("header", "byline", "heading", "trailer", "dateline")
_PRECISIONS = ("day", "month", "month_day", "year")
_TRAILER_OUTLET = re.compile(
    r"(?i:/{2,}|(?:(?:©|\(c\)|copyright)[\s©,]*)+(?:\d{4}(?:-\d{4})?)?|source\s?:)"
    r"\s*,?\s*(?P<outlet>[^\W\d_][^.,|/\d]{0,60})"
)
_FIRST_SENTENCE = re.compile(r".*?[^\W\d]{4,}[.!?][”\"]?(?=\s+[^\W\d_])|.*", re.DOTALL)


def read_metadata(text: str, blocks: list[Block]) -> tuple[dict, list[str]]:
    """Read what an article's header, headline, byline, dateline and trailer state.

    Running text is not trusted, with one exception: where nothing else states a date, a day
    without a year in the first sentence after a dateline is kept as evidence, never as a date.

    Args:
        text: The article's text.
        blocks: All its blocks.

    Returns:
        The metadata columns of ARTICLES that are known, and in words what is doubtful.
    """
    metadata: dict = {"language": "en"}
    stated, values = [], {}
    for block in sorted(blocks, key=lambda block: _rank(block.kind)):
        for key, value in _find_statements(block, text, blocks):
            if key == "date":
                stated.append(value)
            elif value:
                values.setdefault(key, value)
    dates = [date for words in stated if (date := find_date(words))]
    doubts = [f"no date could be read from {words!r}" for words in stated if not find_date(words)]
    if not stated:
        dates = _find_day_in_lead(text, blocks)
    date, more_doubts = _choose_date(dates)
    return metadata | values | date, doubts + more_doubts


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _find_statements(block: Block, text: str, blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """What one block states: pairs of a column (or "date") and the words for it."""
    words = text[block.start : block.end]
    if block.kind == "header":
        yield from _read_header(words)
    elif block.kind == "byline":
        byline = shapes.find_byline(words)
        yield "byline", byline["name"]
        if byline["date"]:
            yield "date", byline["date"]
    elif block.kind == "heading" and _is_above_body(block, blocks):
        yield "title", words.strip("#*_=~-;• ")
    elif block.kind == "trailer":
        yield from _read_trailer(words)
    elif block.kind == "dateline":
        found = shapes.find_dateline(words + " ").groupdict()
        yield "place", found.get("place")
        yield "outlet", found.get("agency")
        if found.get("date"):
            yield "date", found["date"]


def _is_above_body(block: Block, blocks: list[Block]) -> bool:
    return block.start < next((b.start for b in blocks if b.kind == "body"), 0)


def _read_header(words: str) -> Iterator[tuple[str, str]]:
    match = shapes.KEY_LINE.fullmatch(words)
    key = shapes.KEYS.get(shapes.read_key(match)) if match else None
    if key:
        value = match["value"].strip(" \"'[]*_")
        if value:
            yield key, value
    elif words.startswith("http"):
        yield "url", words
    elif shapes.is_date(words) or shapes.DATE_PREFIX.fullmatch(words + " "):
        yield "date", words


def _read_trailer(words: str) -> Iterator[tuple[str, str]]:
    outlet = _TRAILER_OUTLET.search(words)
    if outlet:
        yield "outlet", re.sub(r"(?i)\s*all rights reserved.*", "", outlet["outlet"]).strip()
    if words.startswith("http"):
        yield "url", words
    date = find_date(words)
    if date and date.precision == "day":
        yield "date", words


def _find_day_in_lead(text: str, blocks: list[Block]) -> list[StatedDate]:
    kinds = [block.kind for block in blocks]
    if "dateline" not in kinds or "body" not in kinds:
        return []
    lead = blocks[kinds.index("body")]
    sentence = _FIRST_SENTENCE.match(text[lead.start : lead.end])[0]
    date = find_date(sentence)
    return [date] if date and date.precision == "month_day" else []


def _choose_date(dates: list[StatedDate]) -> tuple[dict, list[str]]:
    """The date's columns, from dates in the order of their places, and what is doubtful."""
    if not dates:
        return {}, []
    days = [date for date in dates if date.day and not date.doubt]
    doubts = [date.doubt for date in dates if date.doubt]
    doubts += [
        f"{date.words!r} disagrees with {days[0].words!r}, which was taken"
        for date in dates
        if days and date.day and date.day != days[0].day
    ]
    best = min(days or dates, key=lambda date: _PRECISIONS.index(date.precision))
    is_certain = best.day and not best.doubt
    precision = "month_day" if best.day and not is_certain else best.precision
    columns = {"date_precision": precision, "date_evidence": best.words}
    return columns | ({"published_on": best.day} if is_certain else {}), doubts
