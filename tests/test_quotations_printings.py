import pandas as pd
import pytest
from dateline.frames import build_frame, empty_frame
from dateline.quotations import compare_quotations, find_quotations
from dateline.read import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

WHOLE = "We will open the harbour on Monday, and whoever stands at the gate will be heard"


def make(*quoted: str) -> pd.DataFrame:
    """An article a day, each with one quotation, the first the earliest."""
    return make_articles(
        [
            {"article_id": f"a{i}", "text": f"In Marrin: “{words}.”", "date": f"2025-03-0{i + 1}"}
            for i, words in enumerate(quoted)
        ]
    )


def compare(*quoted: str) -> pd.DataFrame:
    articles = make(*quoted)
    return compare_quotations(find_quotations(articles), articles)


def tell(*quoted: str) -> list[list]:
    told = compare(*quoted)[["article_id", "change", "cut", "new", "is_silent"]]
    return told.astype("object").where(told.notna(), None).to_numpy().tolist()[1:]


@pytest.mark.parametrize(
    "printed, change, cut, new, is_silent",
    [
        (WHOLE.upper(), "whole", None, None, False),
        ("[W]e" + WHOLE[2:54], "cut at end", "at the gate will be heard", None, False),
        (WHOLE[36:], "cut at start", "We will open the harbour on Monday", None, False),
        (WHOLE.replace("on Monday, ", ""), "cut inside", "on Monday", None, True),
        (WHOLE.replace("on Monday, ", "… "), "cut inside", "on Monday", None, False),
        (WHOLE.replace("will be", "is"), "changed", "will be", "is", True),
        (WHOLE.replace("whoever", "[who]"), "changed", "whoever", "who", False),
        (WHOLE.replace("heard", "paid"), "changed", "heard", "paid", False),
        (WHOLE.replace("the gate", "the open gate")[:72], "cut at end, added", "will be heard",
         "open", True),
    ],
)  # fmt: skip
def test_a_printing_is_told_by_what_it_kept_cut_or_changed(printed, change, cut, new, is_silent):
    assert tell(WHOLE, printed) == [["a1", change, cut, new, is_silent]]


def test_a_table_of_printings_worked_by_hand():
    shorter = "We will open the harbour, and whoever stands at the gate will be heard"
    articles = make(shorter, WHOLE).assign(outlet=["Quay Post", None])
    printings = compare_quotations(find_quotations(articles), articles)
    expected = {
        "article_id": ["a0", "a1"],
        "outlet": ["Quay Post", None],
        "published_on": pd.to_datetime(["2025-03-01", "2025-03-02"]),
        "start": [12, 12],
        "end": [12 + len(shorter) + 1, 12 + len(WHOLE) + 1],
        "text": [f"{shorter}.", f"{WHOLE}."],
        "n_words": [14, 16],
        "kept_share": [14 / 16, 1.0],
        "change": ["cut inside", "whole"],
        "is_silent": [True, False],
        "cut": ["on Monday", None],
        "cut_spans": [[[37, 46]], []],
        "new": pd.Series([None, None], dtype="str"),
        "new_spans": [[], []],
        "is_speaker_agreed": [True, True],
        "fullest_article_id": ["a1", "a1"],
    }
    rest = printings.drop(columns=["quotation_id", "attribution_id", "kind", "speaker_id"])
    rest = rest.drop(columns="speaker")
    assert_frame_equal(rest, pd.DataFrame(expected), check_dtype=False)
    assert len(set(printings["quotation_id"])) == 1
    assert articles["text"][1][37:46] == "on Monday"


def make_said(articles: pd.DataFrame, speakers: list, contents: list) -> pd.DataFrame:
    rows = [
        {
            "attribution_id": str(i), "article_id": article_id, "speaker": speaker,
            "speaker_id": speaker, "kind": "direct", "content": content,
            "start": content[0][0], "end": content[-1][1],
        }
        for i, (article_id, speaker, content) in enumerate(
            zip(articles["article_id"], speakers, contents, strict=True)
        )
    ]  # fmt: skip
    return build_frame("said", rows)


def test_outlets_that_name_other_speakers_do_not_agree():
    articles = make(WHOLE, WHOLE, WHOLE)
    contents = [[[11, 13 + len(WHOLE)]]] * 3
    same = make_said(articles, ["Ada Quill", None, "Ada Quill"], contents)
    assert compare_quotations(same, articles)["is_speaker_agreed"].all()
    other = make_said(articles, ["Ada Quill", None, "Bo Lund"], contents)
    assert not compare_quotations(other, articles)["is_speaker_agreed"].any()


