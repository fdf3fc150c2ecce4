"""From the bytes of a rich text file (RTF) to its text, in time that grows with its length."""

from __future__ import annotations

import codecs
import re

from dateline.read.forms.item import Unreadable

_LONG_FONTS = 100_000  # characters; a list of 200 fonts has half of them


def convert_rtf(marked: str) -> str:
    """The text of a rich text file; "|" ends a cell of a table.

    Args:
        marked: What `decode_rtf` gives.

    Raises:
        Unreadable: No text can be read from it.
    """
    from striprtf.striprtf import rtf_to_text

    # The package writes the address of a link into the text, where no reader sees it, and looks for
    # it in quadratic time: 30,000 links took it three minutes. No name of a group it ignores does.
    marked = marked.replace("\\*\\fldinst", "\\*\\fld")
    if (at := marked.find("\\fonttbl")) >= 0 and _is_long(marked[at : at + _LONG_FONTS]):
        marked = marked.replace("\\fonttbl", "\\filetbl")  # quadratic, too: ignore it
    try:
        text = rtf_to_text(marked, errors="replace")
        # A sign above U+FFFF is written as two halves.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except (
        *(UnicodeError, ValueError, LookupError, OverflowError, TypeError, RecursionError),
    ) as error:
        words = " ".join(str(error).split())[:80]
        raise Unreadable(f"damaged RTF: {words!r}") from error


def _is_long(fonts: str) -> bool:
    """Whether a list of fonts goes on to the end of this piece: its group is not closed in it."""
    depth = 1
    for brace in re.finditer(r"[{}]", fonts):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return False
    return len(fonts) == _LONG_FONTS


def decode_rtf(data: bytes) -> str:
    """Its bytes as text: some writers put raw UTF-8 between the marks; else its own code page."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        stated = re.search(rb"\\ansicpg(\d{3,5})", data[:4096])
    name = f"cp{stated[1].decode()}" if stated else "cp1252"
    try:
        codecs.lookup(name)
    except LookupError:
        name = "cp1252"
    return data.decode(name, errors="replace")
