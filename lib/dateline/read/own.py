"""From an analyst's own table or texts to articles."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dateline.conversion import is_unknown
from dateline.frames import build_frame, check_frame
from dateline.read.corpus import add_clusters
from dateline.read.language import ENGLISH, find_language
from dateline.read.metadata.dates import find_date
from dateline.read.plain.blocks import split_text
from dateline.read.plain.furniture import mark_furniture

# What columns of articles are called elsewhere: in scraped tables (trafilatura, newspaper3k), in
# exports of archives (Factiva, LexisNexis by way of R) and in data sets; compared in small letters.
_CALLED = {
    "article_id": "article_id id doc_id document_id",
    "path": "path file filename file_name",
    "outlet": "outlet source publisher publication newspaper sitename",
    "title": "title headline heading",
    "byline": "byline author authors",
    "place": "place",
    "published_on": "published_on date published published_at pub_date publication_date datetime",
    "url": "url link",
    "date_precision": "date_precision",
    "date_evidence": "date_evidence",
    "language": "language lang",
    "text": "text body content maintext article fulltext full_text",
}
_MEANING = {alias: column for column, aliases in _CALLED.items() for alias in aliases.split()}
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d\S*(?: ?[+-]\d\d:?\d\d)?)?")


def make_articles(source: pd.DataFrame | Iterable[str | Mapping[str, Any]]) -> pd.DataFrame:
    """Make ARTICLES of a table of one's own, or of texts.

    Columns are known in any case and by usual other names (body, headline, source, author, date
    ...). Only what the table says is taken: no title or date is looked for in the text.

    Args:
        source: A frame with a row an article, or a list of such rows as dicts, or of texts. Only
            `text` is needed.

    Returns:
        ARTICLES, in the order given. An article_id that is not given is made from the text, so it
        stays the same across runs; `cluster_id` tells reprints; `language` is found, or en, where
        it is not given. A date that is no certain day, or of which two columns disagree, is NA,
        with its words in `date_evidence`. Further columns are kept as they are. Empty in, empty
        out.

    Raises:
        ValueError: There is no text, a text is not a string, an article_id repeats, or two
            columns may be the same one.

    Example:
        >>> import dateline as dl
        >>> rows = [{"Headline": "Port shut", "Body": "The port is shut.", "Date": "6 Feb 2025"}]
        >>> articles = dl.make_articles(rows)
        >>> articles[["title", "published_on", "text"]].to_dict("records")
        [{'title': 'Port shut', 'published_on': Timestamp('2025-02-06 00:00:00'), \
'text': 'The port is shut.'}]
    """
    given = _read_source(source)
    columns = _find_columns(given)
    rows = given.to_dict("records")
    articles = [_read_row(row, number, columns) for number, row in enumerate(rows)]
    _name_articles(articles)
    layouts = [split_text(row["text"]) for row in articles]
    add_clusters(articles, [layout.body for layout in layouts])
    mark_furniture(articles, layouts)
    made = build_frame("articles", articles)
    used = {column for found in columns.values() for column in found} | {"cluster_id"}
    further = [column for column in given if column not in used]
    return check_frame(made.assign(**{str(c): given[c].array for c in further}), "articles")


def _read_source(source: pd.DataFrame | Iterable[str | Mapping[str, Any]]) -> pd.DataFrame:
    if isinstance(source, pd.DataFrame):
        return source.rename(columns=str)
    if isinstance(source, str | bytes | Mapping) or not isinstance(source, Iterable):
        raise ValueError(f"expected a DataFrame or a list of texts, not {type(source).__name__}")
    rows = [row if isinstance(row, Mapping) else {"text": row} for row in source]
    return pd.DataFrame(rows).rename(columns=str) if rows else pd.DataFrame({"text": []})


def _find_columns(given: pd.DataFrame) -> dict[str, list[str]]:
    """The columns that mean each column of ARTICLES; only a date may be told by several."""
    found: dict[str, list[str]] = {}
    for column in given:
        name = re.sub(r"[\s-]+", "_", str(column).strip().lower())
        if name in _MEANING:
            found.setdefault(_MEANING[name], []).append(str(column))
    for meant, names in found.items():
        exact = [name for name in names if name.strip().lower() == meant]
        if meant != "published_on" and len(exact or names) > 1:
            raise ValueError(f"{' and '.join(map(repr, names))} may both be `{meant}`: rename one")
        if meant != "published_on" and exact:
            found[meant] = exact  # a column of the very name wins; the others are kept beside it
    if "text" not in found:
        there = ", ".join(map(str, given.columns)) or "none"
        raise ValueError(f"no column is called {', '.join(_CALLED['text'].split())}: got {there}")
    return found


def _read_row(row: Mapping[Any, Any], number: int, columns: dict[str, list[str]]) -> dict[str, Any]:
    text = row[columns["text"][0]]
    if not isinstance(text, str):
        raise ValueError(f"the text of row {number} is {text!r}, expected a string")
    article: dict[str, Any] = {}
    for column, names in columns.items():
        if column != "published_on" and (known := _say(row[names[0]])) is not None:
            article[column] = known
    dates = [row[name] for name in columns.get("published_on", ())]
    article.setdefault("language", find_language(text).code or ENGLISH)
    return _read_dates(dates) | article | {"text": text}


def _say(value: object) -> str | None:
    """A value in words: whole numbers without a point, lists of authors with commas."""
    if isinstance(value, list | tuple | np.ndarray):
        return ", ".join(map(str, value)) or None
    if is_unknown(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().removesuffix(" 00:00:00") or None


def _read_dates(values: list[object]) -> dict[str, Any]:
    """The date's columns from one value or several; a day only where all that is known agrees."""
    known = [(words, _read_date(value)) for value in values if (words := _say(value)) is not None]
    if not known:
        return {}
    evidence = {"date_evidence": "; ".join(dict.fromkeys(words for words, _ in known))}
    (day, precision), *others = [date for _, date in known]
    if any(other != (day, precision) for other in others):
        return evidence
    return evidence | {"published_on": day, "date_precision": precision}


def _read_date(value: object) -> tuple[datetime.date | None, str | None]:
    """The day that a value states, and its precision; the time of the day is left out."""
    if isinstance(value, datetime.datetime):  # and so a Timestamp
        return value.date(), "day"
    if isinstance(value, datetime.date):
        return value, "day"
    words = str(value).strip()
    if iso := _ISO.fullmatch(words):
        words = iso[1]
    stated = find_date(words)
    return (None, None) if stated is None else (stated.day, stated.precision)


def _name_articles(articles: list[dict[str, Any]]) -> None:
    """Add article_id where it is missing: from the text, numbered where texts are equal."""
    given = Counter(row["article_id"] for row in articles if "article_id" in row)
    if repeated := [name for name, n in given.items() if n > 1]:
        raise ValueError(f"the article_id {repeated[0]!r} is given {given[repeated[0]]} times")
    seen: Counter = Counter()
    for row in articles:
        if "article_id" not in row:
            name = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()[:12]
            seen[name] += 1
            row["article_id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"
