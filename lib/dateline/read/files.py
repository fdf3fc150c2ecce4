"""From paths to the files in them, those that cannot be read with a reason, and to their ids."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

# What lies beside articles and is none: what is stated of them, and what was decided on speakers.
METADATA = "metadata.csv"
_BESIDE = (METADATA, "speakers.csv", "terms.tsv")


class Found(NamedTuple):
    """A file: the name that is shown for it, where it is, and why it cannot be read, if so."""

    name: str
    path: Path
    why: str = ""


class Problem(NamedTuple):
    """A file that was left out, or something doubtful about one."""

    path: str
    problem: str


def find_files(source: str | Path | Iterable[str | Path]) -> list[Found]:
    """Find the files that a path leads to, or several.

    Args:
        source: A file, a folder that is read with its subfolders, a pattern such as
            "exports/**/*.docx", or a list of these. In a folder hidden files, README files,
            metadata.csv, speakers.csv and terms.tsv are passed over, linked folders are not
            entered, and links that leave the folder are not read.

    Returns:
        The files by their names, which are relative to the one folder given, or else to the
        folder that all have in common.

    Raises:
        ValueError: A path does not exist, no file fits a pattern, or the list is empty.
    """
    listed = [source] if isinstance(source, str | Path) else list(source)
    if not listed:
        raise ValueError("an empty list of paths was given to be read")
    paths = [path for one in listed for path in _expand(one)]
    if len(paths) == 1 and paths[0].is_dir():
        return sorted(_list_folder(paths[0], paths[0]))
    base = Path(os.path.commonpath([path.absolute().parent for path in paths]))
    found: dict[Path, Found] = {}
    for path in paths:
        inside = _list_folder(path, base) if path.is_dir() else [_check(path, base)]
        found |= {one.path.absolute(): one for one in inside}
    return sorted(found.values())


def find_home(source: str | Path | Iterable[str | Path]) -> Path:
    """The folder that paths have in common, where speakers.csv lies beside the articles.

    Raises:
        ValueError: See `find_files`.
    """
    listed = [source] if isinstance(source, str | Path) else list(source)
    paths = [path for one in listed for path in _expand(one)]
    folders = [path if path.is_dir() else path.absolute().parent for path in paths]
    if len(folders) == 1:
        return folders[0]
    return Path(os.path.commonpath([folder.absolute() for folder in folders]))


def _expand(path: str | Path) -> list[Path]:
    """The path itself where it exists, else the files and folders that fit it as a pattern."""
    if os.path.exists(path):  # noqa: PTH110  # Path.exists raises for a name that is too long
        return [Path(path)]
    if not glob.has_magic(str(path)):
        raise ValueError(f"there is no file or folder {str(path)!r}")
    parts = Path(path).parts
    first = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    root = Path(*parts[:first])
    fits = [
        one
        for one in sorted(root.glob("/".join(parts[first:])))
        if not any(part.startswith(".") for part in one.relative_to(root).parts)
        and not _is_passed_over(one.name)
    ]
    if not fits:
        raise ValueError(f"no file fits {str(path)!r}")
    return fits


def _list_folder(root: Path, base: Path) -> list[Found]:
    found: list[Found] = []

    def leave_out(error: OSError) -> None:
        path = Path(error.filename)
        found.append(Found(_show(path, base), path, error.strerror or str(error)))

    for folder, subfolders, names in os.walk(root, onerror=leave_out):
        here = Path(folder)
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        links = [name for name in subfolders if (here / name).is_symlink()]
        found += [
            _check(here / name, base, root) for name in links + names if not _is_passed_over(name)
        ]
    return found


def _is_passed_over(name: str) -> bool:
    is_beside = name.lower() in _BESIDE
    return name.startswith(".") or name.split(".")[0].upper() == "README" or is_beside


def _show(path: Path, base: Path) -> str:
    # A file's name need not be UTF-8; a column of text must be.
    inside = path if path.is_relative_to(base) else path.absolute()
    name = inside.relative_to(base).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _check(path: Path, base: Path, root: Path | None = None) -> Found:
    """The file, with a reason where it cannot be one to read; no link is followed out of `root`."""
    found = Found(_show(path, base), path)
    try:
        # A pipe or a device may never end.
        if not path.is_file():
            return found._replace(why="not a regular file")
        if root and path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return found._replace(why="a link that leads out of the folder")
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead to one another
        return found._replace(why=getattr(error, "strerror", None) or str(error))
    return found


def name_articles(sizes: dict[str, tuple[int, list[int]]]) -> dict[str, list[str]]:
    """Give each article an id that stays: its file's, and where a file holds several, its number.

    Args:
        sizes: By the file's name, how many articles it holds, and the numbers of those that were
            read.

    Returns:
        By the file's name, the ids of those that were read. A file's id is the shortest that is
        its alone: its stem, its name without suffix, or its name.
    """
    forms = {name: [name, name.rpartition(".")[0], Path(name).stem] for name in sizes}
    while True:
        ids = {name: _number(forms[name][-1], *sizes[name]) for name in sizes}
        times = Counter(one for name in sizes for one in ids[name])
        times += Counter({forms[name][-1]: 1 for name in sizes if sizes[name][0] > 1})
        shared = [name for name in sizes if any(times[one] > 1 for one in ids[name])]
        shared += [n for n in sizes if sizes[n][0] > 1 and times[forms[n][-1]] > 1]
        if not shared:
            return ids
        for name in dict.fromkeys(shared):
            if len(forms[name]) > 1:
                forms[name].pop()
            else:  # called as an article of another file is: "a.docx-1" beside "a.docx"
                forms[name] = [f"{forms[name][0]}-"]


def _number(name: str, n: int, numbers: list[int]) -> list[str]:
    return [name] if n == 1 else [f"{name}-{number:0{len(str(n))}}" for number in numbers]
