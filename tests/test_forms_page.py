"""Web pages: what is recognised, decoded, read and left out. The pages are made up."""

import json
import socket

import pytest
from dateline.read.forms import page
from dateline.read.forms.item import Source, Unreadable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SENTENCES = [
    "The harbour at Orrin was closed on Tuesday after the ferry Selva ran aground, officials said.",
    "“Nobody was hurt, and the ship will float again with the next tide,” said Ines Maro.",
    "Ms Maro, who runs the port, said that the channel had last been dredged nine years ago.",
    "The owner of the ferry, Lumen Lines, declined to answer questions about the crew's training.",
    "Two tugs from Tarne arrived before dawn and were waiting for the wind to turn, she added.",
    "A spokesman for the coast guard said that an inquiry would begin later in the week.",
]
STORY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def read(body, head="", **page_parts):
    html = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return read_bytes(html.encode(), **page_parts)


def read_bytes(data, name="a.html"):
    (item,) = page.read(Source(name, data=data)).items
    return item


def say(item, *kinds):
    return [item.text[p.start : p.end] for p in item.parts if p.kind in kinds]


def ld(**record):
    text = json.dumps({"@context": "https://schema.org", **record})
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry runs aground at Orrin",
    "datePublished": "2031-05-06T23:30:00+02:00",
    "dateModified": "2031-05-07T08:00:00+02:00",
    "author": [{"@type": "Person", "name": "Oda Lindt"}, {"@type": "Person", "name": "Per Voss"}],
    "publisher": {"@type": "Organization", "name": "Lumen Media Group"},
    "articleSection": ["Coast"],
}


@pytest.mark.parametrize(
    ("head", "name", "fits"),
    [
        (b"<!DOCTYPE html><html>", "a.txt", True),
        (b"\xef\xbb\xbf  <!-- saved --><HTML lang=en>", "a", True),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', "a.xml", True),
        ("<html><body>".encode("utf-16"), "a", True),
        (b'<?xml version="1.0"?><rss version="2.0"><channel>', "a.html", False),
        (b"<div><p>One</p></div>", "a.html", True),
        (b"<div><p>One</p></div>", "a.txt", False),
        (b"Not a page: <html> is a tag.", "a.html", False),
        (b"", "a.html", False),
    ],
)
def test_a_page_is_known_by_its_first_bytes(head, name, fits):
    assert page.fits(head, name) is fits


def test_json_ld_and_meta_tags_give_the_fields_as_stated():
    head = ld(**ARTICLE) + (
        "<title>Ferry runs aground at Orrin | Coast | The Orrin Post</title>"
        '<meta property="og:title" content="Ferry runs aground at Orrin | The Orrin Post">'
        '<meta property="og:site_name" content="The Orrin Post">'
        '<link rel="canonical" href="https://www.orrinpost.example/coast/ferry">'
    )
    item = read(f"<article><h1>Ferry runs aground at Orrin</h1>{STORY}</article>", head)
    assert item.fields == {
        "title": "Ferry runs aground at Orrin",
        "byline": "Oda Lindt; Per Voss",
        "outlet": "The Orrin Post",
        "date": "2031-05-06T23:30:00+02:00",
        "updated": "2031-05-07T08:00:00+02:00",
        "section": "Coast",
        "language": "en",
        "url": "https://www.orrinpost.example/coast/ferry",
    }
    assert say(item, "heading", "body") == ["Ferry runs aground at Orrin", *SENTENCES]
    assert item.left_out == "" and item.doubts == ()


def test_of_several_records_the_one_with_the_page_s_headline_is_its_article():
    other = {**ARTICLE, "headline": "Another story", "author": {"name": "Someone Else"}}
    graph = ld(**{"@graph": [{"@type": "WebSite"}, other, ARTICLE]})
    item = read(f"<h1>Ferry runs aground at Orrin</h1>{STORY}", graph)
    assert item.fields["byline"] == "Oda Lindt; Per Voss"


def test_an_author_is_found_by_its_id_and_a_person_comes_before_the_site():
    records = ld(
        **{
            "@graph": [
                {**ARTICLE, "author": {"@id": "#oda"}, "publisher": {"@id": "#post"}},
                {"@type": "Person", "@id": "#oda", "name": "Oda Lindt"},
                {"@type": "Organization", "@id": "#post", "name": "Orrin Post"},
            ]
        }
    )
    assert read(STORY, records).fields["byline"] == "Oda Lindt"
    site = {**ARTICLE, "author": {"name": "Orrin Post"}, "publisher": {"name": "Orrin Post"}}
    meta = '<meta name="author" content="By Oda Lindt">'
    assert read(STORY, ld(**site) + meta).fields["byline"] == "Oda Lindt"
    assert read(STORY, ld(**site)).fields["byline"] == "Orrin Post"


