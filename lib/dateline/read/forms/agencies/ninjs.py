"""From ninjs, the news agencies' JSON of versions 1 to 3, to the stories in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from dateline.read.forms.agencies.markup import (
    Words,
    extend_day,
    keep_newest,
    make_story,
    parse_xml,
    read_markup,
    read_tree,
)
from dateline.read.forms.item import Contents, Form, Item, NotThisForm, Source, Unreadable
from dateline.read.forms.item import number_items as number_stories
from dateline.read.forms.layout import clean, peek

_KEYS = re.compile(r'"(?:body_html|body_xhtml|body_richtext|bodies|versioncreated)"\s*:')
_IS_STORY = frozenset(["headline", "headlines", "headline_main", "versioncreated", "bodies"])
# What wraps stories: the answers of agencies' programs, and lists of any name.
_WRAPPERS = ("data", "item", "items", "_items", "articles", "results", "docs")
_DEEPEST = 6
_HTML = ("body_html", "body_xhtml", "body_richtext")
_TEXT = ("body_text", "body_main", "body")
_MEDIA = {"picture": "a photo", "photo": "a photo", "graphic": "a graphic", "video": "a video"}
_MEDIA |= {"audio": "a sound file", "animation": "an animation", "event": "a plan of coverage"}


def _fits(head: bytes, name: str) -> bool:
    text = peek(head)
    return text.lstrip()[:1] in ("{", "[") and bool(_KEYS.search(text))


def _read(source: Source) -> Contents:
    """Read the stories of a file, which is one, a list of them, or one a line."""
    stories = list(_list_stories(_load(source.read())))
    if not stories:
        raise NotThisForm("no story in ninjs is in it")
    items = [_read_story(story) for story in stories]
    versions = [(_say(story.get("uri")), _version(story)) for story in stories]
    return Contents(number_stories(keep_newest(items, versions)), len(items), "utf-8")


def _load(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        reason = clean(str(error))[:80]
    try:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        raise Unreadable(f"damaged JSON: {reason}") from None


def _list_stories(value: Any, depth: int = 0) -> Iterable[dict[str, Any]]:
    if isinstance(value, list) and depth < _DEEPEST:
        for entry in value:
            yield from _list_stories(entry, depth + 1)
    elif isinstance(value, dict):
        if _IS_STORY & value.keys() or any(key.startswith("body_") for key in value):
            yield value
        elif depth < _DEEPEST:
            for key in _WRAPPERS:
                yield from _list_stories(value.get(key), depth + 1)


def _version(story: dict[str, Any]) -> int:
    digits = re.sub(r"\D", "", _say(story.get("version")))[:18]
    return int(digits) if digits else 0


def _say(value: Any, *keys: str) -> str:
    """The words of a value: of a list the main one's, else the first's, by these keys of it."""
    if isinstance(value, list):
        dicts = [entry for entry in value if isinstance(entry, dict)]
        mains = [entry for entry in dicts if entry.get("role") == "main"]
        value = next(iter(mains or value), "")
    if isinstance(value, dict):
        value = next(
            (value[key] for key in keys or ("value", "name", "literal") if value.get(key)), ""
        )
    return str(value) if isinstance(value, (str, int, float)) else ""


def _name_all(value: Any) -> str:
    """The names in a list."""
    entries = value if isinstance(value, list) else [value]
    return "; ".join(filter(None, (clean(_say(entry)) for entry in entries)))


def _first(story: dict[str, Any], *names: str) -> str:
    return next(filter(None, (clean(_say(story.get(name))) for name in names)), "")


def _read_fields(story: dict[str, Any]) -> dict[str, str]:
    created = _first(story, "contentcreated", "firstcreated", "versioncreated")
    updated = _first(story, "versioncreated")
    return {
        "title": _first(story, "headline", "headline_main", "headlines", "title"),
        "byline": _first(story, "byline", "by") or _name_all(story.get("authors")),
        "outlet": _first(story, "source", "copyrightholder", "provider"),
        "date": extend_day(created),
        "updated": extend_day(updated) if updated != created else "",
        "language": _first(story, "language"),
        "source_id": _first(story, "uri", "guid"),
        "version": _first(story, "version"),
        "type": _first(story, "type"),
        "slug": _first(story, "slugline"),
        "located": _first(story, "located"),
        "genre": _name_all(story.get("genres") or story.get("genre") or ""),
        "summary": _first(story, "description_summary", "description_text", "descriptions"),
    }


def _read_story(story: dict[str, Any]) -> Item:
    fields = _read_fields(story)
    known = {name: words for name, words in fields.items() if words}
    if (kind := fields["type"].lower()) in _MEDIA:
        return Item(fields=known, left_out=_MEDIA[kind])
    if (status := _first(story, "pubstatus").lower()) in ("canceled", "cancelled", "withheld"):
        return Item(fields=known, left_out=f"{status} by the agency")
    words = _read_body(story)
    if not any(text for _, text in words.parts):
        linked = "renditions" in story and not fields["summary"]
        why = "its text is only linked, and not in the file" if linked else "no text"
        return Item(fields=known, left_out="only a summary" if fields["summary"] else why)
    captions = [("caption", text) for text in _list_captions(story) if text]
    said = " ".join(text for _, text in words.parts)
    new = [part for part in captions if part[1] not in said]
    return make_story(fields, words._replace(parts=[*words.parts, *new]))


def _read_body(story: dict[str, Any]) -> Words:
    """The text in the richest form that is read; all forms of it say the same."""
    for name in _HTML:
        if words := _say(story.get(name)):
            return read_markup(words)
    bodies = story.get("bodies")
    bodies = [body for body in bodies if isinstance(body, dict)] if isinstance(bodies, list) else []
    for mark in ("html", "nitf", "plain", ""):
        for body in bodies:
            words = _say(body.get("value"))
            if (
                words
                and mark in f"{_say(body.get('contenttype'))} {_say(body.get('role'))}".lower()
            ):
                return _read_nitf(words) if mark == "nitf" else _read_markup(words, mark)
    for name in ("body_nitf", *_TEXT):
        if words := _say(story.get(name)):
            return _read_nitf(words) if name == "body_nitf" else _read_markup(words, "plain")
    return Words([])


def _read_markup(words: str, mark: str) -> Words:
    return read_markup(words, plain=mark == "plain")


def _read_nitf(words: str) -> Words:
    try:
        root, _ = parse_xml(words.encode())
    except Unreadable:
        return read_markup(words)
    return read_tree(next(root.iter("{*}body.content"), root))


def _list_captions(story: dict[str, Any]) -> Iterable[str]:
    """What is said of the pictures that go with a story."""
    added = story.get("associations")
    added = list(added.values()) if isinstance(added, dict) else added
    for one in added if isinstance(added, list) else []:
        if isinstance(one, dict) and _say(one.get("type")).lower() in ("picture", "photo"):
            yield _first(one, "description_text", "descriptions", "body_text")


FORMS: tuple[Form, ...] = (Form("ninjs", _fits, _read),)
