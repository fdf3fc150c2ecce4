import dateline as dl
import pytest
from dateline.read.plain.blocks import split_text
from dateline.read.plain.furniture import mark_furniture

STORIES = [
    "The council met on Monday and agreed to mend the sea wall before the winter storms.",
    "A ship with lemons ran aground off Port Varro and was pulled free by three tugs.",
    "The school at Odo will open again in May, after two years in which it had no roof.",
    "Nobody won the race round the island, because the buoys had drifted in the night.",
]
BOX = "We read every letter that reaches us; write to the editors in Quay Street."


def mark(texts: list[str], outlets=("Quay Post",) * 4, stories="abcd") -> list[list[str]]:
    rows = [
        {"outlet": outlet, "cluster_id": story, "parts": []}
        for outlet, story, _ in zip(outlets, stories, texts, strict=False)
    ]
    layouts = mark_furniture(rows, [split_text(text) for text in texts])
    for row, layout, text in zip(rows, layouts, texts, strict=True):
        articles = dl.make_articles([text]).assign(parts=[row["parts"]])
        assert list(dl.find_blocks(articles)["kind"]) == [block.kind for block in layout.blocks]
    return [[block.kind for block in layout.blocks] for layout in layouts]


def test_what_an_outlet_prints_in_three_stories_is_furniture():
    texts = [f"{story}\n\n{BOX}\n\n{story}" for story in STORIES[:3]]
    assert mark(texts) == [["body", "trailer", "body"]] * 3
    assert mark(texts[:2]) == [["body", "body", "body"]] * 2


def test_above_the_text_it_is_a_header():
    assert (
        mark([f"{BOX}\n\n{story}\n\n{story}" for story in STORIES])
        == [["header", "body", "body"]] * 4
    )


def test_reprints_of_one_story_count_once():
    texts = [f"{story}\n\n{BOX}" for story in STORIES]
    assert mark(texts, stories="aabb") == [["body", "body"]] * 4


def test_outlets_are_counted_each_by_itself():
    texts = [f"{story}\n\n{BOX}" for story in STORIES]
    assert mark(texts, ("Quay Post", "Quay Post", "The Buoy", None)) == [["body", "body"]] * 4


@pytest.mark.parametrize(
    "line",
    [
        "The strike began in February and has cost the port nine ships.",  # background of an affair
        "“You have our word,” Mara Voss said.",
        "You have our word, according to Mara Voss.",
    ],
)
def test_what_reports_something_stays_text(line):
    texts = [f"{story}\n\n{line}\n\n{story}" for story in STORIES]
    assert mark(texts) == [["body", "body", "body"]] * 4


def test_an_article_that_is_nothing_else_stays_text():
    assert mark([BOX] * 4) == [["body"]] * 4


def test_a_corpus_has_its_furniture_in_blocks_and_in_parts(tmp_path):
    for i, story in enumerate(STORIES):
        (tmp_path / f"{i}.txt").write_text(
            f"Outlet: Quay Post\n\n{story}\n\n{BOX}\n\n{story}\n", encoding="utf-8"
        )
    corpus = dl.read_corpus(tmp_path)
    assert list(corpus.blocks["kind"]) == ["header", "body", "trailer", "body"] * 4
    assert dl.find_blocks(corpus.articles).equals(corpus.blocks)


def test_a_form_that_states_its_parts_states_furniture_too():
    rows = [
        {"outlet": "Quay Post", "cluster_id": story, "parts": [f"body 0 {len(BOX)}", "body 80 90"]}
        for story in "abc"
    ]
    layouts = [split_text(f"{BOX}\n\n{story}") for story in STORIES[:3]]
    mark_furniture(rows, layouts)
    assert [row["parts"] for row in rows] == [[f"header 0 {len(BOX)}", "body 80 90"]] * 3


def test_articles_of_ones_own_have_furniture_too():
    rows = [{"outlet": "Quay Post", "text": f"{story}\n\n{BOX}"} for story in STORIES]
    blocks = dl.find_blocks(dl.make_articles(rows))
    assert list(blocks["kind"]) == ["body", "trailer"] * 4
