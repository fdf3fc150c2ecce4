"""From the XML of news agencies (NITF, NewsML 1, NewsML-G2) to the stories in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.read.forms.agencies.markup import (
    Words,
    extend_day,
    find_root,
    keep_newest,
    local_name,
    make_story,
    parse_xml,
    read_markup,
    read_tree,
)
from dateline.read.forms.item import Contents, Form, Item, NotThisForm, Source, number_items
from dateline.read.forms.layout import clean, peek

if TYPE_CHECKING:
    from lxml.etree import _Element

_G2_ROOTS = ("newsMessage", "newsItem", "packageItem", "contentSet", "conceptItem", "knowledgeItem")
_G2_ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem")
# What agencies call a video, in the words of this project.
_MEDIA = {"picture": "a photo", "photo": "a photo", "graphic": "a graphic", "video": "a video"}
_MEDIA |= {"audio": "a sound file", "animation": "an animation", "composite": "a package"}
_NO_NEWS = {"conceptItem": "a list of concepts", "knowledgeItem": "a list of concepts"}
_NO_NEWS |= {"planningItem": "a plan of coverage"}


def _fits_nitf(head: bytes, name: str) -> bool:
    text = peek(head)
    root = find_root(text)
    wrapped = root not in ("", "NewsML", "html", "rss", "feed", *_G2_ROOTS) and "<nitf" in text
    return root == "nitf" or wrapped


def _read_nitf(source: Source) -> Contents:
    """Read a NITF file, or the stories in NITF that another file wraps."""
    root, doubts = parse_xml(source.read())
    stories = [root] if local_name(root) == "nitf" else list(root.iter("{*}nitf"))
    if not stories:
        raise NotThisForm("no story in NITF is in it")
    items = (_read_story(story, {}, doubts) for story in stories)
    return Contents(number_items(items), len(stories), _encoding(root))


def _encoding(root: _Element) -> str:
    return (root.getroottree().docinfo.encoding or "utf-8").lower()


def _say(element: _Element | None) -> str:
    """All words in an element, each child's apart."""
    return "" if element is None else clean(" ".join(map(str, element.itertext())))


def _first(root: _Element, *names: str) -> str:
    """The words of the first of these elements that has some."""
    for name in names:
        for element in root.iter(f"{{*}}{name}"):
            if words := _say(element):
                return words
    return ""


def _attribute(root: _Element, element: str, name: str) -> str:
    """The first value of this attribute of these elements."""
    values = (found.get(name) for found in root.iter(f"{{*}}{element}"))
    return next(filter(None, values), "")


def _read_nitf_fields(nitf: _Element) -> dict[str, str]:
    title = _first(nitf, "hl1", "title")
    head = next(nitf.iter("{*}body.head"), None)
    byline = next(head.iter("{*}byline"), None) if head is not None else None
    job = _first(byline, "byttl") if byline is not None else ""
    words = _say(byline)
    dateline = next(head.iter("{*}dateline"), None) if head is not None else None
    return {
        "title": title,
        "byline": words.removesuffix(job).strip(" ,"),
        "byline_title": job,
        "place": _first(dateline, "location") if dateline is not None else "",
        "dateline": _say(dateline),
        "outlet": _attribute(nitf, "pubdata", "name")
        or _first(nitf, "distributor")
        or _attribute(nitf, "doc.copyright", "holder")
        or _attribute(nitf, "doc-id", "regsrc"),
        "date": extend_day(
            _attribute(nitf, "pubdata", "date.publication")
            or _attribute(nitf, "date.issue", "norm")
            or _first(nitf, "story.date")
        ),
        "source_id": _attribute(nitf, "doc-id", "id-string"),
        "section": _attribute(nitf, "pubdata", "position.section")
        or _attribute(nitf, "tobject", "tobject.type"),
        "page": _attribute(nitf, "pubdata", "position.sequence"),
        "edition": _attribute(nitf, "pubdata", "edition.name"),
        "language": nitf.get("baselang") or _lang(nitf),
        "summary": _first(head, "abstract") if head is not None else "",
    }


