"""Quotations: which marks pair, and that one bad mark costs one quotation."""

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
def test_many_marks_take_no_long_time(unit):
    started = time.process_time()
    pair_marks(unit * (300_000 // len(unit)))
    assert time.process_time() - started < 30  # a second or two; what is quadratic takes hours
