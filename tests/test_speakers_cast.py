"""Who bears which name in an article, and which blocks tell it."""

import dateline as dl
import pandas as pd
from dateline.speakers.cast import Cast, gather_known
from dateline.speakers.name import Stretch
from speaker_articles import build_articles, mark, name_speakers


def test_gender_is_learnt_from_the_pronouns_of_the_article():
    text = "Quill Sarre, a diver, came. She was late. Tom Vark slept. “Sorry,” she said."
    assert name_speakers(text, ("” |she", "“Sorry,”")) == ["Quill Sarre"]


def test_a_title_tells_two_of_one_surname_apart():
    text = "Anna Vark met Tom Vark. “Yes,” Ms Vark said. “No,” said Mr Vark."
    rows = [("” |Ms Vark", "“Yes,”"), ("said |Mr Vark", "“No,”")]
    assert name_speakers(text, *rows) == ["Anna Vark", "Tom Vark"]


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
    assert mentions.set_index("text")["speaker_id"].to_dict() == {
        "Tom Vark": "tom-vark",
        "Otto Brenn": "otto-brenn",
        "he": "tom-vark",
        "Brenn": "otto-brenn",
    }
    assert speakers["roles"].tolist() == [["harbour master"], []]


def test_a_heading_with_a_source_introduces_nobody():
    heading = "Salt Boss Brenn says the ferry was late."
    text = f"{heading}\nOtto Brenn was sorry. “It was late,” Brenn said."
    spans = [(0, 14)]
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
