"""Details: what is told not to have been said; the drafts' tests hold addressee and medium."""

import pytest
from dateline.attribution.details import describe, is_unnamed
from dateline.attribution.draft import draft_passage
from passages import passage_of


def drafts_of(text):
    return draft_passage(passage_of(text))


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Orla Venn said that the bridge was safe.", False),
        ("Orla Venn never said that the bridge was safe.", True),
        ("Orla Venn did not say whether the bridge was safe.", True),
        ("Orla Venn denied that the bridge was safe.", True),
        ("Orla Venn declined to comment.", True),
        ("Orla Venn refused to pay the fine.", False),
        ("Orla Venn does not want to say how she would vote.", True),
        ("Neither minister said that the bridge was safe.", True),
        ("Venn would not comment on the case.", True),
        ("Venn said nothing to the press.", True),
        ("Venn said nothing was wrong with the bridge.", False),
        ("Venn wanted nothing more than peace.", False),
    ],
)
def test_what_was_not_said_is_negated(text, negated):
    drafts, passage = drafts_of(text)
    assert {describe(passage, draft).negated for draft in drafts} == {negated}


@pytest.mark.parametrize(
    ("text", "unnamed"),
    [
        ("The man declined to be named.", True),
        ("An official asked not to be identified.", True),
        ("The man declined to be searched.", False),
    ],
)
def test_who_would_not_be_named_said_nothing(text, unnamed):
    drafts, _ = drafts_of(text)
    assert [is_unnamed(text, draft) for draft in drafts] == [unnamed]
