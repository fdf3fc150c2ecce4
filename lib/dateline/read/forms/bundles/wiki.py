"""From a dump of a MediaWiki site to the articles in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.read.forms.agencies.markup import Parts, Words, find_root, local_name, make_story
from dateline.read.forms.item import Contents, Form, Item, Source, Unreadable, number_items
from dateline.read.forms.layout import SAFE, clean, peek, quote_line, rejoin

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"^(={2,6})[ \t]*(.+?)[ \t]*\1[ \t]*$", re.MULTILINE)
_REDIRECT = re.compile(r"\s*#\w{4,20}:?\s*\[\[", re.IGNORECASE)
# Pictures, categories and sound stand in links of their own; each site has names for them, too.
_ASIDES = {"file", "image", "media", "category"}
_ASIDE_KEYS = ("-2", "6", "14")
_TAGS = (
    "ref",
    "table",
    "gallery",
    "math",
    "timeline",
    "imagemap",
    "score",
    "syntaxhighlight",
    "source",
)


def _fits(head: bytes, name: str) -> bool:
    return find_root(peek(head)) == "mediawiki"


def _read(source: Source) -> Contents:
    return Contents(number_items(_read_pages(source)))


def _read_pages(source: Source) -> Iterator[Item]:
    """Read the articles one after the other; what a dump has besides is counted in one last item.

    Raises:
        Unreadable: It breaks off; the articles before that stand.
    """
    from lxml import etree

    site: dict[str, str] = {}
    asides = set(_ASIDES)
    others: Counter[str] = Counter()
    n = 0
    with source.open() as file:
        try:
            for _, element in etree.iterparse(file, remove_comments=True, **SAFE):
                name = local_name(element)
                if name == "sitename":
                    site["outlet"] = clean(element.text or "")
                    site["language"] = _find_language(element)
                elif name == "namespace" and element.get("key") in _ASIDE_KEYS:
                    asides.add(clean(element.text or "").lower())
                elif name == "page":
                    n += 1
                    if reason := _say_why_none(element):
                        others[reason] += 1
                    else:
                        yield _read_page(element, site, asides)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except (etree.XMLSyntaxError, ValueError) as error:
            reason = quote_line(str(error))
            raise Unreadable(
                f"damaged XML after page {n}, where reading stopped: {reason}"
            ) from error
    if others:
        kinds = ", ".join(f"{kind} {m}" for kind, m in others.most_common(3))
        yield Item(left_out=f"{others.total()} other pages of the site ({kinds}): no articles")


def _find_language(element: _Element) -> str:
    root = element.getroottree().getroot()
    return root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""


def _first(page: _Element, name: str) -> str:
    return next((e.text or "" for e in page.iter(f"{{*}}{name}")), "")


def _say_why_none(page: _Element) -> str:
    """Why a page is no article, "" where it is one; a discussion or a template is none."""
    if (key := clean(_first(page, "ns")) or "0") != "0":
        return f"namespace {key}"
    redirects = any(True for _ in page.iter("{*}redirect"))
    return "redirects" if redirects or _REDIRECT.match(_find_text(page)) else ""


def _find_text(page: _Element) -> str:
    """The text of the newest revision, which is the last."""
    texts = [element.text or "" for element in page.iter("{*}text")]
    return texts[-1] if texts else ""


def _read_page(page: _Element, site: dict[str, str], asides: set[str]) -> Item:
    times = [clean(element.text or "") for element in page.iter("{*}timestamp")]
    fields = {
        **site,
        "title": _first(page, "title"),
        "source_id": _first(page, "id"),
        "updated": times[-1] if times else "",
    }
    return make_story(fields, Words(_read_wikitext(_find_text(page), asides)))


def _read_wikitext(text: str, asides: set[str]) -> Parts:
    """The paragraphs of a page; a heading that nothing stands under is dropped."""
    pieces = _HEADING.split(text)
    parts: Parts = [("body", words) for words in _strip(pieces[0], asides)]
    waiting: list[tuple[int, str]] = []  # headings that have no text yet
    for marks, title, piece in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        waiting = [one for one in waiting if one[0] < len(marks)]
        waiting.append((len(marks), " ".join(_strip(title, asides))))
        if words := _strip(piece, asides):
            parts += [("heading", heading) for _, heading in waiting]
            parts += [("body", paragraph) for paragraph in words]
            waiting = []
    return parts


def _strip(text: str, asides: set[str]) -> list[str]:
    """The lines of a piece without its markup, notes, tables, pictures and templates."""
    import mwparserfromhell
    from mwparserfromhell.parser import ParserError

    try:
        code = mwparserfromhell.parse(text)
        for link in code.filter_wikilinks(recursive=True):
            space = str(link.title).lstrip(": ").partition(":")[0].strip().lower()
            if space in asides and not str(link.title).startswith(":"):
                _remove(code, link)
        for tag in code.filter_tags(recursive=True):
            if str(tag.tag).strip().lower() in _TAGS:
                _remove(code, tag)
        plain = str(code.strip_code(normalize=True, collapse=True))
    except (ParserError, RecursionError, ValueError) as error:
        return [f"{clean(text)}"] if not isinstance(error, RecursionError) else []
    return rejoin(filter(None, (clean(line) for line in plain.split("\n"))))


def _remove(code: object, node: object) -> None:
    """Remove a node; one inside of another that is gone is gone, too."""
    try:
        code.remove(node)  # type: ignore[attr-defined]  # the package states no types
    except ValueError:
        return


FORMS: tuple[Form, ...] = (Form("MediaWiki dump", _fits, _read),)
