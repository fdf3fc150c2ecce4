from pathlib import Path

import pytest
from dateline.frames import build_frame
from dateline.terms import count_terms, find_tokens, lemmatise_terms
from dateline.terms.tokenise.english import load_lemmas
from dateline.terms.tokenise.mapping import find_lemma
from dateline.wordlists import read_table


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("treaties", "treaty"), ("struck", "strike"), ("children", "child"), ("said", "say"),
        ("saw", "see"), ("found", "find"), ("does", "do"), ("was", "be"), ("leaves", "leave"),
        ("travelled", "travel"), ("largest", "large"), ("co-operates", "co-operate"),
        ("police-officers", "police-officer"), ("prime ministers", "prime minister"),
        # What is often two words, or no form, stays.
        ("left", "left"), ("building", "building"), ("united", "united"), ("news", "news"),
        ("politics", "politics"), ("his", "his"), ("this", "this"), ("us", "us"), ("seed", "seed"),
        ("paris", "paris"), ("texas", "texas"), ("velt", "velt"), ("at&t", "at&t"),
    ],
)  # fmt: skip
def test_a_form_has_one_lemma_at_most(form: str, lemma: str) -> None:
    assert find_lemma(form) == lemma


def test_forms_that_were_checked_by_hand_are_right() -> None:
    checked = read_table("lemmas_checked.tsv", Path(__file__).parent / "data")
    wrong = [row["form"] for row in checked if find_lemma(row["form"]) != row["lemma"]]
    assert len(checked) >= 300
    assert len(wrong) <= 0.03 * len(checked), wrong


def test_a_name_that_looks_like_a_form_stays() -> None:
    text = "The banks met Ruth Banks. Banks said the gates of Velt and Gates shut. Said Gates"
    articles = build_frame("articles", [{"article_id": "a", "text": text}])
    terms = lemmatise_terms(find_tokens(articles))["term"].tolist()
    # Two tokens of “banks” are words, as far as one sees; two of three of “gates” are names.
    assert terms[:5] == ["the", "bank", "meet", "ruth", "bank"]
    assert terms.count("gates") == 3 and "gate" not in terms


def test_no_lemma_is_a_form_of_another() -> None:
    lemmas = load_lemmas()
    assert {lemma for lemma in lemmas.values() if lemmas[lemma] != lemma} == set()


def test_forms_count_together_and_a_query_finds_them() -> None:
    text = "The ports struck. The port strikes."
    articles = build_frame("articles", [{"article_id": "a", "text": text}])
    tokens = find_tokens(articles)
    lemmas = lemmatise_terms(tokens)
    assert tokens["term"].tolist()[1:3] == ["ports", "struck"]
    assert lemmas["term"].tolist() == ["the", "port", "strike", "the", "port", "strike"]
    assert lemmas.drop(columns="term").equals(tokens.drop(columns="term"))
    assert count_terms(lemmas, articles, include="Ports")["n"].tolist() == [2]
    assert lemmas.attrs["method"]["lemmas"] == "WordNet 3.0"
    assert lemmas.attrs["method"]["n_types_lemmatised"] == 3
