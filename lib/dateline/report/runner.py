"""From reports to runs: staged, executed in a worker, judged here, published whole."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from dateline.report import compare, manifest, store
from dateline.report.copies import write_copies
from dateline.report.html import describe_status, find_title, render_report
from dateline.report.plan import Report, to_word
from dateline.report.processes import adopt_orphans, end_children, import_quickly

# The runner decides how a run went, never the stamps in a notebook.
EXIT_CODES = {
    "ok": 0,
    "unchanged": 0,
    "failed": 1,
    "cannot_write": 74,
    "already_running": 75,
    "timeout": 124,
    "kernel_died": 138,
    "cancelled": 143,
}
_GRACE = 2.0  # seconds in which a worker may save the notebook before it is killed


class Options(NamedTuple):
    """How reports are run."""

    root: Path
    reports: Path
    timeout: float = 3600
    cell_timeout: float = 1800
    retries: int = 0
    wait: bool = False
    if_changed: bool = False
    pdf: bool = False
    email: bool = False


class Outcome(NamedTuple):
    """How one report went; `run` is its folder, where there is one."""

    name: str
    status: str
    message: str
    run: Path | None = None
    manifest: dict | None = None
    seconds: float = 0

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        return EXIT_CODES[self.status]


Tell = Callable[[str, dict], None]


def run_reports(
    reports: list[Report], options: Options, *, stop: Event, tell: Tell, at_once: int = 2
) -> list[Outcome]:
    """Run reports beside each other, each in processes of its own.

    Args:
        reports: What to run.
        options: How.
        stop: Ends all runs as cancelled when set.
        tell: Called with a report's name and each message of its worker.
        at_once: How many run at the same time.

    Returns:
        One outcome a report, in order. No process of a run is left.
    """
    adopt_orphans()
    with ThreadPoolExecutor(at_once) as pool:
        runs = [
            pool.submit(run_report, report, options, stop=stop, tell=tell) for report in reports
        ]
        outcomes = [run.result() for run in runs]
    end_children()
    return outcomes


def _import_early() -> None:
    """Load what pages are made with (seconds) while the kernel is busy."""
    import_quickly()
    import nbconvert  # noqa: F401


def run_report(report: Report, options: Options, *, stop: Event, tell: Tell) -> Outcome:
    """Run one report and publish it, or say why not."""
    if stop.is_set():
        return Outcome(report.name, "cancelled", "cancelled before it began")
    began = time.monotonic()
    home = options.reports / report.name
    digest = manifest.hash_value(report.parameters)[:8]
    try:
        home.mkdir(parents=True, exist_ok=True)
        with store.locked(home / f".lock-{digest}", wait=options.wait, stop=stop):
            facts = begin_manifest(report, options)
            standing = store.find_good(home, input_sha256=facts["input_sha256"])
            if options.if_changed and standing:
                return Outcome(report.name, "unchanged", "nothing changed", standing)
            stage = store.make_stage(home, digest)
            try:
                outcome = _make(report, options, facts, stage, stop=stop, tell=tell)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    except store.AlreadyRunning as error:
        return Outcome(report.name, "already_running", str(error))
    except OSError as error:
        message = f"cannot write: {error.strerror or error}: {error.filename or options.reports}"
        return Outcome(report.name, "cannot_write", message)
    return outcome._replace(seconds=time.monotonic() - began)


def begin_manifest(report: Report, options: Options) -> dict:
    """Gather what is known of a run before it: parameters, inputs, code, time."""
    given = [f"{name}={to_word(report.parameters[name])}" for name in report.given]
    facts = {
        "schema": manifest.SCHEMA,
        "report": report.name,
        "title": find_title(json.loads(report.notebook.read_text("utf-8")), report.name),
        "parameters": report.parameters,
        "given": report.given,
        "declared": report.declared,
        "path_parameters": report.paths,
        "command": shlex.join(["dateline", "report", report.name, *given]),
        "inputs": manifest.find_inputs(report.parameters, report.paths, options.root),
        **manifest.find_code(report.notebook, options.root),
        "started_at": _now().isoformat(),
    }
    return facts | {"input_sha256": manifest.hash_inputs(facts)}


def _make(
    report: Report, options: Options, facts: dict, stage: Path, *, stop: Event, tell: Tell
) -> Outcome:
    """Execute, describe and publish; the stage's lock is held."""
    result, attempts = {"status": "kernel_died"}, 0
    while attempts <= options.retries and result["status"] == "kernel_died":
        attempts += 1
        result = execute(report, options, stage, stop=stop, tell=tell)
    previous = store.find_good(stage.parent, parameters=facts["parameters"])
    made = finish_manifest(facts, result, stage, previous=previous) | {"attempts": attempts}
    if made["status"] == "cannot_write":  # what is in the stage may be cut short
        return Outcome(report.name, "cannot_write", describe_status(made))
    run = publish(stage, made, options)
    return Outcome(report.name, made["status"], describe_status(made), run, made)


