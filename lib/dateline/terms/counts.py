"""From tokens to counts: each term in each group, how often, how evenly, with its interval."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from dateline.terms.cells import Cells, compact, count_cells, make_frame
from dateline.terms.folding import replace_rows
from dateline.terms.formulas import tf_idf_log10
from dateline.terms.method import note_method


def count_terms(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    exclude: Collection[str] = (),
    include: Collection[str] | None = None,
    numbers: bool = True,
    min_length: int = 1,
    min_n: int = 1,
    once_per_cluster: bool = False,
) -> pd.DataFrame:
    """Count each term in each group.

    Args:
        tokens: TOKENS of these articles (or n-grams or phrases made of them).
        articles: ARTICLES.
        by: One or more columns of `articles` (outlet, place ...) or of `tokens` (voice, kind ...),
            or day, week, month or year; None counts the corpus. NA is the group "unknown".
        exclude: Terms to leave out, such as `load_stopwords()`; an n-gram is left out where its
            first or last word is one.
        include: Leave out all other terms.
        numbers: Whether terms without a letter are listed.
        min_length: Leave out terms of fewer characters.
        min_n: Leave out terms seen fewer times in a group.
        once_per_cluster: Count a reprint cluster once, in its earliest article.

    Returns:
        TERM_COUNTS, groups in alphabetical order, most frequent term first. Ties share the lowest
        rank and are listed alphabetically. Terms left out still count in `n_tokens`. With several
        columns, each is also a column of its own. Empty in, empty out.

    Raises:
        ValueError: A column is in neither frame, a token's article is unknown, or `min_n` is
            below 1.
    """
    if min_n < 1:
        raise ValueError(f"min_n={min_n}, expected 1 or more")
    if once_per_cluster:
        tokens, articles = keep_first_prints(tokens, articles)
    cells = count_cells(tokens, articles, by)
    keep = choose_terms(cells.terms, exclude, include, numbers=numbers, min_length=min_length)
    counts = measure_cells(cells, keep, min_n)
    note_method(
        counts,
        tokens,
        by=by or "all",
        n_tokens=len(tokens),
        n_articles=len(articles),
        interval="per_million: exact Poisson, 95 %",
        measures=["dp", "dp_norm", "juilland_d", "kld", "tf_idf_log10"],
        parts="articles with tokens, with their sizes",
        once_per_cluster=once_per_cluster,
        left_out={"excluded": len(exclude), "min_n": min_n, "min_length": min_length}
        | ({} if numbers else {"numbers": True}),
    )
    return counts


def measure_cells(cells: Cells, keep: np.ndarray, min_n: int = 1) -> pd.DataFrame:
    """TERM_COUNTS of the terms to keep, from cells; see `count_terms`."""
    if not keep.all():
        kept = keep[cells.term]
        cells = cells._replace(part=cells.part[kept], term=cells.term[kept], n=cells.n[kept])
    n_terms = max(len(cells.terms), 1)
    group = cells.part_group[cells.part]
    keys, row = compact(group * n_terms + cells.term, len(cells.groups) * n_terms)
    n = np.bincount(row, cells.n, len(keys)).astype(np.int64)
    row_group, row_term = keys // n_terms, keys % n_terms
    n_articles = np.bincount(row, minlength=len(keys))
    n_tokens = cells.sum_groups()[row_group]
    in_group = np.bincount(cells.part_group, minlength=len(cells.groups))
    columns = {
        "n": n,
        "n_articles": n_articles,
        "article_share": n_articles / in_group[row_group],
        "n_tokens": n_tokens,
        **measure_rates(n, n_tokens),
        "tf_idf": tf_idf_log10(n, _count_articles(cells)[row_term], cells.n_articles),
        **_measure_dispersion(cells, row, n, row_group),
    }
    order = np.lexsort((row_term, -n, row_group))
    order = order[n[order] >= min_n]
    groups = cells.groups.take(row_group[order]).reset_index(drop=True)
    named = {
        "group": groups["group"],
        "term": cells.terms.take(row_term[order]),
        "rank": rank_sorted(n[order], row_group[order]),
    }
    measured = {name: values[order] for name, values in columns.items()}
    return make_frame("term_counts", named | measured, groups)


def _measure_dispersion(
    cells: Cells, row: np.ndarray, n: np.ndarray, row_group: np.ndarray
) -> dict[str, np.ndarray]:
    """The measures of `dispersion` for all rows of a table at once, over parts with tokens.

    Args:
        cells: The cells.
        row: The row of each cell.
        n: Of each row.
        row_group: The group of each row.
    """
    filled = cells.part_size > 0
    group, size = cells.part_group[filled], cells.part_size[filled]
    expected = np.zeros(len(filled))
    expected[filled] = size / cells.sum_groups()[group]
    n_parts = np.bincount(group, minlength=len(cells.groups))[row_group]
    least = np.ones(len(cells.groups))
    np.minimum.at(least, group, expected[filled])
    w, t, rate = expected[cells.part], cells.n / n[row], cells.n / cells.part_size[cells.part]
    total, squares = np.bincount(row, rate, len(n)), np.bincount(row, rate * rate, len(n))
    with np.errstate(divide="ignore", invalid="ignore"):
        # Both sum to 1, so half the sum of their differences is 1 less what they share.
        dp = np.maximum(1 - np.bincount(row, np.minimum(t, w), len(n)), 0)
        spread = np.sqrt(np.maximum(n_parts * squares - total**2, 0)) / total
        columns = {
            "dp_norm": np.minimum(dp / (1 - least[row_group]), 1),
            "juilland_d": np.maximum(1 - spread / np.sqrt(n_parts - 1), 0),
        }
    kld = np.maximum(np.bincount(row, t * np.log2(t / w), len(n)), 0)
    several = {key: np.where(n_parts > 1, values, np.nan) for key, values in columns.items()}
    return {"dp": dp, "kld": kld} | several


def measure_rates(n: np.ndarray, n_tokens: np.ndarray) -> dict[str, np.ndarray]:
    """Rates per million with their 95 % interval; NaN where there are no tokens."""
    size = np.where(n_tokens > 0, n_tokens, np.nan)
    low, high = poisson_interval(n)
    return {
        "per_million": 1e6 * n / size,
        "per_million_low": 1e6 * low / size,
        "per_million_high": 1e6 * high / size,
    }


def poisson_interval(n: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Exact (Garwood) interval of counts."""
    from scipy.special import gammaincinv

    values, position = np.unique(n, return_inverse=True)
    tail = (1 - level) / 2
    low = np.where(values > 0, gammaincinv(np.maximum(values, 1), tail), 0.0)
    return low[position], gammaincinv(values + 1, 1 - tail)[position]


