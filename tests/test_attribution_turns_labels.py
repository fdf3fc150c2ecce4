"""Labels: which openings of a paragraph name who speaks, and in what form."""

import pytest
from dateline.attribution.turns.labels import is_label_line, read_label, skip_stamp


def read(text):
    """(words, form, what is said) of the label that opens a text."""
    label = read_label(text, 0, len(text))
    return label and (text[label.start : label.end], label.form, text[label.body :])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Q: When?", ("Q", "question", "When?")),
        ("**Q:** When?", ("Q", "question", "When?")),
        ("**Q**: When?", ("Q", "question", "When?")),
        ("Q. When?", ("Q", "question", "When?")),
        ("Question 2: When?", ("Question", "question", "When?")),
        ("A.  At four.", ("A", "answer", "At four.")),
        ("VENN: When?", ("VENN", "capitals", "When?")),
        ("MR. VENN: When?", ("MR. VENN", "capitals", "When?")),
        ("Orla Venn: When?", ("Orla Venn", "name", "When?")),
        ("**Orla Venn:** When?", ("Orla Venn", "name", "When?")),
        ("Ana de Rook, mayor: When?", ("Ana de Rook", "name", "When?")),
        ("Orla Venn (Selland North): When?", ("Orla Venn", "name", "When?")),
        ("Orla Venn (00:12): When?", ("Orla Venn", "stamped", "When?")),
        ("[00:01:12] Orla Venn: When?", ("Orla Venn", "stamped", "When?")),
        ("10:42 Venn: When?", ("Venn", "stamped", "When?")),
        ("10.42am – Venn: When?", ("Venn", "stamped", "When?")),
        ("THE PRESIDENT: When?", ("THE PRESIDENT", "role", "When?")),
        ("Speaker 2: When?", ("Speaker 2", "role", "When?")),
        ("The Minister for Roads (Ken Dow): Soon.", ("Ken Dow", "stamped", "Soon.")),
        ("Mr. VENN. I rise.", ("Mr. VENN", "capitals", "I rise.")),
        ("Orla Venn  00:12", ("Orla Venn", "stamped", "")),
        ("Venn:", ("Venn", "name", "")),
        ("Price: six marks.", ("Price", "listed", "six marks.")),
        ("VENN:When?", None),
        ("The mayor of the old town: so.", None),
        ("A man came.", None),
        ("At 10:42 he left: so.", None),
    ],
)
def test_a_label_is_a_name_a_role_or_a_letter_before_a_colon(text, label):
    assert read(text) == label


def test_turns_of_one_speaker_share_a_key_whatever_title_stands_before():
    texts = ["THE MAYOR: so.", "The Mayor: so.", "**Mayor:** so."]
    assert {read_label(text, 0, len(text)).key for text in texts} == {"mayor"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("10:42 The bridge is shut.", "The bridge is shut."),
        ("**10:42**: The bridge is shut.", "The bridge is shut."),
        ("[10:42 GMT] The bridge is shut.", "The bridge is shut."),
        ("4.30pm - The bridge is shut.", "The bridge is shut."),
        ("4.50 marks were paid.", "4.50 marks were paid."),
        ("2-1 it ended.", "2-1 it ended."),
        ("10:42", "10:42"),
    ],
)
def test_the_time_before_a_paragraph_is_skipped(text, rest):
    assert text[skip_stamp(text, 0, len(text)) :] == rest


def test_a_line_of_a_name_and_a_time_holds_nothing_else():
    assert is_label_line("Orla Venn 00:12")
    assert is_label_line("00:12 Orla Venn")
    assert not is_label_line("Orla Venn left at 00:12")
