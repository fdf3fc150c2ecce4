"""From the tables of two runs to what is new, what is gone and what moved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TypeGuard

from dateline.report.manifest import read_rows, read_tables

_SHOWN = 4  # of each kind, in a report; `dateline diff --json` has all


# The rows of a published table by key, in order.
Rows = dict[tuple[str, ...], dict[str, object]]


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
    """The rows of a table by their key as text: a key may be a day, or unknown."""
    return {tuple(_to_text(row[column]) for column in key): row for row in read_rows(run, name)}


def _to_text(value: object) -> str:
    return "" if value is None else str(value)


def _find_measures(rows: Rows, key: list[str]) -> list[str]:
    """The main column of numbers, and the rank."""
    columns = [column for column in next(iter(rows.values()), ()) if column not in key]
    numeric = [c for c in columns if all(_is_number(row[c]) for row in rows.values())]
    main = sorted(numeric, key=lambda c: (c != "n", not c.startswith("n_")))[:1]
    return list(dict.fromkeys(main + [c for c in numeric if c == "rank"]))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _name(row: dict[str, object], key: list[str]) -> str:
    """What to call a row: its key, with words instead of ids where there are."""
    found = []
    for column in key:
        words = (column.removesuffix("_id"), "speaker", "text") if column.endswith("_id") else ()
        found += [word for word in words if word in row] or [column]
    return " · ".join(filter(None, (_to_text(row[column]) for column in dict.fromkeys(found))))


def _find_moves(before: Rows, after: Rows, key: list[str]) -> list[list]:
    moves: list[tuple[int, float, list]] = []
    for place, column in enumerate(_find_measures(after, key)):
        for row_key, row in after.items():
            old, new = before.get(row_key, {}).get(column), row[column]
            if _is_number(old) and _is_number(new) and old != new:
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
    try:
        amount = float(limit.removesuffix("%"))
    except ValueError:
        column = ""
    if not column:
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
