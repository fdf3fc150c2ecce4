"""From tokens to words that stand together: n-grams, phrases, collocations."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dateline.frames import make_frame
from dateline.method import note_method
from dateline.terms.cells import (
    check_least,
    find_followers,
    list_words,
    take_tokens,
)
from dateline.terms.formulas.measures import Array, compute, rank_sorted
from dateline.terms.queries.hits import Hits, find_hits
from dateline.terms.queries.query import Reader, list_terms

_SCORES = "log_dice mi mi3 t_score z_score g2 delta_p delta_p_back min_sensitivity"
ASSOCIATIONS = [*_SCORES.split(), "n"]


def find_collocations(
    tokens: pd.DataFrame,
    node: str | None = None,
    *,
    left: int = 5,
    right: int = 5,
    measure: str = "log_dice",
    min_n: int = 1,
    exclude: str | Iterable[str] = (),
) -> pd.DataFrame:
    """Rank the words near a word, or all pairs of adjacent words.

    Windows stop at the ends of sentences and blocks. A position in several windows counts once, so
    that n is never above n_term; the node's own positions do not count. This is the surface
    convention of Evert 2008: the table compares the positions in windows with all others.

    Args:
        tokens: TOKENS.
        node: A word or another query (see `count_terms`); None takes all pairs of a word and the
            next one.
        left: Words before the node that belong to its window.
        right: Words after it.
        measure: The column to rank by.
        min_n: Leave out words seen fewer times in the windows.
        exclude: Terms to leave out, folded likewise; they still fill the windows.

    Returns:
        COLLOCATIONS, the strongest first; ties share the lowest rank and are listed
        alphabetically. A node that does not occur gives no rows; the method says how often it does.

    Raises:
        ValueError: `measure` is no column to rank by, a window is negative or empty, or `node` or
            a word of `exclude` is no word.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.find_collocations(tokens, "port")[["term", "n"]].head(2).values.tolist()
        [['the', 2], ['is', 1]]
    """
    if measure not in ASSOCIATIONS:
        raise ValueError(f"measure={measure!r}, expected {', '.join(ASSOCIATIONS)}")
    check_least(0, left=left, right=right)
    check_least(1, min_n=min_n)
    if left + right < 1:
        raise ValueError(f"left={left}, right={right}, expected a window of at least one word")
    if not isinstance(node, str | None):
        raise ValueError(f"node={node!r}, expected a word")
    tokens = take_tokens(tokens, "article_id", "token_index", "sentence_index", "term")
    names = tokens["term"].cat.categories
    excluded = list_terms(tokens, list_words(exclude, "exclude"))
    left_out = names.get_indexer(pd.Index(sorted(excluded), dtype=names.dtype))
    if node is None:
        table = _count_pairs(tokens)
    else:
        meaning = Reader(tokens).read(node)
        hits = find_hits(tokens, [meaning])[0]
        table = _count_windows(tokens, hits, left, right)
        names = names.append(pd.Index([meaning.name]))
    kept = (table["n"] >= min_n) & ~np.isin(table["term"], left_out)
    kept &= ~np.isin(table["node"], left_out)
    collocations = _measure_pairs({key: values[kept] for key, values in table.items()}, names)
    order = np.lexsort((table["term"][kept], table["node"][kept], -collocations[measure]))
    ranked = {key: values[order] for key, values in collocations.items()}
    frame = make_frame(
        "collocations", ranked | {"rank": rank_sorted(ranked[measure], np.zeros(len(order)))}
    )
    note_method(
        frame,
        tokens,
        window="adjacent pairs" if node is None else f"{left} before, {right} after, in a sentence",
        measures=ASSOCIATIONS[:-1],
        counting="each position once, windows against all other positions",
        zero_rule="only words that stand in a window are listed",
        n_tokens=len(tokens),
        ranked_by=measure,
        min_n=min_n,
    )
    return frame


def _count_windows(tokens: pd.DataFrame, hits: Hits, left: int, right: int) -> dict[str, Array]:
    codes = tokens["term"].cat.codes.to_numpy()
    is_node = np.zeros(len(codes), bool)
    for step in range(hits.size.max(initial=0)):
        is_node[hits.first[hits.size > step] + step] = True
    article = tokens["article_id"].cat.codes.to_numpy()
    sentence = tokens["sentence_index"].to_numpy()
    # A position is near or it is not. One that were counted in each window that holds it would
    # stand there oftener than it occurs, and logDice would pass its maximum of 14.
    is_near = np.zeros(len(codes), bool)
    last = hits.first + hits.size - 1
    for end, step in [(hits.first, -n) for n in range(1, left + 1)] + [
        (last, n) for n in range(1, right + 1)
    ]:
        inside = (end + step >= 0) & (end + step < len(codes))
        here, beside = end[inside], end[inside] + step
        same = (article[beside] == article[here]) & (sentence[beside] == sentence[here])
        is_near[beside[same]] = True
    is_near &= ~is_node
    near, total = np.bincount(codes[is_near]), np.bincount(codes[~is_node])
    term = np.flatnonzero(near)
    return {
        "node": np.full(len(term), len(tokens["term"].cat.categories)),
        "term": term,
        "n": near[term],
        "n_node": np.full(len(term), len(hits.first)),
        "n_window": np.full(len(term), is_near.sum()),
        "n_term": total[term],
        "n_tokens": np.full(len(term), (~is_node).sum()),
    }


def _count_pairs(tokens: pd.DataFrame) -> dict[str, Array]:
    codes = tokens["term"].cat.codes.to_numpy(np.int64)
    # The population is the pairs, not the words (Evert 2008): a word that ends a sentence can
    # begin no pair, and must not count among what might have stood there.
    second = np.flatnonzero(find_followers(tokens))
    size = len(tokens["term"].cat.categories) + 1
    pairs, n = np.unique(codes[second - 1] * size + codes[second], return_counts=True)
    node, term = pairs // size, pairs % size
    as_first = np.bincount(codes[second - 1], minlength=size)[node]
    return {
        "node": node,
        "term": term,
        "n": n,
        "n_node": as_first,
        "n_window": as_first,
        "n_term": np.bincount(codes[second], minlength=size)[term],
        "n_tokens": np.full(len(pairs), len(second)),
    }


def _measure_pairs(table: dict[str, Array], names: pd.Index) -> dict[str, Array]:
    n, window, n_term, n_tokens = (table[k] for k in ("n", "n_window", "n_term", "n_tokens"))
    pair, reverse = (n, window, n_term, n_tokens), (n, n_term, window, n_tokens)
    # A node may have a term several times in its windows; more than once is no more together.
    together = np.minimum(n, table["n_node"])
    return table | {
        **{key: compute(key, *pair) for key in ("mi", "mi3", "t_score", "z_score")},
        "node": names.take(table["node"]).to_numpy(),
        "term": names.take(table["term"]).to_numpy(),
        "expected": window * n_term / np.maximum(n_tokens, 1),
        "log_dice": compute("log_dice", together, table["n_node"], n_term),
        "g2": compute("g2_4cell", n, n_term - n, window, n_tokens - window),
        # Where the windows hold all positions there is no other place to compare with: 0.
        "delta_p": np.nan_to_num(compute("delta_p", *pair)),
        "delta_p_back": np.nan_to_num(compute("delta_p", *reverse)),
        "min_sensitivity": compute("min_sensitivity", n, window, n_term),
    }