def test_broken_json_ld_is_passed_over():
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
        '<meta name="date" content="6 May 2031">'
    )
    assert read(STORY, head).fields["date"] == "6 May 2031"


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Ferry aground - Orrin Post", "Ferry aground"),
        ("Ferry aground | Coast | Orrin Post", "Ferry aground"),
        ("Orrin Post | Ferry aground", "Ferry aground"),
        ("Ferry aground – Orrin Post News", "Ferry aground"),
        ("Ferry aground - the long night", "Ferry aground - the long night"),
        ("Coast guard: ferry aground", "Coast guard: ferry aground"),
        ("Orrin Post", "Orrin Post"),
    ],
)
def test_the_site_s_name_is_taken_off_a_title(title, cut):
    from dateline.read.forms.page_metadata import cut_site

    assert cut_site(title, ["Orrin Post"], ["Coast"]) == cut


def test_a_label_after_the_headline_that_the_page_shows_is_no_title():
    head = '<meta property="og:title" content="Ferry runs aground at Orrin - National">'
    item = read(f"<h1>Ferry runs aground at Orrin</h1>{STORY}", head)
    assert item.fields["title"] == "Ferry runs aground at Orrin"


def test_a_date_found_in_the_text_alone_is_doubted():
    item = read(f"<h1>Ferry</h1><p>Published 6 May 2021</p>{STORY}")
    assert item.fields["date"] == "2021-05-06"
    assert item.doubts == ("no tag states its date: 2021-05-06 stands in the page's words",)
    assert "Published" not in item.text


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [("utf-8", "cp1252"), ("iso-8859-1", "cp1252"), ("windows-1252", "utf-8"), ("", "cp1252")],
)
def test_letters_are_right_whatever_charset_a_page_states(stated, encoding):
    words = "“Señor Peña was naïve”, said Zoë Brontë of the harbour café in Orrin on Tuesday."
    html = f"<html><head><meta charset='{stated}'></head><body><h1>Café</h1><p>{words}</p>{STORY}"
    item = read_bytes(html.encode(encoding))
    assert words in item.text
    assert bool(item.doubts) == (stated == "utf-8" or not stated or encoding == "utf-8")


def test_a_page_in_another_script_is_decoded_as_it_states():
    words = "Паром сел на мель у входа в гавань, сообщили во вторник власти города Оррин."
    html = f"<html><head><meta charset='windows-1251'></head><body>{f'<p>{words}</p>' * 1}{STORY}"
    assert words in read_bytes(html.encode("cp1251")).text
    unsaid = f"<html lang='ru'><body><p>{words}</p>{STORY}".replace("“", '"').replace("”", '"')
    assert words in read_bytes(unsaid.encode("cp1251")).text


def test_character_references_of_windows_1252_are_the_marks_they_mean():
    item = read(f"<p>&#147;It floats,&#148; said the pilot of the Selva on Wednesday.</p>{STORY}")
    assert "“It floats,” said the pilot" in item.text


def test_headings_captions_and_credits_have_their_kinds():
    figure = "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>"
    body = (
        "<article><h1>Ferry runs aground</h1>"
        + figure.format("The Selva on the sandbank, seen from the pier.")
        + STORY
        + "<h2>An inquiry begins</h2>"
        + figure.format("(Orrin Post)")
        + STORY.replace("Tuesday", "Monday").replace("tugs", "boats").replace("<p>", "<p>Later: ")
        + "</article><aside>"
        + figure.format("A cake, for another story")
        + "</aside>"
    )
    item = read(body)
    assert say(item, "heading") == ["Ferry runs aground", "An inquiry begins"]
    assert say(item, "caption") == ["The Selva on the sandbank, seen from the pier."]
    assert say(item, "credit") == ["(Orrin Post)"]
    kinds = [part.kind for part in item.parts]
    assert kinds[:3] == ["heading", "caption", "body"]


def test_what_stands_around_a_story_is_left_and_the_story_is_whole():
    furniture = [
        "<p>Advertisement</p>",
        "<p>Share this article</p>",
        '<p><a href="/x">Lighthouse of Tarne to be sold to a hotel firm</a></p>',
        '<p>Read more: <a href="/y">Why harbours silt up and what it costs</a></p>',
        "<p>Sign up for our morning newsletter and get the news in your inbox.</p>",
        "<p>By signing up you agree to our terms and our privacy policy.</p>",
    ]
    mixed = "".join(f"<p>{s}</p>{f}" for s, f in zip(SENTENCES, furniture, strict=True))
    said = (
        "<p>The firm changed its privacy policy in May, and Lumen Lines started a newsletter.</p>"
    )
    item = read(f"<article><h1>Ferry</h1>{mixed}{said}<p>{SENTENCES[0][:-6]}.</p></article>")
    assert say(item, "body")[:6] == SENTENCES
    assert "changed its privacy policy" in item.text
    for gone in ("Advertisement", "Share this", "Lighthouse", "silt", "inbox", "By signing"):
        assert gone not in item.text


