"""From a file of text, HTML, RTF or Word to its lines, and how they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dateline.read.encoding import decode_text
from dateline.read.forms.item import (
    MOST_BYTES,
    Item,
    Source,
    Unreadable,
    join_parts,
    list_fields,
)
from dateline.read.forms.rich_text import convert_rtf, decode_rtf
from dateline.wordlists import read_table

if TYPE_CHECKING:
    from lxml.etree import _Element

# Text exports are wrapped at 80 characters; a few older ones at 72 or 78.
_WIDTH = 80
_BLOCK_TAGS = (
    "address article aside blockquote body br center dd div dl dt figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_UNSEEN = frozenset(["script", "style", "head", "noscript", "template", "title"])
# How every XML is parsed: no entity is resolved, nothing is fetched, depth and size are bounded.
SAFE = MappingProxyType(
    {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
# Control characters are no words, and no tree takes them: each is read as a space. Half of a pair
# of UTF-16, as JSON may have it, is a character that is lost.
CONTROLS = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x200B: "",
}
_MISFIT = "in no known layout: "
_SENTENCE_END = tuple(".!?:;…\"'”’»)]")


class Line(NamedTuple):
    """A paragraph or line as it is laid out: `gap` empty lines stand before it.

    `centred` is None where the form does not tell.
    """

    text: str
    gap: int = 1
    centred: bool | None = None


@cache
def list_roles(form: str) -> dict[str, str]:
    """What each label of a form is for, by the label in lower case, in all languages."""
    rows = [row for row in read_table("exports.tsv") if row["form"] == form]
    return {word: row["role"] for row in reversed(rows) for word in row["words"].split("|")}


@cache
def list_words(role: str, form: str = "any") -> tuple[str, ...]:
    """The words of one role in all languages, in lower case, the longest first."""
    rows = [row for row in read_table("exports.tsv") if (row["form"], row["role"]) == (form, role)]
    words = {word for row in rows for word in row["words"].split("|")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def match_words(role: str, form: str = "any") -> str:
    """A pattern that matches any of the words of a role."""
    return "|".join(map(re.escape, list_words(role, form)))


def clean(text: str) -> str:
    """The text in one line; white space of every kind is one space."""
    return " ".join(text.translate(CONTROLS).split())


@cache
def _day_pattern() -> re.Pattern:
    """Matches one word of a date, or of the time behind it."""
    words = "|".join(match_words(role) for role in ("month", "weekday", "season"))
    return re.compile(
        rf"(?:(?P<named>{words})\b\.?|(?P<numbers>\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
        r"|\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)|(?P<year>(?:19|20)\d\d)(?!\d)"
        r"|(?P<time>\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s(?:[A-Z]{2,5}\b"
        r"|(?:[A-Z][a-z]+\s){1,3}Time))?)|\d{1,2}(?:st|nd|rd|th|er|\.|º)?(?![\d:])"
        r"|(?:de|of|den|le|el|il)\b)[\s,;]*",
        re.IGNORECASE,
    )


def split_day(line: str) -> tuple[str, str]:
    """The date that a line begins with, with its time, and what follows, such as an edition.

    Both are empty where the line begins with no date, or is too long for one.
    """
    at, found = 0, set()
    while match := _day_pattern().match(line, at):
        found |= {name for name, words in match.groupdict().items() if words}
        at = match.end()
    if len(line) - at > 60 or not (found >= {"named", "year"} or "numbers" in found):
        return "", ""
    return line[:at].strip(" ,;"), line[at:].strip(" ,;-")


@cache
def _length_pattern() -> re.Pattern:
    return re.compile(rf"(\d[\d.,'’ ]{{0,9}})\s*(?:{match_words('words')})\b\.?", re.IGNORECASE)


def find_length(line: str) -> str:
    """The number of words that a line states; "" where it states none."""
    match = _length_pattern().fullmatch(line.strip())
    return re.sub(r"\D", "", match[1]) if match else ""


def doubt_length(stated: str, paragraphs: list[str]) -> tuple[str, ...]:
    """A doubt where a text has not the stated number of words, within 15 %.

    Of 212 documents all lay within 14 %: more is a text that was cut or badly parted. Scripts
    without spaces are not counted.
    """
    text = " ".join(paragraphs)
    # A damaged file may state what is no number: then it states none.
    n, n_stated = len(text.split()), int(stated[:9]) if stated[:9].isdecimal() else 0
    if not n_stated or abs(n - n_stated) <= max(0.15 * n_stated, 5) or len(text) > 15 * n:
        return ()
    return (f"its text has {n} words and {n_stated} are stated",)


def make_article(fields: dict[str, str], parts: list[tuple[str, str]]) -> Item:
    """An item from its fields and the parts under its title; left out where no text is in it."""
    fields = list_fields(fields)
    body = [words for kind, words in parts if words and kind != "trailer"]
    if not body:
        why = {"graphic": "no text, only words about a picture", "abstract": "only a summary"}
        reasons = [reason for name, reason in why.items() if name in fields]
        return Item(fields=fields, left_out=reasons[0] if reasons else "no text")
    text, placed = join_parts([("heading", fields.get("title", "")), *parts])
    doubts = doubt_length(fields.get("n_words_stated", ""), body)
    return Item(text=text, fields=fields, parts=placed, doubts=doubts)


def misfit(line: str) -> Item:
    """An item that stands in no known layout, with its first line."""
    return Item(left_out=f"{_MISFIT}{quote_line(line)}")


def number_known(items: Iterable[Item]) -> list[Item]:
    """The items with their places in the file.

    Raises:
        Unreadable: All of them are misfits: the file is of a dialect that is not known.
    """
    known = [item._replace(number=number) for number, item in enumerate(items, 1)]
    if known and all(item.left_out.startswith(_MISFIT) for item in known):
        raise Unreadable(known[0].left_out)
    return known


def quote_line(line: str) -> str:
    """A line that did not fit, as a refusal names it."""
    return repr(clean(line)[:80])


def read_text(source: Source, most: int = MOST_BYTES) -> tuple[str, str, tuple[str, ...]]:
    """The text of a file, its encoding, and what is doubtful about that."""
    text, doubts = decode_text(source.read(most))
    if text is None:
        raise Unreadable(doubts[0].removeprefix("not read: ") if doubts else "empty")
    named = re.search(r"read as (\S+),", " ".join(doubts))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text, named[1] if named else "utf-8", tuple(doubts)


def peek(head: bytes) -> str:
    """The first bytes as text, for marks that are in ASCII: no guess and no failure."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", errors="replace")
    return head.decode("latin-1").removeprefix("ï»¿")


