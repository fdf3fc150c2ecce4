"""From a zip, or what is made as one, to its members, within what is safe to unpack."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator

from dateline.read.forms.item import MOST_BYTES, Source, Unreadable
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
