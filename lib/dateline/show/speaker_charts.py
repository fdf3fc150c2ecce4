"""From counts of speakers to figures: who is quoted, when, where, and with whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from dateline.frames import take_frame
from dateline.show.drawing import (
    BLUE,
    FAINT,
    INK,
    SKY,
    Drawing,
    draw_bars,
    finish,
    name_leaders,
    name_rows,
    open_sheet,
    shorten,
    show_dates,
    take_largest,
)
from dateline.show.table import count_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = {"direct": BLUE, "mixed": SKY, "indirect": "#c3d4e2"}
_MOST_ARCS = 45
_PAIR = ("speaker", "other", "n_articles")


def draw_speakers(speaker_counts: pd.DataFrame, *, top_n: int = 15) -> Drawing:
    """Draw who is quoted, and how: bars of direct, mixed and indirect attributions.

    Args:
        speaker_counts: SPEAKER_COUNTS of one group.
        top_n: How many speakers to show.

    Returns:
        The figure, most quoted first; a sentence where nobody is quoted.

    Raises:
        ValueError: `speaker_counts` lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> _, speakers, said, _ = dl.find_said(articles)
        >>> dl.draw_speakers(dl.count_speakers(said, speakers))
        Bar chart of the 1 most quoted speaker: Ada Quill leads with 1 attribution; those of Ada \
