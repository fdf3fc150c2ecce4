import numpy as np
import pandas as pd
import pytest
from dateline.frames import SCHEMAS, build_frame
from dateline.terms import (
    count_terms,
    count_trend,
    find_ngrams,
    find_tokens,
    keep_first_prints,
    load_stopwords,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

DAYS = pd.to_datetime(["2025-03-03", "2025-03-30", None])


def make_articles(texts: list[str], outlets: list[str | None] | None = None) -> pd.DataFrame:
    outlets = outlets or [f"outlet {i % 2}" for i in range(len(texts))]
    return build_frame(
        "articles",
        [
            {
                "article_id": f"a{i}",
                "outlet": outlet,
                "published_on": DAYS[i % 3],
                "cluster_id": f"a{i}",
                "text": text,
            }
            for i, (text, outlet) in enumerate(zip(texts, outlets, strict=True))
        ],
    )


ARTICLES = make_articles(["Port port wall.", "Port gate gate gate.", "Wall wall."])
WORDS = st.lists(st.sampled_from(["port", "wall", "gate", "sea", "7", "u.s."]), max_size=12).map(
    " ".join
)


def test_counts_by_outlet_are_those_worked_by_hand() -> None:
    counts = count_terms(find_tokens(ARTICLES), ARTICLES, by="outlet")
    columns = ["group", "term", "n", "n_articles", "article_share", "n_tokens", "rank"]
    expected = pd.DataFrame(
        [
            ("outlet 0", "wall", 3, 2, 1.0, 5, 1),
            ("outlet 0", "port", 2, 1, 0.5, 5, 2),
            ("outlet 1", "gate", 3, 1, 1.0, 4, 1),
            ("outlet 1", "port", 1, 1, 1.0, 4, 2),
        ],
        columns=columns,
    ).astype({"group": "str", "term": "str"})
    pd.testing.assert_frame_equal(counts[columns], expected)
    assert counts["per_million"].tolist() == [600_000, 400_000, 750_000, 250_000]


def test_the_interval_is_by_articles() -> None:
    # Gate stands 3 times in 9 words, in one of articles of 3, 4 and 2: e is -1, 5/3 and -2/3, so
    # Σ e² = 38/9 and the design effect 38/9 · 3/2 / 3; the t quantile of 2 degrees is 4.302 653.
    counts = count_terms(find_tokens(ARTICLES), ARTICLES)
    gate = counts.set_index("term").loc["gate"]
    inflation = 19 / 9 * (4.302_653 / 1.959_964) ** 2
    low, high = stats.chi2.ppf([0.025, 0.975], [6 / inflation, 6 / inflation + 2]) / 2 * inflation
    assert gate["per_million_low"] == pytest.approx(low / 9 * 1e6, rel=1e-5)
    assert high > 9 and gate["per_million_high"] == 1e6  # no rate is above that of all words
    wall = counts.set_index("term").loc["wall"]
    assert 0 < wall["per_million_low"] < 333_333
    assert "by articles" in counts.attrs["method"]["interval"]


def test_of_one_article_no_interval_is_known() -> None:
    by_outlet = count_terms(find_tokens(ARTICLES), ARTICLES, by="outlet")
    known = by_outlet["per_million_low"].notna().groupby(by_outlet["group"]).agg(["all", "any"])
    assert known.to_numpy().tolist() == [[True, True], [False, False]]
    assert by_outlet["per_million"].notna().all()


def test_tied_terms_share_the_lowest_rank_in_alphabetical_order() -> None:
    articles = make_articles(["b a c c"])
    counts = count_terms(find_tokens(articles), articles)
    assert counts["term"].tolist() == ["c", "a", "b"]
    assert counts["rank"].tolist() == [1, 2, 2]


def test_groups_may_be_several_columns_and_unknown() -> None:
    counts = count_terms(find_tokens(ARTICLES), ARTICLES, by=["month", "outlet"])
    assert counts["group"].unique().tolist() == [
        "2025-03 · outlet 0",
        "2025-03 · outlet 1",
        "unknown · outlet 0",
    ]
    assert counts["month"].unique().tolist() == ["2025-03", "unknown"]


def test_a_week_is_named_by_its_monday() -> None:
    counts = count_terms(find_tokens(ARTICLES), ARTICLES, by="week")
    assert counts["group"].unique().tolist() == ["2025-03-03", "2025-03-24", "unknown"]


def test_terms_left_out_still_count_in_the_denominator() -> None:
    articles = make_articles(["The port of 1999 is a port."])
    tokens = find_tokens(articles)
    counts = count_terms(tokens, articles, exclude=load_stopwords())
    assert counts["term"].tolist() == ["port"]
    assert counts["n_tokens"].tolist() == [7]
    assert count_terms(tokens, articles, include=["of"])["term"].tolist() == ["of"]
    assert count_terms(tokens, articles, min_n=2)["term"].tolist() == ["port"]
    assert count_terms(tokens, articles, min_length=4)["term"].tolist() == ["port"]


def test_a_reprint_cluster_counts_once_in_its_earliest_article() -> None:
    articles = make_articles(["port", "port wall", "port"]).assign(cluster_id=["x", "x", "x"])
    articles["published_on"] = pd.to_datetime(["2025-03-09", "2025-03-08", None]).astype(
        "datetime64[s]"
    )
    counts = count_terms(find_tokens(articles), articles, once_per_cluster=True)
    assert counts["term"].tolist() == ["port", "wall"]
    assert counts["article_share"].tolist() == [1.0, 1.0]


def test_first_prints_are_the_earliest_rows_as_they_were() -> None:
    articles = make_articles(["port", "port wall", "port", "gate"])
    articles = articles.assign(cluster_id=["x", "x", None, None]).iloc[[3, 2, 1, 0]]
    first, kept = keep_first_prints(find_tokens(articles), articles)
    expected = articles.iloc[[0, 1, 3]].reset_index(drop=True)  # of 3 and 30 March the earlier
    pd.testing.assert_frame_equal(kept, expected)
    assert first["article_id"].tolist() == ["a3", "a2", "a0"]
    assert first["term"].tolist() == ["gate", "port", "port"]
    assert list(first["term"].cat.categories) == ["gate", "port"]
    assert first.attrs["method"]["n_reprints"] == 1


def test_short_terms_numbers_and_excluded_ones_are_left_out_one_by_one() -> None:
    articles = make_articles(["a port 7 of 77"])
    tokens = find_tokens(articles)
    for options, terms in (
        ({"classes": None}, ["7", "77", "a", "of", "port"]),
        ({"min_length": 2, "classes": None}, ["77", "of", "port"]),
        ({}, ["a", "of", "port"]),
        ({"classes": "number"}, ["7", "77"]),
        ({"include": ["of", "7"]}, ["7", "of"]),
        ({"exclude": ["of", "7"], "classes": None}, ["77", "a", "port"]),
    ):
        assert count_terms(tokens, articles, **options)["term"].tolist() == terms
    runs = find_ngrams(tokens, sizes=2)  # of these the whole is measured
    long = count_terms(runs, articles, min_length=5)
    assert long["term"].tolist() == ["a port", "of 77", "port 7"]
    assert len(count_terms(runs, articles, classes=None)) == 4


def test_an_article_of_two_voices_holds_a_term_once() -> None:
    articles = make_articles(["port sea port", "sea", "gate"])
    tokens = find_tokens(articles).assign(voice=["x", "x", "y", "x", "x"])
    counts = count_terms(tokens, articles, by="voice").set_index(["group", "term"])["tf_idf"]
    # Port stands in one article of three, sea in two.
    assert counts["x", "port"] == counts["y", "port"] == pytest.approx(np.log10(3))
    assert counts["x", "sea"] == pytest.approx(2 * np.log10(1.5))


def test_groups_are_in_alphabetical_order_whatever_that_of_the_articles() -> None:
    articles = make_articles(["port", "sea", "wall"], ["c", None, "a"])
    tokens = find_tokens(articles)
    voiced = tokens.assign(voice=["z", "y", "x"])
    groups = count_terms(tokens, articles, by="outlet")["group"].tolist()
    assert groups == ["a", "c", "unknown"]
    assert count_terms(voiced, articles, by="voice")["group"].tolist() == ["x", "y", "z"]
    assert list(tokens) == list(SCHEMAS["tokens"].columns)


def test_what_was_counted_by_is_noted() -> None:
    tokens = find_tokens(ARTICLES)
    for by, noted in ((None, "all"), ("outlet", "outlet"), (("outlet", "month"),) * 2):
        method = count_terms(tokens, ARTICLES, by=by).attrs["method"]
        assert method["by"] == (list(noted) if isinstance(noted, tuple) else noted)
    assert method["n_tokens"] == 9 and method["n_articles"] == 3


def test_a_column_of_tokens_groups_tokens() -> None:
    tokens = find_tokens(ARTICLES)
    voiced = tokens.assign(voice=["narrator", "Ada Orrin"] + [None] * (len(tokens) - 2))
    counts = count_terms(voiced, ARTICLES, by="voice")
    assert counts.groupby("group")["n"].sum().to_dict() == {
        "Ada Orrin": 1,
        "narrator": 1,
        "unknown": len(tokens) - 2,
    }


@settings(deadline=None, max_examples=50)
@given(st.lists(WORDS, max_size=6), st.sampled_from([None, "outlet", "month", "article_id"]))
def test_invariants_of_counts(texts: list[str], by: str | None) -> None:
    articles = make_articles(texts)
    tokens = find_tokens(articles, kinds=None)
    counts = count_terms(tokens, articles, by=by, classes=None)
    assert counts.groupby("term")["n"].sum().to_dict() == tokens["term"].value_counts().to_dict()
    assert (counts["n_articles"] <= counts["n"]).all()
    assert counts["article_share"].between(0, 1).all()
    assert counts["dp"].between(0, 1).all()
    assert counts["dp_norm"].dropna().between(0, 1).all()
    assert not (counts["per_million_low"] > counts["per_million"]).any()
    assert not (counts["per_million_high"] < counts["per_million"]).any()
    backwards = articles.iloc[::-1].reset_index(drop=True)
    again = count_terms(find_tokens(backwards, kinds=None), backwards, by=by, classes=None)
    pd.testing.assert_frame_equal(counts, again)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("aBéİ’'-_. 1\n中"), min_size=1, max_size=4))
