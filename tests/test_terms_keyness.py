from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import (
    count_terms,
    find_tokens,
    load_reference,
    measures,
    rank_keywords,
    save_reference,
)
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


def test_words_absent_from_the_target_come_last() -> None:
    # Six articles of ten words a side; "gate" and "lamp" stand in those of one side only.
    texts = ["gate " + "wall " * 9, "lamp " + "wall " * 9] * 6
    articles = make_articles(texts).assign(outlet=["o0", "o1"] * 6)
    keywords = rank_keywords(find_tokens(articles), articles, by="outlet", target="o0")
    assert keywords["term"].tolist() == ["gate", "wall", "lamp"]
    assert keywords["rank"].tolist() == [1, 2, 3]
    last = keywords.iloc[-1]
    assert (last["n"], last["n_reference"]) == (0, 6)
    assert (last["n_articles"], last["n_articles_reference"]) == (0, 6)
    assert last["g2_4cell"] < 0
    assert last["log_ratio"] == -np.inf
    assert last["log_ratio_sure"] == last["log_ratio_high"] < 0
    assert keywords["log_ratio_sure"].iloc[1] == 0
    # Of the 924 ways to choose six of twelve articles, one has all six with "gate", one none.
    assert keywords["p"].iloc[[0, 2]].tolist() == pytest.approx([2 / 924, 2 / 924])
    assert keywords["test"].unique().tolist() == ["articles"]


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


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, min_size=2, max_size=9))
def test_invariants_of_keywords(texts: list[str]) -> None:
    articles = make_articles(texts)
    tokens = find_tokens(articles)
    keywords = rank_keywords(tokens, articles, by="outlet")
    total = keywords["n"] + keywords["n_reference"]
    assert (total == keywords["term"].map(tokens["term"].value_counts()).astype(int)).all()
    known = keywords[(keywords["n_tokens"] > 0) & (keywords["n_tokens_reference"] > 0)]
    assert not (known["log_ratio_low"] > known["log_ratio"]).any()
    assert not (known["log_ratio_high"] < known["log_ratio"]).any()
    assert keywords["p"].isna().all()  # never five articles a side
    assert (keywords["log_ratio_sure"] == 0).all()
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


# A group of one token, a group without any, an empty article, ties, and terms of one side only.
MIXED = build_frame(
    "articles",
    [
        {"article_id": f"a{i}", "outlet": outlet, "text": text}
        for i, (outlet, text) in enumerate(
            [
                ("big", "port port wall sea sea sea a 7"),
                ("big", "port wall wall"),
                ("big", ""),
                ("big", "port gate"),
                ("mid", "gate gate gate wall sea"),
                ("mid", "gate quay port"),
                ("one", "quay"),
                ("void", ""),
            ]
        )
    ],
)
MIXED_TOKENS = find_tokens(MIXED, kinds=None)
OF_CELLS = [
    "g2_4cell",
    "g2_2cell",
    "chi2",
    "log_ratio",
    "percent_diff",
    "odds_ratio",
    "simple_maths",
]


def expect_keywords(group: str, others: list[str]) -> pd.DataFrame:
    """The keywords of a group against others, straight from the texts."""
    texts = MIXED.groupby("outlet")["text"].agg(list)
    own = [text.split() for text in texts[group] if text]
    rest = [text.split() for other in others for text in texts[other] if text]
    n1, n2 = (sum(map(len, side)) for side in (own, rest))
    rows = []
    for term in sorted({word for words in own + rest for word in words}):
        a, b = (sum(words.count(term) for words in side) for side in (own, rest))
        shares = [[words.count(term) / len(words) for words in side] for side in (own, rest)]
        test = stats.mannwhitneyu(*shares, method="asymptotic")
        cells = (a, b, n1, n2)
        g2 = measures["g2_4cell"].compute(*cells)
        row = {"term": term, "n": a, "n_reference": b, "n_tokens": n1, "n_tokens_reference": n2}
        row |= {id: measures[id].compute(*cells) for id in OF_CELLS}
        row |= {
            "n_articles": sum(term in words for words in own),
            "per_million": 1e6 * a / n1,
            "per_million_reference": 1e6 * b / n2,
            "bic": measures["bic"].compute(g2, n1, n2),
            "n_articles_reference": sum(term in words for words in rest),
            "g2_p": stats.chi2.sf(abs(g2), 1),
            "g2_log10_p": np.log10(stats.chi2.sf(abs(g2), 1)),
            "article_effect": 2 * test.statistic / (len(own) * len(rest)) - 1,
            "article_p": test.pvalue,
        }
        rows.append(row)
    # No side has five articles, so nothing is tested, and all terms tie.
    untested = dict.fromkeys(["p", "p_bh", "p_bonferroni", "log_ratio_low", "log_ratio_high"])
    return pd.DataFrame(rows).assign(**untested, log_ratio_sure=0.0, rank=1)


