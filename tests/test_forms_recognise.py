import gzip

import pytest
from dateline.read.forms.item import Contents, Form, Item, NotThisForm, Source, Unreadable
from dateline.read.forms.recognise import (
    TEXT,
    doubt_suffix,
    find_forms,
    list_forms,
    open_source,
    read_inner,
    refuse,
)

PROSE = b"The ferry is late.\n\nNobody knows why.\n"


def names(head, name="a"):
    return [form.name for form in find_forms(head, name)]


@pytest.mark.parametrize(
    ("head", "first"),
    [
        (b"1 of 2 DOCUMENTS\n\nThe Quay Post\n", "Nexis TXT"),
        (b"<html><body><DOCFULL>1 of 2 DOCUMENTS</DOCFULL></body></html>", "Nexis HTML"),
        (b"<!doctype html><html><body><p>The ferry</p></body></html>", "web page"),
        (b'{"text": "The ferry"}\n{"text": "Late"}\n', "JSON lines"),
        (b"title,text\nLate,The ferry\nLater,The ferry\n", "table"),
        (gzip.compress(PROSE, mtime=0), "gzip"),
    ],
)
def test_the_content_says_the_form(head, first):
    assert names(head)[0] == first
    assert names(head, "a.txt")[0] == first


def test_prose_is_of_no_form_whatever_its_name():
    for name in ("a.txt", "a", "a.tst"):
        assert names(PROSE, name) == []


def test_exports_are_tried_before_the_forms_they_are_written_in():
    order = [form.name for form in list_forms()]
    assert order.index("Factiva HTML") < order.index("web page") < order.index("table")
    assert len(set(order)) == len(order)


def other(source):
    raise NotThisForm("nothing is marked in it")


def other_late(source):
    def items():
        raise NotThisForm("nothing is marked in it")
        yield

    return Contents(items())


def test_a_file_that_is_not_the_first_form_is_tried_as_the_next():
    forms = [
        Form("one", bool, other),
        Form("two", bool, other_late),
        Form("three", bool, lambda source: Contents([Item("x"), Item("y")], 2)),
    ]
    form, contents = open_source(Source("a", data=b""), forms)
    assert (form.name, [item.text for item in contents.items]) == ("three", ["x", "y"])
    with pytest.raises(NotThisForm, match="nothing is marked"):
        open_source(Source("a", data=b""), forms[:2])


def test_what_an_archive_holds_says_its_own_form():
    (item,) = read_inner(Source("a.txt", data=PROSE)).items
    assert (item.text, item.form) == (PROSE.decode(), TEXT)
    with pytest.raises(Unreadable, match="a gzip"):
        read_inner(Source("a.gz", data=gzip.compress(PROSE)))


@pytest.mark.parametrize(
    ("form", "name", "is_doubtful"),
    [
        ("Nexis DOCX", "a.DOCX", False),
        ("Nexis TXT", "a.htm", True),
        (TEXT, "a.tst", True),
        (TEXT, "a", False),
        ("web page", "a.aspx", False),
        ("gzip", "a.whatever", False),
    ],
)
def test_a_suffix_that_disagrees_is_doubtful(form, name, is_doubtful):
    assert bool(doubt_suffix(form, name)) is is_doubtful


def test_what_nobody_writes_articles_in_is_refused():
    assert refuse(PROSE, "a.txt") == refuse(PROSE, "a") == ""
    assert refuse(PROSE, "a.py") == "a .py file whose content is of no known form"
    assert refuse(b"E\0n\0c\0r\0y\0p\0t\0e\0d", "a.docx").startswith("a .docx file")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refuse(head, "a.docx") == "protected by a password"
