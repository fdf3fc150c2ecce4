"""Whom a pronoun means, by who was named or spoke before."""

from speaker_articles import name_speakers


def test_a_pronoun_leads_to_the_last_speaker_of_its_gender():
    text = "Anna Pell met Tom Vark. Vark said it rained. He said it would stop. She said no."
    rows = [("Vark. |Vark", "it rained"), ("He", "it would stop"), ("She", "no.")]
    assert name_speakers(text, *rows) == ["Tom Vark", "Tom Vark", "Anna Pell"]


def test_who_is_named_inside_the_words_did_not_say_them():
    text = "Tom Vark came late. “Ask Otto Brenn, he has the keys,” he said."
    assert name_speakers(text, ("” |he", "“Ask Otto Brenn, he has the keys,”")) == ["Tom Vark"]


def test_a_pronoun_that_fits_two_people_as_well_stays_open():
    text = "The storm passed over Otto Brenn and over Tom Vark. “It rained,” he said."
    assert name_speakers(text, ("” |he", "“It rained,”")) == [["Otto Brenn", "Tom Vark"]]


def test_a_pronoun_before_every_name_is_who_is_named_next():
    text = "After he lost, Tom Vark left. “It rained,” Otto Brenn said."
    assert name_speakers(text, ("he", "lost")) == ["Tom Vark"]
    text = "After he lost, it rained. It rained on. Tom Vark left."
    assert name_speakers(text, ("he", "lost")) == [None]
    text = "After he lost, Anna Pell left. Tom Vark left too."
    assert name_speakers(text, ("he", "lost")) == ["Tom Vark"]
