"""From reports to runs: staged, executed in a worker, judged here, published whole."""

from __future__ import annotations

import contextlib
import json
import os
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

from dateline.report import compare, manifest, pages, store
from dateline.report.parameters import Report, to_word
from dateline.report.processes import adopt_orphans, end_children, import_quickly

# The runner decides how a run went, never the stamps in a notebook. 74 and 75 are those of
# sysexits.h (EX_IOERR, EX_TEMPFAIL), 124 is that of timeout(1), 138 papermill's for a dead kernel,
# 143 a shell's for SIGTERM.
EXIT_CODES = {
    "ok": 0,
    "unchanged": 0,
    "failed": 1,
    "incomplete": 2,  # not all of the corpus was read, and that was asked for
    "cannot_write": 74,
    "already_running": 75,
    "timeout": 124,
    "kernel_died": 138,
    "cancelled": 143,
}
_GRACE = 2.0  # seconds in which a worker may save the notebook before it is killed

Tell = Callable[[str, dict], None]  # called with a report's name and each message of its worker


class Options(NamedTuple):
    """How reports are run; times in seconds."""

    root: Path
    reports: Path
    timeout: float = 3600
    cell_timeout: float = 1800
    retries: int = 0
    wait: bool = False
    if_changed: bool = False
    strict: bool = False
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


def check_before(reports: list[Report], options: Options) -> None:
    """Refuse what can only fail, before any run starts: no Chromium, or nothing that can be read.

    Raises:
        ValueError: So it is; of a corpus the message says why for its first file.
    """
    from dateline.read.intake.load import find_unreadable

    if options.pdf:
        store.find_browser()

    corpora = [str(r.parameters["corpus"]) for r in reports if "corpus" in r.paths]
    for corpus in dict.fromkeys(corpora):
        if why := find_unreadable(options.root / corpus):
            raise ValueError(f"corpus: {corpus}: {why}")


def run_reports(reports: list[Report], options: Options, *, stop: Event, tell: Tell) -> list:
    """Run reports, two at a time, until they end or `stop` is set.

    Returns:
        One Outcome a report, in order. No process of a run is left.
    """
    adopt_orphans()
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda report: _run_report(report, options, stop, tell), reports))
    end_children()
    return outcomes


def _run_report(report: Report, options: Options, stop: Event, tell: Tell) -> Outcome:
    """Run one report and publish it, or say why not."""
    if stop.is_set():
        return Outcome(report.name, "cancelled", "cancelled before it began")
    began = time.monotonic()
    home = options.reports / report.name
    digest = manifest.hash_value(report.parameters)[:8]
    try:
        home.mkdir(parents=True, exist_ok=True)
        with store.locked(home / f".lock-{digest}", wait=options.wait, stop=stop):
            facts = _begin_manifest(report, options)
            if options.if_changed:
                standing = store.find_good(home, input_sha256=facts["input_sha256"])
                if standing:
                    return Outcome(report.name, "unchanged", "nothing changed", standing)
            with store.staged(home, digest) as stage:
                made = _make(report, options, facts, stage, stop, tell)
                message, run = pages.describe_status(made), None
                if made["status"] != "cannot_write":  # else the stage may be cut short
                    run = _publish(stage, made, options)
    except store.AlreadyRunning as error:
        return Outcome(report.name, "already_running", str(error))
    except OSError as error:
        message = f"cannot write: {error.strerror or error}: {error.filename or options.reports}"
        return Outcome(report.name, "cannot_write", message)
    seconds = time.monotonic() - began
    return Outcome(report.name, made["status"], message, run, made if run else None, seconds)


def _begin_manifest(report: Report, options: Options) -> dict:
    """Gather what is known of a run before it: parameters, inputs, code, time."""
    given = [f"{name}={to_word(report.parameters[name])}" for name in report.given]
    facts = {
        "schema": manifest.SCHEMA,
        "report": report.name,
        "title": pages.find_title(json.loads(report.notebook.read_text("utf-8")), report.name),
        "parameters": report.parameters,
        "given": report.given,
        "declared": report.declared,
        "path_parameters": report.paths,
        "command": shlex.join(["dateline", "report", report.name, *given]),
        "inputs": manifest.find_inputs(report.parameters, report.paths, options.root),
        **manifest.find_code(report.notebook, options.root),
        "started_at": _now(),
    }
    return facts | {"input_sha256": manifest.hash_inputs(facts)}


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def _make(
    report: Report, options: Options, facts: dict, stage: Path, stop: Event, tell: Tell
) -> dict:
    """Execute in the stage, and add to the facts how it went, what it read and what changed."""
    result: dict = {"status": "kernel_died"}
    attempts = 0
    while attempts <= options.retries and result["status"] == "kernel_died":
        attempts += 1
        result = _execute(report, options, stage, stop, tell)
    reading, is_whole = manifest.describe_reading(stage)
    if options.strict and not is_whole and result["status"] == "ok":
        result = {**result, "status": "incomplete", "error": {"message": reading}}
    previous = store.find_good(stage.parent, parameters=facts["parameters"])
    name = previous.name if previous else None
    is_ok = result["status"] == "ok"
    compared = compare.compare_runs(previous, stage) if previous and is_ok else {}
    return facts | {
        "status": result["status"],
        "exit_code": EXIT_CODES[result["status"]],
        "error": result.get("error"),
        "warnings": result.get("warnings", []),
        "seconds": result.get("seconds", {}),
        "attempts": attempts,
        "finished_at": _now(),
        "tables": manifest.read_tables(stage),
        "corpus": manifest.read_corpus_facts(stage),
        "reading": reading,
        "previous_run": name,
        "changes": compare.describe_changes(compared, name) if is_ok else None,
    }


