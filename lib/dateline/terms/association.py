"""From counts to measures of association and weight; arrays in, arrays out.

Two words occur together `f` times, and `fx` and `fy` times in all, among `n` positions: that is
keyness with a = f, n1 = fx, b = fy - f and n2 = n - fx.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from dateline.terms.formulas import ANY, Numbers, as_floats, chi2, divide, xlogy
from dateline.terms.registry import measure

_association = partial(measure, "association")


@_association("f / E with E = fx fy / n", "0 to inf, 1 by chance", "Evert 2008")
def observed_to_expected(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """How many times more often together than by chance."""
    f, fx, fy, n = as_floats(f, fx, fy, n)
    return divide(f * n, fx * fy)


@_association("log2(f / E)", "-inf (f = 0) to inf, 0 by chance", "Church and Hanks 1990")
def mi(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Pointwise mutual information in bits; it favours rare pairs."""
    with np.errstate(divide="ignore"):
        return np.log2(observed_to_expected(f, fx, fy, n))


@_association("log2(f² / E)", "-inf (f = 0) to inf", "Daille 1994")
def mi2(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information that weighs frequency once."""
    return mi(np.square(np.asarray(f, float)), fx, fy, n)


@_association("log2(f³ / E)", "-inf (f = 0) to inf", "Daille 1994")
def mi3(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information that weighs frequency twice."""
    return mi(np.asarray(f, float) ** 3, fx, fy, n)


@_association("f log2(f / E)", ANY, "Evert 2005")
def local_mi(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information times the frequency of the pair."""
    return np.where(np.asarray(f) > 0, f * np.nan_to_num(mi(f, fx, fy, n), neginf=0), 0.0)


@_association("ln(f / E) / -ln(f / n)", "-1 (never) to 1 (always together)", "Bouma 2009")
def npmi(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information between -1 and 1."""
    f, n = as_floats(f, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = mi(f, fx, fy, n) / -np.log2(f / n)
    return np.where(f > 0, value, -1.0)


@_association("14 + log2[2 f / (fx + fy)]", "-inf (f = 0) to 14 (always together)", "Rychlý 2008")
def log_dice(f: Numbers, fx: Numbers, fy: Numbers) -> np.ndarray:
    """How exclusive the pair is; it does not depend on the size of the corpus."""
    with np.errstate(divide="ignore"):
        return 14 + np.log2(dice(f, fx, fy))


@_association("2 f / (fx + fy)", "0 to 1", "Dice 1945; Smadja et al. 1996")
def dice(f: Numbers, fx: Numbers, fy: Numbers) -> np.ndarray:
    """Share of the two words' occurrences that is together."""
    f, fx, fy = as_floats(f, fx, fy)
    return divide(2 * f, fx + fy)


@_association("(f - E) / √f", "-inf to √f", "Church et al. 1991")
def t_score(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Confidence that the pair is more than chance; it favours frequent pairs."""
    f, fx, fy, n = as_floats(f, fx, fy, n)
    return divide(f - fx * fy / n, np.sqrt(f))


@_association("(f - E) / √[f (1 - f/n)]", "-inf to inf", "Manning and Schütze 1999, exact variance")
def t_score_binomial(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """t-score with the binomial variance."""
    f, n = as_floats(f, n)
    return t_score(f, fx, fy, n) / np.sqrt(1 - f / n)


@_association("(f - E) / √E", "-inf to inf", "Berry-Rogghe 1973, E without span")
def z_score(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Distance from chance in standard deviations."""
    f, fx, fy, n = as_floats(f, fx, fy, n)
    return divide(f - fx * fy / n, np.sqrt(fx * fy / n))


@_association("sign · 2 [f ln(f/E) - (f - E)]", ANY, "Evert 2008")
def simple_ll(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Log-likelihood of the pair's own cell."""
    f, fx, fy, n = as_floats(f, fx, fy, n)
    expected = fx * fy / n
    return np.sign(f - expected) * 2 * (xlogy(f, expected) - (f - expected))


@_association("chi2 / n", "0 to 1", "Church and Gale 1991")
def phi_squared(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Squared correlation of the two words over the positions."""
    f, fx, fy, n = as_floats(f, fx, fy, n)
    return np.abs(chi2(f, fy - f, fx, n - fx)) / n


@_association("f/fx - (fy - f)/(n - fx)", "-1 to 1, 0 by chance", "Gries 2013")
def delta_p(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """How much the first word raises the probability of the second; swap fx and fy for back."""
    f, fx, fy, n = as_floats(f, fx, fy, n)
    return divide(f, fx) - divide(fy - f, n - fx)


@_association("min(f/fx, f/fy)", "0 to 1", "Pedersen and Bruce 1996")
def min_sensitivity(f: Numbers, fx: Numbers, fy: Numbers) -> np.ndarray:
    """The smaller of the two shares of occurrences that are together."""
    return np.minimum(divide(f, fx), divide(f, fy))


@_association("ln[(O11+k)(O22+k) / ((O12+k)(O21+k))], k = 0.5", ANY, "Blaheta and Johnson 2001")
def log_odds(
    f: Numbers, fx: Numbers, fy: Numbers, n: Numbers, *, smoothing: float = 0.5
) -> np.ndarray:
    """Smoothed log odds ratio, lambda of quanteda."""
    return sum(
        sign * np.log(cell)
        for sign, cell in zip((1, -1, -1, 1), _smooth_cells(f, fx, fy, n, smoothing), strict=True)
    )


def log_odds_z(
    f: Numbers, fx: Numbers, fy: Numbers, n: Numbers, *, smoothing: float = 0.5
) -> np.ndarray:
    """`log_odds` over its standard error."""
    error = np.sqrt(sum(1 / cell for cell in _smooth_cells(f, fx, fy, n, smoothing)))
    return log_odds(f, fx, fy, n, smoothing=smoothing) / error


def _smooth_cells(
    f: Numbers, fx: Numbers, fy: Numbers, n: Numbers, smoothing: float
) -> list[np.ndarray]:
    f, fx, fy, n = as_floats(f, fx, fy, n)
    return [cell + smoothing for cell in (f, fx - f, fy - f, n - fx - fy + f)]


@measure("weight", "n log10(N / n_articles)", "0 to inf", "quanteda dfm_tfidf; Salton 1975")
def tf_idf_log10(n: Numbers, n_with_term: Numbers, n_articles: Numbers) -> np.ndarray:
    """Count, weighed down for terms that many articles hold; not normalised."""
    return np.asarray(n, float) * np.log10(divide(n_articles, np.maximum(n_with_term, 1)))


@measure("weight", "n (ln[(1+N)/(1+n_articles)] + 1), rows of length 1", "0 to 1", "scikit-learn")
def tf_idf_smooth_l2(counts: np.ndarray) -> np.ndarray:
    """tf-idf of a matrix of articles by terms, smoothed, each row scaled to length 1."""
    counts = np.asarray(counts, float)
    idf = np.log((1 + len(counts)) / (1 + (counts > 0).sum(axis=0))) + 1
    weights = counts * idf
    return np.nan_to_num(divide(weights, np.linalg.norm(weights, axis=1, keepdims=True)))
