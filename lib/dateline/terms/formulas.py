"""From counts to measures of keyness; arrays in, arrays out.

A word occurs `a` times in `n1` target tokens and `b` times in `n2` reference tokens. 0 ln 0 = 0.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from dateline.terms.registry import measure

Numbers = np.ndarray | float | int
_keyness = partial(measure, "keyness")
ANY = "-inf to inf, 0 no difference"


def as_floats(*values: Numbers) -> list[np.ndarray]:
    """Each value as an array of floats."""
    return [np.asarray(value, float) for value in values]


def xlogy(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """O ln(O / E), 0 where O is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def divide(top: Numbers, bottom: Numbers) -> np.ndarray:
    """Top over bottom; inf or NaN where bottom is 0, without a warning."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(*as_floats(top, bottom))


def find_direction(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """1 where the word has the larger share of the target, -1 of the reference, else 0."""
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    return np.sign(a * n2 - b * n1)


@_keyness("sign · 2 [a ln(a/Ea) + b ln(b/Eb)]", ANY, "Rayson and Garside 2000; UCREL wizard")
def g2_2cell(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log-likelihood of the word's two cells alone, negative where the reference has more."""
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    share = (a + b) / (n1 + n2)
    value = 2 * (xlogy(a, n1 * share) + xlogy(b, n2 * share))
    return find_direction(a, b, n1, n2) * np.maximum(value, 0)


