"""Passages: tokens know the quotation that they stand in, and verbs their particles."""

import pytest
from dateline.attribution.passage import SPEECH, TERM, find_particle, is_complete
from passages import passage_of, token_of


def test_tokens_are_marked_with_the_kind_of_quotation_that_they_stand_in():
    passage = passage_of("The “gift” is “one that we hold until the spring” Venn said.")
    marks = dict(zip(passage.parse.words, passage.marks, strict=True))
    assert (marks["gift"], marks["spring"], marks["is"], marks["Venn"]) == (TERM, SPEECH, "", "")


def test_an_offset_leads_to_the_token_that_starts_there_or_after():
    passage = passage_of("Orla Venn said so.")
    assert [passage.find_token(offset) for offset in (0, 1, 5, 17, 18)] == [0, 1, 1, 4, 5]
    assert passage.to_span((0, 1)) == (0, 9)


@pytest.mark.parametrize(
    ("text", "verb", "particle"),
    [
        ("Venn ruled out a tax.", "ruled", "out"),
        ("As she put it, the road is closed.", "put", "it"),
        ("She said it was so.", "said", ""),
    ],
)
def test_a_verb_has_its_particle(text, verb, particle):
    passage = passage_of(text)
    assert find_particle(passage.parse, token_of(passage, verb)) == particle


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("“We hold the line until the spring,” she said.", True),
        ("“we hold the line until the spring of the year,” she said.", False),
        ("“We hold the line until the spring” she said.", False),
        ("“The Long Winter,” she said.", False),
    ],
)
def test_a_quotation_is_complete_with_its_capital_and_its_final_mark(text, complete):
    (quotation,) = passage_of(text).quotations
    assert is_complete(text, quotation) == complete
    assert quotation.function == ("title" if "Winter" in text else "speech")
