"""From the tables of two runs to what is new, what is gone and what moved."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from dateline.report.notebook import TABLES

_SHOWN = 5  # of each kind, in a report; `dateline diff --json` has all


class Table(NamedTuple):
    """A published table: its rows by key, in order, as text."""

    rows: dict[tuple[str, ...], dict[str, str]]
    measures: list[str]


def compare_runs(before: Path, after: Path) -> dict[str, dict]:
    """Compare what two runs published.

    Args:
        before: The folder of the earlier run.
        after: The folder of the later one.

    Returns:
        For each table with a key that both have: `new` and `gone` (rows by name, in the table's
        order) and `moved` ([row, column, before, after], the largest move first, then as in the
        table). A row is named by its key.
    """
    tables, older = _read_tables(after), _read_tables(before)
    compared = {}
    for name in tables:
        if tables[name]["key"] and tables[name]["key"] == older.get(name, {}).get("key"):
            key = tables[name]["key"]
            first, second = _read_table(before, name, key), _read_table(after, name, key)
            compared[name] = {
                "new": [_name(row) for row in second.rows if row not in first.rows],
                "gone": [_name(row) for row in first.rows if row not in second.rows],
                "moved": _find_moves(first, second),
            }
    return compared


def _read_tables(run: Path) -> dict:
    path = run / "data" / TABLES
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _read_table(run: Path, name: str, key: list[str]) -> Table:
    with (run / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    numeric = [c for c in (rows[0] if rows else ()) if c not in key and _is_numeric(rows, c)]
    # A rank tells of moves, n of amounts; other numbers follow from these and the corpus' size.
    measures = [column for column in ("rank", "n") if column in numeric] or numeric[:1]
    return Table({tuple(row[column] for column in key): row for row in rows}, measures)


def _is_numeric(rows: list[dict[str, str]], column: str) -> bool:
    return all(_to_number(row[column]) is not None for row in rows)


def _to_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _name(key: tuple[str, ...]) -> str:
    # An apostrophe was put before what a spreadsheet would run.
    return " · ".join(part[1:] if part[:1] == "'" and part[1:2] in "=+-@" else part for part in key)


def _find_moves(before: Table, after: Table) -> list[list]:
    moves = []
    for position, (key, row) in enumerate(after.rows.items()):
        for column in after.measures:
            old = _to_number(before.rows.get(key, {}).get(column) or "")
            new = _to_number(row[column])
            if old is not None and old != new:
                moves.append((-abs(new - old), position, [_name(key), column, old, new]))
    return [move for *_, move in sorted(moves)]


def describe_changes(compared: dict[str, dict], previous: str | None) -> dict:
    """Put a comparison in words, for the top of a report.

    Args:
        compared: As from compare_runs.
        previous: The earlier run's name, which begins with its time; None where there is none.

    Returns:
        `since`, a sentence, and `lines`: for each table with changes its name and a text.
    """
    lines = [
        {"table": name.replace("_", " "), "text": text}
        for name, table in compared.items()
        if (text := _describe_table(table))
    ]
    if previous is None:
        return {"since": "This is the first run with these parameters.", "lines": []}
    made = datetime.strptime(previous[:16], "%Y%m%dT%H%M%SZ")
    since = f"{made.day} {made:%B %Y, %H:%M} UTC"
    words = f"Since the run of {since}:" if lines else f"Nothing changed since the run of {since}."
    return {"since": words, "lines": lines}


def _describe_table(table: dict) -> str:
    moves = [f"{row} {column} {old:g} → {new:g}" for row, column, old, new in table["moved"]]
    parts = [("new", table["new"]), ("gone", table["gone"]), ("moved", moves)]
    return "; ".join(f"{len(rows):,} {word} ({_list(rows)})" for word, rows in parts if rows)


def _list(rows: list[str]) -> str:
    shown = [row if len(row) <= 60 else row[:59] + "…" for row in rows[:_SHOWN]]
    return ", ".join(shown) + (" …" if len(rows) > _SHOWN else "")


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
