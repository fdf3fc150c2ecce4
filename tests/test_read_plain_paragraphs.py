"""Paragraphs: wrapped lines are joined at any width, and what ends its lines on purpose is not."""

import textwrap

import pytest
from dateline.read.plain.paragraphs import find_paragraphs
from dateline.words import join_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from wrapping import wrap

STORY = [
    "The council met on Monday and agreed to mend the sea wall before the winter storms, which "
    "had broken it twice in the last ten years, the mayor said after the vote.",
    "“We had no option, and nobody should imagine that we had one,” Orla Venn told reporters at "
    "the harbour, where the water had reached the doors of the market hall.",
    "Work is to begin in May. The first stones were cut in the quarry at Odo, Venn said, and will "
    "be brought down the river as soon as the ice has gone.",
]


def paragraphs(text):
    return [join_lines(text[start:end]) for start, end in find_paragraphs(text)]


@pytest.mark.parametrize("width", [40, 60, 72, 100, 110])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrapped_story_has_the_paragraphs_of_the_flat_one(width, between, end):
    text, _ = wrap(between.join(STORY), width, end=end)
    assert paragraphs(text) == STORY


def test_one_long_line_does_not_switch_joining_off():
    wrapped = [textwrap.fill(paragraph, 72) for paragraph in STORY]
    text = "\n\n".join([wrapped[0], STORY[1], wrapped[2]])
    assert paragraphs(text) == STORY


def test_each_paragraph_may_have_a_width_of_its_own():
    long = [" ".join(STORY), " ".join(reversed(STORY))]
    text = "\n\n".join(textwrap.fill(p, width) for p, width in zip(long, (72, 50), strict=True))
    assert paragraphs(text) == long


def test_ragged_lines_are_joined_where_all_are_nearly_full():
    lines = [
        "The council met on Monday and agreed to mend the sea wall before",
        "the winter storms, which had broken it twice in the last",
        "ten years, the mayor said after the vote that was held in",
        "the market hall.",
    ]
    assert paragraphs("\n".join(lines)) == [" ".join(lines)]


def test_a_hanging_indent_and_the_indent_of_a_first_line_are_understood():
    filled = textwrap.fill(STORY[0], 60, subsequent_indent="  ", initial_indent="- ")
    assert paragraphs(filled) == [f"- {STORY[0]}"]
    text = "\n".join(textwrap.fill(p, 60, initial_indent="    ") for p in STORY)
    assert paragraphs(text) == STORY


WRAPPED = textwrap.fill(STORY[0], 60)
KEPT = {
    "a list": "- a bridge to the islands\n- a wall\n- a road along the river bank",
    "a numbered list": "1. A bridge to the islands\n2. A wall\n3. A road",
    "a poem": (
        "The river takes the lower field\nand nobody is told,\nthe gulls come in above the weir\n"
        "and stand there in the cold"
    ),
    "an address": "The Editor\nHarbour News\n12 Quay Street\nPort Varro",
    "a transcript": "Q: When did you hear of it?\nA: On the radio, in March.\nQ: And then?",
    "a table": "Orla Venn        1,204   31 %\nJosef Marl         998   26 %",
    "a headline and a byline": "Minister opens new harbour at Port Varro\nBy Mara Voss",
}


@pytest.mark.parametrize("kind", KEPT)
@pytest.mark.parametrize("around", [True, False])
def test_lines_that_end_on_purpose_stay_lines(kind, around):
    lines = KEPT[kind].split("\n")
    text = f"{WRAPPED}\n\n{KEPT[kind]}\n\n{WRAPPED}" if around else KEPT[kind]
    kept = [" ".join(line.split()) for line in lines]
    found = [" ".join(line.split()) for line in paragraphs(text)]
    assert found == ([STORY[0], *kept, STORY[0]] if around else kept)


def test_a_couplet_is_no_paragraph_in_a_wrapped_text():
    couplet = ["the river takes the field", "and nobody is told"]
    assert paragraphs("\n\n".join([WRAPPED, "\n".join(couplet), WRAPPED]))[1:-1] == couplet


def test_a_full_line_does_not_run_on_into_what_has_a_form_of_its_own():
    full = "The council met on Monday and agreed to mend the sea wall"  # 57 of 60 columns
    for below in ("By Mara Voss", "## The wall", "Q: Did it hold at the mouth?", "- a new bridge"):
        text = f"{WRAPPED}\n\n{full}.\n{below}\n\n{WRAPPED}"
        assert paragraphs(text)[1:-1] == [f"{full}.", below]


def test_a_line_broken_by_accident_is_mended_and_no_other_is_touched():
    broken = STORY[0].replace(" storms", "\nstorms")
    text = "\n".join([broken, *STORY[1:], "A short line that ends here by itself"])
    assert paragraphs(text) == [*STORY, "A short line that ends here by itself"]


def test_text_in_capitals_and_small_letters_without_stops_is_left_alone():
    assert paragraphs("") == paragraphs(" \n\t\r\n") == []
    assert paragraphs("AB\nCD\n\nEF") == ["AB", "CD", "EF"]


SENTENCES = st.sampled_from(
    [sentence for paragraph in STORY for sentence in paragraph.replace("May. ", "May.|").split("|")]
    + ["“I did not come here to lose the argument about the harbour,” she told them.", "He left."]
)
STORIES = st.lists(
    st.lists(SENTENCES, min_size=1, max_size=5).map(" ".join), min_size=3, max_size=8
)


@settings(deadline=None)
@given(STORIES, st.integers(40, 110), st.sampled_from(["\n", "\r\n"]))
def test_any_wrapped_story_has_the_paragraphs_of_the_flat_one(story, width, end):
    flat = "\n\n".join([*STORY, *story])
    text, offsets = wrap(flat, width, end=end)
    spans = [(offsets[start], offsets[stop - 1] + 1) for start, stop in find_paragraphs(flat)]
    assert find_paragraphs(text) == spans


@given(st.text(alphabet="ab .“\n\r\t-", max_size=300))
def test_paragraphs_of_any_text_are_in_order_and_lose_nothing(text):
    spans = find_paragraphs(text)
    assert all(start < end for start, end in spans)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    outside = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert not "".join(outside).strip()
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
