"""From an article's blocks to what the article itself states, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dateline.read.metadata.dates import find_date
from dateline.read.metadata.statement import Statement
from dateline.read.plain import shapes
from dateline.read.plain.blocks import Block
from dateline.words import find_sentences

_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[., ]{1,3}(?=\w)", re.IGNORECASE)
_DATES = {"date": "published_on", "updated": "updated_on"}


def read_metadata(blocks: list[Block]) -> tuple[list[Statement], list[str]]:
    """Read what an article's header, byline, headline, trailer and dateline state.

    Running text is not trusted, with one exception: where nothing else states a date, a day without
    a year in the first sentence after a dateline is kept as evidence, never as a date.

    Args:
        blocks: All blocks of the article.

    Returns:
        What is stated, in this order: header, bylines, headings, trailer, datelines, and in words
        what is doubtful. Of several values for a column the first is the one to believe.
    """
    words: defaultdict[str, list[str]] = defaultdict(list)
    for block in blocks:
        if block.kind != "heading" or "body" not in words:  # below, headings are no titles
            words[block.kind].append(block.text)
    fenced = _count_fenced(words["header"])
    written = [
        *_state(map(shapes.read_header, words["header"][:fenced]), "front_matter"),
        *_state(map(shapes.read_header, words["header"][fenced:])),
        *_state(map(shapes.read_byline, words["byline"])),
        *_state({"title": shapes.unwrap(line.strip("#=~-;• "))} for line in words["heading"]),
        *_state(map(shapes.read_trailer, words["trailer"])),
    ]
    datelines = (shapes.find_dateline(f"{line} ") for line in words["dateline"])
    filed = [*_state(found.groupdict() for found in datelines if found)]
    stated, doubts = _read_dates(written)
    if any(one.column == "published_on" and one.precision == "day" for one in stated):
        filed = [one for one in filed if one.column != "date"]
    stated += _read_dates(filed)[0]
    if filed and not any(one.column == "published_on" for one in stated):
        stated += _read_lead(words["body"])
    return stated, doubts


def _count_fenced(header: list[str]) -> int:
    """How many header lines are front matter: those between two fences, with the fences."""
    fences = [i for i, line in enumerate(header) if line in ("---", "...")]
    return fences[1] + 1 if fences[:1] == [0] and len(fences) > 1 else 0


def _state(
    lines: Iterable[Mapping[str, str | None] | None], origin: str = "text"
) -> Iterator[Statement]:
    """What lines state; the value of a `date` is still its words."""
    for fields in lines:
        for column, value in (fields or {}).items():
            if value:
                yield Statement(column, value, value, origin)


def _read_dates(stated: list[Statement]) -> tuple[list[Statement], list[str]]:
    """The same with dates read, and which words are none, or not surely one."""
    read, doubts = [], []
    for one in stated:
        column = _DATES.get(one.column)
        found = find_date(one.value) if column else None
        if column is None:
            read.append(one)
        elif found is None:
            doubts.append(f"no date: {one.value!r}")
        else:
            words = found.words
            # By the weekday a year can be checked that the words themselves leave open.
            if found.precision == "month_day" and (day := _WEEKDAY.search(one.value)):
                words = one.value[day.start() : one.value.index(words) + len(words)] or words
            read.append(Statement(column, found.value, words, one.origin))
            doubts += [found.doubt] if found.doubt else []
    return read, doubts


def _read_lead(body: list[str]) -> list[Statement]:
    """A day without a year in the first sentence."""
    leads = [lead[: [*find_sentences(lead), len(lead)][1]] for lead in body[:1]]
    found = [date for lead in leads if (date := find_date(lead))]
    return [
        Statement("date_evidence", date.value, date.words, "text")
        for date in found
        if date.precision == "month_day"
    ]
