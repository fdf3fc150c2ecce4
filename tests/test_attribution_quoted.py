"""Quotations: which verb beside them introduces them, or who speaks on."""

import pytest
from dateline.attribution.cues.score import ALONE, LABELLED, SENTENCE_CUE
from dateline.attribution.draft import Draft, draft_passage
from dateline.attribution.quoted import Previous, attach_quotations, find_beside
from passages import beside_lexicon, lexicon_of, passage_of, passages_of, token_of

SPEECH = "“We hold the line until the spring.”"
BEFORE = "“We hold the line until the spring,”"


def attach(text, *, lexicon=None, drafts=None, previous=None):
    """(source, cue, content, rule) of each draft, and what the passage before says further."""
    passage = passage_of(text, lexicon) if isinstance(text, str) else text
    if drafts is None:
        drafts, passage = draft_passage(passage)
    attached, continued = attach_quotations(passage, drafts, previous)
    article = passage.text
    rows = [
        (
            draft.source and article[slice(*draft.source)],
            draft.cue_span and article[slice(*draft.cue_span)],
            " … ".join(article[a:b] for a, b in draft.pieces),
            draft.rule,
        )
        for draft in attached
    ]
    return rows, [article[a:b] for a, b in continued]


@pytest.mark.parametrize(("hits", "rule"), [(20, "beside after"), (10, "alone")])
def test_a_quoted_sentence_takes_even_an_unlikely_verb_beside_it(hits, rule):
    rows, _ = attach(f"{BEFORE} Venn muttered.", lexicon=beside_lexicon(mutter=hits), drafts=[])
    assert [row[3] for row in rows] == [rule]


@pytest.mark.parametrize(("hits", "n_rows"), [(48, 1), (36, 0)])
def test_a_term_takes_a_likely_verb_only(hits, n_rows):
    rows, _ = attach("“so long,” Venn muttered.", lexicon=beside_lexicon(mutter=hits), drafts=[])
    assert len(rows) == n_rows


@pytest.mark.parametrize(("hits", "cues"), [(40, ["told", "muttered"]), (20, ["told"])])
def test_a_quoted_sentence_leaves_its_cue_for_one_after_it(hits, cues):
    text = f"Marl told so of it: {BEFORE} muttered Venn."
    passage = passage_of(text, beside_lexicon(mutter=hits, tell=0))
    token = token_of(passage, "told")
    holder = Draft(token, passage.find_cue(token), (5, 9), ((10, 56),), (0, 4), "object", 0.5)
    rows, _ = attach(passage, drafts=[holder])
    assert [cue for _, cue, _, _ in rows] == cues
    assert rows[-1][2].endswith(BEFORE)


def test_a_quotation_keeps_a_cue_that_stands_after_it():
    passage = passage_of(
        f"{BEFORE} Marl muttered when Venn said so.", beside_lexicon(mutter=90, say=10)
    )
    token = token_of(passage, "said")
    span = passage.to_span((token, token))
    holder = Draft(token, passage.find_cue(token), span, ((0, 36),), None, "clause", 0.5)
    rows, _ = attach(passage, drafts=[holder])
    assert [cue for _, cue, _, _ in rows] == ["said"]


def test_a_verb_within_fifteen_words_is_beside_a_quotation():
    def verbs_after(n):
        passage = passage_of(BEFORE + " the mayor" + " of the old town" * n + " of Marrin said.")
        return [rule for _, rule in find_beside(passage, passage.quotations[0])]

    assert verbs_after(2) == ["beside far"]  # 12 words between
    assert verbs_after(4) == []  # 20 words


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (f"Venn said: {SPEECH}", ["beside colon"]),
        (f"Venn said, {SPEECH}", ["beside comma"]),
        (f"Venn said {SPEECH}", ["beside before"]),
        (f"{BEFORE} Venn said.", ["beside after"]),
        (f"{BEFORE} and Venn left.", []),
        (f"{SPEECH} Venn left.", []),
        (f"{BEFORE} Venn, who won, said.", ["beside far"]),
        (f"{BEFORE} said Venn of the union.", ["beside after"]),
        (f"{BEFORE} of the mine said Venn.", ["beside far"]),
        (f"{BEFORE} Venn says, said and told and thought.", ["beside after", "beside far"]),
        (f"Venn said no. {SPEECH}", []),
    ],
)
def test_a_verb_stands_beside_a_quotation(text, rules):
    passage = passage_of(text)
    assert [rule for _, rule in find_beside(passage, passage.quotations[0])] == rules


