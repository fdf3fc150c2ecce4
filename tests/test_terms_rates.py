"""Rates for people: one base for a report, and none from too few words."""

import dateline as dl
import numpy as np
import pandas as pd
import pytest
from dateline.terms.rates import choose_base, leave_unknown, scale_rates


def make_counts(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    counts = pd.DataFrame(rows, columns=["group", "term", "n", "n_tokens"])
    rate = counts["n"] / counts["n_tokens"] * 1e6
    return counts.assign(per_million=rate, per_million_low=rate / 2, per_million_high=rate * 2)


@pytest.mark.parametrize(
    ("sizes", "base"),
    [
        ([1_000], 1_000),
        ([9_999, 10**7], 1_000),
        ([10_000], 10_000),
        ([99_999], 10_000),
        ([100_000, 123_456], 100_000),
        ([10**6], 10**6),
        ([10**9], 10**6),
        ([999, 10_000], 10_000),  # what has no rate does not set the base
        ([999], 1_000),
        ([], 1_000),
    ],
)
def test_the_base_is_the_largest_that_no_group_is_smaller_than(sizes: list, base: int) -> None:
    counts = make_counts(*[(f"o{i}", "port", 9, size) for i, size in enumerate(sizes)])
    assert choose_base(counts) == base
    assert choose_base(*(counts[i : i + 1] for i in range(len(counts)))) == base


def test_the_unknown_is_no_group_of_a_report() -> None:
    counts = make_counts(
        ("Quay Post", "port", 9, 20_000), ("unknown", "port", 9, 2_000), ("x · unknown", "a", 1, 2)
    )
    assert choose_base(counts) == 10_000
    assert choose_base(counts[["n_tokens"]].head(2)) == 1_000  # without groups all are asked
    assert leave_unknown(counts)["group"].tolist() == ["Quay Post"]
    unknowns = make_counts(("unknowns", "port", 9, 20_000))
    assert leave_unknown(unknowns)["group"].tolist() == ["unknowns"]
    assert list(leave_unknown(counts.head(0))) == list(counts)


def test_rates_are_scaled_with_their_ends_and_left_out_below_the_floors() -> None:
    counts = make_counts(
        ("A", "port", 5, 1_000), ("A", "sea", 4, 1_000), ("B", "port", 5, 999), ("C", "a", 8, 2_000)
    )
    scaled = scale_rates(counts, 10_000)
    assert scaled["per_10000"].tolist() == pytest.approx([50, np.nan, np.nan, 40], nan_ok=True)
    assert scaled["per_10000_low"].tolist() == pytest.approx([25, np.nan, np.nan, 20], nan_ok=True)
    assert scaled["per_10000_high"].dropna().tolist() == pytest.approx([100, 80])
    assert list(scaled.columns[: len(counts.columns)]) == list(counts.columns)
    assert "per_10000" not in counts
    assert scale_rates(counts, 1_000)["per_1000"].iloc[0] == pytest.approx(5)


def test_each_side_of_a_comparison_has_its_own_floors() -> None:
    keywords = make_counts(("A", "port", 5, 1_000), ("A", "sea", 0, 1_000)).assign(
        n_reference=[4, 9], n_tokens_reference=[2_000, 3_000], per_million_reference=[2e3, 3e3]
    )
    scaled = scale_rates(keywords, 1_000)
    assert scaled["per_1000"].tolist() == pytest.approx([5, np.nan], nan_ok=True)
    assert scaled["per_1000_reference"].tolist() == pytest.approx([np.nan, 3], nan_ok=True)


def test_of_a_line_over_time_all_periods_are_asked() -> None:
    trend = make_counts(
        ("A", "port", 4, 1_000), ("A", "port", 1, 1_000), ("A", "sea", 4, 1_000),
        ("B", "port", 4, 1_000),
    ).assign(period=["2025-01", "2025-02", "2025-01", "2025-01"])  # fmt: skip
    scaled = scale_rates(trend, 1_000)["per_1000"].tolist()
    assert scaled == pytest.approx([4, 1, np.nan, np.nan], nan_ok=True)


def test_a_wrong_base_and_a_missing_column_are_named() -> None:
    counts = make_counts(("A", "port", 5, 1_000))
    with pytest.raises(ValueError, match="per=500, expected 1000, 10000, 100000, 1000000"):
        scale_rates(counts, 500)
    with pytest.raises(ValueError, match="no column 'per_million'; there are group, term, n"):
        scale_rates(counts.drop(columns="per_million"), 1_000)
    with pytest.raises(ValueError, match="no column 'n_tokens'; there are n"):
        choose_base(counts[["n"]])


@pytest.mark.parametrize(
    ("days", "words", "every"),
    [
        (["2025-01-07", "2025-01-14"], 1_000, "week"),
        (["2025-01-07", "2025-01-14"], 999, "month"),  # no period is long enough
        (["2025-01-07", "2025-02-07", "2025-02-15"], 999, "month"),
        (["2025-01-07", "2025-02-14", "2025-04-15", "2025-05-15"], 500, "quarter"),
        (["2024-01-07", "2024-05-14", "2025-04-15", "2025-10-15"], 500, "year"),
        ([None, None], 5_000, "month"),
    ],
)
def test_the_steps_over_time_are_the_shortest_with_words_enough(days, words, every):
    articles = dl.make_articles([{"text": "sea " * words, "date": day} for day in days])
    assert dl.choose_period(dl.find_tokens(articles), articles) == every


def test_an_interval_that_says_nothing_is_left_out():
    counts = make_counts(("all", "sea", 50, 10_000), ("all", "quay", 50, 10_000))
    high = counts["per_million"] * [5, 5.1]
    scaled = scale_rates(counts.assign(per_million_high=high), 1_000)
    assert scaled["per_1000"].tolist() == [5, 5]
    assert scaled["per_1000_low"].notna().tolist() == [True, False]
    assert scaled["per_1000_high"].notna().tolist() == [True, False]
