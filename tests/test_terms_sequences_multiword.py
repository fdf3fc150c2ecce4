"""Which words are terms together."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.read import read_articles
from dateline.terms import find_multiword_terms, find_phrases, find_tokens
from hypothesis import given, settings
from hypothesis import strategies as st

CORPUS = read_articles(Path(__file__).parents[1] / "corpus")


def make_tokens(*texts: str) -> pd.DataFrame:
    rows = [{"article_id": f"a{i}", "text": text} for i, text in enumerate(texts)]
    return find_tokens(build_frame("articles", rows), kinds=None)


def list_terms(tokens: pd.DataFrame, **options: object) -> list[str]:
    return find_multiword_terms(tokens, **{"min_n": 2, "min_articles": 1, **options})[
        "term"
    ].tolist()


def test_counts_and_closeness_are_those_worked_by_hand() -> None:
    tokens = make_tokens(
        "The harbour board met. A harbour board of Hask. The harbour is shut.",
        "Our harbour board and the gate board left.",
    )
    found = find_multiword_terms(tokens, min_n=2)
    assert found.drop(columns="log_dice").to_numpy().tolist() == [
        ["harbour board", 3, 2, 0, 2, False]
    ]
    # Together 3 times; harbour stands 4 times, board 4.
    assert found["log_dice"].tolist() == [pytest.approx(14 + np.log2(2 * 3 / (4 + 4)))]


def test_the_longest_is_taken_and_its_parts_only_where_they_stand_alone() -> None:
    whole = make_tokens(*["The salt marsh fund is here."] * 3)
    assert list_terms(whole) == ["salt marsh fund"]
    both = make_tokens(*["The salt marsh fund is here. A salt marsh is here."] * 3)
    found = find_multiword_terms(both, min_n=2)
    assert found[["term", "n", "n_inside"]].to_numpy().tolist() == [
        ["salt marsh", 3, 3],
        ["salt marsh fund", 3, 0],
    ]
    # Twice alone, eleven times inside: too seldom.
    rare = make_tokens(*["The salt marsh fund is here."] * 11, *["A salt marsh is here."] * 2)
    assert list_terms(rare) == ["salt marsh fund"]


def test_what_a_noun_always_follows_is_no_term() -> None:
    nouns = ("gates", "dues", "walls", "lamps", "ropes", "boats")
    tokens = make_tokens(*(f"The outer tidal {noun} are old." for noun in nouns))
    assert list_terms(tokens) == []
    assert list_terms(make_tokens(*["The outer tidal is late."] * 6)) == ["outer tidal"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The cost of living is up.", ["cost of living"]),
        ("They of the harbour it is.", []),
        ("It was last winter.", []),
        ("The two gates were here.", []),
        ("He is Mr Quill.", []),
        ("The harbour said so.", []),
        ("It is clause 12 of the bill.", ["clause 12 of the bill"]),
        ("It is clause 12.", []),
        ("It is plan b now.", []),
        ("The crane is not a tank now.", []),
        ("It is bread and roses.", ["bread and roses"]),
        ("They like some salt. Marsh is what it is.", []),
    ],
)
def test_the_ends_of_a_term_are_words_of_its_own(text: str, terms: list[str]) -> None:
    assert list_terms(make_tokens(*[text] * 4)) == terms


def test_a_stop_word_inside_makes_a_term_half_as_close() -> None:
    found = find_multiword_terms(make_tokens(*["The port of call is here."] * 5))
    assert found[["term", "log_dice"]].to_numpy().tolist() == [["port of call", 13.0]]


def test_seldom_and_in_one_article_is_no_term() -> None:
    tokens = make_tokens("The salt marsh. A salt marsh. No salt marsh.", "Here.")
    assert list_terms(tokens, min_n=3) == ["salt marsh"]
    assert list_terms(tokens, min_n=4) == []
    assert list_terms(tokens, min_articles=2) == []


def test_names_are_terms_however_far_and_never_a_part_of_others() -> None:
    text = "The mayor Ada Quill was here. Ada was here and Ada is here. Quill was here."
    tokens = make_tokens(*[text] * 6)
    assert list_terms(tokens) == ["mayor ada quill"]
    found = find_multiword_terms(tokens, names=["Ada Quill", "Quill", "Nobody Here", "The mayor"])
    columns = ["term", "n", "n_articles", "n_inside", "is_name"]
    assert found[columns].to_numpy().tolist() == [["ada quill", 6, 6, 0, True]]


def test_shuffled_words_hold_no_terms() -> None:
    tokens = find_tokens(CORPUS)
    found = find_multiword_terms(tokens)
    assert {"prime minister", "cost of living"} & set(found["term"]) and len(found) >= 10
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(tokens))
        shuffled = tokens.assign(term=tokens["term"].take(order).array)
        assert find_multiword_terms(shuffled).empty


TEXTS = st.lists(
    st.lists(st.sampled_from(["salt", "marsh", "fund", "of", "the", "sea."]), max_size=25).map(
        " ".join
    ),
    max_size=4,
)


@settings(deadline=None, max_examples=80)
@given(TEXTS, st.lists(st.sampled_from(["salt marsh", "Fund of Salt", "sea sea"]), max_size=2))
def test_each_is_counted_so_often_as_one(texts: list[str], names: list[str]) -> None:
    tokens = make_tokens(*texts)
    found = find_multiword_terms(tokens, min_n=2, min_articles=1, min_log_dice=1, names=names)
    merged = find_phrases(tokens, found["term"])["term"].value_counts()
    assert merged.reindex(found["term"]).tolist() == found["n"].tolist()
    assert (found["n"] >= 2).all() and (found["n_words"] > 1).all()


def test_nothing_in_nothing_out() -> None:
    assert find_multiword_terms(make_tokens()).empty
    with pytest.raises(ValueError, match="min_n=0"):
        find_multiword_terms(make_tokens("a"), min_n=0)
    with pytest.raises(ValueError, match="names holds 5"):
        find_multiword_terms(make_tokens("a"), names=[5])
