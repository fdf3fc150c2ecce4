"""From cells to cases: what each article gives to a target and to its reference, and the test.

An article that gives words to one side only is a case of that side. Where articles give words to
both, as they do to speech and to narration, each of these is a pair, and only pairs are compared:
what an article is about then weighs on both sides alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from dateline.terms.cells import Cells
from dateline.terms.formulas.article_tests import (
    find_testable,
    test_ranks,
    weigh_articles,
    weigh_pairs,
)
from dateline.terms.formulas.deals import Deals, find_p_values
from dateline.terms.formulas.intervals import find_inflation, sum_sizes
from dateline.terms.formulas.measures import Array

LEAST_CASES = 5  # on either side; with fewer no split of the articles is rarer than 1 in 70
ARTICLES, PAIRS = "articles", "articles in pairs"
TOO_FEW, LISTED = "none: too few articles", "none: a list has no articles"
TESTS = (ARTICLES, PAIRS, TOO_FEW, LISTED)


class Sides(NamedTuple):
    """How often each article has each term on either side; articles by their position."""

    term: Array  # of each cell; sorted within an article
    article: Array  # of each cell; sorted
    n: Array  # of each cell, in the target
    n_reference: Array  # of each cell, in the reference
    sizes: Array  # of each article, its tokens in the target
    sizes_reference: Array  # of each article, its tokens in the reference

    def take(self, articles: Array) -> Sides:
        """The sides of these articles alone, as if there were no others."""
        kept = articles[self.article]
        return Sides(
            self.term[kept],
            (np.cumsum(articles) - 1)[self.article[kept]],
            self.n[kept],
            self.n_reference[kept],
            self.sizes[articles],
            self.sizes_reference[articles],
        )


def split_sides(cells: Cells, targets: list[int]) -> Iterator[Sides]:
    """The sides of each target, the other groups being its reference."""
    n_terms, n_articles = len(cells.terms), cells.n_articles
    article = cells.part_article[cells.part].astype(np.int64)
    keys, cell = np.unique(article * n_terms + cells.term, return_inverse=True)
    article, term = np.divmod(keys, max(n_terms, 1))
    group = cells.part_group[cells.part]

    def add(position: Array, values: Array, size: int) -> Array:
        return np.bincount(position, values, size).astype(np.int64)

    n_all = add(cell, cells.n, len(keys))
    sizes_all = add(cells.part_article, cells.part_size, n_articles)
    for target in targets:
        own, parts = group == target, cells.part_group == target
        n = add(cell[own], cells.n[own], len(keys))
        sizes = add(cells.part_article[parts], cells.part_size[parts], n_articles)
        yield Sides(term, article, n, n_all - n, sizes, sizes_all - sizes)


def choose_cases(sides: Sides) -> tuple[str, Sides]:
    """How the sides can be compared, and the articles that this takes.

    Pairs where there are enough of them. Else the articles of the target with those that give it
    no word, if there are enough of both: an article is no case of two sides.
    """
    own, other = sides.sizes > 0, sides.sizes_reference > 0
    both = own & other
    if both.sum() >= LEAST_CASES:
        return PAIRS, sides.take(both)
    if min(own.sum(), (other & ~own).sum()) >= LEAST_CASES:
        # Of an article of both sides the target's part is the case.
        return ARTICLES, sides.take(own | other)
    return TOO_FEW, sides.take(np.zeros(len(own), bool))


def test_terms(sides: Sides, how: str, candidates: Array, n_families: int) -> Array:
    """The p of each term, NaN where it is not tested; see `find_p_values`.

    Args:
        sides: The articles to compare, as `choose_cases` gives them.
        how: And how.
        candidates: Which terms could be shown.
        n_families: Among how many such comparisons p is corrected.
    """
    from scipy.special import expit

    p = np.full(len(candidates), np.nan)
    if how not in (ARTICLES, PAIRS):
        return p
    own, is_pair = sides.sizes > 0, how == PAIRS
    counts = sides.n + sides.n_reference
    if not is_pair:
        counts = np.where(own[sides.article], sides.n, sides.n_reference)
    used = candidates[sides.term] & (counts > 0)
    held = np.bincount(sides.term[used], minlength=len(candidates))
    n_own = None if is_pair else int(own.sum())
    testable = candidates & find_testable(held, len(own), n_own, n_families)
    used &= testable[sides.term]
    term = (np.cumsum(testable) - 1)[sides.term[used]]
    order = np.argsort(term, kind="stable")
    term, case = term[order], sides.article[used][order]
    n_terms = int(testable.sum())
    if not n_terms:
        return p
    if is_pair:
        n, others = (side[used][order] for side in (sides.n, sides.n_reference))
        share = (sides.sizes / (sides.sizes + sides.sizes_reference))[case]
        weight, odds, is_target = weigh_pairs(n, others, share)
        deals = Deals(term, weight, odds, case, n_terms, len(own), None)
        observed = np.bincount(term, weight * is_target, n_terms)
        p[testable] = find_p_values(
            deals, observed, np.bincount(term, weight * expit(odds), n_terms)
        )
        return p
    sizes = np.where(own, sides.sizes, sides.sizes_reference)
    weight, expected = weigh_articles(counts[used][order], term, case, sizes, own)
    deals = Deals(term, weight, 0.0, case, n_terms, len(own), n_own)
    observed = np.bincount(term, weight * own[case], n_terms)
    p[testable] = find_p_values(deals, observed, expected)
    return p


def inflate_ratios(sides: Sides, n_terms: int) -> Array:
    """How many times less sure the ratio of each term's rates is than one of words drawn singly.

    The variance of a logarithm of a ratio is that of the target's count over its square and that
    of the reference's, so of a + b occurrences each side's inflation weighs by the other's count.
    A side without the term is taken to be as uneven as the other.
    """
    a, b = (np.bincount(sides.term, n, n_terms) for n in (sides.n, sides.n_reference))
    own = _inflate(sides.term, sides.article, sides.n, sides.sizes, a)
    other = _inflate(sides.term, sides.article, sides.n_reference, sides.sizes_reference, b)
    own, other = np.where(a > 0, own, other), np.where(b > 0, other, own)
    return np.where(a + b > 0, (own * b + other * a) / np.maximum(a + b, 1), 1.0)


def inflate_target(sides: Sides, n_terms: int) -> Array:
    """The same against a list, whose words are taken as drawn singly."""
    a = np.bincount(sides.term, sides.n, n_terms)
    return _inflate(sides.term, sides.article, sides.n, sides.sizes, a)


def _inflate(term: Array, article: Array, n: Array, sizes: Array, total: Array) -> Array:
    """The inflation of one side's count of each term."""
    row = np.zeros(len(total), np.int64)
    held = n > 0
    all_sizes = sum_sizes(sizes, np.zeros(len(sizes), np.int64), 1).take(row)
    return find_inflation(total, term[held], n[held], sizes[article[held]], all_sizes)


