"""Nexis exports: every document is an article or left out with a reason, and nobody is named."""

import io
import zipfile

import pytest
from dateline.read.forms.item import Item, NotThisForm, Source, Unreadable
from dateline.read.forms.nexis import FORMS
from hypothesis import given, settings
from hypothesis import strategies as st

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLDER = """



Download Request: All Documents: 1-5
Time Of Request: Monday, March 03, 2025  08:58:19 EST
Send To:

OLLA, PRIVATA
UNIVERSITY OF HASK


Terms: (ferry and harbour)



                               1 of 5 DOCUMENTS


                               The Marrin Tidings

                             March 3, 2025 Monday
                                 FINAL EDITION

Ferry: a bridge too late;
Harbour board wants an answer

BYLINE: Ida Brel, Tom
Quarn

SECTION: NEWS; Pg. 4

LENGTH: 48 words

DATELINE: MARRIN March 2


The harbour board said on Sunday that the ferry would run until the bridge is
open, and that nobody would be left on the island for the whole of the winter.

"We asked for an answer," Ms. Brel said. LENGTH: 19 metres.

Nothing was said of the price.

GRAPHIC: PHOTO: The ferry at the quay.

PHOTO: The bridge.

LOAD-DATE: March 4, 2025

LANGUAGE: ENGLISH


                        Copyright 2025 Tidings Media Ltd.
                              All Rights Reserved


                               2 of 5 DOCUMENTS


                               The Marrin Tidings

                             March 3, 2025 Monday

Snow on the quay

SECTION: NEWS; Pg. 5

GRAPHIC: PHOTO: Snow.

LOAD-DATE: March 4, 2025


                               3 of 5 DOCUMENTS

                            Copyright 2025 Le Phare
                                    Le Phare

                                  3 mars 2025
                                     lundi

RUBRIQUE: Monde

LONGUEUR: 5 mots

TITRE: Le bac attend

SIGNATURE: Anne Orle

ARTICLE:


Le bac attend le pont.

LANGUE: FRENCH; FRANCAIS


                               4 of 5 DOCUMENTS

                               Ovra Press Agency

LEADALL: Ferry runs on

                             March 3, 2025, Monday
                           23:22 Central European Time

Tilla Sorm

DATELINE: Ovra


The ferry runs on, the board said.

SECTION: Politics

LENGTH: 7 words

LANGUAGE: ENGLISH
"""
NEWER = [
    "User Name: PRIVATA OLLA",
    "Date and Time: Monday, March 3, 2025 7:08:00 PM JST",
    "Job Number: 79564983",
    "Documents (3)",
    "1. Ferry runs on",
    "Client/Matter: -None-",
    "Ferry runs on",
    "The Marrin Tidings",
    "March 3, 2025 Monday 9:03 AM GMT",
    "\nCopyright 2025 Tidings Media Ltd. All Rights Reserved",
    "Section: NEWS; Pg. 4",
    "Length: 20 words",
    "Byline: Ida Brel",
    "Dateline: MARRIN",
    "Highlight: Board waits",
    "Body",
    "The harbour board said that the ferry would run until the",
    "bridge is open, and that nobody would wait.",
    "Notes: the board meets again on Friday.",
    "Quote: of the day",
    "\nCorrection",
    "An earlier version named the wrong pier.",
    "Classification",
    "Language: ENGLISH\nSubject: FERRIES (90%)\nLoad-Date: March 4, 2025",
    "\nEnd of Document",
    "Snow",
    "The Marrin Tidings",
    "March 4, 2025 Tuesday Final Edition",
    "Length: 30 words",
    "Body",
    "Snow fell.",
    "\nLoad-Date: March 5, 2025",
    "\nEnd of Document",
]


def word(paragraphs, extra=""):
    rows = "".join(
        "<w:p>"
        + "<w:r><w:br/></w:r>".join(f"<w:r><w:t>{line}</w:t></w:r>" for line in text.split("\n"))
        + "</w:p>"
        for text in paragraphs
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'{extra}<w:document xmlns:w="{W}">{rows}</w:document>'
        )
    return data.getvalue()


def rich(paragraphs):
    return ("{\\rtf1\\ansi " + "\\par\n".join(paragraphs) + "}").encode("ascii")


