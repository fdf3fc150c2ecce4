"""Scores: what a draft is judged by, how counts become shifts, and which scores are likely."""

import math

import pytest
from dateline.attribution.cues.lexicon import Cue
from dateline.attribution.cues.score import (
    DEFAULT_MIN_SCORE,
    Trust,
    find_traits,
    is_likely,
    load_trust,
    score_draft,
)
from dateline.attribution.draft import Draft
from passages import passage_of, token_of


def make_draft(**fields):
    usual = dict(token=1, cue=None, cue_span=None, pieces=((10, 38),), source=(0, 4), rule="that")
    return Draft(**(usual | {"estimate": 0.5} | fields))


@pytest.mark.parametrize(
    ("kind", "score", "min_score", "likely"),
    [
        ("indirect", 0.41, DEFAULT_MIN_SCORE, True),
        ("indirect", 0.39, DEFAULT_MIN_SCORE, False),
        ("direct", 0.41, DEFAULT_MIN_SCORE, True),
        ("direct", 0.39, DEFAULT_MIN_SCORE, False),
        ("direct", 0.7, 0.8, False),
        ("indirect", 0.81, 0.8, True),
        ("indirect", 0.29, 0.0, False),  # a candidate, which holds no quotation
    ],
)
def test_a_draft_is_likely_from_its_floor_on(kind, score, min_score, likely):
    assert is_likely(make_draft(kind=kind, score=score), min_score) == likely


def test_a_draft_is_judged_by_its_rule_length_source_and_cue():
    text = "Venn would not say that the road was closed."
    passage = passage_of(text)
    draft = make_draft(token=token_of(passage, "say"), pieces=((19, 43),))
    assert find_traits(passage, draft) == [
        "rule=that", "words=5", "source=capital", "tag=VB", "place=ROOT", "modal=would",
        "negated=True", "block=body",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "trait"),
    [((0, 3), "she"), ((9, 18), "the"), ((23, 27), "capital"), ((32, 38), "small"), (None, "none")],
)
def test_a_source_is_a_pronoun_a_name_or_neither(source, trait):
    passage = passage_of("She told the mayor and Venn and miners so.")
    draft = make_draft(token=-1, pieces=((0, 5),), source=source)
    assert f"source={trait}" in find_traits(passage, draft)


def test_lengths_are_counted_in_steps():
    passage = passage_of("one two three four five six seven eight nine ten eleven")
    traits = [find_traits(passage, make_draft(pieces=((0, end),)))[1] for end in (3, 18, 23, 55)]
    assert traits == ["words=1", "words=3", "words=5", "words=10"]


def test_a_draft_is_judged_by_the_sense_of_its_cue_and_what_heads_its_content():
    passage = passage_of("Venn denied the claim.")
    cue = Cue("deny", "VERB", "speech", (40, 36), (0, 0), {})
    draft = make_draft(token=1, cue=cue, pieces=((12, 21),), rule="object", head="communication")
    assert find_traits(passage, draft)[-4:] == [
        "sense=communication+other", "class=speech", "head=communication", "block=body",
    ]  # fmt: skip


def test_a_score_adds_up_the_estimate_and_the_traits_in_log_odds():
    weights = {("indirect", "any"): 1.0, ("indirect", "estimate"): 2.0}
    weights |= {("indirect", "rule=that"): 0.5, ("direct", "rule=that"): 9.0}
    # 0.75 has log-odds ln 3: 2 ln 3 + 1 + 0.5; a trait without a weight adds nothing.
    expected = 1 / (1 + math.exp(-(2 * math.log(3) + 1.5)))
    draft = make_draft(estimate=0.75)
    assert score_draft(Trust(weights), draft, ["rule=that", "words=5"]) == pytest.approx(expected)
    assert score_draft(Trust({}), make_draft(estimate=0.7), []) == pytest.approx(0.7)


def test_a_rule_without_a_cue_that_was_never_counted_keeps_its_estimate():
    trust = Trust({("indirect", "any"): -3.0, ("indirect", "rule=label"): 0.0})
    labelled, turn = (make_draft(token=-1, rule=rule, estimate=0.5) for rule in ("label", "turn"))
    assert score_draft(trust, labelled, []) == pytest.approx(1 / (1 + math.exp(3)))
    assert score_draft(trust, turn, []) == 0.5


def test_the_shipped_traits_weigh_the_estimate_of_each_kind():
    weights = load_trust().weights
    assert all(weights[kind, "estimate"] > 0 for kind in ("direct", "mixed", "indirect"))
