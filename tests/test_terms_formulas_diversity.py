"""Lexical diversity: by hand, against counting each window, and free of the size of a text."""

import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame, check_frame
from dateline.terms import find_tokens, measure_diversity
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats


def measure(texts: list[str], outlets: str = "", **options: object) -> pd.DataFrame:
    rows = zip(texts, outlets or "x" * len(texts), strict=True)
    articles = build_frame(
        "articles",
        [{"article_id": f"a{i}", "outlet": o, "text": text} for i, (text, o) in enumerate(rows)],
    )
    return measure_diversity(find_tokens(articles, kinds=None), articles, **options)


def test_windows_are_counted_by_hand_and_stay_inside_an_article() -> None:
    # Windows of 3: "a b a" has 2 different words and so has "b a b"; "a b c" and "b c d" 3.
    found = measure(["a b a b", "a b c d", "a b"], window=3)
    check_frame(found, "diversity")
    row = found.iloc[0]
    assert row["mattr"] == pytest.approx((2 / 3 + 1) / 2)
    assert (row["n_tokens"], row["n_articles"], row["n_measured"], row["window"]) == (10, 3, 2, 3)
    # The mean of 2/3 and 1 differs from each by 1/6; t of one degree of freedom is 12.706 2.
    half = 12.706_2 * np.sqrt(2 * (1 / 6) ** 2 / 1 / 2)
    assert row["mattr_low"] == max(5 / 6 - half, 0) == 0
    assert row["mattr_high"] == 1
    assert "windows of 3 words inside an article" in found.attrs["method"]["measure"]


def test_a_group_too_short_has_no_figure_and_one_article_no_interval() -> None:
    found = measure(["a b a b", "a b", "", "c c c"], "xyzx", window=3, by="outlet")
    assert found["group"].tolist() == found["outlet"].tolist() == ["x", "y"]
    assert found["n_measured"].tolist() == [2, 0]
    assert found["n_articles"].tolist() == [2, 1]
    assert found["mattr"].tolist() == pytest.approx([0.5, np.nan], nan_ok=True)
    one = measure(["a b a b"], window=2).iloc[0]
    assert one["mattr"] == 1 and np.isnan(one["mattr_low"]) and np.isnan(one["mattr_high"])
    assert measure([], window=3).empty


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=14).map(" ".join), max_size=6),
    st.integers(2, 6),
)
def test_it_is_the_mean_over_each_window_of_each_article(texts: list[str], window: int) -> None:
    outlets = ("xy" * 3)[: len(texts)]
    found = measure(texts, outlets, window=window, by="outlet").set_index("group")
    for outlet in set(outlets):
        means = []
        for text in (text for text, own in zip(texts, outlets, strict=True) if own == outlet):
            words = text.split()
            windows = [words[i : i + window] for i in range(len(words) - window + 1)]
            if windows:
                means.append(np.mean([len(set(own)) / window for own in windows]))
        if outlet not in found.index:
            assert not means  # nor any word
            continue
        row = found.loc[outlet]
        assert row["n_measured"] == len(means)
        if means:
            assert row["mattr"] == pytest.approx(np.mean(means))
        if len(means) > 1 and np.std(means) > 1e-9:
            low, high = stats.t.interval(0.95, len(means) - 1, np.mean(means), stats.sem(means))
            assert row["mattr_low"] == pytest.approx(max(low, 0))
            assert row["mattr_high"] == pytest.approx(min(high, 1))


@pytest.mark.parametrize(
    ("sizes", "outlets", "window"),
    [
        ([500] * 5, "xxxxx", 500),
        ([499] * 5, "xxxxx", 200),
        ([600, 600, 600, 150, 150], "xxxxx", 500),  # three of five are as long
        ([600, 600, 150, 150, 150], "xxxxx", 100),
        ([600] * 5 + [60] * 5, "xxxxxyyyyy", 50),
        ([600] * 5 + [60] * 4, "xxxxxyyyy", 500),  # of four articles nothing is asked
        ([600] * 5 + [0] * 6, "xxxxxxxxxxx", 500),  # nor of those without a word
        ([9] * 5, "xxxxx", 50),
    ],
)
def test_the_window_is_the_largest_that_each_group_reaches(
    sizes: list[int], outlets: str, window: int
) -> None:
    found = measure(["port " * size for size in sizes], outlets, by="outlet")
    assert set(found["window"]) == {window}


def test_it_does_not_fall_with_length_as_the_share_of_types_does() -> None:
    rng = np.random.default_rng(2)
    share = 1 / np.arange(1, 801)
    texts = [
        " ".join(f"w{i:03}" for i in rng.choice(800, size, p=share / share.sum()))
        for size in (300, 3_000)
    ]
    found = measure(texts, "xy", by="outlet", window=100).set_index("group")["mattr"]
    assert found["x"] == pytest.approx(found["y"], rel=0.05)
    types = [len(set(text.split())) / len(text.split()) for text in texts]
    assert types[0] > 2 * types[1]


def test_rows_in_any_order_are_read_in_the_article_s() -> None:
    articles = build_frame("articles", [{"article_id": "a", "text": "a b a b c"}])
    tokens = find_tokens(articles, kinds=None)
    shuffled = tokens.iloc[[3, 0, 4, 2, 1]].reset_index(drop=True)
    ours, theirs = (measure_diversity(own, articles, window=2) for own in (tokens, shuffled))
    pd.testing.assert_frame_equal(ours, theirs)


@pytest.mark.parametrize("window", [1, 0, 2.5, "500"])
def test_a_wrong_window_is_named(window: object) -> None:
    with pytest.raises(ValueError, match=f"window={window!r}"):
        measure(["a b c"], window=window)
