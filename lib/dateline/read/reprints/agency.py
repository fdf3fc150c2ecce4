"""From the places of an article where agencies sign to the agency that its text is from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dateline.read.plain.datelines import find_dateline
from dateline.wordlists import read_table

# The kinds of blocks that say whose text an article is; a credit says whose picture.
SIGNED = ("dateline", "byline", "trailer", "header")
# What stands around a sign inside of text, where "the Alliance Party (AP)" is no agency: at a
# paragraph's start it follows a place and a dash follows it, at its end nothing does.
_OPENING = r"^[^\n.!?]{{0,60}}\(({signs})\)\s*[-–—_]"
_CLOSING = r"(?:[.!?”\"’']\s*\(({signs})\)|[-–—/]\s?({signs})/?)[.\s]*$"


@cache
def _list_signs() -> dict[str, str]:
    """The agency by each of its signs, its own name included."""
    rows = read_table("agencies.tsv")
    return {
        sign: row["agency"] for row in rows for sign in (row["agency"], *row["signs"].split("|"))
    }


@cache
def _compile_signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A sign anywhere in a line that signs, and where signs stand inside of text."""
    signs = "|".join(map(re.escape, sorted(_list_signs(), key=len, reverse=True)))
    inside = "|".join(each.format(signs=signs) for each in (_OPENING, _CLOSING))
    return re.compile(rf"(?<!\w)({signs})(?!\w)"), re.compile(inside, re.MULTILINE)


def find_agency(signed: Iterable[str], paragraphs: Iterable[str] = ()) -> str | None:
    """Find the agency that some text is signed with.

    Args:
        signed: The lines of an article that say whose text it is, each of a kind in SIGNED.
        paragraphs: Paragraphs of text, in which an agency signs at the start or the end only.

    Returns:
        Its name in our list, or the words between brackets of a dateline; of several the first,
        of paragraphs before other lines. None where there is none.
    """
    anywhere, inside = _compile_signs()
    for paragraph in paragraphs:
        if found := inside.search(paragraph):
            return _list_signs()[next(filter(None, found.groups()))]
    stated = None
    for line in signed:
        if found := anywhere.search(line):
            return _list_signs()[found[1]]
        dateline = find_dateline(f"{line} ")  # a block has no space behind its dash
        if stated is None and dateline:
            stated = dateline.fields.get("outlet")
    return stated
