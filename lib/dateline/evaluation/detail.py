"""From gold and found attributions to how well addressee, medium, via and negation agree."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from dateline.evaluation.match import ENOUGH, compare_articles, list_overlaps, pair_best
from dateline.frames import build_frame, check_frame, empty_frame

DETAILS = ("addressee", "medium", "via", "negated")
# Words that two mentions may share although they mean different things.
_IDLE = {"a", "an", "and", "her", "his", "in", "its", "my", "of", "on", "our", "the", "their", "to"}


def evaluate_details(
    gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Measure whom, in what, through whom and whether not, over all attributions.

    Contents are paired one to one. A mention is right where its row is paired and both mentions
    share a word that is no article, pronoun or preposition; `negated`, where both say so. What is
    found to be a medium but is the source itself ("the letter says") counts for nothing: gold has
    no medium there, and it is not wrong.

    Args:
        gold: SAID of an annotator.
        found: SAID.
        articles: ARTICLES that were annotated.

    Returns:
        DETAIL_ACCURACY, in the order addressee, medium, via, negated. A detail that gold never
        states, or for which `found` has no column, is left out.
    """
    shared = [name for name in DETAILS if name in gold and name in found]
    counts = {name: np.zeros(3, dtype=np.int64) for name in shared if gold[name].any()}
    if not counts:
        return empty_frame("detail_accuracy")
    for _, _, gold_side, found_side in compare_articles(gold, found, articles):
        overlaps = list_overlaps(gold_side, found_side)
        partners = {i: j for i, j in pair_best(overlaps).items() if overlaps[i, j] >= ENOUGH}
        for name, count in counts.items():
            stated, read = (
                [_read(row, name) for row in side.rows] for side in (gold_side, found_side)
            )
            right = sum(bool(stated[i] & read[j]) for i, j in partners.items())
            count += [sum(map(bool, stated)), sum(map(bool, read)), right]
    rows = [{"detail": name, **_measure(*count)} for name, count in counts.items() if count[0]]
    return check_frame(build_frame("detail_accuracy", rows), "detail_accuracy")


def _read(row: dict[Any, Any], name: str) -> set[str]:
    """The words of a detail that tell something; none where it is not stated."""
    value = row.get(name)
    if isinstance(value, str):
        words = _list_words(value)
        is_source = name == "medium" and words <= _list_words(row.get("source"))
        return set() if is_source else words
    return {name} if isinstance(value, bool | np.bool_) and value else set()


def _list_words(text: object) -> set[str]:
    words = set(re.findall(r"\w+", text.lower())) if isinstance(text, str) else set()
    return words - _IDLE or words


def _measure(n_gold: int, n_found: int, n_right: int) -> dict[str, float]:
    return {
        "n_gold": n_gold,
        "n_found": n_found,
        "n_right": n_right,
        "precision": n_right / n_found if n_found else np.nan,
        "recall": n_right / n_gold,
        "f1": 2 * n_right / (n_gold + n_found),
    }
