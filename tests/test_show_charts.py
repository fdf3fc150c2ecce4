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


def test_the_words_beside_a_bar_chart_count_and_claim_nothing_more(articles):
    drawing = dl.draw_terms(make_counts(("all", "ferry", 42, 10_000)), articles)
    assert drawing.alt == (
        "Bar chart of the 1 most frequent term in 2 articles: “ferry” is used most: 42 times in "
        "1 of 2 articles."
    )
    assert "times per 10,000 words" in texts_of(drawing)
    assert "times per 1,000 words" in texts_of(
        dl.draw_terms(make_counts(("all", "ferry", 42, 9_999)), articles)
    )


def test_a_shared_lead_is_given_to_no_one(articles):
    counts = make_counts(("all", "ferry", 9, 1_000), ("all", "quay", 9, 1_000))
    assert dl.draw_terms(counts, articles).alt.endswith("2 terms are used most, 9 times each.")


def test_too_few_words_or_occurrences_have_no_rate(articles):
    few = dl.draw_terms(make_counts(("all", "ferry", 9, 999)), articles)
    assert "occurrences" in texts_of(few) and "interval" not in few.caption
    counts = make_counts(("all", "ferry", 9, 1_000), ("all", "quay", 4, 1_000))
    drawing = dl.draw_terms(counts, articles)
    assert "times per 1,000 words" in texts_of(drawing) and "4 in 1 article" in texts_of(drawing)
    grouped = make_counts(
        ("A", "ferry", 9, 1_000), ("A", "quay", 4, 1_000), ("B", "quay", 120, 30_000)
    )
    labels = texts_of(dl.draw_terms_by_group(grouped))
    assert {"9.00", "(4)", "4.00", "(0)", "times per 1,000 words"} <= set(labels)
    labels = texts_of(dl.draw_terms_by_group(grouped, per=10_000))
    assert {"90.0", "40.0", "times per 10,000 words"} <= set(labels)


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


def make_keywords(*rows: tuple[str, str, float, float | None]) -> pd.DataFrame:
    """What figures ask of KEYWORDS: (group, term, sure log ratio, corrected p)."""
    keywords = pd.DataFrame(rows, columns=["group", "term", "log_ratio_sure", "p_bh"])
    keywords = keywords.astype({"log_ratio_sure": float, "p_bh": float})
    # An interval that holds 0 leaves no sure effect, on whichever side the estimate lies.
    return keywords.assign(log_ratio=keywords["log_ratio_sure"].replace(0.0, -0.5))


GROUPED = make_counts(("A", "ferry", 90, 1_000), ("A", "quay", 9, 1_000), ("B", "quay", 5, 1_000))


@pytest.mark.parametrize(
    ("keywords", "title"),
    [
        ([("A", "ferry", 1.0, 0.03), ("B", "quay", 2.0, 0.04)], "“quay” sets B apart"),
        ([("A", "ferry", -9.0, 0.03), ("B", "quay", 1.0, 0.04)], "“quay” sets B apart"),
        (
            [("A", "ferry", -1.0, 0.04), ("B", "quay", -2.0, 0.04)],
            "“quay” is rarer in B than elsewhere",
        ),
        ([("A", "ferry", 0.0, 0.04)], "“ferry” is rarer in A than elsewhere"),
        ([("A", "ferry", -1.0, 0.04)], "“ferry” is rarer in A than elsewhere"),
        ([("B", "ferry", 3.0, 0.04), ("A", "ferry", 3.0, 0.04)], "“ferry” sets A apart"),
        ([("A", "ferry", 3.0, 0.05)], "No term drawn clearly divides the outlets"),
        # What is not drawn is no finding of this figure.
        ([("A", "fog", 3.0, 0.01)], "The 2 most frequent terms in 2 outlets"),
        ([("C", "ferry", 3.0, 0.01)], "The 2 most frequent terms in 2 outlets"),
        ([("A", "ferry", 3.0, float("nan"))], "There are too few articles to compare the outlets"),
        ([], "The 2 most frequent terms in 2 outlets"),
    ],
)
def test_a_title_is_what_the_keywords_test_says(keywords, title):
    drawing = dl.draw_terms_by_group(GROUPED, make_keywords(*keywords))
    assert title in texts_of(drawing)
    assert drawing.alt == f"Bar charts of 2 terms in 2 outlets: {title}."


def test_bars_side_by_side_have_intervals_cut_where_they_would_hide_the_bars():
    def draw(high: float) -> str:
        rows = GROUPED.assign(per_million_high=GROUPED["per_million"] * high)
        drawing = dl.draw_terms_by_group(rows)
        assert "cut at twice the longest bar" in drawing.caption
        return drawing.svg

    # Ferry has by far the longest bar, and quay's intervals stay below twice that.
    assert draw(1.3).count("stroke: #1f2328") == 4  # one for each term in each group
    assert draw(1.9) != draw(2.0)
    ferry = [re.findall(r"M \S+ \S+ \s*L \S+ \S+ [^>]*stroke: #1f2328", draw(high))[0]
             for high in (2.0, 4.9)]  # fmt: skip
    assert ferry[0] == ferry[1]


