"""From a file of any form to its items: what every reader of a form takes and gives."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

HEAD = 65_536  # bytes by which a form is recognised
# A form that is held in memory as one tree (HTML, XML, Word, PDF) may be so large.
MOST_BYTES = 20_000_000


class Unreadable(Exception):
    """Why a file, or an item of it, cannot be read: one sentence that names what did not fit."""


class NotThisForm(Unreadable):
    """The whole file shows that it is another form than its first bytes said: try the next one.

    For forms that share their first bytes, such as everything that is a zip: `fits` says that it
    may be, `read` raises this before it gives any item.
    """


class Part(NamedTuple):
    """A stretch of an item's text whose kind the form itself states; a kind is one of BLOCKS."""

    kind: str
    start: int
    end: int


class Item(NamedTuple):
    """One article as a file holds it, or why it is none.

    `fields` are words as the form states them, by the column of ARTICLES that they are for (title,
    outlet, byline, place, url, language, `date` for the day of publication) or under a name of
    their own (section, page, edition, agency, updated, source_id, n_words_stated, and each further
    column of a table); empty values are left out. `number` is its place in the file, from 1.
    """

    text: str = ""
    fields: Mapping[str, str] = MappingProxyType({})
    parts: tuple[Part, ...] = ()
    number: int = 1
    left_out: str = ""  # why this is no article; "" where it is one
    doubts: tuple[str, ...] = ()  # what is doubtful about it, in words


class Contents(NamedTuple):
    """What a file holds: how many articles it says it has, and its items, one after the other.

    An item that fails is an Item with `left_out`; what fails the whole file raises Unreadable, also
    from `items`, and then the items before it stand.
    """

    items: Iterable[Item]
    n_stated: int | None = None
    encoding: str | None = None


class Source(NamedTuple):
    """A file, or a member of an archive: the name that is shown, and where its bytes are."""

    name: str
    path: Path | None = None
    data: bytes | None = None

    def open(self) -> BinaryIO:
        """Open it for reading, from its first byte."""
        if self.path is None:
            return io.BytesIO(self.data or b"")
        return self.path.open("rb")

    def head(self) -> bytes:
        """The first bytes, by which its form is recognised."""
        with self.open() as file:
            return file.read(HEAD)

    def read(self, most: int = MOST_BYTES) -> bytes:
        """All bytes of it.

        Raises:
            Unreadable: It is larger than `most`.
        """
        with self.open() as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise Unreadable(f"larger than {most // 1_000_000} MB")
        return data


class Form(NamedTuple):
    """A form of file: its name, how it is recognised, and how it is read.

    `fits` gets the first bytes and the name, and says yes only where the bytes show it; the suffix
    breaks ties. `read` gets the source and gives its Contents; it never touches the network.
    """

    name: str
    fits: Callable[[bytes, str], bool]
    read: Callable[[Source], Contents]


def join_parts(parts: Iterable[tuple[str, str]]) -> tuple[str, tuple[Part, ...]]:
    """The text of an item from (kind, words) of each paragraph, and where each stands in it.

    Paragraphs are parted by a blank line; white space at their ends goes, and empty ones too.
    """
    text, placed = "", []
    for kind, words in parts:
        if words := words.strip():
            text += "\n\n" if text else ""
            placed.append(Part(kind, len(text), len(text) + len(words)))
            text += words
    return text, tuple(placed)


def list_fields(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields that have words, in one line each."""
    said = {name: " ".join(str(value).split()) for name, value in fields.items() if value}
    return {name: words for name, words in said.items() if words}


def number_items(items: Iterable[Item]) -> Iterator[Item]:
    """The items with their places in the file, from 1."""
    for number, item in enumerate(items, 1):
        yield item._replace(number=number)
