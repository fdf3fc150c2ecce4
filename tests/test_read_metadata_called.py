import datetime

import pytest
from dateline.read.metadata.called import Names
from hypothesis import given
from hypothesis import strategies as st

KNOWN = {"other.txt": {"Harbour Courier"}}


def read(name, *others, outlets=KNOWN):
    """What a file's name and folders state, by column."""
    names = Names([name, *others], outlets, last_year=2026)
    stated = names.read_name(name)[0] + names.read_folders(name)
    return {one.column: one.value for one in stated}


@pytest.mark.parametrize(
    "name",
    [
        "2025-03-04.txt",
        "2025-03-04-ferry-late.md",
        "20250304_0012.txt",
        "ferry late (2025-03-04).txt",
        "2025.03.04 ferry.txt",
        "2025_03_04_ferry.txt",
        "ferry-20250304T180500Z-2.txt",
        "2025-3-4 ferry.txt",
        "Quay Post_4 March 2025.txt",
        "2025-03-04_again-2025-03-04.txt",
    ],
)
def test_a_day_in_a_name_is_read(name):
    assert read(name)["published_on"] == "2025-03-04"


@pytest.mark.parametrize(
    "name",
    [
        "0001.txt",
        "2011.txt",
        "article_1999.txt",
        "120250304.txt",
        "202503041.txt",
        "20250304180500.txt",  # of an archive: when it was collected
        "id20250304.txt",
        "20251304.txt",
        "2025-02-30.txt",
        "1799-12-31.txt",
        "2027-01-01.txt",
        "04-03-2025.txt",
        "port-4-may.txt",
        "may-2025-budget.txt",
        "budget_2026_outlook.txt",
        "world-cup-2022-final.txt",
        "march-4-2025-riot-remembered.txt",
        "call 0800-555-0199.txt",
        "download_2025-03-04_12.txt",
        "Screenshot 2025-03-04.txt",
        "2001-02-season.txt",
    ],
)
def test_a_number_that_is_no_date_of_the_news_states_none(name):
    assert "published_on" not in read(name)


def test_two_days_in_a_name_state_none_and_are_a_doubt():
    names = Names(["2025-03-04-to-2025-03-10.txt"], {})
    stated, doubts = names.read_name("2025-03-04-to-2025-03-10.txt")
    assert stated == []
    assert doubts == ["no date: its name has '2025-03-04' and '2025-03-10'"]


@pytest.mark.parametrize(
    ("name", "outlet", "title"),
    [
        ("quay-post_2025-03-04_ferry-late.txt", "quay post", "ferry late"),
        ("Quay Post - 20250304 - Ferry late.txt", "Quay Post", "Ferry late"),
        ("2025-03-04_quaypost_ferry-late.txt", "quaypost", "ferry late"),
        ("harbourcourier_2025-03-04_late.txt", "harbourcourier", "late"),
        ("The Harbour-Courier_2025-03_late.txt", "Harbour Courier", "late"),
        ("harbour-courier_2025-03-04.txt", "Harbour Courier", None),
        ("2025-03-04-harbour-courier-ferry-late.txt", "Harbour Courier", None),
        ("2025-03-04-ferry-late.txt", None, None),
        ("2025-03-04_port_shut.txt", None, None),
        ("2025-03-04_0012_ferry-late.txt", None, None),
        ("ferry_late_again_2025-03-04.txt", None, None),
    ],
)
def test_outlet_and_title_are_read_from_a_name_in_three_fields(name, outlet, title):
    stated = read(name)
    assert (stated.get("outlet"), stated.get("title")) == (outlet, title)


def test_a_year_in_a_name_counts_beside_a_known_outlet_only():
    assert read("harbour-courier_2025_ferry.txt")["published_on"] == "2025"
    assert "published_on" not in read("quay-post_2025_ferry.txt")


@pytest.mark.parametrize(
    ("folders", "date"),
    [
        ("2025/03/04", "2025-03-04"),
        ("2025/3/4", "2025-03-04"),
        ("2025/March/04", "2025-03-04"),
        ("2025/03-March", "2025-03"),
        ("2025/mar", "2025-03"),
        ("2025-03/04", "2025-03-04"),
        ("2025-03", "2025-03"),
        ("20250304", "2025-03-04"),
        ("2025", "2025"),
        ("2025/ferries", "2025"),
        ("2025/13", "2025"),
        ("2025/02/30", "2025-02"),
        ("1700", None),
        ("export-2025-03-04", None),
    ],
)
def test_folders_that_are_days_state_the_date(folders, date):
    assert read(f"{folders}/a.txt").get("published_on") == date


def test_a_number_among_numbers_is_no_year():
    assert "published_on" not in read("2025/a.txt", "2533/a.txt")
    assert read("2025/a.txt", "2024/a.txt", "0/a.txt")["published_on"] == "2025"


def test_folders_side_by_side_are_outlets():
    assert read("quay-post/a.txt", "island herald/b.txt")["outlet"] == "quay post"
    assert read("quay-post/2025/03/a.txt", "island/b.txt")["outlet"] == "quay post"
    assert read("2025/03/04/quay-post/a.txt", "2025/03/04/island/a.txt")["outlet"] == "quay post"


@pytest.mark.parametrize(
    "others",
    [
        (),  # one folder may be anything
        ("sport/b.txt",),
        ("batch 2/b.txt",),
        ("17/b.txt",),
        ("2025-03-04/b.txt",),
        ("March/b.txt",),
    ],
)
def test_a_folder_beside_a_section_a_batch_or_a_day_is_no_outlet(others):
    assert "outlet" not in read("quay-post/a.txt", *others)


def test_folders_by_story_are_no_outlets():
    outlets = {"strike/a.txt": {"Quay Post"}, "strike/b.txt": {"Island Herald"}}
    assert "outlet" not in read("strike/c.txt", "flood/d.txt", *outlets, outlets=outlets)


def test_a_known_outlet_is_one_wherever_it_stands_and_spelt_as_it_is_known():
    assert read("harbour-courier/a.txt")["outlet"] == "Harbour Courier"
    assert read("sport/the_harbour_courier/a.txt", "sport/x/b.txt")["outlet"] == "Harbour Courier"


@given(
    st.dates(datetime.date(1800, 1, 1), datetime.date(2026, 12, 31)), st.text("abc_- ", max_size=8)
)
def test_any_day_is_found_in_a_name(day, words):
    assert read(f"{words} {day}.txt")["published_on"] == day.isoformat()
    assert read(f"{day:%Y%m%d}-{words}x.txt")["published_on"] == day.isoformat()


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1))
def test_any_name_is_read_without_an_error(name):
    read(f"{name}/{name}.txt", "a/b.txt")
