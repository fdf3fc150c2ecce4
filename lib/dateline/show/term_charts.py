"""From term counts, keywords, trends and tokens to figures."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from dateline.show.drawing import (
    BLUE,
    FAINT,
    MUTED,
    ORANGE,
    Drawing,
    count_of,
    draw_bars,
    draw_ticks,
    finish,
    name_leaders,
    name_rows,
    open_panels,
    open_sheet,
    shorten,
    show_dates,
    take_groups,
    take_largest,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RATE = "times per million words"
_NEVER = 3.689e6  # upper end of the exact 95 % interval of a count of 0, per million: -ln(0.025)
_LEAST_EVIDENCE = 3.84  # chi-squared with one degree of freedom at p = 0.05
_EVIDENCE_TICKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)][2:]
_MOST_POINTS = 120  # in a panel of keywords; those beyond have the least evidence
_BESIDE = ((5, 0, "left"), (-5, 0, "right"), (0, 6, "center"), (0, -11, "center"))


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
        return Drawing("No term is frequent enough to be drawn.")
    terms, rates, held = shown["term"], shown["per_million"], shown["n_articles"]
    notes = [f"{n:,} in {count_of(m, 'article')}" for n, m in zip(shown["n"], held, strict=True)]
    spans = zip(shown["per_million_low"], shown["per_million_high"], strict=True)
    leader = name_leaders(shown["n"].set_axis("“" + terms + "”"), "term")
    title = f"{leader} with {rates.iloc[0]:,.0f} occurrences per million words"
    with open_sheet(title, height=0.9 + 0.235 * len(shown)) as sheet:
        axis = sheet.subplots()
        draw_bars(axis, list(terms), {BLUE: list(rates)}, notes=notes, spans=list(spans))
        axis.set_xlabel(_RATE)
        return finish(
            sheet,
            f"Bar chart of the {count_of(len(shown), 'most frequent term')} in "
            f"{count_of(len(articles), 'article')}: {title}; “{terms.iloc[0]}” occurs in "
            f"{count_of(held.iloc[0], 'article')}.",
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
    sizes, groups = term_counts.groupby("group")["n_tokens"].max(), take_groups(term_counts, of, 5)
    if len(groups) < 2:
        return Drawing(f"There is nothing to compare: the terms do not come from two {of}s.")
    terms = take_largest(term_counts.groupby("term")["n"].sum(), top_n)
    rates, lows, highs = (
        term_counts.pivot_table(index="term", columns="group", values=name).reindex(terms)[groups]
        for name in ("per_million", "per_million_low", "per_million_high")
    )
    rates, lows, highs = rates.fillna(0.0), lows.fillna(0.0), highs.fillna(_NEVER / sizes)
    # A term of which two intervals lie apart goes before one with a wider gap that may be chance.
    gaps, is_sure = rates.max(axis=1) - rates.min(axis=1), lows.max(axis=1) > highs.min(axis=1)
    apart = (gaps[is_sure] if is_sure.any() else gaps).idxmax()
    most, least = rates.loc[apart].idxmax(), rates.loc[apart].idxmin()
    title = f"“{apart}” divides the {of}s most"
    if not is_sure.any():
        title = f"No term clearly divides the {of}s"
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
        sheet.supxlabel(_RATE, color=MUTED)
        return finish(
            sheet,
            f"Bar charts of {count_of(len(terms), 'term')} in {len(groups)} {of}s: {title}; the "
            f"widest gap is in “{apart}”, {rates.loc[apart, most]:,.0f} per million words in "
            f"{most}, {rates.loc[apart, least]:,.0f} in {least}.",
            caption=f"The {of}s with the most words, {len(groups)} of {len(sizes)}.",
        )


def draw_keyness(keywords: pd.DataFrame, *, of: str = "outlet", labels: int = 10) -> Drawing:
    """Draw keywords by size of effect and weight of evidence, one panel a group.

    Args:
        keywords: What `rank_keywords` gives, with `log_ratio` and `g2_4cell`.
        of: What a group is, for the title.
        labels: How many terms to name in each panel, where there is room.

    Returns:
        The figure, the four groups with the most words; a sentence where there are no keywords.
    """
    seen = keywords.assign(weight=keywords["g2_4cell"].abs())
    seen = seen[seen["weight"] > _LEAST_EVIDENCE]
    groups = take_groups(seen, of, 4)
    if not groups:
        return Drawing(f"No term sets one {of} apart from the others.")
    seen = seen[seen["group"].isin(groups)].sort_values(["weight", "term"], ascending=[False, True])
    seen = seen.groupby("group").head(_MOST_POINTS)
    # A term that only one side has is infinitely more frequent there: it stands at the edge.
    finite = seen["log_ratio"].abs()
    edge = max(4.0, finite[finite < float("inf")].max()) + 1
    seen = seen.assign(log_ratio=seen["log_ratio"].clip(-edge, edge))
    first = seen.loc[seen["g2_4cell"].idxmax()]
    title = f"“{first['term']}” sets {first['group']} apart most"
    if seen["p_bh"].min() > 0.05:
        title = f"No term clearly sets one {of} apart"
    with open_sheet(title, height=0.8 + 2.7 * -(-len(groups) // 2)) as sheet:
        panels = open_panels(sheet, [shorten(group, 40) for group in groups], columns=2)
        points = [seen[seen["group"] == group] for group in groups]
        for axis, shown in zip(panels, points, strict=True):
            _draw_effects(axis, shown)
        panels[0].set_yticks(
            [tick for tick in _EVIDENCE_TICKS if tick < 1.2 * seen["weight"].max()]
        )
        sheet.supxlabel("log ratio: +1 is twice as often here as elsewhere", color=MUTED)
        sheet.supylabel("evidence (G²)", color=MUTED)
        sheet.draw_without_rendering()  # settles the layout, so that texts can be measured
        for axis, shown in zip(panels, points, strict=True):
            _name_points(axis, shown, labels)
        return finish(
            sheet,
            f"Scatter of keywords in {count_of(len(groups), 'panel')}: {title}; the strongest "
            f"evidence is for “{first['term']}” in {first['group']}: G² {first['g2_4cell']:,.0f}, "
            f"p {first['p_bh']:.2g} after correction for all terms.",
            caption="To the right: more frequent here than in the rest; at the edge: only here. "
            "Higher up: less likely to be chance; terms with G² under 3.84 (p = 0.05) and all but "
            f"the {_MOST_POINTS} with the most evidence in a panel are not drawn.",
        )


def _draw_effects(axis: Axes, points: pd.DataFrame) -> None:
    colours = [BLUE if ratio > 0 else ORANGE for ratio in points["log_ratio"]]
    marks = {"s": 14, "c": colours, "alpha": 0.6, "linewidths": 0, "clip_on": False}
    axis.scatter(points["log_ratio"], points["weight"], **marks)
    axis.axvline(0, color=MUTED, linewidth=0.6)
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter("{x:,.6g}")
    axis.set_yticks([], minor=True)
    axis.grid()


def _name_points(axis: Axes, points: pd.DataFrame, most: int) -> None:
    """Name the points with the most evidence, each where its name hides no other."""
    pixels = axis.transData.transform(points[["log_ratio", "weight"]])
    renderer = axis.figure.canvas.get_renderer()
    frame, taken = axis.get_window_extent(renderer), []
    for term, x, y in zip(points["term"], points["log_ratio"], points["weight"], strict=True):
        for dx, dy, side in _BESIDE if len(taken) < most else ():
            level = "bottom" if dy else "center"
            text = write(axis, shorten(term, 22), (x, y), (dx, dy), ha=side, va=level)
            box = text.get_window_extent(renderer).expanded(1.02, 1.0)
            is_inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and box.y1 <= frame.y1
            hides = ((pixels > box.min) & (pixels < box.max)).all(axis=1).any()
            if is_inside and not hides and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def draw_trend(trend: pd.DataFrame, *, most: int = 6) -> Drawing:
    """Draw how often terms are used over time: a line a term, gaps left open.

    Args:
        trend: What `count_trend` gives: a row for each term and period.
        most: How many terms to show, in the order of the frame.

    Returns:
        The figure; a sentence where fewer than two periods have a date.
    """
    terms = list(trend["term"].drop_duplicates()[:most])
    known = trend[trend["term"].isin(terms) & trend["n_tokens"].gt(0)]
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
            _draw_line(axis, trend[trend["term"] == term].sort_values("period"))
        sheet.supylabel(_RATE, color=MUTED)
        return finish(
            sheet,
            f"Lines over time for {count_of(len(terms), 'term')}: {title}; the highest point is "
            f"“{peak['term']}” with {peak['per_million']:,.0f} per million words in {when}.",
            caption="The band is the 95 % interval. A gap is a period without any dated article.",
        )


def _draw_line(axis: Axes, points: pd.DataFrame) -> None:
    names = ["per_million", "per_million_low", "per_million_high"]
    rate, low, high = points[names].where(points["n_tokens"] > 0).to_numpy().T
    axis.fill_between(points["period"], low, high, color=BLUE, alpha=0.16)
    axis.plot(points["period"], rate, color=BLUE, marker="o", markersize=3)
    show_dates(axis, most=5)
    axis.yaxis.set_major_formatter("{x:,.0f}")
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
        return Drawing("None of the terms occurs, so there is no strip of where they stand.")
    ordered = articles.sort_values(["published_on", "article_id"])["article_id"]
    by_article = tokens.groupby("article_id", observed=True)
    lengths = by_article.size().reindex(ordered).fillna(0)
    starts = lengths.cumsum() - lengths
    marked = tokens[tokens["term"].isin(found)]
    places = marked["article_id"].map(starts).astype("int64") + by_article.cumcount()[marked.index]
    rows = marked["term"].map({term: row for row, term in enumerate(found)}).astype("int64")
    held = marked.groupby("term", observed=True)["article_id"].nunique().reindex(found)
    widest = held.sort_values(ascending=False, kind="stable").rename("“{}”".format)
    title = (
        f"{name_leaders(widest, 'term')}, in {held.max():,} of {count_of(len(articles), 'article')}"
    )
    with open_sheet(title, height=0.85 + 0.27 * len(found)) as sheet:
        axis = sheet.subplots()
        if len(starts) <= 120:
            draw_ticks(axis, starts, -0.6, len(found) - 0.4, color=FAINT, linewidth=0.6)
        draw_ticks(axis, places, rows - 0.34, rows + 0.34, color=BLUE, linewidth=0.9)
        name_rows(axis, found, notes=[count_of(n, "article") for n in held])
        axis.grid(visible=False)
        axis.set_xlim(0, lengths.sum())
        axis.set_xlabel("words, all articles end to end, oldest first")
        axis.tick_params(axis="y", pad=6)
        return finish(
            sheet,
            f"Strip of where {count_of(len(found), 'term')} occur: {title}; “{held.idxmin()}” "
            f"stands in {held.min():,}.",
            caption="Each mark is one occurrence. Articles without a day of publication come last.",
        )
