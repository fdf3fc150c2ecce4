"""Words, sentences, flat texts and stretches, on examples worked by hand and on any text."""

import re

import pytest
from dateline.words import WORD, Flat, Spans, find_sentences, join_lines, merge_spans
from hypothesis import given
from hypothesis import strategies as st


def test_a_word_keeps_its_hyphens_apostrophes_and_figures():
    text = "Orla Venn’s long-term plan for the U.S. costs 1,000.50 _crowns_ a day."
    assert re.findall(WORD, text) == [
        *("Orla", "Venn’s", "long-term", "plan", "for", "the", "U.S.", "costs", "1,000.50"),
        *("crowns", "a", "day"),
    ]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rained. ", "Nobody came."],
        ["“It rained.” ", "Nobody came."],
        ["“Did it rain?” she asked. ", "Nobody came."],
        ["Sen. Orla Venn came on Dec. 11. ", "Dr. J. Marl did not."],
        ["They met in the U.S. ", "The talks failed."],
        ["They met at the U.S. Senate."],
        ["First line\n", "second line"],
        ["Wait… ", "He left!"],
        [""],
    ],
)
def test_sentences_begin_where_a_reader_sees_them_begin(sentences):
    text = "".join(sentences)
    begins = find_sentences(text)
    ends = [*begins[1:], len(text)]
    assert [text[a:b] for a, b in zip(begins, ends, strict=True)] == sentences


def test_sentences_of_a_stretch_count_in_the_text():
    assert find_sentences("No. It rained. Nobody came.", 4, 20) == [4, 15]


def test_wrapped_lines_become_one_and_offsets_lead_back():
    text = "Orla\r\n  Venn left.\r\n\r\nShe \nwaved."
    flat = Flat(text, [(0, 18), (22, 33)])
    assert flat.text == "Orla Venn left.\n\nShe waved."
    assert flat.to_article(0, 9) == (0, 12)
    assert text[slice(*flat.to_article(5, 9))] == "Venn"
    assert flat.to_flat(8, 12) == (5, 9)
    assert text[slice(*flat.to_article(21, 27))] == "waved."
    assert flat.to_flat(*flat.to_article(21, 26)) == (21, 26)
    assert flat.to_article(5, 5) == (8, 8)


def test_a_flat_text_is_the_very_same_string():
    text = "Orla Venn left.\n\nShe waved.\n"
    assert Flat(text, [(0, 15), (17, 27)]).text is text


def test_lines_are_joined_by_one_space():
    assert join_lines("Ilsa \r\n\tMarrow") == "Ilsa Marrow"
    assert join_lines("Ilsa Marrow ") == "Ilsa Marrow "


ENDS = st.sampled_from(["\n", "\r\n", "\r", "\u2028", " \n ", "\n\n", "\x0b"])


@given(st.lists(st.sampled_from(["a", "bc", " ", "“", "."]) | ENDS, max_size=30), st.data())
def test_offsets_of_any_flat_text_lead_back_to_the_same_characters(pieces, data):
    text = "".join(pieces)
    edges = data.draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    flat = Flat(text, list(zip(edges[::2], edges[1::2], strict=False)))
    assert "\r" not in flat.text
    for here, character in enumerate(flat.text):
        start, end = flat.to_article(here, here + 1)
        if not character.isspace():
            assert text[start:end] == character
            assert flat.to_flat(start, end) == (here, here + 1)
    assert flat.text.split() == text.split()


def test_stretches_that_touch_are_one():
    assert merge_spans([(5, 8), (0, 3), (3, 4), (6, 7)]) == [(0, 4), (5, 8)]
    spans = Spans([(5, 8), (0, 3)])
    assert [spans.hold(place) for place in (0, 2, 3, 5, 8)] == [True, True, False, True, False]
    assert spans.overlap(3, 6) and not spans.overlap(3, 5)
