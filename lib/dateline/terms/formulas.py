"""From counts to measures of keyness, association, dispersion and weight: arrays in, arrays out.

Keyness: a word occurs `a` times in `n1` target tokens and `b` times in `n2` reference tokens.
Association: two words occur together `f` times, and `fx` and `fy` times in all, among `n`
positions. Dispersion: `v` counts and `s` sizes of all parts. 0 ln 0 = 0. What each measure says,
and its source, stands in wordlists/measures.tsv.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Values = np.ndarray | float


def compute(id: str, *values: object, **named: object) -> np.ndarray:
    """The measure of this id; a division by 0 is inf or NaN, without a warning."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return FORMULAS[id](
            *map(_as_floats, values), **{k: _as_floats(v) for k, v in named.items()}
        )


def _as_floats(value: object) -> object:
    return value if isinstance(value, str) else np.asarray(value, float)


def _xlogy(observed: Values, expected: Values) -> np.ndarray:
    return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def _g2_2cell(a: Values, b: Values, n1: Values, n2: Values) -> np.ndarray:
    share = (a + b) / (n1 + n2)
    value = 2 * (_xlogy(a, n1 * share) + _xlogy(b, n2 * share))
    return np.sign(a * n2 - b * n1) * np.maximum(value, 0)


def _g2_4cell(a: Values, b: Values, n1: Values, n2: Values) -> np.ndarray:
    word, other = (a + b) / (n1 + n2), (n1 + n2 - a - b) / (n1 + n2)
    pairs = ((a, n1 * word), (b, n2 * word), (n1 - a, n1 * other), (n2 - b, n2 * other))
    value = 2 * sum(_xlogy(observed, expected) for observed, expected in pairs)
    return np.sign(a * n2 - b * n1) * np.maximum(value, 0)


def _g2_williams(a: Values, b: Values, n1: Values, n2: Values) -> np.ndarray:
    n, c1 = n1 + n2, a + b
    q = 1 + (n / n1 + n / n2 - 1) * (n / c1 + n / (n - c1) - 1) / (6 * n)
    return _g2_4cell(a, b, n1, n2) / q


def _chi2(a: Values, b: Values, n1: Values, n2: Values, correction: float = 0) -> np.ndarray:
    # ad - bc is a n2 - b n1: the products of the other two cells cancel.
    n, c1, difference = n1 + n2, a + b, a * n2 - b * n1
    top = n * np.maximum(np.abs(difference) - correction * n, 0) ** 2
    return np.sign(difference) * top / (n1 * n2 * c1 * (n - c1))


def _chi2_2cell(a: Values, b: Values, n1: Values, n2: Values) -> np.ndarray:
    ea, eb = n1 * (a + b) / (n1 + n2), n2 * (a + b) / (n1 + n2)
    return np.sign(a * n2 - b * n1) * ((a - ea) ** 2 / ea + (b - eb) ** 2 / eb)


def _p_value(statistic: Values) -> np.ndarray:
    from scipy.special import ndtr

    return 2 * ndtr(-np.sqrt(np.abs(statistic)))


def _log10_p_value(statistic: Values) -> np.ndarray:
    from scipy.special import log_ndtr

    return (np.log(2) + log_ndtr(-np.sqrt(np.abs(statistic)))) / np.log(10)


def _log_ratio(a: Values, b: Values, n1: Values, n2: Values) -> np.ndarray:
    return np.log2(a * n2 / (b * n1))


def _half(count: Values) -> np.ndarray:
    return np.where(count > 0, count, 0.5)


def _log_ratio_low(
    a: Values, b: Values, n1: Values, n2: Values, alpha: Values = 0.05
) -> np.ndarray:
    from scipy.special import betaincinv

    share = np.where(a > 0, betaincinv(np.maximum(a, 1), b + 1, alpha / 2), 0.0)
    return np.log2(n2 * share / (n1 * (1 - share)))


