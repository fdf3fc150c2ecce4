"""Quotations: which marks pair, and that one bad mark costs one quotation."""

import gc
import time

import pytest
from dateline.quotations.marks import pair_marks


def quoted(text):
    return [text[q.start : q.end] for q in pair_marks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We hold,” said Orla Venn.", ["We hold,"]),
        ('"We hold," said Orla Venn.', ["We hold,"]),
        ("''We hold,'' said Orla Venn.", ["We hold,"]),
        ("``We hold,'' said Orla Venn.", ["We hold,"]),
        ("«We hold», said Orla Venn.", ["We hold"]),
        ("‘The dogs’ owner was here,’ she said. It’s so.", ["The dogs’ owner was here,"]),
        ("'We hold,' said Orla Venn of the '90s band.", ["We hold,"]),
        ("The dogs' owner left, and the cats' too.", []),
        ("“She told me ‘no’ twice,” he said.", ["She told me ‘no’ twice,"]),
        ("““We hold,”” said Venn.", ["We hold,"]),
        ("He stood 5'10\" tall.", []),
        ("“We hold. She never closed it.", ["We hold. She never closed it."]),
        ("“We hold, he said. “We do.”", ["We hold, he said.", "We do."]),
        ("‘We hold.’ ”", ["We hold."]),
        ("“", []),
        ("", []),
    ],
)
def test_marks_pair_as_a_reader_pairs_them(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize("unit", ['"', "“", "‘", "'", "''", ' "', '" ', '"a', "‘a "])
def test_the_time_grows_with_the_number_of_marks_only(unit):
    def measure(size):
        started = time.process_time()
        pair_marks(unit * (size // len(unit)))
        return time.process_time() - started

    gc.disable()  # it walks all that other tests keep, and that is not the time of marks
    try:
        once, twice = (min(measure(size) for _ in range(2)) for size in (100_000, 200_000))
    finally:
        gc.enable()
    assert twice < 3 * max(once, 0.05)  # twice is 2.0 to 2.1; what is quadratic takes four times


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("> We asked them once.", [("We asked them once.", ">")]),
        (">> We asked them once.", [("We asked them once.", ">")]),
        ("> “We asked them once.”", [("We asked them once.", "“")]),
        ("> — Ilse Tarrant", []),
        (">", []),
        ("5 > 4 is so.", []),
    ],
)
def test_a_block_quote_is_a_quotation_without_its_sign(text, found):
    assert [(text[q.start : q.end], q.mark) for q in pair_marks(text)] == found


def test_words_that_end_like_a_motto_are_none():
    def function_of(text):
        return pair_marks(text)[0].function

    assert function_of("with banners that read “Free the gates”") == "motto"
    assert function_of("He says that “free the gates”") == "term"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('" It was cold . " she added .', ["It was cold ."]),
        ("« It was cold, » said Orla.", ["It was cold,"]),
        ("« It was cold », said Orla. « So it was ».", ["It was cold", "So it was"]),
        ("`` It was cold , '' said Orla .", ["It was cold ,"]),
    ],
)
def test_spaces_inside_the_marks_are_no_part_of_a_quotation(text, found):
    assert [text[q.start : q.end] for q in pair_marks(text)] == found


def test_a_few_words_of_a_clause_are_a_term():
    text = "He said that “we cannot go on like this” and left."
    assert pair_marks(text)[0].function == "term"
    assert pair_marks(text.replace("that ", ""))[0].function == "speech"
