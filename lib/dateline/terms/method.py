"""From a result to how it was made: the method in `attrs`, and a sentence for a reader."""

from __future__ import annotations

import pandas as pd


def note_method(result: pd.DataFrame, source: pd.DataFrame | None, **facts: object) -> None:
    """Put how a new frame was made into its `attrs["method"]`, after its source's own method.

    Facts are plain values that JSON can hold, so that Parquet files can keep them.
    """
    inherited = {} if source is None else source.attrs.get("method", {})
    result.attrs = {"method": {**inherited, **facts}}


def describe_method(result: pd.DataFrame) -> str:
    """Say in a sentence how a frame of this package was computed.

    Args:
        result: A frame that carries `attrs["method"]`.

    Returns:
        Facts as "name: value", in the order in which they came about; "" without a method.
    """
    facts = result.attrs.get("method", {})
    return "; ".join(f"{name.replace('_', ' ')}: {_say(value)}" for name, value in facts.items())


def _say(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_say(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)
