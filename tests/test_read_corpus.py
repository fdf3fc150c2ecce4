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
    assert [len(frame) for frame in corpus] == [0, 0, 0, 0]
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
