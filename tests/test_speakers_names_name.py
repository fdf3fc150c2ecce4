"""Names as they stand in a text, and the spans that sources take."""

import pytest
from dateline.speakers.names.name import find_names
from dateline.words import Spans
from hypothesis import given
from hypothesis import strategies as st

MARRIN = [("", "Marrin", ""), ("Elections", "Ann Quell", "person")]
BREAD = [("", "Bread for Orrin", "organisation")] * 2
TARIN = [("", "Tarin Velm", "")]
LIONS = [("", "Lions of the Fen", "organisation")] * 2
MINISTRY = [
    ("", "Ministry of Salt", "organisation"),
    ("", "Ministry of Roads and Bridges", "organisation"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said Mayor Ilse Orrin.", [("Mayor", "Ilse Orrin", "person")]),
        ("The Rev. Otto van der Brenn Jr. left.", [("Rev.", "Otto van der Brenn Jr.", "person")]),
        ("at the Ministry of Salt Affairs", [("", "Ministry of Salt Affairs", "organisation")]),
        ("the Divers’ League of Ruvia", [("", "Divers’ League of Ruvia", "organisation")]),
        ("Jorip “Otter” Dravec-Lahn’s boat", [("", "Jorip “Otter” Dravec-Lahn", "")]),
        ("Ilse Orrin on Tuesday", [("", "Ilse Orrin", "person")]),
        ("told Ruvia News Tuesday that", [("", "Ruvia News", "organisation")]),
        ("But he left. Yesterday it rained.", []),
        ("Neither Ilse Orrin left.", [("", "Ilse Orrin", "person")]),
        ("General Orrin slept. The general left.", [("General", "Orrin", "person")]),
        ("Harbour Orrin slept by the harbour.", [("", "Orrin", "")]),
        ("saw Harbour Orrin by the harbour", [("", "Harbour Orrin", "")]),
        ("saw Orr Tennis Anna Pell", [("Orr Tennis", "Anna Pell", "person")]),
        ("saw Tennis Anna Pell", [("", "Tennis Anna Pell", "")]),
        ("Peter King left. King slept.", [("", "Peter King", "person"), ("", "King", "")]),
        ("Then King slept.", []),
        ("saw Anna Pell Orrin Vark", [("", "Anna Pell Orrin Vark", "person")]),
        ("saw Anna Pell Orrin Vark Dunn", [("", "Anna Pell Orrin Vark Dunn", "")]),
        ("the SMC and S", [("", "SMC", "organisation"), ("", "S", "")]),
        ("the ‘Orr’ Council", [("", "Orr", ""), ("", "Council", "organisation")]),
        (
            "the Council of Mayor Ilse Orrin",
            [("", "Council", "organisation"), ("Mayor", "Ilse Orrin", "person")],
        ),
        ("the National Leader of all", []),
        ("the Salt Council on Aug. 6", [("", "Salt Council", "organisation"), ("", "Aug", "")]),
        ("the Salt Council of Marrin", [("", "Salt Council of Marrin", "organisation")]),
        ("the co-anchor. Co-anchor Norah Quell", [("Co-anchor", "Norah Quell", "person")]),
        ("the Secretary of State Ann Quell", [("State", "Ann Quell", "person")]),
        ("the U.N. Salt Council", [("", "U.N. Salt Council", "organisation")]),
        ("Vask and Sons Ltd. left.", [("", "Vask and Sons Ltd", "organisation")]),
        (
            "the Orrin Star and Ann Star",
            [("", "Orrin Star", "organisation"), ("", "Ann Star", "person")],
        ),
        (
            "in Velt, N.C. The Orrin ferry",
            [("", "Velt", ""), ("", "N.C.", "organisation"), ("", "Orrin", "")],
        ),
        ("Third Lamp left.", [("", "Third Lamp", "")]),
        ("the Republic of Ovra", [("", "Republic of Ovra", "organisation")]),
        ("JAKE QUELL left.", [("", "JAKE QUELL", "person")]),
        ("OVB News left.", [("", "OVB News", "organisation")]),
        ("Ann Church left.", [("", "Ann Church", "person")]),
        ("Ann Bell Church left.", [("", "Ann Bell Church", "organisation")]),
        ("Ann D. Church left.", [("", "Ann D. Church", "person")]),
        ("the harbour of Marrin and Supervisor of Elections Ann Quell", MARRIN),
        ("Chief Of Staff Ann Quell left.", [("Chief Of Staff", "Ann Quell", "person")]),
        ("saw Salt Bay-based Orrin Motors", [("", "Orrin Motors", "organisation")]),
        ("the Salt Bay-born Ruvian left", []),
        ("said the Marrin Democrat.", []),
        ("said Marrin Democrat Ann Quell.", [("Marrin Democrat", "Ann Quell", "person")]),
        ("the Bell & Orr report", [("", "Bell & Orr", "organisation")]),
        ("the Ministry of Salt and Orr", [*MINISTRY[:1], ("", "Orr", "")]),
        ("the Ministry of Roads and Bridges", MINISTRY[1:]),
        ("the Ann and Tom Bell Foundation", [("", "Ann and Tom Bell Foundation", "organisation")]),
        ("the Friends of Orrin", [("", "Friends of Orrin", "organisation")]),
        ("Bell and Orr, a toy maker, left.", [("", "Bell and Orr", "organisation")]),
        ("Bell and Orr left.", [("", "Bell", ""), ("", "Orr", "")]),
        ("Orrin Gas and Electric left.", [("", "Orrin Gas and Electric", "organisation")]),
        ("the Tarn Sheriff’s Office", [("", "Tarn Sheriff’s Office", "organisation")]),
        ("Tovey’s said no.", [("", "Tovey’s", "")]),
        ("Tovey’s boat", [("", "Tovey", "")]),
        ("the Movement for a Free Velt", [("", "Movement for a Free Velt", "organisation")]),
        ("the Christian Democrats", [("", "Christian Democrats", "")]),
        ("Hale, Bell & Orr left.", [("", "Hale, Bell & Orr", "organisation")]),
        ("in Hale, Bell & Orr left", [("", "Hale", ""), ("", "Bell & Orr", "organisation")]),
        ("Divers Without Fear left.", [("", "Divers Without Fear", "organisation")]),
        ("Bread for Orrin fell. Bread for Orrin rose.", BREAD),
        ("Bread for Orrin fell.", [("", "Bread", ""), ("", "Orrin", "")]),
        ("Queen Orla Infirmary left.", [("", "Queen Orla Infirmary", "organisation")]),
        ("the Committee to Free Divers", [("", "Committee to Free Divers", "organisation")]),
        ("said the party Our Orrin.", [("", "Our Orrin", "")]),
        ("It met the party. Our Orrin left.", [("", "Orrin", "")]),
        ("saw Md. Tarin Velm", [("", "Md. Tarin Velm", "")]),
        ("in Velt, Md. Tarin Velm left", [("", "Velt", ""), ("", "Md", ""), *TARIN]),
        ("saw Ilse Pell- Orrin", [("", "Ilse Pell- Orrin", "person")]),
        ("Atlético Orrin left.", [("", "Atlético Orrin", "organisation")]),
        ("saw Inês Sá Orrin", [("", "Inês Sá Orrin", "person")]),
        ("Lions of the Fen left. Lions of the Fen slept.", LIONS),
        ("Sculptor Hale & Sons left.", [("Sculptor", "Hale & Sons", "organisation")]),
        ("Orrin First left.", [("", "Orrin First", "organisation")]),
        ("saw Real Orrin", [("", "Real Orrin", "organisation")]),
        ("saw Orrin Real", [("", "Orrin Real", "")]),
        ("saw Ilve Bar Orrin", [("", "Ilve Bar Orrin", "")]),
    ],
)
def test_names_are_found_with_their_titles_and_kinds(text, expected):
    found = [(n.title, text[n.start : n.end], n.kind) for n in find_names(text)]
    assert found == expected


def test_a_role_before_a_country_and_a_name_are_two_names_where_the_country_stands_alone():
    text = "Ruvia slept. She met President of Ruvia Ottla Brenn."
    assert [name.text for name in find_names(text)] == ["Ruvia", "Ruvia", "Ottla Brenn"]
    alone = "She met President of Ruvia Ottla Brenn."
    assert [name.text for name in find_names(alone)] == ["Ruvia Ottla Brenn"]


PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=8)


@given(PAIRS, st.integers(0, 40), st.integers(1, 8))
def test_spans_overlap_as_their_characters_do(pairs, start, length):
    spans = [(begin, begin + size) for begin, size in pairs]
    held = {i for begin, end in spans for i in range(begin, end)}
    asked = set(range(start, start + length))
    assert Spans(spans).overlap(start, start + length) == bool(held & asked)
    assert Spans(spans).hold(start) == (start in held)


def test_a_name_that_a_line_broke_is_whole():
    assert [name.text for name in find_names("saw Ilse Pell- Orrin, no, Do- Donna")] == [
        "Ilse Pell-Orrin",
        "Do",
        "Donna",
    ]
