import json

import pandas as pd
import pytest
from dateline.evaluation.exchange import count_content, read_said, write_said
from dateline.evaluation.standoff import read_standoff, write_standoff
from dateline.frames import build_frame
from hypothesis import given
from hypothesis import strategies as st

TEXT = "“We sail,” said Orla Venn.\nShe and Reik asked for time.\nNobody was told."
ARTICLES = build_frame("articles", [{"article_id": "ferry", "text": TEXT}])


def span(words):
    return [TEXT.index(words), TEXT.index(words) + len(words)]


ROWS = [
    {
        "attribution_id": "ferry-1",
        "kind": "direct",
        "content": [span("We sail")],
        "cue": "said",
        "cue_spans": [span("said")],
        "cue_class": "speech",
        "source": "Orla Venn",
        "source_spans": [span("Orla Venn")],
        "speaker": "Orla Venn",
        "speaker_id": "orla-venn",
        "rule": "cue after",
        "score": 0.9,
    },
    {
        "attribution_id": "ferry-2",
        "kind": "indirect",
        "content": [span("asked"), span("time")],
        "source": "She and Reik",
        "source_spans": [span("She and Reik")],
        "speaker": "Orla Venn and Tomas Reik",
        "speaker_id": "orla-venn+tomas-reik",
        "rule": "complement",
        "score": 0.5,
    },
    {
        "attribution_id": "ferry-3",
        "kind": "indirect",
        "content": [span("Nobody was told")],
        "speaker_candidates": ["Ada Moll", "Jon Moll"],
        "rule": "impersonal",
        "score": 0.25,
    },
]


def fill(row):
    """A row of SAID with the columns that follow from its content."""
    words = " … ".join(TEXT[start:end] for start, end in row["content"])
    known = {"article_id": "ferry", "cue_spans": [], "source_spans": [], "speaker_candidates": []}
    return known | row | count_content(row["content"], words)


SAID = build_frame("said", [fill(row) for row in ROWS])


def test_json_lines_hold_what_the_issue_names(tmp_path):
    write_said(SAID, tmp_path / "quotes.jsonl")
    rows = [
        json.loads(line) for line in (tmp_path / "quotes.jsonl").read_text("utf-8").splitlines()
    ]
    direct, joint, undecided = rows
    assert direct == {
        "attribution_id": "ferry-1",
        "article_id": "ferry",
        "kind": "direct",
        "content": [[1, 8]],
        "content_text": "We sail",
        "source": [[16, 25]],
        "source_text": "Orla Venn",
        "cue": [[11, 15]],
        "cue_class": "speech",
        "addressee": None,
        "medium": None,
        "via": None,
        "negated": False,
        "speaker": "Orla Venn",
        "speaker_id": "orla-venn",
        "speaker_candidates": [],
        "rule": "cue after",
        "score": 0.9,
    }
    assert joint["speaker"] == ["Orla Venn", "Tomas Reik"]
    assert joint["content_text"] == "asked … time"
    assert joint["cue"] is None
    assert undecided["source"] is None
    assert undecided["source_text"] is None
    assert undecided["speaker"] is None
    assert undecided["speaker_id"] is None
    assert undecided["speaker_candidates"] == ["Ada Moll", "Jon Moll"]


def test_json_lines_are_read_as_they_were_written(tmp_path):
    write_said(SAID, tmp_path / "quotes.jsonl")
    # A line has the places of a cue, not its words.
    expected = SAID.assign(cue=pd.Series([None] * 3, dtype="str"))
    pd.testing.assert_frame_equal(read_said(tmp_path / "quotes.jsonl"), expected)


def test_what_was_saved_otherwise_is_written_the_same(tmp_path):
    write_said(SAID, tmp_path / "said.parquet")
    write_said(SAID, tmp_path / "said.csv")
    for read in (pd.read_parquet(tmp_path / "said.parquet"), pd.read_csv(tmp_path / "said.csv")):
        write_said(read, tmp_path / "again.jsonl")
        write_said(SAID, tmp_path / "first.jsonl")
        assert (tmp_path / "again.jsonl").read_text() == (tmp_path / "first.jsonl").read_text()


