import json
import subprocess
import sys
import time

import pytest
from dateline.report.parameters import (
    Mistakes,
    Parameter,
    check_values,
    find_unknown,
    is_report,
    plan_reports,
    read_file,
    read_parameters,
    to_word,
)
from hypothesis import given
from hypothesis import strategies as st
from report_project import limit, make_notebook, make_project, run_dateline

CELL = '''"""What the report reads and shows."""
from typing import Literal
corpus: str = "corpus"  # folder of articles
extra: "Path | None" = None  # more
top_n: int = 5  # rows, 1..50
share: float = 0.5  # 0..1
outlet: str = "it has # a hash"  # whose articles
is_folded: bool = True
since: date | None = None
mode: Literal["few", "many"] = "few"  # how many
year: Literal[1, 2] = 1
ends: date = "2025-01-01"  # 2000..
places: list[str] = []
years: list[int] = [2024, 2025]  # 1900..
plain = 3
needed: str
'''


@pytest.fixture
def notebook(tmp_path):
    def write(cell):
        path = tmp_path / "small.ipynb"
        path.write_text(json.dumps(make_notebook(parameters=cell)), "utf-8")
        return path

    return write


@pytest.fixture
def check(notebook, tmp_path):
    (tmp_path / "corpus" / "2025").mkdir(parents=True)
    (tmp_path / "corpus" / "2025" / "quay.txt").write_text("The ferry was late.")
    (tmp_path / "empty" / "deep").mkdir(parents=True)
    parameters = read_parameters(notebook(CELL))

    def values(**words):
        words = {"needed": "x"} | words
        return check_values(parameters, words, here=tmp_path, root=tmp_path)

    return values


def test_every_line_of_the_cell_is_a_parameter(notebook):
    parameters = read_parameters(notebook(CELL))
    assert {name: (p.kind, p.default, p.help) for name, p in parameters.items()} == {
        "corpus": ("str", "corpus", "folder of articles"),
        "extra": ("Path | None", None, "more"),
        "top_n": ("int", 5, "rows, 1..50"),
        "share": ("float", 0.5, "0..1"),
        "outlet": ("str", "it has # a hash", "whose articles"),
        "is_folded": ("bool", True, ""),
        "since": ("date | None", None, ""),
        "mode": ("few | many", "few", "how many"),
        "year": ("1 | 2", 1, ""),
        "ends": ("date", "2025-01-01", "2000.."),
        "places": ("list[str]", [], ""),
        "years": ("list[int]", [2024, 2025], "1900.."),
        "plain": ("int", 3, ""),
        "needed": ("str", None, ""),
    }


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("outlet", "007", "007"),
        ("outlet", "nan", "nan"),
        ("outlet", " 5", " 5"),
        ("top_n", "07", 7),
        ("share", "1e-3", 0.001),
        ("share", ".5", 0.5),
        ("is_folded", "no", False),
        ("since", "2025-03-11", "2025-03-11"),
        ("since", "none", None),
        ("mode", "many", "many"),
        ("places", "Ostrey, Quarn", ["Ostrey", "Quarn"]),
        ("places", "", []),
        ("years", "1999,2000", [1999, 2000]),
        ("years", [1999], [1999]),
        ("corpus", "./corpus", "corpus"),
        ("extra", "./corpus", "corpus"),
        ("outlet", "none", "none"),
        ("top_n", "1", 1),
        ("top_n", "50", 50),
        ("year", 2, 2),
        ("year", "2", 2),
        ("ends", "1999-12-31", "1999-12-31"),
    ],
)
def test_a_value_is_read_by_the_declared_type(check, name, text, value):
    assert check(**{name: text})[name] == value


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("top_n", "1_0", "'1_0' is not a whole number"),
        ("top_n", "five", "'five' is not a whole number"),
        ("top_n", "5.0", "is not a whole number"),
        ("top_n", True, "True is not a whole number"),
        ("top_n", "0", "0 is not in 1..50"),
        ("top_n", "51", "51 is not in 1..50"),
        ("years", "1999,1899", "1899 is not in 1900.."),
        ("share", "nan", "'nan' is not a finite number"),
        ("share", "infinity", "is not a finite number"),
        ("share", float("inf"), "inf is not a finite number"),
        ("share", " 0.5", "is not a finite number"),
        ("outlet", 7, "7 is not text"),
        ("is_folded", "maybe", "'maybe' is neither true nor false"),
        ("since", "11.3.2025", "'11.3.2025' is not a day like 2025-03-11"),
        ("mode", "some", "'some' is not one of few, many"),
        ("corpus", "corpse", "no file or folder 'corpse'"),
        ("corpus", "empty", "there is no file in "),
    ],
)
def test_a_value_that_does_not_fit_is_refused(check, name, value, words):
    with pytest.raises(Mistakes, match=f"^{name}: ") as told:
        check(**{name: value})
    assert words in str(told.value)


