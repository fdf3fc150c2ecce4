"""From an article's blocks to what the article itself states, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dateline.read.metadata.dates import StatedDate, find_date
from dateline.read.metadata.statement import Statement
from dateline.read.plain import shapes, stock
from dateline.read.plain.blocks import Block
from dateline.read.plain.bylines import read_bare, read_below_byline, read_byline
from dateline.read.plain.datelines import find_dateline, find_place_label
from dateline.read.plain.head import is_time
from dateline.words import find_sentences

_VERSION = re.compile(
    r"^\((?:\d(?:st|nd|rd|th) )?(?:LEAD|LD|UPDATE|URGENT|News Focus)\)\s*", re.IGNORECASE
)
# A stamp that says itself that its day is the one of a change.
_CHANGED = re.compile(r"(?:last |latest )?(?:updat|modif|revis|edit|amend|chang)", re.IGNORECASE)
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
    words = _gather(blocks)
    fenced = _count_fenced(words["header"])
    written = [
        *_state(map(stock.read_header, words["header"][:fenced]), "front_matter"),
        *_state(map(stock.read_header, words["header"][fenced:])),
        *_state(_read_bylines(words["byline"])),
        *_state({"title": _read_title(line)} for line in words["heading"]),
        *_state(map(stock.read_trailer, words["trailer"])),
    ]
    datelines = (_read_dateline(line) for line in words["dateline"])
    filed = [*_state(found for found in datelines if found)]
    written = [one for one in written if not _is_same_outlet(one, filed)]
    stated, doubts = _read_dates(written)
    if any(one.column == "published_on" and one.precision == "day" for one in stated):
        filed = [one for one in filed if one.column != "date"]
    stated += _read_dates(filed)[0]
    if not any(one.column == "published_on" for one in stated):
        # A page that tells only of its last change was published with what it says now.
        changed = [one for one in stated if _CHANGED.match(one.evidence) and one.precision == "day"]
        stated += [one._replace(column="published_on") for one in changed[:1]]
        stated += _read_lead(words["body"]) if filed and not changed else []
    return stated, doubts


def _gather(blocks: list[Block]) -> defaultdict[str, list[str]]:
    """The words of each kind of block that may state something about the whole article."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    is_entry = is_over = False
    for block in blocks:
        # What stands below a time of day is of one entry of a live blog.
        is_entry = is_entry or (block.kind == "header" and is_time(block.text))
        is_below = is_entry or "body" in words
        # What a list of links says is of other articles.
        is_over = is_over or (block.kind == "trailer" and stock.opens_tail(block.text))
        if block.kind == "heading" and is_below:  # below, headings are no titles
            continue
        if (block.kind == "byline" and is_entry) or (block.kind == "header" and "body" in words):
            continue
        if block.kind in ("trailer", "byline") and is_over:
            continue
        words[block.kind].append(block.text)
    return words


def _read_bylines(lines: list[str]) -> Iterator[Mapping[str, str] | None]:
    """What the authors' lines state, and those below that tell of their paper or town."""
    people = ""
    for line in lines:
        below = read_below_byline(line, people) if people else None
        fields = below if below is not None else read_byline(line) or read_bare(line)
        people = people or (fields or {}).get("byline", "")
        yield fields


def _read_title(line: str) -> str:
    """A headline without its marks, and without an agency's sign for a later version."""
    return shapes.unwrap(_VERSION.sub("", line.strip("#=~-;• ")))


def _read_dateline(line: str) -> dict[str, str] | None:
    found = find_dateline(line) or find_place_label(f"{line} A")
    return found.fields if found else {"place": line}


def _is_same_outlet(one: Statement, filed: list[Statement]) -> bool:
    """Whether an outlet is the full name of the agency that the dateline names in short."""
    if one.column != "outlet":
        return False
    initials = "".join(
        word[0] for word in re.findall(r"\b[A-Z]\w*", one.value.removeprefix("The "))
    )
    short = [other.value for other in filed if other.column == "outlet"]
    return any(
        name != one.value and (name == initials or f" {name}" in one.value) for name in short
    )


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
            read.append(Statement(column, found.value, _find_words(one, found), one.origin))
            doubts += [found.doubt] if found.doubt else []
    return read, doubts


def _find_words(one: Statement, found: StatedDate) -> str:
    """The words that state a date, with what says more of it."""
    if _CHANGED.match(one.value):
        return one.value
    # By the weekday a year can be checked that the words themselves leave open.
    if found.precision == "month_day" and (day := _WEEKDAY.search(one.value)):
        return (
            one.value[day.start() : one.value.index(found.words) + len(found.words)] or found.words
        )
    return found.words


def _read_lead(body: list[str]) -> list[Statement]:
    """A day without a year in the first sentence."""
    leads = [lead[: [*find_sentences(lead), len(lead)][1]] for lead in body[:1]]
    found = [date for lead in leads if (date := find_date(lead))]
    return [
        Statement("date_evidence", date.value, date.words, "text")
        for date in found
        if date.precision == "month_day"
    ]
