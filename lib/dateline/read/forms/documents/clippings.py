"""From the paragraphs of a press review to its clippings, which each begin with a head line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from dateline.read.forms.item import Item
from dateline.read.forms.layout import clean, make_article, rejoin

# The heads of Austrian and Dutch press reviews: newspaper, day, page. The first stands above the
# title, the second below it. "Found on" is the day of the search, and not of publication.
_ABOVE = re.compile(
    r"[\"“„](?P<outlet>[^\"“”„]{2,80})[\"“”](?: Nr\. (?P<edition>\S{1,12}))? (?:vom (?P<date>"
    r"\d{1,2}\.\d{1,2}\.\d{4})(?: \d\d[.:]\d\d Uhr)?(?: Seite:? (?P<page>\S{1,20}))?"
    r"|gefunden am (?P<found>\d{1,2}\.\d{1,2}\.\d{4}(?: \d\d[.:]\d\d Uhr)?))"
)
_BELOW = re.compile(
    r"(?P<outlet>\S.{1,60}?) (?P<date>\d\d-\d\d-\d{4}) \(p\.(?P<page>[^()]{0,20})\)(?P<rest> .*)?"
)
_SECTION = re.compile(r"Ressort: (.{1,100})")
_RULE = re.compile(r"[_=*-]{10,}")
_RIGHTS = re.compile(r"\s*(© [^©]{1,80} (?:19|20)\d\d all[\w\s.-]{1,40})$", re.IGNORECASE)
_ENTRY = re.compile(r"\s*(\S[^\n]{1,200}?) \(([^()]{2,60})\)\s?\.{5,}\s*\d{1,4}(?=\s|$)")
# An article may quote one such line; a review has many.
_FEWEST = 3
_MOST_INDEX = 100_000  # characters


class _Head(NamedTuple):
    """Where a clipping begins, where its head line stands, and what that says."""

    start: int
    at: int
    match: re.Match[str]


def split_clippings(paragraphs: list[str]) -> tuple[list[Item], int | None]:
    """Split a press review.

    Args:
        paragraphs: All of the document, running heads apart.

    Returns:
        Its clippings, [] where the document is no press review, and how many its index lists.
        What is listed and not found is left out by name.
    """
    heads = list(_find_heads(paragraphs))
    if len(heads) < _FEWEST:
        return [], None
    ends = [*(head.start for head in heads[1:]), len(paragraphs)]
    texts = [paragraphs[h.start : end] for h, end in zip(heads, ends, strict=True)]
    editions = _find_editions(heads, texts)
    items = [_read_clipping(h, text, editions) for h, text in zip(heads, texts, strict=True)]
    index = " ".join(paragraphs[: heads[0].start])[:_MOST_INDEX]
    listed = [match.groups() for match in _ENTRY.finditer(index)]
    found = tuple(filter(None, (_squeeze(item.fields.get("title", "")) for item in items)))
    for title, outlet in listed:
        # What stands above the index is read as part of its first entry.
        if not _squeeze(title).endswith(found):
            reason = f"listed in the index and not found below it: {title!r}"
            items.append(Item(fields={"title": title, "outlet": outlet}, left_out=reason))
    return items, len(listed) or None


def _squeeze(words: str) -> str:
    return re.sub(r"\W", "", words).casefold()


def _find_heads(paragraphs: list[str]) -> Iterator[_Head]:
    for at, paragraph in enumerate(paragraphs):
        if match := _ABOVE.fullmatch(paragraph):
            yield _Head(at, at, match)
        elif at and (match := _BELOW.fullmatch(paragraph)):
            yield _Head(at - 1, at, match)


def _find_editions(heads: list[_Head], texts: list[list[str]]) -> set[tuple[str, str]]:
    """The lines under heads that one newspaper has more than once: an edition, and no title."""
    firsts = Counter(
        (head.match["outlet"], lines[0])
        for head, text in zip(heads, texts, strict=True)
        if head.at == head.start and (lines := _drop_section(text[1:])[1])
    )
    return {first for first, n in firsts.items() if n > 1}


def _drop_section(lines: list[str]) -> tuple[str, list[str]]:
    """The section that stands above a title, and the lines from the title on."""
    lines = [line for line in lines if not _RULE.fullmatch(line)]
    section = _SECTION.fullmatch(lines[0]) if lines else None
    return (section[1], lines[1:]) if section else ("", lines)


def _read_clipping(head: _Head, text: list[str], editions: set[tuple[str, str]]) -> Item:
    stated = head.match.groupdict()
    fields = {name: words or "" for name, words in stated.items() if name != "rest"}
    if head.at > head.start:
        fields["title"] = text[0]
        lines = [clean(stated.get("rest") or ""), *text[2:]]
    else:
        fields["section"], lines = _drop_section(text[1:])
        if lines and (fields["outlet"], lines[0]) in editions:
            fields["edition"] = lines[0]
            lines = lines[1:]
        # A title may stand in two lines.
        lines = [*rejoin(lines[:2]), *lines[2:]]
        fields["title"] = lines[0] if lines else ""
        lines = lines[1:]
    for i, line in enumerate(lines):
        if rights := _RIGHTS.search(line):
            fields["copyright"] = rights[1]
            lines[i] = line[: rights.start()]
    return make_article(fields, [("body", line) for line in lines if line])
