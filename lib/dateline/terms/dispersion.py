"""From a term's counts to how evenly it is spread; `v` counts and `s` sizes of all parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from dateline.frames import build_frame
from dateline.terms.cells import count_cells, find_articles
from dateline.terms.method import note_method
from dateline.terms.registry import measure

_dispersion = partial(measure, "dispersion")
_EVEN = "0 to 1 (even)"
Parts = Sequence[float] | np.ndarray


def _shares(v: Parts, s: Parts) -> tuple[np.ndarray, np.ndarray]:
    """Each part's share of the term, and of all tokens."""
    v, s = np.asarray(v, float), np.asarray(s, float)
    if v.shape != s.shape or (s <= 0).any() or not v.sum() > 0:
        raise ValueError("expected one size above 0 for each part, and a term that occurs")
    return v / v.sum(), s / s.sum()


def _rates(v: Parts, s: Parts) -> np.ndarray:
    _shares(v, s)
    return np.asarray(v, float) / np.asarray(s, float)


@_dispersion("number of parts with v > 0", "1 to the number of parts", "Keniston 1920")
def part_range(v: Parts, s: Parts) -> int:
    """In how many parts the term occurs."""
    return int((np.asarray(v) > 0).sum())


@_dispersion("sd(v) / mean(v), population sd", "0 (even) to √(parts - 1)", "Gries 2008")
def variation_coefficient(v: Parts, s: Parts) -> float:
    """Spread of the counts over their mean; blind to sizes."""
    return float(np.std(v) / np.mean(v))


@_dispersion("½ Σ |t - w|, t share of the term, w of all tokens", "0 (even) to 1", "Gries 2008")
def dp(v: Parts, s: Parts) -> float:
    """Deviation of proportions, with the real sizes of the parts."""
    t, w = _shares(v, s)
    return float(np.abs(t - w).sum() / 2)


@_dispersion("dp / (1 - min w)", "0 (even) to 1", "Lijffijt and Gries 2012")
def dp_norm(v: Parts, s: Parts) -> float:
    """Deviation of proportions over the largest that is possible."""
    _, w = _shares(v, s)
    return dp(v, s) / (1 - w.min()) if len(w) > 1 else float("nan")


@_dispersion("1 - dp / (1 - min w of parts with the term)", _EVEN, "Egbert et al. 2020")
def dp_egbert(v: Parts, s: Parts) -> float:
    """D_P, turned round so that 1 is even; tlda prints 1 - dp under this name."""
    _, w = _shares(v, s)
    return 1 - dp(v, s) / (1 - w[np.asarray(v) > 0].min()) if len(w) > 1 else float("nan")


@_dispersion("1 - sd(p) / mean(p) / √(parts - 1), p = v/s", _EVEN, "Juilland 1964; Gries 2020")
def juilland_d(v: Parts, s: Parts) -> float:
    """Juilland's D of the rates; it nears 1 where there are many parts (Biber et al. 2016)."""
    rates = _rates(v, s)
    return float(1 - np.std(rates) / rates.mean() / np.sqrt(max(len(rates) - 1, 1)))


@_dispersion("juilland_d Σ v", "0 to the frequency", "Juilland 1964")
def juilland_u(v: Parts, s: Parts) -> float:
    """Frequency, corrected by dispersion."""
    return juilland_d(v, s) * float(np.sum(v))


@_dispersion("entropy of p / Σ p over its maximum", _EVEN, "Carroll 1970")
def carroll_d2(v: Parts, s: Parts) -> float:
    """Carroll's D2: how even the rates are, by their entropy."""
    rates = _rates(v, s)
    shares = rates[rates > 0] / rates.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(max(len(rates), 2)))


@_dispersion("(Σ √(w v))² / Σ v", _EVEN, "Rosengren 1971")
def rosengren_s(v: Parts, s: Parts) -> float:
    """Rosengren's S, with the real sizes of the parts."""
    t, w = _shares(v, s)
    return float(np.sqrt(w * t).sum() ** 2)


@_dispersion("1 - χ² / (4 Σ v), equal parts expected", _EVEN, "Lyne 1985")
def lyne_d3(v: Parts, s: Parts) -> float:
    """Lyne's D3; blind to sizes."""
    v = np.asarray(v, float)
    return float(1 - ((v - v.mean()) ** 2 / v.mean()).sum() / (4 * v.sum()))


