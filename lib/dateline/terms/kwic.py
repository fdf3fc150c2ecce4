"""From a query to its lines: each place where a word, phrase or pattern stands, in context."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from fnmatch import translate
from html import escape

import numpy as np
import pandas as pd

from dateline.frames import build_frame, check_frame
from dateline.terms.cells import find_articles
from dateline.terms.folding import find_folding, fold_word
from dateline.terms.method import note_method
from dateline.terms.sentences import find_followers
from dateline.terms.tokenise import WORD, find_tokens

WILDCARDS = set("*?")
SORTS = ("position", "left", "right", "keyword")


class Html(str):
    """Markup that a notebook shows."""

    def _repr_html_(self) -> str:
        return str(self)


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
        articles: ARTICLES.
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
            or `sort` is unknown.
    """
    if sort not in SORTS:
        raise ValueError(f"sort={sort!r}, expected {', '.join(SORTS)}")
    if not query.strip():
        raise ValueError(f"query={query!r}, expected a word, a phrase or a pattern")
    tokens = find_tokens(articles) if tokens is None else check_frame(tokens, "tokens")
    article = find_articles(tokens, articles)
    if regex:
        hits = list(_search_text(articles, tokens, article, query, timeout))
    else:
        hits = list(_search_tokens(tokens, article, query))
    lines = _make_lines(articles, tokens, hits, width)
    lines = _sort_lines(lines, sort)
    note_method(
        lines, tokens, query=query, matched_as="regular expression" if regex else "terms", sort=sort
    )
    return check_frame(lines, "concordance")


def show_concordance(lines: pd.DataFrame, *, limit: int = 100) -> Html:
    """Draw lines with their keywords under each other.

    Args:
        lines: CONCORDANCE.
        limit: Draw the first so many lines; the rest is counted below.

    Returns:
        HTML without scripts; all text of articles is escaped.
    """
    rows = "".join(_show_line(line) for line in lines.head(limit).itertuples())
    rest = f"<p>{len(lines) - limit:,} more lines</p>" if len(lines) > limit else ""
    names = ("article", "date", "outlet", "voice")
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    return Html(
        '<table class="concordance" style="width:100%;border-collapse:collapse">'
        f"<caption>{len(lines):,} line{'s' * (len(lines) != 1)}</caption><thead><tr>{heads}"
        '<th scope="col" style="text-align:right">before</th>'
        '<th scope="col" style="text-align:center">keyword</th>'
        '<th scope="col" style="text-align:left">after</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{rest}"
    )


def _show_line(line: object) -> str:
    day = "" if pd.isna(line.published_on) else f"{line.published_on:%Y-%m-%d}"
    cells = [line.article_id, day, line.outlet, line.voice]
    # <bdi> keeps a right-to-left mark in an article from turning the rest of the line.
    plain = "".join(f"<td><bdi>{'' if pd.isna(c) else escape(str(c))}</bdi></td>" for c in cells)
    return (
        f"<tr>{plain}"
        f'<td style="text-align:right"><bdi>{escape(line.left)}</bdi></td>'
        f'<td style="text-align:center;white-space:nowrap"><b><bdi>{escape(line.keyword)}</bdi></b>'
        f'</td><td style="text-align:left"><bdi>{escape(line.right)}</bdi></td></tr>'
    )


Hit = tuple[int, int, int, int]  # article, start, end, first token


def _search_tokens(tokens: pd.DataFrame, article: np.ndarray, query: str) -> Iterator[Hit]:
    vocabulary = list(tokens["term"].cat.categories)
    find_terms = _make_matcher(tokens, set(vocabulary))
    parts = [
        np.array([term in found for term in vocabulary], bool)
        for found in map(find_terms, _split_query(query, find_terms))
    ]
    n, codes = len(parts), tokens["term"].cat.codes.to_numpy()
    if not vocabulary or not n:
        return
    first = np.flatnonzero(parts[0][codes[: len(codes) - n + 1]])
    follows = find_followers(tokens)
    for step in range(1, n):
        first = first[parts[step][codes[first + step]] & follows[first + step]]
    start, end = tokens["start"].to_numpy(), tokens["end"].to_numpy()
    for i in first.tolist():
        yield int(article[i]), int(start[i]), int(end[i + n - 1]), i


def _search_text(
    articles: pd.DataFrame, tokens: pd.DataFrame, article: np.ndarray, query: str, timeout: float
) -> Iterator[Hit]:
    import regex

    try:
        pattern = regex.compile(query)
    except regex.error as error:
        raise ValueError(f"query={query!r} is no regular expression: {error}") from error
    keys = (article.astype(np.int64) << 32) + tokens["start"].to_numpy()
    order = np.argsort(keys, kind="stable")
    keys, ends = keys[order], tokens["end"].to_numpy()[order]
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


def _make_matcher(tokens: pd.DataFrame, vocabulary: set[str]) -> Callable[[str], set[str]]:
    """A function from a word of a query to the terms that it stands for."""
    folding = find_folding(tokens)
    forms = [lambda word: word, lambda word: fold_word(word, folding)]
    if tokens.attrs.get("method", {}).get("stems"):
        from nltk.stem.snowball import SnowballStemmer

        forms.append(lambda word: SnowballStemmer("english").stem(fold_word(word, folding)))

    def find_terms(word: str) -> set[str]:
        found = next(({form(word)} for form in forms if form(word) in vocabulary), set())
        if not found and set(word) & WILDCARDS:
            fits = re.compile(translate(fold_word(word, folding).replace("[", "[[]"))).match
            found = {term for term in vocabulary if fits(term)}
        return found

    return find_terms


def _split_query(query: str, find_terms: Callable[[str], set[str]]) -> list[str]:
    """The terms of a query: a phrase that is one term stays whole, and so does a wildcard."""
    words, terms = [], []
    for part in query.split():
        whole = set(part) & WILDCARDS or find_terms(part)
        words += [part] if whole else re.findall(WORD, part) or [part]
    while words:
        sizes = range(len(words), 1, -1)
        n = next((n for n in sizes if len(find_terms(" ".join(words[:n]))) == 1), 1)
        terms.append(" ".join(words[:n]))
        words = words[n:]
    return terms


def _make_lines(
    articles: pd.DataFrame, tokens: pd.DataFrame, hits: list[Hit], width: int
) -> pd.DataFrame:
    known = articles[["article_id", "published_on", "outlet", "text"]].to_dict("records")
    voices = tokens["voice"].tolist() if "voice" in tokens else None
    rows = []
    for number, start, end, first in hits:
        article = known[number]
        text = article["text"]
        rows.append(
            {
                **article,
                "voice": voices[first] if voices else None,
                "left": _flatten(text[max(0, start - width) : start]),
                "keyword": _flatten(text[start:end]),
                "right": _flatten(text[end : end + width]),
                "start": start,
                "end": end,
            }
        )
    return build_frame("concordance", rows)


def _flatten(text: str) -> str:
    return " ".join(text.split())


def _sort_lines(lines: pd.DataFrame, sort: str) -> pd.DataFrame:
    keys = {
        "left": lambda row: [word.casefold() for word in reversed(re.findall(r"\w+", row.left))],
        "right": lambda row: [word.casefold() for word in re.findall(r"\w+", row.right)],
        "keyword": lambda row: row.keyword.casefold(),
        "position": lambda row: 0,
    }
    placed = lines.sort_values(["published_on", "article_id", "start"], kind="stable")
    rows = list(placed.itertuples(index=False))
    order = sorted(range(len(rows)), key=lambda i: keys[sort](rows[i]))
    return placed.iloc[order].reset_index(drop=True)
