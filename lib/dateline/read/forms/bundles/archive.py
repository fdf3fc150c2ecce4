"""From an archive of files (zip, tar, one file in bzip2 or xz) to the items of its members."""

from __future__ import annotations

import bz2
import contextlib
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from dateline.read.forms.bundles.packed import (
    FEW_BYTES,
    MOST_RATIO,
    MOST_UNPACKED,
    hold,
    open_zip,
    refuse_member,
    unpack,
)
from dateline.read.forms.item import (
    Contents,
    Form,
    Item,
    Source,
    Unreadable,
    number_items,
)
from dateline.read.forms.layout import clean, quote_line

_DEEPEST = 2  # archives in one another
# One entry of a zip's list is about 100 bytes here, and ten times that in memory.
_MOST_LIST = 20_000_000
# What is a zip, and a document: each has a form of its own, or is none of text.
_DOCUMENTS = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"mimetypeapplication/")
# What systems put into archives for themselves.
_SYSTEM = (".ds_store", "thumbs.db", "desktop.ini")
_DAMAGE = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    KeyError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class _Member(NamedTuple):
    """A member as its archive lists it: `reason` says why it is not read."""

    name: str
    size: int = 0
    reason: str = ""
    file: IO[bytes] | None = None


def fits_zip(head: bytes, name: str) -> bool:
    """Whether it is a zip, and none that is a document."""
    return head[:4] in (b"PK\3\4", b"PK\5\6") and not any(mark in head for mark in _DOCUMENTS)


def fits_tar(head: bytes, name: str) -> bool:
    """Whether it is a tar, packed or not; one with nothing in it is zeros, and told by its name."""
    start = _peek(head)
    if len(start) >= 512 and not any(start[:512]):
        return re.search(r"\.(?:tar(?:\.\w+)?|t[gbx]z2?)$", name, re.IGNORECASE) is not None
    return start[257:262] == b"ustar"


def fits_packed(head: bytes, name: str) -> bool:
    """Whether it is one file in bzip2 or xz; gzip has a form of its own."""
    return head.startswith((b"BZh", b"\xfd7zXZ\0")) and not fits_tar(head, name)


