"""Quotations over several paragraphs: what runs on without a mark, and what does not."""

import dateline as dl
import pytest
from dateline.quotations.runs import pair_paragraphs
from hypothesis import given
from hypothesis import strategies as st

# paragraphs, and the words of the quotations of each
RUNS = {
    "to the next paragraph": (
        ["Quill said: “The port is shut.", "It stays shut.” She left."],
        [["The port is shut."], ["It stays shut."]],
    ),
    "with straight marks, before another quotation": (
        ['Quill said, "The port is shut.', 'It stays shut." Then Amberly said, "So be it."'],
        [["The port is shut."], ["It stays shut.", "So be it."]],
    ),
    "over a paragraph without marks": (
        ["“The port is shut.", "It was shut in March.", "It stays shut,” said Quill."],
        [["The port is shut."], ["It was shut in March."], ["It stays shut,"]],
    ),
    "not where a mark opens anew": (
        ["“The port is shut.", "“It stays shut,” said Quill."],
        [["The port is shut."], ["It stays shut,"]],
    ),
    "not where nothing closes": (
        ["“The port is shut.", "Amberly left the port.", "“We wait,” he said."],
        [["The port is shut."], [], ["We wait,"]],
    ),
    "not to a mark of another kind": (
        ["“The port is shut.", 'Amberly left the "port", he said.'],
        [["The port is shut."], ["port"]],
    ),
    "not to an apostrophe": (
        ["‘The port is shut.", "The dockers’ union left."],
        [["The port is shut."], []],
    ),
    "not to a far paragraph": (
        ["“The port is shut.", "A.", "B.", "C.", "D.", "It stays shut.” She left."],
        [["The port is shut."], [], [], [], [], []],
    ),
}


def pairs_of(paragraphs):
    text, places = "", []
    for paragraph in paragraphs:
        places.append((len(text), len(text) + len(paragraph)))
        text += paragraph + "\n"
    return text, places, pair_paragraphs(text, places)


@pytest.mark.parametrize(("paragraphs", "expected"), RUNS.values(), ids=RUNS)
def test_a_quotation_runs_on(paragraphs, expected):
    text, _, found = pairs_of(paragraphs)
    assert [[text[q.start : q.end] for q in each] for each in found] == expected


def test_whoever_says_a_quotation_says_all_of_it():
    text = "Ada Quill said: “The port is shut.\n\nIt was so in March.\n\nIt stays shut.” She left."
    said = dl.find_said(dl.make_articles([text])).said
    assert said["text"].tolist() == ["“The port is shut. … It was so in March. … It stays shut.”"]
    assert said["speaker"].tolist() == ["Ada Quill"]


def test_a_run_has_a_row_in_each_paragraph():
    articles = dl.make_articles(["“The port is shut.\n\nIt stays shut,” said Quill."])
    found = dl.find_quotations(articles)
    assert found[["start", "end", "closed"]].values.tolist() == [[1, 18, False], [20, 34, True]]


@given(st.lists(st.text(alphabet="a. “”\"«»'’", min_size=1, max_size=12), max_size=6))
def test_quotations_stay_in_their_paragraphs_and_apart(paragraphs):
    _, places, found = pairs_of(paragraphs)
    for (start, end), quotations in zip(places, found, strict=True):
        bounds = [b for q in quotations for b in (q.outer_start, q.start, q.end, q.outer_end)]
        assert bounds == sorted(bounds)
        assert all(start <= b <= end for b in bounds)
