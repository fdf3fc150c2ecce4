"""Who bears which name in an article, and which blocks tell it."""

import dateline as dl
import pandas as pd
import pytest
from dateline.speakers.cast import Cast, gather_known
from dateline.speakers.names.name import Stretch
from speaker_articles import build_articles, mark, name_speakers


def test_gender_is_learnt_from_the_pronouns_of_the_article():
    text = "Quill Sarre, a diver, came. She was late. Tom Vark slept. “Sorry,” she said."
    assert name_speakers(text, ("” |she", "“Sorry,”")) == ["Quill Sarre"]


def test_a_title_tells_two_of_one_surname_apart():
    text = "Anna Vark met Tom Vark. “Yes,” Ms Vark said. “No,” said Mr Vark."
    rows = [("” |Ms Vark", "“Yes,”"), ("said |Mr Vark", "“No,”")]
    assert name_speakers(text, *rows) == ["Anna Vark", "Tom Vark"]


def test_a_title_that_one_of_two_bears_is_that_ones():
    text = "Constable Tom Vark met Otto Vark. “Yes,” Constable Vark said. “No,” Vark said."
    rows = [("” |Constable Vark", "“Yes,”"), ("” |Vark", "“No,”")]
    assert name_speakers(text, *rows) == ["Tom Vark", ["Otto Vark", "Tom Vark"]]


def test_what_a_body_is_called_before_and_after_its_name_is_its_role():
    text = "Car maker Orrin Vale fell. “No,” the car maker said."
    assert name_speakers(text, ("” |the car maker", "“No,”")) == ["Orrin Vale"]
    text = "Orrin Vale fell. “No,” the airline said. It rained. “Yes,” Orrin Vale said."
    rows = [("” |the airline", "“No,”"), ("” |Orrin Vale", "“Yes,”")]
    assert name_speakers(text, *rows) == ["Orrin Vale"] * 2


def test_whoever_bore_the_surname_alone_before_keeps_it():
    text = "Tom Vark came. Vark sat down. His sister Anna Vark slept. “No,” Vark said."
    assert name_speakers(text, ("” |Vark", "“No,”")) == ["Tom Vark"]


def test_one_more_bearer_of_a_surname_leaves_it_open():
    text = "Tom Vark came. At the wheel was a Vark: his son Otto Vark. “No,” Vark said."
    assert name_speakers(text, ("” |Vark", "“No,”")) == [["Otto Vark", "Tom Vark"]]


def test_a_title_of_the_other_gender_is_of_somebody_else():
    text = "Ilse Brenn came with Mr. Brenn. “No,” Ms. Brenn said. “Yes,” Mr. Brenn said."
    rows = [("” |Ms. Brenn", "“No,”"), ("” |Mr. Brenn", "“Yes,”")]
    assert name_speakers(text, *rows) == ["Ilse Brenn", "Brenn"]


def block(text, kind, words):
    """A block of this kind that these words of a text are."""
    start = text.index(words)
    return Stretch(kind, start, start + len(words))


HEADED = """Salt Boss Slams Brenn Over Late Ferry

By Otto Brenn

ORRIN DALE, 3 May — The ferry was late.

Ilse Brenn, the harbour master, was sorry. “It was late,” Brenn said.

Read more: Anna Brenn on the price of salt
"""


def test_only_body_text_tells_who_bears_a_surname():
    rows = [("Brenn, the harbour master, was sorry. “It was late,” |Brenn", "“It was late,”")]
    articles = build_articles(a=HEADED)
    attributions = mark(articles, ("a", "late,” |Brenn", "“It was late,”"))
    kinds = dl.find_blocks(articles)["kind"].tolist()
    assert kinds == ["heading", "byline", "dateline", "body", "body", "trailer"]
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    assert speakers["name"].tolist() == ["Ilse Brenn"]
    assert mentions["status"].tolist() == ["resolved", "resolved"]
    assert name_speakers(HEADED, *rows) == ["Ilse Brenn"]


def test_blocks_that_are_given_are_used():
    articles = build_articles(a=HEADED)
    attributions = mark(articles, ("a", "late,” |Brenn", "“It was late,”"))
    blocks = dl.find_blocks(articles)
    found = dl.resolve_speakers(attributions, articles, blocks=blocks)
    pd.testing.assert_frame_equal(found.mentions, dl.resolve_speakers(attributions, articles)[0])
    open_ones = dl.resolve_speakers(attributions, articles, blocks=blocks.assign(kind="body"))
    assert "candidate" in open_ones.mentions["status"].tolist()


