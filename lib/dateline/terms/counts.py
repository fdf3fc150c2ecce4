"""From tokens to counts: each term in each group, how often, how evenly, with its interval."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.terms.cells import Cells, compact, count_cells, make_frame
from dateline.terms.folding import replace_rows
from dateline.terms.formulas import compute


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

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.count_terms(tokens, articles, min_n=2)[["term", "n", "rank"]].values.tolist()
        [['port', 2, 1], ['the', 2, 1]]
    """
    if min_n < 1:
        raise ValueError(f"min_n={min_n}, expected 1 or more")
    if once_per_cluster:
        tokens, articles = keep_first_prints(tokens, articles)
    cells = count_cells(tokens, articles, by)
    keep = choose_terms(cells.terms, exclude, include, numbers=numbers, min_length=min_length)
    counts = _measure_cells(cells, keep, min_n)
    note_method(
        counts,
        tokens,
        by=by or "all",
        n_tokens=len(tokens),
        n_articles=len(articles),
        interval="exact Poisson, 95 %",
        measures=["dp", "dp_norm", "juilland_d", "kld", "tf_idf_log10"],
        parts="articles with tokens, with their sizes",
        left_out={
            "excluded_terms": len(exclude),
            "terms_seen_less_than": min_n,
            "terms_shorter_than": min_length,
            "terms_without_a_letter": not numbers,
        },
    )
    return counts


def _measure_cells(cells: Cells, keep: np.ndarray, min_n: int) -> pd.DataFrame:
    """TERM_COUNTS of the terms to keep, from cells; see `count_terms`."""
    if not keep.all():
        kept = keep[cells.term]
        cells = cells._replace(part=cells.part[kept], term=cells.term[kept], n=cells.n[kept])
    n_terms = max(len(cells.terms), 1)
    in_group = cells.part_group[cells.part] * n_terms + cells.term
    keys, row = compact(in_group, len(cells.groups) * n_terms)
    row = row.astype(np.intp)  # once, and not in each bincount below
    del in_group
    n = np.bincount(row, cells.n, len(keys)).astype(np.int64)
    row_group, row_term = np.divmod(keys, n_terms)
    n_articles = np.bincount(row, minlength=len(keys))
    n_tokens, held = cells.sum_groups()[row_group], _count_articles(cells)[row_term]
    columns = {
        "n": n,
        "n_articles": n_articles,
        "article_share": n_articles / np.bincount(cells.part_group)[row_group],
        "n_tokens": n_tokens,
        **measure_rates(n, n_tokens),
        "tf_idf": compute("tf_idf_log10", n, held, cells.n_articles),
        **_measure_dispersion(cells, row, n, row_group),
    }
    order = np.lexsort((-n, row_group))  # rows are in the order of terms
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
    """Over parts with tokens, for rows with these n and groups; `row` is the row of each cell."""
    filled = cells.part_size > 0
    n_parts = np.bincount(cells.part_group, filled, len(cells.groups))[row_group]
    expected = cells.part_size / np.maximum(cells.sum_groups(), 1)[cells.part_group]
    least = np.ones(len(cells.groups))
    np.minimum.at(least, cells.part_group[filled], expected[filled])
    rate = cells.n / cells.part_size[cells.part]
    total, squares = (np.bincount(row, values, len(n)) for values in (rate, np.square(rate)))
    t, w = np.divide(cells.n, n[row], out=rate), expected[cells.part]
    # Both sum to 1, so half the sum of their differences is 1 less what they share.
    dp = np.maximum(1 - np.bincount(row, np.minimum(t, w), len(n)), 0)
    np.multiply(t, np.log2(np.divide(t, w, out=w), out=w), out=w)
    kld = np.maximum(np.bincount(row, w, len(n)), 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.maximum(n_parts * squares - total**2, 0)) / total
        dp_norm = np.minimum(dp / (1 - least[row_group]), 1)
        juilland_d = np.maximum(1 - spread / np.sqrt(n_parts - 1), 0)
    several = np.where(n_parts > 1, 1.0, np.nan)
    return {"dp": dp, "kld": kld, "dp_norm": dp_norm * several, "juilland_d": juilland_d * several}


def measure_rates(n: np.ndarray, n_tokens: np.ndarray) -> dict[str, np.ndarray]:
    """Rates per million with their exact (Garwood) interval; NaN where there are no tokens."""
    from scipy.special import gammaincinv

    size = np.where(n_tokens > 0, n_tokens, np.nan)
    values, position = np.unique(n, return_inverse=True)
    low = np.where(values > 0, gammaincinv(np.maximum(values, 1), 0.025), 0.0)
    high = gammaincinv(values + 1, 0.975)
    return {
        "per_million": 1e6 * n / size,
        "per_million_low": 1e6 * low[position] / size,
        "per_million_high": 1e6 * high[position] / size,
    }


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

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. " * 9] * 2)
        >>> tokens, first_prints = dl.keep_first_prints(dl.find_tokens(articles), articles)
        >>> len(first_prints), len(tokens)
        (1, 36)
    """
    tokens = take_frame(tokens, "tokens", "article_id", "term")
    articles = take_frame(
        articles, "articles", "article_id", optional=["cluster_id", "published_on"]
    )
    cluster = articles["cluster_id"].fillna(articles["article_id"])
    by_day = articles["published_on"].sort_values(kind="stable", na_position="last").index
    is_reprint = cluster.loc[by_day].duplicated().reindex(articles.index)
    kept = articles[~is_reprint].reset_index(drop=True)
    first = replace_rows(tokens, tokens["article_id"].isin(kept["article_id"]))
    note_method(first, tokens, n_reprints=int(is_reprint.sum()))
    return first, kept


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
    listed = np.ones(len(terms), bool) if include is None else terms.isin(list(include))
    if min_length == 1 and numbers and not left_out:
        return listed
    fits = [
        len(term) >= min_length
        and (numbers or any(map(str.isalpha, term)))
        and left_out.isdisjoint((term, term.split(" ")[0], term.split(" ")[-1]))
        for term in terms.tolist()
    ]
    return listed & np.array(fits, bool)


def _count_articles(cells: Cells) -> np.ndarray:
    """In how many articles of the corpus each term stands."""
    if len(cells.part_article) == len(np.unique(cells.part_article)):
        return np.bincount(cells.term, minlength=len(cells.terms))
    size = max(len(cells.terms), 1)
    pairs = np.unique(cells.part_article[cells.part].astype(np.int64) * size + cells.term)
    return np.bincount(pairs % size, minlength=size)


def rank_sorted(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Rank of sorted values within sorted groups; ties share the lowest."""
    position = np.arange(len(values))
    begins = np.r_[True, group[1:] != group[:-1]][: len(values)]
    is_new = begins | np.r_[True, values[1:] != values[:-1]][: len(values)]
    first = np.maximum.accumulate(np.where(begins, position, 0))
    return np.maximum.accumulate(np.where(is_new, position, 0)) - first + 1
