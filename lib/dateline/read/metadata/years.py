"""From a day without a year, and what states a year, to a whole day: never by today's."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.read.metadata.statement import Statement

_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# The best to go by first: what names a day leaves no choice but at the turn of a year.
_BEST = ("day", "month", "year")
_DAY = datetime.timedelta(1)


class Completed(NamedTuple):
    """A day that was completed, and by what; or the doubt why it was not, or whether rightly."""

    day: Statement | None
    by: Statement
    doubt: str = ""


def complete_day(stated: Statement, known: Sequence[Statement]) -> Completed | None:
    """Complete a day without a year by the best of the dates that have one.

    A day by which an article is known is the day of its publication or a later one, of collection:
    the day asked for is the last one not after it. One day after is let pass, since the sun rises
    at other hours elsewhere. A weekday that is stated must be the day's own.

    Args:
        stated: A date of precision month_day.
        known: Dates of the same article with a year, the most trusted first.

    Returns:
        The day, with a doubt where it falls into another year than the date that it was completed
        by; or None for it, with a doubt, where the weekday disagrees. None where nothing is known.
    """
    dated = [one for one in known if one.precision in _BEST]
    if not dated:
        return None
    by = min(dated, key=lambda one: _BEST.index(str(one.precision)))
    year = int(by.value[:4])
    last = _find_last(by)
    years = [year] if by.precision == "year" else [last.year, year, year - 1]
    day = _find_day(stated.value, years, last)
    place = f"{by.evidence!r} ({by.origin.replace('_', ' ')})"
    if day is None:
        return Completed(None, by, f"date {stated.evidence!r} is no day of the year of {place}")
    weekday = _WEEKDAY.search(stated.evidence)
    if weekday and day.weekday() != _WEEKDAYS.index(weekday[1].lower()):
        doubt = f"date {stated.evidence!r} has another weekday in the year of {place}"
        return Completed(None, by, doubt)
    doubt = ""
    if day.year != year:
        doubt = f"date {stated.evidence!r} was read as {day}: it comes before {place}"
    whole = Statement(
        stated.column, day.isoformat(), f"{stated.evidence}; {by.evidence}", stated.origin
    )
    return Completed(whole, by, doubt)


def _find_last(by: Statement) -> datetime.date:
    """The last day that can be meant: of the month or year, or the day after the one stated."""
    if by.precision == "year":
        return datetime.date(int(by.value), 12, 31)
    if by.precision == "month":
        year, month = int(by.value[:4]), int(by.value[5:])
        return datetime.date(year, month, calendar.monthrange(year, month)[1])
    day = datetime.date.fromisoformat(by.value)
    return day + _DAY if day < datetime.date.max else day


def _find_day(month_day: str, years: list[int], last: datetime.date) -> datetime.date | None:
    """The last such day not after `last`."""
    for year in years:
        try:
            day = datetime.date.fromisoformat(f"{year:04}{month_day[1:]}")
        except ValueError:  # 29 February
            continue
        if day <= last:
            return day
    return None
