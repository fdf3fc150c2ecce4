"""The lines of a file, and how they stand on the page."""

import pytest
from dateline.read.forms.item import Unreadable
from dateline.read.forms.layout import (
    Line,
    decode_page,
    doubt_length,
    find_length,
    lay_out_html,
    lay_out_text,
    list_words,
    make_article,
    parse_html,
    rejoin,
    split_blocks,
    split_day,
)


def test_wrapped_lines_are_joined_and_centred_and_short_ones_stay():
    wide = "The harbour board said on Sunday that the ferry would run until the bridge is"
    text = f"{'The Marrin Tidings'.center(80).rstrip()}\n\n{wide}\nopen.\nNot joined.\n  In.\n"
    assert lay_out_text(text) == [
        Line("The Marrin Tidings", 1, True),
        Line(f"{wide} open.", 1, False),
        Line("Not joined.", 0, False),
        Line("In.", 0, False),
    ]


def test_text_that_is_not_wrapped_has_a_paragraph_a_line():
    assert [line.text for line in lay_out_text("a " * 100 + "\nb\n")] == ["a " * 99 + "a", "b"]


def test_a_break_in_a_page_ends_a_line_and_scripts_are_no_text():
    root, _ = parse_html(b"<p>One<br>two <b>three</b></p><script>no</script><!-- no -->four")
    assert [text for _, text in split_blocks(root)] == ["One", "two three", "four"]


@pytest.mark.parametrize("page", [b'<p align="center">A</p>', b"<center><p>A</p></center>"])
def test_what_a_page_centres_is_centred(page):
    assert lay_out_html(parse_html(page)[0]) == [Line("A", 1, True)]


def test_nothing_is_no_page():
    with pytest.raises(Unreadable, match="no page"):
        parse_html(b"")


def test_a_declared_encoding_is_believed_only_where_it_decodes():
    meta = '<meta charset="utf-8">'
    assert decode_page(f"{meta}é".encode("latin-1")) == (f"{meta}é", "cp1252")
    declared = '<meta charset="ISO-8859-1">'
    assert decode_page(f"{declared}é".encode()) == (f"{declared}é", "utf-8")


def test_only_a_sentence_that_goes_on_is_rejoined():
    assert rejoin(["It ran until", "the end.", "then more", "Next"]) == [
        "It ran until the end.",
        "then more",
        "Next",
    ]


@pytest.mark.parametrize(
    ("line", "day", "rest"),
    [
        ("March 3, 2025 Monday Final Edition", "March 3, 2025 Monday", "Final Edition"),
        ("November 5, 2002 4:38 AM EST", "November 5, 2002 4:38 AM EST", ""),
        ("Mittwoch 31. August 2011", "Mittwoch 31. August 2011", ""),
        ("jeudi 1er mai 2014", "jeudi 1er mai 2014", ""),
        ("3 de marzo de 2025", "3 de marzo de 2025", ""),
        ("Summer, 2008", "Summer, 2008", ""),
        ("2025-03-03", "2025-03-03", ""),
        ("March of the ferries in 2025", "", ""),
        ("The Marrin Tidings", "", ""),
        ("2025", "", ""),
    ],
)
def test_the_day_that_opens_a_line(line, day, rest):
    assert split_day(line) == (day, rest)


@pytest.mark.parametrize(
    ("line", "n"),
    [("1,823 words", "1823"), ("12567  words", "12567"), ("877 Wörter", "877"), ("19 metres", "")],
)
def test_a_number_of_words(line, n):
    assert find_length(line) == n


def test_a_text_that_differs_from_its_stated_length_is_doubtful():
    assert doubt_length("100", ["word " * 86]) == ()
    assert doubt_length("100", ["word " * 80]) == ("its text has 80 words and 100 are stated",)
    assert doubt_length("", ["word"]) == doubt_length("900", ["东京" * 200]) == ()


def test_an_article_without_text_says_why():
    assert make_article({"graphic": "Snow."}, []).left_out == "no text, only words about a picture"
    assert make_article({"abstract": "Snow."}, []).left_out == "only a summary"
    assert make_article({}, [("trailer", "Note.")]).left_out == "no text"


def test_words_of_a_role_are_the_longest_first():
    assert list_words("words")[0] == "palabras"
