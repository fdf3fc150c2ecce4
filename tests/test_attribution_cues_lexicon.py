"""The lexicon: which entry a form has, and how what is known of a phrase becomes a chance."""

import math

import pytest
from dateline.attribution.cues.lexicon import (
    Cue,
    Lexicon,
    list_features,
    load_lexicon,
    shift_of,
)
from dateline.attribution.cues.senses import list_listed
from dateline.wordlists import read_table

SAY = Cue("say", "VERB", "speech", (10, 9), (0, 0), {"any": 1.5, "that": -0.5})


def chance(odds):
    return pytest.approx(1 / (1 + math.exp(-odds)))


def test_a_verb_with_a_particle_has_its_own_entry():
    lexicon = load_lexicon()
    assert lexicon.find("ruled", "VERB", "out").lemma == "rule_out"
    assert lexicon.find("said", "VERB", "out").lemma == "say"


def test_a_word_outside_the_lexicon_has_an_entry_without_counts():
    empty = Lexicon({}, {})
    assert empty.find("blorped", "VERB") == Cue("blorp", "VERB", "speech", (0, 0), (0, 0), {})
    assert empty.find("blorps", "NOUN").lemma == "blorp"
    assert empty.find("of", "ADP") is None
    # Two lemmas could have this form; only one of them is a word that has a sense.
    assert empty.find("hoping", "VERB").lemma == "hop"
    assert empty.find("deplored", "VERB").lemma == "deplore"


def test_a_chance_adds_up_what_is_known_of_the_phrase_and_what_the_word_adds():
    lexicon = Lexicon(
        {},
        {
            ("VERB", "any"): -2.0,
            ("VERB", "that"): 1.0,
            ("VERB", "that+q"): 1.25,
            ("VERB", "sense communication"): 0.5,
            ("VERB", "that, sense communication"): 0.25,
            ("VERB", "class speech"): 0.75,
            ("VERB", "that, listed"): 0.1,
            ("VERB", "head clause"): 0.2,
            ("VERB", "that, head clause"): 0.3,
            ("NOUN", "that"): 9.0,  # of another part of speech
        },
    )
    # -2 + 1 + 0.5 + 0.25 + 0.75 + 0.1 = 0.6, and 1.5 - 0.5 of the word itself.
    assert lexicon.probability(SAY, "that", "") == chance(1.6)
    assert lexicon.probability(SAY, "that", "+q") == chance(1.85)
    assert lexicon.probability(SAY, "that", "", "clause") == chance(2.1)
    # A construction in which the word was not seen has the word's own share alone.
    assert lexicon.probability(SAY, "object", "") == chance(-2 + 0.5 + 0.75 + 1.5)


def test_a_word_that_no_list_has_is_judged_by_its_construction():
    assert list_features("blorp", "VERB", "object", "+s", "person") == (
        "any", "object+s", "sense none", "object, sense none", "head person", "object, head person",
    )  # fmt: skip


def test_a_word_moves_a_chance_as_far_as_eight_imagined_phrases_let_it():
    # 45 of 60 were content where 30 were expected: (45 + 4) / (15 + 4) against even odds.
    assert shift_of(45, 30, 60) == pytest.approx(math.log(49 / 19))
    assert shift_of(30, 30, 60) == pytest.approx(0)
    assert shift_of(15, 30, 60) == pytest.approx(-math.log(49 / 19))
    # One of one says little: (1 + 4) / 4.
    assert shift_of(1, 0.5, 1) == pytest.approx(math.log(5 / 4))


def test_the_shipped_lexicon_prefers_statements_to_persons_and_things():
    lexicon = load_lexicon()
    deny = lexicon.find("denied", "VERB")
    heads = ("communication", "cognition", "thing")
    said, thought, thing = (lexicon.probability(deny, "object", "", head) for head in heads)
    assert min(said, thought) > thing
    # A verb that was never counted is a likelier cue where its usual sense is one of saying.
    unseen = [Cue(lemma, "VERB", "speech", (0, 0), (0, 0), {}) for lemma in ("gossip", "gallop")]
    saying, moving = (lexicon.probability(cue, "that", "", "clause") for cue in unseen)
    assert saying > moving


def test_the_shipped_lexicon_has_classes_and_sane_counts():
    lexicon = load_lexicon()
    assert len(lexicon.cues) > 400
    assert {cue.cue_class for cue in lexicon.cues.values()} == {
        "speech", "writing", "thought", "intention",
    }  # fmt: skip
    assert lexicon.cues["write", "VERB"].cue_class == "writing"
    assert lexicon.cues["believe", "VERB"].cue_class == "thought"
    assert lexicon.cues["plan", "NOUN"].cue_class == "intention"
    assert set(list_listed()) <= set(lexicon.cues)
    assert all(0 <= cue.counts[1] <= cue.counts[0] for cue in lexicon.cues.values())
    for row in read_table("cues.tsv"):
        for item in filter(None, row["constructions"].split("; ")):
            right, n, expected = map(float, item.rpartition(" ")[2].split("/"))
            assert 0 <= right <= n
            assert 0 <= expected <= n


def test_of_two_lemmas_that_are_listed_the_one_seen_most_is_meant():
    lexicon = load_lexicon()
    assert ("hop", "VERB") in lexicon.cues, "else this tests nothing"
    assert [lexicon.find(word, "VERB").lemma for word in ("hoping", "writing")] == ["hope", "write"]
