"""Mail made here: pages and texts, forwarded and flowed, boxes, and whose names are kept."""

import pytest
from dateline.read.forms.item import Source
from dateline.read.forms.messages import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HEAD = (
    "Delivered-To: reader@home.example\nFrom: Orrin Post <news@orrin.example>\n"
    "To: Rea Der <reader@home.example>\nDate: Tue, 6 May 2031 07:08:09 +0000\n"
)
LINES = (
    "The harbour at Orrin was closed on Tuesday after the ferry Selva ran\n"
    "aground, officials said.\n\n“Nobody was hurt,” said Ines Maro.\n"
)
TEXT = (
    "The harbour at Orrin was closed on Tuesday after the ferry Selva ran aground, officials said."
    "\n\n“Nobody was hurt,” said Ines Maro."
)


def make_mail(body=LINES, subject="Ferry aground", kind="text/plain; charset=utf-8", more=""):
    return f"{HEAD}Subject: {subject}\nMIME-Version: 1.0\n{more}Content-Type: {kind}\n\n{body}"


def read(message):
    data = message if isinstance(message, bytes) else message.encode()
    source = Source("a.eml", data=data)
    assert mail.FORMS[0].fits(source.head(), "a.eml")
    items = list(mail.FORMS[0].read(source).items)
    assert not any("home.example" in repr(i) or "Rea Der" in repr(i) for i in items)
    return items


def test_a_text_is_read_and_only_the_sender_is_named():
    (item,) = read("   \n" + make_mail())
    assert item.text == f"Ferry aground\n\n{TEXT}"
    assert item.fields == {
        "title": "Ferry aground",
        "sender": "Orrin Post",
        "date": "Tue, 6 May 2031 07:08:09 +0000",
    }


def test_flowing_lines_are_joined_and_a_signature_follows():
    body = "It sank \non \nMonday.\nAll are safe.\n-- \nOrrin Post\n"
    (item,) = read(make_mail(body, kind="text/plain; format=flowed"))
    assert item.text.startswith("Ferry aground\n\nIt sank on Monday.\n\nAll are safe.")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?F=C3=A4hre?=", "Fähre"),
        ("Fwd: RE: Ferry", "Ferry"),
        ("=?nonsense?q?Ferry?=", "=?nonsense?q?Ferry?="),
        ("Fähre", "Fähre"),
        ("=?windows-1252?Q?Fähre_sinkt?=", "Fähre sinkt"),
    ],
)
def test_subjects_are_decoded(subject, title):
    assert read(make_mail(subject=subject))[0].fields["title"] == title


def test_bytes_are_read_as_what_they_are():
    latin = make_mail("Señor Peña sank it.\n", subject="Fähre", kind="text/plain; charset=utf-8")
    assert "Señor Peña" in read(latin.encode("cp1252"))[0].text
    utf8 = make_mail("Señor Peña sank it.\n", kind="text/plain; charset=iso-8859-1")
    assert "Señor Peña" in read(utf8)[0].text


def test_a_page_is_read_and_an_attachment_is_named():
    page = "".join(f"<p>{words}</p>" for words in TEXT.split("\n\n"))
    body = (
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\n"
        f"short\n--c\nContent-Type: text/html; charset=utf-8\n\n<html><body>{page}</body></html>\n"
        "--c--\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment;"
        ' filename="tide.pdf"\n\nx\n--b--\n'
    )
    item, attached = read(make_mail(body, kind="multipart/mixed; boundary=b"))
    assert item.text == f"Ferry aground\n\n{TEXT}"
    assert attached.left_out == "an attachment (tide.pdf): save it as a file to have it read"


@pytest.mark.parametrize("mark", ["", "> "])
def test_of_a_mail_that_was_sent_on_the_inner_fields_hold(mark):
    inner = (
        "From: Harbour News <news@harbour.example>\nDate: Mon, 5 May 2031\nSubject: Ferry sunk\n"
        f"To: Rea Der <reader@home.example>\n\n{LINES}"
    )
    inner = "".join(mark + line for line in inner.splitlines(keepends=True))
    body = f"See this.\n\n---------- Forwarded message ---------\n{inner}"
    (item,) = read(make_mail(body, subject="Fwd: Ferry sunk"))
    assert item.text == f"Ferry sunk\n\n{TEXT}"
    assert item.fields == {
        "title": "Ferry sunk",
        "sender": "Harbour News",
        "date": "Mon, 5 May 2031",
    }
    assert item.doubts == ("forwarded: 2 words above the message that was sent on",)


def test_a_box_is_read_message_by_message():
    short = make_mail("From the port.\n")
    box = f"From a@b Tue\n{make_mail()}\nFrom a@b Wed\n{short}\n"
    first, second = read(box)
    assert (first.number, second.number) == (1, 2)
    assert second.text == "Ferry aground\n\nFrom the port."


@pytest.mark.parametrize(
    "text",
    [
        "From: the harbour\nIt sank.\n",
        "Note: it sank.\nDate: Monday\n\nx",
        "It sank.\nFrom: a\nDate: b",
    ],
)
def test_a_text_is_no_mail(text):
    assert not mail.FORMS[0].fits(text.encode(), "a.txt")


SAMPLE = make_mail(
    "--b\nContent-Type: text/html\n\n<p>It</p>\n--b--", kind="multipart/mixed; boundary=b"
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 3000), st.binary(max_size=8), st.booleans())
def test_damaged_bytes_are_read_without_failing(at, junk, cut):
    data = SAMPLE.encode()
    at %= len(data)
    damaged = data[:at] + junk + (b"" if cut else data[at + len(junk) :])
    list(mail.FORMS[0].read(Source("a", data=damaged)).items)


def test_a_newsletter_is_by_its_sender_and_what_stands_around_it_is_no_body():
    text = (
        "View in browser\n\nThe ferry stays aground, the board said.\n\n"
        "You received this email because you signed up for The Quay Letter.\n\nUnsubscribe\n"
    )
    (item,) = read(make_mail(text))
    assert item.fields["outlet"] == "Orrin Post"
    assert [part.kind for part in item.parts] == ["heading", "header", "body", "trailer", "trailer"]
    (letter,) = read(make_mail("It sank. I saw it.\n"))
    assert "outlet" not in letter.fields, "no way out: it was sent to one"
    (letter,) = read(make_mail(text).replace("Orrin Post", "Anna Orrin"))
    assert "outlet" not in letter.fields, "a person's letter"
