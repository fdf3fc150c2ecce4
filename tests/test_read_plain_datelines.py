import pytest
from dateline.read.plain.datelines import find_dateline, find_place_label, is_place


@pytest.mark.parametrize(
    ("dateline", "fields"),
    [
        ("VARRO, Ruvenia (OBA) _", {"place": "VARRO, Ruvenia", "outlet": "OBA"}),
        ("VARRO. May 4. /OBAS/.", {"place": "VARRO", "date": "May 4", "outlet": "OBAS"}),
        ("Varro, May 4 (OBA).-", {"place": "Varro", "date": "May 4", "outlet": "OBA"}),
        ("Varro, May 4 (OBA)", {"place": "Varro", "date": "May 4", "outlet": "OBA"}),
        ("Varro, May 4, OBA -", {"place": "Varro", "date": "May 4", "outlet": "OBA"}),
        ("Varro, Ruvenia CNN —", {"place": "Varro, Ruvenia", "outlet": "CNN"}),
        ("Varro (dpa) -", {"place": "Varro", "outlet": "dpa"}),
        ("OBA | Varro,", {"place": "Varro", "outlet": "OBA"}),
        ("(OBA) - VARRO, MAY 4 -", {"place": "VARRO", "date": "MAY 4", "outlet": "OBA"}),
        ("VARRO, Ruvenia--(OBA WIRE)--", {"place": "VARRO, Ruvenia", "outlet": "OBA WIRE"}),
        ("Varro (Ruvenia) (OBA) –", {"place": "Varro (Ruvenia)", "outlet": "OBA"}),
        (
            "Rio de Varro, 4th May (OBA) –",
            {"place": "Rio de Varro", "date": "4th May", "outlet": "OBA"},
        ),
        (
            "VARRO , May 4 , 2025 ( Oba ) -",
            {"place": "VARRO", "date": "May 4 , 2025", "outlet": "Oba"},
        ),
        (
            "ST. VARRO, Ost., Ruvenia, May 4, 2025 /OBAwire.com/ --",
            {"place": "ST. VARRO, Ost., Ruvenia", "date": "May 4, 2025", "outlet": "OBAwire.com"},
        ),
        ("VARRO/ODO, May 4 -", {"place": "VARRO/ODO", "date": "May 4"}),
    ],
)
def test_a_dateline_states_place_day_and_agency(dateline, fields):
    line = f"{dateline} The wall is old."
    found = find_dateline(line)
    assert (found.fields, line[: found.end].rstrip()) == (fields, dateline)


@pytest.mark.parametrize(
    "line",
    [
        "Tarn (left) - who is late - said so.",
        "Tarn (formerly Varro) - who is late - said so.",
        "The Harbour Party (HP) said so.",
        "Mr Piet VOSS (North Varro): I object to that.",
        "VOSS (North Varro): I object to that.",
        "Voss, MP – who is late – said so.",
        "On May 4 (OBA) the wall broke.",
        "The wall is old (AP) - it is said.",
        "NATO (OTAN) said so.",
        "",
    ],
)
def test_a_sentence_with_marks_is_none(line):
    assert find_dateline(line or "x") is None


def test_a_town_before_a_colon_is_in_capitals():
    assert find_place_label("VARRO: The wall is old.").fields == {"place": "VARRO"}
    assert find_place_label("Varro: The wall is old.") is None
    assert find_place_label("VARRO: the wall is old.") is None


def test_a_place_alone_is_in_capitals():
    assert [is_place(line) for line in ("VARRO", "VARRO, Ruvenia", "Varro", "VARRO.")] == [
        *(True, True, False, True),
    ]
