"""From a notebook and its parameters to the executed notebook, in a process of its own.

It reads its task as JSON on standard input, and tells its progress and its result on standard
output, one JSON object a line.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dateline.report.processes import (
    adopt_orphans,
    die_with_parent,
    end_children,
    has_ipc,
    import_quickly,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_IN_CELL = re.compile(r"Cell In\[\d+\], line (\d+)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_GUARD = "from dateline.report.processes import watch_kernel; watch_kernel(get_ipython())"
_CHECK = "from dateline.report.processes import check_hidden_failures; check_hidden_failures()"
_CHECK_ID = "hidden-failures"
_DISK_FULL = ("[Errno 28]", "[Errno 30]", "[Errno 122]")  # no space, read-only, over quota


def main() -> None:
    """Run the job on standard input; end with all its processes when told to."""
    # The result goes through a pipe: a result file could not be written on a full disk, and the
    # run was then taken for a dead kernel.
    job = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what libraries print must not mix with the messages
    adopt_orphans()
    die_with_parent(signal.SIGTERM)
    if os.getppid() != job["runner"]:
        sys.exit("the runner is gone")
    run_job(job, out)
    end_children()


def run_job(job: dict, out: TextIO) -> None:
    """Execute the notebook, keep it in the stage, and tell how it went."""
    _prepare_environment(job)
    import_quickly()
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = load_notebook_node(job["notebook"])
    notebook = parameterize_notebook(
        notebook, job["parameters"], kernel_name="python3", language="python"
    )
    began = time.monotonic()
    started: list[float] = []
    current: list[NotebookNode | None] = [None]

    def tell(message: dict) -> None:
        print(json.dumps(message), file=out)

    def start_cell(cell: NotebookNode, cell_index: int) -> None:
        current[0] = cell
        started.append(time.monotonic())
        if cell.get("id") != _CHECK_ID:
            tell({"cell": cell_index + 1, "of": len(notebook.cells) - 1})

    def stop(*_: object) -> None:
        # It comes once for each thread of a runner that was killed: the first has to do it all.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            end_children()
            _save(notebook, job)
            tell({"error": describe_place(notebook, current[0])})
        finally:  # the runner may be gone, and with it who would clean up
            shutil.rmtree(job["temporary"], ignore_errors=True)
            os._exit(143)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the runner decides
    result = _execute(notebook, job, start_cell, current)
    end_children()
    first = started[0] if started else began
    seconds = {"start": first - began, "cells": time.monotonic() - first}
    result["seconds"] = {name: round(value, 2) for name, value in seconds.items()}
    result["warnings"] = find_warnings(notebook)
    try:
        _save(notebook, job)
    except OSError as error:
        result = {"status": "cannot_write", "error": {"message": str(error)}}
    tell(result)


def _prepare_environment(job: dict) -> None:
    """Settle which Python is the kernel, and keep its traces out of the user's home."""
    temporary = Path(job["temporary"])
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    argv += [f"--IPKernelApp.exec_lines={_GUARD}"]
    spec = {"argv": argv, "display_name": "Dateline", "language": "python"}
    # Searched first, so another `python3` kernel that a user registered is not taken.
    home = temporary / "kernels" / "python3"
    home.mkdir(parents=True)
    (home / "kernel.json").write_text(json.dumps(spec), "utf-8")
    os.environ |= {
        "JUPYTER_PATH": str(temporary),
        "JUPYTER_RUNTIME_DIR": str(temporary),
        "IPYTHONDIR": str(temporary),
        "DATELINE_ROOT": job["root"],
        "DATELINE_RUN_DATA": str(Path(job["stage"], "data")),
        "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0"),
    }


