"""Who said what in one step, with the analyst's decisions where the folder holds them."""

import dateline as dl
import pandas as pd
import pytest
from dateline.frames import build_frame, empty_frame

TEXT = "“The ferry sails at noon,” said Ada Quill, the harbour master. “It always does.”\n"
HEADER = "name,aliases,role,kind,not_the_same_as\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ferry.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_one_step_gives_what_the_steps_give(folder):
    articles = dl.read_articles(folder)
    attributions = dl.find_attributions(articles)
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    said = dl.attribute_speakers(attributions, mentions, speakers, articles)
    steps = (attributions, speakers, said, empty_frame("problems"))
    for found, expected in zip(dl.find_said(articles), steps, strict=True):
        pd.testing.assert_frame_equal(found, expected)
    assert said["speaker"].tolist() == ["Ada Quill"]


def test_an_article_that_fails_joins_the_problems_met_before(folder, monkeypatch):
    def fail(*_):
        raise IndexError("no such token")

    # What would fail is not known, or it would be mended: so the failure itself is made here.
    monkeypatch.setattr("dateline.attribution.find.assemble_article", fail)
    read = {"path": "gone.pdf", "stage": "read", "problem": "not read"}
    found = dl.find_said(dl.read_articles(folder), problems=build_frame("problems", [read]))
    assert found.said.empty
    assert found.problems.to_dict("records") == [
        read,
        {"path": "ferry.txt", "stage": "attributions", "problem": "IndexError: no such token"},
    ]


@pytest.mark.parametrize("name", ["", "ferry.txt"], ids=["folder", "file"])
def test_decisions_beside_the_articles_are_obeyed(folder, name):
    decisions = f"{HEADER}Adelaide Quill,Ada Quill,,person,\n"
    (folder / "speakers.csv").write_text(decisions, "utf-8")
    articles = dl.read_articles(folder)
    assert dl.find_said(articles)[2]["speaker"].tolist() == ["Ada Quill"]
    assert dl.find_said(articles, corpus=folder / name)[2]["speaker"].tolist() == ["Adelaide Quill"]


def test_a_mistake_in_the_decisions_is_named(folder):
    (folder / "speakers.csv").write_text(f"{HEADER}Ada Quill,,,wizard,\n", "utf-8")
    with pytest.raises(ValueError, match="wizard"):
        dl.find_said(dl.read_articles(folder), corpus=folder)


def test_what_was_added_to_articles_is_in_said_and_words_are_counted_as_tokens(folder):
    (folder / "quay.txt").write_text(
        "“Mr. O’Dell’s well-known U.S. no-show,” said Ada Quill.", "utf-8"
    )
    articles = dl.read_articles(folder).assign(desk=["sea", "land"], kind="mine")
    found = dl.find_said(articles)
    assert dict(found.said[["article_id", "desk"]].to_numpy()) == {"ferry": "sea", "quay": "land"}
    assert found.said["kind"].tolist() == found.attributions["kind"].tolist()
    tokens = dl.find_tokens(articles)
    for row in found.said.itertuples():
        own = tokens[tokens["article_id"] == row.article_id]["start"]
        assert row.n_words == sum(own.between(a, b - 1).sum() for a, b in row.content)
    assert found.said["n_words"].tolist() == [8, 5]


def test_places_of_cue_and_source_give_their_words(folder):
    articles = dl.read_articles(folder)
    for row in dl.find_said(articles).said.itertuples():
        for words, spans in ((row.cue, row.cue_spans), (row.source, row.source_spans)):
            assert [TEXT[start:end] for start, end in spans] == [words] * len(spans)


def test_an_attribution_of_an_unknown_article_is_refused(folder):
    articles = dl.read_articles(folder)
    attributions = dl.find_attributions(articles)
    mentions, speakers = dl.resolve_speakers(attributions, articles)
    with pytest.raises(ValueError, match="unknown articles: ferry"):
        dl.attribute_speakers(attributions, mentions, speakers, articles.head(0))
