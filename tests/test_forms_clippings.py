"""Press reviews, made here: both kinds of heads, editions, and the index."""

from dateline.read.forms.documents.clippings import split_clippings


def test_heads_above_the_title_part_clippings():
    items, stated = split_clippings(
        [
            '"Orrin Post" vom 06.05.2031 Seite: 3',
            "Ressort: Port",
            "Abend",
            "Ferry sinks and",
            "is raised",
            "It sank.",
            "__________________",
            '"Orrin Post" Nr. 12 vom 07.05.2031',
            "Abend",
            "Tide rises",
            "It rose.",
            '"orrin.example" gefunden am 08.05.2031 10:36 Uhr',
            "Ferry",
            "It sank.",
        ]
    )
    assert stated is None
    assert [item.text for item in items] == [
        "Ferry sinks and is raised\n\nIt sank.",
        "Tide rises\n\nIt rose.",
        "Ferry\n\nIt sank.",
    ]
    assert items[0].fields == {
        "outlet": "Orrin Post",
        "date": "06.05.2031",
        "page": "3",
        "section": "Port",
        "edition": "Abend",
        "title": "Ferry sinks and is raised",
    }
    assert items[2].fields == {
        "outlet": "orrin.example",
        "found": "08.05.2031 10:36 Uhr",
        "title": "Ferry",
    }


def test_heads_below_the_title_and_an_index_that_lists_more():
    items, stated = split_clippings(
        [
            "Index",
            "Ferry sinks (Post)....... 1 Tide rises (Post)....... 1 Gone (Post)........ 2",
            "Fog (Post)....... 2",
            "Ferry sinks",
            "Orrin Post 06-05-2031 (p.3) It sank.",
            "All are safe. © Orrin Post 2031 alle rechten voorbe-houden",
            "Tide rises",
            "Orrin Post 06-05-2031 (p.)",
            "It rose.",
            "Fog",
            "Orrin Post 06-05-2031 (p.4)",
            "It lifted.",
        ]
    )
    assert stated == 4
    assert [item.left_out for item in items] == [
        *("", "", ""),
        "listed in the index and not found below it: 'Gone'",
    ]
    assert items[0].text == "Ferry sinks\n\nIt sank.\n\nAll are safe."
    assert items[0].fields["copyright"] == "© Orrin Post 2031 alle rechten voorbe-houden"
    assert "page" not in items[1].fields


def test_one_such_line_makes_no_press_review():
    assert split_clippings(["Ferry", "Orrin Post 06-05-2031 (p.3)", "It sank."]) == ([], None)
