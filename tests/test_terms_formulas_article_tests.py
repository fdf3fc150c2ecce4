import numpy as np
import pytest
from dateline.terms.formulas.article_tests import (
    adjust_p_values,
    find_testable,
    test_ranks,
    weigh_articles,
    weigh_pairs,
    weigh_times,
)
from scipy import stats

test_ranks.__test__ = False  # a function of the library, and no test of pytest's


def test_a_further_time_counts_less() -> None:
    assert weigh_times(np.array([0, 1, 2, 3])) == pytest.approx([0, 1, 1.5, 11 / 6])


def test_corrections_are_those_of_scipy_over_what_was_tested() -> None:
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.5, 0.01, np.nan])
    tested = ~np.isnan(p)
    adjusted, bonferroni = adjust_p_values(p)
    assert adjusted[tested] == pytest.approx(stats.false_discovery_control(p[tested]))
    assert bonferroni[tested] == pytest.approx([0.05, 0.2, 0.15, 1, 0.05])
    assert np.isnan(adjusted[~tested]).all() and np.isnan(bonferroni[~tested]).all()
    assert [values.tolist() for values in adjust_p_values(np.array([]))] == [[], []]


def test_a_rare_term_is_expected_by_words_and_a_common_one_by_articles() -> None:
    # The target has two articles of 900 words, the rest two of 100: 90 % of words, half the cases.
    sizes, own = np.array([900.0, 900, 100, 100]), np.array([True, True, False, False])
    rare = (np.array([1]), np.array([0]), np.array([3]))
    weights, expected = weigh_articles(*rare, sizes, own)
    assert 0.8 < expected.item() / weights.sum() < 0.9
    # A word that each article has at about every third place.
    counts, case = np.array([300, 300, 33, 33]), np.arange(4)
    weights, expected = weigh_articles(counts, np.zeros(4, int), case, sizes, own)
    assert 0.5 < expected.item() / weights.sum() < 0.55
    # Lengths are taken off, so that these articles, of one rate, count nearly the same.
    assert weights == pytest.approx(weights.mean(), rel=0.02)


def test_with_articles_of_one_length_each_counts_for_its_times() -> None:
    counts, term, case = np.array([1, 3, 2]), np.array([0, 0, 1]), np.array([0, 2, 1])
    own = np.array([True, True, False, False, False])
    weights, expected = weigh_articles(counts, term, case, np.full(5, 50.0), own)
    assert weights == pytest.approx([1, 11 / 6, 1.5], rel=1e-3)
    assert expected == pytest.approx(np.array([1 + 11 / 6, 1.5]) * 2 / 5, rel=1e-3)


def test_a_pair_counts_for_the_difference_of_its_parts() -> None:
    n, others = np.array([2, 0, 1, 1]), np.array([1, 1, 0, 1])
    size, odds, is_target = weigh_pairs(n, others, np.full(4, 0.5))
    assert size == pytest.approx([1, 2, 2, 0])  # 1.5 - 1 = .5, either way
    assert odds == pytest.approx([0, 0, 0, 0])
    assert is_target.tolist() == [True, False, True, False]


def test_the_odds_of_a_pair_follow_the_lengths_of_its_parts() -> None:
    # One word goes to a part of three quarters of the words in three of four articles.
    size, odds, is_target = weigh_pairs(np.array([1, 0]), np.array([0, 1]), np.full(2, 0.75))
    assert size == pytest.approx([2, 2]) and is_target.tolist() == [True, False]
    assert odds == pytest.approx([np.log(3), np.log(3)])
    # Of four, by the binomial distribution, the mean difference of weights; twice each is less
    # than that, and what is left over, all of it, is the other side's.
    chances = stats.binom(4, 0.75).pmf(range(5))
    weights = weigh_times(np.arange(5))
    expected = (chances * (weights - weights[::-1])).sum()
    size, odds, is_target = weigh_pairs(np.array([2]), np.array([2]), np.array([0.75]))
    assert size == pytest.approx([2 * expected])
    assert odds.tolist() == [0] and is_target.tolist() == [False]


def test_terms_that_could_not_pass_are_not_tested() -> None:
    # Of 10 + 20 articles: held by 4 all in the target, C(10, 4) / C(30, 4) = 210 / 27405, and all
    # in the rest 4845 / 27405; the least p is 2 * 210 / 27405 = .0153. By 5: .0035, by 6: .0007.
    held = np.array([4, 5, 6, 30])
    assert find_testable(held, 30, 10, 1).tolist() == [True] * 4
    assert find_testable(held, 30, 10, 2).tolist() == [False, True, True, True]
    assert find_testable(held, 30, 10, 20).tolist() == [False, False, True, True]
    assert find_testable(np.array([3, 30]), 30, 10, 1).tolist() == [False, True]
    # Of pairs, h that differ leave 2 / 2^h: .0156 for 7, .0039 for 9.
    assert find_testable(np.array([7, 9, 9]), 40, None, 1).tolist() == [True, True, True]
    assert find_testable(np.array([7, 9, 9]), 40, None, 4).tolist() == [False, True, True]


def test_a_term_tested_alone_needs_the_level_itself() -> None:
    assert find_testable(np.array([5]), 10, 5, 1).tolist() == [True]
    assert find_testable(np.array([2]), 10, 5, 1).tolist() == [False]
    assert find_testable(np.array([], int), 10, 5, 1).tolist() == []


def test_ranks_are_tested_as_scipy_tests_them() -> None:
    x, y = [0.1, 0.4, 0.4, 0.9], [0.0, 0.0, 0.3, 0.4, 0.2]
    sums = stats.rankdata([*x, *y])[:4].sum()
    _, sizes = np.unique([*x, *y], return_counts=True)
    effect, p = test_ranks(sums, np.float64(4), np.float64(5), (sizes**3 - sizes).sum())
    test = stats.mannwhitneyu(x, y, method="asymptotic")
    assert p == pytest.approx(test.pvalue)
    assert effect == pytest.approx(2 * test.statistic / 20 - 1)
