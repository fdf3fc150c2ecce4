"""From an export of Factiva, a page, rich text or XML, to its articles.

An article stands in fields with codes (HD, BY, WC, PD, SN ...) or, in other display options, in
bare lines of a fixed order. Labels are in the interface's language, which need not be the text's.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dateline.read.forms.item import (
    Contents,
    Form,
    Item,
    NotThisForm,
    Source,
    Unreadable,
)
from dateline.read.forms.layout import (
    SAFE,
    clean,
    find_length,
    lay_out_rtf,
    lay_out_text,
    make_article,
    match_words,
    misfit,
    number_known,
    parse_html,
    peek,
    quote_line,
    rejoin,
    split_blocks,
    split_day,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

# What a code labels, in the order in which the codes stand; HD, LP and TD are read as text.
_CODES = {
    "SE": "section",
    "CLM": "column",
    "HD": "title",
    "BY": "byline",
    "CR": "agency",
    "WC": "length",
    "PD": "date",
    "ET": "time",
    "SN": "outlet",
    "SC": "source_code",
    "ED": "edition",
    "PG": "page",
    "VOL": "volume",
    "LA": "language",
    "CY": "copyright",
    "LP": "body",
    "TD": "body",
    "CX": "correction",
    "CT": "contact",
    "ART": "graphic",
    "RF": "reference",
    "CO": "company",
    "IN": "industry",
    "NS": "subject",
    "RE": "region",
    "IPC": "publisher_codes",
    "IPD": "publisher_words",
    "PUB": "publisher",
    "AN": "source_id",
}
_ELEMENTS = {
    "accessionNo": "source_id",
    "artWork": "graphic",
    "baseLanguage": "language",
    "byline": "byline",
    "columnName": "column",
    "copyright": "copyright",
    "corrections": "correction",
    "credit": "agency",
    "edition": "edition",
    "headline": "title",
    "leadParagraph": "body",
    "pages": "page",
    "publicationDate": "date",
    "publisherName": "publisher",
    "sectionName": "section",
    "sourceCode": "source_code",
    "sourceName": "outlet",
    "tailParagraphs": "body",
    "volume": "volume",
    "wordCount": "length",
}
# Eight characters for the source, the day, and nine of the database's own.
_ACCESSION = r"[A-Z][A-Z0-9]{3,7}\w{0,4}?(?:19|20)\d{6}[A-Za-z0-9-]{4,12}"


def _fits_html(head: bytes, name: str) -> bool:
    page = peek(head)
    return page.lstrip().startswith("<") and "factiva" in page.lower() and "<?xml" not in page[:99]


def _fits_rtf(head: bytes, name: str) -> bool:
    return head.lstrip().startswith(b"{\\rtf")


def _fits_xml(head: bytes, name: str) -> bool:
    page = peek(head)
    return page.lstrip().startswith("<") and bool(
        re.search(r"<(?:\w+:)?ppsArticle|global\.factiva\.com|distdoc:archive", page, re.IGNORECASE)
    )


def _read_html(source: Source) -> Contents:
    root, encoding = parse_html(source.read())
    articles = [
        element
        for element in root.iter("div", "td", "article")
        if re.search(r"(?:^|\s)[a-z]{2,5}Article(?:\s|$)", element.get("class") or "")
    ]
    if not articles:
        raise NotThisForm("no article of a Factiva export is marked in it")
    items = number_known([_read_article(article) for article in articles])
    return Contents(items, len(items), encoding)


def _read_rtf(source: Source) -> Contents:
    raw = source.read()
    if not re.search(rb"(?i)\b(?:document|dokument)\w* [A-Z]\w{15,30}\b", raw):
        raise NotThisForm("no article of a Factiva export is marked in it")
    lines = lay_out_rtf(raw)
    ends = [index for index, line in enumerate(lines) if _end().fullmatch(line.text)]
    if not ends:
        raise NotThisForm("no article of a Factiva export is marked in it")
    items = []
    for start, end in zip([-1, *ends], ends, strict=False):
        chunk = lines[start + 1 : end]
        items.append(_read_lines([line.text for line in chunk], lines[end].text))
    rest = [line.text for line in lines[ends[-1] + 1 :]]
    if any(map(find_length, rest)):
        cut = _read_lines(rest, "")
        items.append(cut._replace(doubts=(*cut.doubts, "its end is missing: the file is cut")))
    items = number_known(items)
    return Contents(items, len(items))


def _read_xml(source: Source) -> Contents:
    raw = source.read()
    stated = re.findall(rb"<(?:\w+:)?ppsarticleResultSet[^>]{0,200}?\bcount=\"(\d{1,6})\"", raw)
    return Contents(_read_elements(raw, n := sum(map(int, stated))), n or None)


FORMS: tuple[Form, ...] = (
    Form("Factiva XML", _fits_xml, _read_xml),
    Form("Factiva HTML", _fits_html, _read_html),
    Form("Factiva RTF", _fits_rtf, _read_rtf),
)


@cache
def _end() -> re.Pattern:
    """The pattern of the line that ends an article: "Document" and its accession number."""
    return re.compile(rf"(?:{match_words('document')})\s+({_ACCESSION})", re.IGNORECASE)


def _read_article(article: _Element) -> Item:
    """Read one article of a page, in either dialect."""
    found = article.xpath(".//*[@id='hd'] | .//*[contains(@class, 'Headline')]")
    # The block that holds the headline, never the article itself.
    titles = (
        [e for e in (*found[:1], *found[:1][0].iterancestors()) if e is not article][:2]
        if found
        else []
    )
    coded: dict[str, list[str]] = {}
    lines: dict[str, list[str]] = {"above": [], "title": [], "head": [], "body": [], "end": []}
    code, place = "", "above" if found else "head"
    for block, text in split_blocks(article):
        label = text.strip(": ")
        if block.tag in ("td", "th") and label in _CODES:
            code = label
        elif code:
            coded.setdefault(_CODES[code], []).append(text)
        elif place == "above" and any(block is e or block.getparent() is e for e in titles):
            lines["title"].append(text)
            place = "head"
        elif any("articleParagraph" in (e.get("class") or "") for e in (block, block.getparent())):
            lines["body"].append(text)
            place = "end"
        elif text:
            lines[place].append(text)
    return _make_coded(coded) if coded else _read_bare(lines)


def _read_bare(lines: dict[str, list[str]]) -> Item:
    """Read an article whose lines have no codes: what they are is told by their order."""
    read = _read_head(lines["head"])
    if read is None:
        first = next((line for part in lines.values() for line in part), "")
        return misfit(first)
    fields, end = read
    fields["section"] = "; ".join(lines["above"])
    fields["title"] = " ".join(lines["title"])
    numbers = [match[1] for line in lines["end"] if (match := _end().fullmatch(line))]
    fields["source_id"] = numbers[-1] if numbers else ""
    return _make_item(fields, [*lines["head"][end:], *lines["body"]])


def _read_head(lines: list[str]) -> tuple[dict[str, str], int] | None:
    """The fields of the lines under a headline, and where they end.

    The order is fixed: author, credit, number of words, day, time, newspaper, its code, edition,
    page, language, copyright; any but the words, the day and the newspaper may be missing.
    """
    at = next((index for index, line in enumerate(lines) if find_length(line)), None)
    if at is None or not split_day("".join(lines[at + 1 : at + 2]))[0]:
        return None
    fields = {"length": lines[at], "date": lines[at + 1]}
    fields["byline"], fields["agency"] = "".join(lines[:1] if at else []), " ".join(lines[1:at])
    rights = (i for i in range(at + 2, min(len(lines), at + 12)) if _is_rights(lines[i]))
    long = (i for i in range(at + 2, len(lines)) if len(lines[i]) > 60)
    if (end := next(rights, None)) is not None:
        fields["copyright"] = lines[end]
    middle = lines[at + 2 : next(long, len(lines)) if end is None else end]
    used = at + 2 + len(middle) + (end is not None)
    if middle and re.match(r"\d{1,2}[:.]\d\d", middle[0]):
        fields["date"] += " " + middle.pop(0)
    if middle:
        fields["outlet"] = middle.pop(0)
    if middle and re.fullmatch(r"[A-Z0-9]{2,8}", middle[0]):
        fields["source_code"] = middle.pop(0)
    if middle:
        fields["language"] = middle.pop()
    for words in middle:
        name = "page" if len(words) <= 8 and re.search(r"\d", words) else "edition"
        fields[name] = f"{fields.get(name, '')} {words}"
    return fields, used


def _is_rights(line: str) -> bool:
    return bool(re.match(r"copyright\b|©|\(c\)", line, re.IGNORECASE))


def _read_lines(lines: list[str], end: str) -> Item:
    """Read an article of rich text, from its lines and the one that ends it."""
    codes = [index for index, line in enumerate(lines) if line.split(" ", 1)[0] in _CODES]
    if any(lines[index].startswith("HD") for index in codes):
        coded: dict[str, list[str]] = {}
        for index, line in enumerate(lines[codes[0] :], codes[0]):
            if index in codes:
                code, _, line = line.partition(" ")
            if line.strip():
                coded.setdefault(_CODES[code], []).append(line.strip())
        return _make_coded(coded | {"source_id": [end]})
    at = next((index for index, line in enumerate(lines) if find_length(line)), 0)
    # Of a table of contents before the first article only its last line could be taken along.
    above = lines[max(0, at - 5) : at]
    by = re.compile(rf"(?:{match_words('by')})\s", re.IGNORECASE)
    author = next((i for i, line in enumerate(above) if i and by.match(line)), None)
    title = 0 if author is None else author - 1
    if author is None and len(above) > 1 and len(above[0].split()) <= 2:
        title = 1  # a section stands above the headline
    return _read_bare(
        {
            "above": above[:title],
            "title": above[title : title + 1],
            "head": [*above[title + 1 :], *lines[at:]],
            "end": [end],
            "body": [],
        }
    )


def _make_coded(coded: dict[str, list[str]]) -> Item:
    paragraphs = coded.pop("body", [])
    fields = {name: " ".join(values) for name, values in coded.items()}
    if time := fields.pop("time", ""):
        fields["date"] = f"{fields.get('date', '')} {time}"
    number = _end().search(fields.get("source_id", ""))
    fields["source_id"] = number[1] if number else fields.get("source_id", "")
    return _make_item(fields, paragraphs)


def _make_item(fields: dict[str, str], paragraphs: list[str]) -> Item:
    corrections = fields.pop("correction", "")
    fields["n_words_stated"] = find_length(fields.pop("length", ""))
    parts = [("body", words) for words in rejoin(paragraphs)]
    return make_article(fields, [*parts, ("trailer", corrections)])


def _read_elements(raw: bytes, n_stated: int) -> Iterator[Item]:
    """Read the articles of an XML file, one after the other; what was read before a fault stands.

    Raises:
        Unreadable: The file is damaged, or its names are not known.
    """
    from lxml import etree

    number = 0
    try:
        for _, element in etree.iterparse(io.BytesIO(raw), tag="{*}article", **SAFE):
            number += 1
            yield _read_element(element)._replace(number=number)
            element.clear()
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"damaged XML: {quote_line(str(error))}") from error
    if not number:
        raise Unreadable(f"Factiva XML without an article: {quote_line(peek(raw[:80]))}")
    for missing in range(number + 1, min(n_stated, number + 10_000) + 1):
        yield Item(number=missing, left_out="stated by the file, but not in it")


def _read_element(article: _Element) -> Item:
    said: dict[str, list[str]] = {}
    paragraphs: list[str] = []
    for element in article:
        name = _ELEMENTS.get(str(element.tag).rpartition("}")[2], "")
        inner = list(element.iter("{*}paragraph"))
        if name == "body" and not inner:
            paragraphs += [line.text for line in lay_out_text("".join(element.itertext()))]
        elif name == "body":
            paragraphs += filter(None, (clean("".join(e.itertext())) for e in inner))
        elif name:
            said.setdefault(name, []).extend(
                clean("".join(e.itertext())) for e in inner or [element]
            )
    fields = {name: " ".join(values) for name, values in said.items()}
    if number := fields.get("length"):
        fields["length"] = number if find_length(number) else f"{number} words"
    return _make_item(fields, paragraphs)