def _peek(head: bytes) -> bytes:
    """The first bytes below the packing, if there is one."""
    with contextlib.suppress(*_DAMAGE, OSError):
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, 1024)
        if head.startswith(b"BZh"):
            return bz2.BZ2Decompressor().decompress(head, 1024)
        if head.startswith(b"\xfd7zXZ\0"):
            return lzma.LZMADecompressor(memlimit=MOST_UNPACKED // 10).decompress(head, 1024)
    return head


def read_archive(source: Source, forms: Sequence[Form] | None = None) -> Contents:
    """Read each member of an archive as what it is.

    Args:
        source: The archive.
        forms: The forms to try for a member, in order; all that are known where none are given.

    Returns:
        The items of all members; each has the name of its member in the field `member`. What no
        form reads is left out by name.

    Raises:
        Unreadable: It is damaged, or unpacks to more than is safe; items before that stand.
    """
    return Contents(number_items(_read_members(source, forms)))


def _read_members(source: Source, forms: Sequence[Form] | None) -> Iterator[Item]:
    member: Source | Item | None = None
    for member in list_members(source):
        if isinstance(member, Item):
            yield member
        else:
            yield from _read_member(member, member.name.removeprefix(f"{source.name}/"), forms)
    if member is None:
        raise Unreadable("an archive with nothing in it")


def _read_member(member: Source, name: str, forms: Sequence[Form] | None) -> Iterator[Item]:
    try:
        for item in _open_member(member, forms).items:
            yield item._replace(fields={"member": name, **item.fields})
    except (Unreadable, OSError) as error:
        yield _leave_out(name, str(error))


def _open_member(member: Source, forms: Sequence[Form] | None) -> Contents:
    from dateline.read.forms.recognise import open_source, read_inner

    if forms is None:
        return read_inner(member)
    head = member.head()
    if not head:
        raise Unreadable("empty")
    _, contents = open_source(member, [form for form in forms if form.fits(head, member.name)])
    return contents


def _leave_out(name: str, reason: str) -> Item:
    return Item(fields={"member": name}, left_out=f"{name}: {reason}")


def list_members(source: Source, *, depth: int = 1) -> Iterator[Source | Item]:
    """List the files in an archive, also those in archives in it, one after the other.

    Each is named below the archive ("a.zip/folder/b.txt"); no name is ever a place on the disk. A
    member may be read until the next is asked for.

    Args:
        source: The archive.
        depth: How many archives deep it stands.

    Returns:
        A Source for each file, an Item that is left out for each that cannot be read.
    """
    head = source.head()
    if fits_zip(head, source.name):
        yield from _open_members(source, _list_zip(source), depth)
    elif head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        with unpack(source) as (inner, doubt):
            if fits_tar(inner.head(), inner.name):
                yield from _open_members(source, _list_tar(inner), depth)
            else:
                yield inner._replace(name=f"{source.name}/{inner.name.rpartition('/')[2]}")
        if doubt:
            yield Item(left_out=doubt)
    else:
        yield from _open_members(source, _list_tar(source), depth)


def _open_members(
    source: Source, members: Iterator[_Member], depth: int
) -> Iterator[Source | Item]:
    n_unpacked = 0
    for member in members:
        name = _show(member.name)
        base = name.rpartition("/")[2].lower()
        if name.startswith("__MACOSX/") or base.startswith("._") or base in _SYSTEM:
            continue
        if member.reason or member.file is None:
            yield _leave_out(name, member.reason or "no file")
            continue
        n_unpacked += member.size
        if n_unpacked > MOST_UNPACKED:
            raise Unreadable(f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB")
        try:
            with hold(member.file, member.size, f"{source.name}/{name}") as inner:
                yield from _open_inner(inner, name, depth)
        except _DAMAGE as error:
            yield _leave_out(name, f"damaged: {quote_line(str(error))}")


def _open_inner(inner: Source, name: str, depth: int) -> Iterator[Source | Item]:
    head = inner.head()
    if not any(fits(head, name) for fits in (fits_zip, fits_tar, fits_packed)):
        yield inner
    elif depth >= _DEEPEST:
        yield _leave_out(name, f"an archive in {depth} others: it is not opened")
    else:
        try:
            yield from list_members(inner, depth=depth + 1)
        except Unreadable as error:
            yield _leave_out(name, str(error))


def _show(name: str) -> str:
    """A name as it is shown: in one line, and in letters that can be written."""
    return clean(name.encode("utf-8", "replace").decode()).strip("/") or "(without a name)"


def _list_zip(source: Source) -> Iterator[_Member]:
    n_packed = source.path.stat().st_size if source.path else len(source.data or b"")
    _check_list(source, n_packed)
    with open_zip(source) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        size = sum(info.file_size for info in infos)
        if size > MOST_UNPACKED or size > max(MOST_RATIO * n_packed, FEW_BYTES):
            raise Unreadable(f"unpacks to {size // 1_000_000} MB from {n_packed:,} bytes")
        for info in infos:
            name = _decode_name(info)
            reason = refuse_member(info, MOST_UNPACKED)
            if stat.S_ISLNK(info.external_attr >> 16):
                reason = "a link"
            if reason:
                yield _Member(name, reason=reason)
                continue
            try:
                with archive.open(info) as file:
                    yield _Member(name, info.file_size, file=file)
            except _DAMAGE as error:
                yield _Member(name, reason=f"damaged: {quote_line(str(error))}")


def _check_list(source: Source, n_packed: int) -> None:
    """Refuse a zip whose list of members alone would fill the memory, before it is read."""
    with source.open() as file:
        file.seek(max(0, n_packed - 65_600))
        end = file.read()
    at = end.rfind(b"PK\5\6")
    size = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    if _MOST_LIST < size < 0xFFFFFFFF or (size == 0xFFFFFFFF and n_packed > MOST_UNPACKED):
        raise Unreadable(f"lists more than {_MOST_LIST // 100:,} files: unpack it to a folder")


def _decode_name(info: zipfile.ZipInfo) -> str:
    """The name of a member: many programs write UTF-8 without saying so."""
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            return info.filename.encode("cp437").decode("utf-8")
    return info.filename


def _list_tar(source: Source) -> Iterator[_Member]:
    with source.open() as file:
        try:
            with tarfile.open(fileobj=file, mode="r:") as archive:
                while (info := archive.next()) is not None:
                    vars(archive)["members"].clear()  # it keeps all of them otherwise
                    if not info.isdir():
                        yield _open_tar_member(archive, info)
        except (*_DAMAGE, OSError) as error:
            raise Unreadable(f"damaged tar: {quote_line(str(error))}") from error


def _open_tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> _Member:
    if info.issym() or info.islnk():
        return _Member(info.name, reason="a link")
    if not info.isreg() or info.issparse():
        return _Member(info.name, reason="a device or a file with gaps")
    if info.size > MOST_UNPACKED:
        return _Member(info.name, reason=f"larger than {MOST_UNPACKED // 1_000_000} MB")
    return _Member(info.name, info.size, file=archive.extractfile(info))


FORMS: tuple[Form, ...] = (
    Form("zip", fits_zip, read_archive),
    Form("tar", fits_tar, read_archive),
    Form("packed file", fits_packed, read_archive),
)