@_keyness("sign · 2 Σ O ln(O/E) over a, b, n1 - a, n2 - b", ANY, "Dunning 1993; AntConc 4")
def g2_4cell(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log-likelihood of all four cells, negative where the reference has more."""
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    word, other = (a + b) / (n1 + n2), (n1 + n2 - a - b) / (n1 + n2)
    pairs = ((a, n1 * word), (b, n2 * word), (n1 - a, n1 * other), (n2 - b, n2 * other))
    value = 2 * sum(xlogy(observed, expected) for observed, expected in pairs)
    return find_direction(a, b, n1, n2) * np.maximum(value, 0)


@_keyness("g2_4cell / q", ANY, "Williams 1976, as in quanteda")
def g2_williams(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log-likelihood with Williams' correction for small counts."""
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    n, c1 = n1 + n2, a + b
    q = 1 + (divide(n, n1) + divide(n, n2) - 1) * (divide(n, c1) + divide(n, n - c1) - 1) / (6 * n)
    return g2_4cell(a, b, n1, n2) / q


@_keyness("sign · N (|ad - bc| - correction N)² / (R1 R2 C1 C2)", ANY, "Pearson 1900; Yates 1934")
def chi2(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, correction: float = 0.0
) -> np.ndarray:
    """Chi-squared of the four cells, negative where the reference has more; Yates is 0.5."""
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    n, c1 = n1 + n2, a + b
    # ad - bc is a n2 - b n1: the products of the other two cells cancel.
    top = n * np.maximum(np.abs(a * n2 - b * n1) - correction * n, 0) ** 2
    return find_direction(a, b, n1, n2) * divide(top, n1 * n2 * c1 * (n - c1))


@_keyness("sign · [(a - Ea)²/Ea + (b - Eb)²/Eb]", ANY, "AntConc 3")
def chi2_2cell(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Chi-squared of the word's two cells alone."""
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    share = (a + b) / (n1 + n2)
    value = divide((a - n1 * share) ** 2, n1 * share) + divide((b - n2 * share) ** 2, n2 * share)
    return find_direction(a, b, n1, n2) * value


@_keyness(
    "|G²| - ln(n1 + n2)", "-ln N to inf; above 2 evidence, above 10 very strong", "Wilson 2013"
)
def bic(g2: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Evidence for any difference, after a penalty for the size of the corpus."""
    g2, n1, n2 = as_floats(g2, n1, n2)
    return np.abs(g2) - np.log(n1 + n2)


@_keyness("2 Φ(-√G²) = sf of chi-squared with 1 df", "0 to 1", "Dunning 1993")
def p_value(statistic: Numbers) -> np.ndarray:
    """Probability of so large a G² or chi-squared where there is no difference."""
    from scipy.special import chdtrc

    return chdtrc(1, np.abs(np.asarray(statistic, float)))


def log10_p_value(statistic: Numbers) -> np.ndarray:
    """log10 of `p_value`, exact also where p itself is too small for a float."""
    from scipy.special import log_ndtr

    root = np.sqrt(np.abs(np.asarray(statistic, float)))
    return (np.log(2) + log_ndtr(-root)) / np.log(10)


@_keyness("log2[(a/n1) / (b/n2)]", "-inf (absent) to inf (only here); 1 is twice", "Hardie 2014")
def log_ratio(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, zero: str = "infinite"
) -> np.ndarray:
    """How many doublings of the relative frequency.

    Args:
        a: Count in the target.
        b: Count in the reference.
        n1: Size of the target.
        n2: Size of the reference.
        zero: "infinite" leaves a zero count as it is; "hardie" makes it 0.5, which turns the sign
            where the other side is the larger; "walter" adds 0.5 to all four numbers.
    """
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    if zero == "hardie":
        a, b = np.where(a > 0, a, 0.5), np.where(b > 0, b, 0.5)
    elif zero == "walter":
        a, b, n1, n2 = a + 0.5, b + 0.5, n1 + 0.5, n2 + 0.5
    elif zero != "infinite":
        raise ValueError(f"zero={zero!r}, expected 'infinite', 'hardie' or 'walter'")
    with np.errstate(divide="ignore"):
        return np.log2(divide(a * n2, b * n1))


def log_ratio_interval(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, alpha: float = 0.05
) -> tuple[np.ndarray, np.ndarray]:
    """Exact interval of the log ratio: Clopper-Pearson for a out of a + b (Evert 2022, LRC)."""
    return _find_low(a, b, n1, n2, alpha), -_find_low(b, a, n2, n1, alpha)


@_keyness("end of the exact interval nearer to 0, or 0", ANY, "Evert 2022; CQPweb")
def log_ratio_conservative(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, alpha: float = 0.05
) -> np.ndarray:
    """How many doublings are sure; 0 where the interval holds 0."""
    direction = find_direction(a, b, n1, n2)
    more = direction > 0
    low = _find_low(
        np.where(more, a, b),
        np.where(more, b, a),
        np.where(more, n1, n2),
        np.where(more, n2, n1),
        alpha,
    )
    return np.where(low > 0, direction * low, 0.0)


def _find_low(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, alpha: float) -> np.ndarray:
    from scipy.special import betaincinv

    a, b, n1, n2 = as_floats(a, b, n1, n2)
    share = np.where(a > 0, betaincinv(np.maximum(a, 1), b + 1, alpha / 2), 0.0)
    with np.errstate(divide="ignore"):
        return np.log2(divide(n2 * share, n1 * (1 - share)))


def log_ratio_normal_interval(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, alpha: float = 0.05
) -> tuple[np.ndarray, np.ndarray]:
    """Approximate interval of the log ratio (Hardie 2014, CQPweb); zero counts become 0.5."""
    from scipy.special import ndtri

    a, b, n1, n2 = as_floats(a, b, n1, n2)
    middle = log_ratio(a, b, n1, n2, zero="hardie")
    a, b = np.where(a > 0, a, 0.5), np.where(b > 0, b, 0.5)
    half = -ndtri(alpha / 2) * np.sqrt(1 / a + 1 / b - 1 / n1 - 1 / n2) / np.log(2)
    return middle - half, middle + half


def find_conservative(low: Numbers, high: Numbers) -> np.ndarray:
    """The end of an interval that is nearer to 0, or 0 where the interval holds 0."""
    low, high = as_floats(low, high)
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


@_keyness("100 (a/n1 - b/n2) / (b/n2)", "-100 to inf (b = 0)", "Gabrielatos and Marchi 2011")
def percent_diff(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """By how many per cent the relative frequency is higher in the target."""
    return 100 * (divide(divide(a, n1), divide(b, n2)) - 1)


@_keyness(
    "a (n2 - b) / [b (n1 - a)]", "0 to inf (b = 0), 1 no difference", "Pojanapunya & Todd 2016"
)
def odds_ratio(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Odds of the word in the target over those in the reference."""
    a, b, n1, n2 = as_floats(a, b, n1, n2)
    return divide(a * (n2 - b), b * (n1 - a))


@_keyness("(a per million + k) / (b per million + k), k = 1", "0 to inf", "Kilgarriff 2009")
def simple_maths(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, smoothing: float = 1
) -> np.ndarray:
    """Ratio of smoothed frequencies per million; a larger k prefers frequent words."""
    return (1e6 * divide(a, n1) + smoothing) / (1e6 * divide(b, n2) + smoothing)


@_keyness("(a/n1 - b/n2) / (a/n1 + b/n2)", "-1 to 1, 0 no difference", "Hofland & Johansson 1982")
def diff_coefficient(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Difference of relative frequencies over their sum."""
    target, reference = divide(a, n1), divide(b, n2)
    return divide(target - reference, target + reference)


def fisher_exact(a: int, b: int, n1: int, n2: int, *, alternative: str = "two-sided") -> float:
    """Fisher's exact p of one word ("greater": more in the target)."""
    from scipy.stats import fisher_exact as compute

    return float(compute([[a, n1 - a], [b, n2 - b]], alternative=alternative).pvalue)


def adjust_p_values(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """P after Benjamini-Hochberg (false discovery rate), and after Bonferroni."""
    order = np.argsort(p, kind="stable")[::-1]
    scaled = p[order] * (len(p) / np.arange(len(p), 0, -1))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1)
    return adjusted, np.minimum(p * len(p), 1)


@_keyness("U from ranks of the articles' rates", "0 to 1", "Kilgarriff 2001; Mann and Whitney 1947")
def rank_sum(x: Numbers, y: Numbers) -> float:
    """Sum of the ranks of x among x and y, ties sharing the mean rank."""
    from scipy.stats import rankdata

    return float(rankdata(np.concatenate(as_floats(x, y)))[: len(np.asarray(x))].sum())
