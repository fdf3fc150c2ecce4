from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import (
    count_terms,
    find_tokens,
    load_reference,
    rank_keywords,
    save_reference,
)
from dateline.terms.keyness import adjust_p_values
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

WORDS = st.lists(st.sampled_from(["port", "wall", "gate", "sea"]), max_size=15).map(" ".join)


def make_articles(texts: list[str]) -> pd.DataFrame:
    rows = [
        {"article_id": f"a{i}", "outlet": f"o{i % 3}", "text": text} for i, text in enumerate(texts)
    ]
    return build_frame("articles", rows)


ARTICLES = make_articles(["port port wall", "gate gate wall", "port gate", "port", "wall sea"])
TOKENS = find_tokens(ARTICLES)


def test_each_group_is_compared_with_the_rest() -> None:
    keywords = rank_keywords(TOKENS, ARTICLES, by="outlet").set_index(["group", "term"])
    port = keywords.loc[("o0", "port")]
    cells = (3, 1, 4, 7)
    assert port[["n", "n_reference", "n_tokens", "n_tokens_reference"]].tolist() == list(cells)
    assert port["g2_4cell"] == pytest.approx(
        stats.chi2_contingency([[3, 1], [1, 6]], correction=False, lambda_="log-likelihood")[0]
    )
    assert port["chi2"] == pytest.approx(
        stats.chi2_contingency([[3, 1], [1, 6]], correction=False)[0]
    )
    assert port["log_ratio"] == pytest.approx(np.log2((3 / 4) / (1 / 7)))
    assert port["n_articles"] == 2
    assert port["rank"] == 1
    assert port["per_million"] == 750_000


def test_words_absent_from_the_target_are_negative_keywords() -> None:
    keywords = rank_keywords(TOKENS, ARTICLES, by="outlet", target="o0")
    last = keywords.iloc[-1]
    assert (last["term"], last["n"], last["n_reference"]) == ("gate", 0, 3)
    assert last["g2_4cell"] < 0
    assert last["log_ratio"] == -np.inf
    assert np.isfinite(last["log_ratio_high"])
    assert set(keywords["term"]) == {"port", "wall", "gate", "sea"}


def test_a_group_may_be_compared_with_another() -> None:
    keywords = rank_keywords(TOKENS, ARTICLES, by="outlet", reference="o1")
    assert keywords["group"].unique().tolist() == ["o0", "o2"]
    port = keywords.set_index(["group", "term"]).loc[("o2", "port")]
    assert port[["n", "n_reference", "n_tokens", "n_tokens_reference"]].tolist() == [1, 0, 2, 5]
    # The cases are the articles of the two groups alone.
    test = stats.mannwhitneyu([0.5], [0, 0], method="asymptotic")
    assert port["article_p"] == pytest.approx(test.pvalue)


