"""Parsing: quotations are masked, and every token still knows its place in the article."""

import pytest
from dateline.attribution.parse import (
    LONGEST,
    Paragraph,
    cut_long,
    cut_paragraphs,
    mask_quotations,
    parse_paragraphs,
    reattach,
)
from dateline.quotations.marks import pair_marks
from dateline.read.plain.blocks import split_text
from passages import parse_of


def paragraphs_of(text):
    return list(cut_paragraphs("a", split_text(text)))


def test_a_quoted_sentence_is_masked_and_a_term_is_not():
    text = "“We hold the line until the spring,” said Venn of the “gift”."
    (paragraph,) = paragraphs_of(text)
    outer, _ = mask_quotations(text, paragraph)
    assert outer == "“It is so,” said Venn of the “gift”."


def test_tokens_keep_their_offsets_around_a_mask():
    text = "Yes. “We hold the line until the spring,” said Venn 😀 at last."
    ((_, parse),) = parse_paragraphs((text, paragraph) for paragraph in paragraphs_of(text))
    places = zip(parse.words, parse.starts, parse.ends, strict=True)
    spans = {word: text[start:end] for word, start, end in places}
    assert spans["said"] == "said"
    assert spans["last"] == "last"
    assert spans["so"] == "We hold the line until the spring,"


def test_blocks_that_may_say_something_are_paragraphs():
    text = "The road is shut\n\n  First line of it. \r\n\n\tSecond line.\n\n© 2025 Harbour News\n"
    flat = split_text(text).flat.text
    assert [flat[p.start : p.end] for p in paragraphs_of(text)] == [
        "First line of it.",
        "Second line.",
    ]


def test_a_long_paragraph_is_cut_at_sentence_ends():
    text = "The road was closed until May. " * 1000
    pieces = list(cut_long(text, 0, len(text)))
    assert "".join(text[a:b] for a, b in pieces) == text
    assert all(b - a <= LONGEST for a, b in pieces)
    assert all(text[a:b].endswith(". ") for a, b in pieces)


def test_a_long_word_is_cut_all_the_same():
    pieces = list(cut_long("x" * 10_000, 0, 10_000))
    assert pieces[0][0] == 0
    assert pieces[-1][1] == 10_000


def test_what_is_no_prose_is_not_parsed():
    assert paragraphs_of("=" * 1000) == []
    assert paragraphs_of('“a” "b" ' * 200) == []


def test_a_word_is_not_hung_below_itself():
    parse = parse_of(
        ("plan", "NN", "ROOT", 0), ("cut", "VB", "acl", 0), ("taxes", "NNS", "dobj", 1)
    )
    assert reattach(parse, 1, 2) == parse


def test_a_quoted_sentence_of_21_characters_is_masked():
    text = "“We hold the line now,” said Venn."
    (paragraph,) = paragraphs_of(text)
    assert mask_quotations(text, paragraph)[0] == "“It is so,” said Venn."


def test_only_a_long_quoted_sentence_with_its_final_mark_is_masked():
    for text in (
        "“We hold the line,” said Venn.",  # 17 characters
        "“we hold the line until the spring,” said Venn.",
        "“We hold the line until the spring” said Venn.",
    ):
        (paragraph,) = paragraphs_of(text)
        assert mask_quotations(text, paragraph)[0] == text


def masked(text):
    paragraph = Paragraph("a", "body", 0, len(text), pair_marks(text))
    return mask_quotations(text, paragraph)[0]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**Ken Dow** said *so* of _it_.", "Ken Dow said so of it."),
        ("It is 4 * 5 * 6 and snake_case_names.", "It is 4 * 5 * 6 and snake_case_names."),
        ("« I am Marc, » replied Marc.", "“I am Marc,” replied Marc."),
        ("« I have been here since noon », said Lea.", "“It is so”, said Lea."),
        ("“I have been here since noon”, said Lea.", "“It is so”, said Lea."),
        ('" It was cold . " she said .', "“It was cold .” she said ."),
    ],
)
def test_the_parser_sees_neither_emphasis_nor_unusual_marks(text, seen):
    assert masked(text) == seen


def test_words_behind_marks_that_were_left_out_keep_their_places():
    text = "**Ken Dow** said: « I am *here* » and left."
    paragraph = Paragraph("a", "body", 0, len(text), pair_marks(text))
    ((_, parse),) = parse_paragraphs([(text, paragraph)])
    words = [text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
    assert words[:4] == ["Ken", "Dow", "said", ":"]
    assert "here" in words
    assert words[-3:] == ["and", "left", "."]
