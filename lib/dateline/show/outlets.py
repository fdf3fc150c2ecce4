"""From a corpus to what a reader must know of it: what was read, and what was left out."""

from __future__ import annotations

import pandas as pd

from dateline.evaluation.evaluate import read_accuracy
from dateline.frames import SCHEMAS, fit_frame, take_frame
from dateline.read.intake.tally import say_reading
from dateline.read.plain.blocks import BLOCK_KINDS, find_blocks
from dateline.show.table import Html, count_of, say, say_value, show_table
from dateline.terms.tokenise.tokens import COUNTED_KINDS, find_tokens

UNKNOWN = "unknown"
_COUNTED = ("outlet", "published_on", "cluster_id")


def count_outlets(articles: pd.DataFrame, *, blocks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count what was read from each outlet.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles; None finds them.

    Returns:
        OUTLETS in alphabetical order, last "unknown". Empty in, empty out.

    Raises:
        ValueError: A frame lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles([{"text": "The port is shut.", "outlet": "Quay Post"}])
        >>> dl.count_outlets(articles)[["outlet", "n_articles", "n_words"]].to_dict("records")
        [{'outlet': 'Quay Post', 'n_articles': 1, 'n_words': 4}]
    """
    articles = take_frame(articles, "articles", "article_id", "text", optional=_COUNTED)
    counted = _count_words(articles, blocks)
    words = counted[counted["is_text"]].groupby("article_id")["n_words"].sum()
    cluster = articles["cluster_id"].fillna(articles["article_id"])
    listed = articles.assign(
        outlet=articles["outlet"].fillna(UNKNOWN),
        n_words=articles["article_id"].map(words).fillna(0),
        is_reprint=cluster.ne(articles["article_id"]),
        is_undated=articles["published_on"].isna(),
    )
    counts = listed.groupby("outlet").agg(
        n_articles=("article_id", "size"),
        n_words=("n_words", "sum"),
        n_reprints=("is_reprint", "sum"),
        n_undated=("is_undated", "sum"),
        first_on=("published_on", "min"),
        last_on=("published_on", "max"),
    )
    counts = counts.reset_index()
    is_unknown = counts["outlet"].eq(UNKNOWN).to_numpy()
    return fit_frame(
        counts.iloc[is_unknown.argsort(kind="stable")].reset_index(drop=True), "outlets"
    )


def show_files(files: pd.DataFrame) -> Html:
    r"""Show how many articles the files of each form state, hold, gave and lost.

    Args:
        files: FILES.

    Returns:
        The table, with the sums, and what was left out and why, above it; a sentence where there
        are no files.

    Raises:
        ValueError: `files` lacks a column.

    Example:
        >>> import dateline as dl
        >>> dl.show_files(dl.read_corpus("corpus").files)
        Read 31 articles in 31 files
        form  files  stated  read  left_out
        text     31    <NA>    31         0
    """
    files = take_frame(files, "files")
    if files.empty:
        return say("No file was read.")
    counts = files.assign(form=files["form"].fillna("not read")).groupby("form", sort=False)
    sums = counts.agg(
        files=("path", "size"),
        # Plain text states no number: that is not none.
        stated=("n_stated", lambda stated: stated.sum(min_count=1)),
        read=("n_read", "sum"),
        left_out=("n_left_out", "sum"),
    )
    said = say_reading(files)
    sums = sums.sort_values(["files", "form"], ascending=[False, True]).reset_index()
    return show_table(sums, "form files stated read left_out", caption=said[:1].upper() + said[1:])


def show_outlets(outlets: pd.DataFrame) -> Html:
    """Show what was read, with the sums above the table.

    Args:
        outlets: OUTLETS.

    Returns:
        The table; a sentence where nothing was read.

    Raises:
        ValueError: `outlets` lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles([{"text": "The port is shut.", "outlet": "Quay Post"}])
        >>> dl.show_outlets(dl.count_outlets(articles))
        1 article, 4 words of headings and body, undated
           outlet  n_articles  n_words  n_reprints  n_undated first_on last_on
        Quay Post           1        4           0          1      NaT     NaT
    """
    outlets = take_frame(outlets, "outlets")
    ends = (outlets["first_on"].min(), outlets["last_on"].max())
    days = [say_value("published_on", day) for day in ends]
    caption = (
        f"{count_of(outlets['n_articles'].sum(), 'article')}, {outlets['n_words'].sum():,} words "
        f"of headings and body, {' to '.join(dict.fromkeys(days))}"
    )
    return show_table(outlets, " ".join(SCHEMAS["outlets"].columns), caption=caption)


def count_left_out(articles: pd.DataFrame, *, blocks: pd.DataFrame | None = None) -> pd.DataFrame:
    r"""Count the stretches that are neither heading nor body, and so not counted as words.

    Args:
        articles: ARTICLES.
        blocks: BLOCKS of the articles; None finds them.

    Returns:
        LEFT_OUT in alphabetical order. Nothing left out, no rows.

    Raises:
        ValueError: A frame lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut.\n\nPhoto: Bo Lund"])
        >>> dl.count_left_out(articles).to_dict("records")
        [{'kind': 'credit', 'n': 1, 'n_articles': 1, 'n_words': 3}]
    """
    articles = take_frame(articles, "articles", "article_id", "text")
    counted = _count_words(articles, blocks)
    counts = (
        counted[~counted["is_text"]]
        .groupby("kind")
        .agg(n=("n", "sum"), n_articles=("article_id", "nunique"), n_words=("n_words", "sum"))
    )
    return fit_frame(counts.reset_index(), "left_out")


def _count_words(articles: pd.DataFrame, blocks: pd.DataFrame | None) -> pd.DataFrame:
    """The words of each kind of block of each article: the same that the term tables count."""
    blocks = find_blocks(articles) if blocks is None else take_frame(blocks, "blocks")
    tokens = find_tokens(articles, blocks=blocks, kinds=BLOCK_KINDS, language=None)
    keys = ["article_id", "kind"]
    words = tokens[keys].astype("str").groupby(keys).size().rename("n_words")
    counted = blocks.groupby(keys).size().rename("n").to_frame().join(words).fillna(0)
    counted = counted.astype("int64").reset_index()
    return counted.assign(is_text=counted["kind"].isin(COUNTED_KINDS))


def show_accuracy() -> Html:
    """Show how well attributions are found, measured on the project's articles annotated by hand.

    Returns:
        A table by kind, with how many speakers are right in its caption; a sentence where this
        version has not been measured.

    Example:
        >>> import dateline as dl
        >>> "given to the right speaker" in dl.show_accuracy().plain
        True
    """
    try:
        accuracy, speaker_accuracy, *_ = read_accuracy()
    except FileNotFoundError:
        return say("How accurate the attributions are has not been measured for this version.")
    is_all = speaker_accuracy["group"] == "all"
    right = float(speaker_accuracy.loc[is_all, "speaker_accuracy"].iloc[0])
    caption = (
        "Accuracy, measured on the articles that ship with Dateline, annotated by hand; other "
        "articles are mostly harder. Right means: most of the words, and the source. Of the "
        f"attributions found there, {right:.0%} are given to the right speaker."
    )
    columns = "kind n_gold joint_precision joint_recall joint_f1"
    return show_table(accuracy, columns, caption=caption)