def test_without_a_test_a_title_claims_nothing():
    assert "The 2 most frequent terms in 2 outlets" in texts_of(dl.draw_terms_by_group(GROUPED))


def test_articles_without_a_name_and_few_words_are_no_group():
    more = make_counts(("unknown", "fog", 99, 5_000), ("C", "fog", 99, 999))
    drawing = dl.draw_terms_by_group(pd.concat([GROUPED, more]))
    assert not {"unknown", "C", "fog"} & set(texts_of(drawing))
    assert "2 of 4; none without a name, or of fewer than 1,000 words" in drawing.caption


def test_one_group_is_a_sentence_and_no_figure():
    counts = make_counts(("A", "ferry", 9, 1_000), ("unknown", "ferry", 9, 1_000))
    drawing = dl.draw_terms_by_group(counts)
    assert drawing.svg == ""
    assert drawing.alt == (
        "There is nothing to compare: fewer than two outlets have a name and 1,000 words."
    )
    assert drawing._repr_mimebundle_()[0]["text/html"] == f"<p>{drawing.alt}</p>"


def rank_three(p: float) -> pd.DataFrame:
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
    drawing = dl.draw_keyness(rank_three(0.01))
    assert {"“quay” sets B apart most", "quay"} <= set(texts_of(drawing))
    assert not {"ferry", "sea"} & set(texts_of(drawing))  # may be chance
    assert drawing.alt == (
        "Scatter of terms in 2 panels: “quay” sets B apart most: at least 4.0 times as often "
        "as in the others, in 7 articles there and 0 elsewhere; 1 difference cannot well be chance."
    )


def test_what_a_group_avoids_is_named_where_nothing_else_survives():
    rare = rank_three(0.01).assign(log_ratio_sure=[0.0, 0.0, -4.0], log_ratio=[1.5, -2.0, -5.0])
    assert "“quay” sets B apart most: at most 1/16 as often as in the others" in (
        dl.draw_keyness(rare).alt
    )


@pytest.mark.parametrize("p", [0.05, 0.2])
def test_where_no_term_survives_the_figure_says_so_and_names_none(p):
    drawing = dl.draw_keyness(rank_three(p))
    title = "No term clearly sets one outlet apart from the others"
    assert title in texts_of(drawing) and title in drawing.alt
    assert not {"ferry", "sea", "quay"} & set(texts_of(drawing))
    assert "“" not in drawing.alt
    assert "#0072b2" not in drawing.svg and "#d55e00" not in drawing.svg  # all is grey


def test_too_few_articles_are_a_sentence_and_no_figure():
    few = rank_three(float("nan")).assign(test="none: too few articles", p=float("nan"))
    drawing = dl.draw_keyness(few, by="month")
    assert drawing.svg == ""
    assert drawing.alt == "Nothing can be compared: one side has fewer than five articles."
    listed = few.assign(test="none: a list has no articles")
    assert "a list has no articles to test against." in dl.draw_keyness(listed).alt
    shown = dl.show_groups(listed, "term n", caption="Keywords").plain
    assert shown == "Keywords, not tested: a list has no articles\nterm  n\nquay  9"
    none = dl.show_groups(few, "term n", caption="Keywords").plain
    assert none.endswith("compared, as one side has fewer than five articles.")
    untested = few.assign(test="articles")  # no term is held by enough of them
    assert dl.draw_keyness(untested).alt == (
        "No term clearly sets one outlet apart from the others."
    )


def test_the_keywords_of_a_table_are_those_that_survive():
    shown = dl.show_groups(rank_three(0.01), "term n", caption="Keywords")
    assert shown.plain == "Keywords\nterm  n\nquay  9"
    none = dl.show_groups(rank_three(0.2), "term n", caption="Keywords")
    assert none.plain == "Keywords: none; of 3 compared, each may be chance."


def test_a_strip_names_what_stands_nowhere():
    articles = dl.make_articles(["The port is shut.", "Port fees rise."])
    drawing = dl.draw_dispersion(
        dl.find_tokens(articles), articles, ["port|fees", "port fees", "fog"]
    )
    assert {"port|fees", "port fees", "2 articles", "1 article"} <= set(texts_of(drawing))
    assert "“fog” stands nowhere." in drawing.caption


def make_trend(*rows: tuple[str, str, int, int], high: float = 3.0) -> pd.DataFrame:
    """TRENDS of (term, period, n, n_tokens); the interval ends at so many times the rate."""
    trend = pd.DataFrame(rows, columns=["term", "period", "n", "n_tokens"])
    rate = trend["n"] / trend["n_tokens"].where(trend["n_tokens"] > 0) * 1e6
    return trend.assign(
        period=pd.to_datetime(trend["period"]),
        group="all",
        per_million=rate,
        per_million_low=rate / 2,
        per_million_high=rate * high,
    )


