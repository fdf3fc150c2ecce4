"""Factiva exports: two dialects of a page, rich text and XML give the same articles."""

import pytest
from dateline.read.forms.factiva import FORMS
from dateline.read.forms.item import Item, NotThisForm, Source, Unreadable
from hypothesis import given, settings
from hypothesis import strategies as st

ID = "TIDI000020250304el3300001"
PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>Factiva</title></head><body><input type="hidden" value="PRIVATA">
<div id="contentLeft">{}</div>
<table><tr><td class="label">Gefundene Ergebnisse</td><td>1,342</td></tr></table></body></html>"""
BARE = f"""<div class="article enArticle"><p></p><div>News; 4</div>
<div id="hd"><span class="enHeadline">Ferry runs on </span></div>
<div class="author">By IDA BREL</div><div>Special to the Tidings</div>
<div>9 Wörter</div><div>3 März 2025</div><div>05:10</div>
<div>The Marrin Tidings</div><div>TIDI</div>
<div>Late Edition</div><div>A4</div><div>Englisch</div><div>Copyright 2025 Tidings Media.</div>
<p class="articleParagraph enarticleParagraph">The ferry would <b>run</b> until</p>
<p class="articleParagraph enarticleParagraph">the bridge is open.</p>
<p>Tidings Digital</p><p>Dokument {ID}</p></div>"""
CODED = f"""<div class="article enArticle"><table>
<tr><td><b>SE</b>&nbsp;</td><td>News</td></tr><tr><td><b>HD</b>&nbsp;</td>
<td><span class="enHeadline">Ferry runs on</span></td></tr>
<tr><td><b>BY</b>&nbsp;</td><td>By IDA BREL</td></tr><tr><td><b>WC</b></td><td>9 words</td></tr>
<tr><td><b>PD</b></td><td>3 March 2025</td></tr><tr><td><b>ET</b></td><td>05:10</td></tr>
<tr><td><b>SN</b></td><td>The Marrin Tidings</td></tr><tr><td><b>SC</b></td><td>TIDI</td></tr>
<tr><td><b>LA</b></td><td>English</td></tr>
<tr><td><b>LP</b></td><td><p class="articleParagraph">The ferry would run until</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph">the bridge is open.</p></td></tr>
<tr><td><b>PUB</b></td><td>Tidings Media</td></tr>
<tr><td><b>AN</b></td><td>Document {ID}</td></tr></table></div>"""
TEXT = "Ferry runs on\n\nThe ferry would run until the bridge is open."
XML = f"""<?xml version="1.0"?><PPSResponse><r xmlns="http://global.factiva.com/pps/2.0">
<ppsarticleResultSet count="2"><ppsarticle><article><accessionNo>{ID}</accessionNo>
<baseLanguage>EN</baseLanguage><headline><paragraph>Ferry runs on</paragraph></headline>
<byline>By IDA BREL</byline><wordCount>9</wordCount>
<leadParagraph><paragraph>The ferry would run until</paragraph></leadParagraph>
<tailParagraphs><paragraph>the bridge is open.</paragraph></tailParagraphs>
<publicationDate><date>2025-03-03</date></publicationDate>
<sourceName>The Marrin Tidings</sourceName></article></ppsarticle></ppsarticleResultSet>
</r></PPSResponse>"""
BARE_LINES = [
    "News",
    "Ferry runs on",
    "By IDA BREL",
    "9 words",
    "3 March 2025",
    "The Marrin Tidings",
    "TIDI",
    "English",
    "Copyright 2025 Tidings Media.",
    "The ferry would run until",
    "the bridge is open.",
    f"Document {ID}",
]


def rich(lines):
    return ("{\\rtf1\\ansi " + "\\par\n".join(lines) + "}").encode("ascii")


def read(data):
    source = Source("export", data=data)
    for form in FORMS:
        if form.fits(source.head(), "export"):
            try:
                contents = form.read(source)
            except NotThisForm:
                continue
            return form.name, contents, list(contents.items)
    return None, None, []


def test_bare_lines_are_told_by_their_order_in_any_interface_language():
    form, contents, (item,) = read(PAGE.format(BARE).encode())
    assert (form, contents.n_stated, contents.encoding) == ("Factiva HTML", 1, "utf-8")
    assert item.text == TEXT
    assert item.fields == {
        "section": "News; 4",
        "title": "Ferry runs on",
        "byline": "By IDA BREL",
        "agency": "Special to the Tidings",
        "n_words_stated": "9",
        "date": "3 März 2025 05:10",
        "outlet": "The Marrin Tidings",
        "source_code": "TIDI",
        "edition": "Late Edition",
        "page": "A4",
        "language": "Englisch",
        "copyright": "Copyright 2025 Tidings Media.",
        "source_id": ID,
    }


def test_coded_fields_are_read():
    item = read(PAGE.format(CODED).encode())[2][0]
    assert item.text == TEXT
    assert item.fields["date"] == "3 March 2025 05:10"
    assert (item.fields["outlet"], item.fields["publisher"]) == (
        "The Marrin Tidings",
        "Tidings Media",
    )
    assert (item.fields["source_id"], item.fields["n_words_stated"]) == (ID, "9")


def test_a_page_that_declares_utf_8_and_is_latin_1_is_read():
    _, contents, (item,) = read(PAGE.format(BARE).encode("latin-1"))
    assert contents.encoding == "cp1252"
    assert item.fields["date"] == "3 März 2025 05:10"


def test_rich_text_is_read_bare_and_coded():
    _, contents, items = read(rich([*BARE_LINES, *BARE_LINES, "Search Summary", "PRIVATA"]))
    assert (contents.n_stated, [item.text for item in items]) == (2, [TEXT, TEXT])
    assert items[1].fields["byline"] == "By IDA BREL"
    assert items[1].fields["section"] == "News"
    assert not any("PRIVATA" in str(item) for item in items)
    cells = [
        "HD\\cell Ferry runs on\\cell\\row",
        "WC\\cell 9 words\\cell\\row",
        "PD\\cell 3 March 2025",
    ]
    cells += ["SN\\cell The Marrin Tidings", "LP\\cell The ferry would run until\\par"]
    item = read(
        rich([*cells, "TD\\cell the bridge is open.\\cell\\row", f"AN\\cell Document {ID}"])
    )[2][0]
    assert item.text == TEXT
    assert item.fields["outlet"] == "The Marrin Tidings"
    assert item.fields["source_id"] == ID


def test_xml_is_read_and_what_it_states_and_lacks_is_told():
    form, contents, items = read(XML.encode())
    assert (form, contents.n_stated, len(items)) == ("Factiva XML", 2, 2)
    assert items[0].text == TEXT
    assert items[0].fields["date"] == "2025-03-03"
    assert items[0].fields["n_words_stated"] == "9"
    assert items[1].left_out == "stated by the file, but not in it"


def test_entities_are_not_resolved():
    bomb = XML.replace("<PPS", '<!DOCTYPE x [<!ENTITY a "SECRET">]><PPS', 1)
    items = read(bomb.replace("Ferry runs", "&a; runs").encode())[2]
    assert "SECRET" not in str(items)


def test_damaged_xml_keeps_what_came_before():
    data = XML.replace("</article>", "</article><article><headline>x", 1).encode()
    contents = FORMS[0].read(Source("x", data=data))
    items = []
    with pytest.raises(Unreadable, match="damaged XML"):
        items.extend(item for item in contents.items if items.append(item) is None)
    assert items[0].text == TEXT


def test_an_unknown_layout_is_refused_with_its_first_line():
    page = PAGE.format('<div class="article enArticle"><div>Neue Ordnung</div><div>x</div></div>')
    with pytest.raises(Unreadable, match="'Neue Ordnung'"):
        read(page.encode())


def test_a_page_about_factiva_is_no_export():
    assert read(b"<html><body><p>Factiva is a database.</p></body></html>") == (None, None, [])
    assert read(rich(["A letter."])) == (None, None, [])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_files_are_refused_or_read_and_never_fail(data):
    pages = [PAGE.format(BARE), PAGE.format(CODED), XML]
    raw = data.draw(st.sampled_from([*(page.encode() for page in pages), rich(BARE_LINES)]))
    at, cut = (data.draw(st.integers(0, len(raw))) for _ in range(2))
    try:
        items = read(raw[:at] + data.draw(st.binary(max_size=6)) + raw[max(at, cut) :])[2]
    except Unreadable:
        return
    assert all(isinstance(item, Item) for item in items)
