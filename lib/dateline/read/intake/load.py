"""From files to what each of them holds, one after the other, and why not more."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.read.encoding import decode_text
from dateline.read.files import Found
from dateline.read.forms.item import HEAD, MISSING, MOST_BYTES, Item
from dateline.read.forms.recognise import TEXT, doubt_suffix, find_forms, refuse
from dateline.read.intake.reader import FormReader

_WAIT = 2  # seconds before progress is shown


class Loaded(NamedTuple):
    """What was read of a file: its items, `why` it or its rest was not, and what is doubtful."""

    name: str
    form: str | None = None
    n_stated: int | None = None
    encoding: str | None = None
    items: tuple[Item, ...] = ()
    why: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def articles(self) -> list[Item]:
        """The items that are articles."""
        return [item for item in self.items if not item.left_out]

    @property
    def n_found(self) -> int:
        """How many items stand in it."""
        return sum(item.left_out != MISSING for item in self.items)

    @property
    def n_all(self) -> int:
        """How many articles it holds or says that it does."""
        numbers = (item.number for item in self.items)
        return max(self.n_stated or 0, len(self.items), *numbers, 0)


def load_files(
    files: Sequence[Found], columns: Mapping[str, str], *, progress: bool = False
) -> Iterator[Loaded]:
    """Read files, in their order.

    Plain text is read here; every other form in a process of its own, which starts when the first
    such file comes and ends with the last.

    Args:
        files: The files.
        columns: What the columns of tables mean, by ours.
        progress: Count the files on standard error, where they take more than two seconds.
    """
    with FormReader() as reader:
        for file in _count(files) if progress else files:
            yield load_file(file, reader, columns)


def _count(files: Sequence[Found]) -> Iterator[Found]:
    from tqdm import tqdm

    yield from tqdm(files, unit=" files", leave=False, delay=_WAIT, file=sys.stderr)


def load_file(file: Found, reader: FormReader, columns: Mapping[str, str]) -> Loaded:
    """Read one file; whatever is wrong with it is said in what is given back."""
    nothing = Loaded(file.name)
    if file.why:
        return nothing._replace(why=file.why)
    try:
        before = file.path.stat()
        loaded = _load(file, reader, columns)
        after = file.path.stat()
    except OSError as error:
        return nothing._replace(why=error.strerror or str(error))
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        loaded = loaded._replace(doubts=(*loaded.doubts, "it changed while it was read"))
    return loaded


def _load(file: Found, reader: FormReader, columns: Mapping[str, str]) -> Loaded:
    with file.path.open("rb") as opened:
        head = opened.read(HEAD)
        name = os.fsdecode(file.path.name)
        if find_forms(head, name):
            held = reader.read(file.path, name, columns)
            doubt = doubt_suffix(held.form, name) if held.form else ""
            doubts = (doubt,) if doubt else ()
            loaded = Loaded(
                file.name, held.form, held.n_stated, held.encoding, held.items, held.why, doubts
            )
            if not held.is_other:
                return loaded
        if why := refuse(head, name):
            return Loaded(file.name, why=why)
        if os.fstat(opened.fileno()).st_size > MOST_BYTES:
            return Loaded(file.name, why=f"larger than {MOST_BYTES // 1_000_000} MB")
        return _load_text(file, head + opened.read())


def _load_text(file: Found, raw: bytes) -> Loaded:
    text, doubts = decode_text(raw)
    if text is None:
        return Loaded(file.name, why=doubts[0].removeprefix("not read: "))
    if doubt := doubt_suffix(TEXT, file.path.name):
        doubts.append(doubt)
    guessed = re.search(r"read as (\S+),", " ".join(doubts))
    encoding = guessed[1] if guessed else _name_mark(raw)
    return Loaded(file.name, TEXT, None, encoding, (Item(text),), "", tuple(doubts))


def _name_mark(raw: bytes) -> str:
    """The encoding that the first bytes of decoded text name."""
    if raw.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    return "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