def find_line(drawing: Drawing) -> str:
    return re.search(r'<path d="([^"]*)"[^>]*fill: none; stroke: #0072b2', drawing.svg).group(1)


def test_a_period_without_articles_is_a_gap_in_the_line():
    rows = [("ferry", "2025-01", 10, 2_000), ("ferry", "2025-02", 0, 0)]
    drawing = dl.draw_trend(make_trend(*rows, ("ferry", "2025-03", 20, 2_000)))
    line = find_line(drawing)
    assert line.count("M") == 2 and line.count("L") == 0  # two points, not joined
    assert drawing.alt == "Lines over time for 1 term: 1 term from January 2025 to March 2025."
    assert "times per 1,000 words" in texts_of(drawing)


def test_a_period_of_few_words_is_a_gap_and_a_rare_term_has_no_line():
    rows = [(f"2025-0{month}", 1_000 - (month == 2)) for month in (1, 2, 3)]
    often = make_trend(*[("ferry", period, 5, size) for period, size in rows])
    assert find_line(dl.draw_trend(often)).count("M") == 2
    # Of a line over time the occurrences of all its periods are asked.
    rare = [make_trend(*[("fog", day, n, 2_000) for day, _ in rows]) for n in (1, 2)]
    assert dl.draw_trend(rare[0]).alt == "There is no line over time: no term occurs 5 times."
    short = dl.draw_trend(often[:2]).alt
    assert short.startswith("There is no line over time: fewer than two periods have 1,000 dated")
    assert find_line(dl.draw_trend(rare[1])).count("L") == 2


def test_a_wide_band_does_not_flatten_the_line():
    rows = [("ferry", "2025-01", 10, 1_000), ("ferry", "2025-02", 10, 1_000)]
    labels = texts_of(dl.draw_trend(make_trend(*rows, high=90.0)))
    assert "20" in labels and "100" not in labels


TREND = make_trend(
    *[("ferry", day, n, 2_000) for day, n in (("2025-01", 9), ("2025-02", 30), ("2025-03", 9))],
    *[("quay", day, n, 2_000) for day, n in (("2025-01", 40), ("2025-02", 8), ("2025-03", 9))],
)


@pytest.mark.parametrize(
    ("keywords", "title"),
    [
        ([("2025-02", "ferry", 2.0, 0.01)], "“ferry” peaks in February 2025"),
        # Its highest point alone is a peak, and a low is none.
        ([("2025-03", "ferry", 2.0, 0.01)], "No term clearly rises or falls"),
        ([("2025-02", "ferry", -2.0, 0.01)], "No term clearly rises or falls"),
        ([("2025-02", "ferry", 2.0, 0.2)], "No term clearly rises or falls"),
        ([("2025-02", "ferry", 2.0, 0.04), ("2025-01", "quay", 3.0, 0.049)], "“quay” peaks in Jan"),
        ([("2025-02", "ferry", 2.0, 0.04), ("2025-03", "quay", 3.0, 0.01)], "“ferry” peaks in Feb"),
        ([("2025-02", "ferry", 2.0, None)], "There are too few articles to compare the periods"),
        ([("unknown", "ferry", 2.0, 0.01)], "2 terms from January 2025 to March 2025"),
        ([], "2 terms from January 2025 to March 2025"),
    ],
)
def test_a_peak_is_named_only_where_the_test_of_its_period_is_sure(keywords, title):
    assert any(
        str(text).startswith(title)
        for text in texts_of(dl.draw_trend(TREND, make_keywords(*keywords)))
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2024-01-01", "2025-01-01"), "from 2024 to 2025"),
        (("2025-01-01", "2025-02-01"), "from January 2025 to February 2025"),
        (("2025-03-03", "2025-03-10"), "from 03 March 2025 to 10 March 2025"),
        (("2024-10-01", "2025-01-01"), "from Q4 2024 to Q1 2025"),
    ],
)
def test_periods_are_said_as_long_as_they_are(days, said):
    drawing = dl.draw_trend(make_trend(*[("ferry", day, 9, 2_000) for day in days]))
    assert said in drawing.alt


def test_where_terms_stand_is_laid_out_by_day_and_then_undated(articles):
    rows = [
        {"article_id": article_id, "token_index": i, "start": i, "end": i + 1, "term": term}
        | {"sentence_index": 0, "stretch_index": 0, "kind": "body", "class": "word"}
        for article_id, terms in {"a": ["ferry", "quay"], "b": ["ferry", "ferry", "sea"]}.items()
        for i, term in enumerate(terms)
    ]
    drawing = dl.draw_dispersion(build_frame("tokens", rows), articles, ["ferry", "sea", "fog"])
    assert drawing.alt == (
        "Strip of where 2 terms occur: “ferry” stands in 2 of 2 articles, no term in more."
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
