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
        ("Striker Tomas Lind, who scored twice:", ("Striker Tomas Lind", "named colon")),
        ("Lind was happier:", ("Lind", "named colon")),
        ("The mood was good. Tomas Lind was happier:", ("Tomas Lind", "named colon")),
        ("Roads of the north – More from Orla Venn:", ("Orla Venn", "named colon")),
        ("Lind nodded.", ("Lind", "named before")),
        ("For Lind, it was a relief.", ("Lind", "named before")),
        ("The mood among fans was different.", None),
        ("He smiled.", None),
        ("A night of rain.", None),
        ("Lind called it", None),
        ("", None),
    ],
)
def test_the_subject_of_the_sentence_before_a_quotation_speaks(lead, found):
    assert named(lead) == found


@pytest.mark.parametrize(
    ("behind", "is_other"),
    [
        ("Lind left in haste.", True),
        ("Marco Bassi left in haste.", False),
        ("He left in haste.", False),
        ("Fans sang all night.", False),
    ],
)
def test_another_name_behind_an_attribution_takes_the_word(behind, is_other):
    passage = passage_of(f"“We rode our luck today,” Bassi said. {behind}")
    drafts, passage = draft_passage(passage)
    assert names_another(passage, drafts[0]) == is_other
