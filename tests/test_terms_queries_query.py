"""The one language that all questions are asked in."""

import time

import pandas as pd
import pytest
from dateline import make_articles
from dateline.terms import find_tokens, map_terms, stem_terms
from dateline.terms.queries.query import Item, Reader, list_terms, parse_query

TEXT = "The river treaty: Treaties, treats, a pact. Women at the river; a woman re-opens it."
TOKENS = find_tokens(make_articles([TEXT]))


@pytest.mark.parametrize(
    ("query", "alternatives"),
    [
        ("treaty", [["treaty"]]),
        ("river treaty", [["river", "treaty"]]),
        ('"river treaty"|pact', [["river", "treaty"], ["pact"]]),
        ("“river treaty” OR pact | truce", [["river", "treaty"], ["pact"], ["truce"]]),
        ("river treaty”|pact", [["river", "treaty"], ["pact"]]),
        ('"ROCK AND ROLL"', [["ROCK", "AND", "ROLL"]]),
        ('"either|or"', [["either|or"]]),
        ("OR", [["OR"]]),
        ("NOT", [["NOT"]]),
        ("24/7|9/11", [["24/7"], ["9/11"]]),
    ],
)
def test_a_query_is_parted_into_words(query: str, alternatives: list[list[str]]) -> None:
    parsed = parse_query(query)
    assert [[item.text for item in own] for own in parsed] == alternatives
    assert {item.kind for own in parsed for item in own} == {"word"}


def test_sets_and_regular_expressions_are_known_by_their_signs() -> None:
    assert parse_query(r"/a|b\/c d/ treaty|[bad weather]") == [
        (Item("regex", r"a|b\/c d"), Item("word", "treaty")),
        (Item("set", "bad weather"),),
    ]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("a|", "query='a|', expected a word"),
        ("|", "expected a word"),
        ("*", "expected a word"),
        ("– …", "expected a word"),
        ("-port", "query='-port': “-” before a word has no meaning"),
        ("strike -port", "“-” before a word"),
        ("strike AND port", "query='strike AND port': AND has no meaning, expected OR or words"),
        ("NOT port", "NOT has no meaning"),
        ("(river|lake) treaty", r"\( and \) have no meaning, expected `a c|b c`"),
        ("the [weather]", r"query='the \[weather\]': a set stands by itself"),
    ],
)
def test_what_is_no_query_is_named(query: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("|", r"\|")):
        parse_query(query)


@pytest.mark.parametrize(
    ("query", "name", "terms"),
    [
        ("Treaty", "treaty", [["treaty"]]),
        ("“treaty,”", "treaty", [["treaty"]]),
        ("treat*", "treat*", [["treaties", "treats", "treaty"]]),
        ("(Treat*),", "(Treat*),", [["treaties", "treats", "treaty"]]),
        ("wom?n", "wom?n", [["woman", "women"]]),
        ("River’s TREATY", "river treaty", [["river"], ["treaty"]]),
        (
            "the  river treat*",
            "the river treat*",
            [["the"], ["river"], ["treaties", "treats", "treaty"]],
        ),
        ("/Treat(y|ies)/", "/Treat(y|ies)/", [["treaties", "treaty"]]),
        ("/treat/", "/treat/", [[]]),
        ("river zebra", "river zebra", [["river"], []]),
        ("Zebra’s", "zebra", [[]]),
    ],
)
def test_words_stand_for_terms_as_these_are_counted(
    query: str, name: str, terms: list[list[str]]
) -> None:
    meaning = Reader(TOKENS).read(query)
    assert meaning.name == name
    assert [[place.terms for place in places] for places in meaning.either] == [terms]
    assert meaning.is_term() == (terms == [[name]])


def test_a_term_stands_for_itself_however_it_is_written() -> None:
    tokens = map_terms(TOKENS, {"pact": "a|b", "river": "-x", "treaty": "[y]"})
    for term in ("a|b", "-x", "[y]"):
        assert Reader(tokens).read(term).is_term()


def test_stems_and_terms_of_several_words_are_found() -> None:
    assert Reader(stem_terms(TOKENS)).read("Treaty’s").name == "treati"
    merged = map_terms(TOKENS, {"treaty": "river treaty"})
    reader = Reader(merged)
    assert reader.read("River  Treaty").is_term()
    assert [len(places) for places in reader.read("the River Treaty").either] == [2]
    # No sign stands for a space: a word's wildcard is no phrase's.
    assert reader.read("riv*").list_terms() == ["river"]
    assert reader.read("river treat*").list_terms() == ["river treaty"]


def test_a_regular_expression_stops() -> None:
    tokens = TOKENS.assign(term=pd.Categorical(["a" * 60 + "!"] * len(TOKENS)))
    with pytest.raises(ValueError, match=r"/\(a\|aa\)\+b/ took more than 0.2 s"):
        Reader(tokens, seconds=0.2).read("/(a|aa)+b/")
    with pytest.raises(ValueError, match=r"/\(/ is no regular expression"):
        Reader(TOKENS).read("/(/")


def test_a_long_text_is_read_at_once() -> None:
    tokens = TOKENS.copy()
    tokens.attrs = {}  # each way of folding is tried
    started = time.process_time()
    assert len(Reader(tokens).read("the river treaty " * 300).either[0]) == 900
    assert time.process_time() - started < 1


def test_capitals_count_where_the_tokens_keep_them() -> None:
    tokens = find_tokens(make_articles([TEXT]), lower=False)
    assert Reader(tokens).read("/treat.*/").list_terms() == ["treats", "treaty"]
    assert Reader(tokens).read("Treat*").list_terms() == ["Treaties"]


def test_only_what_stands_by_itself_is_a_term() -> None:
    assert list_terms(TOKENS, ["treat*", "river treaty|pact", "zebra"]) == {
        *("treaties", "treats", "treaty", "pact")
    }
    assert list_terms(TOKENS, ["the*"], ["then", "rather"]) == {"then"}
