"""From offsets to passages: quotations and lines as they stand in the articles; all escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from dateline.read import find_blocks
from dateline.tables.show import STYLE, Html, anchor_of, say_value
from dateline.tables.speakers import spread_speakers
from dateline.terms import concordance

_LONGEST = 1500  # characters of a passage; a longer one is cut, its offsets still say how long
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|\n")
_STYLE = STYLE + (
    "<style>blockquote mark{background:#ffe9a8;color:#1f2328}"
    "blockquote p{margin:.2rem 0}.dateline.lines td{padding-right:.4rem}"
    ".dateline.lines td:nth-child(2){font-weight:600;white-space:nowrap}"
    ".dateline.lines{font-size:.78rem}.dateline.lines td:nth-child(-n+3){white-space:nowrap}"
    "table.dateline.lines :is(td,th[scope=col]):first-child{text-align:right}</style>"
)
_CONTEXT = 34  # characters beside a term: more would not fit the width of a page
_BY_DAY = ["published_on", "article_id", "start"]
_UNDECIDED, _NO_SPEAKER = "Undecided between several speakers", "Without a speaker"


class Span(NamedTuple):
    """A stretch of a text, and the HTML element that marks it."""

    start: int
    end: int
    tag: str


def mark_passage(text: str, spans: list[Span], *, block_starts: Iterable[int] = ()) -> str:
    """The sentences of a text that hold the spans, as HTML in which each span is marked.

    Args:
        text: An article's text.
        spans: One or more stretches of it; they may overlap.
        block_starts: Where sentences begin at the latest, whatever stands before.
    """
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, low)]
    start = max([0, *ends, *(place for place in block_starts if place <= low)])
    found = _SENTENCE_END.search(text, max(high - 2, 0))
    end = max(high, found.end() if found else len(text))
    cut = min(end, start + _LONGEST)
    edges = {start, cut, *(edge for span in spans for edge in span[:2] if start < edge < cut)}
    pieces, ordered = [], sorted(edges)
    for left, right in pairwise(ordered):
        piece = escape(text[left:right])
        for tag in sorted({span.tag for span in spans if span.start <= left < span.end}):
            piece = f"<{tag}>{piece}</{tag}>"
        pieces.append(piece)
    return "".join(pieces).strip() + (" …" if cut < end else "")


def show_quotations(
    said: pd.DataFrame,
    speakers: pd.DataFrame,
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    top_n: int = 12,
    most: int = 6,
) -> Html:
    """Show what speakers said, in its sentences, grouped by speaker.

    Args:
        said: SAID.
        speakers: SPEAKERS.
        attributions: ATTRIBUTIONS, for the places of contents, cues and sources.
        articles: ARTICLES.
        top_n: Speakers to show, most quoted first; then what is undecided, then what has no one.
        most: Quotations of each to show: direct before mixed before indirect, long before short.

    Returns:
        Blockquotes under a heading for each speaker, then the list of their articles; a sentence
        where nothing is attributed.
    """
    if said.empty:
        return Html("<p>Nothing is attributed to anyone.</p>", "Nothing is attributed to anyone.")
    ordered = said.assign(order=said["kind"].map({"direct": 0, "mixed": 1, "indirect": 2}))
    ordered = ordered.sort_values(["order", "n_words"], ascending=[True, False], kind="stable")
    found = attributions.set_index("attribution_id")
    starts = find_blocks(articles).groupby("article_id")["start"].agg(list)
    shelf = articles.set_index("article_id").assign(block_starts=starts)
    parts, cited = [], set()
    for name, rows in (groups := _group_by_speaker(ordered, speakers, top_n)):
        shown = f" <small>({most} of {len(rows):,})</small>" if most < len(rows) else ""
        parts.append(f"<h3>{escape(name)}{shown}</h3>")
        chosen = rows.head(most).sort_values(_BY_DAY, kind="stable")
        parts += [_show_quotation(row, found, shelf) for row in chosen.itertuples()]
        cited |= set(chosen["article_id"])
    parts.append(list_articles(articles, cited))
    return Html(_STYLE + "".join(parts), f"{len(said):,} attributions of {len(groups):,} groups")


def _group_by_speaker(
    said: pd.DataFrame, speakers: pd.DataFrame, top_n: int
) -> list[tuple[str, pd.DataFrame]]:
    voiced = spread_speakers(said, speakers)
    decided = voiced[voiced["is_decided"]]
    sizes = decided.groupby("speaker_id").size().sort_values(ascending=False, kind="stable")
    groups = [decided[decided["speaker_id"] == key] for key in sizes.index[:top_n]]
    named = [(rows["speaker"].iloc[0], rows) for rows in groups]
    unnamed = said[said["speaker_id"].isna()]
    has_candidates = unnamed["speaker_candidates"].str.len().gt(0)
    rest = [(_UNDECIDED, unnamed[has_candidates]), (_NO_SPEAKER, unnamed[~has_candidates])]
    return named + [(name, rows) for name, rows in rest if len(rows)]


def _show_quotation(row: tuple, found: pd.DataFrame, shelf: pd.DataFrame) -> str:
    article = shelf.loc[row.article_id]
    spans = list(_find_spans(found.loc[row.attribution_id]))
    passage = mark_passage(article["text"], spans, block_starts=article["block_starts"])
    facts = [
        row.kind.capitalize(),
        f"characters {row.start:,} to {row.end:,}",
        f"probability {row.score:.2f}",
    ]
    if pd.isna(row.speaker_id) and row.speaker_candidates:
        facts[0] = f"{' or '.join(row.speaker_candidates)}? {facts[0]}"
    return (
        f'<blockquote><p>{passage}</p><p class="note">{_link_article(row.article_id, article)}. '
        f"{escape('; '.join(facts))}.</p></blockquote>"
    )


def _find_spans(attribution: pd.Series) -> Iterator[Span]:
    yield from (Span(start, end, "mark") for start, end in attribution["content"])
    for name, tag in (("cue", "i"), ("source", "b")):
        if pd.notna(attribution[f"{name}_start"]):
            yield Span(int(attribution[f"{name}_start"]), int(attribution[f"{name}_end"]), tag)


def _link_article(article_id: str, article: pd.Series) -> str:
    title = _find_title(article_id, article["title"])
    origin = _say_known(article["outlet"], article["published_on"])
    link = f'<a href="#{anchor_of("article", article_id)}">{escape(title)}</a>'
    return f"{link}, {escape(origin)}" if origin else link


def _find_title(article_id: str, title: object) -> str:
    return article_id if pd.isna(title) else str(title)


def _say_known(*values: object) -> str:
    return ", ".join(say_value("", value) for value in values if pd.notna(value))


def list_articles(articles: pd.DataFrame, cited: set[str]) -> str:
    """The articles that passages come from, each at the place that their links lead to."""
    listed = articles[articles["article_id"].isin(cited)]
    listed = listed.sort_values(["published_on", "article_id"], kind="stable")
    lines = "".join(
        f'<li id="{anchor_of("article", row.article_id)}">'
        f"{escape(_say_known(row.title, row.outlet, row.published_on, row.path))}</li>"
        for row in listed.itertuples()
    )
    return f'<h3>Articles quoted here</h3><ul class="note">{lines}</ul>'


def show_lines(
    articles: pd.DataFrame,
    terms: Iterable[str],
    *,
    tokens: pd.DataFrame,
    most: int = 5,
) -> Html:
    """Show lines of each term, with the term in the middle, and who speaks.

    Args:
        articles: ARTICLES.
        terms: Terms of `tokens`.
        tokens: TOKENS, with `voice` where it is known.
        most: Lines of each term: at even steps from the first article to the last.

    Returns:
        A table, the lines of a term at `anchor_of("term", term)`, then the list of the articles.
    """
    shelf = articles.set_index("article_id")
    parts, cited = [], set()
    for term in terms:
        lines = concordance(articles, term, tokens=tokens)
        chosen = lines.iloc[:: max(1, -(-len(lines) // most))]
        cited |= set(chosen["article_id"])
        rows = "".join(_show_line(line, shelf) for line in chosen.itertuples())
        parts.append(
            f'<tbody><tr id="{anchor_of("term", term)}"><th scope="rowgroup" colspan="5">'
            f"{escape(term)} ({len(chosen)} of {len(lines):,})</th></tr>{rows}</tbody>"
        )
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Before", "Term", "After", "Voice", "Article")
    )
    table = f'<table class="dateline lines"><thead><tr>{head}</tr></thead>{"".join(parts)}</table>'
    return Html(
        f'{_STYLE}<div class="scroll">{table}</div>{list_articles(articles, cited)}',
        f"lines of {len(parts)} terms",
    )


def _show_line(line: tuple, shelf: pd.DataFrame) -> str:
    day = say_value("", shelf.loc[line.article_id, "published_on"]).replace("–", "undated")
    link = f'<a href="#{anchor_of("article", line.article_id)}">{day}</a>'
    # Cut between words; the word that is cut through goes.
    before = line.left[-_CONTEXT:].partition(" ")[2]
    after = line.right[:_CONTEXT].rpartition(" ")[0]
    cells = [before, line.keyword, after, say_value("", line.voice)]
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}<td>{link}</td></tr>"


def find_unsaid(
    quotations: pd.DataFrame, attributions: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """List what stands in quotation marks but is attributed to no one.

    That is right for terms, titles and nicknames; speech in the list is what was missed.

    Args:
        quotations: QUOTATIONS.
        attributions: ATTRIBUTIONS; a quotation that shares a letter with one's content is said.
        articles: ARTICLES.

    Returns:
        A row for each text and function: n times, n_articles and article_id of the first. Most
        frequent first, ties by text.
    """
    texts = articles.set_index("article_id")["text"]
    said = attributions.groupby("article_id")["content"].agg("sum").to_dict()
    rows = [
        {
            "text": " ".join(texts[quotation.article_id][quotation.start : quotation.end].split()),
            "function": quotation.function,
            "article_id": quotation.article_id,
        }
        for quotation in quotations.itertuples()
        if not any(
            start < quotation.end and quotation.start < end
            for start, end in said.get(quotation.article_id, [])
        )
    ]
    unsaid = pd.DataFrame(rows, columns=["text", "function", "article_id"], dtype="str")
    counts = unsaid.groupby(["text", "function"], sort=True).agg(
        n=("article_id", "size"),
        n_articles=("article_id", "nunique"),
        article_id=("article_id", "min"),
    )
    return counts.reset_index().sort_values("n", ascending=False, kind="stable", ignore_index=True)