def test_all_mistakes_are_told_at_once(check):
    with pytest.raises(Mistakes) as told:
        check(top_n="x", share="y", mode="z")
    assert [line.split(":")[0] for line in str(told.value).splitlines()] == [
        "top_n",
        "share",
        "mode",
    ]


def test_what_has_no_default_is_needed(notebook, tmp_path):
    parameters = read_parameters(notebook("needed: str  # a word"))
    with pytest.raises(Mistakes, match=r"^needed: needs a value  \(a word\)$"):
        check_values(parameters, {}, here=tmp_path, root=tmp_path)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("a, b = 1, 2", "is not `name: type = value`"),
        ("top_n += 1", "is not `name: type = value`"),
        ("print(1)", "is not `name: type = value`"),
        ("top_n: int = int('5')", "top_n: int = int('5')"),
        ("top_n: Counter = 5", "type Counter is not one of"),
        ("top_n: int =", "invalid syntax"),
        ("nothing = None", "nothing needs a type"),
        ("api_key: str = ''", "looks like a secret"),
    ],
)
def test_a_cell_that_is_not_plain_is_refused(notebook, cell, words):
    with pytest.raises(Mistakes) as told:
        read_parameters(notebook(cell))
    assert words in str(told.value)


def test_no_code_of_the_cell_runs(notebook, tmp_path):
    mark = tmp_path / "mark"
    cell = f"import pathlib\ntop_n: int = pathlib.Path({str(mark)!r}).write_text('')"
    with pytest.raises(Mistakes):
        read_parameters(notebook(cell))
    assert not mark.exists()


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers())
def test_every_number_comes_back_as_it_was_typed(share, top_n):
    parameters = {"share": Parameter("share", "float", 0.0), "top_n": Parameter("top_n", "int", 0)}
    typed = {"share": str(share), "top_n": str(top_n)}
    values = check_values(parameters, typed, here=None, root=None)
    assert values == {"share": share, "top_n": top_n}


def test_a_parameter_is_plain_unless_it_says_more():
    parameters = {"top_n": Parameter("top_n", "int", 5)}
    assert check_values(parameters, {}, here=None, root=None) == {"top_n": 5}
    with pytest.raises(Mistakes, match="'none' is not a whole number"):
        check_values(parameters, {"top_n": "none"}, here=None, root=None)


def test_a_path_starts_where_it_was_written(notebook, tmp_path):
    here = tmp_path / "desk"
    for folder in (tmp_path / "corpus", here / "corpus"):
        folder.mkdir(parents=True)
        (folder / "quay.txt").write_text("The ferry was late.")
    parameters = read_parameters(notebook("corpus: str = 'corpus'  # folder of articles"))
    where = {"here": here, "root": tmp_path}
    assert check_values(parameters, {}, **where) == {"corpus": "corpus"}
    assert check_values(parameters, {"corpus": "corpus"}, **where) == {"corpus": "desk/corpus"}


def test_words_are_paths_where_type_or_help_says_so(notebook):
    cell = "\n".join(
        [
            "corpus: str = ''  # folder of articles",
            "extra: Path = ''",
            "n: int = 5  # file number",
            "word: str = ''  # in each file",
        ]
    )
    paths = [name for name, p in read_parameters(notebook(cell)).items() if p.is_path]
    assert paths == ["corpus", "extra"]


@pytest.mark.parametrize(
    ("value", "word"), [(["a", "b"], "a,b"), (None, "none"), (True, "true"), ("As", "As"), (5, "5")]
)
def test_a_value_is_written_as_it_is_typed(value, word):
    assert to_word(value) == word


def test_an_empty_file_gives_no_parameters(tmp_path):
    (tmp_path / "values.yaml").write_text("# nothing yet\n")
    assert read_file(tmp_path / "values.yaml") == {}


def test_a_notebook_to_explore_is_no_report(notebook):
    path = notebook("top_n: int = 5")
    assert is_report(path)
    made = json.loads(path.read_text("utf-8"))
    made["metadata"]["dateline"] = {"is_report": False}
    path.write_text(json.dumps(made))
    assert not is_report(path)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("topn", "topn: unknown; did you mean 'top_n'?"),
        ("tops", "tops: unknown; did you mean 'top_n'?"),
        ("port", "port: unknown; there are corpus, top_n"),
    ],
)
def test_an_unknown_name_is_told_with_what_there_is(name, line):
    assert find_unknown([name, "corpus"], ["corpus", "top_n"]) == [line]


