"""From what articles hold to a p value: tests whose case is the article, and not the word.

Words come in articles: one that says "treaty" nine times is one piece of evidence, not nine. So an
article counts by the sum 1 + 1/2 + 1/3 ... of as many steps as it has the term, and the question is
how often chance would deal the articles so unevenly to the two sides.
"""

from __future__ import annotations

import numpy as np

from dateline.terms.formulas.measures import Array

_RATES = np.geomspace(1e-9, 10, 300)  # per word; more than 1 only where a term is in every line


def weigh_times(n: Array) -> Array:
    """1 + 1/2 + ... + 1/n: what an article that has a term n times says of it; 0 for 0.

    Its mean is ln(1 + m) where n is geometric with the mean m, that is where the rates of articles
    differ as exponential waiting times do; `expect_sums` rests on this.
    """
    from scipy.special import digamma

    return digamma(np.asarray(n, float) + 1) + np.euler_gamma


def weigh_articles(
    counts: Array, term: Array, case: Array, sizes: Array, own: Array
) -> tuple[Array, Array]:
    """What each article that holds a term counts for, and the target's sum by length alone.

    A rare term follows the words (an article twice as long holds it twice as often), a common one
    the articles, and between them the rate r at which the means ln(1 + r words) of all articles
    add up to the weights decides. An article that holds the term counts for its weight, less by
    how much its own mean is above the mean of all; one that does not hold it counts 0.

    Args:
        counts: How often a term stands in an article that holds it.
        term: Its term, 0 to the number of terms less 1.
        case: Its article.
        sizes: Words of each article.
        own: Which articles are the target's.
    """
    weights = weigh_times(counts)
    sums = np.bincount(term, weights)
    means = np.log1p(np.outer(_RATES, sizes))
    total, middle = means.sum(axis=1), means.mean(axis=1)
    rate = np.exp(np.interp(sums, total, np.log(_RATES)))
    # 1 - exp(-mean), or m / (1 + m), is the chance that an article holds the term at all.
    left = means + (means - middle[:, None]) * np.expm1(-means)
    share = np.interp(sums, total, left[:, own].sum(axis=1) / left.sum(axis=1))
    weights -= np.log1p(rate[term] * sizes[case]) - np.interp(sums, total, middle)[term]
    return weights, np.bincount(term, weights) * share


def weigh_pairs(n: Array, others: Array, share: Array) -> tuple[Array, Array, Array]:
    """What a pair that holds a term counts for, either way round, and the odds of these by length.

    Args:
        n: How often the target's part has the term, for each pair that holds it.
        others: How often the other part has it.
        share: The target's share of the pair's words.

    Returns:
        By how much more the pair counts one way than the other; the logarithm of the odds of that
        way, so that the mean is what lengths make of it; and whether it is the way that was found.
    """
    more = weigh_times(n) - weigh_times(others)
    expected = _expect_more(n + others, share)
    # Of n words that fall to the target by its share of the words. Where the difference is less
    # than lengths make of it, it is what is left over that may be turned, as likely as not.
    is_turned = np.abs(expected) < 0.95 * np.abs(more)
    size = np.where(is_turned, np.abs(more), np.abs(more - expected))
    ratio = np.divide(expected, size, out=np.zeros(len(size)), where=is_turned)
    return (
        2 * size,
        np.log1p(ratio) - np.log1p(-ratio),
        np.where(is_turned, more, more - expected) > 0,
    )


def _expect_more(n: Array, share: Array) -> Array:
    """The mean difference of the weights of the two parts of n words, the one's by its share.

    The mean weight of a binomial count is the sum of (1 - (1 - share)^k) / k for k from 1 to n.
    """
    total, left = np.zeros(len(n)), np.arange(len(n))
    for k in range(1, int(n.max(initial=0)) + 1):
        left = left[n[left] >= k]
        total[left] += (share[left] ** k - (1 - share[left]) ** k) / k
    return total


def find_testable(held: Array, n_cases: int, n_own: int | None, n_families: int) -> Array:
    """Which terms could pass after correction, by the number of cases that hold them (Tarone 1990).

    The least chance that a term can reach is that of all its cases on one side. Where that is
    above .05 over the number of tests, the term is not tested, and the others are corrected for
    fewer tests. No count of either side is looked at, so this favours no finding.

    Args:
        held: Cases that hold each term.
        n_cases: Of both sides.
        n_own: Of the target; None for pairs.
        n_families: So many comparisons of this size are corrected together.
    """
    if n_own is None:
        least = -held * np.log(2.0)
    else:
        sides = np.array([[n_own], [n_cases - n_own]])
        one_sided = np.minimum(held, sides)
        least = (_log_ways(sides, one_sided) - _log_ways(n_cases, one_sided)).min(axis=0)
    least = least + np.log(2.0)  # either tail
    level = np.log(0.05 / n_families)
    n_tests = np.arange(1, len(held) + 1)
    # The largest number of tests that more terms may pass: with one test more they no longer may.
    may_pass = np.searchsorted(np.sort(least), level - np.log(n_tests), side="right")
    return least <= level - np.log(max(int((may_pass > n_tests).sum()), 1))


def _log_ways(n: Array | int, k: Array) -> Array:
    from scipy.special import gammaln

    return gammaln(np.add(n, 1)) - gammaln(k + 1) - gammaln(np.subtract(n, k) + 1)


def test_ranks(sums: Array, n1: Array, n2: Array, ties: Array) -> tuple[Array, Array]:
    """Effect and p of Mann-Whitney's test, by the normal approximation with both corrections."""
    from scipy.special import ndtr

    n, u = n1 + n2, sums - n1 * (n1 + 1) / 2
    # As scipy's mannwhitneyu(method="asymptotic"): half a rank for continuity, t³ - t for ties.
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1))))
        z = np.maximum(np.abs(u - n1 * n2 / 2) - 0.5, 0) / spread
        return u / (n1 * n2) * 2 - 1, 2 * ndtr(-z)


def adjust_p_values(p: Array) -> tuple[Array, Array]:
    """P after Benjamini-Hochberg (false discovery rate) and Bonferroni; NaN is no test."""
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    adjusted, n_tests = np.full(len(p), np.nan), len(tested)
    # From the largest p down, none may be above one that is less likely to be chance.
    scaled = (p[order] * (n_tests / np.arange(1, n_tests + 1)))[::-1]
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1)[::-1]
    return adjusted, np.minimum(p * n_tests, 1)
