"""From a published run to whether it still stands, and whether it can be made again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from threading import Event

from dateline.report import manifest, runner, store
from dateline.report.html import render_report
from dateline.report.plan import Report


def check_outputs(run: Path) -> list[str]:
    """Compare the files of a run with the hashes in its manifest.

    Returns:
        One line for each file that is missing, changed or new; empty where all is well.
    """
    recorded = json.loads((run / store.MANIFEST).read_text("utf-8"))["outputs"]
    return _compare(recorded, manifest.hash_outputs(run))


def _compare(before: dict[str, dict], after: dict[str, dict]) -> list[str]:
    lines = [f"{name}: missing" for name in before if name not in after]
    lines += [f"{name}: not in the manifest" for name in after if name not in before]
    both = (name for name in before if name in after)
    return sorted(lines + [f"{name}: changed" for name in both if before[name] != after[name]])


def check_rerun(run: Path, options: runner.Options, notebook: Path) -> list[str]:
    """Make a run again in a hidden folder, and compare the page and the tables byte by byte.

    The page tells when it was made and what had changed by then: both are taken from the run
    that is verified. Everything else is made anew.

    Args:
        run: The folder of the run, in the reports of the options.
        options: Where the project is, and the times allowed.
        notebook: As it is now.

    Returns:
        One line for each file that differs, before them the inputs that differ; empty where
        the run is the same.

    Raises:
        OSError: The hidden folder cannot be written.
    """
    made = json.loads((run / store.MANIFEST).read_text("utf-8"))
    recorded = (made[name] for name in ("parameters", "given", "declared", "path_parameters"))
    report = Report(made["report"], notebook, *recorded)
    facts = runner.begin_manifest(report, options)
    differ = [
        f"{name}: not as it was"
        for name in ("notebook_sha256", "library_sha256", "versions", "inputs")
        if facts[name] != made[name]
    ]
    with store.locked(run.parent / ".lock-verify", wait=True):
        stage = store.make_stage(run.parent, "verify")
        try:
            result = runner.execute(report, options, stage, stop=Event(), tell=lambda *_: None)
            again = runner.finish_manifest(facts, result, stage, previous=None)
            again |= {name: made[name] for name in ("started_at", "run", "changes", "command")}
            page = render_report(stage / "report.ipynb", again)
            (stage / "report.html").write_text(page, "utf-8")
            outputs = manifest.hash_outputs(stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    if again["status"] != made["status"]:
        differ.append(f"status: {again['status']}, was {made['status']}")
    kept = {name: entry for name, entry in made["outputs"].items() if name in outputs}
    return differ + _compare(kept, outputs)
