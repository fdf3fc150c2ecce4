"""From tokens to keywords: the terms that set each group apart from a reference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import SCHEMAS
from dateline.terms import formulas
from dateline.terms.cells import Cells, count_cells, make_frame
from dateline.terms.counts import choose_terms, rank_sorted
from dateline.terms.method import note_method

REST = "rest"
LEVEL = 0.05
_METHOD = {
    "test": "g2_4cell, p by the survival function",
    "correction": "Benjamini-Hochberg and Bonferroni over all terms of a group",
    "interval": "log_ratio: Clopper-Pearson, 95 %; log_ratio_sure: 95 % for all terms together",
    "zero_rule": "a term absent from one side has log_ratio inf or -inf; its interval is exact",
    "simple_maths_k": 1,
}


def rank_keywords(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    target: str | None = None,
    reference: str | pd.DataFrame = REST,
    exclude: Collection[str] = (),
    min_n: int = 1,
) -> pd.DataFrame:
    """Compare each group's terms with the rest, with another group, or with a list.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES.
        by: Columns to group by, as in `count_terms`; None takes the whole corpus, which needs a
            list to compare with.
        target: Compare this group alone; None compares each.
        reference: "rest" (all other groups), the name of a group, or a frame with the columns
            term, n and n_tokens, such as TERM_COUNTS of another corpus or `load_reference(path)`.
        exclude: Terms to leave out of the table; they are tested all the same.
        min_n: Leave out terms seen fewer times in target and reference together.

    Returns:
        KEYWORDS, groups in alphabetical order, highest g2_4cell first, so that the terms that a
        group avoids, also those absent from it, come last. Ties share the lowest rank and are
        listed alphabetically. p is corrected over all terms of a group before any is left out.
        An article's tokens in a group are one case of the Mann-Whitney test; a list has no cases,
        and the columns of that test are NaN. A group has no rows where either side has no tokens.

    Raises:
        ValueError: `target` or `reference` is no group, or there is nothing to compare with.
    """
    cells = count_cells(tokens, articles, by)
    names = list(cells.groups["group"])
    is_list = isinstance(reference, pd.DataFrame)
    for name in (target, None if is_list else reference):
        if names and name not in (None, REST, *names):
            raise ValueError(f"there is no group {name!r}; there are {', '.join(names)}")
    if len(names) == 1 and not is_list:
        raise ValueError(f"there is one group, {names[0]!r}: expected more, or a list")
    against = "list" if is_list else reference
    all_ranks = _rank_rates(cells, cells.part_size > 0) if against == REST else None
    tables = []
    for number, name in enumerate(names):
        if name == against or target not in (None, name):
            continue
        is_target = cells.part_group == number
        other = _find_other(cells, is_target, names, against)
        ranks = all_ranks
        if ranks is None and other is not None:
            ranks = _rank_rates(cells, (is_target | other) & (cells.part_size > 0))
        sides = _count_sides(cells, is_target, other, reference)
        if not (sides.n1 and sides.n2):
            continue
        test = None if ranks is None else _test_parts(ranks, is_target)
        table = _compare(sides, test, exclude, min_n)
        tables.append(table | {"group": name, "reference": against})
    keywords = make_frame("keywords", _stack(tables))
    note_method(keywords, tokens, by=by or "all", against=against, **_METHOD, min_n=min_n)
    return keywords


class _Sides(NamedTuple):
    """Counts of all terms in target and reference, and the sizes of the two."""

    terms: pd.Index
    a: np.ndarray
    b: np.ndarray
    n1: int
    n2: int
    n_articles: np.ndarray


def _count_sides(
    cells: Cells, is_target: np.ndarray, is_other: np.ndarray | None, reference: str | pd.DataFrame
) -> _Sides:
    """Counts of the target's parts, and of the other parts or of a list."""
    terms = cells.terms.astype("str")
    a, n1, n_articles = _sum_parts(cells, is_target)
    if is_other is not None:
        b, n2, _ = _sum_parts(cells, is_other)
        return _Sides(terms, a, b, n1, n2, n_articles)
    listed = reference.groupby("term")["n"].sum()
    new = listed.index.difference(terms)
    b = np.r_[listed.reindex(terms, fill_value=0), listed[new]].astype(np.int64)
    zeros = np.zeros(len(new), np.int64)
    n2 = int(reference["n_tokens"].iloc[0]) if len(reference) else 0
    return _Sides(terms.append(new), np.r_[a, zeros], b, n1, n2, np.r_[n_articles, zeros])


def _sum_parts(cells: Cells, is_chosen: np.ndarray) -> tuple[np.ndarray, int, np.ndarray]:
    """Counts of all terms in these parts, their tokens, and how many of them hold each term."""
    chosen, size = is_chosen[cells.part], len(cells.terms)
    n = np.bincount(cells.term[chosen], cells.n[chosen], size).astype(np.int64)
    n_parts = np.bincount(cells.term[chosen], minlength=size)
    return n, int(cells.part_size[is_chosen].sum()), n_parts


def _find_other(
    cells: Cells, is_target: np.ndarray, names: list[str], against: str
) -> np.ndarray | None:
    """The parts to compare with; None for a list."""
    if against == REST:
        return ~is_target
    return cells.part_group == names.index(against) if against in names else None


