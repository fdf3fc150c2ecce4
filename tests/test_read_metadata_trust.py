import datetime

import pytest
from dateline.read.metadata.statement import Statement
from dateline.read.metadata.trust import choose_metadata, read_trust

DAY = datetime.date(2025, 3, 11)


def state(*rows):
    return [Statement(column, value, value, origin) for column, value, origin in rows]


def test_the_most_trusted_place_wins_and_there_the_first():
    stated = state(
        ("title", "A wall", "text"),
        ("title", "A dike", "text"),
        ("title", "A mole", "table"),
        ("outlet", "Harbour News", "folder"),
        ("outlet", "Quay Post", "text"),
    )
    chosen = choose_metadata(stated)
    assert chosen.columns == {"title": "A mole", "outlet": "Quay Post"}
    assert chosen.taken == {stated[2], stated[4]}
    chosen = choose_metadata(stated, ("folder", "text"))
    assert chosen.columns == {"title": "A wall", "outlet": "Harbour News"}


def test_the_most_precise_date_wins_whoever_states_it():
    stated = state(
        ("published_on", "2025", "table"),
        ("published_on", "2025-03", "front_matter"),
        ("published_on", "2025-03-11", "text"),
    )
    columns = {"published_on": DAY, "date_precision": "day", "date_evidence": "2025-03-11"}
    assert choose_metadata(stated) == (columns, [], {stated[2]})


def test_a_date_that_disagrees_with_a_more_trusted_one_is_a_doubt_and_not_taken():
    stated = state(("published_on", "2025-03-14", "text"), ("published_on", "2025-03-11", "table"))
    columns, doubts, _ = choose_metadata(stated)
    assert columns["published_on"] == DAY
    assert doubts == [
        "date '2025-03-14' (text) disagrees with '2025-03-11' (table), which was taken"
    ]
    stated = state(("published_on", "2025-03-14", "text"), ("published_on", "2024", "table"))
    columns, doubts, _ = choose_metadata(stated)
    assert columns == {"date_precision": "year", "date_evidence": "2024"}
    assert len(doubts) == 1


def test_a_day_apart_is_a_time_zone():
    stated = state(("published_on", "2025-03-12", "text"), ("published_on", "2025-03-11", "table"))
    assert choose_metadata(stated)[:2] == (
        {"published_on": DAY, "date_precision": "day", "date_evidence": "2025-03-11"},
        [],
    )


def test_a_day_without_a_year_is_completed_and_both_its_parts_are_taken():
    stated = state(("published_on", "--03-11", "text"), ("published_on", "2025-03-12", "file_name"))
    columns, doubts, taken = choose_metadata(stated)
    assert (columns["published_on"], columns["date_evidence"]) == (DAY, "--03-11; 2025-03-12")
    assert (doubts, taken) == ([], set(stated))
    columns, _, taken = choose_metadata(stated, ("text", "folder"))
    assert columns == {"date_precision": "month_day", "date_evidence": "--03-11"}


def test_a_year_is_taken_from_an_update_too():
    stated = state(("published_on", "--03-11", "text"), ("updated_on", "2025-03-12", "text"))
    assert choose_metadata(stated).columns["published_on"] == DAY


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://quay.example/2025/03/12/ferry", DAY),
        ("https://quay.example/news/2025-03-12-ferry", DAY),
        ("https://quay.example/2025/03/12", DAY),
        ("https://quay.example/2025/13/12/ferry", None),
        ("https://quay.example/2025/03/ferry", None),
        ("https://quay.example/12/2025/03/1", None),
    ],
)
def test_an_address_gives_a_year_but_never_a_day(url, day):
    stated = state(("url", url, "form"), ("published_on", "--03-11", "text"))
    assert choose_metadata(stated).columns.get("published_on") == day
    assert "published_on" not in choose_metadata(stated[:1]).columns


@pytest.mark.parametrize("trust", ["text,fable", ["today"], "", "text,text"])
def test_an_order_of_trust_that_is_none_is_named(trust):
    with pytest.raises(ValueError, match="trust"):
        read_trust(trust)


def test_an_order_of_trust_is_read():
    assert read_trust("text, table") == ("text", "table")
    assert read_trust(None)[:2] == ("table", "front_matter")


def test_a_day_of_which_only_the_text_tells_is_evidence_and_no_date():
    told = state(("date_evidence", "--12-11", "text"))
    assert choose_metadata(told)[0] == {"date_precision": "month_day", "date_evidence": "--12-11"}
    dated = state(("published_on", "2025", "text"))
    assert choose_metadata(told + dated)[0] == {"date_precision": "year", "date_evidence": "2025"}


def test_an_update_is_a_day_of_its_own():
    stated = state(("updated_on", "2025-03", "text"), ("updated_on", "2025-03-11", "text"))
    assert choose_metadata(stated) == ({"updated_on": DAY}, [], {stated[1]})


def test_of_nothing_nothing_is_known():
    assert choose_metadata([]) == ({}, [], set())
