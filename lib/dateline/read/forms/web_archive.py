"""From a gzipped file, a WARC or an ARC to the pages in it, one record after the other."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NamedTuple

from dateline.read.forms import page
from dateline.read.forms.item import (
    HEAD,
    MOST_BYTES,
    Contents,
    Form,
    Item,
    Source,
    Unreadable,
    number_items,
)

# A page packs to a tenth; what unpacks to more than a hundredfold was made to fill a disk.
_MOST_RATIO, _MOST_UNPACKED = 100, 1_000_000_000
_GZIP = b"\x1f\x8b"
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,100}\r?\n")
_WITH_PAGES = ("response", "resource")
_WARC, _ARC = b"WARC/", b"filedesc://"


class _Record(NamedTuple):
    """A record of an archive: what it is, and where it has a page, that page's bytes."""

    kind: str
    url: str = ""
    fetched: str = ""
    status: str = ""
    content_type: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = MappingProxyType({})
    is_cut: bool = False


def fits_archive(head: bytes, name: str) -> bool:
    """Whether it is a WARC or an ARC, gzipped or not."""
    return _peek(head).startswith((_WARC, _ARC))


def fits_gzip(head: bytes, name: str) -> bool:
    """Whether it is one gzipped file; a tar in it is an archive of files, and another form."""
    return head.startswith(_GZIP) and _peek(head)[257:262] != b"ustar"


