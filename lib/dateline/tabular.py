"""From frames to files (JSON lines, Parquet, CSV safe for spreadsheets), whole or not at all."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES = (".jsonl", ".csv", ".parquet")
# A spreadsheet runs a cell that begins with one of these (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_table(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a frame as its path's suffix says: .jsonl, .csv or .parquet.

    JSON lines and Parquet hold the values as they are. CSV is meant for spreadsheets: it starts
    with a byte order mark (Excel shows curly quotation marks wrongly without one), lists are JSON
    text, and text that a spreadsheet would run as a formula is preceded by an apostrophe.

    Args:
        frame: Any frame; list columns are allowed.
        path: Replaced in one step, so a reader never sees half a file.

    Raises:
        ValueError: Another suffix.
        OSError: The file cannot be written; what stood there stays.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut."])
        >>> dl.write_table(dl.find_blocks(articles), folder / "blocks.csv")
        >>> (folder / "blocks.csv").read_text("utf-8-sig").splitlines()
        ['article_id,block_index,kind,start,end', 'c4af2598420b,0,body,0,17']
    """
    path = check_suffix(path)
    with replaced(path) as staged:
        if path.suffix == ".parquet":
            frame.to_parquet(staged, index=False)
        elif path.suffix == ".csv":
            # "\r\n" (RFC 4180) also makes a bare "\r" in a cell a reason to quote it.
            cells = safe_cells(frame)
            cells.to_csv(staged, index=False, encoding="utf-8-sig", lineterminator="\r\n")
        else:
            staged.write_text(to_json_lines(frame), encoding="utf-8", newline="\n")


def check_suffix(path: str | Path) -> Path:
    """Return the path where its suffix names a format that can be written.

    Raises:
        ValueError: It does not.
    """
    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise ValueError(f"cannot tell the format of {str(path)!r}: expected {', '.join(SUFFIXES)}")
    return path


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a path beside this one to write to; move it here when the block ends well."""
    if path.exists() and not path.is_file() and not path.is_dir():
        yield path  # /dev/stdout and pipes are written to, not replaced
        return
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield staged
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)


def to_json_lines(frame: pd.DataFrame) -> str:
    """One JSON object a row: NA is null, dates are ISO 8601, lists are lists, infinity is "inf"."""
    columns = list(frame.columns)
    rows = zip(*(map(_to_plain, frame[column]) for column in columns), strict=True)
    return "".join(
        json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, allow_nan=False) + "\n"
        for row in rows
    )


def safe_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as a spreadsheet may have it: no cell is run as a formula, lists are JSON text."""
    cells = frame.apply(lambda column: column if _is_plain(column) else column.map(_to_cell))
    return cells.rename(columns=_to_cell)


def _is_plain(column: pd.Series) -> bool:
    return column.dtype.kind in "iufbM"


def _to_cell(value: object) -> object:
    value = _to_plain(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return disarm(value) if isinstance(value, str) else value


def list_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by the names of its columns, in its order.

    As `to_dict("records")` gives them, in a quarter of its time: that one asks for the values of a
    text column one by one. What is unknown stays the pandas word for it.
    """
    names = list(frame.columns)
    values = (frame[name].tolist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def disarm(words: str) -> str:
    """The words as a spreadsheet shows them: preceded by an apostrophe where it would run them.

    So are words that look disarmed already, so that `rearm` can give back what there was.
    """
    return "'" + words if words.lstrip("'").startswith(_FORMULA) else words


def rearm(words: str) -> str:
    """The words as they were before `disarm`."""
    is_disarmed = words.startswith("'") and words.lstrip("'").startswith(_FORMULA)
    return words[1:] if is_disarmed else words


def _to_plain(value: object) -> object:
    """The value as JSON knows it."""
    import pandas as pd

    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        value = value if isinstance(value, list | tuple) else value.tolist()
        return [_to_plain(v) for v in value] if isinstance(value, list | tuple) else value
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # NaN
        return None
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"  # JSON has no name for it
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value
