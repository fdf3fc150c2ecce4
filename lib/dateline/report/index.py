"""From the manifests of all runs to one page that lists them."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from pathlib import Path

from dateline.report import store
from dateline.report.html import TEMPLATE, describe_corpus, describe_status, format_day

_LAST = 30  # runs in the small chart of durations


def write_index(reports: Path) -> Path:
    """Rebuild `index.html` from the manifests.

    Args:
        reports: The folder of all reports.

    Returns:
        The page, written whole while no other process writes it.
    """
    page = reports / "index.html"
    with store.locked(reports / ".index.lock", wait=True):
        store.write_whole(page, render_index(store.read_manifests(reports)))
    return page


def render_index(manifests: list[dict]) -> str:
    """Make the page: the newest report of each kind, then all runs.

    Args:
        manifests: As from read_manifests, oldest first.
    """
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True)
    script = (TEMPLATE / "runs.js").read_text("utf-8")
    rows = [_make_row(manifest) for manifest in reversed(manifests)]
    names = sorted({row["report"] for row in rows})
    return environment.get_template("runs.html.j2").render(
        css=(TEMPLATE / "report.css").read_text("utf-8"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        newest=[_make_card([row for row in rows if row["report"] == name]) for name in names],
        rows=rows,
    )


def _make_row(manifest: dict) -> dict:
    made = datetime.fromisoformat(manifest["started_at"])
    took = datetime.fromisoformat(manifest["finished_at"]) - made
    given = [f"{name}={_show(manifest['parameters'][name])}" for name in manifest["given"]]
    return {
        "report": manifest["report"],
        "title": manifest["title"],
        "folder": f"{manifest['report']}/{manifest['run']}",
        "status": manifest["status"],
        "message": "" if manifest["status"] == "ok" else describe_status(manifest),
        "parameters": ", ".join(given),
        "day": format_day(made),
        "time": f"{made:%H:%M}",
        "sort": made.timestamp(),
        "seconds": took.total_seconds(),
        "kilobytes": sum(output["bytes"] for output in manifest["outputs"].values()) // 1000,
        "changes": manifest["changes"],
        "corpus": describe_corpus(manifest["corpus"]),
    }


def _show(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _make_card(rows: list[dict]) -> dict:
    """The newest run of a report that is ok, and how long the last ones took."""
    good = next((row for row in rows if row["status"] == "ok"), None)
    times = [row["seconds"] for row in rows if row["status"] == "ok"][:_LAST][::-1]
    top = max([*times, 1])
    points = " ".join(f"{4 * x},{22 - 20 * y / top:.1f}" for x, y in enumerate(times))
    return {"good": good, "newest": rows[0], "points": points, "width": 4 * len(times)}
