"""The notebooks: the rules that they keep, and that each runs on the small corpus."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
REPORTS = [path for path in NOTEBOOKS if path.stem != "explore"]

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read_cells(path: Path, kind: str = "code") -> list[dict]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [cell | {"text": "".join(cell["source"])} for cell in cells if cell["cell_type"] == kind]


def is_parameters(cell: dict) -> bool:
    return "parameters" in cell["metadata"].get("tags", [])


def test_there_are_a_notebook_for_each_report_and_one_to_explore():
    assert [path.stem for path in NOTEBOOKS] == ["explore", "quote_attribution", "term_frequency"]


@each_notebook
def test_the_first_cell_is_the_question(path):
    first = json.loads(path.read_text("utf-8"))["cells"][0]
    assert first["cell_type"] == "markdown"
    assert re.match(r"# [^\n]+\?\n", "".join(first["source"]))


@each_notebook
def test_each_parameter_is_typed_and_explained(path):
    tagged = [cell for cell in read_cells(path) if is_parameters(cell)]
    assert len(tagged) == 1
    text = tagged[0]["text"].removeprefix("from typing import Literal\n\n")
    for line, statement in zip(text.splitlines(), ast.parse(text).body, strict=True):
        assert isinstance(statement, ast.AnnAssign), line
        value = ast.literal_eval(statement.value)
        assert json.loads(json.dumps(value)) == value
        assert re.search(r"  # .{10,}", line), f"not explained: {line}"


@each_notebook
def test_cells_are_few_and_short_and_hold_no_logic(path):
    cells = [cell for cell in read_cells(path) if not is_parameters(cell)]
    assert len(cells) <= 23
    for cell in cells:
        assert len(cell["text"].splitlines()) <= 8, cell["text"]
        assert max(map(len, cell["text"].splitlines())) <= 100, cell["text"]
        assert not re.search(r"^\s*[%!]|sys\.path", cell["text"], re.MULTILINE)
        loops = (ast.FunctionDef, ast.Lambda, ast.For, ast.While, ast.ListComp, ast.ClassDef)
        assert not [n for n in ast.walk(ast.parse(cell["text"])) if isinstance(n, loops)]


@each_notebook
def test_each_cell_ends_in_something_to_look_at_below_a_heading(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    seen_heading = False
    for cell in cells[1:]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            seen_heading = seen_heading or text.startswith("## ")
        elif not is_parameters(cell):
            assert seen_heading, text
            assert isinstance(ast.parse(text).body[-1], ast.Expr), text


@each_notebook
def test_no_outputs_are_kept(path):
    # JupyterLab saves outputs in the file; what counts is what git holds of it.
    kept = subprocess.run(
        ["git", "show", f":notebooks/{path.name}"], cwd=ROOT, capture_output=True, check=False
    )
    text = kept.stdout if kept.returncode == 0 else path.read_bytes()
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None


@pytest.fixture
def run_notebook(tmp_path_factory):
    """Run a notebook as the reports do, from a folder, and give its outputs."""
    import papermill
    from traitlets.config import Config

    ipc = {"transport": "ipc", "ip": str(tmp_path_factory.mktemp("k") / "k")}

    def run(path: Path, folder: Path, **parameters: object) -> list[dict]:
        notebook = papermill.execute_notebook(
            str(path),
            None,
            parameters=parameters,
            kernel_name="python3",
            progress_bar=False,
            resources={"metadata": {"path": str(folder)}},
            config=Config({"KernelManager": ipc, "AsyncKernelManager": ipc}),
        )
        return [output for cell in notebook.cells for output in cell.get("outputs", [])]

    return run


@pytest.mark.parametrize(
    ("path", "folder"),
    [(path, ROOT / "notebooks") for path in NOTEBOOKS] + [(REPORTS[0], ROOT)],
    ids=lambda path: path.stem,
)
def test_a_notebook_runs_from_its_folder_and_from_the_root(path, folder, run_notebook):
    outputs = run_notebook(path, folder)
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    figures = [output for output in outputs if "image/svg+xml" in output["data"]]
    assert len(figures) >= (1 if path.stem == "explore" else 3)
    for figure in figures:
        assert len(figure["metadata"]["alt"]) > 40


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_one_undated_article_without_quotations_is_reported_in_words(path, tmp_path, run_notebook):
    (tmp_path / "fog.txt").write_text("The fog lifted. The ferry left the quay.\n", "utf-8")
    outputs = run_notebook(path, ROOT, corpus=str(tmp_path))
    assert {output["output_type"] for output in outputs} == {"execute_result"}
