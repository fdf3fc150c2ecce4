"""From formulas to their documentation: `dl.measures` lists each with its source."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import NamedTuple

import pandas as pd


class Measure(NamedTuple):
    """One measure: the id that tables use, what it says, and where it comes from."""

    id: str
    family: str
    meaning: str
    formula: str
    range: str
    source: str
    compute: Callable


class Measures(dict[str, Measure]):
    """All measures by id; shows itself as a table in a notebook."""

    def to_frame(self) -> pd.DataFrame:
        """One row a measure: id, family, meaning, formula, range and source."""
        rows = [measure._asdict() for measure in self.values()]
        return pd.DataFrame(rows, dtype="object").drop(columns="compute").astype("str")

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in Measure._fields[:-1])
        rows = (
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in measure[:-1]) + "</tr>"
            for measure in self.values()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


measures = Measures()


def measure(family: str, formula: str, range: str, source: str) -> Callable:
    """Register a function under its own name; the first line of its docstring is its meaning."""

    def register(compute: Callable) -> Callable:
        name = compute.__name__
        meaning = (compute.__doc__ or "").split("\n")[0]
        measures[name] = Measure(name, family, meaning, formula, range, source, compute)
        return compute

    return register
