"""From tokens to trends: terms in each period of publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import UNKNOWN, By, Cells, count_cells, join_labels, list_columns, say_by
from dateline.terms.formulas.intervals import METHOD, find_inflation, measure_rates, sum_sizes
from dateline.terms.formulas.measures import Array
from dateline.terms.periods import PERIODS, find_periods, find_starts
from dateline.terms.queries.hits import ask

_STEPS = {"day": "D", "week": "7D", "month": "MS", "quarter": "QS", "year": "YS"}


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
        every: day, week, month, quarter or year.
        by: Columns to draw a line each for, as in `count_terms`.

    Returns:
        TRENDS, one row per (group, term, period) with every period from the first to the last
        dated article; groups in alphabetical order, terms in the order given. A period without
        tokens is a gap: its rates are NaN. A term that no token has is 0 throughout; a warning
        and the method say so. The interval allows for words coming in articles, and is NaN where a
        period has one. No dated article, no rows.

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
    trends = _fill_periods(cells, _split_groups(cells, columns), asked.names, every)
    note_method(
        trends,
        tokens,
        every=every,
        by=say_by(by),
        n_tokens=len(tokens),
        interval=METHOD,
        n_articles_without_date=int(published[_PUBLISHED].isna().sum()),
        **asked.facts(),
    )
    return trends


def _split_groups(cells: Cells, columns: list[str]) -> pd.DataFrame:
    """Of each group its name without the period, and the period (NaT without a date)."""
    label = cells.labels[_PUBLISHED].where(cells.labels[_PUBLISHED] != UNKNOWN)
    return pd.DataFrame(
        {
            "group": join_labels(cells.labels, columns) if columns else "all",
            "period": find_starts(label),
        },
        cells.labels.index,
    )


def _fill_periods(
    cells: Cells, groups: pd.DataFrame, wanted: list[str], every: str
) -> pd.DataFrame:
    """TRENDS of these terms, the periods in which nothing appeared between them."""
    dated = groups.dropna()
    first, last = dated["period"].min(), dated["period"].max()
    periods: Any = pd.date_range(first, last, freq=_STEPS[every], unit="s") if len(dated) else []
    levels: list[Any] = [sorted(set(dated["group"])), wanted, periods]
    slots = pd.MultiIndex.from_product([levels[0], levels[2]])
    slot = slots.get_indexer(pd.MultiIndex.from_frame(groups[["group", "period"]]))
    counted = _count_slots(cells, slot[cells.part_group], len(slots), wanted)
    # They are counted term by term; the rows stand group by group.
    shape = (len(wanted), len(levels[0]), len(periods))
    turned = {key: of.reshape(shape).swapaxes(0, 1).ravel() for key, of in counted.items()}
    grid = pd.MultiIndex.from_product(levels, names=_KEY)
    return make_frame("trends", {key: grid.get_level_values(key) for key in _KEY} | turned)


def _count_slots(cells: Cells, slot: Array, n_slots: int, wanted: list[str]) -> dict[str, Array]:
    """The counts of each term in each slot, a period of a group; of a part without one it is -1."""
    term = pd.Index(wanted).get_indexer(cells.terms)[cells.term]
    used = (term >= 0) & (slot[cells.part] >= 0)
    term, part, v = term[used], cells.part[used], cells.n[used]
    s, row = cells.part_size[part], term * n_slots + slot[part]
    # A slot has its size whatever terms it holds.
    sizes = sum_sizes(cells.part_size[slot >= 0], slot[slot >= 0], n_slots)
    n = np.bincount(row, v, len(wanted) * n_slots)
    inflation = find_inflation(n, row, v, s, sizes.take(np.tile(np.arange(n_slots), len(wanted))))
    # How a term comes in articles is not seen where it is absent: the other periods show it.
    n_in_all = np.bincount(term, v, len(wanted))
    in_all = find_inflation(n_in_all, term, v, s, sizes.merge().take(np.zeros(len(wanted), int)))
    absent = np.maximum(inflation, in_all.repeat(n_slots))
    n_tokens = np.tile(sizes.total.astype(np.int64), len(wanted))
    counts = {"n": n, "n_articles": np.bincount(row, minlength=len(n)), "n_tokens": n_tokens}
    return counts | measure_rates(n, n_tokens, np.where(n > 0, inflation, absent))
