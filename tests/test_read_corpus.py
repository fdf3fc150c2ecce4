from pathlib import Path

import dateline as dl
import pandas as pd
import pytest
from dateline.frames import check_frame

HARBOUR = (
    "PORT VARRO – Minister Ilse Tarn opened the new harbour on Oct. 9 before a crowd of sailors.\n"
    "\n"
    "From L to R: Ilse Tarn _and_ harbour master Odo Brint. Photo credit: Harbour News.\n"
    "The harbour will employ two hundred people, she told the crowd.\n"
    "A bridge to the islands\n"
    "“We built it in three years, and we built it for the islands,” Tarn said.\n"
)
LETTER = (
    " date 2025-02-03 The president of Ostrava Bay has sent a letter to the islands' council, in "
    "which she thanked it for its help after the flood of last winter.\n"
    "\n"
    "“You sent boats before we asked,” she writes. ///oba, 3 February 2025"
)


def write(folder: Path, **texts: str) -> Path:
    for stem, text in texts.items():
        (folder / f"{stem}.txt").write_bytes(text.encode())
    return folder


def test_the_frames_fit_the_data_dictionary(tmp_path):
    corpus = dl.read_corpus(write(tmp_path, a=HARBOUR, b=LETTER))
    for name, frame in corpus._asdict().items():
        check_frame(frame, name)


def test_a_day_without_a_year_is_evidence_and_no_date(tmp_path):
    row = dl.read_articles(write(tmp_path, a=HARBOUR)).loc[0]
    assert (row.place, row.date_precision, row.date_evidence) == (
        "PORT VARRO",
        "month_day",
        "Oct. 9",
    )
    assert row.published_on is pd.NaT


def test_prefix_and_trailer_state_date_and_outlet(tmp_path):
    row = dl.read_articles(write(tmp_path, b=LETTER)).loc[0]
    assert row.published_on == pd.Timestamp("2025-02-03")
    assert (row.outlet, row.date_precision, row.date_evidence) == ("oba", "day", "2025-02-03")


def test_the_text_is_the_file_code_point_for_code_point(tmp_path):
    text = "\ufeff" + HARBOUR.replace("\n", "\r\n") + "\u2028 \U0001f30a\n\n"
    articles = dl.read_articles(write(tmp_path, a=text))
    assert articles.loc[0, "text"] == text


def test_articles_come_in_the_order_of_their_paths(tmp_path):
    (tmp_path / "b").mkdir()
    write(tmp_path / "b", x=LETTER)
    write(tmp_path, c=LETTER, a=HARBOUR)
    assert list(dl.read_articles(tmp_path).path) == ["a.txt", "b/x.txt", "c.txt"]


def test_files_that_share_a_stem_are_named_by_their_paths(tmp_path):
    (tmp_path / "b").mkdir()
    write(tmp_path / "b", a=LETTER)
    write(tmp_path, a=HARBOUR, c=LETTER)
    (tmp_path / "c.md").write_text(HARBOUR, encoding="utf-8")
    assert list(dl.read_articles(tmp_path).article_id) == ["a", "b/a", "c.md", "c.txt"]


def test_a_cluster_is_named_by_its_earliest_article(tmp_path):
    later = "date: 2025-02-09\n\n" + LETTER.replace(" date 2025-02-03 ", "").partition(" ///")[0]
    articles = dl.read_articles(write(tmp_path, a=later * 2, b=LETTER * 2, c=HARBOUR * 2))
    assert list(articles.cluster_id) == ["b", "b", "c"]


def test_an_empty_folder_gives_empty_frames(tmp_path):
    corpus = dl.read_corpus(tmp_path)
    assert [len(frame) for frame in corpus] == [0, 0, 0, 0, 0]
    for name, frame in corpus._asdict().items():
        assert check_frame(frame, name).empty


