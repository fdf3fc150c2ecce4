import datetime

import pytest
from dateline.read.metadata.statement import Statement
from dateline.read.metadata.years import complete_day
from hypothesis import given
from hypothesis import strategies as st


def date(value, words=None, origin="text"):
    return Statement("published_on", value, words or value, origin)


@pytest.mark.parametrize(
    ("day", "by", "found"),
    [
        ("--03-04", "2025-03-04", "2025-03-04"),
        ("--03-04", "2025-03-06", "2025-03-04"),
        ("--03-05", "2025-03-04", "2025-03-05"),  # it is a day later elsewhere
        ("--03-04", "2025-09-30", "2025-03-04"),  # collected half a year later
        ("--12-30", "2025-01-02", "2024-12-30"),
        ("--01-01", "2024-12-31", "2025-01-01"),
        ("--03-06", "2025-03-04", "2024-03-06"),
        ("--03-04", "2025", "2025-03-04"),
        ("--12-31", "2025", "2025-12-31"),
        ("--03-31", "2025-03", "2025-03-31"),
        ("--12-30", "2025-01", "2024-12-30"),
        ("--02-29", "2024-03-01", "2024-02-29"),
        ("--02-29", "2025", None),
        ("--02-29", "2026-01-01", None),
    ],
)
def test_the_last_such_day_not_after_what_is_known_is_meant(day, by, found):
    made = complete_day(date(day), [date(by)])
    assert (made.day and made.day.value) == found
    assert bool(made.doubt) == (found is None or found[:4] != by[:4])


def test_without_a_year_nothing_is_completed():
    assert complete_day(date("--03-04"), []) is None
    assert complete_day(date("--03-04"), [date("--03-05")]) is None


def test_a_day_is_a_better_guide_than_a_month_or_a_year():
    known = [date("2024", origin="table"), date("2025-03-06", origin="file_name")]
    assert complete_day(date("--03-04"), known).day.value == "2025-03-04"


def test_the_words_of_both_are_the_evidence():
    made = complete_day(date("--03-04", "March 4"), [date("2025", "2025", "folder")])
    assert made.day == Statement("published_on", "2025-03-04", "March 4; 2025", "text")


@pytest.mark.parametrize("words", ["Tuesday, March 4", "Tue March 4", "March 4"])
def test_a_weekday_that_agrees_lets_the_day_stand(words):
    assert complete_day(date("--03-04", words), [date("2025")]).day


@pytest.mark.parametrize("words", ["Monday, March 4", "Sat. March 4", "Thurs. March 4"])
def test_a_weekday_that_disagrees_leaves_the_day_open(words):
    made = complete_day(date("--03-04", words), [date("2025", "2025", "folder")])
    assert made.day is None
    assert made.doubt == f"date '{words}' has another weekday in the year of '2025' (folder)"


@given(st.dates(datetime.date(1801, 1, 1), datetime.date(2099, 1, 1)), st.integers(0, 363))
def test_a_day_is_found_again_from_any_within_a_year_after_it(day, later):
    by = day + datetime.timedelta(later)
    made = complete_day(date(f"--{day:%m-%d}"), [date(by.isoformat())])
    assert made.day.value == day.isoformat()