def test_a_caption_introduces_whom_no_pronoun_of_the_body_means():
    caption = "Caption: Otto Brenn, the harbour master, on the pier"
    text = f"Tom Vark came.\n\n{caption}\n\n“It was late,” he said. Brenn slept."
    articles = build_articles(a=text)
    attributions = mark(articles, ("a", "” |he", "“It was late,”"), ("a", "said. |Brenn", "slept"))
    blocks = dl.find_blocks(articles)
    assert blocks["kind"].tolist() == ["body", "caption", "body"]
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    assert mentions["status"].tolist() == ["resolved"] * 4
    assert mentions.set_index("text")["speaker_id"].to_dict() == {
        "Tom Vark": "tom-vark",
        "Otto Brenn": "otto-brenn",
        "he": "tom-vark",
        "Brenn": "otto-brenn",
    }
    assert speakers["roles"].tolist() == [["harbour master"], []]


def test_a_heading_with_a_source_introduces_nobody():
    heading = "Ilse Brenn says that the ferry was late."
    text = f"{heading}\nOtto Brenn was sorry. “It was late,” Brenn said."
    spans = [(0, 10)]
    cast = Cast(text, spans, [block(text, "heading", heading)])
    cast.gather(gather_known([cast]))
    assert [speaker.name for speaker in cast.people()] == ["Otto Brenn"]
    assert cast.text == text
    assert Cast(text, [], [block(text, "heading", heading)]).text[:41] == "\n" * 40 + "\n"


def test_what_is_no_body_is_the_end_of_no_sentence_of_the_body():
    text = "HALVIK, 3 May — The mayor left. It rained."
    cast = Cast(text, [], [block(text, "dateline", "HALVIK, 3 May —")])
    assert [text[begin:].strip() for begin in cast.sentences][1:] == [
        "The mayor left. It rained.",
        "It rained.",
    ]


def test_surnames_are_known_to_all_articles_from_one():
    casts = [Cast("Ilse Orrin, the mayor, left.", []), Cast("Otto Brenn Jr., a diver, left.", [])]
    known = gather_known(casts)
    assert known.names == {"ilse orrin", "otto brenn jr"}
    assert known.surnames == {"orrin", "jr"}


def name_people(text, *spans):
    cast = Cast(text, spans)
    cast.gather(gather_known([cast]))
    return [speaker.name for speaker in cast.people()]


def find_genders(text):
    cast = Cast(text, [])
    cast.gather(gather_known([cast]))
    return [speaker.gender for speaker in cast.people()]


def test_an_initial_is_read_after_the_whole_names_that_it_fits():
    assert name_people("W. Orrin left. William Orrin and Walter Orrin slept.", (0, 8)) == [
        "William Orrin",
        "Walter Orrin",
    ]


def test_initials_of_three_letters_are_the_body_that_has_them():
    text = "The Salt Marsh Council met. The SMC said no."
    assert name_speakers(text, ("The SMC", "no")) == ["Salt Marsh Council"]
    text = "The Salt Council met. The SC said no."
    assert name_speakers(text, ("The SC", "no")) == ["SC"]


def test_a_surname_is_not_whom_the_article_always_names_in_full():
    text = "Tom Vark came. Anna Vark slept. {} “No,” Vark said."
    row = ("” |Vark", "“No,”")
    assert name_speakers(text.format("Anna Vark left."), row) == [["Anna Vark", "Tom Vark"]]
    assert name_speakers(text.format("Anna Vark left. Anna Vark sang."), row) == ["Tom Vark"]
    three = text.format("Jan Vark sat. Anna Vark left. Anna Vark sang.")
    assert name_speakers(three, row) == [["Anna Vark", "Jan Vark", "Tom Vark"]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Quill Sarre, who slept, left.", ["Quill Sarre"]),
        ("Quill Sarre, 34, left.", ["Quill Sarre"]),
        ("The diver Quill Sarre left.", ["Quill Sarre"]),
        ("Quill Sarre, the mayor, left.", ["Quill Sarre"]),
        ("The Quill Sarre, who slept, left.", []),
        ("Quill Sarre Abel Bran Corl, who slept, left.", ["Quill Sarre Abel Bran Corl"]),
        ("Quill Sarre Abel Bran Corl Dunn, who slept, left.", []),
        ("Ilse Orrin left. Ilse Bea Orrin slept.", ["Ilse Bea Orrin"]),
        ("Quill Sarre left.", []),
        ("Anna Pell left.", ["Anna Pell"]),
        ("Mr Pell left.", ["Pell"]),
        ("The Anna Pell Council left.", []),
    ],
)
def test_who_is_a_person_by_the_words_or_what_stands_beside(text, people):
    assert name_people(text) == people


