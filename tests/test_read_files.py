import os

import pytest
from dateline.read import files
from dateline.read.files import read_files
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.txt", b"MZ\x00\x01\x02 text", "binary"),
        ("a.txt", b"%PDF-1.4\x00" + bytes(range(256)), "binary"),
        ("a.pdf", b"text", "not a .txt or .md file"),
        ("a", b"text", "not a .txt or .md file"),
    ],
)
def test_a_file_that_cannot_be_read_is_listed_not_lost(tmp_path, name, raw, problem):
    (tmp_path / name).write_bytes(raw)
    read, problems = read_files(tmp_path)
    assert read == []
    assert [p.path for p in problems] == [name]
    assert problem in problems[0].problem


def test_a_file_that_is_too_large_is_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10_000_000)
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(10_000_001)
    assert read_files(tmp_path)[1] == [("a.txt", "not read: larger than 10 MB")]


def test_hidden_files_and_readmes_are_passed_over(tmp_path):
    (tmp_path / ".hidden").mkdir()
    for name in (".a.txt", "README.md", "readme.txt", ".hidden/a.txt", "b.TXT"):
        (tmp_path / name).write_text("text")
    read, problems = read_files(tmp_path)
    assert ([file.path for file in read], problems) == (["b.TXT"], [])


def test_one_file_is_read_whatever_its_name(tmp_path):
    (tmp_path / "README.md").write_text("text")
    assert [file.article_id for file in read_files(tmp_path / "README.md")[0]] == ["README"]


def test_links_neither_leave_the_folder_nor_loop(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("text")
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "broken.txt").symlink_to("nothing.txt")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "loop").symlink_to(folder)
    read, problems = read_files(folder)
    assert [file.text for file in read_files(folder / "outside.txt")[0]] == ["secret"]
    assert [file.path for file in read] == ["a.txt", "inside.txt"]
    assert [p.path for p in problems] == ["broken.txt", "loop", "outside.txt", "self.txt"]


def test_a_pipe_does_not_hold_the_reader_up(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert [p.path for p in read_files(tmp_path)[1]] == ["a.txt"]


def test_a_name_that_is_no_text_still_names_its_article(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("text")
    (file,) = read_files(tmp_path)[0]
    assert file.article_id.encode() == b"caf\\xe9"


NAMES = st.from_regex(r"([ab]/){0,2}[ab]{1,2}(\.txt)?\.(txt|md)", fullmatch=True)


@given(st.lists(NAMES, unique=True))
def test_article_ids_are_unique(paths):
    ids = files._name_articles(paths)
    assert sorted(ids) == sorted(paths)
    assert len(set(ids.values())) == len(paths)
