import pytest
from dateline.read.plain import stock


@pytest.mark.parametrize(
    "line",
    [
        *("Share", "ShareSave", "Link Copied!", "4 minute read", "12 comments", "Advertisement"),
        *("Listen to this article · 6:12 min", "View in browser", "Facebook", "Skip advertisement"),
        *(
            "This live page is now closed",
            "3-MIN READ",
            "1 of 3",
            "Share this",
            "Sign up to The Quay",
        ),
    ],
)
def test_buttons_and_counts_are_controls(line):
    assert stock.is_control(line)


@pytest.mark.parametrize(
    "line",
    [
        *("Share prices fell", "Save the wall", "Print is dead, Voss said", "Summary executions"),
        *("Listen to me.", "“Share”", "4 minutes later the wall broke", "Follow the money", "}"),
    ],
)
def test_headlines_that_begin_alike_are_not(line):
    assert not stock.is_control(line)


def test_labels_are_sections_ways_to_them_and_slugs():
    for line in (
        "NEWS",
        "Europe | Farming",
        "World news",
        "Home > Sea > Walls",
        "BC-Wall, 1st Ld,300",
    ):
        assert stock.is_label(line), line
    for line in ("Wall breaks", "News of the wall", "World ends", "A wall, 300 metres long"):
        assert not stock.is_label(line), line


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Source: Harbour News", {"outlet": "Harbour News"}),
        ("From: The Quay <news@quay.example>", {"outlet": "The Quay"}),
        ("Varro • OBA", {"place": "Varro", "outlet": "OBA"}),
        ("Politics 18:05 March 04, 2025", {"date": "March 04, 2025"}),
        ("Contact: press@quay.example", {}),
        ("Voss: we won", None),
    ],
)
def test_a_header_line_states_its_columns(line, fields):
    assert stock.read_header(line) == fields


def test_a_teaser_points_elsewhere():
    assert stock.is_teaser("READ MORE: The wall, a history")
    assert stock.is_teaser("Read more: The wall, a history")
    assert not stock.is_teaser("Read more books, she said")


@pytest.mark.parametrize(
    "line",
    [
        "Correction: The wall is nine metres high, not ninety.",
        "Clarification (May 4): The wall is old.",
        "Editor’s note: This story was updated with a statement.",
        "An earlier version of this article misspelled a name.",
        "This story has been updated.",
        "_This article was amended on 5 March to add a name._",
    ],
)
def test_a_note_tells_how_the_article_was_changed(line):
    assert stock.is_note(line)


@pytest.mark.parametrize(
    "line",
    [
        "Corrections officers guard the wall.",
        "Editor’s note: The minister lies.",
        "This story is about a wall.",
        "The article was wrong, Voss said.",
        "Correction: " + "The wall is old. " * 40,
    ],
)
def test_a_paragraph_that_reports_something_is_no_note(line):
    assert not stock.is_note(line)


def test_a_biography_begins_with_the_author():
    assert stock.is_biography("Mara Voss covers the sea for The Quay.", ["Mara Voss"])
    assert not stock.is_biography("Odo Brint is a mason.", ["Mara Voss"])
    assert not stock.is_biography("Mara Voss said no.", ["Mara Voss"])


def test_signs_end_articles():
    for line in (
        "ol/ta",
        "GNA",
        "-- SPN",
        "SNA/Mara Voss",
        "mvoss@quay.example",
        "0042",
        "dpa it ob",
    ):
        assert stock.is_sign(line), line
    for line in ("Ola", "The wall", "No.", "and/or what"):
        assert not stock.is_sign(line), line


@pytest.mark.parametrize("sign", ["(OBA)", "OBA MV OB", "OBA/Mara Voss", "Enditem", "(OBA)."])
def test_an_agency_signs_behind_the_last_sentence(sign):
    line = f"The wall is old. {sign}"
    assert stock.find_glued_trailer(line) == line.index(sign)


def test_a_sentence_that_ends_with_an_agency_is_whole():
    assert stock.find_glued_trailer("It was reported by OBA") is None
    assert stock.find_glued_trailer("The wall is old, says the Harbour Board (HB)") is None


def test_tails_open_with_links_or_portraits():
    assert stock.opens_tail("Related topics") and stock.opens_tail("About the Harbour Board")
    assert stock.opens_portrait("About the author") and not stock.opens_portrait(
        "More on this story"
    )
    assert not stock.opens_tail(
        "About time the wall was mended, Voss said in the end of a long day."
    )
    assert stock.split_people("MARA VOSS, Odo Brint and Halyard") == ["Mara Voss", "Odo Brint"]


def test_an_empty_line_is_no_control():
    assert not stock.is_control("")
