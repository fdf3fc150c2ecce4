"""The chance of a sum: against all deals, against random deals, and against scipy."""

import numpy as np
import pytest
from dateline.terms.formulas import deals as room
from dateline.terms.formulas.deals import Deals, find_p_values
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats


def make_deals(weights: np.ndarray, n_own: int | None) -> Deals:
    """The deals of a table of weights, a row a case and a column a term."""
    case, term = np.nonzero(weights)
    order = np.lexsort((case, term))
    case, term = case[order], term[order]
    return Deals(term, weights[case, term], 0.0, case, weights.shape[1], len(weights), n_own)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from([0, 0, 0, 1.0, 1.0, 1.5, 2.25]), min_size=6, max_size=10),
    st.integers(2, 4),
)
def test_with_equal_chances_it_is_the_exact_permutation_test(values: list[float], k: int) -> None:
    weights = np.array(values)
    if not weights.any() or (weights == weights[0]).all():
        return
    deals = make_deals(weights[:, None], k)
    p = find_p_values(deals, np.array([weights[:k].sum()]), np.array([weights.mean() * k]))
    exact = stats.permutation_test(
        (weights[:k], weights[k:]), lambda x, y: x.sum() - y.sum(), permutation_type="independent"
    )
    assert p.item() == pytest.approx(exact.pvalue)


def test_unequal_chances_are_those_that_give_the_expected_sum() -> None:
    # Three of six cases have the term; two go to the target. Of the 15 deals 3 have none, 9 one
    # and 3 two of them; with the factor f they weigh 3, 9 f and 3 f^2, and the mean is 1.2 for
    # (9 f + 6 f^2) / (3 + 9 f + 3 f^2) = 1.2, or 2.4 f^2 - 1.8 f - 3.6 = 0.
    deals = make_deals(np.array([[1.0], [1], [1], [0], [0], [0]]), 2)
    f = max(np.roots([2.4, -1.8, -3.6]))
    chances = np.array([3, 9 * f, 3 * f**2]) / (3 + 9 * f + 3 * f**2)
    assert chances @ [0, 1, 2] == pytest.approx(1.2)
    expected = [2 * chances[0], 2 * min(chances[:2].sum(), chances[1:].sum()), 2 * chances[2]]
    for observed, p in zip([0.0, 1, 2], expected, strict=True):
        found = find_p_values(deals, np.array([observed]), np.array([1.2]))
        assert found.item() == pytest.approx(min(p, 1), rel=1e-6)


@pytest.mark.parametrize("n_own", [10, None])
def test_the_saddlepoint_agrees_with_random_deals(n_own: int | None) -> None:
    random = np.random.default_rng(5)
    n = 30
    weights = np.where(random.random((n, 6)) < 0.6, random.gamma(2, 0.5, (n, 6)) + 0.2, 0.0)
    if n_own is None:
        ways = (random.random((200_000, n)) < 0.5).astype(float)
    else:
        ways = np.zeros((200_000, n))
        chosen = np.argpartition(random.random(ways.shape), n_own, axis=1)[:, :n_own]
        np.put_along_axis(ways, chosen, 1.0, axis=1)
    sums = ways @ weights
    middle = weights.sum(axis=0) * (0.5 if n_own is None else n_own / n)
    deals = make_deals(weights, n_own)
    for share in (0.001, 0.02, 0.98, 0.999):
        observed = np.quantile(sums, share, axis=0)
        true = 2 * np.minimum((sums >= observed).mean(axis=0), (sums <= observed).mean(axis=0))
        assert find_p_values(deals, observed, middle) == pytest.approx(true, rel=0.25)


def test_at_the_end_of_the_range_p_is_the_chance_of_that_end(monkeypatch) -> None:
    # Twelve of forty cases have the term, and none of the target's twenty.
    weights = np.r_[np.zeros(20), np.ones(12), np.zeros(8)][:, None]
    deals = make_deals(weights, 20)
    p = find_p_values(deals, np.array([0.0]), np.array([6.0]))
    assert p.item() == pytest.approx(2 * stats.hypergeom(40, 12, 20).pmf(0), rel=0.3)
    assert find_p_values(deals, np.array([6.0]), np.array([6.0])).item() == 1
    small = make_deals(weights[14:26], 6)
    exact = find_p_values(small, np.array([0.0]), np.array([3.0]))
    monkeypatch.setattr(room, "_FEW_WAYS", 0)
    assert find_p_values(small, np.array([0.0]), np.array([3.0])) == pytest.approx(exact, rel=0.3)


def test_each_term_has_the_p_it_has_alone() -> None:
    random = np.random.default_rng(2)
    weights = np.where(random.random((25, 8)) < 0.5, random.random((25, 8)) + 0.5, 0.0)
    observed, middle = weights[:9].sum(axis=0), weights.sum(axis=0) * 9 / 25
    together = find_p_values(make_deals(weights, 9), observed, middle)
    alone = [
        find_p_values(make_deals(weights[:, [i]], 9), observed[[i]], middle[[i]]).item()
        for i in range(8)
    ]
    assert together == pytest.approx(alone, rel=1e-6)
    # The other side's p is the same.
    mirrored = find_p_values(
        make_deals(weights, 16), weights[9:].sum(axis=0), weights.sum(axis=0) * 16 / 25
    )
    assert mirrored == pytest.approx(together, rel=1e-5)


def test_pairs_have_odds_of_their_own(monkeypatch) -> None:
    # Three pairs of weight 1 with chances .2, .5 and .9: all to the target in .09 of the deals.
    chances = np.array([0.2, 0.5, 0.9])
    odds = np.log(chances / (1 - chances))
    deals = Deals(np.zeros(3, int), np.ones(3), odds, np.arange(3), 1, 3, None)
    p = find_p_values(deals, np.array([3.0]), np.array([1.6]))
    assert p.item() == pytest.approx(2 * 0.09)
    # The same twelve times: a binomial sum for each chance.
    many = Deals(np.zeros(36, int), np.ones(36), np.tile(odds, 12), np.arange(36), 1, 36, None)
    draws = np.random.default_rng(1).random((200_000, 36)) < np.tile(chances, 12)
    true = 2 * (draws.sum(axis=1) >= 26).mean()
    found = find_p_values(many, np.array([26.0]), np.array([19.2])).item()
    assert found == pytest.approx(true, rel=0.5)
