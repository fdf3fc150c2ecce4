"""From a query to its lines: each place, in context."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from dateline.frames import build_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import check_least, find_articles, find_followers, take_tokens
from dateline.terms.formulas.measures import Array
from dateline.terms.queries.query import make_matcher, split_query
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
        query: A term ("neutrality"), a phrase ("climate talks"), or either with * and ?
            ("neutral*"), folded as the tokens are; a phrase never crosses a sentence.
        tokens: TOKENS of the articles (with `voice` where it is known); None finds them.
        regex: Read the query as a regular expression over the text of counted blocks.
        sort: position (by date, article and place), left (by the words before, nearest first),
            right (by the words after) or keyword.
        width: Characters of context on each side.
        timeout: Seconds that a regular expression may take.

    Returns:
        CONCORDANCE, one row a line; ties in order of position. A term has as many lines as
        `count_terms` counts. Nothing found, no rows.

    Raises:
        ValueError: `query` is empty, is no regular expression, or takes longer than `timeout`;
            `sort` is unknown, `width` or `timeout` is negative, or a column is missing.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.concordance(articles, "port*")[["left", "keyword", "right"]].values.tolist()
        [['The', 'port', 'is shut. The port opens.'], ['The port is shut. The', 'port', 'opens.']]
    """
    if sort not in SORTS:
        raise ValueError(f"sort={sort!r}, expected {', '.join(SORTS)}")
    if not isinstance(query, str) or not query.strip():
        raise ValueError(f"query={query!r}, expected a word, a phrase or a pattern")
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
        hits = _search_text(articles, tokens, article, query, timeout)
    else:
        hits = _search_tokens(tokens, article, query)
    lines = _make_lines(articles, tokens, hits, width, sort)
    note_method(
        lines, tokens, query=query, matched_as="regular expression" if regex else "terms", sort=sort
    )
    return lines


Hit = tuple[int, int, int, int]  # article, start, end, first token


def _search_tokens(tokens: pd.DataFrame, article: Array, query: str) -> Iterator[Hit]:
    vocabulary = tokens["term"].cat.categories
    find_terms = make_matcher(tokens)
    parts = [vocabulary.isin(find_terms(part)) for part in split_query(query, find_terms)]
    codes, follows = tokens["term"].cat.codes.to_numpy(), find_followers(tokens)
    n = len(parts)
    first = np.arange(max(len(codes) - n + 1, 0))
    for step, part in enumerate(parts):
        first = first[part[codes[first + step]]]
        first = first[follows[first + step]] if step else first
    start, end = tokens["start"].to_numpy(), tokens["end"].to_numpy()
    for i in first.tolist():
        yield int(article[i]), int(start[i]), int(end[i + n - 1]), i


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
    articles: pd.DataFrame, tokens: pd.DataFrame, hits: Iterable[Hit], width: int, sort: str
) -> pd.DataFrame:
    known = articles[["article_id", "published_on", "outlet", "text"]].to_dict("records")
    voices = tokens["voice"].astype("str").tolist() if "voice" in tokens else None
    rows = []
    for number, start, end, first in hits:
        text = known[number]["text"]
        spans = ((max(0, start - width), start), (start, end), (end, end + width))
        left, keyword, right = (" ".join(text[s:e].split()) for s, e in spans)
        sides = {"voice": voices and voices[first], "left": left, "keyword": keyword}
        rows.append(known[number] | sides | {"right": right, "start": start, "end": end})
    lines = build_frame("concordance", rows)
    lines = lines.sort_values(["published_on", "article_id", "start"], ignore_index=True)
    if sort != "position":
        words = lines[sort].str.casefold().str.findall(r"\w+")
        order = words.map(lambda own: own[::-1] if sort == "left" else own).tolist()
        lines = lines.take(sorted(range(len(lines)), key=order.__getitem__))
    return lines.reset_index(drop=True)
