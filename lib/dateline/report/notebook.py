"""From a notebook to its project: where paths start, and which tables a run keeps."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.frames import SCHEMAS, take_frame

if TYPE_CHECKING:
    import pandas as pd

# Set by the runner for the notebook's kernel; in JupyterLab neither is there.
ROOT, RUN_DATA = "DATELINE_ROOT", "DATELINE_RUN_DATA"
TABLES = "tables.json"


def find_root() -> Path:
    """The project: the nearest folder, here or above, that holds `notebooks/`.

    Outside of any project it is the one that this library was installed from.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        if any((folder / "notebooks").glob("*.ipynb")):
            return folder
    raise ValueError(f"no folder notebooks/ with a notebook in {here} or above it")


def from_root(path: str | Path) -> Path:
    """A path of the project, wherever the notebook runs.

    Args:
        path: Relative to the project's root, or absolute.

    Example:
        >>> import dateline as dl
        >>> dl.from_root("corpus").is_dir()
        True
    """
    return Path(os.environ.get(ROOT) or find_root()) / path


def publish(name: str, frame: pd.DataFrame, *, key: str | Sequence[str] = ()) -> pd.DataFrame:
    """Keep a table with the report, as CSV and Parquet; in JupyterLab only show it.

    The next run compares the tables of one name row by row, and tells what changed.

    Args:
        name: Small letters, digits and underscores; the files are named so. The name of a frame
            of the data dictionary, alone or followed by `_of_` or `_by_` and more words, is for
            such frames only.
        frame: Any frame. In the CSV, lists are JSON and what a spreadsheet would run as a formula
            is disarmed. A named index becomes a column.
        key: The columns that name a row; without them the table is kept, but not compared.

    Returns:
        The frame itself.

    Raises:
        ValueError: The name does not fit or is taken, the frame is not what its name says, or a
            column of the key is missing or names two rows.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> said = dl.publish("said", dl.find_said(articles).said, key="attribution_id")
        >>> len(said)
        1
    """
    key = [key] if isinstance(key, str) else list(key)
    rows = frame if list(frame.index.names) == [None] else frame.reset_index()
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"a table is named with small letters, digits and _, not {name!r}")
    schema = re.split("_(?:by|of)_", name)[0]
    if schema in SCHEMAS:
        take_frame(rows, schema)
    if missing := [column for column in key if column not in rows]:
        raise ValueError(f"table {name!r} has no column {', '.join(missing)} for its key")
    if key and rows.duplicated(key).any():
        raise ValueError(f"table {name!r} repeats a key of ({', '.join(key)})")
    if RUN_DATA in os.environ:
        _write_run_table(Path(os.environ[RUN_DATA]), name, rows, key)
    return frame


def _write_run_table(folder: Path, name: str, rows: pd.DataFrame, key: list[str]) -> None:
    from dateline.tabular import write_table

    kept = folder / TABLES
    tables = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    if name in tables:
        raise ValueError(f"table {name!r} is published twice")
    rows = rows.rename(columns=str)
    write_table(rows, folder / f"{name}.parquet")
    write_table(rows, folder / f"{name}.csv")
    tables[name] = {"key": key, "rows": len(rows)}
    kept.write_text(json.dumps(tables, indent=1, ensure_ascii=False) + "\n", "utf-8")
