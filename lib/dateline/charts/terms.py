"""From term counts, keywords, trends and tokens to figures."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from dateline.charts.sheet import (
    BLUE,
    FAINT,
    MUTED,
    Drawing,
    count_of,
    draw_bars,
    draw_ticks,
    finish,
    hide_empty,
    name_leaders,
    name_rows,
    open_sheet,
    say,
    shorten,
    show_dates,
    take_groups,
    take_largest,
    write,
    write_at_row_end,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RATE = "times per million words"
_MOST_PANELS = 5


def draw_terms(term_counts: pd.DataFrame, articles: pd.DataFrame, *, top_n: int = 20) -> Drawing:
    """Draw the most frequent terms as bars per million, with intervals and article counts.

    Args:
        term_counts: TERM_COUNTS of one group.
        articles: ARTICLES, for how many there are in all.
        top_n: How many terms to show.

    Returns:
        The figure, most frequent first; a sentence where there are no terms.
    """
    shown = term_counts.sort_values(["rank", "term"]).head(top_n)
    if shown.empty:
        return say("No term is frequent enough to be drawn.")
    first = shown.iloc[0]
    notes = [
        f"{n:,} in {count_of(held, 'article')}"
        for n, held in zip(shown["n"], shown["n_articles"], strict=True)
    ]
    spans = list(zip(shown["per_million_low"], shown["per_million_high"], strict=True))
    quoted = [f"“{term}”" for term in shown["term"]]
    leader = name_leaders(quoted, list(shown["n"]), "term")
    title = f"{leader} with {first['per_million']:,.0f} occurrences per million words"
    with open_sheet(title, height=0.9 + 0.235 * len(shown)) as sheet:
        axis = sheet.subplots()
        draw_bars(axis, list(shown["term"]), list(shown["per_million"]), notes=notes, spans=spans)
        axis.set_xlabel(_RATE)
        return finish(
            sheet,
            alt=f"Bar chart of the {count_of(len(shown), 'most frequent term')} "
            f"in {count_of(len(articles), 'article')}: {title}; "
            f"{quoted[0]} occurs in {count_of(first['n_articles'], 'article')}.",
            caption="The dark line on each bar is the 95 % interval of the rate; "
            "beside it, how often the term occurs and in how many articles.",
        )


def draw_terms_by_group(
    term_counts: pd.DataFrame, *, of: str = "outlet", top_n: int = 12
) -> Drawing:
    """Draw the same terms side by side, one panel a group.

    Args:
        term_counts: TERM_COUNTS of two groups or more.
        of: What a group is, for the title.
        top_n: How many terms to show: those most frequent over all groups.

    Returns:
        The figure, groups with the most words first; a sentence where there are not two groups.
    """
    sizes = term_counts.groupby("group")["n_tokens"].max()
    groups = take_groups(term_counts, of, _MOST_PANELS)
    if len(groups) < 2:
        return say(f"There is nothing to compare: the terms do not come from more than one {of}.")
    rates = term_counts.pivot_table(index="term", columns="group", values="per_million")
    terms = take_largest(term_counts.groupby("term")["n"].sum(), top_n)
    rates = rates.reindex(index=terms, columns=groups).fillna(0.0)
    apart, sure = _find_widest_gap(term_counts, rates)
    most, least = rates.loc[apart].idxmax(), rates.loc[apart].idxmin()
    title = f"“{apart}” divides the {of}s most" if sure else f"No term clearly divides the {of}s"
    with open_sheet(title, height=1.25 + 0.225 * len(terms)) as sheet:
        axes = sheet.subplots(1, len(groups), sharey=True, sharex=True)
        for axis, group in zip(axes, groups, strict=True):
            values = list(rates[group])
            draw_bars(axis, terms, values, notes=[f"{value:,.0f}" for value in values])
            axis.set_title(f"{_wrap(group, 62 // len(groups))}\n")
            words = count_of(sizes[group], "word")
            write(axis, words, (0, 1), (0, 5), xycoords="axes fraction", color=MUTED)
            axis.set_xticks([])
            axis.spines["bottom"].set_visible(False)
        sheet.supxlabel(_RATE, fontsize=9, color=MUTED)
        return finish(
            sheet,
            alt=f"Bar charts of {count_of(len(terms), 'term')} in {len(groups)} {of}s. The widest "
            f"gap{'' if sure else ', which may be chance,'} is in “{apart}”: "
            f"{rates.loc[apart, most]:,.0f} per million words in {most}, "
            f"{rates.loc[apart, least]:,.0f} in {least}.",
            caption=f"The {of}s with the most words, {len(groups)} of {len(sizes)}.",
        )


def _wrap(name: str, width: int) -> str:
    """A name on two lines at most."""
    lines = textwrap.wrap(shorten(name, 2 * width), width)
    return "\n".join([*lines[:1], shorten(" ".join(lines[1:]), width)] if lines[1:] else lines)


def _find_widest_gap(term_counts: pd.DataFrame, rates: pd.DataFrame) -> tuple[str, bool]:
    """The term whose rates lie widest apart, and whether their intervals do not touch.

    A term with intervals apart goes before one with a wider gap that may be chance.
    """
    bounds = term_counts.set_index(["term", "group"])
    sizes = term_counts.groupby("group")["n_tokens"].max()
    gaps = {}
    for term, row in rates.iterrows():
        low = bounds["per_million_low"].get((term, row.idxmax()), 0.0)
        # The exact upper end for a term that does not occur: -ln(0.025) times.
        none = 3.689e6 / sizes[row.idxmin()]
        high = bounds["per_million_high"].get((term, row.idxmin()), none)
        gaps[term] = (bool(low > high), row.max() - row.min())
    widest = max(gaps, key=gaps.get)
    return widest, gaps[widest][0]


def draw_trend(trend: pd.DataFrame, *, most: int = 6) -> Drawing:
    """Draw how often terms are used over time: a line a term, gaps left open.

    Args:
        trend: What `count_trend` gives: a row for each term and period.
        most: How many terms to show, in the order of the frame.

    Returns:
        The figure; a sentence where fewer than two periods have a date.
    """
    periods = sorted(trend.loc[trend["n_tokens"] > 0, "period"].unique())
    if len(periods) < 2:
        return say("There is no line over time: the dated articles cover fewer than two periods.")
    terms = list(trend["term"].drop_duplicates()[:most])
    rows, columns = -(-len(terms) // 3), min(3, len(terms))
    peak, sure = _find_peak(trend[trend["term"].isin(terms)])
    when = f"{peak['period']:%B %Y}"
    title = f"“{peak['term']}” peaks in {when}" if sure else "No term clearly rises or falls"
    with open_sheet(title, height=0.75 + 1.45 * rows) as sheet:
        axes = sheet.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for axis, term in zip(axes, terms, strict=False):
            _draw_line(axis, trend[trend["term"] == term].sort_values("period"))
            axis.set_title(shorten(term, 24))
        hide_empty(axes, len(terms), columns)
        sheet.supylabel(_RATE, fontsize=9, color=MUTED)
        return finish(
            sheet,
            alt=f"Lines over time for {count_of(len(terms), 'term')}; the highest point"
            f"{'' if sure else ', which may be chance,'} is “{peak['term']}” "
            f"with {peak['per_million']:,.0f} per million words in {when}.",
            caption="The band is the 95 % interval. A gap is a period without any dated article.",
        )


def _find_peak(trend: pd.DataFrame) -> tuple[pd.Series, bool]:
    """The highest point, and whether its interval clears that of the term's lowest.

    A term of which that is true goes before one with a higher point that may be chance.
    """
    known = trend[trend["n_tokens"] > 0].sort_values("per_million", kind="stable")
    ends = known.groupby("term").agg({"per_million_low": "last", "per_million_high": "first"})
    sure = ends.index[ends["per_million_low"] > ends["per_million_high"]]
    clear = known[known["term"].isin(sure)]
    return (known if clear.empty else clear).iloc[-1], not clear.empty


def _draw_line(axis: Axes, points: pd.DataFrame) -> None:
    rates = points["per_million"].where(points["n_tokens"] > 0)
    low, high = points["per_million_low"], points["per_million_high"]
    drawn = rates.notna()
    axis.fill_between(points["period"], low.where(drawn), high.where(drawn), color=BLUE, alpha=0.16)
    axis.plot(points["period"], rates, color=BLUE, marker="o", markersize=3)
    show_dates(axis, most=5)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.yaxis.get_major_locator().set_params(nbins=4)
    axis.set_ylim(bottom=0)
    axis.grid(axis="y")


def draw_dispersion(tokens: pd.DataFrame, articles: pd.DataFrame, terms: Sequence[str]) -> Drawing:
    """Draw where terms occur: all articles end to end, a mark for each occurrence.

    Args:
        tokens: TOKENS, which also give the length of each article.
        articles: ARTICLES, for their order in time.
        terms: The terms, a row each.

    Returns:
        The figure, dated articles first, oldest at the left; a sentence where no term occurs.
    """
    found = [term for term in terms if (tokens["term"] == term).any()]
    if not found:
        return say("None of the terms occurs, so there is no strip of where they stand.")
    ordered = articles.sort_values(["published_on", "article_id"], na_position="last")
    lengths = (
        tokens.groupby("article_id", observed=True).size().reindex(ordered["article_id"]).fillna(0)
    )
    starts = lengths.cumsum().sub(lengths)
    marked = tokens[tokens["term"].isin(found)]
    order = tokens.groupby("article_id", observed=True).cumcount()[marked.index]
    places = marked["article_id"].map(starts).astype("int64") + order
    rows = marked["term"].map({term: row for row, term in enumerate(found)}).astype("int64")
    held = marked.groupby("term", observed=True)["article_id"].nunique().reindex(found)
    widest = held.sort_values(ascending=False, kind="stable")
    leader = name_leaders([f"“{term}”" for term in widest.index], list(widest), "term")
    title = f"{leader}: in {held.max():,} of {count_of(len(articles), 'article')}"
    with open_sheet(title, height=0.85 + 0.27 * len(found)) as sheet:
        axis = sheet.subplots()
        if len(starts) <= 120:
            draw_ticks(axis, starts, -0.6, len(found) - 0.4, color=FAINT, linewidth=0.6)
        draw_ticks(axis, places, rows - 0.34, rows + 0.34, color=BLUE, linewidth=0.9)
        name_rows(axis, found)
        axis.grid(visible=False)
        axis.set_xlim(0, lengths.sum())
        axis.set_xlabel("words, all articles end to end, oldest first")
        axis.tick_params(axis="y", pad=6)
        for row, term in enumerate(found):
            write_at_row_end(axis, count_of(held[term], "article"), row)
        return finish(
            sheet,
            alt=f"Strip of where {count_of(len(found), 'term')} occur over "
            f"{count_of(len(articles), 'article')}. {title}; “{held.idxmin()}” stands in "
            f"{held.min():,}.",
            caption="Each mark is one occurrence. Articles without a day of publication come last.",
        )