def test_problems_are_counted_in_a_warning(tmp_path):
    write(tmp_path, a=HARBOUR, b="")
    with pytest.warns(UserWarning, match="1 problem"):
        articles = dl.read_articles(tmp_path)
    assert list(articles.article_id) == ["a"]
    assert dl.read_corpus(tmp_path).problems.to_dict("records") == [
        {"path": "b.txt", "stage": "read", "problem": "not read: empty"}
    ]


def test_a_path_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="no/such/folder"):
        dl.read_corpus("no/such/folder")


EXPORT = "".join(
    f"{n} of 12 DOCUMENTS\n\nThe Quay Post\n\nMarch {n}, 2025 Saturday\n\nFERRY {n}\n\n"
    f"BYLINE: Orla Venn\n\nSECTION: {'Sea' if n % 2 else 'Land'}\n\nLENGTH: 20 words\n\n"
    f"BRENNICK, Ilvar (Halyard) - The ferry to the islands is late for the {n}th time.\n\n"
    "“We wait,” said Tomas Reik, and so the islands wait for boat, mail and bread.\n\n"
    "LOAD-DATE: May 1, 2025\n\n"
    for n in (1, 2, 3, 12)
)


@pytest.fixture
def export(tmp_path):
    (tmp_path / "quay.txt").write_text(EXPORT)
    (tmp_path / "lone.txt").write_text("The harbour is shut.\n")
    return dl.read_corpus(tmp_path)


def test_articles_of_one_file_have_ids_that_stay(export):
    articles = export.articles
    assert list(articles.article_id) == ["lone", "quay-01", "quay-02", "quay-03", "quay-04"]
    assert list(articles.form) == ["text", *["Nexis TXT"] * 4]
    assert list(articles.item) == [1, 1, 2, 3, 4]
    assert set(articles.path[1:]) == {"quay.txt"}


def test_what_a_file_states_is_what_was_read_and_what_was_not(export):
    row = export.files.set_index("path").loc["quay.txt"]
    assert (row.n_stated, row.n_found, row.n_read, row.n_left_out) == (12, 4, 4, 8)
    assert row.why == "8 stated by the file, but not in it"
    assert (row.n_stated, row.n_found) == (row.n_read + row.n_left_out, row.n_read)
    problems = export.problems[export.problems.path == "quay.txt"].problem
    assert "states 12 articles, holds 4" in list(problems)


def test_fields_are_metadata_and_the_rest_further_columns(export):
    row = export.articles.loc[1]
    assert (row.title, row.outlet, row.byline) == ("FERRY 1", "The Quay Post", "Orla Venn")
    assert (row.published_on, row.date_evidence) == (pd.Timestamp("2025-03-01"), "March 1, 2025")
    assert (row.section, row.n_words_stated) == ("Sea", 20)
    assert pd.isna(export.articles.loc[0, "section"])
    counts = dl.count_terms(dl.find_tokens(export.articles), export.articles, by="section")
    assert {"Sea", "Land"} <= set(counts.group)


def test_a_dateline_in_the_text_states_what_no_field_does(export):
    row = export.articles.loc[1]
    assert row.place == "BRENNICK, Ilvar"
    blocks = export.blocks[export.blocks.article_id == "quay-01"]
    assert list(blocks.kind) == ["heading", "dateline", "body", "body"]


def test_blocks_that_a_form_states_travel_with_the_articles(export, tmp_path):
    pd.testing.assert_frame_equal(dl.find_blocks(export.articles), export.blocks)
    for name in ("a.parquet", "a.csv"):
        path = tmp_path / name
        if name == "a.csv":
            export.articles.to_csv(path, index=False)
            articles = pd.read_csv(path, keep_default_na=False)
        else:
            export.articles.to_parquet(path)
            articles = pd.read_parquet(path)
        pd.testing.assert_frame_equal(dl.find_blocks(articles), export.blocks)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["body 0"], "a part is 'body 0', expected a kind of blocks, its start and end"),
        (["story 0 3"], "a part is 'story 0 3'"),
        (["body 0 99"], "the part 'body 0 99' overlaps another or leaves its article's text"),
        (["body 0 3", "body 2 4"], "the part 'body 2 4' overlaps another"),
    ],
)
def test_parts_that_are_none_are_named(parts, message):
    articles = dl.make_articles(["The port is shut."])
    articles["parts"] = [parts]
    with pytest.raises(ValueError, match=message):
        dl.find_blocks(articles)


