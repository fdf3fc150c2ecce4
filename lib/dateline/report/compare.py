"""From the tables of two runs to what is new, what is gone and what moved."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from dateline.report.manifest import read_tables

_SHOWN = 4  # of each kind, in a report; `dateline diff --json` has all


class Table(NamedTuple):
    """A published table: its rows by key, in order, as text; what they are called; its numbers."""

    rows: dict[tuple[str, ...], dict[str, str]]
    names: dict[tuple[str, ...], str]
    measures: list[str]


def compare_runs(before: Path, after: Path) -> dict[str, dict]:
    """Compare what two runs published.

    Args:
        before: The folder of the earlier run.
        after: The folder of the later one.

    Returns:
        For each table with a key that both have: the `key`, `new` and `gone` (rows by name, in
        the table's order) and `moved` ([row, column, before, after], the largest move of the
        main column first, then as in the table). The main column is `n`, another count, or the
        first number; the ranks follow.
    """
    tables, older = read_tables(after), read_tables(before)
    compared = {}
    for name, table in tables.items():
        key = table["key"]
        if key and key == older.get(name, {}).get("key"):
            first, second = _read_table(before, name, key), _read_table(after, name, key)
            compared[name] = {
                "key": key,
                "new": [second.names[row] for row in second.rows if row not in first.rows],
                "gone": [first.names[row] for row in first.rows if row not in second.rows],
                "moved": _find_moves(first, second),
            }
    return compared


def _read_table(run: Path, name: str, key: list[str]) -> Table:
    csv.field_size_limit(2**31 - 1)  # a cell may hold a whole speech
    with (run / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0]) if rows else []
    numeric = [
        c for c in columns if c not in key and all(_to_number(r[c]) is not None for r in rows)
    ]
    main = sorted(numeric, key=lambda c: (c != "n", not c.startswith("n_")))[:1]
    by_key = {tuple(row[column] for column in key): row for row in rows}
    names = {k: _name(row, _find_names(key, columns)) for k, row in by_key.items()}
    return Table(by_key, names, main + [c for c in numeric if c == "rank" and c not in main])


def _find_names(key: list[str], columns: list[str]) -> list[str]:
    """The columns to call a row by: its key, with words instead of ids where there are."""
    found = []
    for column in key:
        words = (column.removesuffix("_id"), "speaker", "text") if column.endswith("_id") else ()
        found += [c for c in words if c in columns] or [column]
    return list(dict.fromkeys(found))


def _name(row: dict[str, str], columns: list[str]) -> str:
    # An apostrophe was put before what a spreadsheet would run.
    parts = (re.sub(r"^'(?=[=+@-])", "", row[column]) for column in columns)
    return " · ".join(filter(None, parts))


def _to_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _find_moves(before: Table, after: Table) -> list[list]:
    moves = []
    for position, (key, row) in enumerate(after.rows.items()):
        for place, column in enumerate(after.measures):
            old = _to_number(before.rows.get(key, {}).get(column) or "")
            new = _to_number(row[column])
            if old is not None and old != new:
                move = [after.names[key], column, old, new]
                moves.append((place, -abs(new - old), position, move))
    return [move for *_, move in sorted(moves)]


def describe_changes(compared: dict[str, dict], previous: str | None) -> dict:
    """Put a comparison in words, for the top of a report.

    Args:
        compared: As from compare_runs.
        previous: The earlier run's name, which begins with its time; None where there is none.

    Returns:
        `since`, a sentence; `lines`, the `table`s with changes, their `count` and `texts`; and
        `also`, a sentence on those that split others up (with several columns in their key).
    """
    if previous is None:
        return {"since": "This is the first run with these parameters.", "lines": [], "also": ""}
    changed = {name.replace("_", " "): t for name, t in compared.items() if _count(t)}
    lines = [
        {"table": name, "count": _count(table), "texts": _describe_table(table)}
        for name, table in changed.items()
        if len(table["key"]) == 1
    ]
    also = [f"{name} ({_count(t)})" for name, t in changed.items() if len(t["key"]) > 1]
    made = datetime.strptime(previous[:16], "%Y%m%dT%H%M%SZ")
    since = f"the run of {made.day} {made:%B %Y, %H:%M} UTC"
    return {
        "since": f"Since {since}:" if changed else f"Nothing changed since {since}.",
        "lines": lines,
        "also": f"Also changed: {', '.join(also)}." if also else "",
    }


def _moved(table: dict) -> list[list]:
    """The moves of the main column; those of the rank where nothing else moved."""
    return [move for move in table["moved"] if move[1] == table["moved"][0][1]]


def _count(table: dict) -> str:
    numbers = [("new", table["new"]), ("gone", table["gone"]), ("moved", _moved(table))]
    return ", ".join(f"{len(rows):,} {word}" for word, rows in numbers if rows)


def _describe_table(table: dict) -> list[str]:
    ranks = {move[0]: move for move in table["moved"] if move[1] == "rank"}
    moves = []
    for row, column, old, new in _moved(table):
        rank = ranks.get(row) if column != "rank" else None
        words = f", rank {rank[2]:,.6g} → {rank[3]:,.6g}" if rank else ""
        moves.append(f"{_shorten(row)} {old:,.6g} → {new:,.6g}{words}")
    parts = [("new", table["new"]), ("gone", table["gone"]), ("moved", moves)]
    return [f"{len(rows):,} {word}: {_list(rows)}" for word, rows in parts if rows]


def _list(rows: list[str]) -> str:
    return "; ".join(map(_shorten, rows[:_SHOWN])) + (" …" if len(rows) > _SHOWN else "")


def _shorten(name: str) -> str:
    return name if len(name) <= 70 else name[:69] + "…"


def find_alerts(compared: dict[str, dict], rule: str) -> list[str]:
    """Find the rows that changed by as much as a rule says.

    Args:
        compared: As from compare_runs.
        rule: `table.column=10`, or `=50%` of the earlier value, or `table.new=1` for new rows.

    Returns:
        One line a row that reaches it.

    Raises:
        ValueError: The rule is not of this form, or the table was not compared.
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
