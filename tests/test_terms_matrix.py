import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.method import describe_method
from dateline.terms import (
    count_terms,
    find_tokens,
    from_matrix,
    keep_first_prints,
    measures,
    to_matrix,
    to_nltk_text,
)

ARTICLES = build_frame(
    "articles",
    [
        {"article_id": f"a{i}", "outlet": f"o{i % 2}", "text": text}
        for i, text in enumerate(["Wall port wall", "", "Gate port", "Port’s sea port", "Sea"])
    ],
)
TOKENS = find_tokens(ARTICLES)


def test_a_matrix_there_and_back_gives_the_same_counts() -> None:
    matrix = to_matrix(TOKENS, ARTICLES)
    assert matrix.terms == ["gate", "port", "sea", "wall"]
    assert matrix.counts.toarray().tolist() == [
        [0, 1, 0, 2],
        [0, 0, 0, 0],
        [1, 1, 0, 0],
        [0, 2, 1, 0],
        [0, 0, 1, 0],
    ]
    backwards = matrix.terms[::-1]
    for by in (None, "outlet"):
        again = from_matrix(matrix.counts[:, ::-1], ARTICLES, backwards, by=by)
        pd.testing.assert_frame_equal(again, count_terms(TOKENS, ARTICLES, by=by))


def test_a_matrix_of_weights_is_refused() -> None:
    matrix = to_matrix(TOKENS, ARTICLES)
    with pytest.raises(ValueError, match="no whole numbers"):
        from_matrix(matrix.counts * 0.5, ARTICLES, matrix.terms)
    with pytest.raises(ValueError, match="expected"):
        from_matrix(matrix.counts, ARTICLES, matrix.terms[1:])


def test_the_dispersion_of_the_table_is_that_of_the_formulas() -> None:
    matrix = to_matrix(TOKENS, ARTICLES)
    filled = np.array([0, 2, 3, 4])
    sizes = matrix.counts.toarray()[filled].sum(axis=1)
    for row in count_terms(TOKENS, ARTICLES).itertuples():
        v = matrix.counts.toarray()[filled, matrix.terms.index(row.term)]
        for name in ("dp", "dp_norm", "juilland_d", "kld"):
            expected = measures[name].compute(v, sizes)
            assert getattr(row, name) == pytest.approx(expected, abs=1e-12)


def test_dispersion_needs_two_articles_with_tokens() -> None:
    counts = count_terms(TOKENS, ARTICLES, by="article_id").set_index("group")
    assert counts.loc["a4", ["n", "dp", "kld"]].tolist() == [1, 0, 0]
    assert counts[["dp_norm", "juilland_d"]].isna().all(axis=None)
    two = ARTICLES[2:4]
    tokens = find_tokens(two)
    port = count_terms(tokens, two).set_index("term").loc["port"]
    # 1 of 2 and 2 of 3 tokens: shares of 1/3 and 2/3 where 2/5 and 3/5 are expected.
    assert port["dp"] == pytest.approx(1 / 15)
    assert port["dp_norm"] == pytest.approx(1 / 15 / (3 / 5))
    assert port["juilland_d"] == pytest.approx(1 - (1 / 12) / (7 / 12))


def test_occurrences_close_together_count_as_fewer() -> None:
    # At 0 and 2 of 8 words: distances 2 and 6, at most 4 of which counts.
    assert measures["arf"].compute([0, 2], 8) == pytest.approx((2 + 4) / 4)


def test_nltk_gets_the_words_as_they_stand() -> None:
    text = to_nltk_text(ARTICLES)
    assert list(text.tokens) == [
        "Wall",
        "port",
        "wall",
        "Gate",
        "port",
        "Port’s",
        "sea",
        "port",
        "Sea",
    ]


def test_a_method_reads_as_a_sentence() -> None:
    articles = ARTICLES.assign(cluster_id=["a0", "a0", "a2", "a3", "a4"])
    first = keep_first_prints(find_tokens(articles), articles)
    said = describe_method(count_terms(*first, by="outlet", exclude=["sea"], min_n=2))
    assert said == (
        "Words: letters and digits, with inner apostrophes, hyphens and &; "
        "figures with their signs; addresses, handles and hashtags whole; "
        "of blocks: heading, body; typography folded, in lower case, without possessive 's; "
        "0 spellings differed in typography only; reprints counted once (1 left out); "
        "counted by outlet; 9 tokens of 4 articles; interval: 95 % by articles (of 100 "
        "collections of articles like these, about 95 have an interval that holds the true rate); "
        "left out: 1 listed words, terms seen fewer than 2 times, "
        "the classes number, money, percent, time, address, handle, mark"
    )
    assert describe_method(ARTICLES) == ""
