"""From offsets to passages: quotations and lines as they stand in the articles; all escaped."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from dateline.conversion import is_unknown
from dateline.frames import fit_frame, take_frame
from dateline.read.plain.blocks import split_text
from dateline.show.speaker_tables import SPREAD, SPREAD_OVER, spread_speakers
from dateline.show.table import STYLE, Html, anchor_of, count_of, say, say_value, show_table
from dateline.terms import concordance
from dateline.terms.queries.hits import read_queries
from dateline.words import find_sentences

_LONGEST = 1500  # characters of a passage; a longer one is cut, its offsets still say how long
_CONTEXT = 34  # characters beside a term: more would not fit the width of a page
_FACTS = ("title", "outlet", "published_on", "path")  # of an article, in the order they are said
_QUOTED = (
    *("published_on", "kind", "content", "cue_spans", "source_spans"),
    *("n_words", "score", "start", "end"),
)
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
        articles: ARTICLES.
        top_n: Speakers to show, most quoted first; then what is undecided, then what has no one.
        most: Quotations of each to show: direct before mixed before indirect, long before short.
        folded: Quotations of each to fold away below these, in the same order.

    Returns:
        Blockquotes under a heading for each speaker, then the list of their articles; a sentence
        where nothing is attributed.

    Raises:
        ValueError: A frame lacks a column, or an article of `said` is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> _, speakers, said, _ = dl.find_said(articles)
        >>> dl.show_quotations(said, speakers, articles)
        1 attribution of 1 group
    """
    said = take_frame(said, "said", *SPREAD, *_QUOTED)
    speakers = take_frame(speakers, "speakers", *SPREAD_OVER)
    articles = take_frame(articles, "articles", "article_id", "text", optional=_FACTS)
    if said.empty:
        return say("Nothing is attributed to anyone.")
    ordered = said.assign(order=said["kind"].map(_KINDS))
    ordered = ordered.sort_values(["order", "n_words"], ascending=[True, False], kind="stable")
    shelf = {str(article["article_id"]): article for article in articles.to_dict("records")}
    if unknown := sorted(set(said["article_id"]) - set(shelf)):
        raise ValueError(f"`articles` lacks the article {unknown[0]!r} of `said`")

    def show(rows: pd.DataFrame) -> str:
        rows = rows.sort_values(["published_on", "article_id", "start"], kind="stable")
        return "".join(_show_quotation(row, shelf) for row in rows.to_dict("records"))

    page, cited = STYLE, set[str]()
    for name, rows in (groups := _group_by_speaker(ordered, speakers, top_n)):
        page += f"<h3>{escape(name)}</h3>{show(rows[:most])}"
        more, rest = rows[most : most + folded], len(rows) - most - folded
        if len(more):
            only = f"; {rest:,} in the table “said” only" if rest > 0 else ""
            page += f"<details><summary>{len(more)} more{only}</summary>{show(more)}</details>"
        cited |= set(rows[: most + folded]["article_id"])
    page += _list_articles(articles, cited)
    return Html(page, f"{count_of(len(said), 'attribution')} of {count_of(len(groups), 'group')}")


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


def _show_quotation(row: Mapping[Any, Any], shelf: Mapping[str, Mapping[Any, Any]]) -> str:
    article = shelf[row["article_id"]]
    flat = split_text(article["text"]).flat
    spans = [Span(*flat.to_flat(start, end), tag) for start, end, tag in _find_spans(row)]
    passage = mark_passage(flat.text, spans)
    is_open = not isinstance(row["speaker_id"], str) and row["speaker_candidates"]
    names = f"{' or '.join(row['speaker_candidates'])}? " if is_open else ""
    title = article["title"] if isinstance(article["title"], str) else row["article_id"]
    kind = f"{row['kind'].capitalize()}; " if isinstance(row["kind"], str) else ""
    return (
        f'<blockquote><p>{passage}</p><p class="note">'
        f'<a href="#{anchor_of("article_id", row["article_id"])}">{escape(title)}</a>'
        f"{escape(_say_known('', article['outlet'], article['published_on']))}. {escape(names)}"
        f"{kind}characters {row['start']:,} to {row['end']:,}; "
        f"probability {say_value('score', row['score'])}.</p></blockquote>"
    )


def _find_spans(row: Mapping[Any, Any]) -> Iterator[Span]:
    for column, tag in (("content", "mark"), ("cue_spans", "i"), ("source_spans", "b")):
        yield from (Span(start, end, tag) for start, end in row[column])


def _say_known(*values: object) -> str:
    return ", ".join(say_value("", value) for value in values if not is_unknown(value))


def _list_articles(articles: pd.DataFrame, cited: set[str]) -> str:
    """The articles that passages come from, each at the place that their links lead to."""
    listed = articles[articles["article_id"].isin(cited)]
    listed = listed.sort_values(["published_on", "article_id"])
    lines = [
        f'<li id="{anchor_of("article_id", row["article_id"])}">'
        f"{escape(_say_known(*(row[fact] for fact in _FACTS)) or row['article_id'])}</li>"
        for row in listed.to_dict("records")
    ]
    return f'<h3>Articles quoted here</h3><ul class="note">{"".join(lines)}</ul>'


