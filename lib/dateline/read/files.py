"""From a path to the decoded text of each article's file, and the files that were left out."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".txt", ".md")
MAX_BYTES = 20_000_000
# Leading bytes that name an encoding. Each is decoded with a codec that keeps the mark as U+FEFF,
# so that offsets fit the file. UTF-32 comes first: its mark begins with UTF-16's.
_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"\xef\xbb\xbf": "utf-8",
}
# What English news is written in where it is not UTF-8, Windows-1252 first: detectors tell it from
# its neighbours by letters, and in English the curly marks are often all there is to go by.
_LEGACY = ("cp1252", "mac_roman", "cp1251", "cp1250", "koi8_r", "gb18030", "shift_jis", "euc_kr")
_MARKS_OF_1252 = frozenset("‘’“”–—…•€£°é«»\xa0")
# UTF-8 that somebody once decoded as Windows-1252 and saved again.
_MOJIBAKE = ("â€™", "â€œ", "â€“", "â€”", "Ã©")


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
        path: One file, or a folder that is read with its subfolders. In a folder hidden files and
            README files are passed over, and linked folders are not entered.

    Returns:
        Files and problems, each in the order of their paths.

    Raises:
        ValueError: `path` does not exist.
    """
    root = Path(path)
    if not root.exists():
        raise ValueError(f"there is no file or folder {str(path)!r}")
    problems: list[Problem] = []
    if root.is_dir():
        candidates = _find_candidates(root, problems)
    else:
        root, candidates = root.parent, [root]
    texts = {}
    for candidate in candidates:
        name = _show(candidate.relative_to(root))
        text, complaints = _read_text(candidate, root)
        problems += [Problem(name, complaint) for complaint in complaints]
        if text is not None:
            texts[name] = text
    ids = _name_articles(sorted(texts))
    return [File(ids[name], name, texts[name]) for name in sorted(texts)], sorted(problems)


def _find_candidates(root: Path, problems: list[Problem]) -> list[Path]:
    def note(error: OSError) -> None:
        name = _show(Path(error.filename).relative_to(root))
        problems.append(Problem(name, f"folder could not be read: {error.strerror}"))

    candidates = []
    for folder, subfolders, names in os.walk(root, onerror=note):
        here = Path(folder)
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in subfolders:
            if (here / name).is_symlink():
                shown = _show((here / name).relative_to(root))
                problems.append(Problem(shown, "linked folder was not entered"))
        candidates += [here / n for n in names if not n.startswith(".") and not _is_readme(n)]
    return candidates


def _is_readme(name: str) -> bool:
    return name.split(".")[0].upper() == "README"


def _show(path: Path) -> str:
    # A file name need not be UTF-8; a column of text must be.
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_text(path: Path, root: Path) -> tuple[str | None, list[str]]:
    """The decoded file, or None, and what to say about it."""
    if path.suffix.lower() not in SUFFIXES:
        return None, [f"not read: not a {' or '.join(SUFFIXES)} file"]
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return None, ["not read: a link that leaves the folder"]
        if not path.is_file():
            return None, ["not read: a broken link, or not a regular file"]
        if path.stat().st_size > MAX_BYTES:
            return None, [f"not read: larger than {MAX_BYTES // 1_000_000} MB"]
        raw = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        return None, [f"not read: {getattr(error, 'strerror', None) or error}"]
    return _decode(raw)


def _decode(raw: bytes) -> tuple[str | None, list[str]]:
    for encoding in (_find_mark(raw), "utf-8"):
        text = _try_decoding(raw, encoding)
        if text is not None and "\0" not in text:
            return _check_text(text)
    if b"\0" in raw:
        encoding = _find_unmarked_utf16(raw)
        text = _try_decoding(raw, encoding)
        if text is None:
            return None, ["not read: binary (it holds NUL bytes)"]
    else:
        encoding = _detect(raw)
        text = _try_decoding(raw, encoding)
        if text is None:
            return None, ["not read: its encoding could not be found"]
    text, complaints = _check_text(text)
    return text, [f"not UTF-8: read as {encoding}, which is a guess", *complaints]


def _find_mark(raw: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS.items() if raw.startswith(mark)), None)


def _try_decoding(raw: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _find_unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a NUL in nearly every other place, and on one side only."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    enough = 0.35 * len(raw)
    if len(raw) % 2 or max(even, odd) < enough or min(even, odd) > 0.02 * len(raw):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _detect(raw: bytes) -> str | None:
    text = _try_decoding(raw, "cp1252")
    if text is not None and _MARKS_OF_1252.issuperset(c for c in text if ord(c) > 127):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=list(_LEGACY)).best()
    return best.encoding if best else None


def _check_text(text: str) -> tuple[str | None, list[str]]:
    if not text.strip("\ufeff \t\r\n"):
        return None, ["not read: empty"]
    complaints = []
    if "\ufffd" in text:
        complaints.append(f"{text.count(chr(0xFFFD))} characters were lost before it came to us")
    if any(pair in text for pair in _MOJIBAKE):
        complaints.append("looks like UTF-8 that was once decoded as Windows-1252 (â€)")
    return text, complaints


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