def test_a_saved_list_is_a_reference(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    save_reference(count_terms(TOKENS, ARTICLES, min_n=2), path)
    listed = load_reference(path)
    assert listed["n_tokens"].unique().tolist() == [11]
    mine = make_articles(["port sky sky"])
    keywords = rank_keywords(find_tokens(mine), mine, reference=listed).set_index("term")
    assert keywords.loc["sky", ["n", "n_reference", "n_tokens_reference"]].tolist() == [2, 0, 11]
    assert keywords.loc["wall", ["n", "n_reference"]].tolist() == [0, 3]
    assert keywords["article_p"].isna().all()
    assert keywords["reference"].unique().tolist() == ["list"]


def test_corrections_are_those_of_scipy_over_all_terms() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.5, 0.01])
    adjusted, bonferroni = adjust_p_values(p, np.ones(5))
    assert adjusted == pytest.approx(stats.false_discovery_control(p))
    assert bonferroni == pytest.approx([0.05, 0.2, 0.15, 1, 0.05])
    shown = rank_keywords(TOKENS, ARTICLES, by="outlet", target="o0", min_n=3, exclude=["wall"])
    every = rank_keywords(TOKENS, ARTICLES, by="outlet", target="o0")
    both = every.merge(shown, on="term")
    assert len(shown) == 2
    assert (both["p_bh_x"] == both["p_bh_y"]).all()
    assert shown["p_bonferroni"].to_numpy() == pytest.approx(np.minimum(4 * shown["p"], 1))


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, min_size=2, max_size=9))
def test_invariants_of_keywords(texts: list[str]) -> None:
    articles = make_articles(texts)
    tokens = find_tokens(articles)
    keywords = rank_keywords(tokens, articles, by="outlet")
    total = keywords["n"] + keywords["n_reference"]
    assert (total == keywords["term"].map(tokens["term"].value_counts()).astype(int)).all()
    known = keywords[(keywords["n_tokens"] > 0) & (keywords["n_tokens_reference"] > 0)]
    assert (known["log_ratio_low"] <= known["log_ratio"]).all()
    assert (known["log_ratio_high"] >= known["log_ratio"]).all()
    assert keywords["p_bh"].between(keywords["p"], 1).all()
    backwards = articles.iloc[::-1].reset_index(drop=True)
    again = rank_keywords(find_tokens(backwards), backwards, by="outlet")
    pd.testing.assert_frame_equal(keywords, again)


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS.filter(bool), min_size=4, max_size=12))
def test_the_test_over_articles_is_mann_whitneys(texts: list[str]) -> None:
    articles = make_articles(texts)
    tokens = find_tokens(articles)
    keywords = rank_keywords(tokens, articles, by="outlet", target="o0")
    for row in keywords.itertuples():
        rates = [text.split().count(row.term) / len(text.split()) for text in texts]
        x, y = rates[::3], [rate for i, rate in enumerate(rates) if i % 3]
        test = stats.mannwhitneyu(x, y, method="asymptotic")
        assert row.article_effect == pytest.approx(2 * test.statistic / (len(x) * len(y)) - 1)
        if len(set(rates)) > 1:
            assert row.article_p == pytest.approx(test.pvalue)


def test_voices_are_compared_with_other_speech() -> None:
    voices = ["narrator", "Ada Orrin", "Bo Lund"]
    tokens = TOKENS.assign(voice=[voices[i % 3] for i in range(len(TOKENS))])
    speech = tokens[tokens["voice"] != "narrator"]
    keywords = rank_keywords(speech, ARTICLES, by="voice")
    assert keywords["group"].unique().tolist() == ["Ada Orrin", "Bo Lund"]
    assert keywords.groupby("group")[["n", "n_reference"]].sum().sum(axis=1).unique() == len(speech)


def test_wrong_choices_are_named() -> None:
    with pytest.raises(ValueError, match="target='o9' is no group; there are o0, o1, o2"):
        rank_keywords(TOKENS, ARTICLES, by="outlet", target="o9")
    with pytest.raises(ValueError, match="target='rest' is no group"):
        rank_keywords(TOKENS, ARTICLES, by="outlet", target="rest")
    with pytest.raises(ValueError, match="reference='o9' is no group; there are rest, o0, o1, o2"):
        rank_keywords(TOKENS, ARTICLES, by="outlet", reference="o9")
    with pytest.raises(ValueError, match="target and reference are both 'o1'"):
        rank_keywords(TOKENS, ARTICLES, by="outlet", target="o1", reference="o1")
    with pytest.raises(ValueError, match="by=None makes one group"):
        rank_keywords(TOKENS, ARTICLES)
    with pytest.raises(ValueError, match="of several groups"):
        by_outlet = count_terms(TOKENS, ARTICLES, by="outlet")
        rank_keywords(TOKENS, ARTICLES, reference=by_outlet)


def test_one_group_has_no_rest_and_so_no_keywords() -> None:
    articles = ARTICLES.assign(outlet="o0")
    assert rank_keywords(TOKENS, articles, by="outlet").empty


def test_no_tokens_give_no_keywords() -> None:
    articles = make_articles([])
    assert rank_keywords(find_tokens(articles), articles, by="outlet").empty
