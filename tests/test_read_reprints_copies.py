import pandas as pd
import pytest
from dateline.frames import empty_frame
from dateline.read import find_blocks, find_copies, make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

PORT = (
    "The port of Marrin is shut, and its cranes have not moved since Monday morning.\n\n"
    "Dockers there ask for shorter nights, the union said in a letter to the owners.\n\n"
    "Nine ships wait in the bay, two of them with flour for the bakers of Velt."
)
SNOW = (
    "Snow fell on Tarnhold for the sixth day in a row, more than anybody there remembers.\n\n"
    "Schools stay closed until a plough can be brought up from the valley, a clerk wrote."
)
VOTE = (
    "Voters in Selland choose a new council in June, earlier than the law demands of them.\n\n"
    "Four lists have been handed in so far, and a fifth may follow before the week is out."
)


def make(**texts: str) -> pd.DataFrame:
    return make_articles([{"article_id": key, "text": text} for key, text in texts.items()])


def list_words(articles: pd.DataFrame, copies: pd.DataFrame) -> list[tuple[str, str]]:
    """The words of each stretch, here and there."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    return [
        (
            texts[row.article_id][row.start : row.end],
            texts[row.other_article_id][row.other_start : row.other_end],
        )
        for row in copies.itertuples()
    ]


def test_agency_text_inside_a_longer_article_is_found_where_it_stands():
    articles = make(brief=f"MARRIN (AP) — {PORT}", longer=f"{SNOW}\n\n{PORT}\n\n{VOTE}")
    copies = find_copies(articles)
    longer, start = articles["text"][1], len(SNOW) + 2
    expected = {
        "article_id": ["brief", "longer"],
        "start": [14, start],
        "end": [14 + len(PORT), start + len(PORT)],
        "other_article_id": ["longer", "brief"],
        "other_start": [start, 14],
        "other_end": [start + len(PORT), 14 + len(PORT)],
        "n_words": [46, 46],
        "share": [1.0, 46 / (46 + 32 + 34)],
        "kept_share": [1.0, 1.0],
        "agency": ["Associated Press"] * 2,
    }
    pd.testing.assert_frame_equal(copies, pd.DataFrame(expected), check_dtype=False)
    assert list_words(articles, copies) == [(PORT, PORT)] * 2
    assert longer[start:].startswith("The port")


def test_a_sentence_that_was_put_between_parts_a_stretch_and_one_that_was_cut_does_not():
    first, second, third = PORT.split("\n\n")
    own = "Our reporter counted eleven lorries at the gate that nobody had told of the strike."
    articles = make(a=PORT, cut=f"{first}\n\n{third}", more=f"{first} {second}\n\n{own}\n\n{third}")
    copies = find_copies(articles, min_words=14)
    of_cut = copies[copies["article_id"].eq("cut")]
    assert list_words(articles, of_cut) == [(f"{first}\n\n{third}", PORT)]
    of_more = copies[copies["article_id"].eq("more")]
    assert list_words(articles, of_more) == [
        (f"{first} {second}", f"{first}\n\n{second}"),
        (third, third),
    ]


def test_each_stretch_is_told_once_with_the_article_that_has_most_of_it():
    first, *_ = PORT.split("\n\n")
    days = {"a": "2025-03-03", "b": "2025-03-02", "c": "2025-03-01", "d": None}
    texts = {"a": PORT, "b": PORT, "c": f"{first}\n\n{SNOW}", "d": f"{PORT}\n\n{VOTE}"}
    articles = make_articles([{"article_id": k, "text": texts[k], "date": days[k]} for k in days])
    copies = find_copies(articles, min_words=14)
    pairs = copies[["article_id", "other_article_id"]].to_numpy().tolist()
    # c comes first by day, but has the first sentence only; of a and b, b is the earlier one.
    assert pairs == [["a", "b"], ["b", "a"], ["c", "b"], ["d", "b"]]


def test_of_a_stretch_that_meets_a_longer_one_the_rest_is_told():
    first, second, third = PORT.split("\n\n")
    articles = make(a=f"{PORT}\n\n{SNOW}", b=PORT, c=f"{third}\n\n{SNOW}")
    copies = find_copies(articles)
    here = [words for words, _ in list_words(articles, copies[copies["article_id"].eq("a")])]
    assert copies["other_article_id"][:2].tolist() == ["b", "c"]
    assert here == [f"{first}\n\n{second}", f"{third}\n\n{SNOW}"]


def test_what_an_outlet_prints_below_its_articles_is_no_copy():
    below = (
        "The Quay Post is written by eleven people in two rooms above a bakery in Marrin, and "
        "lives from its readers alone: write to us, or come up the stairs on any Friday."
    )
    rows = [{"outlet": "Quay Post", "text": f"{text}\n\n{below}"} for text in (PORT, SNOW, VOTE)]
    assert len(find_copies(make_articles(rows))) == 0
    assert len(find_copies(make_articles(rows[:2]))) == 2  # may be text of an agency


def test_offsets_are_those_of_wrapped_text():
    wrapped = PORT.replace("have not moved", "have not\nmoved").replace("ask for", "ask\nfor")
    articles = make(a=PORT, b=f"{SNOW}\n\n{wrapped}\n\n{VOTE}")
    copies = find_copies(articles)
    (_, there), (here, _) = list_words(articles, copies)
    assert here == there == wrapped


def test_changed_words_are_counted():
    changed = PORT.replace("cranes", "lifts").replace("letter", "note").replace("flour", "salt")
    copies = find_copies(make(a=PORT, b=changed))
    assert copies["kept_share"].tolist() == pytest.approx([43 / 46] * 2)


def test_blocks_that_were_corrected_are_used():
    articles = make(a=PORT, b=PORT)
    blocks = find_blocks(articles)
    blocks.loc[blocks["article_id"].eq("b") & blocks["block_index"].eq(0), "kind"] = "caption"
    assert find_copies(articles, blocks=blocks)["n_words"].tolist() == [31, 31]


def test_nothing_in_nothing_out_and_the_input_stays():
    assert_frame_equal(find_copies(empty_frame("articles")), empty_frame("copies"))
    articles = make(a=PORT, b="", c=PORT)
    before = articles.copy(deep=True)
    find_copies(articles)
    assert_frame_equal(articles, before)
    with pytest.raises(ValueError, match="min_words=4, expected at least 5"):
        find_copies(articles, min_words=4)


PIECES = st.lists(st.sampled_from([*PORT.split("\n\n"), *SNOW.split("\n\n"), VOTE]), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=4), st.sampled_from(["\n\n", "\r\n\r\n", " "]))
def test_stretches_are_words_that_both_articles_have_and_never_overlap(stories, gap):
    articles = make_articles([{"text": gap.join(pieces)} for pieces in stories])
    copies = find_copies(articles, min_words=10)
    assert_frame_equal(find_copies(articles, min_words=10), copies)
    for words, there in list_words(articles, copies):
        assert words == words.strip() != "" != there
        assert words.split()[0] == there.split()[0]
        assert words.split()[-1] == there.split()[-1]
    for _, own in copies.groupby("article_id"):
        assert (own["start"].to_numpy()[1:] >= own["end"].to_numpy()[:-1]).all()