@_dispersion("Σ t log2(t / w)", "0 (even) to inf, in bits", "Gries 2020")
def kld(v: Parts, s: Parts) -> float:
    """Kullback-Leibler divergence of the term's spread from that of all tokens."""
    t, w = _shares(v, s)
    there = t > 0
    return float((t[there] * np.log2(t[there] / w[there])).sum())


@_dispersion("1 / (1 + kld)", _EVEN, "Gries 2020, standardised by odds")
def d_kl(v: Parts, s: Parts) -> float:
    """Kullback-Leibler divergence, turned round so that 1 is even."""
    return 1 / (1 + kld(v, s))


@_dispersion("1 - mean |p_i - p_j| / (2 mean p)", _EVEN, "Burch et al. 2017; Wilcox 1973")
def d_a(v: Parts, s: Parts) -> float:
    """D_A: one less the mean difference of two parts' rates; from the sorted rates."""
    shares = np.sort(_rates(v, s))[::-1]
    shares = shares / shares.sum()
    n = len(shares)
    return (
        float(2 * ((np.arange(1, n + 1) * shares).sum() - 1) / (n - 1)) if n > 1 else float("nan")
    )


def find_distances(positions: Parts, n_tokens: int) -> np.ndarray:
    """Distances from each occurrence to the next, the last one round to the first."""
    positions = np.sort(np.asarray(positions, int))
    return np.diff(positions, append=positions[:1] + n_tokens)


@_dispersion("(f/n) Σ min(d, n/f), d distances", "1 to the frequency", "Savický & Hlaváčová 2002")
def arf(positions: Parts, n_tokens: int) -> float:
    """Average reduced frequency: occurrences close together count as fewer."""
    even = n_tokens / len(positions)
    return float(np.minimum(find_distances(positions, n_tokens), even).sum() / even)


@_dispersion(
    "(1 + Σ d² / n) / 2", "(n/f + 1) / 2 (even) to (n + 1) / 2", "Savický & Hlaváčová 2002"
)
def awt(positions: Parts, n_tokens: int) -> float:
    """Average waiting time until the next occurrence."""
    return float((1 + (find_distances(positions, n_tokens) ** 2).sum() / n_tokens) / 2)


@_dispersion("Σ d log10 d / n", "log10(n/f) (even) to log10 n", "Savický & Hlaváčová 2002")
def ald(positions: Parts, n_tokens: int) -> float:
    """Average logarithmic distance."""
    distances = find_distances(positions, n_tokens)
    return float((distances * np.log10(distances)).sum() / n_tokens)


def count_dispersion(
    tokens: pd.DataFrame, articles: pd.DataFrame, terms: str | Sequence[str]
) -> pd.DataFrame:
    """Measure how evenly some terms are spread over the articles, in every way that we know.

    `count_terms` has the common measures for all terms.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES; those without tokens are no parts.
        terms: One or more terms as they stand in `tokens`.

    Returns:
        DISPERSIONS, terms in the order given; those that do not occur are left out.

    Raises:
        ValueError: A token's article is unknown.
    """
    wanted = list(dict.fromkeys([terms] if isinstance(terms, str) else terms))
    cells = count_cells(tokens, articles, None)
    filled = cells.part_size > 0
    by_date = articles.reset_index(drop=True).sort_values(["published_on", "article_id"]).index
    reading = np.lexsort((tokens["start"], np.argsort(by_date)[find_articles(tokens, articles)]))
    in_order = tokens["term"].cat.codes.to_numpy()[reading]
    rows = []
    for term, code in zip(wanted, cells.terms.get_indexer(wanted), strict=True):
        used = cells.term == code
        if not used.any():
            continue
        v = np.zeros(len(filled))
        v[cells.part[used]] = cells.n[used]
        v, s = v[filled], cells.part_size[filled]
        spread = {compute.__name__: compute(v, s) for compute in _BY_PARTS}
        where = np.flatnonzero(in_order == code)
        row = {"term": term, "n": int(v.sum()), "n_parts": len(v), "arf": arf(where, len(tokens))}
        rows.append(row | spread)
    dispersions = build_frame("dispersions", rows)
    note_method(
        dispersions, tokens, n_tokens=len(tokens), parts="articles with tokens, with their sizes"
    )
    return dispersions


_BY_PARTS = (
    part_range,
    variation_coefficient,
    dp,
    dp_norm,
    dp_egbert,
    juilland_d,
    carroll_d2,
    rosengren_s,
    kld,
    d_kl,
    d_a,
)