@pytest.mark.parametrize(
    ("speaker", "speaker_id", "names"),
    [
        ("Salt and Sand Board", "salt-and-sand-board", "Salt and Sand Board"),
        ("A Lim and Bo Ek and Cy Orr", "a-lim+bo-ek+cy-orr", ["A Lim", "Bo Ek", "Cy Orr"]),
        ("Salt and Sand and Orla Venn", "salt-and-sand+orla-venn", ["Salt and Sand", "Orla Venn"]),
        ("Orla Venn and Salt and Sand", "orla-venn+salt-and-sand", ["Orla Venn", "Salt and Sand"]),
        ("the mayor and Orla Venn", "the-mayor--ferry+orla-venn", ["the mayor", "Orla Venn"]),
        ("A and B", None, "A and B"),
    ],
)
def test_joint_names_are_parted_where_the_ids_say(speaker, speaker_id, names, tmp_path):
    said = SAID.head(1).assign(speaker=speaker, speaker_id=pd.Series([speaker_id], dtype="str"))
    write_said(said, tmp_path / "q.jsonl")
    assert json.loads((tmp_path / "q.jsonl").read_text("utf-8"))["speaker"] == names


def test_csv_shows_joint_names_in_words_and_lists_as_json(tmp_path):
    write_said(SAID, tmp_path / "quotes.csv")
    table = pd.read_csv(tmp_path / "quotes.csv", encoding="utf-8-sig")
    assert table["speaker"].tolist()[:2] == ["Orla Venn", "Orla Venn and Tomas Reik"]
    assert json.loads(table["speaker_candidates"][2]) == ["Ada Moll", "Jon Moll"]
    assert json.loads(table["content"][1]) == SAID["content"][1]
    assert table["speaker"].isna().tolist() == [False, False, True]


def test_nothing_said_makes_files_with_columns(tmp_path):
    for suffix in (".jsonl", ".csv", ".parquet"):
        write_said(SAID.head(0), tmp_path / f"none{suffix}")
    assert (tmp_path / "none.jsonl").read_text() == ""
    assert list(pd.read_csv(tmp_path / "none.csv").columns) == list(SAID.columns)
    assert pd.read_parquet(tmp_path / "none.parquet").empty


def test_another_suffix_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(ValueError, match=r"quotes\.xlsx.*expected \.jsonl"):
        write_said(SAID, tmp_path / "quotes.xlsx")
    assert list(tmp_path.iterdir()) == []


# --- brat standoff


def test_standoff_looks_as_brat_wants_it(tmp_path):
    write_standoff(SAID.head(1), ARTICLES, tmp_path)
    assert (tmp_path / "ferry.ann").read_text("utf-8") == (
        "T1\tContent 1 8\tWe sail\n"
        "T2\tSource 16 25\tOrla Venn\n"
        "T3\tCue 11 15\tsaid\n"
        "T4\tAttribution 11 15\tsaid\n"
        "E1\tAttribution:T4 Content:T1 Source:T2 Cue:T3\n"
        "A1\tKind E1 direct\n"
    )
    assert "Attribution\tContent+:Content" in (tmp_path / "annotation.conf").read_text()


