import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import concordance, count_terms, find_tokens, stem_terms
from hypothesis import given, settings
from hypothesis import strategies as st


def make_articles(*texts: str) -> pd.DataFrame:
    days = pd.to_datetime(["2025-04-02", "2025-04-01"])
    return build_frame(
        "articles",
        [
            {
                "article_id": f"a{i}",
                "outlet": "Harbour Post",
                "published_on": days[i % 2],
                "text": text,
            }
            for i, text in enumerate(texts)
        ],
    )


ARTICLES = make_articles(
    "The harbour strike ended.\n\nA second strike began; strikers’ pay fell.",
    "No harbour. Strike talks failed.",
)


def test_lines_stand_in_order_of_date_with_their_context() -> None:
    lines = concordance(ARTICLES, "strike", width=12)
    assert lines[["article_id", "left", "keyword", "right", "start"]].to_numpy().tolist() == [
        ["a1", "No harbour.", "Strike", "talks faile", 12],
        ["a0", "The harbour", "strike", "ended. A s", 12],
        ["a0", ". A second", "strike", "began; stri", 36],
    ]


def test_a_phrase_does_not_cross_a_sentence() -> None:
    assert concordance(ARTICLES, "harbour strike")["article_id"].tolist() == ["a0"]
    assert concordance(ARTICLES, "Harbour  STRIKE")["keyword"].tolist() == ["harbour strike"]


def test_wildcards_and_folding_match_terms() -> None:
    assert concordance(ARTICLES, "strike*")["keyword"].tolist() == [
        "Strike",
        "strike",
        "strike",
        "strikers",
    ]
    assert len(concordance(ARTICLES, "str?ke t*")) == 1
    with pytest.raises(ValueError, match="no set of terms is called 'a-z'; there are none"):
        concordance(ARTICLES, "[a-z]")
    tokens = stem_terms(find_tokens(ARTICLES))
    assert concordance(ARTICLES, "striking", tokens=tokens).shape[0] == 3


def test_a_regular_expression_searches_counted_text_only() -> None:
    found = concordance(ARTICLES, r"(?i)strike\w+|talks \w+", regex=True)
    assert found["keyword"].tolist() == ["talks failed", "strikers"]
    tokens = find_tokens(ARTICLES)
    first = tokens[tokens["article_id"] == "a0"].head(4)
    assert len(concordance(ARTICLES, "(?i)strike", tokens=first, regex=True)) == 1


def test_a_catastrophic_expression_is_stopped() -> None:
    articles = make_articles("a" * 60 + "!")
    with pytest.raises(ValueError, match="took more than"):
        concordance(articles, r"(a|aa)+$", regex=True, timeout=0.2)


@pytest.mark.parametrize(
    ("sort", "keywords"),
    [
        ("right", ["began", "ended.", "talks"]),
        ("left", ["talks", "ended.", "began"]),
    ],
)
def test_lines_sort_by_the_words_beside(sort: str, keywords: list[str]) -> None:
    lines = concordance(ARTICLES, "strike", sort=sort)
    # Nearest word before: harbour (No), harbour (The), second.
    assert [right.split(";")[0].split()[0] for right in lines["right"]] == keywords


def test_the_voice_of_a_line_is_that_of_its_first_word() -> None:
    tokens = find_tokens(ARTICLES).assign(voice="narrator")
    lines = concordance(ARTICLES, "strike", tokens=tokens)
    assert lines["voice"].unique().tolist() == ["narrator"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("aA bé’'-.\n"), min_size=1, max_size=3))
def test_a_term_has_as_many_lines_as_it_counts(texts: list[str]) -> None:
    articles = make_articles(*texts)
    tokens = find_tokens(articles)
    for row in count_terms(tokens, articles).itertuples():
        lines = concordance(articles, row.term, tokens=tokens)
        assert len(lines) == row.n
        by_id = dict(zip(articles["article_id"], articles["text"], strict=True))
        for line in lines.itertuples():
            found = by_id[line.article_id][line.start : line.end]
            assert " ".join(found.split()) == line.keyword


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        (" ", {}, "query=' '"),
        ("(", {"regex": True}, "no regular expression"),
        ("a", {"sort": "up"}, "sort='up'"),
    ],
)
def test_a_wrong_choice_is_named(query: str, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        concordance(ARTICLES, query, **options)


def test_nothing_found_is_an_empty_frame() -> None:
    lines = concordance(ARTICLES, "zebra")
    assert lines.empty and lines.attrs["method"]["n_lines"] == 0
    assert concordance(make_articles(), "zebra").empty
