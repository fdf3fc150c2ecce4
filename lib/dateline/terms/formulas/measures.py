"""From counts to measures: of keyness, association, dispersion and weight, by their ids.

Keyness: a word occurs `a` times in `n1` target tokens and `b` times in `n2` reference tokens.
Association: two words occur together `f` times, and `fx` and `fy` times in all, among `n`
positions. Dispersion: `v` counts and `s` sizes of all parts. 0 ln 0 = 0. Arrays in, arrays out.
What each measure says, and its source, stands in wordlists/measures.tsv: `dl.measures` lists it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dateline.wordlists import read_lines

Array = np.ndarray[Any, Any]
Values = Array | float


def compute(id: str, *values: object, **named: object) -> Array:
    """The measure of this id; a division by 0 is inf or NaN, without a warning."""
    numbers = [np.asarray(value, float) for value in values]
    choices = {
        name: value if isinstance(value, str) else np.asarray(value, float)
        for name, value in named.items()
    }
    with np.errstate(divide="ignore", invalid="ignore"):
        return FORMULAS[id](*numbers, **choices)


def rank_sorted(values: Array, group: Array) -> Array:
    """Rank of sorted values within sorted groups; ties share the lowest."""
    position = np.arange(len(values))
    begins = np.r_[True, group[1:] != group[:-1]][: len(values)]
    is_new = begins | np.r_[True, values[1:] != values[:-1]][: len(values)]
    first = np.maximum.accumulate(np.where(begins, position, 0))
    return np.maximum.accumulate(np.where(is_new, position, 0)) - first + 1


def _xlogy(observed: Values, expected: Values) -> Array:
    return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def _g2_2cell(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    # Rayson and Garside's form leaves out the other words' two cells, so it is not Dunning's; the
    # two part where the word is frequent (206,523 of 959,641 tokens: 38,532 and 45,785).
    share = (a + b) / (n1 + n2)
    value = 2 * (_xlogy(a, n1 * share) + _xlogy(b, n2 * share))
    # Equal shares leave a rounding error on either side of 0.
    return np.sign(a * n2 - b * n1) * np.maximum(value, 0)


def _g2_4cell(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    word, other = (a + b) / (n1 + n2), (n1 + n2 - a - b) / (n1 + n2)
    pairs = ((a, n1 * word), (b, n2 * word), (n1 - a, n1 * other), (n2 - b, n2 * other))
    value = 2 * sum(_xlogy(observed, expected) for observed, expected in pairs)
    return np.sign(a * n2 - b * n1) * np.maximum(value, 0)


def _g2_williams(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    # q depends on the margins only (Williams 1976), so a cell of 0 is corrected like any other.
    n, c1 = n1 + n2, a + b
    q = 1 + (n / n1 + n / n2 - 1) * (n / c1 + n / (n - c1) - 1) / (6 * n)
    return _g2_4cell(a, b, n1, n2) / q


def _chi2(a: Values, b: Values, n1: Values, n2: Values, correction: float = 0) -> Array:
    # ad - bc is a n2 - b n1: the products of the other two cells cancel. A correction larger than
    # the difference leaves 0; it must not overshoot, be squared and count as evidence.
    n, c1, difference = n1 + n2, a + b, a * n2 - b * n1
    top = n * np.maximum(np.abs(difference) - correction * n, 0) ** 2
    return np.sign(difference) * top / (n1 * n2 * c1 * (n - c1))


def _chi2_2cell(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    ea, eb = n1 * (a + b) / (n1 + n2), n2 * (a + b) / (n1 + n2)
    return np.sign(a * n2 - b * n1) * ((a - ea) ** 2 / ea + (b - eb) ** 2 / eb)


def _p_value(statistic: Values) -> Array:
    from scipy.special import ndtr

    # One degree of freedom is a squared normal variable. 1 - cdf would be 0 from about G² = 70.
    return 2 * ndtr(-np.sqrt(np.abs(statistic)))


def _log10_p_value(statistic: Values) -> Array:
    from scipy.special import log_ndtr

    return (np.log(2) + log_ndtr(-np.sqrt(np.abs(statistic)))) / np.log(10)


def _log_ratio(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    return np.log2(a * n2 / (b * n1))


def _half(count: Values) -> Array:
    # Hardie 2014. It turns the sign where the other side is small: 3 of 3,003 against 0 of 30 is
    # -4.06, so no table of ours uses it.
    return np.where(count > 0, count, 0.5)


def _log_ratio_low(a: Values, b: Values, n1: Values, n2: Values, alpha: Values = 0.05) -> Array:
    from scipy.special import betaincinv

    # Of a + b occurrences, which share is the target's? Clopper and Pearson's exact interval of it
    # becomes one of the ratio (Evert 2022). At a = 0 their lower end is 0 by definition.
    share = np.where(a > 0, betaincinv(np.maximum(a, 1), b + 1, alpha / 2), 0.0)
    return np.log2(n2 * share / (n1 * (1 - share)))


def _log_ratio_conservative(
    a: Values, b: Values, n1: Values, n2: Values, alpha: Values = 0.05
) -> Array:
    more = a * n2 > b * n1
    larger, smaller = np.where(more, a, b), np.where(more, b, a)
    low = _log_ratio_low(larger, smaller, np.where(more, n1, n2), np.where(more, n2, n1), alpha)
    return np.where(low > 0, np.where(more, low, -low), 0.0)


def _log_ratio_normal(a: Values, b: Values, n1: Values, n2: Values, alpha: Values = 0.05) -> Array:
    from scipy.special import ndtri

    a, b = _half(a), _half(b)
    # The usual variance of a log risk ratio, in natural logarithms; ndtri(alpha / 2) is negative.
    middle, sd = _log_ratio(a, b, n1, n2), np.sqrt(1 / a + 1 / b - 1 / n1 - 1 / n2)
    return np.sign(middle) * np.maximum(np.abs(middle) + ndtri(alpha / 2) * sd / np.log(2), 0)


def _fisher_exact(
    a: Values, b: Values, n1: Values, n2: Values, alternative: str = "two-sided"
) -> Array:
    from scipy.stats import fisher_exact  # slow to load, and no table asks

    return fisher_exact([[a, n1 - a], [b, n2 - b]], alternative=alternative).pvalue


def _rank_sum(x: Array, y: Array) -> Array:
    from scipy.stats import rankdata

    return rankdata(np.concatenate([x, y]))[: len(x)].sum()


def _simple_ll(f: Values, fx: Values, fy: Values, n: Values) -> Array:
    expected = fx * fy / n
    return np.sign(f - expected) * 2 * (_xlogy(f, expected) - (f - expected))


def _smooth_cells(f: Values, fx: Values, fy: Values, n: Values, k: Values) -> Array:
    return np.stack(np.broadcast_arrays(f, fx - f, fy - f, n - fx - fy + f)) + k


def _log_odds(f: Values, fx: Values, fy: Values, n: Values, smoothing: Values = 0.5) -> Array:
    o11, o12, o21, o22 = _smooth_cells(f, fx, fy, n, smoothing)
    return np.log(o11 * o22 / (o12 * o21))


def _tf_idf_smooth_l2(counts: Array) -> Array:
    # An article more that holds each term once, in both counts, keeps any term from weight 0.
    idf = np.log((1 + len(counts)) / (1 + (counts > 0).sum(axis=0))) + 1
    return np.nan_to_num(counts * idf / np.linalg.norm(counts * idf, axis=1, keepdims=True))


def _share(values: Array) -> Array:
    return values / values.sum()


def _log_choices(n: Values, k: Values) -> Array:
    from scipy.special import gammaln

    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def _dp_chance(n: Array, s: Array) -> Array:
    # What a part gets of n words is hypergeometric; the mean distance from its share has a closed
    # form, De Moivre's for the binomial (Diaconis and Zabell 1991).
    n, size = n[..., None], s.sum()
    k = np.floor(n * s / size) + 1
    chance = _log_choices(s, k) + _log_choices(size - s, n - k) - _log_choices(size, n)
    distance = 2 * k * (size - s - n + k) / size * np.exp(chance)
    return np.where((k <= s) & (k <= n), distance, 0).sum(axis=-1) / (2 * n[..., 0])


def _dp_excess(v: Array, s: Array) -> Array:
    chance = _dp_chance(v.sum(), s)
    return (FORMULAS["dp"](v, s) - chance) / (1 - s.min() / s.sum() - chance)


def _d_a(v: Array, s: Array) -> Array:
    # Wilcox's form of the mean difference: sorting takes n log n steps, all pairs n squared.
    shares = np.sort(_share(v / s))[::-1]
    return 2 * (np.arange(1, len(v) + 1) @ shares - 1) / np.float64(len(v) - 1)


def _distances(positions: Array, n_tokens: Values) -> Array:
    """From each occurrence to the next, from the last one round to the first."""
    return np.diff(np.sort(positions), append=positions.min() + n_tokens)


def _arf(positions: Array, n_tokens: Values) -> Array:
    even = n_tokens / len(positions)
    return np.minimum(_distances(positions, n_tokens), even).sum() / even


FORMULAS: dict[str, Callable[..., Array]] = {
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
    "dp_chance": _dp_chance,
    "dp_excess": _dp_excess,
    "dp_egbert": lambda v, s: 1 - FORMULAS["dp"](v, s) / (1 - s[v > 0].min() / s.sum()),
    "juilland_d": lambda v, s: 1 - (v / s).std() / (v / s).mean() / np.sqrt(max(len(v) - 1, 1)),
    "juilland_u": lambda v, s: FORMULAS["juilland_d"](v, s) * v.sum(),
    "carroll_d2": lambda v, s: -_xlogy(_share(v / s), 1.0).sum() / np.log(max(len(v), 2)),
    "rosengren_s": lambda v, s: np.sqrt(_share(v) * _share(s)).sum() ** 2,
    "rosengren_kf": lambda v, s: np.sqrt(v * _share(s)).sum() ** 2,
    "lyne_d3": lambda v, s: 1 - ((v - v.mean()) ** 2 / v.mean()).sum() / (4 * v.sum()),
    "kld": lambda v, s: _xlogy(_share(v), _share(s)).sum() / np.log(2),
    "d_kl": lambda v, s: 1 / (1 + FORMULAS["kld"](v, s)),
    "d_a": _d_a,
    "arf": _arf,
    "awt": lambda positions, n: (1 + (_distances(positions, n) ** 2).sum() / n) / 2,
    "ald": lambda positions, n: _xlogy(_distances(positions, n), 1.0).sum() / n / np.log(10),
}


class UnknownMeasure(ValueError, KeyError):
    """There is no measure of this id."""

    __str__ = Exception.__str__  # a KeyError would show its message in quotation marks


class Measure(NamedTuple):
    """One measure: the id that tables use, what it says, and where it comes from."""

    id: str
    family: str
    meaning: str
    formula: str
    range: str
    source: str
    compute: Callable[..., Array]


class Measures(Mapping[str, Measure]):
    """All measures by id; shows itself as a table in a notebook.

    Example:
        >>> import dateline as dl
        >>> dl.measures["mi"].formula
        'log2(f / E)'
    """

    def __getitem__(self, id: str) -> Measure:
        """The measure of this id.

        Raises:
            ValueError: There is none (it is a KeyError too, so that `in` and `get` work).
        """
        if id not in (known := _read_measures()):
            raise UnknownMeasure(f"there is no measure {id!r}; there are {', '.join(known)}")
        return known[id]

    def __iter__(self) -> Iterator[str]:
        return iter(_read_measures())

    def __len__(self) -> int:
        return len(_read_measures())

    def to_frame(self) -> pd.DataFrame:
        """One row a measure: id, family, meaning, formula, range and source."""
        return pd.DataFrame(self.values(), dtype="object").drop(columns="compute").astype("str")

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(index=False)


@cache
def _read_measures() -> dict[str, Measure]:
    rows = [line.split("\t") for line in read_lines("measures.tsv")[1:]]
    return {
        id: Measure(id, family, meaning, formula, values, source, partial(compute, id))
        for id, family, meaning, formula, values, source in rows
    }


measures = Measures()
