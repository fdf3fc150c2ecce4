"""From a text document (Word, OpenDocument, RTF) to the one article in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dateline.read.forms.bundles.packed import ENCRYPTED, open_zip, read_member
from dateline.read.forms.documents.clippings import split_clippings
from dateline.read.forms.item import (
    Contents,
    Form,
    Item,
    Source,
    Unreadable,
    join_parts,
    list_fields,
    number_items,
)
from dateline.read.forms.layout import SAFE, clean, quote_line, split_blocks
from dateline.read.forms.rich_text import convert_rtf, decode_rtf

if TYPE_CHECKING:
    from lxml.etree import _Element

# (kind, words): the kind where the document states one, "" where the text alone has to tell.
Parts = list[tuple[str, str]]

# Longer than nearly every article: a digest, a report or a clippings file.
_MANY_WORDS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_WORD_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Caption'] => p.caption:fresh
"""
_NOTES = ("footnote-", "endnote-")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_TEXT = frozenset(
    ("tracked-changes", "annotation", "note-citation", "ruby-text", "sequence-decls", "forms")
)
_CAPTIONS = ("Caption", "Illustration", "Figure", "Drawing", "Table")
# Stand-ins, from the private range, for what the RTF package gives as something else: it writes
# the end of a cell as "|", and a line break inside a paragraph as the end of the paragraph.
_BAR, _BREAK = "\ue07c", "\ue00a"


def read_document(parts: Parts, title: str = "", doubts: tuple[str, ...] = ()) -> Contents:
    """What a document holds: the clippings of a press review, else one article.

    Args:
        parts: As for `make_document`.
        title: The headline, where the document states it.
        doubts: What is doubtful about it already.
    """
    items, n_stated = split_clippings([words for kind, words in parts if kind != "trailer"])
    if not items:
        return Contents([make_document(parts, title, doubts)], 1)
    items[0] = items[0]._replace(doubts=(*doubts, *items[0].doubts))
    return Contents(number_items(items), n_stated)


def make_document(parts: Parts, title: str = "", doubts: tuple[str, ...] = ()) -> Item:
    """The item of a document that is one article.

    Args:
        parts: (kind, words) of each paragraph; the kind is "" where the document states none: such
            paragraphs have no part, and title, byline and dateline are found in the text itself.
        title: The headline, where the document states it.
        doubts: What is doubtful about it already.
    """
    # Notes and running heads stand within sentences; they follow the body, as in every form.
    text, placed = join_parts(sorted(parts, key=lambda part: part[0] == "trailer"))
    if not text:
        return Item(left_out="no text", doubts=doubts)
    n = len(text.split())
    if n > _MANY_WORDS:
        doubts += (f"its {n:,} words are read as one article",)
    stated = tuple(part for part in placed if part.kind)
    return Item(text, list_fields({"title": title}), stated, 1, "", doubts)


def _fits_word(head: bytes, name: str) -> bool:
    return head.startswith(b"PK\3\4") and b"word/" in head


def _read_word(source: Source) -> Contents:
    """Read a Word file: headline, headings and captions by their styles, notes as trailers."""
    import mammoth
    from lxml import html

    data = source.read()
    _check_word(data)
    try:
        markup = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_WORD_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {}),
        ).value
    except Exception as error:  # it has no class of its own for what is damaged
        raise Unreadable(f"damaged Word file: {quote_line(str(error))}") from error
    if not markup.strip():
        return read_document([])
    root = html.document_fromstring(f"<body>{markup}</body>")
    parts = list(_list_blocks(root))
    return read_document(parts, _find_title(root, parts))


def _check_word(data: bytes) -> None:
    """Refuse what the reader would unpack or resolve without a limit: it parses whole trees."""
    with open_zip(Source("", data=data)) as archive:
        for info in archive.infolist():
            if not info.filename.endswith((".xml", ".rels")):
                continue
            # The format has no document types; only entities that grow need one.
            if b"<!DOCTYPE" in read_member(archive, info).replace(b"\0", b""):
                raise Unreadable("damaged Word file: it declares entities")


def _list_blocks(root: Any) -> Iterator[tuple[str, str]]:
    """The paragraphs of a converted file; single line breaks in one are spaces, double ones end it.

    The marks of notes are no words of the text, nor the arrows that lead back from them.
    """
    for mark in [*root.iter("sup", "a")]:
        links = [mark] if mark.tag == "a" else [*mark.iter("a")]
        if any("note-ref-" in (a.get("id") or "") + (a.get("href") or "") for a in links):
            mark.drop_tree()
    words, owner = "", None
    for block, text in split_blocks(root):
        holder = block.getparent() if block.tag == "br" else block
        if words and (holder is not owner or not text):
            yield _name_block(owner), words
            words = ""
        owner, words = holder, f"{words} {text}".strip()
    if words:
        yield _name_block(owner), words


def _name_block(block: _Element | None) -> str:
    while block is not None:
        if block.tag in _HEADINGS:
            return "heading"
        if block.get("class") == "caption":
            return "caption"
        if (block.get("id") or "").startswith(_NOTES):
            return "trailer"
        block = block.getparent()
    return ""


