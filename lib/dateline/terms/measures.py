"""From the ids that tables use to what they mean: `dl.measures` lists each with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

from dateline.terms.formulas import compute


class Measure(NamedTuple):
    """One measure: the id that tables use, what it says, and where it comes from."""

    id: str
    family: str
    meaning: str
    formula: str
    range: str
    source: str
    compute: Callable


class Measures(Mapping[str, Measure]):
    """All measures by id; shows itself as a table in a notebook.

    Example:
        >>> import dateline as dl
        >>> dl.measures["mi"].formula
        'log2(f / E)'
    """

    def __getitem__(self, id: str) -> Measure:
        return _read_measures()[id]

    def __iter__(self) -> Iterator[str]:
        return iter(_read_measures())

    def __len__(self) -> int:
        return len(_read_measures())

    def to_frame(self) -> pd.DataFrame:
        """One row a measure: id, family, meaning, formula, range and source."""
        return pd.DataFrame(self.values(), dtype="object").drop(columns="compute").astype("str")

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(index=False)


@cache
def _read_measures() -> dict[str, Measure]:
    text = (files("dateline") / "wordlists" / "measures.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[0]: Measure(*row, partial(compute, row[0])) for row in rows[1:]}


measures = Measures()
