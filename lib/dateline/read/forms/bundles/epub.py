"""From an electronic book or issue (EPUB) to its chapters or articles, in reading order."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dateline.read.forms.agencies.markup import make_story, parse_xml, read_markup
from dateline.read.forms.bundles.packed import open_zip, read_member
from dateline.read.forms.item import (
    Contents,
    Form,
    Item,
    Source,
    Unreadable,
    list_fields,
    number_items,
)
from dateline.read.forms.layout import clean
from dateline.read.forms.web.page import decode_page

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_FEW_WORDS = 10  # of which a cover or a half title has fewer


def _fits(head: bytes, name: str) -> bool:
    return head.startswith(b"PK\3\4") and b"mimetypeapplication/epub+zip" in head[:200]


def _read(source: Source) -> Contents:
    with open_zip(source) as archive:
        if "META-INF/encryption.xml" in archive.namelist():
            locked = read_member(archive, "META-INF/encryption.xml")
            # Fonts may be hidden in a book that anybody can read; its chapters are not.
            if b"html" in locked:
                raise Unreadable("encrypted: its chapters are locked")
        place, package = _find_package(archive)
        pages = _list_pages(package, posixpath.dirname(place))
        book = {
            "outlet": _first(package, "title"),
            "byline": _first(package, "creator"),
            "date": _first(package, "date"),
            "language": _first(package, "language"),
        }
        # All of it is read here: it closes with the archive.
        items = list(_read_pages(archive, pages, list_fields(book)))
    return Contents(number_items(items), len(items))


def _find_package(archive: zipfile.ZipFile) -> tuple[str, _Element]:
    """The file that says what the book is made of."""
    container, _ = parse_xml(read_member(archive, _CONTAINER))
    for root in container.iter("{*}rootfile"):
        if place := root.get("full-path"):
            return place, parse_xml(read_member(archive, place))[0]
    raise Unreadable("damaged EPUB: it does not say where its chapters are")


def _first(package: _Element, name: str) -> str:
    return next((clean(e.text or "") for e in package.iter(f"{{*}}{name}") if e.text), "")


def _list_pages(package: _Element, folder: str) -> list[tuple[str, str]]:
    """The pages in reading order, each with why it is no chapter."""
    parts = {part.get("id"): part for part in package.iter("{*}item")}
    pages = []
    for entry in package.iter("{*}itemref"):
        part = parts.get(entry.get("idref"))
        if part is None:
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(part.get("href") or "")))
        is_list = "nav" in (part.get("properties") or "").split()
        pages.append((name, "a table of contents" if is_list else ""))
    return pages


def _read_pages(
    archive: zipfile.ZipFile, pages: list[tuple[str, str]], book: dict[str, str]
) -> Iterator[Item]:
    for name, reason in pages:
        facts = {**book, "member": name}
        if reason:
            yield Item(fields=facts, left_out=f"{name}: {reason}")
            continue
        try:
            markup, _, doubts = decode_page(read_member(archive, name))
        except Unreadable as error:
            yield Item(fields=facts, left_out=f"{name}: {error}")
            continue
        yield _read_chapter(markup, facts, tuple(doubts))


def _read_chapter(markup: str, facts: dict[str, str], doubts: tuple[str, ...]) -> Item:
    """Read a chapter whole: nothing stands around it, as it does on a page of a site."""
    words = read_markup(markup)
    n = sum(len(text.split()) for _, text in words.parts)
    if n < _FEW_WORDS:
        return Item(fields=facts, left_out=f"{facts['member']}: only {n} words", doubts=doubts)
    title = words.parts[0][1] if words.parts[0][0] == "heading" else ""
    return make_story({**facts, "title": title}, words, doubts=doubts)


FORMS: tuple[Form, ...] = (Form("EPUB", _fits, _read),)
