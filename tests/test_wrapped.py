"""Hard-wrapped text scores as flat text does: our own gold, wrapped, and any story."""

from pathlib import Path

import dateline as dl
import pytest
from dateline.evaluation.evaluate import evaluate, read_gold
from dateline.evaluation.match import Words
from dateline.frames import build_frame
from dateline.read.metadata.stated import read_metadata
from dateline.read.plain.blocks import split_text
from dateline.words import join_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from wrapping import shift, wrap

ROOT = Path(__file__).parents[1]
FLAT = 100_000  # columns: no line is longer


@pytest.fixture(scope="module")
def gold():
    return read_gold(ROOT / "tests" / "gold", corpus=ROOT / "corpus")


@pytest.fixture(scope="module")
def flat(gold):
    return score(gold, FLAT)


def score(gold, width, **options):
    """Joint F1 by kind and the share of right speakers, of the gold wrapped at a column."""
    articles, marked, texts, offsets = gold.articles.copy(), gold.said.copy(), [], {}
    for article in articles.itertuples():
        text, offsets[article.article_id] = wrap(article.text, width, **options)
        texts.append(text)
    articles["text"] = texts
    for column in ("content", "source_spans", "cue_spans"):
        pairs = zip(marked[column], marked["article_id"], strict=True)
        marked[column] = [shift(spans, offsets[article_id]) for spans, article_id in pairs]
    found = dl.find_said(articles)
    assert found.problems.empty
    figures = evaluate(marked, found.said, articles)
    speakers = figures.speaker_accuracy.set_index("group")["speaker_accuracy"]
    return figures.accuracy.set_index("kind")["joint_f1"].to_dict() | {"speakers": speakers["all"]}


@pytest.mark.parametrize(
    ("width", "options"),
    [
        (60, {}),
        (72, {"end": "\r\n"}),
        (100, {}),
        (72, {"blank_lines": False}),
        (FLAT, {"end": "\r\n"}),
    ],
)
def test_wrapped_gold_scores_within_a_point_of_flat(gold, flat, width, options):
    assert score(gold, width, **options) == pytest.approx(flat, abs=0.01)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_articles_have_the_blocks_and_metadata_of_flat_ones(end):
    for article in dl.read_articles(ROOT / "corpus").itertuples():
        text, _ = wrap(article.text, 72, end=end)
        wrapped, flat = split_text(text).blocks, split_text(article.text).blocks
        shown = [[(block.kind, block.text) for block in blocks] for blocks in (wrapped, flat)]
        assert shown[0] == shown[1], article.article_id
        assert read_metadata(wrapped) == read_metadata(flat)


def test_what_stands_around_the_text_is_known_where_it_is_wrapped():
    flat = (
        "Minister opens the new harbour at Port Varro after three years of work\n"
        "By Mara Voss and Odo Brint, Staff Writers\n\n"
        f"PORT VARRO, Ostrava Bay, 12 March 2025 (IslandPress) — {' '.join(SPEECH)}\n\n"
        f"{' '.join(SPEECH)}\n\n(Reporting by Mara Voss in Port Varro; editing by Odo Brint)\n"
    )
    kinds = ["heading", "byline", "dateline", "body", "body", "trailer"]
    assert [block.kind for block in split_text(flat).blocks] == kinds
    blocks = split_text(wrap(flat, 40)[0]).blocks
    assert [block.kind for block in blocks] == kinds
    assert [block.text for block in blocks] == [block.text for block in split_text(flat).blocks]


def test_kinds_are_decided_from_marks_that_stand_on_different_lines():
    text, offsets = wrap(" ".join(SPEECH), 40)
    words = Words(text)
    assert "\n" in text[: offsets[37]]
    assert words.kind(words.within([[offsets[0], offsets[37]]])) == "direct"
    assert words.kind(words.within([[offsets[0], len(text)]])) == "mixed"


SPEECH = [
    "“We hold the line until the spring,” Orla Venn said.",
    "Josef Marl, the harbour master, told reporters that the road would stay closed until May.",
    "“The wall is a gift to the whole valley,” said Prime Minister Ilsa Marrow, who opened it.",
    "He denied that he had known of the letter, which was “a tidy piece of bookkeeping”.",
    "According to Orla Venn, the river had carried less water than in any year since the flood.",
    "The council met on Monday and agreed to mend the sea wall before the winter storms came.",
    "‘Count the living,’ it said. ‘It is quicker.’",
]
STORIES = st.lists(
    st.lists(st.sampled_from(SPEECH), min_size=1, max_size=4).map(" ".join),
    min_size=3,
    max_size=6,
).map(lambda story: "\n\n".join([" ".join(SPEECH), *story]))


