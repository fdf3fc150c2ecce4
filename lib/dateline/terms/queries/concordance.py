"""From a query to its lines: each place, in context."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import check_least, find_articles, take_tokens
from dateline.terms.formulas.measures import Array
from dateline.terms.queries.hits import find_hits
from dateline.terms.queries.query import Reader
from dateline.terms.tokenise.tokens import find_tokens

SORTS = ("position", "left", "right", "keyword")


def concordance(
    articles: pd.DataFrame,
    query: str,
    *,
    tokens: pd.DataFrame | None = None,
    regex: bool = False,
    sort: str = "position",
    width: int = 60,
    timeout: float = 5.0,
) -> pd.DataFrame:
    """Find the lines of a term, phrase, wildcard or regular expression.

    Args:
        articles: ARTICLES; `published_on` and `outlet` are shown where they are known.
        query: A word ("neutrality"), a phrase ("climate talks"), a wildcard ("neutral*"), `a|b`,
            `/regex/` or a `[set]`, as docs/queries.md says; folded as the tokens are.
        tokens: TOKENS of the articles (with `voice` where it is known); None finds them.
        regex: Read the query as a regular expression over the text of counted blocks, with its
            capitals and signs. No count stands for such lines: those of `/regex/` are counted.
        sort: position (by date, article and place), left (by the words before, nearest first),
            right (by the words after) or keyword.
        width: Characters of context on each side.
        timeout: Seconds that a regular expression may take.

    Returns:
        CONCORDANCE, one row a line; ties in order of position. A query has as many lines as
        `count_terms` counts; the method says how many. Nothing found, no rows.

    Raises:
        ValueError: `query` is no query, no regular expression, or takes longer than `timeout`;
            `sort` is unknown, `width` or `timeout` is negative, or a column is missing.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.concordance(articles, "port*")[["left", "keyword", "right"]].values.tolist()
        [['The', 'port', 'is shut. The port opens.'], ['The port is shut. The', 'port', 'opens.']]
    """
    if sort not in SORTS:
        raise ValueError(f"sort={sort!r}, expected {', '.join(SORTS)}")
    check_least(0, width=width)
    if not isinstance(timeout, int | float) or timeout <= 0:
        raise ValueError(f"timeout={timeout!r}, expected seconds above 0")
    shown = ("published_on", "outlet")
    articles = take_frame(articles, "articles", "article_id", "text", optional=shown)
    tokens = find_tokens(articles) if tokens is None else tokens
    tokens = take_tokens(
        tokens, "article_id", "token_index", "sentence_index", "start", "end", "term"
    )
    article = find_articles(tokens, articles)
    if regex:
        places = np.array(
            list(_search_text(articles, tokens, article, query, timeout)), int
        ).reshape(-1, 4)
    else:
        hits = find_hits(tokens, [Reader(tokens, seconds=timeout).read(query)])[0]
        places = np.column_stack(
            [
                article[hits.first],
                tokens["start"].to_numpy()[hits.first],
                tokens["end"].to_numpy()[hits.first + hits.size - 1],
                hits.first,
            ]
        )
    lines = _sort_lines(_make_lines(articles, tokens, places, width), sort)
    matched_as = "regular expression" if regex else "terms"
    note_method(lines, tokens, query=query, matched_as=matched_as, n_lines=len(lines), sort=sort)
    return lines


Hit = tuple[int, int, int, int]  # article, start, end, first token


def _search_text(
    articles: pd.DataFrame, tokens: pd.DataFrame, article: Array, query: str, timeout: float
) -> Iterator[Hit]:
    import regex

    try:
        pattern = regex.compile(query)
    except regex.error as error:
        raise ValueError(f"query={query!r} is no regular expression: {error}") from error
    keys = (article.astype(np.int64) << 32) + tokens["start"].to_numpy()
    order = np.argsort(keys, kind="stable")
    keys, ends = keys[order], tokens["end"].to_numpy()[order]
    # Of all texts together: a pattern such as (a|aa)+$ takes longer than anyone waits.
    deadline = time.monotonic() + timeout
    for number, text in enumerate(articles["text"]):
        try:
            left = max(deadline - time.monotonic(), 0.001)
            spans = [match.span() for match in pattern.finditer(text, timeout=left)]
        except TimeoutError as error:
            raise ValueError(f"query={query!r} took more than {timeout} s; simplify it") from error
        for start, end in spans:
            # A line belongs to counted text if it touches a counted word.
            place = int(np.searchsorted(keys, (number << 32) + start, side="right")) - 1
            if place < 0 or keys[place] >> 32 != number or ends[place] <= start:
                place += 1
            if end > start and place < len(keys) and keys[place] < (number << 32) + end:
                yield number, start, end, int(order[place])


def _make_lines(
    articles: pd.DataFrame, tokens: pd.DataFrame, places: Array, width: int
) -> pd.DataFrame:
    """CONCORDANCE of hits, a row each, in their order."""
    article, start, end, first = places.T
    known = articles[["article_id", "published_on", "outlet"]].take(article)
    texts = articles["text"].tolist()
    of_line = map(texts.__getitem__, article.tolist())
    spans = list(zip(of_line, start.tolist(), end.tolist(), strict=True))
    columns = {
        "article_id": known["article_id"].array,
        "published_on": known["published_on"].array,
        "outlet": known["outlet"].array,
        "voice": tokens["voice"].take(first).astype("str").array if "voice" in tokens else None,
        "left": [" ".join(text[max(0, s - width) : s].split()) for text, s, _ in spans],
        "keyword": [" ".join(text[s:e].split()) for text, s, e in spans],
        "right": [" ".join(text[e : e + width].split()) for text, _, e in spans],
        "start": start,
        "end": end,
    }
    return make_frame("concordance", columns)


def _sort_lines(lines: pd.DataFrame, sort: str) -> pd.DataFrame:
    lines = lines.sort_values(["published_on", "article_id", "start"], ignore_index=True)
    if sort != "position":
        words = lines[sort].str.casefold().str.findall(r"\w+")
        order = words.map(lambda own: own[::-1] if sort == "left" else own).tolist()
        lines = lines.take(sorted(range(len(lines)), key=order.__getitem__))
    return lines.reset_index(drop=True)
