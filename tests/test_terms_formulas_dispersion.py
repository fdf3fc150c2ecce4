"""Dispersion: the tables' values are the measures', and what is left beside chance is no count."""

import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import count_terms, find_tokens, measures
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

OF_ROWS = {"dp": "dp", "dp_norm": "dp_norm", "juilland_d": "juilland_d", "kld": "kld"}
OF_ROWS |= {"dp_excess": "dp_excess", "n_adjusted": "rosengren_kf"}


def make_articles(texts: list[str], outlets: str) -> pd.DataFrame:
    rows = zip(texts, outlets, strict=True)
    return build_frame(
        "articles",
        [{"article_id": f"a{i}", "outlet": o, "text": text} for i, (text, o) in enumerate(rows)],
    )


def count(texts: list[str], outlets: str = "", **options: object) -> pd.DataFrame:
    articles = make_articles(texts, outlets or "x" * len(texts))
    return count_terms(find_tokens(articles, kinds=None), articles, **options)


@given(
    st.integers(1, 12), st.lists(st.integers(1, 9), min_size=2, max_size=5).filter(lambda s: sum(s))
)
def test_chance_is_the_mean_of_all_ways_to_strew_words(n: int, s: list[int]) -> None:
    n = min(n, sum(s))
    shares = np.array(s) / sum(s)
    distances = [
        stats.hypergeom(sum(s), size, n).expect(lambda v, w=share: abs(v / n - w))
        for size, share in zip(s, shares, strict=True)
    ]
    assert measures["dp_chance"].compute(n, s) == pytest.approx(sum(distances) / 2, abs=1e-9)
    both = measures["dp_chance"].compute([n, 1], s)
    assert both == pytest.approx([sum(distances) / 2, 1 - (shares**2).sum()], abs=1e-9)


def test_what_is_beside_chance_is_worked_by_hand() -> None:
    # Two parts of 2 words; 2 words are 2:0, 1:1 or 0:2 in 1, 4 and 1 of 6 ways: dp ½, 0 and ½.
    assert measures["dp_chance"].compute(2, [2, 2]) == pytest.approx(1 / 6)
    excess = measures["dp_excess"].compute
    assert excess([2, 0], [2, 2]) == pytest.approx(1)
    assert excess([1, 1], [2, 2]) == pytest.approx((0 - 1 / 6) / (1 / 2 - 1 / 6))
    assert np.isnan(excess([0, 0], [2, 2])) and np.isnan(excess([3], [9]))
    assert excess([2, 2], [2, 2]) == 0  # all words: there is one way


@pytest.mark.parametrize(
    ("v", "expected"),
    [([2, 2, 2, 2, 1], 8.86), ([4, 2, 1, 1, 0], 5.863), ([1, 2, 3, 4, 5], 14.053)],
)
def test_the_adjusted_frequency_is_rosengren_s(v: list[int], expected: float) -> None:
    # Rosengren 1971, p. 117, and Gries 2008, p. 409, of five equal parts.
    kf = measures["rosengren_kf"].compute
    assert kf(v, [1] * 5) == pytest.approx(expected, abs=0.006)
    # Of 8 in parts of 1 and 3: as the parts are, all 8; in the smaller alone a quarter of them.
    assert kf([2, 6], [10, 30]) == pytest.approx(8)
    assert kf([8, 0], [10, 30]) == pytest.approx(2)
    assert kf([0, 0], [10, 30]) == 0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.sampled_from("abc"), max_size=12).map(" ".join), max_size=7))
def test_a_table_has_the_measures_of_its_articles(texts: list[str]) -> None:
    outlets = "xy" * 4
    counts = count(texts, outlets[: len(texts)], by="outlet")
    for row in counts.to_dict("records"):
        own = [text.split() for text, o in zip(texts, outlets, strict=False) if o == row["group"]]
        own = [words for words in own if words]
        v, s = [words.count(row["term"]) for words in own], [len(words) for words in own]
        for column, id in OF_ROWS.items():
            expected = measures[id].compute(v, s).item() if len(s) > 1 or id in ("dp", "kld") else 0
            if column == "dp_excess" and sum(v) < 2 * len(s):
                expected = np.nan
            if len(s) > 1 or column in ("dp", "kld"):
                assert row[column] == pytest.approx(expected, abs=1e-9, nan_ok=True)
            elif column != "n_adjusted":
                assert np.isnan(row[column])


def test_below_two_words_an_article_nothing_is_said_of_evenness() -> None:
    counts = count(["a b b b", "a a a b", ""]).set_index("term")
    assert counts["n"].tolist() == [4, 4]
    # Of 4 words in two parts of 4, 0 to 4 are in the first in 1, 16, 36, 16 and 1 of 70 ways.
    chance = (2 * 1 / 2 + 32 * 1 / 4) / 70
    expected = (1 / 4 - chance) / (1 / 2 - chance)
    assert counts["dp_excess"].tolist() == pytest.approx([expected, expected])
    fewer = count(["a b b b b", "a a b b", ""]).set_index("term")
    assert np.isnan(fewer.loc["a", "dp_excess"]) and fewer.loc["a", "n"] == 3
    assert not np.isnan(fewer.loc["b", "dp_excess"])


def test_of_words_strewn_by_chance_it_is_0_whatever_their_number() -> None:
    # Sixty articles of 50 to 400 words; the terms' frequencies fall as those of language do.
    rng = np.random.default_rng(8)
    share = 1 / np.arange(1, 121)
    texts = [
        " ".join(f"w{i:03}" for i in rng.choice(120, size, p=share / share.sum()))
        for size in rng.integers(50, 400, 60)
    ]
    counts = count(texts).query("n >= 120")
    assert len(counts) > 15 and counts["n"].max() > 8 * counts["n"].min()
    assert abs(stats.spearmanr(counts["n"], counts["dp_excess"]).statistic) < 0.4
    assert stats.spearmanr(counts["n"], counts["dp_norm"]).statistic < -0.9
    assert counts["dp_excess"].abs().max() < 0.1
    assert abs(counts["dp_excess"].mean()) < 0.01
    # One that stands in three articles alone is told from them.
    uneven = count([text + " port" * 50 * (i < 3) for i, text in enumerate(texts)])
    assert uneven.set_index("term").loc["port", "dp_excess"] > 0.9
