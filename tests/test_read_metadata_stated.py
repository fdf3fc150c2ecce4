import datetime

import pytest
from dateline.read.metadata.stated import read_metadata
from dateline.read.metadata.statement import Statement
from dateline.read.metadata.trust import choose_metadata
from dateline.read.plain.blocks import split_text

BODY = "The council met on 5 May 2021 and agreed to mend the sea wall before the winter storms."
DAY = datetime.date(2025, 3, 11)


def read(text: str) -> dict:
    return choose_metadata(read_metadata(split_text(text).blocks)[0])[0]


def doubts(text: str) -> list[str]:
    statements, doubts = read_metadata(split_text(text).blocks)
    return doubts + choose_metadata(statements)[1]


def test_each_value_has_its_words_and_its_place_in_the_order_of_trust():
    text = (
        "---\ntitle: A wall\nupdated: 2025-03-12\n---\n"
        f"By Mara Voss\n\nODO, March 11 (OBA) – {BODY}\n\n© 2025 Harbour News"
    )
    assert read_metadata(split_text(text).blocks)[0] == [
        Statement("title", "A wall", "A wall", "front_matter"),
        Statement("updated_on", "2025-03-12", "2025-03-12", "front_matter"),
        Statement("byline", "Mara Voss", "Mara Voss", "text"),
        Statement("outlet", "Harbour News", "Harbour News", "text"),
        Statement("place", "ODO", "ODO", "text"),
        Statement("published_on", "--03-11", "March 11", "text"),
        Statement("outlet", "OBA", "OBA", "text"),
    ]


def test_front_matter_states_everything():
    text = (
        "---\ntitle: 'A wall: what it costs'\noutlet: Harbour News\ndate: 2025-03-11T08:00\n"
        'author: "Mara Voss"\nurl: https://harbour.example/wall\nlang: en-GB\nmood: calm\n---\n'
    )
    assert read(text + BODY) == {
        "title": "A wall: what it costs",
        "outlet": "Harbour News",
        "byline": "Mara Voss",
        "url": "https://harbour.example/wall",
        "language": "en-GB",
        "published_on": DAY,
        "date_precision": "day",
        "date_evidence": "2025-03-11",
    }


def test_lines_above_the_text_state_the_same_without_a_fence():
    text = f"A wall for Port Varro\nBy Mara Voss\nThe Harbour Courier, 11 March 2025\n\n{BODY}"
    assert read(text) == {
        "title": "A wall for Port Varro",
        "byline": "Mara Voss",
        "outlet": "The Harbour Courier",
        "published_on": DAY,
        "date_precision": "day",
        "date_evidence": "11 March 2025",
    }


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("# A *wall*", "title", "A *wall*"),
        ("**A wall**", "title", "A wall"),
        ("BYLINE: Mara Voss.", "byline", "Mara Voss"),
        ("By Mara Voss and Odo Brint | 11 March 2025", "byline", "Mara Voss and Odo Brint"),
        ("By Mara Voss | 11 March 2025", "published_on", DAY),
        ("Updated: 12 March 2025", "published_on", None),
        ("Port Varro, 11 March 2025", "place", "Port Varro"),
        ("**Date:** 11 March 2025", "date_evidence", "11 March 2025"),
        ("https://harbour.example/wall", "url", "https://harbour.example/wall"),
    ],
)
def test_a_line_above_the_text_states_its_column(line, column, value):
    assert read(f"{line}\n\n{BODY}\n\n{BODY}").get(column) == value


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("///oba, 11 March 2025", "oba"),
        ("© 2025 Harbour News", "Harbour News"),
        ("Copyright (c) 2025 Harbour News. All rights reserved.", "Harbour News"),
        ("Source: Harbour News", "Harbour News"),
        ("Source: harbour.example", "harbour.example"),
        ("Harbour News, 11 March 2025", "Harbour News"),
        ("Mara Voss contributed reporting.", None),
    ],
)
def test_the_trailer_names_the_outlet(line, outlet):
    assert read(f"{BODY}\n{line}").get("outlet") == outlet


def test_a_date_that_ends_an_article_names_no_place():
    fields = read(f"{BODY}\nTuesday, March 11, 2025.")
    assert (fields["published_on"], fields.get("place")) == (DAY, None)


def test_a_dateline_names_place_agency_and_day():
    fields = read(f"LONDON, March 11, 2025 (OBA) – {BODY}")
    assert (fields["place"], fields["outlet"], fields["published_on"]) == ("LONDON", "OBA", DAY)


def test_a_dateline_yields_to_the_header_without_a_doubt():
    text = f"date: 2025-03-11\noutlet: Harbour News\n\nODO, March 10, 2025 (OBA) – {BODY}"
    assert (read(text)["outlet"], read(text)["published_on"]) == ("Harbour News", DAY)
    assert doubts(text) == []


def test_running_text_states_no_date():
    assert read(BODY) == {}
    assert read(f"ODO – {BODY}") == {"place": "ODO"}


def test_a_day_without_a_year_counts_in_the_first_sentence_after_a_dateline():
    lead = "The wall broke on Dec. 11 at noon."
    assert read(f"ODO – {lead}")["date_evidence"] == "Dec. 11"
    assert "date_evidence" not in read(lead)
    assert "date_evidence" not in read(f"ODO – The wall broke yesterday. {lead}")
    assert "date_evidence" not in read("ODO – The wall broke on Dec. 11-12 at noon.")


def test_header_and_trailer_that_disagree_are_a_doubt():
    text = f"date 2025-03-11 {BODY}\n\n{BODY} ///oba, 14 March 2025"
    assert read(text)["published_on"] == DAY
    assert doubts(text) == ["date '14 March 2025' disagrees with '2025-03-11', which was taken"]


def test_a_weekday_is_kept_with_a_day_that_has_no_year():
    assert read(f"ODO, Tuesday, March 11 (OBA) – {BODY}")["date_evidence"] == "Tuesday, March 11"
    assert read(f"ODO, Tuesday, March 11, 2025 – {BODY}")["date_evidence"] == "March 11, 2025"


def test_an_impossible_date_is_a_doubt():
    assert doubts(f"date: 31 February 2025\n\n{BODY}") == ["no date: '31 February 2025'"]