def finish_manifest(facts: dict, result: dict, stage: Path, *, previous: Path | None) -> dict:
    """Add to the facts how a run went, what it read and what changed since the previous one."""
    made = facts | {
        "status": result["status"],
        "exit_code": EXIT_CODES[result["status"]],
        "error": result.get("error"),
        "warnings": result.get("warnings", []),
        "seconds": result.get("seconds", {}),
        "finished_at": _now().isoformat(),
        "tables": manifest.read_tables(stage),
        "corpus": manifest.read_corpus_facts(stage),
        "previous_run": previous and previous.name,
        "changes": None,
    }
    if made["status"] == "ok":
        compared = compare.compare_runs(previous, stage) if previous else {}
        made["changes"] = compare.describe_changes(compared, previous and previous.name)
    return made


def publish(stage: Path, made: dict, options: Options) -> Path:
    """Write the pages and the manifest of a staged run, and make it visible."""
    stamp = datetime.fromisoformat(made["started_at"]).strftime("%Y%m%dT%H%M%SZ")
    digest = manifest.hash_value(made["parameters"])[:8]
    run = store.free_name(stage.parent / f"{stamp}-{digest}")
    made["run"] = run.name
    page = render_report(stage / "report.ipynb", made)
    (stage / "report.html").write_text(page, "utf-8")
    write_copies(stage, made, pdf=options.pdf, email=options.email)
    made["outputs"] = manifest.hash_outputs(stage)
    (stage / store.MANIFEST).write_text(store.dump_manifest(made), "utf-8")
    store.publish_run(stage, run, is_ok=made["status"] == "ok")
    return run


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def execute(report: Report, options: Options, stage: Path, *, stop: Event, tell: Tell) -> dict:
    """Execute a notebook in a worker, and judge how it went.

    Returns:
        status, error, warnings, seconds. The executed notebook and its tables are in the stage.
    """
    shutil.rmtree(stage / "data")
    (stage / "data").mkdir()
    shutil.copyfile(report.notebook, stage / "report.ipynb")  # should the worker die early
    with (
        tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) as temporary,
        tempfile.TemporaryFile() as log,
    ):
        task = {
            "notebook": str(report.notebook),
            "parameters": report.parameters,
            "root": str(options.root),
            "stage": str(stage),
            "temporary": temporary,
            "cell_timeout": options.cell_timeout,
            "runner": os.getpid(),
        }
        worker = subprocess.Popen(
            [sys.executable, "-P", "-m", "dateline.report.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=options.root,
            start_new_session=True,
        )
        Thread(target=_import_early, daemon=True).start()
        try:
            result = _follow(worker, task, options.timeout, stop=stop, tell=tell)
        finally:
            _end(worker)
            worker.stdout.close()
        log.seek(0)
        noise = log.read().decode("utf-8", "replace").splitlines()[-20:]
    if result["status"] == "kernel_died":
        result["error"].setdefault("traceback", noise)
    return result


def _follow(
    worker: subprocess.Popen, task: dict, timeout: float, *, stop: Event, tell: Tell
) -> dict:
    """Read a worker's messages until it has ended or its time is over."""
    began = time.monotonic()
    with contextlib.suppress(BrokenPipeError), worker.stdin:
        worker.stdin.write(json.dumps(task).encode())
    result, verdict = {}, None
    for message in _read_messages(worker):
        if message is None:  # nothing for a while
            if stop.is_set():
                verdict = {"status": "cancelled", "error": {"message": "the run was told to stop"}}
            elif time.monotonic() - began > timeout:
                words = f"the run took longer than {timeout:g} seconds"
                verdict = {"status": "timeout", "error": {"message": words}}
            if verdict:
                _end(worker)
            continue
        result |= message
        tell(Path(task["notebook"]).stem, message)
    if verdict:
        verdict["error"] |= {k: v for k, v in (result.get("error") or {}).items() if v}
        return {"warnings": [], **verdict}
    if "status" not in result:
        return {"status": "kernel_died", "error": {"message": "its process was killed"}}
    return result


def _read_messages(worker: subprocess.Popen) -> object:
    """A worker's messages as they come; None whenever a moment passed without."""
    rest = b""
    while True:
        ready, _, _ = select.select([worker.stdout], [], [], 0.1)
        if not ready:
            yield None
            continue
        chunk = os.read(worker.stdout.fileno(), 65536)
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        yield from map(json.loads, lines)


def _end(worker: subprocess.Popen) -> None:
    """End a worker and everything below it."""
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(_GRACE)
        except subprocess.TimeoutExpired:
            end_children(worker.pid)
            worker.kill()
            worker.wait()
