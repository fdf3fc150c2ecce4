"""A WordPress export, made here: posts, what is none, and who exported it."""

import pytest
from dateline.read.forms.agencies import wordpress
from dateline.read.forms.item import Source, Unreadable

HEAD = """<?xml version="1.0"?><rss xmlns:content="urn:c" xmlns:dc="urn:d"
xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Orrin Post</title>
<language>en</language><wp:author><wp:author_login>ines</wp:author_login>
<wp:author_email>ines@orrin.example</wp:author_email>
<wp:author_display_name>Ines Maro</wp:author_display_name></wp:author>"""


def make_post(text, kind="post", status="publish"):
    return (
        "<item><title>Ferry &amp;amp; tide</title><link>http://orrin.example/1</link>"
        "<pubDate>Tue, 06 May 2031 07:08:09 +0000</pubDate><dc:creator>ines</dc:creator>"
        f"<guid>g1</guid><content:encoded><![CDATA[{text}]]></content:encoded>"
        f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>"
        '<category domain="category"><![CDATA[Port]]></category></item>'
    )


def read(*posts, end="</channel></rss>"):
    source = Source("a.xml", data=(HEAD + "".join(posts) + end).encode())
    assert wordpress.FORMS[0].fits(source.head(), "a.xml")
    return wordpress.FORMS[0].read(source).items


def test_a_post_has_the_fields_of_the_site_and_its_lines():
    text = (
        "<!-- wp:paragraph -->It sank.\nAll are safe [sic].\r\n\r\n[dropcap]N[/dropcap]obody "
        'saw.<h2>Rescue</h2>[gallery ids="1"][caption id="a"]<img/> A ferry[/caption]'
    )
    (item,) = read(make_post(text))
    assert item.text == (
        "Ferry & tide\n\nIt sank.\n\nAll are safe [sic].\n\nNobody saw.\n\nRescue\n\nA ferry"
    )
    assert [part.kind for part in item.parts][-2:] == ["heading", "caption"]
    assert item.fields == {
        "title": "Ferry & tide",
        "byline": "Ines Maro",
        "outlet": "Orrin Post",
        "language": "en",
        "date": "Tue, 06 May 2031 07:08:09 +0000",
        "url": "http://orrin.example/1",
        "source_id": "g1",
        "section": "Port",
    }
    assert "@" not in repr(item)


def test_pages_attachments_drafts_and_empty_posts_are_left_out():
    items = read(
        make_post("x", "page"),
        make_post("x", "attachment"),
        make_post("x", status="draft"),
        make_post("<img/>"),
    )
    assert [(item.number, item.left_out) for item in items] == [
        (1, "a page of the site, and no post"),
        (2, "an attachment"),
        (3, "not published: its status is 'draft'"),
        (4, "no text"),
    ]


def test_the_posts_before_the_damage_stand():
    items = read(make_post("It sank."), end="<item><tit")
    assert next(items).text.endswith("It sank.")
    with pytest.raises(Unreadable, match="damaged XML after post 1"):
        next(items)
