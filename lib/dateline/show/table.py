"""From a frame to a table for people: headings, units, ranges and a note; everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from dateline.conversion import is_unknown
from dateline.method import describe_method

# What a reader sees above a column, and how its numbers are written. A column that is not here
# shows its name in words, whole numbers as they are, and others with two decimals.
_COLUMNS = {
    "n": ("Times", ","),
    "per_million": ("Per million", ",.0f"),
    "per_million_reference": ("In the rest", ",.0f"),
    "article_share": ("Share of articles", ".0%"),
    "direct_share": ("Direct", ".0%"),
    "dp_norm": ("Unevenness (DPnorm)", ".2f"),
    "dp_excess": ("Unevenness beside chance", ".2f"),
    "n_adjusted": ("Adjusted for spread", ",.1f"),
    "mattr": ("Lexical diversity (MATTR)", ".3f"),
    "mattr_low": ("", ".3f"),
    "mattr_high": ("", ".3f"),
    "g2_4cell": ("G²", ",.1f"),
    "g2": ("G²", ",.1f"),
    "log_ratio": ("Log ratio (1: twice as often)", ".1f"),
    "n_articles_reference": ("Articles of the rest", ","),
    "n_spoken": ("Spoken", ","),
    "n_measured": ("Articles measured", ","),
    "expected": ("By chance", ",.2f"),
    "log_dice": ("logDice", ".1f"),
    "p_bh": ("p (BH)", ".3f"),
    "n_term": ("In all", ","),
    "n_gold": ("Annotated", ","),
    "joint_precision": ("Precision", ".2f"),
    "joint_recall": ("Recall", ".2f"),
    "joint_f1": ("F1", ".2f"),
    "cue_lemma": ("Cue", ""),
    "cue_class": ("Kind of act", ""),
    "other": ("With", ""),
    "published_on": ("Published", ""),
    "first_on": ("First", ""),
    "last_on": ("Last", ""),
    "article_id": ("Article", ""),
    "left": ("Before", ""),
    "keyword": ("Term", ""),
    "written": ("Name", ""),
    "right": ("After", ""),
}
_RATE = re.compile(r"per_(\d+)(_reference)?")  # of `scale_rates`, on the base of a report
_LOOKS = {"left": "before", "keyword": "keyword", "right": "after"}
# Notebooks and reports have styles of their own for tables; these lines hold in both.
STYLE = (
    "<style>table.dateline :is(th,td){text-align:left;vertical-align:top}"
    "table.dateline :is(.number,.before){text-align:right;font-variant-numeric:tabular-nums}"
    ".dateline :is(td.number,.before,.keyword,.after){white-space:nowrap}"
    ".dateline.by-term{font-size:.78rem}.dateline.by-term :is(td,th){padding-right:.4rem}"
    ".dateline tbody .before{font-weight:400}.dateline .keyword{font-weight:600}"
    ".dateline caption{caption-side:top;text-align:left}"
    "blockquote mark{background:#ffe9a8;color:#1f2328}blockquote p{margin:.2rem 0}"
    ".note{font:.8125rem/1.5 system-ui,sans-serif;color:var(--soft,inherit)}</style>"
)


@dataclass(frozen=True)
class Html:
    """HTML that a notebook shows, with what it says in plain words."""

    html: str
    plain: str

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}


def say(words: str) -> Html:
    """A sentence, where there is nothing to show."""
    return Html(f"<p>{escape(words)}</p>", words)


def show_table(
    frame: pd.DataFrame,
    columns: str,
    *,
    caption: str,
    top_n: int = 50,
    by: str = "",
    links: Mapping[str, str] = MappingProxyType({}),
) -> Html:
    """Show a frame as a table with headings for people.

    Args:
        frame: Any frame of this package. Where it has `x_low` and `x_high`, or `x_max`, the column
            `x` shows that range too.
        columns: The names of the columns to show, between spaces; the first one names the row.
        caption: What the table shows.
        top_n: Rows to show, of each group where there are groups; the table says of how many.
        by: A column whose values group the rows, and stand above them.
        links: For columns whose cells are links, the column that names the place: a cell leads to
            `anchor_of(column, value)` on the page.

    Returns:
        The table, its note from `frame.attrs["method"]`; a sentence where the frame is empty.

    Raises:
        ValueError: A column is not in the frame, or `top_n` is below 1.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> counts = dl.count_terms(dl.find_tokens(articles), articles)
        >>> dl.show_table(counts, "term n", caption="Terms", top_n=2)
        Terms
        term  n
        port  2
         the  2
    """
    if top_n < 1:
        raise ValueError(f"top_n={top_n}, expected 1 or more")
    _check_names(frame, [*columns.split(), *filter(None, [by]), *links, *links.values()])
    if frame.empty:
        return say(f"{caption}: none.")
    looks = {name: _look_of(name, frame[name]) for name in columns.split()}
    head = "".join(
        f'<th scope="col"{look}>{escape(_heading(name, frame))}</th>'
        for name, look in looks.items()
    )
    body, shown = "", []
    groups = [rows for _, rows in frame.groupby(by, sort=False, observed=True)] if by else [frame]
    for rows in groups:
        shown.append(rows.head(top_n))
        body += "<tbody>" + (_head_group(rows, by, top_n, len(looks)) if by else "")
        body += "".join(_show_row(row, looks, links) for row in shown[-1].to_dict("records"))
        body += "</tbody>"
    more = f"{len(shown[0]):,} of {len(frame):,} rows are shown"
    more = "" if by or len(shown[0]) == len(frame) else more
    note = ". ".join(words for words in (more, describe_method(frame)) if words)
    return Html(
        f'{STYLE}<div class="scroll"><table class="dateline{f" by-{by}" * bool(by)}">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>{body}</table></div>"
        + (f'<p class="note">{escape(note)}.</p>' if note else ""),
        f"{caption}\n{pd.concat(shown)[list(looks)].to_string(index=False)}",
    )


def _check_names(frame: pd.DataFrame, names: Iterable[str]) -> None:
    for name in names:
        if name not in frame:
            there = ", ".join(map(str, frame.columns)) or "none"
            raise ValueError(f"there is no column {name!r} to show; there are {there}")


def _look_of(name: str, column: pd.Series) -> str:
    look = "number" if pd.api.types.is_numeric_dtype(column) else _LOOKS.get(name)
    return f' class="{look}"' if look else ""


def _heading(name: str, frame: pd.DataFrame) -> str:
    words, _ = _COLUMNS.get(name, (name.removeprefix("n_").replace("_", " ").capitalize(), ""))
    if rate := _RATE.fullmatch(name):
        words = f"Per {int(rate[1]):,} words" + " of the rest" * bool(rate[2])
    return f"{words} (95 % interval)" if f"{name}_low" in frame else words


def _head_group(rows: pd.DataFrame, by: str, top_n: int, width: int) -> str:
    """A row over the rows of a group, which is where links lead that name a term."""
    group = str(rows[by].iloc[0])
    place = f' id="{anchor_of(by, group)}"' if by == "term" else ""
    words = f"{escape(group)} ({min(top_n, len(rows))} of {len(rows):,})"
    return f'<tr{place}><th scope="rowgroup" colspan="{width}">{words}</th></tr>'


def _show_row(row: Mapping[Any, Any], looks: dict[str, str], links: Mapping[str, str]) -> str:
    cells: list[str] = []
    for name, look in looks.items():
        tag, scope = ("td", "") if cells else ("th", ' scope="row"')
        words = escape(_say_range(row, name))
        if name in _LOOKS:  # a right-to-left mark of an article must not turn the rest of the row
            words = f"<bdi>{words}</bdi>"
        if name in links:
            words = f'<a href="#{anchor_of(links[name], row[links[name]])}">{words}</a>'
        cells.append(f"<{tag}{scope}{look}>{words}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _say_range(row: Mapping[Any, Any], name: str) -> str:
    words, low, high, most = (
        say_value(name, row[key]) if key in row else ""
        for key in (name, f"{name}_low", f"{name}_high", f"{name}_max")
    )
    if most and most != words:
        return f"{words}–{most}"
    return f"{words} ({low} to {high})" if low and high and low != "–" else words


def say_value(name: str, value: object) -> str:
    """Say one value of a column as people write it; what is not known is a dash."""
    if isinstance(value, list | tuple | np.ndarray):
        return ", ".join(map(str, value)) or "–"
    if is_unknown(value):
        return "undated" if name == "published_on" else "–"
    if isinstance(value, pd.Timestamp):
        return f"{value.day}\u00a0{value:%b}\u00a0{value:%Y}"
    if not isinstance(value, int | float):
        return str(value)
    if name.startswith("p_") and value < 0.001:
        return "< 0.001"
    if _RATE.match(name):
        return say_rate(value)
    _, form = _COLUMNS.get(name, ("", "," if isinstance(value, int) else ",.2f"))
    return f"{value:{form}}".replace("inf", "∞").replace("-", "−")


def say_rate(rate: float) -> str:
    """A rate with as many digits as are read: 1,234, 56.7, 8.90, 0.12."""
    if rate >= 1:
        return f"{rate:,.{0 if rate >= 100 else 1 if rate >= 10 else 2}f}"
    return f"{rate:#.2g}" if rate else "0"


def count_of(n: float, noun: str) -> str:
    """A number with its noun: `1 article`, `1,200 articles`."""
    return f"{n:,.0f} {noun}" if n == 1 else f"{n:,.0f} {noun}s"


def anchor_of(column: str, value: str) -> str:
    """A place on the page, the same wherever it is asked for: safe in `id` and in `href`."""
    return f"{column}-{quote(str(value), safe='')}"
