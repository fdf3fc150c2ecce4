"""Where queries stand, and that all functions count the same."""

import re
import warnings
from fnmatch import fnmatchcase

import pandas as pd
import pytest
from dateline import make_articles
from dateline.terms import (
    concordance,
    count_terms,
    count_trend,
    find_collocations,
    find_tokens,
    map_terms,
    name_terms,
    rank_keywords,
)
from dateline.terms.cells import find_followers
from dateline.terms.queries.hits import ask, ask_hits, find_hits, read_queries
from hypothesis import given, settings
from hypothesis import strategies as st

PATTERNS = ["a", "b", "ab", "a*", "?b", "b*"]
TEXTS = st.lists(st.text("aab bA.\n,", max_size=40), min_size=1, max_size=3)
PHRASES = st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3)


def list_hits(sentences: list[list[str]], either: list[list[str]]) -> list[tuple[int, int]]:
    """The first word of each hit and its words, by trying all alternatives at each place."""
    hits, row = [], 0
    for words in sentences:
        place = 0
        while place < len(words):
            sizes = [
                len(phrase)
                for phrase in either
                if place + len(phrase) <= len(words)
                and all(map(fnmatchcase, words[place : place + len(phrase)], phrase))
            ]
            hits += [(row + place, max(sizes))] if sizes else []
            place += max(sizes, default=1)
        row += len(words)
    return hits


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.lists(PHRASES, min_size=1, max_size=3), st.sampled_from(["|", " OR ", "set"]))
def test_all_functions_count_the_same_hits(
    texts: list[str], either: list[list[str]], between: str
) -> None:
    articles = make_articles([{"text": text, "date": "2025-03-01"} for text in texts])
    tokens = find_tokens(articles, kinds=None)
    sentences: list[list[str]] = []
    for follows, term in zip(find_followers(tokens), tokens["term"], strict=True):
        if not follows:
            sentences.append([])
        sentences[-1].append(term)
    phrases = [" ".join(words) for words in either]
    query = between.join(f'"{phrase}"' for phrase in phrases)
    if between == "set":
        query = "[own]"
        tokens = name_terms(tokens, pd.DataFrame({"name": "own", "term": phrases}))
    hits = find_hits(tokens, read_queries(tokens, query, "terms"))[0]
    expected = list_hits(sentences, either)
    assert list(zip(hits.first.tolist(), hits.size.tolist(), strict=True)) == expected
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a query that nothing matches
        counts = count_terms(tokens, articles, include=query)
        trends = count_trend(tokens, articles, query)
    near = find_collocations(tokens, query, left=9, right=9)
    assert {
        counts["n"].sum(),
        trends["n"].sum(),
        len(concordance(articles, query, tokens=tokens)),
        *near["n_node"],
    } == {len(expected)}
    assert set(counts["n_tokens"]) <= {len(tokens)}
    assert (near["n_tokens"] == len(tokens) - hits.size.sum()).all()


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3))
def test_a_regular_expression_meets_what_its_wildcards_do(
    texts: list[str], patterns: list[str]
) -> None:
    tokens = find_tokens(make_articles(texts), kinds=None)
    written = [pattern.replace("*", ".*").replace("?", ".") for pattern in patterns]
    either = "|".join(patterns), "/" + "|".join(written) + "/"
    first, other = (found.first.tolist() for found in ask_hits(tokens, either, "terms").values())
    assert first == other
    phrases = " ".join(patterns), " ".join(f"/{pattern}/" for pattern in written)
    first, other = (
        [hits.tolist() for hits in found] for found in ask_hits(tokens, phrases, "terms").values()
    )
    assert first == other


TEXT = "The river treaty holds. River treaty, river pact; treaties of the river."
ARTICLES = make_articles(
    [{"text": TEXT, "outlet": "Ovra Post"}, {"text": "No river.", "outlet": "B"}]
)
TOKENS = find_tokens(ARTICLES)


@settings(deadline=None, max_examples=80)
@given(st.text('riv t*?|/[]()-"“” ORANDßİ,.\\', min_size=1, max_size=16))
def test_any_text_is_a_query_or_an_error_and_its_name_asks_for_the_same(query: str) -> None:
    try:
        n = len(concordance(ARTICLES, query, tokens=TOKENS))
    except ValueError:
        with pytest.raises(ValueError):
            ask_hits(TOKENS, query, "terms")
        return
    (name,) = hits = ask_hits(TOKENS, query, "terms")
    assert len(hits[name].first) == n
    again = ask_hits(TOKENS, name, "terms")
    assert list(again) == [name] and again[name].first.tolist() == hits[name].first.tolist()


