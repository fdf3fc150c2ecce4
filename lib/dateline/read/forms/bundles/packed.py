"""From a packed file to what is in it, within what is safe to unpack."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from dateline.read.forms.item import HEAD, MOST_BYTES, Source, Unreadable
from dateline.read.forms.layout import quote_line

# Text packs to a tenth; what unpacks to more than a hundredfold was made to fill a disk.
MOST_RATIO, MOST_UNPACKED = 100, 1_000_000_000
# Below this a high ratio harms nobody: an empty table of a text document is such a part.
FEW_BYTES = 1_000_000
ENCRYPTED = "encrypted: it opens with a password only"
# All that zipfile and what it unpacks with raise on damaged bytes; a RuntimeError is a password.
_DAMAGE = (
    zipfile.BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
    zlib.error,
)


@contextlib.contextmanager
def open_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a zip to list and read its members.

    Raises:
        Unreadable: It is damaged.
    """
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise Unreadable(f"damaged zip: {quote_line(str(error))}") from error
        with archive:
            yield archive


def read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, most: int = MOST_BYTES
) -> bytes:
    """All bytes of a member; no more are unpacked than it states.

    Raises:
        Unreadable: It is missing, encrypted, larger than `most`, packed too densely, or damaged.
    """
    try:
        info = archive.getinfo(member) if isinstance(member, str) else member
        if reason := refuse_member(info, most):
            raise Unreadable(reason)
        return archive.read(info)
    except KeyError:
        raise Unreadable(f"damaged: {member} is not in it") from None
    except _DAMAGE as error:
        raise Unreadable(f"damaged zip: {quote_line(str(error))}") from error


def refuse_member(info: zipfile.ZipInfo, most: int) -> str:
    """Why a member is not unpacked, "" where it may be."""
    if info.flag_bits & 1:
        return ENCRYPTED
    if info.file_size > most:
        return f"larger than {most // 1_000_000} MB"
    if info.file_size > max(MOST_RATIO * info.compress_size, FEW_BYTES):
        return f"unpacks to {info.file_size // 1_000_000} MB from {info.compress_size:,} bytes"
    return ""


@contextlib.contextmanager
def unpack(source: Source) -> Iterator[tuple[Source, str]]:
    """Unpack a file that is packed as one (gzip, bzip2, xz) into a file that goes afterwards.

    Gives:
        What is in it, and where it broke off, "" where it is whole.

    Raises:
        Unreadable: Nothing of it can be unpacked, or it unpacks to more than is safe.
    """
    with tempfile.NamedTemporaryFile(prefix="dateline-") as kept:
        doubt = _copy_unpacked(source, kept)
        kept.flush()
        name = re.sub(r"\.(?:gz|bz2|xz|lzma)$", "", source.name, flags=re.IGNORECASE)
        name = re.sub(r"\.t(?:gz|bz2?|xz)$", ".tar", name, flags=re.IGNORECASE)
        yield Source(name, path=Path(kept.name)), doubt


def _copy_unpacked(source: Source, kept: IO[bytes]) -> str:
    n_packed = source.path.stat().st_size if source.path else len(source.data or b"")
    n = 0
    with source.open() as file, _open_packed(file) as unpacked:
        while True:
            try:
                data = unpacked.read(HEAD)
            except (*_DAMAGE, lzma.LZMAError):
                if not n:
                    raise Unreadable("damaged: nothing of it can be unpacked") from None
                return f"it is damaged: the first {n:,} bytes of it were read"
            if not data:
                return ""
            n += len(data)
            if n > MOST_UNPACKED or n > max(MOST_RATIO * n_packed, FEW_BYTES):
                raise Unreadable(
                    f"unpacks to more than {n // 1_000_000} MB from {n_packed:,} bytes"
                )
            kept.write(data)


def _open_packed(file: BinaryIO) -> bz2.BZ2File | lzma.LZMAFile | gzip.GzipFile:
    start = file.read(3)
    file.seek(0)
    if start == b"BZh":
        return bz2.BZ2File(file)
    return lzma.LZMAFile(file) if start == b"\xfd7z" else gzip.GzipFile(fileobj=file)


def hold(file: IO[bytes], size: int, name: str) -> contextlib.AbstractContextManager[Source]:
    """A member as a source: in memory where it is small, else in a file that goes afterwards."""
    if size <= MOST_BYTES:
        return contextlib.nullcontext(Source(name, data=file.read(MOST_BYTES + 1)))
    return _hold_large(file, size, name)


@contextlib.contextmanager
def _hold_large(file: IO[bytes], size: int, name: str) -> Iterator[Source]:
    with tempfile.NamedTemporaryFile(prefix="dateline-") as kept:
        while size > 0 and (data := file.read(min(HEAD, size))):
            size -= len(data)
            kept.write(data)
        kept.flush()
        yield Source(name, path=Path(kept.name))
