"""Who is named right before a quotation, and so speaks rather than who spoke last."""

import pytest
from dateline.attribution.draft import draft_passage
from dateline.attribution.turns.subjects import find_named_before, names_another
from passages import passage_of

SPEECH = "“I am over the moon tonight.”"


def named(lead):
    """(source, rule) of the quotation behind some words."""
    passage = passage_of(f"{lead} {SPEECH}")
    found = find_named_before(passage, passage.quotations[-1], None)
    return found and (passage.text[slice(*found.source)], found.rule)


@pytest.mark.parametrize(
    ("lead", "found"),
    [
        ("Striker Jonas Kamp, who scored twice:", ("Striker Jonas Kamp", "named colon")),
        ("Kamp was happier:", ("Kamp", "named colon")),
        ("The mood was good. Jonas Kamp was happier:", ("Jonas Kamp", "named colon")),
        ("Roads of the north – More from Orla Venn:", ("Orla Venn", "named colon")),
        ("Kamp nodded.", ("Kamp", "named before")),
        ("For Kamp, it was a relief.", ("Kamp", "named before")),
        ("The mood among fans was different.", None),
        ("He smiled.", None),
        ("A night of rain.", None),
        ("Kamp called it", None),
        ("", None),
    ],
)
def test_the_subject_of_the_sentence_before_a_quotation_speaks(lead, found):
    assert named(lead) == found


@pytest.mark.parametrize(
    ("behind", "is_other"),
    [
        ("Kamp left in haste.", True),
        ("Carlo Nerri left in haste.", False),
        ("He left in haste.", False),
        ("Fans sang all night.", False),
    ],
)
def test_another_name_behind_an_attribution_takes_the_word(behind, is_other):
    passage = passage_of(f"“We held the ball today,” Nerri said. {behind}")
    drafts, passage = draft_passage(passage)
    assert names_another(passage, drafts[0]) == is_other
