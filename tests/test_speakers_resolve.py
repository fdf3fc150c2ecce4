"""The frames of speakers: mentions, speakers, said, and that they are the same on every run."""

import os
import re
import subprocess
import sys

import dateline as dl
import pandas as pd
import pytest
from dateline.frames import build_frame, empty_frame
from dateline.speakers import resolve
from hypothesis import given, settings
from hypothesis import strategies as st
from speaker_articles import build_articles, mark, name_speakers, say

MEETING = "Mayor Ilse Orrin came. “We are late,” Orrin said."


def test_a_surname_leads_to_the_full_name():
    assert name_speakers(MEETING, ("” |Orrin", "“We are late,”")) == ["Ilse Orrin"]


def test_an_attribution_without_source_has_no_speaker():
    articles = build_articles(a="It was said that it rained.")
    said = say(articles, ("a", None, "it rained"))
    assert said["speaker"].isna().all()
    assert said["text"].tolist() == ["it rained"]
    assert said["n_words"].tolist() == [2]


def test_those_who_speak_jointly_have_a_row_each():
    articles = build_articles(a="Anna Pell and Tom Vark said it rained.")
    attributions = mark(articles, ("a", "Anna Pell and Tom Vark", "it rained"))
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    assert mentions["status"].tolist() == ["joint", "joint"]
    said = dl.attribute_speakers(attributions, mentions, speakers, articles)
    assert said["speaker"].tolist() == ["Anna Pell and Tom Vark"]
    assert said["speaker_id"].tolist() == ["anna-pell+tom-vark"]


def test_an_ambiguous_surname_stays_open_with_its_candidates():
    text = "Tom Vark met his sister, Anna Vark. “It rained,” Vark said."
    articles = build_articles(a=text)
    attributions = mark(articles, ("a", "” |Vark", "“It rained,”"))
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    open_rows = mentions[mentions["status"] == "candidate"]
    assert open_rows["speaker_id"].tolist() == ["anna-vark", "tom-vark"]
    said = dl.attribute_speakers(attributions, mentions, speakers, articles)
    assert said["speaker"].isna().all()
    assert said["speaker_candidates"].tolist() == [["Anna Vark", "Tom Vark"]]


def test_joint_speakers_of_whom_one_is_open_are_candidates_together():
    text = "Tom Vark met Anna Vark and Ilse Orrin. Vark and Orrin said it rained."
    assert (
        name_speakers(text, ("Vark and Orrin", "it rained"))
        == [[["Ilse Orrin and Anna Vark", "Ilse Orrin and Tom Vark"]]][0]
    )


def test_an_ambiguous_surname_out_of_source_position_is_a_mention_too():
    text = "Tom Vark met Anna Vark. Ilse Orrin saw Vark. “It rained,” Orrin said."
    articles = build_articles(a=text)
    mentions, _ = dl.resolve_speakers(mark(articles, ("a", "” |Orrin", "“It rained,”")), articles)
    seen = mentions[mentions["text"] == "Vark"]
    assert seen["status"].tolist() == ["candidate", "candidate"]
    assert seen["evidence"].iloc[0] == "surname: Vark is Tom Vark or Anna Vark"


def test_a_first_full_name_is_a_mention_and_no_later_one_nor_a_surname():
    text = "Mayor Ilse Orrin came. Ilse Orrin slept. Orrin left. Mr Pell left. “No,” Tom Vark said."
    articles = build_articles(a=text)
    mentions, _ = dl.resolve_speakers(mark(articles, ("a", "Tom Vark", "“No,”")), articles)
    assert mentions["text"].tolist() == ["Ilse Orrin", "Tom Vark"]
    assert mentions["evidence"].iloc[0] == "full name: “Mayor”"


def test_a_longer_name_in_another_article_needs_no_word_of_evidence():
    articles = build_articles(a="Ilse Orrin said no.", b="Ilse B. Orrin said yes.")
    rows = [("a", "Ilse Orrin", "no"), ("b", "Ilse B. Orrin", "yes")]
    said = say(articles, *rows)
    assert said["speaker"].tolist() == ["Ilse B. Orrin"] * 2
    assert said["speaker_evidence"].iloc[0] == "full name: Ilse Orrin is Ilse Orrin"


def test_speakers_count_decided_mentions_and_keep_forms_and_days():
    articles = build_articles(
        {"a": "2026-02-01", "b": "2026-03-01"},
        a="Mayor Ilse Orrin came. “One,” Orrin said. “Two,” she said.",
        b="“Three,” said Ilse B. Orrin.",
    )
    attributions = mark(
        articles,
        ("a", "” |Orrin", "“One,”"),
        ("a", "she", "“Two,”"),
        ("b", "Ilse B. Orrin", "“Three,”"),
    )
    _, speakers = dl.resolve_speakers(attributions, articles)
    expected = build_frame(
        "speakers",
        [
            {
                "speaker_id": "ilse-b-orrin",
                "name": "Ilse B. Orrin",
                "kind": "person",
                "roles": ["Mayor"],
                "aliases": ["Ilse Orrin", "Orrin"],
                "n_mentions": 4,
                "n_articles": 2,
                "first_on": "2026-02-01",
                "last_on": "2026-03-01",
            }
        ],
    )
    pd.testing.assert_frame_equal(speakers, expected)


