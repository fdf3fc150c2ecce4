"""From the tables of two runs to what is new, what is gone and what moved."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

from dateline.report.manifest import read_tables

_SHOWN = 4  # of each kind, in a report; `dateline diff --json` has all


# The rows of a published table by key, in order, as text.
Rows = dict[tuple[str, ...], dict[str, str]]


def compare_runs(before: Path, after: Path) -> dict[str, dict]:
    """Compare the tables that two runs published under one name and key.

    Returns:
        For each its `key`, the rows that are `new` and `gone` by name, in the table's order, and
        `moved` ([row, column, before, after]): the largest move of the main column first, ties
        as in the table. The main column is `n`, another count, or the first number; then `rank`.
    """
    older, compared = read_tables(before), {}
    for name, table in read_tables(after).items():
        key = table["key"]
        if key and key == older.get(name, {}).get("key"):
            first, second = _read_rows(before, name, key), _read_rows(after, name, key)
            compared[name] = {
                "key": key,
                "new": [_name(second[row], key) for row in second if row not in first],
                "gone": [_name(first[row], key) for row in first if row not in second],
                "moved": _find_moves(first, second, key),
            }
    return compared


def _read_rows(run: Path, name: str, key: list[str]) -> Rows:
    csv.field_size_limit(2**31 - 1)  # a cell may hold a whole speech
    with (run / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {tuple(row[column] for column in key): row for row in csv.DictReader(file)}


def _find_measures(rows: Rows, key: list[str]) -> list[str]:
    """The main column of numbers, and the rank."""
    columns = [column for column in next(iter(rows.values()), ()) if column not in key]
    numeric = [c for c in columns if all(_to_number(row[c]) is not None for row in rows.values())]
    main = sorted(numeric, key=lambda c: (c != "n", not c.startswith("n_")))[:1]
    return list(dict.fromkeys(main + [c for c in numeric if c == "rank"]))


def _name(row: dict[str, str], key: list[str]) -> str:
    """What to call a row: its key, with words instead of ids where there are."""
    found = []
    for column in key:
        words = (column.removesuffix("_id"), "speaker", "text") if column.endswith("_id") else ()
        found += [word for word in words if word in row] or [column]
    # An apostrophe was put before what a spreadsheet would run.
    parts = (re.sub(r"^'(?=[=+@-])", "", row[column]) for column in dict.fromkeys(found))
    return " · ".join(filter(None, parts))


def _to_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _find_moves(before: Rows, after: Rows, key: list[str]) -> list[list]:
    moves = []
    for place, column in enumerate(_find_measures(after, key)):
        for row_key, row in after.items():
            old = _to_number(before.get(row_key, {}).get(column) or "")
            new = _to_number(row[column])
            if old is not None and old != new:
                moves.append((place, -abs(new - old), [_name(row, key), column, old, new]))
    return [move for *_, move in sorted(moves, key=lambda move: move[:2])]


def describe_changes(compared: dict[str, dict], previous: str | None) -> dict:
    """Put a comparison with the run `previous` (None: there is none) in words.

    Returns:
        `since`, a sentence; `lines`, the `table`s with changes, their `count` and `texts`; and
        `also`, a sentence on those that split others up (with several columns in their key).
    """
    if previous is None:
        return {"since": "This is the first run with these parameters.", "lines": [], "also": ""}
    lines, also = [], []
    for name, table in compared.items():
        words = {"table": name.replace("_", " "), **_describe_table(table)}
        if words["texts"] and len(table["key"]) == 1:
            lines.append(words)
        elif words["texts"]:
            also.append(f"{words['table']} ({words['count']})")
    made = datetime.strptime(previous[:16], "%Y%m%dT%H%M%SZ")
    since = f"the run of {made.day} {made:%B %Y, %H:%M} UTC"
    return {
        "since": f"Since {since}:" if lines or also else f"Nothing changed since {since}.",
        "lines": lines,
        "also": f"Also changed: {', '.join(also)}." if also else "",
    }


def _describe_table(table: dict) -> dict[str, object]:
    ranks = {row: (old, new) for row, column, old, new in table["moved"] if column == "rank"}
    moves = []
    for row, column, old, new in table["moved"]:
        if column == table["moved"][0][1]:  # the main column; rank where nothing else moved
            words = f"{_shorten(row)} {old:,.6g} → {new:,.6g}"
            if row in ranks and column != "rank":
                words += ", rank {:,.6g} → {:,.6g}".format(*ranks[row])
            moves.append(words)
    parts = {"new": table["new"], "gone": table["gone"], "moved": moves}
    counts = {f"{len(rows):,} {word}": rows for word, rows in parts.items() if rows}
    return {
        "count": ", ".join(counts),
        "texts": [f"{count}: {_list(rows)}" for count, rows in counts.items()],
    }


def _list(rows: list[str]) -> str:
    return "; ".join(map(_shorten, rows[:_SHOWN])) + (" …" if len(rows) > _SHOWN else "")


def _shorten(name: str) -> str:
    return name if len(name) <= 70 else name[:69] + "…"


def find_alerts(compared: dict[str, dict], rule: str) -> list[str]:
    """Find the rows that changed by as much as a rule says, one line each.

    A rule is `table.column=10`, or `=50%` of the earlier value, or `table.new=1` for new rows;
    ValueError where it is not, or its table was not compared.
    """
    left, _, limit = rule.partition("=")
    name, _, column = left.rpartition(".")
    amount = _to_number(limit.removesuffix("%"))
    if amount is None or not column:
        raise ValueError(f"{rule!r} is no rule like terms.n=10, terms.n=50% or speakers.new=1")
    if name not in compared:
        raise ValueError(f"no table {name!r} was compared; there are {', '.join(compared)}")
    table = compared[name]
    if column in ("new", "gone"):
        rows = table[column]
        return [f"{name}: {column}: {row}" for row in rows] if len(rows) >= amount else []
    share = limit.endswith("%")
    return [
        f"{name}: {row}: {column} {old:g} → {new:g}"
        for row, moved, old, new in table["moved"]
        if moved == column and abs(new - old) >= (abs(old) * amount / 100 if share else amount)
    ]
