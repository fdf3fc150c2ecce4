"""From the lines of one document of Nexis to an article: masthead, fields, text, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from dateline.read.forms.item import Item, list_fields
from dateline.read.forms.layout import (
    Line,
    find_length,
    list_roles,
    make_article,
    misfit,
    rejoin,
    split_day,
)

# Labels that stand above a text; all others stand below it. Some stand in either place.
_ABOVE_TEXT = (
    "title byline section length place highlight show guests anchors series edition page url "
    "language"
)
_ABOVE = frozenset(_ABOVE_TEXT.split())
# What stands behind these labels may run over several paragraphs.
_OPEN = frozenset(["graphic", "correction", "notes", "highlight", "classification", "rights"])
_TEXT = frozenset(["lead", "body"])
# In the newer generation these stand alone above what they label.
_ALONE = _OPEN - {"rights"}
# Words of the database's own pages, which no newspaper printed.
_INTERFACE = frozenset(["link to image", "link to pdf", "link to the original story."])
_RIGHTS = re.compile(
    r"(?:copyright\b|©|\(c\))|.*\b(?:rights? reserved|rechte vorbehalten|droits réservés"
    r"|rechten voorbehouden|derechos reservados|diritti riservati|be republished)",
    re.IGNORECASE,
)


class Document(NamedTuple):
    """The lines of one document; `n` of `total` as its mark says, 0 where it says nothing."""

    lines: list[Line]
    n: int = 0
    total: int = 0
    whole: bool = True


class _Label(NamedTuple):
    role: str
    value: str


def _find_label(line: Line, *, older: bool) -> _Label | None:
    """The label that a line begins with: in capitals in the older generation, alone in the newer.

    The list of labels is closed: a headline with a colon is no field.
    """
    if len(line.text) < 300 and _RIGHTS.match(line.text):
        return _Label("rights", line.text)
    label, colon, value = line.text.partition(":")
    role = list_roles("nexis").get(label.strip().lower(), "")
    if not colon:
        if older and find_length(line.text):
            return _Label("length", line.text)
        alone = not older and role in _ALONE | {"body"} and label[0].isupper()
        return _Label(role, "") if alone else None
    stands = label.isupper() if older else label[:1].isupper()
    if not role or not stands or (role == "length" and not find_length(value)):
        return None
    return _Label(role, value.strip())


def _label_lines(lines: list[Line], *, older: bool) -> tuple[list[Line], list[_Label | None]]:
    """The lines with their labels; what continues a label's line is joined to it."""
    kept: list[Line] = []
    labels: list[_Label | None] = []
    more: dict[int, list[str]] = {}
    for line in lines:
        label = _find_label(line, older=older)
        before = labels[-1] if labels else None
        goes_on = older and before and before.role != "rights" and not line.gap
        if goes_on and not label and not line.centred:
            more.setdefault(len(labels) - 1, []).append(line.text)
        elif line.text.lower() not in _INTERFACE:
            kept.append(line)
            labels.append(label)
    for index, pieces in more.items():
        if label := labels[index]:
            labels[index] = _Label(label.role, " ".join([label.value, *pieces]).strip())
    return kept, labels


def read_older(document: Document) -> Item:
    """Read a document of the older generation: masthead, day, headline, fields, text, fields."""
    lines, labels = _label_lines(document.lines, older=True)
    at, fields = _read_masthead(lines, labels)
    first = next((i for i in range(at, len(lines)) if labels[i]), len(lines))
    start = first
    while start < len(lines) and (label := labels[start]) and label.role in _ABOVE:
        # A label without words is of the line under it.
        start += 1 if label.value or start + 1 == len(lines) or labels[start + 1] else 2
    stated = (i for i, label in enumerate(labels) if i >= start and label and label.role in _TEXT)
    if (marked := next(stated, None)) is not None and marked - start < 10:
        start = marked
    if start == len(lines) or _ends_text(lines, labels, start) or first - at > 6:
        # No text follows the labels: they stand below it, as agencies have it.
        start = at if "title" in fields else min(at + 1, first)
        first = start
    _add_titles(fields, lines[at:first])
    end = _find_end(lines, labels, start)
    trailer = _add_fields(fields, lines, labels, [*range(first, start), *range(end, len(lines))])
    return _make_item(fields, lines[start:end], labels[start:end], trailer)


def _ends_text(lines: list[Line], labels: list[_Label | None], at: int) -> bool:
    label = labels[at]
    return bool(lines[at].centred) if label is None else label.role not in _TEXT


def _read_masthead(lines: list[Line], labels: list[_Label | None]) -> tuple[int, dict[str, str]]:
    """Where the masthead ends, and outlet, day, edition and a headline above the day."""
    told = any(line.centred for line in lines[:14])
    top = next(
        (i for i, label in enumerate(labels) if label and label.role != "rights"), len(lines)
    )
    days = (i for i in range(min(top, 14)) if split_day(lines[i].text)[0])
    day = next((i for i in days if lines[i].centred or not told), None)
    end = next((i for i in range(top) if not lines[i].centred), top) if told else min(top, 1)
    end = end if day is None else day
    fields = {"outlet": _find_outlet(lines[:end], labels)}
    plain = [line for line, label in zip(lines[:end], labels, strict=False) if not label]
    fields["url"] = "".join(next((p.text for p in plain if p.text[:4] == "http"), "").split())
    fields["title"] = " ".join(p.text for p in plain if told and not p.centred and p.gap < 9)
    if day is None:
        return end, list_fields(fields)
    fields["date"], edition = split_day(lines[day].text)
    editions, end = [edition], day + 1
    while end < min(len(lines), day + 8) and (
        lines[end].centred or (not lines[end].gap and not labels[end])
    ):
        label, words = labels[end], lines[end].text
        if label:
            fields.setdefault(label.role, label.value)
        elif split_day(words)[0] == words:
            pass  # the same day in another language
        elif re.match(r"\d{1,2}[:.]\d\d", words) or len(split_day(f"{words} 2000")[0]) > len(words):
            fields["date"] += f" {words}"
        else:
            editions.append(words)
        end += 1
    return end, list_fields(fields | {"edition": " ".join(editions)})


