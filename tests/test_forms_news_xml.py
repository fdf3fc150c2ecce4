"""NITF, NewsML 1 and NewsML-G2, made here: stories, versions, and what is none."""

import pytest
from dateline.read.forms.agencies import news_xml
from dateline.read.forms.item import NotThisForm, Source, Unreadable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NITF = """<nitf baselang="en"><head><docdata><doc-id regsrc="OP" id-string="op-1"/>
<date.issue norm="20310506T070809Z"/></docdata><pubdata name="Orrin Post" position.section="Port"
position.sequence="3"/></head><body><body.head><hedline><hl1>Ferry aground</hl1></hedline>
<byline>By Ines Maro<byttl>Port Writer</byttl></byline><dateline><location>ORRIN</location>
</dateline></body.head><body.content><p>ORRIN (OP) - It sank.</p><hl2>Rescue</hl2><p>All are safe.
</p><media><media-caption>A ferry</media-caption></media></body.content><body.end><tagline>ends
</tagline></body.end></body></nitf>"""
ONE = """<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:1
</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>20310506
</FirstCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry aground</HeadLine>
<ByLine>Ines Maro</ByLine><DateLine>ORRIN, May 6 (OP) -</DateLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="OP"/></Provider></AdministrativeMetadata>
<NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><DataContent>
<![CDATA[<P>It sank.</P><P>All are safe.</P>]]></DataContent></ContentItem></NewsComponent>
<NewsComponent><ContentItem><MediaType FormalName="Photo"/></ContentItem></NewsComponent>
</NewsComponent></NewsItem><NewsItem><NewsComponent><ContentItem><MediaType FormalName="Photo"/>
</ContentItem></NewsComponent></NewsItem></NewsML>"""
SPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def make_g2(*items):
    return f"<newsMessage {SPACE}><itemSet>{''.join(items)}</itemSet></newsMessage>"


def make_item(guid="g", version=1, kind="text", content="<p>It sank.</p>", status="usable"):
    return (
        f'<newsItem guid="{guid}" version="{version}"><itemMeta><itemClass qcode="ninat:{kind}"/>'
        f'<provider literal="op.example"/><versionCreated>2031-05-07</versionCreated>'
        f'<firstCreated>2031-05-06</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta>'
        "<contentMeta><by>Ines Maro</by><language tag='en'/><headline>Ferry aground</headline>"
        "<dateline>2031-05-06 07:08</dateline><creditline>Orrin Press</creditline></contentMeta>"
        f"<contentSet><inlineXML wordcount='2'><html><body>{content}</body></html></inlineXML>"
        "</contentSet></newsItem>"
    )


def read(text, name="a.xml"):
    source = Source(name, data=text.encode())
    form = next(form for form in news_xml.FORMS if form.fits(source.head(), name))
    contents = form.read(source)
    items = list(contents.items)
    assert contents.n_stated == len(items)
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    return form.name, items


def test_a_story_in_nitf_has_its_fields_and_kinds():
    form, (item,) = read(NITF)
    assert form == "NITF"
    assert item.text == (
        "Ferry aground\n\nORRIN (OP) - It sank.\n\nRescue\n\nAll are safe.\n\nA ferry\n\nends"
    )
    assert [p.kind for p in item.parts] == [
        *("heading", "body", "heading", "body", "caption", "trailer")
    ]
    assert item.fields == {
        "title": "Ferry aground",
        "byline": "By Ines Maro",
        "byline_title": "Port Writer",
        "place": "ORRIN",
        "outlet": "Orrin Post",
        "date": "2031-05-06T07:08:09Z",
        "source_id": "op-1",
        "section": "Port",
        "page": "3",
        "language": "en",
    }


def test_stories_in_another_wrapper_are_found():
    form, items = read(f"<publication><part>{NITF}</part><part>{NITF}</part></publication>")
    assert (form, len(items)) == ("NITF", 2)


def test_newsml_has_a_story_and_names_its_photo():
    form, (story, photo) = read(ONE)
    assert form == "NewsML 1"
    assert story.text == "Ferry aground\n\nORRIN, May 6 (OP) -\n\nIt sank.\n\nAll are safe."
    assert story.parts[1].kind == "dateline"
    assert story.fields == {
        "title": "Ferry aground",
        "byline": "Ines Maro",
        "outlet": "OP",
        "date": "2031-05-06",
        "source_id": "urn:1",
    }
    assert photo.left_out == "a photo"


def test_g2_keeps_the_newest_version_and_names_what_is_no_text():
    package = "<packageItem><groupSet><itemRef/><itemRef/></groupSet></packageItem>"
    form, items = read(
        make_g2(
            make_item(version=2),
            make_item(version=10),
            make_item("p", kind="picture"),
            make_item("c", status="canceled"),
            make_item("e", content=""),
            package,
        )
    )
    assert form == "NewsML-G2"
    assert [item.left_out for item in items] == [
        "version 2 of a story; its version 10 is item 2",
        "",
        "a photo",
        "canceled by the agency",
        "no text",
        "a package, which only lists 2 items",
    ]
    assert items[1].text == "Ferry aground\n\nIt sank."
    assert items[1].fields == {
        "title": "Ferry aground",
        "byline": "Ines Maro",
        "outlet": "Orrin Press",
        "agency": "Orrin Press",
        "date": "2031-05-06",
        "updated": "2031-05-07",
        "language": "en",
        "source_id": "g",
        "version": "10",
        "n_words_stated": "2",
    }


def test_nitf_inside_of_g2_is_read_as_nitf():
    content = NITF.replace("<nitf", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"')
    _, (item,) = read(make_g2(make_item(content=content)))
    assert item.parts[-1].kind == "trailer"
    assert (item.fields["outlet"], item.fields["place"]) == ("Orrin Press", "ORRIN")


def test_a_message_without_items_is_another_form():
    with pytest.raises(NotThisForm):
        read(make_g2())


@pytest.mark.parametrize("text", ["<rss><nitf/></rss>", "<html><p>NewsML</p></html>", "NITF"])
def test_other_forms_do_not_fit(text):
    assert not any(form.fits(text.encode(), "a.xml") for form in news_xml.FORMS)


SAMPLES = [NITF.encode(), ONE.encode(), make_g2(make_item(), make_item("b")).encode()]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SAMPLES), st.integers(0, 3000), st.binary(max_size=6), st.booleans())
def test_damaged_bytes_are_unreadable_and_nothing_else(data, at, junk, cut):
    at %= len(data)
    damaged = data[:at] + junk + (b"" if cut else data[at + len(junk) :])
    for form in news_xml.FORMS:
        try:
            list(form.read(Source("a", data=damaged)).items)
        except Unreadable as error:
            assert str(error)
