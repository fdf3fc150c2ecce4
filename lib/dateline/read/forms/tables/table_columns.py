"""From the rows of a table to articles, by columns that are named or known by their names."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dateline.read.forms.item import Item, Unreadable, join_parts, list_fields
from dateline.read.forms.layout import CONTROLS

# Names that exports and data sets give to what we call so, best first; case, spaces and
# underscores do not count. A table that calls its text otherwise must be read with `columns=`.
_NAMES = {
    "text": """text body fulltext articletext articlebody bodytext maintext content contents
        articlecontent textcontent contenttext cleantext article story newstext texts document
        transcript texte texto tekst testo""",
    "title": """title headline articletitle newstitle headlinetext heading hl titles headlines
        titre titel titulo título titolo""",
    "outlet": """outlet outletname newspaper publication publicationname source sourcename
        publisher medianame sourcedomain domain paper newssource site sitename journal medium
        website quelle bron fuente fonte""",
    "date": """date publicationdate publishdate pubdate datepublished datepublish published
        publishedat publishedon publisheddate webpublicationdate datetime day releasedate
        timestamp datum fecha""",
    "byline": """byline author authors authorname writer journalist reporter creator auteur
        autor autore""",
    "url": "url link articleurl weburl permalink href storyurl uri",
    "language": "language lang",
    "place": "place dateline location",
    "section": "section sectionname",
    "updated": "updated updatedat datemodify datemodified modified lastmodified",
    "source_id": """id articleid sourceid guid storyid storiesid docid documentid uuid uid
        accessionnumber identifier""",
}
NAMES = {field: names.split() for field, names in _NAMES.items()}
# Columns of ARTICLES and names of the contract: a table's own column of such a name gets another.
_OURS = {
    *NAMES, "article_id", "path", "published_on", "date_precision", "date_evidence", "cluster_id",
    "form", "item", "page", "edition", "agency", "n_words_stated", "number", "left_out", "fetched",
}  # fmt: skip
_LISTS = "articles results docs items data stories documents hits records rows news"
_HTML = re.compile(r"</(?:p|div|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_ENDS = tuple(".!?…:;。！？」』”’\"')")


class Columns(NamedTuple):
    """Which column of a table is what: by our field, and the names under which others are kept."""

    ours: dict[str, str]
    others: dict[str, str]  # column: field


def fold(name: object) -> str:
    """The letters and digits of a column's name, for comparing it."""
    return re.sub(r"[\W_]+", "", str(name).casefold())


def choose_columns(
    names: Sequence[str], columns: Mapping[str, str] | None = None, *, what: str = "table"
) -> Columns:
    """Choose the columns of a table.

    Args:
        names: Its columns, in order.
        columns: Our field to the column's name, where that is known; the rest is guessed.
        what: What the table is called where it is refused.

    Raises:
        Unreadable: A named column is missing, or none is known as the text.
    """
    by_name = {fold(name): name for name in reversed(names)}
    # A column of a nested record is known by its own name, but after those that are not nested.
    tails = {fold(name.rsplit(".", 1)[-1]): name for name in reversed(names) if "." in name}
    ours = {}
    for field, name in (columns or {}).items():
        if fold(name) not in by_name:
            raise Unreadable(f"the {what} has no column {name!r}, only {_list_names(names)}")
        ours[field] = by_name[fold(name)]
    for field, known in NAMES.items():
        found = [by_name[n] for n in known if n in by_name] + [
            tails[n] for n in known if n in tails
        ]
        free = [name for name in found if name not in ours.values()]
        if field not in ours and free:
            ours[field] = free[0]
    if "text" not in ours:
        raise Unreadable(
            f"no column of the {what} is known as the text: it has {_list_names(names)}"
        )
    return Columns(ours, _name_others(names, ours))


def _list_names(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:20])
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown


def _name_others(names: Sequence[str], ours: Mapping[str, str]) -> dict[str, str]:
    kept, known = set(ours.values()), {*_OURS, *ours}
    others: dict[str, str] = {}
    for place, name in enumerate(names, 1):
        if name in kept:
            continue
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
        field = re.sub(r"\W+", "_", words).strip("_").lower() or f"column_{place}"
        field = f"{field}_column" if field in known else field
        taken = {*known, *others.values()}
        n = next(n for n in itertools.count(1) if (f"{field}_{n}" if n > 1 else field) not in taken)
        others[name] = f"{field}_{n}" if n > 1 else field
    return others


