import datetime

import pytest
from dateline.read.metadata.dates import find_date
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime.date(2025, 3, 11)


@pytest.mark.parametrize(
    "words",
    [
        "2025-03-11",
        "2025-03-11T23:30:00-05:00",
        "2025/3/11",
        "11 March 2025",
        "Tuesday, 11th of March, 2025",
        "March 11, 2025",
        "MARCH 11 2025",
        "Mar. 11, 2025, 10:30 a.m.",
        "11-Mar-2025",
        "11.03.2025",
        "///oba, 11 March 2025",
    ],
)
def test_a_whole_date_is_a_day(words):
    date = find_date(words)
    assert (date.precision, date.day, date.doubt) == ("day", DAY, None)
    assert date.words in words


@pytest.mark.parametrize(
    ("words", "precision", "evidence"),
    [
        ("on Dec. 11 in Port Varro", "month_day", "Dec. 11"),
        ("3 May", "month_day", "3 May"),
        ("29 February", "month_day", "29 February"),
        ("March 2025", "month", "March 2025"),
        ("2025", "year", "2025"),
    ],
)
def test_less_than_a_date_is_less_than_a_day(words, precision, evidence):
    date = find_date(words)
    assert (date.precision, date.words, date.day) == (precision, evidence, None)


@pytest.mark.parametrize(
    "words",
    [
        "31 February 2025",
        "2025-02-30",
        "11-12 March 2025",
        "March 11–12, 2025",
        "11 March 2025 – 13 March 2025",
        "11 and 12 March",
        "from 30 April to 2 May 2025",
        "2025-03-11/2025-03-13",
        "the 80th assembly paid $15",
        "Mayor Marchand, 11",
        "",
    ],
)
def test_ranges_and_impossible_dates_are_no_dates(words):
    assert find_date(words) is None


def test_a_slash_date_of_two_readings_is_only_its_year():
    date = find_date("03/11/2025")
    assert (date.precision, date.day) == ("year", None)
    assert "day/month or month/day" in date.doubt
    assert find_date("03/25/2025").day == datetime.date(2025, 3, 25)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_written_day_is_read_back(day):
    month = [
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ][day.month - 1]
    for words in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
    ):
        assert find_date(f"Port Varro, {words} (OBA)").day == day


@given(st.text(alphabet="0123456789 -/.,JanMarchMay"))
def test_any_words_give_a_date_or_nothing(words):
    date = find_date(words)
    assert date is None or date.words in words