@pytest.mark.parametrize("reference", ["rest", "mid", "one"])
def test_every_column_is_that_of_the_texts(reference: str) -> None:
    keywords = rank_keywords(MIXED_TOKENS, MIXED, by="outlet", classes=None, reference=reference)
    groups = [name for name in ("big", "mid", "one") if name != reference]
    assert keywords["group"].unique().tolist() == groups  # "void" has no tokens
    assert keywords["reference"].unique().tolist() == [reference]
    for group, found in keywords.groupby("group"):
        others = [name for name in ("big", "mid", "one") if name != group]
        expected = expect_keywords(group, others if reference == "rest" else [reference])
        assert found["term"].tolist() == expected["term"].tolist()
        for name in expected.columns.drop("term"):
            values = expected[name].to_numpy(float)
            assert found[name].to_numpy(float) == pytest.approx(values, nan_ok=True), name


def test_one_target_is_the_same_rows_as_all_targets() -> None:
    every = rank_keywords(MIXED_TOKENS, MIXED, by="outlet", classes=None)
    alone = rank_keywords(MIXED_TOKENS, MIXED, by="outlet", classes=None, target="mid")
    same = every[every["group"] == "mid"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, same)
    some = rank_keywords(
        MIXED_TOKENS, MIXED, by="outlet", classes=None, target="mid", min_n=2, exclude="PORT"
    )
    kept = (same["n"] + same["n_reference"] >= 2) & (same["term"] != "port")
    pd.testing.assert_frame_equal(
        some.drop(columns="rank"), same[kept].drop(columns="rank").reset_index(drop=True)
    )
    assert {"a", "7"} < set(same["term"])  # short ones and numbers are terms too


def test_one_target_may_be_compared_with_one_group() -> None:
    pair = {"target": "big", "reference": "mid"}
    alone = rank_keywords(MIXED_TOKENS, MIXED, by="outlet", classes=None, **pair)
    every = rank_keywords(MIXED_TOKENS, MIXED, by="outlet", classes=None, reference="mid")
    same = every[every["group"] == "big"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, same)


def test_a_list_has_counts_and_a_size_of_its_own() -> None:
    listed = pd.DataFrame(
        {"term": ["port", "port", "moon", "wall"], "n": [1, 2, 4, 0], "n_tokens": 50}
    )
    keywords = rank_keywords(MIXED_TOKENS, MIXED, by="outlet", classes=None, reference=listed)
    assert keywords["group"].unique().tolist() == ["big", "mid", "one"]
    port = keywords[keywords["term"] == "port"]
    assert port["n_reference"].tolist() == [3, 3, 3]
    assert port["n"].tolist() == [4, 1, 0]
    assert port["n_tokens"].tolist() == [13, 8, 1]
    assert (keywords["n_tokens_reference"] == 50).all()
    assert port["g2_4cell"].iloc[0] == pytest.approx(
        measures["g2_4cell"].compute(4, 3, 13, 50).item()
    )
    own = MIXED_TOKENS.iloc[:1]
    whole = pd.DataFrame({"term": ["port"], "n": [2], "n_tokens": [2]})
    assert rank_keywords(own, MIXED, reference=whole)["n_tokens_reference"].tolist() == [2]
    assert rank_keywords(own, MIXED, reference=whole.head(0)).empty
    for wrong in (whole.assign(n=-1), whole.assign(n=3)):
        with pytest.raises(ValueError, match="expected 2 in all at most"):
            rank_keywords(own, MIXED, reference=wrong)
    two_sizes = pd.DataFrame({"term": ["a", "b"], "n": [1, 1], "n_tokens": [5, 6]})
    two_groups = two_sizes.assign(n_tokens=5, group=["x", "y"])
    for wrong in (two_sizes, two_groups):
        with pytest.raises(ValueError, match="of several groups"):
            rank_keywords(own, MIXED, reference=wrong)