def test_somebody_without_a_name_is_not_the_same_in_two_articles():
    texts = {key: "A driver said it rained." for key in "ab"}
    said = say(build_articles(**texts), *((k, "A driver", "it rained") for k in "ab"))
    assert said["speaker"].tolist() == ["driver", "driver"]
    assert said["speaker_id"].tolist() == ["driver--a", "driver--b"]


def test_nothing_in_nothing_out():
    articles, attributions = empty_frame("articles"), empty_frame("attributions")
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    assert mentions.empty
    assert speakers.empty
    assert dl.attribute_speakers(attributions, mentions, speakers, articles).empty


def test_an_article_that_fails_is_a_problem_and_costs_the_others_nothing(monkeypatch):
    articles = build_articles(a=MEETING, b=MEETING, c=MEETING)
    articles["path"] = articles["article_id"] + ".txt"
    said = "“We are late,”"
    attributions = mark(articles, *((key, "” |Orrin", said) for key in "abc"))
    expected = dl.resolve_speakers(attributions, articles).mentions

    # What would fail is not known, or it would be mended: so the failures themselves are made here.
    def fail_in(article_id, what):
        def fail(article, *rest):
            if article.article_id == article_id:
                raise IndexError("no such name")
            return what(article, *rest)

        return fail

    monkeypatch.setattr(resolve, "Scene", fail_in("b", resolve.Scene))
    mentions, _ = dl.resolve_speakers(attributions, articles)
    assert mentions.attrs["problems"] == [
        {"path": "b.txt", "stage": "speakers", "problem": "IndexError: no such name"}
    ]
    kept = expected[expected["article_id"] != "b"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mentions, kept)
    assert expected.attrs["problems"] == []


def test_an_article_whose_names_cannot_be_read_is_a_problem(monkeypatch):
    articles = build_articles(a=MEETING, b="Tom Vark said no.")
    articles["path"] = articles["article_id"] + ".txt"
    attributions = mark(articles, ("a", "” |Orrin", "“We are late,”"), ("b", "Tom Vark", "no"))
    cast = resolve.Cast

    def fail(text, *rest):
        if text == MEETING:
            raise RecursionError("too deep")
        return cast(text, *rest)

    monkeypatch.setattr(resolve, "Cast", fail)
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    assert [problem["path"] for problem in mentions.attrs["problems"]] == ["a.txt"]
    assert speakers["name"].tolist() == ["Tom Vark"]
    said = dl.attribute_speakers(attributions, mentions, speakers, articles)
    assert said["speaker"].isna().tolist() == [True, False]


def test_the_input_is_not_changed():
    articles = build_articles(a=MEETING)
    attributions = mark(articles, ("a", "” |Orrin", "“We are late,”"))
    before = articles.copy(deep=True), attributions.copy(deep=True)
    dl.resolve_speakers(attributions, articles)
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(attributions, before[1])


def test_mistaken_frames_are_refused():
    articles = build_articles(a=MEETING)
    with pytest.raises(ValueError, match="lacks the columns"):
        dl.resolve_speakers(pd.DataFrame(), articles)
    attributions = mark(articles, ("a", "” |Orrin", "“We are late,”"))
    with pytest.raises(ValueError, match="what was given is `articles`: are two arguments in"):
        dl.resolve_speakers(articles, attributions)
    with pytest.raises(ValueError, match="unknown articles: a"):
        dl.resolve_speakers(attributions, empty_frame("articles"))


PIECES = "Ilse Orrin Vark Tom Mayor the of and said who She they letter “ ” , . ' his Union I 12 \n"
WORDS = st.sampled_from(re.split(" ", PIECES))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=40), st.data())
def test_any_text_is_read_and_each_mention_is_its_slice(words, data):
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    articles = build_articles(a=text)
    row = {"attribution_id": "x", "article_id": "a", "kind": "direct", "rule": "r", "score": 1.0}
    row |= {"start": 0, "end": 1, "content": [[0, 1]], "source_start": start, "source_end": end}
    mentions, _ = dl.resolve_speakers(build_frame("attributions", [row]), articles)
    for mention in mentions.itertuples():
        # Line ends aside: a mention is shown on one line.
        assert text[mention.start : mention.end].split() == mention.text.split()
        assert mention.evidence


PROGRAM = """
import sys; sys.path.insert(0, "tests")
import dateline as dl
from speaker_articles import build_articles, mark
texts = {"a": "Mayor Ilse Orrin met Tom Vark and Anna Vark. Vark said no. Both leaders said yes.",
         "b": "The mayor said so. Mr Vark agreed that it rained.",
         "c": "Tom Varck said he was late."}
order = sys.argv[1].split()
articles = build_articles(**{key: texts[key] for key in order})
rows = [("a", "Vark. |Vark", "no"), ("a", "Both leaders", "yes"), ("b", "The mayor", "so"),
        ("b", "Mr Vark", "it rained"), ("c", "Tom Varck", "he was late"), ("c", "he", "late")]
attributions = mark(articles, *[row for key in order for row in rows if row[0] == key])
for frame in dl.resolve_speakers(attributions, articles):
    print(frame.to_json(orient="records"))
"""


def test_the_frames_are_the_same_on_any_hash_seed_and_in_any_order():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, order],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed, order in (("1", "a b c"), ("2", "c a b"), ("77", "b c a"))
    }
    assert len(outputs) == 1
