"""Drafts: what a cue or a label introduces, from which chance on, and its details."""

import pytest
from dateline.attribution.cues.score import TURN, TURN_ON
from dateline.attribution.details import describe
from dateline.attribution.draft import (
    Draft,
    draft_label,
    draft_passage,
    draft_turns,
    drop_nested,
    find_kind,
    is_only_named,
)
from dateline.attribution.turns.labels import read_label
from dateline.attribution.turns.transcript import Turn
from passages import lexicon_of, passage_of

SPEECH = "“We hold the line until the spring comes.”"


def make_draft(*pieces, cue=None, token=1, **fields):
    spans = tuple(sorted(pieces))
    return Draft(token, None, cue, spans, None, "that", 0.5, **fields)


def draft_of(text, **rates):
    drafts, _ = draft_passage(passage_of(text, lexicon_of(**rates) if rates else None))
    return drafts


def details_of(text):
    """(addressee, medium, cue) of the first attribution of a text."""
    drafts, passage = draft_passage(passage_of(text))
    draft = describe(passage, drafts[0])
    return draft.addressee, draft.medium, text[slice(*draft.cue_span)]


def test_a_phrase_is_content_from_a_chance_of_34_in_100():
    text = "Venn muttered that the road was closed."
    assert [d.pieces for d in draft_of(text, mutter=45)] == [((14, 38),)]
    assert draft_of(text, mutter=32) == []


@pytest.mark.parametrize(("n_unsourced", "source"), [(45, (0, 4)), (55, None)])
def test_a_cue_that_mostly_names_nobody_has_no_source(n_unsourced, source):
    lexicon = lexicon_of(mutter=90)
    cue = lexicon.cues["mutter", "VERB"]._replace(unsourced=(100, n_unsourced))
    lexicon = lexicon._replace(cues={("mutter", "VERB"): cue})
    (draft,), _ = draft_passage(passage_of("Venn muttered that the road was closed.", lexicon))
    assert draft.source == source


def test_an_owner_is_a_source_of_what_mostly_names_nobody():
    passage = passage_of("It is Venn's view that the road is closed.")
    cue = passage.find_cue(4)._replace(unsourced=(100, 90))
    lexicon = passage.lexicon._replace(cues={("view", "NOUN"): cue})
    (draft,), _ = draft_passage(passage._replace(lexicon=lexicon))
    assert draft.source == (6, 12)


def test_a_cue_in_a_quotation_introduces_nothing():
    assert draft_of("“Venn said that it was so” is a line.") == []


def test_what_a_cue_is_set_into_is_one_reading_and_what_hangs_on_it_another():
    lexicon = lexicon_of(say=90)
    cue = lexicon.cues["say", "VERB"]._replace(shifts={"around parataxis": 8.0, "to": 7.0})
    lexicon = lexicon._replace(cues={("say", "VERB"): cue})
    text = "The road, she said to him, will stay closed."
    (draft,), _ = draft_passage(passage_of(text, lexicon))
    assert [text[a:b] for a, b in draft.pieces] == ["The road", "will stay closed"]


def test_according_to_is_said_to_nobody():
    text = "It was so, Venn said, according to the Courier."
    drafts, passage = draft_passage(passage_of(text))
    (draft,) = [d for d in drafts if d.cue.lemma == "accord"]
    assert describe(passage, draft.name_source((11, 15))).addressee is None


def test_only_some_verbs_have_an_addressee_for_their_object():
    def addressee_of(text, **rates):
        drafts, passage = draft_passage(passage_of(text, lexicon_of(**rates)))
        return describe(passage, drafts[0]).addressee

    assert addressee_of("Venn warned the mayor that it was so.", warn=90) == "the mayor"
    assert addressee_of("Venn showered the mayor that it was so.", shower=90) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Consider that the road is closed.", []),
        ("It is easy to blame the council.", []),
        ("Venn wants them to blame the council.", ["wants", "blame"]),
    ],
)
def test_who_asks_the_reader_attributes_nothing(text, said):
    drafts, _ = draft_passage(passage_of(text))
    assert [text[slice(*draft.cue_span)] for draft in drafts] == said


def test_each_step_makes_a_new_draft():
    draft = make_draft((0, 5))
    assert draft.add((9, 12)).pieces == ((0, 5), (9, 12))
    assert draft.add((9, 12)).quoted
    assert draft.name_source((1, 2)).source == (1, 2)
    assert draft == make_draft((0, 5))


def test_a_quotation_is_taken_out_with_its_marks():
    passage = passage_of(f"that it was so. {SPEECH} and no more")
    (quotation,) = passage.quotations
    draft = make_draft((0, len(passage.text)))
    pieces = draft.take_out(passage.text, quotation).pieces
    assert [passage.text[a:b] for a, b in pieces] == ["that it was so", "and no more"]
    assert make_draft((16, 58)).take_out(passage.text, quotation).pieces == ()