def keep_first_prints(
    tokens: pd.DataFrame, articles: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the earliest article of each reprint cluster, and its tokens.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES; without a date an article counts as later than those with one, and
            of articles of one day the first row is kept.

    Returns:
        TOKENS and ARTICLES without the reprints, in their order.
    """
    cluster = articles["cluster_id"].fillna(articles["article_id"])
    by_day = articles["published_on"].sort_values(kind="stable", na_position="last").index
    is_reprint = cluster.loc[by_day].duplicated().reindex(articles.index)
    kept = articles[~is_reprint]
    first = tokens["article_id"].isin(kept["article_id"])
    return replace_rows(tokens, first), kept.reset_index(drop=True)


def choose_terms(
    terms: pd.Index,
    exclude: Collection[str],
    include: Collection[str] | None = None,
    *,
    numbers: bool = True,
    min_length: int = 1,
) -> np.ndarray:
    """Which terms are listed; see `count_terms`."""
    left_out = frozenset([exclude] if isinstance(exclude, str) else exclude)
    listed, names = ~terms.isin(list(left_out)), terms.tolist()
    if include is not None:
        listed &= terms.isin(list(include))
    if min_length > 1:
        listed &= np.array([len(term) >= min_length for term in names], bool)
    if not numbers:
        listed &= np.array([any(map(str.isalpha, term)) for term in names], bool)
    for i, term in enumerate(names if left_out else ()):
        if " " in term and not left_out.isdisjoint((term.split(" ")[0], term.split(" ")[-1])):
            listed[i] = False
    return listed


def _count_articles(cells: Cells) -> np.ndarray:
    """In how many articles of the corpus each term stands."""
    size = max(len(cells.terms), 1)
    pairs = cells.part_article[cells.part].astype(np.int64) * size + cells.term
    if len(cells.part_article) != len(np.unique(cells.part_article)):
        pairs = np.unique(pairs)
    return np.bincount(pairs % size, minlength=size)


def rank_sorted(values: np.ndarray, group: np.ndarray | None = None) -> np.ndarray:
    """Rank of sorted values, within sorted groups if there are any; ties share the lowest."""
    position = np.arange(len(values))
    is_new = np.r_[True, values[1:] != values[:-1]][: len(values)]
    if group is None:
        return np.maximum.accumulate(np.where(is_new, position, 0)) + 1
    begins = np.r_[True, group[1:] != group[:-1]][: len(values)]
    first = np.maximum.accumulate(np.where(begins, position, 0))
    return np.maximum.accumulate(np.where(is_new | begins, position, 0)) - first + 1
