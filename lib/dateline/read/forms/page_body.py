"""From a page's tree to the paragraphs of its article, each with its kind."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.read.forms import page_furniture as furniture
from dateline.read.forms.page_metadata import Metadata, squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

Parts = list[tuple[str, str]]

_BLOCKS = {"p", "head", "item", "quote", "row", "div", "code", "list", "table", "body", "ab"}
_SIGNS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # Thai, Lao, Chinese, Japanese
# HTML takes the character references 128 to 159 for those of Windows-1252.
_C1 = {code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)}
_BY = re.compile(r"^(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
_ASIDES = {"aside", "nav", "footer", "a", "button", "form"}


class _Place(NamedTuple):
    """A block of the page as it stands there, and its letters."""

    element: HtmlElement
    words: str
    line: str

    @property
    def is_link(self) -> bool:
        """Whether all of it is one link, as a teaser's is; a sentence that links ends in a stop."""
        links = [*self.element.iter("a"), *self.element.iterancestors("a")]
        return not self.words.endswith(".") and any(
            squeeze(a.text_content()).startswith(self.line) for a in links
        )


def find_paragraphs(tree: HtmlElement, stated: Metadata) -> Parts:
    """Find the article in a page.

    Args:
        tree: The whole page; it stays as it is.
        stated: What the page says of it: the title is not repeated, the text and the summary are
            looked for in the page, and the writer's biography is told by the byline.

    Returns:
        (kind, words) of each paragraph in the page's order: heading, body, caption or trailer.
    """
    parts = _extract(tree)
    places = list(_list_places(tree))
    parts = _drop_lead(parts, places, stated.fields)
    parts = _fill_gaps(parts, places)
    parts = _heed_stated(parts, places, stated.body)
    parts = _drop_repeats(_drop_furniture(parts, places))
    parts = _add_summary(parts, tree, stated.summary)
    parts = _place_captions(parts, places)
    return _mark_trailers(parts, stated.fields.get("byline", ""))


def _list_places(tree: HtmlElement) -> Iterator[_Place]:
    for element in tree.iter("h1", "p", "h2", "h3", "h4", "li", "figcaption", "blockquote"):
        words = " ".join(element.text_content().translate(_C1).split())
        if line := squeeze(words):
            yield _Place(element, words, line)


def _extract(tree: HtmlElement) -> Parts:
    """Extract the article, with second opinions only where the first is short or all in one.

    They take as long again, and of 62 pages they changed three: short ones, and one that came as
    a single block with the site's menus in it.
    """
    from trafilatura import bare_extraction

    # Without a handler its warnings ("discarding data") would go to the terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    ways: list[Parts] = []
    for fast in (True, False):
        found: Any = bare_extraction(tree, fast=fast, include_comments=False)
        ways.append([] if found is None else list(_flatten(found.body)))
        if fast and count_words(ways[0]) >= 150 and len(ways[0]) > 2:
            return ways[0]
    quick, slow = ways
    better = count_words(slow) > 1.2 * count_words(quick) or len(slow) > 2 >= len(quick)
    return slow if better else quick


def count_words(parts: Parts) -> int:
    """Words of a text in paragraphs; where words are not parted, two signs are about one."""
    text = " ".join(words for kind, words in parts if kind in ("body", "heading"))
    signs = len(_SIGNS.findall(text))
    return signs // 2 + len(_SIGNS.sub(" ", text).split())


def _flatten(body: _Element) -> Iterator[tuple[str, str]]:
    """The blocks of an extraction in order; a line break after a sentence ends a paragraph."""
    from lxml import etree

    kinds, words = ["body"], ""
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from ((kinds[-1], line) for line in _split_lines(words))
            words = ""
            if event == "start":
                kinds.append("heading" if element.tag == "head" else kinds[-1])
            else:
                kinds.pop()
        elif element.tag == "lb" and event == "start":
            words += "\n"
        elif element.tag == "cell":
            words += " "
        said = element.text if event == "start" else element.tail
        words += " ".join(re.split(r"\s+", said or ""))
    yield from (("body", line) for line in _split_lines(words))


