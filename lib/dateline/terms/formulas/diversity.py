"""From tokens to how varied the words of a group are, whatever its size."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import By, check_least, find_parts, list_columns, say_by, take_tokens
from dateline.terms.formulas.measures import Array

_WINDOWS = (500, 200, 100, 50)
_LEAST_ARTICLES = 5  # of a group that has a say in the window


def measure_diversity(
    tokens: pd.DataFrame, articles: pd.DataFrame, *, by: By = None, window: int | None = None
) -> pd.DataFrame:
    """Measure how many of the words that follow each other are different ones.

    The share of different words (the type-token ratio) falls with the length of a text, so it is
    taken of windows of one length that move through each article (MATTR, Covington and McFall
    2010). Windows stay inside an article: across two they would count a change of subject, and
    depend on the order of the articles. The group's figure is the mean of its articles, each one
    case, so that no long article outweighs the others.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES; besides the columns counted by only `article_id` is used.
        by: Columns to group by, as in `count_terms`.
        window: Words of a window; None takes the largest of 500, 200, 100 and 50 that half of the
            articles of each group are as long as, of groups of five articles and more. Figures
            of different windows cannot be compared.

    Returns:
        DIVERSITY of the groups with tokens, in alphabetical order. Articles shorter than the
        window are not measured. The interval is Student's, of the mean over articles. Empty in,
        empty out.

    Raises:
        ValueError: A column is in neither frame, a token's article is unknown, or `window` is no
            whole number of 2 or more.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["a b a b", "a b c d"])
        >>> found = dl.measure_diversity(dl.find_tokens(articles), articles, window=3)
        >>> found[["n_measured", "mattr"]].round(3).values.tolist()
        [[2.0, 0.833]]
    """
    if window is not None:
        check_least(2, window=window)
    taken = take_tokens(tokens, "article_id", "token_index", "term")
    parts, part = find_parts(
        taken, take_frame(articles, "articles", "article_id"), list_columns(by)
    )
    size = np.bincount(part, minlength=len(parts.part_group))
    window = window or _choose_window(size, parts.part_group)
    order = np.lexsort((taken["token_index"].to_numpy(), part))
    term = taken["term"].cat.codes.to_numpy()[order]
    mattr = _average_windows(term, part[order], size, window)
    group, n_groups = parts.part_group, len(parts.names)
    there = np.flatnonzero(np.bincount(group, size, n_groups))
    columns = {
        "n_tokens": np.bincount(group, size, n_groups).astype(np.int64),
        "n_articles": np.bincount(group, size > 0, n_groups).astype(np.int64),
        "window": np.full(n_groups, window),
        **_average_articles(mattr, group, n_groups),
    }
    measures = {key: values[there] for key, values in columns.items()}
    named = {"group": parts.names.take(there), **measures}
    measured = make_frame("diversity", named, parts.labels.take(there))
    note_method(
        measured,
        tokens,
        by=say_by(by),
        n_tokens=len(tokens),
        measure=f"MATTR, windows of {window} words inside an article, mean of the articles",
        interval="95 %, Student's t over articles",
    )
    return measured


def _choose_window(size: Array, group: Array) -> int:
    """The largest window that half of the articles of each group reach, or the smallest."""
    filled = group[size > 0]
    asked = np.flatnonzero(np.bincount(filled) >= _LEAST_ARTICLES)
    own = [size[(group == one) & (size > 0)] for one in asked]
    least = min((float(np.median(sizes)) for sizes in own), default=0.0)
    return max((window for window in _WINDOWS if window <= least), default=_WINDOWS[-1])


def _average_windows(term: Array, part: Array, size: Array, window: int) -> Array:
    """The mean share of different words in the windows of each part; NaN of a shorter part."""
    place = np.arange(len(term))
    # Of a window, a word is a new one where its last place before lies outside: so each word is
    # new in as many windows as begin after that place, reach it, and end inside its part.
    by_word = np.lexsort((place, term, part))
    follows = (np.diff(part[by_word]) == 0) & (np.diff(term[by_word]) == 0)
    before = np.full(len(term), -1)
    before[by_word[1:][follows]] = by_word[:-1][follows]
    begin = (np.cumsum(size) - size)[part]
    first = np.maximum(np.maximum(before + 1, place - window + 1), begin)
    last = np.minimum(place, begin + size[part] - window)
    n_new = np.bincount(part, np.maximum(last - first + 1, 0), len(size))
    n_windows = np.maximum(size - window + 1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return n_new / (n_windows * window)


def _average_articles(mattr: Array, group: Array, n_groups: int) -> dict[str, Array]:
    """The mean of each group's articles, with Student's interval of it."""
    from scipy.special import stdtrit

    known = ~np.isnan(mattr)
    group, mattr = group[known], mattr[known]
    m = np.bincount(group, minlength=n_groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(group, mattr, n_groups) / m
        squares = np.bincount(group, np.square(mattr - mean[group]), n_groups)
        half = stdtrit(np.maximum(m - 1, 1), 0.975) * np.sqrt(squares / (m - 1) / m)
    half = np.where(m > 1, half, np.nan)
    ends = {"mattr_low": np.maximum(mean - half, 0), "mattr_high": np.minimum(mean + half, 1)}
    return {"n_measured": m.astype(np.int64), "mattr": mean, **ends}
