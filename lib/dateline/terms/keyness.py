"""From tokens to keywords: the terms that set each group apart from a reference."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.method import note_method
from dateline.terms.cases import (
    LEAST_CASES,
    LISTED,
    TESTS,
    TOO_FEW,
    Sides,
    choose_cases,
    compare_ranks,
    inflate_ratios,
    inflate_target,
    split_sides,
    test_terms,
)
from dateline.terms.cells import (
    By,
    Cells,
    check_least,
    count_cells,
    drop_unknown,
    list_columns,
    list_words,
    say_by,
    take_groups,
)
from dateline.terms.counts import choose_terms, keep_first_prints
from dateline.terms.formulas.article_tests import adjust_p_values
from dateline.terms.formulas.measures import Array, compute, rank_sorted
from dateline.terms.queries.hits import ask
from dateline.terms.queries.query import Reader
from dateline.terms.tokenise.classes import LISTED_CLASSES, name_unlisted

REST = "rest"
LEVEL = 0.05  # of p_bh: below it a term is a keyword, shown, coloured and named
_OF_ROW = ("n_articles", "n_articles_reference", "p", "article_effect", "article_p")
_OF_TARGET = ("n1", "n2", "test")  # one value for all terms
_OF_TERM = ("a", "b", "n_articles", "n_articles_reference", "inflation", "p")
_BY_CELLS = "g2_4cell g2_2cell chi2 log_ratio percent_diff odds_ratio simple_maths"
_METHOD = {
    "measures": [*_BY_CELLS.split(), "bic", "rank_sum"],
    "test": "articles dealt at random, with chances that follow their lengths",
    "correction": "Benjamini-Hochberg and Bonferroni over all terms tested",
    "interval": "95 % of the log ratio, by articles",
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
    include: str | Iterable[str] | None = None,
    classes: str | Iterable[str] | None = LISTED_CLASSES,
    min_n: int = 1,
) -> pd.DataFrame:
    """Compare each group's terms with the rest, with another group, or with a list.

    The article is the case: p tells how often articles dealt to the sides at random, with chances
    that follow their lengths, would have the term so unevenly, an article counting less with each
    further time. Articles that give words to both sides, as to speech and to narration, are
    compared in pairs. Reprints count once, in the earliest article.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES; with `cluster_id`, reprints are found by it.
        by: Columns to group by, as in `count_terms`; None takes the whole corpus, which needs a
            list to compare with. Articles whose group is unknown are left out.
        target: Compare this group alone; None compares each.
        reference: "rest" (all other groups), the name of a group, or a frame with the columns
            term, n and n_tokens, such as TERM_COUNTS of another corpus (counted without `by`) or
            `load_reference(path)`.
        exclude: Terms to leave out, see `count_terms`; they are not tested.
        include: Leave out all other terms, and ask for no class; each query is a row, as in
            `count_terms`. So a few terms that were chosen before are tested alone.
        classes: The classes of TOKENS that are compared, see `count_terms`; others are not tested.
        min_n: Leave out terms seen fewer times in target and reference together.

    Returns:
        KEYWORDS, groups in alphabetical order, highest log_ratio_sure first: the end nearer to 0 of
        the interval, so that no term leads that is rare or of few articles, and those that a group
        avoids come last. Ties, such as all terms whose interval holds 0, share the lowest rank and
        are listed alphabetically. Only terms that so many articles hold that they could pass are
        tested, and p is corrected over all tests of the table. With fewer than five articles on a
        side, or against a list, nothing is tested: `test` says so, and p is NaN. A group has no
        rows where either side has no tokens; where the articles are of one group only, there is no
        rest, and so there are no rows.

    Raises:
        ValueError: `target` or `reference` is no group, `by` and a list are both missing, the list
            is of several groups or is asked for a phrase, a query is none, or a column of `by` is
            in neither frame.

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
    if "cluster_id" in articles and articles["cluster_id"].dropna().duplicated().any():
        tokens, articles = keep_first_prints(tokens, articles)
    asked = None if include is None else ask(tokens, include, "include")
    cells, n_unknown = drop_unknown(count_cells(tokens, articles, by, asked and asked.hits))
    against = "list" if isinstance(reference, pd.DataFrame) else reference
    chosen = _choose_targets(list(cells.names), by, target, reference)
    if isinstance(reference, pd.DataFrame):
        queries = list(asked.hits) if asked else []
        cells, n_listed, n_tokens_listed = _join_list(cells, reference, tokens, queries)
    classes = classes if asked is None else None
    listed = choose_terms(tokens, cells.terms, exclude, asked and asked.names, classes=classes)
    if isinstance(reference, pd.DataFrame):
        sides = _face_list(cells, chosen, n_listed, n_tokens_listed)
    elif reference == REST or not chosen:
        sides = _face_rest(cells, chosen, listed, min_n)
    else:
        other = list(cells.names).index(reference)
        pairs = [
            _face_rest(take_groups(cells, [i, other]), [i], listed, min_n, len(chosen))
            for i in chosen
        ]
        sides = {key: np.concatenate([pair[key] for pair in pairs]) for key in pairs[0]}
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
            "articles_of_no_known_group": n_unknown,
        },
        **_METHOD,
        **(asked.facts() if asked else {}),
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


