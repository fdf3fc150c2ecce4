"""From tokens to cells: how often each term stands in each part of each group.

Counts, dispersion, keyness and trends all read the same cells, so their numbers agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import SCHEMAS, take_frame

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
UNKNOWN = "unknown"
_DENSE = 2**24  # up to here a table of all keys is faster than sorting them


class Cells(NamedTuple):
    """Sparse counts of terms by part; a part is what one article gives to one group."""

    terms: pd.Index  # sorted
    groups: pd.DataFrame  # column `group` and the columns counted by; sorted
    part_group: np.ndarray  # of each part; sorted
    part_article: np.ndarray  # of each part; sorted within a group
    part_size: np.ndarray  # its tokens
    part: np.ndarray  # of each cell; sorted
    term: np.ndarray  # of each cell; sorted within a part
    n: np.ndarray  # of each cell, at least 1
    n_articles: int

    def sum_groups(self) -> np.ndarray:
        """Tokens of each group."""
        size = np.bincount(self.part_group, self.part_size, len(self.groups))
        return size.astype(np.int64)


def count_cells(
    tokens: pd.DataFrame, articles: pd.DataFrame, by: str | Sequence[str] | None
) -> Cells:
    """Count each term in each part; see `count_terms` for `by`.

    Raises:
        ValueError: A column is in neither frame, or a token's article is unknown.
    """
    tokens = take_frame(tokens, "tokens", "article_id", "term")
    articles = take_frame(articles, "articles", "article_id", optional=["published_on"])
    columns = list_columns(by)
    article = find_articles(tokens, articles)
    # A column of articles keeps articles without a token as empty parts; one of tokens cannot.
    if any(_is_of_tokens(tokens, column) for column in columns):
        coded = [_code_column(tokens, articles, article, column) for column in columns]
        group, groups = _cross(coded, columns, len(tokens))
        size = max(len(articles), 1)
        keys, part = compact(group * size + article, len(groups) * size)
        part_group, part_article = keys // size, keys % size
    else:
        coded = [_code_labels(_find_column(articles, column)) for column in columns]
        group, groups = _cross(coded, columns, len(articles))
        part_article = np.argsort(group, kind="stable")
        part_group = group[part_article]
        part = np.argsort(part_article).astype(np.int32)[article] if columns else article
    terms = tokens["term"].cat.categories
    n_terms = max(len(terms), 1)
    small = len(part_group) * n_terms < 2**31  # half the bytes sort in half the time
    keys = part.astype(np.int32 if small else np.int64) * n_terms
    keys += tokens["term"].cat.codes.to_numpy()
    keys.sort()
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: len(keys)])
    n = np.diff(first, append=len(keys)).astype(np.int32)
    ends = np.arange(len(part_group) + 1, dtype=keys.dtype) * n_terms
    part_size = np.diff(np.searchsorted(keys, ends))
    cells = *np.divmod(keys[first], n_terms), n
    return Cells(terms, groups, part_group, part_article, part_size, *cells, len(articles))


def list_columns(by: str | Sequence[str] | None) -> list[str]:
    """The columns to group by."""
    return [by] if isinstance(by, str) else list(by or [])


def find_articles(tokens: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Position in `articles` of each token's article.

    Raises:
        ValueError: A token's article is unknown.
    """
    home = tokens["article_id"].cat
    codes, position = home.codes.to_numpy(), articles["article_id"]
    if len(position) == len(home.categories) and (position.array == home.categories.array).all():
        return codes
    found = pd.Index(position).get_indexer(home.categories).astype(np.int32)[codes]
    if len(found) and found.min() < 0:
        unknown = tokens["article_id"].iloc[int(found.argmin())]
        raise ValueError(f"the article {unknown!r} of `tokens` is not in `articles`")
    return found


def _find_column(articles: pd.DataFrame, column: str) -> pd.Index:
    """A column of `articles` as text; day, week, month and year are those of publication."""
    if column in articles.columns:
        return pd.Index(articles[column].astype("str"))
    if column not in PERIODS:
        raise ValueError(
            f"there is no column {column!r} to count by; there are {', '.join(articles.columns)} "
            f"and {', '.join(PERIODS)}"
        )
    period = articles["published_on"].dt.to_period(PERIODS[column])
    if column == "week":
        period = period.dt.start_time.dt.to_period("D")
    return pd.Index(period.astype("str").where(articles["published_on"].notna()))


def compact(keys: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The keys (0 to size - 1) that occur, in order, and the position of each key among them."""
    if size > _DENSE:
        return np.unique(keys, return_inverse=True)
    occurs = np.bincount(keys, minlength=size) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs, dtype=np.int32) - np.int32(1))[keys]


def make_frame(
    name: str, columns: dict[str, object], more: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The frame of this name from whole columns, with the columns of `more` that it lacks."""
    schema = SCHEMAS[name].columns
    types = {key: "datetime64[s]" if c.type == "date" else c.type for key, c in schema.items()}
    frame = pd.DataFrame(
        {key: pd.Series(columns[key], dtype=types[key], copy=False) for key in schema}, copy=False
    )
    for key in () if more is None else more.columns.difference(list(schema), sort=False):
        frame[key] = more[key].array
    return frame


def _is_of_tokens(tokens: pd.DataFrame, column: str) -> bool:
    return column in tokens.columns and column != "article_id"


def _code_column(
    tokens: pd.DataFrame, articles: pd.DataFrame, article: np.ndarray, column: str
) -> tuple[np.ndarray, list[str]]:
    """Code of each token in a column of either frame, and the sorted labels."""
    if not _is_of_tokens(tokens, column):
        codes, labels = _code_labels(_find_column(articles, column))
        return codes[article], labels
    values = tokens[column].astype("category").cat
    codes, labels = _code_labels(values.categories.astype("str").append(pd.Index([UNKNOWN])))
    return codes[values.codes.to_numpy()], labels  # the code -1 of NA is the last, UNKNOWN


def _code_labels(labels: pd.Index) -> tuple[np.ndarray, list[str]]:
    codes, unique = pd.factorize(labels.astype("str").fillna(UNKNOWN), sort=True)
    return codes, list(unique)


def _cross(
    coded: list[tuple[np.ndarray, list[str]]], columns: list[str], n_rows: int
) -> tuple[np.ndarray, pd.DataFrame]:
    """Number of each row's group, and the groups with their labels."""
    key, size = np.zeros(n_rows, np.int64), 1
    if not coded:
        return key, pd.DataFrame({"group": ["all"]}, dtype="str")
    for codes, labels in coded:
        key, size = key * len(labels) + codes, size * len(labels)
    keys, group = compact(key, size)
    groups = pd.DataFrame(index=range(len(keys)))
    for column, (_, labels) in zip(reversed(columns), reversed(coded), strict=True):
        groups.insert(0, column, pd.Series(labels, dtype="str").take(keys % len(labels)).array)
        keys = keys // len(labels)
    groups.insert(0, "group", join_labels(groups, columns))
    return group.astype(np.int64), groups  # keys are made of it


def join_labels(groups: pd.DataFrame, columns: list[str]) -> pd.Series:
    """The name of each group: its labels, with points between them."""
    return groups[columns[0]].str.cat(groups[columns[1:]], sep=" · ")
