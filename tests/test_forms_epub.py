"""An EPUB, made here: chapters in reading order, and what is none."""

import io
import zipfile

import pytest
from dateline.read.forms.bundles import epub
from dateline.read.forms.item import Source, Unreadable

PACKAGE = """<package xmlns="urn:o" xmlns:dc="urn:d"><metadata><dc:title>Orrin Post</dc:title>
<dc:creator>Ines Maro</dc:creator><dc:language>en</dc:language></metadata><manifest>
<item id="b" href="b%20b.xhtml"/><item id="a" href="../a.xhtml"/><item id="g" href="gone.xhtml"/>
<item id="n" href="n.xhtml" properties="nav"/></manifest><spine><itemref idref="n"/>
<itemref idref="a"/><itemref idref="b"/><itemref idref="g"/></spine></package>"""
CONTAINER = '<container><rootfiles><rootfile full-path="E/p.opf"/></rootfiles></container>'
TEXT = "The harbour at Orrin was closed on Tuesday after a ferry ran aground, and it will be closed"


def make_book(**more):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
        made.writestr("META-INF/container.xml", CONTAINER)
        made.writestr("E/p.opf", PACKAGE)
        made.writestr("a.xhtml", "<html><body><h1>Cover</h1></body></html>")
        made.writestr(
            "E/b b.xhtml",
            f"<html><head><title>x</title></head><body><h1>Ferry</h1><p>{TEXT} until Friday.</p>"
            "<p>All are safe.</p></body></html>",
        )
        for name, data in more.items():
            made.writestr(name, data)
    return Source("a.epub", data=file.getvalue())


def test_chapters_are_read_in_order_and_the_rest_is_named():
    source = make_book()
    assert epub.FORMS[0].fits(source.head(), "a")
    contents = epub.FORMS[0].read(source)
    items = list(contents.items)
    assert contents.n_stated == 4
    assert [item.left_out for item in items] == [
        "E/n.xhtml: a table of contents",
        "a.xhtml: only 1 words",
        "",
        "E/gone.xhtml: damaged: E/gone.xhtml is not in it",
    ]
    assert items[2].text == f"Ferry\n\n{TEXT} until Friday.\n\nAll are safe."
    assert items[2].fields == {
        "title": "Ferry",
        "outlet": "Orrin Post",
        "byline": "Ines Maro",
        "language": "en",
        "member": "E/b b.xhtml",
    }


def test_a_locked_book_is_refused():
    with pytest.raises(Unreadable, match="encrypted"):
        epub.FORMS[0].read(make_book(**{"META-INF/encryption.xml": "<e URI='E/b.xhtml'/>"}))
