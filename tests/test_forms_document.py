"""Word, OpenDocument and RTF files, made here: their text, what their styles state, refusals."""

import io
import zipfile

import pytest
from dateline.read.forms.documents import document
from dateline.read.forms.item import Source, Unreadable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Caption")
)


def pack(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            plain = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name.replace("_DOT_", "."), text, plain)
    return file.getvalue()


def make_word(body, **more):
    root = f'<w:{{0}} xmlns:w="{SPACE}">{{1}}</w:{{0}}>'
    return pack(
        **{"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS},
        **{"word/document.xml": root.format("document", f"<w:body>{body}</w:body>")},
        **{"word/styles.xml": root.format("styles", STYLES)},
        **more,
    )


def paragraph(words, style=""):
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = (f"<w:r><w:t>{line}</w:t></w:r>" for line in words.split("\n"))
    return f"<w:p>{styled}{'<w:r><w:br/></w:r>'.join(runs)}</w:p>"


def make_odt(body, styles=""):
    return pack(
        mimetype="application/vnd.oasis.opendocument.text",
        content_DOT_xml='<office:document-content xmlns:office="urn:o" xmlns:text="urn:t" '
        f'xmlns:style="urn:s" xmlns:draw="urn:d">{styles}<office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>",
    )


def read(data, name="a.bin"):
    source = Source(name, data=data)
    form = next(form for form in document.FORMS if form.fits(source.head(), name))
    return form.name, next(iter(form.read(source).items))


def kinds(item):
    return [(part.kind, item.text[part.start : part.end]) for part in item.parts]


def test_a_word_file_without_styles_is_handed_on_as_plain_text():
    form, item = read(make_word(paragraph("Ferry aground") + paragraph("By Ines Maro")))
    assert (form, item.text) == ("Word", "Ferry aground\n\nBy Ines Maro")
    assert (item.fields, item.parts, item.left_out) == ({}, (), "")


def test_styles_of_word_state_headline_and_caption():
    body = paragraph("Ferry aground", "Title") + paragraph("It sank.")
    _, item = read(make_word(body + paragraph("A ferry", "Caption")))
    assert item.fields == {"title": "Ferry aground"}
    assert kinds(item) == [("heading", "Ferry aground"), ("caption", "A ferry")]


def test_line_breaks_in_a_paragraph_are_spaces_and_two_end_it():
    _, item = read(make_word(paragraph("one\ntwo\n\nthree")))
    assert item.text == "one two\n\nthree"


def test_a_word_file_that_declares_entities_is_refused():
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaa">]><w:styles/>'
    with pytest.raises(Unreadable, match="declares entities"):
        read(make_word(paragraph("x"), **{"word/footnotes.xml": bomb}))


def test_a_part_that_unpacks_a_thousandfold_is_refused():
    with pytest.raises(Unreadable, match="unpacks to 5 MB from"):
        read(make_word(paragraph("x"), **{"word/notes.xml": " " * 5_000_000}))


def test_an_empty_word_file_is_left_out():
    assert read(make_word(""))[1].left_out == "no text"


def test_long_documents_are_doubted():
    _, item = read(make_word(paragraph("word " * 6000)))
    assert item.doubts == ("its 6,000 words are read as one article",)


def test_styles_of_an_opendocument_text_state_kinds_and_notes_follow_the_text():
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        '<style:style style:name="P2" style:parent-style-name="Illustration"/>'
    )
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:p text:style-name="P1">Ferry<text:s text:c="3"/>aground</text:p>'
        "<text:p>It sank<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>On Monday.</text:p></text:note-body></text:note><text:line-break/>fast.</text:p>"
        '<text:h>Rescue</text:h><text:p text:style-name="P2">A ferry</text:p><text:p>End.</text:p>'
    )
    form, item = read(make_odt(body, styles))
    assert form == "OpenDocument"
    assert item.text == (
        "Ferry aground\n\nIt sank fast.\n\nRescue\n\nA ferry\n\nEnd.\n\nOn Monday."
    )
    assert item.fields == {"title": "Ferry aground"}
    assert [kind for kind, _ in kinds(item)] == ["heading", "heading", "caption", "trailer"]


def test_an_encrypted_opendocument_text_is_refused():
    data = pack(
        mimetype="application/vnd.oasis.opendocument.text",
        **{"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "?"},
    )
    with pytest.raises(Unreadable, match="encrypted"):
        read(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 Caf\'e9 a\line b\par c | d\par}", "Café a b\n\nc | d"),
        ("{\\rtf1\\ansi naïve “Zoë”\\par}".encode(), "naïve “Zoë”"),
        ("{\\rtf1\\ansi\\ansicpg1250 Proszę\\par}".encode("cp1250"), "Proszę"),
        (rb"{\rtf1 a\line\line b\u-10179?\u-8704?\par}", "a\n\nb\U0001f600"),
        (rb'{\rtf1{\field{\*\fldinst{HYPERLINK "a.example"}}{\fldrslt here}}\par}', "here"),
        (rb"{\rtf1{\info{\author Oda Lindt}}{\header top}\trowd a\cell b\cell\row}", "a\n\nb"),
    ],
)
def test_rich_text_is_decoded_by_what_its_bytes_are(data, words):
    form, item = read(data)
    assert (form, item.text) == ("RTF", words)


@pytest.mark.parametrize(
    "made", [b'{\\field{\\*\\fldinst{ HYPERLINK "a"', b"{\\fonttbl" + b"\\f1 \\fcharset" * 20]
)
def test_rich_text_that_was_made_to_take_hours_takes_seconds(made):
    assert read(b"{\\rtf1 " + made * 20_000)[1].left_out == "no text"


@pytest.mark.parametrize(
    ("stream", "reason"),
    [("WordDocument", r"Word 97"), ("EncryptedPackage", "encrypted"), ("Odd", "older office")],
)
def test_older_office_files_are_refused_by_name(stream, reason):
    with pytest.raises(Unreadable, match=reason):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + stream.encode("utf-16-le"))


SAMPLES = [
    make_word(paragraph("Ferry aground", "Title") + paragraph("It sank.")),
    make_odt("<text:p>It sank.</text:p>"),
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}}\f0 Caf\'e9\u8364?\par}",
]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SAMPLES), st.integers(0, 3000), st.binary(max_size=6), st.booleans())
def test_damaged_bytes_are_unreadable_and_nothing_else(data, at, junk, cut):
    at %= len(data)
    damaged = data[:at] + junk + (b"" if cut else data[at + len(junk) :])
    for form in document.FORMS:
        if form.fits(damaged, "a"):
            try:
                list(form.read(Source("a", data=damaged)).items)
            except Unreadable as error:
                assert str(error)
