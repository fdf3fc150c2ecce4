"""From the marked-up text that a news form carries to its paragraphs, each with its kind."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dateline.read.forms.item import Item, Unreadable, join_parts, list_fields
from dateline.read.forms.layout import SAFE, clean, lay_out_text, quote_line, rejoin
from dateline.read.forms.layout import doubt_length as doubt_stated_length

if TYPE_CHECKING:
    from lxml.etree import _Element

Parts = list[tuple[str, str]]

# Elements of HTML and of NITF that stand on lines of their own.
_BLOCK_TAGS = (
    "abstract address article aside block blockquote body body.content body.end body.head bq br "
    "byline caption center credit dateline dd div dl dt fieldset figcaption figure fn footer form "
    "h1 h2 h3 h4 h5 h6 header hedline hl1 hl2 hr li main media media-caption media-producer nav "
    "nitf-table note ol p pre section table tagline tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_KINDS = dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hl3", "hl4"], "heading")
_KINDS |= dict.fromkeys(["figcaption", "media-caption"], "caption")
# What else stands in a figure says whose it is.
_KINDS |= dict.fromkeys(["media-producer", "credit", "figure", "media"], "credit")
_KINDS |= dict.fromkeys(["body.end", "tagline", "fn"], "trailer")
_UNSEEN_TAGS = (
    "script style head title noscript template iframe object embed button select option "
    "media-metadata media-object media-reference nitf-table-metadata"
)
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_TAG = re.compile(r"<(?:/?[a-zA-Z][\w.:-]{0,30}(?:\s[^<>]{0,2000})?|br\s*)/?>")
# The five that XML has itself are left to its parser.
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = frozenset(["amp", "lt", "gt", "quot", "apos"])
_DIGITS = re.compile(r"\d")
# What may stand above the root, one at a time: declarations, remarks, a document type.
_ABOVE_ROOT = re.compile(
    r"\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>", re.DOTALL
)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


class Words(NamedTuple):
    """The paragraphs of a text, and how many words of them stand in tables."""

    parts: Parts
    n_in_tables: int = 0


def find_root(text: str) -> str:
    """The local name of the root element of an XML file, "" where it is none."""
    text, at = text.removeprefix("\ufeff"), 0
    while above := _ABOVE_ROOT.match(text, at):
        at = above.end()
    match = _ELEMENT.match(text, at)
    return match[1] if match else ""


def parse_xml(data: bytes) -> tuple[_Element, tuple[str, ...]]:
    """The tree of an XML file, and what is doubtful about it.

    Names of HTML's characters (`&nbsp;`) are known without a document type, which is not loaded;
    entities that a file declares itself are not resolved. A broken file is read as far as it goes.

    Raises:
        Unreadable: There is no XML in it.
    """
    from lxml import etree

    data = _ENTITY.sub(_number_entity, data)
    try:
        return etree.fromstring(data, etree.XMLParser(remove_comments=True, **SAFE)), ()
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = clean(str(error))[:80]
    try:
        parser = etree.XMLParser(remove_comments=True, recover=True, **SAFE)
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Unreadable(f"damaged XML: {quote_line(reason)}")
    return root, (f"damaged XML: {reason}",)


def _number_entity(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    code = html.entities.name2codepoint.get(name)
    return match[0] if code is None or name in _XML_OWN else b"&#%d;" % code


def parse_fragment(markup: str) -> _Element | None:
    """The tree of a piece of HTML, None where nothing is in it."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    cleaned = re.sub(r"^\s*<\?xml[^>]*>", "", markup.replace("\0", ""))
    try:
        return lxml_html.document_fromstring(f"<div>{cleaned}</div>", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def read_markup(markup: str, *, plain: bool = False) -> Words:
    """The paragraphs of a piece of HTML, or of text: what has no tags is text, whatever it says.

    Args:
        markup: The piece as the form carries it.
        plain: Whether it says that it is text: then tags in it, as some agencies send, only part
            paragraphs, and its lines are laid out as in a text file.
    """
    if plain or not _TAG.search(markup):
        text = _TAG.sub("\n\n", markup) if plain else markup
        return Words([("body", clean(line.text)) for line in lay_out_text(text) if line.text])
    root = parse_fragment(markup)
    return Words([]) if root is None else read_tree(root)


def local_name(element: _Element) -> str:
    """The name of an element without its namespace, "" for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def read_tree(root: _Element) -> Words:
    """The paragraphs of a tree of HTML or NITF.

    A row of a table is one paragraph. Lines that are parted by `<br>` are paragraphs, as agencies
    send them; they are joined where no sentence ends and the next begins in small letters.
    """
    parts: Parts = []
    n_in_tables = 0
    lines: list[str] = []
    owner = None
    for block, line in _split_lines(root):
        if block is not owner and lines:
            parts += [(_find_kind(owner), words) for words in rejoin(lines)]
            lines = []
        owner = block
        if block is not None and local_name(block) == "tr":
            n_in_tables += len(line.split())
        # Markup that was escaped once too often is no text.
        line = clean(_TAG.sub("", line)) if "<" in line else line
        lines += [line] if line else []
    parts += [(_find_kind(owner), words) for words in rejoin(lines)]
    return Words(parts, n_in_tables)


def _split_lines(root: _Element) -> Iterator[tuple[_Element | None, str]]:
    """The lines of a tree, each with the block that it stands in; cells are joined to their row."""
    from lxml import etree

    stack: list[_Element] = [root]
    words, unseen, depth = "", 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        cell, block = name in ("td", "th"), name in _BLOCKS
        if event == "start":
            unseen += name in _UNSEEN
            if cell:
                words += " | " if words.strip() else ""
            elif block and not (depth and name != "tr"):
                yield stack[-1], clean(words)
                words = ""
                if name != "br":
                    stack.append(element)
            elif block:
                words += " "
            depth += cell
            words += "" if unseen else (element.text or "")
            continue
        unseen -= name in _UNSEEN
        depth -= cell
        if block and not cell and name != "br" and stack[-1] is element and len(stack) > 1:
            yield element, clean(words).strip("| ")
            words = ""
            stack.pop()
        words += "" if unseen or element is root else (element.tail or "")
    yield stack[-1], clean(words)


def _find_kind(block: _Element | None) -> str:
    while block is not None:
        if kind := _KINDS.get(local_name(block)):
            return kind
        block = block.getparent()
    return "body"


def make_story(
    fields: dict[str, str], words: Words, *, doubts: tuple[str, ...] = (), dateline: str = ""
) -> Item:
    """The item of a story of a news form, or why it is none.

    Args:
        fields: What the form states; `title` becomes the first paragraph.
        words: The story below its title.
        doubts: What is doubtful about it already.
        dateline: A dateline that stands beside the text, "" where the text itself has it.
    """
    fields = list_fields(fields)
    parts = _order_parts(words.parts, fields.get("title", ""))
    body = [text for kind, text in parts if kind in ("body", "heading")]
    if not any(kind == "body" for kind, _ in parts):
        return Item(fields=fields, left_out="no text", doubts=doubts)
    if _is_table(words, body):
        return Item(fields=fields, left_out="a table of results, and no text", doubts=doubts)
    if dateline and not body[0].lower().startswith(clean(dateline).lower()[:12]):
        parts.insert(0, ("dateline", dateline))
    text, placed = join_parts([("heading", fields.get("title", "")), *parts])
    doubts += doubt_stated_length(re.sub(r"\D", "", fields.get("n_words_stated", "")), body)
    return Item(text, fields, placed, 1, "", doubts)


def _order_parts(parts: Parts, title: str) -> Parts:
    """The parts without a repeated title at their head, and with their trailers at the end."""
    parts = [(kind, text) for kind, text in parts if text]
    while parts and title and parts[0][1].casefold() == clean(title).casefold():
        parts = parts[1:]
    return sorted(parts, key=lambda part: part[0] == "trailer")


def _is_table(words: Words, body: list[str]) -> bool:
    """Whether a text is results: in tables for a good part, and figures as prose never has them."""
    tokens = " ".join(body).split()
    n_figures = sum(bool(_DIGITS.search(token)) for token in tokens)
    return words.n_in_tables * 4 > len(tokens) and n_figures * 6 > len(tokens)


def keep_newest(items: list[Item], versions: list[tuple[str, int]]) -> list[Item]:
    """Leave out all but the newest version of each story.

    Args:
        items: The items of a file in order.
        versions: The story's own id and the version of each; what has no id is no version.
    """
    newest: dict[str, tuple[int, int]] = {}  # of each id: the version, and the first place of it
    for place, (story, version) in enumerate(versions):
        if story not in newest or newest[story][0] < version:
            newest[story] = (version, place)
    kept = []
    for place, (item, (story, version)) in enumerate(zip(items, versions, strict=True)):
        best, first = newest[story]
        if story and place != first:
            said = (
                f"version {version} of a story" if version != best else "a second copy of a story"
            )
            item = Item(
                fields=item.fields, left_out=f"{said}; its version {best} is item {first + 1}"
            )
        kept.append(item)
    return kept


def extend_day(words: str) -> str:
    """A time in the short form of ISO 8601 in the long one; other words as they are."""
    match = re.match(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?)?", words.strip())
    if not match or (rest := words.strip()[match.end() :])[:1].isdigit():
        return words.strip()
    day = "-".join(match.groups()[:3])
    if not match[4]:
        return day
    zone = re.sub(r"^([+-]\d\d):?(\d\d)$", r"\1:\2", rest)
    return f"{day}T{':'.join(match.groups()[3:6])}{zone}"