def compare_ranks(cells: Cells, targets: list[int]) -> dict[str, Array]:
    """Mann-Whitney's test of the rates of each target's articles and the others'."""
    n_terms, group = len(cells.terms), cells.part_group[cells.part]
    own = np.isin(group, targets)
    key = np.searchsorted(targets, group[own]) * n_terms + cells.term[own]

    def add(values: Array | None = None) -> Array:
        size = len(targets) * n_terms
        return np.bincount(key, values, size).reshape(len(targets), n_terms)

    rank, zeros, ties = _rank_rates(cells)
    n_filled = np.bincount(cells.part_group, cells.part_size > 0, len(cells.names))
    m1, m = n_filled[targets][:, None], n_filled.sum()
    sums = add(rank[own]) + (m1 - add()) * (zeros + 1) / 2
    effect, p = test_ranks(sums, m1, m - m1, ties)
    return {"article_effect": effect, "article_p": p}


def _rank_rates(cells: Cells) -> tuple[Array, Array, Array]:
    """Rank each term's rates over all parts with tokens; parts without it share the lowest ranks.

    Returns:
        The rank of each cell; for each term the parts without it, and the sum of t³ - t over its
        ties.
    """
    rate = cells.n / cells.part_size[cells.part]
    # Ties share a rank, so only the second sort must be stable; of 16 bits it is a fast one.
    small = cells.term.astype(np.uint16 if len(cells.terms) <= 2**16 else np.int32)
    order = np.argsort(rate)
    order = order[np.argsort(small[order], kind="stable")]
    term, rate = cells.term[order], rate[order]
    holders = np.bincount(term, minlength=len(cells.terms))
    zeros = int((cells.part_size > 0).sum()) - holders
    place = np.arange(len(term)) - (np.cumsum(holders) - holders - zeros)[term]
    is_new = np.ones(len(term), bool)
    is_new[1:] = (term[1:] != term[:-1]) | (rate[1:] != rate[:-1])
    size = np.diff(np.flatnonzero(is_new), append=len(term)).astype(float)
    rank = np.empty(len(term))
    # Tied rates share the mean of their places, which follow each other.
    rank[order] = np.repeat(place[is_new] + (size + 1) / 2, size.astype(int))
    ties = np.bincount(term[is_new], size**3 - size, len(zeros)) + (zeros**3.0 - zeros)
    return rank, zeros, ties
