"""Which body a short form means."""

import pytest
from dateline.speakers.names.bodies import Bodies, find_callings, fits, key_of, tells_firm
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
        ("The Salt Guard Office (SGX) met. SGX said no.", "SGX", "salt guard office"),
        ("Orrin Motors Ltd fell. Orrin Motors said no.", "Orrin Motors", "orrin motors ltd"),
        ("Grupo Orrin fell. Orrin said no.", "Orrin", "grupo orrin"),
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


NEWS = {"orrin vale": "news agency"}


def call(text, *sources):
    """What the sources of a text call the names that open its sentences, by the key of these."""
    names = [name for name in find_names(text) if text[: name.start][-2:] in ("", ". ")]
    spans = [(text.index(words), text.index(words) + len(words)) for words in sources]
    return {key: text[slice(*at)] for key, at in find_callings(text, spans, names).items()}


@pytest.mark.parametrize(
    ("text", "source", "called"),
    [
        ("Orrin Vale left. No, the airline said.", "the airline", {"orrin vale": "airline"}),
        (
            "Orrin Vale left. No, the news agency said.",
            "the news agency",
            {"orrin vale": "news agency"},
        ),
        ("Orrin Vale left. No, an airline said.", "an airline", {}),
        ("Orrin Vale left. No, the mayor said.", "the mayor", {}),
        ("Orrin Vale left. No, the publisher said.", "the publisher", {}),  # may be a person
        ("Orrin Vale left. No, the car maker said.", "the car maker", {"orrin vale": "car maker"}),
        ("Orrin Vale left. No, the rival bank said.", "the rival bank", {}),
        ("Orrin Vale left. No, the court said.", "the court", {}),  # there is one without a name
        ("Orrin Vale met airlines. No, the airline said.", "the airline", {}),
        ("Orrin Vale left. Velt Tarn fell. No, the airline said.", "the airline", {}),
        ("Orrin left. No, the airline said.", "the airline", {}),  # a town, perhaps
        ("Orrin Rovers left. No, the airline said.", "the airline", {}),
        ("Orrin Rovers left. No, the club said.", "the club", {"orrin rovers": "club"}),
        ("Orrin Vale left." + " It rained." * 60 + " No, the airline said.", "the airline", {}),
    ],
)
def test_what_a_body_is_called_further_on(text, source, called):
    assert call(text, source) == called


def test_a_name_fits_what_its_words_tell():
    hospital, firm = find_names("So said Orrin Hospital and Velt Motors.")
    assert [fits(hospital, noun) for noun in ("hospital", "clinic", "airline")] == [
        True,
        True,
        False,
    ]
    assert [fits(firm, noun) for noun in ("company", "hospital")] == [True, False]


def test_firms_and_clubs_are_called_by_their_first_words():
    assert [tells_firm(words) for words in ("airline", "club", "news agency", "court")] == [
        True,
        True,
        False,
        False,
    ]
