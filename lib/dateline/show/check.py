"""From a corpus as it was read to what an analyst looks at first: forms, dates, doubles, doubts."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dateline.read import Corpus
from dateline.read.intake.tally import find_lost
from dateline.show.outlets import count_outlets, show_files, show_outlets
from dateline.show.table import Html, count_of, say, show_table
from dateline.tabular import replaced

_MOST = 50
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>body{{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}}
table{{border-collapse:collapse}}th,td{{padding:.2rem .6rem;border-bottom:1px solid #d0d7de}}
caption{{padding:.4rem 0}}.scroll{{overflow-x:auto}}td,th{{overflow-wrap:anywhere}}</style>
</head><body><h1>{title}</h1>
{body}
</body></html>
"""


class Section(NamedTuple):
    """One part of what is shown: its heading, and its tables."""

    heading: str
    tables: list[Html]


_PRECISIONS = {"month_day": "day, no year", "month": "month only", "year": "year only"}


def check_corpus(corpus: Corpus) -> list[Section]:
    """Show what was read, and what an analyst should know before counting it.

    Args:
        corpus: What `read_corpus` gave.

    Returns:
        Sections with tables: files by form and those that were not wholly read, outlets, dates,
        languages, reprint clusters, problems.
    """
    articles, blocks, problems, files, metadata, *_ = corpus
    lossy = files[(files["n_left_out"] > 0) | find_lost(files)]
    outlets = count_outlets(articles, blocks=blocks)
    listed = "path form n_stated n_found n_read n_left_out why"
    return [
        Section(
            "Files", [show_files(files), _show(lossy, listed, "Files that were not wholly read")]
        ),
        Section("Outlets", [show_outlets(outlets) if len(articles) else say("No article.")]),
        Section("Dates", [_show_dates(articles, metadata)]),
        Section("Languages", [_show_languages(articles)]),
        Section("Duplicates", [_show_clusters(articles)]),
        Section("Problems", [_show(problems, "path problem", "Problems")]),
    ]


def _show(frame: pd.DataFrame, columns: str, caption: str) -> Html:
    return show_table(frame, columns, caption=caption, top_n=_MOST)


def _show_dates(articles: pd.DataFrame, metadata: pd.DataFrame) -> Html:
    dated = articles.assign(
        precision=articles["date_precision"].fillna("no date").replace(_PRECISIONS),
        month=articles["published_on"].dt.strftime("%Y-%m"),
    )
    keys = ["precision", "month"]
    sizes = dated.groupby(keys, dropna=False).size().rename("n_articles")
    counts = sizes.reset_index().sort_values(keys)
    n = int(articles["published_on"].notna().sum())
    caption = f"{n:,} of {len(articles):,} articles have a day of publication"
    if n_apart := _count_days_apart(metadata):
        caption += f"; for {n_apart:,} two places state days in a row (a time zone, mostly)"
    return _show(counts, "precision month n_articles", caption)


def _count_days_apart(metadata: pd.DataFrame) -> int:
    """How many articles have two stated days of publication, one after the other."""
    is_day = (metadata["column"] == "published_on") & (metadata["value"].str.len() == 10)
    days = metadata[is_day].assign(day=pd.to_datetime(metadata["value"][is_day]))
    spans = days.groupby("article_id")["day"].agg(["min", "max"])
    return int((spans["max"] - spans["min"] == pd.Timedelta(days=1)).sum())


def _show_languages(articles: pd.DataFrame) -> Html:
    counts = articles.groupby("language").size().rename("n_articles").reset_index()
    counts = counts.sort_values(["n_articles", "language"], ascending=[False, True])
    return _show(counts, "language n_articles", "Languages; all but en are left out of attribution")


def _show_clusters(articles: pd.DataFrame) -> Html:
    sizes = articles.groupby("cluster_id")["article_id"].transform("size")
    doubles = articles[(sizes > 1) & articles["article_id"].ne(articles["cluster_id"])]
    shown = doubles.sort_values(["cluster_id", "article_id"])
    caption = (
        f"Repeats of an earlier article: {count_of(len(doubles), 'article')} in "
        f"{count_of(doubles['cluster_id'].nunique(), 'reprint cluster')}"
    )
    return _show(shown, "cluster_id article_id outlet published_on title", caption)


def say_sections(sections: list[Section]) -> str:
    """The sections as plain text, for a terminal."""
    return "\n\n".join(
        "\n".join([heading.upper(), *(table.plain for table in tables)])
        for heading, tables in sections
    )


def write_page(sections: list[Section], title: str, path: Path) -> None:
    """Write the sections as one HTML page that needs nothing else."""
    body = "\n".join(
        "\n".join([f"<h2>{escape(heading)}</h2>", *(table.html for table in tables)])
        for heading, tables in sections
    )
    with replaced(path) as staged:
        staged.write_text(_PAGE.format(title=escape(title), body=body), encoding="utf-8")
