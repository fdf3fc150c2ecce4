"""From a file's first bytes to the forms that it may be, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import PurePath

from dateline.read.encoding import decode_text
from dateline.read.forms.item import Contents, Form, Item, NotThisForm, Source, Unreadable

# The modules below this folder whose FORMS are tried, in this order: exports before the forms that
# they are written in, because a reader of pages keeps 803 of the 32,534 words of such a page.
_MODULES = (
    "exports.nexis",
    "exports.factiva",
    "exports.databases",
    "documents.pdf",
    "bundles.epub",
    "documents.document",
    "bundles.archive",
    "web.web_archive",
    "agencies.news_xml",
    "agencies.wordpress",
    "agencies.ninjs",
    "messages.feed",
    "bundles.wiki",
    "web.page",
    "messages.mail",
    "tables.row_files",
)
# What holds files of any form: it is not opened inside another such file.
_ARCHIVES = frozenset(["gzip", "web archive", "zip", "tar", "packed file"])
TEXT = "text"
TEXT_SUFFIXES = (".txt", ".md", ".text", ".markdown", ".asc", "")
# By the last word of a form's name: the suffixes that agree with it. What is not here agrees with
# any, and so does no suffix at all.
_SUFFIXES = {
    "DOCX": ".docx .docm",
    "RTF": ".rtf",
    "HTML": ".html .htm .xhtml",
    "page": ".html .htm .xhtml .php .asp .aspx .shtml",
    "TXT": " ".join(TEXT_SUFFIXES),
    "XML": ".xml",
    "mail": ".eml .mbox .mht .mhtml",
    "PDF": ".pdf",
    "Parquet": ".parquet .pq",
    "lines": ".jsonl .ndjson .json",
    "JSON": ".json",
    TEXT: " ".join(TEXT_SUFFIXES),
}
# What is no text whatever follows, by its first bytes, and what to do about it.
_REFUSED = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .msg): save it anew"),
    (rb"%PDF-", "a PDF"),
    (rb"PK\x03\x04|PK\x05\x06", "a zip of no known form"),
    (rb"\x1f\x8b", "a gzip of no known form"),
    (rb"BZh\d1AY|\xfd7zXZ|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd", "a packed file: unpack it first"),
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP|BM....\x00\x00",
        "a picture: text in pictures is not recognised",
    ),
    (rb"ID3|OggS|fLaC|RIFF|....ftyp|\x1aE\xdf\xa3", "sound or film"),
    (rb"PAR1", "a Parquet file of no known layout"),
    (rb"SQLite format 3", "a database: export a table of it"),
    (rb"\x7fELF|MZ.\x00|\xca\xfe\xba\xbe", "a program"),
    (rb"\s*\{\\rtf", "an RTF file"),
    (rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|rss|feed|nitf)\b", "markup of no known form"),
)
_PROTECTED = "E\0n\0c\0r\0y\0p\0t".encode("latin-1")  # the part of a protected Office file
# Suffixes of what people keep beside their articles, and of forms that the content would show.
_OTHER_SUFFIXES = (
    "ann arc atom bak bib cfg conf css csv doc docx eml epub htm html ini ipynb js json jsonl lock "
    "log mbox ndjson ods odt parquet pdf py r rss rtf sh sql tab tar tex toml tsv warc xls xlsx "
    "xml yaml yml zip"
)
_OTHERS = frozenset(_OTHER_SUFFIXES.split())


@cache
def list_forms() -> tuple[Form, ...]:
    """All forms but plain text, in the order in which they are tried."""
    modules = [import_module(f"dateline.read.forms.{name}") for name in _MODULES]
    return tuple(form for module in modules for form in module.FORMS)


def find_forms(head: bytes, name: str) -> list[Form]:
    """The forms that a file may be.

    Args:
        head: Its first bytes, as many as HEAD.
        name: Its name; the suffix breaks ties.

    Returns:
        The forms to try in turn, until one does not raise NotThisForm; none for plain text.
    """
    return [form for form in list_forms() if form.fits(head, name)]


def open_source(source: Source, forms: Iterable[Form]) -> tuple[Form, Contents]:
    """Open a file as the first of some forms that it is.

    Raises:
        NotThisForm: It is none of them.
        Unreadable: It is one of them, and cannot be read.
    """
    other = NotThisForm("of no known form")
    for form in forms:
        try:
            contents = form.read(source)
            items = iter(contents.items)
            first = [item for item in [next(items, None)] if item is not None]
        except NotThisForm as error:
            other = error
        else:
            return form, contents._replace(items=chain(first, items))
    raise other


def read_inner(source: Source) -> Contents:
    """Read a file that an archive holds as what it is, plain text too; its items say as what.

    Raises:
        Unreadable: It is of no known form, another archive, or cannot be read.
    """
    head = source.head()
    forms = [form for form in find_forms(head, source.name) if form.name not in _ARCHIVES]
    try:
        form, contents = open_source(source, forms)
    except NotThisForm:
        if why := refuse(head, source.name):
            raise Unreadable(why) from None
        form, contents = Form(TEXT, lambda *_: True, read_plain), read_plain(source)
    return contents._replace(items=(item._replace(form=form.name) for item in contents.items))


def read_plain(source: Source) -> Contents:
    """Read a file of plain text as one article, code point for code point.

    Raises:
        Unreadable: It is empty, binary or too large.
    """
    raw = source.read()
    text, doubts = decode_text(raw)
    if text is None:
        raise Unreadable(doubts[0].removeprefix("not read: "))
    guessed = re.search(r"read as (\S+),", " ".join(doubts))
    encoding = guessed[1] if guessed else _name_mark(raw)
    return Contents([Item(text, doubts=tuple(doubts))], None, encoding)


def _name_mark(raw: bytes) -> str:
    """The encoding that the first bytes of decoded text name."""
    if raw.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    return "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"


def refuse(head: bytes, name: str) -> str:
    """Why a file that is of no form cannot be plain text either; "" where it may be."""
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        return "empty"
    for pattern, why in _REFUSED:
        if re.match(pattern, head, re.DOTALL | re.IGNORECASE):
            return "protected by a password" if _is_protected(head) else why
    suffix = PurePath(name).suffix.lower()
    return f"a {suffix} file whose content is of no known form" if suffix[1:] in _OTHERS else ""


def _is_protected(head: bytes) -> bool:
    """Whether an Office file or a zip says that it is: in a part's name, in a bit of its head."""
    return _PROTECTED in head or (head.startswith(b"PK\3\4") and bool(head[6:7] and head[6] & 1))


def doubt_suffix(form: str, name: str) -> str:
    """What to say where the suffix of a file disagrees with the form of its content; else ""."""
    suffix = PurePath(name).suffix.lower()
    agreed = _SUFFIXES.get(form.rpartition(" ")[2])
    if agreed is None or not suffix or suffix in agreed.split():
        return ""
    return f"read as {form}, though it is called {suffix}"
