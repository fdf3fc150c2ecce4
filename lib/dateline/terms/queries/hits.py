"""From queries to their hits in tokens, which all counts and lines are made of."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.terms.cells import find_followers, list_words, take_tokens
from dateline.terms.formulas.measures import Array
from dateline.terms.queries.query import Meaning, Place, Reader


class Hits(NamedTuple):
    """Where a query stands, in order; no token is in two of its hits."""

    first: Array  # the row of the first token of each
    size: Array  # its tokens


class Asked(NamedTuple):
    """Some queries as one frame of tokens has them."""

    names: list[str]  # as they are called in tables, each once, in the order asked
    hits: dict[str, Array]  # the first rows of those that are no single term
    missing: list[str]  # those that nothing matches

    def facts(self) -> dict[str, list[str]]:
        """What the method of a result states of them."""
        return {"terms_not_found": self.missing} if self.missing else {}


def ask(tokens: pd.DataFrame, queries: str | Iterable[str], option: str) -> Asked:
    """Find what an option of a function asks for, and warn of what nothing matches.

    A line at 0 must not pass for a finding.

    Args:
        tokens: TOKENS.
        queries: One or more, see `query`.
        option: How the option is called.

    Raises:
        ValueError: One is no query, or a phrase is asked for and the tokens have no places.
    """
    tokens = take_tokens(tokens, "term")
    meanings = read_queries(tokens, queries, option)
    others = [meaning for meaning in meanings if not meaning.is_term()]
    found = zip(others, find_hits(tokens, others), strict=True)
    hits = {meaning.name: own.first for meaning, own in found}
    terms = tokens["term"].cat
    # Terms may be left from rows that are gone.
    held = {
        *terms.categories[np.unique(terms.codes.to_numpy())],
        *(name for name in hits if len(hits[name])),
    }
    names = [meaning.name for meaning in meanings]
    if missing := [name for name in names if name not in held]:
        told = ", ".join(map(repr, missing))
        # The caller of the function that asks is told.
        warnings.warn(f"no token has the term {told}: counted 0 times", stacklevel=3)
    return Asked(names, hits, missing)


def ask_hits(tokens: pd.DataFrame, queries: str | Iterable[str], option: str) -> dict[str, Hits]:
    """The hits of all that an option asks for, by name in the order asked; of some there are none.

    Raises:
        ValueError: See `ask`.
    """
    meanings = read_queries(tokens, queries, option)
    names = [meaning.name for meaning in meanings]
    return dict(zip(names, find_hits(tokens, meanings), strict=True))


def read_queries(tokens: pd.DataFrame, queries: str | Iterable[str], option: str) -> list[Meaning]:
    """What queries stand for, in the order asked; those of one name are one.

    Raises:
        ValueError: One is no query.
    """
    reader = Reader(tokens)
    read = (reader.read(query) for query in list_words(queries, option))
    return list({meaning.name: meaning for meaning in read}.values())


def find_hits(tokens: pd.DataFrame, meanings: list[Meaning]) -> list[Hits]:
    """Find where each of some queries stands.

    Of alternatives that share a token the one that begins first is taken, of those that begin
    together the longest: `river|river treaty` meets “river treaty” once.

    Raises:
        ValueError: A phrase is asked for and the tokens lack a column that tells what follows what.
    """
    is_run = [len(places) > 1 for meaning in meanings for places in meaning.either]
    more = ("article_id", "token_index", "sentence_index") if any(is_run) else ()
    tokens = take_tokens(tokens, *more, "term")
    follows = find_followers(tokens) if more else np.array([], bool)
    names, codes = tokens["term"].cat.categories, tokens["term"].cat.codes.to_numpy()
    found = []
    for meaning in meanings:
        words = [Place("", meaning.list_terms())]
        runs = [words, *(places for places in meaning.either if len(places) > 1)]
        rows = [_find_run(names, codes, follows, places) for places in runs]
        size = np.repeat([len(places) for places in runs], list(map(len, rows)))
        first = np.concatenate(rows)
        kept = part_hits(first, size)
        found.append(Hits(first[kept], size[kept]))
    return found


def _find_run(names: pd.Index, codes: Array, follows: Array, places: list[Place]) -> Array:
    """The first rows of words that follow each other."""
    first = np.array([], int)
    for step, place in enumerate(places):
        own = names.get_indexer(pd.Index(place.terms, dtype=names.dtype))
        if not step:
            # One look at all the codes is most of the cost: of one term it is a comparison.
            is_first = codes == own[0] if len(own) == 1 else _mark(own, len(names))[codes]
            first = np.flatnonzero(is_first)
            continue
        first = first[first + step < len(codes)]
        first = first[follows[first + step]]
        first = first[_mark(own, len(names))[codes[first + step]]]
    return first


def _mark(numbers: Array, size: int) -> Array:
    """Whether each of so many numbers is among some."""
    marked = np.zeros(size, bool)
    marked[numbers] = True
    return marked


def part_hits(first: Array, size: Array) -> Array:
    """The numbers of the hits, in order, that share no token with one before or a longer one."""
    if size.max(initial=1) == 1:
        return np.unique(first, return_index=True)[1]
    order = np.lexsort((-size, first))
    kept, end = [], 0
    rows = zip(order.tolist(), first[order].tolist(), size[order].tolist(), strict=True)
    for number, row, n in rows:
        if row >= end:
            kept.append(number)
            end = row + n
    return np.array(kept, int)