def _execute(
    notebook: NotebookNode, job: dict, start_cell: Callable, current: list[NotebookNode | None]
) -> dict:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat.v4 import new_code_cell
    from papermill.engines import papermill_engines
    from traitlets.config import Config

    # Sockets in a folder of our own: no port is open, and the default path is in the project.
    place = Path(job["temporary"], "kernel")
    ipc = {"transport": "ipc", "ip": str(place)} if has_ipc() else {}
    ipc["connection_file"] = f"{place}.json"
    notebook.cells.append(new_code_cell(_CHECK, id=_CHECK_ID))
    # Without a path to write to, nothing is saved after each cell (of 29 s with a 48 MB notebook
    # 21 were that), and the folder is given as a resource: papermill's own `cwd=` moves the whole
    # process, where two reports run at once.
    try:
        papermill_engines.execute_notebook_with_engine(
            None,
            notebook,
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=job["cell_timeout"],
            record_timing=False,
            on_cell_start=start_cell,
            resources={"metadata": {"path": job["root"]}},
            config=Config({"KernelManager": ipc, "AsyncKernelManager": ipc}),
        )
        return find_result(notebook)
    except CellTimeoutError:
        status, message = "timeout", f"the cell took longer than {job['cell_timeout']:g} seconds"
    except (DeadKernelError, RuntimeError) as error:
        status, message = "kernel_died", str(error)
    return {"status": status, "error": describe_place(notebook, current[0]) | {"message": message}}


def find_result(notebook: NotebookNode) -> dict:
    """Decide how a finished execution went, from its outputs and never from stamps."""
    # papermill 2.7 stamps every cell "completed" where the kernel died, the time was over or
    # Ctrl-C came, and fails a notebook whose error was expected (`raises-exception`).
    for cell in notebook.cells:
        if "raises-exception" in cell.metadata.get("tags", []):
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return _describe_error(notebook, cell, output)
    return {"status": "ok"}


def _describe_error(notebook: NotebookNode, cell: NotebookNode, output: NotebookNode) -> dict:
    name, message, status = output.ename, output.evalue, "failed"
    text = _ANSI.sub("", "\n".join(output.traceback))
    line = _IN_CELL.search(text)
    error: dict[str, object] = {"line": line and int(line[1]), "message": f"{name}: {message}"}
    error["traceback"] = text.splitlines()[-20:]
    if name == "HiddenFailure":
        count, _, message = message.partition("|")
        cell = [c for c in notebook.cells if c.get("execution_count")][int(count) - 1]
        error = {"message": message}
    elif name == "SystemExit":
        error["message"] = f"the cell left the notebook (sys.exit({message}))"
    elif name == "OSError" and message.startswith(_DISK_FULL):
        status = "cannot_write"
    return {"status": status, "error": describe_place(notebook, cell) | error}


def describe_place(notebook: NotebookNode, cell: NotebookNode | None) -> dict:
    """Say which cell it is: its number in the notebook as written, and the heading above it."""
    number, heading = 0, None
    for other in notebook.cells:
        number += "injected-parameters" not in other.metadata.get("tags", [])
        if other.cell_type == "markdown" and _HEADING.search(other.source):
            heading = _HEADING.findall(other.source)[-1]
        if other is cell:
            return {"cell": number, "heading": heading}
    return {"cell": None, "heading": None}


def find_warnings(notebook: NotebookNode) -> list[str]:
    """What the cells wrote to standard error, and figures that nobody described."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            place = f"cell {describe_place(notebook, cell)['cell']}"
            if output.output_type == "stream" and output.name == "stderr":
                found.append(f"{place}: {output.text.strip()[:500]}")
            images = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
            meta = output.get("metadata", {})
            if images and not any(m.get("alt") for m in (meta, *map(meta.get, images)) if m):
                found.append(f"{place}: a figure has no text for those who cannot see it")
    return found


def _save(notebook: NotebookNode, job: dict) -> None:
    """Keep the notebook, without stamps: they vary from run to run and are sometimes wrong."""
    import nbformat

    notebook.cells = [cell for cell in notebook.cells if cell.get("id") != _CHECK_ID]
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
    notebook.metadata.pop("papermill", None)
    Path(job["stage"], "report.ipynb").write_text(nbformat.writes(notebook) + "\n", "utf-8")


if __name__ == "__main__":
    main()