Faces = dict[str, Array]  # each with a row for each target and a column for each term


def _face_rest(
    cells: Cells, targets: list[int], listed: Array, min_n: int, n_families: int = 0
) -> Faces:
    """Counts of each target and of all other groups, and the tests over articles.

    p is to be corrected among so many families of tests: the targets with enough articles.
    """
    sizes = np.bincount(cells.part_group, cells.part_size > 0, len(cells.names))
    n_families = n_families or max(int((sizes[targets] >= LEAST_CASES).sum()), 1)
    rows = [
        _compare_sides(sides, listed, min_n, n_families) for sides in split_sides(cells, targets)
    ]
    return _stack(rows, len(cells.terms)) | compare_ranks(cells, targets)


def _stack(rows: list[Faces], n_terms: int) -> Faces:
    widths = dict.fromkeys(_OF_TARGET, 1) | dict.fromkeys(_OF_TERM, n_terms)
    return {
        key: np.array([row[key] for row in rows]).reshape(len(rows), width)
        for key, width in widths.items()
    }


def _compare_sides(sides: Sides, listed: Array, min_n: int, n_families: int) -> Faces:
    """What one target and its reference have of each term, and the test."""
    n_terms = len(listed)
    a, b = (
        np.bincount(sides.term, n, n_terms).astype(np.int64) for n in (sides.n, sides.n_reference)
    )
    how, cases = choose_cases(sides)
    inflation = np.full(n_terms, np.nan)
    if how != TOO_FEW:
        inflation = inflate_ratios(sides, n_terms)
    return {
        "a": a,
        "b": b,
        "n1": sides.sizes.sum(),
        "n2": sides.sizes_reference.sum(),
        "n_articles": np.bincount(sides.term[sides.n > 0], minlength=n_terms),
        "n_articles_reference": np.bincount(sides.term[sides.n_reference > 0], minlength=n_terms),
        "test": np.array(TESTS.index(how)),
        "inflation": inflation,
        "p": test_terms(cases, how, listed & (a + b >= min_n), n_families),
    }


def _join_list(
    cells: Cells, reference: pd.DataFrame, tokens: pd.DataFrame, queries: list[str]
) -> tuple[Cells, Array, int]:
    """The cells with the terms of the list too, how often it has each, and its size."""
    listed, n_tokens = _read_list(reference)
    reader = Reader(tokens, listed.index)
    for meaning in map(reader.read, queries):
        if any(len(places) > 1 for places in meaning.either):
            raise ValueError(f"`reference` is a list of terms, which has no {meaning.name!r}")
        listed[meaning.name] = listed.reindex(list(set(meaning.list_terms()))).sum()
    terms = pd.Index(sorted({*cells.terms, *listed.index}), dtype="str")
    cells = cells._replace(terms=terms, term=terms.get_indexer(cells.terms)[cells.term])
    return cells, listed.reindex(terms, fill_value=0).to_numpy(np.int64), n_tokens


