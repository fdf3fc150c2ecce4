"""From files to what each of them holds, one after the other, and why not more."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from dateline.read.files import Found, find_files
from dateline.read.forms.item import HEAD, MISSING, Item, Source, Unreadable
from dateline.read.forms.recognise import TEXT, doubt_suffix, find_forms, read_plain, refuse
from dateline.read.intake.reader import FormReader, Held
from dateline.read.language import ENGLISH, count_languages, find_language

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


def find_unreadable(source: str | Path) -> str:
    """Why nothing of a file or folder can be read, or is English; "" as soon as one article is.

    Raises:
        ValueError: See `find_files`.
    """
    files = find_files(source)
    reasons, languages = [], []
    with FormReader() as reader:
        for file in files:
            codes = []
            # Most files are told by their first article.
            for first_only in (True, False):
                loaded = load_file(file, reader, {}, first_only=first_only)
                codes = [find_language(item.text).code for item in loaded.articles]
                if ENGLISH in codes:
                    return ""
                if not codes:
                    break
            languages += codes
            left_out = [item.left_out for item in loaded.items]
            reasons.append(f"{file.name}: {[loaded.why, *left_out, 'no article'][not loaded.why]}")
    if languages:
        # Where no language can be told, it may be English.
        others = count_languages(filter(None, languages))
        return f"no article is in English: {others}" if others else ""
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return f"no article can be read: {reasons[0]}{more}" if reasons else "there is no file to read"


def load_file(
    file: Found, reader: FormReader, columns: Mapping[str, str], *, first_only: bool = False
) -> Loaded:
    """Read one file; whatever is wrong with it is said in what is given back."""
    nothing = Loaded(file.name)
    if file.why:
        return nothing._replace(why=file.why)
    try:
        before = file.path.stat()
        loaded = _load(file, reader, columns, first_only)
        after = file.path.stat()
    except OSError as error:
        return nothing._replace(why=error.strerror or str(error))
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        loaded = loaded._replace(doubts=(*loaded.doubts, "it changed while it was read"))
    return loaded


def _load(file: Found, reader: FormReader, columns: Mapping[str, str], first_only: bool) -> Loaded:
    source = Source(file.path.name, file.path)
    head = source.head()
    if find_forms(head, source.name):
        held = reader.read(file.path, source.name, columns, first_only=first_only)
        if not held.is_other:
            return _describe(file, held)
    if why := refuse(head, source.name):
        return Loaded(file.name, why=why)
    if len(head) < HEAD:  # that was all of it
        source = source._replace(path=None, data=head)
    try:
        contents = read_plain(source)
    except Unreadable as error:
        return Loaded(file.name, why=str(error))
    held = Held(TEXT, None, contents.encoding, tuple(contents.items))
    return _describe(file, held)


def _describe(file: Found, held: Held) -> Loaded:
    doubt = doubt_suffix(held.form, file.path.name) if held.form else ""
    doubts = (doubt,) if doubt else ()
    return Loaded(file.name, held.form, held.n_stated, held.encoding, held.items, held.why, doubts)