def test_the_plain_scheme_counts_as_scikit_learn_does(texts: list[str]) -> None:
    from sklearn.feature_extraction.text import CountVectorizer

    articles = make_articles(texts)
    tokens = find_tokens(
        articles, kinds=None, pattern=r"\b\w+\b", typography=False, possessives="keep"
    )
    ours = count_terms(tokens, articles, classes=None).set_index("term")["n"].to_dict()
    vectorizer = CountVectorizer(
        token_pattern=r"(?u)\b\w+\b", lowercase=False, preprocessor=lambda text: text
    )
    matrix = vectorizer.build_analyzer()
    theirs: dict[str, int] = {}
    for text in texts:
        for word in matrix(text):
            theirs[word.lower()] = theirs.get(word.lower(), 0) + 1
    assert ours == theirs


@pytest.mark.parametrize(
    ("options", "message"),
    [({"by": "outlett"}, "'outlett'"), ({"min_n": 0}, "min_n=0")],
)
def test_a_wrong_choice_is_named(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        count_terms(find_tokens(ARTICLES), ARTICLES, **options)


def test_an_unknown_article_is_named() -> None:
    with pytest.raises(ValueError, match="'a2'"):
        count_terms(find_tokens(ARTICLES), ARTICLES.head(2))


def test_nothing_gives_an_empty_table() -> None:
    articles = make_articles([])
    assert count_terms(find_tokens(articles), articles, by="outlet").empty


def test_the_stop_words_are_our_own_and_plain() -> None:
    stopwords = load_stopwords()
    assert {"the", "don't", "it's"} <= stopwords
    assert not {"said", "#", "The"} & stopwords


DATED = build_frame(
    "articles",
    [
        {"article_id": f"a{i}", "outlet": f"o{i % 2}", "published_on": day, "text": text}
        for i, (day, text) in enumerate(
            zip(
                pd.to_datetime(["2025-01-30", "2025-03-03", "2025-03-09", None]),
                ["Wall wall gate.", "Wall gate gate gate.", "Gate.", "Wall."],
                strict=True,
            )
        )
    ],
)
TOKENS = find_tokens(DATED)


def test_a_month_without_articles_is_a_gap() -> None:
    with pytest.warns(UserWarning, match="no token has the term 'zebra': counted 0 times") as said:
        trends = count_trend(TOKENS, DATED, ["wall", "zebra"])
    assert said[0].filename == __file__
    assert trends.attrs["method"]["terms_not_found"] == ["zebra"]
    wall = trends[trends["term"] == "wall"]
    assert wall["period"].dt.strftime("%Y-%m").tolist() == ["2025-01", "2025-02", "2025-03"]
    assert wall["n"].tolist() == [2, 0, 1]
    assert wall["n_articles"].tolist() == [1, 0, 1]
    assert wall["n_tokens"].tolist() == [3, 0, 5]
    assert wall["per_million"].isna().tolist() == [False, True, False]
    assert wall["per_million"].iloc[2] == pytest.approx(200_000)
    zebra = trends[trends["term"] == "zebra"]
    assert zebra["per_million"].fillna(-1).tolist() == [0, -1, 0]
    assert zebra["per_million_high"].notna().tolist() == [False, False, True]  # two in March
    assert trends.attrs["method"]["n_articles_without_date"] == 1


def test_a_term_that_is_absent_from_a_period_may_have_been_unseen_in_articles() -> None:
    # In January wall stands in one of three articles of 400 words, four times; in February not.
    days = pd.to_datetime(["2025-01-05"] * 3 + ["2025-02-05"] * 2)
    texts = ["wall " * 4 + "gate " * 396, *["gate " * 400] * 4]
    articles = build_frame(
        "articles",
        [
            {"article_id": f"a{i}", "published_on": day, "text": text}
            for i, (day, text) in enumerate(zip(days, texts, strict=True))
        ],
    )
    absent = count_trend(find_tokens(articles), articles, ["wall"]).iloc[1]
    # Of 4 in five articles e is 3.2 and four times -.8: Σ e² = 12.8, Σ e⁴ = 106.496.
    t = stats.t.ppf(0.975, 2 * 12.8**2 / 106.496) / 1.959_964
    high = 12.8 * 5 / 4 / 4 * t**2 * -np.log(0.025) / 800
    assert absent["n"] == absent["per_million"] == absent["per_million_low"] == 0
    assert absent["per_million_high"] == pytest.approx(1e6 * high)


def test_weeks_begin_on_mondays() -> None:
    trends = count_trend(TOKENS, DATED, "gate", every="week")
    assert trends["period"].dt.strftime("%m-%d").tolist() == [
        "01-27",
        "02-03",
        "02-10",
        "02-17",
        "02-24",
        "03-03",
    ]
    assert trends["n"].tolist() == [1, 0, 0, 0, 0, 4]


@pytest.mark.parametrize(("every", "periods"), [("day", 39), ("year", 1)])
def test_every_period_between_the_first_and_the_last_is_there(every: str, periods: int) -> None:
    assert len(count_trend(TOKENS, DATED, "wall", every=every)) == periods


def test_each_group_has_the_same_periods() -> None:
    trends = count_trend(TOKENS, DATED, "gate", by="outlet")
    assert trends.groupby("group")["n"].agg(list).to_dict() == {"o0": [1, 0, 1], "o1": [0, 0, 3]}


def test_no_dates_no_rows_and_a_wrong_period_is_named() -> None:
    assert count_trend(TOKENS, DATED.assign(published_on=pd.NaT), "wall").empty
    with pytest.raises(ValueError, match="every='decade'"):
        count_trend(TOKENS, DATED, "wall", every="decade")


def test_quarters_are_periods_like_the_others() -> None:
    days = ["2024-12-31", "2025-01-01", "2025-07-02"]
    articles = build_frame(
        "articles",
        [{"article_id": day, "text": "sea", "published_on": pd.Timestamp(day)} for day in days],
    )
    tokens = find_tokens(articles)
    counts = count_terms(tokens, articles, by="quarter")
    assert counts["group"].tolist() == ["2024Q4", "2025Q1", "2025Q3"]
    trends = count_trend(tokens, articles, "sea", every="quarter")
    assert trends["period"].dt.strftime("%Y-%m").tolist() == [
        *("2024-10", "2025-01", "2025-04", "2025-07")
    ]
    assert trends["n"].tolist() == [1, 1, 0, 1]