def test_a_query_is_a_row_of_its_own_name_among_unchanged_others() -> None:
    queries = ["River", "River Treaty", "treat*", "river|river  treaty", "/treat(y|ies)/"]
    counts = count_terms(TOKENS, ARTICLES, include=queries)
    assert counts[["term", "n", "n_articles", "n_tokens"]].to_numpy().tolist() == [
        ["river", 5, 2, 14],
        ["river|river treaty", 5, 2, 14],
        ["/treat(y|ies)/", 3, 1, 14],
        ["treat*", 3, 1, 14],
        ["river treaty", 2, 1, 14],
    ]
    pd.testing.assert_frame_equal(count_terms(TOKENS, ARTICLES, include=counts["term"]), counts)
    alone = count_terms(TOKENS, ARTICLES, include="River")
    assert alone.iloc[0].drop("rank").equals(counts.iloc[0].drop("rank"))
    by_outlet = count_terms(TOKENS, ARTICLES, by="outlet", include="treat*|no")
    assert by_outlet[["group", "n", "n_tokens"]].to_numpy().tolist() == [
        ["B", 1, 2],
        ["Ovra Post", 3, 12],
    ]


WORDS = st.sampled_from(["port", "ports", "wall", "gate", "the"])


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=12, max_size=14))
def test_a_query_is_compared_as_if_its_words_were_one(texts: list[list[str]]) -> None:
    rows = [
        {"text": " ".join(words), "outlet": "AB"[i % 2], "date": "2025-03-01"}
        for i, words in enumerate(texts)
    ]
    articles = make_articles(rows)
    tokens = find_tokens(articles, kinds=None)
    one = map_terms(tokens, {"ports": "x", "wall": "x"})
    for query in ("ports|wall", "/ports|w.*/"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of words that no article has
            asked = rank_keywords(tokens, articles, by="outlet", include=["the", query, "gate"])
            same = rank_keywords(one, articles, by="outlet", include=["the", "x", "gate"])
        asked["term"] = asked["term"].replace(query, "x")
        pd.testing.assert_frame_equal(
            *(found.sort_values(["group", "term"], ignore_index=True) for found in (asked, same))
        )


def test_a_list_is_asked_for_what_a_query_stands_for() -> None:
    listed = pd.DataFrame({"term": ["river", "treaties", "treason"], "n": [4, 2, 1]})
    listed["n_tokens"] = 10
    queries = ["treat*", "river|pact", "[law]", "no"]
    sets = pd.DataFrame({"name": "law", "term": ["trea*", "treaties"]})
    tokens = name_terms(TOKENS, sets)
    keywords = rank_keywords(tokens, ARTICLES, reference=listed, include=queries)
    assert keywords.set_index("term")[["n", "n_reference"]].T.to_dict("list") == {
        "treat*": [3, 2],
        "river|pact": [6, 4],
        "[law]": [3, 3],
        "no": [1, 0],
    }
    with pytest.raises(ValueError, match="a list of terms, which has no 'river treaty'"):
        rank_keywords(tokens, ARTICLES, reference=listed, include="river treaty")


def test_patterns_leave_terms_out() -> None:
    counts = count_terms(TOKENS, ARTICLES, exclude=["treat*", "/.?o.?/", "river|pact", "the river"])
    assert counts["term"].tolist() == ["the", "holds"]
    near = find_collocations(TOKENS, "holds", exclude="r*|of")
    assert near["term"].tolist() == ["the", "treaty"]


def test_the_windows_of_a_phrase_begin_at_its_ends() -> None:
    tokens = find_tokens(make_articles(["a b x y c sea. X y"]))
    near = find_collocations(tokens, "x y", left=1, right=1)
    assert near[["node", "term", "n", "n_node", "n_window", "n_tokens"]].to_numpy().tolist() == [
        ["x y", "b", 1, 2, 2, 4],
        ["x y", "c", 1, 2, 2, 4],
    ]


def test_what_nothing_matches_is_told_once_for_all() -> None:
    gone = TOKENS[TOKENS["term"] != "pact"]  # its categories still have the term
    with pytest.warns(UserWarning, match=re.escape("no token has the term 'pact', 'pact of'")):
        asked = ask(gone, ["Pact", "pact of", "river"], "terms")
    assert asked.names == ["pact", "pact of", "river"]
    assert asked.missing == ["pact", "pact of"]
    assert asked.facts() == {"terms_not_found": ["pact", "pact of"]}
    assert {name: rows.tolist() for name, rows in asked.hits.items()} == {"pact of": []}


def test_phrases_need_to_know_what_follows_what() -> None:
    needed = TOKENS[["article_id", "term"]]
    assert count_terms(needed, ARTICLES, include="treat*|pact")["n"].tolist() == [4]
    with pytest.raises(ValueError, match="`tokens` lacks the columns token_index, sentence_index"):
        count_terms(needed, ARTICLES, include="river treaty")