def _split_lines(words: str) -> Iterator[str]:
    """Lines joined to paragraphs: an empty line parts them, or a break where a sentence ends."""
    paragraph = ""
    for line in words.translate(_C1).split("\n"):
        line = " ".join(line.split())
        if paragraph and (not line or paragraph.endswith(furniture.ENDS)):
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {line}".strip()
    if paragraph:
        yield paragraph


def _drop_lead(parts: Parts, places: list[_Place], fields: Mapping[str, str]) -> Parts:
    """Drop what the head of a page shows of its fields: title, byline, outlet, time."""
    known = {squeeze(fields.get(name, "")) for name in ("title", "byline", "outlet", "section")}
    known |= {place.line for place in places if place.element.tag == "h1"}
    first = next((i for i, (_, words) in enumerate(parts) if len(words.split()) >= 20), len(parts))
    return [
        (kind, words)
        for i, (kind, words) in enumerate(parts)
        if squeeze(_BY.sub("", words)) not in known
        and (i >= first or not furniture.is_stamp(words))
    ]


def _heed_stated(parts: Parts, places: list[_Place], body: str) -> Parts:
    """Let the stated text correct the extraction where both are plainly the same article."""
    stated = squeeze(re.sub(r"<[^>]{0,500}>", " ", body))
    if len(stated) < 300:
        return parts
    known = [squeeze(words) in stated for _, words in parts]
    covered = sum(len(squeeze(w)) for (_, w), here in zip(parts, known, strict=True) if here)
    if covered > 0.9 * len(stated):
        first, last = known.index(True), len(known) - known[::-1].index(True)
        # What stands before it may be the standfirst, which publishers leave out of articleBody.
        return [p for i, p in enumerate(parts[:last]) if known[i] or i < first or p[0] == "heading"]
    if covered > 0.3 * len(stated) and len(stated) > 1.2 * sum(len(squeeze(w)) for _, w in parts):
        return _find_stated(places, stated) or parts
    return parts


def _find_stated(places: list[_Place], stated: str) -> Parts:
    """The page's own paragraphs that make up the stated text, [] where they do not."""
    found = [
        ("heading" if place.element.tag in ("h2", "h3", "h4") else "body", place.words)
        for place in places
        if place.element.tag not in ("h1", "figcaption") and place.line in stated
    ]
    found = _drop_repeats(found)
    return found if sum(len(squeeze(w)) for _, w in found) > 0.9 * len(stated) else []


def _fill_gaps(parts: Parts, places: list[_Place]) -> Parts:
    """Put back short paragraphs that the extraction skipped between two of the same container."""
    at = {squeeze(words): i for i, (_, words) in reversed(list(enumerate(parts)))}
    groups: dict[HtmlElement, list[_Place]] = {}
    for place in places:
        # A style or script inside a paragraph would be taken for its words.
        if place.element.tag == "p" and not any(
            True for _ in place.element.iter("style", "script")
        ):
            groups.setdefault(place.element.getparent(), []).append(place)
    missing: dict[int, Parts] = {}
    for group in groups.values():
        hits = [i for i, place in enumerate(group) if place.line in at]
        looks = {group[i].element.get("class") for i in hits}
        before = -1
        for place in group[hits[0] : hits[-1]] if len(hits) > 2 else ():
            if place.line in at:
                before = at[place.line]
            elif place.element.get("class") in looks and not place.is_link:
                missing.setdefault(before, []).append(("body", place.words))
    return [p for i, part in enumerate(parts) for p in (part, *missing.get(i, []))]


def _drop_furniture(parts: Parts, places: list[_Place]) -> Parts:
    by_line = {place.line: place for place in reversed(places)}
    kept = [part for part in parts if not _is_furniture(part[1], by_line)]
    # A box that sells or asks for a log-in ends the text: short lines follow, no sentence more.
    long = [i for i, (_, words) in enumerate(kept) if len(words.split()) > 25 or len(words) > 150]
    for i in range(long[-1] + 1 if long else 0, len(kept)):
        if furniture.SELLS.search(kept[i][1]):
            kept = kept[:i]
            break
    return _drop_tail(kept, by_line, cut=len(kept) < len(parts))


