"""From tokens to keywords: the terms that set each group apart from a reference."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.method import note_method
from dateline.terms.cells import (
    By,
    Cells,
    check_least,
    count_cells,
    list_columns,
    list_words,
    say_by,
)
from dateline.terms.counts import choose_terms
from dateline.terms.formulas.measures import Array, compute, rank_sorted
from dateline.terms.tokenise.classes import LISTED_CLASSES, name_unlisted

REST = "rest"
LEVEL = 0.05
_BY_CELLS = "g2_4cell g2_2cell chi2 log_ratio percent_diff odds_ratio simple_maths"
_METHOD = {
    "measures": [*_BY_CELLS.split(), "bic", "rank_sum"],
    "test": "g2_4cell, p by the survival function",
    "correction": "Benjamini-Hochberg and Bonferroni over all terms of a group",
    "interval": "Clopper-Pearson, 95 % (log_ratio_sure: for all terms together)",
    "zero_rule": "a term absent from one side has log_ratio inf or -inf",
    "simple_maths_k": 1,
}


def rank_keywords(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: By = None,
    target: str | None = None,
    reference: str | pd.DataFrame = REST,
    exclude: str | Iterable[str] = (),
    classes: str | Iterable[str] | None = LISTED_CLASSES,
    min_n: int = 1,
) -> pd.DataFrame:
    """Compare each group's terms with the rest, with another group, or with a list.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES.
        by: Columns to group by, as in `count_terms`; None takes the whole corpus, which needs a
            list to compare with.
        target: Compare this group alone; None compares each.
        reference: "rest" (all other groups), the name of a group, or a frame with the columns
            term, n and n_tokens, such as TERM_COUNTS of another corpus (counted without `by`) or
            `load_reference(path)`.
        exclude: Terms to leave out of the table, folded as the tokens were; they are tested all
            the same.
        classes: The classes of TOKENS that are in the table, see `count_terms`.
        min_n: Leave out terms seen fewer times in target and reference together.

    Returns:
        KEYWORDS, groups in alphabetical order, highest g2_4cell first, so that the terms that a
        group avoids, also those absent from it, come last. Ties share the lowest rank and are
        listed alphabetically. p is corrected over all terms of a group before any is left out.
        An article's tokens in a group are one case of the Mann-Whitney test; a list has no cases,
        and the columns of that test are NaN. A group has no rows where either side has no tokens;
        where the articles are of one group only, there is no rest, and so there are no rows.

    Raises:
        ValueError: `target` or `reference` is no group, `by` and a list are both missing, the list
            is of several groups, or a column of `by` is in neither frame.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port port port.", "outlet": "A"}, {"text": "Sea sea.", "outlet": "B"}]
        >>> articles = dl.make_articles(rows)
        >>> keywords = dl.rank_keywords(dl.find_tokens(articles), articles, by="outlet", target="A")
        >>> keywords[["term", "n", "n_reference"]].values.tolist()
        [['port', 3, 0], ['sea', 0, 2]]
    """
    check_least(1, min_n=min_n)
    exclude = list_words(exclude, "exclude")
    cells = count_cells(tokens, articles, by)
    against = "list" if isinstance(reference, pd.DataFrame) else reference
    chosen = _choose_targets(list(cells.names), by, target, reference)
    if isinstance(reference, pd.DataFrame):
        cells, sides = _face_list(cells, chosen, reference)
    elif reference == REST or not chosen:
        sides = _face_rest(cells, chosen)
    else:
        other = list(cells.names).index(reference)
        pairs = [_face_rest(_take_groups(cells, [i, other]), [i]) for i in chosen]
        sides = {key: np.concatenate([pair[key] for pair in pairs]) for key in pairs[0]}
    listed = choose_terms(tokens, cells.terms, exclude, classes=classes)
    keywords = _rank_terms(cells, np.array(chosen, int), sides, against, listed, min_n)
    note_method(
        keywords,
        tokens,
        by=say_by(by),
        against=against,
        n_tokens=len(tokens),
        left_out={
            "excluded_terms": len(exclude),
            "classes": name_unlisted(classes),
            "terms_seen_less_than": min_n,
        },
        **_METHOD,
    )
    return keywords


def _choose_targets(
    names: list[str], by: By, target: str | None, reference: str | pd.DataFrame
) -> list[int]:
    """Which of the groups are compared.

    Raises:
        ValueError: See `rank_keywords`.
    """
    groups = ", ".join(names)
    if isinstance(reference, pd.DataFrame):
        against = None
    elif not list_columns(by):
        raise ValueError(f"by={by!r} makes one group: expected columns, or a list as reference")
    else:
        against = None if reference == REST else reference
    # Without articles there are no groups, and a report of them is empty, not an error.
    if names and against not in (None, *names):
        raise ValueError(f"reference={reference!r} is no group; there are {REST}, {groups}")
    if names and target not in (None, *names):
        raise ValueError(f"target={target!r} is no group; there are {groups}")
    if target is not None and target == against:
        raise ValueError(f"target and reference are both {target!r}")
    return [i for i, name in enumerate(names) if name != against and target in (None, name)]


Sides = dict[str, Array]  # each with a row for each target and a column for each term


def _face_rest(cells: Cells, targets: list[int]) -> Sides:
    """Counts of each target and of all other groups, and the test over articles."""
    n_terms, group = len(cells.terms), cells.part_group[cells.part]
    own = np.isin(group, targets)
    key = np.searchsorted(targets, group[own]) * n_terms + cells.term[own]

    def add(values: Array | None = None) -> Array:
        size = len(targets) * n_terms
        return np.bincount(key, values, size).reshape(len(targets), n_terms)

    a, n_articles = add(cells.n[own]).astype(np.int64), add()
    total = np.bincount(cells.term, cells.n, n_terms).astype(np.int64)
    n1 = cells.sum_groups()[targets][:, None]
    rank, zeros, ties = _rank_rates(cells)
    n_filled = np.bincount(cells.part_group, cells.part_size > 0, len(cells.names))
    m1, m = n_filled[targets][:, None], n_filled.sum()
    sums = add(rank[own]) + (m1 - n_articles) * (zeros + 1) / 2
    effect, p = _test_ranks(sums, m1, m - m1, ties)
    sides = {"a": a, "b": total - a, "n1": n1, "n2": cells.part_size.sum() - n1}
    return sides | {"n_articles": n_articles, "article_effect": effect, "article_p": p}


def _face_list(cells: Cells, targets: list[int], reference: pd.DataFrame) -> tuple[Cells, Sides]:
    """The cells with the terms of the list too, and the counts of each target and of the list."""
    listed, n2 = _read_list(reference)
    terms = pd.Index(sorted({*cells.terms, *listed.index}), dtype="str")
    cells = cells._replace(terms=terms, term=terms.get_indexer(cells.terms)[cells.term])
    sides = _face_rest(cells, targets)
    b = np.zeros_like(sides["a"]) + listed.reindex(terms, fill_value=0).to_numpy(np.int64)
    unknown = np.full(b.shape, np.nan)
    more = {"b": b, "n2": np.full_like(sides["n1"], n2)}
    return cells, sides | more | {"article_effect": unknown, "article_p": unknown}


def _read_list(reference: pd.DataFrame) -> tuple[pd.Series, int]:
    """How often each term of a list occurs, and among how many tokens."""
    reference = take_frame(reference, "term_counts", "term", "n", "n_tokens")
    n, sizes = reference["n"], reference["n_tokens"].unique()
    n_groups = len(reference["group"].unique()) if "group" in reference else 1
    if len(sizes) > 1 or n_groups > 1:
        raise ValueError("`reference` is of several groups: expected one, counted without `by`")
    n_tokens = int(sizes[0]) if len(sizes) else 0
    if (n < 0).any() or n.sum() > n_tokens:
        raise ValueError(f"`reference` has {n.sum()} words, expected {n_tokens} in all at most")
    return n.groupby(reference["term"]).sum(), n_tokens


def _take_groups(cells: Cells, numbers: list[int]) -> Cells:
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


def _rank_terms(
    cells: Cells,
    targets: Array,
    sides: Sides,
    against: str,
    listed: Array,
    min_n: int,
) -> pd.DataFrame:
    """KEYWORDS of all targets."""
    a, b, n1, n2 = (sides[key] for key in ("a", "b", "n1", "n2"))
    n_terms = max(len(cells.terms), 1)
    tested = np.flatnonzero((a + b > 0) & (n1 > 0) & (n2 > 0))
    side, term = np.divmod(tested, n_terms)
    # Most terms are rare, so few pairs of counts differ, and each is measured once.
    base = int(b.max(initial=0)) + 1
    key = (side * (int(a.max(initial=0)) + 1) + a.ravel()[tested]) * base + b.ravel()[tested]
    _, example, pair, times = np.unique(
        key, return_index=True, return_inverse=True, return_counts=True
    )
    of_pair, place = side[example], tested[example]
    counts = (a.ravel()[place], b.ravel()[place], n1[of_pair, 0], n2[of_pair, 0])
    measured = _measure(counts, times, of_pair)
    is_shown = (a + b).ravel()[tested] >= min_n
    shown = np.flatnonzero(is_shown & listed[term])
    # Of the pairs in order, those as strong as each other share a place.
    place = np.lexsort((-measured["g2_4cell"], of_pair))
    strength = np.empty(len(place), int)
    strength[place] = rank_sorted(measured["g2_4cell"][place], of_pair[place])
    pairs = (of_pair * (len(place) + 1) + strength)[pair[shown]]
    shown = shown[np.argsort(pairs * n_terms + term[shown])]
    side, pair, place = side[shown], pair[shown], tested[shown]
    columns = {key: values[pair] for key, values in measured.items()} | {
        "group": cells.names.take(targets[side]),
        "reference": pd.Index([against]).repeat(len(shown)),
        "term": cells.terms.take(term[shown]),
        "rank": rank_sorted(strength[pair], side),
    }
    of_row = ("n_articles", "article_effect", "article_p")
    return make_frame("keywords", columns | {key: sides[key].ravel()[place] for key in of_row})


def _measure(cells: tuple[Array, ...], times: Array, target: Array) -> dict[str, Array]:
    """All measures of pairs of counts, each seen so many times in its (sorted) target."""
    a, b, n1, n2 = cells
    measured = {key: compute(key, *cells) for key in _BY_CELLS.split()}
    g2 = measured["g2_4cell"]
    p = compute("p_value", g2)
    bounds = np.flatnonzero(np.diff(target)) + 1
    split = zip(np.split(p, bounds), np.split(times, bounds), strict=True)
    p_bh, p_bonferroni = np.hstack([adjust_p_values(*own) for own in split])
    # Bonferroni's level: the interval that holds for all terms of the target together.
    sure = LEVEL / np.bincount(target, times)[target]
    return measured | {
        "n": a,
        "n_reference": b,
        "n_tokens": n1,
        "n_tokens_reference": n2,
        "per_million": 1e6 * a / n1,
        "per_million_reference": 1e6 * b / n2,
        "bic": compute("bic", g2, n1, n2),
        "log_ratio_low": compute("log_ratio_low", *cells, alpha=LEVEL),
        "log_ratio_high": -compute("log_ratio_low", b, a, n2, n1, alpha=LEVEL),
        "log_ratio_sure": compute("log_ratio_conservative", *cells, alpha=sure),
        "p": p,
        "log10_p": compute("log10_p_value", g2),
        "p_bh": p_bh,
        "p_bonferroni": p_bonferroni,
    }


def adjust_p_values(p: Array, times: Array) -> tuple[Array, Array]:
    """P after Benjamini-Hochberg (false discovery rate) and Bonferroni; `times` tests give each."""
    order = np.argsort(p)
    rank = np.cumsum(times[order])
    adjusted = np.empty(len(p))
    # From the largest p down, none may be above one that is less likely to be chance.
    scaled = (p[order] * (times.sum() / rank))[::-1]
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1)[::-1]
    return adjusted, np.minimum(p * times.sum(), 1)


def _rank_rates(cells: Cells) -> tuple[Array, Array, Array]:
    """Rank each term's rates over all parts with tokens; parts without it share the lowest ranks.

    Returns:
        The rank of each cell; for each term the parts without it, and the sum of t³ - t over its
        ties.
    """
    rate = cells.n / cells.part_size[cells.part]
    # Ties share a rank, so only the second sort must be stable; of 16 bits it is a fast one.
    small = cells.term.astype(np.uint16 if len(cells.terms) <= 2**16 else np.int32)
    order = np.argsort(rate)
    order = order[np.argsort(small[order], kind="stable")]
    term, rate = cells.term[order], rate[order]
    holders = np.bincount(term, minlength=len(cells.terms))
    zeros = int((cells.part_size > 0).sum()) - holders
    place = np.arange(len(term)) - (np.cumsum(holders) - holders - zeros)[term]
    is_new = np.ones(len(term), bool)
    is_new[1:] = (term[1:] != term[:-1]) | (rate[1:] != rate[:-1])
    size = np.diff(np.flatnonzero(is_new), append=len(term)).astype(float)
    rank = np.empty(len(term))
    # Tied rates share the mean of their places, which follow each other.
    rank[order] = np.repeat(place[is_new] + (size + 1) / 2, size.astype(int))
    ties = np.bincount(term[is_new], size**3 - size, len(zeros)) + (zeros**3.0 - zeros)
    return rank, zeros, ties


def _test_ranks(sums: Array, n1: Array, n2: Array, ties: Array) -> tuple[Array, Array]:
    """Effect and p of Mann-Whitney's test, by the normal approximation with both corrections."""
    from scipy.special import ndtr

    n, u = n1 + n2, sums - n1 * (n1 + 1) / 2
    # As scipy's mannwhitneyu(method="asymptotic"): half a rank for continuity, t³ - t for ties.
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1))))
        z = np.maximum(np.abs(u - n1 * n2 / 2) - 0.5, 0) / spread
        return u / (n1 * n2) * 2 - 1, 2 * ndtr(-z)
