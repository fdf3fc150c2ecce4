import dateline as dl
import pandas as pd
import pytest

WIRE = "KORVALE, March 4 (Halyard) - The ferry to the islands is late, the harbour master said.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "quay-post").mkdir()
    (tmp_path / "island-herald").mkdir()
    (tmp_path / "quay-post" / "20250305_ferry.txt").write_text(WIRE)
    (tmp_path / "island-herald" / "ferry-again.txt").write_text(f"{WIRE}\n{WIRE}")
    (tmp_path / "metadata.csv").write_text("file,date,desk\nferry-again.txt,2025,Sea\n")
    return tmp_path


def test_wire_copy_is_dated_by_what_lies_around_it(folder):
    corpus = dl.read_corpus(folder)
    assert corpus.problems.empty
    articles = corpus.articles.set_index("article_id")
    assert set(articles.published_on) == {pd.Timestamp("2025-03-04")}
    assert articles.date_evidence["20250305_ferry"] == "March 4; 20250305"
    assert articles.date_evidence["ferry-again"] == "March 4; 2025"
    assert list(articles.desk.fillna("-")) == ["Sea", "-"]


def test_each_value_that_is_stated_is_a_row_with_its_words_and_place(folder):
    metadata = dl.read_corpus(folder).metadata
    rows = metadata[metadata.article_id == "20250305_ferry"].drop(columns="article_id")
    assert rows.to_numpy().tolist() == [
        ["place", "KORVALE", "KORVALE", "text", True],
        ["published_on", "--03-04", "March 4", "text", True],
        ["outlet", "Halyard", "Halyard", "text", True],
        ["published_on", "2025-03-05", "20250305", "file_name", True],
        ["outlet", "quay post", "quay-post", "folder", False],
        ["language", "en", "as its first 11 words read", "text", True],
    ]


def test_the_order_of_trust_can_be_set(folder):
    articles = dl.read_articles(folder, trust="folder,file_name")
    assert sorted(articles.outlet) == ["island herald", "quay post"]
    assert articles.published_on.isna().tolist() == [True, False]
    assert articles.published_on[1] == pd.Timestamp("2025-03-05")
    assert "desk" not in articles


def test_the_name_of_a_file_of_several_articles_says_nothing_of_each(tmp_path):
    (tmp_path / "2025-03-04").mkdir()
    table = "title,text\nLate,The ferry is late.\nEarly,The ferry is early.\n"
    (tmp_path / "2025-03-04" / "2025-03-05.csv").write_text(table)
    assert dl.read_articles(tmp_path).published_on.isna().all()


def test_dates_that_disagree_are_problems(tmp_path):
    (tmp_path / "2025-03-09.txt").write_text(f"Date: 4 March 2025\n\n{WIRE}")
    corpus = dl.read_corpus(tmp_path)
    assert corpus.articles.published_on[0] == pd.Timestamp("2025-03-04")
    assert list(corpus.problems.problem) == [
        "date '2025-03-09' (file name) disagrees with '4 March 2025' (text), which was taken"
    ]