def _find_outlet(lines: list[Line], labels: list[_Label | None]) -> str:
    """The newspaper of a masthead, which is not its publisher.

    It opens a block of its own; only where there is none it ends the block of the copyright.
    """
    told = any(line.centred for line in lines)
    weak, rights = "", False
    for line, label in zip(lines, labels, strict=False):
        rights = bool(label) or (rights and not line.gap)
        if rights:
            weak = weak if label else line.text
        elif (line.centred or not told) and line.text[:4] != "http":
            return line.text
    return weak


def _add_titles(fields: dict[str, str], lines: list[Line]) -> None:
    """Add the lines between day and fields: headline, and a byline without a label."""
    titles: list[str] = []
    for line in lines:
        if titles and not line.gap:
            titles[-1] += " " + line.text
        else:
            titles.append(line.text)
    if titles and "title" not in fields:
        fields["title"] = titles.pop(0)
    for words in titles:
        short = len(words.split()) <= 8 and not words.endswith((".", "?", "!"))
        fields.setdefault("byline" if short else "subtitle", words)


def read_newer(document: Document) -> Item:
    """Read a document of the newer generation: headline, outlet, day, fields, Body, text, fields.

    It is read upwards from its body, for a cover may stand above the first one.
    """
    lines, labels = _label_lines(document.lines, older=False)
    roles = [label.role if label else "" for label in labels]
    start = roles.index("body") if "body" in roles else len(lines)
    day = next((i for i in range(start - 1, 0, -1) if split_day(lines[i].text)[0]), None)
    if day is None:
        return misfit(next((line.text for line in lines), ""))
    title = max(day - 2, 0)
    while title and not lines[title].gap:
        title -= 1
    fields = {"outlet": lines[day - 1].text}
    fields["title"] = " ".join(line.text for line in lines[title : day - 1])
    fields["date"], fields["edition"] = split_day(lines[day].text)
    end = _find_end(lines, labels, start + 1)
    rest = [*range(day + 1, min(start, len(lines))), *range(end, len(lines))]
    trailer = _add_fields(fields, lines, labels, rest)
    item = _make_item(fields, lines[start + 1 : end], labels[start + 1 : end], trailer)
    cut = () if document.whole else ("its end is missing: the file is cut",)
    return item._replace(doubts=(*item.doubts, *cut))


def _find_end(lines: list[Line], labels: list[_Label | None], start: int) -> int:
    """Where the text ends: at the first label under which there is nothing but labelled words."""
    end, plain = len(lines), 0
    for index in range(len(lines) - 1, start - 1, -1):
        label = labels[index]
        if label and label.role == "classification":
            end, plain = index, 0  # all that follows is an index, however it looks
        elif label and label.role not in _TEXT:
            # A paragraph that begins with "Note:" and is followed by text is text.
            remark = label.role in ("correction", "notes") and label.value
            if plain and (remark or label.role not in _OPEN):
                break
            end, plain = index, 0
        elif not lines[index].centred:
            plain += 1
    return end


def _add_fields(
    fields: dict[str, str], lines: list[Line], labels: list[_Label | None], rest: Iterable[int]
) -> list[str]:
    """Add what the labels state, and give the corrections and notes that follow a text."""
    said: dict[str, list[str]] = {}
    role = ""
    for index in rest:
        label = labels[index]
        role = label.role if label else role
        if label or role in _OPEN or (said and not said[role][0]):
            said.setdefault(role, []).append(label.value if label else lines[index].text)
    trailer = [words for role in ("correction", "notes") for words in said.pop(role, []) if words]
    for role, values in said.items():
        separator = "; " if role == "index" else " "
        name = {"index": "subject", "rights": "copyright"}.get(role, role)
        fields.setdefault(name, separator.join(values))
    return trailer


def _make_item(
    fields: dict[str, str], lines: list[Line], labels: list[_Label | None], trailer: list[str]
) -> Item:
    fields["n_words_stated"] = find_length(fields.pop("length", ""))
    fields["url"] = fields.get("url", "") if "://" in fields.get("url", "") else ""
    fields["place"] = _strip_day(fields.get("place", ""))
    inner = [
        label.value if label and label.role in _TEXT else line.text
        for line, label in zip(lines, labels, strict=True)
    ]
    paragraphs = rejoin([words for words in inner if words])
    parts = [("body", words) for words in paragraphs]
    return make_article(fields, [*parts, *(("trailer", words) for words in trailer)])


def _strip_day(place: str) -> str:
    """The place of a dateline, without the day behind it."""
    words = place.split()[:40]
    while len(words) > 1 and split_day(" ".join(words[-2:]) + " 2000")[0]:
        words = words[:-2]
    return " ".join(words).rstrip(" ,;")
