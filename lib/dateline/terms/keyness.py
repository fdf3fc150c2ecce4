"""From tokens to keywords: the terms that set each group apart from a reference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
    "measures": [
        *("g2_4cell", "g2_2cell", "chi2", "bic", "log_ratio", "percent_diff", "odds_ratio"),
        *("simple_maths", "rank_sum"),
    ],
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
    max_p: float = 1.0,
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
        max_p: Leave out terms whose p_bh is above; with hundreds of groups this saves memory,
            for each group has a row for every term of the corpus.

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
    against = "list" if isinstance(reference, pd.DataFrame) else reference
    for name in (target, against):
        if names and name not in (None, REST, "list", *names):
            raise ValueError(f"there is no group {name!r}; there are {', '.join(names)}")
    if len(names) == 1 and against != "list":
        raise ValueError(f"there is one group, {names[0]!r}: expected more, or a list")
    chosen = [i for i, name in enumerate(names) if name != against and target in (None, name)]
    tables = [
        _rank_terms(sides, exclude, min_n, max_p) | {"group": names[number], "reference": against}
        for number, sides in _find_sides(cells, chosen, names, reference)
        if sides.n1 and sides.n2
    ]
    keywords = make_frame("keywords", _stack(tables))
    facts = {
        "by": by or "all",
        "against": against,
        "n_tokens": len(tokens),
        "min_n": min_n,
        "max_p": max_p,
    }
    note_method(keywords, tokens, **facts, **_METHOD)
    return keywords


class _Sides(NamedTuple):
    """What is compared: counts of all terms in target and reference, their sizes, and the test."""

    terms: pd.Index
    a: np.ndarray
    b: np.ndarray
    n1: int
    n2: int
    n_articles: np.ndarray
    article_effect: np.ndarray
    article_p: np.ndarray


class _Ranks(NamedTuple):
    """Ranks of the terms' rates over parts; the parts without a term share the lowest ranks."""

    rank: np.ndarray  # of each cell
    zeros: np.ndarray  # for each term, the parts without it
    ties: np.ndarray  # for each term, the sum of t³ - t over its ties


def _find_sides(
    cells: Cells, targets: list[int], names: list[str], reference: str | pd.DataFrame
) -> Iterator[tuple[int, _Sides]]:
    """The two sides of each target's comparison."""
    if isinstance(reference, pd.DataFrame):
        yield from ((number, _face_list(cells, number, reference)) for number in targets)
    elif reference == REST:
        ranks = _rank_rates(cells)
        total = _count_all(cells)
        yield from ((number, _face_rest(cells, ranks, number, total)) for number in targets)
    else:
        for number in targets:
            pair = sorted([number, names.index(reference)])
            both = _take_groups(cells, pair)
            yield number, _face_rest(both, _rank_rates(both), pair.index(number), _count_all(both))


def _face_rest(cells: Cells, ranks: _Ranks, number: int, total: np.ndarray) -> _Sides:
    a, n1, n_articles = _count_group(cells, number)
    test = _test_parts(cells, ranks, number)
    return _Sides(cells.terms, a, total - a, n1, int(cells.part_size.sum()) - n1, n_articles, *test)


def _face_list(cells: Cells, number: int, reference: pd.DataFrame) -> _Sides:
    a, n1, n_articles = _count_group(cells, number)
    listed = reference.groupby("term")["n"].sum()
    new = listed.index.difference(cells.terms)
    b = np.r_[listed.reindex(cells.terms, fill_value=0), listed[new]].astype(np.int64)
    zeros, unknown = np.zeros(len(new), np.int64), np.full(len(b), np.nan)
    n2 = int(reference["n_tokens"].iloc[0]) if len(reference) else 0
    terms = cells.terms.append(new)
    return _Sides(terms, np.r_[a, zeros], b, n1, n2, np.r_[n_articles, zeros], unknown, unknown)


def _count_all(cells: Cells) -> np.ndarray:
    return np.bincount(cells.term, cells.n, len(cells.terms)).astype(np.int64)


def _count_group(cells: Cells, number: int) -> tuple[np.ndarray, int, np.ndarray]:
    """A group's counts of all terms, its tokens, and how many of its articles hold each term."""
    parts, own = cells.find_group(number)
    n = np.bincount(cells.term[own], cells.n[own], len(cells.terms)).astype(np.int64)
    n_articles = np.bincount(cells.term[own], minlength=len(cells.terms))
    return n, int(cells.part_size[parts].sum()), n_articles


def _take_groups(cells: Cells, numbers: list[int]) -> Cells:
    """The cells of some groups (sorted), as if there were no others."""
    found = [cells.find_group(number) for number in numbers]
    parts = np.concatenate([np.arange(len(cells.part_group))[part] for part, _ in found])
    own = np.concatenate([np.arange(len(cells.part))[cell] for _, cell in found])
    return cells._replace(
        groups=cells.groups.take(numbers),
        part_group=np.searchsorted(numbers, cells.part_group[parts]),
        part_article=cells.part_article[parts],
        part_size=cells.part_size[parts],
        part=np.searchsorted(parts, cells.part[own]),
        term=cells.term[own],
        n=cells.n[own],
    )


