"""From counts to measures of keyness, association and weight; arrays in, arrays out.

Keyness: a word occurs `a` times in `n1` target tokens and `b` times in `n2` reference tokens.
Association: two words occur together `f` times, and `fx` and `fy` times in all, among `n`
positions, E = fx fy / n by chance. 0 ln 0 = 0.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from dateline.terms.registry import measure

Numbers = np.ndarray | float
_keyness = partial(measure, "keyness")
_association = partial(measure, "association")
_weight = partial(measure, "weight")
_ANY = "-inf to inf, 0 no difference"


def _xlogy(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


@_keyness("sign of a n2 - b n1", "-1, 0 or 1", "the sign of the signed measures")
def find_direction(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """1 where the word has the larger share of the target, -1 of the reference, else 0."""
    return np.sign(a * n2 - b * n1)


@_keyness("sign · 2 [a ln(a/Ea) + b ln(b/Eb)]", _ANY, "Rayson and Garside 2000; UCREL wizard")
def g2_2cell(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log-likelihood of the word's two cells alone, negative where the reference has more."""
    share = (a + b) / (n1 + n2)
    value = 2 * (_xlogy(a, n1 * share) + _xlogy(b, n2 * share))
    return np.sign(a * n2 - b * n1) * np.maximum(value, 0)


