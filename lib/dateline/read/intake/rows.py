"""From an item of a file to the article that it is: its columns, its blocks, its doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dateline.frames import SCHEMAS
from dateline.read.forms.item import Item, Part
from dateline.read.forms.recognise import TEXT
from dateline.read.metadata.dates import find_field_date
from dateline.read.metadata.stated import read_metadata
from dateline.read.metadata.statement import Statement
from dateline.read.plain.blocks import BLOCK_KINDS, Block, Layout, split_text

_OURS = frozenset(SCHEMAS["articles"].columns)
_TAKEN = ("title", "outlet", "byline", "place", "url", "language")
_STATED = (*_TAKEN, "date")


class Row(NamedTuple):
    """An article: some columns of ARTICLES, what it states of others, further columns, its layout.

    `doubts` are in words.
    """

    columns: dict[str, object]
    statements: list[Statement]
    further: dict[str, str]
    layout: Layout
    doubts: list[str]


def make_row(item: Item, form: str | None) -> Row:
    """Make an article of an item that is one.

    Plain text is searched for what it states. Of any other form only the fields are believed; where
    one is missing, the dateline that the text opens with may state place, agency and day.

    Args:
        item: An item that is not left out.
        form: The form of its file.
    """
    form = item.form or form
    parts = tuple(
        part if part.kind in BLOCK_KINDS else part._replace(kind="body") for part in item.parts
    )
    layout = split_text(item.text, parts)
    if form == TEXT:
        statements, doubts = read_metadata(layout.blocks)
        further = {}
    else:
        statements, doubts = _read_fields(item, layout.blocks)
        further = name_further({k: v for k, v in item.fields.items() if k not in _STATED})
    columns = {"form": form, "item": item.number, "parts": list(map(write_part, parts))}
    return Row({**columns, "text": item.text}, statements, further, layout, doubts)


def _read_fields(item: Item, blocks: Iterable[Block]) -> tuple[list[Statement], list[str]]:
    """What the form's fields state, and behind them the dateline."""
    fields = [
        Statement(name, words, words, "form") for name in _TAKEN if (words := item.fields.get(name))
    ]
    changed = find_field_date(item.fields.get("updated", ""))
    if changed:
        fields.append(Statement("updated_on", changed.value, changed.words, "form"))
    filed, _ = read_metadata([block for block in blocks if block.kind == "dateline"])
    words = item.fields.get("date")
    if not words:
        return fields + filed, []
    stated = find_field_date(words)
    # What the form says of the day is all that counts, even where it is no date.
    filed = [one for one in filed if one.column != "published_on"]
    if stated is None:
        evidence = Statement("date_evidence", "", words, "form")
        return [*fields, evidence, *filed], [f"no date: {words[:80]!r}"]
    fields.append(Statement("published_on", stated.value, stated.words, "form"))
    return fields + filed, [stated.doubt] if stated.doubt else []


def name_further(fields: Mapping[str, str]) -> dict[str, str]:
    """What else is stated, under names that are not ours."""
    further: dict[str, str] = {}
    for name, words in fields.items():
        column = re.sub(r"\W+", "_", name.strip().lower()).strip("_") or "column"
        while column in _OURS or column in further:
            column += "_stated"
        further[column] = words
    return further


def write_part(part: Part) -> str:
    """A part as `articles.parts` holds it."""
    return f"{part.kind} {part.start} {part.end}"