@pytest.mark.parametrize(
    ("n_marked", "n_words", "kind"),
    [(19, 20, "direct"), (17, 20, "mixed"), (1, 20, "mixed"), (0, 20, "indirect")],
)
def test_19_words_of_20_in_marks_are_direct_speech(n_marked, n_words, kind):
    text = "“" + "yes " * n_marked + "”" + " no" * (n_words - n_marked)
    passage = passage_of(text)
    assert find_kind(text, make_draft((0, len(text))), passage.quotations) == kind


def test_what_has_its_cue_in_the_content_of_another_goes():
    outer = make_draft((10, 50), cue=(5, 9))
    inner = make_draft((30, 50), cue=(25, 29))
    beside = make_draft((60, 70), cue=(50, 55))
    assert drop_nested([inner, beside, outer]) == [outer, beside]
    assert drop_nested([inner], within=[outer]) == []


@pytest.mark.parametrize(
    ("text", "is_named"),
    [("known as “Magpie”", True), ("the play “The Long Winter”", True), (f"said {SPEECH}", False)],
)
def test_a_name_in_marks_is_said_by_nobody(text, is_named):
    passage = passage_of(text)
    (quotation,) = passage.quotations
    draft = make_draft((quotation.outer_start, quotation.outer_end))
    assert is_only_named(draft, passage) == is_named


def test_what_holds_a_nickname_among_other_things_is_said_by_nobody():
    passage = passage_of("known as “Magpie” in town")
    assert is_only_named(make_draft((9, 17), (21, 25)), passage)
    assert not is_only_named(make_draft((0, 17), (21, 25)), passage)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Venn told the mayor that it was so.", ("the mayor", None, "told")),
        ("Venn said to the mayor that it was so.", ("the mayor", None, "said")),
        ("Venn said the mayor was right.", (None, None, "said")),
        ("Venn did not say that it was so.", (None, None, "did not say")),
        ("The road is closed, according to Venn.", (None, None, "according to")),
        ("The road is closed, according to a letter.", (None, "letter", "according to")),
        ("Venn said in an interview that it was so.", (None, "interview", "said")),
        ("Venn said in the spring that it was so.", (None, None, "said")),
        ("Venn called for calm.", (None, None, "called for")),
        ("Venn retweeted that the road was closed.", (None, "tweet", "retweeted")),
        ("The letter of Venn of Old Marrin said that it was so.", (None, None, "said")),
        ("Venn tweeted that the road was closed.", (None, "tweet", "tweeted")),
        ("The letter said that the road was closed.", (None, "letter", "said")),
    ],
)
def test_details_are_what_the_sentence_states(text, details):
    assert details_of(text) == details


def labelled(text, *, kind="body"):
    passage = passage_of(text, kind=kind)
    return [(text[slice(*d.source)], d.pieces) for d in draft_label(passage)]


def test_a_label_outside_transcripts_holds_in_a_headline_and_before_a_quotation():
    assert labelled("Venn: When was it?", kind="heading") == [("Venn", ((6, 17),))]
    assert labelled("Venn: “When was it?”") == [("Venn", ((6, 20),))]
    assert labelled("Venn: When was it?") == []
    assert labelled("Then: “When was it?”") == []
    assert labelled("Photo: “When was it?”") == []


def test_turns_are_direct_without_marks_and_less_sure_where_they_may_end():
    text = "Q: When? At four. It rang."
    label = read_label(text, 0, len(text))
    turns = [Turn(label, ((3, 8),)), Turn(None, ((9, 17),)), Turn(None, ((18, 26),), is_sure=False)]
    drafts = draft_turns(text, turns, (0, 1))
    assert [(d.rule, d.source, d.kind, d.score) for d in drafts] == [
        ("turn", (0, 1), "direct", TURN),
        ("answer", (0, 1), "direct", TURN),
        ("turn on", (0, 1), "direct", TURN_ON),
    ]
    assert [d.cue_span for d in drafts] == [(1, 2), None, None]
    assert find_kind(text, drafts[0], []) == "direct"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police questioned the student for two hours.", []),
        ("Police questioned Bo Quill over the fire.", []),
        ("Reporters questioned the mayor about the bridge.", ["the bridge"]),
        ("Quill questioned the plan of the mayor.", ["the plan of the mayor"]),
    ],
)
def test_whoever_is_questioned_is_not_what_was_said(text, expected):
    assert [text[slice(*d.pieces[0])] for d in draft_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier is not safe, a court ruled on Tuesday.", "The pier is not safe"),
        ("The pier is shut, and Quill testified that it was wet.", "that it was wet"),
    ],
)
def test_a_clause_before_a_listed_verb_is_its_content_where_it_has_no_other(text, expected):
    assert [text[slice(*d.pieces[0])] for d in draft_of(text)] == [expected]
