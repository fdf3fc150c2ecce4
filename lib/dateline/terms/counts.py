"""From tokens to counts: each term in each group, how often, how evenly, with its interval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import (
    By,
    Cells,
    check_least,
    compact,
    count_cells,
    list_words,
    replace_rows,
    say_by,
    take_tokens,
)
from dateline.terms.formulas.dispersion import measure_dispersion
from dateline.terms.formulas.intervals import METHOD, find_inflation, measure_rates, sum_sizes
from dateline.terms.formulas.measures import Array, compute, rank_sorted
from dateline.terms.queries.hits import ask
from dateline.terms.queries.query import list_terms
from dateline.terms.tokenise.classes import LISTED_CLASSES, find_listed, name_unlisted


def count_terms(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: By = None,
    exclude: str | Iterable[str] = (),
    include: str | Iterable[str] | None = None,
    classes: str | Iterable[str] | None = LISTED_CLASSES,
    min_length: int = 1,
    min_n: int = 1,
    once_per_cluster: bool = False,
) -> pd.DataFrame:
    """Count each term in each group.

    Args:
        tokens: TOKENS of these articles (or n-grams or phrases made of them).
        articles: ARTICLES; besides the columns counted by only `article_id` is used.
        by: One or more columns of `articles` (outlet, place, your own ...) or of `tokens` (voice,
            kind ...), or day, week, month, quarter or year; None counts the corpus. A column of
            both is that of `tokens`. NA is the group "unknown".
        exclude: Terms to leave out, such as `load_stopwords()`; an n-gram is left out where its
            first or last word is one.
        include: Leave out all other terms, and ask for no class. Here and in `exclude` stand words
            ("Treaty" finds `treaty`) or other queries: "treat*", "river treaty", "a|b", "/regex/",
            "[set]", see docs/queries.md. Here each of these is a row, called as it is written; no
            token counts twice in one. One that does not occur has no row; a warning and the method
            say so.
        classes: The classes of TOKENS that are listed; "word" alone leaves out numerals, weekdays
            and months too, None lists all. A term is of the class of most of its tokens.
        min_length: Leave out terms of fewer characters.
        min_n: Leave out terms seen fewer times in a group.
        once_per_cluster: Count a reprint cluster once, in its earliest article.

    Returns:
        TERM_COUNTS, groups in alphabetical order, most frequent term first. Ties share the lowest
        rank and are listed alphabetically. Terms left out still count in `n_tokens`. Columns
        counted by are added under their own names where TERM_COUNTS has none of that name. The
        interval of a rate allows for words coming in articles: drawn anew, of 100 collections of
        such articles about 95 would have one that holds the true rate. It is NaN where a group
        has one article, and takes reprints for articles of their own unless they count once.
        Empty in, empty out.

    Raises:
        ValueError: A column is in neither frame, a token's article is unknown, a word is no word,
            a class is unknown, or a number is below 1.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.count_terms(tokens, articles, min_n=2)[["term", "n", "rank"]].values.tolist()
        [['port', 2, 1], ['the', 2, 1]]
    """
    check_least(1, min_n=min_n, min_length=min_length)
    exclude = list_words(exclude, "exclude")
    classes = classes if include is None else None
    if once_per_cluster:
        tokens, articles = keep_first_prints(tokens, articles)
    asked = None if include is None else ask(tokens, include, "include")
    cells = count_cells(tokens, articles, by, asked and asked.hits)
    keep = choose_terms(
        tokens,
        cells.terms,
        exclude,
        asked and asked.names,
        classes=classes,
        min_length=min_length,
    )
    left_out = {
        "excluded_terms": len(exclude),
        "terms_seen_less_than": min_n,
        "terms_shorter_than": min_length,
        "classes": name_unlisted(classes),
    }
    counts = tabulate(cells, tokens, by, keep, left_out)
    if asked:
        note_method(counts, counts, **asked.facts())
    return counts


def tabulate(
    cells: Cells, source: pd.DataFrame | None, by: By, keep: Array, left_out: dict[str, Any]
) -> pd.DataFrame:
    """TERM_COUNTS of the terms to keep, with how they were counted; see `count_terms`."""
    counts = _measure_cells(cells, keep, left_out.get("terms_seen_less_than", 1))
    note_method(
        counts,
        source,
        by=say_by(by),
        n_tokens=int(cells.part_size.sum()),
        n_articles=cells.n_articles,
        interval=METHOD,
        measures=[
            "dp",
            "dp_norm",
            "dp_excess",
            "juilland_d",
            "kld",
            "rosengren_kf",
            "tf_idf_log10",
        ],
        parts="articles with tokens, with their sizes",
        left_out=left_out,
    )
    return counts


def _measure_cells(cells: Cells, keep: Array, min_n: int) -> pd.DataFrame:
    """TERM_COUNTS of the terms to keep, from cells; see `count_terms`."""
    if not keep.all():
        kept = keep[cells.term]
        cells = cells._replace(part=cells.part[kept], term=cells.term[kept], n=cells.n[kept])
    n_terms = max(len(cells.terms), 1)
    in_group = cells.part_group[cells.part] * n_terms + cells.term
    keys, row = compact(in_group, len(cells.names) * n_terms)
    row = row.astype(np.intp)  # once, and not in each bincount below
    del in_group
    n = np.bincount(row, cells.n, len(keys)).astype(np.int64)
    row_group, row_term = np.divmod(keys, n_terms)
    n_articles = np.bincount(row, minlength=len(keys))
    sizes = sum_sizes(cells.part_size, cells.part_group, len(cells.names))
    n_tokens, held = cells.sum_groups()[row_group], _count_articles(cells)[row_term]
    s = cells.part_size[cells.part]
    inflation = find_inflation(n, row, cells.n, s, sizes.take(row_group))
    columns = {
        "n": n,
        "n_articles": n_articles,
        "article_share": n_articles / np.bincount(cells.part_group)[row_group],
        "n_tokens": n_tokens,
        "tf_idf": compute("tf_idf_log10", n, held, cells.n_articles),
        **measure_dispersion(cells, row, n, row_group),
    }
    # Rows are in the order of terms, and lexsort is stable, so ties are alphabetical.
    order = np.lexsort((-n, row_group))
    order = order[n[order] >= min_n]
    named = {
        "group": cells.names.take(row_group[order]),
        "term": cells.terms.take(row_term[order]),
        "rank": rank_sorted(n[order], row_group[order]),
    }
    measured = {name: values[order] for name, values in columns.items()}
    measured |= measure_rates(n[order], n_tokens[order], inflation[order])
    labels = cells.labels.take(row_group[order])
    return make_frame("term_counts", named | measured, labels)


def keep_first_prints(
    tokens: pd.DataFrame, articles: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the earliest article of each reprint cluster, and its tokens.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES, for `cluster_id` and `published_on` where they are known; without a
            date an article counts as later than those with one, and of articles of one day the
            first row is kept. One without a cluster is no reprint.

    Returns:
        TOKENS and ARTICLES without the reprints, in their order.

    Raises:
        ValueError: `article_id` or `term` is missing, or `published_on` has what is no date.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. " * 9] * 2)
        >>> tokens, first_prints = dl.keep_first_prints(dl.find_tokens(articles), articles)
        >>> len(first_prints), len(tokens)
        (1, 36)
    """
    tokens = take_tokens(tokens, "article_id", "term")
    known = ("cluster_id", "published_on")
    taken = take_frame(articles, "articles", "article_id", optional=known).reset_index(drop=True)
    cluster = taken["cluster_id"].fillna(taken["article_id"])
    by_day = taken["published_on"].sort_values(kind="stable", na_position="last").index
    is_reprint = cluster.loc[by_day].duplicated().reindex(taken.index).to_numpy()
    kept = articles[~is_reprint].reset_index(drop=True)
    is_first = tokens["article_id"].isin(taken["article_id"][~is_reprint])
    first = replace_rows(tokens, is_first)
    note_method(first, tokens, n_reprints=int(is_reprint.sum()))
    return first, kept


