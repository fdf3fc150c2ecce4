import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import (
    count_terms,
    find_collocations,
    find_ngrams,
    find_tokens,
    measures,
)
from dateline.terms.sequences.collocations import ASSOCIATIONS
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = st.lists(st.sampled_from(["x", "y", "z", "Sea.", "\n\n"]), max_size=40).map(" ".join)


def make_tokens(*texts: str) -> pd.DataFrame:
    rows = [{"article_id": f"a{i}", "text": text} for i, text in enumerate(texts)]
    return find_tokens(build_frame("articles", rows))


def test_windows_are_those_worked_by_hand() -> None:
    tokens = make_tokens("red x blue red. red x", "red grey")
    found = find_collocations(tokens, "x", left=1, right=2).set_index("term")
    assert found.index.tolist() == ["blue", "red"]  # a tie
    columns = ["n", "n_node", "n_term", "n_window", "n_tokens"]
    assert found.loc["red", columns].tolist() == [3, 2, 4, 4, 6]
    assert found.loc["blue", columns].tolist() == [1, 2, 1, 4, 6]
    red = found.loc["red"]
    assert red["expected"] == pytest.approx(4 * 4 / 6)
    assert red["mi"] == pytest.approx(np.log2(3 / (16 / 6)))
    assert red["t_score"] == pytest.approx((3 - 16 / 6) / 3**0.5)
    assert red["delta_p"] == pytest.approx(3 / 4 - 1 / 2)
    assert red["min_sensitivity"] == pytest.approx(3 / 4)
    assert red["log_dice"] == pytest.approx(14 + np.log2(2 * 2 / (2 + 4)))


def test_adjacent_pairs_are_those_worked_by_hand() -> None:
    found = find_collocations(make_tokens("red sea red sea. Red tide"), min_n=2)
    assert found[["node", "term", "n", "n_node", "n_term", "n_tokens"]].to_numpy().tolist() == [
        ["red", "sea", 2, 3, 2, 4]
    ]
    assert found["log_dice"].iloc[0] == pytest.approx(14 + np.log2(4 / 5))


@settings(deadline=None, max_examples=80)
@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(0, 4), st.integers(1, 4))
def test_no_position_counts_twice(texts: list[str], left: int, right: int) -> None:
    tokens = make_tokens(*texts)
    for node in ("x", None):
        found = find_collocations(tokens, node, left=left, right=right)
        assert (found["n"] <= found["n_term"]).all()
        assert (found["n"] <= found["n_window"]).all()
        assert (found["log_dice"] <= 14).all()
        assert np.isfinite(found.select_dtypes("number").to_numpy(float)).all()
        assert found["rank"].is_monotonic_increasing


def test_each_node_has_a_list_of_its_own() -> None:
    tokens = make_tokens("red x blue. Red y grey. Red y sea")
    found = find_collocations(tokens, ["Y", "x|z", "q"], left=1, right=1)
    assert found[["node", "term", "n", "rank"]].to_numpy().tolist() == [
        ["y", "red", 2, 1],
        ["y", "grey", 1, 2],
        ["y", "sea", 1, 2],
        ["x|z", "blue", 1, 1],
        ["x|z", "red", 1, 2],
    ]
    assert found.attrs["method"]["terms_not_found"] == ["q"]
    alone = find_collocations(tokens, "y", left=1, right=1)
    pd.testing.assert_frame_equal(found.head(3), alone)
    assert find_collocations(tokens, []).empty


def test_left_out_terms_still_fill_the_windows() -> None:
    found = find_collocations(make_tokens("x y z"), "x", left=0, right=1, exclude=["y"])
    assert found.empty
    assert find_collocations(make_tokens("x y z"), "q").empty
    assert find_collocations(make_tokens(), None).empty


