"""From a file's bytes to its text, code point for code point, and what is doubtful about it."""

from __future__ import annotations

from dateline.read.guess import guess_encoding

# Leading bytes that name an encoding. Each is decoded with a codec that keeps the mark as U+FEFF,
# so that offsets fit the file. UTF-32 comes first: its mark begins with UTF-16's.
_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
# Signs of two ASCII letters each, after one of these.
_ESCAPES = {b"\x1b$B": "iso2022_jp_2", b"\x1b$@": "iso2022_jp_2", b"\x1b$)C": "iso2022_kr"}
# UTF-8 that somebody once decoded as Windows-1252 and saved again.
_MOJIBAKE = ("â€™", "â€œ", "â€“", "â€”", "Ã©")


def decode_text(raw: bytes) -> tuple[str | None, list[str]]:
    """Decode a file.

    Args:
        raw: All bytes of the file.

    Returns:
        The text, or None where there is none; and in words what is wrong or doubtful.
    """
    stated = next((encoding for mark, encoding in _MARKS.items() if raw.startswith(mark)), "utf-8")
    stated = next((encoding for mark, encoding in _ESCAPES.items() if mark in raw), stated)
    text, doubts = _try_decoding(raw, stated), []
    if text is not None and stated in _ESCAPES.values():
        doubts = [f"not UTF-8: read as {stated}, which is a guess"]
    if text is None or "\0" in text:
        encoding, doubt = _guess(raw)
        if encoding is None and b"\0" in raw:
            return None, ["not read: binary (it holds NUL bytes)"]
        doubts = [doubt]
        text = raw.decode(encoding or "utf-8", errors="replace")
    if not text.replace("\ufeff", "").strip():
        return None, ["not read: empty"]
    if "\ufffd" in text:
        doubts.append(f"{text.count(chr(0xFFFD))} characters are lost (they read U+FFFD)")
    if any(pair in text for pair in _MOJIBAKE):
        doubts.append("looks like UTF-8 that was once decoded as Windows-1252 (â€)")
    return text, doubts


def _guess(raw: bytes) -> tuple[str | None, str]:
    """The encoding of bytes that are no UTF-8, and in words what is doubtful about it."""
    if b"\0" in raw:
        encoding = _guess_utf16(raw)
        return encoding, f"not UTF-8: read as {encoding}, which is a guess"
    lossy = raw.decode("utf-8", errors="replace")
    # With more sound characters than broken ones it is UTF-8, such as of a file cut short.
    is_utf8 = sum(character > "\x7f" for character in lossy) > 2 * lossy.count("\ufffd")
    guess = None if is_utf8 else guess_encoding(raw)
    if guess is None:
        return None, "not wholly UTF-8: what could not be decoded reads U+FFFD"
    return guess.encoding, guess.doubt


def _try_decoding(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guess_utf16(raw: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a NUL in nearly every other place, and on one side only."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if max(even, odd) < 0.35 * len(raw) or min(even, odd) > 0.02 * len(raw):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
