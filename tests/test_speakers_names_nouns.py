"""The noun phrases that name nobody."""

from dateline.speakers.names.nouns import find_plain, find_pronouns, find_subjects
from dateline.words import find_sentences


def test_roles_that_open_a_sentence_are_its_subjects():
    text = "The mayor of Sallow slept. In May, her driver left. It rained. Vark’s boat sank."
    text += " The former mayor left. The old grey harbour mayor sat. The wave rose."
    found = [text[start:end] for start, end in find_subjects(text, find_sentences(text))]
    assert found == ["The mayor", "her driver", "The former mayor", "The old grey harbour mayor"]


def test_pronouns_that_open_a_sentence_go_on_with_somebody():
    text = "He left. But she sat, and he slept. Last month, he swam. It rained on her. “She is."
    found = [text[start:end] for start, end in find_pronouns(text, find_sentences(text))]
    assert found == ["He", "she", "he", "She"]


def test_groups_and_documents_begin_where_a_word_bounds_them():
    text = "She sent a short letter. It troubled farmers that old divers of crews slept. "
    text += "Pilots left. One letter came to him."
    found = [(text[p.start : p.end], p.kind, p.salience) for p in find_plain(text, 0, len(text))]
    assert found == [
        ("short letter", "document", 0.5),
        ("farmers", "group", 0.5),
        ("old divers", "group", 0.5),
        ("crews", "group", 0.0),
        ("Pilots", "group", 2.0),
        ("letter", "document", 2.0),
    ]


def test_the_plural_before_another_noun_is_no_group():
    assert [*find_plain("The divers union met.", 0, 21)] == []
