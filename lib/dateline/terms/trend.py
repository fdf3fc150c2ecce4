"""From tokens to trends: how often terms are used by day, week, month or year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.terms.cells import (
    PERIODS,
    UNKNOWN,
    Cells,
    count_cells,
    join_labels,
    list_columns,
    make_frame,
)
from dateline.terms.counts import measure_rates

_STEPS = {"day": "D", "week": "7D", "month": "MS", "year": "YS"}
_KEY = ["group", "term", "period"]


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

    Example:
        >>> import dateline as dl
        >>> days = ("2025-01-07", "2025-02-06")
        >>> rows = [{"text": "The port is shut.", "date": day} for day in days]
        >>> articles = dl.make_articles(rows)
        >>> trends = dl.count_trend(dl.find_tokens(articles), articles, "port")
        >>> trends[["term", "n", "n_tokens"]].values.tolist()
        [['port', 1, 4], ['port', 1, 4]]
    """
    if every not in PERIODS:
        raise ValueError(f"every={every!r}, expected {', '.join(PERIODS)}")
    wanted = list(dict.fromkeys([terms] if isinstance(terms, str) else terms))
    articles = take_frame(articles, "articles", "article_id", "published_on")
    columns = list_columns(by)
    cells = count_cells(tokens, articles, [*columns, every])
    groups = _split_groups(cells.groups, columns, every).assign(n_tokens=cells.sum_groups())
    dated = groups.dropna()
    ends = [dated["period"].min(), dated["period"].max()]
    periods = pd.date_range(*ends, freq=_STEPS[every], unit="s") if len(dated) else []
    grid = pd.MultiIndex.from_product([sorted(set(dated["group"])), wanted, periods], names=_KEY)
    sizes = dated.groupby(["group", "period"])["n_tokens"].sum()
    found = _find_cells(cells, groups, wanted).groupby(_KEY)["n"].agg(["sum", "size"])
    n, n_articles = found.reindex(grid, fill_value=0).to_numpy().T
    n_tokens = sizes.reindex(grid.droplevel("term"), fill_value=0).to_numpy()
    columns = {"n": n, "n_articles": n_articles, "n_tokens": n_tokens}
    columns |= {name: grid.get_level_values(name) for name in _KEY}
    trends = make_frame("trends", columns | measure_rates(n, n_tokens))
    note_method(
        trends,
        tokens,
        every=every,
        by=by or "all",
        n_tokens=len(tokens),
        interval="exact Poisson, 95 %",
        n_articles_without_date=int(articles["published_on"].isna().sum()),
    )
    return trends


def _split_groups(groups: pd.DataFrame, columns: list[str], every: str) -> pd.DataFrame:
    """The group without its period, the period (NaT without a date)."""
    label = groups[every].where(groups[every] != UNKNOWN)
    period = pd.to_datetime(label, format={"month": "%Y-%m", "year": "%Y"}.get(every, "%Y-%m-%d"))
    group = join_labels(groups, columns) if columns else "all"
    return pd.DataFrame({"group": group, "period": period.astype("datetime64[s]")}, groups.index)


def _find_cells(cells: Cells, groups: pd.DataFrame, terms: list[str]) -> pd.DataFrame:
    """One row for each dated article that holds one of the terms."""
    used = np.isin(cells.term, cells.terms.get_indexer(terms))
    rows = groups.take(cells.part_group[cells.part[used]]).reset_index(drop=True)
    return rows.assign(term=cells.terms.take(cells.term[used]), n=cells.n[used]).dropna()