def _find_title(root: Any, parts: Parts) -> str:
    """The headline: what has the style for it, else a heading that opens the text."""
    titled = [clean(h.text_content()) for h in root.iter("h1") if h.get("class") == "title"]
    if titled:
        return titled[0]
    return parts[0][1] if parts and parts[0][0] == "heading" else ""


def _fits_odt(head: bytes, name: str) -> bool:
    return head.startswith(b"PK\3\4") and _ODT in head[:200]


def _read_odt(source: Source) -> Contents:
    """Read an OpenDocument text: headline, headings and captions by their styles."""
    from lxml import etree

    with open_zip(source) as archive:
        manifest = "META-INF/manifest.xml"
        if manifest in archive.namelist() and b"encryption-data" in read_member(archive, manifest):
            raise Unreadable(ENCRYPTED)
        content = read_member(archive, "content.xml")
    try:
        root = etree.fromstring(content, etree.XMLParser(remove_comments=True, **SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"damaged OpenDocument file: {quote_line(str(error))}") from error
    styles = {
        _get(style, "name"): _get(style, "parent-style-name") for style in root.iter("{*}style")
    }
    found = [(_name_style(p, styles), words) for p, words in _list_paragraphs(root) if words]
    titles = [words for kind, words in found if kind == "title"]
    parts = [("heading" if kind == "title" else kind, words) for kind, words in found]
    if not titles and parts and parts[0][0] == "heading":
        titles = [parts[0][1]]
    return read_document(parts, titles[0] if titles else "")


def _get(element: _Element, name: str) -> str:
    """An attribute whatever its namespace."""
    found = (value for key, value in element.attrib.items() if str(key).endswith("}" + name))
    return str(next(found, ""))


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _list_paragraphs(root: _Element) -> list[tuple[_Element, str]]:
    """The paragraphs, also those in the tables, frames and notes of others, in reading order."""
    from lxml import etree

    found: list[tuple[_Element, list[str]]] = []
    stack: list[list[str]] = [[]]  # of the words of the paragraphs that are open
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = _local(element)
        if event == "start":
            unseen += name in _NOT_TEXT
            if name in ("p", "h") and not unseen:
                stack.append([])
                found.append((element, stack[-1]))
            words = " " if name in ("s", "tab", "line-break") else element.text
        else:
            if name in ("p", "h") and not unseen:
                stack.pop()
            unseen -= name in _NOT_TEXT
            words = element.tail
        if words and not unseen:
            stack[-1].append(words)
    return [(paragraph, clean("".join(words))) for paragraph, words in found]


def _name_style(paragraph: _Element, styles: dict[str, str]) -> str:
    """The kind of a paragraph by its style, or by the one that its own formatting is based on."""
    own = _get(paragraph, "style-name")
    style = (styles.get(own) or own).replace("_20_", " ")
    if style == "Title":
        return "title"
    if _local(paragraph) == "h" or style == "Subtitle" or style.startswith("Heading"):
        return "heading"
    if any(_local(above) in ("note", "note-body") for above in paragraph.iterancestors()):
        return "trailer"
    return "caption" if style in _CAPTIONS else ""


def fits_rtf(head: bytes, name: str) -> bool:
    """Whether it begins as a rich text file does."""
    return head.lstrip().startswith(b"{\\rtf")


def _read_rtf(source: Source) -> Contents:
    return read_document([("", line) for line in list_rtf(source.read())])


def list_rtf(data: bytes) -> list[str]:
    """The paragraphs of a rich text file; each cell of a table is one.

    Raises:
        Unreadable: No text can be read from it.
    """
    marked = decode_rtf(data).replace("|", _BAR)
    text = convert_rtf(re.sub(r"(?<!\\)\\line(?![a-z]) ?", _BREAK, marked))
    lines = re.split(rf"[\n|]|{_BREAK}\s*{_BREAK}+", text)
    lines = [clean(line.replace(_BREAK, " ").replace(_BAR, "|")) for line in lines]
    return [line for line in lines if line]


def _fits_ole(head: bytes, name: str) -> bool:
    return head.startswith(_OLE)


def _refuse_ole(source: Source) -> Contents:
    """Refuse what older programs of an office wrote, and say what to do about it."""
    data = source.read()
    for name, said in (
        ("EncryptedPackage", ENCRYPTED),
        ("WordDocument", "a file of Word 97 to 2003 (.doc): save it as .docx, .odt or .txt"),
        ("Workbook", "a workbook of Excel 97 to 2003 (.xls): save it as .xlsx or .csv"),
        ("__substg1.0", "a message of Outlook (.msg): save it as .eml or .txt"),
    ):
        if name.encode("utf-16-le") in data:
            raise Unreadable(said)
    raise Unreadable("a compound file of an older office program: save it as .docx or .txt")


FORMS: tuple[Form, ...] = (
    Form("Word", _fits_word, _read_word),
    Form("OpenDocument", _fits_odt, _read_odt),
    Form("RTF", fits_rtf, _read_rtf),
    Form("Office 97", _fits_ole, _refuse_ole),
)
