import pytest
from dateline.read.plain.bylines import (
    is_person,
    read_bare,
    read_below_byline,
    read_byline,
)
from dateline.read.plain.shapes import has_given_name


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("By Mara Voss, OBA Sea Correspondent", {"byline": "Mara Voss"}),
        ("By Mara Voss, dpa", {"byline": "Mara Voss"}),
        ("Words by Mara Voss", {"byline": "Mara Voss"}),
        ("From Mara Voss in Varro", {"byline": "Mara Voss", "place": "Varro"}),
        ("By Mara van den Voss in Varro and Odo al-Brint", {
            "byline": "Mara van den Voss and Odo al-Brint", "place": "Varro"}),
        ("By Mara Voss, Odo Brint and Piet O’Ravel", {
            "byline": "Mara Voss, Odo Brint and Piet O’Ravel"}),
        ("By Mara Voss | mvoss@quay.example | The Quay Post", {
            "byline": "Mara Voss", "outlet": "The Quay Post"}),
        ("BY MARA VOSS in NATION on 4 MARCH 2025", {"byline": "MARA VOSS", "date": "4 MARCH 2025"}),
        ("By Mara Voss Mar 4, 2025", {"byline": "Mara Voss", "date": "Mar 4, 2025"}),
        (
            "By Mara Voss | Published 4:25 PM, March 8, 2025 | Updated March 11, 2025",
            {"byline": "Mara Voss", "date": "March 8, 2025", "updated": "Updated March 11, 2025"},
        ),
        ("By Harbour News and agencies", {"byline": "Harbour News and agencies"}),
        ("By Mara Voss in Varro and agencies", {"byline": "Mara Voss", "place": "Varro"}),
        ("By Mara Voss at the Quay Arena", {"byline": "Mara Voss", "place": "the Quay Arena"}),
        ("By Halyard", {"byline": "Halyard"}),
    ],
)  # fmt: skip
def test_a_byline_states_the_names_as_printed(line, fields):
    assert read_byline(line) == fields


@pytest.mark.parametrize(
    "line",
    ["By Tuesday the wall had broken", "By the sea", "From Varro to Odo", "By March 4, 2025"],
)
def test_a_sentence_that_begins_so_is_none(line):
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Mara Voss", {"byline": "Mara Voss"}),
        ("Mara Voss in Varro", {"byline": "Mara Voss", "place": "Varro"}),
        ("Mara Voss, Varro", {"byline": "Mara Voss", "place": "Varro"}),
        ("Mara Voss, Sea Reporter", {"byline": "Mara Voss"}),
        ("Mara Voss, AFP", {"byline": "Mara Voss"}),
        ("Mara Voss • March 4, 2025", {"byline": "Mara Voss", "date": "March 4, 2025"}),
        ("Mara Voss · Harbour News", {"byline": "Mara Voss", "outlet": "Harbour News"}),
        ("Harbour News", None),
        ("The Walls Of Varro", None),
        ("Mara Voss is late", None),
        ("Mara Voss.", None),
    ],
)
def test_a_name_without_by(line, fields):
    assert read_bare(line) == fields


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Sea correspondent", {}),
        ("Reporting from Varro, Ruvenia", {"place": "Varro, Ruvenia"}),
        ("The Quay Post", {"outlet": "The Quay Post"}),
        ("mvoss@quay.example", {}),
        ("Mara Voss reported from Varro.", {}),
        ("The wall is old", None),
        ("Old walls break", None),
    ],
)
def test_what_stands_below_the_names(line, fields):
    assert read_below_byline(line, "Mara Voss") == fields


def test_people_have_two_words_and_no_job():
    words = ("Mara Voss", "Ursel von der Lohe", "J. B. Voss", "Mara", "Sea Reporter", "mara voss")
    assert [is_person(name) for name in words] == [True, True, True, False, False, False]
    assert has_given_name("MARIA VOSS") and not has_given_name("Wall Voss")
