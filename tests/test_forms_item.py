"""Items: the text of an article of any form, and where each of its parts stands in it."""

import pytest
from dateline.read.forms.item import (
    HEAD,
    Item,
    Part,
    Source,
    Unreadable,
    join_parts,
    list_fields,
    number_items,
)


def test_parts_are_parted_by_a_blank_line_and_know_their_places():
    text, parts = join_parts([("heading", " Port shut "), ("body", "\n"), ("body", "It rained.")])
    assert text == "Port shut\n\nIt rained."
    assert parts == (Part("heading", 0, 9), Part("body", 11, 21))
    assert [text[part.start : part.end] for part in parts] == ["Port shut", "It rained."]


def test_no_parts_are_no_text():
    assert join_parts([("body", "  ")]) == ("", ())


def test_fields_are_one_line_each_and_empty_ones_are_left_out():
    fields = {"title": " Port\n shut ", "byline": "", "place": None, "n": 0, "page": 4}
    assert list_fields(fields) == {"title": "Port shut", "page": "4"}


def test_items_are_numbered_from_one():
    items = number_items([Item("a"), Item(left_out="no text")])
    assert [(item.number, item.text, item.left_out) for item in items] == [
        (1, "a", ""),
        (2, "", "no text"),
    ]


def test_a_source_is_read_from_a_file_or_from_memory(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * (HEAD + 1))
    for source in (Source("a.txt", path=path), Source("a.zip/a.txt", data=path.read_bytes())):
        assert source.head() == b"x" * HEAD
        assert source.read() == b"x" * (HEAD + 1)


def test_a_source_that_is_too_large_is_refused_with_the_limit():
    source = Source("a.html", data=b"x" * 2_000_001)
    with pytest.raises(Unreadable, match="larger than 2 MB"):
        source.read(2_000_000)
