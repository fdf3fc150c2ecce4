"""From a frame to a table for people: headings, units, ranges and a note; everything escaped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import pandas as pd

from dateline.terms import describe_method

# What a reader sees above a column; a column that is not here shows its name in words.
_HEADINGS = {
    "n": "Times",
    "n_articles": "Articles",
    "n_words": "Words",
    "n_outlets": "Outlets",
    "n_speakers": "Speakers",
    "per_million": "Per million",
    "article_share": "Share of articles",
    "direct_share": "Direct",
    "dp_norm": "Unevenness (DPnorm)",
    "log_ratio": "Log ratio",
    "g2_4cell": "G²",
    "g2": "G²",
    "n_term": "In all",
    "log_dice": "logDice",
    "per_million_reference": "In the rest",
    "n_gold": "Annotated",
    "joint_precision": "Precision",
    "joint_recall": "Recall",
    "joint_f1": "F1",
    "p_bh": "p (BH)",
    "cue_lemma": "Cue",
    "cue_class": "Kind of act",
    "other": "With",
    "published_on": "Published",
    "first_on": "First",
    "last_on": "Last",
    "article_id": "Article",
    "speaker_kind": "Kind",
}
_DECIMALS = {
    "per_million": 0,
    "per_million_reference": 0,
    "g2_4cell": 1,
    "g2": 1,
    "log_dice": 1,
    "log_ratio": 1,
    "p_bh": 3,
}
# Notebooks and reports have styles of their own for tables; these lines hold in both.
STYLE = (
    "<style>table.dateline th,table.dateline td{text-align:left;vertical-align:top}"
    "table.dateline .number{text-align:right;font-variant-numeric:tabular-nums}"
    ".dateline td.number{white-space:nowrap}"
    ".dateline caption{caption-side:top;text-align:left}"
    ".note{font:.8125rem/1.5 system-ui,sans-serif;color:var(--soft,inherit)}</style>"
)


@dataclass(frozen=True)
class Html:
    """HTML that a notebook shows, with what it says in plain words."""

    html: str
    plain: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        return {"text/html": self.html, "text/plain": self.plain}


def show_table(
    frame: pd.DataFrame,
    columns: str,
    *,
    caption: str,
    top_n: int = 50,
    under: str = "",
    linked: Collection[str] = (),
) -> Html:
    """Show a frame as a table with headings for people.

    Args:
        frame: Any frame of this package. Where it has `x_low` and `x_high`, or `x_max`, the column
            `x` shows that range too.
        columns: The names of the columns to show, between spaces; the first one names the row.
        caption: What the table shows.
        top_n: Rows to show; the note says how many there are.
        under: A column whose values head their rows, which stand together.
        linked: Values of the first column that lead to `anchor_of(column, value)` on the page.

    Returns:
        The table, its note from `frame.attrs["method"]`; a sentence where the frame is empty.
    """
    if frame.empty:
        return Html(f"<p>{escape(caption)}: none.</p>", f"{caption}: none.")
    shown, names = frame.head(top_n), columns.split()
    numeric = {name for name in names if pd.api.types.is_numeric_dtype(frame[name])}
    head = "".join(
        f'<th scope="col"{_class(name, numeric)}>{escape(_heading(name, frame))}</th>'
        for name in names
    )
    groups = shown.groupby(under, sort=False) if under else [("", shown)]
    body = "".join(
        (f'<tr><th scope="rowgroup" colspan="{len(names)}">{escape(group)}</th></tr>' * bool(under))
        + "".join(_show_row(row, names, numeric, linked) for row in rows.to_dict("records"))
        for group, rows in groups
    )
    return Html(
        f'{STYLE}<div class="scroll"><table class="dateline"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{_note(frame, shown)}",
        f"{caption}\n{shown[names].to_string(index=False)}",
    )


def _note(frame: pd.DataFrame, shown: pd.DataFrame) -> str:
    """How many rows are not shown, and how the frame was made."""
    more = "" if len(shown) == len(frame) else f"{len(shown):,} of {len(frame):,} rows are shown"
    note = ". ".join(words for words in (more, describe_method(frame)) if words)
    return f'<p class="note">{escape(note)}.</p>' if note else ""


def _heading(name: str, frame: pd.DataFrame) -> str:
    words = _HEADINGS.get(name, name.removeprefix("n_").replace("_", " ").capitalize())
    return f"{words} (95 % interval)" if f"{name}_low" in frame else words


def _class(name: str, numeric: Collection[str]) -> str:
    return ' class="number"' if name in numeric else ""


def _show_row(
    row: dict, names: list[str], numeric: Collection[str], linked: Collection[str]
) -> str:
    first, *others = names
    words = escape(_say_range(row, first))
    if row[first] in linked:
        words = f'<a href="#{anchor_of(first, row[first])}">{words}</a>'
    cells = "".join(f"<td{_class(n, numeric)}>{escape(_say_range(row, n))}</td>" for n in others)
    return f'<tr><th scope="row"{_class(first, numeric)}>{words}</th>{cells}</tr>'


def _say_range(row: dict, name: str) -> str:
    value, low, high = row[name], row.get(f"{name}_low"), row.get(f"{name}_high")
    if f"{name}_max" in row and row[f"{name}_max"] != value:
        return f"{say_value(name, value)}–{say_value(name, row[f'{name}_max'])}"
    if low is not None and high is not None:
        low, high = say_value(name, low), say_value(name, high)
        return f"{say_value(name, value)} ({low} to {high})"
    return say_value(name, value)


def say_value(name: str, value: object) -> str:
    """Say one value of a column as people write it; what is not known is a dash."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if pd.isna(value):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value.day}\u00a0{value:%b}\u00a0{value:%Y}"
    if name.endswith("_share"):
        return f"{value:.0%}"
    if name.startswith("p_") and value < 0.001:
        return "< 0.001"
    if isinstance(value, float):
        words = f"{value:,.{_DECIMALS.get(name, 2)}f}"
        return words.replace("inf", "∞").replace("-", "−")
    return f"{value:,}" if isinstance(value, int) else str(value)


def anchor_of(kind: str, value: str) -> str:
    """A place on the page, the same wherever it is asked for: safe in `id` and in `href`."""
    return f"{kind}-{quote(str(value), safe='')}"
