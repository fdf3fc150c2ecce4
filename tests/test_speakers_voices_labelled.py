"""Labels: whom of an article Q, A, initials, capitals and roles mean."""

import dateline as dl
import pandas as pd
import pytest
from dateline.speakers.voices.labelled import is_named, is_role

INTRO = (
    "The bridge of Tarnhold\n\n"
    "The Courier met the engineer Orla Venn, 57, who runs the pumps, on Monday.\n\n"
)


def speakers(text, **columns):
    """The speaker of each turn, None where there is none."""
    articles = dl.make_articles([text]).assign(**columns)
    said = dl.find_said(articles).said
    return [None if pd.isna(name) else name for name in said["speaker"]]


def test_a_is_the_one_who_is_asked_and_q_nobody_without_a_byline():
    assert speakers(INTRO + "Q: When?\n\nA: At four.\n") == [None, "Orla Venn"]


def test_q_is_the_author():
    found = speakers(INTRO + "Q: When?\n\nA: At four.\n", byline="Bo Lund")
    assert found == ["Bo Lund", "Orla Venn"]


def test_q_is_who_is_said_to_have_met_the_other():
    intro = "The bridge\n\nThe engineer Orla Venn runs the pumps. Bo Lund met her on Monday.\n\n"
    assert speakers(intro + "Q: When?\n\nA: At four.\n") == ["Bo Lund", "Orla Venn"]


@pytest.mark.parametrize(
    "label", ["The MINISTER for PORTS (Ada Quill)", "Ms Ada QUILL (Minister for Ports)"]
)
def test_a_role_label_is_who_was_once_named_beside_it(label):
    text = f"Day\n\n{label}: We will.\n\nMr DOW: When?\n\nThe MINISTER for PORTS: At four.\n"
    found = [name.casefold() for name in speakers(text)]
    assert found == ["ada quill", "dow", "ada quill"]


def test_q_is_open_between_two_authors():
    assert speakers(INTRO + "Q: When?\n\nA: At four.\n", byline="Bo Lund and Ada Quill")[0] is None


def test_a_stays_open_where_several_are_there():
    text = (
        "At the pumps\n\nMayor Ken Dow and Orla Venn, 57, were there.\n\nQ: When?\n\nA: At four.\n"
    )
    said = dl.find_said(dl.make_articles([text])).said
    assert said["speaker"].isna().all()
    assert said["speaker_candidates"].tolist() == [[], ["Ken Dow", "Orla Venn"]]


def test_initials_capitals_and_surnames_lead_to_the_people_of_the_article():
    text = INTRO + "Courier: When?\n\nOV: I forget.\n\nVENN: At four.\n\nVenn: Or five, I think.\n"
    assert speakers(text) == ["Courier", "Orla Venn", "Orla Venn", "Orla Venn"]


def test_a_role_leads_to_who_holds_it():
    text = "Day\n\nThe mayor, Ken Dow, met the press.\n\nREPORTER: When?\n\nTHE MAYOR: I forget.\n"
    assert speakers(text) == ["reporter", "Ken Dow"]


def test_an_outlet_is_no_person():
    text = INTRO + "Northwire: When did they fail?\n\nVenn: At four, I think.\n"
    kinds = dl.find_said(dl.make_articles([text])).said["speaker_kind"].tolist()
    assert kinds == ["organisation", "person"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("prime minister", True),
        ("speaker 2", True),
        ("minister for roads", True),
        ("orla venn", False),
    ],
)
def test_a_role_is_no_name(key, expected):
    assert is_role(key) == expected
    assert is_named(key.title()) != expected


def test_neither_a_letter_nor_initials_are_a_name():
    assert not any(map(is_named, ("Q", "A", "KD", "THE COURIER")))