def _drop_tail(parts: Parts, places: Mapping[str, _Place], *, cut: bool) -> Parts:
    """Drop the lines at the end that announced what has gone, and tags, which are all links."""
    end = len(parts)
    while end:
        kind, words = parts[end - 1]
        short = furniture.is_fragment(words)
        place = places.get(squeeze(words))
        if not (kind == "heading" or (short and (cut or (place and place.is_link)))):
            break
        end -= 1
    return parts[:end]


def _is_furniture(words: str, places: Mapping[str, _Place]) -> bool:
    if furniture.is_furniture(words):
        return True
    n = len(words.split())
    place = places.get(squeeze(words)) if n <= 30 and len(words) < 300 else None
    if place is None:
        return False
    if teaser := furniture.TEASER.match(words):
        rest = squeeze(words[teaser.end() :])
        return any(squeeze(a.text_content()) == rest for a in place.element.iter("a"))
    return n >= 4 and place.is_link


def _drop_repeats(parts: Parts) -> Parts:
    """Take once what a page repeats: a paragraph, a whole text, or a sentence pulled out of one."""
    squeezed = [squeeze(words) for _, words in parts]
    # Comparing each with all is for pages, not for a hostile file of 100,000 lines.
    whole = "\n".join(squeezed) if len(parts) < 2000 else ""
    n_same = Counter(squeezed)
    kept, seen = [], set()
    for part, line in zip(parts, squeezed, strict=True):
        # Short lines may be said twice ("No comment."); 40 letters are about eight words.
        if len(line) >= 40:
            if line in seen or whole.count(line) > n_same[line]:
                continue
            seen.add(line)
        kept.append(part)
    return kept


def _add_summary(parts: Parts, tree: HtmlElement, summary: str) -> Parts:
    """Put the standfirst first where the page shows it below its headline and it was not found."""
    line = squeeze(summary)
    heads = [h for h in tree.iter("h1") if squeeze(h.text_content())]
    if (
        not parts
        or not heads
        or len(line) < 20
        or line in squeeze("".join(w for _, w in parts[:9]))
    ):
        return parts
    below = heads[0].xpath("following::*[position() < 80]")
    shown = any(squeeze(e.text_content()) == line for e in below if len(e) < 3)
    return [("body", summary), *parts] if shown else parts


def _place_captions(parts: Parts, places: list[_Place]) -> Parts:
    """Put the captions of the article's figures where the page has them."""
    at_line = {squeeze(words): i for i, (_, words) in reversed(list(enumerate(parts)))}
    captions: dict[int, list[str]] = {}
    at, begun, seen = 0, False, set()
    for element, words, line in places:
        if element.tag == "figcaption":
            aside = any(a.tag in _ASIDES for a in element.iterancestors())
            empty = furniture.is_furniture(words)
            if begun and not (aside or empty or line in seen) and at < len(parts):
                seen.add(line)
                captions.setdefault(at, []).append(words)
        elif element.tag == "h1":
            begun = True
        elif line in at_line:
            at, begun = at_line[line] + 1, True
    placed: Parts = []
    for i, part in enumerate(parts):
        placed += [(furniture.name_caption(words), words) for words in captions.get(i, [])]
        placed += [part] if squeeze(part[1]) not in seen else []
    return placed


def _mark_trailers(parts: Parts, byline: str) -> Parts:
    """Call the notes at the end, and biographies, what they are; the story ends before them."""
    bios = furniture.find_bios([words for _, words in parts], byline)
    end = len(parts)
    while end and (
        parts[end - 1][0] in ("caption", "credit")
        or bios[end - 1]
        or furniture.is_note(parts[end - 1][1])
    ):
        end -= 1
    return [
        ("trailer" if kind == "body" and (i >= end or bios[i]) else kind, words)
        for i, (kind, words) in enumerate(parts)
    ]