Quill stand in 1 article, 100% of them are direct.
    """
    speaker_counts = take_frame(speaker_counts, "speaker_counts")
    shown = speaker_counts[speaker_counts["n"] > 0].head(top_n)
    if shown.empty:
        return Drawing("No speaker could be named, so there is nothing to draw.")
    first, names = shown.iloc[0], list(shown["speaker"])
    title = f"{name_leaders(shown['n'].set_axis(names), 'speaker')} with "
    title += count_of(first["n"], "attribution")
    spans = list(zip(shown["n"], shown["n_max"], strict=True))
    many = [f"{n:,}" if n == most else f"{n:,} to {most:,}" for n, most in spans]
    held = [count_of(n, "article") for n in shown["n_articles"]]
    notes = [f"{n} in {articles}" for n, articles in zip(many, held, strict=True)]
    with open_sheet(title, height=1.05 + 0.25 * len(shown)) as sheet:
        axis = sheet.subplots()
        parts: dict[str, Sequence[float]] = {
            colour: shown[f"n_{kind}"].tolist() for kind, colour in _COLOURS.items()
        }
        draw_bars(axis, names, parts, notes=notes, spans=spans)
        axis.locator_params(axis="x", integer=True)
        axis.set_xlabel("attributions")
        _name_colours(axis, _COLOURS)
        return finish(
            sheet,
            f"Bar chart of the {count_of(len(shown), 'most quoted speaker')}: {title}; those of "
            f"{names[0]} stand in {held[0]}, {first['direct_share']:.0%} of them are direct.",
            caption="Direct: all in quotation marks; mixed: in part; indirect: none. A dark line "
            "reaches as far as the count would go if every undecided attribution were theirs.",
        )


def _name_colours(axis: Axes, colours: dict[str, str]) -> None:
    """A line above the axes that names each colour beside a patch of it."""
    from matplotlib.patches import Patch

    handles = [Patch(color=colour, label=name) for name, colour in colours.items()]
    axis.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.01, 1.0),
        ncols=len(colours),
        frameon=False,
        fontsize=8.5,
        handlelength=1,
    )


def draw_speakers_by(
    speaker_counts: pd.DataFrame, *, by: str = "outlet", top_n: int = 12
) -> Drawing:
    """Draw who is quoted where: a grid of speakers and outlets with the counts in it.

    Args:
        speaker_counts: SPEAKER_COUNTS with the same `by`.
        by: The column that makes the grid's columns.
        top_n: How many speakers to show: those with the most attributions over all.

    Returns:
        The figure, busiest first both ways; a sentence where there is only one outlet.

    Raises:
        ValueError: `speaker_counts` lacks a column, or was not counted by `by`.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": f"“Shut,” said {who}.", "outlet": who} for who in ("Ada", "Bo")]
        >>> _, speakers, said, _ = dl.find_said(dl.make_articles(rows))
        >>> dl.draw_speakers_by(dl.count_speakers(said, speakers, by="outlet")).alt[:35]
        'Grid of 2 speakers by 2 outlets: Qu'
    """
    counted = _take_counts(speaker_counts, by)
    grid = counted.pivot_table(index="speaker", columns=by, values="n", aggfunc="sum", fill_value=0)
    if grid.shape[1] < 2:
        return Drawing(f"There is nothing to compare: speakers are not quoted in two {by}s.")
    rows, columns = take_largest(grid.sum(axis=1), top_n), take_largest(grid.sum(), 7)
    cells = grid.loc[rows, columns]
    shared, most = (cells > 0).sum(axis=1), cells.to_numpy().max()
    title = f"Quoted by one {by} only: {(shared == 1).sum()} of {count_of(len(cells), 'speaker')}"
    with open_sheet(title, height=1.0 + 0.27 * len(cells)) as sheet:
        axis = sheet.subplots()
        axis.imshow(cells.where(cells > 0), cmap="Blues", vmin=0, vmax=1.15 * most, aspect="auto")
        for row, column in zip(*cells.to_numpy().nonzero(), strict=True):
            n = cells.iloc[row, column]
            ink = "white" if n > 0.6 * most else INK
            axis.text(column, row, f"{n:,}", ha="center", va="center", color=ink)
        axis.set_yticks(range(len(rows)), [shorten(one) for one in rows])
        width = 90 // len(columns)
        axis.set_xticks(range(len(columns)), [shorten(one, width) for one in columns])
        axis.tick_params(top=False, bottom=False, labeltop=True, labelbottom=False, labelcolor=INK)
        axis.spines[["left", "bottom"]].set_visible(False)
        return finish(
            sheet,
            f"Grid of {count_of(len(cells), 'speaker')} by {len(columns)} {by}s: {title}; "
            f"{rows[0]} is quoted most, with {count_of(cells.iloc[0].sum(), 'attribution')} in "
            f"{count_of(shared.iloc[0], by)}.",
            caption="Decided attributions in articles of a known outlet. Empty: not quoted there.",
        )


def draw_timeline(speaker_counts: pd.DataFrame, *, top_n: int = 12) -> Drawing:
    """Draw when speakers are quoted: a row a speaker, a dot a day.

    Args:
        speaker_counts: SPEAKER_COUNTS by "published_on".
        top_n: How many speakers to show: those with the most attributions in dated articles.

    Returns:
        The figure, most quoted first; a sentence where there are fewer than two days.

    Raises:
        ValueError: `speaker_counts` lacks a column, or was not counted by "published_on".

    Example:
        >>> import dateline as dl
        >>> text, days = "“Shut,” said Ada Quill.", ("2025-02-06", "2025-02-07")
        >>> articles = dl.make_articles([{"text": text, "date": day} for day in days])
        >>> _, speakers, said, _ = dl.find_said(articles)
        >>> dl.draw_timeline(dl.count_speakers(said, speakers, by="published_on"))
        Timeline of 1 speaker from 6 February 2025 to 7 February 2025: Ada Quill is quoted on 2 \
days, no one on more.
    """
    dated = _take_counts(speaker_counts, "published_on")
    first, last = dated["published_on"].min(), dated["published_on"].max()
    if dated.empty or first == last:
        return Drawing(
            "There is no timeline: the articles with a speaker are of one known day at most."
        )
    totals = dated.groupby("speaker")["n"].sum()
    names = take_largest(totals, top_n)
    days = dated.groupby("speaker")["published_on"].nunique()[names]
    widest = days.idxmax()
    title = f"{widest} is quoted on {count_of(days.max(), 'day')}"
    with open_sheet(title, height=0.9 + 0.27 * len(names)) as sheet:
        axis = sheet.subplots()
        for row, name in enumerate(names):
            points = dated[dated["speaker"] == name].sort_values("published_on")
            sizes, level = 16 + 12 * (points["n"] - 1).clip(upper=12), [row] * len(points)
            axis.plot(points["published_on"], level, color=FAINT, zorder=1)
            axis.scatter(points["published_on"], level, s=sizes, color=BLUE, zorder=2)
        name_rows(axis, names, notes=[f"{totals[name]:,}" for name in names])
        show_dates(axis, most=8)
        years = [str(first.year), str(last.year)]
        axis.set_xlabel(f"day of publication, {' to '.join(dict.fromkeys(years))}")
        return finish(
            sheet,
            f"Timeline of {count_of(len(names), 'speaker')} from {first.day} {first:%B %Y} to "
            f"{last.day} {last:%B %Y}: {title}, no one on more.",
            caption="A larger dot is more attributions that day; at the right, all of them. "
            "Articles without a day of publication are not in this figure.",
        )


def _take_counts(speaker_counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows with an attribution that is decided, of counts with a column to draw by."""
    counts = take_frame(speaker_counts, "speaker_counts")
    if by not in counts:
        raise ValueError(f"`speaker_counts` has no column {by!r}: count_speakers(..., by={by!r})")
    if by == "published_on":
        days = take_frame(counts[[by]], "said", by)
        counts = counts.assign(published_on=days[by])
    return counts[counts["n"] > 0]