def test_a_source_is_a_persons_name():
    assert name_people("Quill Sarre said no.", (0, 11)) == ["Quill Sarre"]
    assert name_people("Sarre said no. Quill Sarre left.", (0, 5)) == ["Quill Sarre"]


def test_how_prominent_a_name_is_in_its_sentence():
    text = (
        "Anna Pell left. The crew greeted Tom Vark. For Otto Brenn it rained. Then Jan Orrin left."
    )
    cast = Cast(text, [])
    assert [cast.salience(name) for name in cast.names if len(name.words) > 1] == [2, 0.5, 0, 2]
    text = "Anna Pell’s crew left. The crew saw Tom Vark’s boat. We saw that Jan Orrin left."
    cast = Cast(text, [])
    assert [cast.salience(name) for name in cast.names] == [1, 0, 1]


def test_a_name_that_only_tells_whose_a_thing_is_is_less_prominent():
    text = "Anna Pell left. The Pell approach rests. Pell supporters rest. Pell rested."
    cast = Cast(text, [])
    cast.gather(gather_known([cast]))
    assert [cast.salience(name) for name in cast.names] == [2, 1, 1, 2]


def test_gender_is_told_by_a_pronoun_that_opens_the_next_sentence_before_one_further_on():
    assert find_genders("Quill Sarre, a diver, saw his boat. She left.") == ["f"]
    assert find_genders("Quill Sarre, a diver, saw his boat. It left.") == ["m"]


def test_gender_is_told_by_no_pronoun_that_may_be_anothers():
    assert find_genders("Quill Sarre, a diver, met Tom Vark and his dog.") == ["", "m"]
    assert find_genders("The crew met Quill Sarre, a diver. She left.") == [""]


def test_apart_is_obeyed_within_an_article():
    cast = Cast("William Orrin left. W. Orrin slept.", [(20, 28)])
    pair = {"william orrin", "w orrin"}
    cast.gather(gather_known([cast]), lambda one, other: {one, other} == pair)
    assert [speaker.name for speaker in cast.people()] == ["William Orrin", "W. Orrin"]


def test_no_gender_is_told_by_a_pronoun_that_is_quoted():
    text = "Quill Sarre, a diver, said the boat would go “to her natural harbour”. He left."
    assert find_genders(text) == ["m"]


def test_two_people_of_unlisted_names_are_told_by_an_age_or_who():
    text = "Suhar, 34, left. The 9-year-old Mirel slept. So did Beat, who was late."
    assert name_people(text) == ["Suhar", "Mirel", "Beat"]


def test_a_short_form_of_a_full_name_is_the_same_person():
    text = "Ana van der Brenn, the mayor, came. Van der Brenn slept. Ortiz Calvo left. "
    text += "Eva Ortiz Calvo, a diver, sang."
    assert name_people(text) == ["Ana van der Brenn", "Eva Ortiz Calvo"]


def test_a_full_name_is_a_persons_where_its_last_word_alone_is():
    assert name_people("It was won by Ilk Stenmar. Stenmar, who slept, left.") == ["Ilk Stenmar"]
    assert name_people("It was won by Ilk Stenmar. Ms. Stenmar left.") == ["Ilk Stenmar"]


def test_an_owner_before_a_name_is_no_part_of_it():
    assert name_people("Labour’s Quill Sarre said no.", (0, 21)) == ["Quill Sarre"]


def test_places_and_groups_are_no_people_though_they_speak():
    text = "New Halmere said no. Copper Palace said yes. Orrin Republicans said maybe."
    spans = [(0, 11), (21, 34), (45, 62)]
    assert name_people(text, *spans) == []