def read(data, name="export"):
    """What the first form that fits gives: its name, contents and items."""
    source = Source(name, data=data)
    for form in FORMS:
        if form.fits(source.head(), name):
            try:
                contents = form.read(source)
            except NotThisForm:
                continue
            return form.name, contents, list(contents.items)
    return None, None, []


def kinds(item):
    return [(part.kind, item.text[part.start : part.end]) for part in item.parts]


def test_an_older_text_gives_an_item_for_each_document_it_states():
    form, contents, items = read(OLDER.encode())
    assert (form, contents.n_stated, contents.encoding) == ("Nexis TXT", 5, "utf-8")
    assert [item.number for item in items] == [1, 2, 3, 4, 5]
    assert [item.left_out for item in items] == [
        "",
        "no text, only words about a picture",
        "",
        "",
        "stated by the file, but not in it",
    ]


def test_an_older_document_has_masthead_fields_and_text():
    item = read(OLDER.encode())[2][0]
    assert item.fields == {
        "outlet": "The Marrin Tidings",
        "date": "March 3, 2025 Monday",
        "edition": "FINAL EDITION",
        "title": "Ferry: a bridge too late; Harbour board wants an answer",
        "byline": "Ida Brel, Tom Quarn",
        "section": "NEWS; Pg. 4",
        "place": "MARRIN",
        "graphic": "PHOTO: The ferry at the quay. PHOTO: The bridge.",
        "load_date": "March 4, 2025",
        "language": "ENGLISH",
        "copyright": "Copyright 2025 Tidings Media Ltd. All Rights Reserved",
        "n_words_stated": "48",
    }
    assert kinds(item) == [
        ("heading", "Ferry: a bridge too late; Harbour board wants an answer"),
        (
            "body",
            "The harbour board said on Sunday that the ferry would run until the bridge is open, "
            "and that nobody would be left on the island for the whole of the winter.",
        ),
        (
            "body",
            '"We asked for an answer," Ms. Brel said. LENGTH: 19 metres.',
        ),
        ("body", "Nothing was said of the price."),
    ]
    assert item.doubts == ()


def test_labels_of_other_languages_and_the_paper_under_its_copyright_are_read():
    item = read(OLDER.encode())[2][2]
    assert {name: item.fields[name] for name in ("outlet", "date", "title", "byline")} == {
        "outlet": "Le Phare",
        "date": "3 mars 2025 lundi",
        "title": "Le bac attend",
        "byline": "Anne Orle",
    }
    assert kinds(item)[1:] == [("body", "Le bac attend le pont.")]


def test_a_headline_above_the_day_and_fields_below_the_text_are_read():
    item = read(OLDER.encode())[2][3]
    assert item.fields["title"] == "LEADALL: Ferry runs on"
    assert item.fields["date"] == "March 3, 2025, Monday 23:22 Central European Time"
    assert (item.fields["byline"], item.fields["place"]) == ("Tilla Sorm", "Ovra")
    assert item.fields["section"] == "Politics"
    assert kinds(item)[1:] == [("body", "The ferry runs on, the board said.")]


def test_a_newer_word_file_is_read_from_its_bodies_upwards():
    form, contents, items = read(word(NEWER))
    assert (form, contents.n_stated) == ("Nexis DOCX", 3)
    assert [item.left_out for item in items] == ["", "", "stated by the file, but not in it"]
    assert items[0].fields == {
        "outlet": "The Marrin Tidings",
        "title": "Ferry runs on",
        "date": "March 3, 2025 Monday 9:03 AM GMT",
        "copyright": "Copyright 2025 Tidings Media Ltd. All Rights Reserved",
        "section": "NEWS; Pg. 4",
        "byline": "Ida Brel",
        "place": "MARRIN",
        "highlight": "Board waits",
        "language": "ENGLISH",
        "subject": "FERRIES (90%)",
        "load_date": "March 4, 2025",
        "n_words_stated": "20",
    }
    assert items[1].fields["edition"] == "Final Edition"
    assert items[1].doubts == ("its text has 2 words and 30 are stated",)


def test_broken_sentences_are_joined_and_a_correction_is_a_trailer():
    assert kinds(read(word(NEWER))[2][0]) == [
        ("heading", "Ferry runs on"),
        (
            "body",
            "The harbour board said that the ferry would run until the bridge is open, "
            "and that nobody would wait.",
        ),
        ("body", "Notes: the board meets again on Friday."),
        ("body", "Quote: of the day"),
        ("trailer", "An earlier version named the wrong pier."),
    ]