@pytest.mark.parametrize(
    ("options", "message"),
    [({"measure": "luck"}, "measure='luck'"), ({"left": 0, "right": 0}, "left=0, right=0")],
)
def test_a_wrong_choice_is_named(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        find_collocations(make_tokens("x y"), "x", **options)


def test_windows_end_where_sentences_and_articles_do() -> None:
    tokens = make_tokens("x a bay. X", "c d x")
    near = {
        (left, right): find_collocations(tokens, "x", left=left, right=right)["term"].tolist()
        for left, right in ((1, 0), (2, 0), (0, 1), (0, 2), (2, 2))
    }
    assert near == {
        (1, 0): ["d"],
        (2, 0): ["c", "d"],
        (0, 1): ["a"],
        (0, 2): ["a", "bay"],
        (2, 2): ["a", "bay", "c", "d"],
    }
    assert find_collocations(make_tokens("a x"), "x", left=1, right=0)["term"].tolist() == ["a"]
    by_default = find_collocations(make_tokens("1 2 3 4 5 6 x 6 5 4 3 2 1"), "x")
    assert by_default["term"].tolist() == ["2", "3", "4", "5", "6"]
    assert by_default["n"].tolist() == [2] * 5


def test_windows_and_pairs_cross_no_commas_unless_asked() -> None:
    tokens = make_tokens("The mayor of Hask, (where the port) is – port: closed")
    for node, within, across in (
        ("port", {"the"}, {"the", "is", "closed"}),
        ("hask", {"of"}, {"of", "where"}),
    ):
        assert set(find_collocations(tokens, node, left=1, right=1)["term"]) == within
        found = find_collocations(tokens, node, left=1, right=1, across=True)
        assert set(found["term"]) == across
    pairs = find_collocations(tokens)
    assert "hask where" not in set(pairs["node"] + " " + pairs["term"])
    assert len(find_collocations(tokens, across=True)) == len(pairs) + 4


def test_each_measure_is_of_the_windows_against_all_other_positions() -> None:
    tokens = make_tokens("sea x port sea. port wall. sea x sea port", "wall x sea")
    found = find_collocations(tokens, "x", left=1, right=1).set_index("term")
    # The windows hold sea port, sea sea, wall sea: 6 of 10 positions.
    assert found.index.tolist() == ["sea", "wall", "port"]
    assert found["n"].tolist() == [4, 1, 1]
    sea = found.loc["sea"]
    assert sea[["n_node", "n_term", "n_window", "n_tokens"]].tolist() == [3, 5, 6, 10]
    assert sea["mi3"] == pytest.approx(np.log2(4**3 / 3))
    assert sea["z_score"] == pytest.approx(1 / 3**0.5)
    assert sea["g2"] == pytest.approx(measures["g2_4cell"].compute(4, 1, 6, 4).item())
    assert sea["delta_p"] == pytest.approx(4 / 6 - 1 / 4)
    assert sea["delta_p_back"] == pytest.approx(4 / 5 - 2 / 5)
    assert sea["log_dice"] == pytest.approx(14 + np.log2(2 * 3 / (3 + 5)))  # not 4 of 3
    assert found["rank"].tolist() == [1, 2, 3]


@pytest.mark.parametrize("measure", ["n", "mi", "g2", "delta_p_back"])
def test_the_strongest_stand_first(measure: str) -> None:
    found = find_collocations(make_tokens("a b a b a c d c e c a d"), measure=measure)
    assert found[measure].is_monotonic_decreasing
    assert found["rank"].tolist() == found[measure].rank(ascending=False, method="min").tolist()


def test_the_method_says_what_is_near() -> None:
    tokens = make_tokens("a x b")
    near = find_collocations(tokens, "x", left=1, right=2, min_n=1).attrs["method"]
    assert near["window"] == "1 before, 2 after"
    assert near["within"] == "sentences, and the commas, colons and dashes in them"
    pairs = find_collocations(tokens).attrs["method"]
    assert pairs["window"] == "adjacent pairs"
    assert pairs["measures"] == ASSOCIATIONS[:-1] and pairs["n_tokens"] == 3


def test_no_other_place_makes_no_difference() -> None:
    found = find_collocations(make_tokens("x y"), "x")
    assert found[["n", "delta_p", "delta_p_back"]].to_numpy().tolist() == [[1, 0, 0]]


TEXTS = st.lists(st.text("ab .\nA", max_size=30), min_size=1, max_size=3)


def make_articles(*texts: str) -> pd.DataFrame:
    rows = [{"article_id": f"a{i}", "outlet": "o", "text": t} for i, t in enumerate(texts)]
    return build_frame("articles", rows)


def test_ngrams_stay_inside_a_sentence() -> None:
    tokens = find_tokens(make_articles("New port opens. Old port\n\nshuts"))
    ngrams = find_ngrams(tokens, sizes=[1, 2, 3])
    assert ngrams["term"].tolist() == [
        "new",
        "new port",
        "new port opens",
        "port",
        "port opens",
        "opens",
        "old",
        "old port",
        "port",
        "shuts",
    ]
    assert ngrams[["start", "end"]].to_numpy().tolist()[:3] == [[0, 3], [0, 8], [0, 14]]
    assert ngrams["token_index"].tolist() == list(range(10))


def test_ngrams_that_begin_or_end_with_an_excluded_word_are_not_listed() -> None:
    articles = make_articles("state of the port")
    counts = count_terms(find_ngrams(find_tokens(articles), sizes=[2, 4]), articles, exclude=["of"])
    assert counts["term"].tolist() == ["state of the port", "the port"]
    assert counts["n_tokens"].tolist() == [4, 4]


@settings(deadline=None, max_examples=50)
@given(TEXTS, st.integers(1, 5))
def test_an_ngram_is_its_words_and_spans_them(texts: list[str], size: int) -> None:
    articles = make_articles(*texts)
    tokens = find_tokens(articles)
    ngrams = find_ngrams(tokens, sizes=size)
    for row in ngrams.itertuples():
        own = tokens[
            (tokens["article_id"] == row.article_id)
            & (tokens["start"] >= row.start)
            & (tokens["end"] <= row.end)
        ]
        assert " ".join(own["term"]) == row.term
        assert len(own) == size
        assert len(set(own["stretch_index"])) == 1
    stretches = tokens.groupby(["article_id", "stretch_index"], observed=True).size()
    assert len(ngrams) == (stretches - size + 1).clip(lower=0).sum()


@pytest.mark.parametrize("sizes", [0, 6, [], [2, 9]])
def test_a_wrong_size_is_named(sizes: object) -> None:
    with pytest.raises(ValueError, match="sizes="):
        find_ngrams(find_tokens(make_articles("a b")), sizes=sizes)


def test_nothing_in_nothing_out() -> None:
    assert find_ngrams(find_tokens(make_articles())).empty