@pytest.fixture
def project(tmp_path):
    return make_project(
        tmp_path / "project",
        terms=make_notebook(parameters="corpus: str = 'corpus'  # folder\ntop_n: int = 5"),
        quotes=make_notebook(parameters="corpus: str = 'corpus'  # folder\nmin_score: float = 0"),
        explore={"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5},
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["topn=5"], "topn: unknown; did you mean 'top_n'?"),
        (["top_n=five", "min_score=x"], "top_n: 'five' is not a whole number"),
        (["top_n=five", "min_score=x"], "min_score: 'x' is not a finite number"),
        (["term"], "term: unknown; did you mean 'terms'?"),
        (["quotes", "top_n=5"], "top_n: unknown"),
        (["explore"], "explore.ipynb has 0 cells tagged `parameters`, expected one"),
        (["corpus=nowhere"], "corpus: no file or folder 'nowhere'"),
        (["--each", "outlets=a,b"], "outlets: unknown"),
        (["--each", "top_n"], "--each top_n: expected name=a,b"),
        (["--timeout", "soon"], "'soon' is no time like 90s, 15m or 2h"),
    ],
)
def test_a_mistake_ends_with_2_and_nothing_is_run(project, words, told):
    done = run_dateline(project, "report", *words)
    assert (done.returncode, told in done.stderr, done.stdout) == (2, True, "")
    assert "Traceback" not in done.stderr
    assert not (project / "reports").exists()


@pytest.mark.parametrize("words", [["corpus"], ["terms", "./corpus"], ["terms", "corpus/quay.txt"]])
def test_a_path_among_the_names_is_the_corpus(project, monkeypatch, words):
    monkeypatch.chdir(project)
    reports = plan_reports(words, {}, (), root=project)
    assert {report.parameters["corpus"] for report in reports} == {words[-1].removeprefix("./")}
    assert [report.name for report in reports] == (
        ["quotes", "terms"] if words == ["corpus"] else ["terms"]
    )


def test_the_name_of_a_report_is_no_path_and_each_value_makes_a_run(project, monkeypatch):
    (project / "terms").mkdir()
    monkeypatch.chdir(project)
    reports = plan_reports(["terms"], {}, ("top_n=5,9",), root=project)
    assert [report.parameters["top_n"] for report in reports] == [5, 9]
    assert [report.paths for report in reports] == [["corpus"], ["corpus"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["corpus", "notebooks"], "corpus: one is expected, not corpus, notebooks"),
        (["corpus", "corpus=notebooks"], "corpus: one is expected, not corpus, notebooks"),
        (["no/where"], "corpus: no file or folder 'no/where'"),
    ],
)
def test_one_corpus_is_read(project, words, told):
    done = run_dateline(project, "report", *words)
    assert (done.returncode, told in done.stderr) == (2, True)


def test_a_mistake_is_told_in_a_third_of_a_second(project):
    command = [sys.executable, "-m", "dateline", "report", "topn=5"]
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(command, cwd=project, capture_output=True, check=False)
        times.append(time.perf_counter() - began)
    assert min(times) < limit(0.3)


def test_help_lists_the_parameters_of_the_notebooks_named(project):
    done = run_dateline(project, "report", "terms", "--help")
    assert "Parameters of terms:" in done.stdout
    assert "top_n=5" in done.stdout
    assert "min_score" not in done.stdout


def test_parameters_as_json(project):
    done = run_dateline(project, "params", "terms", "--json")
    assert [(p["name"], p["kind"]) for p in json.loads(done.stdout)] == [
        ("corpus", "str"),
        ("top_n", "int"),
    ]


@pytest.mark.parametrize(
    ("name", "text"), [("values.yaml", "top_n: nine\n"), ("values.toml", 'top_n = "nine"\n')]
)
def test_parameters_come_from_a_file_too(project, name, text):
    (project / name).write_text(text)
    done = run_dateline(project, "report", "--params", name)
    assert (done.returncode, "top_n: 'nine' is not a whole number" in done.stderr) == (2, True)


@pytest.mark.parametrize("text", ["- 1\n", "top_n: [\n"])
def test_a_file_that_is_no_list_of_parameters_is_refused(project, text):
    (project / "values.yaml").write_text(text)
    done = run_dateline(project, "report", "--params", "values.yaml")
    assert (done.returncode, "values.yaml" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
