"""Whom a later word means: who was named, who spoke, and where."""

import dateline as dl
import pytest
from speaker_articles import build_articles, mark, name_speakers


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


def test_of_two_as_near_the_one_who_spoke_is_meant():
    text = "Otto Brenn listened. “It rained,” Tom Vark said. “It stopped,” he said."
    rows = [("” |Tom Vark", "“It rained,”"), ("stopped,” |he", "“It stopped,”")]
    assert name_speakers(text, *rows) == ["Tom Vark", "Tom Vark"]


def test_who_is_named_in_a_quotation_is_not_meant_outside_of_it():
    text = "Tom Vark slept. “Otto Brenn is late,” Anna Pell said. He said it rained."
    rows = [("” |Anna Pell", "“Otto Brenn is late,”"), ("He", "it rained")]
    assert name_speakers(text, *rows) == ["Anna Pell", "Tom Vark"]


def test_many_names_between_do_not_hide_who_is_meant():
    others = "Tom Vark, Otto Brenn, Jan Orrin, Karl Lund, Josef Marr and Peter Quill"
    text = f"Anna Pell met {others}. She said it rained."
    assert name_speakers(text, ("She", "it rained")) == ["Anna Pell"]


def test_a_narrated_sentence_between_makes_an_antecedent_less_likely():
    text = "Tom Vark slept. It rained. The crew met Otto Brenn. He said no."
    assert name_speakers(text, ("He", "no")) == ["Otto Brenn"]
    quoted = "Tom Vark slept. “It rained. The crew met Otto Brenn.” He said no."
    rows = [(None, "“It rained. The crew met Otto Brenn.”"), ("He", "no")]
    assert name_speakers(quoted, *rows) == [None, "Tom Vark"]


def test_who_opens_a_sentence_is_meant_before_who_is_named_further_on():
    text = "Tom Vark greeted the crew of Otto Brenn. He said no."
    assert name_speakers(text, ("He", "no")) == ["Tom Vark"]


def test_who_is_named_more_often_is_meant_of_two_as_near():
    text = "The crew met Tom Vark and met Otto Brenn. He said no." + " Tom Vark slept." * 4
    assert name_speakers(text, ("He", "no")) == ["Tom Vark"]


def test_far_away_a_pronoun_stays_open_more_easily():
    text = "The crew met Tom Vark. The crew met Otto Brenn. {}He said no."
    assert name_speakers(text.format(""), ("He", "no")) == ["Otto Brenn"]
    far = text.format("It rained. It rained. ")
    assert name_speakers(far, ("He", "no")) == [["Otto Brenn", "Tom Vark"]]


def test_whom_the_words_name_did_not_say_them_though_nearer():
    text = "Tom Vark came. Otto Brenn was late, he said."
    assert name_speakers(text, ("he", "Otto Brenn was late")) == ["Tom Vark"]


def test_they_are_a_group_or_those_who_spoke_jointly():
    text = "Critics left. Anna Pell and Tom Vark said yes. They said no."
    rows = [("Anna Pell and Tom Vark", "yes"), ("They", "no")]
    assert name_speakers(text, *rows)[1] == "Anna Pell and Tom Vark"
    assert name_speakers("The critics left. They said no.", ("They", "no")) == ["critics"]


def test_it_is_a_body_and_no_person():
    text = "The Salt Council met. Tom Vark left. It said no."
    assert name_speakers(text, ("It", "no")) == ["Salt Council"]


def test_two_are_the_last_two_who_fit():
    text = "Anna Pell met Ilse Orrin and Tom Vark. The two women said no. The two men said yes."
    rows = [("The two women", "no"), ("The two men", "yes")]
    assert name_speakers(text, *rows) == ["Anna Pell and Ilse Orrin", "two men"]


