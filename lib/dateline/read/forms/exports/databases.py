"""From exports of ProQuest, Europresse, DeFacto and Mediargus to their articles."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from email import message_from_bytes, policy
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.read.forms.item import (
    Contents,
    Form,
    Item,
    NotThisForm,
    Source,
    list_fields,
)
from dateline.read.forms.layout import (
    Line,
    clean,
    lay_out_text,
    list_roles,
    make_article,
    misfit,
    number_known,
    parse_html,
    peek,
    read_text,
    rejoin,
    split_blocks,
    split_day,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_TEXT = re.compile(r"(?:full text )?(?:not|none|un)\s?available\.?", re.IGNORECASE)
# An attribute whose quotation mark is missing swallows the page as far as the next one: documents
# and all. No value holds a tag, so it ends at the first ">" that no mark follows.
_UNCLOSED = re.compile(rb'(="[^"<>]*)>(?=[^"<>]*<)')
# Each text is a page in the page; the parser takes the end of the first for the end of all.
_INNER_PAGE = re.compile(rb"</?(?:html|head|body)\b[^>]*>", re.IGNORECASE)
_INTERFACE = frozenset(["enlarge this image.", "enlarge this image", "html>"])
_EUROPRESSE_ID = re.compile(r"\bnews[·.]\d{8}[·.]\S+")
_EUROPRESSE_END = re.compile(r"(?:©|\(c\)|copyright\b)|.{3,40} ?: ?news[·.]\d{8}", re.IGNORECASE)
_EUROPRESSE_NOTE = re.compile(r"(?:Illustration|Note|Encadré|Photo|Graphique)\(s\) ?: ?")
_MEDIARGUS_ENTRY = re.compile(
    r"(?P<outlet>.+), (?P<date>[^,\n]{3,40} \d{4}), p\.? ?(?P<page>\S+), (?P<n>\d+)w\."
)
_MEDIARGUS_START = re.compile(r"(\d\d)-(\d\d)-(\d{4}), p\.? ?(\S+)")

_DEFACTO_HEAD = re.compile(
    r'"?(?P<outlet>[^"]+?)"?(?: Nr\. (?P<edition>\S+))? vom (?P<date>\d\d\.\d\d\.\d{4}'
    r"(?: \d\d\.\d\d Uhr)?)(?: Seite: (?P<page>\S+))?(?: Ressort: (?P<section>.+))?"
)


def _fits_mail(head: bytes, name: str) -> bool:
    if b"proquest" not in head.lower():
        return False
    text = peek(head)
    fields = re.findall(r"^(From|Date|Subject|To|MIME-Version|Received):", text, re.MULTILINE)
    return len(set(fields)) >= 2 and not text.startswith("<")


def _fits_proquest(head: bytes, name: str) -> bool:
    page = peek(head)
    return page.lstrip().startswith("<") and "DocID_" in page and "roQuest" in page


def _fits_europresse(head: bytes, name: str) -> bool:
    page = peek(head)
    return page.lstrip().startswith("<") and bool(
        re.search(r"cedrom-sni|europresse|DocPublicationName", page, re.IGNORECASE)
    )


def _fits_defacto(head: bytes, name: str) -> bool:
    page = peek(head)
    return page.lstrip().startswith("<") and "DeFacto" in page and 'class="eintrag"' in page


def _fits_mediargus(head: bytes, name: str) -> bool:
    entry = rf"^\W{{0,3}}1\. [^\n]+\n+{_MEDIARGUS_ENTRY.pattern}\s*$"
    return bool(re.search(entry, peek(head).replace("\r", ""), re.MULTILINE))


def _read_mail(source: Source) -> Contents:
    message = message_from_bytes(source.read(), policy=policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    raws = [raw for part in pages if isinstance(raw := part.get_payload(decode=True), bytes)]
    found = [_split_proquest(raw) for raw in raws if b"DocID_" in raw]
    if not found:
        raise NotThisForm("no document of a ProQuest export is marked in it")
    items = [item for contents in found for item in contents.items]
    return Contents(number_known(items), len(items), found[0].encoding)


def _read_proquest(source: Source) -> Contents:
    return _split_proquest(source.read())


def _split_proquest(raw: bytes) -> Contents:
    """Split a page at the anchors that name its documents, wherever broken markup has put them."""
    root, encoding = parse_html(_INNER_PAGE.sub(b"", _UNCLOSED.sub(rb'\1">', raw)))
    counts: dict[str, str] = {}
    anchor = ""
    for element in root.iter("a", "text"):
        if (element.get("name") or "").startswith("DocID_"):
            anchor = element.get("name") or ""
            element.tag, element.text = "div", clean(f"{anchor} {element.text or ''}")
        elif element.get("wordcount"):
            counts.setdefault(anchor, element.get("wordcount") or "")
    groups: list[tuple[str, list[tuple[_Element, str]]]] = []
    for block, text in split_blocks(root):
        if text.startswith("DocID_"):
            groups.append((text.split()[0], []))
        elif groups and text:
            groups[-1][1].append((block, text))
    if not groups:
        raise NotThisForm("no document of a ProQuest export is marked in it")
    items = [_read_document(blocks, counts.get(name, "")) for name, blocks in groups]
    return Contents(number_known(items), len(items), encoding)


def _read_document(blocks: list[tuple[_Element, str]], n_words: str) -> Item:
    """Read one document of ProQuest: its title, its labels, its text, its labels."""
    fields: dict[str, str] = {"n_words_stated": n_words}
    parts: list[tuple[str, str]] = []
    role = "title"
    for block, text in blocks:
        label, value = _find_label(block, text)
        if label is not None:
            role = label
            if role == "body" and value:
                parts.append(("body", value))
            elif role and role != "body":
                fields.setdefault(role, value)
        elif role == "body" and text.lower() not in _INTERFACE:
            parts.append(("caption" if _is_caption(block) else "body", text))
        elif role in ("title", "abstract") and not fields.get(role):
            fields[role] = text
            role = role if role == "abstract" else ""
    if not fields.keys() & {"outlet", "date", "citation", "source_id"}:
        return misfit(next((text for _, text in blocks), ""))
    return _make_document(fields, parts)


def _find_label(block: _Element, text: str) -> tuple[str | None, str]:
    """What the label is for with which a block begins, and its words: labels are in bold."""
    label, colon, value = text.partition(":")
    bold = block.find(".//strong")
    if not colon or bold is None or clean(bold.text or "").rstrip(": ") != label.strip():
        return None, text
    # The roles of the table; what they do not name, such as a bold word of the text, is no label.
    return list_roles("proquest").get(label.strip().lower()), value.strip()


def _is_caption(block: _Element) -> bool:
    near = [block, *list(block.iterancestors())[:2]]
    return any("caption" in (element.get("class") or "") for element in near)


def _make_document(fields: dict[str, str], parts: list[tuple[str, str]]) -> Item:
    paper = fields.get("outlet") or fields.get("citation", "")
    fields["outlet"], _, place = (words.strip() for words in paper.partition(";"))
    # The edition stands behind the newspaper, and only its word tells it from a name with a comma.
    if match := re.match(r"(.+?), ([^,]*\bEdition\b.*)", fields["outlet"]):
        fields["outlet"], fields["edition"] = match[1], match[2]
    if not fields.get("date") and (match := re.search(r"\](.+?)(?::|$)", place)):
        fields["date"] = match[1].strip(" .\xa0")
    for name in ("citation", "links"):
        fields.pop(name, None)
    # The account in an address names the library of whoever downloaded it.
    fields["url"] = re.sub(r"[?&]accountid=[^&]*", "", fields.get("url", ""))
    if split_day(fields.get("place", ""))[0]:
        fields["time"] = fields.pop("place")
    if _NO_TEXT.fullmatch(fields.get("abstract", "")):
        fields.pop("abstract")
    if _NO_TEXT.fullmatch(" ".join(words for _, words in parts)):
        parts = []
    return make_article(fields, parts)


def _read_europresse(source: Source) -> Contents:
    root, encoding = parse_html(source.read())
    for element in root.iter("span", "p", "div"):
        if re.search(r"DocPublicationName|TitreArticle", element.get("class") or "", re.IGNORECASE):
            element.tag = "div"
    groups: list[list[tuple[_Element, str]]] = []
    for block, text in split_blocks(root):
        if "DocPublicationName" in (block.get("class") or "") and text:
            groups.append([])
        if groups and text:
            groups[-1].append((block, text))
    if not groups:
        raise NotThisForm("no document of a Europresse export is marked in it")
    items = number_known(map(_read_page, groups))
    return Contents(items, len(items), encoding)


def _read_page(blocks: list[tuple[_Element, str]]) -> Item:
    """Read one document of Europresse: newspaper, section and day, title, author, text, rights."""
    titled = [i for i, (block, _) in enumerate(blocks) if _is_title(block)]
    lines = [text for _, text in blocks]
    if len(lines) < 3 or not titled or not (day := _find_day(lines[1][:300])):
        return misfit(" ".join(lines[:2]))
    fields = dict(zip(("section", "date", "page"), day, strict=True))
    fields["outlet"], _, fields["edition"] = lines[0].partition(", no. ")
    fields["title"] = " ".join(lines[index] for index in titled)
    fields["subtitle"] = " ".join(lines[2 : titled[0]])
    rest = lines[titled[-1] + 1 :]
    end = next((i for i, line in enumerate(rest) if _EUROPRESSE_END.match(line)), len(rest))
    numbers = [match[0] for line in rest[end:] if (match := _EUROPRESSE_ID.search(line))]
    fields["source_id"] = numbers[0] if numbers else ""
    fields["copyright"] = rest[end] if end < len(rest) and "news·" not in rest[end] else ""
    notes = next((i for i, line in enumerate(rest[:end]) if _EUROPRESSE_NOTE.match(line)), end)
    body = rest[:notes]
    trailer = [line for line in rest[notes:end] if _EUROPRESSE_NOTE.sub("", line)]
    if len(body) > 1 and len(body[0].split()) <= 8 and body[0][-1] not in ".?!…:":
        fields["byline"] = body.pop(0)
    parts = [("body", words) for words in rejoin(body)]
    return make_article(fields, [*parts, *(("trailer", words) for words in trailer)])


def _is_title(block: _Element) -> bool:
    near = [block, *list(block.iterancestors())[:2]]
    return any("titrearticle" in (element.get("class") or "").lower() for element in near)


def _find_day(line: str) -> tuple[str, str, str] | None:
    """A line's section, day and page: the day is the first date in it.

    A part between commas that is a date goes first: a section may be called as a day is ("Mer").
    """
    words = list(re.finditer(r"(?:^|(?<=\s))\S", line))
    parts = [m for m in words if split_day(line[m.start() :].partition(", ")[0])[0]]
    for match in [*(m for m in parts if line[: m.start()].rstrip()[-1:] in ("", ",")), *words]:
        day, rest = split_day(line[match.start() :])
        if day:
            page = re.sub(r"^(?:p|pg|page|s)\.?\s*", "", rest, flags=re.IGNORECASE)
            return line[: match.start()].strip(" ,;"), day, page
    return None


def _read_mediargus(source: Source) -> Contents:
    """Read a list and the articles that follow it, in the same order."""
    text, encoding, doubts = read_text(source)
    lines = lay_out_text(text)
    entries: list[dict[str, str]] = []
    for title, line in pairwise(lines):
        number = re.match(r"\W{0,3}(\d{1,6})\. ", title.text)
        if (
            number
            and int(number[1]) == len(entries) + 1
            and (entry := _MEDIARGUS_ENTRY.fullmatch(line.text))
        ):
            entries.append({"title": title.text[number.end() :], **entry.groupdict()})
    starts = [i for i, line in enumerate(lines) if _MEDIARGUS_START.fullmatch(line.text)]
    chunks = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=False)]
    return Contents(_list_entries(entries, chunks, doubts), len(entries), encoding)


def _list_entries(
    entries: list[dict[str, str]], chunks: list[list[Line]], doubts: tuple[str, ...]
) -> Iterator[Item]:
    waiting = deque(chunks)
    for number, entry in enumerate(entries, 1):
        fields = {**entry, "n_words_stated": entry["n"]}
        fields.pop("n")
        if not waiting or not _agrees(waiting[0][0], entry):
            yield Item(fields=list_fields(fields), number=number, left_out="only its summary")
            continue
        item = _read_entry(list_fields(fields), [line.text for line in waiting.popleft()[1:]])
        first = doubts if number == 1 else ()
        yield item._replace(number=number, doubts=(*first, *item.doubts))


def _agrees(line: Line, entry: dict[str, str]) -> bool:
    """Whether an article is the one that an entry of the list names: day, year and page agree."""
    match = _MEDIARGUS_START.fullmatch(line.text)
    words = entry["date"].split()
    return match is not None and (
        match[1].lstrip("0") in words and match[3] in words and match[4] == entry["page"]
    )


def _read_entry(fields: dict[str, str], lines: list[str]) -> Item:
    end = next((i for i, line in enumerate(lines) if line.startswith("©")), len(lines))
    title = next((i for i, line in enumerate(lines[:end]) if line == fields["title"]), -1)
    known = fields | list_fields({"edition": " ".join(lines[: max(title, 0)])})
    known |= list_fields({"copyright": " ".join(lines[end : end + 1])})
    return make_article(known, [("body", words) for words in rejoin(lines[title + 1 : end])])


def _read_defacto(source: Source) -> Contents:
    root, encoding = parse_html(source.read())
    entries = [e for e in root.iter("div") if "eintrag" in (e.get("class") or "").split()]
    if not entries:
        raise NotThisForm("no entry of a DeFacto export is marked in it")
    items = number_known(map(_read_defacto_entry, entries))
    return Contents(items, len(items), encoding)


def _read_defacto_entry(entry: _Element) -> Item:
    """Read one entry: newspaper, number, day, page and section in one line, title, paragraphs."""
    head, title, body = (
        [clean("".join(element.itertext())) for element in entry.iter(tag)]
        for tag in ("pre", "h3", "p")
    )
    match = _DEFACTO_HEAD.fullmatch(" ".join(head))
    if not match:
        return misfit(" ".join(head) or clean("".join(entry.itertext())))
    fields = {name: words or "" for name, words in match.groupdict().items()}
    fields["title"] = " ".join(title)
    return make_article(fields, [("body", words) for words in rejoin(filter(None, body))])


FORMS: tuple[Form, ...] = (
    Form("ProQuest mail", _fits_mail, _read_mail),
    Form("ProQuest HTML", _fits_proquest, _read_proquest),
    Form("Europresse HTML", _fits_europresse, _read_europresse),
    Form("DeFacto HTML", _fits_defacto, _read_defacto),
    Form("Mediargus TXT", _fits_mediargus, _read_mediargus),
)
