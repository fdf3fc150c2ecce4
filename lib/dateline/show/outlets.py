"""From a corpus to what a reader must know of it: what was read, and what was left out."""

from __future__ import annotations

import pandas as pd

from dateline.evaluation.evaluate import read_accuracy
from dateline.show.table import Html, say, say_value, show_table
from dateline.terms.tokens import BLOCK_KINDS, COUNTED_KINDS, find_tokens


def count_outlets(articles: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Count what was read from each outlet.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles.

    Returns:
        A row for each outlet in alphabetical order, last "unknown": n_articles, n_words (the
        tokens of headings and body), reprints (articles that repeat an earlier one), undated
        (articles without a day of publication), first_on and last_on.
    """
    counted = _count_words(articles, blocks)
    words = counted[counted["is_text"]].groupby("article_id")["n_words"].sum()
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
    ends = (outlets["first_on"].min(), outlets["last_on"].max())
    days = [say_value("published_on", day) for day in ends]
    caption = (
        f"{outlets['n_articles'].sum():,} articles, {outlets['n_words'].sum():,} words of headings "
        f"and body, {' to '.join(dict.fromkeys(days))}"
    )
    return show_table(outlets, " ".join(outlets.columns), caption=caption)


def count_left_out(articles: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Count the stretches that are neither heading nor body, and so not counted as words.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles.

    Returns:
        A row for each kind of block, in alphabetical order: n blocks, n_articles and n_words.
    """
    counted = _count_words(articles, blocks)
    counts = (
        counted[~counted["is_text"]]
        .groupby("kind")
        .agg(n=("n", "sum"), n_articles=("article_id", "nunique"), n_words=("n_words", "sum"))
    )
    return counts.reset_index()


def _count_words(articles: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """The words of each kind of block of each article: the same that the term tables count."""
    tokens = find_tokens(articles, blocks=blocks, kinds=BLOCK_KINDS)
    keys = ["article_id", "kind"]
    words = tokens.astype(dict.fromkeys(keys, "str")).groupby(keys).size().rename("n_words")
    counted = blocks.groupby(keys).size().rename("n").to_frame().join(words).fillna(0)
    counted = counted.astype("int64").reset_index()
    return counted.assign(is_text=counted["kind"].isin(COUNTED_KINDS))


def show_accuracy() -> Html:
    """Show how well attributions are found, measured on the project's articles annotated by hand.

    Returns:
        A table by kind, with how many speakers are right in its caption; a sentence where this
        version has not been measured.
    """
    try:
        accuracy, speaker_accuracy = read_accuracy()
    except FileNotFoundError:
        return say("How accurate the attributions are has not been measured for this version.")
    right = speaker_accuracy.set_index("group").loc["all", "speaker_accuracy"]
    caption = (
        "Accuracy, measured on the articles that ship with Dateline, annotated by hand; other "
        "articles are mostly harder. Right means: most of the words, and the source. Of the "
        f"attributions found there, {right:.0%} are given to the right speaker."
    )
    columns = "kind n_gold joint_precision joint_recall joint_f1"
    return show_table(accuracy, columns, caption=caption)