def _face_list(cells: Cells, targets: list[int], n_listed: Array, n_tokens: int) -> Faces:
    """Counts of each target and of the list, which has no articles to test."""
    rows: list[Faces] = []
    for sides in split_sides(cells, targets):
        row = _compare_sides(sides, np.zeros(len(cells.terms), bool), 0, 1)
        if (sides.sizes > 0).sum() >= LEAST_CASES:
            row["inflation"] = inflate_target(sides, len(cells.terms))
        rows.append(
            row | {"b": n_listed, "n2": np.array(n_tokens), "test": np.array(TESTS.index(LISTED))}
        )
    faces = _stack(rows, len(cells.terms))
    unknown = np.full(faces["a"].shape, np.nan)
    faces["n_articles_reference"] = np.zeros(faces["a"].shape, np.int64)
    return faces | {"article_effect": unknown, "article_p": unknown}


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


def _rank_terms(
    cells: Cells,
    targets: Array,
    faces: Faces,
    against: str,
    listed: Array,
    min_n: int,
) -> pd.DataFrame:
    """KEYWORDS of all targets."""
    a, b, n1, n2 = (faces[key] for key in ("a", "b", "n1", "n2"))
    n_terms = max(len(cells.terms), 1)
    total = a + b
    shown = np.flatnonzero((total >= max(min_n, 1)) & listed & (n1 > 0) & (n2 > 0))
    side, term = np.divmod(shown, n_terms)
    # Most terms are rare, so few pairs of counts differ, and each is measured once.
    base = int(b.max(initial=0)) + 1
    key = (side * (int(a.max(initial=0)) + 1) + a.ravel()[shown]) * base + b.ravel()[shown]
    _, example, pair = np.unique(key, return_index=True, return_inverse=True)
    place, of_pair = shown[example], side[example]
    counts = (a.ravel()[place], b.ravel()[place], n1[of_pair, 0], n2[of_pair, 0])
    columns = {key: values[pair] for key, values in _measure(counts).items()}
    columns |= {key: faces[key].ravel()[shown] for key in _OF_ROW}
    columns |= _measure_ratios(
        [values[pair] for values in counts], faces["inflation"].ravel()[shown]
    )
    columns["p_bh"], columns["p_bonferroni"] = adjust_p_values(columns["p"])
    # Terms are in order, and the sort is stable, so ties are alphabetical.
    order = np.lexsort((-columns["log_ratio_sure"], side))
    columns = {key: values[order] for key, values in columns.items()}
    side, term = side[order], term[order]
    named = {
        "group": cells.names.take(targets[side]),
        "reference": pd.Index([against]).repeat(len(shown)),
        "term": cells.terms.take(term),
        "test": pd.Index(TESTS, dtype="str").take(faces["test"][side, 0]),
        "rank": rank_sorted(columns["log_ratio_sure"], side),
    }
    return make_frame("keywords", columns | named)


def _measure(cells: tuple[Array, ...]) -> dict[str, Array]:
    """All measures of pairs of counts that need no articles."""
    a, b, n1, n2 = cells
    measured = {key: compute(key, *cells) for key in _BY_CELLS.split()}
    g2 = measured["g2_4cell"]
    return measured | {
        "n": a,
        "n_reference": b,
        "n_tokens": n1,
        "n_tokens_reference": n2,
        "per_million": 1e6 * a / n1,
        "per_million_reference": 1e6 * b / n2,
        "bic": compute("bic", g2, n1, n2),
        "g2_p": compute("p_value", g2),
        "g2_log10_p": compute("log10_p_value", g2),
    }


def _measure_ratios(counts: list[Array], inflation: Array) -> dict[str, Array]:
    """The interval of the log ratio, exact for counts divided by their inflation (Evert 2022)."""
    a, b, n1, n2 = (values / inflation for values in counts)
    low = compute("log_ratio_low", a, b, n1, n2, alpha=LEVEL)
    high = -compute("log_ratio_low", b, a, n2, n1, alpha=LEVEL)
    return {
        "log_ratio_low": low,
        "log_ratio_high": high,
        "log_ratio_sure": np.where(low > 0, low, np.where(high < 0, high, 0.0)),
    }
