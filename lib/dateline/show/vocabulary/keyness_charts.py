"""From keywords to a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dateline.frames import take_frame
from dateline.show.drawing import (
    BLUE,
    MUTED,
    ORANGE,
    Drawing,
    finish,
    open_panels,
    open_sheet,
    shorten,
    take_groups,
    write,
)
from dateline.show.table import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox


_LEAST_EVIDENCE = 3.84  # chi-squared with one degree of freedom at p = 0.05


_EVIDENCE_TICKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)][2:]


_MOST_POINTS = 120  # in a panel of keywords; those beyond have the least evidence


_BESIDE = ((5, 0, "left"), (-5, 0, "right"), (0, 6, "center"), (0, -11, "center"))


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
