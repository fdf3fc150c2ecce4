"""From finished runs to folders: staged, published by one rename, locked, found and pruned.

reports/<name>/<time>-<parameters>/    a run, never edited after it was published
reports/<name>/latest                  the last run that is ok
reports/<name>/.run-*                  a run being made, invisible to readers
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import itertools
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

MANIFEST = "manifest.json"
NEEDED_BYTES = 1_000_000  # less free than this, and no run is started


class AlreadyRunning(ValueError):
    """Another process makes the same report with the same parameters."""


@contextmanager
def locked(lock: Path, *, wait: bool, stop: Event | None = None) -> Iterator[None]:
    """Hold a file's lock; the system gives it back when the process dies.

    Args:
        lock: The file; it is made, and stays.
        wait: For as long as somebody else holds it.
        stop: Ends the waiting when set.

    Raises:
        AlreadyRunning: Somebody else holds it.
    """
    with lock.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if not wait or (stop and stop.is_set()):
                    raise AlreadyRunning(f"{lock.parent.name} is being made already") from error
                time.sleep(0.1)
        yield


def make_stage(home: Path, digest: str) -> Path:
    """Make the hidden folder for a new run; sweep what killed runs left behind.

    Args:
        home: The folder of the report; the lock for `digest` must be held.
        digest: Of the parameters.

    Raises:
        OSError: The folder cannot be written, or the disk is full.
    """
    for left in home.glob(f".run-{digest}-*"):
        shutil.rmtree(left, ignore_errors=True)
    if shutil.disk_usage(home).free < NEEDED_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(home))
    stage = home / f".run-{digest}-{os.getpid()}"
    (stage / "data").mkdir(parents=True)
    return stage


def free_name(run: Path) -> Path:
    """The folder itself, or with a number where it exists."""
    names = (run if n == 1 else run.with_name(f"{run.name}-{n}") for n in itertools.count(1))
    return next(path for path in names if not path.exists())


def publish_run(stage: Path, run: Path, *, is_ok: bool) -> None:
    """Make a staged run visible, whole, by one rename; move `latest` if it is ok."""
    stage.rename(run)
    if is_ok:
        point_latest(run)


def point_latest(run: Path) -> None:
    """Let `latest` lead to this run, in one step."""
    link = run.parent / f".latest-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(run.name)
    link.replace(run.parent / "latest")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new, never a part."""
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        staged.write_text(text, "utf-8", newline="\n")
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)


def dump_manifest(manifest: dict) -> str:
    """The manifest as JSON that every parser reads (no NaN)."""
    return json.dumps(manifest, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read_manifests(reports: Path, name: str = "*") -> list[dict]:
    """Read what every published run says of itself, oldest first."""
    found = []
    for path in reports.glob(f"{name}/[0-9]*/{MANIFEST}"):
        try:
            manifest = json.loads(path.read_text("utf-8")) | {"run": path.parent.name}
        except (OSError, ValueError, TypeError):  # pruned meanwhile, or edited by hand
            continue
        found.append(manifest)
    return sorted(found, key=lambda manifest: manifest["run"])


def find_run(reports: Path, text: str) -> Path:
    """Find the folder of a run.

    Args:
        reports: The folder of all reports.
        text: A folder, `name`, `name/latest`, or the beginning of a run's name.

    Raises:
        ValueError: There is no such run, or several.
    """
    for folder in (Path(text), reports / text, reports / text / "latest"):
        if (folder / MANIFEST).is_file():
            return folder.resolve()
    name, _, start = text.rpartition("/")
    runs = [path.parent for path in reports.glob(f"{name or '*'}/[0-9]*/{MANIFEST}")]
    fits = [run for run in runs if run.name.startswith(start)]
    if len(fits) != 1:
        what = "no run" if not fits else f"{len(fits)} runs"
        raise ValueError(f"{what} called {text!r} in {reports}; `dateline index` lists them")
    return fits[0]


def find_good(home: Path, *, before: str = "~", **like: object) -> Path | None:
    """Find the newest run of a report that is ok.

    Args:
        home: The folder of the report.
        before: Only runs whose names sort before this one.
        like: What its manifest must say.
    """
    for manifest in reversed(read_manifests(home.parent, home.name)):
        fits = all(manifest.get(name) == value for name, value in like.items())
        if manifest["status"] == "ok" and fits and manifest["run"] < before:
            return home / manifest["run"]
    return None


def prune_runs(reports: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest `keep` runs of each report, and what killed runs left behind.

    Returns:
        The folders of the runs deleted. What `latest` leads to always stays.
    """
    gone = []
    for home in sorted(path for path in reports.iterdir() if path.is_dir()):
        latest = (home / "latest").resolve()
        runs = sorted(path for path in home.glob("[0-9]*") if path.is_dir())
        gone += [run for run in runs[: max(0, len(runs) - keep)] if run != latest]
        _sweep(home)
    for run in gone:
        # Renamed first: a reader never meets a half-deleted run.
        hidden = run.with_name(f".gone-{run.name}")
        run.rename(hidden)
        shutil.rmtree(hidden, ignore_errors=True)
    return gone


def _sweep(home: Path) -> None:
    for left in home.glob(".run-*"):
        lock = home / f".lock-{left.name.split('-')[1]}"
        with contextlib.suppress(AlreadyRunning), locked(lock, wait=False):
            shutil.rmtree(left, ignore_errors=True)
    for left in home.glob(".gone-*"):
        shutil.rmtree(left, ignore_errors=True)
