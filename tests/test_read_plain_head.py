"""Heads as agencies and papers of many countries print them, in words of our own.

The first 21 in expected.json were written before the rules, the next 20 beside them, the last 18
after them; what is wrong in them today is counted, so that it can only become less.
"""

import json
from collections import Counter
from pathlib import Path

import dateline as dl
import pandas as pd
import pytest
from dateline.read.plain.blocks import split_text
from dateline.read.plain.head import find_lead, find_people, follows_picture, is_time
from hypothesis import given
from hypothesis import strategies as st

HEADS = Path(__file__).parent / "data" / "heads"
STORY = (
    "The council met on Monday and agreed, after four hours and two interruptions by the same man, "
    "to mend the sea wall before the winter storms, which the harbour master expects in November."
)


def count_right() -> Counter:
    counts: Counter = Counter()
    corpus = dl.read_corpus(HEADS / "*.txt")
    expected = json.loads((HEADS / "expected.json").read_text("utf-8"))
    for _, row in corpus.articles.iterrows():
        want = expected[row["article_id"]]
        date = want["fields"].pop("date", [None, None])
        day = None if pd.isna(row["published_on"]) else str(row["published_on"])[:10]
        precision = None if pd.isna(row["date_precision"]) else row["date_precision"]
        counts["date", [day, precision] == date] += 1
        for column in ("title", "outlet", "byline", "place"):
            got = None if pd.isna(row[column]) else row[column]
            counts[column, got == want["fields"].get(column)] += 1
        blocks = corpus.blocks[corpus.blocks["article_id"] == row["article_id"]]
        places = blocks[["kind", "start", "end"]].itertuples(index=False)
        found = [(kind, " ".join(row["text"][start:end].split())) for kind, start, end in places]
        for kind, words in want["lines"]:
            line = " ".join(words.split())
            if kind == "body":
                counts["story", ("body", line) in found] += 1
            else:
                bodies = (text for k, text in found if k == "body")
                kept = any(text == line or text.endswith(f" {line}") for text in bodies)
                counts["out of the body", not kept] += 1
    return counts


def test_heads_of_many_countries_are_read():
    counts = count_right()
    wrong = {what: n for (what, is_right), n in counts.items() if not is_right}
    # A caption without a mark or a full stop, and a crosshead that is a quotation, are body.
    assert wrong == {"out of the body": 2}
    assert counts["story", True] == 176
    assert counts["out of the body", True] >= 385


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in split_text(text).blocks]


def test_one_unknown_line_hides_none_of_those_below():
    lines = ["Wall to be mended", "Weather permitting", "By Mara Voss", "Updated 20 mins ago"]
    assert [kind for kind, _ in kinds("\n".join([*lines, f"ODO, May 3 (OBA) - {STORY}"]))] == [
        *("heading", "heading", "byline", "header", "dateline", "body"),
    ]


@pytest.mark.parametrize(
    "label",
    ["NEWS", "Opinion", "Home » News » Local", "FOR IMMEDIATE RELEASE", "BC-Wall, 2nd Ld,300"],
)
def test_a_label_above_the_headline_is_no_title(label):
    text = f"{label}\nWall of Port Varro to be mended\nBy Mara Voss\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[:2] == [("header", label), ("heading", "Wall of Port Varro to be mended")]


def test_a_name_below_the_headline_is_its_author_unless_the_text_tells_of_it():
    text = f"Wall to be mended\nMara Voss\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[1] == ("byline", "Mara Voss")
    assert kinds(f"{text}\n\nA friend of Mara Voss was late.")[1] == ("heading", "Mara Voss")
    assert kinds(f"Wall to be mended\nCouncil Wall\n\n{STORY} The wall of the council is old.")[
        1
    ] == (*("heading", "Council Wall"),)


@pytest.mark.parametrize("line", ["News Desk", "Our Correspondent", "AFP", "Staff and agencies"])
def test_writers_who_are_not_named_have_a_line_without_a_value(line):
    assert kinds(f"Wall to be mended\n{line}\n4 May 2025\n{STORY}\n{STORY}")[1] == ("byline", line)


