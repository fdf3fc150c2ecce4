"""From a path to the text of each article's file, and the files that were left out."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from dateline.read.encoding import decode_text

SUFFIXES = (".txt", ".md")
MAX_BYTES = 20_000_000


class File(NamedTuple):
    """A file that was read."""

    article_id: str
    path: str
    text: str


class Problem(NamedTuple):
    """A file that was left out, or something doubtful about one."""

    path: str
    problem: str


def read_files(path: str | Path) -> tuple[list[File], list[Problem]]:
    """Read the articles' files of a folder, or one file.

    Args:
        path: One file, or a folder that is read with its subfolders. In a folder hidden files,
            README files and speakers.csv are passed over, linked folders are not entered, and
            links that leave the folder are not read.

    Returns:
        Files and problems, each in the order of their paths.

    Raises:
        ValueError: `path` does not exist.
    """
    root = Path(path)
    if not root.exists():
        raise ValueError(f"there is no file or folder {str(path)!r}")
    found = _read_folder(root) if root.is_dir() else {root.name: _read_text(root)}
    problems = [Problem(name, doubt) for name, (_, doubts) in found.items() for doubt in doubts]
    texts = {name: text for name, (text, _) in sorted(found.items()) if text is not None}
    ids = _name_articles(list(texts))
    return [File(ids[name], name, text) for name, text in texts.items()], sorted(problems)


def _read_folder(root: Path) -> dict[str, tuple[str | None, list[str]]]:
    """What `_read_text` says of each file, by the path that is shown for it."""
    found: dict[str, tuple[str | None, list[str]]] = {}

    def leave_out(error: OSError) -> None:
        found[_show(Path(error.filename), root)] = None, [f"not read: {error.strerror}"]

    for folder, subfolders, names in os.walk(root, onerror=leave_out):
        here = Path(folder)
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        links = [name for name in subfolders if (here / name).is_symlink()]
        for path in (here / name for name in links + names if not _is_passed_over(name)):
            found[_show(path, root)] = _read_text(path, root)
    return found


def _is_passed_over(name: str) -> bool:
    # speakers.csv is read by the quotes room: what the analyst decided on speakers.
    return name.startswith(".") or name.split(".")[0].upper() == "README" or name == "speakers.csv"


def _show(path: Path, root: Path) -> str:
    # A file's name need not be UTF-8; a column of text must be.
    name = path.relative_to(root).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_text(path: Path, root: Path | None = None) -> tuple[str | None, list[str]]:
    """The decoded file, or None, and what to say about it; no link is followed out of `root`."""
    try:
        if not path.is_file():
            return None, ["not read: not a regular file"]
        if root and path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return None, ["not read: a link that leads out of the folder"]
        if path.suffix.lower() not in SUFFIXES:
            return None, [f"not read: not a {' or '.join(SUFFIXES)} file"]
        if path.stat().st_size > MAX_BYTES:
            return None, [f"not read: larger than {MAX_BYTES // 1_000_000} MB"]
        return decode_text(path.read_bytes())
    except OSError as error:
        return None, [f"not read: {error.strerror}"]


def _name_articles(paths: list[str]) -> dict[str, str]:
    """Give each path the shortest id that is its alone: stem, path without suffix, or path."""
    forms = {path: [path, path.rpartition(".")[0], Path(path).stem] for path in paths}
    while True:
        ids = {path: forms[path][-1] for path in paths}
        times = Counter(ids.values())
        shared = [path for path in paths if times[ids[path]] > 1 and len(forms[path]) > 1]
        if not shared:
            return ids
        for path in shared:
            forms[path].pop()
