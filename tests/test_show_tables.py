"""What people read: tables and passages keep their numbers, their places, and hostile text out."""

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import dateline as dl
import pandas as pd
import pytest
from dateline import show
from dateline.frames import build_frame, empty_frame
from dateline.read import read_corpus
from dateline.show.in_context import Span, mark_passage
from dateline.show.table import anchor_of, say_value
from dateline.terms import concordance, find_tokens
from hypothesis import given
from hypothesis import strategies as st

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}{0}%s"


class Reader(HTMLParser):
    """The tags of a page and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.words, self.ids, self.links = [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.ids += [value for name, value in attributes if name == "id"]
        self.links += [value for name, value in attributes if name == "href"]

    def handle_data(self, data):
        self.words.append(data)


def read_page(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def make_corpus(text: str, *, title: str = "Ferry talks") -> tuple[pd.DataFrame, ...]:
    """One article in which all but the first and last word is said, by the first."""
    first, last = text.index(" "), text.rindex(" ")
    articles = build_frame(
        "articles", [{"article_id": "a", "path": "a.txt", "title": title, "text": text}]
    )
    place = {"attribution_id": "a-1", "article_id": "a", "kind": "direct", "score": 0.75}
    place |= {"start": first + 1, "end": last}
    place |= {"content": [[first + 1, last]], "source_spans": [[0, first]], "cue_spans": []}
    said = build_frame(
        "said",
        [place | {"speaker": HOSTILE, "speaker_id": "s", "speaker_candidates": [], "n_words": 3}],
    )
    speaker = {"speaker_id": "s", "name": HOSTILE, "kind": "person", "roles": [], "aliases": []}
    speakers = build_frame("speakers", [speaker | {"n_mentions": 1, "n_articles": 1}])
    return said, speakers, articles


def test_hostile_text_stays_text_in_tables_and_passages():
    corpus = make_corpus(f"Quill {HOSTILE} said", title=HOSTILE)
    counts = show.count_speakers(*corpus[:2])
    pages = [
        show.show_quotations(*corpus).html,
        show.show_table(counts, "speaker n", caption=HOSTILE, links={"speaker": "speaker"}).html,
    ]
    for html in pages:
        page = read_page(html)
        assert "script" not in page.tags
        assert HOSTILE in "".join(page.words)


def test_numbers_stand_to_the_right_with_their_ranges_and_thousands():
    terms = pd.DataFrame(
        {"term": ["ferry"], "per_million": [4210.4], "per_million_low": [3900.0], "n": [12345]}
    ).assign(per_million_high=[4500.0], n_max=[12350])
    html = show.show_table(terms, "term per_million n", caption="Terms").html
    assert '<td class="number">4,210 (3,900 to 4,500)</td>' in html
    assert '<td class="number">12,345–12,350</td>' in html
    assert '<th scope="row">ferry</th>' in html and "<caption>Terms</caption>" in html


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("article_share", 0.25, "25%"),
        ("published_on", pd.Timestamp(2025, 3, 9), "9\u00a0Mar\u00a02025"),
        ("published_on", pd.NaT, "undated"),
        ("first_on", pd.NaT, "–"),
        ("role", None, "–"),
        ("roles", ["mayor", "pilot"], "mayor, pilot"),
        ("roles", [], "–"),
        ("p_bh", 3e-9, "< 0.001"),
        ("dp_norm", 0.456, "0.46"),
        ("per_1000", 1234.5, "1,234"),
        ("per_1000", 45.678, "45.7"),
        ("per_1000_low", 4.5678, "4.57"),
        ("per_10000_reference", 0.0804, "0.080"),
        ("per_1000", 0.0, "0"),
        ("per_1000", float("nan"), "–"),
    ],
)
def test_values_are_said_as_people_write_them(name, value, said):
    assert say_value(name, value) == said


def test_rates_on_a_base_say_it_and_what_is_not_known_has_no_range():
    rates = {"per_10000": [3.0, 2.0], "per_10000_low": [1.0, float("nan")]}
    rates |= {"per_10000_high": [9.0, float("nan")], "per_10000_reference": [0.5, 0.25]}
    frame = pd.DataFrame({"term": ["ferry", "quay"]} | rates)
    shown = show.show_table(frame, "term per_10000 per_10000_reference", caption="T").html
    assert "Per 10,000 words (95 % interval)" in shown
    assert "Per 10,000 words of the rest<" in shown
    assert ">3.00 (1.00 to 9.00)<" in shown and ">2.00<" in shown


def test_the_note_tells_the_method_and_the_rows_left_out():
    counts = pd.DataFrame({"term": ["a", "b", "c"], "n": [3, 2, 1]})
    counts.attrs["method"] = {"interval": "exact Poisson, 95 %"}
    words = "".join(read_page(show.show_table(counts, "term n", caption="T", top_n=2).html).words)
    assert "2 of 3 rows are shown. interval: exact Poisson, 95 %." in words


def test_an_empty_frame_is_a_sentence():
    assert show.show_table(empty_frame("problems"), "path", caption="Problems").html == (
        "<p>Problems: none.</p>"
    )


def test_a_passage_is_the_sentence_with_what_was_said_marked():
    text = "It rained. Quill said “the ferry sails,” and left. Nobody waved."
    start = text.index("“")
    passage = mark_passage(text, [Span(start, start + 18, "mark"), Span(11, 16, "b")])
    assert passage == "<b>Quill</b> said <mark>“the ferry sails,”</mark> and left."


def test_a_passage_does_not_begin_after_an_abbreviation():
    text = "It rained. On Dec. 11 Sen. Quill left. Nobody waved."
    passage = mark_passage(text, [Span(text.index("left"), text.index("left") + 4, "i")])
    assert passage == "On Dec. 11 Sen. Quill <i>left</i>."


def test_a_long_passage_is_cut_and_says_so():
    passage = mark_passage("word " * 2000, [Span(0, 9999, "mark")])
    assert passage.endswith("</mark> …") and len(passage) < 1600


@given(st.text(max_size=60), st.data())
def test_a_passage_holds_the_words_of_its_spans(text, data):
    places = st.integers(0, len(text))
    spans = [
        Span(*sorted([data.draw(places), data.draw(places)]), tag) for tag in ("mark", "b", "i")
    ]
    said = [span for span in spans if span.start < span.end]
    if not said:
        return
    page = read_page(mark_passage(text, said))
    low, high = min(span.start for span in said), max(span.end for span in said)
    assert text[low:high].strip() in "".join(page.words)


def test_the_candidates_of_an_undecided_speaker_keep_their_names():
    said, *others = make_corpus("Quill “Ferries sail,” said.")
    undecided = said.assign(
        speaker=None, speaker_id=None, speaker_candidates=[["Ada Quill", "Kit Quill"]]
    ).astype({"speaker": "str", "speaker_id": "str"})
    words = "".join(read_page(show.show_quotations(undecided, *others).html).words)
    assert "Undecided between several speakers" in words
    assert "Ada Quill or Kit Quill? Direct; characters 6 to 21; probability 0.75." in words


def test_every_link_on_the_page_has_its_place():
    page = read_page(show.show_quotations(*make_corpus("Quill “Ferries sail,” said.")).html)
    assert page.links == ["#article_id-a"] and page.ids == ["article_id-a"]


def test_quotations_beyond_the_most_are_folded_and_the_rest_is_counted():
    said, speakers, articles = make_corpus("Quill “Ferries sail,” said.")
    seven = [said.assign(attribution_id=f"a-{n}") for n in range(7)]
    corpus = (pd.concat(seven, ignore_index=True), speakers, articles)
    page = show.show_quotations(*corpus, most=2, folded=4).html
    shown, _, folded = page.partition("<details><summary>")
    assert (shown.count("<blockquote>"), folded.count("<blockquote>")) == (2, 4)
    assert folded.startswith("4 more; 1 in the table “said” only</summary>")
    assert "<details>" not in show.show_quotations(*corpus, most=7).html


def test_lines_stand_under_their_term_at_even_steps_and_are_counted():
    text = "One ferry. Two ferry. Three ferry. Four ferry. Five ferry. Six ferry."
    articles = build_frame("articles", [{"article_id": "a", "path": "a.txt", "text": text}])
    tokens = find_tokens(articles)
    html = show.show_lines(tokens, articles, ["ferry", "two"], most=3).html
    assert "ferry (3 of 6)" in html and "two (1 of 1)" in html
    found = re.findall(r'row" class="before"><bdi>([^<]*)<', html)
    before = [words.split(" ")[-1] for words in found]
    assert before == ["One", "Three", "Five", "ferry."]
    page = read_page(html)
    assert page.ids == ["term-ferry", "term-two", "article_id-a"]
    assert set(page.links) == {"#article_id-a"}


@given(st.text())
def test_an_anchor_is_one_safe_word(value):
    assert re.fullmatch(r"term-[\w.~%-]*", anchor_of("term", value), re.ASCII)


def test_what_is_left_out_is_counted_with_its_reason():
    rows = [
        {"attribution_id": str(i), "article_id": article_id, "cluster_id": cluster_id}
        | {"score": score, "cue_class": cue_class, "speaker_candidates": [], "kind": "direct"}
        | {"n_words": 1, "start": 0, "end": 1}
        for i, (article_id, cluster_id, score, cue_class) in enumerate(
            [
                ("a", "a", 0.9, "speech"),
                ("b", "a", 0.9, "speech"),
                ("c", "c", 0.4, "speech"),
                ("d", "d", 0.9, "thought"),
            ]
        )
    ]
    said = build_frame("said", rows)
    chosen = show.choose_said(said, min_score=0.5, said_only=True, once_per_cluster=True)
    assert chosen["attribution_id"].tolist() == ["0"]
    assert chosen.attrs["method"]["left_out"] == [
        "1 with a score below 0.5",
        "1 of thought or intention",
        "1 in reprints",
    ]
    assert len(show.choose_said(said)) == 4


def test_an_unknown_speaker_is_refused_by_name():
    with pytest.raises(ValueError, match="speaker='Kit Varro'"):
        show.choose_said(empty_frame("said"), speaker="Kit Varro")


def test_outlets_are_counted_with_reprints_and_undated_and_unknown_ones():
    articles = build_frame(
        "articles",
        [
            {"article_id": "a", "path": "a.txt", "outlet": "The Quay", "cluster_id": "a"}
            | {"published_on": pd.Timestamp(2025, 3, 1), "text": "One two. Three"},
            {"article_id": "b", "path": "b.txt", "cluster_id": "a", "text": "One two."},
        ],
    )
    rows = [("a", 0, "body", 0, 8), ("a", 1, "credit", 9, 14), ("b", 0, "body", 0, 8)]
    keys = ("article_id", "block_index", "kind", "start", "end")
    blocks = build_frame("blocks", [dict(zip(keys, row, strict=True)) for row in rows])
    columns = ["outlet", "n_articles", "n_words", "n_reprints", "n_undated"]
    assert show.count_outlets(articles, blocks=blocks)[columns].to_numpy().tolist() == [
        ["The Quay", 1, 2, 0, 0],
        ["unknown", 1, 2, 1, 1],
    ]
    assert show.count_left_out(articles, blocks=blocks).to_numpy().tolist() == [["credit", 1, 1, 1]]


def test_the_words_that_were_read_are_the_tokens_that_are_counted():
    articles, blocks, *_ = read_corpus(Path(__file__).parents[1] / "corpus")
    outlets = show.count_outlets(articles, blocks=blocks)
    assert outlets["n_words"].sum() == len(find_tokens(articles))


def test_what_is_attributed_to_no_one_is_listed_with_its_function():
    articles = build_frame(
        "articles", [{"article_id": "a", "path": "a.txt", "text": "“soft” hard “soft” “Go!” “No.”"}]
    )
    spans = [(1, 5, "term"), (13, 17, "term"), (20, 23, "speech"), (26, 29, "speech")]
    quotations = build_frame(
        "quotations",
        [
            {"article_id": "a", "start": start, "end": end, "closed": True, "function": function}
            for start, end, function in spans
        ],
    )
    said = pd.DataFrame({"article_id": ["a"], "content": [[[25, 30]]]})
    unsaid = show.find_unsaid(quotations, said, articles)
    assert unsaid.to_numpy().tolist() == [
        ["soft", "term", 2, 1, "a"],
        ["Go!", "speech", 1, 1, "a"],
    ]


def test_who_is_not_known_is_counted_apart():
    rows = [("direct", "s", [], "Quill"), ("mixed", None, ["A", "B"], "Quill")]
    rows += [("indirect", None, [], "critics"), ("indirect", None, [], None)]
    said = build_frame(
        "said",
        [
            {"attribution_id": str(i), "article_id": "a", "kind": kind, "speaker_id": speaker_id}
            | {"speaker_candidates": candidates, "source": source, "score": 0.9}
            | {"n_words": 1, "start": 0, "end": 1}
            for i, (kind, speaker_id, candidates, source) in enumerate(rows)
        ],
    )
    assert show.count_named(said).to_numpy().tolist() == [
        ["direct", 1, 1, 0, 0, 0],
        ["mixed", 1, 0, 1, 0, 0],
        ["indirect", 2, 0, 0, 1, 1],
        ["all", 4, 1, 1, 1, 1],
    ]


def test_terms_without_lines_are_named():
    articles = dl.make_articles(["A strike began."])
    tokens = find_tokens(articles)
    shown = show.show_lines(tokens, articles, ["strike*", "<b>fog</b>|mist", "Rain"])
    nowhere = "“<b>fog</b>|mist” stands nowhere. “rain” stands nowhere."
    assert shown.plain.endswith(f"\n{nowhere}") and escape(nowhere) in shown.html
    assert show.show_lines(tokens, articles, ["rain"]).plain == "“rain” stands nowhere."
    assert show.show_lines(tokens, articles, []).plain == "There are no terms, and so no lines."


def test_a_concordance_shows_its_lines_escaped_and_counted():
    text = "<script>alert(1)</script> strike & \u202e<b>pay</b>. No strike."
    articles = build_frame("articles", [{"article_id": "a", "text": text}])
    lines = concordance(articles, "strike")
    html = show.show_concordance(lines, top_n=1).html
    assert "<script>" not in html
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in html
    assert "<caption>2 lines</caption>" in html and "1 of 2 rows are shown" in html
    assert show.show_concordance(lines.head(1)).plain.startswith("1 line\n")
    assert show.show_concordance(lines.head(0)).plain == "Lines: none."


def test_what_was_not_said_counts_for_nobody():
    text = "Orla Venn said that the road was shut. Orla Venn denied that the bridge was shut."
    _, speakers, said, _ = dl.find_said(dl.make_articles([text]))
    counts = dl.count_speakers(said, speakers)
    assert said["negated"].tolist() == [False, True]
    assert counts[["speaker", "n"]].to_dict("records") == [{"speaker": "Orla Venn", "n": 1}]
    assert "not said: 1 left out" in dl.describe_method(counts)
