"""Arguments: which phrases of a sentence may be what was said, and how they join their cue."""

import pytest
from dateline.attribution.argument import find_arguments, find_followers
from passages import passage_of, token_of, words_of

# text, the cue, {construction: words}
ARGUMENTS = {
    "a clause with that": ("Venn said that it was so.", "said", {"that": "that it was so"}),
    "a clause without": ("Venn said it was so.", "said", {"clause": "it was so"}),
    "a clause before": ("It was so, Venn said.", "said", {"clause before": "It was so"}),
    "if is whether": ("Venn asked if it was so.", "asked", {"whether": "if it was so"}),
    "a question": ("Venn asked why it was so.", "asked", {"wh": "why it was so"}),
    "an infinitive": ("Venn wants to close the road.", "wants", {"to": "to close the road"}),
    "an object": ("Venn praised the plan.", "praised", {"object": "the plan"}),
    "a gerund": ("They fear closing the road.", "fear", {"ing": "closing the road"}),
    "what he is deemed": ("He deems it wrong.", "deems", {"object and predicate": "it wrong"}),
    "a small clause": ("Venn helped mend the road.", "helped", {"small clause": "mend the road"}),
    "a clause in whose midst the cue stands": (
        "The bridge, which Orla Venn said was weak, is closed.",
        "said",
        {"wh": "which Orla Venn was weak"},
    ),
    "what an adjective modifies": (
        "An alleged theft of bread.",
        "alleged",
        {"modified": "theft of bread"},
    ),
    "a preposition": ("Venn called for calm.", "called", {"for": "calm"}),
    "an object and what is said of it": (
        "Critics call him a thief of hours.",
        "call",
        {"object and predicate": "him a thief of hours"},
    ),
    "what a view is": (
        "Her view is that the road is closed.",
        "view",
        {"is that": "that the road is closed"},
    ),
    "what the cue is set into": (
        "The road, she said, will stay closed.",
        "said",
        {"around parataxis": "The road will stay closed"},
    ),
    "what as is set into": (
        "The road is closed, as she noted.",
        "noted",
        {"around advcl as": "The road is closed"},
    ),
    "what stands behind a source that is described": (
        "According to the report, published Monday and seen by the Gazette, the ferry sank.",
        "According",
        {"around prep": "the ferry sank"},
    ),
    "but not behind a clause": (
        "According to Venn, while it was limited to one road, the ban was hard.",
        "According",
        {"around prep": "while it was limited to one road, the ban was hard"},
    ),
    "what a closing name ends": (
        "The road will stay closed until May, reported the Courier.",
        "reported",
        {"tail": "The road will stay closed until May"},
    ),
}


def arguments_of(text, cue):
    passage = passage_of(text)
    return {
        argument.construction: " ".join(
            words_of(passage, piece).strip(" ,.") for piece in argument.pieces
        ).strip()
        for argument in find_arguments(passage.parse, token_of(passage, cue))
    }


@pytest.mark.parametrize("case", ARGUMENTS)
def test_an_argument_is(case):
    text, cue, expected = ARGUMENTS[case]
    assert arguments_of(text, cue).items() >= expected.items()


def test_the_it_of_it_seems_is_said_of_nobody():
    assert "subject" not in arguments_of("It seems that the road is closed.", "seems")
    assert arguments_of("The road seems closed.", "seems")["subject"] == "The road"


@pytest.mark.parametrize(
    "text",
    [
        "While the ferry sank, Venn said that it was safe.",
        "Crossing the bridge, Venn said that it was safe.",
        "Venn said that it was safe after he left.",
    ],
)
def test_what_else_was_done_is_no_argument(text):
    assert arguments_of(text, "said").keys() <= {"that", "subject"}


def test_a_clause_on_a_noun_is_no_frame_of_its_verb():
    names = arguments_of("The man who said so left.", "said")
    assert not any(name.startswith("around") for name in names)


def followers_of(text, cue, construction):
    passage = passage_of(text)
    token = token_of(passage, cue)
    found = find_arguments(passage.parse, token)
    chosen = [argument for argument in found if argument.construction == construction]
    return [words_of(passage, phrase) for phrase in find_followers(passage.parse, token, chosen)]


def test_what_is_said_of_an_object_follows_it():
    text = "They described the mayor as a thief on Monday."
    assert followers_of(text, "described", "object") == ["as a thief"]


def test_only_what_stands_right_behind_the_object_follows_it():
    assert followers_of("They praised the mayor on Monday for it.", "praised", "object") == []
    assert followers_of("They praised the mayor for it.", "praised", "for") == []


def test_on_tells_what_it_is_about_or_when_it_was_said():
    assert followers_of("They praised the mayor on her birthday.", "praised", "object") == [
        "on her birthday"
    ]
    assert followers_of("They praised the mayor on Monday.", "praised", "object") == []


def test_nothing_follows_a_clause():
    assert followers_of("They said the mayor lied to the town.", "said", "clause") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Venn issued a statement saying the pier was closed.", set()),
        ("Venn issued a statement.", {"object"}),
        ("Venn issued a statement on the pier.", {"object"}),
        ("Venn issued a licence allowing him to close the pier.", {"object"}),  # says nothing
    ],
)
def test_a_statement_that_says_something_is_no_object_of_its_verb(text, names):
    assert arguments_of(text, "issued").keys() & {"object"} == names


def test_nor_has_it_a_content_of_its_own():
    text = "Venn issued a statement saying the pier was closed."
    assert arguments_of(text, "statement") == {}
    assert arguments_of(text, "saying") == {"clause": "the pier was closed"}
