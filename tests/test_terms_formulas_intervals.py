"""Intervals by articles: worked by hand, against scipy, and by whether they hold the true rate."""

import numpy as np
import pytest
from dateline.terms.formulas.intervals import find_inflation, measure_rates, sum_sizes
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats


def inflate(v: list[int], s: list[int]) -> float:
    """The inflation of one term: its counts and the sizes of all articles of one group."""
    v, s = np.array(v), np.array(s)
    held = v > 0
    sizes = sum_sizes(s, np.zeros(len(s), int), 1)
    row = np.zeros(held.sum(), int)
    return find_inflation(v.sum(keepdims=True), row, v[held], s[held], sizes).item()


def test_the_inflation_is_the_one_worked_by_hand() -> None:
    # Of 6 in 30 words each article's share is 2, so e is 2, -1 and -1: Σ e² = 6, Σ e⁴ = 18. The
    # variance is 6 · 3/2 = 9, the design effect 9 / 6; 2 · 36 / 18 = 4 degrees of freedom, at most
    # 2. The t quantile of these is 4.302 653, that of the normal curve 1.959 964.
    assert inflate([4, 1, 1], [10, 10, 10]) == pytest.approx(1.5 * (4.302_653 / 1.959_964) ** 2)
    # e is 3, -1, -1, -1: Σ e² = 12, Σ e⁴ = 84; 288 / 84 degrees are more than 3.
    expected = 12 * 4 / 3 / 4 * (3.182_446 / 1.959_964) ** 2
    assert inflate([4, 0, 0, 0], [10] * 4) == pytest.approx(expected)
    # With 11 articles, e is 10 and ten times -1: Σ e² = 110, Σ e⁴ = 10,010, 2.417 6 degrees.
    expected = 110 * 11 / 10 / 11 * (stats.t.ppf(0.975, 24_200 / 10_010) / 1.959_964) ** 2
    assert inflate([11, *[0] * 10], [10] * 11) == pytest.approx(expected)


def test_sizes_weigh_and_an_article_without_tokens_is_none() -> None:
    # Of 4 in 40 words: e is 1 - 1, 1 - 1 and 2 - 2: as even as can be.
    assert inflate([1, 1, 2], [10, 10, 20]) == 1
    assert inflate([4, 1, 1, 0], [10, 10, 10, 0]) == inflate([4, 1, 1], [10, 10, 10])
    assert inflate([0, 0], [10, 10]) == 1
    assert np.isnan(inflate([3], [10])) and np.isnan(inflate([3, 0], [10, 0]))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(9, 60)), min_size=2, max_size=9))
def test_cells_give_what_all_articles_would(parts: list[tuple[int, int]]) -> None:
    v, s = np.array(parts, float).T
    found = inflate(v, s)
    assert found >= 1
    if v.sum() == 0:
        return
    e = v - v.sum() / s.sum() * s
    m, squares = len(v), (e**2).sum()
    if squares > 1e-9:
        freedom = min(max(2 * squares**2 / (e**4).sum(), 1), m - 1)
        t = stats.t.ppf(0.975, freedom) / stats.norm.ppf(0.975)
        assert found == pytest.approx(max(1, squares * m / (m - 1) / v.sum() * t**2))


def test_an_article_of_one_word_is_one() -> None:
    sizes = sum_sizes(np.array([1, 0, 3]), np.zeros(3, int), 1)
    assert [int(sums.item()) for sums in sizes] == [2, 4, 10, 82]


def test_groups_and_terms_are_kept_apart() -> None:
    # Two groups of two articles; the term of row 1 stands in the second group alone.
    s = np.array([10, 20, 30, 40])
    sizes = sum_sizes(s, np.array([0, 0, 1, 1]), 2)
    assert sizes.total.tolist() == [30, 70] and sizes.n_parts.tolist() == [2, 2]
    assert sizes.squares.tolist() == [500, 2500]
    assert sizes.merge().total.tolist() == [100] and sizes.merge().n_parts.tolist() == [4]
    found = find_inflation(
        np.array([3, 5]), np.array([0, 1, 1]), np.array([3, 1, 4]), s[[0, 2, 3]], sizes
    )
    assert found.tolist() == pytest.approx([inflate([3, 0], [10, 20]), inflate([1, 4], [30, 40])])


def test_rates_have_the_exact_interval_where_words_are_drawn_one_by_one() -> None:
    # Garwood's limits: 0 to 3.689 for a count of 0, 0.619 to 8.767 for 3, 24.74 to 55.30 for 38.
    rates = measure_rates(np.array([0, 3, 0, 38]), np.array([100, 1000, 0, 2_000_000]))
    assert rates["per_million"][[0, 1, 3]].tolist() == [0, 3000, 19]
    assert rates["per_million_low"][[0, 1, 3]] == pytest.approx([0, 618.672, 13.446], rel=1e-4)
    assert rates["per_million_high"][[0, 1, 3]] == pytest.approx(
        [36_889, 8767.27, 26.079], rel=1e-4
    )
    assert all(np.isnan(values[2]) for values in rates.values())  # among no tokens
    # A count of 1 is at least l where exp(-l) is .975; no rate is above that of all words.
    one = measure_rates(np.array([1]), np.array([1]))
    assert one["per_million_low"].item() == pytest.approx(-1e6 * np.log(0.975))
    assert one["per_million"].item() == one["per_million_high"].item() == 1e6


def test_an_inflated_count_has_the_limits_of_a_smaller_one() -> None:
    n, size, inflation = np.array([38, 38, 5]), np.full(3, 1_000_000), np.array([1, 4, np.nan])
    rates = measure_rates(n, size, inflation)
    ends = 4 * stats.chi2.ppf([0.025, 0.975], [2 * 9.5, 2 * 9.5 + 2]) / 2
    assert rates["per_million"].tolist() == [38, 38, 5]
    assert [rates["per_million_low"][1], rates["per_million_high"][1]] == pytest.approx(ends)
    assert rates["per_million_low"][1] < rates["per_million_low"][0]
    assert np.isnan(rates["per_million_low"][2]) and np.isnan(rates["per_million_high"][2])


def test_the_interval_holds_the_true_rate_although_words_come_in_articles() -> None:
    # Half of the articles are about the term, and hold it twice in a hundred words.
    rng = np.random.default_rng(5)
    held = {"ours": 0, "usual": 0}
    for _ in range(400):
        size = rng.integers(200, 600, 30)
        v = rng.poisson(size / 50 * (rng.random(30) < 0.5))
        n, total = v.sum(keepdims=True), size.sum(keepdims=True)
        for name, inflation in (("ours", inflate(v, size)), ("usual", 1)):
            rates = measure_rates(n, total, np.array([inflation]))
            low, high = (rates[f"per_million_{end}"].item() for end in ("low", "high"))
            held[name] += low <= 10_000 <= high
    assert 0.92 * 400 < held["ours"] < 0.98 * 400
    assert held["usual"] < 0.7 * 400
