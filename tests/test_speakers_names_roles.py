"""Which role stands beside a name."""

import pytest
from dateline.speakers.names.name import find_names
from dateline.speakers.names.roles import (
    begin_of,
    find_role_after,
    find_role_before,
    find_single_role,
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The harbour bureau director Ilse Orrin", "harbour bureau director"),
        ("It rained on the old harbour bureau director Ilse Orrin", "old harbour bureau director"),
        ("the secretary of state Ilse Orrin", "secretary of state"),
        ("led the mayor in several poor Orrin Dale", None),
        ("the mayor of Sallow greeted Ilse Orrin", None),
        ("the mayor, of course Ilse Orrin", None),
        ("the mayor of which Ilse Orrin", None),
        ("the mayor of Sallow called Ilse Orrin", None),
        ("the former mayor Ilse Orrin", "former mayor"),
        ("the Sallow mayor Ilse Orrin", "Sallow mayor"),
        ("angered mayor Ilse Orrin", "mayor"),
        ("the mayor met Ilse Orrin", None),
        ("the mayor, Ilse Orrin", "mayor"),
        ("He slept. The mayor slept. Ilse Orrin", None),
    ],
)
def test_the_role_before_a_name(text, role):
    found = find_role_before(text, find_names(text)[-1])
    assert (found and found.words) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ilse Orrin, the mayor of Sallow, left.", "mayor of Sallow"),
        ("Ilse Orrin, 51, a diver, left.", "diver"),
        ("Ilse Orrin, who is now the mayor, left.", "mayor"),
        ("Ilse Orrin, his wife, left.", "his wife"),
        ("Ilse Orrin was the mayor of Sallow.", "mayor of Sallow"),
        ("Ilse Orrin, the mayor who slept, left.", "mayor"),
        ("Ilse Orrin, the mayor was told, left.", None),
        ("In Ilse Orrin, the mayor left.", None),
        ("Ilse Orrin, the wave, left.", None),
        ("Ilse Orrin, a rancher, left.", "rancher"),
        ("Ilse Orrin, and the mayor, Tom Vark, left.", None),
        ("Ilse Orrin left.", None),
    ],
)
def test_the_role_after_a_name(text, role):
    found = find_role_after(text, find_names(text)[0])
    assert (found and found.words) == role
    if found:
        assert text[found.start : found.end] in role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Then Mayor Orrin left.", "Mayor"),
        ("Then his brother Ilvar left.", "brother"),
        ("Then the diver Ilvar left.", None),
        ("Then Orrin left.", None),
    ],
)
def test_a_single_name_has_the_role_of_its_title_or_a_relative(text, role):
    found = find_single_role(text, find_names(text)[-1])
    assert (found and found.words.split()[-1]) == role


def test_a_name_begins_with_its_title():
    text = "Then Mayor Ilse Orrin left. Ilse Orrin slept."
    first, second = (begin_of(name) for name in find_names(text))
    assert text[first:].startswith("Mayor Ilse")
    assert text[second:].startswith("Ilse Orrin slept")
