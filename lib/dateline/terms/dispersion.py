"""From a term's counts to how evenly it is spread; `v` counts and `s` sizes of all parts."""

from __future__ import annotations

from functools import partial

import numpy as np

from dateline.terms.registry import measure

Parts = np.ndarray | list[float]
_dispersion = partial(measure, "dispersion")
_EVEN = "0 to 1 (even)"


def _shares(v: Parts, s: Parts) -> tuple[np.ndarray, np.ndarray]:
    """Each part's share of the term, and of all tokens."""
    if v.shape != s.shape or (s <= 0).any() or not v.sum() > 0:
        raise ValueError("expected one size above 0 for each part, and a term that occurs")
    return v / v.sum(), s / s.sum()


@_dispersion("number of parts with v > 0", "1 to the number of parts", "Keniston 1920")
def part_range(v: Parts, s: Parts) -> int:
    """In how many parts the term occurs."""
    return int((v > 0).sum())


@_dispersion("sd(v) / mean(v), population sd", "0 (even) to √(parts - 1)", "Gries 2008")
def variation_coefficient(v: Parts, s: Parts) -> float:
    """Spread of the counts over their mean; blind to sizes."""
    return v.std() / v.mean()


@_dispersion("½ Σ |t - w|, t share of the term, w of all tokens", "0 (even) to 1", "Gries 2008")
def dp(v: Parts, s: Parts) -> float:
    """Deviation of proportions, with the real sizes of the parts."""
    t, w = _shares(v, s)
    return np.abs(t - w).sum() / 2


@_dispersion("dp / (1 - min w)", "0 (even) to 1", "Lijffijt and Gries 2012")
def dp_norm(v: Parts, s: Parts) -> float:
    """Deviation of proportions over the largest that is possible; NaN for one part."""
    return dp(v, s) / (1 - s.min() / s.sum())


@_dispersion("1 - dp / (1 - min w of parts with the term)", _EVEN, "Egbert et al. 2020")
def dp_egbert(v: Parts, s: Parts) -> float:
    """D_P, turned round so that 1 is even; tlda prints 1 - dp under this name."""
    return 1 - dp(v, s) / (1 - s[v > 0].min() / s.sum())


@_dispersion("1 - sd(p) / mean(p) / √(parts - 1), p = v/s", _EVEN, "Juilland 1964; Gries 2020")
def juilland_d(v: Parts, s: Parts) -> float:
    """Juilland's D of the rates; it nears 1 where there are many parts (Biber et al. 2016)."""
    return 1 - (v / s).std() / (v / s).mean() / np.sqrt(max(len(v) - 1, 1))


@_dispersion("juilland_d Σ v", "0 to the frequency", "Juilland 1964")
def juilland_u(v: Parts, s: Parts) -> float:
    """Frequency, corrected by dispersion."""
    return juilland_d(v, s) * v.sum()


@_dispersion("entropy of p / Σ p over its maximum", _EVEN, "Carroll 1970")
def carroll_d2(v: Parts, s: Parts) -> float:
    """Carroll's D2: how even the rates are, by their entropy."""
    shares = (v / s)[v > 0] / (v / s).sum()
    return -(shares * np.log(shares)).sum() / np.log(max(len(v), 2))


@_dispersion("(Σ √(w v))² / Σ v", _EVEN, "Rosengren 1971")
def rosengren_s(v: Parts, s: Parts) -> float:
    """Rosengren's S, with the real sizes of the parts."""
    t, w = _shares(v, s)
    return np.sqrt(w * t).sum() ** 2


@_dispersion("1 - χ² / (4 Σ v), equal parts expected", _EVEN, "Lyne 1985")
def lyne_d3(v: Parts, s: Parts) -> float:
    """Lyne's D3; blind to sizes."""
    return 1 - ((v - v.mean()) ** 2 / v.mean()).sum() / (4 * v.sum())


@_dispersion("Σ t log2(t / w)", "0 (even) to inf, in bits", "Gries 2020")
def kld(v: Parts, s: Parts) -> float:
    """Kullback-Leibler divergence of the term's spread from that of all tokens."""
    t, w = _shares(v, s)
    return (t[t > 0] * np.log2(t[t > 0] / w[t > 0])).sum()


@_dispersion("1 / (1 + kld)", _EVEN, "Gries 2020, standardised by odds")
def d_kl(v: Parts, s: Parts) -> float:
    """Kullback-Leibler divergence, turned round so that 1 is even."""
    return 1 / (1 + kld(v, s))


@_dispersion("1 - mean |p_i - p_j| / (2 mean p)", _EVEN, "Burch et al. 2017; Wilcox 1973")
def d_a(v: Parts, s: Parts) -> float:
    """D_A: one less the mean difference of two parts' rates; NaN for one part."""
    shares = np.sort(v / s)[::-1] / (v / s).sum()
    return 2 * (np.arange(1, len(v) + 1) @ shares - 1) / np.float64(len(v) - 1)


def _find_distances(positions: Parts, n_tokens: int) -> np.ndarray:
    """Distances from each occurrence to the next, the last one round to the first."""
    return np.diff(np.sort(positions), append=positions.min() + n_tokens)


@_dispersion("(f/n) Σ min(d, n/f), d distances", "1 to the frequency", "Savický & Hlaváčová 2002")
def arf(positions: Parts, n_tokens: int) -> float:
    """Average reduced frequency: occurrences close together count as fewer."""
    even = n_tokens / len(positions)
    return np.minimum(_find_distances(positions, n_tokens), even).sum() / even


@_dispersion("(1 + Σ d² / n) / 2", "(n/f + 1)/2 (even) to (n + 1)/2", "Savický & Hlaváčová 2002")
def awt(positions: Parts, n_tokens: int) -> float:
    """Average waiting time until the next occurrence."""
    return (1 + (_find_distances(positions, n_tokens) ** 2).sum() / n_tokens) / 2


@_dispersion("Σ d log10 d / n", "log10(n/f) (even) to log10 n", "Savický & Hlaváčová 2002")
def ald(positions: Parts, n_tokens: int) -> float:
    """Average logarithmic distance."""
    distances = _find_distances(positions, n_tokens)
    return (distances * np.log10(distances)).sum() / n_tokens
