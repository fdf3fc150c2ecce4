"""From columns as files and analysts bring them to the types of the data dictionary, or a reason.

pandas gives a column back in another type than it was written in: Parquet turns days into
milliseconds and lists into arrays, CSV turns everything into text and a column with gaps into
floats. A value is taken where it says the same in the wanted type, and refused where something
would be lost.
"""

from __future__ import annotations

import ast
import datetime
import json
import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from dateline.tabular import rearm

_EXPECTED = {
    "str": "text",
    "category": "text",
    "int32": "a whole number",
    "int64": "a whole number",
    "Int64": "a whole number or NA",
    "float64": "a number",
    "bool": "True or False",
    "date": "a day as YYYY-MM-DD",
    "list": "a list, or one as JSON",
}
HINT = " (pandas reads words like “null” as unknown: read a CSV with keep_default_na=False)"
_TRUTH = {"true": True, "false": False, "1": True, "0": False}
_WHOLE = re.compile(r"[+-]?\d+(?:\.0+)?")
# What `to_csv` and `isoformat` write for a midnight; any other time of the day would be lost.
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?")


class Misfit(Exception):
    """A value that does not fit; the caller knows its row and column."""


def convert(column: pd.Series, kind: str, where: str, *, from_text: bool) -> pd.Series:
    """Give a column the type that the data dictionary names.

    Args:
        column: Values of any type.
        kind: One of `frames.TYPES`.
        where: Names the column in messages.
        from_text: The frame may have been read from a CSV: "" is unknown, and the apostrophe that
            `tabular.disarm` puts before a formula is taken off.

    Raises:
        ValueError: A value does not fit; the message names its row (0-based) and what is expected.
    """
    if kind == "category":
        codes, uniques = pd.factorize(column)
        if (codes < 0).any():
            raise ValueError(f"{where} is unknown in row {codes.argmin()}, expected text{HINT}")
        texts = convert(pd.Series(uniques), "str", where, from_text=from_text)
        return pd.Series(pd.Categorical(texts.take(codes)), column.index)
    if kind == "str" and column.dtype.name == "str" and not _holds_signs_of_csv(column):
        return column
    numbers = _cast_numbers(column, kind) if kind in ("int32", "int64", "float64") else None
    if numbers is not None:
        return numbers
    dtype = {"date": "datetime64[s]", "list": "object"}.get(kind, kind)
    to_value = _TO_VALUE[kind]
    values: list[object] = []
    for row, value in enumerate(column.astype("object").tolist()):
        if from_text and isinstance(value, str):
            value = rearm(value) or None
        if kind == "float64" and isinstance(value, str) and not value:
            value = None  # no number is written so, and a table may hold it beside parsed columns
        try:
            known = None if is_unknown(value) else to_value(value)
            if known is None and kind in ("int32", "int64", "bool", "list"):
                raise Misfit
        except (Misfit, ValueError, SyntaxError, OverflowError) as error:
            shown = "unknown" if is_unknown(value) else repr(value)[:80]
            expected = _EXPECTED[kind]
            raise ValueError(f"{where} is {shown} in row {row}, expected {expected}") from error
        values.append(known)
    return pd.Series(values, column.index, dtype=dtype)


def _holds_signs_of_csv(column: pd.Series) -> bool:
    """Asked of all values at once: a corpus may have millions of blocks."""
    return bool((column.str.startswith("'", na=False) | column.eq("")).any())


def _cast_numbers(column: pd.Series, kind: str) -> pd.Series | None:
    """The column in a type for numbers, at once; None where its values must be looked at."""
    if column.dtype.kind not in "iuf" or column.hasnans or not isinstance(column.dtype, np.dtype):
        return None
    if not len(column) or not np.isfinite(column).all():
        return None
    cast = column.astype(np.dtype(kind))
    return cast if (cast == column).all() else None


def is_unknown(value: object) -> bool:
    """Whether a value of any type is one of pandas' words for unknown."""
    if isinstance(value, float):
        return value != value  # NaN alone differs from itself
    return value is None or value is pd.NA or value is pd.NaT


def _to_text(value: object) -> str:
    """Text, or a whole number as digits: what CSV makes of ids, years and other digits."""
    if isinstance(value, str):
        return str(value)
    return str(_to_whole(value))


def _to_whole(value: object) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value.partition(".")[0])
    number = _to_number(value)
    if number != int(number):
        raise Misfit
    return int(value) if isinstance(value, int | np.integer) else int(number)


def _to_number(value: object) -> float:
    if isinstance(value, (str, int, float, np.number)) and not isinstance(value, bool):
        return float(value)
    raise Misfit


def _to_truth(value: object) -> bool:
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    truth = _TRUTH.get(str(value).lower().removesuffix(".0"))
    if truth is None:
        raise Misfit
    return truth


def _to_day(value: object) -> datetime.date:
    if isinstance(value, str) and (day := _DAY.fullmatch(value)):
        return datetime.date.fromisoformat(day[1])
    if isinstance(value, datetime.datetime):  # and so a Timestamp
        if value.time() != datetime.time():
            raise Misfit
        return value.date()
    if isinstance(value, datetime.date):
        return value
    raise Misfit


def to_list(value: object) -> list:
    """A list of plain values, from a list, a tuple, an array, or one written as text."""
    if isinstance(value, str):
        try:
            return to_list(json.loads(value))
        except ValueError:
            return to_list(ast.literal_eval(value))  # as `to_csv` writes a list of words
    if not isinstance(value, (list, tuple, np.ndarray)):
        raise Misfit
    return [
        to_list(one)
        if isinstance(one, (list, tuple, np.ndarray))
        else (one.item() if isinstance(one, np.generic) else one)
        for one in value
    ]


_TO_VALUE: dict[str, Callable[[object], object]] = {
    "str": _to_text,
    "int32": _to_whole,
    "int64": _to_whole,
    "Int64": _to_whole,
    "float64": _to_number,
    "bool": _to_truth,
    "date": _to_day,
    "list": to_list,
}
