"""From keywords to a figure of what sets groups apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dateline.charts.sheet import (
    BLUE,
    MUTED,
    ORANGE,
    Drawing,
    count_of,
    finish,
    hide_empty,
    open_sheet,
    say,
    shorten,
    take_groups,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEAST_EVIDENCE = 3.84  # chi-squared with one degree of freedom at p = 0.05
_EVIDENCE_TICKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)][2:]
_BESIDE = ((5, 0, "left"), (-5, 0, "right"), (0, 6, "center"), (0, -11, "center"))
_MOST_POINTS = 120  # in a panel of keywords; those beyond have the least evidence


def draw_keyness(keywords: pd.DataFrame, *, of: str = "outlet", labels: int = 10) -> Drawing:
    """Draw keywords by size of effect and weight of evidence, one panel a group.

    Args:
        keywords: What `rank_keywords` gives, with `log_ratio` and `g2_4cell`.
        of: What a group is, for the title.
        labels: How many terms to name in each panel, where there is room.

    Returns:
        The figure, the four groups with the most words; a sentence where there are no keywords.
    """
    seen = keywords[keywords["g2_4cell"].abs() > _LEAST_EVIDENCE]
    seen = seen.sort_values("g2_4cell", key=abs, ascending=False, kind="stable")
    seen = seen.groupby("group", sort=False).head(_MOST_POINTS)
    groups = take_groups(seen, of, 4)
    seen = seen[seen["group"].isin(groups)]
    if not groups:
        return say(f"No term sets one {of} apart from the others.")
    # A term that only one side has is infinitely more frequent there: it stands at the edge.
    finite = seen["log_ratio"].abs()
    edge = max(4.0, finite[finite < float("inf")].max()) + 1
    seen = seen.assign(log_ratio=seen["log_ratio"].clip(-edge, edge))
    rows, columns = -(-len(groups) // 2), min(2, len(groups))
    first = seen.sort_values("g2_4cell", ascending=False, kind="stable").iloc[0]
    title = f"“{first['term']}” sets {first['group']} apart most"
    if seen["p_bh"].min() > 0.05:
        title = f"No term clearly sets one {of} apart"
    with open_sheet(title, height=0.8 + 2.7 * rows) as sheet:
        axes = sheet.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for axis, group in zip(axes, groups, strict=False):
            _draw_effects(axis, seen[seen["group"] == group])
            axis.set_title(shorten(group, 40))
        most = seen["g2_4cell"].abs().max()
        axes[0].set_yticks([tick for tick in _EVIDENCE_TICKS if tick < 1.2 * most])
        hide_empty(axes, len(groups), columns)
        sheet.supxlabel(
            "log ratio: +1 is twice as often here as elsewhere", fontsize=9, color=MUTED
        )
        sheet.supylabel("evidence (G²)", fontsize=9, color=MUTED)
        sheet.draw_without_rendering()  # settles the layout, so that texts can be measured
        for axis, group in zip(axes, groups, strict=False):
            _label_points(axis, seen[seen["group"] == group], labels)
        return finish(
            sheet,
            alt=f"Scatter of keywords in {count_of(len(groups), 'panel')}; the strongest evidence "
            f"is for “{first['term']}” in {first['group']}: G² {first['g2_4cell']:,.0f}, "
            f"p {first['p_bh']:.2g} after correction for all terms.",
            caption="To the right: more frequent here than in the rest; at the edge: only here. "
            "Higher up: less likely to be chance; terms with G² under 3.84 (p = 0.05) and all but "
            f"the {_MOST_POINTS} with the most evidence in a panel are not drawn.",
        )


def _draw_effects(axis: Axes, points: pd.DataFrame) -> None:
    here = points["log_ratio"] > 0
    colours = [BLUE if more else ORANGE for more in here]
    heights = points["g2_4cell"].abs()
    axis.scatter(
        points["log_ratio"], heights, s=14, c=colours, alpha=0.6, linewidths=0, clip_on=False
    )
    axis.axvline(0, color=MUTED, linewidth=0.6)
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.6g}")
    axis.set_yticks([], minor=True)
    axis.grid()


def _label_points(axis: Axes, points: pd.DataFrame, most: int) -> None:
    """Name the points with the most evidence, each where its name hides no other."""
    ranked = points.assign(weight=points["g2_4cell"].abs()).sort_values(
        ["weight", "term"], ascending=[False, True]
    )
    pixels = axis.transData.transform(ranked[["log_ratio", "weight"]])
    renderer = axis.figure.canvas.get_renderer()
    frame, taken, named = axis.get_window_extent(renderer), [], 0
    for term, x, y in zip(ranked["term"], ranked["log_ratio"], ranked["weight"], strict=True):
        if named == most:
            return
        for dx, dy, side in _BESIDE:
            level = "bottom" if dy else "center"
            text = write(axis, shorten(term, 22), (x, y), (dx, dy), ha=side, va=level)
            box = text.get_window_extent(renderer).expanded(1.02, 1.0)
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and box.y1 <= frame.y1
            hidden = ((pixels > box.min) & (pixels < box.max)).all(axis=1).any()
            if inside and not hidden and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                named += 1
                break
            text.remove()
