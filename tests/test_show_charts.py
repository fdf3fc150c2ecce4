"""Figures: what they say in words, that they repeat byte for byte, and that nothing breaks them."""

import re
import xml.etree.ElementTree as ElementTree

import dateline as dl
import pandas as pd
import pytest
from dateline.frames import build_frame, empty_frame
from dateline.show.drawing import Drawing
from dateline.show.speaker_tables import count_speakers, count_together

SVG = "{http://www.w3.org/2000/svg}"


def make_counts(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """TERM_COUNTS of (group, term, n, n_tokens)."""
    return build_frame(
        "term_counts",
        [
            {
                "group": group,
                "term": term,
                "n": n,
                "n_articles": 1,
                "article_share": 0.5,
                "per_million": n / size * 1e6,
                "per_million_low": n / size * 0.8e6,
                "per_million_high": n / size * 1.3e6,
                "n_tokens": size,
                "rank": rank,
                "dp": 0.1,
                "dp_norm": 0.2,
            }
            for rank, (group, term, n, size) in enumerate(rows, start=1)
        ],
    )


def make_said(*rows: tuple[str, str, str | None, list[str]]) -> pd.DataFrame:
    """SAID of (article_id, kind, speaker_id, candidates), in order of day."""
    return build_frame(
        "said",
        [
            {
                "attribution_id": f"{article_id}-{i}",
                "article_id": article_id,
                "outlet": "Port Herald" if i % 2 else "The Quay",
                "published_on": pd.Timestamp(2025, 3, 1 + i),
                "speaker_id": speaker_id,
                "speaker_candidates": candidates,
                "kind": kind,
                "text": "The ferry sails.",
                "n_words": 3,
                "score": 0.9,
                "start": 0,
                "end": 16,
            }
            for i, (article_id, kind, speaker_id, candidates) in enumerate(rows)
        ],
    )


def make_speakers(**names: str) -> pd.DataFrame:
    return build_frame(
        "speakers",
        [
            {"speaker_id": key, "name": name, "kind": "person", "roles": [], "aliases": []}
            | {"n_mentions": 1, "n_articles": 1}
            for key, name in names.items()
        ],
    )


@pytest.fixture
def articles() -> pd.DataFrame:
    rows = [
        {"article_id": "b", "path": "b.txt", "text": "x", "published_on": pd.Timestamp(2025, 1, 2)},
        {"article_id": "a", "path": "a.txt", "text": "x"},
    ]
    return build_frame("articles", rows)


def texts_of(drawing: Drawing) -> list[str]:
    return [node.text for node in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text")]


def test_the_words_beside_a_bar_chart_name_its_leader(articles):
    drawing = dl.draw_terms(make_counts(("all", "ferry", 42, 10_000)), articles)
    assert drawing.alt == (
        "Bar chart of the 1 most frequent term in 2 articles: “ferry” leads with 4,200 "
        "occurrences per million words; “ferry” occurs in 1 article."
    )


def test_a_shared_lead_is_given_to_no_one(articles):
    counts = make_counts(("all", "ferry", 9, 1_000), ("all", "quay", 9, 1_000))
    alt = dl.draw_terms(counts, articles).alt
    assert "2 terms lead with 9,000 occurrences per million words" in alt


def test_the_words_travel_as_metadata_and_inside_the_picture(articles):
    drawing = dl.draw_terms(make_counts(("all", "ferry", 42, 10_000)), articles)
    bundle, metadata = drawing._repr_mimebundle_()
    assert metadata["alt"] == drawing.alt and metadata["caption"] == drawing.caption
    assert bundle["text/plain"] == drawing.alt
    assert ElementTree.fromstring(bundle["image/svg+xml"]).find(f"{SVG}title").text == drawing.alt


def test_terms_stand_from_the_most_frequent_down_whatever_the_frame_s_order(articles):
    counts = make_counts(("all", "ferry", 9, 1_000), ("all", "quay", 5, 1_000))
    labels = texts_of(dl.draw_terms(counts.iloc[::-1], articles))
    assert labels.index("ferry") < labels.index("quay")
    assert "9 in 1 article" in labels


@pytest.mark.parametrize(
    "term", ["$x_{1}$", "<b>&", "東京", "a\nb", "\\frac{", "3.14159", ' id="x"', "a\x00b"]
)
def test_a_hostile_term_is_drawn_as_it_is(articles, term):
    drawing = dl.draw_terms(make_counts(("all", term, 9, 1_000)), articles)
    assert " ".join(term.split()).replace("\0", "") in texts_of(drawing)


def test_the_same_frame_gives_the_same_bytes(articles):
    counts = make_counts(("A", "ferry", 9, 1_000), ("B", "ferry", 5, 1_000))
    assert dl.draw_terms_by_group(counts).svg == dl.draw_terms_by_group(counts).svg
    assert dl.draw_terms(counts, articles).svg == dl.draw_terms(counts, articles).svg


def test_a_figure_holds_no_date_and_no_link(articles):
    svg = dl.draw_terms(make_counts(("all", "ferry", 9, 1_000)), articles).svg
    assert not re.search(r"creator|dc:date|href=\"http", svg, re.I)


def test_the_widest_gap_between_groups_is_named():
    counts = make_counts(("A", "ferry", 9, 1_000), ("A", "quay", 4, 1_000), ("B", "quay", 5, 1_000))
    drawing = dl.draw_terms_by_group(counts)
    assert "widest gap is in “ferry”, 9,000 per million words in A, 0 in B" in drawing.alt


def test_a_gap_within_the_intervals_is_said_to_be_chance():
    counts = make_counts(("A", "ferry", 9, 1_000), ("B", "ferry", 8, 1_000))
    drawing = dl.draw_terms_by_group(counts)
    assert "No term clearly divides the outlets" in texts_of(drawing)
    assert "No term clearly divides the outlets; the widest gap is in “ferry”" in drawing.alt


def test_one_group_is_a_sentence_and_no_figure():
    drawing = dl.draw_terms_by_group(make_counts(("A", "ferry", 9, 1_000)))
    assert drawing.svg == "" and "do not come from two outlets" in drawing.alt
    assert drawing._repr_mimebundle_()[0]["text/html"] == f"<p>{drawing.alt}</p>"


def make_keywords(p: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": ["A", "A", "B"],
            "term": ["ferry", "sea", "quay"],
            "n": [8, 2, 9],
            "n_articles": [6, 2, 7],
            "n_articles_reference": [3, 9, 0],
            "n_tokens": [900, 900, 500],
            "log_ratio": [1.5, -2.0, float("inf")],
            "log_ratio_sure": [0.0, 0.0, 2.0],
            "test": "articles",
            "p": [0.1, 0.2, p / 2],
            "p_bh": [0.3, 0.4, p],
        }
    )


def test_a_term_is_named_where_it_survives_the_correction():
    drawing = dl.draw_keyness(make_keywords(0.01))
    assert {"“quay” sets B apart most", "quay"} <= set(texts_of(drawing))
    assert not {"ferry", "sea"} & set(texts_of(drawing))  # may be chance
    assert drawing.alt == (
        "Scatter of terms in 2 panels: “quay” sets B apart most: at least 4.0 times more often "
        "than the others, in 7 articles there and 0 elsewhere; 1 difference cannot well be chance."
    )


@pytest.mark.parametrize("p", [0.05, 0.2])
def test_where_no_term_survives_the_figure_says_so_and_names_none(p):
    drawing = dl.draw_keyness(make_keywords(p))
    title = "No term clearly sets one outlet apart from the others"
    assert title in texts_of(drawing) and title in drawing.alt
    assert not {"ferry", "sea", "quay"} & set(texts_of(drawing))
    assert "“" not in drawing.alt
    assert "#0072b2" not in drawing.svg and "#d55e00" not in drawing.svg  # all is grey


def test_too_few_articles_are_a_sentence_and_no_figure():
    few = make_keywords(float("nan")).assign(test="none: too few articles", p=float("nan"))
    drawing = dl.draw_keyness(few, by="month")
    assert drawing.svg == ""
    assert drawing.alt == (
        "Nothing can be compared: no two months have five articles or more each."
    )
    untested = few.assign(test="articles")  # no term is held by enough of them
    assert dl.draw_keyness(untested).alt == (
        "No term clearly sets one outlet apart from the others."
    )


def test_the_keywords_of_a_table_are_those_that_survive():
    shown = dl.show_groups(make_keywords(0.01), "term n", caption="Keywords")
    assert shown.plain == "Keywords\nterm  n\nquay  9"
    none = dl.show_groups(make_keywords(0.2), "term n", caption="Keywords")
    assert none.plain == "Keywords: none; of 3 compared, each may be chance."


def test_a_period_without_articles_is_a_gap_in_the_line():
    periods = pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"])
    trend = pd.DataFrame(
        {
            "term": "ferry",
            "period": periods,
            "n_tokens": [100, 0, 100],
            "per_million": [1e4, 0.0, 2e4],
            "per_million_low": 0.0,
            "per_million_high": 3e4,
        }
    )
    drawing = dl.draw_trend(trend)
    line = re.search(r'<path d="([^"]*)"[^>]*fill: none; stroke: #0072b2', drawing.svg).group(1)
    assert "the highest point is “ferry” with 20,000 per million words in March" in drawing.alt
    assert "No term clearly rises or falls" in texts_of(drawing)
    assert line.count("M") == 2 and line.count("L") == 0  # two points, not joined


def test_a_peak_is_named_only_where_it_is_sure():
    trend = pd.DataFrame(
        {
            "term": ["ferry", "ferry", "quay", "quay"],
            "period": pd.to_datetime(["2025-01-01", "2025-02-01"] * 2),
            "n_tokens": 100,
            "per_million": [9e4, 1e4, 2e4, 6e4],
            "per_million_low": [1e4, 0.0, 1e4, 5e4],
            "per_million_high": [2e5, 2e4, 3e4, 7e4],
        }
    )
    assert "“quay” peaks in February 2025" in texts_of(dl.draw_trend(trend))


def test_where_terms_stand_is_laid_out_by_day_and_then_undated(articles):
    rows = [
        {"article_id": article_id, "token_index": i, "start": i, "end": i + 1, "term": term}
        | {"sentence_index": 0, "kind": "body"}
        for article_id, terms in {"a": ["ferry", "quay"], "b": ["ferry", "ferry", "sea"]}.items()
        for i, term in enumerate(terms)
    ]
    drawing = dl.draw_dispersion(build_frame("tokens", rows), articles, ["ferry", "sea", "fog"])
    assert drawing.alt == (
        "Strip of where 2 terms occur: “ferry” leads, in 2 of 2 articles; “sea” stands in 1."
    )


def test_an_undecided_speaker_is_a_range():
    said = make_said(("a", "direct", "s1", []), ("a", "indirect", None, ["Ada Quill", "Kit Varro"]))
    counts = count_speakers(said, make_speakers(s1="Ada Quill", s2="Kit Varro"))
    assert counts[["speaker", "n", "n_max"]].to_numpy().tolist() == [
        ["Ada Quill", 1, 2],
        ["Kit Varro", 0, 1],
    ]
    labels = texts_of(dl.draw_speakers(counts))
    assert "1 to 2 in 1 article" in labels and "Kit Varro" not in labels


def test_a_joint_statement_counts_for_each_speaker():
    said = make_said(("a", "direct", "s1+s2", []), ("b", "mixed", "s1", []))
    counts = count_speakers(said, make_speakers(s1="Ada Quill", s2="Kit Varro"))
    columns = ["speaker", "n", "n_direct", "n_mixed", "n_words", "n_articles", "direct_share"]
    assert counts[columns].to_numpy().tolist() == [
        ["Ada Quill", 2, 1, 1, 6, 2, 0.5],
        ["Kit Varro", 1, 1, 0, 3, 1, 1.0],
    ]


def test_speakers_quoted_as_often_stand_by_name_and_not_by_id():
    said = make_said(("a", "direct", "s1", []), ("b", "direct", "s2", []))
    speakers = make_speakers(s1="Kit Varro", s2="Ada Quill")
    assert count_speakers(said, speakers)["speaker"].tolist() == ["Ada Quill", "Kit Varro"]
    by_outlet = count_speakers(said, speakers, by="outlet")
    assert by_outlet["speaker"].tolist() == ["Ada Quill", "Kit Varro"]


def test_two_people_of_one_name_are_not_merged():
    said = make_said(("a", "direct", "s1", []), ("b", "direct", "s2", []))
    counts = count_speakers(said, make_speakers(s1="Kit Varro", s2="Kit Varro"))
    assert counts["n"].tolist() == [1, 1]
    assert counts["speaker"].tolist() == ["Kit Varro", "Kit Varro (s2)"]


def test_company_is_counted_in_articles_not_in_quotations():
    said = make_said(*[("a", "direct", key, []) for key in ("s1", "s2", "s1", "s2")])
    together = count_together(said, make_speakers(s1="Kit Varro", s2="Ada Quill"))
    assert together.to_numpy().tolist() == [["Ada Quill", "Kit Varro", 1]]
    alt = dl.draw_network(together).alt
    assert "Ada Quill and Kit Varro share 1 article, no two share more" in alt


def test_a_corpus_without_quotations_is_told_in_words():
    said, speakers = empty_frame("said"), empty_frame("speakers")
    for drawing in (
        dl.draw_speakers(count_speakers(said, speakers)),
        dl.draw_speakers_by(count_speakers(said, speakers, by="outlet")),
        dl.draw_timeline(count_speakers(said, speakers, by="published_on")),
        dl.draw_network(count_together(said, speakers)),
    ):
        assert drawing.svg == "" and drawing.alt.endswith(".")


def test_drawing_leaves_matplotlib_s_settings_alone(articles):
    import matplotlib

    before = dict(matplotlib.rcParams)
    dl.draw_terms(make_counts(("all", "ferry", 9, 1_000)), articles)
    assert dict(matplotlib.rcParams) == before
