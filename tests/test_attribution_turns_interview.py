"""Interviews: whom the words before the first question name as asked."""

import pytest
from dateline.attribution.turns.interview import find_interviewee, is_outlet


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Courier spoke to the engineer Orla Venn about the flood.", "Orla Venn"),
        ("Bo Lund sat down with Ana de Rook, mayor of Ostrey.", "Ana de Rook"),
        ("Orla Venn, who runs the pumps, talked to the Tarnhold Courier.", "Orla Venn"),
        ("Interview: Orla Venn on the flood\nBy Bo Lund\n", "Orla Venn"),
        ("By Bo Lund\nOrla Venn runs the pumps. Orla Venn is 57.", "Orla Venn"),
        ("Ken Dow and Orla Venn were there.", None),
        ("The pumps failed.", None),
        ("", None),
    ],
)
def test_the_interviewee_is_who_is_spoken_with_or_the_only_one_named(text, name):
    span = find_interviewee(text, len(text))
    assert (span and text[slice(*span)]) == name


def test_whom_only_later_words_name_is_not_asked():
    assert find_interviewee("Q: When? Orla Venn spoke to us.", 0) is None


def test_outlets_are_known_by_their_words():
    assert is_outlet("Tarnhold Courier")
    assert is_outlet("Northwire")
    assert not is_outlet("Orla Venn")
