"""Mending: bare verbs, told clauses and what a colon announces hang where they belong."""

import pytest
from dateline.attribution.mend import mend_announced, mend_coordination, mend_told
from passages import parse_of, passage_of, token_of

COORDINATION = [
    ("plan", "NN", "ROOT", 0),
    ("to", "TO", "aux", 2),
    ("cut", "VB", "acl", 0),
    ("taxes", "NNS", "dobj", 2),
    ("raise", "VB", "conj", 0),
    ("pay", "NN", "dobj", 4),
]


def test_a_bare_verb_is_hung_on_the_infinitive_before_it():
    parse = parse_of(*COORDINATION)
    mended = mend_coordination(parse)
    assert mended.heads == (0, 2, 0, 2, 2, 4)
    assert mended.kids == ((2,), (), (1, 3, 4), (), (5,), ())
    assert (mended.left, mended.right) == ((0, 1, 1, 3, 4, 5), (5, 1, 5, 3, 5, 5))
    assert parse == parse_of(*COORDINATION)  # the first one stays as it was


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (1, ("will", "NN", "nsubj", 2)),  # no infinitive before it
        (4, ("raised", "VBD", "conj", 0)),  # no bare verb
        (5, ("it", "PRP", "nsubj", 4)),  # a subject of its own
    ],
)
def test_other_verbs_stay_where_they_hang(place, row):
    parse = parse_of(*COORDINATION[:place], row, *COORDINATION[place + 1 :])
    assert mend_coordination(parse) == parse


def test_coordination_is_mended_in_a_passage():
    text = "Both towns repeated their intention to widen trade, mend roads, and rebuild the bridge."
    parse = passage_of(text).parse
    widen, mend = parse.words.index("widen"), parse.words.index("mend")
    assert parse.heads[mend] == widen
    assert parse.right[widen] == parse.words.index("bridge")


def test_a_bare_verb_is_hung_on_the_first_of_joined_infinitives():
    joined = [
        *COORDINATION[:4],
        ("to", "TO", "aux", 5),
        ("lift", "VB", "conj", 2),
        ("fees", "NNS", "dobj", 5),
        ("raise", "VB", "conj", 0),
    ]
    assert mend_coordination(parse_of(*joined)).heads[7] == 2


@pytest.mark.parametrize(
    "text",
    [
        "Venn complained to a crowd in Marrin that the pier was closed.",
        "Venn told reporters in Marrin that the pier was closed.",
    ],
)
def test_what_is_told_to_somebody_hangs_on_the_verb(text):
    parse = passage_of(text).parse
    closed = parse.words.index("closed")
    assert (parse.heads[closed], parse.deps[closed]) == (1, "ccomp")
    assert parse.right[1] == closed + 1
    assert parse.right[parse.words.index("in")] == parse.words.index("Marrin")


TOLD = [
    ("Venn", "NNP", "nsubj", 1),
    ("complained", "VBD", "ROOT", 1),
    ("to", "IN", "prep", 1),
    ("them", "PRP", "pobj", 2),
    ("that", "IN", "mark", 6),
    ("it", "PRP", "nsubj", 6),
    ("sank", "VBD", "relcl", 3),
]


def pos_of(parse):
    names = {"V": "VERB", "N": "NOUN", "P": "PRON", "I": "ADP", "W": "PRON"}
    return parse._replace(pos=tuple(names[tag[0]] for tag in parse.tags))


def test_a_clause_is_told_by_a_verb_that_tells():
    assert mend_told(pos_of(parse_of(*TOLD))).heads[6] == 1


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (1, ("responded", "VBD", "ROOT", 1)),  # one responds to a claim that ...
        (2, ("of", "IN", "prep", 1)),
        (4, ("that", "WDT", "nsubj", 6)),  # a relative pronoun
    ],
)
def test_other_clauses_stay_where_they_hang(place, row):
    parse = pos_of(parse_of(*TOLD[:place], row, *TOLD[place + 1 :]))
    assert mend_told(parse) == parse


def test_a_quotation_hangs_on_the_verb_before_its_colon():
    text = "The ferry stopped, with one rider writing: “We were cold, and nobody came to help.”"
    passage = passage_of(text)
    (clause,) = (k for k in passage.parse.kids[token_of(passage, "writing")] if k > 9)
    assert passage.parse.deps[clause] == "ccomp"
    assert passage.to_span((clause, clause)) == (text.index("We"), text.index("”"))


def test_what_hangs_there_already_or_stands_in_another_sentence_stays():
    rows = [
        ("Venn", "NNP", "nsubj", 1),
        ("wrote", "VBD", "ROOT", 1),
        (":", ":", "punct", 1),
        ("It", "PRP", "nsubj", 4),
        ("sank", "VBD", "ccomp", 1),
    ]
    for head in (1, 4):
        parse = parse_of(*rows[:-1], ("sank", "VBD", "ccomp", head))
        parse = parse._replace(pos=("PROPN", "VERB", "PUNCT", "PRON", "VERB"))
        assert mend_announced(parse) == parse
