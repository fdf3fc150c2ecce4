"""From an export of Nexis or LexisNexis, of both generations, to its articles.

The older one opens each document with "3 of 27 DOCUMENTS", the newer one closes it with "End of
Document"; both are delivered as text, HTML, RTF or Word, with or without a cover.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import IO

from dateline.read.forms.item import Contents, Form, Item, NotThisForm, Source, Unreadable
from dateline.read.forms.layout import (
    SAFE,
    Line,
    clean,
    lay_out_html,
    lay_out_rtf,
    lay_out_text,
    list_words,
    match_words,
    parse_html,
    peek,
    quote_line,
    read_text,
)
from dateline.read.forms.nexis_article import Document, read_newer, read_older

_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
# A part of a zip that unpacks to more than this, or to more than so many times its size, is a bomb.
_MOST_UNPACKED = 100_000_000
_MOST_RATIO = 100
# More missing documents than this are no statement about the file, but about a search.
_MOST_MISSING = 10_000


def _fits_word(head: bytes, name: str) -> bool:
    return head.startswith(b"PK\3\4") and b"word/" in head


def _fits_rtf(head: bytes, name: str) -> bool:
    return head.lstrip().startswith(b"{\\rtf")


def _fits_html(head: bytes, name: str) -> bool:
    page = peek(head)
    return page.lstrip().startswith("<") and bool(
        re.search(
            r"<DOCFULL>|LXNComment|>\s*(?:FOCUS - )?\d+ (?:of|de|von) \d+ DOCUMENTS?\s*<", page
        )
    )


def _fits_text(head: bytes, name: str) -> bool:
    text = peek(head)
    if text.lstrip()[:1] in ("", "<", "{") or b"\0\0" in head[:64]:
        return False
    older = rf"^[ \t\f]*{_mark()}[ \t\r]*$"
    newer = (r"^[ \t]*Body[ \t\r]*$", r"^[ \t]*(?:Load-Date: |End of Document[ \t\r]*$)")
    return bool(re.search(older, text, re.MULTILINE | re.IGNORECASE)) or all(
        re.search(pattern, text, re.MULTILINE) for pattern in newer
    )


def _read_word(source: Source) -> Contents:
    return _read_lines(_lay_out_word(source), None)


def _read_rtf(source: Source) -> Contents:
    raw = source.read()
    # Taking the text out of a large file takes seconds: only where there may be a mark in it.
    if not re.search(
        rb"(?i)\d \w{1,4} \d+ docum|\b(?:end|ende|fin|einde|fine) [\w ]{1,9} ?docum", raw
    ):
        raise NotThisForm("no document of a Nexis export is marked in it")
    return _read_lines(lay_out_rtf(raw), None)


def _read_html(source: Source) -> Contents:
    root, encoding = parse_html(source.read())
    return _read_lines(lay_out_html(root), encoding)


def _read_text(source: Source) -> Contents:
    text, encoding, doubts = read_text(source)
    return _read_lines(lay_out_text(text), encoding, doubts)


FORMS: tuple[Form, ...] = (
    Form("Nexis DOCX", _fits_word, _read_word),
    Form("Nexis RTF", _fits_rtf, _read_rtf),
    Form("Nexis HTML", _fits_html, _read_html),
    Form("Nexis TXT", _fits_text, _read_text),
)


def _lay_out_word(source: Source) -> list[Line]:
    """The paragraphs of a Word file, with those of tables and text boxes.

    Raises:
        Unreadable: It is damaged, or unpacks to more than is safe.
    """
    with source.open() as file:
        try:
            with zipfile.ZipFile(file) as archive, archive.open(_find_part(archive)) as part:
                return list(_read_paragraphs(part))
        except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
            raise Unreadable(f"damaged zip: {quote_line(str(error))}") from error
        except (ValueError, SyntaxError, zlib.error) as error:
            raise Unreadable(f"damaged Word file: {quote_line(str(error))}") from error


def _find_part(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    part = archive.getinfo("word/document.xml")
    if part.file_size > _MOST_UNPACKED or part.file_size > _MOST_RATIO * max(part.compress_size, 1):
        raise Unreadable(f"unpacks to {part.file_size // 1_000_000} MB: not unpacked")
    return part


def _read_paragraphs(part: IO[bytes]) -> Iterator[Line]:
    from lxml import etree

    names = {
        kind: [space + kind for space in _WORD] for kind in ("p", "t", "br", "cr", "tab", "jc")
    }
    pieces = [name for kind in ("t", "br", "cr", "tab", "jc") for name in names[kind]]
    for _, paragraph in etree.iterparse(part, tag=names["p"], remove_comments=True, **SAFE):
        text, centred = [], False
        for piece in paragraph.iter(*pieces):
            if piece.tag in names["t"]:
                text.append(piece.text or "")
            elif piece.tag in names["jc"]:
                centred = "center" in piece.attrib.values()
            else:
                text.append(" " if piece.tag in names["tab"] else "\n")
        # What stands in a text box is given a second time, for older programs.
        if not any(str(above.tag).endswith("}Fallback") for above in paragraph.iterancestors()):
            lines = filter(None, map(clean, "".join(text).split("\n")))
            for index, line in enumerate(lines):
                yield Line(line, 0 if index else 1, centred)
        paragraph.clear()


@cache
def _mark() -> str:
    """The pattern of what opens a document of the older generation."""
    word, of = match_words("document"), "of|von|de|van|di|af|sur"
    return rf"(?:FOCUS - )?(?:(\d+) (?:{of}) (\d+) (?:{word})|(?:{word}) (\d+) (?:{of}) (\d+))"


def _read_lines(lines: list[Line], encoding: str | None, doubts: Iterable[str] = ()) -> Contents:
    """Split the lines of a file into documents, by the marks of either generation."""
    mark = re.compile(_mark(), re.IGNORECASE)
    marks = [
        (index, match) for index, line in enumerate(lines) if (match := mark.fullmatch(line.text))
    ]
    if marks:
        read: Callable[[Document], Item] = read_older
        documents = _split_older(lines, marks)
        n_missing = _count_missing(documents)
        n_stated = len(documents) + n_missing
    else:
        read = read_newer
        documents, n_stated = _split_newer(lines)
        n_missing = max(0, n_stated - len(documents))
    return Contents(_list_items(documents, n_missing, read, tuple(doubts)), n_stated, encoding)


def _list_items(
    documents: list[Document],
    n_missing: int,
    read: Callable[[Document], Item],
    doubts: tuple[str, ...],
) -> Iterator[Item]:
    for number, document in enumerate(documents, 1):
        item = read(document)
        yield item._replace(number=number, doubts=(*(doubts if number == 1 else ()), *item.doubts))
    for number in range(len(documents) + 1, len(documents) + n_missing + 1):
        yield Item(number=number, left_out="stated by the file, but not in it")


def _split_older(lines: list[Line], marks: list[tuple[int, re.Match]]) -> list[Document]:
    ends = [index for index, _ in marks[1:]] + [len(lines)]
    documents = []
    for (start, match), end in zip(marks, ends, strict=True):
        n, total = (int(number[:9]) for number in match.groups() if number)
        documents.append(Document(_cut_cover(lines[start + 1 : end]), n, total))
    return documents


def _cut_cover(lines: list[Line]) -> list[Line]:
    """The lines without the cover of another export that follows: it names who downloaded it."""
    cover = re.compile(rf"(?:{match_words('cover', 'nexis')})\s*:", re.IGNORECASE)
    found = [index for index, line in enumerate(lines) if cover.match(line.text)]
    pairs = [one for one, two in pairwise(found) if two - one <= 4]
    return lines[: pairs[0]] if pairs else lines


def _count_missing(documents: list[Document]) -> int:
    """How many documents the marks state that are not there.

    Marks that disagree about the total are of several exports in one file, and state no total.
    """
    totals, numbers = {one.total for one in documents}, {one.n for one in documents}
    if len(totals) > 1 or len(numbers) < len(documents):
        return 0
    # A file that begins later is the next part of a download in several files.
    last = totals.pop() if min(numbers) == 1 else max(numbers)
    missing = last - min(numbers) + 1 - len(documents)
    return missing if 0 < missing <= _MOST_MISSING else 0


def _split_newer(lines: list[Line]) -> tuple[list[Document], int]:
    ends = list_words("end", "nexis")
    documents: list[Document] = []
    start = 0
    for index, line in enumerate(lines):
        if line.text.lower() in ends:
            documents.append(Document(lines[start:index]))
            start = index + 1
    body = list_words("body", "nexis")
    if documents and any(line.text.lower() in body for line in lines[start:]):
        documents.append(Document(_cut_cover(lines[start:]), whole=False))
    n_stated = _find_stated(documents[0].lines if documents else lines[:200])
    if not documents and n_stated:
        first = next((line.text for line in lines if not _find_stated([line])), "")
        raise Unreadable(
            f"a Nexis export of {n_stated} documents, and no line ends one: {quote_line(first)}"
        )
    if not documents:
        raise NotThisForm("no document of a Nexis export is marked in it")
    return documents, max(n_stated, len(documents))


def _find_stated(lines: list[Line]) -> int:
    """How many documents a cover states, as in "Documents (50)"; 0 where there is none."""
    pattern = re.compile(rf"(?:{match_words('document')}) \((\d{{1,6}})\)", re.IGNORECASE)
    stated = next((match for line in lines if (match := pattern.fullmatch(line.text))), None)
    return int(stated[1]) if stated else 0