def test_words_outside_of_marks_promise_nothing():
    articles = make(WHOLE, WHOLE.replace("on Monday, ", ""))
    contents = [[[12, 12 + len(WHOLE)]], [[12, 12 + len(WHOLE) - 11]]]
    said = make_said(articles, ["Ada", "Ada"], contents)
    assert compare_quotations(said, articles)["is_silent"].tolist() == [False, True]
    said["kind"] = "indirect"
    assert compare_quotations(said, articles)["is_silent"].tolist() == [False, False]


def test_a_quotation_in_two_parts_hides_no_cut():
    parted = "“We will open the harbour,” she said, “and whoever stands at the gate will be heard.”"
    articles = make_articles([f"“{WHOLE}.”", parted])
    contents = [[[0, len(WHOLE) + 3]], [[0, 26], [38, len(parted)]]]
    printings = compare_quotations(make_said(articles, ["Ada", "Ada"], contents), articles)
    row = printings[printings["change"].ne("whole")].iloc[0]
    assert (row["change"], row["cut"], row["is_silent"]) == ("cut inside", "on Monday", False)
    assert row["text"] == f"{parted[:26]} … {parted[38:]}"


def test_what_one_article_prints_alone_or_twice_is_left_out():
    articles = make(WHOLE, "Nobody in Velt has seen any bread since the cranes stopped")
    assert len(compare_quotations(find_quotations(articles), articles)) == 0
    twice = make_articles([f"“{WHOLE}.”\n\nShe said: “{WHOLE}.”"])
    assert len(compare_quotations(find_quotations(twice), twice)) == 0


def test_everyday_words_and_scattered_ones_are_no_common_statement():
    assert len(compare("I do not know what he will do", "I do not know what he will do")) == 0
    scattered = "The harbour will be heard of when we stand on it and whoever is open"
    assert len(compare(WHOLE, scattered)) == 0


def test_short_quotations_are_compared_when_asked_for():
    articles = make("open the harbour gate", "open the harbour gate")
    quotations = find_quotations(articles)
    assert len(compare_quotations(quotations, articles)) == 0
    assert len(compare_quotations(quotations, articles, min_words=4)) == 2
    with pytest.raises(ValueError, match="min_words=3, expected at least 4"):
        compare_quotations(quotations, articles, min_words=3)


def test_statements_of_most_articles_come_first_and_each_goes_by_day():
    other = "Nobody in Velt has seen any bread since the cranes of Marrin stopped"
    printings = compare(other, WHOLE, other, WHOLE, WHOLE[:60])
    assert printings["article_id"].tolist() == ["a1", "a3", "a4", "a0", "a2"]


def test_nothing_in_nothing_out_and_an_unknown_article_is_refused():
    nothing = compare_quotations(empty_frame("quotations"), empty_frame("articles"))
    assert_frame_equal(nothing, empty_frame("printings"))
    articles = make(WHOLE, WHOLE)
    quotations = find_quotations(articles)
    before = quotations.copy(deep=True), articles.copy(deep=True)
    compare_quotations(quotations, articles)
    assert_frame_equal(quotations, before[0])
    assert_frame_equal(articles, before[1])
    with pytest.raises(ValueError, match="unknown articles: a1"):
        compare_quotations(quotations, articles[:1])


WORDS = st.lists(
    st.sampled_from(["harbour", "gate", "open", "crane’s", "the", "of", "[a]", "…", "bread"]),
    max_size=25,
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=5))
def test_what_is_cut_and_new_are_words_of_the_texts(quoted):
    articles = make(*(" ".join(words) for words in quoted))
    quotations = find_quotations(articles)
    printings = compare_quotations(quotations, articles, min_words=4)
    assert_frame_equal(compare_quotations(quotations, articles, min_words=4), printings)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in printings.itertuples():
        own, fullest = texts[row.article_id], texts[row.fullest_article_id]
        assert own[row.start : row.end] == row.text
        for words, spans, text in (
            (row.cut, row.cut_spans, fullest),
            (row.new, row.new_spans, own),
        ):
            assert (words if spans else None) == (
                " … ".join(text[start:end] for start, end in spans) or None
            )
        assert 0 <= row.kept_share <= 1
        assert (row.change == "whole") == (not row.cut_spans and not row.new_spans)