def _publish(stage: Path, made: dict, options: Options) -> Path:
    """Write the pages and the manifest of a staged run, and make it visible."""
    stamp = datetime.fromisoformat(made["started_at"]).strftime("%Y%m%dT%H%M%SZ")
    digest = manifest.hash_value(made["parameters"])[:8]
    run = store.free_name(stage.parent / f"{stamp}-{digest}")
    made["run"] = run.name
    _write_page(stage, made)
    if options.pdf:
        store.print_pdf(stage)
    if options.email:
        store.write_message(stage, made)
    made["outputs"] = manifest.hash_outputs(stage)
    text = json.dumps(made, indent=1, ensure_ascii=False, allow_nan=False)
    (stage / store.MANIFEST).write_text(text + "\n", "utf-8")
    store.publish_run(stage, run, is_ok=made["status"] == "ok")
    return run


def _write_page(stage: Path, made: dict) -> None:
    page = pages.render_report(stage / "report.ipynb", made)
    (stage / "report.html").write_text(page, "utf-8")


def _execute(report: Report, options: Options, stage: Path, stop: Event, tell: Tell) -> dict:
    """Execute a notebook into the stage by a worker: its status, error, warnings and seconds."""
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
        result = _follow(worker, task, options.timeout, stop, tell)
        log.seek(0)
        noise = log.read().decode("utf-8", "replace").splitlines()[-20:]
    if result["status"] == "kernel_died":
        result["error"].setdefault("traceback", noise)
    return result


def _follow(worker: subprocess.Popen, task: dict, timeout: float, stop: Event, tell: Tell) -> dict:
    """Gather a worker's messages until it has ended or its time is over, and judge."""
    result: dict = {}
    verdict: dict = {"status": "kernel_died", "error": {"message": "its process was killed"}}
    told, asked = worker.stdout, worker.stdin
    assert told and asked  # both are pipes

    def read() -> None:
        for line in told:
            if line.endswith(b"\n"):  # else it died while it wrote
                message = json.loads(line)
                result.update(message)
                tell(Path(task["notebook"]).stem, message)

    reader, began = Thread(target=read), time.monotonic()
    reader.start()
    Thread(target=_import_early, daemon=True).start()
    try:
        with contextlib.suppress(BrokenPipeError), asked:
            asked.write(json.dumps(task).encode())
        while reader.is_alive() and not stop.is_set() and time.monotonic() - began <= timeout:
            reader.join(0.1)
        if reader.is_alive():
            words = {
                "status": "timeout",
                "message": f"the run took longer than {timeout:g} seconds",
            }
            if stop.is_set():
                words = {"status": "cancelled", "message": "the run was told to stop"}
            verdict = {"status": words.pop("status"), "error": words}
    finally:
        _end(worker)
        reader.join()
        told.close()
    if "status" in result and verdict["status"] == "kernel_died":
        return result
    place = {k: v for k, v in (result.get("error") or {}).items() if v}
    return verdict | {"error": verdict["error"] | place}


def _import_early() -> None:
    """Load what pages are made with (seconds) while the kernel is busy."""
    import_quickly()
    import nbconvert  # noqa: F401
    import pyarrow.parquet  # noqa: F401


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


def check_rerun(run: Path, options: Options, notebook: Path) -> list[str]:
    """Make a run again in a hidden folder, and compare the page and the tables byte by byte.

    The page tells when it was made and what had changed by then: both are taken from the run
    that is verified. Everything else is made anew, with the notebook as it is now.

    Returns:
        One line for each input and file that differs; none where the run is the same.
    """
    made = json.loads((run / store.MANIFEST).read_text("utf-8"))
    fields = ("parameters", "given", "declared", "path_parameters")
    report = Report(made["report"], notebook, *(made[name] for name in fields))
    facts = _begin_manifest(report, options)
    inputs = ("notebook_sha256", "library_sha256", "versions", "inputs")
    differ = [f"{name}: not as it was" for name in inputs if facts[name] != made[name]]
    home = run.parent
    with store.locked(home / ".lock-verify", wait=True), store.staged(home, "verify") as stage:
        again = _make(report, options, facts, stage, Event(), lambda *_: None)
        again |= {name: made[name] for name in ("started_at", "run", "changes", "command")}
        _write_page(stage, again)
        found = manifest.hash_outputs(stage)
    if again["status"] != made["status"]:
        differ.append(f"status: {again['status']}, was {made['status']}")
    recorded = {name: entry for name, entry in made["outputs"].items() if name in found}
    return differ + manifest.check_outputs(recorded, found)