def name_columns(header: list[str]) -> list[str]:
    """The header's names, each once; a column without one is called by its place."""
    names: list[str] = []
    for place, words in enumerate(header, 1):
        name = words.strip().lstrip("\ufeff") or f"column {place}"
        names.append(name if name not in names else f"{name} {place}")
    return names


def pair_cells(row: list[str], names: list[str]) -> dict[str, Any] | Item:
    """The cells of a row by their columns; one with more cells than columns is left out."""
    if len(row) > len(names) and any(row[len(names) :]):
        return Item(left_out=f"the row has {len(row)} cells where the header has {len(names)}")
    return dict(zip(names, row, strict=False))


def read_rows(rows: Iterable[Mapping[str, Any] | Item], columns: Columns) -> Iterator[Item]:
    """Make an item of each row; rows that are items already (bad ones) pass as they are."""
    for number, row in enumerate(rows, 1):
        if isinstance(row, Item):
            yield row._replace(number=number)
        else:
            yield read_row(row, columns)._replace(number=number)


def read_row(row: Mapping[str, Any], columns: Columns) -> Item:
    """Make an item of a row."""
    said = {field: say_cell(row.get(name)) for field, name in columns.ours.items()}
    fields = list_fields(
        {field: say_cell(row.get(name)) for name, field in columns.others.items()} | said
    )
    body = said.pop("text")
    fields.pop("text", None)
    # A key called "article" may hold settings about one, or a list of places in it.
    held = row.get(columns.ours["text"])
    if any(isinstance(value, dict) for value in (held if isinstance(held, list) else [held])):
        return Item(fields=fields, left_out="what is called the text holds none, but more keys")
    if not body.strip():
        return Item(fields=fields, left_out="the row has no text")
    parts = _read_html(body) if _HTML.search(body) else [("body", p) for p in split_text(body)]
    title = fields.get("title", "")
    if parts and fold(parts[0][1]) == fold(title):
        parts = parts[1:]
    if not parts:
        return Item(fields=fields, left_out="the row has no text but its title")
    text, placed = join_parts([("heading", title), *parts])
    return Item(text, fields, placed)


def find_records(value: Any) -> list[Any]:
    """The list of records in a JSON value: itself, or under a name that services give it."""
    for _ in range(3):
        if not isinstance(value, dict):
            break
        inside = {fold(key): key for key in reversed(value) if isinstance(value[key], list | dict)}
        named = [inside[name] for name in _LISTS.split() if name in inside]
        lists = [key for key in named if isinstance(value[key], list)]
        if set(NAMES["text"]) & {fold(key) for key in value if isinstance(value[key], str)}:
            return [value]
        if not (lists or named or "response" in inside):
            return [value]
        value = value[(lists or named or [inside.get("response", "")])[0]]
    return value if isinstance(value, list) else [value]


def flatten_record(row: dict[str, Any]) -> dict[str, Any]:
    """A record whose inner records are columns of their own, called fields.body and so on."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict) and value:
            flat |= {f"{key}.{inner}": said for inner, said in value.items()}
        else:
            flat[key] = value
    return flat


def say_cell(value: Any) -> str:
    """The words of a cell: days without a midnight, whole numbers without a point."""
    if value is None or value != value:  # a missing number is not equal to itself
        return ""
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
        return "; ".join(map(str, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return str(value)


def split_text(text: str) -> list[str]:
    """Paragraphs of a cell: parted by blank lines, and where there are none, by ends of lines.

    A line that does not end as a sentence does was broken to fit a width, and is joined.
    """
    blank = re.search(r"\n\s*\n", text)
    paragraphs, open_ = [], ""
    for line in text.splitlines():
        words = " ".join(line.split())
        if open_ and (not words or (not blank and open_.endswith(_ENDS))):
            paragraphs.append(open_)
            open_ = ""
        open_ = f"{open_} {words}".strip()
    return [*paragraphs, open_] if open_ else paragraphs


def _read_html(text: str) -> list[tuple[str, str]]:
    """Paragraphs of a cell that holds HTML."""
    from lxml import html

    try:
        tree = html.fromstring(f"<div>{text.translate(CONTROLS)}</div>")
    except ValueError:  # an encoding declared in it
        return [("body", p) for p in split_text(text)]
    for element in tree.iter("script", "style"):
        element.text = None
    for element in tree.iter("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"):
        # A character that is written as a number may be one that no tree takes.
        element.tail = f"\n\n{(element.tail or '').translate(CONTROLS)}"
        element.text = f"\n\n{(element.text or '').translate(CONTROLS)}"
    return [("body", p) for p in split_text(tree.text_content())]
