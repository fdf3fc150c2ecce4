"""Contents: cut where the narrator goes on, joined over a bridge, fitted to the quotations."""

import pytest
from dateline.attribution.content import cut_tail, to_pieces, trim
from dateline.attribution.draft import draft_passage
from passages import lexicon_of, passage_of, token_of, words_of


def contents_of(text, lexicon=None):
    """{cue: its content} of a text."""
    passage = passage_of(text, lexicon)
    return {
        text[slice(*d.cue_span)]: " … ".join(text[a:b] for a, b in d.pieces)
        for d in draft_passage(passage)[0]
    }


def sources_of(text):
    passage = passage_of(text)
    return {
        text[slice(*d.cue_span)]: d.source and text[slice(*d.source)]
        for d in draft_passage(passage)[0]
    }


CONTENTS = {
    "not what although says, after a comma": (
        "Venn said that the road was closed, although the bridge was open.",
        "said",
        "that the road was closed",
    ),
    "up to the final mark of a quotation": (
        "Venn said the plan was a “gift to the whole valley.” and so on",
        "said",
        "the plan was a “gift to the whole valley.”",
    ),
    "but what because says": (
        "Venn said the road was closed because the bridge was weak.",
        "said",
        "the road was closed because the bridge was weak",
    ),
    "not who, after a comma": (
        "Venn said the road was closed by the mayor, who lost his seat.",
        "said",
        "the road was closed by the mayor",
    ),
    "but who, without one": (
        "Venn said the road was closed by the mayor who lost his seat.",
        "said",
        "the road was closed by the mayor who lost his seat",
    ),
    "but while, without one": (
        "Venn said the road was closed while the bridge was mended.",
        "said",
        "the road was closed while the bridge was mended",
    ),
    "not even though, after a comma": (
        "Venn said that the road was closed, even though the bridge was open.",
        "said",
        "that the road was closed",
    ),
    "not some of whom, after a comma": (
        "Venn praised the miners of Marrin, some of whom had lost their work.",
        "praised",
        "the miners of Marrin",
    ),
    "not what a name is, after it": (
        "Venn praised Orla Quill, a baker from the valley.",
        "praised",
        "Orla Quill",
    ),
    "but what it is in a clause": (
        "Venn said the train will stop in Marrin, a town of miners.",
        "said",
        "the train will stop in Marrin, a town of miners",
    ),
    "but not the first of a list": (
        "Venn thanked his mother, his brothers and his wife.",
        "thanked",
        "his mother, his brothers and his wife",
    ),
    "an object and what it is seen as": (
        "Venn described the mayor as a thief of hours.",
        "described",
        "the mayor as a thief of hours",
    ),
    "an object and what it is blamed for": (
        "Venn criticized the mayor of Marrin for the state of the road.",
        "criticized",
        "the mayor of Marrin for the state of the road",
    ),
    "not what an opening participle tells": (
        "Crossing the bridge, Venn praised the miners.",
        "praised",
        "the miners",
    ),
    "not who, after a comma inside a mark": (
        "Venn praised the “quiet miners,” who had lost their work.",
        "praised",
        "the “quiet miners,”",
    ),
    "but who, where the cue comes after it": (
        "The road was closed by the mayor, who lost his seat, Venn said.",
        "said",
        "The road was closed by the mayor, who lost his seat",
    ),
    "not the but that opens": ("But the road is closed, Venn said.", "said", "the road is closed"),
    "an object and its preposition": (
        "Venn praised the miners for their work.",
        "praised",
        "the miners for their work",
    ),
    "the whole of a quotation that it touches": (
        "Venn said that they “hold the line” together.",
        "said",
        "that they “hold the line” together",
    ),
    "from the quotation that a colon announces": (
        "Venn said the plan was this: “We hold the line until the spring.”",
        "said",
        "“We hold the line until the spring.”",
    ),
    "only what is quoted, where a quoted sentence stands before the cue": (
        "“We hold the line until the spring,” Venn warned of the flood.",
        "warned",
        "“We hold the line until the spring,”",
    ),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_a_content_is(case):
    text, cue, content = CONTENTS[case]
    assert contents_of(text)[cue] == content


PARTICIPLE = "Venn said the road was closed, muttering that the bridge was open."
FURTHER = "Venn said that the road was closed and muttered that the bridge was open."
BUT = "Venn said that the road was closed but muttered that the bridge was open."


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [(PARTICIPLE, 35, 45), (FURTHER, 55, 65), (BUT, 20, 30)],
    ids=["participle", "and", "but"],
)
def test_a_verb_that_often_enough_attributes_is_a_cue_of_its_own(text, least, most):
    assert "muttered" not in cut_at(text, most)
    assert "muttering" not in cut_at(text, most)
    assert cut_at(text, least).endswith("that the bridge was open")