def rejoin(paragraphs: Iterable[str]) -> list[str]:
    """Join what the form's layout broke: no sentence ends, and the next begins in small letters."""
    joined: list[list[str]] = []
    for paragraph in paragraphs:
        if joined and paragraph[:1].islower() and not joined[-1][-1].endswith(_SENTENCE_END):
            joined[-1].append(paragraph)
        else:
            joined.append([paragraph])
    return [" ".join(pieces) for pieces in joined]


def lay_out_text(text: str) -> list[Line]:
    """The lines of plain text: wrapped lines are joined, centred ones stay apart.

    A line is broken on purpose where it is indented, or where the next word would have fitted.
    """
    lines: list[Line] = []
    pieces: list[list[str]] = []
    gap, before = 1, ""
    width = max(map(len, text[:200_000].split("\n")))
    for raw in text.expandtabs(8).split("\n"):
        raw = raw.rstrip()
        if not raw.strip("\f\x1c "):
            gap += 1
            continue
        centred = _stands_centred(raw)
        apart = gap or centred or width > 2 * _WIDTH or lines[-1].centred
        if apart or _breaks(before, raw, min(width, _WIDTH)):
            # A line as wide as the page is centred where the one under it is.
            if centred and not gap and len(before) >= _WIDTH - 10:
                lines[-1] = lines[-1]._replace(centred=True)
            lines.append(Line("", gap, centred))
            pieces.append([])
        pieces[-1].append(clean(raw))
        gap, before = 0, raw
    return [line._replace(text=" ".join(p)) for line, p in zip(lines, pieces, strict=True)]


