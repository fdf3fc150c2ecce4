"""From marks to a figure: one look, one width, and the words for those who do not see it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

from dateline.show.table import count_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

# Okabe and Ito's colours, told apart by colour-blind readers (jfly.uni-koeln.de/color, 2008).
BLUE, SKY, ORANGE = "#0072B2", "#56B4E9", "#D55E00"
INK, MUTED, FAINT = "#1f2328", "#5d646c", "#d9dde2"
RATES = ("per_million", "per_million_low", "per_million_high")
_WIDTH = 7.6  # inches; at 72 points an inch it is as wide as a report's column
# Beyond this many marks the marks alone become a picture inside the SVG, to keep it small.
_MANY_MARKS = 2000
# In a tag: the family that all texts share, ids that nothing refers to, turns by nothing, and
# what is finer than a hundredth of a point.
_NEEDLESS = re.compile(
    r" font-family: 'DejaVu Sans';?|(?<=<g) id=\"[^\"]*\"| transform=\"rotate\(-0[^\"]*\""
    r"|(\.\d\d)\d+"
)
_LOOK = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so layouts are the same everywhere
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in an article is a dollar sign
    "figure.titlesize": 11.5,
    "figure.titleweight": "bold",
    "figure.labelsize": 9,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 9,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "xtick.color": MUTED,
    "xtick.labelsize": 8.5,
    "xtick.major.width": 0.6,
    "xtick.major.size": 3,
    "ytick.color": INK,
    "ytick.major.size": 0,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "butt",
    "svg.fonttype": "none",  # letters stay letters: a fifth of the bytes of drawn ones
    "svg.hashsalt": "dateline",  # without it the ids in the file differ from run to run
}


@dataclass(frozen=True)
class Drawing:
    """What a figure shows in words, the figure, and what to know when reading it.

    A notebook shows the figure, or the words alone where there is nothing to draw. The words
    travel as output metadata (`alt`, `caption`), which the report's template reads.
    """

    alt: str
    svg: str = ""
    caption: str = ""

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        if not self.svg:
            return {"text/html": f"<p>{escape(self.alt)}</p>", "text/plain": self.alt}, {}
        words = {"alt": self.alt, "caption": self.caption}
        bundle = {"image/svg+xml": self.svg, "text/plain": self.alt}
        return bundle, {**words, "image/svg+xml": words}


@contextmanager
def open_sheet(title: str, *, height: float) -> Iterator[Figure]:
    """An empty figure of our look, `height` inches high, its title the finding in a few words."""
    from matplotlib import style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with style.context(["default", _LOOK]), warnings.catch_warnings():
        # A letter that the font lacks is drawn as a box; the words beside the figure have it.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=(_WIDTH, height), dpi=72, layout="constrained")
        FigureCanvasAgg(figure)  # measures texts, so that labels can avoid each other
        figure.suptitle(shorten(title, 72), x=0.004, ha="left")
        yield figure


def finish(figure: Figure, alt: str, *, caption: str) -> Drawing:
    """Turn a sheet into a drawing: the same bytes for the same marks.

    Args:
        figure: A sheet that is still open.
        alt: What the figure shows: its kind and size, its title, and the numbers behind that.
        caption: What a reader must know: units, what is left out.
    """
    svg, alt = StringIO(), shorten(alt, 1000)
    metadata = {"Date": None, "Creator": None, "Title": alt}
    figure.savefig(svg, format="svg", dpi=160, metadata=metadata)
    return Drawing(alt, _tidy(svg.getvalue()), caption)


def _tidy(svg: str) -> str:
    """The SVG alone, half as long: without comments, names of groups and needless decimals."""
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.S)
    # DejaVu is wide, and Verdana its near twin: where neither is there, labels only get shorter.
    svg = svg.replace("</style>", "text{font-family:'DejaVu Sans',Verdana,sans-serif}</style>", 1)
    svg = re.sub(r"<[^>]+>", lambda tag: _NEEDLESS.sub(r"\1", tag[0]), svg)
    return re.sub(r">\s+<", "><", svg)


def open_panels(sheet: Figure, titles: Sequence[str], *, columns: int) -> list[Axes]:
    """A panel for each title on common scales, left to right in so many columns at most."""
    n, columns = len(titles), min(columns, len(titles))
    axes = sheet.subplots(-(-n // columns), columns, sharex=True, sharey=True, squeeze=False)
    panels, empty = list(axes.flat[:n]), axes.flat[n:]
    for panel, title in zip(panels, titles, strict=True):
        panel.set_title(title)
    # Those above a place that stays empty have tick labels of their own.
    for above, axis in zip(panels[n - columns :], empty, strict=False):
        above.tick_params(labelbottom=True)
        axis.set_axis_off()
    return panels


def draw_bars(
    axis: Axes,
    labels: Sequence[str],
    parts: dict[str, Sequence[float]],
    *,
    notes: Sequence[str],
    spans: Sequence[tuple[float, float]] = (),
) -> None:
    """Horizontal bars from the top down, each with its interval, and its note at the end.

    The parts are laid end to end; each has a colour and a value for each label.
    """
    ends = [0.0] * len(labels)
    for colour, values in parts.items():
        axis.barh(range(len(labels)), values, left=ends, height=0.68, color=colour)
        ends = [end + value for end, value in zip(ends, values, strict=True)]
    for row, span in enumerate(spans):
        axis.plot(span, [row, row], color=INK, linewidth=1)
        ends[row] = span[1]
    for row, (end, note) in enumerate(zip(ends, notes, strict=True)):
        write(axis, note, (end, row), (5, 0), va="center")
    name_rows(axis, labels)


def name_rows(axis: Axes, labels: Sequence[str], *, notes: Sequence[str] = ()) -> None:
    """Name the rows of a horizontal chart, the first at the top; notes stand right of the axes."""
    axis.set_yticks(range(len(labels)), [shorten(label) for label in labels])
    axis.set_ylim(len(labels) - 0.4, -0.6)
    axis.spines["left"].set_visible(False)
    axis.xaxis.set_major_formatter("{x:,.6g}")
    axis.grid(axis="x")
    for row, note in enumerate(notes):
        write(axis, note, (1, row), (6, 0), xycoords=("axes fraction", "data"), va="center")


def write(
    axis: Axes, words: str, place: tuple[float, float], nudge: tuple[float, float], **how: Any
) -> Annotation:
    """Write small words at a place of the axes, nudged by some points."""
    return axis.annotate(words, place, nudge, textcoords="offset points", fontsize=8.5, **how)


def show_dates(axis: Axes, *, most: int) -> None:
    """Label the horizontal axis with dates, as short as they can be told apart."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=2, maxticks=most)
    axis.xaxis.set_major_locator(locator)
    axis.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))


