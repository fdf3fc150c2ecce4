"""What kind of mention the words of a source are."""

import pytest
from dateline.speakers.cast import Cast, gather_known
from dateline.speakers.mention import classify_source
from speaker_articles import name_speakers


def read(text, words):
    start = text.index(words)
    cast = Cast(text, [(start, start + len(words))])
    cast.gather(gather_known([cast]))
    return classify_source(cast, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "kind", "phrase"),
    [
        ("she", "pronoun", "she"),
        ("she herself", "pronoun", "she herself"),
        ("several of them", "pronoun", "several of them"),
        ("a lock keeper on the Ovrel", "role", "lock keeper on the Ovrel"),
        ("Some of the divers — including two beginners —", "group", "divers"),
        ("35 harbour boards", "group", "harbour boards"),
        ("a group of salters", "group", "group of salters"),
        ("the group", "organisation", "group"),
        ("26 percent of Ruvians", "group", "26 percent of Ruvians"),
        ("many", "group", "many"),
        ("The leaked memo seen by reporters", "document", "leaked memo"),
        ("the harbour board's own", "organisation", "harbour board"),
        ("even a top pilot", "role", "top pilot"),
        ("dozens and dozens of divers", "group", "divers"),
        ("divers in particular", "group", "divers"),
        ("two of the forty", "group", "two of the forty"),
        ("those polled", "group", "those polled"),
        ("those close to the board", "group", "those close to the board"),
        ("", "none", ""),
        ("Friday", "none", ""),
        ("the Velt Coroner's Office", "organisation", "Velt Coroner's Office"),
        ("the divers on Friday", "group", "divers"),
        ("nurses at a clinic in Sallow, Velt,", "group", "nurses at a clinic in Sallow, Velt"),
        ("unions, rowing clubs, and many pilots", "group", "unions, rowing clubs and many pilots"),
        ("Divers — and some pilots —", "group", "Divers and some pilots"),
        ("divers, a sign of the times and pilots", "group", "divers"),
    ],
)
def test_a_phrase_is_read_with_its_kind_and_without_its_determiners(words, kind, phrase):
    source = read(f"{words} said so.", words)
    assert (source.kind, source.phrase) == (kind, phrase)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ilse Orrin, the mayor of Sallow,", ["Ilse Orrin"]),
        ("her brother, Otto Orrin, and the former mayor, Anna Pell,", ["Otto Orrin", "Anna Pell"]),
        ("the Salt Council and the Union of Divers", ["Salt Council", "Union of Divers"]),
        ("Tom Vark, a diver who met Anna Pell,", ["Tom Vark"]),
        ("Anna Pell’s brother Otto Pell", ["Otto Pell"]),
        ("Ilse Orrin, Anna Pell,", ["Ilse Orrin"]),
        ("Ilse Orrin (Sallow)  and former judge Tom Vark", ["Ilse Orrin", "Tom Vark"]),
        ("Ilse Orrin of Sallow and Tom Vark of Dunmere", ["Ilse Orrin", "Tom Vark"]),
        ("the ferry's Ilse Orrin and the pier's Tom Vark", ["Ilse Orrin", "Tom Vark"]),
        (
            "Ilse Orrin, head of the Salt Council, an old body, and Tom Vark, a diver,",
            ["Ilse Orrin", "Tom Vark"],
        ),
        ("a nurse with Anna Pell", []),
        ("a diver called Anna Pell", ["Anna Pell"]),
        ("a diver called Quill Sarre", ["Quill Sarre"]),
        ("a wave, Quill Sarre,", ["Quill Sarre"]),
        ("divers of the old Sallow", []),
        ("Republicans", []),
        ("the crews of Sallow and Dunmere", []),
        ("a report on tides issued by the Board of Salt and Harbours", []),
        ("a survey released on Monday by the Sallow Post and the Dunmere Echo", []),
        ("Ilse Orrin, the Sallow Harbour and Dunmere Pier inspector,", ["Ilse Orrin"]),
        ("the mayor of Sallow and Anna Pell", ["Anna Pell"]),
        ("Orrin and Pell both", ["Orrin", "Pell"]),
    ],
)
def test_only_those_who_speak_are_its_names(words, names):
    assert [name.text for name in read(f"{words} said so.", words).names] == names


@pytest.mark.parametrize(
    ("words", "owner", "definite"),
    [
        ("Orrin’s son", "Orrin’s", True),
        ("her office", "her", True),
        ("the mayor of Sallow’s office", "", True),
        ("Chairman", "", True),
        ("a chairman", "", False),
        ("divers", "", False),
        ("both divers", "", True),
    ],
)
def test_whose_a_phrase_is_and_whether_it_is_known(words, owner, definite):
    source = read(f"{words} said so.", words)
    assert (source.owner, source.definite) == (owner, definite)


def test_the_country_of_a_place_does_not_speak():
    source = read(
        "Divers at a school in Sallow, Ruvia, said so.", "Divers at a school in Sallow, Ruvia,"
    )
    assert (source.kind, source.names) == ("group", ())


def test_an_owner_an_employer_or_a_place_does_not_speak():
    text = (
        "Mayor Ilse Orrin met Tom Vark. "
        + "A nurse from Sallow said no. Vark’s driver said yes. Orrin supporters did."
    )
    rows = [("A nurse from Sallow", "no"), ("Vark’s driver", "yes"), ("Orrin supporters", "did")]
    assert name_speakers(text, *rows) == [
        "nurse from Sallow",
        "Tom Vark's driver",
        "Orrin supporters",
    ]


def test_the_name_that_a_source_leaves_out_is_read():
    text = "Three divers came. One of them, the pilot Otto Brenn, said it rained. Brenn left."
    assert name_speakers(text, ("One of them", "it rained")) == ["Otto Brenn"]
