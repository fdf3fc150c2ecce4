"""Terms that a report follows, and who says them."""

import pandas as pd
import pytest
from dateline import find_said, make_articles
from dateline.terms import (
    add_voice,
    concordance,
    count_followed,
    find_sayings,
    find_tokens,
    split_queries,
)


@pytest.mark.parametrize(
    ("line", "queries"),
    [
        ("treaty; strike*;  cost  of living", ["treaty", "strike*", "cost of living"]),
        ("", []),
        (" ; ;", []),
        ("treaty;treaty;", ["treaty"]),
        ('"tea; coffee"|milk; a|b', ['"tea; coffee"|milk', "a|b"]),
        ("/a;b/; and/or; x/y", ["/a;b/", "and/or", "x/y"]),
        ("pay|/a;b/;[weather]", ["pay|/a;b/", "[weather]"]),
        ('an unclosed "mark; rent', ['an unclosed "mark', "rent"]),
    ],
)
def test_a_line_is_parted_at_its_semicolons(line: str, queries: list[str]) -> None:
    assert split_queries(line) == queries


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("treaty; strike |; rent", r"query='strike \|', expected a word"),
        ("treaty; -rent", "query='-rent'"),
        (["treaty"], r"queries=\['treaty'\], expected words, with semicolons"),
    ],
)
def test_what_is_no_query_is_named(line: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        split_queries(line)


TEXT = (
    "“The ferries are late,” said Ada Quill. The ferry lies here. Orla Venn said the ferry fares "
    "rise.\n\n“No strike is planned,” Ada Quill said. The strike pay grew."
)
ARTICLES = make_articles([TEXT])
FOUND = find_said(ARTICLES)
VOICED = add_voice(find_tokens(ARTICLES), FOUND.said, FOUND.attributions)


def test_statements_are_found_by_the_words_in_them() -> None:
    def list_speakers(*queries: str) -> list[str]:
        return find_sayings(VOICED, FOUND.said, queries)["speaker"].tolist()

    assert list_speakers("ferr*") == ["Ada Quill", "Orla Venn"]
    assert list_speakers("strike", "ferry fares") == ["Orla Venn", "Ada Quill"]
    assert list_speakers("strike pay") == list_speakers("zebra") == []  # the narrator's


def test_statements_are_those_that_lines_in_a_voice_stand_in() -> None:
    sayings = find_sayings(VOICED, FOUND.said, ["Ferr*", "strike"])
    lines = pd.concat(
        [concordance(ARTICLES, query, tokens=VOICED) for query in ("ferr*", "strike")]
    )
    spoken = lines[lines["voice"] != "narrator"]
    assert sayings.attrs["method"]["n_hits"] == {"Ferr*": 2, "strike": 1}
    assert len(spoken) == 3 and set(spoken["voice"]) == set(sayings["speaker"])
    assert list(sayings) == list(FOUND.said)
    pd.testing.assert_frame_equal(
        sayings, FOUND.said[FOUND.said["attribution_id"].isin(sayings["attribution_id"])]
    )


def test_what_is_followed_has_a_row_each() -> None:
    articles = ARTICLES.assign(published_on=pd.Timestamp("2025-04-02"))
    followed = count_followed(VOICED, articles, ["Ferr*", "zebra", "strike pay", "strike"])
    columns = ["term", "n", "n_articles", "n_spoken", "n_speakers"]
    assert followed[columns].to_numpy().tolist() == [
        ["Ferr*", 3, 1, 2, 2],
        ["zebra", 0, 0, 0, 0],
        ["strike pay", 1, 1, 0, 0],
        ["strike", 2, 1, 1, 1],
    ]
    day = pd.Timestamp("2025-04-02")
    assert followed["first_on"].tolist() == followed["last_on"].tolist()
    assert followed["last_on"].fillna(pd.Timestamp(0)).tolist() == [day, pd.Timestamp(0), day, day]
    # The exact limits of 0 times (Garwood 1936): 0 and -ln(0.025).
    absent = followed.loc[1, ["per_million", "per_million_low", "per_million_high"]].tolist()
    assert absent == [0, 0, pytest.approx(1e6 * 3.688879 / len(VOICED), rel=1e-6)]
    assert followed["per_million"].tolist()[0] == pytest.approx(3e6 / len(VOICED))


def test_voices_and_days_may_be_unknown_and_nothing_may_be_asked() -> None:
    followed = count_followed(find_tokens(ARTICLES), ARTICLES[["article_id"]], "ferry|strike")
    assert followed["n"].tolist() == [4]
    assert followed[["n_spoken", "n_speakers", "first_on", "last_on"]].isna().all(axis=None)
    assert count_followed(VOICED, ARTICLES, []).empty
    with pytest.raises(ValueError, match="queries holds 5"):
        count_followed(VOICED, ARTICLES, [5])


def test_tokens_without_a_voice_are_told() -> None:
    with pytest.raises(ValueError, match="`voiced` lacks the column attribution_id"):
        find_sayings(find_tokens(ARTICLES), FOUND.said, "ferry")
