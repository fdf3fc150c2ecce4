import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import concordance, count_terms, find_ngrams, find_phrases, find_tokens
from hypothesis import given, settings
from hypothesis import strategies as st

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
        assert len(set(own["sentence_index"])) == 1
    sentences = tokens.groupby(["article_id", "sentence_index"], observed=True).size()
    assert len(ngrams) == (sentences - size + 1).clip(lower=0).sum()


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


def test_a_phrase_does_not_cross_a_sentence() -> None:
    tokens = find_tokens(make_articles("They like new. Haven is far."))
    assert "new haven" not in find_phrases(tokens, ["new haven"])["term"].tolist()


@pytest.mark.parametrize("sizes", [0, 6, [], [2, 9]])
def test_a_wrong_size_is_named(sizes: object) -> None:
    with pytest.raises(ValueError, match="sizes="):
        find_ngrams(find_tokens(make_articles("a b")), sizes=sizes)


def test_nothing_in_nothing_out() -> None:
    tokens = find_tokens(make_articles())
    assert find_ngrams(tokens).empty
    assert find_phrases(tokens, ["new haven"]).empty