def test_a_subject_that_did_not_speak_is_meant_less_than_who_did():
    text = "The mayor listened. “It rained,” Tom Vark said. “It stopped,” he said."
    rows = [("” |Tom Vark", "“It rained,”"), ("stopped,” |he", "“It stopped,”")]
    assert name_speakers(text, *rows) == ["Tom Vark", "Tom Vark"]


def test_two_are_not_whom_somebody_speaks_of():
    text = "Tom Vark met Jan Orrin. “Otto Brenn is late,” Anna Pell said. The two men said no."
    rows = [("” |Anna Pell", "“Otto Brenn is late,”"), ("The two men", "no")]
    articles = build_articles(a=text)
    mentions, _ = dl.resolve_speakers(mark(articles, *(("a", *row) for row in rows)), articles)
    evidence = mentions[mentions["text"] == "The two men"]["evidence"]
    assert evidence.iloc[0] == "two: two men are Tom Vark and Jan Orrin"


def test_friends_are_those_who_spoke_jointly_a_moment_ago():
    text = "Anna Pell and Tom Vark said yes. {} The friends said no."
    one = "“Oh,” Otto Brenn said."
    row = ("The friends", "no")
    joint = ("Anna Pell and Tom Vark", "yes")
    near = name_speakers(text.format(one), joint, ("” |Otto Brenn", "“Oh,”"), row)
    assert near[-1] == "Anna Pell and Tom Vark"
    far = text.format(one + " Karl Lund said oh. Peter Quill said ah.")
    rows = [("” |Otto Brenn", "“Oh,”"), ("Karl Lund", "oh."), ("Peter Quill", "ah.")]
    assert name_speakers(far, joint, *rows, row)[-1] == "friends"


def test_they_are_two_who_are_named_together():
    text = "The divers slept. Tom Vark and Anna Pell came. They said it rained."
    assert name_speakers(text, ("They", "it rained")) == ["Anna Pell and Tom Vark"]


def test_whoever_is_known_to_be_a_she_goes_before_somebody_unknown():
    text = "Ms. Pell met President Vark. “No,” she said."
    assert name_speakers(text, ("” |she", "“No,”")) == ["Pell"]


def test_who_opens_the_main_clause_is_meant_before_who_asks_in_the_other():
    text = "When a reporter asked whether it rained, Tom Vark smiled. “No,” he said."
    rows = [("a reporter", "it rained"), ("” |he", "“No,”")]
    assert name_speakers(text, *rows) == ["reporter", "Tom Vark"]


def test_what_stands_before_a_pronoun_and_a_comma_says_what_it_is():
    text = "“Oh,” said Ilse Orrin. A diver from Velt who came in May, she said no."
    rows = [("said |Ilse Orrin", "“Oh,”"), ("May, |she", "no")]
    assert name_speakers(text, *rows) == ["Ilse Orrin", "Ilse Orrin"]


def test_an_agency_in_brackets_is_no_it():
    text = "The Salt Council slept. (LPA) “No,” it said."
    assert name_speakers(text, ("” |it", "“No,”")) == ["Salt Council"]


@pytest.mark.parametrize(
    ("text", "pronoun", "speaker"),
    [
        ("It had troubled old divers for years. It was wrong, they said.", "they", "divers"),
        ("It is known that old divers sleep. It was wrong, they said.", "they", "old divers"),
        ("Tom Vark came. Then Vark's aides sang. “No,” they said.", "they", "Tom Vark's aides"),
        ("It moved old divers. It took two. It was wrong, they said.", "they", "divers"),
        ("Ilse Orrin sent a note of three lines. “No,” it said.", "it", "note"),
        ("One letter came late. “No,” it said.", "it", "letter"),
        ("Ilse Orrin and Mayor Tom Vark met divers. “No,” they said.", "they", None),
    ],
)
def test_they_and_it_can_mean_what_has_no_name(text, pronoun, speaker):
    content = "“No,”" if "“" in text else "It was wrong,"
    wanted = speaker or "Ilse Orrin and Tom Vark"
    assert name_speakers(text, (pronoun, content)) == [wanted]
