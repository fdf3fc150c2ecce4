"""Which body a short form means."""

import pytest
from dateline.speakers.bodies import Bodies, key_of
from dateline.speakers.names.name import find_names
from speaker_articles import name_speakers


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Orrin Motors fell. Orrin said no.", "Orrin", "orrin motors"),
        ("Orrin Motors fell in Orrin. Orrin said no.", "Orrin", "orrin"),
        ("Orrin Police slept. Orrin said no.", "Orrin", "orrin"),
        (
            "Brandt Orrin Holdings fell. Brandt Orrin said no.",
            "Brandt Orrin",
            "brandt orrin holdings",
        ),
        ("He read the Orrin Post. The Post said no.", "Post", "orrin post"),
        ("The Orrin Post met the Velt Post. The Post said no.", "Post", "post"),
        ("The Salt Marsh Council met. SMC said no.", "SMC", "salt marsh council"),
        ("Orrin Motors and Orrin Ferries fell. Orrin said no.", "Orrin", "orrin"),
    ],
)
def test_a_short_form_means_the_one_body_that_it_fits(text, short, full):
    names = find_names(text)
    last = [name for name in names if name.text == short][-1]
    assert Bodies(text, names).find(last) == full


def test_a_body_is_looked_up_without_its_article():
    assert key_of(find_names("It met The Orrin Post")[-1]) == "orrin post"


def test_a_firm_has_the_longest_name_that_it_speaks_by():
    text = "A subsidiary of Orrin Vale Holdings Inc. left. Orrin Vale said no. Orrin Vale slept."
    assert name_speakers(text, ("left. |Orrin Vale", "no")) == ["Orrin Vale"]
    text = "Orrin Vale Holdings said no. Orrin Vale said maybe."
    rows = [("Orrin Vale Holdings", "no"), ("no. |Orrin Vale", "maybe")]
    assert name_speakers(text, *rows) == ["Orrin Vale Holdings"] * 2


def test_a_firm_without_its_legal_form_is_no_person():
    text = "Ann Bell Inc. said no. Ann Bell said maybe."
    rows = [("Ann Bell Inc", "no"), ("no. |Ann Bell", "maybe")]
    assert name_speakers(text, *rows) == ["Ann Bell Inc"] * 2
    text = "Ann Bell Inc. said no. Ann Bell, 51, said maybe."
    assert name_speakers(text, *rows) == ["Ann Bell Inc", "Ann Bell"]
