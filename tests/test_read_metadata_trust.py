import datetime

from dateline.read.metadata.statement import Statement
from dateline.read.metadata.trust import choose_metadata

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
    assert choose_metadata(stated) == ({"title": "A mole", "outlet": "Quay Post"}, [])
    chosen, _ = choose_metadata(stated, ("folder", "text"))
    assert chosen == {"title": "A wall", "outlet": "Harbour News"}


def test_the_most_precise_date_wins_whoever_states_it():
    stated = state(
        ("published_on", "2025", "table"),
        ("published_on", "--03-11", "front_matter"),
        ("published_on", "2025-03-11", "text"),
    )
    assert choose_metadata(stated) == (
        {"published_on": DAY, "date_precision": "day", "date_evidence": "2025-03-11"},
        [],
    )


def test_days_that_disagree_are_a_doubt():
    stated = state(("published_on", "2025-03-14", "text"), ("published_on", "2025-03-11", "table"))
    columns, doubts = choose_metadata(stated)
    assert columns["published_on"] == DAY
    assert doubts == ["date '2025-03-14' disagrees with '2025-03-11', which was taken"]


def test_a_day_of_which_only_the_text_tells_is_evidence_and_no_date():
    told = state(("date_evidence", "--12-11", "text"))
    assert choose_metadata(told)[0] == {"date_precision": "month_day", "date_evidence": "--12-11"}
    dated = state(("published_on", "2025", "text"))
    assert choose_metadata(told + dated)[0] == {"date_precision": "year", "date_evidence": "2025"}


def test_an_update_is_a_day_of_its_own():
    stated = state(("updated_on", "2025-03", "text"), ("updated_on", "2025-03-11", "text"))
    assert choose_metadata(stated) == ({"updated_on": DAY}, [])


def test_of_nothing_nothing_is_known():
    assert choose_metadata([]) == ({}, [])
