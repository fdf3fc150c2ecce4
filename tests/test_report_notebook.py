import csv

import pandas as pd
import pytest
from dateline.report import from_root, publish
from pandas.testing import assert_frame_equal


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_RUN_DATA", str(tmp_path))
    return tmp_path


def read_cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_published_csv_holds_no_formula(kept, start):
    publish("terms", pd.DataFrame({"term": [start + "1+1"], "n": [-4]}), key="term")
    assert read_cells(kept / "terms.csv") == [["term", "n"], ["'" + start + "1+1", "-4"]]


def test_a_list_is_json_in_the_csv_and_stays_a_list_in_parquet(kept):
    frame = pd.DataFrame({"name": ["Ana"], "roles": [["judge", "poet"]]})
    publish("people", frame)
    assert read_cells(kept / "people.csv")[1] == ["Ana", '["judge", "poet"]']
    assert list(pd.read_parquet(kept / "people.parquet")["roles"][0]) == ["judge", "poet"]


def test_publish_gives_the_frame_back_and_leaves_it_alone(kept):
    frame = pd.DataFrame({"term": ["=x"], "n": [1]})
    before = frame.copy(deep=True)
    assert publish("terms", frame, key="term") is frame
    assert_frame_equal(frame, before)


def test_in_jupyterlab_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.delenv("DATELINE_RUN_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    publish("terms", pd.DataFrame({"term": ["a"]}), key="term")
    assert list(tmp_path.iterdir()) == []


def test_two_runs_publish_the_same_bytes(kept):
    frame = pd.DataFrame({"term": ["a", "b"], "share": [0.5, 1 / 3]})
    publish("one", frame, key=["term"])
    publish("two", frame, key=["term"])
    assert (kept / "one.csv").read_bytes() == (kept / "two.csv").read_bytes()
    assert (kept / "one.parquet").read_bytes() == (kept / "two.parquet").read_bytes()


@pytest.mark.parametrize(
    ("name", "key", "message"),
    [
        ("../terms", "term", "small letters"),
        ("terms", "word", "no column word"),
        ("terms", "n", "repeats a key"),
    ],
)
def test_a_table_that_cannot_be_compared_is_refused(kept, name, key, message):
    with pytest.raises(ValueError, match=message):
        publish(name, pd.DataFrame({"term": ["a", "b"], "n": [1, 1]}), key=key)


def test_a_name_is_published_once(kept):
    publish("terms", pd.DataFrame({"term": ["a"]}))
    with pytest.raises(ValueError, match="published twice"):
        publish("terms", pd.DataFrame({"term": ["b"]}))


@pytest.mark.parametrize("folder", [".", "notebooks", "notebooks/deep"])
def test_a_path_starts_at_the_root_from_every_folder(tmp_path, monkeypatch, folder):
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    (tmp_path / "notebooks" / "one.ipynb").write_text("{}")
    monkeypatch.delenv("DATELINE_ROOT", raising=False)
    monkeypatch.chdir(tmp_path / folder)
    assert from_root("corpus") == tmp_path / "corpus"
    assert from_root("/elsewhere") == type(tmp_path)("/elsewhere")


@pytest.mark.parametrize("name", ["together", "together_of_2025", "together_by_outlet"])
def test_the_name_of_a_frame_is_for_such_frames_only(name, kept):
    with pytest.raises(ValueError, match="`together` lacks the columns other, n_articles"):
        publish(name, pd.DataFrame({"speaker": ["Ana Lim"]}))
    pairs = pd.DataFrame({"speaker": ["Ana Lim"], "other": ["Bo Ek"], "n_articles": [2.0]})
    assert publish(name, pairs) is pairs