def _peek(head: bytes) -> bytes:
    """The first bytes below the gzip, if there is one."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return b""


def read_archive(source: Source) -> Contents:
    """Read the pages of a web archive; what a crawl has besides is counted in one last item."""
    return Contents(number_items(_read_pages(source)))


def _read_pages(source: Source) -> Iterator[Item]:
    others: Counter[str] = Counter()
    for record in _read_records(source):
        if record.kind not in _WITH_PAGES:
            if record.kind == "revisit":
                others["revisit"] += 1
            continue
        if record.status[:1] not in ("", "2") or not _is_page(record):
            others[record.content_type or f"status {record.status or 'unknown'}"] += 1
            continue
        yield _read_record(record)
    if others:
        kinds = ", ".join(f"{kind} {n}" for kind, n in others.most_common(3))
        yield Item(left_out=f"{others.total()} other records of the archive ({kinds}): no pages")


def _is_page(record: _Record) -> bool:
    stated = record.content_type.lower()
    return "html" in stated or (not stated and page.fits(record.body[:HEAD], record.url))


def _read_record(record: _Record) -> Item:
    facts = {"url": record.url, "fetched": record.fetched}
    try:
        body = _unpack_body(record)
    except Unreadable as error:
        return Item(fields=facts, left_out=str(error))
    charset = re.search(r"charset=[\"']?([\w.:-]+)", record.content_type, re.IGNORECASE)
    markup, _, doubts = page.decode_page(body, charset[1] if charset else "")
    doubts += ["the record is cut off: the end of the page is not in it"] if record.is_cut else []
    item = page.read_page(markup, record.url, doubts)
    return item._replace(fields={**facts, **item.fields})


def _unpack_body(record: _Record) -> bytes:
    """The page of a record: crawlers keep it as it was sent, in chunks and packed."""
    body = record.body
    if "chunked" in record.headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    packed = record.headers.get("content-encoding", "").lower().strip()
    if packed in ("gzip", "x-gzip", "deflate") and not page.fits(body[:HEAD], "a.html"):
        body = _inflate(body)
    elif packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Unreadable(f"packed as {packed!r}, which is not read")
    if len(body) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES // 1_000_000} MB")
    return body


def _join_chunks(body: bytes) -> bytes:
    """Join the chunks of a transfer; some crawlers keep its header and not its chunks."""
    at, whole = 0, list[bytes]()
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(whole)
        whole.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(whole) if whole and at >= len(body) else body


def _inflate(body: bytes) -> bytes:
    for window in (47, -15):  # gzip or zlib with a head, then deflate without
        try:
            return zlib.decompressobj(window).decompress(body, MOST_BYTES + 1)
        except zlib.error:
            continue
    raise Unreadable("damaged: its packed bytes cannot be unpacked")


def _read_records(source: Source) -> Iterator[_Record]:
    """All records in order, by the quick reader, and by the patient one where that fails.

    On ten archives, most of them made to be bad, each failed on others than the other did.
    """
    n = 0
    if _peek(source.head()).startswith(_WARC):
        try:
            for record in _read_quickly(source):
                n += 1
                yield record
            return
        except (OSError, ValueError):
            pass  # the other reader goes on from there
    try:
        for i, record in enumerate(_read_patiently(source)):
            if i >= n:
                n += 1
                yield record
    except Exception as error:  # the package raises its own, and others on bad bytes
        reason = " ".join(str(error).split())[:80]
        raise Unreadable(f"damaged after record {n}, where reading stopped: {reason}") from error


def _read_quickly(source: Source) -> Iterator[_Record]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = [
        (WarcRecordType.response, "response"),
        (WarcRecordType.resource, "resource"),
        (WarcRecordType.revisit, "revisit"),
    ]
    with source.open() as file:
        for record in ArchiveIterator(file, parse_http=True):
            kind = next((name for kind, name in kinds if record.record_type == kind), "other")
            http: Any = record.http_headers
            size = min(record.content_length, MOST_BYTES)
            body = record.reader.read(MOST_BYTES + 1) if kind in _WITH_PAGES else None
            yield _make_record(
                kind,
                record.headers,
                {k.lower(): v for k, v in http.items()} if http else {},
                str(http.status_code or "") if http else "",
                body or b"",
                is_cut=body is not None and len(body) < size,
            )


def _make_record(
    kind: str, facts: Any, headers: dict[str, str], status: str, body: bytes, *, is_cut: bool
) -> _Record:
    """A record from what either reader gives; a resource states its type without HTTP."""
    stated = headers.get("content-type") or facts.get("Content-Type") or ""
    if stated.startswith("application/http"):
        stated = ""
    url, fetched = (facts.get(name) or "" for name in ("WARC-Target-URI", "WARC-Date"))
    return _Record(kind, url, fetched, status, stated, body, headers, is_cut)


def _read_patiently(source: Source) -> Iterator[_Record]:
    from warcio.archiveiterator import ArchiveIterator

    with source.open() as file:
        records = iter(ArchiveIterator(file, arc2warc=True))
        while True:
            # It writes its warnings to the terminal.
            with contextlib.redirect_stderr(io.StringIO()):
                record = next(records, None)
                body = record.raw_stream.read(MOST_BYTES + 1) if record else b""
            if record is None:
                return
            http = record.http_headers
            yield _make_record(
                record.rec_type,
                record.rec_headers,
                {k.lower(): v for k, v in http.headers} if http else {},
                (http.get_statuscode() or "") if http else "",
                body,
                is_cut=getattr(record.raw_stream, "limit", 0) > 0 and len(body) <= MOST_BYTES,
            )


def read_gzip(source: Source, forms: Sequence[Form] | None = None) -> Contents:
    """Read a gzipped file as what it holds: the first of the forms that fits it.

    Args:
        source: The gzipped file.
        forms: The forms to try, in order; pages and tables where none are given.
    """
    from dateline.read.forms import table

    inner, doubt = _unpack(source)
    head = inner.head()
    for form in forms if forms is not None else (*page.FORMS, *table.FORMS):
        if form.fits(head, inner.name):
            contents = form.read(inner)
            return contents._replace(items=_pass_on(contents.items, doubt, inner))
    _remove(inner)
    raise Unreadable(f"gzip of a form that is not known: it begins {head[:40]!r}")


def _pass_on(items: Iterable[Item], doubt: str, inner: Source) -> Iterator[Item]:
    try:
        for item in items:
            yield item._replace(doubts=(*item.doubts, doubt)) if doubt else item
    finally:
        _remove(inner)


def _remove(inner: Source) -> None:
    if inner.path:
        inner.path.unlink(missing_ok=True)


def _unpack(source: Source) -> tuple[Source, str]:
    """What a gzipped file holds, in memory or in a file of its own, and where it broke off."""
    name = re.sub(r"\.gz$", "", source.name, flags=re.IGNORECASE)
    with tempfile.NamedTemporaryFile(prefix="dateline-", delete=False) as kept:
        path = Path(kept.name)
        try:
            doubt = _copy_unpacked(source, kept)
        except BaseException:
            path.unlink()
            raise
    if path.stat().st_size > MOST_BYTES:
        return Source(name, path=path), doubt
    data = path.read_bytes()
    path.unlink()
    return Source(name, data=data), doubt


def _copy_unpacked(source: Source, kept: IO[bytes]) -> str:
    import gzip

    n_packed = source.path.stat().st_size if source.path else len(source.data or b"")
    n = 0
    with source.open() as file, gzip.GzipFile(fileobj=file) as unpacked:
        while True:
            try:
                data = unpacked.read1(HEAD)
            except (EOFError, OSError, zlib.error):  # cut off, damaged, or junk after its end
                if not n:
                    raise Unreadable("damaged: nothing of the gzip can be unpacked") from None
                return f"the gzip is damaged: the first {n:,} bytes of it were read"
            if not data:
                return ""
            n += len(data)
            if n > _MOST_UNPACKED or n > max(_MOST_RATIO * n_packed, HEAD):
                raise Unreadable(
                    f"unpacks to more than {n // 1_000_000} MB from {n_packed:,} bytes"
                )
            kept.write(data)


FORMS: tuple[Form, ...] = (
    Form("web archive", fits_archive, read_archive),
    Form("gzip", fits_gzip, read_gzip),
)
