"""From mail (one message, or a box of them) to the articles and newsletters in it."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

from dateline.read.encoding import decode_text
from dateline.read.forms.agencies.markup import Parts, read_markup
from dateline.read.forms.item import (
    HEAD,
    MOST_BYTES,
    Contents,
    Form,
    Item,
    Source,
    join_parts,
    list_fields,
    number_items,
)
from dateline.read.forms.layout import clean, lay_out_text
from dateline.read.forms.web.page import decode_page, is_latin, read_page
from dateline.read.plain import stock
from dateline.read.plain.shapes import has_given_name

_TELLING = frozenset(["from", "date", "subject", "mime-version", "message-id", "received"])
_FIELD = re.compile(rb"([A-Za-z][\w-]{1,60}):")
_BOX = b"From "
# A line of text may begin with "From", too: what parts messages goes on with a sender and a day.
_PARTS_BOX = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b")
_PREFIX = re.compile(r"^(?:\s*(?:fwd?|fw|re|wg|aw|tr|rv)\s*:)+\s*", re.IGNORECASE)
# Above this line writes whoever sent the text on; below it stand the fields of the mail itself.
_FORWARDED = re.compile(
    r"^[> ]*(?:-{2,} ?(?:forwarded message|original message|weitergeleitete nachricht"
    r"|urspr.ngliche nachricht|message transf.r.|message d.origine|doorgestuurd bericht"
    r"|mensaje reenviado|messaggio inoltrato) ?-*|begin forwarded message:?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = {
    "from": "from von de van da",
    "date": "date sent datum gesendet envoyé fecha data verzonden enviado inviato",
    "subject": "subject betreff objet onderwerp asunto oggetto",
    "": "to cc bcc an à para aan a reply-to kopie",
}
_NAMED = {word: role for role, words in _NAMES.items() for word in words.split()}
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_UNCODED = re.compile(r"=\?[\w-]{1,40}\?[qQ]\?([^?\n]*[^\x00-\x7f][^?\n]*)\?=")
_WAY_OUT = re.compile(r"\bunsubscribe\b|\bsigned up for\b|\bsubscribed to\b", re.IGNORECASE)
_DEEPEST = 3
_FEW_WORDS = 20


class _Letter(NamedTuple):
    """What a message holds: its texts, decoded, and the names of what is attached."""

    pages: list[str]
    texts: list[str]
    attached: list[str]
    inner: list[Message]
    doubts: list[str]


def _fits(head: bytes, name: str) -> bool:
    """Whether it begins with the fields of a message, up to an empty line."""
    text = head.lstrip()
    if text.startswith(_BOX):
        text = text.partition(b"\n")[2]
    found = set()
    for line in text.splitlines():
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        if not (match := _FIELD.match(line)):
            return False
        found.add(match[1].decode("ascii").lower())
    return len(found & _TELLING) >= 2


def _read(source: Source) -> Contents:
    """Read a message or a box; of the fields, those of whoever received it are not read."""
    if source.head().lstrip().startswith(_BOX):
        return Contents(number_items(_read_box(source)))
    items = list(_read_message(source.read().lstrip()))
    return Contents(number_items(items), len(items))


def _read_box(source: Source) -> Iterator[Item]:
    """Read the messages of a box one after the other: it may be of any size."""
    lines: list[bytes] = []
    size, before = 0, b"\n"
    with source.open() as file:
        while line := file.readline(HEAD):
            if _PARTS_BOX.match(line) and not before.strip():
                if size:
                    yield from _read_boxed(lines, size)
                lines, size = [], 0
            else:
                size += len(line)
                if size <= MOST_BYTES:
                    lines.append(line)
            before = line
    if size:
        yield from _read_boxed(lines, size)


def _read_boxed(lines: list[bytes], size: int) -> Iterator[Item]:
    if size > MOST_BYTES:
        yield Item(left_out=f"a message larger than {MOST_BYTES // 1_000_000} MB")
    else:
        yield from _read_message(b"".join(lines))


def _read_message(data: bytes) -> Iterator[Item]:
    try:
        message = email.message_from_bytes(data, policy=policy.compat32)
    except (ValueError, LookupError, RecursionError, IndexError) as error:
        yield Item(left_out=f"damaged message: {clean(str(error))[:80]}")
        return
    waiting = [(message, 0)]
    while waiting:
        message, depth = waiting.pop(0)
        letter = _open(message)
        yield _make_item(message, letter)
        for name in letter.attached:
            reason = f"an attachment ({name}): save it as a file to have it read"
            yield Item(fields={"attachment": name}, left_out=reason)
        if depth < _DEEPEST:
            waiting += [(inner, depth + 1) for inner in letter.inner]


def _open(message: Message) -> _Letter:
    """Take a message apart; messages inside of it, as some programs forward, are their own."""
    letter = _Letter([], [], [], [], [])
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and part is not message and isinstance(payload, list):
            letter.inner.extend(inner for inner in payload if isinstance(inner, Message))
        elif isinstance(payload, list):
            waiting[:0] = [inner for inner in payload if isinstance(inner, Message)]
        else:
            _sort_part(part, kind, letter)
    return letter


def _sort_part(part: Message, kind: str, letter: _Letter) -> None:
    try:
        data = part.get_payload(decode=True)
        name = _decode_words(part.get_filename() or "")
        is_attached = str(part.get("content-disposition", "")).lower().startswith("attachment")
        charset = str(part.get_content_charset("") or "")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        letter.doubts.append(f"a part is damaged: {clean(str(error))[:60]}")
        return
    data = data if isinstance(data, bytes) else b""
    if kind == "text/html" and not is_attached:
        markup, _, doubts = decode_page(data, charset)
        letter.pages.append(markup)
        letter.doubts.extend(doubts)
    elif kind == "text/plain" and not is_attached:
        letter.texts.append(_lay_out_flowed(part, _decode(data, charset, letter.doubts)))
    # Pictures of a newsletter's layout are no attachments to speak of.
    elif name and (is_attached or not kind.startswith("image/")):
        letter.attached.append(name)


def _decode(data: bytes, charset: str, doubts: list[str]) -> str:
    """Decode a text part: what is UTF-8 is read so, whatever is stated."""
    # Letters with accents that stand alone among plain ones are of the one that most mail has.
    for encoding in ("utf-8", charset, "cp1252" if is_latin(data) else ""):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    text, unsure = decode_text(data)
    doubts.extend(unsure if text else [])
    return text or ""


def _lay_out_flowed(part: Message, text: str) -> str:
    """Join the lines that end in a space where the message says that they flow (RFC 3676)."""
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "") or "").lower() != "flowed":
        return text
    joins = "" if str(part.get_param("delsp", "") or "").lower() == "yes" else " "
    lines, is_open = [""], False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        flows = line.endswith(" ") and line != "-- "
        words = line[:-1] + joins if flows else line
        if is_open:
            lines[-1] += words
        else:
            lines.append(words)
        is_open = flows
    # Each line is a paragraph now.
    return "\n\n".join(line for line in lines if line.strip())


def _find_field(message: Message, name: str) -> str:
    """A field as it stands: its bytes above ASCII are what they are, coded or not."""
    for found, value in message.raw_items():
        if found.lower() == name:
            return _decode_words(str(value))
    return ""


def _decode_words(raw: str) -> str:
    """A field in its letters; one that is coded wrongly stays as it is."""
    data = raw.encode("utf-8", "surrogateescape")
    try:
        raw = data.decode()
    except UnicodeDecodeError:
        raw = data.decode("cp1252", "replace")
    # A coded word that holds letters of its own was never coded.
    raw = _UNCODED.sub(lambda match: match[1].replace("_", " "), raw)
    try:
        return clean(str(make_header(decode_header(raw))))
    except (ValueError, LookupError, UnicodeError):
        return clean(raw)


def _make_item(message: Message, letter: _Letter) -> Item:
    fields = {
        "title": _PREFIX.sub("", _find_field(message, "subject")),
        "sender": _name_sender(_find_field(message, "from")),
        "date": _find_field(message, "date"),
        "source_id": _find_field(message, "list-id"),
    }
    parts, doubts = _read_texts(letter, fields)
    if _is_newsletter(message, parts) and not has_given_name(fields["sender"]):
        fields["outlet"] = fields["sender"]  # a person's letter has no outlet
    fields = list_fields(fields)
    if not any(kind == "body" for kind, _ in parts):
        return Item(fields=fields, left_out="no text", doubts=doubts)
    text, placed = join_parts([("heading", fields.get("title", "")), *parts])
    return Item(text, fields, placed, 1, "", doubts)


def _is_newsletter(message: Message, parts: Parts) -> bool:
    """Whether a message was sent to many: it has a way out of the list."""
    ends = (words for kind, words in parts if kind == "trailer")
    return bool(message.get("List-Unsubscribe")) or any(map(_WAY_OUT.search, ends))


def _name_sender(words: str) -> str:
    """The name of a sender without the address."""
    name, address = parseaddr(words)
    return "" if "@" in name or name == address else clean(name)


def _read_texts(letter: _Letter, fields: dict[str, str]) -> tuple[Parts, tuple[str, ...]]:
    """The paragraphs of a message: of the two that say the same the page, if it loses nothing."""
    text = "\n\n".join(letter.texts)
    whole = [part for page in letter.pages for part in read_markup(page).parts]
    plain = text if text.strip() else "\n\n".join(words for _, words in whole)
    doubts = tuple(letter.doubts)
    if match := _FORWARDED.search(plain):
        n = len(plain[: match.start()].split())
        above = (f"forwarded: {n} words above the message that was sent on",) if n else ()
        return _read_plain(_open_forwarded(plain[match.end() :], fields)), doubts + above
    if letter.pages:
        parts = [part for page in letter.pages for part in _read_mail_page(page)]
        n = len(" ".join(words for _, words in parts).split())
        if n >= _FEW_WORDS and n * 2 >= len(plain.split()):
            return parts, doubts
        if not text.strip():
            return [part for part in whole if part[1]], doubts
    return _read_plain(plain), doubts


def _read_mail_page(markup: str) -> Parts:
    """The article of a page, without the title that the page gives itself: the subject is it."""
    item = read_page(markup)
    title = clean(item.fields.get("title", ""))
    parts = [(part.kind, item.text[part.start : part.end]) for part in item.parts]
    return parts[1:] if parts and title and clean(parts[0][1]) == title else parts


def _open_forwarded(text: str, fields: dict[str, str]) -> str:
    """Take the fields of the message that was sent on; who sent it on goes, and who got it."""
    fields["sender"] = fields["date"] = ""
    lines = _unquote(text).strip().split("\n")
    at = 0
    for at, line in enumerate(lines):
        name, colon, value = line.strip(" *").partition(":")
        role = _NAMED.get(name.strip(" *").lower()) if colon else None
        if role is None and line.strip() and not (line.startswith((" ", "\t")) and at):
            break
        value = value.strip(" *")
        if role == "subject":
            fields["title"] = _PREFIX.sub("", value) or fields["title"]
        elif role == "from":
            fields["sender"] = _name_sender(value)
        elif role:
            fields[role] = value
    return "\n".join(lines[at:])


def _unquote(text: str) -> str:
    """Take away the marks of a mail that was sent on, where most lines have them."""
    lines = [line for line in text.split("\n") if line.strip()]
    marked = sum(line.startswith(">") for line in lines)
    return _QUOTED.sub("", text) if marked * 2 > len(lines) else text


def _read_plain(text: str) -> Parts:
    body, _, signature = _unquote(text).partition("\n-- \n")
    parts = _type_lines([line.text for line in lay_out_text(body)]) if body.strip() else []
    signed = clean(signature)
    return [*parts, ("trailer", signed)] if signed else parts


def _type_lines(lines: list[str]) -> Parts:
    """Body, but for what a newsletter has above it and below: “View in browser”, “Unsubscribe”."""
    first, last = 0, len(lines)
    while first < last and stock.is_control(lines[first]):
        first += 1
    while last > first + 1 and _closes(lines[last - 1]):
        last -= 1
    kinds = ["header"] * first + ["body"] * (last - first) + ["trailer"] * (len(lines) - last)
    return list(zip(kinds, lines, strict=True))


def _closes(line: str) -> bool:
    return stock.read_trailer(line) is not None or stock.is_control(line)


FORMS: tuple[Form, ...] = (Form("mail", _fits, _read),)