def test_whom_it_was_written_for_is_no_headline():
    text = f"Special to The Quay Post\nWall to be mended\nBy Mara Voss\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[:2] == [
        ("header", "Special to The Quay Post"),
        ("heading", "Wall to be mended"),
    ]


def test_sentences_above_a_name_stay_text():
    lines = ["A wall", "Ken Dow built it.", "It took him four years.", "Nobody came.", "Mara Voss"]
    found = kinds("\n".join([*lines, STORY, STORY]))
    assert [kind for kind, _ in found[1:4]] == ["body"] * 3


def test_a_turn_of_a_transcript_is_no_headline():
    turn = "The CHAIR: We come to the wall. I call Mr Voss."
    assert ("body", turn) in kinds(f"Wall to be mended\n{turn}\n4 March 2025\n{STORY}\n{STORY}")


def test_a_line_of_text_above_a_byline_ends_the_head():
    found = kinds(f"Wall to be mended\n{STORY}\nBy Mara Voss\n{STORY}")
    assert found[1] == ("body", STORY)


def test_a_dateline_is_taken_from_below_bullets_and_captions():
    head = "Wall to be mended\n- Storms feared\n- Four hours of debate\nPhoto: Odo Brint\n"
    found = kinds(f"{head}ODO, May 3 (OBA) - {STORY}\n{STORY}")
    assert [kind for kind, _ in found] == [
        *("heading", "heading", "heading", "credit", "dateline", "body", "body"),
    ]


def test_a_town_on_a_line_of_its_own_is_a_dateline_where_the_text_names_it():
    head = "Wall to be mended\n4 March 2025\nODO\n"
    assert ("dateline", "ODO") in kinds(f"{head}{STORY} The wall of Odo is old.")
    assert ("dateline", "ODO") not in kinds(f"{head}{STORY}")


def test_a_town_before_a_colon_is_a_dateline_where_no_other_line_has_a_label():
    head = "Wall to be mended\n4 March 2025\n"
    assert kinds(f"{head}ODO: {STORY}\n{STORY}")[2] == ("dateline", "ODO:")
    assert kinds(f"{head}ODO: {STORY}\nVOSS: {STORY}")[2] == ("body", f"ODO: {STORY}")
    assert kinds(f"ODO: {STORY}\n{STORY}")[0] == ("body", f"ODO: {STORY}")


def test_the_last_line_above_a_trailer_is_text():
    assert find_lead(["A wall", "© Harbour News"], 0, 1) == ([], 0, None)


def test_authors_are_named_one_by_one():
    lines = ["By MARA VOSS and Odo Brint, Harbour News", "A wall"]
    assert find_people(lines, ["byline", "heading"]) == ["Mara Voss", "Odo Brint"]


def test_what_a_page_puts_for_a_picture_makes_the_next_line_its_caption():
    assert follows_picture("Getty Images A wall by the sea", "The wall is old")
    assert not follows_picture("Getty Images A wall by the sea", "The wall is old.")
    assert not follows_picture("Reuters said so", "The wall is old")


def test_a_time_is_a_clock_and_nothing_else():
    assert [is_time(line) for line in ("14:22", "6.05 p.m.", "14:22 GMT", "14:22 It rains")] == [
        *(True, True, True, False),
    ]


LINES = [
    (kind, words)
    for head in json.loads((HEADS / "expected.json").read_text("utf-8")).values()
    for kind, words in head["lines"]
    if kind not in ("dateline", "body")
]
ABOVE = st.sampled_from([words for kind, words in LINES if kind != "trailer"])
BELOW = st.sampled_from([words for kind, words in LINES if kind in ("trailer", "note")])
PARAGRAPHS = [
    STORY,
    "“We have counted them by eye since my father’s day,” said Wenna Tolk near Tarnhold.",
    "The office has hired two students, and expects a first number before the end of May.",
]


@given(st.lists(ABOVE, max_size=8), st.lists(BELOW, max_size=6))
def test_whatever_stands_around_it_no_paragraph_of_the_story_is_taken_out(above, below):
    found = kinds("\n\n".join([*above, *PARAGRAPHS, *below]))
    for paragraph in PARAGRAPHS:
        assert ("body", paragraph) in found
