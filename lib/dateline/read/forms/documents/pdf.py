"""From a PDF to the one article in it: its lines are joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from dateline.read.forms.bundles.packed import ENCRYPTED
from dateline.read.forms.documents.document import Parts, read_document
from dateline.read.forms.item import Contents, Form, Item, Source, Unreadable
from dateline.read.forms.layout import clean, quote_line

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

# What the reader writes for a hyphen that ends a line; it joins the two lines itself.
_HYPHEN = "\ufffe"
_LINE = re.compile(rf"([^\r\n{_HYPHEN}]*)([\r\n{_HYPHEN}]*)")
_PAGE = re.compile(
    r"\W*(?:(?:page|seite|pagina|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|van|de)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", "?", ":", "…", '"', "”", "’", "»", ")")
_EDGE = 3  # lines at the top and the foot of a page among which running heads are looked for
_MOST_PAGES = 2_000


class _Line(NamedTuple):
    """A line as it stands on its page; all measures are in points, up is more."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    heights: tuple[float, float]  # of the first and the last letter
    is_hyphened: bool = False

    @property
    def height(self) -> float:
        """How high its letters are; the first may be a drop cap or bold."""
        return max(self.heights[1], 1.0)

    def differs(self, other: _Line) -> bool:
        """Whether it is set in other letters, at both ends: the last may be the mark of a note."""
        pairs = [(a, b) for a in self.heights for b in other.heights]
        return min(abs(a - b) for a, b in pairs) > 0.12 * self.height


def fits(head: bytes, name: str) -> bool:
    """Whether it begins as a PDF does; some writers put other bytes before the mark."""
    return b"%PDF-" in head[:1024]


def read(source: Source) -> Contents:
    """Read a PDF; one without text, or nearly so, is scanned, and left out."""
    import pypdfium2 as pdfium

    data = source.read()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise Unreadable(ENCRYPTED) from error
        raise Unreadable(f"damaged PDF: {quote_line(str(error))}") from error
    try:
        return _read_document(document)
    finally:
        document.close()


def _read_document(document: PdfDocument) -> Contents:
    import pypdfium2 as pdfium

    pages, unread = [], []
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            page = document[number]
            pages.append(list(_list_lines(page)))
            page.close()
        except pdfium.PdfiumError:
            unread.append(number + 1)
    doubts = [f"page {number} is damaged and was not read" for number in unread]
    if len(document) > _MOST_PAGES:
        doubts.append(f"only its first {_MOST_PAGES:,} pages were read")
    n = sum(len(line.text.split()) for lines in pages for line in lines)
    # A scanned page has no text, or the stamp of a database; a page of a newspaper has hundreds.
    if pages and n < 5 * len(pages):
        left_out = f"scanned: {n} words of text are in its {len(pages)} pages"
        return Contents([Item(left_out=left_out, doubts=tuple(doubts))], 1)
    return read_document(_join_pages(pages), doubts=tuple(doubts))


def _list_lines(page: PdfPage) -> Iterator[_Line]:
    """The lines of a page in reading order, and where each begins and ends."""
    text_page = page.get_textpage()
    try:
        at = 0
        for match in _LINE.finditer(text_page.get_text_range()):
            words, end = match[1], match[2]
            # The reader counts in UTF-16.
            first, last = (
                at + len(part.encode("utf-16-le", "surrogatepass")) // 2
                for part in (words[: len(words) - len(words.lstrip())], words.rstrip()[:-1])
            )
            at += len(match[0].encode("utf-16-le", "surrogatepass")) // 2
            if not (line := clean(words)):
                continue
            left, bottom, _, top = text_page.get_charbox(first, loose=True)
            _, lower, right, upper = text_page.get_charbox(last, loose=True)
            heights = (top - bottom, upper - lower)
            yield _Line(line, left, right, lower, upper, heights, end.startswith(_HYPHEN))
    finally:
        text_page.close()


