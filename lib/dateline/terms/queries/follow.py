"""From a list of queries, as a report takes it, to each of them and to who says them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.frames import build_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import find_articles, take_tokens
from dateline.terms.counts import count_terms
from dateline.terms.formulas.intervals import measure_rates
from dateline.terms.queries.hits import ask_hits
from dateline.terms.queries.query import MARKED, REGEX, parse_query
from dateline.terms.tokenise.voice import NARRATOR, UNDECIDED

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


def count_followed(
    tokens: pd.DataFrame, articles: pd.DataFrame, queries: str | Iterable[str]
) -> pd.DataFrame:
    """Count terms that a report follows, those that stand nowhere too.

    Args:
        tokens: TOKENS of these articles, with `voice` where it is known.
        articles: ARTICLES, for `published_on` where it is known.
        queries: One or more terms or other queries (docs/queries.md).

    Returns:
        FOLLOWED, a row a query in the order asked. One that nothing matches has n = 0, and the
        interval of a term that is as frequent as its absence allows.

    Raises:
        ValueError: One is no query, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. Ports open."])
        >>> followed = dl.count_followed(dl.find_tokens(articles), articles, ["port*", "fog"])
        >>> followed[["term", "n", "n_articles"]].values.tolist()
        [['port*', 2, 1], ['fog', 0, 0]]
    """
    hits = ask_hits(tokens, queries, "queries")
    there = [name for name, found in hits.items() if len(found.first)]
    counts = count_terms(tokens, articles, include=there)
    tokens = take_tokens(tokens, "article_id", "term")
    known = take_frame(articles, "articles", "article_id", optional=["published_on"])
    article = find_articles(tokens, known)
    absent = measure_rates(np.array([0]), np.array([len(tokens)]))
    nothing = {"n": 0, "n_articles": 0} | {name: own[0] for name, own in absent.items()}
    counted = {row["term"]: row for row in counts.to_dict("records")}
    rows = []
    for name, found in hits.items():
        days = known["published_on"].take(article[found.first])
        row = counted.get(name, nothing) | {"term": name, "n_tokens": len(tokens)}
        row |= {"first_on": days.min(), "last_on": days.max()}
        if "voice" in tokens:
            spoken = tokens["voice"].take(found.first).astype("str")
            spoken = spoken[spoken != NARRATOR]
            row |= {"n_spoken": len(spoken), "n_speakers": len(set(spoken) - {UNDECIDED})}
        rows.append(row)
    followed = build_frame("followed", rows)
    note_method(followed, counts)
    return followed


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
