"""Attributions: who said what, by each rule, and that offsets and bad input hold."""

import time
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from dateline.attribution import DEFAULT_MIN_SCORE, find_attributions, find_contents
from dateline.attribution import find as module
from dateline.frames import build_frame
from dateline.read import read_articles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def make_articles(*texts):
    rows = [
        {"article_id": f"a{i}", "path": f"a{i}.txt", "text": text} for i, text in enumerate(texts)
    ]
    return build_frame("articles", rows)


def attribute(text, **options):
    """(kind, source, cue, content) of each attribution, NA as None."""
    found = find_attributions(make_articles(text), **options)
    return [
        (
            row.kind,
            None if pd.isna(row.source) else row.source,
            None if pd.isna(row.cue) else row.cue,
            " … ".join(text[start:end] for start, end in row.content),
        )
        for row in found.itertuples()
    ]


SENTENCES = {
    "a cue after the quotation": (
        "“We hold the line until the spring,” Orla Venn said.",
        [("direct", "Orla Venn", "said", "“We hold the line until the spring,”")],
    ),
    "an inverted subject": (
        "“We hold the line until the spring,” said Orla Venn.",
        [("direct", "Orla Venn", "said", "“We hold the line until the spring,”")],
    ),
    "a subject with a clause of its own": (
        "“We hold the line until the spring,” Orla Venn, 57, told reporters.",
        [("direct", "Orla Venn", "told", "“We hold the line until the spring,”")],
    ),
    "a quotation split around its cue is one attribution": (
        "“We hold the line,” said Orla Venn. “We do not move before the spring.”",
        [
            (
                "direct",
                "Orla Venn",
                "said",
                "“We hold the line,” … “We do not move before the spring.”",
            )
        ],
    ),
    "a name after a dash": (
        "“We hold the line until the spring.” – Orla Venn",
        [("direct", "Orla Venn", None, "“We hold the line until the spring.”")],
    ),
    "a clause with that": (
        "Orla Venn said that the road would stay closed.",
        [("indirect", "Orla Venn", "said", "that the road would stay closed")],
    ),
    "a clause without that": (
        "Orla Venn said the road would stay closed.",
        [("indirect", "Orla Venn", "said", "the road would stay closed")],
    ),
    "some words in marks": (
        "Orla Venn said that the road was “a gift to the whole valley of Marrin”.",
        [
            (
                "mixed",
                "Orla Venn",
                "said",
                "that the road was “a gift to the whole valley of Marrin”",
            )
        ],
    ),
    "according to": (
        "The road will stay closed, according to Orla Venn.",
        [("indirect", "Orla Venn", "according to", "The road will stay closed")],
    ),
    "a cue set into its clause": (
        "The road, she said, will stay closed.",
        [("indirect", "she", "said", "The road … will stay closed")],
    ),
    "a name that ends the sentence": (
        "The road will stay closed until May, reported the Courier.",
        [("indirect", "the Courier", "reported", "The road will stay closed until May")],
    ),
    "a participle inherits its source": (
        "Orla Venn said the road was closed, adding that the bridge was open.",
        [
            ("indirect", "Orla Venn", "said", "the road was closed"),
            ("indirect", "Orla Venn", "adding", "that the bridge was open"),
        ],
    ),
    "a coordinated cue inherits its source": (
        "Orla Venn said that the road was closed and warned that the bridge was weak.",
        [
            ("indirect", "Orla Venn", "said", "that the road was closed"),
            ("indirect", "Orla Venn", "warned", "that the bridge was weak"),
        ],
    ),
    "an impersonal passive has no source": (
        "It was stressed that the road would stay closed.",
        [("indirect", None, "was stressed", "that the road would stay closed")],
    ),
    "a document is a source": (
        "“The road stays closed until the spring,” the letter says.",
        [("direct", "the letter", "says", "“The road stays closed until the spring,”")],
    ),
    "a nickname is nobody's quotation": ("The mayor is known as “Magpie”.", []),
    "narration has no attribution": ("The road runs along the river.", []),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_sentence_is_attributed_as_a_reader_would(case):
    text, expected = SENTENCES[case]
    assert attribute(text) == expected


def test_a_quotation_of_several_paragraphs_is_one_attribution():
    text = "“First, we rebuild the road.\n\n“Second, we hire forty people,” Orla Venn said."
    (row,) = attribute(text)
    assert row == (
        "direct",
        "Orla Venn",
        "said",
        "“First, we rebuild the road. … “Second, we hire forty people,”",
    )


def test_a_run_of_quotations_keeps_its_speaker_until_other_words_come():
    text = (
        "“We hold the line until the spring,” Orla Venn said.\n\n“We do not move one inch.”\n\n"
        "“We stay here, all of us.”\n\nThe crowd sang.\n\n“Sing on, sing on for us.”"
    )
    found = find_attributions(make_articles(text))
    assert found["source"].tolist() == ["Orla Venn"] * 3
    assert found["score"].is_monotonic_decreasing


def test_a_quotation_that_was_left_open_runs_over_any_number_of_paragraphs():
    text = "“A first word,” Venn said. “It is so.\n\n“It was so.\n\n“It will be so for all.”"
    (row,) = attribute(text)
    assert row[3].endswith("“It will be so for all.”")


def test_a_transcript_names_its_speakers_by_label():
    text = "VENN: When did you hear of it?\n\nMARL: On the radio, in March.\n\nVENN: And then?"
    sources = [source for _, source, _, _ in attribute(text)]
    assert sources == ["VENN", "MARL", "VENN"]


def test_no_attribution_is_nested_in_another():
    text = "Orla Venn said that the union had claimed that the road was closed."
    assert [cue for _, _, cue, _ in attribute(text)] == ["said"]


def test_addressee_and_medium_are_kept_where_they_are_stated():
    texts = (
        "Orla Venn told reporters that the road would stay closed.",
        "“The road stays closed until the spring,” Orla Venn said in a statement.",
        "According to Orla Venn, the road would stay closed.",
    )
    found = find_attributions(make_articles(*texts))
    assert found["addressee"].fillna("").tolist() == ["reporters", "", ""]
    assert found["medium"].fillna("").tolist() == ["", "statement", ""]


def test_a_heading_without_a_full_stop_says_nothing():
    text = "Marrin welcomes peace talks\n\nThe river rose over night and the road was flooded."
    assert attribute(text) == []


def test_min_score_leaves_out_what_is_less_sure():
    articles = make_articles(*(text for text, _ in SENTENCES.values()))
    scores = find_attributions(articles, min_score=0)["score"]
    kept = find_attributions(articles, min_score=0.8)["score"]
    assert kept.tolist() == scores[scores >= 0.8].tolist()


def test_a_smaller_min_score_adds_candidates_and_changes_no_other_row():
    articles = make_articles(
        *(text for text, _ in SENTENCES.values()), "“We hold the line until the spring.”"
    )
    usual, every = find_attributions(articles), find_attributions(articles, min_score=0)
    known = every["attribution_id"].isin(usual["attribution_id"])
    pd.testing.assert_frame_equal(every[known].reset_index(drop=True), usual)
    assert (every[~known]["score"] < DEFAULT_MIN_SCORE).all()
    assert "alone" in set(every[~known]["rule"])  # the quotation that nobody says
    assert every[~known]["source"].isna().all()
    assert find_attributions(articles, min_score=DEFAULT_MIN_SCORE).equals(usual)


def test_who_said_it_is_kept_apart_from_who_tells_of_it():
    texts = (
        "Orla Venn said that the road was closed, according to Ilan Marl.",
        "Orla Venn denied that the road was closed.",
        "The official asked not to be named.",
    )
    found = find_attributions(make_articles(*texts))
    assert found["source"].tolist() == ["Orla Venn", "Orla Venn"]
    assert found["via"].fillna("").tolist() == ["Ilan Marl", ""]
    assert found["negated"].tolist() == [False, True]


@pytest.mark.parametrize("min_score", [-0.1, 1.5])
def test_a_min_score_that_is_no_probability_is_refused(min_score):
    with pytest.raises(ValueError, match=f"min_score is {min_score}, expected 0 to 1"):
        find_attributions(make_articles("Venn said no."), min_score=min_score)


def test_two_runs_give_the_same_rows_and_the_input_stays():
    articles = make_articles(*(text for text, _ in SENTENCES.values()))
    before = articles.copy(deep=True)
    pd.testing.assert_frame_equal(find_attributions(articles), find_attributions(articles))
    pd.testing.assert_frame_equal(articles, before)


def test_contents_list_each_part_once():
    articles = make_articles("“We hold the line,” said Venn. “We do not move before the spring.”")
    contents = find_contents(find_attributions(articles), articles)
    assert contents["part"].tolist() == [0, 1]
    assert contents["text"].tolist() == [
        "“We hold the line,”",
        "“We do not move before the spring.”",
    ]


def test_contents_of_an_unknown_article_are_refused():
    articles = make_articles("“We hold the line,” said Venn.")
    attributions = find_attributions(articles)
    with pytest.raises(ValueError, match="no article is called 'a0'"):
        find_contents(attributions, articles.head(0))


def test_no_article_gives_empty_frames():
    articles = make_articles()
    attributions = find_attributions(articles)
    assert attributions.empty
    assert find_contents(attributions, articles).empty


def test_an_article_that_fails_is_listed_and_costs_no_other(monkeypatch):
    whole = module.assemble_article

    def fail_on_first(text, *arguments):
        if text.startswith("Bad"):
            raise IndexError("no such token")
        return whole(text, *arguments)

    monkeypatch.setattr(module, "assemble_article", fail_on_first)
    found = find_attributions(make_articles("Bad luck.", "Venn said the road was closed."))
    assert found["article_id"].tolist() == ["a1"]
    assert found.attrs["problems"] == [
        {"path": "a0.txt", "stage": "attributions", "problem": "IndexError: no such token"}
    ]


def test_the_parts_of_a_content_share_no_words_on_the_shipped_corpus():
    articles = read_articles(Path(__file__).parents[1] / "corpus")
    for row in find_attributions(articles).itertuples():
        assert all(one[1] <= other[0] for one, other in pairwise(row.content)), row.content


@pytest.mark.parametrize("unit", ['"', "“", "” ", "''", "‘", "« »"])
def test_a_megabyte_of_marks_takes_no_long_time(unit):
    find_attributions(make_articles("“We hold,” said Orla Venn."))  # the model is loaded once
    started = time.process_time()
    assert attribute(unit * (1_000_000 // len(unit))) == []
    assert time.process_time() - started < 5


PIECES = st.sampled_from(
    ["“", "”", '"', "''", "‘", "’", " ", "\n", ", ", ". ", ": ", " – ", "said", "Orla Venn", "she",
     "that", "the road was closed", "and", "VENN:", "according to", "letter", "😀", "\x00"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=40).map("".join))
def test_offsets_give_back_every_span(text):
    found = find_attributions(make_articles(text), min_score=0)
    assert found.attrs["problems"] == []
    for row in found.itertuples():
        assert row.content
        assert all(0 <= start < end <= len(text) for start, end in row.content)
        assert all(one[1] <= other[0] for one, other in pairwise(row.content))
        assert (row.start, row.end) == (row.content[0][0], row.content[-1][1])
        for name in ("cue", "source"):
            start = getattr(row, f"{name}_start")
            if not pd.isna(start):
                assert text[start : getattr(row, f"{name}_end")] == getattr(row, name)