def test_the_text_is_written_byte_for_byte(tmp_path):
    text = "\ufeffOne\r\ntwo\rthree\n\n“four”\u2028"
    articles = build_frame("articles", [{"article_id": "a", "text": text}])
    write_standoff(SAID.head(0), articles, tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == text.encode("utf-8")
    assert (tmp_path / "a.ann").read_bytes() == b""
    assert read_standoff(tmp_path).articles["text"].tolist() == [text]


def test_what_was_written_is_read_back(tmp_path):
    write_standoff(SAID, ARTICLES, tmp_path)
    read = read_standoff(tmp_path)
    columns = ["article_id", "kind", "content", "text", "n_words", "start", "end"]
    columns += ["source", "source_spans", "cue", "cue_spans"]
    pd.testing.assert_frame_equal(read.said[columns], SAID[columns])
    assert read.problems.empty


@st.composite
def annotated_texts(draw):
    """A text with hard line ends, and spans that begin and end on other characters."""
    text = draw(st.text("ab “”\n\r\u2028\t\x85", min_size=1, max_size=60))
    firm = [i for i, c in enumerate(text) if c in "ab “”\t"]
    if not firm:
        return text, []
    spans = st.tuples(st.sampled_from(firm), st.sampled_from(firm)).map(
        lambda pair: [min(pair), max(pair) + 1]
    )
    parts = st.lists(spans, max_size=3)
    rows = st.tuples(
        parts.filter(bool), parts, parts, st.sampled_from(["direct", "mixed", "indirect"])
    )
    return text, draw(st.lists(rows, max_size=3))


@given(annotated_texts())
def test_any_span_survives_standoff(tmp_path_factory, annotated):
    text, rows = annotated
    folder = tmp_path_factory.mktemp("brat")
    articles = build_frame("articles", [{"article_id": "a", "text": text}])
    keys = ("content", "source_spans", "cue_spans", "kind")
    named = [
        {"attribution_id": f"a:E{n}", "article_id": "a", **dict(zip(keys, row, strict=True))}
        | count_content(row[0], None)
        for n, row in enumerate(rows, 1)
    ]
    said = build_frame("said", named)
    write_standoff(said, articles, folder)
    for line in (folder / "a.ann").read_bytes().decode("utf-8").splitlines():
        assert line.startswith(("T", "E", "A"))
    read = read_standoff(folder)
    columns = ["attribution_id", *keys]
    pd.testing.assert_frame_equal(read.said[columns], said[columns])
    assert read.problems.empty


def test_articles_in_subfolders_keep_their_place(tmp_path):
    articles = build_frame("articles", [{"article_id": "may/a", "text": "One."}])
    write_standoff(SAID.head(0), articles, tmp_path / "out")
    assert (tmp_path / "out" / "may" / "a.ann").exists()
    assert read_standoff(tmp_path / "out").articles["article_id"].tolist() == ["may/a"]


@pytest.mark.parametrize("article_id", ["../a", "/tmp/a", "a\0b", "", "a/../../b"])
def test_an_id_that_leads_out_of_the_folder_is_refused(tmp_path, article_id):
    articles = build_frame("articles", [{"article_id": article_id, "text": "One."}])
    with pytest.raises(ValueError, match="cannot be a file's name"):
        write_standoff(SAID.head(0), articles, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_layout_of_polnear_is_read_first_annotator_first(tmp_path):
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "x_1.txt").write_bytes(TEXT.encode("utf-8"))
    (tmp_path / "text" / "y_2.txt").write_bytes(b"Nobody annotated this.")
    first = (
        "T1\tContent 1 8\tWe sail\nT2\tAttribution 11 15\tsaid\nE1\tAttribution:T2 Content:T1 \n"
    )
    (tmp_path / "attributions" / "x_1_ann.ann").write_bytes(first.encode("utf-8"))
    (tmp_path / "attributions" / "x_1_bob.ann").write_bytes(b"")
    read = read_standoff(tmp_path)
    assert read.articles["article_id"].tolist() == ["x_1"]
    assert read.said["content"].tolist() == [[[1, 8]]]
    assert read.said["kind"].isna().all()


def test_a_cue_and_a_source_bound_the_wrong_way_round_are_righted(tmp_path):
    swapped = SAID.head(1).assign(source_spans=[[[11, 15]]], cue_spans=[[[16, 25]]])
    write_standoff(swapped, ARTICLES, tmp_path)
    assert read_standoff(tmp_path).said["source"].tolist() == ["Orla Venn"]


def test_broken_lines_are_problems_and_cost_nothing_else(tmp_path):
    write_standoff(SAID.head(1), ARTICLES, tmp_path)
    with (tmp_path / "ferry.ann").open("a", encoding="utf-8") as file:
        file.write(
            "T9 Content 1 2\nE8\tAttribution:T4 Cue:T3\nT10\tContent 9 9999\tno\n#1\tnote\n\n"
        )
    read = read_standoff(tmp_path)
    assert len(read.said) == 1
    assert read.problems["path"].tolist() == ["ferry.ann"]
    assert read.problems["problem"].tolist() == [
        "3 lines left out, the first: line 7: not in standoff form"
    ]


def test_a_folder_without_annotations_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no annotated articles"):
        read_standoff(tmp_path)