def _lang(element: _Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""


def _read_story(nitf: _Element, known: dict[str, str], doubts: tuple[str, ...]) -> Item:
    """The story of a NITF element; what the wrapper around it states goes before."""
    fields = _read_nitf_fields(nitf)
    fields |= {name: words for name, words in known.items() if words}
    dateline = fields.pop("dateline", "")
    return make_story(fields, _read_nitf_text(nitf), doubts=doubts, dateline=dateline)


def _read_nitf_text(nitf: _Element) -> Words:
    found = [*nitf.iter("{*}body.content"), *nitf.iter("{*}body.end")]
    texts = [read_tree(element) for element in found or nitf.iter("{*}body")]
    return Words(
        [part for words in texts for part in words.parts], sum(w.n_in_tables for w in texts)
    )


def _fits_newsml(head: bytes, name: str) -> bool:
    return find_root(peek(head)) == "NewsML"


def _read_newsml(source: Source) -> Contents:
    """Read NewsML 1: a story for each NewsItem, or for each headline in it that has a text."""
    root, doubts = parse_xml(source.read())
    stories = list(root.iter("{*}NewsItem"))
    if not stories:
        raise NotThisForm("no NewsItem is in it")
    items = [item for story in stories for item in _read_news_item(story, doubts)]
    return Contents(number_items(items), len(items), _encoding(root))


def _read_news_item(story: _Element, doubts: tuple[str, ...]) -> Iterator[Item]:
    texts: dict[_Element, list[_Element]] = {}
    media = []
    for content in story.iter("{*}ContentItem"):
        kind = _attribute(content, "MediaType", "FormalName").lower() or "text"
        data = next(content.iter("{*}DataContent"), None)
        if kind == "text" and _say(data):
            texts.setdefault(_find_titled(content, story), []).append(content)
        else:
            media.append(
                _MEDIA.get(kind, f"content of the type {kind!r}" if kind != "text" else "")
            )
    for titled, contents in texts.items():
        # Renditions of one text stand side by side; captions have a role of their own.
        main = next((c for c in contents if _find_role(c) != "caption"), contents[0])
        yield _read_content(story, titled, main, doubts)
    if not texts:
        fields = _read_newsml_fields(story, story)
        fields.pop("dateline")
        reason = next(filter(None, media), "no text")
        yield Item(fields={k: v for k, v in fields.items() if v}, left_out=reason)


def _find_titled(content: _Element, story: _Element) -> _Element:
    """The innermost component around a text that has a headline of its own."""
    for above in content.iterancestors():
        lines = [child for child in above if local_name(child) == "NewsLines"]
        if above is story or any(_first(line, "HeadLine") for line in lines):
            return above
    return story


def _find_role(content: _Element) -> str:
    for above in content.iterancestors("{*}NewsComponent"):
        for child in above:
            if local_name(child) == "Role":
                return (child.get("FormalName") or "").lower()
    return ""


def _read_newsml_fields(story: _Element, titled: _Element) -> dict[str, str]:
    party = [
        party.get("FormalName") or ""
        for name in ("Provider", "Source", "Creator")
        for above in titled.iter(f"{{*}}{name}")
        for party in above.iter("{*}Party")
    ]
    created = _first(story, "FirstCreated")
    revised = _first(story, "ThisRevisionCreated")
    return {
        "title": _first(titled, "HeadLine") or _first(story, "HeadLine"),
        "byline": _first(titled, "ByLine"),
        "dateline": _first(titled, "DateLine"),
        "outlet": next(filter(None, party), "") or _first(story, "ProviderId"),
        "agency": _first(titled, "CreditLine"),
        "date": extend_day(created or _first(story, "DateId")),
        "updated": extend_day(revised) if revised != created else "",
        "language": _attribute(titled, "Language", "FormalName") or _lang(story),
        "source_id": _first(story, "PublicIdentifier", "NewsItemId"),
        "slug": _first(titled, "SlugLine"),
        "summary": _first(titled, "SubHeadLine"),
    }


def _read_content(
    story: _Element, titled: _Element, content: _Element, doubts: tuple[str, ...]
) -> Item:
    fields = _read_newsml_fields(story, titled)
    for fact in content.iter("{*}Property"):
        if (fact.get("FormalName") or "").lower() in ("words", "wordcount"):
            fields["n_words_stated"] = re.sub(r"\D", "", fact.get("Value") or "")
    data = next(content.iter("{*}DataContent"))
    if (nitf := next(data.iter("{*}nitf"), None)) is not None:
        return _read_story(nitf, fields, doubts)
    dateline = fields.pop("dateline")
    # A dateline that is only a day says nothing about the place: the date is a field already.
    dateline = dateline if re.match(r"[^\W\d]", dateline) else ""
    words = read_tree(data) if len(data) else read_markup(data.text or "")
    return make_story(fields, words, doubts=doubts, dateline=dateline)


def _fits_g2(head: bytes, name: str) -> bool:
    text = peek(head)
    return find_root(text) in _G2_ROOTS and bool(
        re.search(r"iptc\.org/std/(?:nar|NITF)|<nitf|NewsML-G2", text)
    )


def _read_g2(source: Source) -> Contents:
    """Read NewsML-G2: of several versions of a story the newest, and the others are named."""
    root, doubts = parse_xml(source.read())
    if local_name(root) == "contentSet":  # cut out of its item, as agencies' manuals show it
        return Contents(number_items([_read_contents(root, {}, doubts)]), 1, _encoding(root))
    elements = [e for e in root.iter() if local_name(e) in _G2_ITEMS]
    if not elements:
        raise NotThisForm("no newsItem is in it")
    items = [_read_g2_item(element, doubts) for element in elements]
    versions = [(element.get("guid") or "", _version(element)) for element in elements]
    return Contents(number_items(keep_newest(items, versions)), len(items), _encoding(root))


def _version(element: _Element) -> int:
    digits = re.sub(r"\D", "", element.get("version") or "")[:18]
    return int(digits) if digits else 0


def _read_g2_item(element: _Element, doubts: tuple[str, ...]) -> Item:
    fields = _read_g2_fields(element)
    status = _attribute(element, "pubStatus", "qcode").rpartition(":")[2]
    kind = _attribute(element, "itemClass", "qcode").rpartition(":")[2].lower()
    name = local_name(element)
    known = {k: v for k, v in fields.items() if v and k != "dateline"}
    if name == "packageItem":
        n = sum(1 for _ in element.iter("{*}itemRef"))
        return Item(fields=known, left_out=f"a package, which only lists {n} items")
    if name in _NO_NEWS:
        return Item(fields=known, left_out=_NO_NEWS[name])
    if status in ("canceled", "cancelled", "withheld"):
        return Item(fields=known, left_out=f"{status} by the agency")
    if kind in _MEDIA:
        return Item(fields=known, left_out=_MEDIA[kind])
    contents = next(element.iter("{*}contentSet"), None)
    if contents is None:
        return Item(fields=known, left_out="no text")
    return _read_contents(contents, fields, doubts)


def _read_g2_fields(element: _Element) -> dict[str, str]:
    headlines = [e for e in element.iter("{*}headline") if _say(e)]
    main = [e for e in headlines if "sub" not in (e.get("role") or "").lower()]
    created = _first(element, "contentCreated", "firstCreated", "versionCreated")
    updated = _first(element, "versionCreated", "contentModified")
    subs = [_say(e) for e in headlines if e not in main]
    return {
        "title": _say(main[0]) if main else _first(element, "title"),
        "byline": _first(element, "by"),
        "dateline": _first(element, "dateline"),
        "outlet": _find_provider(element),
        "agency": _first(element, "creditline"),
        "located": next((_first(e, "name") for e in element.iter("{*}located")), ""),
        "date": extend_day(created),
        "updated": extend_day(updated) if updated != created else "",
        "language": _attribute(element, "language", "tag") or _lang(element),
        "source_id": element.get("guid") or "",
        "version": element.get("version") or "",
        "slug": _first(element, "slugline"),
        "genre": _first(element, "genre"),
        "summary": " ".join(subs),
    }


def _find_provider(element: _Element) -> str:
    """The agency: as it is named, else by its credit where it is only an internet address."""
    provider = next(element.iter("{*}provider"), None)
    if provider is None:
        return ""
    literal = provider.get("literal") or ""
    credit = _first(element, "creditline") if "." in literal else ""
    return _first(provider, "name") or credit or literal


def _read_contents(contents: _Element, fields: dict[str, str], doubts: tuple[str, ...]) -> Item:
    """Read the first text of a content set: its renditions are the same text in other forms."""
    fields = dict(fields)
    dateline = fields.pop("dateline", "")
    # What some agencies give as a dateline is the time of sending.
    dateline = dateline if re.match(r"[^\W\d]", dateline) else ""
    for content in contents:
        name = local_name(content)
        if name not in ("inlineXML", "inlineData") or not _say(content):
            continue
        if (n := content.get("wordcount") or "").strip("0"):
            fields["n_words_stated"] = n
        if (nitf := next(content.iter("{*}nitf"), None)) is not None:
            return _read_story(nitf, fields | {"dateline": dateline}, doubts)
        plain = "plain" in (content.get("contenttype") or "")
        body = next(content.iter("{*}body"), content)
        words = read_tree(body) if len(content) else read_markup(content.text or "", plain=plain)
        return make_story(fields, words, doubts=doubts, dateline=dateline)
    linked = any(local_name(content) == "remoteContent" for content in contents)
    reason = "its text is only linked, and not in the file" if linked else "no text"
    return Item(fields={k: v for k, v in fields.items() if v}, left_out=reason, doubts=doubts)


FORMS: tuple[Form, ...] = (
    Form("NewsML-G2", _fits_g2, _read_g2),
    Form("NewsML 1", _fits_newsml, _read_newsml),
    Form("NITF", _fits_nitf, _read_nitf),
)
