"""Senses: the class of a cue, and what stands at the head of a content."""

import pytest
from dateline.attribution.cues.senses import list_listed, name_class, name_head, name_sense


@pytest.mark.parametrize(
    ("lemma", "pos", "sense"),
    [
        ("complain", "VERB", "communication"),
        ("believe", "VERB", "cognition"),
        ("gallop", "VERB", "other"),
        ("announcement", "NOUN", "communication"),
        ("grief", "NOUN", "cognition"),
        ("plumber", "NOUN", "person"),
        ("blorp", "VERB", "none"),
        ("complain", "NOUN", "none"),
    ],
)
def test_a_word_has_the_class_of_its_usual_sense(lemma, pos, sense):
    assert name_sense(lemma, pos) == sense


def test_a_second_class_is_named_where_it_is_one_of_saying_or_thinking():
    assert name_sense("show", "VERB") == "perception+communication"
    assert name_sense("advance", "VERB") == "other+communication"


def test_a_verb_with_a_particle_that_is_not_listed_is_what_its_verb_is():
    assert name_sense("complain_off", "VERB") == "communication"


@pytest.mark.parametrize(
    ("word", "pos", "head"),
    [
        ("closed", "VERB", "clause"),
        ("is", "AUX", "clause"),
        ("Selland", "PROPN", "name"),
        ("Him", "PRON", "person"),
        ("it", "PRON", "something"),
        ("nurses", "NOUN", "person"),
        ("statements", "NOUN", "communication"),
        ("ladders", "NOUN", "thing"),
        ("blorps", "NOUN", "noun"),
        ("sixty", "NUM", "num"),
    ],
)
def test_a_head_stands_for_a_clause_somebody_or_a_kind_of_thing(word, pos, head):
    assert name_head(word, pos) == head


def test_listed_cues_have_their_class_and_others_none():
    assert name_class("write", "VERB") == "writing"
    assert name_class("gallop", "VERB") == ""
    assert ("write", "VERB") in list_listed()
