"""The narrator: whom I and we mean outside what others say."""

import dateline as dl
import pandas as pd
import pytest


def speakers(text, **columns):
    said = dl.find_said(dl.make_articles([text]).assign(**columns)).said
    return [None if pd.isna(name) else name for name in said["speaker"]]


def test_i_is_the_author_and_we_the_outlet():
    assert speakers("I think that the bridge is safe.", byline="Bo Lund") == ["Bo Lund"]
    assert speakers("We think that the bridge is safe.", outlet="The Courier") == ["The Courier"]


def test_i_of_nobody_known_is_nobody():
    assert speakers("I think that the bridge is safe.") == [None]


def test_i_of_a_letter_is_who_signs_it():
    text = (
        "I think that the bridge is safe.\n\n— Orla Venn, Tarnhold\n\n"
        "I doubt that the bridge is safe.\n\n— Ken Dow, Ostrey"
    )
    assert speakers(text) == ["Orla Venn", "Ken Dow"]
    assert speakers(text, byline="Bo Lund") == ["Bo Lund", "Bo Lund"]


@pytest.mark.parametrize(
    ("last", "author"),
    [
        ("Orla Venn is a baker in Tarnhold.", "Orla Venn"),
        ("*Orla Venn, a professor of law, is on the board of the Courier.*", "Orla Venn"),
        ("Orla Venn left.", None),
        ("The bridge is a danger to Tarnhold.", None),
        ("Ken Dow is a baker in Tarnhold.", None),
    ],
)
def test_i_of_a_column_is_whom_its_last_line_portrays(last, author):
    text = f"Ken Dow slept.\n\nI think that the bridge is safe.\n\n{last}"
    assert speakers(text) == [author]


def test_i_of_an_interview_without_labels_is_not_the_author():
    text = (
        "When did you know of it?\n\nI think that it was four.\n\n"
        "And what did you do then?\n\nI believe that the bell rang."
    )
    assert speakers(text, byline="Bo Lund") == [None, None]
    assert speakers(text.replace("you", "they"), byline="Bo Lund") == ["Bo Lund", "Bo Lund"]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Bo Lund", "Bo Lund"),
        ("*Ada van der Quill*", "Ada van der Quill"),
        ("The Courier", None),
        ("Day of the Bridge", None),
        ("Marrin, Friday", None),
        ("A bridge and a boat", None),
        ("Bo Lund, Mayor", None),
        ("Deputy Mayor", None),
    ],
)
def test_i_is_whose_name_stands_alone_under_the_title(line, author):
    text = f"My war with the bridge\n{line}\n\nIt rained. I think that the bridge is safe.\n"
    assert speakers(text) == [author]
