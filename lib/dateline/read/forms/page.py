"""From a web page, as saved or fetched, to its article, or to why it holds none."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.read.encoding import decode_text
from dateline.read.forms.item import (
    HEAD,
    Contents,
    Form,
    Item,
    Source,
    join_parts,
    list_fields,
)
from dateline.read.forms.page_body import count_words, find_paragraphs
from dateline.read.forms.page_furniture import SELLS
from dateline.read.forms.page_metadata import Metadata, find_in_text, read_metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACE = rb"(?:\s|<!--(?:(?!-->).){0,4000}-->|<\?[^>]{0,500}>)*"
_STARTS = re.compile(_SPACE + rb"<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
# A piece of a page, as some exports and mail save it: believed where the name says HTML too.
_PIECE = re.compile(
    _SPACE + rb"<(?:article|main|div|p|h1|h2|meta|title|link|script|style|table|section|span|a)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Browsers read these names as the wider encodings, and so must we: no page uses C1 controls.
_WIDER = dict.fromkeys(("iso8859-1", "ascii"), "cp1252")
_WIDER |= {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
_WIDER |= {"iso8859-9": "cp1254", "big5": "big5hkscs"}
# What browsers assume for pages in these languages that say nothing, or what is not true.
_BY_LANGUAGE = dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sl", "ro"), "cp1250")
_BY_LANGUAGE |= dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be"), "cp1251")
_BY_LANGUAGE |= {"tr": "cp1254", "el": "cp1253", "he": "cp1255", "ar": "cp1256", "vi": "cp1258"}
_BY_LANGUAGE |= {"lt": "cp1257", "lv": "cp1257", "et": "cp1257", "ja": "cp932", "ko": "cp949"}
_LANG = re.compile(rb"<html[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2})", re.I)
_HIGH, _PAIRS = re.compile(rb"[\x80-\xff]"), re.compile(rb"(?<=[\x80-\xff])[\x80-\xff]")
_FEWEST = 80  # words; below it a page that sells, shows a video or asks is no article
_WALLS = re.compile(
    r"enable (?:javascript|cookies)|(?:javascript|cookies) (?:is|are) (?:disabled|required)"
    r"|checking your browser|just a moment|are you a (?:robot|human)|unusual (?:traffic|activity)"
    r"|(?:verify|confirm) (?:that )?you(?:[’']re| are) (?:not a robot|human)"
    r"|access (?:to this page has been )?denied"
    r"|we (?:and our \d* ?partners )?(?:use|value) (?:cookies|your privacy)|accept (?:all )?cookies"
    r"|page (?:not found|can(?:no|['’])t be found)|404 (?:not found|error)|captcha",
    re.IGNORECASE,
)
_LISTS = {"collectionpage", "searchresultspage", "itemlist", "profilepage"}


def fits(head: bytes, name: str) -> bool:
    """Whether it begins as a page does; a feed or other XML does not, whatever its name."""
    start = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", errors="ignore").encode()
    if _STARTS.match(start):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and bool(_PIECE.match(start))


def read(source: Source) -> Contents:
    """Read a file that is one page."""
    data = source.read()
    markup, encoding, doubts = decode_page(data)
    return Contents([read_page(markup, doubts=doubts)], 1, encoding)


def decode_page(data: bytes, charset: str = "") -> tuple[str, str, list[str]]:
    """Decode a page by its byte order mark, else by what holds for its bytes.

    A page may state another charset than it has: UTF-8 is believed when all bytes fit, whatever
    is stated, since other encodings hardly ever do; then the header's and the page's own charset;
    then what its language had before UTF-8.

    Args:
        data: All bytes of it.
        charset: What the server said, if known.

    Returns:
        The page, its encoding, and in words what is doubtful about that.
    """
    mark = next((e for m, e in _MARKS.items() if data.startswith(m)), "")
    inside = _XML_CHARSET.search(data[:200]) or _CHARSET.search(data[:HEAD])
    stated = _name_codec(charset) or _name_codec(inside[1].decode() if inside else "")
    # ISO-2022 is the one encoding whose bytes are all valid UTF-8.
    escaped = stated if stated.startswith("iso2022") and b"\x1b$" in data else ""
    for encoding in filter(None, (mark, escaped, "utf-8", stated)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        wrong = stated not in ("", "utf-8") and encoding == "utf-8" and not data.isascii()
        return text, encoding, [f"states {stated} but is UTF-8"] if wrong else []
    return _guess_page(data, stated)


def _name_codec(charset: str) -> str:
    """Python's name for a stated charset, "" where it is none."""
    try:
        name = codecs.lookup(charset.strip()).name
        b"".decode(name)  # "hex" and its like are codecs too, but not of text
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(name, name)