def make_articles(text):
    return build_frame("articles", [{"article_id": "a", "path": "a.txt", "text": text}])


def list_found(text):
    """All that a reader sees of the blocks, quotations, attributions and speakers of a text."""

    def words(spans):
        return [join_lines(text[start:end]) for start, end in spans]

    articles = make_articles(text)
    blocks = dl.find_blocks(articles)
    quotations = dl.find_quotations(articles, blocks=blocks)
    found = dl.find_said(articles, blocks=blocks)
    attributions = found.attributions
    shown = ["kind", "cue", "source", "addressee", "rule", "score"]
    places = attributions[["cue_start", "cue_end"]].dropna().to_numpy()
    assert words(places) == attributions["cue"].dropna().tolist()
    return (
        blocks["kind"].tolist(),
        words(zip(blocks["start"], blocks["end"], strict=True)),
        words(zip(quotations["start"], quotations["end"], strict=True)),
        quotations[["closed", "mark", "function"]].to_numpy().tolist(),
        attributions[shown].fillna("").to_numpy().tolist(),
        [words(content) for content in attributions["content"]],
        found.said[["text", "n_words", "speaker", "speaker_evidence"]]
        .fillna("")
        .to_numpy()
        .tolist(),
    )


@settings(max_examples=12, deadline=None)
@given(STORIES, st.integers(40, 110), st.sampled_from(["\n", "\r\n"]))
def test_any_wrapped_story_is_read_as_the_flat_one(story, width, end):
    text, _ = wrap(story, width, end=end)
    assert list_found(text) == list_found(story)


def test_words_are_shown_on_one_line_and_offsets_are_the_texts_own():
    text = "“The wall is a gift\r\n  to us,” said Prime\r\n  Minister Ilsa Marrow."
    articles, row = make_articles(text), {"article_id": "a", "block_index": 0, "kind": "body"}
    blocks = build_frame("blocks", [row | {"start": 0, "end": len(text)}])
    found = dl.find_said(articles, blocks=blocks)
    (attribution,) = found.attributions.itertuples()
    source = text[attribution.source_start : attribution.source_end]
    assert source == "Prime\r\n  Minister Ilsa Marrow"
    assert attribution.source == "Prime Minister Ilsa Marrow"
    assert found.said["text"].tolist() == ["“The wall is a gift to us,”"]
    assert found.said["speaker"].tolist() == ["Ilsa Marrow"]
    mentions, _ = dl.resolve_speakers(found.attributions, articles, blocks=blocks)
    assert mentions["text"].tolist() == ["Prime Minister Ilsa Marrow"]
    assert mentions["start"].tolist() == [attribution.source_start]
    contents = dl.find_contents(found.attributions, articles)
    assert contents["text"].tolist() == ["“The wall is a gift to us,”"]


def test_blocks_that_are_given_decide_what_a_paragraph_is():
    text = "Orla Venn said that the\nroad would stay closed."
    articles = make_articles(text)
    rows = [{"article_id": "a", "block_index": 0, "kind": "body", "start": 0, "end": len(text)}]
    whole = dl.find_attributions(articles, blocks=build_frame("blocks", rows))
    assert whole["content"].tolist() == [[[15, 46]]]
    caption = build_frame("blocks", [rows[0] | {"kind": "caption"}])
    assert dl.find_attributions(articles, blocks=caption).empty
    assert dl.find_quotations(articles, blocks=caption.head(0)).empty
    rows.append({**rows[0], "article_id": "another"})
    both = dl.find_attributions(articles, blocks=build_frame("blocks", rows))
    assert both.equals(whole)


def test_a_block_beyond_its_text_is_refused():
    rows = [{"article_id": "a", "block_index": 0, "kind": "body", "start": 3, "end": 9}]
    with pytest.raises(ValueError, match=r"a block of 'a' is \(3, 9\), expected places of its 5"):
        dl.find_quotations(make_articles("Short"), blocks=build_frame("blocks", rows))
