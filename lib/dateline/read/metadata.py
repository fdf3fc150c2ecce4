"""From an article's blocks to its metadata: only what the article itself states, and where."""

from __future__ import annotations

import re

from dateline.read import shapes
from dateline.read.blocks import Block
from dateline.read.dates import StatedDate, find_date

_PRECISIONS = ("day", "month", "month_day", "year")
_FIRST_SENTENCE = re.compile(r".*?[^\W\d]{4,}[.!?][”\"]?(?=\s+[^\W\d_])|.*", re.DOTALL)


def read_metadata(text: str, blocks: list[Block]) -> tuple[dict, list[str]]:
    """Read what an article's header, byline, headline, trailer and dateline state.

    Where places disagree the first of these wins. Running text is not trusted, with one exception:
    where nothing else states a date, a day without a year in the first sentence after a dateline
    is kept as evidence, never as a date.

    Args:
        text: The article's text.
        blocks: All its blocks.

    Returns:
        The metadata columns of ARTICLES that are known, and in words what is doubtful.
    """
    words: dict[str, list[str]] = {}
    for block in blocks:
        if block.kind != "heading" or "body" not in words:  # below, headings are no titles
            words.setdefault(block.kind, []).append(text[block.start : block.end])
    written = [
        *(shapes.read_header(line) for line in words.get("header", [])),
        *(shapes.read_byline(line) for line in words.get("byline", [])),
        *({"title": shapes.unwrap(line.strip("#=~-;• "))} for line in words.get("heading", [])),
        *(shapes.read_trailer(line) for line in words.get("trailer", [])),
    ]
    filed = [shapes.find_dateline(line + " ").groupdict() for line in words.get("dateline", [])]
    metadata = {"language": "en"}
    for fields in filter(None, [*reversed(filed), *reversed(written)]):
        metadata |= {column: value for column, value in fields.items() if value}
    dates, doubts = _find_dates(written)
    if not any(date.day for date in dates):
        dates += _find_dates(filed)[0]
    if not dates and filed:
        dates = _find_day_in_lead(words.get("body", [""])[0])
    metadata.pop("date", None)
    date, more_doubts = _choose_date(dates)
    return metadata | date, doubts + more_doubts


def _find_dates(statements: list[dict | None]) -> tuple[list[StatedDate], list[str]]:
    stated = [fields["date"] for fields in statements if fields and fields.get("date")]
    dates = [find_date(words) for words in stated]
    doubts = [f"no date: {words!r}" for words, date in zip(stated, dates, strict=True) if not date]
    return [date for date in dates if date], doubts


def _find_day_in_lead(lead: str) -> list[StatedDate]:
    date = find_date(_FIRST_SENTENCE.match(lead)[0])
    return [date] if date and date.precision == "month_day" else []


def _choose_date(dates: list[StatedDate]) -> tuple[dict, list[str]]:
    """The date's columns, from dates in the order of their places, and what is doubtful."""
    if not dates:
        return {}, []
    doubts = [date.doubt for date in dates if date.doubt]
    days = [date for date in dates if date.day and not date.doubt]
    if not days:
        best = min(dates, key=lambda date: _PRECISIONS.index(date.precision))
        # A day whose year is in doubt is a day without a year.
        precision = "month_day" if best.day else best.precision
        return {"date_precision": precision, "date_evidence": best.words}, doubts
    taken = days[0]
    doubts += [
        f"date {date.words!r} disagrees with {taken.words!r}, which was taken"
        for date in days
        if date.day != taken.day
    ]
    columns = {"published_on": taken.day, "date_precision": "day", "date_evidence": taken.words}
    return columns, doubts
