"""From a corpus to what a reader must know of it: what was read, and what was left out."""

from __future__ import annotations

import pandas as pd

from dateline.quotes.evaluate import read_accuracy
from dateline.tables.show import Html, say_value, show_table


def count_outlets(articles: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Count what was read from each outlet.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles.

    Returns:
        A row for each outlet in alphabetical order, last "unknown": n_articles, n_words (of
        headings and body, between spaces), reprints (articles that repeat an earlier one),
        undated (articles without a day of publication), first_on and last_on.
    """
    counted = blocks[blocks["kind"].isin(["heading", "body"])]
    words = _count_words(articles, counted).groupby(counted["article_id"]).sum()
    listed = articles.assign(
        n_words=articles["article_id"].map(words).fillna(0).astype("int64"),
        is_reprint=articles["cluster_id"].ne(articles["article_id"]),
        is_undated=articles["published_on"].isna(),
    )
    counts = listed.groupby("outlet", dropna=False).agg(
        n_articles=("article_id", "size"),
        n_words=("n_words", "sum"),
        reprints=("is_reprint", "sum"),
        undated=("is_undated", "sum"),
        first_on=("published_on", "min"),
        last_on=("published_on", "max"),
    )
    return counts.reset_index().fillna({"outlet": "unknown"})


def show_outlets(outlets: pd.DataFrame) -> Html:
    """Show what was read, with the sums above the table.

    Args:
        outlets: What `count_outlets` gives.
    """
    days = [say_value("", day) for day in (outlets["first_on"].min(), outlets["last_on"].max())]
    days = list(dict.fromkeys(days))
    caption = (
        f"{outlets['n_articles'].sum():,} articles, {outlets['n_words'].sum():,} words of headings "
        f"and body, {' to '.join(days)}"
    )
    columns = "outlet n_articles n_words reprints undated first_on last_on"
    return show_table(outlets, columns, caption=caption)


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
    """Show how well attributions are found, measured on the project's articles annotated by hand.

    Returns:
        A table by kind, with how many speakers are right in its caption; a sentence where this
        version has not been measured.
    """
    try:
        accuracy, speaker_accuracy = read_accuracy()
    except FileNotFoundError:
        words = "How accurate the attributions are has not been measured for this version."
        return Html(f"<p>{words}</p>", words)
    right = speaker_accuracy.set_index("group").loc["all", "speaker_accuracy"]
    words = (
        "Measured on the articles that ship with Dateline, annotated by hand; other articles are "
        "mostly harder. Right means: most of the words, and the source. Of the attributions found "
        f"there, {right:.0%} are given to the right speaker."
    )
    columns = "kind n_gold joint_precision joint_recall joint_f1"
    table = show_table(accuracy, columns, caption="Accuracy by kind")
    return Html(f"<p>{words}</p>{table.html}", f"{words}\n{table.plain}")
