"""From a first run to a second one, as an analyst or a scheduler would ask for them."""

import json
import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from report_project import (
    add_notebook,
    limit,
    make_notebook,
    make_project,
    read_manifest,
    run_dateline,
)

COUNT = """import sys
import pandas as pd
from dateline.report import from_root, publish
words = pd.Series(" ".join(p.read_text() for p in sorted(from_root(corpus).glob("*.txt"))).split())
terms = words.value_counts(sort=False).rename_axis("term").reset_index(name="n")
publish("terms", terms.sort_values(["n", "term"], ascending=[False, True]), key="term")"""
OUTLETS = """outlets = pd.DataFrame({"outlet": ["Quay Post", "Tidings"], "n_articles": [1, 1200],
    "n_words": [5, 7], "n_reprints": 0, "n_undated": 0, "first_on": ["2025-02-01", None], 
    "last_on": ["2025-03-01", None]})
publish("outlets", outlets, key="outlet")
publish("problems", pd.DataFrame({"path": ["x.txt"], "stage": "read", "problem": "empty"}))
print("low tide", file=sys.stderr)"""
PORTS = """import multiprocessing, psutil
child = multiprocessing.get_context("fork").Process(target=print, args=("from a fork",))
child.start()
child.join()
assert [c for c in psutil.Process().net_connections() if c.status == "LISTEN"] == []"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = make_project(tmp_path_factory.mktemp("commands") / "project")
    add_notebook(root, "words", [COUNT, OUTLETS, PORTS])
    return root


@pytest.fixture(scope="module")
def first(project):
    done = run_dateline(project, "report", "words", SECRET="hunter2")
    assert done.returncode == 0, done.stderr
    return (project / "reports" / "words" / "latest").resolve()


@pytest.fixture(scope="module")
def second(project, first):
    (project / "corpus" / "mole.txt").write_text("The ferry was the talk\n", "utf-8")
    done = run_dateline(project, "report", "words", "--email")
    assert done.returncode == 0, done.stderr
    return (project / "reports" / "words" / "latest").resolve()


def test_a_run_has_its_page_notebook_tables_and_manifest(first):
    files = {p.relative_to(first).as_posix() for p in first.rglob("*") if p.is_file()}
    names = ("terms", "outlets", "problems")
    tables = {f"data/{name}.{kind}" for name in names for kind in ("csv", "parquet")}
    assert files == tables | {"data/tables.json", "manifest.json", "report.html", "report.ipynb"}


def test_no_port_is_open_and_a_fork_is_still_heard(first):
    assert "from a fork" in (first / "report.html").read_text("utf-8")  # PORTS passed, or it failed


def test_the_folder_says_when_and_with_which_parameters(first):
    assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{8}", first.name)


def test_the_manifest_tells_what_was_read_with_what(first):
    manifest = read_manifest(first)
    assert manifest["parameters"] == {"corpus": "corpus", "top_n": 5}
    assert manifest["inputs"]["corpus"]["files"] == 1
    assert manifest["corpus"] == {
        "articles": 1201,
        "words": 12,
        "first_on": "2025-02-01",
        "last_on": "2025-03-01",
        "problems": 1,
    }
    assert manifest["warnings"] == ["cell 4: low tide"]
    assert set(manifest["versions"]) >= {"python", "dateline", "pandas", "papermill"}
    assert manifest["tables"]["terms"] == {"key": ["term"], "rows": 5}
    assert "hunter2" not in (first / "manifest.json").read_text("utf-8")


def test_the_next_run_opens_with_what_changed(first, second):
    changes = read_manifest(second)["changes"]
    assert changes["lines"] == [
        {
            "table": "terms",
            "count": "2 new, 3 moved",
            "texts": ["2 new: talk; the", "3 moved: The 1 → 2; ferry 1 → 2; was 1 → 2"],
        }
    ]
    assert "2 new: talk; the" in (second / "report.html").read_text("utf-8")
    assert read_manifest(second)["previous_run"] == first.name


def test_diff_tells_the_same_and_alerts(project, first, second):
    done = run_dateline(project, "diff", "words", "--alert", "terms.n=100%")
    assert done.returncode == 3
    assert "3 moved: The 1 → 2; ferry 1 → 2" in done.stdout
    assert done.stderr.splitlines()[0] == "alert: terms: The: n 1 → 2"
    assert run_dateline(project, "diff", "--alert", "terms.new=3").returncode == 0
    back = run_dateline(project, "diff", second, first, "--json")
    assert json.loads(back.stdout)["runs"][f"words/{first.name}"]["tables"]["terms"]["gone"] == [
        "talk",
        "the",
    ]


def test_a_run_can_be_made_again_byte_by_byte(project, second):
    done = run_dateline(project, "verify", "words", "--rerun")
    assert (done.returncode, done.stdout) == (0, f"words/{second.name}: the same\n")


def test_a_changed_corpus_is_told_by_rerun(project, first, second):
    done = run_dateline(project, "verify", f"words/{first.name}", "--rerun")
    assert done.returncode == 1
    assert {"inputs: not as it was", "data/terms.csv: changed"} <= set(done.stderr.splitlines())


def test_verify_finds_a_file_that_was_touched(project, first):
    path = first / "data" / "terms.csv"
    before = path.read_bytes()
    path.write_bytes(before + b"tide,1\n")
    done = run_dateline(project, "verify", f"words/{first.name}")
    path.write_bytes(before)
    assert (done.returncode, done.stderr) == (1, "data/terms.csv: changed\n")
    assert run_dateline(project, "verify", f"words/{first.name}").returncode == 0


def test_if_nothing_changed_it_says_which_run_stands_within_a_second(project, second):
    began = time.perf_counter()
    done = run_dateline(project, "report", "words", "--if-changed")
    assert time.perf_counter() - began < limit(1)
    assert done.stdout == f"words: nothing changed\n  reports/words/{second.name}/report.html\n"
    assert done.returncode == 0


def test_the_message_holds_the_page_and_the_tables(second):
    message = message_from_bytes((second / "report.eml").read_bytes(), policy=default)
    assert message["Subject"].startswith("A small report, 20")
    assert "terms: 2 new: talk; the" in message.get_body(("plain",)).get_content()
    assert "<h1" in message.get_body(("html",)).get_content()
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["outlets.csv", "problems.csv", "terms.csv"]


def test_the_notify_command_gets_the_manifest(project, tmp_path):
    told = tmp_path / "told.json"
    command = f"cat > {told}; exit 4"
    done = run_dateline(project, "report", "words", "top_n=9", "--notify-command", command)
    assert done.returncode == 0
    assert done.stderr == "words: the notify command ended with 4\n"
    manifest = json.loads(told.read_text("utf-8"))
    assert (manifest["status"], manifest["parameters"]["top_n"]) == ("ok", 9)
    assert Path(manifest["folder"], "report.html").is_file()


def test_the_notify_command_hears_of_a_run_that_could_not_be_kept(project, tmp_path):
    told = tmp_path / "told.json"
    out = tmp_path / "file"
    out.write_text("")
    done = run_dateline(project, "report", "--out", out, "--notify-command", f"cat > {told}")
    manifest = json.loads(told.read_text("utf-8"))
    assert (done.returncode, manifest["exit_code"]) == (74, 74)
    assert manifest["error"]["message"].startswith("cannot write: Not a directory")


@pytest.mark.parametrize("words", [("prune", "--keep", "1"), ("index",), ("diff",)])
def test_before_the_first_report_there_is_nothing_to_tell_of(tmp_path, words):
    root = make_project(tmp_path / "project", small=["1"])
    done = run_dateline(root, *words)
    assert (done.returncode, "no folder" in done.stderr) == (2, True)


def test_a_path_is_meant_from_where_the_analyst_is(project, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "mine").mkdir(parents=True)
    (elsewhere / "mine" / "a.txt").write_text("tide\n", "utf-8")
    (elsewhere / "notebooks").symlink_to(project / "notebooks")
    done = run_dateline(elsewhere / "mine", "report", "words", "corpus=.", "--json")
    (outcome,) = json.loads(done.stdout)
    assert outcome["manifest"]["parameters"]["corpus"] == "mine"
    assert outcome["run"].startswith(str(elsewhere / "reports"))
    assert outcome["manifest"]["tables"]["terms"]["rows"] == 1


def test_each_makes_one_run_for_each_value(project, tmp_path):
    parameters = "word: str = 'x'\nsize: int = 1"
    root = make_project(tmp_path / "p", say=make_notebook("print(word)", parameters=parameters))
    done = run_dateline(root, "report", "--each", "word=tide,ebb", "--json")
    made = [o["manifest"]["parameters"]["word"] for o in json.loads(done.stdout)]
    assert made == ["tide", "ebb"]
    texts = [p.read_text("utf-8") for p in root.glob("reports/say/[0-9]*/report.html")]
    assert sorted("tide</pre>" in t or "tide\n</pre>" in t for t in texts) == [False, True]


def test_prune_and_index_agree(project, second):
    done = run_dateline(project, "prune", "--keep", "1")
    assert done.returncode == 0
    left = sorted(p.name for p in (project / "reports" / "words").glob("[0-9]*"))
    page = (project / "reports" / "index.html").read_text("utf-8")
    assert len(left) <= 2 and len(re.findall("<tr><td", page)) == len(left)
