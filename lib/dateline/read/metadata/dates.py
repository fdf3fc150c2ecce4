"""From words to a date with its precision, or to nothing: never to a guess."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import NamedTuple

from dateline.wordlists import read_table

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH = rf"(?P<month>{_MONTH_NAME})"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# Pages that lost a line's end have the clock right behind the year: "4 March 20255:03 PM".
_YEAR = r"(?P<year>\d{4})(?!\d(?!\d?:\d\d))"
_CLOCK = r"\d{1,2}[:.]\d\d"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
        # What follows a year, or the month, may be a clock: "4 Mar 2025 18.05 GMT".
        rf"{_DAY}(?: of)?[ -]{_MONTH}(?:,?[ -]{_YEAR}|(?! ?\d)|(?= {_CLOCK}))",
        rf"\b{_MONTH} {_DAY}(?!\d)(?: ?,? ?{_YEAR})?",
        rf"(?<!\d)(?P<day>\d{{1,2}})([./])(?P<month>\d{{1,2}})\2{_YEAR}",
        rf"\b{_MONTH},? {_YEAR}",
        r"^(?P<year>\d{4})$",
        # As news agencies write it for machines, alone: 20250304T180500Z.
        r"^(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4,6}(?:Z|[+-]\d{4})?)?$",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
    )
]
_JOINT = r"\s*(?:[-–—&/]|to\b|and\b)\s*"
_RANGE_BEFORE = re.compile(rf"\d(?:\s+{_MONTH_NAME})?{_JOINT}$", re.IGNORECASE)
_RANGE_AFTER = re.compile(
    rf"{_JOINT}(?:\d{{1,2}}(?![\d:]|\.\d\d)|{_MONTH_NAME} \d|\d{{4}}-)", re.IGNORECASE
)


class StatedDate(NamedTuple):
    """What some words say about a day: its precision, the words, and the day itself if whole.

    `value` is what they state of it, as a Statement has it.
    """

    precision: str
    words: str
    value: str
    day: datetime.date | None = None
    doubt: str | None = None


def find_date(words: str) -> StatedDate | None:
    """Find the first date that the words state.

    Args:
        words: A short stretch from a place that states dates, such as a dateline.

    Returns:
        The date; its `day` only where day, month and year are stated and unambiguous. A range, an
        impossible date and words without a date give None.
    """
    match = next((m for pattern in _PATTERNS if (m := pattern.search(words))), None)
    if match is None or _RANGE_BEFORE.search(words[: match.start()]):
        return None
    return None if _RANGE_AFTER.match(words, match.end()) else _read_match(match)


def find_dates(words: str) -> list[tuple[int, StatedDate]]:
    """Find all days that a short line states, each with the character that it begins at, in order.

    Where two readings share characters the longer counts; ranges are dates here, as their ends are.
    """
    found = [match for pattern in _PATTERNS for match in pattern.finditer(words)]
    found.sort(key=lambda match: (match.start() - match.end(), match.start()))
    dates: list[tuple[int, StatedDate]] = []
    taken: list[tuple[int, int]] = []
    for match in found:
        is_free = all(match.end() <= start or end <= match.start() for start, end in taken)
        if is_free and (date := _read_match(match)):
            taken.append(match.span())
            dates.append((match.start() + match[0].index(date.words), date))
    return sorted(dates, key=lambda pair: pair[0])


def find_field_date(words: str) -> StatedDate | None:
    """Find the date in a field that holds one: as `find_date`, and also in eleven other languages.

    In running text their months would be other words ("4 set", "3 ago"); here day, month and year
    must stand together.
    """
    found = find_date(words)
    if found and found.day:
        return found
    match = _foreign_pattern().search(words)
    if match is None:
        return found
    month = _list_months()[match["month"].lower()]
    try:
        day = datetime.date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return found
    return StatedDate("day", match[0].strip(), day.isoformat(), day)


@cache
def _list_months() -> dict[str, int]:
    rows = read_table("months.tsv")
    return {word: int(row["month"]) for row in rows for word in row["words"].split("|")}


@cache
def _foreign_pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_list_months(), key=len, reverse=True))
    of = r"(?:de|del|di)"
    return re.compile(
        rf"{_DAY}(?:er|\.|º|ª)?(?: {of})?[ -](?P<month>{words})\b\.?(?: {of})?,?[ -]{_YEAR}",
        re.IGNORECASE,
    )


def _read_match(match: re.Match) -> StatedDate | None:
    words = match[0].strip()
    parts = {key: _read_number(part) for key, part in match.groupdict().items() if part}
    year, month, day = (parts.get(key) for key in ("year", "month", "day"))
    if month is None:
        return StatedDate("year", words, f"{year:04}")
    if day and month > 12:
        day, month = month, day
    elif day and "/" in words and not words.startswith(str(year)) and month != day <= 12:
        doubt = f"{words} may be day/month or month/day"
        return StatedDate("year", words, f"{year:04}", doubt=doubt)
    try:
        # A leap year lets 29 February stand where no year is stated.
        stated = datetime.date(year or 2000, month, 1 if day is None else day)
    except ValueError:
        return None
    if day is None:
        return StatedDate("month", words, f"{year:04}-{month:02}")
    if year is None:
        return StatedDate("month_day", words, f"--{month:02}-{day:02}")
    return StatedDate("day", words, stated.isoformat(), stated)


def _read_number(part: str) -> int:
    return int(part) if part.isdigit() else _MONTHS.index(part[:3].lower()) + 1
