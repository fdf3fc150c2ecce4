"""From what several places state about an article to one value a column, and to what disagrees."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.read.metadata.statement import ORIGINS, Statement
from dateline.read.metadata.years import Completed, complete_day

_OF_DAYS = ("published_on", "updated_on", "date_evidence")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)([/-])(\d\d)\2(\d\d)(?=[/_-]|$)")
# The most precise first.
_PRECISIONS = ("day", "month", "month_day", "year", None)


class Chosen(NamedTuple):
    """The columns of ARTICLES that are known, doubts in words, and the statements behind both."""

    columns: dict[str, object]
    doubts: list[str]
    taken: frozenset[Statement]


def read_trust(trust: str | Sequence[str] | None) -> tuple[str, ...]:
    """Read an order of trust: origins, the most trusted first, also as "table,text".

    Raises:
        ValueError: One is no origin, or stands there twice.
    """
    if trust is None:
        return ORIGINS
    given = trust.split(",") if isinstance(trust, str) else list(trust)
    names = tuple(name.strip() for name in given)
    if unknown := [name for name in names if name not in ORIGINS]:
        raise ValueError(f"trust has {unknown[0]!r}, expected some of {', '.join(ORIGINS)}")
    if len(set(names)) < len(names):
        raise ValueError(f"trust names an origin twice: {', '.join(names)}")
    return names


def choose_metadata(statements: Sequence[Statement], trust: Sequence[str] = ORIGINS) -> Chosen:
    """Choose one value a column: of the most trusted place, and there the first.

    Of several dates the most precise counts that agrees with the most trusted, and of these the
    most trusted. A day without a year is completed by the others.

    Args:
        statements: What is stated, in the order of its places.
        trust: The origins, the most trusted first; what comes from others is passed over.

    Returns:
        The columns, in words which days disagree by more than one (which is a time zone), and the
        statements that were taken: of a completed day both.
    """
    trusted = [one for one in statements if one.origin in trust]
    trusted.sort(key=lambda one: trust.index(one.origin))
    first: dict[str, Statement] = {}
    for one in trusted:
        if one.column not in _OF_DAYS or (one.column, one.precision) == ("updated_on", "day"):
            first.setdefault(one.column, one)
    columns: dict[str, object] = {name: one.value for name, one in first.items()}
    if "updated_on" in first:
        columns["updated_on"] = datetime.date.fromisoformat(first["updated_on"].value)
    of_day = [one for one in trusted if one.column == "published_on"]
    completed = _complete(of_day, [*_list_updates(trusted), *_read_addresses(trusted)])
    whole = {one: made.day for one, made in completed.items() if made.day}
    best = _find_best([(whole.get(one, one), one) for one in of_day])
    told = next((one for one in trusted if one.column == "date_evidence"), None)
    taken = {*first.values()}
    doubts = [made.doubt for made in completed.values() if made.doubt]
    if best:
        date, source = best
        taken |= {source} | ({completed[source].by} & {*trusted} if source in whole else set())
        columns |= _read_published(date)
        parted = {made.by for made in completed.values() if made.doubt and made.day == date}
        others = [whole.get(one, one) for one in of_day if one != source and one not in parted]
        doubts += _find_conflicts(date, others)
    elif told:
        taken.add(told)
        columns |= _read_published(told)
    return Chosen(columns, doubts, frozenset(taken))


def _list_updates(statements: Sequence[Statement]) -> list[Statement]:
    return [one for one in statements if one.column == "updated_on"]


def _read_addresses(statements: Sequence[Statement]) -> list[Statement]:
    """The days in addresses, such as /2025/03/04/ferry: good for a year, not for the day itself."""
    found = [
        (one, match)
        for one in statements
        if one.column == "url" and (match := _IN_ADDRESS.search(one.value))
    ]
    return [
        one._replace(column="updated_on", value="-".join(match.group(1, 3, 4)), evidence=match[0])
        for one, match in found
        if _is_day(*map(int, match.group(1, 3, 4)))
    ]


def _is_day(*numbers: int) -> bool:
    try:
        datetime.date(*numbers)
    except ValueError:
        return False
    return True


def _complete(
    of_day: Sequence[Statement], known: Sequence[Statement]
) -> dict[Statement, Completed]:
    """The days without a year, each with what it was completed to."""
    completed = {
        one: complete_day(one, [other for other in (*of_day, *known) if other != one])
        for one in of_day
        if one.precision == "month_day"
    }
    return {one: made for one, made in completed.items() if made}


def _find_best(dates: Sequence[tuple[Statement, Statement]]) -> tuple[Statement, Statement] | None:
    """The most precise date that does not disagree with the first; with what states it."""
    if not dates:
        return None
    agreed = [pair for pair in dates if _agree(pair[0].value, dates[0][0].value)]
    return min(agreed, key=lambda pair: _PRECISIONS.index(pair[0].precision))


def _agree(one: str, other: str) -> bool:
    """Whether two dates may be of one day, or of two days in a row."""
    if len(one) == len(other) == 10:
        days = (datetime.date.fromisoformat(one), datetime.date.fromisoformat(other))
        return abs((days[0] - days[1]).days) <= 1
    # What one of the two leaves open is "" or "-".
    parts = (re.match(r"(\d{4}|-)-?(\d\d)?-?(\d\d)?", date) for date in (one, other))
    pairs = zip(*(match.groups("-") for match in parts if match), strict=True)
    return all("-" in pair or pair[0] == pair[1] for pair in pairs)


def _read_published(date: Statement) -> dict[str, object]:
    columns: dict[str, object] = {"date_evidence": date.evidence}
    if date.precision:
        columns["date_precision"] = date.precision
    if date.precision == "day":
        columns["published_on"] = datetime.date.fromisoformat(date.value)
    return columns


def _find_conflicts(date: Statement, others: Sequence[Statement]) -> list[str]:
    return [
        f"date {one.evidence!r}{_say_place(one, date)} disagrees with "
        f"{date.evidence!r}{_say_place(date, one)}, which was taken"
        for one in dict.fromkeys(others)
        if not _agree(one.value, date.value)
    ]


def _say_place(one: Statement, other: Statement) -> str:
    return "" if one.origin == other.origin else f" ({one.origin.replace('_', ' ')})"