def test_a_text_that_a_page_repeats_is_taken_once():
    pulled = f"<blockquote>{SENTENCES[1]}</blockquote>"
    item = read(f"<article><h1>Ferry</h1>{STORY}{pulled}</article><article>{STORY}</article>")
    assert [item.text.count(sentence) for sentence in SENTENCES] == [1] * 6


def test_the_stated_body_takes_out_what_is_not_of_it():
    teaser = "<p>Ten things to do in Orrin this summer when the harbour opens again for you.</p>"
    body = STORY.replace("</p><p>Ms Maro", f"</p>{teaser}<p>Ms Maro")
    item = read(f"<h1>Ferry</h1>{body}", ld(**ARTICLE, articleBody="\n".join(SENTENCES)))
    assert say(item, "body") == SENTENCES


def test_notes_and_biographies_are_trailers():
    notes = (
        "<p>Correction: an earlier version gave the wrong year for the dredging.</p>"
        "<p>Oda Lindt is the coast correspondent of the Orrin Post and lives in Tarne.</p>"
    )
    item = read(f"<article><h1>Ferry</h1>{STORY}{notes}</article>", ld(**ARTICLE))
    assert [words.split()[0] for words in say(item, "trailer")] == ["Correction:", "Oda"]
    assert say(item, "body") == SENTENCES


@pytest.mark.parametrize(
    ("body", "head", "why"),
    [
        ("", "", "no article: no running text"),
        (
            "<h1>Ferry</h1><p>The harbour at Orrin was closed on Tuesday, officials said.</p>",
            ld(**ARTICLE, isAccessibleForFree=False),
            "behind a paywall: only",
        ),
        (
            "<h1>Ferry</h1><p>The harbour at Orrin was closed on Tuesday, officials said.</p>"
            "<p>Already a subscriber? Log in to continue reading this story.</p>",
            "",
            "behind a paywall: only",
        ),
        (
            "<h1>Just a moment...</h1><p>Please enable JavaScript and cookies to continue.</p>",
            "",
            "no article: a wall or an error page",
        ),
        (
            "<h1>Ferry</h1><p>Watch how the ferry Selva was towed off the sandbank at Orrin.</p>",
            '<meta property="og:type" content="video.other">',
            "a video with",
        ),
        (
            "".join(f"<h2><a href=/{s[:5]}>{s}</a></h2><p>{s[::-1]}</p>" for s in SENTENCES * 2),
            "",
            "a page that lists articles",
        ),
        (
            STORY,
            '<link rel="canonical" href="https://www.orrinpost.example/">',
            "the first page of a site",
        ),
    ],
)
def test_a_page_that_is_no_article_says_why(body, head, why):
    item = read(body, head)
    assert item.left_out.startswith(why)


def test_a_whole_story_behind_a_paywall_is_an_article():
    item = read(f"<h1>Ferry</h1>{STORY}", ld(**ARTICLE, isAccessibleForFree="False"))
    assert item.left_out == ""
    assert item.doubts == ("behind a paywall: its 97 words may not be all",)


def test_a_page_that_states_more_words_than_it_has_is_doubted():
    item = read(f"<h1>Ferry</h1>{STORY}", ld(**ARTICLE, wordCount=900))
    assert item.doubts == ("states 900 words; 97 are in the page",)


def test_what_is_nested_too_deep_is_told():
    item = read("<div>" * 300 + STORY)
    assert "nested too deep: what is below 256 levels was not read" in item.doubts


def test_reading_never_touches_the_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<link rel="canonical" href="https://www.orrinpost.example/a"><base href="http://x.example/">'
    outside = (
        '<!DOCTYPE html SYSTEM "http://x.example/a.dtd"><iframe src="http://x.example"></iframe>'
    )
    assert read(outside + f"<img src='http://x.example/a.jpg'>{STORY}", head).text


def test_a_page_larger_than_a_tree_may_be_is_refused():
    source = Source("a.html", data=b"<html>" + b" " * 20_000_001)
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        list(page.read(source).items)


WHOLE = f"<!DOCTYPE html><html><head>{ld(**ARTICLE)}</head><body><h1>Ferry</h1>{STORY}".encode()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(cut=st.integers(0, len(WHOLE)), at=st.integers(0, len(WHOLE)), junk=st.binary(max_size=40))
def test_damaged_pages_raise_nothing(cut, at, junk):
    item = read_bytes((WHOLE[:at] + junk + WHOLE[at:])[:cut])
    assert item.text or item.left_out
