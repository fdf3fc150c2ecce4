"""Cues, lemmas and scores: forms find their entry, and counts become probabilities."""

import pytest
from dateline.attribution.lexicon import UNKNOWN, Cue, Lexicon, list_lemmas, load_lexicon
from dateline.attribution.score import load_trust, shift_of


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("told", "tell"),
        ("hoping", "hope"),
        ("stopped", "stop"),
        ("announced", "announce"),
        ("replies", "reply"),
        ("insists", "insist"),
        ("stressing", "stress"),
    ],
)
def test_a_form_leads_to_its_lemma(form, lemma):
    assert lemma in list_lemmas(form, "VERB")


def test_only_verbs_and_nouns_are_inflected():
    assert list_lemmas("said", "ADJ") == ("said",)


def test_a_verb_with_a_particle_has_its_own_entry():
    lexicon = load_lexicon()
    assert lexicon.find("ruled", "VERB", "out").lemma == "rule_out"
    assert lexicon.find("said", "VERB", "out").lemma == "say"


def test_a_verb_outside_the_lexicon_is_judged_by_its_construction():
    assert load_lexicon().find("blorped", "VERB").pos == UNKNOWN
    assert load_lexicon().find("blorp", "NOUN") is None


def test_counts_of_a_word_outweigh_those_of_its_construction():
    # 9 of 10 clauses of this word are content, while 10 of 100 clauses are in general:
    # (9 + 4 p) / (10 + 4) with p between 0.1 and 0.9 lies between 0.67 and 0.9.
    cue = Cue("say", "VERB", "speech", (10, 9), (0, 0), {"that": (10, 9)})
    lexicon = Lexicon({}, {("VERB", "any"): (100, 50), ("VERB", "that"): (100, 10)})
    assert 0.67 < lexicon.probability(cue, "that", "") < 0.9


def test_an_unseen_construction_falls_back_on_the_general_rate():
    cue = Cue("say", "VERB", "speech", (0, 0), (0, 0), {})
    lexicon = Lexicon({}, {("VERB", "any"): (96, 46), ("VERB", "that"): (996, 796)})
    # (796 + 4 * 0.48) / (996 + 4) = 0.798: the word itself says nothing.
    assert lexicon.probability(cue, "that", "") == pytest.approx(0.798, abs=0.01)


def test_the_shipped_lexicon_has_classes_and_sane_counts():
    lexicon = load_lexicon()
    assert len(lexicon.cues) > 400
    assert {cue.cue_class for cue in lexicon.cues.values()} == {
        "speech", "writing", "thought", "intention",
    }  # fmt: skip
    assert lexicon.cues["write", "VERB"].cue_class == "writing"
    assert lexicon.cues["believe", "VERB"].cue_class == "thought"
    assert lexicon.cues["plan", "NOUN"].cue_class == "intention"
    for cue in lexicon.cues.values():
        assert all(0 <= right <= n for n, right in (cue.counts, *cue.constructions.values()))


def test_a_trait_that_is_right_as_often_as_expected_moves_nothing():
    assert shift_of(30, 30, 60) == pytest.approx(0)
    assert shift_of(45, 30, 60) > 0 > shift_of(15, 30, 60)


def test_the_shipped_traits_have_a_line_for_each_kind():
    assert set(load_trust().lines) == {"direct", "mixed", "indirect"}