def _guess_page(data: bytes, stated: str) -> tuple[str, str, list[str]]:
    """Decode a page that is not what it says: as one of its language's was before UTF-8."""
    lossy = data.decode("utf-8", errors="replace")
    lost = lossy.count("\ufffd")
    if sum(c > "\x7f" for c in lossy) > 2 * lost:  # UTF-8 with a few broken bytes
        return lossy, "utf-8", [f"{lost} characters are lost (they read U+FFFD)"]
    language = _LANG.search(data[:HEAD])
    encoding = _BY_LANGUAGE.get(language[1].decode().lower() if language else "", "")
    encoding = encoding or ("cp1252" if is_latin(data) else "")
    said = f"states {stated or 'no charset'} but is not: read as"
    try:
        return data.decode(encoding or "utf-8"), encoding, [f"{said} {encoding}, which is a guess"]
    except UnicodeDecodeError:
        text, doubts = decode_text(data)
        return text or "", "unknown", doubts


def is_latin(data: bytes) -> bool:
    """Whether letters above ASCII stand alone among plain ones, as they do in Latin scripts."""
    return len(_PAIRS.findall(data)) < 0.3 * len(_HIGH.findall(data))


def read_page(markup: str, url: str = "", doubts: Iterable[str] = ()) -> Item:
    """Read a page's article.

    Args:
        markup: The page, decoded.
        url: Where it was got from, if that is known.
        doubts: What is doubtful about its letters already.

    Returns:
        The article, or an item that is left out and says why.
    """
    tree, unsure = _parse(markup)
    if tree is None:
        return Item(left_out="empty: the page has no text", doubts=tuple(doubts))
    stated = read_metadata(tree, url)
    fields, guessed = find_in_text(tree, stated.fields)
    stated = stated._replace(fields=fields)
    title = fields.get("title", "")
    parts = find_paragraphs(tree, stated)
    left_out = _say_why_none(parts, stated, tree)
    text, placed = join_parts([("heading", title), *parts] if parts else [])
    unsure += [*guessed, *_doubt_length(parts, stated)]
    return Item(text, list_fields(fields), placed, 1, left_out, (*doubts, *unsure))


def _parse(markup: str) -> tuple[HtmlElement | None, list[str]]:
    """Parse a page once, for all that read it, and say where it was cut."""
    from lxml import etree, html

    # Comments would part the text around them.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = markup.lstrip("\ufeff").replace("\0", "").encode(errors="replace")
    try:
        tree = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except etree.LxmlError:  # nothing in it
        return None, []
    # The parser stops 256 levels down; pages of the sample have 50 at most.
    cut = any("Excessive depth" in error.message for error in parser.error_log)
    return tree, ["nested too deep: what is below 256 levels was not read"] if cut else []


def _say_why_none(parts: list[tuple[str, str]], stated: Metadata, tree: HtmlElement) -> str:
    """Why this page is no article, "" where it is one."""
    n = count_words(parts)
    text = " ".join([stated.fields.get("title", ""), *(words for _, words in parts)])
    if n < 2 * _FEWEST and not stated.is_article and (wall := _WALLS.search(text)):
        return f"no article: a wall or an error page ({wall[0]!r})"
    if not n:
        return "no article: no running text was found in the page"
    if n < _FEWEST and (not stated.is_free or _sells(tree)):
        return f"behind a paywall: only {n} words of it are in the page"
    if n < _FEWEST and any(t.startswith("video") for t in stated.types):
        return f"a video with {n} words of text"
    if n < _FEWEST and any(t.startswith(("imagegallery", "photograph")) for t in stated.types):
        return f"a gallery with {n} words of text"
    return "" if stated.is_article else _say_what_lists(stated, tree, parts)


def _sells(tree: HtmlElement) -> bool:
    """Whether the page's middle asks to pay; its head asks that on pages that are whole, too."""
    return any(
        SELLS.search(element.text_content()[:600])
        for element in tree.iter("p", "h2", "h3", "h4")
        if not any(a.tag in ("header", "nav", "footer") for a in element.iterancestors())
    )


def _say_what_lists(stated: Metadata, tree: HtmlElement, parts: list[tuple[str, str]]) -> str:
    """Why a page is an index: it says so, is the site's first, or is headlines that link."""
    if urlsplit(stated.fields.get("url", "//x/x")).path in ("", "/"):
        return "the first page of a site, and no article"
    heads = [h for h in tree.iter("h2", "h3", "h4") if any(True for _ in h.iter("a"))]
    heads += [h for a in tree.iter("a") for h in a.iter("h2", "h3", "h4")]
    long = [words for kind, words in parts if kind == "body" and len(words) > 200]
    if stated.types & _LISTS or (len(heads) >= 8 and len(long) * 2 < len(heads)):
        return "a page that lists articles, and is none itself"
    return ""


def _doubt_length(parts: list[tuple[str, str]], stated: Metadata) -> list[str]:
    n, said = count_words(parts), int(stated.fields.get("n_words_stated", "0"))
    if said > 1.5 * n and said - n > 100:
        return [f"states {said} words; {n} are in the page"]
    if not stated.is_free and n < 3 * _FEWEST:
        return [f"behind a paywall: its {n} words may not be all"]
    return []


FORMS: tuple[Form, ...] = (Form("web page", fits, read),)
