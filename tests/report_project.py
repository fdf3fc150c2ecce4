"""Small projects whose notebooks do one thing each, and the command run in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

PARAMETERS = 'corpus: str = "corpus"  # folder of articles\ntop_n: int = 5  # rows, 1..50'


def make_notebook(*cells, parameters=PARAMETERS, title="A small report"):
    """Cells are code, or (tag, code); a line that begins with # and a blank is Markdown."""
    made = [_cell("markdown", f"# {title}"), _cell("code", parameters, "parameters")]
    for cell in cells:
        tag, source = cell if isinstance(cell, tuple) else (None, cell)
        kind = "markdown" if source.startswith("# ") else "code"
        made.append(_cell(kind, source.removeprefix("# "), tag))
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    # No such kernel: the notebook runs in the runner's own Python all the same.
    kernel = {"name": "elsewhere", "display_name": "Elsewhere", "language": "python"}
    metadata = {"kernelspec": kernel}
    return {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cell(kind, source, tag=None):
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    metadata = {"tags": [tag]} if tag else {}
    return {"cell_type": kind, "metadata": metadata, "source": source, **code}


def make_project(root, /, **notebooks):
    """A project with a corpus of one file; notebooks are made, or lists of cells."""
    (root / "notebooks").mkdir(parents=True)
    (root / "corpus").mkdir()
    (root / "corpus" / "quay.txt").write_text("The ferry was late again.\n", "utf-8")
    for name, notebook in notebooks.items():
        add_notebook(root, name, notebook)
    return root


def add_notebook(root, name, notebook):
    notebook = notebook if isinstance(notebook, dict) else make_notebook(*notebook)
    (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(notebook), "utf-8")


def start_dateline(root, *words, **env):
    command = [sys.executable, "-m", "dateline", *map(str, words)]
    return subprocess.Popen(
        command,
        cwd=root,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | env,
    )


def run_dateline(root, *words, **env):
    process = start_dateline(root, *words, **env)
    process.stdout, process.stderr = map(_Text, process.communicate(timeout=180))
    return process


class _Text(str):
    def close(self):
        """Popen closes its pipes; the text stays."""


def wait_until(fact, seconds=30):
    """Wait for something to become true, and say whether it did."""
    end = time.monotonic() + seconds
    while not (found := fact()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


def limit(seconds):
    """Seconds of a machine that has time for us: with four at a door for two, all take twice."""
    return seconds * max(1, os.getloadavg()[0] / os.cpu_count())


def read_manifest(run):
    return json.loads((Path(run) / "manifest.json").read_text("utf-8"))
