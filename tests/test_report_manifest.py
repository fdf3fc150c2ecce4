import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from dateline.report import manifest, publish


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "deep/a.txt", ".hidden", ".git/x", "deep/__pycache__/a.pyc"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "corpus"


def test_what_is_hidden_is_no_part_of_a_folder(folder):
    before = manifest.hash_tree(folder)
    (folder / ".git" / "x").write_text("changed")
    assert manifest.hash_tree(folder) == before
    assert (before["files"], before["bytes"]) == (2, len("b.txt" + "deep/a.txt"))


@pytest.mark.parametrize("change", ["text", "name", "new"])
def test_every_change_of_a_folder_changes_its_hash(folder, change):
    before = manifest.hash_tree(folder)["sha256"]
    if change == "text":
        (folder / "b.txt").write_text("b.tyt")
    elif change == "name":
        (folder / "b.txt").rename(folder / "c.txt")
    else:
        (folder / "new.txt").write_text("")
    assert manifest.hash_tree(folder)["sha256"] != before


def test_a_single_file_is_hashed_like_a_folder_of_one(folder):
    assert manifest.hash_tree(folder / "b.txt")["files"] == 1


def test_the_hash_of_parameters_does_not_hang_on_their_order():
    assert manifest.hash_value({"a": 1, "b": 2}) == manifest.hash_value({"b": 2, "a": 1})


def test_inputs_are_what_the_paths_lead_to(folder):
    values = {"corpus": "corpus", "extra": None, "files": ["corpus/b.txt", "corpus/deep"], "n": 1}
    inputs = manifest.find_inputs(values, ["corpus", "extra", "files"], folder.parent)
    assert {name: (entry["path"], entry["files"]) for name, entry in inputs.items()} == {
        "corpus": ("corpus", 2),
        "files corpus/b.txt": ("corpus/b.txt", 1),
        "files corpus/deep": ("corpus/deep", 1),
    }


def test_what_is_stated_beside_one_file_is_an_input_too(folder):
    (folder / "metadata.csv").write_text("file,title\nb.txt,Late\n")
    inputs = manifest.find_inputs({"corpus": "corpus/b.txt"}, ["corpus"], folder.parent)
    assert {name: entry["path"] for name, entry in inputs.items()} == {
        "corpus": "corpus/b.txt",
        "corpus metadata.csv": "corpus/metadata.csv",
    }
    assert manifest.find_inputs({"corpus": "corpus"}, ["corpus"], folder.parent).keys() == {
        "corpus"
    }


def test_a_commit_and_whether_files_differ_from_it(tmp_path):
    def git(*words):
        name = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
        command = ["git", "-C", str(tmp_path), *name, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    assert manifest.find_commit(tmp_path) is None
    git("init", "-q")
    (tmp_path / "a").write_text("1")
    git("add", "a")
    git("commit", "-q", "-m", "Begin")
    commit = git("rev-parse", "HEAD")
    assert manifest.find_commit(tmp_path) == {"commit": commit, "is_dirty": False}
    (tmp_path / "a").write_text("2")
    assert manifest.find_commit(tmp_path) == {"commit": commit, "is_dirty": True}


def test_versions_are_those_of_what_a_report_uses():
    versions = manifest.find_versions()
    assert list(versions)[:2] == ["python", "dateline"]
    assert {"pandas", "papermill", "spacy", "matplotlib"} <= set(versions)


def test_a_run_without_tables_has_none(tmp_path):
    assert (manifest.read_tables(tmp_path), manifest.read_corpus_facts(tmp_path)) == ({}, {})


def test_the_library_is_the_folder_of_the_package():
    assert (manifest.LIBRARY / "frames.py").is_file()
    assert Path(manifest.LIBRARY).name == "dateline"


def test_what_was_read_is_told_from_the_published_tables(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("DATELINE_RUN_DATA", str(tmp_path / "data"))
    days = {
        "first_on": [date(2025, 3, 2), None, date(2025, 1, 14)],
        "last_on": [date(2025, 3, 2), None, date(2025, 12, 18)],
    }
    counts = {"outlet": ["A", "B", "C"], "n_articles": [1, 2, 3], "n_words": [10, 20, 30]}
    counts |= {"n_reprints": [0, 1, 0], "n_undated": [0, 2, 0]}
    publish("outlets", pd.DataFrame(counts | days), key="outlet")
    met = {"path": ["x.txt", "y.txt"], "stage": "read", "problem": "not read: empty"}
    publish("problems", pd.DataFrame(met))
    assert manifest.read_corpus_facts(tmp_path) == {
        "articles": 6,
        "words": 60,
        "first_on": "2025-01-14",
        "last_on": "2025-12-18",
        "problems": 2,
    }
