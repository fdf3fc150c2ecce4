"""The failure matrix: what goes wrong in a notebook, and what the runner says of it."""

import json
import sys
from pathlib import Path

import pytest
from report_project import make_project, read_manifest, run_dateline

THREAD = """import threading
thread = threading.Thread(target=lambda: int("tide"))
thread.start()
thread.join()"""
TASK = """import asyncio
async def fail():
    raise ValueError("ebb")
asyncio.ensure_future(fail())
await asyncio.sleep(0.1)"""
MEMORY = """import resource
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, resource.RLIM_INFINITY))
hold = bytearray(3_000_000_000)"""
REGEX = 'import re\nre.match(r"(a+)+$", "a" * 64 + "b")'
ROOT = "import os\nfrom pathlib import Path\nassert Path('notebooks').is_dir(), os.getcwd()"
SAME = "import sys, os\nassert sys.prefix == os.environ['EXPECTED_PREFIX'], sys.prefix"

# name: (cells, status, exit code, cell that is named, words of the message)
MATRIX = {
    "good": (["# ## Fine", "print(top_n)"], "ok", 0, None, "made"),
    "raises": (["# ## Sums", "1 / 0", "late = 1"], "failed", 1, 4, "“Sums”), line 1: ZeroDivision"),
    "dies": (["import os\nos._exit(1)", "late = 1"], "kernel_died", 138, 3, "kernel died"),
    "hangs": (["import time\ntime.sleep(600)", "late = 1"], "timeout", 124, 3, "longer than 3 sec"),
    "backtracks": ([REGEX, "late = 1"], "timeout", 124, 3, "longer than 3 seconds"),
    "leaves": (["import sys\nsys.exit(0)", "late = 1"], "failed", 1, 3, "left the notebook"),
    "tagged": ([("raises-exception", "1 / 0"), "late = 1"], "ok", 0, None, "made"),
    "shell": (["!false"], "failed", 1, 3, "non-zero exit status"),
    "thread": ([THREAD, "late = 1"], "failed", 1, 3, "a thread failed: ValueError"),
    "task": ([TASK, "late = 1"], "failed", 1, 3, "a task failed: ValueError: ebb"),
    "memory": ([MEMORY], "failed", 1, 3, "MemoryError"),
    "root": ([ROOT], "ok", 0, None, "made"),
    "python": ([SAME], "ok", 0, None, "made"),
    "syntax": (["def"], "failed", 1, 3, "SyntaxError"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    notebooks = {name: cells for name, (cells, *_) in MATRIX.items()}
    return make_project(tmp_path_factory.mktemp("matrix") / "a {top_n} folder", **notebooks)


@pytest.fixture(scope="module")
def command(project):
    # A kernel that a user once registered under our kernel's name, and that leads nowhere.
    decoy = project / "jupyter" / "kernels" / "python3"
    decoy.mkdir(parents=True)
    spec = {"argv": ["/nowhere/python", "{connection_file}"], "display_name": "", "language": ""}
    (decoy / "kernel.json").write_text(json.dumps(spec), "utf-8")
    env = {"JUPYTER_DATA_DIR": str(project / "jupyter"), "EXPECTED_PREFIX": sys.prefix}
    return run_dateline(project, "report", "--json", "--cell-timeout", "3s", **env)


@pytest.fixture(scope="module")
def outcomes(command):
    return {outcome["name"]: outcome for outcome in json.loads(command.stdout)}


@pytest.mark.parametrize("name", MATRIX)
def test_status_exit_code_and_message_are_true(outcomes, name):
    _, status, exit_code, cell, words = MATRIX[name]
    outcome = outcomes[name]
    assert (outcome["status"], outcome["exit_code"]) == (status, exit_code)
    assert words in outcome["message"]
    assert (f"cell {cell}" in outcome["message"]) == (cell is not None)
    assert "\n" not in outcome["message"]


@pytest.mark.parametrize("name", MATRIX)
def test_every_run_is_kept_and_only_good_ones_are_the_latest(project, outcomes, name):
    outcome = outcomes[name]
    manifest = read_manifest(outcome["run"])
    assert manifest["status"] == outcome["status"]
    assert set(manifest["outputs"]) >= {"report.html", "report.ipynb"}
    assert (project / "reports" / name / "latest").exists() == (outcome["status"] == "ok")


@pytest.mark.parametrize("name", [n for n, (cells, *_) in MATRIX.items() if "late = 1" in cells])
def test_a_cell_after_the_failure_is_not_stamped_as_run(outcomes, name):
    cells = json.loads(Path(outcomes[name]["run"], "report.ipynb").read_text("utf-8"))["cells"]
    late = next(cell for cell in cells if "".join(cell["source"]) == "late = 1")
    reached = name in ("tagged", "thread", "task")
    assert (late["execution_count"] is not None) == reached
    assert "papermill" not in late["metadata"]


def test_a_failed_page_says_so_at_its_top(outcomes):
    page = Path(outcomes["raises"]["run"], "report.html").read_text("utf-8")
    assert page.index("This report is not complete.") < page.index("Sums</h2>")
    assert "ZeroDivisionError: division by zero" in page


def test_the_command_ends_with_the_first_failure_and_one_line_each(command):
    assert command.returncode == 124  # of "backtracks", the first by name
    lines = [line for line in command.stderr.splitlines() if not line.startswith("  kept: ")]
    assert len(lines) == sum(status != "ok" for _, status, *_ in MATRIX.values())


def test_all_runs_are_in_the_index(project, outcomes):
    page = (project / "reports" / "index.html").read_text("utf-8")
    assert all(f"{name}/" in page for name in outcomes)