def test_between_the_stated_parts_a_text_is_split_by_its_looks():
    articles = dl.make_articles(["Port shut\n\nThe port is shut.\n\nPhoto: Bo Lund"])
    articles["parts"] = [["heading 0 9"]]
    assert list(dl.find_blocks(articles).kind) == ["heading", "body", "credit"]


def test_a_field_of_our_name_never_overwrites_a_column():
    from dateline.read.forms.item import Item
    from dateline.read.intake.rows import make_row

    fields = {"title": "Late", "path": "x", "Text": "y", "text": "z", "Page No.": "4"}
    row = make_row(Item("The ferry is late.", fields), "table")
    assert [(one.column, one.value) for one in row.statements] == [("title", "Late")]
    assert row.further == {
        "path_stated": "x",
        "text_stated": "y",
        "text_stated_stated": "z",
        "page_no": "4",
    }


def test_a_table_of_ones_own_is_a_corpus():
    table = pd.DataFrame({"Headline": ["Late"], "Story": ["The ferry is late."], "desk": ["Sea"]})
    corpus = dl.read_corpus(table, columns="text:Story")
    assert corpus.articles.loc[0, ["title", "text", "desk"]].tolist() == [
        "Late",
        "The ferry is late.",
        "Sea",
    ]
    assert len(corpus.blocks) == 1
    with pytest.raises(ValueError, match="there is no column 'Body'; there are Headline"):
        dl.read_corpus(table, columns={"text": "Body"})


def test_a_table_in_a_file_has_its_columns_named(tmp_path):
    (tmp_path / "a.csv").write_text("Kopf,Absatz,desk\nLate,The ferry is late.,Sea\n" * 1)
    corpus = dl.read_corpus(tmp_path, columns="title:Kopf,text:Absatz")
    assert corpus.articles.loc[0, ["title", "desk", "form"]].tolist() == ["Late", "Sea", "table"]
    assert dl.read_corpus(tmp_path).files.loc[0, "n_read"] == 0


@pytest.mark.parametrize("columns", ["title", "title:", ":Headline", "title:Headline,"])
def test_columns_that_are_not_understood_are_named(columns, tmp_path):
    with pytest.raises(ValueError, match="expected such as 'title:Headline,text:Body'"):
        dl.read_corpus(tmp_path, columns=columns)


def test_a_list_of_paths_and_a_pattern_are_read_as_one_corpus(tmp_path):
    write(tmp_path, a=HARBOUR, b=LETTER, c=HARBOUR)
    listed = dl.read_corpus([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert list(listed.articles.path) == ["a.txt", "b.txt"]
    assert list(dl.read_corpus(str(tmp_path / "[bc].txt")).articles.path) == ["b.txt", "c.txt"]


def test_two_runs_read_the_same(export, tmp_path):
    again = dl.read_corpus(tmp_path)
    for one, other in zip(export, again, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_failures_of_articles_of_one_file_are_told_apart(export):
    from dateline.read.intake.tally import list_failures

    failed = {"quay-01": "it failed", "quay-02": "it failed", "lone": "it failed"}
    listed = list_failures(export.articles, failed, stage="attributions")
    assert listed[:2] == [
        {"path": "lone.txt", "stage": "attributions", "problem": "it failed"},
        {"path": "quay.txt", "stage": "attributions", "problem": "article quay-01: it failed"},
    ]
    assert len({(row["path"], row["stage"], row["problem"]) for row in listed}) == 3
