"""Whether a person or a body bears a name, by what stands around it."""

import pytest
from dateline.speakers.names.evidence import find_body_noun, find_body_role, weigh_names
from dateline.speakers.names.name import find_names


def weigh_first(text):
    names = find_names(text)
    return weigh_names(text, names)[names[0].text]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Orrin Vale, 51, left.", 2),
        ("Orrin Vale (51) left.", 2),
        ("Orrin Vale, who slept, left.", 2),
        ("The 9-year-old Mira slept.", 2),
        ("It was a man who goes by the name “Stubb”.", 2),
        ("Orrin Vale, a maker of pumps, left.", -3),
        ("Orrin Vale, a wholly owned subsidiary of a bank, left.", -3),
        ("Orrin Vale, which sells pumps, left.", -5),
        ("Orrin Vale shares fell.", -3),
        ("So said a spokeswoman for Orrin Vale.", -1),
        ("A diver from Orrin Vale, who slept, left.", 0),
        ("It was in Orrin Vale. It was near Orrin Vale.", -1),
        ("It was the Orrin Vale.", -1),
        ("Orrin Vale left.", 0),
        ("Orrin Vale said on Monday that it would stay.", -1),
        ("Orrin Vale will cut its staff.", -1),
        ("Orrin Vale said the town and its people slept.", 0),
        ("Orrin Vale said he would stay.", 1),
        ("Orrin Vale left. He slept.", 1),
        ("Orrin Vale met Tom. He slept.", 0),
        ("Rating agency Orrin Vale left.", -5),
        ("So said car maker Orrin Vale.", -3),
        ("So said the airline Orrin Vale.", -2),
        ("He led the airline Orrin Vale founded.", 0),
        ("Orrin Vale, 20 per cent of it, left.", 0),
        ("Orrin Vale, the leader of a party, left.", 0),
        ("Orrin Vale, 51, slept. We asked Orrin Vale, who left.", 4),
    ],
)
def test_what_tells_a_person_from_a_body(text, weight):
    assert weigh_first(text) == weight


def test_what_a_body_is_said_to_be_is_its_role():
    text = "Orrin Vale, a maker of pumps, left."
    start, end = find_body_role(text, find_names(text)[0])
    assert text[start:end] == "maker of pumps"
    assert find_body_role("Orrin Vale, a diver, left.", find_names(text)[0]) is None


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Rating agency Orrin Vale left.", "Rating agency"),
        ("It said the airline Orrin Vale left.", None),
        ("So said Ruvian airline Orrin Vale.", "Ruvian airline"),
        ("So said the airline Orrin Vale.", "airline"),
        ("So said diver Orrin Vale.", None),
    ],
)
def test_what_a_body_is_stands_right_before_its_name_too(text, noun):
    found = find_body_noun(text, find_names(text)[-1])
    assert (found and text[slice(*found)]) == noun
