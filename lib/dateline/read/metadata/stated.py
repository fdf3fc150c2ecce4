"""From an article's blocks to its metadata: only what the article itself states, and where."""

from __future__ import annotations

from collections import defaultdict

from dateline.read.metadata.dates import StatedDate, find_date
from dateline.read.plain import shapes
from dateline.read.plain.blocks import Block
from dateline.words import find_sentences

_PRECISIONS = ("day", "month", "month_day", "year")


def read_metadata(blocks: list[Block]) -> tuple[dict, list[str]]:
    """Read what an article's header, byline, headline, trailer and dateline state.

    Where places disagree the first of these wins. Running text is not trusted, with one exception:
    where nothing else states a date, a day without a year in the first sentence after a dateline
    is kept as evidence, never as a date.

    Args:
        blocks: All blocks of the article.

    Returns:
        The metadata columns of ARTICLES that are known, and in words what is doubtful.
    """
    words: defaultdict[str, list[str]] = defaultdict(list)
    for block in blocks:
        if block.kind != "heading" or "body" not in words:  # below, headings are no titles
            words[block.kind].append(block.text)
    written = [
        *(shapes.read_header(line) for line in words["header"]),
        *(shapes.read_byline(line) for line in words["byline"]),
        *({"title": shapes.unwrap(line.strip("#=~-;• "))} for line in words["heading"]),
        *(shapes.read_trailer(line) for line in words["trailer"]),
    ]
    datelines = (shapes.find_dateline(f"{line} ") for line in words["dateline"])
    filed = [found.groupdict() for found in datelines if found]
    metadata = {"language": "en"}
    for fields in filter(None, [*reversed(filed), *reversed(written)]):
        metadata |= {column: value for column, value in fields.items() if value}
    stated = [fields["date"] for fields in written if fields and fields.get("date")]
    doubts = [f"no date: {date!r}" for date in stated if not find_date(date)]
    dates = _find_dates(stated)
    if not any(date.day for date in dates):
        dates += _find_dates([fields["date"] or "" for fields in filed])
    if not dates and filed:
        leads = [lead[: [*find_sentences(lead), len(lead)][1]] for lead in words["body"][:1]]
        dates = [date for date in _find_dates(leads) if date.precision == "month_day"]
    metadata.pop("date", None)
    return metadata | _choose_date(dates), doubts + _find_doubts(dates)


def _find_dates(stated: list[str]) -> list[StatedDate]:
    return [date for words in stated if (date := find_date(words))]


def _choose_date(dates: list[StatedDate]) -> dict:
    """The date's columns: the most precise, and of these the first."""
    if not dates:
        return {}
    best = min(dates, key=lambda date: _PRECISIONS.index(date.precision))
    columns = {"date_precision": best.precision, "date_evidence": best.words}
    return columns | ({"published_on": best.day} if best.day else {})


def _find_doubts(dates: list[StatedDate]) -> list[str]:
    days = [date for date in dates if date.day]
    return [date.doubt for date in dates if date.doubt] + [
        f"date {date.words!r} disagrees with {days[0].words!r}, which was taken"
        for date in days
        if date.day != days[0].day
    ]