def test_rich_text_and_pages_give_what_word_and_text_give():
    plain = [line for text in NEWER for line in text.split("\n")]
    assert read(rich(plain))[2] == read(word(NEWER))[2]
    centred = "".join(
        f"<br><div class='c0'><p class='c1'><span>{line}</span></p></div>"
        for line in ("1 of 1 DOCUMENT", "The Marrin Tidings", "March 3, 2025 Monday")
    )
    rest = "".join(
        f"<br><div class='c5'><p class='c6'><span>{line}</span></p></div>"
        for line in ("Snow", "LENGTH: 2 words", "Snow fell.", "LANGUAGE: ENGLISH")
    )
    page = f"<html><style>.c0 {{ text-align: center; }}</style><body>{centred}{rest}</body></html>"
    form, contents, (item,) = read(page.encode())
    assert (form, contents.n_stated) == ("Nexis HTML", 1)
    assert item.text == "Snow\n\nSnow fell."
    assert item.fields["outlet"] == "The Marrin Tidings"


def test_a_text_without_centred_lines_is_told_by_their_order():
    text = (
        "12 of 12 DOCUMENTS\n\n\nDe Baken / Hask\n\nhttps://baken.example/2025/veer\n-boot\n\n"
        "3 maart 2025 maandag\n\n'Veerboot vaart door'\n\n2 words\n\n\n   Sneeuw viel.\n"
    )
    assert read(text.encode())[2][0].fields == {
        "outlet": "De Baken / Hask",
        "url": "https://baken.example/2025/veer-boot",
        "date": "3 maart 2025 maandag",
        "title": "'Veerboot vaart door'",
        "n_words_stated": "2",
    }


def test_whoever_downloaded_never_reaches_an_item():
    twice = OLDER + "\n\n" + OLDER
    for data in (OLDER.encode(), twice.encode(), word(NEWER + NEWER), rich(NEWER)):
        items = read(data)[2]
        assert items
        assert not any("PRIVATA" in str(item) or "79564983" in str(item) for item in items)


def test_several_exports_in_one_file_state_no_total():
    _, contents, items = read((OLDER + OLDER).encode())
    assert contents.n_stated == len(items) == 8


def test_a_cut_file_is_told():
    items = read(word(NEWER[:-1]))[2]
    assert items[1].doubts[-1] == "its end is missing: the file is cut"


def test_a_cover_without_documents_is_refused_with_its_first_line():
    with pytest.raises(Unreadable, match="no line ends one: 'User Name"):
        read(word(NEWER[:6]))


def test_a_document_without_a_date_is_left_out_with_its_line():
    item = read(word(["Snow", "Body", "Snow fell.", "End of Document"]))[2][0]
    assert item.left_out == "in no known layout: 'Snow'"


def test_other_files_are_not_taken_for_exports():
    assert read(word(["A letter.", "Body"])) == (None, None, [])
    assert read(rich(["A letter."])) == (None, None, [])
    assert read(b"Ferry runs on\n\nThe board said so.\n") == (None, None, [])
    assert read(b"<html><body>1 of 3 documents</body></html>") == (None, None, [])


def test_a_zip_that_unpacks_to_too_much_is_refused():
    with pytest.raises(Unreadable, match="not unpacked"):
        read(word(["x" * 3_000_000]))


def test_entities_of_a_word_file_are_not_resolved():
    bomb = '<!DOCTYPE w [<!ENTITY a "SECRET"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    items = read(word([*NEWER[:-3], "&a;&b; fell.", *NEWER[-2:]], extra=bomb))[2]
    assert "SECRET" not in items[1].text


def test_two_readings_are_equal():
    assert read(OLDER.encode())[2] == read(OLDER.encode())[2]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_damaged_files_are_refused_or_read_and_never_fail(data):
    raw = data.draw(st.sampled_from([OLDER.encode(), word(NEWER), rich(NEWER)]))
    at, cut = (data.draw(st.integers(0, len(raw))) for _ in range(2))
    mutated = raw[:at] + data.draw(st.binary(max_size=6)) + raw[max(at, cut) :]
    try:
        items = read(mutated)[2]
    except Unreadable:
        return
    assert all(isinstance(item, Item) for item in items)
    for item in items:
        assert bool(item.left_out) != bool(item.text)