def test_a_list_may_lack_its_size(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("term\tn\nnull\t3\nport\t4\n", "utf-8")
    assert load_reference(path).to_numpy().tolist() == [["null", 3, 7], ["port", 4, 7]]
    for text in ("term\tn\nport\t1.5\n", "word\tn\nport\t1\n"):
        path.write_text(text, "utf-8")
        with pytest.raises(ValueError, match="needs the columns term and n, and whole numbers"):
            load_reference(path)
    with pytest.raises(ValueError, match="a reference is one group, not 2: False, True"):
        is_big = MIXED.assign(is_big=MIXED["outlet"] == "big")
        save_reference(count_terms(MIXED_TOKENS, is_big, by="is_big"), path)
    save_reference(count_terms(MIXED_TOKENS, MIXED, include="quay"), path)
    assert path.read_text("utf-8") == "term\tn\tn_tokens\nquay\t2\t22\n"


def test_the_method_says_what_was_compared_and_how() -> None:
    method = rank_keywords(MIXED_TOKENS, MIXED, by="outlet", exclude=["a"], classes=None).attrs[
        "method"
    ]
    assert method["by"] == "outlet" and method["against"] == "rest" and method["n_tokens"] == 22
    assert method["left_out"] == {
        "excluded_terms": 1,
        "classes": [],
        "terms_seen_less_than": 1,
        "articles_of_no_known_group": 0,
    }
    assert method["simple_maths_k"] == 1


# Six articles of each of two outlets; "quay" stands in five of one outlet's and in none of the
# other's, "lamp" in three each.
SIX = [
    *["quay lamp " + "wall " * 8] * 3,
    *["quay " + "wall " * 9] * 2,
    "wall " * 10,
    *["lamp " + "wall " * 9] * 3,
    *["wall " * 10] * 3,
]


def rank_six(outlets: list[object] | None = None, **how: object) -> pd.DataFrame:
    articles = make_articles(SIX).assign(outlet=outlets or ["A"] * 6 + ["B"] * 6)
    return rank_keywords(find_tokens(articles), articles, by="outlet", **how)


def test_p_is_that_of_all_ways_to_deal_the_articles() -> None:
    keywords = rank_six(target="A").set_index("term")
    # All five that hold it among the target's six, the sixth being one of the other seven, are 7
    # of the C(12, 6) = 924 ways; twice that, as for the other tail.
    assert keywords.loc["quay", "p"] == pytest.approx(2 * 7 / 924)
    assert keywords.loc["lamp", "p"] == 1


def test_an_article_counts_less_with_each_further_time() -> None:
    # One article has "gull" forty times: by words that is a finding, by articles it is one article.
    texts = ["gull " * 40 + "wall " * 60, *["wall " * 100] * 11]
    articles = make_articles(texts).assign(outlet=["A"] * 6 + ["B"] * 6)
    gull = rank_keywords(find_tokens(articles), articles, by="outlet").set_index("term").loc["gull"]
    assert (gull["g2_p"] < 1e-12).all()
    assert gull["p_bh"].isna().all()  # one article can prove nothing, so it is not tested
    assert (gull["log_ratio_sure"] == 0).all()


def test_fewer_than_five_articles_a_side_compare_nothing_and_say_so() -> None:
    few = rank_six(["A"] * 4 + ["B"] * 8)
    assert few["test"].unique().tolist() == ["none: too few articles"]
    assert few[["p", "p_bh", "p_bonferroni", "log_ratio_low"]].isna().all(axis=None)
    five = rank_six(["A"] * 5 + ["B"] * 7)
    assert five["test"].unique().tolist() == ["articles"]


def test_an_unknown_outlet_is_no_group_and_not_of_the_rest() -> None:
    outlets = ["A"] * 6 + [None] * 2 + ["B"] * 4
    keywords = rank_six(outlets)
    assert keywords["group"].unique().tolist() == ["A", "B"]
    of_lamp = keywords[keywords["term"] == "lamp"]
    assert of_lamp[["n", "n_reference"]].to_numpy().tolist() == [[3, 1], [1, 3]]
    assert of_lamp["n_tokens_reference"].tolist() == [40, 60]
    assert keywords.attrs["method"]["left_out"]["articles_of_no_known_group"] == 2
    with pytest.raises(ValueError, match="target='unknown' is no group; there are A, B"):
        rank_six(outlets, target="unknown")


def test_reprints_count_once_in_the_earliest_article() -> None:
    articles = make_articles(SIX).assign(outlet=["A"] * 6 + ["B"] * 6)
    days = pd.to_datetime(["2025-03-01"] * 6 + ["2025-02-01"] * 6)
    copies = articles.assign(
        article_id=articles["article_id"] + "-copy", outlet="B", published_on=days
    ).head(5)
    first = pd.concat([articles.assign(published_on=pd.Timestamp("2025-02-02")), copies])
    first = first.reset_index(drop=True)
    clustered = first.assign(cluster_id=first["article_id"].str.removesuffix("-copy"))
    once = rank_keywords(find_tokens(clustered), clustered, by="outlet")
    pd.testing.assert_frame_equal(once, rank_six(), check_like=True)
    twice = rank_keywords(find_tokens(first), first.assign(cluster_id=None), by="outlet")
    assert twice["n"].sum() > once["n"].sum()


def test_p_is_corrected_over_all_tests_of_the_table_and_no_others() -> None:
    keywords = rank_six()
    tested = keywords[keywords["p"].notna()]
    assert tested["p_bh"].to_numpy() == pytest.approx(stats.false_discovery_control(tested["p"]))
    bonferroni = np.minimum(tested["p"] * len(tested), 1)
    assert tested["p_bonferroni"].to_numpy() == pytest.approx(bonferroni.to_numpy())
    # A word left out is no test, so the others are corrected for fewer.
    fewer = rank_six(exclude=["quay"])
    assert "quay" not in set(fewer["term"])
    assert fewer["p"].notna().sum() < len(tested)
    assert rank_six(min_n=7)["term"].unique().tolist() == ["wall"]


def test_parts_of_the_same_articles_are_compared_in_pairs() -> None:
    # In six articles the speech has "shut" and the narration has not: one of 2^6 ways, two-sided.
    texts = ["shut wall wall wall wall wall wall wall"] * 6
    articles = make_articles(texts)
    tokens = find_tokens(articles)
    tokens = tokens.assign(voice=np.where(tokens["token_index"] < 4, "speech", "narrator"))
    keywords = rank_keywords(tokens, articles, by="voice", target="speech").set_index("term")
    assert keywords["test"].unique().tolist() == ["articles in pairs"]
    assert keywords.loc["shut", "p"] == pytest.approx(2 / 64)


def deal_words(seed: int) -> pd.DataFrame:
    """Thirty articles, each with a subject of its own, by three outlets that mean nothing."""
    random = np.random.default_rng(seed)
    common = [f"w{i}" for i in range(60)]
    texts = []
    for number in range(30):
        subject = [f"s{number % 12}"] * int(random.integers(4, 15))
        texts.append(" ".join([*random.choice(common, 80), *subject]))
    return make_articles(texts).assign(outlet=random.permutation(["A", "B", "C"] * 10))


def test_outlets_that_mean_nothing_have_no_keywords() -> None:
    # Seeded; of words drawn singly each of these 20 has "keywords", as it had before.
    n_false = n_by_words = 0
    for seed in range(20):
        articles = deal_words(seed)
        keywords = rank_keywords(find_tokens(articles), articles, by="outlet", min_n=3)
        n_false += int((keywords["p_bh"] < 0.05).any())
        n_by_words += int((stats.false_discovery_control(keywords["g2_p"]) < 0.05).any())
    assert n_by_words == 20
    assert n_false <= 1
