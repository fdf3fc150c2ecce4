import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import WORD_WITHOUT_HYPHENS, find_tokens, map_terms, stem_terms
from dateline.terms.tokenise.folding import Folding, fold_word
from hypothesis import given, settings
from hypothesis import strategies as st

LETTERS = "abzAZéßİ0129 .,!?'’‘-‐—“”\"\n\t_*ﬁＡ\u0301\u00ad\u200b\ufeff😀中"


def make_articles(*texts: str) -> pd.DataFrame:
    return build_frame(
        "articles",
        [
            {"article_id": f"a{i}", "path": f"a{i}.txt", "text": text}
            for i, text in enumerate(texts)
        ],
    )


def find_terms(text: str, **options: object) -> list[str]:
    return find_tokens(make_articles(text), **{"kinds": None, **options})["term"].tolist()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(LETTERS), max_size=4))
def test_text_between_the_offsets_folds_to_the_term(texts: list[str]) -> None:
    tokens = find_tokens(make_articles(*texts), kinds=None)
    for row in tokens.itertuples():
        word = texts[int(row.article_id[1:])][row.start : row.end]
        assert fold_word(word, Folding()) == row.term


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(LETTERS), max_size=4))
def test_tokens_are_in_order_and_do_not_overlap(texts: list[str]) -> None:
    tokens = find_tokens(make_articles(*texts), kinds=None)
    for _, own in tokens.groupby("article_id", observed=True):
        assert own["token_index"].tolist() == list(range(len(own)))
        assert (own["end"].to_numpy()[:-1] <= own["start"].to_numpy()[1:]).all()
        assert own["sentence_index"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The port’s long-term plan", ["the", "port", "long-term", "plan"]),
        ("It’s the ministers’ view, isn't it", ["it's", "the", "ministers", "view", "isn't", "it"]),
        ("1,000 of 3.5 in 2025.", ["1,000", "of", "3.5", "in", "2025"]),
        ("the U.S. fleet and J.K. Orrin", ["the", "u.s.", "fleet", "and", "j.k.", "orrin"]),
        ("_never_ **again** ‘no’", ["never", "again", "no"]),
        ("of\ufb01ce \uff21\uff22 cafe\u0301 co\u00adop", ["office", "ab", "café", "coop"]),
        ("one—two – three--four", ["one", "two", "three", "four"]),
    ],
)
def test_words_are_those_that_a_reader_sees(text: str, terms: list[str]) -> None:
    assert find_terms(text) == terms


def test_apostrophe_styles_are_one_type_and_the_merge_is_reported() -> None:
    tokens = find_tokens(make_articles("don't don’t won’t"), kinds=None)
    assert tokens["term"].tolist() == ["don't", "don't", "won't"]
    assert tokens.attrs["method"]["n_types_merged_by_typography"] == 1


def test_choices_change_the_terms() -> None:
    text = "The Port's long-term plans"
    assert find_terms(text, lower=False) == ["The", "Port", "long-term", "plans"]
    assert find_terms(text, possessives="keep")[1] == "port's"
    assert find_terms(text, pattern=WORD_WITHOUT_HYPHENS)[2:4] == ["long", "term"]
    assert find_terms("don’t", typography=False) == ["don’t"]


def test_a_tokeniser_may_give_the_spans() -> None:
    from nltk.tokenize import TreebankWordTokenizer

    terms = find_terms("We can't stay.", pattern=TreebankWordTokenizer().span_tokenize)
    assert terms == ["we", "ca", "n't", "stay", "."]


def test_sentences_end_at_marks_and_blank_lines_but_not_at_abbreviations() -> None:
    text = "Mr. Orrin left. “Why?” he asked. The U.S. Navy stayed\n\nNobody J. B. Lund knew"
    tokens = find_tokens(make_articles(text), kinds=None)
    sentences = tokens.groupby("sentence_index")["term"].agg(" ".join).tolist()
    assert sentences == [
        "mr orrin left",
        "why he asked",
        "the u.s. navy stayed",
        "nobody j b lund knew",
    ]


def test_captions_and_headers_are_not_counted() -> None:
    articles = make_articles("Old head\nThe mayor spoke.")
    blocks = pd.DataFrame(
        {
            "article_id": ["a0", "a0"],
            "block_index": [0, 1],
            "kind": ["caption", "body"],
            "start": [0, 9],
            "end": [8, 25],
        }
    )
    tokens = find_tokens(articles, blocks=blocks)
    assert tokens["term"].tolist() == ["the", "mayor", "spoke"]
    assert tokens["token_index"].tolist() == [2, 3, 4]
    assert list(tokens["term"].cat.categories) == ["mayor", "spoke", "the"]
    every = find_tokens(articles, blocks=blocks, kinds=["caption", "body"])
    assert every["sentence_index"].tolist() == [0, 0, 1, 1, 1]


def test_a_lemma_list_maps_terms() -> None:
    tokens = find_tokens(make_articles("He goes and went"), kinds=None)
    lemmas = map_terms(tokens, {"goes": "go", "went": "go"})
    assert lemmas["term"].tolist() == ["he", "go", "and", "go"]
    assert tokens["term"].tolist() == ["he", "goes", "and", "went"]
    assert stem_terms(tokens)["term"].tolist() == ["he", "goe", "and", "went"]
    with pytest.raises(ValueError, match="'and' maps to ''"):
        map_terms(tokens, lambda term: "")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pattern": r"(\w)+"}, "has a group"),
        ({"pattern": r"\w*"}, "empty string"),
        ({"possessives": "drop"}, "possessives='drop'"),
        ({"kinds": ["boddy"]}, "expected some of header"),
    ],
)
def test_a_wrong_choice_is_named(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        find_tokens(make_articles("One two."), **options)


def test_no_articles_give_no_tokens() -> None:
    assert find_tokens(make_articles()).empty
    assert find_tokens(make_articles("", " \n")).empty


def test_a_word_before_the_first_block_is_in_none() -> None:
    blocks = pd.DataFrame(
        {"article_id": ["a0"], "block_index": [0], "kind": ["body"], "start": [4], "end": [9]}
    )
    tokens = find_tokens(make_articles("Old news here"), blocks=blocks)
    assert tokens["term"].tolist() == ["news"]


def test_times_and_decimals_do_not_end_a_sentence() -> None:
    tokens = find_tokens(make_articles("At 10:30 we met 13.5 People"), kinds=None)
    assert set(tokens["sentence_index"]) == {0}


def test_a_mark_that_is_a_word_ends_a_sentence() -> None:
    from nltk.tokenize import WordPunctTokenizer

    articles = make_articles("They left. Nobody stayed")
    tokens = find_tokens(articles, pattern=WordPunctTokenizer().span_tokenize)
    assert tokens["sentence_index"].tolist() == [0, 0, 0, 1, 1]
