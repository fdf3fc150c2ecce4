"""Pieces of HTML, NITF and text: paragraphs, kinds, tables, and what is no story."""

import pytest
from dateline.read.forms.agencies.markup import (
    Words,
    extend_day,
    find_root,
    keep_newest,
    make_story,
    parse_xml,
    read_markup,
    read_tree,
)
from dateline.read.forms.item import Item, Unreadable


def test_blocks_lines_and_figures_are_parts_of_their_kinds():
    markup = (
        "<h2>Rescue</h2><p>It <b>sank</b>\nfast.<br>On Monday<br>the tide came.</p>"
        "<script>x</script><figure><img><figcaption>A ferry</figcaption><p>O. Lindt</p></figure>"
    )
    assert read_markup(markup).parts == [
        ("heading", "Rescue"),
        ("body", "It sank fast."),
        ("body", "On Monday the tide came."),
        ("caption", "A ferry"),
        ("credit", "O. Lindt"),
    ]


def test_rows_of_a_table_are_paragraphs_and_counted():
    words = read_markup("<p>Scores</p><table><tr><th>Orrin</th><td><p>3</p></td></tr></table>")
    assert words == Words([("body", "Scores"), ("body", "Orrin | 3")], 3)


def test_tags_in_what_is_said_to_be_text_only_part_paragraphs():
    text = "<p>\n   It sank on\nMonday.\n   Nobody was hurt.</p>"
    assert read_markup(text, plain=True).parts == [
        ("body", "It sank on Monday."),
        ("body", "Nobody was hurt."),
    ]


def test_markup_that_was_escaped_twice_is_no_text():
    assert read_markup("<p>8&lt;endash&gt;-&lt;/endash&gt;10 and 3 &lt; 4</p>").parts == [
        ("body", "8-10 and 3 < 4")
    ]


def test_names_of_characters_are_known_and_own_entities_are_not_resolved():
    root, doubts = parse_xml(
        b'<!DOCTYPE n SYSTEM "http://a.example/n.dtd" [<!ENTITY b "boom">]>'
        b"<n><p>caf&eacute; &amp; &b;</p></n>"
    )
    assert (read_tree(root).parts, doubts) == ([("body", "café & &b;")], ())


def test_broken_xml_is_read_as_far_as_it_goes_and_nothing_is_refused():
    root, doubts = parse_xml(b"<n><p>It sank.</p><p>On Mon")
    assert read_tree(root).parts[0] == ("body", "It sank.")
    assert doubts[0].startswith("damaged XML: ")
    with pytest.raises(Unreadable, match="damaged XML"):
        parse_xml(b"no markup")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        (
            "\ufeff<?xml?><!-- a > b --><!DOCTYPE x [<!ENTITY a 'b'>]> <n:news a='1'>",
            "news",
        ),
        ("<!-- a --> " * 500, ""),
        ("text", ""),
    ],
)
def test_the_root_is_found_below_what_may_stand_above_it(text, root):
    assert find_root(text) == root


def test_results_are_no_article_and_prose_with_figures_is_one():
    row = ("body", "Orrin 3 4 5 | 6")
    assert make_story({}, Words([row] * 5, 30)).left_out == "a table of results, and no text"
    assert not make_story({}, Words([row] * 5, 0)).left_out


def test_a_story_begins_with_its_title_and_dateline_once():
    item = make_story(
        {"title": "Ferry aground"},
        Words([("heading", "FERRY AGROUND"), ("trailer", "ends"), ("body", "It sank.")]),
        dateline="ORRIN, May 6",
    )
    assert item.text == "Ferry aground\n\nORRIN, May 6\n\nIt sank.\n\nends"
    assert [part.kind for part in item.parts] == ["heading", "dateline", "body", "trailer"]
    again = make_story({}, Words([("body", "Orrin, May 6 - It sank.")]), dateline="ORRIN, May 6")
    assert again.text == "Orrin, May 6 - It sank."


def test_the_newest_version_stays_and_the_others_say_where_it_is():
    items = [Item("a"), Item("b"), Item("c"), Item("d")]
    kept = keep_newest(items, [("s", 1), ("s", 3), ("", 0), ("s", 3)])
    assert [item.left_out for item in kept] == [
        "version 1 of a story; its version 3 is item 2",
        "",
        "",
        "a second copy of a story; its version 3 is item 2",
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("20310506T070809+0200", "2031-05-06T07:08:09+02:00"),
        ("20310506T070809Z", "2031-05-06T07:08:09Z"),
        ("20310506", "2031-05-06"),
        ("6 May 2031", "6 May 2031"),
        ("2031050607", "2031050607"),
    ],
)
def test_short_times_are_written_out(words, day):
    assert extend_day(words) == day
