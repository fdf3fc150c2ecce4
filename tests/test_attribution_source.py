"""Sources: who says it, as the sentence mentions them, and None where nobody is named."""

import pytest
from dateline.attribution.source import find_source, find_tail, span_of_mention
from passages import passage_of, token_of, words_of

# text, the cue, its source
SOURCES = {
    "the subject": ("Venn and her ministers warned of it.", "warned", "Venn and her ministers"),
    "an inverted subject": ("“It is so,” said Orla Venn.", "said", "Orla Venn"),
    "a name behind the cue, but not whom it speaks to": (
        "The pier will stay closed, said Orla Venn to the crowd which had gathered there.",
        "said",
        "Orla Venn",
    ),
    "but whom a role serves": (
        "The pier will stay closed, said an aide to the mayor.",
        "said",
        "an aide to the mayor",
    ),
    "of two subjects the one beside the verb": (
        "Union spokesman the Rev. Ilan Marl told reporters that the road was closed.",
        "told",
        "the Rev. Ilan Marl",
    ),
    "the agent of a passive": (
        "It was reported by the Courier that the road was closed.",
        "reported",
        "the Courier",
    ),
    "a document that a passive stands in": (
        "It was reported in a letter that the road was closed.",
        "reported",
        "a letter",
    ),
    "nobody in a passive without an agent": ("Venn was told that it was so.", "told", None),
    "a state is no passive": ("Farmers are split on the road.", "split", "Farmers"),
    "’s may be has": ("He’s predicted wins for the town.", "predicted", "He"),
    "nobody who is only asked": ("Asked whether it was safe, she said yes.", "Asked", None),
    "nobody where it is easy for anybody": ("It is easy to blame the council.", "blame", None),
    "but whoever is ready to": ("Venn is ready to blame the council.", "blame", "Venn"),
    "the name that closes the sentence": (
        "The road will stay closed until May, reported the Courier.",
        "reported",
        "the Courier",
    ),
    "whoever is made to say it": (
        "Venn persuaded the mayor to say that the road was closed.",
        "say",
        "the mayor",
    ),
    "whoever issued the statement": (
        "Orla Venn issued a statement saying that the road was closed.",
        "saying",
        "Orla Venn",
    ),
    "whoever wrote the letter to another": (
        "In a letter to the mayor urging calm, Venn wrote at length.",
        "urging",
        "Venn",
    ),
    "the main subject for a participle": (
        "Marl pressed on, insisting the road was closed.",
        "insisting",
        "Marl",
    ),
    "the owner of a noun": ("It is Venn's view that the road is closed.", "view", "Venn's"),
    "she, who repeats her own claim": (
        "Orla Venn repeated her claim that the road was closed.",
        "claim",
        "Orla Venn",
    ),
    "by whom a noun is": ("The claim by Orla Venn that it was so fell.", "claim", "Orla Venn"),
    "from whom a noun is": (
        "A warning from Orla Venn that the bridge was weak came late.",
        "warning",
        "Orla Venn",
    ),
    "among whom a noun is": (
        "There was a fear among farmers that the river would rise.",
        "fear",
        "farmers",
    ),
    "of whom a noun with a clause is": (
        "The belief of the farmers that the river would rise was strong.",
        "belief",
        "the farmers",
    ),
    "the subject of a noun's verb": (
        "Venn made a promise that the road would open.",
        "promise",
        "Venn",
    ),
    "who has an adjective": ("Orla Venn is sure that the road is closed.", "sure", "Orla Venn"),
    "who has the adjective before": ("Venn was angry and afraid of it.", "afraid", "Venn"),
    "nobody, where a noun has an of and no clause": ("The hope of rain grew.", "hope", None),
    "nobody who was told, also where told is taken for a main verb": (
        "Told that the road was closed, Venn laughed.",
        "Told",
        None,
    ),
    "whoever turns to others": (
        "Venn spent years in the run-up to the vote portraying Marl as weak.",
        "portraying",
        "Venn",
    ),
    "the name before a noun": ("Venn proposals to close the road failed.", "proposals", "Venn"),
    "no adjective before a noun": ("Ruvian plans to close the road failed.", "plans", None),
    "a name that is a verb as well": ("“It is so,” Will wrote.", "wrote", "Will"),
    "no verb that opens a command": ("Don’t believe it.", "believe", None),
    "nobody in a quotation": (
        "“We hold the line until the spring,” read one.",
        "read",
        None,
    ),
    "the head of the noun phrase before, where the parse has lost the subject": (
        "Edison Research, majorities of voters in Alm, Bren and Virn want a continuation.",
        "want",
        "Edison Research",
    ),
    "the subject of a main verb that the parse takes for a participle": (
        "A Marrin University poll found last week that Venn would win.",
        "found",
        "A Marrin University poll",
    ),
    "the object of according to": (
        "The road is closed, according to a person close to Venn.",
        "according",
        "a person close to Venn",
    ),
    "the whole of a noun phrase": ("Attorneys for Venn say so.", "say", "Attorneys for Venn"),
    "but not the clause that hangs on it": ("Venn, who won, said so.", "said", "Venn"),
}


@pytest.mark.parametrize("case", SOURCES)
def test_the_source_is(case):
    text, cue, source = SOURCES[case]
    passage = passage_of(text)
    assert words_of(passage, find_source(passage.parse, token_of(passage, cue))) == source


def test_a_closing_name_ends_its_sentence():
    passage = passage_of("The road will stay closed until May, reported the Courier on Monday.")
    assert find_tail(passage.parse, token_of(passage, "reported")) is None


def test_a_mention_ends_before_the_cue_that_stands_in_it():
    passage = passage_of("The mayor of Marrin and Orla said so.")
    mayor, orla = token_of(passage, "mayor"), token_of(passage, "Orla")
    assert words_of(passage, span_of_mention(passage.parse, mayor, orla)) == "The mayor of Marrin"