def show_concordance(lines: pd.DataFrame, *, top_n: int = 100) -> Html:
    """Show the first lines of a concordance, with the keywords under each other.

    Args:
        lines: CONCORDANCE.
        top_n: Lines to show.

    Returns:
        A table; a sentence where nothing was found.

    Raises:
        ValueError: A column that is shown is missing.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> dl.show_concordance(dl.concordance(articles, "port")).plain.splitlines()[0]
        '2 lines'
    """
    columns = "article_id published_on outlet voice left keyword right"
    many = "lines" if len(lines) > 1 else "line"
    caption = f"{len(lines):,} {many}" if len(lines) else "Lines"
    return show_table(lines, columns, caption=caption, top_n=top_n)


def show_lines(
    tokens: pd.DataFrame, articles: pd.DataFrame, terms: str | Iterable[str], *, most: int = 5
) -> Html:
    """Show lines of each term, with the term in the middle, and who speaks.

    Args:
        tokens: TOKENS of these articles, with `voice` where it is known.
        articles: ARTICLES.
        terms: One or more terms or other queries (see `count_terms`).
        most: Lines of each term: at even steps from the first article to the last.

    Returns:
        A table, the lines of a term at `anchor_of("term", term)`, then the terms that stand
        nowhere and the list of the articles; a sentence where no term occurs.

    Raises:
        ValueError: A frame lacks a column, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut."])
        >>> dl.show_lines(dl.find_tokens(articles), articles, "port")
        Lines of each term
        left keyword     right voice published_on
         The    port is shut.   NaN          NaT
    """
    tokens = take_frame(tokens, "tokens")
    articles = take_frame(articles, "articles", "article_id", "text", optional=_FACTS)
    found = {
        name: concordance(articles, name, tokens=tokens)
        for name in (meaning.name for meaning in read_queries(tokens, terms, "terms"))
    }
    spread = [_spread(own.assign(term=name), most) for name, own in found.items()]
    lines = pd.concat(spread, ignore_index=True) if found else pd.DataFrame()
    missing = say(" ".join(f"“{name}” stands nowhere." for name in found if found[name].empty))
    if lines.empty:
        return missing if found else say("There are no terms, and so no lines.")
    # Cut between words; the word that is cut through goes.
    before = [_cut_left(words) for words in lines["left"]]
    after = [_cut_left(words[::-1])[::-1] for words in lines["right"]]
    table = show_table(
        lines.assign(left=before, right=after),
        "left keyword right voice published_on",
        caption="Lines of each term",
        top_n=most,
        by="term",
        links={"published_on": "article_id"},
    )
    cited = set(lines.groupby("term").head(most)["article_id"])
    told = (missing.html, f"\n{missing.plain}") if missing.plain else ("", "")
    listed = _list_articles(articles, cited)
    return Html(f"{table.html}{told[0]}{listed}", f"{table.plain}{told[1]}")


def _cut_left(words: str) -> str:
    """The last words of some, as many as fit beside a term."""
    return words if len(words) <= _CONTEXT else words[-_CONTEXT:].partition(" ")[2]


def _spread(lines: pd.DataFrame, most: int) -> pd.DataFrame:
    """Put so many lines, at even steps from the first to the last, before the others."""
    is_other = lines.index % max(1, -(-len(lines) // most)) > 0
    return lines.iloc[is_other.argsort(kind="stable")]


def find_unsaid(
    quotations: pd.DataFrame, said: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """List what stands in quotation marks but is attributed to no one.

    That is right for terms, titles and nicknames; speech in the list is what was missed.

    Args:
        quotations: QUOTATIONS.
        said: SAID (or ATTRIBUTIONS); a quotation that shares a letter with one's content is said.
        articles: ARTICLES.

    Returns:
        UNSAID, most frequent first, ties by text.

    Raises:
        ValueError: A frame lacks a column, or a quotation's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. “The Wait” began."])
        >>> said = dl.find_said(articles).said
        >>> unsaid = dl.find_unsaid(dl.find_quotations(articles), said, articles)
        >>> unsaid[["text", "function", "n"]].to_dict("records")
        [{'text': 'The Wait', 'function': 'title', 'n': 1}]
    """
    quotations = take_frame(quotations, "quotations", "article_id", "start", "end", "function")
    said = take_frame(said, "said", "article_id", "content")
    articles = take_frame(articles, "articles", "article_id", "text")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    if unknown := sorted(set(quotations["article_id"]) - set(texts)):
        raise ValueError(f"`articles` lacks the article {unknown[0]!r} of `quotations`")
    contents = said.groupby("article_id")["content"].agg("sum").to_dict()
    unsaid = [
        (" ".join(texts[row["article_id"]][row["start"] : row["end"]].split()), row)
        for row in quotations.to_dict("records")
        if not any(
            s < row["end"] and row["start"] < e for s, e in contents.get(row["article_id"], [])
        )
    ]
    rows = [(words, row["function"], row["article_id"]) for words, row in unsaid]
    listed = pd.DataFrame(rows, columns=["text", "function", "article_id"], dtype="str")
    counts = (
        listed.groupby(["text", "function"])["article_id"]
        .agg(n="size", n_articles="nunique", article_id="min")
        .reset_index()
        .sort_values("n", ascending=False, kind="stable", ignore_index=True)
    )
    return fit_frame(counts, "unsaid")
