"""From term counts and keywords to figures."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from dateline.frames import take_frame
from dateline.show.drawing import (
    BLUE,
    MUTED,
    RATE,
    RATES,
    Drawing,
    draw_bars,
    finish,
    name_leaders,
    open_panels,
    open_sheet,
    take_groups,
    take_largest,
    write,
)
from dateline.show.table import count_of

if TYPE_CHECKING:
    pass

_NEVER = 3.689e6  # upper end of the exact 95 % interval of a count of 0, per million: -ln(0.025)
_COUNTED = ("group", "term", "n", "n_articles", "n_tokens", "rank")


def draw_terms(term_counts: pd.DataFrame, articles: pd.DataFrame, *, top_n: int = 20) -> Drawing:
    """Draw the most frequent terms as bars per million, with intervals and article counts.

    Args:
        term_counts: TERM_COUNTS of one group.
        articles: ARTICLES, for how many there are in all.
        top_n: How many terms to show.

    Returns:
        The figure, most frequent first; a sentence where there are no terms.

    Raises:
        ValueError: `term_counts` lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> counts = dl.count_terms(dl.find_tokens(articles), articles)
        >>> dl.draw_terms(counts, articles, top_n=1)
        Bar chart of the 1 most frequent term in 1 article: “port” leads with 285,714 occurrences \
per million words; “port” occurs in 1 article.
    """
    term_counts = take_frame(term_counts, "term_counts", *_COUNTED, *RATES)
    shown = term_counts.sort_values(["rank", "term"]).head(top_n)
    if shown.empty:
        return Drawing("No term is frequent enough to be drawn.")
    terms, rates, held = shown["term"], shown["per_million"], shown["n_articles"]
    notes = [f"{n:,} in {count_of(m, 'article')}" for n, m in zip(shown["n"], held, strict=True)]
    spans = zip(shown["per_million_low"], shown["per_million_high"], strict=True)
    leader = name_leaders(shown["n"].set_axis("“" + terms + "”"), "term")
    title = f"{leader} with {rates.iloc[0]:,.0f} occurrences per million words"
    with open_sheet(title, height=0.9 + 0.235 * len(shown)) as sheet:
        axis = sheet.subplots()
        draw_bars(axis, list(terms), {BLUE: list(rates)}, notes=notes, spans=list(spans))
        axis.set_xlabel(RATE)
        return finish(
            sheet,
            f"Bar chart of the {count_of(len(shown), 'most frequent term')} in "
            f"{count_of(len(articles), 'article')}: {title}; “{terms.iloc[0]}” occurs in "
            f"{count_of(held.iloc[0], 'article')}.",
            caption="The dark line on each bar is the 95 % interval of the rate; "
            "beside it, how often the term occurs and in how many articles.",
        )


def draw_terms_by_group(
    term_counts: pd.DataFrame, *, by: str = "outlet", top_n: int = 12
) -> Drawing:
    """Draw the same terms side by side, one panel a group.

    Args:
        term_counts: TERM_COUNTS of two groups or more.
        by: What the groups are, as in `count_terms`; for the title.
        top_n: How many terms to show: those most frequent over all groups.

    Returns:
        The figure, groups with the most words first; a sentence where there are not two groups.

    Raises:
        ValueError: `term_counts` lacks a column.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port port port.", "outlet": "A"}, {"text": "Sea sea.", "outlet": "B"}]
        >>> articles = dl.make_articles(rows)
        >>> counts = dl.count_terms(dl.find_tokens(articles), articles, by="outlet")
        >>> dl.draw_terms_by_group(counts).alt[:66]
        'Bar charts of 2 terms in 2 outlets: No term clearly divides the ou'
    """
    term_counts = take_frame(term_counts, "term_counts", *_COUNTED, *RATES)
    sizes, groups = term_counts.groupby("group")["n_tokens"].max(), take_groups(term_counts, by, 5)
    if len(groups) < 2:
        return Drawing(f"There is nothing to compare: the terms do not come from two {by}s.")
    terms = take_largest(term_counts.groupby("term")["n"].sum(), top_n)
    rates, lows, highs = (
        term_counts.pivot_table(index="term", columns="group", values=name, dropna=False)
        .reindex(terms)
        .reindex(columns=groups)
        for name in RATES
    )
    rates, lows, highs = rates.fillna(0.0), lows.fillna(0.0), highs.fillna(_NEVER / sizes)
    # A term of which two intervals lie apart goes before one with a wider gap that may be chance.
    gaps, is_sure = rates.max(axis=1) - rates.min(axis=1), lows.max(axis=1) > highs.min(axis=1)
    apart = str((gaps[is_sure] if is_sure.any() else gaps).idxmax())
    widest = dict(zip(groups, rates.loc[[apart], groups].to_numpy()[0], strict=True))
    most, least = max(widest, key=widest.__getitem__), min(widest, key=widest.__getitem__)
    title = f"“{apart}” divides the {by}s most"
    if not is_sure.any():
        title = f"No term clearly divides the {by}s"
    with open_sheet(title, height=1.25 + 0.225 * len(terms)) as sheet:
        width = 62 // len(groups)
        names = [textwrap.fill(group, width, max_lines=2, placeholder="…") for group in groups]
        panels = open_panels(sheet, [f"{name}\n" for name in names], columns=len(groups))
        for axis, group in zip(panels, groups, strict=True):
            values = list(rates[group])
            draw_bars(axis, terms, {BLUE: values}, notes=[f"{value:,.0f}" for value in values])
            words = count_of(sizes[group], "word")
            write(axis, words, (0, 1), (0, 5), xycoords="axes fraction", color=MUTED)
            axis.set_xticks([])
            axis.spines["bottom"].set_visible(False)
        sheet.supxlabel(RATE, color=MUTED)
        return finish(
            sheet,
            f"Bar charts of {count_of(len(terms), 'term')} in {len(groups)} {by}s: {title}; the "
            f"widest gap is in “{apart}”, {widest[most]:,.0f} per million words in {most}, "
            f"{widest[least]:,.0f} in {least}.",
            caption=f"The {by}s with the most words, {len(groups)} of {len(sizes)}.",
        )
