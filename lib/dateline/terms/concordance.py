"""From a query to its lines: each place where a word, phrase or pattern stands, in context."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from html import escape

import numpy as np
import pandas as pd

from dateline.frames import SCHEMAS, build_frame, check_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import find_articles
from dateline.terms.folding import find_folding, fold_word, make_stemmer
from dateline.terms.sentences import find_followers
from dateline.terms.tokenise import WORD, find_tokens

WILDCARDS = set("*?")
SORTS = ("position", "left", "right", "keyword")
MOST_SHOWN = 100
_FACTS = ("article", "date", "outlet", "voice")
_ALIGNED = {"left": "right", "keyword": "center", "right": "left"}


class Lines(pd.DataFrame):
    """CONCORDANCE that a notebook shows with the keywords under each other."""

    @property
    def _constructor(self) -> type[Lines]:
        return Lines

    def _repr_html_(self) -> str:
        if not set(SCHEMAS["concordance"].columns) <= set(self.columns):
            return super()._repr_html_()
        heads = "".join(f'<th scope="col">{name}</th>' for name in (*_FACTS, *_ALIGNED))
        rows = "".join(_show_line(line) for line in self.head(MOST_SHOWN).itertuples())
        rest = len(self) - MOST_SHOWN
        return (
            f"<table><caption>{len(self):,} line{'s' * (len(self) != 1)}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
            + (f"<p>{rest:,} more lines</p>" if rest > 0 else "")
        )


def _show_line(line: tuple) -> str:
    day = line.published_on if pd.isna(line.published_on) else f"{line.published_on:%Y-%m-%d}"
    facts = (line.article_id, day, line.outlet, line.voice)
    cells = [("left", "" if pd.isna(fact) else str(fact)) for fact in facts]
    cells += [(align, getattr(line, name)) for name, align in _ALIGNED.items()]
    # <bdi> keeps a right-to-left mark in an article from turning the rest of the line.
    shown = (f'<td style="text-align:{a}"><bdi>{escape(words)}</bdi></td>' for a, words in cells)
    return f"<tr>{''.join(shown)}</tr>"


def show_concordance(lines: pd.DataFrame, *, limit: int = 100) -> Lines:
    """The first lines of a CONCORDANCE, as a notebook shows them.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.show_concordance(dl.concordance(articles, "port"), limit=1)["keyword"].tolist()
        ['port']
    """
    return Lines(lines.head(limit))


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

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.concordance(articles, "port*")[["left", "keyword", "right"]].values.tolist()
        [['The', 'port', 'is shut. The port opens.'], ['The port is shut. The', 'port', 'opens.']]
    """
    if sort not in SORTS:
        raise ValueError(f"sort={sort!r}, expected {', '.join(SORTS)}")
    if not query.strip():
        raise ValueError(f"query={query!r}, expected a word, a phrase or a pattern")
    tokens = find_tokens(articles) if tokens is None else take_frame(tokens, "tokens")
    known = {"optional": ["published_on", "outlet"]}
    articles = take_frame(articles, "articles", "article_id", "text", **known)
    article = find_articles(tokens, articles)
    if regex:
        hits = _search_text(articles, tokens, article, query, timeout)
    else:
        hits = _search_tokens(tokens, article, query)
    lines = _make_lines(articles, tokens, hits, width, sort)
    note_method(
        lines, tokens, query=query, matched_as="regular expression" if regex else "terms", sort=sort
    )
    return check_frame(lines, "concordance")


Hit = tuple[int, int, int, int]  # article, start, end, first token


def _search_tokens(tokens: pd.DataFrame, article: np.ndarray, query: str) -> Iterator[Hit]:
    vocabulary = tokens["term"].cat.categories
    find_terms = _make_matcher(tokens, set(vocabulary))
    parts = [vocabulary.isin(find_terms(part)) for part in _split_query(query, find_terms)]
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
    stem = make_stemmer() if tokens.attrs.get("method", {}).get("stems") else str

    def find_terms(word: str) -> set[str]:
        folded = fold_word(word, folding)
        for form in (word, folded, stem(folded)):
            if form in vocabulary:
                return {form}
        fits = re.compile(translate(folded.replace("[", "[[]"))).match
        return {term for term in vocabulary if fits(term)} if set(word) & WILDCARDS else set()

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
    articles: pd.DataFrame, tokens: pd.DataFrame, hits: Iterable[Hit], width: int, sort: str
) -> pd.DataFrame:
    known = articles[["article_id", "published_on", "outlet", "text"]].to_dict("records")
    rows = []
    for number, start, end, first in hits:
        text = known[number]["text"]
        spans = ((max(0, start - width), start), (start, end), (end, end + width))
        left, keyword, right = (" ".join(text[s:e].split()) for s, e in spans)
        voice = tokens["voice"].iloc[first] if "voice" in tokens else None
        sides = {"voice": voice, "left": left, "keyword": keyword, "right": right}
        rows.append(known[number] | sides | {"start": start, "end": end})
    lines = build_frame("concordance", rows)
    lines = lines.sort_values(["published_on", "article_id", "start"], ignore_index=True)
    if sort != "position":
        words = lines[sort].str.casefold().str.findall(r"\w+")
        order = words.map(lambda own: own[::-1] if sort == "left" else own).tolist()
        lines = lines.take(sorted(range(len(lines)), key=order.__getitem__))
    return Lines(lines.reset_index(drop=True))
