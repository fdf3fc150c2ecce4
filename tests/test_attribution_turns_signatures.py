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
        ("— Ilse Tarrant", "Ilse Tarrant"),
        ("― Ilse Tarrant, board chair", "Ilse Tarrant, board chair"),
        ("– Ilse Tarrant, Tarnhold.", "Ilse Tarrant, Tarnhold"),
        ("-- Ilse Tarrant of the harbour board", "Ilse Tarrant of the harbour board"),
        ("~ Pearl", "Pearl"),
        ("— **Ilse Tarrant**", "Ilse Tarrant"),
        ("— Ilse Tarrant (@itarrant) March 3, 2025", "Ilse Tarrant"),
        ("(Dana Orr, 41, baker)", "Dana Orr, 41, baker"),
        ("(Dana Orr)", "Dana Orr"),
        ("— the mayor", None),
        ("— Ilse Tarrant left in haste", None),
        ("(see page 4)", None),
        ("Ilse Tarrant", None),
        ("", None),
    ],
)
def test_a_signature_is_a_name_behind_a_dash_or_in_brackets(text, name):
    span = read_signature(text, 0, len(text))
    assert (span and text[slice(*span)]) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("And from Chairwoman Ilse Tarrant:", "Chairwoman Ilse Tarrant"),
        ("A statement from Deputy Director Ola Venneberg:", "Deputy Director Ola Venneberg"),
        ("From the desk of Ilse Tarrant:", "Ilse Tarrant"),
        ("A message by Ilse Tarrant on Monday:", "Ilse Tarrant"),
        ("Ilse Tarrant’s full statement:", "Ilse Tarrant"),
        ("From the archive:", None),
        ("Ilse Tarrant left:", None),
        ("A statement from Ilse Tarrant", None),
    ],
)
def test_a_lead_in_says_from_whom_words_are(text, name):
    lead = read_lead_in(text, 0, len(text))
    assert (lead and text[slice(*lead.source)]) == name


def test_a_quotation_has_the_name_behind_it_on_its_line_or_the_next():
    own = (SPEECH, "Ilse Tarrant", "signature")
    assert signed(f"{SPEECH} — Ilse Tarrant") == ([own], [0])
    assert signed(SPEECH, "— Ilse Tarrant", "Nobody came.") == ([own], [0, 1])
    assert signed(SPEECH, "Nobody came.", "— Ilse Tarrant") == ([], [])


def test_quotations_in_a_row_have_one_name():
    rows, used = signed(SPEECH, "> Nobody came.", "Dana Orr, 41, baker")
    assert rows == [(f"{SPEECH} … Nobody came.", "Dana Orr, 41, baker", "signature")]
    assert used == [0, 1, 2]


def test_who_signs_one_quotation_does_not_sign_the_next():
    rows, _ = signed(f"{SPEECH} — Ilse Tarrant", SPEECH, "(Dana Orr, 41)")
    assert [name for _, name, _ in rows] == ["Ilse Tarrant", "Dana Orr, 41"]


def test_a_lead_in_announces_the_quotations_behind_it():
    rows, used = signed("From Ilse Tarrant:", SPEECH, "“Nobody came here.”", "It rained.", SPEECH)
    assert rows == [
        (SPEECH, "Ilse Tarrant", "lead-in"),
        ("“Nobody came here.”", "Ilse Tarrant", "lead-in"),
    ]
    assert used == [1, 2]


def test_a_name_alone_announces_a_quotation_only():
    assert signed("Ilse Tarrant:", SPEECH)[0] == [(SPEECH, "Ilse Tarrant", "lead-in")]
    assert signed("Ilse Tarrant:", "She came.")[0] == []
    assert signed("Wait, it gets better:", SPEECH)[0] == []


def test_words_without_marks_need_a_lead_in_that_says_what_they_are():
    assert signed("A statement from Ilse Tarrant:", "She came.", "It rained.")[0] == [
        ("She came.", "Ilse Tarrant", "lead-in")
    ]
    assert signed("From Ilse Tarrant:", "She came.")[0] == []


def test_a_handle_behind_a_dash_signs_a_post():
    rows, _ = signed("We asked them once. — Ilse Tarrant (@itarrant) March 3, 2025")
    assert rows == [("We asked them once.", "Ilse Tarrant", "posted")]


def test_what_belongs_to_a_transcript_stays_there():
    assert signed(SPEECH, "— Ilse Tarrant", taken=[0, 1]) == ([], [])
    assert signed() == ([], [])