@_keyness("sign · 2 Σ O ln(O/E) over a, b, n1 - a, n2 - b", _ANY, "Dunning 1993; AntConc 4")
def g2_4cell(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log-likelihood of all four cells, negative where the reference has more."""
    word, other = (a + b) / (n1 + n2), (n1 + n2 - a - b) / (n1 + n2)
    pairs = ((a, n1 * word), (b, n2 * word), (n1 - a, n1 * other), (n2 - b, n2 * other))
    value = 2 * sum(_xlogy(observed, expected) for observed, expected in pairs)
    return np.sign(a * n2 - b * n1) * np.maximum(value, 0)


@_keyness("g2_4cell / q", _ANY, "Williams 1976, as in quanteda")
def g2_williams(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log-likelihood with Williams' correction for small counts."""
    n, c1 = n1 + n2, a + b
    q = 1 + (n / n1 + n / n2 - 1) * (n / c1 + n / (n - c1) - 1) / (6 * n)
    return g2_4cell(a, b, n1, n2) / q


@_keyness("sign · N (|ad - bc| - correction N)² / (R1 R2 C1 C2)", _ANY, "Pearson 1900; Yates 1934")
def chi2(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, correction: float = 0) -> np.ndarray:
    """Chi-squared of the four cells, negative where the reference has more; Yates is 0.5."""
    # ad - bc is a n2 - b n1: the products of the other two cells cancel.
    n, c1, difference = n1 + n2, a + b, a * n2 - b * n1
    top = n * np.maximum(np.abs(difference) - correction * n, 0) ** 2
    return np.sign(difference) * top / (n1 * n2 * c1 * (n - c1))


@_keyness("sign · [(a - Ea)²/Ea + (b - Eb)²/Eb]", _ANY, "AntConc 3")
def chi2_2cell(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Chi-squared of the word's two cells alone."""
    ea, eb = n1 * (a + b) / (n1 + n2), n2 * (a + b) / (n1 + n2)
    return np.sign(a * n2 - b * n1) * ((a - ea) ** 2 / ea + (b - eb) ** 2 / eb)


@_keyness("|G²| - ln(n1 + n2)", "-ln N to inf; above 2 some, above 10 very strong", "Wilson 2013")
def bic(g2: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Evidence for any difference, after a penalty for the size of the corpus."""
    return np.abs(g2) - np.log(n1 + n2)


@_keyness("2 Φ(-√G²) = sf of chi-squared with 1 df", "0 to 1", "Dunning 1993")
def p_value(statistic: Numbers) -> np.ndarray:
    """Probability of so large a G² or chi-squared where there is no difference."""
    from scipy.special import ndtr

    return 2 * ndtr(-np.sqrt(np.abs(statistic)))


@_keyness("log10 of p_value", "-inf to 0", "Dunning 1993")
def log10_p_value(statistic: Numbers) -> np.ndarray:
    """log10 of `p_value`, exact also where p itself is too small for a float."""
    from scipy.special import log_ndtr

    return (np.log(2) + log_ndtr(-np.sqrt(np.abs(statistic)))) / np.log(10)


@_keyness("log2[(a/n1) / (b/n2)]", "-inf (absent) to inf (only here); 1 is twice", "Hardie 2014")
def log_ratio(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """How many doublings of the relative frequency; a zero count stays 0."""
    return np.log2(a * n2 / (b * n1))


@_keyness("log_ratio with 0.5 for a count of 0", _ANY, "Hardie 2014; CQPweb")
def log_ratio_hardie(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log ratio whose zero rule turns the sign where the other side is the larger."""
    return log_ratio(np.where(a > 0, a, 0.5), np.where(b > 0, b, 0.5), n1, n2)


@_keyness("log_ratio with 0.5 added to all four numbers", _ANY, "Walter 1975")
def log_ratio_walter(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Log ratio smoothed on both sides."""
    return log_ratio(a + 0.5, b + 0.5, n1 + 0.5, n2 + 0.5)


@_keyness("log2[n2 p / (n1 (1 - p))], p Clopper-Pearson's for a of a + b", _ANY, "Evert 2022")
def log_ratio_low(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, alpha: float = 0.05
) -> np.ndarray:
    """Lower end of the exact interval of the log ratio; swap the sides for the upper one."""
    from scipy.special import betaincinv

    share = np.where(a > 0, betaincinv(np.maximum(a, 1), b + 1, alpha / 2), 0.0)
    return np.log2(n2 * share / (n1 * (1 - share)))


@_keyness("end of the exact interval nearer to 0, or 0", _ANY, "Evert 2022; CQPweb")
def log_ratio_conservative(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, alpha: float | np.ndarray = 0.05
) -> np.ndarray:
    """How many doublings are sure; 0 where the interval holds 0."""
    direction = np.sign(a * n2 - b * n1)
    more = direction > 0
    larger, smaller = np.where(more, a, b), np.where(more, b, a)
    low = log_ratio_low(larger, smaller, np.where(more, n1, n2), np.where(more, n2, n1), alpha)
    return np.where(low > 0, direction * low, 0.0)


@_keyness("log_ratio_hardie less or plus z sd, the end nearer to 0", _ANY, "Hardie 2014; CQPweb")
def log_ratio_normal(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, alpha: float = 0.05
) -> np.ndarray:
    """How many doublings are sure by the normal approximation; 0 where none is."""
    from scipy.special import ndtri

    middle = log_ratio_hardie(a, b, n1, n2)
    sd = np.sqrt(1 / np.where(a > 0, a, 0.5) + 1 / np.where(b > 0, b, 0.5) - 1 / n1 - 1 / n2)
    half = -ndtri(alpha / 2) * sd / np.log(2)
    return np.sign(middle) * np.maximum(np.abs(middle) - half, 0)


@_keyness("100 (a/n1 - b/n2) / (b/n2)", "-100 to inf (b = 0)", "Gabrielatos and Marchi 2011")
def percent_diff(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """By how many per cent the relative frequency is higher in the target."""
    return 100 * ((a / n1) / (b / n2) - 1)


@_keyness("a (n2 - b) / [b (n1 - a)]", "0 to inf, 1 no difference", "Pojanapunya & Todd 2016")
def odds_ratio(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Odds of the word in the target over those in the reference."""
    return a * (n2 - b) / (b * (n1 - a))


@_keyness("(a per million + k) / (b per million + k), k = 1", "0 to inf", "Kilgarriff 2009")
def simple_maths(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, smoothing: float = 1
) -> np.ndarray:
    """Ratio of smoothed frequencies per million; a larger k prefers frequent words."""
    return (1e6 * a / n1 + smoothing) / (1e6 * b / n2 + smoothing)


@_keyness("(a/n1 - b/n2) / (a/n1 + b/n2)", "-1 to 1, 0 no difference", "Hofland & Johansson 1982")
def diff_coefficient(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> np.ndarray:
    """Difference of relative frequencies over their sum."""
    return (a / n1 - b / n2) / (a / n1 + b / n2)


@_keyness("hypergeometric tail of the four cells", "0 to 1", "Fisher 1935; Pedersen 1996")
def fisher_exact(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, alternative: str = "two-sided"
) -> float:
    """Fisher's exact p of one word ("greater": more in the target)."""
    from scipy.stats import fisher_exact as compute

    return float(compute([[a, n1 - a], [b, n2 - b]], alternative=alternative).pvalue)


@_keyness("Σ ranks of x", "n(n + 1)/2 and more", "Kilgarriff 2001; Mann and Whitney 1947")
def rank_sum(x: Numbers, y: Numbers) -> float:
    """Sum of the ranks of x among x and y, ties sharing the mean rank."""
    from scipy.stats import rankdata

    return float(rankdata(np.concatenate([x, y]))[: len(x)].sum())


def adjust_p_values(
    p: np.ndarray, times: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """P after Benjamini-Hochberg (false discovery rate) and Bonferroni; `times` tests give each."""
    order = np.argsort(p)
    rank = np.cumsum(np.ones(len(p)) if times is None else times[order])
    n = rank[-1] if len(p) else 0
    adjusted = np.empty(len(p))
    scaled = (p[order] * (n / rank))[::-1]
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1)[::-1]
    return adjusted, np.minimum(p * n, 1)


@_association("log2(f / E)", "-inf (f = 0) to inf, 0 by chance", "Church and Hanks 1990")
def mi(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Pointwise mutual information in bits; it favours rare pairs."""
    return np.log2(f * n / (fx * fy))


@_association("log2(f² / E)", "-inf (f = 0) to inf", "Daille 1994")
def mi2(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information that weighs frequency once."""
    return mi(f**2, fx, fy, n)


@_association("log2(f³ / E)", "-inf (f = 0) to inf", "Daille 1994")
def mi3(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information that weighs frequency twice."""
    return mi(f**3, fx, fy, n)


@_association("f log2(f / E)", _ANY, "Evert 2005")
def local_mi(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information times the frequency of the pair."""
    return _xlogy(f, fx * fy / n) / np.log(2)


@_association("ln(f / E) / -ln(f / n)", "-1 (never) to 1 (always together)", "Bouma 2009")
def npmi(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Mutual information between -1 and 1."""
    return np.where(f > 0, mi(f, fx, fy, n) / -np.log2(f / n), -1.0)


@_association("2 f / (fx + fy)", "0 to 1", "Dice 1945; Smadja et al. 1996")
def dice(f: Numbers, fx: Numbers, fy: Numbers) -> np.ndarray:
    """Share of the two words' occurrences that is together."""
    return 2 * f / (fx + fy)


@_association("14 + log2[2 f / (fx + fy)]", "-inf (f = 0) to 14 (always together)", "Rychlý 2008")
def log_dice(f: Numbers, fx: Numbers, fy: Numbers) -> np.ndarray:
    """How exclusive the pair is; it does not depend on the size of the corpus."""
    return 14 + np.log2(2 * f / (fx + fy))


@_association("(f - E) / √f", "-inf to √f", "Church et al. 1991")
def t_score(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Confidence that the pair is more than chance; it favours frequent pairs."""
    return (f - fx * fy / n) / np.sqrt(f)


@_association("(f - E) / √[f (1 - f/n)]", "-inf to inf", "Manning and Schütze 1999, exact variance")
def t_score_binomial(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """t-score with the binomial variance."""
    return (f - fx * fy / n) / np.sqrt(f * (1 - f / n))


@_association("(f - E) / √E", "-inf to inf", "Berry-Rogghe 1973, E without span")
def z_score(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Distance from chance in standard deviations."""
    return (f - fx * fy / n) / np.sqrt(fx * fy / n)


@_association("sign · 2 [f ln(f/E) - (f - E)]", _ANY, "Evert 2008")
def simple_ll(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Log-likelihood of the pair's own cell."""
    expected = fx * fy / n
    return np.sign(f - expected) * 2 * (_xlogy(f, expected) - (f - expected))


@_association("chi2 / n", "0 to 1", "Church and Gale 1991")
def phi_squared(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """Squared correlation of the two words over the positions."""
    return np.abs(chi2(f, fy - f, fx, n - fx)) / n


@_association("f/fx - (fy - f)/(n - fx)", "-1 to 1, 0 by chance", "Gries 2013")
def delta_p(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers) -> np.ndarray:
    """How much the first word raises the probability of the second; swap fx and fy for back."""
    return f / fx - (fy - f) / (n - fx)


@_association("min(f/fx, f/fy)", "0 to 1", "Pedersen and Bruce 1996")
def min_sensitivity(f: Numbers, fx: Numbers, fy: Numbers) -> np.ndarray:
    """The smaller of the two shares of occurrences that are together."""
    return np.minimum(f / fx, f / fy)


def _smooth_cells(f: Numbers, fx: Numbers, fy: Numbers, n: Numbers, k: float) -> np.ndarray:
    return np.stack(np.broadcast_arrays(f, fx - f, fy - f, n - fx - fy + f)) + k


@_association("ln[(O11+k)(O22+k) / ((O12+k)(O21+k))]", _ANY, "Blaheta and Johnson 2001")
def log_odds(
    f: Numbers, fx: Numbers, fy: Numbers, n: Numbers, smoothing: float = 0.5
) -> np.ndarray:
    """Smoothed log odds ratio, lambda of quanteda."""
    o11, o12, o21, o22 = _smooth_cells(f, fx, fy, n, smoothing)
    return np.log(o11 * o22 / (o12 * o21))


@_association("log_odds / √Σ 1/(O+k)", "-inf to inf", "Blaheta and Johnson 2001")
def log_odds_z(
    f: Numbers, fx: Numbers, fy: Numbers, n: Numbers, smoothing: float = 0.5
) -> np.ndarray:
    """`log_odds` over its standard error."""
    error = np.sqrt((1 / _smooth_cells(f, fx, fy, n, smoothing)).sum(axis=0))
    return log_odds(f, fx, fy, n, smoothing) / error


@_weight("n log10(N / n_articles)", "0 to inf", "quanteda dfm_tfidf; Salton 1975")
def tf_idf_log10(n: Numbers, n_with_term: Numbers, n_articles: Numbers) -> np.ndarray:
    """Count, weighed down for terms that many articles hold; not normalised."""
    return n * np.log10(n_articles / np.maximum(n_with_term, 1))


@_weight("n (ln[(1+N)/(1+n_articles)] + 1), rows of length 1", "0 to 1", "scikit-learn")
def tf_idf_smooth_l2(counts: Numbers) -> np.ndarray:
    """tf-idf of a matrix of articles by terms, smoothed, each row scaled to length 1."""
    idf = np.log((1 + len(counts)) / (1 + (counts > 0).sum(axis=0))) + 1
    return np.nan_to_num(counts * idf / np.linalg.norm(counts * idf, axis=1, keepdims=True))
