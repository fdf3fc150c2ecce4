"""From what several places state about an article to one value a column, and to what disagrees."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dateline.read.metadata.statement import ORIGINS, Statement

_DATES = ("published_on", "updated_on")
# The most precise first.
_PRECISIONS = ("day", "month", "month_day", "year", None)


def choose_metadata(
    statements: Sequence[Statement], trust: Sequence[str] = ORIGINS
) -> tuple[dict[str, object], list[str]]:
    """Choose one value a column: of the most trusted place, and there the first.

    Of several dates the most precise counts, whoever states it, and of these the most trusted.

    Args:
        statements: What is stated, in the order of its places.
        trust: The origins, the most trusted first; what comes from others is passed over.

    Returns:
        The columns of ARTICLES that are known, and in words which days disagree.
    """
    trusted = [one for one in statements if one.origin in trust]
    trusted.sort(key=lambda one: trust.index(one.origin))
    columns: dict[str, object] = {}
    for one in trusted:
        if one.column not in (*_DATES, "date_evidence"):
            columns.setdefault(one.column, one.value)
    of_day = [one for one in trusted if one.column == "published_on"]
    other = [one for one in trusted if one.column == "date_evidence"]
    columns |= _read_published(of_day or other)
    for one in trusted:
        if one.column == "updated_on" and one.precision == "day":
            columns.setdefault("updated_on", datetime.date.fromisoformat(one.value))
    return columns, _find_conflicts(of_day)


def _read_published(dates: list[Statement]) -> dict[str, object]:
    if not dates:
        return {}
    best = min(dates, key=lambda one: _PRECISIONS.index(one.precision))
    columns: dict[str, object] = {"date_evidence": best.evidence}
    if best.precision:
        columns["date_precision"] = best.precision
    if best.precision == "day":
        columns["published_on"] = datetime.date.fromisoformat(best.value)
    return columns


def _find_conflicts(dates: list[Statement]) -> list[str]:
    days = [one for one in dates if one.precision == "day"]
    return [
        f"date {one.evidence!r} disagrees with {days[0].evidence!r}, which was taken"
        for one in days
        if one.value != days[0].value
    ]
