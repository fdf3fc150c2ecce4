"""Multi-word terms that count as one."""

import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import (
    concordance,
    count_terms,
    find_ngrams,
    find_phrases,
    find_tokens,
)
from hypothesis import given, settings
from hypothesis import strategies as st


def make_articles(*texts: str) -> pd.DataFrame:
    rows = [{"article_id": f"a{i}", "outlet": "o", "text": t} for i, t in enumerate(texts)]
    return build_frame("articles", rows)


def test_phrases_become_terms_the_longest_first() -> None:
    articles = make_articles("The New Haven Port Board met. New Haven. New haven port")
    phrases = ["New Haven", "new haven port board", "haven port"]
    tokens = find_phrases(find_tokens(articles), phrases)
    assert tokens["term"].tolist() == [
        "the",
        "new haven port board",
        "met",
        "new haven",
        "new haven",
        "port",
    ]
    assert tokens["token_index"].tolist() == [0, 1, 2, 3, 4, 5]
    assert len(concordance(articles, "New Haven", tokens=tokens)) == 2
    assert concordance(articles, "new haven port", tokens=tokens)["start"].tolist() == [41]
    assert count_terms(tokens, articles)["n_tokens"].iloc[0] == 6


def test_runs_and_phrases_are_tokens_that_span_their_words() -> None:
    text = "The port board met the Port Board. Port"
    articles = make_articles("Quay", text)
    tokens = find_tokens(articles)
    phrased = find_phrases(tokens, ["port board", "port"])
    spans = zip(phrased["article_id"], phrased["start"], phrased["end"], strict=True)
    texts = {"a0": "Quay", "a1": text}
    assert [texts[name][start:end] for name, start, end in spans] == [
        *("Quay", "The", "port board", "met", "the", "Port Board", "Port")
    ]
    assert phrased["token_index"].tolist() == [0, 0, 1, 2, 3, 4, 5]
    runs = find_ngrams(tokens)  # of two words
    assert runs["term"].tolist() == [
        *("the port", "port board", "board met", "met the", "the port", "port board")
    ]
    for found in (phrased, runs):
        assert list(found) == list(tokens)
        assert found.index.tolist() == list(range(len(found)))
    assert runs.attrs["method"]["n_gram_sizes"] == [2]
    assert len(phrased.attrs["method"]["phrases"]) == 2


def test_a_phrase_does_not_cross_a_sentence() -> None:
    tokens = find_tokens(make_articles("They like new. Haven is far."))
    assert "new haven" not in find_phrases(tokens, ["new haven"])["term"].tolist()


PHRASES = st.lists(
    st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=3).map(" ".join), max_size=4
)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text("aab bA.\n", max_size=40), min_size=1, max_size=3), PHRASES)
def test_no_word_is_lost_or_counted_twice(texts: list[str], phrases: list[str]) -> None:
    articles = make_articles(*texts)
    tokens = find_tokens(articles, kinds=None)
    merged = find_phrases(tokens, phrases)
    assert " ".join(merged["term"]) == " ".join(tokens["term"])
    several = merged[merged["term"].str.contains(" ")]
    assert set(several["term"]) <= set(phrases)
    of_own = merged.groupby("article_id", observed=True)["token_index"]
    assert (of_own.diff().dropna() == 1).all() and (of_own.min() == 0).all()
    for row in merged.itertuples():
        own = tokens[
            (tokens["article_id"] == row.article_id)
            & (tokens["start"] >= row.start)
            & (tokens["end"] <= row.end)
        ]
        assert " ".join(own["term"]) == row.term
        assert (own["start"].min(), own["end"].max()) == (row.start, row.end)


def test_phrases_may_have_wildcards_and_single_words_change_nothing() -> None:
    tokens = find_tokens(make_articles("Two harbour gates, one harbour gate. The gate"))
    merged = find_phrases(tokens, ["harbour gate*", "gate", "one|the"])
    assert merged["term"].tolist() == ["two", "harbour gates", "one", "harbour gate", "the", "gate"]
    assert merged["term"].cat.categories.is_monotonic_increasing
    with pytest.raises(ValueError, match="“-” before a word"):
        find_phrases(tokens, "harbour -gate")


def test_a_phrase_is_a_word_and_crosses_no_comma() -> None:
    tokens = find_tokens(make_articles("The 12 points: in Hask, Points of 12"))
    merged = find_phrases(tokens, ["12 points", "hask points", "in hask"])
    assert merged[["term", "class"]].to_numpy().tolist() == [
        ["the", "word"],
        ["12 points", "word"],
        ["in hask", "word"],
        ["points", "name"],
        ["of", "word"],
        ["12", "number"],
    ]


def test_nothing_in_nothing_out() -> None:
    assert find_phrases(find_tokens(make_articles()), ["new haven"]).empty
    tokens = find_tokens(make_articles("The port"))
    pd.testing.assert_frame_equal(find_phrases(tokens, []), tokens)
