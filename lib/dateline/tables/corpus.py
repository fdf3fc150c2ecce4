"""From a corpus to what a reader must know of it: what was read, and what was left out."""

from __future__ import annotations

import json
from importlib.resources import files

import pandas as pd

from dateline.tables.show import Html, show_table


def count_outlets(articles: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Count what was read from each outlet.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles.

    Returns:
        A row for each outlet, then "not stated", then "all": n_articles, n_words (words of
        headings and body, between spaces), reprints (articles that repeat an earlier one), undated
        (articles without a day of publication), first_on and last_on.
    """
    counted = blocks[blocks["kind"].isin(["heading", "body"])]
    words = _count_words(articles, counted).groupby(counted["article_id"]).sum()
    listed = articles.assign(
        outlet=articles["outlet"].fillna("not stated"),
        n_words=articles["article_id"].map(words).fillna(0).astype("int64"),
        is_reprint=articles["cluster_id"].ne(articles["article_id"]),
        is_undated=articles["published_on"].isna(),
    )
    both = pd.concat([listed, listed.assign(outlet="all")])
    counts = both.groupby("outlet").agg(
        n_articles=("article_id", "size"),
        n_words=("n_words", "sum"),
        reprints=("is_reprint", "sum"),
        undated=("is_undated", "sum"),
        first_on=("published_on", "min"),
        last_on=("published_on", "max"),
    )
    last = [name for name in ("not stated", "all") if name in counts.index]
    return counts.loc[[*counts.index.difference(last), *last]].reset_index()


def count_left_out(articles: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Count the stretches that are neither heading nor body, and so not counted as words.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles.

    Returns:
        A row for each kind of block, in alphabetical order: n blocks, n_articles and n_words.
    """
    left = blocks[~blocks["kind"].isin(["heading", "body"])]
    left = left.assign(n_words=_count_words(articles, left))
    counts = left.groupby("kind").agg(
        n=("start", "size"), n_articles=("article_id", "nunique"), n_words=("n_words", "sum")
    )
    return counts.reset_index()


def _count_words(articles: pd.DataFrame, blocks: pd.DataFrame) -> pd.Series:
    texts = articles.set_index("article_id")["text"]
    words = [
        len(texts[article_id][start:end].split())
        for article_id, start, end in zip(
            blocks["article_id"], blocks["start"], blocks["end"], strict=True
        )
    ]
    return pd.Series(words, index=blocks.index, dtype="int64")


def show_accuracy() -> Html:
    """Show how well attributions are found, as measured on articles annotated by hand.

    Returns:
        A table of precision, recall and F1 by kind from `wordlists/accuracy.json`, which
        `dateline evaluate` writes; a sentence where it has not been written.
    """
    measured = files("dateline") / "wordlists" / "accuracy.json"
    if not measured.is_file():
        words = "How accurate the attributions are has not been measured for this version."
        return Html(f"<p>{words}</p>", words)
    kinds = json.loads(measured.read_text("utf-8"))
    rows = [{"kind": kind, **values} for kind, values in kinds.items() if isinstance(values, dict)]
    return show_table(
        pd.DataFrame(rows), "kind joint_f1", caption="Accuracy on our articles annotated by hand"
    )