def _join_pages(pages: list[list[_Line]]) -> Parts:
    """The paragraphs of all pages, then each running head once; page numbers are dropped."""
    running = _find_running(pages)
    heads: dict[str, str] = {}
    paragraphs: list[str] = []
    for lines in pages:
        found = [line for line in _list_edges(lines) if _place(line) in running]
        for line in found:
            heads.setdefault(_place(line)[0], line.text)
        kept = _drop_number([line for line in lines if line not in found])
        for i, paragraph in enumerate(_join_lines(kept)):
            if i == 0 and paragraphs and _goes_on(paragraphs[-1], paragraph):
                paragraphs[-1] = _join(paragraphs[-1], paragraph)
            else:
                paragraphs.append(paragraph)
    return [*(("", words) for words in paragraphs), *(("trailer", h) for h in heads.values())]


def _place(line: _Line) -> tuple[str, int]:
    """What a line says, numbers apart, and how high it stands: a running head is never moved."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 12)


def _list_edges(lines: list[_Line]) -> list[_Line]:
    """The lines at the top and the foot of a page."""
    by_height = sorted(lines, key=lambda line: -line.top)
    return by_height if len(lines) <= 2 * _EDGE else by_height[:_EDGE] + by_height[-_EDGE:]


def _find_running(pages: list[list[_Line]]) -> set[tuple[str, int]]:
    """Lines at the edge of pages that recur, whatever their numbers; left and right may differ.

    The day of a clippings file's articles recurs, too, but on few of its pages: hence a third.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        counts.update({_place(line) for line in _list_edges(lines)})
    fewest = max(2.0, len(pages) / 3)
    return {key for key, n in counts.items() if n >= fewest and re.search(r"[^\W\d_]", key[0])}


def _drop_number(lines: list[_Line]) -> list[_Line]:
    """Drop the page number: nothing but a number, at the very top or foot."""
    if not lines:
        return lines
    edges = (max(lines, key=lambda line: line.top), min(lines, key=lambda line: line.bottom))
    return [line for line in lines if line not in edges or not _PAGE.fullmatch(line.text)]


def _join_lines(lines: list[_Line]) -> Iterator[str]:
    """Join the lines of a page to paragraphs."""
    if not lines:
        return
    words, before = lines[0].text, lines[0]
    block = [before]  # the lines of the column so far, by which an indent or a short line is told
    for line in lines[1:]:
        if _is_apart(before, line, block, words):
            yield words
            words = line.text
        else:
            words = _join(words, line.text, is_hyphened=before.is_hyphened)
        block = [*block[-20:], line] if _is_below(before, line) else [line]
        before = line
    yield words


def _is_below(before: _Line, line: _Line) -> bool:
    """Whether a line stands under another, in the same column."""
    return line.top < before.top and line.left < before.right and line.right > before.left


def _is_apart(before: _Line, line: _Line, block: list[_Line], words: str) -> bool:
    """Whether a line begins a paragraph: a gap, other letters, an indent, or a short line above."""
    if not _is_below(before, line):  # the next column
        return not _goes_on(words, line.text)
    height = before.height
    if line.differs(before):
        return True
    pitches = [above.top - below.top for above, below in pairwise(block)]
    pitch = median(pitches) if pitches else 1.25 * height
    if before.top - line.top > min(1.4 * pitch, 2.2 * height):
        return True
    if before.is_hyphened:
        return False
    left = min(above.left for above in [*block, line])
    right = max(above.right for above in [*block, line])
    if line.left - left > height / 2 and before.left - left < height / 2:
        return True
    # A line that leaves room for the first word of the next was ended on purpose.
    room = right - before.right
    first = line.text.split()[0]
    width = (line.right - line.left) / max(len(line.text), 1) * (len(first) + 1)
    return room > max(1.5 * width, 0.12 * (right - left)) and words.endswith(_SENTENCE_END)


def _goes_on(words: str, following: str) -> bool:
    """Whether a sentence goes on across a column or a page."""
    return not words.endswith(_SENTENCE_END) and following[:1].islower()


def _join(words: str, following: str, *, is_hyphened: bool = False) -> str:
    """Join two lines; a hyphen that ends the first stays, for whether it belongs is a guess."""
    if is_hyphened:
        return f"{words}-{following}"
    # A dash with a space before it parts words; without one it is inside of one.
    inside = re.search(r"\w[-\u2010\u2011]$|\d–$", words)
    return f"{words}{'' if inside else ' '}{following}"


FORMS: tuple[Form, ...] = (Form("PDF", fits, read),)
