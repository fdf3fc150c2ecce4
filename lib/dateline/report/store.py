"""From finished runs to folders: staged, published by one rename, locked, found, pruned, sent.

reports/<name>/<time>-<parameters>/    a run, never edited after it was published
reports/<name>/latest                  the last run that is ok
reports/<name>/.run-*                  a run being made, invisible to readers
"""

from __future__ import annotations

import base64
import contextlib
import errno
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from dateline.tabular import replaced

MANIFEST = "manifest.json"
NEEDED_BYTES = 1_000_000  # less free than this, and no run is started
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_IMAGE = re.compile(r'src="data:image/([a-z]+(?:\+xml)?);base64,([^"]+)"')


class AlreadyRunning(ValueError):
    """Another process makes the same report with the same parameters."""


@contextmanager
def locked(lock: Path, *, wait: bool, stop: Event | None = None) -> Iterator[None]:
    """Hold a file's lock, which the system gives back when the process dies.

    Where somebody else holds it: wait, until `stop` is set, or raise AlreadyRunning.
    """
    held, is_stopped = FileLock(lock), stop.is_set if stop else None
    try:
        held.acquire(blocking=wait, poll_interval=0.1, cancel_check=is_stopped)
    except Timeout as error:
        raise AlreadyRunning(f"{lock.parent.name} is being made already") from error
    try:
        yield
    finally:
        held.release()


@contextmanager
def staged(home: Path, digest: str) -> Iterator[Path]:
    """Give the hidden folder of a new run, whose lock is held; sweep what killed runs left.

    Raises OSError where the folder cannot be written, or the disk is full.
    """
    for left in home.glob(f".run-{digest}-*"):
        shutil.rmtree(left, ignore_errors=True)
    if shutil.disk_usage(home).free < NEEDED_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(home))
    stage = home / f".run-{digest}-{os.getpid()}"
    try:
        (stage / "data").mkdir(parents=True)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def free_name(run: Path) -> Path:
    """The folder itself, or with a number where it exists."""
    names = (run if n == 1 else run.with_name(f"{run.name}-{n}") for n in itertools.count(1))
    return next(path for path in names if not path.exists())


def publish_run(stage: Path, run: Path, *, is_ok: bool) -> None:
    """Make a staged run visible, whole, by one rename; move `latest` if it is ok."""
    # Of pages that papermill wrote in place, 24 to 39 % were read empty or half; none this way.
    stage.rename(run)
    if is_ok:
        with locked(run.parent / ".lock-latest", wait=True):
            point_latest(run)


def point_latest(run: Path) -> None:
    """Let `latest` lead to this run, in one step."""
    with replaced(run.parent / "latest") as link:
        link.unlink(missing_ok=True)
        link.symlink_to(run.name)


def read_manifests(reports: Path, name: str = "*") -> list[dict]:
    """Read what every published run says of itself, oldest first."""
    found = []
    for path in reports.glob(f"{name}/[0-9]*/{MANIFEST}"):
        # It may be pruned meanwhile, or edited by hand.
        with contextlib.suppress(OSError, ValueError, TypeError):
            found.append(json.loads(path.read_text("utf-8")) | {"run": path.parent.name})
    return sorted(found, key=lambda manifest: manifest["run"])


def find_run(reports: Path, text: str) -> Path:
    """Find a run by its folder, `name`, `name/latest`, or the beginning of a run's name.

    Raises ValueError where there is no such run, or several.
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
    """Find a report's newest good run before that name, whose manifest says all of `like`."""
    for manifest in reversed(read_manifests(home.parent, home.name)):
        if manifest["run"] < before and (like | {"status": "ok"}).items() <= manifest.items():
            return home / manifest["run"]
    return None


def prune_runs(reports: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest runs of each report, and what killed runs left behind.

    What `latest` leads to always stays. Gives the folders of the runs deleted.
    """
    gone = []
    for home in sorted(path for path in reports.iterdir() if path.is_dir()):
        latest = (home / "latest").resolve()
        runs = sorted(path for path in home.glob("[0-9]*") if path.is_dir())
        for run in runs[:-keep]:
            if run != latest:  # renamed first: a reader never meets a half-deleted run
                run.rename(run.with_name(f".gone-{run.name}"))
                gone.append(run)
        for left in home.glob(".run-*"):
            lock = home / f".lock-{left.name.split('-')[1]}"
            with contextlib.suppress(AlreadyRunning), locked(lock, wait=False):
                shutil.rmtree(left, ignore_errors=True)
        for left in home.glob(".gone-*"):
            shutil.rmtree(left, ignore_errors=True)
    return gone


def find_browser() -> str:
    """The Chromium of this machine; ValueError where there is none."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        raise ValueError("a PDF needs Chromium or Chrome (apt install chromium)")
    return found


def print_pdf(run: Path) -> None:
    """Write report.pdf as Chromium prints the page; OSError where it fails."""
    page, pdf = run / "report.html", run / "report.pdf"
    with tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        flags += [f"--user-data-dir={profile}", "--no-pdf-header-footer"]
        command = [find_browser(), *flags, f"--print-to-pdf={pdf}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        except subprocess.TimeoutExpired as error:
            raise OSError("Chromium took longer than 120 seconds for the PDF") from error
    if not pdf.exists():
        raise OSError(f"Chromium made no PDF: {done.stderr.strip()[-300:]}")


def write_message(run: Path, manifest: dict) -> None:
    """Write report.eml: text, the page with its figures inside, the tables attached.

    Mail programs do not show figures given as data: addresses, so they travel as parts.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"{manifest['title']}, {manifest['started_at'][:10]}"
    changes = (manifest["changes"] or {}).get("lines", [])
    lines = [f"{line['table']}: {text}" for line in changes for text in line["texts"]]
    message.set_content("\n".join([manifest["title"], "", *lines, "", manifest["command"], ""]))
    page = (run / "report.html").read_text("utf-8")
    images = _IMAGE.findall(page)
    numbers = iter(range(len(images)))
    page = _IMAGE.sub(lambda _: f'src="cid:figure{next(numbers)}@dateline"', page)
    message.add_alternative(page, subtype="html")
    html = list(message.iter_parts())[1]
    assert isinstance(html, EmailMessage)
    for number, (kind, content) in enumerate(images):
        picture, cid = base64.b64decode(content), f"<figure{number}@dateline>"
        html.add_related(picture, "image", kind, cid=cid)
    for table in sorted((run / "data").glob("*.csv")):
        message.add_attachment(table.read_bytes(), "text", "csv", filename=table.name)
    (run / "report.eml").write_bytes(message.as_bytes())
