"""From tokens to cells: how often each term stands in each part of each group.

Counts, dispersion, keyness and trends all read the same cells, so their numbers agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral
from typing import NamedTuple, cast

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.terms.formulas.measures import Array
from dateline.terms.periods import PERIODS, find_periods

UNKNOWN = "unknown"
# A table of all keys takes 9 ms for 640,000 keys of 2**20, a sort 29; of 2**24 it takes 122, and
# the sort 31. For 100,000 keys the two meet at about the same share of keys that occur.
_DENSE = 4

By = str | Sequence[str] | None


class Cells(NamedTuple):
    """Sparse counts of terms by part; a part is what one article gives to one group."""

    terms: pd.Index  # sorted
    names: pd.Index  # of the groups; sorted
    labels: pd.DataFrame  # of each group: a column for each column counted by
    part_group: Array  # of each part; sorted
    part_article: Array  # of each part; sorted within a group
    part_size: Array  # its tokens
    part: Array  # of each cell; sorted
    term: Array  # of each cell; sorted within a part
    n: Array  # of each cell, at least 1
    n_articles: int

    def sum_groups(self) -> Array:
        """Tokens of each group."""
        size = np.bincount(self.part_group, self.part_size, len(self.names))
        return size.astype(np.int64)


class Parts(NamedTuple):
    """The groups of some articles, and the parts that these have there."""

    names: pd.Index
    labels: pd.DataFrame
    part_group: Array
    part_article: Array


def count_cells(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    by: By,
    hits: Mapping[str, Array] | None = None,
) -> Cells:
    """Count each term in each part; see `count_terms` for `by`.

    Names of queries with the rows of their hits become terms besides those of the tokens, but no
    tokens: the sizes of parts stay.

    Raises:
        ValueError: A column is in neither frame, or a token's article is unknown.
    """
    tokens = take_tokens(tokens, "article_id", "term")
    articles = take_frame(articles, "articles", "article_id")
    parts, part = find_parts(tokens, articles, list_columns(by))
    own, codes = tokens["term"].cat.categories, tokens["term"].cat.codes.to_numpy()
    terms = own.union(pd.Index(hits, dtype=own.dtype)) if hits else own
    n_terms = max(len(terms), 1)
    small = len(parts.part_group) * n_terms < 2**31  # half the bytes sort in half the time
    part = part.astype(np.int32 if small else np.int64)
    keys = part * n_terms
    np.add(keys, terms.get_indexer(own)[codes] if hits else codes, out=keys)
    keys.sort()
    ends = np.arange(len(parts.part_group) + 1, dtype=keys.dtype) * n_terms
    part_size = np.diff(np.searchsorted(keys, ends))
    if hits:
        more = [part[rows] * n_terms + terms.get_loc(name) for name, rows in hits.items()]
        keys = np.sort(np.concatenate([keys, *more]))
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: len(keys)])
    n = np.diff(first, append=len(keys)).astype(np.int32)
    return Cells(terms, *parts, part_size, *np.divmod(keys[first], n_terms), n, len(articles))


def find_parts(
    tokens: pd.DataFrame, articles: pd.DataFrame, columns: list[str]
) -> tuple[Parts, Array]:
    """The parts that articles give to groups, and the part of each token; see `count_cells`."""
    article = find_articles(tokens, articles)
    # A column of articles keeps articles without a token as empty parts; one of tokens cannot.
    if not any(_is_of_tokens(tokens, column) for column in columns):
        parts, part = group_articles(articles, columns)
        return parts, part[article] if columns else article
    coded = [_code_column(tokens, articles, article, column) for column in columns]
    group, names, labels = _cross(coded, columns, len(tokens))
    size = max(len(articles), 1)
    keys, part = compact(group * size + article, len(names) * size)
    return Parts(names, labels, keys // size, keys % size), part


def group_articles(articles: pd.DataFrame, columns: list[str]) -> tuple[Parts, Array]:
    """The groups of whole articles, and the part that each article is."""
    coded = [_code_labels(_find_column(articles, column)) for column in columns]
    group, names, labels = _cross(coded, columns, len(articles))
    by_group = np.argsort(group, kind="stable")
    return Parts(names, labels, group[by_group], by_group), np.argsort(by_group).astype(np.int32)


def take_groups(cells: Cells, numbers: list[int]) -> Cells:
    """The cells of some groups, as if the others had no articles."""
    parts = np.isin(cells.part_group, numbers)
    own = parts[cells.part]
    return cells._replace(
        part_group=cells.part_group[parts],
        part_article=cells.part_article[parts],
        part_size=cells.part_size[parts],
        part=(np.cumsum(parts) - 1)[cells.part[own]],
        term=cells.term[own],
        n=cells.n[own],
    )


def drop_unknown(cells: Cells) -> tuple[Cells, int]:
    """The cells of known groups, and how many articles they leave out.

    An article of no known outlet may be of any, so it is neither a group's nor the rest's.
    """
    is_known = ~cells.labels.isin([UNKNOWN]).any(axis=1).to_numpy()
    if is_known.all():
        return cells, 0
    kept = take_groups(cells, np.flatnonzero(is_known).tolist())
    n_left_out = cells.n_articles - len(np.unique(kept.part_article))
    number = np.cumsum(is_known) - 1
    return kept._replace(
        names=cells.names[is_known],
        labels=cells.labels[is_known].reset_index(drop=True),
        part_group=number[kept.part_group],
    ), n_left_out


def list_words(words: str | Iterable[str], name: str) -> list[str]:
    """The words of an option, each once; a str is one word, and not its letters.

    Raises:
        ValueError: `words` holds anything but words.
    """
    listed = [words] if isinstance(words, str) else words
    if not isinstance(listed, Iterable):
        raise ValueError(f"{name}={words!r}, expected words")
    for word in (listed := list(dict.fromkeys(listed))):
        if not isinstance(word, str) or not word.strip():
            raise ValueError(f"{name} holds {word!r}, expected words")
    return listed


def list_columns(by: By) -> list[str]:
    """The columns to group by.

    Raises:
        ValueError: `by` is no name and no list of names.
    """
    return [] if by is None else list_words(by, "by")


def say_by(by: By) -> str | list[str]:
    """What was counted by, as a method notes it."""
    return by if isinstance(by, str) else list_columns(by) or "all"


def check_least(least: int, **numbers: int) -> None:
    """Refuse numbers that are not whole, or below the least that makes sense.

    Raises:
        ValueError: One is.
    """
    for name, number in numbers.items():
        if not isinstance(number, Integral) or number < least:
            raise ValueError(f"{name}={number!r}, expected a whole number of {least} or more")


def take_tokens(tokens: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """TOKENS with these columns; terms are compared by their codes, so these are in their order.

    Raises:
        ValueError: A column is missing, or a value does not fit its type or is unknown.
    """
    tokens = take_frame(tokens, "tokens", *columns)
    for name in {"article_id", "term"} & set(columns):
        codes = tokens[name].cat.codes.to_numpy()
        if codes.min(initial=0) < 0:
            raise ValueError(f"`tokens.{name}` is unknown in row {int(codes.argmin())}")
    if "term" in columns and not tokens["term"].cat.categories.is_monotonic_increasing:
        terms = tokens["term"].cat
        tokens["term"] = terms.reorder_categories(terms.categories.sort_values())
    return tokens


def replace_rows(tokens: pd.DataFrame, keep: pd.Series) -> pd.DataFrame:
    """TOKENS of the rows to keep; terms that they do not use leave the categories."""
    kept = tokens[keep].reset_index(drop=True)
    term = kept["term"].cat
    kept["term"] = make_categorical(term.codes.to_numpy(), list(term.categories))
    return kept


def make_categorical(codes: Array, terms: Sequence[str] | pd.Index) -> pd.Categorical:
    """`terms[codes]` with sorted categories, so that codes rank alphabetically."""
    terms = terms if isinstance(terms, pd.Index) else pd.Index(list(terms), dtype="str")
    used = np.zeros(len(terms), bool)
    used[codes] = True
    kept = np.flatnonzero(used)
    order = kept[terms.take(kept).argsort()]
    names = terms.take(order)
    begins = np.r_[True, names[1:] != names[:-1]][: len(names)]
    final = np.full(len(terms), -1, np.min_scalar_type(-int(begins.sum()) - 1))
    final[order] = np.cumsum(begins) - 1
    return make_codes(final[codes], names[begins])


def make_codes(codes: Array, categories: Sequence[str] | pd.Index) -> pd.Categorical:
    """`categories[codes]`, NA for the code -1."""
    # pandas-stubs knows lists of codes only, and arrays of 64 bits.
    return pd.Categorical.from_codes(cast("list[int]", codes), pd.Index(categories))


def find_articles(tokens: pd.DataFrame, articles: pd.DataFrame) -> Array:
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
    """A column of `articles` as text; day, week, month ... are those of publication."""
    if column in articles.columns:
        return pd.Index(articles[column].astype("str"))
    if column not in PERIODS:
        raise ValueError(
            f"there is no column {column!r} to count by; there are "
            f"{', '.join(map(str, articles.columns))} and {', '.join(PERIODS)}"
        )
    return pd.Index(find_periods(articles, column))


def compact(keys: Array, size: int) -> tuple[Array, Array]:
    """The keys (0 to size - 1) that occur, in order, and the position of each key among them."""
    if size > _DENSE * len(keys):
        return np.unique(keys, return_inverse=True)
    occurs = np.bincount(keys, minlength=size) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs, dtype=np.int32) - np.int32(1))[keys]


def _is_of_tokens(tokens: pd.DataFrame, column: str) -> bool:
    return column in tokens.columns and column != "article_id"


def _code_column(
    tokens: pd.DataFrame, articles: pd.DataFrame, article: Array, column: str
) -> tuple[Array, list[str]]:
    """Code of each token in a column of either frame, and the sorted labels."""
    if not _is_of_tokens(tokens, column):
        codes, labels = _code_labels(_find_column(articles, column))
        return codes[article], labels
    values = tokens[column].astype("category").cat
    codes, labels = _code_labels(values.categories.astype("str").append(pd.Index([UNKNOWN])))
    return codes[values.codes.to_numpy()], labels  # the code -1 of NA is the last, UNKNOWN


def _code_labels(labels: pd.Index) -> tuple[Array, list[str]]:
    codes, unique = pd.factorize(labels.astype("str").fillna(UNKNOWN), sort=True)
    return codes, list(unique)


def _cross(
    coded: list[tuple[Array, list[str]]], columns: list[str], n_rows: int
) -> tuple[Array, pd.Index, pd.DataFrame]:
    """Number of each row's group; the groups' names, and their label in each column."""
    key, size = np.zeros(n_rows, np.int64), 1
    if not coded:
        return key, pd.Index(["all"], dtype="str"), pd.DataFrame(index=range(1))
    for codes, labels in coded:
        key, size = key * len(labels) + codes, size * len(labels)
    keys, group = compact(key, size)
    taken = {}
    for column, (_, labels) in zip(reversed(columns), reversed(coded), strict=True):
        taken[column] = pd.Series(labels, dtype="str").take(keys % len(labels)).array
        keys = keys // len(labels)
    groups = pd.DataFrame({column: taken[column] for column in columns})
    return group.astype(np.int64), join_labels(groups, columns), groups  # keys are made of it


def join_labels(labels: pd.DataFrame, columns: list[str]) -> pd.Index:
    """The name of each group: its labels, with points between them."""
    return pd.Index(labels[columns[0]].str.cat(labels[columns[1:]], sep=" · "))


def stretch_column(tokens: pd.DataFrame, across: bool = False) -> str:
    """The column that says which tokens stand together: no comma or dash between, or no stop.

    Tokens of an old file have sentences only.
    """
    return "sentence_index" if across or "stretch_index" not in tokens else "stretch_index"


def find_followers(tokens: pd.DataFrame, *, across: bool = False) -> np.ndarray:
    """Whether each token stands directly after the row before it, in the same stretch.

    A stretch ends where a sentence does, and at a comma, colon, semicolon, bracket or dash;
    `across` passes over these.
    """
    if tokens.empty:
        return np.array([], bool)
    stretch = tokens[stretch_column(tokens, across)].to_numpy()
    same = np.diff(tokens["article_id"].cat.codes.to_numpy(np.int32)) == 0
    same &= np.diff(stretch) == 0
    same &= np.diff(tokens["token_index"].to_numpy()) == 1
    return np.r_[False, same]
