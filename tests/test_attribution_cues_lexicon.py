"""Cues and lemmas: forms find their entry, and counts become probabilities."""

import pytest
from dateline.attribution.cues.lexicon import UNKNOWN, Cue, Lexicon, list_lemmas, load_lexicon


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


def test_a_verb_with_a_particle_has_its_own_entry():
    lexicon = load_lexicon()
    assert lexicon.find("ruled", "VERB", "out").lemma == "rule_out"
    assert lexicon.find("said", "VERB", "out").lemma == "say"


def test_a_verb_outside_the_lexicon_is_judged_by_its_construction():
    assert load_lexicon().find("blorped", "VERB").pos == UNKNOWN
    assert load_lexicon().find("blorp", "NOUN") is None


def test_the_chance_is_four_imagined_occurrences_of_the_wider_estimate_and_the_counts():
    # All words of its kind: (50 + 4 * 0.2) / 104 = 0.488, log-odds -0.046. The word is a cue in
    # (9 + 4 * 0.488) / 14 = 0.782, 1.280; the construction holds content in (10 + 4 * 0.488) / 104
    # = 0.115, -2.041. Together -2.041 + 0.8 * (1.280 + 0.046) = -0.981, or 0.273. The word's own
    # 3 of 5, whatever the marks: (3 + 4 * 0.273) / 9 = 0.4546; without: (3 + 4 * 0.4546) / 9.
    cue = Cue("say", "VERB", "speech", (10, 9), (0, 0), {"that": (5, 3)})
    lexicon = Lexicon({}, {("VERB", "any"): (100, 50), ("VERB", "that"): (100, 10)})
    assert lexicon.probability(cue, "that", "") == pytest.approx(0.5354, abs=0.0002)
    # With speech in it the word was never seen: what is known of it whatever the marks holds.
    lexicon.constructions["VERB", "that+q"] = (100, 10)
    assert lexicon.probability(cue, "that", "+q") == pytest.approx(0.4546, abs=0.0002)


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
