"""From formulas to their documentation: `dl.measures` lists each with its source."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

import numpy as np
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
        rows = [entry[:-1] for entry in self.values()]
        return pd.DataFrame(rows, columns=list(Measure._fields[:-1]), dtype="str")

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(index=False)


measures = Measures()


def measure(family: str, formula: str, range: str, source: str) -> Callable:
    """Register a function of arrays under its own name; its docstring says what it means.

    The function gets arrays of floats, and a division by 0 is inf or NaN without a warning.
    """

    def register(compute: Callable) -> Callable:
        @wraps(compute)
        def compute_floats(*values: object, **named: object) -> object:
            with np.errstate(divide="ignore", invalid="ignore"):
                return compute(
                    *map(_as_floats, values), **{key: _as_floats(v) for key, v in named.items()}
                )

        facts = (family, (compute.__doc__ or "").strip(), formula, range, source)
        measures[compute.__name__] = Measure(compute.__name__, *facts, compute_floats)
        return compute_floats

    return register


def _as_floats(value: object) -> object:
    return value if isinstance(value, str) else np.asarray(value, float)
