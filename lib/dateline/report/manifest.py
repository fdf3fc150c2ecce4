"""From a run's surroundings to facts: what it read, with which code, and what it wrote."""

from __future__ import annotations

import csv
import hashlib
import json
import platform
import re
import subprocess
from importlib import metadata
from pathlib import Path

import dateline
from dateline.report.notebook import TABLES

SCHEMA = 1
_HIDDEN = re.compile(r"(^|/)(\.[^/]|__pycache__/)")
LIBRARY = Path(__file__).parents[1]


def hash_file(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_value(value: object) -> str:
    """The sha256 of a JSON value, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def hash_tree(path: Path) -> dict[str, object]:
    """Count and hash the files of a folder, or one file; hidden files are left out."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    files = [p for p in files if not _HIDDEN.search(p.relative_to(path).as_posix())]
    names = [p.relative_to(path).as_posix() if p != path else p.name for p in files]
    return {
        "files": len(files),
        "bytes": sum(p.stat().st_size for p in files),
        "sha256": hash_value([[n, hash_file(p)] for n, p in zip(names, files, strict=True)]),
    }


def find_inputs(values: dict[str, object], paths: list[str], root: Path) -> dict[str, dict]:
    """Hash what the parameters that are paths lead to.

    Args:
        values: The parameters of the run.
        paths: The names of those that are paths.
        root: The project, where relative paths start.
    """
    found = {}
    for name in paths:
        listed = values[name] if isinstance(values[name], list) else [values[name]]
        for path in filter(None, listed):
            found[name if listed == [path] else f"{name} {path}"] = {
                "path": path,
                **hash_tree(root / path),
            }
    return found


def find_code(notebook: Path, root: Path) -> dict[str, object]:
    """Name the code of a run: notebook, library, requirements, versions, commit."""
    requirements = root / "requirements.txt"
    return {
        "notebook_sha256": hash_file(notebook),
        "library_sha256": hash_tree(LIBRARY)["sha256"],
        "requirements_sha256": hash_file(requirements) if requirements.exists() else None,
        "versions": find_versions(),
        "git": find_commit(root),
    }


def find_versions() -> dict[str, str]:
    """The versions of Python, Dateline and the packages that it asks for."""
    try:
        wanted = [re.split(r"[^\w.-]", line)[0] for line in metadata.requires("dateline") or []]
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        wanted = []
    versions = {"python": platform.python_version(), "dateline": dateline.__version__}
    for name in sorted(wanted, key=str.lower):
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions


def find_commit(root: Path) -> dict[str, object] | None:
    """The commit of the project and whether files differ from it; None outside of git."""
    git = ["git", "-C", str(root)]
    options = {"capture_output": True, "text": True, "timeout": 10, "check": True}
    try:
        commit = subprocess.run([*git, "rev-parse", "HEAD"], **options).stdout.strip()
        status = subprocess.run([*git, "status", "--porcelain"], **options).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": commit, "is_dirty": bool(status)}


def hash_inputs(manifest: dict) -> str:
    """One hash of everything that a report follows from: equal hashes, equal reports."""
    names = ("notebook_sha256", "library_sha256", "versions", "parameters", "inputs")
    return hash_value({name: manifest[name] for name in names})


def hash_outputs(run: Path) -> dict[str, dict]:
    """Size and hash of every file of a run but the manifest."""
    files = sorted(p for p in run.rglob("*") if p.is_file() and p.name != "manifest.json")
    return {
        p.relative_to(run).as_posix(): {"bytes": p.stat().st_size, "sha256": hash_file(p)}
        for p in files
    }


def read_tables(run: Path) -> dict[str, dict]:
    """The tables that a run published, with their keys and numbers of rows."""
    path = run / "data" / TABLES
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def read_corpus_facts(run: Path) -> dict[str, object]:
    """What a run read, from the tables `outlets` and `problems` where it published them."""
    path = run / "data" / "outlets.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    days = {name: sorted(filter(None, (r[name] for r in rows))) for name in ("first_on", "last_on")}
    return {
        "articles": sum(int(row["n_articles"]) for row in rows),
        "words": sum(int(row["n_words"]) for row in rows),
        "first_on": days["first_on"][0] if days["first_on"] else None,
        "last_on": days["last_on"][-1] if days["last_on"] else None,
        "problems": read_tables(run).get("problems", {}).get("rows"),
    }
