"""Transcripts: which labels name who speaks, what goes on with a turn, and what ends it."""

import pytest
from dateline.attribution.parse import Paragraph
from dateline.attribution.turns.transcript import find_turns, trim_emphasis


def turns(*paragraphs):
    """(label, what is said, is that sure) of each turn of these paragraphs."""
    text, places = "\n\n".join(paragraphs), []
    for paragraph in paragraphs:
        start = places[-1].end + 2 if places else 0
        places.append(Paragraph("a", "body", start, start + len(paragraph), []))
    found = find_turns(text, places)
    return [
        (
            turn.label and text[turn.label.start : turn.label.end],
            " … ".join(text[a:b] for a, b in turn.pieces),
            turn.is_sure,
        )
        for turn in found.turns
    ]


INTRO = "The Courier met the engineer Orla Venn at the pumps."


def test_questions_and_answers_are_turns():
    assert turns(INTRO, "Q: When?", "A: At four.") == [
        ("Q", "When?", True),
        ("A", "At four.", True),
    ]


def test_a_question_without_any_answer_is_no_transcript():
    assert turns(INTRO, "Q: When?") == []
    assert turns("A: The first point.", "B: The second.") == []


def test_an_answer_on_the_line_of_its_question_is_a_turn_of_its_own():
    found = turns(INTRO, "Q. When? A. At four. I slept.", "Q. And then? A. I rose.")
    assert [words for _, words, _ in found] == [
        "When?",
        "At four. I slept.",
        "And then?",
        "I rose.",
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["Serves: 4", "Ingredients: Two fish.", "Method: Boil your fish.", "Serves: 6"],
        ["Date: Monday.", "Price: You pay six.", "Date: Tuesday.", "Price: Seven."],
        ["Jonas Kamp: 7. Quiet.", "Carlo Nerri: 8. Scored twice."],
        ["Photo: Bo Lund", "Photo: Ada Quill"],
        ["EXCLUSIVE: The bridge is shut."],
    ],
)
def test_a_list_with_colons_is_no_transcript(paragraphs):
    assert turns("Jonas Kamp and Carlo Nerri met.", *paragraphs) == []


def test_a_label_that_returns_holds_where_people_speak():
    assert len(turns("Venn: When was it?", "Marl: I forget.", "Venn: And then?")) == 3
    assert turns("Velt: Rain.", "Ostrey: Sun.", "Velt: Snow.") == []


def test_labels_used_once_hold_beside_a_question():
    found = turns(INTRO, "Courier: When did the pumps fail?", "Venn: At four.")
    assert [label for label, _, _ in found] == ["Courier", "Venn"]


def test_capitals_and_roles_used_once_hold_beside_others():
    found = turns("MS. MARL: Where were you?", "THE WITNESS: At home.", "MS. MARL: Alone?")
    assert [label for label, _, _ in found] == ["MS. MARL", "THE WITNESS", "MS. MARL"]


def test_paragraphs_without_a_label_go_on_with_the_turn():
    found = turns(INTRO, "Q: When?", "A: At four.", "The bell rang.", "I rose.", "Q: And then?")
    assert found[1] == ("A", "At four. … The bell rang. … I rose.", True)


def test_after_the_last_label_only_who_says_i_surely_speaks_on():
    assert turns("Q: When?", "A: At four.", "I rose.")[-1] == ("A", "At four. … I rose.", True)
    assert turns("Q: When?", "A: At four.", "It rang.")[-1] == ("A", "At four. … It rang.", False)


@pytest.mark.parametrize(
    "narrated",
    [
        "Orla Venn has led the office for nine years.",
        "This interview has been edited for length.",
        "Later she told the council:",
        "The mayor said on Monday that it was so.",
    ],
)
def test_what_a_narrator_tells_ends_a_turn(narrated):
    found = turns(INTRO, "Q: When?", "A: At four.", narrated, "The pumps run again.")
    assert [words for _, words, _ in found] == ["When?", "At four."]


def test_what_happens_in_the_room_is_nobodys_words():
    found = turns("Q: When?", "A: At four.", "(Laughter.)", "I rose.", "Q: And then?")
    assert found[1][1] == "At four. … I rose."


def test_bold_questions_have_answers_and_are_nobodys_words():
    found = turns(INTRO, "**When?**", "At four.", "I rose.", "*And then?*", "I went.")
    assert found == [(None, "At four. … I rose.", True), (None, "I went.", True)]
    assert turns(INTRO, "**When?**", "At four.") == []  # one may be a heading


def test_what_follows_a_label_that_only_asks_is_an_answer():
    found = turns(INTRO, "Q: When?", "At four.", "Q: And then?", "I rose.")
    assert [label for label, _, _ in found] == ["Q", None, "Q", None]


def test_a_name_on_a_line_of_its_own_is_a_label():
    found = turns("Speaker 1  00:03", "Good day to you.", "Orla Venn  00:09", "Thank you.")
    assert [(label, words) for label, words, _ in found] == [
        ("Speaker 1", "Good day to you."),
        ("Orla Venn", "Thank you."),
    ]


def test_emphasis_around_a_turn_is_left_out():
    text = " **At four.** "
    assert trim_emphasis(text, 0, len(text)) == (3, 11)
    assert trim_emphasis("** **", 0, 5) is None


def test_no_paragraph_gives_no_turn():
    assert turns() == []
