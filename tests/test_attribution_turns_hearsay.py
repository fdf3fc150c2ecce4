"""Hearsay: whose words they are, and through whom they are known."""

import pytest
from dateline.attribution.draft import draft_passage
from dateline.attribution.turns.hearsay import settle_hearsay
from passages import passage_of


def settle(text):
    """(source, words, via) of each draft."""
    drafts, passage = draft_passage(passage_of(text))
    return [
        (
            draft.source and text[slice(*draft.source)],
            " … ".join(text[a:b] for a, b in draft.pieces),
            draft.via,
        )
        for draft in settle_hearsay(passage, drafts)
    ]


SO = "that the bridge was shut"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (f"Orla Venn said {SO}, according to the Courier.", ("Orla Venn", SO, "the Courier")),
        (f"According to court papers, Orla Venn said {SO}.", ("Orla Venn", SO, "court papers")),
        (
            "Greta Holm told them, “I sold it,” according to an affidavit.",
            ("Greta Holm", "“I sold it,”", "an affidavit"),
        ),
        (
            f"The Courier quoted Orla Venn as saying {SO}.",
            ("Orla Venn", SO, "The Courier"),
        ),
        (f"Halyard quoted Orla Venn as saying {SO}.", ("Orla Venn", SO, "Halyard")),
        (f"Orla Venn was quoted as saying {SO}.", ("Orla Venn", SO, None)),
        (
            "“It is shut,” Orla Venn was quoted as saying by the Post.",
            ("Orla Venn", "“It is shut,”", "the Post"),
        ),
    ],
)
def test_a_statement_is_its_makers_via_who_tells_of_it(text, row):
    assert settle(text) == [row]


def test_what_somebody_knows_stays_with_whom_it_is_according_to():
    text = "The bridge was shut, according to the Courier."
    assert settle(text) == [("the Courier", "The bridge was shut", None)]
    text = "The boat that Venn said was late was sold, according to the Courier."
    assert [source for source, _, _ in settle(text) if source][-1] == "the Courier"
