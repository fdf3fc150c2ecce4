"""From tokens to trends: terms in each period of publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import (
    PERIODS,
    UNKNOWN,
    By,
    Cells,
    count_cells,
    find_periods,
    join_labels,
    list_columns,
    say_by,
)
from dateline.terms.formulas.measures import measure_rates
from dateline.terms.queries.hits import ask

_STEPS = {"day": "D", "week": "7D", "month": "MS", "year": "YS"}


_KEY = ["group", "term", "period"]


_PUBLISHED = "published in"  # a name that no column of an analyst's has


def count_trend(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    terms: str | Iterable[str],
    *,
    every: str = "month",
    by: By = None,
) -> pd.DataFrame:
    """Count terms in each period of publication.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES, for `published_on`; those without a full date are left out, and counted
            in the method.
        terms: One or more words or other queries (see `count_terms`), a line each.
        every: day, week, month or year.
        by: Columns to draw a line each for, as in `count_terms`.

    Returns:
        TRENDS, one row per (group, term, period) with every period from the first to the last
        dated article; groups in alphabetical order, terms in the order given. A period without
        tokens is a gap: its rates are NaN. A term that no token has is 0 throughout; a warning
        and the method say so. No dated article, no rows.

    Raises:
        ValueError: `every` is no period, a column of `by` is in neither frame, or `published_on`
            has what is no date.

    Example:
        >>> import dateline as dl
        >>> days = ("2025-01-07", "2025-02-06")
        >>> rows = [{"text": "The port is shut.", "date": day} for day in days]
        >>> articles = dl.make_articles(rows)
        >>> trends = dl.count_trend(dl.find_tokens(articles), articles, "port")
        >>> trends[["term", "n", "n_tokens"]].values.tolist()
        [['port', 1, 4], ['port', 1, 4]]
    """
    if not isinstance(every, str) or every not in PERIODS:
        raise ValueError(f"every={every!r}, expected {', '.join(PERIODS)}")
    columns = list_columns(by)
    published = take_frame(articles, "articles", "article_id", "published_on")
    published[_PUBLISHED] = find_periods(published, every)
    asked = ask(tokens, terms, "terms")
    cells = count_cells(tokens, published, [*columns, _PUBLISHED], asked.hits)
    trends = _fill_periods(cells, _split_groups(cells, columns, every), asked.names, every)
    note_method(
        trends,
        tokens,
        every=every,
        by=say_by(by),
        n_tokens=len(tokens),
        interval="exact Poisson, 95 %",
        n_articles_without_date=int(published[_PUBLISHED].isna().sum()),
        **asked.facts(),
    )
    return trends


def _split_groups(cells: Cells, columns: list[str], every: str) -> pd.DataFrame:
    """Of each group its name without the period, the period (NaT without a date), its tokens."""
    label = cells.labels[_PUBLISHED].where(cells.labels[_PUBLISHED] != UNKNOWN)
    period = pd.to_datetime(label, format={"month": "%Y-%m", "year": "%Y"}.get(every, "%Y-%m-%d"))
    return pd.DataFrame(
        {
            "group": join_labels(cells.labels, columns) if columns else "all",
            "period": period.astype("datetime64[s]"),
            "n_tokens": cells.sum_groups(),
        },
        cells.labels.index,
    )


def _fill_periods(
    cells: Cells, groups: pd.DataFrame, wanted: list[str], every: str
) -> pd.DataFrame:
    """TRENDS of these terms, the periods in which nothing appeared between them."""
    dated = groups.dropna()
    first, last = dated["period"].min(), dated["period"].max()
    periods = pd.date_range(first, last, freq=_STEPS[every], unit="s") if len(dated) else []
    levels: list[Any] = [sorted(set(dated["group"])), wanted, periods]
    grid = pd.MultiIndex.from_product(levels, names=_KEY)
    sizes = dated.groupby(["group", "period"])["n_tokens"].sum()
    used = np.isin(cells.term, cells.terms.get_indexer(pd.Index(wanted)))
    rows = groups.take(cells.part_group[cells.part[used]]).reset_index(drop=True)
    rows = rows.assign(term=cells.terms.take(cells.term[used]), n=cells.n[used]).dropna()
    found = rows.groupby(_KEY)["n"].agg(["sum", "size"])
    n, n_articles = found.reindex(grid, fill_value=0).to_numpy().T
    # Not the tokens of the articles that hold a term: a period without it has a size too.
    n_tokens = sizes.reindex(grid.droplevel("term"), fill_value=0).to_numpy()
    counted = {"n": n, "n_articles": n_articles, "n_tokens": n_tokens}
    keys = {name: grid.get_level_values(name) for name in _KEY}
    return make_frame("trends", keys | counted | measure_rates(n, n_tokens))
