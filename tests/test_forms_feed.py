"""Feeds made here: whole texts are articles, teasers are not, and nothing is fetched."""

import json
import socket

import pytest
from dateline.read.forms.item import Source, Unreadable
from dateline.read.forms.messages import feed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LONG = "<p>It sank.</p><p>All are safe and well.</p>"


def make_rss(*items):
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/"><channel><title>Orrin Post</title>'
        f"<language>en</language>{''.join(items)}</channel></rss>"
    ).encode()


def make_item(content="", description=""):
    coded = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        "<item><title>Ferry &amp; tide</title><link>http://orrin.example/1</link>"
        "<author>ines@orrin.example (Ines Maro)</author><category>Port</category>"
        f"<pubDate>Tue, 06 May 2031 07:08:09 GMT</pubDate><guid>g1</guid>"
        f"<description><![CDATA[{description}]]></description>{coded}</item>"
    )


def read(data, name="a.xml"):
    source = Source(name, data=data)
    form = next(form for form in feed.FORMS if form.fits(source.head(), name))
    contents = form.read(source)
    items = list(contents.items)
    assert contents.n_stated == len(items)
    return items


def test_an_entry_with_its_text_is_an_article():
    (item,) = read(make_rss(make_item(LONG + "<p>The post A appeared first on B.</p>", "It sank.")))
    assert item.text == (
        "Ferry & tide\n\nIt sank.\n\nAll are safe and well.\n\nThe post A appeared first on B."
    )
    assert [part.kind for part in item.parts] == ["heading", "body", "body", "trailer"]
    assert item.fields == {
        "title": "Ferry & tide",
        "byline": "Ines Maro",
        "outlet": "Orrin Post",
        "date": "Tue, 06 May 2031 07:08:09 GMT",
        "url": "http://orrin.example/1",
        "source_id": "g1",
        "section": "Port",
        "language": "en",
        "summary": "It sank.",
    }


@pytest.mark.parametrize(
    ("content", "description"),
    [
        ("", "It sank."),
        (LONG, LONG),
        ("<p>It sank and then […]</p>", ""),
        ("<p>It. Read more</p>", ""),
    ],
)
def test_a_teaser_is_left_out(content, description):
    assert read(make_rss(make_item(content, description)))[0].left_out == "only a summary"


def test_a_long_description_is_read_with_a_doubt():
    (item,) = read(make_rss(make_item("", "<p>It sank. " + "word " * 300 + "</p>")))
    assert item.doubts == ("its text is what the feed calls a description: it may not be all",)


def test_an_atom_feed_is_read():
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Orrin Post</title><entry><title>Ferry'
        "</title><id>e1</id><updated>2031-05-06</updated><author><name>Ines Maro</name></author>"
        f'<content type="html"><![CDATA[{LONG}]]></content></entry></feed>'
    ).encode()
    (item,) = read(data)
    assert item.text == "Ferry\n\nIt sank.\n\nAll are safe and well."
    assert (item.fields["byline"], item.fields["date"]) == ("Ines Maro", "2031-05-06")


def test_a_json_feed_is_read():
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Orrin Post",
        "items": [
            {"id": "1", "title": "Ferry", "content_html": LONG, "authors": [{"name": "Ines Maro"}]},
            {"id": "2", "title": "Tide", "summary": "It rose."},
        ],
    }
    whole, teaser = read(json.dumps(value).encode(), "a.json")
    assert whole.fields["byline"] == "Ines Maro"
    assert teaser.left_out == "only a summary"


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    data = make_rss(make_item(LONG)).replace(
        b"<rss", b'<!DOCTYPE rss SYSTEM "http://orrin.example/a.dtd"><rss'
    )
    assert read(data)[0].text


SAMPLE = make_rss(make_item(LONG, "It sank."), make_item("", "It sank."))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 3000), st.binary(max_size=6), st.booleans())
def test_damaged_bytes_are_unreadable_and_nothing_else(at, junk, cut):
    at %= len(SAMPLE)
    damaged = SAMPLE[:at] + junk + (b"" if cut else SAMPLE[at + len(junk) :])
    for form in feed.FORMS:
        try:
            list(form.read(Source("a", data=damaged)).items)
        except Unreadable as error:
            assert str(error)
