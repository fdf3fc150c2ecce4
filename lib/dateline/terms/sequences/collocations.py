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
    stretch_column,
    take_tokens,
)
from dateline.terms.formulas.measures import Array, compute, rank_sorted
from dateline.terms.queries.hits import Hits, ask_hits
from dateline.terms.queries.query import list_terms

_SCORES = "log_dice mi mi3 t_score z_score g2 delta_p delta_p_back min_sensitivity"
ASSOCIATIONS = [*_SCORES.split(), "n"]


def find_collocations(
    tokens: pd.DataFrame,
    node: str | Iterable[str] | None = None,
    *,
    left: int = 5,
    right: int = 5,
    measure: str = "log_dice",
    min_n: int = 1,
    exclude: str | Iterable[str] = (),
    across: bool = False,
) -> pd.DataFrame:
    """Rank the words near some others, or all pairs of adjacent words.

    Windows stop at the ends of sentences and blocks, at commas, colons, brackets and dashes. A
    position in several windows counts once, so that n is never above n_term; the node's own
    positions do not count. This is the surface convention of Evert 2008: the table compares the
    positions in windows with all others.

    Args:
        tokens: TOKENS.
        node: One or more words or other queries (see `count_terms`); None takes all pairs of a word
            and the next one.
        left: Words before the node that belong to its window.
        right: Words after it.
        measure: The column to rank by.
        min_n: Leave out words seen fewer times in the windows.
        exclude: Terms to leave out, folded likewise; they still fill the windows.
        across: Let windows cross commas, colons, brackets and dashes.

    Returns:
        COLLOCATIONS, the strongest first, of several nodes one after another, each ranked by
        itself; ties share the lowest rank and are listed alphabetically. A node that does not
        occur has no rows; the method lists it.

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
    tokens = take_tokens(tokens, "article_id", "token_index", "sentence_index", "term")
    names = tokens["term"].cat.categories
    excluded = list_terms(tokens, list_words(exclude, "exclude"))
    left_out = names.get_indexer(pd.Index(sorted(excluded), dtype=names.dtype))
    if node is None:
        nodes, table = names, _count_pairs(tokens, across)
        kept, missing = ~np.isin(table["node"], left_out), []
    else:
        asked = ask_hits(tokens, node, "node")
        nodes = pd.Index(asked, dtype=names.dtype)
        stretch = tokens[stretch_column(tokens, across)].to_numpy()
        table = _count_windows(tokens, stretch, list(asked.values()), left, right)
        kept = np.ones(len(table["n"]), bool)
        missing = [name for name, hits in asked.items() if not len(hits.first)]
    kept &= (table["n"] >= min_n) & ~np.isin(table["term"], left_out)
    table = {key: values[kept] for key, values in table.items()}
    collocations = _measure_pairs(table, nodes, names)
    # The pairs of all words are one list, and each node that is asked for has its own.
    of_list = np.zeros(len(table["n"]), int) if node is None else table["node"]
    order = np.lexsort((table["term"], table["node"], -collocations[measure], of_list))
    ranked = {key: values[order] for key, values in collocations.items()}
    rank = rank_sorted(ranked[measure], of_list[order])
    frame = make_frame("collocations", ranked | {"rank": rank})
    note_method(
        frame,
        tokens,
        window="adjacent pairs" if node is None else f"{left} before, {right} after",
        within="sentences" if across else "sentences, and the commas, colons and dashes in them",
        measures=ASSOCIATIONS[:-1],
        counting="each position once, windows against all other positions",
        zero_rule="only words that stand in a window are listed",
        n_tokens=len(tokens),
        ranked_by=measure,
        min_n=min_n,
        **({"terms_not_found": missing} if missing else {}),
    )
    return frame


def _count_windows(
    tokens: pd.DataFrame, stretch: Array, nodes: list[Hits], left: int, right: int
) -> dict[str, Array]:
    codes = tokens["term"].cat.codes.to_numpy()
    article = tokens["article_id"].cat.codes.to_numpy()
    tables: list[dict[str, Array]] = []
    none = Hits(np.array([], int), np.array([], int))
    for number, hits in enumerate(nodes or [none]):
        is_node = np.zeros(len(codes), bool)
        for step in range(hits.size.max(initial=0)):
            is_node[hits.first[hits.size > step] + step] = True
        last = hits.first + hits.size - 1
        # A position is near or it is not. One that were counted in each window that holds it would
        # stand there oftener than it occurs, and logDice would pass its maximum of 14.
        is_near = np.zeros(len(codes), bool)
        for end, sign, most in ((hits.first, -1, left), (last, 1, right)):
            for step in range(1, most + 1):
                beside = end + sign * step
                inside = (beside >= 0) & (beside < len(codes))
                here, beside = end[inside], beside[inside]
                same = article[beside] == article[here]
                same &= stretch[beside] == stretch[here]
                is_near[beside[same]] = True
        is_near &= ~is_node
        near, total = np.bincount(codes[is_near]), np.bincount(codes[~is_node])
        term = np.flatnonzero(near)
        numbers = {
            "node": number,
            "n_node": len(hits.first),
            "n_window": is_near.sum(),
            "n_tokens": (~is_node).sum(),
        }
        same_for_all = {key: np.full(len(term), value) for key, value in numbers.items()}
        tables.append(same_for_all | {"term": term, "n": near[term], "n_term": total[term]})
    return {key: np.concatenate([own[key] for own in tables]) for key in tables[0]}


def _count_pairs(tokens: pd.DataFrame, across: bool) -> dict[str, Array]:
    codes = tokens["term"].cat.codes.to_numpy(np.int64)
    # The population is the pairs, not the words (Evert 2008): a word that ends a sentence can
    # begin no pair, and must not count among what might have stood there.
    second = np.flatnonzero(find_followers(tokens, across=across))
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


def _measure_pairs(table: dict[str, Array], nodes: pd.Index, names: pd.Index) -> dict[str, Array]:
    n, window, n_term, n_tokens = (table[k] for k in ("n", "n_window", "n_term", "n_tokens"))
    pair, reverse = (n, window, n_term, n_tokens), (n, n_term, window, n_tokens)
    # A node may have a term several times in its windows; more than once is no more together.
    together = np.minimum(n, table["n_node"])
    return table | {
        **{key: compute(key, *pair) for key in ("mi", "mi3", "t_score", "z_score")},
        "node": nodes.take(table["node"]).to_numpy(),
        "term": names.take(table["term"]).to_numpy(),
        "expected": window * n_term / np.maximum(n_tokens, 1),
        "log_dice": compute("log_dice", together, table["n_node"], n_term),
        "g2": compute("g2_4cell", n, n_term - n, window, n_tokens - window),
        # Where the windows hold all positions there is no other place to compare with: 0.
        "delta_p": np.nan_to_num(compute("delta_p", *pair)),
        "delta_p_back": np.nan_to_num(compute("delta_p", *reverse)),
        "min_sensitivity": compute("min_sensitivity", n, window, n_term),
    }
