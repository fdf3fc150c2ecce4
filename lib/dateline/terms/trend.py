"""From tokens to trends: how often terms are used by day, week, month or year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dateline.terms.cells import PERIODS, UNKNOWN, count_cells, make_frame
from dateline.terms.counts import poisson_interval
from dateline.terms.method import note_method

_STEPS = {"day": "D", "week": "7D", "month": "MS", "year": "YS"}


def count_trend(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    terms: str | Sequence[str],
    *,
    every: str = "month",
    by: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Count terms in each period of publication.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES; those without a full date are left out, and counted in the method.
        terms: One or more terms as they stand in `tokens`.
        every: day, week, month or year.
        by: Columns to draw a line each for, as in `count_terms`.

    Returns:
        TRENDS, one row per (group, term, period) with every period from the first to the last
        dated article; groups in alphabetical order, terms in the order given. A period without
        tokens is a gap: its rates are NaN. No dated article, no rows.

    Raises:
        ValueError: `every` is no period, or a column of `by` is in neither frame.
    """
    if every not in PERIODS:
        raise ValueError(f"every={every!r}, expected {', '.join(PERIODS)}")
    wanted = list(dict.fromkeys([terms] if isinstance(terms, str) else terms))
    columns = [by] if isinstance(by, str) else list(by or [])
    cells = count_cells(tokens, articles, [*columns, every])
    groups = _split_groups(cells.groups, columns, every)
    periods = _list_periods(groups["period"], every)
    names = sorted(groups.loc[groups["period"].notna(), "name"].unique())
    shape = (len(names), len(periods))
    place = pd.Index(names).get_indexer(groups["name"]), periods.get_indexer(groups["period"])
    is_dated = place[1] >= 0
    n_tokens, n, n_articles = (
        np.zeros(shape, np.int64),
        np.zeros((*shape, len(wanted)), np.int64),
        np.zeros((*shape, len(wanted)), np.int64),
    )
    dated_part = is_dated[cells.part_group]
    part_place = tuple(axis[cells.part_group] for axis in place)
    np.add.at(n_tokens, tuple(a[dated_part] for a in part_place), cells.part_size[dated_part])
    column = pd.Index(wanted).get_indexer(cells.terms)[cells.term]
    used = (column >= 0) & dated_part[cells.part]
    cell_place = (*(axis[cells.part[used]] for axis in part_place), column[used])
    np.add.at(n, cell_place, cells.n[used])
    np.add.at(n_articles, cell_place, 1)
    trend = _make_trend(names, wanted, periods, n, n_articles, n_tokens)
    note_method(
        trend,
        tokens,
        every=every,
        by=by or "all",
        interval="per_million: exact Poisson, 95 %",
        n_articles_without_date=int(articles["published_on"].isna().sum()),
    )
    return trend


def _split_groups(groups: pd.DataFrame, columns: list[str], every: str) -> pd.DataFrame:
    """Name and period of each group; NaT without a date."""
    label = groups[every].where(groups[every] != UNKNOWN)
    period = pd.to_datetime(label, format={"month": "%Y-%m", "year": "%Y"}.get(every, "%Y-%m-%d"))
    name = groups[columns[0]].str.cat(groups[columns[1:]], sep=" · ") if columns else "all"
    return pd.DataFrame({"name": name, "period": period.astype("datetime64[s]")}, groups.index)


def _list_periods(found: pd.Series, every: str) -> pd.DatetimeIndex:
    """Every period from the first to the last, gaps included."""
    if found.notna().any():
        return pd.date_range(found.min(), found.max(), freq=_STEPS[every], unit="s")
    return pd.DatetimeIndex([], dtype="datetime64[s]")


def _make_trend(
    names: list[str],
    terms: list[str],
    periods: pd.DatetimeIndex,
    n: np.ndarray,
    n_articles: np.ndarray,
    n_tokens: np.ndarray,
) -> pd.DataFrame:
    n, n_articles = (counts.transpose(0, 2, 1).ravel() for counts in (n, n_articles))
    total = np.repeat(n_tokens[:, None, :], len(terms), axis=1).ravel()
    million = 1e6 / np.where(total > 0, total, np.nan)
    low, high = poisson_interval(n)
    return make_frame(
        "trends",
        {
            "group": np.repeat(names, len(terms) * len(periods)),
            "term": np.tile(np.repeat(terms, len(periods)), len(names)),
            "period": np.tile(periods, len(names) * len(terms)),
            "n": n,
            "n_articles": n_articles,
            "n_tokens": total,
            "per_million": n * million,
            "per_million_low": low * million,
            "per_million_high": high * million,
        },
    )
