"""From counts of speakers to figures: who is quoted, when, where, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dateline.charts.sheet import (
    BLUE,
    FAINT,
    INK,
    SKY,
    Drawing,
    count_of,
    finish,
    name_leaders,
    name_rows,
    open_sheet,
    say,
    shorten,
    show_dates,
    take_largest,
    write,
    write_at_row_end,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_KINDS = {"direct": BLUE, "mixed": SKY, "indirect": "#c3d4e2"}
_MOST_ARCS = 45
_NO_SPEAKER = "No speaker could be named, so there is nothing to draw."


def draw_speakers(speaker_counts: pd.DataFrame, *, top_n: int = 15) -> Drawing:
    """Draw who is quoted, and how: bars of direct, mixed and indirect attributions.

    Args:
        speaker_counts: What `count_speakers` gives.
        top_n: How many speakers to show.

    Returns:
        The figure, most quoted first; a sentence where nobody is quoted.
    """
    shown = speaker_counts[speaker_counts["n"] > 0].head(top_n)
    if shown.empty:
        return say(_NO_SPEAKER)
    first = shown.iloc[0]
    leader = name_leaders(list(shown["speaker"]), list(shown["n"]), "speaker")
    title = f"{leader} with {count_of(first['n'], 'attribution')}"
    with open_sheet(title, height=1.05 + 0.25 * len(shown)) as sheet:
        axis = sheet.subplots()
        left = pd.Series(0, index=shown.index)
        for kind, colour in _KINDS.items():
            axis.barh(range(len(shown)), shown[f"n_{kind}"], left=left, height=0.68, color=colour)
            left = left + shown[f"n_{kind}"]
        for row, (n, most, held) in enumerate(
            zip(shown["n"], shown["n_max"], shown["n_articles"], strict=True)
        ):
            axis.plot([n, most], [row, row], color=INK, linewidth=1, solid_capstyle="butt")
            many = f"{n:,}" if n == most else f"{n:,} to {most:,}"
            write(axis, f"{many} in {count_of(held, 'article')}", (most, row), (5, 0), va="center")
        name_rows(axis, list(shown["speaker"]))
        axis.xaxis.get_major_locator().set_params(integer=True)
        axis.set_xlabel("attributions")
        _name_colours(axis, _KINDS)
        return finish(
            sheet,
            alt=f"Bar chart of the {count_of(len(shown), 'most quoted speaker')}: {title}; those "
            f"of {first['speaker']} stand in {count_of(first['n_articles'], 'article')}, "
            f"{first['direct_share']:.0%} of them are direct.",
            caption="Direct: all in quotation marks; mixed: in part; indirect: none. A dark line "
            "reaches as far as the count would go if every undecided attribution were theirs.",
        )


def _name_colours(axis: Axes, colours: dict[str, str]) -> None:
    """A line above the axes that names each colour beside a patch of it."""
    from matplotlib.patches import Patch

    axis.legend(
        handles=[Patch(color=colour, label=name) for name, colour in colours.items()],
        loc="lower left",
        bbox_to_anchor=(-0.01, 1.0),
        ncols=len(colours),
        frameon=False,
        fontsize=8.5,
        handlelength=1,
        handleheight=0.9,
        borderaxespad=0.2,
        columnspacing=1.4,
    )


def draw_speakers_by(counts: pd.DataFrame, *, by: str = "outlet", top_n: int = 12) -> Drawing:
    """Draw who is quoted where: a grid of speakers and outlets with the counts in it.

    Args:
        counts: What `count_speakers` gives with the same `by`.
        by: The column that makes the grid's columns.
        top_n: How many speakers to show: those with the most attributions over all.

    Returns:
        The figure, busiest first both ways; a sentence where there is only one outlet.
    """
    grid = counts.pivot_table(index="speaker", columns=by, values="n", aggfunc="sum", fill_value=0)
    grid = grid.loc[:, grid.sum() > 0]
    if grid.shape[1] < 2:
        return say(f"There is nothing to compare: speakers are not quoted by more than one {by}.")
    rows, columns = take_largest(grid.sum(axis=1), top_n), take_largest(grid.sum(), 7)
    cells = grid.loc[rows, columns]
    shared, most = (cells > 0).sum(axis=1), cells.to_numpy().max()
    title = f"Quoted by one {by} only: {(shared == 1).sum()} of {count_of(len(cells), 'speaker')}"
    with open_sheet(title, height=1.0 + 0.27 * len(cells)) as sheet:
        axis = sheet.subplots()
        axis.pcolormesh(cells.where(cells > 0), cmap="Blues", vmin=0, vmax=1.15 * most)
        for row, column in zip(*cells.to_numpy().nonzero(), strict=True):
            n = cells.iloc[row, column]
            ink = "white" if n > 0.6 * most else INK
            axis.text(column + 0.5, row + 0.5, f"{n:,}", ha="center", va="center", color=ink)
        axis.set_yticks([row + 0.5 for row in range(len(cells))], [shorten(one) for one in rows])
        width = 90 // len(columns)
        axis.set_xticks(
            [column + 0.5 for column in range(len(columns))],
            [shorten(one, width) for one in columns],
        )
        axis.tick_params(top=False, bottom=False, labeltop=True, labelbottom=False, labelcolor=INK)
        axis.invert_yaxis()
        axis.spines[["left", "bottom"]].set_visible(False)
        return finish(
            sheet,
            alt=f"Grid of {count_of(len(cells), 'speaker')} by {len(columns)} {by}s: {rows[0]} "
            f"is quoted most, with {count_of(cells.iloc[0].sum(), 'attribution')} in "
            f"{count_of(shared.iloc[0], by)}; {count_of((shared == 1).sum(), 'speaker')} of those "
            f"shown are quoted by one {by} only.",
            caption="Decided attributions in articles of a known outlet. Empty: not quoted there.",
        )


def draw_timeline(counts: pd.DataFrame, *, top_n: int = 12) -> Drawing:
    """Draw when speakers are quoted: a row a speaker, a dot a day.

    Args:
        counts: What `count_speakers` gives by "published_on".
        top_n: How many speakers to show: those with the most attributions in dated articles.

    Returns:
        The figure, most quoted first; a sentence where there are fewer than two days.
    """
    dated = counts[counts["n"] > 0]
    days = dated["published_on"]
    if days.nunique() < 2:
        return say("There is no timeline: the dated articles with a speaker are all of one day.")
    totals = dated.groupby("speaker")["n"].sum()
    names = take_largest(totals, top_n)
    spans = dated.groupby("speaker")["published_on"].agg(["min", "max", "nunique"])
    widest = spans.loc[names, "nunique"].idxmax()
    title = f"{widest} is quoted on {count_of(spans.loc[widest, 'nunique'], 'day')}"
    with open_sheet(title, height=0.9 + 0.27 * len(names)) as sheet:
        axis = sheet.subplots()
        for row, name in enumerate(names):
            points = dated[dated["speaker"] == name]
            axis.plot(list(spans.loc[name, ["min", "max"]]), [row, row], color=FAINT, zorder=1)
            sizes = 16 + 12 * (points["n"] - 1).clip(upper=12)
            axis.scatter(points["published_on"], [row] * len(points), s=sizes, color=BLUE, zorder=2)
            write_at_row_end(axis, f"{totals[name]:,}", row)
        name_rows(axis, names)
        show_dates(axis, most=8)
        years = sorted({days.min().year, days.max().year})
        axis.set_xlabel(f"day of publication, {' to '.join(map(str, years))}")
        return finish(
            sheet,
            alt=f"Timeline of {count_of(len(names), 'speaker')} from {days.min():%-d %B %Y} to "
            f"{days.max():%-d %B %Y}: {widest} is quoted on the most days, "
            f"{spans.loc[widest, 'nunique']:,}.",
            caption="A larger dot is more attributions that day; at the right, all of them. "
            "Articles without a day of publication are not in this figure.",
        )


def draw_network(together: pd.DataFrame, *, top_n: int = 14) -> Drawing:
    """Draw who is quoted with whom: an arc for each pair, thicker for more articles.

    Args:
        together: What `count_together` gives.
        top_n: How many speakers to show: those with the most company.

    Returns:
        The figure; a sentence where no two speakers share an article.
    """
    if together.empty:
        return say("No two speakers are quoted in the same article.")
    both = pd.concat([together, together.rename(columns={"speaker": "other", "other": "speaker"})])
    names = take_largest(both.groupby("speaker")["n_articles"].sum(), top_n)
    order = _order_by_company(both[both["other"].isin(names)], names)
    arcs = together[together["speaker"].isin(names) & together["other"].isin(names)]
    arcs = arcs.head(_MOST_ARCS)
    first = together.iloc[0]
    shared = count_of(first["n_articles"], "article")
    title = f"{first['speaker']} and {first['other']} share {shared}"
    with open_sheet(title, height=0.7 + 0.27 * len(order)) as sheet:
        axis = sheet.subplots()
        for one, two, n in zip(arcs["speaker"], arcs["other"], arcs["n_articles"], strict=True):
            _draw_arc(axis, order.index(one), order.index(two), n, most=arcs["n_articles"].max())
        axis.scatter([0] * len(order), range(len(order)), s=34, color=BLUE, zorder=3)
        name_rows(axis, order)
        axis.grid(visible=False)
        axis.set_xticks([])
        axis.set_xlim(-0.15, len(order) / 2)
        axis.spines["bottom"].set_visible(False)
        axis.tick_params(axis="y", pad=8)
        return finish(
            sheet,
            alt=f"Arcs between {count_of(len(order), 'speaker')} who are quoted in the same "
            f"articles; none more often than {first['speaker']} and {first['other']}, in {shared}.",
            caption="An arc joins two speakers who are quoted in one article; the thicker and "
            "darker, the more articles. The table below names the pairs.",
        )


def _order_by_company(both: pd.DataFrame, names: list[str]) -> list[str]:
    """Names so that those quoted together stand close: arcs stay short and cross less."""
    weights = both.set_index(["speaker", "other"])["n_articles"].to_dict()
    order = [names[0]]
    while len(order) < len(names):
        # The last placed count most, as an arc to them is the shortest.
        pull = {
            name: sum(weights.get((name, one), 0) / (len(order) - i) for i, one in enumerate(order))
            for name in names
            if name not in order
        }
        order.append(max(pull, key=pull.get))
    return order


def _draw_arc(axis: Axes, one: int, two: int, n: int, *, most: int) -> None:
    from matplotlib.patches import Arc

    reach = abs(one - two)
    axis.add_patch(
        Arc(
            (0, (one + two) / 2),
            reach,
            reach,
            theta1=-90,
            theta2=90,
            linewidth=0.8 + 3.2 * n / most,
            color=BLUE,
            alpha=0.25 + 0.55 * n / most,
        )
    )