def _rank_terms(
    sides: _Sides, exclude: Collection[str], min_n: int, max_p: float
) -> dict[str, object]:
    """All measures of a target's terms, in order: the columns of KEYWORDS but the groups."""
    tested = np.flatnonzero(sides.a + sides.b)
    # Most terms are rare, so few pairs of counts differ, and each is measured once.
    base = int(sides.b.max(initial=0)) + 1
    pairs, pair = np.unique(sides.a[tested] * base + sides.b[tested], return_inverse=True)
    measured = _measure(*np.divmod(pairs, base), sides.n1, sides.n2, len(tested))
    g2, n = measured["g2_4cell"][pair], (sides.a + sides.b)[tested]
    p_bh, p_bonferroni = formulas.adjust_p_values(measured["p"][pair])
    terms = sides.terms.take(tested)
    shown = np.flatnonzero((n >= min_n) & (p_bh <= max_p) & choose_terms(terms, exclude))
    # Only a list has terms that are not in alphabetical order.
    alphabet = np.arange(len(terms)) if terms.is_monotonic_increasing else terms.argsort().argsort()
    order = shown[np.lexsort((alphabet[shown], -g2[shown]))]
    rows = tested[order]
    return {key: values[pair[order]] for key, values in measured.items()} | {
        "term": terms.take(order),
        "n_articles": sides.n_articles[rows],
        "n_tokens": sides.n1,
        "n_tokens_reference": sides.n2,
        "p_bh": p_bh[order],
        "p_bonferroni": p_bonferroni[order],
        "article_effect": sides.article_effect[rows],
        "article_p": sides.article_p[rows],
        "rank": rank_sorted(g2[order]),
    }


def _measure(a: np.ndarray, b: np.ndarray, n1: int, n2: int, n_tests: int) -> dict[str, np.ndarray]:
    cells = (a, b, n1, n2)
    g2 = formulas.g2_4cell(*cells)
    low, high = formulas.log_ratio_low(*cells), -formulas.log_ratio_low(b, a, n2, n1)
    return {
        "n": a,
        "n_reference": b,
        "per_million": 1e6 * a / n1,
        "per_million_reference": 1e6 * b / n2,
        "g2_4cell": g2,
        "g2_2cell": formulas.g2_2cell(*cells),
        "chi2": formulas.chi2(*cells),
        "bic": formulas.bic(g2, n1, n2),
        "log_ratio": formulas.log_ratio(*cells),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "log_ratio_sure": formulas.log_ratio_conservative(*cells, alpha=LEVEL / n_tests),
        "percent_diff": formulas.percent_diff(*cells),
        "odds_ratio": formulas.odds_ratio(*cells),
        "simple_maths": formulas.simple_maths(*cells),
        "p": formulas.p_value(g2),
        "log10_p": formulas.log10_p_value(g2),
    }


def _rank_rates(cells: Cells) -> _Ranks:
    """Rank each term's rates over all parts with tokens."""
    rate = cells.n / cells.part_size[cells.part]
    # Ties share a rank, so only the second sort must be stable; of 16 bits it is a fast one.
    small = cells.term.astype(np.uint16 if len(cells.terms) <= 2**16 else np.int32)
    order = np.argsort(rate)
    order = order[np.argsort(small[order], kind="stable")]
    term, rate = cells.term[order], rate[order]
    holders = np.bincount(term, minlength=len(cells.terms))
    zeros = int((cells.part_size > 0).sum()) - holders
    place = np.arange(len(term)) - (np.cumsum(holders) - holders)[term] + zeros[term]
    is_new = np.ones(len(term), bool)
    is_new[1:] = (term[1:] != term[:-1]) | (rate[1:] != rate[:-1])
    tie = np.cumsum(is_new) - 1
    size = np.bincount(tie).astype(float)
    rank = np.empty(len(term))
    # Tied rates share the mean of their places, which follow each other.
    rank[order] = (place[is_new] + (size + 1) / 2)[tie]
    ties = np.bincount(term[is_new], size**3 - size, len(zeros)) + (zeros**3.0 - zeros)
    return _Ranks(rank, zeros, ties)


def _test_parts(cells: Cells, ranks: _Ranks, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Effect and p of Mann-Whitney's test of a group's parts against all others, for all terms.

    Normal approximation with the correction for ties and for continuity.
    """
    from scipy.special import ndtr

    parts, own = cells.find_group(number)
    n, n1 = (int((size > 0).sum()) for size in (cells.part_size, cells.part_size[parts]))
    n2, n_terms = n - n1, len(cells.terms)
    holders = np.bincount(cells.term[own], minlength=n_terms)
    total = np.bincount(cells.term[own], ranks.rank[own], n_terms)
    u = total + (n1 - holders) * (ranks.zeros + 1) / 2 - n1 * (n1 + 1) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(n1 * n2 / 12 * (n + 1 - ranks.ties / np.float64(n * (n - 1))))
        z = np.maximum(np.abs(u - n1 * n2 / 2) - 0.5, 0) / spread
        return u / np.float64(n1 * n2) * 2 - 1, 2 * ndtr(-z)


def _stack(tables: list[dict[str, object]]) -> dict[str, object]:
    """The columns of all tables under each other."""
    if not tables:
        return {key: [] for key in SCHEMAS["keywords"].columns}
    sizes = [len(table["n"]) for table in tables]
    return {key: _join([table[key] for table in tables], sizes) for key in tables[0]}


def _join(values: list[object], sizes: list[int]) -> object:
    if isinstance(values[0], pd.Index):
        return values[0].append(values[1:])
    if isinstance(values[0], np.ndarray):
        return np.concatenate(values)
    return pd.Index(values).repeat(sizes)
