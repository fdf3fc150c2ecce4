"""Who is one person, and in which roles."""

import pytest
from dateline.speakers.names.name import find_names
from dateline.speakers.person import (
    find_role_after,
    find_role_before,
    fold_role,
    is_role,
)


def test_roles_compare_by_their_words():
    seen = fold_role("former prime minister of Ruvia")
    assert is_role(fold_role("the Ruvian premier"), seen)
    assert is_role(fold_role("the Ruvian leader"), seen)
    assert not is_role(fold_role("minister"), seen)
    assert not is_role(fold_role("ministry"), fold_role("minister"))
    assert not is_role(fold_role("the"), seen)


def test_a_body_is_not_who_heads_it_nor_a_deputy_whom_they_stand_for():
    assert not is_role(fold_role("the council"), fold_role("chair of the Salt Council"))
    assert not is_role(fold_role("the president"), fold_role("vice president of Ruvia"))
    assert is_role(fold_role("the Ruvian vice president"), fold_role("vice president of Ruvia"))


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
        ("Ilse Orrin left.", None),
    ],
)
def test_the_role_after_a_name(text, role):
    found = find_role_after(text, find_names(text)[0])
    assert (found and found.words) == role
    if found:
        assert text[found.start : found.end] in role
