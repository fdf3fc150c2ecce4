"""A dump of a wiki, made here: articles without their markup, and what is none."""

import pytest
from dateline.read.forms.bundles import wiki
from dateline.read.forms.item import Source, Unreadable

HEAD = (
    '<mediawiki xml:lang="en"><siteinfo><sitename>Orrin Wiki</sitename><namespaces>'
    '<namespace key="6">Datei</namespace></namespaces></siteinfo>'
)


def make_page(text, title="Ferry", space=0, more=""):
    return (
        f"<page><title>{title}</title><ns>{space}</ns><id>7</id>{more}<revision><timestamp>2031"
        "</timestamp><contributor><username>Rea Der</username></contributor><text>old</text>"
        f"</revision><revision><timestamp>2032</timestamp><text>{text}</text></revision></page>"
    )


def read(*pages, end="</mediawiki>"):
    source = Source("a.xml", data=(HEAD + "".join(pages) + end).encode())
    assert wiki.FORMS[0].fits(source.head(), "a.xml")
    return wiki.FORMS[0].read(source).items


TEXT = """{{Infobox|name=x}}
The '''ferry''' [[Selva|''Selva'']] sank&lt;ref&gt;Orrin Post&lt;/ref&gt; in [[May]].
[[Datei:A.jpg|thumb|A [[ferry]]]]
{| class="a"
| cell
|}
== Rescue ==
=== By night ===
* All are safe.
* Nobody was hurt.
== References ==
{{reflist}}
[[Category:Ferries]]"""


def test_an_article_has_its_text_without_markup():
    (item,) = read(make_page(TEXT))
    assert item.text == (
        "Ferry\n\nThe ferry Selva sank in May.\n\nRescue\n\nBy night\n\nAll are safe.\n\n"
        "Nobody was hurt."
    )
    assert [part.kind for part in item.parts] == [
        *("heading", "body", "heading", "heading", "body", "body")
    ]
    assert item.fields == {
        "title": "Ferry",
        "outlet": "Orrin Wiki",
        "language": "en",
        "source_id": "7",
        "updated": "2032",
    }
    assert "Rea Der" not in repr(item)


def test_what_is_no_article_is_counted():
    items = list(
        read(
            make_page("x", space=10),
            make_page("#REDIRECT [[Selva]]"),
            make_page("x", more='<redirect title="Selva"/>'),
            make_page("It sank."),
            make_page("{{only}}"),
        )
    )
    assert [item.left_out for item in items] == [
        "",
        "no text",
        "3 other pages of the site (redirects 2, namespace 10 1): no articles",
    ]


def test_the_pages_before_the_damage_stand():
    items = read(make_page("It sank."), end="<page><ti")
    assert next(items).text == "Ferry\n\nIt sank."
    with pytest.raises(Unreadable, match="damaged XML after page 1"):
        next(items)
