"""From a file's bytes to its text, code point for code point, and what is doubtful about it."""

from __future__ import annotations

# Leading bytes that name an encoding. Each is decoded with a codec that keeps the mark as U+FEFF,
# so that offsets fit the file. UTF-32 comes first: its mark begins with UTF-16's.
_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
# Windows-1252 is looked for first: detectors tell it from its neighbours by letters, and in
# English the curly marks are often all there is to go by.
_MARKS_OF_1252 = frozenset("‘’“”–—…•€£°é«»\xa0")
_LEGACY = ["cp1252", "mac_roman", "cp1251", "cp1250", "koi8_r", "gb18030", "shift_jis", "euc_kr"]
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
    text, doubts = _try_decoding(raw, stated), []
    if text is None or "\0" in text:
        encoding = _guess_utf16(raw) if b"\0" in raw else _guess_legacy(raw)
        if encoding is None and b"\0" in raw:
            return None, ["not read: binary (it holds NUL bytes)"]
        doubts = ["not wholly UTF-8: what could not be decoded reads U+FFFD"]
        if encoding:
            doubts = [f"not UTF-8: read as {encoding}, which is a guess"]
        text = raw.decode(encoding or "utf-8", errors="replace")
    if not text.strip("\ufeff \t\r\n"):
        return None, ["not read: empty"]
    if "\ufffd" in text:
        doubts.append(f"{text.count(chr(0xFFFD))} characters are lost (they read U+FFFD)")
    if any(pair in text for pair in _MOJIBAKE):
        doubts.append("looks like UTF-8 that was once decoded as Windows-1252 (â€)")
    return text, doubts


def _is_western(text: str) -> bool:
    """Whether Windows-1252 gives its own marks, and letters inside words that are mostly ASCII.

    A detector that counts letters takes English with a few accented names for Central European,
    and with one for Chinese. What 1252 is wrong for has more of them, or signs that are no letters.
    """
    other = [i for i, character in enumerate(text) if character > "\x7f"]
    letters = [i for i in other if text[i] not in _MARKS_OF_1252]
    if not letters:
        return True
    return len(other) < 0.12 * len(text) and all(_stands_in_word(text, i) for i in letters)


def _stands_in_word(text: str, i: int) -> bool:
    before, letter, after = text[i - 1 : i], text[i], text[i + 1 : i + 2]
    # A capital amid small letters is an apostrophe of Mac Roman: "donÕt".
    amid = letter.isupper() and before.islower()
    return letter.isalpha() and (before.isalpha() or after.isalpha()) and not amid


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


def _guess_legacy(raw: bytes) -> str | None:
    lossy = raw.decode("utf-8", errors="replace")
    if sum(character > "\x7f" for character in lossy) > 2 * lossy.count("\ufffd"):
        return None  # UTF-8 with a few broken bytes, such as a file cut short
    text = _try_decoding(raw, "cp1252")
    if text is not None and _is_western(text):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=_LEGACY).best()
    return best.encoding if best else None
