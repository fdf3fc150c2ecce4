import json

import pandas as pd
import pytest
from dateline.report import compare, publish


@pytest.fixture
def run(tmp_path, monkeypatch):
    def make(name, tables):
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        monkeypatch.setenv("DATELINE_RUN_DATA", str(folder / "data"))
        for table, (frame, key) in tables.items():
            publish(table, pd.DataFrame(frame), key=key)
        return folder

    return make


@pytest.fixture
def terms(run):
    before = {"term": ["tide", "quay", "=gale", "ebb"], "n": [9, 5, 4, 2], "rank": [1, 2, 3, 4]}
    after = {"term": ["quay", "tide", "=gale", "mole"], "n": [12, 8, 4, 2], "rank": [1, 2, 3, 4]}
    return compare.compare_runs(
        run("before", {"terms": (before, "term")}), run("after", {"terms": (after, "term")})
    )


def test_new_gone_and_moved_rows_are_told_by_name(terms):
    assert terms == {
        "terms": {
            "key": ["term"],
            "new": ["mole"],
            "gone": ["ebb"],
            "moved": [
                ["quay", "n", 5.0, 12.0],
                ["tide", "n", 9.0, 8.0],
                ["quay", "rank", 2.0, 1.0],
                ["tide", "rank", 1.0, 2.0],
            ],
        }
    }


def test_changes_are_put_in_words(terms):
    assert compare.describe_changes(terms, "20250311T061500Z-12345678") == {
        "since": "Since the run of 11 March 2025, 06:15 UTC:",
        "lines": [
            {
                "table": "terms",
                "count": "1 new, 1 gone, 2 moved",
                "texts": [
                    "1 new: mole",
                    "1 gone: ebb",
                    "2 moved: quay 5 → 12, rank 2 → 1; tide 9 → 8, rank 1 → 2",
                ],
            }
        ],
        "also": "",
    }


def test_a_first_run_and_an_equal_run_say_so(run):
    table = {"terms": ({"term": ["tide"], "n": [9]}, "term")}
    same = compare.compare_runs(run("before", table), run("after", table))
    name = "20250311T061500Z-12345678"
    assert compare.describe_changes(same, name)["since"].startswith("Nothing changed since")
    assert compare.describe_changes({}, None)["since"].startswith("This is the first run")


def test_a_row_with_an_id_is_called_by_its_words(run):
    before = {"speaker_id": ["a"], "speaker": ["Ana Quill"], "n": [2]}
    after = {"speaker_id": ["a", "b"], "speaker": ["Ana Quill", "Ivo Marr"], "n": [2, 1]}
    compared = compare.compare_runs(
        run("before", {"voices": (before, "speaker_id")}),
        run("after", {"voices": (after, "speaker_id")}),
    )
    assert compared["voices"]["new"] == ["Ivo Marr"]


def test_tables_with_several_keys_are_only_counted(run):
    before = {"outlet": ["A", "B"], "term": ["tide", "tide"], "n": [1, 2]}
    after = {"outlet": ["A", "B"], "term": ["tide", "ebb"], "n": [3, 2]}
    key = ["outlet", "term"]
    compared = compare.compare_runs(
        run("before", {"by_outlet": (before, key)}), run("after", {"by_outlet": (after, key)})
    )
    words = compare.describe_changes(compared, "20250311T061500Z-12345678")
    assert words["lines"] == []
    assert words["also"] == "Also changed: by outlet (1 new, 1 gone, 1 moved)."


def test_what_is_in_one_run_only_or_has_no_key_is_not_compared(run):
    before = run("before", {"old": ({"a": [1]}, "a"), "bare": ({"a": [1]}, ())})
    after = run("after", {"new": ({"a": [1]}, "a"), "bare": ({"a": [2]}, ())})
    assert compare.compare_runs(before, after) == {}


@pytest.mark.parametrize(
    ("rule", "alerts"),
    [
        ("terms.n=7", ["terms: quay: n 5 → 12"]),
        ("terms.n=8", []),
        ("terms.n=10%", ["terms: quay: n 5 → 12", "terms: tide: n 9 → 8"]),
        ("terms.n=200%", []),
        ("terms.rank=1", ["terms: quay: rank 2 → 1", "terms: tide: rank 1 → 2"]),
        ("terms.new=1", ["terms: new: mole"]),
        ("terms.gone=2", []),
    ],
)
def test_an_alert_is_a_change_as_large_as_its_rule(terms, rule, alerts):
    assert compare.find_alerts(terms, rule) == alerts


@pytest.mark.parametrize("rule", ["terms", "terms.n", "terms.n=x", "n=5", "quotes.n=5"])
def test_a_rule_that_cannot_be_kept_is_refused(terms, rule):
    with pytest.raises(ValueError, match=r"is no rule|no table"):
        compare.find_alerts(terms, rule)


def test_a_comparison_is_json(terms):
    assert json.loads(json.dumps(terms)) == terms
