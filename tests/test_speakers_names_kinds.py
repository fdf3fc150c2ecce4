"""What bears a name, by all that an article says: a person, a body, or what is not certain."""

import re
from itertools import accumulate

import pytest
from dateline.speakers.names.kinds import Kinds
from dateline.speakers.names.name import find_names
from dateline.words import find_sentences


def tell(marked):
    """The kinds of a text whose sources stand in brackets."""
    parts = re.split(r"[\[\]]", marked)
    ends = [*accumulate(map(len, parts))]
    text = "".join(parts)
    spans = [(ends[i - 1], ends[i]) for i in range(1, len(parts), 2)]
    return Kinds(text, find_names(text), spans, find_sentences(text))


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("[Ilvar Tamm] left.", True),
        ("[Ilvar Tamm] said he would leave.", True),
        ("[Ilvar Tamm] said it would leave.", False),
        ("[Ilvar Tamm] said its boats had left.", False),
        ("[Ilvar Tamm] said it would leave. “No,” [Tamm] said.", True),
        ("[Ilvar Tamm], a maker of pumps, left.", False),
        ("Car maker [Ilvar Tamm] left.", False),
        ("Then [the Ilvar Tamm] left.", False),
        ("Then [the Ilvar Tamm] left. “No,” said [the Tamm].", False),
        ("It fell on Ilvar Tamm.", False),
        ("Mayor Ilvar Tamm left.", True),
        ("[Ilvar Tamm] left. “No,” [the airline] said.", False),
        ("[Ilvar Tamm], a diver, left. “No,” [the airline] said.", True),
        ("[Ilvar Tamm] left. Tamm swore. “No,” [the airline] said.", True),
        ("An airline fell. [Ilvar Tamm] left. “No,” [the airline] said.", True),
    ],
)
def test_who_is_a_person(text, person):
    kinds = tell(text)
    assert kinds.is_person(kinds.names[0]) is person


def test_what_is_said_further_on_changes_what_a_name_is():
    kinds = tell("[Ilvar Tamm] left. It rained. “No,” [the airline] said.")
    name = kinds.names[0]
    assert name.kind == "organisation"
    assert kinds.is_body(name)
    assert kinds.find_calling(name).words == "airline"
    assert tell("[Ilvar Tamm] left.").find_calling(name) is None


@pytest.mark.parametrize(
    ("text", "surnames", "single"),
    [
        ("Then [Tamm] left.", (), False),
        ("Then [Tamm] left.", {"tamm"}, True),
        ("Then Tamm left.", {"tamm"}, False),
        ("Then [Tamm], 51, left.", (), True),
        ("Then [the Tamm] left.", {"tamm"}, False),
        ("Then Mayor Tamm left.", (), True),
    ],
)
def test_when_a_single_name_is_a_persons(text, surnames, single):
    kinds = tell(text)
    assert kinds.is_single(kinds.names[0], surnames) is single


def test_a_source_may_begin_with_whose_the_speaker_is():
    kinds = tell("Then [Labour’s Ilvar Tamm] left. Ilvar Tamm slept.")
    by_labour, asleep = (n for n in kinds.names if n.text == "Ilvar Tamm")
    assert by_labour.start in kinds.sources
    assert asleep.start not in kinds.sources