def _stands_centred(line: str) -> bool:
    # Fewer than six spaces may be the first line of a paragraph.
    left = len(line) - len(line.lstrip())
    return left >= 6 and abs(_WIDTH - len(line) - left) <= 2


def _breaks(before: str, line: str, width: int) -> bool:
    first = line.split(None, 1)[0]
    return line.startswith("  ") or len(before) + len(first) < width - 8


def parse_html(raw: bytes) -> tuple[_Element, str]:
    """The tree of a page, and its encoding: what it declares is believed only where it decodes.

    Export pages declare UTF-8 and are Latin-1, and the other way about.

    Raises:
        Unreadable: There is no page in it.
    """
    from lxml import etree, html

    text, encoding = decode_page(raw)
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text.translate(CONTROLS))
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable(f"no page can be read from it: {quote_line(str(error))}") from error
    return root, encoding


def decode_page(raw: bytes) -> tuple[str, str]:
    """The text of a page, and its encoding."""
    declared = _DECLARED.search(raw[:4096])
    names = ["utf-8-sig", declared[1].decode("ascii") if declared else "utf-8"]
    # Windows-1252 is what every browser takes where nothing else fits.
    for name in [*names, "cp1252"]:
        try:
            return raw.decode(name), name.lower().removesuffix("-sig")
        except (UnicodeDecodeError, LookupError):
            continue
    text, doubts = decode_text(raw)
    named = re.search(r"read as (\S+),", " ".join(doubts))
    return text or "", named[1] if named else "utf-8"


def split_blocks(root: _Element) -> Iterator[tuple[_Element, str]]:
    """The lines of a page, each with the block that it stands in; <br> ends a line.

    An empty line between two `<br>` is given as an empty text.
    """
    from lxml import etree

    stack, text, unseen = [root], "", 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start":
            unseen += element.tag in _UNSEEN
            if element.tag in _BLOCKS:
                if text.strip() or element.tag == "br":
                    yield stack[-1], clean(text)
                text = ""
                stack.append(element)
            text += "" if unseen else (element.text or "")
            continue
        if event == "end":
            unseen -= element.tag in _UNSEEN
            if element.tag in _BLOCKS:
                if text.strip():
                    yield element, clean(text)
                text = ""
                stack.pop()
        text += "" if unseen or element is root else (element.tail or "")


def lay_out_html(root: _Element) -> list[Line]:
    """The lines of a page; what style sheet, attribute or tag centres is centred."""
    sheet = " ".join(style.text or "" for style in root.iter("style"))
    rules = r"\.([\w-]{1,40})\s{0,9}\{[^}]{0,400}text-align:\s{0,9}center"
    classes = set(re.findall(rules, sheet[:100_000]))
    lines: list[Line] = []
    blocks: dict[_Element, bool] = {}
    owner = None
    for block, text in split_blocks(root):
        holder = block.getparent() if block.tag == "br" else block
        if holder not in blocks:
            blocks[holder] = _is_centred(holder, classes)
        # The line after a <br> stands in the same paragraph.
        gap = 0 if holder is owner else 1
        owner = holder
        if text:
            lines.append(Line(text, gap, blocks[holder]))
    return lines


def _is_centred(block: _Element | None, classes: set[str]) -> bool:
    """Whether a block is centred: the nearest one that says where it stands decides."""
    while block is not None:
        style = (block.get("style") or "") + (block.get("align") or "")
        if block.tag == "center" or "center" in style or classes & set(_classes(block)):
            return True
        if re.search(r"left|justify|right", style.replace("margin-left", "")):
            return False
        block = block.getparent()
    return False


def _classes(block: _Element) -> list[str]:
    return (block.get("class") or "").split()


def lay_out_rtf(raw: bytes) -> list[Line]:
    """The lines of a rich text file; a cell of a table is a line.

    Raises:
        Unreadable: No text can be read from it.
    """
    text = convert_rtf(decode_rtf(raw))
    return [Line(words) for line in re.split(r"[\n|]", text) if (words := clean(line))]
