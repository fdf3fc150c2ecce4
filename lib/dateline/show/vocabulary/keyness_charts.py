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
from dateline.show.vocabulary.keywords import TESTED, say_why_untested
from dateline.terms.keyness import LEVEL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox


_MOST_POINTS = 120  # in a panel that may be chance: those nearest to being none
_GREY = "#b4bac1"
_BESIDE = ((5, 0, "left"), (-5, 0, "right"), (0, 6, "center"), (0, -11, "center"))
_TICKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]


def draw_keyness(keywords: pd.DataFrame, *, by: str = "outlet", most: int = 10) -> Drawing:
    """Draw keywords by how many times as often a group has them and in how many articles.

    Args:
        keywords: KEYWORDS.
        by: What the groups are, as in `rank_keywords`; for the title.
        most: Terms of each group to name, where there is room.

    Returns:
        The figure, the four groups with the most words that have enough articles to compare; a
        sentence where there are none. Its title names a term only where p_bh is below 0.05.

    Raises:
        ValueError: `keywords` lacks a column.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port and sea.", "outlet": "A"}, {"text": "Sea.", "outlet": "B"}]
        >>> articles = dl.make_articles(rows)
        >>> dl.draw_keyness(dl.rank_groups(dl.find_tokens(articles), articles, by="outlet"))
        Nothing can be compared: there are not five articles on either side.
    """
    columns = ("group", "term", "n", "n_articles", "n_articles_reference", "n_tokens", "log_ratio")
    keywords = take_frame(keywords, "keywords", *columns, "log_ratio_sure", "test", "p", "p_bh")
    groups = take_groups(keywords[keywords["test"].isin(TESTED)], by, 4)
    if not groups:
        return Drawing(f"Nothing can be compared: {say_why_untested(keywords)}.")
    seen = keywords[keywords["group"].isin(groups) & keywords["p"].notna()]
    if seen.empty:
        return Drawing(f"No term clearly sets one {by} apart from the others.")
    seen = seen.assign(
        is_sure=seen["p_bh"] < LEVEL, held=seen["n_articles"] + seen["n_articles_reference"]
    )
    seen = seen.sort_values(
        ["is_sure", "log_ratio_sure", "held", "term"], ascending=[False, False, False, True]
    )
    chance = seen[~seen["is_sure"]].sort_values(["p", "term"])
    seen = pd.concat([seen[seen["is_sure"]], chance.groupby("group").head(_MOST_POINTS)])
    # A term that only one side has is infinitely more frequent there: it stands at the edge.
    finite = seen["log_ratio"].abs()
    edge = max(3.0, finite[finite < float("inf")].max()) + 1
    seen = seen.assign(log_ratio=seen["log_ratio"].clip(-edge, edge))
    title, finding = _say_finding(seen, by)
    with open_sheet(title, height=0.8 + 2.7 * -(-len(groups) // 2)) as sheet:
        panels = open_panels(sheet, [shorten(group, 40) for group in groups], columns=2)
        points = [seen[seen["group"] == group] for group in groups]
        for axis, shown in zip(panels, points, strict=True):
            _draw_effects(axis, shown)
        low, high = 0.8 * seen["held"].min(), 1.2 * seen["held"].max()
        panels[0].set_yticks([tick for tick in _TICKS if low <= tick <= high])
        panels[0].set_ylim(low, high)
        _mark_times(panels[0], edge)
        sheet.supxlabel("how many times as often as in the others", color=MUTED)
        sheet.supylabel("in how many articles", color=MUTED)
        sheet.draw_without_rendering()  # settles the layout, so that texts can be measured
        for axis, shown in zip(panels, points, strict=True):
            _name_points(axis, shown[shown["is_sure"]], shown, most)
        return finish(
            sheet,
            f"Scatter of terms in {count_of(len(groups), 'panel')}: {finding}",
            caption="To the right: more often here than in the others; at the edge: only here. "
            "Blue and orange: more, or less, than chance would deal to articles of these lengths "
            "(p below 0.05 after correction for all terms tested). Grey: may be chance; of these "
            f"the {_MOST_POINTS} of a panel with the smallest p.",
        )


def _say_finding(seen: pd.DataFrame, by: str) -> tuple[str, str]:
    """The title, and the sentence with the numbers that it rests on."""
    sure = seen[seen["is_sure"]]
    if sure.empty:
        title = f"No term clearly sets one {by} apart from the others"
        return title, f"{title}; after correction for all terms tested, each may be chance."
    above = sure[sure["log_ratio_sure"] > 0]
    first = (sure if above.empty else above).to_dict("records")[0]
    title = f"“{first['term']}” sets {first['group']} apart most"
    low = 2 ** abs(first["log_ratio_sure"])
    less = "more" if first["log_ratio_sure"] >= 0 else "less"
    return title, (
        f"{title}: at least {low:,.1f} times {less} often than the others, in "
        f"{count_of(first['n_articles'], 'article')} there and "
        f"{first['n_articles_reference']:,} elsewhere; {count_of(len(sure), 'difference')} "
        "cannot well be chance."
    )


def _draw_effects(axis: Axes, points: pd.DataFrame) -> None:
    is_more = points["log_ratio"] > 0
    colours = pd.Series(_GREY, points.index)
    colours = colours.mask(points["is_sure"] & is_more, BLUE)
    colours = colours.mask(points["is_sure"] & ~is_more, ORANGE)
    last = points.assign(colour=colours).iloc[::-1]  # what is sure lies on top
    axis.scatter(
        last["log_ratio"], last["held"], s=14, c=last["colour"], alpha=0.7, linewidths=0,
        clip_on=False,
    )  # fmt: skip
    axis.axvline(0, color=MUTED, linewidth=0.6)
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter("{x:,.6g}")
    axis.set_yticks([], minor=True)
    axis.grid()


def _mark_times(axis: Axes, edge: float) -> None:
    """Mark the horizontal axis in times as often, with the edges for what one side only has."""
    step = 1 if edge <= 5 else 2
    places = [place for place in range(-20, 21, step) if abs(place) <= edge - 0.75]
    names = [f"{2**place}" if place >= 0 else f"1/{2**-place}" for place in places]
    axis.set_xticks([-edge, *places, edge], ["never", *names, "only"])
    axis.set_xlim(-edge - 0.3, edge + 0.3)


def _name_points(axis: Axes, named: pd.DataFrame, points: pd.DataFrame, most: int) -> None:
    """Name the points to name, the surest first, each where its name hides no other point."""
    pixels = axis.transData.transform(points[["log_ratio", "held"]])
    frame = axis.get_window_extent()
    taken: list[Bbox] = []
    for term, x, y in zip(named["term"], named["log_ratio"], named["held"], strict=True):
        for dx, dy, side in _BESIDE if len(taken) < most else ():
            level = "bottom" if dy else "center"
            text = write(axis, shorten(term, 22), (x, y), (dx, dy), ha=side, va=level)
            box = text.get_window_extent().expanded(1.02, 1.0)
            is_inside = frame.x0 <= box.x0 and box.x1 <= frame.x1
            is_inside = is_inside and frame.y0 <= box.y0 and box.y1 <= frame.y1
            hides = ((pixels > box.min) & (pixels < box.max)).all(axis=1).any()
            if is_inside and not hides and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()
