"""From a feed (RSS, Atom, RDF, JSON feed) to the entries that carry their whole text."""

from __future__ import annotations

import html
import io
import json
import re
from typing import Any

from dateline.read.forms.agencies.markup import Words, find_root, make_story, read_markup
from dateline.read.forms.item import (
    Contents,
    Form,
    Item,
    NotThisForm,
    Source,
    Unreadable,
    number_items,
)
from dateline.read.forms.layout import clean, peek, quote_line

_JSON_FEED = re.compile(r"jsonfeed\.org/version")
_MAIL = re.compile(r"<?[\w.+-]+@[\w.-]+>?")
# How a text ends that goes on at the site.
_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\W*$"
    r"|(?:read|continue) (?:more|on|reading|the full (?:story|article))\b.{0,80}$",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(r"The post .{1,300} (?:appeared first|first appeared) on .{1,100}", re.I)
# A description of so many words is a text, and may be cut; teasers have 20 to 60.
_MANY_WORDS = 200
_FEW_WORDS = 80


def _fits(head: bytes, name: str) -> bool:
    text = peek(head)
    root = find_root(text)
    if root == "RDF":
        return "purl.org/rss/" in text or "netscape.com/rdf" in text
    return root == "rss" or (root == "feed" and "w3.org/2005/Atom" in text)


def _read(source: Source) -> Contents:
    """Read a feed from its bytes: the package would fetch an address, and gets none."""
    import feedparser

    data = source.read()
    try:
        found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # it has no class of its own for what it cannot parse
        raise Unreadable(f"damaged feed: {quote_line(str(error))}") from error
    entries = found.get("entries", [])
    if not entries and not found.get("feed"):
        raise Unreadable("damaged feed: no channel and no entry can be read from it")
    # Mistakes of the charset's name are set right by the package; what breaks off is not.
    broken = found.get("bozo") and "SAX" in type(found.get("bozo_exception")).__name__
    doubts = (f"damaged XML: {clean(str(found['bozo_exception']))[:80]}",) if broken else ()
    items = [_read_entry(entry, found.get("feed", {}), doubts) for entry in entries]
    return Contents(number_items(items), len(items), str(found.get("encoding") or "utf-8").lower())


def _read_entry(entry: Any, site: Any, doubts: tuple[str, ...]) -> Item:
    tags = [clean(tag.get("term") or "") for tag in entry.get("tags") or []]
    people = [clean(one.get("name") or "") for one in entry.get("authors") or [] if one]
    fields = {
        "title": _strip(entry.get("title") or ""),
        # The package cuts some addresses in two; the field as it stands has all of it.
        "byline": _name(people if len(people) > 1 else [entry.get("author") or ""]),
        "outlet": _strip((entry.get("source") or {}).get("title") or site.get("title") or ""),
        "date": entry.get("published") or entry.get("updated") or "",
        "url": entry.get("link") or "",
        "source_id": entry.get("id") or "",
        "section": "; ".join(filter(None, tags)),
        "language": site.get("language") or "",
    }
    texts = [content.get("value") or "" for content in entry.get("content") or []]
    # Without a summary of its own an entry is given its text as one.
    summary = entry.get("summary") if "summary_detail" in entry or not any(texts) else ""
    return _make_entry(fields, next(filter(None, texts), ""), summary or "", doubts)


def _strip(words: str) -> str:
    return clean(html.unescape(re.sub(r"<[^<>]{1,500}>", " ", words)))


def _name(people: list[str]) -> str:
    """The names of people: the address that stands beside a name is no word of a byline."""
    names = [clean(_MAIL.sub("", name)).strip("() ") for name in people]
    return "; ".join(dict.fromkeys(filter(None, names)))


def _make_entry(
    fields: dict[str, str], content: str, summary: str, doubts: tuple[str, ...] = ()
) -> Item:
    """An article where the whole text is there; a teaser is left out as what it is."""
    words = read_markup(content or summary)
    n = sum(len(text.split()) for _, text in words.parts)
    end = words.parts[-1][1] if words.parts else ""
    parts = [("trailer" if _SOURCE_LINE.fullmatch(t) else kind, t) for kind, t in words.parts]
    fields["summary"] = _strip(summary) if content and len(summary) < len(content) else ""
    is_same = _strip(content) == _strip(summary)
    is_cut = bool(_CUT.search(end)) and n < _MANY_WORDS
    is_teaser = n < (_FEW_WORDS if content and is_same else _MANY_WORDS if not content else 1)
    if n and (is_cut or is_teaser):
        fields["summary"] = _strip(summary or content)
        known = {name: value for name, value in fields.items() if value}
        return Item(fields=known, left_out="only a summary", doubts=doubts)
    if not content:
        doubts += ("its text is what the feed calls a description: it may not be all",)
    return make_story(fields, Words(parts, words.n_in_tables), doubts=doubts)


def _fits_json(head: bytes, name: str) -> bool:
    text = peek(head)
    return text.lstrip().startswith("{") and bool(_JSON_FEED.search(text))


def _read_json(source: Source) -> Contents:
    try:
        feed = json.loads(source.read())
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"damaged JSON: {quote_line(str(error))}") from error
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list):
        raise NotThisForm("no items of a JSON feed are in it")
    items = [_read_json_entry(entry, feed) for entry in entries if isinstance(entry, dict)]
    return Contents(number_items(items), len(entries), "utf-8")


def _say(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return str(value) if isinstance(value, (str, int, float)) else ""


def _read_json_entry(entry: dict[str, Any], feed: dict[str, Any]) -> Item:
    people = entry.get("authors") or [entry.get("author") or {}]
    people = [one for one in people if isinstance(one, dict)] if isinstance(people, list) else []
    tags = entry.get("tags") if isinstance(entry.get("tags"), list) else []
    fields = {
        "title": _say(entry, "title"),
        "byline": _name([_say(one, "name") for one in people]),
        "outlet": _say(feed, "title"),
        "date": _say(entry, "date_published"),
        "updated": _say(entry, "date_modified"),
        "url": _say(entry, "url") or _say(entry, "external_url"),
        "source_id": _say(entry, "id"),
        "section": "; ".join(str(tag) for tag in tags or []),
        "language": _say(entry, "language") or _say(feed, "language"),
    }
    content = _say(entry, "content_html") or _say(entry, "content_text")
    return _make_entry(fields, content, _say(entry, "summary"))


FORMS: tuple[Form, ...] = (
    Form("JSON feed", _fits_json, _read_json),
    Form("feed", _fits, _read),
)
