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
    mentions, speakers = dl.resolve_speakers(articles, attributions)
    said = dl.attribute_speakers(articles, attributions, mentions, speakers)
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
