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
    candidates, problems = _find_candidates(root) if root.is_dir() else ({root.name: root}, [])
    texts = {}
    for name, candidate in candidates.items():
        text, doubts = _read_text(candidate)
        problems += [Problem(name, doubt) for doubt in doubts]
        if text is not None:
            texts[name] = text
    ids = _name_articles(sorted(texts))
    return [File(ids[name], name, texts[name]) for name in sorted(texts)], sorted(problems)


def _find_candidates(root: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The files of a folder, by the path that is shown for them, and what is passed over."""
    candidates: dict[str, Path] = {}
    problems: list[Problem] = []

    def leave_out(path: str | Path, reason: str) -> None:
        problems.append(Problem(_show(Path(path), root), f"not read: {reason}"))

    walk = os.walk(root, onerror=lambda error: leave_out(error.filename, str(error.strerror)))
    for folder, subfolders, names in walk:
        here = Path(folder)
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in filter(lambda name: (here / name).is_symlink(), subfolders):
            leave_out(here / name, "a linked folder")
        for path in (here / name for name in names if not _is_passed_over(name)):
            if path.is_symlink() and not _is_inside(path, root):
                leave_out(path, "a link that leads nowhere or out of the folder")
            else:
                candidates[_show(path, root)] = path
    return candidates, problems


def _is_passed_over(name: str) -> bool:
    # speakers.csv is read by the quotes room: what the analyst decided on speakers.
    return name.startswith(".") or name.split(".")[0].upper() == "README" or name == "speakers.csv"


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return False


def _show(path: Path, root: Path) -> str:
    # A file's name need not be UTF-8; a column of text must be.
    name = path.relative_to(root).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_text(path: Path) -> tuple[str | None, list[str]]:
    """The decoded file, or None, and what to say about it."""
    if path.suffix.lower() not in SUFFIXES:
        return None, [f"not read: not a {' or '.join(SUFFIXES)} file"]
    try:
        if not path.is_file():
            return None, ["not read: not a regular file"]
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
