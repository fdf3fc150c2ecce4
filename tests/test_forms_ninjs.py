"""ninjs of all versions, made here."""

import json

import pytest
from dateline.read.forms.agencies import ninjs
from dateline.read.forms.item import NotThisForm, Source, Unreadable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ONE = {
    "uri": "urn:op:1",
    "type": "text",
    "versioncreated": "2031-05-06T07:08:09Z",
    "byline": "Ines Maro",
    "headline": "Ferry aground",
    "located": "Orrin",
    "language": "en",
    "body_text": "It sank. All are safe.",
    "body_xhtml": "<p>It sank.</p><p>All are safe.</p>",
}
THREE = {
    "uri": "urn:op:2",
    "firstcreated": "2031-05-05",
    "versioncreated": "2031-05-06",
    "copyrightholder": "Orrin Press",
    "by": "By Ines Maro",
    "headlines": [{"role": "seo", "value": "x"}, {"role": "main", "value": "Ferry aground"}],
    "bodies": [
        {"role": "text", "contenttype": "text/plain", "value": "It sank."},
        {"role": "web", "contenttype": "text/html", "value": "<h2>Rescue</h2><p>It sank.</p>"},
    ],
    "associations": [{"type": "picture", "descriptions": [{"value": "A ferry"}]}],
}


def read(value):
    source = Source("a.json", data=json.dumps(value).encode())
    assert ninjs.FORMS[0].fits(source.head(), "a.json")
    contents = ninjs.FORMS[0].read(source)
    items = list(contents.items)
    assert contents.n_stated == len(items)
    return items


def test_a_story_of_the_first_version():
    (item,) = read(ONE)
    assert item.text == "Ferry aground\n\nIt sank.\n\nAll are safe."
    assert item.fields == {
        "title": "Ferry aground",
        "byline": "Ines Maro",
        "date": "2031-05-06T07:08:09Z",
        "language": "en",
        "source_id": "urn:op:1",
        "type": "text",
        "located": "Orrin",
    }


def test_a_story_of_the_third_version():
    (item,) = read(THREE)
    assert item.text == "Ferry aground\n\nRescue\n\nIt sank.\n\nA ferry"
    assert [part.kind for part in item.parts] == ["heading", "heading", "body", "caption"]
    assert item.fields["outlet"] == "Orrin Press"
    assert (item.fields["date"], item.fields["updated"]) == ("2031-05-05", "2031-05-06")


def test_wrapped_stories_versions_and_what_is_no_story():
    picture = {"uri": "p", "type": "picture", "headline": "A ferry", "versioncreated": "2031"}
    summary = {"uri": "s", "headline": "Ferry", "description_text": "It sank."}
    linked = {"uri": "l", "headline": "Ferry", "renditions": {"nitf": {"href": "http://a.example"}}}
    dead = ONE | {"uri": "d", "pubstatus": "canceled"}
    items = read({"data": {"items": [{"item": x} for x in (ONE, picture, summary, linked, dead)]}})
    assert [item.left_out for item in items] == [
        "",
        "a photo",
        "only a summary",
        "its text is only linked, and not in the file",
        "canceled by the agency",
    ]
    old, new = read([ONE | {"version": "2"}, ONE | {"version": 10}])
    assert old.left_out == "version 2 of a story; its version 10 is item 2"
    assert not new.left_out


def test_a_story_a_line_is_read():
    data = "\n".join(json.dumps(ONE | {"uri": str(i)}) for i in range(3)).encode()
    assert len(list(ninjs.FORMS[0].read(Source("a", data=data)).items)) == 3


def test_other_json_does_not_fit_or_is_another_form():
    assert not ninjs.FORMS[0].fits(b'{"title": "x", "text": "y"}', "a.json")
    with pytest.raises(NotThisForm):
        read({"bodies": 3, "x": []} and {"meta": {"versioncreated": "1"}})
    with pytest.raises(Unreadable, match="damaged JSON"):
        ninjs.FORMS[0].read(Source("a", data=b'{"bodies": ' + b"[" * 100_000))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(list(THREE | ONE)), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(list(THREE | ONE)), VALUES))
def test_any_json_is_read_or_refused(changes):
    try:
        list(ninjs.FORMS[0].read(Source("a", data=json.dumps(ONE | changes).encode())).items)
    except Unreadable as error:
        assert str(error)
