import os

import pytest
from dateline.read import files
from dateline.read.files import read_files
from hypothesis import given
from hypothesis import strategies as st

SPEECH = "“We built it – and we’ll keep it,” said the minister. The café was full…\n"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (SPEECH.encode(), SPEECH),
        (b"\xef\xbb\xbf" + SPEECH.encode(), "\ufeff" + SPEECH),
        (SPEECH.encode("utf-16"), "\ufeff" + SPEECH),
        (b"\xfe\xff" + SPEECH.encode("utf-16-be"), "\ufeff" + SPEECH),
        (SPEECH.encode("utf-32"), "\ufeff" + SPEECH),
    ],
)
def test_a_stated_encoding_is_read_without_a_problem(tmp_path, raw, text):
    (tmp_path / "a.txt").write_bytes(raw)
    read, problems = read_files(tmp_path)
    assert ([file.text for file in read], problems) == ([text], [])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", SPEECH),
        ("cp1252", "“No.”\n"),
        ("utf-16-le", SPEECH),
        ("utf-16-be", SPEECH),
        ("cp1251", "Президент прибыл в город и встретился с министром обороны страны. " * 3),
    ],
)
def test_a_detected_encoding_is_a_problem_and_a_text(tmp_path, encoding, text):
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    read, problems = read_files(tmp_path)
    assert [file.text for file in read] == [text]
    assert problems == [("a.txt", f"not UTF-8: read as {encoding}, which is a guess")]


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


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The caf\ufffd was full.", "1 characters were lost"),
        ("â€œWe built itâ€\x9d", "once decoded as Windows-1252"),
    ],
)
def test_a_damaged_text_is_read_and_listed(tmp_path, text, problem):
    (tmp_path / "a.txt").write_bytes(text.encode())
    read, problems = read_files(tmp_path)
    assert [file.text for file in read] == [text]
    assert problem in problems[0].problem


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
