"""From a list of queries, as a report takes it, to each of them and to who says them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.terms.queries.hits import ask_hits
from dateline.terms.queries.query import MARKED, REGEX, parse_query

_QUERY = re.compile(rf"(?:{REGEX}|{MARKED}|[^;])+")


def split_queries(queries: str) -> list[str]:
    """Part queries that stand in one line: "treaty; strike*; cost of living".

    Args:
        queries: Queries of docs/queries.md with semicolons between; one inside quotation marks or
            inside a regular expression parts nothing.

    Returns:
        The queries in their order, each once; none for a line without words.

    Raises:
        ValueError: One is no query; the message names it.

    Example:
        >>> import dateline as dl
        >>> dl.split_queries("treaty; strike*; cost of living;")
        ['treaty', 'strike*', 'cost of living']
    """
    if not isinstance(queries, str):
        raise ValueError(f"queries={queries!r}, expected words, with semicolons between")
    listed = [" ".join(found[0].split()) for found in _QUERY.finditer(queries)]
    listed = list(dict.fromkeys(filter(None, listed)))
    for query in listed:
        parse_query(query)
    return listed


def find_sayings(
    voiced: pd.DataFrame, said: pd.DataFrame, queries: str | Iterable[str]
) -> pd.DataFrame:
    """Find the statements that hold a term.

    Args:
        voiced: TOKENS of `add_voice`.
        said: SAID, from which they have their voices.
        queries: One or more terms or other queries (docs/queries.md).

    Returns:
        The rows of SAID, in their order, in whose own content a hit begins; the method says how
        many hits each query has there. Nothing found, no rows.

    Raises:
        ValueError: One is no query, or `voiced` has no `attribution_id`.

    Example:
        >>> import dateline as dl
        >>> text = "“The port is shut,” said Ada Quill. The port opens, Orla Venn said."
        >>> articles = dl.make_articles([text])
        >>> found = dl.find_said(articles)
        >>> voiced = dl.add_voice(dl.find_tokens(articles), found.said, found.attributions)
        >>> dl.find_sayings(voiced, found.said, "shut|close*")["speaker"].tolist()
        ['Ada Quill']
    """
    if "attribution_id" not in voiced:
        raise ValueError("`voiced` lacks the column attribution_id: give what `add_voice` makes")
    said = take_frame(said, "said", "attribution_id")
    hits = ask_hits(voiced, queries, "queries").items()
    speaks = voiced["attribution_id"]
    own = {name: speaks.take(found.first).dropna().astype("str") for name, found in hits}
    held = {attribution for found in own.values() for attribution in found}
    sayings = said[said["attribution_id"].isin(held)].reset_index(drop=True)
    note_method(sayings, voiced, n_hits={name: len(found) for name, found in own.items()})
    return sayings