def test_the_name_beside_a_quotation_outweighs_the_parse():
    passage = passage_of(f"{BEFORE} Orla Venn of the union said.")
    token = token_of(passage, "said")
    wrong = Draft(token, passage.find_cue(token), (66, 70), ((0, 36),), (1, 3), "clause", 0.9)
    rows, _ = attach(passage, drafts=[wrong])
    assert [row[0] for row in rows] == ["Orla Venn of the union"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (f"Orla Venn agreed. {SPEECH}", ("Orla Venn", "agreed", SPEECH, "sentence before")),
        (f"Orla Venn smiled. {SPEECH}", ("Orla Venn", None, SPEECH, "named before")),
        (f"The day was long. {SPEECH}", (None, None, SPEECH, "alone")),
        (f"{SPEECH} Orla Venn left.", (None, None, SPEECH, "alone")),
        (f"Orla Venn would agree. {SPEECH}", ("Orla Venn", None, SPEECH, "named before")),
        (f"{SPEECH} – Orla Venn", ("Orla Venn", None, SPEECH, "dash")),
        (f"{SPEECH} – Orla Venn, Marrin.", ("Orla Venn, Marrin", None, SPEECH, "dash")),
        (f"{SPEECH} – her own aunt", (None, None, SPEECH, "alone")),
        (f"{SPEECH} – Orla Venn left in haste", (None, None, SPEECH, "alone")),
    ],
)
def test_a_quotation_without_a_cue_beside_it(text, row):
    assert attach(text)[0] == [row]


@pytest.mark.parametrize(("hits", "rule"), [(60, "sentence before"), (40, "named before")])
def test_a_sentence_before_introduces_a_quotation_by_a_likely_cue_only(hits, rule):
    rows, _ = attach(f"Orla Venn muttered. {SPEECH}", lexicon=lexicon_of(mutter=hits))
    assert [row[3] for row in rows] == [rule]


def test_a_quotation_joins_the_last_quoted_one_before_what_is_not_quoted():
    rows, _ = attach(f"{BEFORE} Venn said. She thinks that it was so. {SPEECH}")
    assert [row[2] for row in rows] == [f"{BEFORE} … {SPEECH}", "that it was so"]


def test_a_quotation_does_not_join_what_comes_after_it():
    rows, _ = attach(f"{SPEECH} Marl thinks that it was so.")
    assert [row[2] for row in rows] == ["that it was so", SPEECH]


def test_a_quotation_joins_the_last_one_of_its_paragraph():
    rows, _ = attach(f"{BEFORE} Venn said. {SPEECH}")
    assert rows == [("Venn", "said", f"{BEFORE} … {SPEECH}", "clause before")]


def previous_of(text):
    passage, after = passages_of(text)
    drafts, passage = draft_passage(passage)
    drafts, _ = attach_quotations(passage, drafts, None)
    return Previous(passage, drafts[-1] if drafts else None), after


def test_who_was_quoted_last_speaks_on_in_the_next_paragraph_in_a_row_of_its_own():
    previous, after = previous_of(f"{BEFORE} Venn said.\n\n{SPEECH}")
    assert attach(after, previous=previous) == ([("Venn", None, SPEECH, "speaks on")], [])


def test_a_quotation_that_was_left_open_goes_on_in_the_next_paragraph():
    previous, after = previous_of(f"{BEFORE} Venn said. “And we stay.\n\n{SPEECH}")
    assert attach(after, previous=previous) == ([], [SPEECH])


@pytest.mark.parametrize(
    ("before", "lead", "speech"),
    [
        (f"{BEFORE} Venn said.", "The mood was different. ", SPEECH),
        (f"{BEFORE} Venn said. Marl left in haste.", "", SPEECH),
        (f"{BEFORE} Venn said.", "", "“Hear, hear, hear!”"),
        (f"{SPEECH}", "", SPEECH),
    ],
)
def test_where_other_words_come_between_nobody_speaks_on(before, lead, speech):
    previous, after = previous_of(f"{before}\n\n{lead}{speech}")
    assert attach(after, previous=previous) == ([(None, None, speech, "alone")], [])


def test_who_is_named_since_the_last_quotation_speaks():
    rows, _ = attach(f"{BEFORE} Venn said. Marl was happier: {SPEECH}")
    assert [(row[0], row[2]) for row in rows] == [("Venn", BEFORE), ("Marl", SPEECH)]
    rows, _ = attach(f"{BEFORE} Venn said. Venn was happy. {SPEECH}")
    assert [row[2] for row in rows] == [f"{BEFORE} … {SPEECH}"]


def test_who_was_not_quoted_does_not_speak_on():
    previous, after = previous_of(f"Venn said that it was so.\n\n{SPEECH}")
    assert attach(after, previous=previous) == ([(None, None, SPEECH, "alone")], [])


def test_a_cue_that_ends_a_paragraph_in_a_colon_announces_the_next():
    previous, after = previous_of(f"Venn wrote to her friends:\n\n{SPEECH}")
    assert attach(after, previous=previous) == ([("Venn", "wrote", SPEECH, "announced")], [])


def test_the_last_draft_of_a_paragraph_may_announce_the_next_itself():
    previous, after = previous_of(f"Venn called for calm:\n\n{SPEECH}")
    assert attach(after, previous=previous) == ([], [SPEECH])


def test_a_label_is_surer_than_a_sentence_before_and_that_than_a_dash():
    assert ALONE < SENTENCE_CUE < LABELLED


def test_a_source_never_lies_in_the_quotation_that_it_says():
    passage = passage_of(f"{SPEECH} It was said.")
    token = token_of(passage, "said")
    wrong = Draft(token, passage.find_cue(token), (44, 48), ((0, 36),), (1, 3), "clause", 0.9)
    rows, _ = attach(passage, drafts=[wrong])
    assert [row[0] for row in rows] == [None]
