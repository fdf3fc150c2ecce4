"""The sources of an article, read in its order."""

import dateline as dl
import pytest
from speaker_articles import build_articles, mark, name_speakers


def test_somebody_is_not_the_he_of_their_own_words():
    text = "Otto Brenn came. Tom Vark said that he said no."
    rows = [("Tom Vark", "he said no"), ("that |he", "no")]
    assert name_speakers(text, *rows) == ["Tom Vark", "Otto Brenn"]


def test_who_goes_on_after_a_colon_said_the_words_before_it():
    text = "Otto Brenn came. Tom Vark said that it rained: “No,” he wrote."
    rows = [("Tom Vark", "it rained: “No,” he wrote"), ("” |he", "“No,”")]
    assert name_speakers(text, *rows) == ["Tom Vark", "Tom Vark"]


def test_a_pronoun_that_says_nothing_keeps_whom_it_means_in_mind():
    text = "Otto Brenn slept. Anna Pell met Tom Vark. {} It froze. It rained. He said no."
    near, kept = ("He swam. He dived. He sang.", "It swam. It dived. It sang.")
    rows = ("rained. |He", "no")
    assert name_speakers(text.format(near), rows) == ["Tom Vark"]
    assert name_speakers(text.format(kept), rows) == [["Otto Brenn", "Tom Vark"]]


@pytest.mark.parametrize(
    ("source", "more", "speaker"),
    [
        (
            "Ilse Orrin",
            ", head of the board, an old body, and Tom Vark, a diver,",
            "Ilse Orrin and Tom Vark",
        ),
        (
            "Ilse Orrin",
            ", Tom Vark and Otto Brenn have all",
            "Ilse Orrin and Otto Brenn and Tom Vark",
        ),
        ("Ilse Orrin", ", echoed by Tom Vark and Otto Brenn,", "Ilse Orrin"),
        ("Ilse Orrin", ", who met Tom Vark and Otto Brenn,", "Ilse Orrin"),
        ("unions", ", rowing clubs, and many divers", "unions, rowing clubs and many divers"),
        ("unions", ", which met divers and pilots,", "unions"),
    ],
)
def test_a_source_is_read_on_to_its_cue(source, more, speaker):
    text = f"It rained on {source}{more} said that it was late."
    articles = build_articles(a=text)
    attributions = mark(articles, ("a", f"on |{source}", "it was late"))
    attributions["cue_start"], attributions["cue_end"] = text.index("said"), text.index("said") + 4
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    said = dl.attribute_speakers(attributions, mentions, speakers, articles)
    assert said["speaker"].tolist() == [speaker]


def test_a_spokeswoman_is_she_though_her_council_is_no_woman():
    text = "Tom Vark came. A spokeswoman for the Salt Council said no. {} said yes."
    rows = [("A spokeswoman for the Salt Council", "no")]
    she, he = (name_speakers(text.format(word), *rows, (word, "yes"))[1] for word in ("She", "He"))
    assert (she, he) == ("Salt Council", "Tom Vark")


def test_what_is_said_without_marks_is_no_quotation():
    text = "Otto Brenn slept. Anna Pell said Tom Vark was late. He said no."
    rows = [("Anna Pell", "Tom Vark was late"), ("He", "no")]
    assert name_speakers(text, *rows) == ["Anna Pell", "Tom Vark"]


def test_a_letter_is_by_the_subject_where_it_came_up_and_rather_by_who_spoke():
    row = ("The letter", "no")
    text = "Near Otto Brenn, Anna Pell met him over a letter. The letter says no."
    assert name_speakers(text, row) == ["Anna Pell"]
    text = "Otto Brenn slept over a letter. “Oh,” Tom Vark said. The letter says no."
    assert name_speakers(text, ("” |Tom Vark", "“Oh,”"), row) == ["Tom Vark", "Tom Vark"]


@pytest.mark.parametrize(
    ("caption", "body", "source"),
    [
        ("The crew on the pier. It rained on.", "It passed over Otto Brenn. He said no.", "He"),
        ("Seen at noon. The mayor on the pier slept.", "“It rained, no,” he said.", "” |he"),
    ],
    ids=["no distance", "no subject"],
)
def test_a_caption_between_changes_nothing(caption, body, source):
    text = f"Tom Vark came.\n\nCaption: {caption}\n\n{body}"
    assert dl.find_blocks(build_articles(a=text))["kind"].tolist() == ["body", "caption", "body"]
    said = "“It rained, no,”" if "“" in body else "no"
    assert name_speakers(text, (source, said)) == ["Tom Vark"]
