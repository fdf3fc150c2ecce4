"""From a WordPress export (WXR) to the posts that were published."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.read.forms.agencies.markup import find_root, local_name, make_story, read_markup
from dateline.read.forms.item import Contents, Form, Item, Source, Unreadable, number_items
from dateline.read.forms.layout import SAFE, clean, peek, quote_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_POST = {
    "page": "a page of the site, and no post",
    "attachment": "an attachment",
    "revision": "an older version of a post",
    "nav_menu_item": "an entry of a menu",
}
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\b[^\]]{0,500}\](.{0,5000}?)\[/(?:wp_)?caption\]", re.DOTALL
)
# Orders to programs of the site: with a value, closed by name, or known to stand alone. Other
# words in brackets are the writer's.
_ORDER = re.compile(
    r"\[(?:/?[\w-]{1,40}\s[^\[\]]{0,500}=[^\[\]]{0,2000}|/[\w-]{1,40}|gallery|embed|more|audio"
    r"|video|playlist)/?\]"
)
_CLOSED = re.compile(r"\[/([\w-]{1,40})\]")


def _fits(head: bytes, name: str) -> bool:
    text = peek(head)
    return find_root(text) == "rss" and "wordpress.org/export/" in text


def _read(source: Source) -> Contents:
    return Contents(number_items(_read_posts(source)))


def _read_posts(source: Source) -> Iterator[Item]:
    """Read the posts one after the other, for the export of a site may be of any size.

    Raises:
        Unreadable: It breaks off; the posts before that stand.
    """
    from lxml import etree

    site: dict[str, str] = {}
    writers: dict[str, str] = {}
    n = 0
    with source.open() as file:
        try:
            for _, element in etree.iterparse(file, recover=False, remove_comments=True, **SAFE):
                name, parent = local_name(element), element.getparent()
                if name == "author" and parent is not None and local_name(parent) == "channel":
                    found = _list_words(element)
                    writers[found.get("author_login", "")] = found.get("author_display_name", "")
                elif name in ("title", "language") and parent is not None:
                    if local_name(parent) == "channel":
                        site.setdefault(name, clean(element.text or ""))
                elif name == "item":
                    n += 1
                    yield _read_post(element, site, writers)
                    _forget(element)
        except (etree.XMLSyntaxError, ValueError) as error:
            reason = quote_line(str(error))
            raise Unreadable(
                f"damaged XML after post {n}, where reading stopped: {reason}"
            ) from error


def _forget(element: _Element) -> None:
    """Free what was read, and what stands before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _list_words(element: _Element) -> dict[str, str]:
    """The words of each child by its name, the first of each name."""
    found: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        # Two elements have this name: of the post, and of its summary.
        if name == "encoded" and "excerpt" in str(child.tag):
            name = "excerpt"
        found.setdefault(name, child.text or "")
    return found


def _read_post(element: _Element, site: dict[str, str], writers: dict[str, str]) -> Item:
    found = _list_words(element)
    login = clean(found.get("creator", ""))
    labels: dict[str, list[str]] = {"category": [], "post_tag": []}
    for child in element.iter("{*}category"):
        labels.setdefault(child.get("domain") or "", []).append(clean(child.text or ""))
    fields = {
        "title": found.get("title", ""),
        "byline": writers.get(login) or login,
        "outlet": site.get("title", ""),
        "language": site.get("language", ""),
        "date": found.get("pubDate") or found.get("post_date", ""),
        "url": found.get("link", ""),
        "source_id": found.get("guid", ""),
        "section": "; ".join(labels["category"]),
        "tags": "; ".join(labels["post_tag"]),
        "summary": found.get("excerpt", ""),
    }
    fields = {name: html.unescape(words) for name, words in fields.items()}
    known = {name: clean(words) for name, words in fields.items() if clean(words)}
    kind = clean(found.get("post_type", "")) or "post"
    if kind != "post":
        return Item(fields=known, left_out=_NO_POST.get(kind, f"no post, but of the type {kind!r}"))
    status = clean(found.get("status", "")) or "publish"
    if status != "publish":
        return Item(fields=known, left_out=f"not published: its status is {status!r}")
    return make_story(fields, read_markup(_mark_up(found.get("encoded", ""))))


def _mark_up(text: str) -> str:
    """Mark up the text of a post as the site does: its lines are lines, its orders are no words."""
    text = _CAPTION.sub(r"<figcaption>\1</figcaption>", text)
    for name in set(_CLOSED.findall(text)):
        text = re.sub(rf"\[{re.escape(name)}(?:\s[^\]]{{0,500}})?\]", "", text)
    text = _ORDER.sub("", text)
    # What the site's editor keeps for itself stands in remarks.
    text = re.sub(r"<!--.{0,5000}?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"\n\s*\n", "</p><p>", text.replace("\r", "").strip())
    return f"<p>{text}</p>".replace("\n", "<br>")


FORMS: tuple[Form, ...] = (Form("WordPress export", _fits, _read),)
