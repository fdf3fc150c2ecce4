"""From trends and tokens to figures of when and where terms are used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.show.drawing import (
    BLUE,
    FAINT,
    MUTED,
    RATE,
    RATES,
    Drawing,
    draw_ticks,
    finish,
    name_leaders,
    name_rows,
    open_panels,
    open_sheet,
    shorten,
    show_dates,
)
from dateline.show.table import count_of
from dateline.terms.queries.hits import find_hits, read_queries

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_trend(trends: pd.DataFrame, *, top_n: int = 6) -> Drawing:
    """Draw how often terms are used over time: a line a term, gaps left open.

    Args:
        trends: TRENDS of one group.
        top_n: How many terms to show, in the order of the frame.

    Returns:
        The figure; a sentence where fewer than two periods have a date.

    Raises:
        ValueError: `trends` lacks a column, or has several groups.

    Example:
        >>> import dateline as dl
        >>> days = ["2025-01-07", "2025-02-06"]
        >>> rows = [{"text": "Port " * 9, "date": day} for day in days]
        >>> articles = dl.make_articles([*rows, {"text": "Sea " * 90, "date": "2025-03-01"}])
        >>> dl.draw_trend(dl.count_trend(dl.find_tokens(articles), articles, "port"))
        Lines over time for 1 term: No term clearly rises or falls; the highest point is “port” \
with 1,000,000 per million words in February 2025.
    """
    trends = take_frame(trends, "trends", "term", "period", "n_tokens", *RATES, optional=["group"])
    if len(groups := trends["group"].dropna().unique()) > 1:
        raise ValueError(f"`trends` has the groups {', '.join(groups)}: choose one to draw")
    terms = list(trends["term"].drop_duplicates()[:top_n])
    known = trends[trends["term"].isin(terms) & trends["n_tokens"].gt(0)]
    if known["period"].nunique() < 2:
        return Drawing("There is no line over time: the articles' days are of one period at most.")
    known = known.sort_values("per_million", kind="stable")
    # A term whose highest point clears its lowest goes before a higher one that may be chance.
    ends = known.groupby("term").agg({"per_million_low": "last", "per_million_high": "first"})
    sure = known[known["term"].map(ends["per_million_low"] > ends["per_million_high"])]
    peak = (known if sure.empty else sure).iloc[-1]
    when = f"{peak['period']:%B %Y}"
    title = "No term clearly rises or falls" if sure.empty else f"“{peak['term']}” peaks in {when}"
    with open_sheet(title, height=0.75 + 1.45 * -(-len(terms) // 3)) as sheet:
        panels = open_panels(sheet, [shorten(term, 24) for term in terms], columns=3)
        for axis, term in zip(panels, terms, strict=True):
            _draw_line(axis, trends[trends["term"] == term].sort_values("period"))
        sheet.supylabel(RATE, color=MUTED)
        return finish(
            sheet,
            f"Lines over time for {count_of(len(terms), 'term')}: {title}; the highest point is "
            f"“{peak['term']}” with {peak['per_million']:,.0f} per million words in {when}.",
            caption="The band is the 95 % interval. A gap is a period without any dated article.",
        )


def _draw_line(axis: Axes, points: pd.DataFrame) -> None:
    rate, low, high = points[list(RATES)].where(points["n_tokens"] > 0).to_numpy().T
    axis.fill_between(points["period"], low, high, color=BLUE, alpha=0.16)
    axis.plot(points["period"], rate, color=BLUE, marker="o", markersize=3)
    show_dates(axis, most=5)
    axis.yaxis.set_major_formatter("{x:,.0f}")
    axis.locator_params(axis="y", nbins=4)
    axis.set_ylim(bottom=0)
    axis.grid(axis="y")


def draw_dispersion(
    tokens: pd.DataFrame, articles: pd.DataFrame, terms: str | Iterable[str]
) -> Drawing:
    """Draw where terms occur: all articles end to end, a mark for each occurrence.

    Args:
        tokens: TOKENS, which also give the length of each article.
        articles: ARTICLES, for their order in time.
        terms: One or more terms or other queries (see `count_terms`), a row each.

    Returns:
        The figure, dated articles first, oldest at the left; the caption names terms that do not
        occur. A sentence where none does.

    Raises:
        ValueError: A frame lacks a column, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut.", "The port opens."])
        >>> dl.draw_dispersion(dl.find_tokens(articles), articles, ["Port", "sea"])
        Strip of where 1 term occur: “port” leads, in 2 of 2 articles; “port” stands in 2.
    """
    tokens = take_frame(tokens, "tokens", "article_id", "term")
    articles = take_frame(articles, "articles", "article_id", optional=["published_on"])
    if unknown := sorted(set(tokens["article_id"]) - set(articles["article_id"])):
        raise ValueError(f"the article {unknown[0]!r} of `tokens` is not in `articles`")
    ordered = articles.sort_values(["published_on", "article_id"])["article_id"]
    lengths = tokens.groupby("article_id", observed=True).size().reindex(ordered).fillna(0)
    starts = lengths.cumsum() - lengths
    marks, missing = _mark_places(tokens, starts, terms)
    if marks.empty:
        return Drawing("None of the terms occurs, so there is no strip of where they stand.")
    held = marks.groupby("term", sort=False)["article_id"].nunique()
    found, rows = list(held.index), pd.factorize(marks["term"])[0]
    widest = held.sort_values(ascending=False, kind="stable").rename("“{}”".format)
    title = (
        f"{name_leaders(widest, 'term')}, in {held.max():,} of {count_of(len(articles), 'article')}"
    )
    with open_sheet(title, height=0.85 + 0.27 * len(found)) as sheet:
        axis = sheet.subplots()
        if len(starts) <= 120:
            draw_ticks(axis, starts, -0.6, len(found) - 0.4, color=FAINT, linewidth=0.6)
        draw_ticks(axis, marks["place"], rows - 0.34, rows + 0.34, color=BLUE, linewidth=0.9)
        name_rows(axis, found, notes=[count_of(n, "article") for n in held])
        axis.grid(visible=False)
        axis.set_xlim(0, lengths.sum())
        axis.set_xlabel("words, all articles end to end, oldest first")
        axis.tick_params(axis="y", pad=6)
        return finish(
            sheet,
            f"Strip of where {count_of(len(found), 'term')} occur: {title}; “{held.idxmin()}” "
            f"stands in {held.min():,}.",
            caption="Each mark is one occurrence. Articles without a day of publication come last."
            + "".join(f" “{term}” stands nowhere." for term in missing),
        )


def _mark_places(
    tokens: pd.DataFrame, starts: pd.Series, terms: str | Iterable[str]
) -> tuple[pd.DataFrame, list[str]]:
    """Term, article and place of each occurrence, articles end to end; the terms without one."""
    meanings = read_queries(tokens, terms, "terms")
    hits = [own.first for own in find_hits(tokens, meanings)]
    names = [meaning.name for meaning in meanings]
    first = np.concatenate([*hits, np.array([], int)])
    within = tokens.groupby("article_id", observed=True).cumcount().to_numpy()[first]
    article = tokens["article_id"].take(first).reset_index(drop=True)
    marks = {
        "term": np.repeat(np.array(names, dtype=object), [len(own) for own in hits]),
        "article_id": article,
        "place": article.map(starts).to_numpy(float) + within,
    }
    missing = [name for name, own in zip(names, hits, strict=True) if not len(own)]
    return pd.DataFrame(marks), missing
