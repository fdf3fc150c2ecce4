"""From offsets to passages: quotations and lines as they stand in the articles; all escaped."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from dateline.read.blocks import split_text
from dateline.show.speaker_tables import spread_speakers
from dateline.show.table import STYLE, Html, anchor_of, say, say_value, show_table
from dateline.terms import concordance
from dateline.words import find_sentences

_LONGEST = 1500  # characters of a passage; a longer one is cut, its offsets still say how long
_CONTEXT = 34  # characters beside a term: more would not fit the width of a page
_KINDS = {"direct": 0, "mixed": 1, "indirect": 2}


class Span(NamedTuple):
    """A stretch of a text, and the HTML element that marks it."""

    start: int
    end: int
    tag: str


def mark_passage(text: str, spans: list[Span]) -> str:
    """The sentences of a text that hold the spans, as HTML in which each span is marked.

    Args:
        text: An article's flat text.
        spans: One or more stretches of it; they may overlap.
    """
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    begins = [*find_sentences(text), len(text)]
    start = begins[bisect.bisect_right(begins, low, hi=len(begins) - 1) - 1]
    end = begins[bisect.bisect_left(begins, high)]
    cut = min(end, start + _LONGEST)
    edges = {start, cut, *(edge for span in spans for edge in span[:2] if start < edge < cut)}
    passage = ""
    for left, right in pairwise(sorted(edges)):
        tags = sorted({span.tag for span in spans if span.start <= left < span.end})
        opened, closed = (f"<{tag}>" for tag in tags), (f"</{tag}>" for tag in reversed(tags))
        passage += "".join([*opened, escape(text[left:right]), *closed])
    return passage.strip() + (" …" if cut < end else "")


def show_quotations(
    said: pd.DataFrame,
    speakers: pd.DataFrame,
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    top_n: int = 12,
    most: int = 6,
    folded: int = 24,
) -> Html:
    """Show what speakers said, in its sentences, grouped by speaker.

    Args:
        said: SAID.
        speakers: SPEAKERS.
        attributions: ATTRIBUTIONS, for the places of contents, cues and sources.
        articles: ARTICLES.
        top_n: Speakers to show, most quoted first; then what is undecided, then what has no one.
        most: Quotations of each to show: direct before mixed before indirect, long before short.
        folded: Quotations of each to fold away below these, in the same order.

    Returns:
        Blockquotes under a heading for each speaker, then the list of their articles; a sentence
        where nothing is attributed.
    """
    if said.empty:
        return say("Nothing is attributed to anyone.")
    ordered = said.assign(order=said["kind"].map(_KINDS))
    ordered = ordered.sort_values(["order", "n_words"], ascending=[True, False], kind="stable")
    found, shelf = attributions.set_index("attribution_id"), articles.set_index("article_id")

    def show(rows: pd.DataFrame) -> str:
        rows = rows.sort_values(["published_on", "article_id", "start"], kind="stable")
        return "".join(_show_quotation(row, found, shelf) for row in rows.itertuples())

    page, cited = STYLE, set()
    for name, rows in (groups := _group_by_speaker(ordered, speakers, top_n)):
        page += f"<h3>{escape(name)}</h3>{show(rows[:most])}"
        more, rest = rows[most : most + folded], len(rows) - most - folded
        if len(more):
            only = f"; {rest:,} in the table “said” only" if rest > 0 else ""
            page += f"<details><summary>{len(more)} more{only}</summary>{show(more)}</details>"
        cited |= set(rows[: most + folded]["article_id"])
    page += _list_articles(articles, cited)
    return Html(page, f"{len(said):,} attributions of {len(groups):,} groups")


def _group_by_speaker(
    said: pd.DataFrame, speakers: pd.DataFrame, top_n: int
) -> list[tuple[str, pd.DataFrame]]:
    """The passages of the most quoted, then what is undecided, then what leads to no one."""
    voiced = spread_speakers(said, speakers)
    by_speaker = voiced[voiced["is_decided"]].groupby("speaker")
    largest = by_speaker.size().sort_values(ascending=False, kind="stable").index[:top_n]
    is_unnamed, has_candidates = said["speaker_id"].isna(), said["speaker_candidates"].str.len() > 0
    groups = [(name, by_speaker.get_group(name)) for name in largest]
    groups.append(("Undecided between several speakers", said[is_unnamed & has_candidates]))
    groups.append(("Without a speaker", said[is_unnamed & ~has_candidates]))
    return [(name, rows) for name, rows in groups if len(rows)]


def _show_quotation(row: tuple, found: pd.DataFrame, shelf: pd.DataFrame) -> str:
    article = shelf.loc[row.article_id]
    flat = split_text(article["text"]).flat
    spans = [
        Span(*flat.to_flat(start, end), tag)
        for start, end, tag in _find_spans(found.loc[row.attribution_id])
    ]
    passage = mark_passage(flat.text, spans)
    is_open = pd.isna(row.speaker_id) and row.speaker_candidates
    names = f"{' or '.join(row.speaker_candidates)}? " if is_open else ""
    title = row.article_id if pd.isna(article["title"]) else article["title"]
    return (
        f'<blockquote><p>{passage}</p><p class="note">'
        f'<a href="#{anchor_of("article_id", row.article_id)}">{escape(title)}</a>'
        f"{escape(_say_known('', article['outlet'], article['published_on']))}. {escape(names)}"
        f"{row.kind.capitalize()}; characters {row.start:,} to {row.end:,}; "
        f"probability {row.score:.2f}.</p></blockquote>"
    )


def _find_spans(attribution: pd.Series) -> Iterator[Span]:
    yield from (Span(start, end, "mark") for start, end in attribution["content"])
    for name, tag in (("cue", "i"), ("source", "b")):
        if pd.notna(attribution[f"{name}_start"]):
            yield Span(int(attribution[f"{name}_start"]), int(attribution[f"{name}_end"]), tag)


def _say_known(*values: object) -> str:
    return ", ".join(say_value("", value) for value in values if pd.notna(value))


def _list_articles(articles: pd.DataFrame, cited: set[str]) -> str:
    """The articles that passages come from, each at the place that their links lead to."""
    listed = articles[articles["article_id"].isin(cited)]
    lines = [
        f'<li id="{anchor_of("article_id", row.article_id)}">'
        f"{escape(_say_known(row.title, row.outlet, row.published_on, row.path))}</li>"
        for row in listed.sort_values(["published_on", "article_id"]).itertuples()
    ]
    return f'<h3>Articles quoted here</h3><ul class="note">{"".join(lines)}</ul>'


def show_lines(
    articles: pd.DataFrame, terms: Iterable[str], *, tokens: pd.DataFrame, most: int = 5
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
    found = [
        _spread(concordance(articles, term, tokens=tokens).assign(term=term), most)
        for term in terms
    ]
    if not found:
        return say("There are no terms, and so no lines.")
    lines = pd.concat(found, ignore_index=True)
    # Cut between words; the word that is cut through goes.
    before = lines["left"].str[-_CONTEXT:].str.partition(" ")[2]
    after = lines["right"].str[:_CONTEXT].str.rpartition(" ")[0]
    table = show_table(
        lines.assign(left=before, right=after),
        "left keyword right voice published_on",
        caption="Lines of the most frequent terms",
        top_n=most,
        under="term",
        links={"published_on": "article_id"},
    )
    cited = set(lines.groupby("term").head(most)["article_id"])
    return Html(table.html + _list_articles(articles, cited), table.plain)


def _spread(lines: pd.DataFrame, most: int) -> pd.DataFrame:
    """Put so many lines, at even steps from the first to the last, before the others."""
    is_other = lines.index % max(1, -(-len(lines) // most)) > 0
    return lines.iloc[is_other.argsort(kind="stable")]


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
    unsaid = [
        (" ".join(texts[row.article_id][row.start : row.end].split()), row.function, row.article_id)
        for row in quotations.itertuples()
        if not any(s < row.end and row.start < e for s, e in said.get(row.article_id, []))
    ]
    listed = pd.DataFrame(unsaid, columns=["text", "function", "article_id"], dtype="str")
    counts = listed.groupby(["text", "function"])["article_id"].agg(["size", "nunique", "min"])
    counts.columns = ["n", "n_articles", "article_id"]
    return counts.reset_index().sort_values("n", ascending=False, kind="stable", ignore_index=True)
