"""Lemmas: which words a form may belong to."""

import pytest
from dateline.attribution.cues.lemmas import list_lemmas


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("told", "tell"),
        ("stopped", "stop"),
        ("announced", "announce"),
        ("replies", "reply"),
        ("insists", "insist"),
        ("stressing", "stress"),
        ("worries", "worry"),
        ("arguing", "argue"),
        ("called", "call"),
        ("admitted", "admit"),
        ("pushes", "push"),
        ("vowed", "vow"),
    ],
)
def test_a_form_leads_to_its_lemma(form, lemma):
    assert list_lemmas(form, "VERB")[0] == lemma


def test_a_form_of_two_verbs_leads_to_both():
    assert list_lemmas("hoping", "VERB") == ("hop", "hope", "hoping")


def test_a_word_that_ends_in_s_by_itself_is_its_own_lemma():
    assert list_lemmas("bus", "NOUN") == ("bus",)
    assert list_lemmas("discuss", "VERB") == ("discuss",)
    assert list_lemmas("analysis", "NOUN") == ("analysis",)


def test_only_verbs_and_nouns_are_inflected():
    assert list_lemmas("said", "ADJ") == ("said",)
