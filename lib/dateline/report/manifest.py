"""From a run's surroundings to facts: what it read, with which code, and what it wrote."""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
import re
import subprocess
from functools import partial
from importlib import metadata
from pathlib import Path

import dateline
from dateline.read.files import METADATA
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
    names = {p.relative_to(path).as_posix() if p != path else p.name: p for p in files}
    seen = {name: p for name, p in names.items() if p == path or not _HIDDEN.search(name)}
    return {
        "files": len(seen),
        "bytes": sum(p.stat().st_size for p in seen.values()),
        "sha256": hash_value([[name, hash_file(p)] for name, p in seen.items()]),
    }


def find_inputs(values: dict[str, object], paths: list[str], root: Path) -> dict[str, dict]:
    """Hash what the parameters named in `paths` lead to, from the project's root."""
    found = {}
    for name in paths:
        value = values[name]
        listed = value if isinstance(value, list) else [value]
        for path in map(str, filter(None, listed)):
            label = name if listed == [path] else f"{name} {path}"
            found[label] = {"path": path, **hash_tree(root / path)}
            # What is stated of one file stands beside it.
            beside = (root / path).parent / METADATA
            if name == "corpus" and not (root / path).is_dir() and beside.is_file():
                found[f"{label} {METADATA}"] = {"path": str(Path(path).parent / METADATA)}
                found[f"{label} {METADATA}"] |= hash_tree(beside)
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
    """The versions of Python, Dateline and the packages that it asks for, where installed."""
    versions, wanted = {"python": platform.python_version(), "dateline": dateline.__version__}, []
    with contextlib.suppress(metadata.PackageNotFoundError):  # run from a folder
        wanted = [re.split(r"[^\w.-]", line)[0] for line in metadata.requires("dateline") or []]
    for name in sorted(wanted, key=str.lower):
        with contextlib.suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return versions


def find_commit(root: Path) -> dict[str, object] | None:
    """The commit of the project and whether files differ from it; None outside of git."""
    git = ["git", "-C", str(root)]
    run = partial(subprocess.run, capture_output=True, text=True, timeout=10, check=True)
    try:
        commit = run([*git, "rev-parse", "HEAD"]).stdout.strip()
        status = run([*git, "status", "--porcelain"]).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": commit, "is_dirty": bool(status)}


def hash_inputs(manifest: dict) -> str:
    """One hash of everything that a report follows from: equal hashes, equal reports."""
    names = ("notebook_sha256", "library_sha256", "versions", "parameters", "inputs")
    return hash_value({name: manifest[name] for name in names})


def hash_outputs(run: Path) -> dict[str, dict]:
    """Size and hash of every file of a run but the manifest."""
    files = {p.relative_to(run).as_posix(): p for p in sorted(run.rglob("*")) if p.is_file()}
    files.pop("manifest.json", None)
    return {n: {"bytes": p.stat().st_size, "sha256": hash_file(p)} for n, p in files.items()}


def check_outputs(recorded: dict[str, dict], found: dict[str, dict]) -> list[str]:
    """One line for each file that is missing, changed or new; none where all is well."""
    words = {True: "changed", False: "missing"}
    lines = [f"{n}: {words[n in found]}" for n in recorded if recorded[n] != found.get(n)]
    return sorted(lines + [f"{n}: not in the manifest" for n in found if n not in recorded])


def read_tables(run: Path) -> dict[str, dict]:
    """The tables that a run published, with their keys and numbers of rows."""
    path = run / "data" / TABLES
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def read_rows(run: Path, name: str) -> list[dict]:
    """The rows of a published table, as they were before a spreadsheet was thought of."""
    from pyarrow import parquet

    rows: list[dict] = parquet.read_table(run / "data" / f"{name}.parquet").to_pylist()
    return rows


def describe_reading(run: Path) -> tuple[str, bool]:
    """What a run could read of its files, in a sentence, and whether that was all of them.

    A run that did not publish the table `files` says nothing of that.
    """
    if "files" not in read_tables(run):
        return "", True
    from dateline.frames import build_frame
    from dateline.read.intake.tally import is_whole, say_reading

    files = build_frame("files", read_rows(run, "files"))
    return say_reading(files), is_whole(files)


def read_corpus_facts(run: Path) -> dict[str, object]:
    """What a run read, where it published that: the table `outlets`, and `problems`."""
    tables = read_tables(run)
    if "outlets" not in tables:
        return {}
    rows = read_rows(run, "outlets")
    days = [row[side] for row in rows for side in ("first_on", "last_on") if row[side]]
    return {
        "articles": sum(row["n_articles"] for row in rows),
        "words": sum(row["n_words"] for row in rows),
        "first_on": str(min(days))[:10] if days else None,
        "last_on": str(max(days))[:10] if days else None,
        "problems": tables.get("problems", {}).get("rows"),
    }