def _compare(
    sides: _Sides, test: dict[str, np.ndarray] | None, exclude: Collection[str], min_n: int
) -> dict[str, object]:
    """All measures of a target's terms, in order: the columns of KEYWORDS but the groups."""
    tested = np.flatnonzero(sides.a + sides.b)
    # Most terms are rare, so few pairs of counts differ, and each is computed once.
    pairs, pair = np.unique(
        np.stack([sides.a[tested], sides.b[tested]]), axis=1, return_inverse=True
    )
    measured = _measure_pairs(*pairs, sides.n1, sides.n2, len(tested))
    measured = {key: values[pair] for key, values in measured.items()}
    measured["p_bh"], measured["p_bonferroni"] = formulas.adjust_p_values(measured["p"])
    test = test or dict.fromkeys(("article_effect", "article_p"), np.full(len(sides.a), np.nan))
    measured |= {key: values[tested] for key, values in test.items()}
    measured["term"] = sides.terms.take(tested)
    measured["n_articles"] = sides.n_articles[tested]
    shown = (measured["n"] + measured["n_reference"] >= min_n) & choose_terms(
        measured["term"], exclude
    )
    order = np.flatnonzero(shown)
    order = order[np.lexsort((order, -measured["g2_4cell"][order]))]
    table = {key: values[order] for key, values in measured.items()}
    return table | {"rank": rank_sorted(table["g2_4cell"])}


def _measure_pairs(
    a: np.ndarray, b: np.ndarray, n1: int, n2: int, n_tests: int
) -> dict[str, np.ndarray]:
    cells = (a, b, n1, n2)
    g2 = formulas.g2_4cell(*cells)
    low, high = formulas.log_ratio_interval(*cells, alpha=LEVEL)
    sure = formulas.log_ratio_interval(*cells, alpha=LEVEL / max(n_tests, 1))
    return {
        "n": a,
        "n_reference": b,
        "n_tokens": np.full(len(a), n1),
        "n_tokens_reference": np.full(len(a), n2),
        "per_million": 1e6 * a / n1,
        "per_million_reference": 1e6 * b / n2,
        "g2_4cell": g2,
        "g2_2cell": formulas.g2_2cell(*cells),
        "chi2": formulas.chi2(*cells),
        "bic": formulas.bic(g2, n1, n2),
        "log_ratio": formulas.log_ratio(*cells),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "log_ratio_sure": formulas.find_conservative(*sure),
        "percent_diff": formulas.percent_diff(*cells),
        "odds_ratio": formulas.odds_ratio(*cells),
        "simple_maths": formulas.simple_maths(*cells),
        "p": formulas.p_value(g2),
        "log10_p": formulas.log10_p_value(g2),
    }


class _Ranks(NamedTuple):
    """Ranks of the terms' rates over parts; the parts without a term share the lowest ranks."""

    part: np.ndarray  # of each cell
    term: np.ndarray  # of each cell
    rank: np.ndarray  # of each cell
    zeros: np.ndarray  # for each term, the parts without it
    ties: np.ndarray  # for each term, the sum of t³ - t over its ties
    is_used: np.ndarray  # for each part


def _rank_rates(cells: Cells, is_used: np.ndarray) -> _Ranks:
    """Rank each term's rates over the parts in use."""
    kept = is_used[cells.part]
    part, term = cells.part[kept], cells.term[kept]
    rate = cells.n[kept] / cells.part_size[part]
    order = np.lexsort((rate, term))
    part, term, rate = part[order], term[order], rate[order]
    n_parts, n_terms = int(is_used.sum()), len(cells.terms)
    holders = np.bincount(term, minlength=n_terms)
    zeros = n_parts - holders
    place = np.arange(len(term)) - (np.cumsum(holders) - holders)[term] + zeros[term]
    is_new = np.r_[True, (term[1:] != term[:-1]) | (rate[1:] != rate[:-1])][: len(term)]
    tie = np.cumsum(is_new) - 1
    size = np.bincount(tie)
    # Tied rates share the mean of their places, which follow each other.
    rank = place[is_new][tie] + (size[tie] + 1) / 2 if len(term) else rate
    ties = np.bincount(term[is_new], size**3.0 - size, n_terms) + zeros**3.0 - zeros
    return _Ranks(part, term, rank, zeros, ties, is_used)


def _test_parts(ranks: _Ranks, is_target: np.ndarray) -> dict[str, np.ndarray]:
    """Mann-Whitney's test of target parts against the others, for all terms at once.

    Normal approximation with the correction for ties and for continuity.
    """
    from scipy.special import ndtr

    n1 = int((is_target & ranks.is_used).sum())
    n = int(ranks.is_used.sum())
    n2 = n - n1
    inside = is_target[ranks.part]
    holders = np.bincount(ranks.term[inside], minlength=len(ranks.zeros))
    total = np.bincount(ranks.term[inside], ranks.rank[inside], len(ranks.zeros))
    total = total + (n1 - holders) * (ranks.zeros + 1) / 2
    u = total - n1 * (n1 + 1) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(n1 * n2 / 12 * (n + 1 - ranks.ties / (n * (n - 1))))
        z = np.maximum(np.abs(u - n1 * n2 / 2) - 0.5, 0) / spread
        return {"article_effect": 2 * u / (n1 * n2) - 1, "article_p": 2 * ndtr(-z)}


def _stack(tables: list[dict[str, object]]) -> dict[str, np.ndarray]:
    """The columns of all tables under each other."""
    columns = SCHEMAS["keywords"].columns
    sizes = [len(table["n"]) for table in tables]
    return {
        key: np.concatenate(
            [np.broadcast_to(table[key], size) for table, size in zip(tables, sizes, strict=True)]
        )
        if tables
        else []
        for key in columns
    }
