"""Signatures and lead-ins: whose name stands behind or before words that stand alone."""

import pytest
from dateline.attribution.parse import Paragraph
from dateline.attribution.turns.signatures import find_signed, read_lead_in, read_signature
from dateline.quotations.marks import pair_marks

SPEECH = "“She brings patience to a hard job.”"


def signed(*paragraphs, taken=()):
    """(words, name, rule) of what is signed in some paragraphs, and the paragraphs used up."""
    text, places = "\n\n".join(paragraphs), []
    for paragraph in paragraphs:
        start = places[-1].end + 2 if places else 0
        end = start + len(paragraph)
        places.append(Paragraph("a", "body", start, end, pair_marks(text, start, end)))
    found = find_signed(text, places, frozenset(taken))
    rows = [
        (" … ".join(text[a:b] for a, b in one.pieces), text[slice(*one.source)], one.rule)
        for one in found.signed
    ]
    return rows, sorted(found.taken)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("— Ines Mowbrak", "Ines Mowbrak"),
        ("― Ines Mowbrak, board chair", "Ines Mowbrak, board chair"),
        ("– Ines Mowbrak, Tarnhold.", "Ines Mowbrak, Tarnhold"),
        ("-- Ines Mowbrak of the harbour board", "Ines Mowbrak of the harbour board"),
        ("~ Pearl", "Pearl"),
        ("— **Ines Mowbrak**", "Ines Mowbrak"),
        ("— Ines Mowbrak (@imowbrak) March 3, 2025", "Ines Mowbrak"),
        ("(Dana Orr, 41, baker)", "Dana Orr, 41, baker"),
        ("(Dana Orr)", "Dana Orr"),
        ("— the mayor", None),
        ("— Ines Mowbrak left in haste", None),
        ("(see page 4)", None),
        ("Ines Mowbrak", None),
        ("", None),
    ],
)
def test_a_signature_is_a_name_behind_a_dash_or_in_brackets(text, name):
    span = read_signature(text, 0, len(text))
    assert (span and text[slice(*span)]) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("And from Chairwoman Ines Mowbrak:", "Chairwoman Ines Mowbrak"),
        ("A statement from Deputy Director Ola Venneberg:", "Deputy Director Ola Venneberg"),
        ("From the desk of Ines Mowbrak:", "Ines Mowbrak"),
        ("A message by Ines Mowbrak on Monday:", "Ines Mowbrak"),
        ("Ines Mowbrak’s full statement:", "Ines Mowbrak"),
        ("From the archive:", None),
        ("Ines Mowbrak left:", None),
        ("A statement from Ines Mowbrak", None),
    ],
)
def test_a_lead_in_says_from_whom_words_are(text, name):
    lead = read_lead_in(text, 0, len(text))
    assert (lead and text[slice(*lead.source)]) == name


def test_a_quotation_has_the_name_behind_it_on_its_line_or_the_next():
    own = (SPEECH, "Ines Mowbrak", "signature")
    assert signed(f"{SPEECH} — Ines Mowbrak") == ([own], [0])
    assert signed(SPEECH, "— Ines Mowbrak", "Nobody came.") == ([own], [0, 1])
    assert signed(SPEECH, "Nobody came.", "— Ines Mowbrak") == ([], [])


def test_quotations_in_a_row_have_one_name():
    rows, used = signed(SPEECH, "> Nobody came.", "Dana Orr, 41, baker")
    assert rows == [(f"{SPEECH} … Nobody came.", "Dana Orr, 41, baker", "signature")]
    assert used == [0, 1, 2]


def test_who_signs_one_quotation_does_not_sign_the_next():
    rows, _ = signed(f"{SPEECH} — Ines Mowbrak", SPEECH, "(Dana Orr, 41)")
    assert [name for _, name, _ in rows] == ["Ines Mowbrak", "Dana Orr, 41"]


def test_a_lead_in_announces_the_quotations_behind_it():
    rows, used = signed("From Ines Mowbrak:", SPEECH, "“Nobody came here.”", "It rained.", SPEECH)
    assert rows == [
        (SPEECH, "Ines Mowbrak", "lead-in"),
        ("“Nobody came here.”", "Ines Mowbrak", "lead-in"),
    ]
    assert used == [1, 2]


def test_a_name_alone_announces_a_quotation_only():
    assert signed("Ines Mowbrak:", SPEECH)[0] == [(SPEECH, "Ines Mowbrak", "lead-in")]
    assert signed("Ines Mowbrak:", "She came.")[0] == []
    assert signed("Wait, it gets better:", SPEECH)[0] == []


def test_words_without_marks_need_a_lead_in_that_says_what_they_are():
    assert signed("A statement from Ines Mowbrak:", "She came.", "It rained.")[0] == [
        ("She came.", "Ines Mowbrak", "lead-in")
    ]
    assert signed("From Ines Mowbrak:", "She came.")[0] == []


def test_a_handle_behind_a_dash_signs_a_post():
    rows, _ = signed("We told them twice. — Ines Mowbrak (@imowbrak) March 3, 2025")
    assert rows == [("We told them twice.", "Ines Mowbrak", "posted")]


def test_what_belongs_to_a_transcript_stays_there():
    assert signed(SPEECH, "— Ines Mowbrak", taken=[0, 1]) == ([], [])
    assert signed() == ([], [])
