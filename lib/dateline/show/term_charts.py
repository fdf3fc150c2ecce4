"""From term counts and keywords to figures."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from dateline.frames import take_frame
from dateline.show.drawing import (
    BLUE,
    MUTED,
    ORANGE,
    RATE,
    RATES,
    Drawing,
    draw_bars,
    finish,
    name_leaders,
    open_panels,
    open_sheet,
    shorten,
    take_groups,
    take_largest,
    write,
)
from dateline.show.table import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

_NEVER = 3.689e6  # upper end of the exact 95 % interval of a count of 0, per million: -ln(0.025)
_LEAST_EVIDENCE = 3.84  # chi-squared with one degree of freedom at p = 0.05
_EVIDENCE_TICKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)][2:]
_MOST_POINTS = 120  # in a panel of keywords; those beyond have the least evidence
_COUNTED = ("group", "term", "n", "n_articles", "n_tokens", "rank")
_BESIDE = ((5, 0, "left"), (-5, 0, "right"), (0, 6, "center"), (0, -11, "center"))


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
        term_counts.pivot_table(index="term", columns="group", values=name).reindex(terms)[groups]
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


def draw_keyness(keywords: pd.DataFrame, *, by: str = "outlet", most: int = 10) -> Drawing:
    """Draw keywords by size of effect and weight of evidence, one panel a group.

    Args:
        keywords: KEYWORDS.
        by: What the groups are, as in `rank_keywords`; for the title.
        most: Terms of each group to name, where there is room.

    Returns:
        The figure, the four groups with the most words; a sentence where there are no keywords.

    Raises:
        ValueError: `keywords` lacks a column.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port " * 9, "outlet": "A"}, {"text": "Sea " * 9, "outlet": "B"}]
        >>> articles = dl.make_articles(rows)
        >>> dl.draw_keyness(dl.rank_groups(dl.find_tokens(articles), articles, by="outlet"))
        Scatter of keywords in 2 panels: “port” sets A apart most; the strongest evidence is for \
“port” in A: G² 25, p 5.9e-07 after correction for all terms.
    """
    columns = ("group", "term", "n_tokens", "g2_4cell", "log_ratio", "p_bh")
    keywords = take_frame(keywords, "keywords", *columns)
    seen = keywords.assign(weight=keywords["g2_4cell"].abs())
    seen = seen[seen["weight"] > _LEAST_EVIDENCE]
    groups = take_groups(seen, by, 4)
    if not groups:
        return Drawing(f"No term sets one {by} apart from the others.")
    seen = seen[seen["group"].isin(groups)].sort_values(["weight", "term"], ascending=[False, True])
    seen = seen.groupby("group").head(_MOST_POINTS)
    # A term that only one side has is infinitely more frequent there: it stands at the edge.
    finite = seen["log_ratio"].abs()
    edge = max(4.0, finite[finite < float("inf")].max()) + 1
    seen = seen.assign(log_ratio=seen["log_ratio"].clip(-edge, edge))
    first = seen.iloc[[int(seen["g2_4cell"].argmax())]].to_dict("records")[0]
    title = f"“{first['term']}” sets {first['group']} apart most"
    if seen["p_bh"].min() > 0.05:
        title = f"No term clearly sets one {by} apart"
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
            _name_points(axis, shown, most)
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
    where = points["log_ratio"], points["weight"]
    axis.scatter(*where, s=14, c=colours, alpha=0.6, linewidths=0, clip_on=False)
    axis.axvline(0, color=MUTED, linewidth=0.6)
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter("{x:,.6g}")
    axis.set_yticks([], minor=True)
    axis.grid()


def _name_points(axis: Axes, points: pd.DataFrame, most: int) -> None:
    """Name the points with the most evidence, each where its name hides no other."""
    pixels = axis.transData.transform(points[["log_ratio", "weight"]])
    frame = axis.get_window_extent()
    taken: list[Bbox] = []
    for term, x, y in zip(points["term"], points["log_ratio"], points["weight"], strict=True):
        for dx, dy, side in _BESIDE if len(taken) < most else ():
            level = "bottom" if dy else "center"
            text = write(axis, shorten(term, 22), (x, y), (dx, dy), ha=side, va=level)
            box = text.get_window_extent().expanded(1.02, 1.0)
            is_inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and box.y1 <= frame.y1
            hides = ((pixels > box.min) & (pixels < box.max)).all(axis=1).any()
            if is_inside and not hides and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()
