"""Whether two names are one person's."""

import pytest
from dateline.speakers.names.alike import (
    is_full,
    main_words,
    same_person,
    shortens,
    split_suffix,
)


def test_a_suffix_is_no_name():
    assert split_suffix(("Tom", "Vark", "Jr.")) == (("Tom", "Vark"), "jr")
    assert split_suffix(("Tom", "Vark")) == (("Tom", "Vark"), "")
    assert split_suffix(("Jr.",)) == (("Jr.",), "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ilse Orrin", "Ilse B. Orrin", True),
        ("Ilse Bea Orrin", "Ilse B. Orrin", True),
        ("Ilse Bea Orrin", "Ilse Cora Orrin", False),
        ("I. Orrin", "Ilse Orrin", True),
        ("A. Orrin", "Ilse Orrin", False),
        ("Il Orrin", "Ilse Orrin", False),
        ("Bill Orrin", "William Orrin", True),
        ("Ilse Orrin", "Ilse Brenn", False),
        ("Tom Vark Jr.", "Tom Vark", True),
        ("Tom Vark Jr.", "Tom Vark Sr.", False),
        ("Orrin", "Ilse Orrin", False),
    ],
)
def test_two_names_are_one_persons_where_nothing_tells_them_apart(one, other, same):
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ana von der Linde", ("ana", "linde")),
        ("von der Linde", ("linde",)),
        ("Van Linde", ("van", "linde")),
        ("al-Sabrin", ("sabrin",)),
        ("Étienne d’Arbel", ("etienne", "arbel")),
        ("Le Thi Hoan", ("le", "thi", "hoan")),
        ("Rufus “Tinker” Oddle Jr.", ("rufus", "oddle")),
        ("Aida Zhapar uulu", ("aida", "zhapar")),
        ("von", ("von",)),
        ("Mu Le", ("mu", "le")),
    ],
)
def test_particles_suffixes_and_nicknames_tell_nobody_apart(name, words):
    assert main_words(name) == words
    assert is_full(name) is (len(words) > 1)


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("Ortiz Calvo", "Ana Ortiz Calvo", True),
        ("Van den Brandt", "Joos van den Brandt", True),
        ("Sigur Ingi", "Sigur Ingi Hallson", True),
        ("Ana Calvo", "Ana Ortiz Calvo", False),
        ("Calvo", "Ana Ortiz Calvo", False),
        ("Ana Ortiz Calvo", "Ana Ortiz Calvo", False),
    ],
)
def test_a_name_is_shortened_by_words_that_stand_together_in_it(short, full, expected):
    assert shortens(short, full) is expected


def test_names_of_several_particles_are_one_persons():
    assert same_person("Ana von der Linde", "Ana Linde")
    assert not same_person("Ana von der Linde", "Eva von der Linde")