def draw_network(together: pd.DataFrame, *, top_n: int = 14) -> Drawing:
    """Draw who is quoted with whom: an arc for each pair, thicker for more articles.

    Args:
        together: TOGETHER.
        top_n: How many speakers to show: those with the most company.

    Returns:
        The figure; a sentence where no two speakers share an article.

    Raises:
        ValueError: `together` lacks a column.

    Example:
        >>> import dateline as dl
        >>> text = "“The port is shut,” said Ada Quill. “It is not,” said Bo Lund."
        >>> _, speakers, said, _ = dl.find_said(dl.make_articles([text]))
        >>> dl.draw_network(dl.count_together(said, speakers))
        Arcs between 2 speakers who are quoted in the same articles: Ada Quill and Bo Lund share \
1 article, no two share more.
    """
    together = take_frame(together, "together")
    if together.empty:
        return Drawing("No two speakers are quoted in the same article.")
    both = pd.concat([together, together.rename(columns={"speaker": "other", "other": "speaker"})])
    names = take_largest(both.groupby("speaker")["n_articles"].sum(), top_n)
    order = _order_by_company(both, names)
    arcs = together[together["speaker"].isin(names) & together["other"].isin(names)]
    shared = count_of(together["n_articles"].iloc[0], "article")
    title = f"{together['speaker'].iloc[0]} and {together['other'].iloc[0]} share {shared}"
    with open_sheet(title, height=0.7 + 0.27 * len(order)) as sheet:
        axis = sheet.subplots()
        for one, two, n in arcs.head(_MOST_ARCS)[list(_PAIR)].itertuples(index=False):
            _draw_arc(axis, order.index(one), order.index(two), n / arcs["n_articles"].max())
        axis.scatter([0] * len(order), range(len(order)), s=34, color=BLUE, zorder=3)
        name_rows(axis, order)
        axis.grid(visible=False)
        axis.set_xticks([])
        axis.set_xlim(-0.15, len(order) / 2)
        axis.spines["bottom"].set_visible(False)
        axis.tick_params(axis="y", pad=8)
        return finish(
            sheet,
            f"Arcs between {count_of(len(order), 'speaker')} who are quoted in the same "
            f"articles: {title}, no two share more.",
            caption="An arc joins two speakers who are quoted in one article; the thicker and "
            "darker, the more articles. The table below names the pairs.",
        )


def _order_by_company(both: pd.DataFrame, names: list[str]) -> list[str]:
    """Names so that those quoted together stand close: arcs stay short and cross less."""
    weights = both.set_index(["speaker", "other"])["n_articles"].to_dict()

    def find_pull(name: str) -> float:
        # The last placed count most, as an arc to them is the shortest.
        return sum(weights.get((name, one), 0) / (len(order) - i) for i, one in enumerate(order))

    order, waiting = names[:1], names[1:]
    while waiting:
        order.append(max(waiting, key=find_pull))
        waiting.remove(order[-1])
    return order


def _draw_arc(axis: Axes, one: int, two: int, weight: float) -> None:
    from matplotlib.patches import Arc

    reach = abs(one - two)
    arc = Arc((0, (one + two) / 2), reach, reach, theta1=-90, theta2=90)
    arc.set(linewidth=0.8 + 3.2 * weight, color=BLUE, alpha=0.25 + 0.55 * weight)
    axis.add_patch(arc)
