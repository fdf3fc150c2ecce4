import pytest
from dateline.frames import build_frame
from dateline.terms import count_terms, find_tokens
from dateline.terms.tokenise.folding import Folding, fold_word, strip_accents
from hypothesis import assume, given
from hypothesis import strategies as st

DEFAULT = Folding()


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("ri-\nver", "river"),
        ("govern-\r\n  ment", "government"),
        ("MINIS-\nTERS", "ministers"),
        ("Har-\nbour’s", "harbour"),
        ("Mar-\nrin", "marrin"),  # no English words: a name
        ("long-\nterm", "long-term"),
        ("Anglo-\nSellandish", "anglo-sellandish"),
        ("ri\u00ad\nver", "river"),
        ("state-of-the-\nart", "state-of-the-art"),
        ("50 %", "50%"),
        ("5\u00a0€", "5€"),
        ("€ 5", "€5"),
        ("7\np.m.", "7 p.m."),
        ("No.\u00a010", "no. 10"),
        ("İstanbul", "istanbul"),
        ("Hawaiʻi", "hawai'i"),
        ("Hawai‘i", "hawai'i"),
        ("U.S.’s", "u.s."),
        ("AT&T's", "at&t"),
        ("it’s", "it's"),
    ],
)
def test_a_word_folds_to_what_a_reader_takes_it_for(word: str, term: str) -> None:
    assert fold_word(word, DEFAULT) == term


def test_a_word_that_a_line_cuts_is_one_token_of_the_whole() -> None:
    text = "The ri-\nver and the long-\nterm plan - \nit went well-\n\nThen"
    tokens = find_tokens(build_frame("articles", [{"article_id": "a", "text": text}]), kinds=None)
    terms = tokens["term"].tolist()
    assert terms == [
        "the",
        "river",
        "and",
        "the",
        "long-term",
        "plan",
        "it",
        "went",
        "well",
        "then",
    ]
    assert text[tokens["start"][1] : tokens["end"][1]] == "ri-\nver"


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("café", "cafe"), ("Łódź", "Lodz"), ("Øresund", "Oresund"), ("Æra", "AEra"),
        ("naïve", "naive"), ("Straße", "Strasse"), ("coöperate", "cooperate"), ("Ọláyà", "Olaya"),
        ("हिन्दी", "हिन्दी"), ("йод", "йод"), ("port", "port"),
    ],
)  # fmt: skip
def test_accents_are_taken_from_latin_letters_alone(word: str, plain: str) -> None:
    assert strip_accents(word) == plain


def test_accents_fold_by_choice() -> None:
    articles = build_frame("articles", [{"article_id": "a", "text": "Café cafe cafe\u0301"}])
    kept = count_terms(find_tokens(articles), articles).set_index("term")["n"].to_dict()
    assert kept == {"café": 2, "cafe": 1}
    tokens = find_tokens(articles, accents="strip")
    assert tokens["term"].tolist() == ["cafe"] * 3
    assert count_terms(tokens, articles, include="CAFÉ")["n"].tolist() == [3]
    with pytest.raises(ValueError, match="accents='fold', expected 'strip' or 'keep'"):
        find_tokens(articles, accents="fold")


@given(st.text("abÉéİßøŁ’'-ʻ\u0301\u00adﬁ 5%", min_size=1, max_size=9))
def test_what_is_folded_folds_to_itself(word: str) -> None:
    assume(" \u0301" not in word)  # no token has an accent without a letter
    for folding in (DEFAULT, Folding(accents="strip"), Folding(possessives="keep")):
        once = fold_word(word, folding._replace(possessives="keep"))
        assert fold_word(once, folding._replace(possessives="keep")) == once
