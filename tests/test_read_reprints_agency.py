import pytest
from dateline.read.reprints.agency import find_agency


@pytest.mark.parametrize(
    "line, agency",
    [
        ("MARRIN (AP) —", "Associated Press"),
        ("MARRIN, March 4 (dpa) -", "Deutsche Presse-Agentur"),
        ("By Orla Venn, Reuters", "Reuters"),
        ("Source: Xinhua News Agency", "Xinhua"),
        ("© 2025 Agence France-Presse", "Agence France-Presse"),
        ("MARRIN (Quay Wire) —", "Quay Wire"),  # by its shape: in no list
        ("By Orla Venn", None),
        ("MAPLE, SPATE and APART", None),
    ],
)
def test_a_line_that_signs_names_its_agency(line, agency):
    assert find_agency([line]) == agency


@pytest.mark.parametrize(
    "paragraph, agency",
    [
        ("The port is shut. (AP)", "Associated Press"),
        ("MARRIN (Reuters) - The port is shut.", "Reuters"),
        ("The port is shut. /TASS/", "TASS"),
        ("The port is shut, she told Reuters on Monday.", None),
        ("The Alliance Party (AP) said that the port is shut.", None),
        ("The Alliance Party (AP), which shut the port – and the road – won.", None),
    ],
)
def test_in_text_an_agency_signs_at_the_ends_of_a_paragraph_only(paragraph, agency):
    assert find_agency([], [paragraph]) == agency


def test_a_paragraph_goes_before_a_line_and_a_listed_agency_before_any_other():
    lines = ["MARRIN (Quay Wire) —", "Source: Reuters"]
    assert find_agency(lines, ["It is shut. (AP)"]) == "Associated Press"
    assert find_agency(lines) == "Reuters"
    assert find_agency([]) is None