def _log_ratio_conservative(
    a: Values, b: Values, n1: Values, n2: Values, alpha: Values = 0.05
) -> np.ndarray:
    more = a * n2 > b * n1
    larger, smaller = np.where(more, a, b), np.where(more, b, a)
    low = _log_ratio_low(larger, smaller, np.where(more, n1, n2), np.where(more, n2, n1), alpha)
    return np.where(low > 0, np.where(more, low, -low), 0.0)


def _log_ratio_normal(
    a: Values, b: Values, n1: Values, n2: Values, alpha: Values = 0.05
) -> np.ndarray:
    from scipy.special import ndtri

    a, b = _half(a), _half(b)
    middle, sd = _log_ratio(a, b, n1, n2), np.sqrt(1 / a + 1 / b - 1 / n1 - 1 / n2)
    return np.sign(middle) * np.maximum(np.abs(middle) + ndtri(alpha / 2) * sd / np.log(2), 0)


def _fisher_exact(
    a: Values, b: Values, n1: Values, n2: Values, alternative: str = "two-sided"
) -> np.ndarray:
    from scipy.stats import fisher_exact

    return fisher_exact([[a, n1 - a], [b, n2 - b]], alternative=alternative).pvalue


def _rank_sum(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    return rankdata(np.concatenate([x, y]))[: len(x)].sum()


def _simple_ll(f: Values, fx: Values, fy: Values, n: Values) -> np.ndarray:
    expected = fx * fy / n
    return np.sign(f - expected) * 2 * (_xlogy(f, expected) - (f - expected))


def _smooth_cells(f: Values, fx: Values, fy: Values, n: Values, k: Values) -> np.ndarray:
    return np.stack(np.broadcast_arrays(f, fx - f, fy - f, n - fx - fy + f)) + k


def _log_odds(f: Values, fx: Values, fy: Values, n: Values, smoothing: Values = 0.5) -> np.ndarray:
    o11, o12, o21, o22 = _smooth_cells(f, fx, fy, n, smoothing)
    return np.log(o11 * o22 / (o12 * o21))


def _tf_idf_smooth_l2(counts: np.ndarray) -> np.ndarray:
    idf = np.log((1 + len(counts)) / (1 + (counts > 0).sum(axis=0))) + 1
    return np.nan_to_num(counts * idf / np.linalg.norm(counts * idf, axis=1, keepdims=True))


def _share(values: np.ndarray) -> np.ndarray:
    return values / values.sum()


def _d_a(v: np.ndarray, s: np.ndarray) -> np.ndarray:
    shares = np.sort(_share(v / s))[::-1]
    return 2 * (np.arange(1, len(v) + 1) @ shares - 1) / np.float64(len(v) - 1)


def _distances(positions: np.ndarray, n_tokens: Values) -> np.ndarray:
    """From each occurrence to the next, from the last one round to the first."""
    return np.diff(np.sort(positions), append=positions.min() + n_tokens)


def _arf(positions: np.ndarray, n_tokens: Values) -> np.ndarray:
    even = n_tokens / len(positions)
    return np.minimum(_distances(positions, n_tokens), even).sum() / even


FORMULAS: dict[str, Callable] = {
    "direction": lambda a, b, n1, n2: np.sign(a * n2 - b * n1),
    "g2_2cell": _g2_2cell,
    "g2_4cell": _g2_4cell,
    "g2_williams": _g2_williams,
    "chi2": _chi2,
    "chi2_2cell": _chi2_2cell,
    "bic": lambda g2, n1, n2: np.abs(g2) - np.log(n1 + n2),
    "p_value": _p_value,
    "log10_p_value": _log10_p_value,
    "log_ratio": _log_ratio,
    "log_ratio_hardie": lambda a, b, n1, n2: _log_ratio(_half(a), _half(b), n1, n2),
    "log_ratio_walter": lambda a, b, n1, n2: _log_ratio(a + 0.5, b + 0.5, n1 + 0.5, n2 + 0.5),
    "log_ratio_low": _log_ratio_low,
    "log_ratio_conservative": _log_ratio_conservative,
    "log_ratio_normal": _log_ratio_normal,
    "percent_diff": lambda a, b, n1, n2: 100 * ((a / n1) / (b / n2) - 1),
    "odds_ratio": lambda a, b, n1, n2: a * (n2 - b) / (b * (n1 - a)),
    "simple_maths": lambda a, b, n1, n2, smoothing=1: (
        (1e6 * a / n1 + smoothing) / (1e6 * b / n2 + smoothing)
    ),
    "diff_coefficient": lambda a, b, n1, n2: (a / n1 - b / n2) / (a / n1 + b / n2),
    "fisher_exact": _fisher_exact,
    "rank_sum": _rank_sum,
    "mi": lambda f, fx, fy, n: np.log2(f * n / (fx * fy)),
    "mi2": lambda f, fx, fy, n: np.log2(f**2 * n / (fx * fy)),
    "mi3": lambda f, fx, fy, n: np.log2(f**3 * n / (fx * fy)),
    "local_mi": lambda f, fx, fy, n: _xlogy(f, fx * fy / n) / np.log(2),
    "npmi": lambda f, fx, fy, n: np.where(f > 0, np.log(f * n / (fx * fy)) / -np.log(f / n), -1.0),
    "dice": lambda f, fx, fy: 2 * f / (fx + fy),
    "log_dice": lambda f, fx, fy: 14 + np.log2(2 * f / (fx + fy)),
    "t_score": lambda f, fx, fy, n: (f - fx * fy / n) / np.sqrt(f),
    "t_score_binomial": lambda f, fx, fy, n: (f - fx * fy / n) / np.sqrt(f * (1 - f / n)),
    "z_score": lambda f, fx, fy, n: (f - fx * fy / n) / np.sqrt(fx * fy / n),
    "simple_ll": _simple_ll,
    "phi_squared": lambda f, fx, fy, n: np.abs(_chi2(f, fy - f, fx, n - fx)) / n,
    "delta_p": lambda f, fx, fy, n: f / fx - (fy - f) / (n - fx),
    "min_sensitivity": lambda f, fx, fy: np.minimum(f / fx, f / fy),
    "log_odds": _log_odds,
    "log_odds_z": lambda f, fx, fy, n, smoothing=0.5: (
        _log_odds(f, fx, fy, n, smoothing)
        / np.sqrt((1 / _smooth_cells(f, fx, fy, n, smoothing)).sum(axis=0))
    ),
    "tf_idf_log10": lambda n, n_with, n_all: n * np.log10(n_all / np.maximum(n_with, 1)),
    "tf_idf_smooth_l2": _tf_idf_smooth_l2,
    "part_range": lambda v, s: (v > 0).sum(),
    "variation_coefficient": lambda v, s: v.std() / v.mean(),
    "dp": lambda v, s: np.abs(_share(v) - _share(s)).sum() / 2,
    "dp_norm": lambda v, s: FORMULAS["dp"](v, s) / (1 - s.min() / s.sum()),
    "dp_egbert": lambda v, s: 1 - FORMULAS["dp"](v, s) / (1 - s[v > 0].min() / s.sum()),
    "juilland_d": lambda v, s: 1 - (v / s).std() / (v / s).mean() / np.sqrt(max(len(v) - 1, 1)),
    "juilland_u": lambda v, s: FORMULAS["juilland_d"](v, s) * v.sum(),
    "carroll_d2": lambda v, s: -_xlogy(_share(v / s), 1.0).sum() / np.log(max(len(v), 2)),
    "rosengren_s": lambda v, s: np.sqrt(_share(v) * _share(s)).sum() ** 2,
    "lyne_d3": lambda v, s: 1 - ((v - v.mean()) ** 2 / v.mean()).sum() / (4 * v.sum()),
    "kld": lambda v, s: _xlogy(_share(v), _share(s)).sum() / np.log(2),
    "d_kl": lambda v, s: 1 / (1 + FORMULAS["kld"](v, s)),
    "d_a": _d_a,
    "arf": _arf,
    "awt": lambda positions, n: (1 + (_distances(positions, n) ** 2).sum() / n) / 2,
    "ald": lambda positions, n: _xlogy(_distances(positions, n), 1.0).sum() / n / np.log(10),
}