@pytest.mark.parametrize(
    "text",
    [
        "Venn said that the road was closed and he muttered that the bridge was open.",
        "Venn said that the road was closed and mutters that the bridge is open.",
    ],
)
def test_a_verb_with_a_subject_or_in_another_tense_stays_in_the_content(text):
    assert " mutter" in cut_at(text, 95)


def cut_at(text, hits):
    """What is left of the content of “said” where “mutter” attributes so often in 100."""
    passage = passage_of(text, lexicon_of(say=95, mutter=hits))
    said = token_of(passage, "said")
    whole = said + 1, len(passage.parse.words) - 2
    return words_of(passage, cut_tail(passage, whole, said)[0])


def test_a_cue_that_is_cut_off_finds_the_source_of_the_one_before():
    text = "Orla Venn said the mayor knew the road was closed, adding that the bridge was open."
    assert sources_of(text) == {"said": "Orla Venn", "knew": "the mayor", "adding": "Orla Venn"}


def test_cutting_leaves_the_parse_as_it_was():
    passage = passage_of(PARTICIPLE, lexicon_of(say=95, mutter=90))
    before = passage.parse
    copy = before._replace(kids=tuple(map(tuple, before.kids)))
    draft_passage(passage)
    assert passage.parse is before
    assert before == copy


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        (", and so – ", "and so"),
        ("so (as it was)", "so (as it was)"),
        ("so as it was)", "so as it was"),
        ("“so.”", "“so.”"),
        (" ,.;", None),
    ],
)
def test_the_ends_are_trimmed_of_what_nobody_says(text, trimmed):
    span = trim(text, 0, len(text))
    assert (span and text[slice(*span)]) == trimmed


def test_a_content_ends_with_the_quoted_sentence_that_it_holds():
    text = "Venn said this was “a gift to the whole of the valley.” of Marrin."
    passage = passage_of(text)
    last = len(passage.parse.words) - 2
    assert [text[a:b] for a, b in to_pieces(passage, [(2, last)], 1)] == [
        "this was “a gift to the whole of the valley.”"
    ]


def test_a_closing_mark_stays_where_a_tail_was_cut():
    passage = passage_of("Venn said that it was “a gift”, muttering so.", lexicon_of(mutter=90))
    phrase, _ = cut_tail(passage, (2, token_of(passage, "so")), 1)
    assert words_of(passage, phrase) == "that it was “a gift”"


def test_an_infinitive_is_no_cue_like_an_infinitive():
    passage = passage_of("Venn wants to say so and mutter it.", lexicon_of(say=90, mutter=90))
    phrase, _ = cut_tail(passage, (4, token_of(passage, "it")), token_of(passage, "say"))
    assert words_of(passage, phrase) == "so and mutter it"


def test_phrases_with_a_preposition_between_are_one_piece():
    passage = passage_of("Venn praised the miners for their work and the town.")
    assert to_pieces(passage, [(2, 3), (5, 6)], 1) == [(13, 38)]
    assert to_pieces(passage, [(2, 3), (8, 9)], 1) == [(13, 23), (43, 51)]


def test_a_participle_ends_a_content_after_a_comma_inside_a_mark():
    text = "Venn said the road was “gone for good,” muttering that the bridge was open."
    assert cut_at(text, 60).endswith("gone for good,”")


def test_what_is_done_beside_saying_is_cut_off():
    text = "Venn responded by closing the pier and saying that it would be mended."
    assert contents_of(text) == {
        "responded": "closing the pier",
        "saying": "that it would be mended",
    }
    assert sources_of(text)["saying"] == "Venn"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Venn seemed to blame the council for the flood.", {"blame": "Venn"}),
        ("Venn appeared to confirm that the road was closed.", {"confirm": "Venn"}),
        ("Venn seemed to be ill.", {"seemed": None}),  # no cue follows
        ("Venn wants to blame the council.", {"wants": "Venn"}),  # a cue that names somebody
    ],
)
def test_who_seems_to_say_something_is_its_source(text, said):
    assert sources_of(text).items() >= said.items()
    assert not {"seemed", "appeared"} & (sources_of(text).keys() - said.keys())