def choose_terms(
    tokens: pd.DataFrame,
    terms: pd.Index,
    exclude: list[str],
    include: list[str] | None = None,
    *,
    classes: str | Iterable[str] | None = LISTED_CLASSES,
    min_length: int = 1,
) -> Array:
    """Which terms are listed; see `count_terms`."""
    listed = np.ones(len(terms), bool)
    if include is not None:
        listed = terms.isin(include)
    listed &= find_listed(tokens, terms, classes)
    if min_length == 1 and not exclude:
        return listed
    # Of an n-gram the first and the last word are asked too: "of the port" is as empty as "of".
    ends = [(term, term.partition(" ")[0], term.rpartition(" ")[2]) for term in terms.tolist()]
    left_out = list_terms(tokens, exclude, {word for own in ends for word in own})
    fits = [len(own[0]) >= min_length and left_out.isdisjoint(own) for own in ends]
    return listed & np.array(fits, bool)


def _count_articles(cells: Cells) -> Array:
    """In how many articles of the corpus each term stands."""
    if len(cells.part_article) == len(np.unique(cells.part_article)):
        return np.bincount(cells.term, minlength=len(cells.terms))
    size = max(len(cells.terms), 1)
    pairs = np.unique(cells.part_article[cells.part].astype(np.int64) * size + cells.term)
    return np.bincount(pairs % size, minlength=size)
