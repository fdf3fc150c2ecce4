"""From a table (CSV, TSV, XLSX, ODS, JSON, JSON lines, Parquet) to an article a row."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from dateline.read.forms.item import HEAD, Contents, Form, Item, Source, Unreadable, number_items
from dateline.read.forms.tables.table_columns import (
    NAMES,
    choose_columns,
    find_records,
    flatten_record,
    fold,
    name_columns,
    pair_cells,
    read_rows,
)
from dateline.read.guess import Guess, guess_encoding

Named = Mapping[str, str] | None
Row = dict[str, Any]

_MOST_JSON = 200_000_000  # bytes of one JSON value, which is held in memory
_MOST_CELL = 10_000_000  # characters; a quotation mark that is never closed makes longer ones
_MOST_RATIO, _MOST_UNPACKED = 100, 1_000_000_000
_TEXT = set(NAMES["text"])
_KNOWN = {name for names in NAMES.values() for name in names}
_KEY = re.compile(r'"([^"\\\n]{1,60})"\s*:')
# Forms of news in JSON with readers of their own: ninjs, and JSON feeds.
_OTHERS = re.compile(r'"(?:body_html|body_xhtml|bodies|versioncreated)"\s*:|jsonfeed\.org/version')
_OBJECT = re.compile(r'\ufeff?\{\s*["}]')
_LISTS = [
    "articles",
    "results",
    "docs",
    "items",
    "data",
    "stories",
    "documents",
    "hits",
    "records",
    "rows",
    "news",
]
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_table_file(source: Source, columns: Named = None) -> Contents:
    """Read a table as the form that fits it.

    Args:
        source: The file.
        columns: Our field to the name of its column, such as {"title": "Headline"}; the columns
            that are not named are known by their names.

    Raises:
        Unreadable: It is no table, has no text column, or lacks a named one.
    """
    head = source.head()
    for form in FORMS:
        if form.fits(head, source.name):
            return form.read(source._replace(columns=columns or {}))
    raise Unreadable("no table: neither its first bytes nor its name say so")


def _fits_parquet(head: bytes, name: str) -> bool:
    return head.startswith(b"PAR1")


def _read_parquet(source: Source) -> Contents:
    """Read a Parquet file, one batch of rows at a time."""
    import pyarrow.parquet as pq

    with _say_damage():
        file = pq.ParquetFile(source.path or io.BytesIO(source.data or b""))
        chosen = choose_columns(file.schema_arrow.names, source.columns)

    def rows() -> Iterator[Row]:
        with _say_damage():
            for batch in file.iter_batches(batch_size=500):
                yield from batch.to_pylist()

    return Contents(read_rows(rows(), chosen), file.metadata.num_rows)


@contextlib.contextmanager
def _say_damage() -> Iterator[None]:
    """Turn what pyarrow raises on damaged bytes into one sentence; it has no class of its own."""
    try:
        yield
    except (OSError, ValueError, TypeError, KeyError, NotImplementedError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno:  # the disk's
            raise
        reason = " ".join(str(error).split())[:80]
        raise Unreadable(f"damaged Parquet, where reading stopped: {reason}") from error


def _fits_workbook(head: bytes, name: str) -> bool:
    is_ods = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head[:200]
    return head.startswith(b"PK\x03\x04") and (is_ods or b"xl/" in head)


def _read_workbook(source: Source) -> Contents:
    """Read the sheets of a workbook that have a text column; the others are left out by name."""
    from python_calamine import CalamineError, CalamineWorkbook

    data = source.read(_MOST_JSON)
    _check_zip(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(f"damaged workbook: {str(error)[:80]}") from error
    read: list[Iterator[Item]] = []
    n, refused = 0, []
    for name, sheet in sheets:
        rows = [row for row in sheet.to_python() if any(cell != "" for cell in row)]
        names = name_columns([str(cell) for cell in rows[0]]) if rows else []
        try:
            chosen = choose_columns(names, source.columns, what=f"sheet {name!r}") if rows else None
        except Unreadable as error:
            refused.append(Item(left_out=str(error)))
            continue
        if chosen:
            read.append(read_rows(_pair_all(rows[1:], names), chosen))
            n += len(rows) - 1
    if not read:
        raise Unreadable(refused[0].left_out if refused else "the workbook is empty")
    return Contents(number_items(itertools.chain(*read, refused)), n + len(refused))


def _pair_all(rows: list[list[Any]], names: list[str]) -> Iterator[Row]:
    yield from (dict(zip(names, row, strict=False)) for row in rows)


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(f"damaged workbook: {str(error)[:80]}") from error
    if size > _MOST_UNPACKED or size > _MOST_RATIO * max(len(data), HEAD):
        raise Unreadable(f"unpacks to {size // 1_000_000:,} MB from {len(data):,} bytes")


def _fits_lines(head: bytes, name: str) -> bool:
    lines = [line.strip() for line in _decode_head(head).splitlines() if line.strip()]
    # RTF begins with a brace too.
    if not lines or not _OBJECT.match(lines[0]) or _OTHERS.search(lines[0]):
        return False
    if name.lower().endswith((".jsonl", ".ndjson")):
        return True
    return len(lines) > 1 and lines[0].endswith("}") and lines[1].startswith("{")


def _read_lines(source: Source) -> Contents:
    """Read JSON lines; a line that is no JSON object is left out by number."""
    encoding, doubts = _find_encoding(source)
    rows = _load_lines(source, encoding)
    # The first lines say which columns there are; some have a value missing.
    first = list(itertools.islice(rows, 100))
    names = list(dict.fromkeys(key for row in first if isinstance(row, dict) for key in row))
    items = read_rows(itertools.chain(first, rows), choose_columns(names, source.columns))
    return Contents(_doubt(items, doubts), None, encoding)


def _load_lines(source: Source, encoding: str) -> Iterator[Row | Item]:
    with _open_text(source, encoding) as file:
        for number, line in enumerate(_cut_lines(file), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if isinstance(row, dict):
                yield flatten_record(row)
            else:
                yield Item(left_out=f"line {number} is no JSON object: {line[:40]!r}")


def _fits_json(head: bytes, name: str) -> bool:
    start = _decode_head(head).lstrip()
    if not start.startswith(("{", "[")) or _OTHERS.search(start):
        return False
    keys = {fold(key) for key in _KEY.findall(start)}
    return bool(keys & _TEXT) or (name.lower().endswith(".json") and bool(keys))


def _read_json(source: Source) -> Contents:
    """Read a JSON list of objects, one such list inside an object, or one object."""
    try:
        value = json.loads(source.read(_MOST_JSON))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"no JSON: {str(error)[:80]}") from error
    listed = [flatten_record(row) if isinstance(row, dict) else row for row in find_records(value)]
    names = list(dict.fromkeys(key for row in listed[:100] if isinstance(row, dict) for key in row))
    if not names:
        raise Unreadable("the JSON holds no list of objects")
    rows = (
        row if isinstance(row, dict) else Item(left_out=f"no JSON object: {str(row)[:40]!r}")
        for row in listed
    )
    return Contents(read_rows(rows, choose_columns(names, source.columns)), len(listed))


def _fits_separated(head: bytes, name: str) -> bool:
    text = _decode_head(head)
    if not text.strip() or "\0" in text or text.lstrip().startswith(("<", "{", "[")):
        return False
    is_named = name.lower().endswith((".csv", ".tsv", ".tab"))
    # Most files are prose, whose first line names no column: they are not parsed five times.
    first = fold(text.lstrip("\ufeff\r\n\t ").partition("\n")[0][:10_000])
    if not is_named and not any(name in first for name in _TEXT):
        return False
    rows = _peek_rows(text, _find_separator(text)[0])
    if not rows:
        return False
    known = {fold(cell) for cell in rows[0]} & _KNOWN
    if is_named:
        return len(rows[0]) > 1 or bool(known & _TEXT)
    even = len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows[1:5])
    return even and len(rows) > 1 and len(known) > 1 and bool(known & _TEXT)


def _read_separated(source: Source) -> Contents:
    """Read CSV and its like, one row at a time."""
    encoding, doubts = _find_encoding(source)
    with _open_text(source, encoding) as file:
        start = file.read(HEAD)
    separator, skip = _find_separator(start)
    # Databases write \" for a quotation mark in a cell, where spreadsheets write "".
    escaped = '\\"' in start and '""' not in start
    rows = _load_rows(source, encoding, separator, escaped)
    header = next(itertools.islice(rows, skip, None), None)
    if header is None:
        raise Unreadable("the table is empty")
    names = name_columns(header)
    chosen = choose_columns(names, source.columns)
    items = read_rows((pair_cells(row, names) for row in rows if any(row)), chosen)
    return Contents(_doubt(items, doubts), None, encoding)


def _load_rows(source: Source, encoding: str, separator: str, escaped: bool) -> Iterator[list[str]]:
    csv.field_size_limit(_MOST_CELL)
    with _open_text(source, encoding) as file:
        reader = csv.reader(
            _cut_lines(file),
            delimiter=separator,
            doublequote=not escaped,
            escapechar="\\" if escaped else None,
        )
        try:
            yield from reader
        except csv.Error as error:
            raise Unreadable(f"line {reader.line_num} and what follows: {error}") from error


def _find_separator(text: str) -> tuple[str, int]:
    """The separator by which the first rows have even cells, and lines before the header."""
    if stated := re.match(r"\ufeff?sep=(.)\r?\n", text):  # written by Excel, for itself
        return stated[1], 1
    best = (",", 0.0)
    for separator in ",;\t|":
        rows = _peek_rows(text, separator)
        n = len(rows[0]) if rows else 0
        even = sum(len(row) == n for row in rows) / max(len(rows), 1)
        known = len({fold(cell) for cell in rows[0]} & _KNOWN) if rows else 0
        if n > 1 and (score := known + even + n / 1000) > best[1]:
            best = (separator, score)
    return best[0], 0


def _peek_rows(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(max(_MOST_CELL, HEAD))
    try:
        rows = list(itertools.islice(csv.reader(io.StringIO(text), delimiter=separator), 20))
    except csv.Error:
        return []
    # The last one may be cut, where the text is only the beginning.
    return [row for row in (rows if len(rows) == 20 or len(text) < HEAD else rows[:-1]) if row]


def _cut_lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_MOST_CELL):
        if len(line) == _MOST_CELL:
            raise Unreadable(f"a line of more than {_MOST_CELL // 1_000_000} million characters")
        yield line


def _open_text(source: Source, encoding: str) -> TextIO:
    return io.TextIOWrapper(source.open(), encoding=encoding, errors="replace", newline="")


def _decode_head(head: bytes) -> str:
    encoding = next((e for mark, e in _MARKS.items() if head.startswith(mark)), "utf-8")
    return head.decode(encoding, errors="replace")


def _find_encoding(source: Source) -> tuple[str, list[str]]:
    """The encoding of a file too large to decode at once, and what is doubtful about it."""
    head = source.head()
    if stated := next((e for mark, e in _MARKS.items() if head.startswith(mark)), ""):
        return stated, []
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as file:
        try:
            while data := file.read(1_000_000):
                decoder.decode(data)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            pass
        else:
            return "utf-8", []
    lossy = data.decode("utf-8", errors="replace")
    if sum(c > "\x7f" for c in lossy) > 2 * lossy.count("\ufffd"):
        return "utf-8", ["not wholly UTF-8: what could not be decoded reads U+FFFD"]
    # A character of several bytes may be cut at both ends.
    guess = guess_encoding(b"\n".join(data.splitlines()[1:-1]) or data) or Guess("cp1252")
    return guess.encoding, [guess.doubt]


def _doubt(items: Iterable[Item], doubts: list[str]) -> Iterator[Item]:
    """The items, the first with what is doubtful about the whole file."""
    for i, item in enumerate(items):
        yield item._replace(doubts=(*doubts, *item.doubts)) if doubts and not i else item


FORMS: tuple[Form, ...] = (
    Form("Parquet", _fits_parquet, _read_parquet),
    Form("workbook", _fits_workbook, _read_workbook),
    Form("JSON lines", _fits_lines, _read_lines),
    Form("JSON", _fits_json, _read_json),
    Form("table", _fits_separated, _read_separated),
)
