"""What opens a sentence, and labels, are no part of a name."""

import pytest
from dateline.speakers.names.name import find_names


def list_names(text):
    return [(name.title, name.text) for name in find_names(text)]


@pytest.mark.parametrize(
    "opening",
    [
        "Neither",
        "Citing",
        "Echoing",
        "Fifty",
        "Sadly",
        "Via",
        "Will",
        "Critics",
        "Pressed",
        "Young",
    ],
)
def test_a_word_that_opens_a_sentence_is_no_given_name(opening):
    text = f"He met Orla Brenn. It rained. {opening} Brenn the boat left."
    assert [name for _, name in list_names(text)] == ["Orla Brenn", "Brenn"]


def test_a_given_name_that_is_on_no_list_stays():
    assert list_names("Ormund Brenn met Tilse Brenn.") == [
        ("", "Ormund Brenn"),
        ("", "Tilse Brenn"),
    ]
    assert list_names("We saw Quill Brenn. Quill Brenn left.")[1] == ("", "Quill Brenn")


def test_a_body_of_common_words_stays_whole():
    assert list_names("Green Harbour said no. Citing Green Harbour, we left.") == [
        ("", "Green Harbour"),
        ("", "Green Harbour"),
    ]


@pytest.mark.parametrize(
    "word",
    [
        "Employers",
        "Lutherans",
        "Catholics",
        "Islanders",
        "Documents",
        "Sadly",
        "Photos",
        "Concerns",
    ],
)
def test_people_and_things_that_open_a_sentence_are_no_name(word):
    assert list_names(f"{word} said no.") == []
    assert list_names(f"The {word} said no. So did the {word}.")[0] == ("", word)


@pytest.mark.parametrize("label", ["Democrat", "Sellander", "Ruvian", "Unionist", "Green"])
def test_party_and_people_before_a_name_are_its_title(label):
    text = f"Ken Orrin came. {label} Ken Orrin left. “No,” said {label} Ken Orrin."
    assert list_names(text)[1:] == [(label, "Ken Orrin")] * 2 or list_names(text)[1:] == [
        (label, "Ken Orrin"),
        ("", "No"),
        (label, "Ken Orrin"),
    ]


def test_two_labels_are_both_no_name():
    assert list_names("We saw Liberal Democrat Tess Orrin.") == [("Liberal Democrat", "Tess Orrin")]


def test_what_ends_as_a_people_does_can_be_a_given_name():
    assert list_names("Ilian Brenn left. Brenn slept.")[0] == ("", "Ilian Brenn")


def test_what_heads_a_body_opens_no_sentence():
    assert list_names("Tilly Inc. fell.") == [("", "Tilly Inc")]
    assert list_names("Team Orrin fell. The team left.") == [("", "Team Orrin")]
    assert list_names("Brewer Orrin fell.") == [("", "Orrin")]
    assert list_names("Brewer Holdings fell.") == [("", "Brewer Holdings")]


def test_a_name_of_an_adverbs_form_is_told_by_a_verb_of_speech_or_by_quotation_marks():
    assert list_names("Tilly said no.") == [("", "Tilly")]
    assert list_names("So it was. “Knuckles” left.") == [("", "Knuckles")]


def test_who_somebody_is_opens_a_sentence_before_a_full_name():
    assert list_names("Rancher Orla Brenn left.") == [("", "Orla Brenn")]
    assert list_names("Rancher Brenn left.") == [("", "Rancher Brenn")]  # it may be a name
    assert list_names("We saw Rancher Orla Brenn.") == [("", "Rancher Orla Brenn")]


def test_a_weekday_is_part_of_a_papers_name_behind_the():
    assert list_names("So said the Sunday Ledger.") == [("", "Sunday Ledger")]
    assert list_names("So said Sunday Ledger.") == [("", "Ledger")]