def draw_ticks(axis: Axes, places: pd.Series, low: Any, high: Any, **line: Any) -> None:
    """Upright ticks at places, from low to high, as one line with breaks: few bytes a tick."""
    import numpy as np

    ends = np.full((len(places), 3, 2), np.nan)
    ends[:, 0, 0] = ends[:, 1, 0] = places
    ends[:, 0, 1], ends[:, 1, 1] = low, high
    (ticks,) = axis.plot(*ends.reshape(-1, 2).T, **line)
    ticks.set_rasterized(len(places) > _MANY_MARKS)


def shorten(text: str, longest: int = 34) -> str:
    """The text on one line, cut with an ellipsis where it is too long for a label.

    What cannot be printed is left out: an SVG may not hold it.
    """
    line = "".join(filter(str.isprintable, " ".join(str(text).split())))
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def take_largest(sizes: pd.Series, n: int) -> list[str]:
    """The names of the n largest, largest first, ties by name."""
    ordered = sizes.sort_index().sort_values(ascending=False, kind="stable")
    return list(ordered.index[:n])


def take_groups(counts: pd.DataFrame, by: str, most: int) -> list[str]:
    """The groups with the most words, largest first; periods in their order."""
    groups = take_largest(counts.groupby("group")["n_tokens"].max(), most)
    return sorted(groups) if by in ("day", "week", "month", "year") else groups


def name_leaders(sizes: pd.Series, noun: str) -> str:
    """Who leads a list that is sorted from the top: one name, or how many share the lead."""
    n = int((sizes == sizes.iloc[0]).sum())
    return f"{sizes.index[0]} leads" if n == 1 else f"{count_of(n, noun)} lead"
