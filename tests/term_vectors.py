"""From a published example in tests/data/term_vectors*.json to our value: `compute`."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from dateline.frames import build_frame
from dateline.terms import count_terms, find_collocations, find_tokens, measures
from dateline.terms.formulas.article_tests import adjust_p_values, test_ranks
from dateline.terms.formulas.intervals import measure_rates

LOG2_10 = math.log2(10)
of = SimpleNamespace(**{id: measure.compute for id, measure in measures.items()})
PLAIN = {"kinds": None, "typography": False, "possessives": "keep"}
CORPUS_MEASURES = ("corpus_counts_real", "typography_split")


# The measures of published examples that Dateline leaves out: no table of news needs them beside
# those that it has (adjusted frequency is Rosengren's KF alone).
LEFT_OUT = {
    "carroll_Um": "adjusted frequency by D2; rosengren_kf is the one that tables have",
    "engwall_FM": "adjusted frequency by the number of parts; n_articles says it",
    "kromer_Ur": "adjusted frequency by the digamma function",
    "zhang_DC": "dispersion blind to the sizes of the parts",
    "fAWT_fALD": "adjusted frequencies of awt and ald",
    "mean_mutual_information": "association of all four cells; g2_4cell is 2 N times it",
}
# Other names of what MEASURES has, without case and anything but letters and digits.
ALIASES = {
    "loglikelihood": "g2_4cell",
    "g2": "g2_4cell",
    "ll": "g2_4cell",
    "mi": "mi_pmi_log2",
    "pmi": "mi_pmi_log2",
    "benjamini_hochberg": "p_bh",
    "bh": "p_bh",
    "bonferroni": "p_bonferroni",
    "garwood": "poisson_interval",
    "rate_interval": "poisson_interval",
    "gries_dp": "DP",
    "dp_egbert": "DP_egbert",
    "dkl": "d_kl",
    "kl_divergence": "kld",
    "da": "d_a",
    "z": "z_score",
    "t": "t_score",
    "ms": "min_sensitivity",
    "fisher": "fisher_exact_p",
    "chi2": "chi2_uncorrected",
    "chi_squared": "chi2_uncorrected",
}


def compute(entry: dict) -> object:
    """Dateline's value for an entry, in the shape of its `expected`.

    Raises:
        KeyError: Dateline leaves the measure out (LEFT_OUT says why), or does not know it.
    """
    result = find_measure(entry["measure"])(**_read_inputs(entry["inputs"]))
    expected = entry.get("expected")
    if isinstance(result, dict) and isinstance(expected, dict):
        if entry["measure"] == "tfidf_quanteda":
            return {key: _find_weight(result, key) for key in expected}
        # Where a peer's value is wrong, the right ones may be more.
        recomputed = entry.get("recomputed")
        more = recomputed if isinstance(recomputed, dict) else {}
        return {key: result[key] for key in {**expected, **more} if key in result}
    return result


def find_measure(name: str) -> Callable:
    """The measure that an entry names: as MEASURES does, by another name, or by our own id."""
    if name in LEFT_OUT:
        raise KeyError(f"{name} is left out: {LEFT_OUT[name]}")
    plain = {_fold(key): measure for key, measure in MEASURES.items()}
    plain = {_fold(id): _by_family(id) for id in measures} | plain
    plain |= {_fold(key): plain[_fold(of)] for key, of in ALIASES.items() if _fold(of) in plain}
    return MEASURES.get(name) or plain[_fold(name)]


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _by_family(id: str) -> Callable:
    """A measure of ours by its id, from the numbers that its family takes."""
    measure, family = measures[id].compute, measures[id].family

    def compute_one(**inputs: object) -> object:
        if "tokens" in inputs:
            words = str(inputs["tokens"]).split()
            where = [i for i, word in enumerate(words) if word == inputs["term"]]
            return measure(where, len(words)).item()
        if family == "keyness" and not set(inputs) <= {"x", "y", "stat", "g2", "n1", "n2"}:
            return measure(*_to_keyness(**inputs)).item()
        if family == "association":
            return _by_pair(measure, with_size=id not in ("dice", "log_dice", "min_sensitivity"))(
                **inputs
            )
        return measure(*inputs.values()).tolist()

    return compute_one


def _read_inputs(inputs: dict) -> dict:
    values = {key: value for key, value in inputs.items() if key != "note"}
    if values.get("s") == "equal":
        values["s"] = [1] * len(values["v"])
    return values


def _by_cells(measure: Callable, **choices: object) -> Callable:
    """A keyness measure of a table given as cells, as f, fx, fy, N or as rows."""

    def compute_one(**inputs: object) -> object:
        return np.abs(measure(*_to_keyness(**inputs), **choices)).item()

    return compute_one


def _to_keyness(**i: object) -> tuple:
    """The numbers a, b, n1, n2, whichever way a table is given."""
    if "table" in i:
        rows = list(i["table"].values()) if isinstance(i["table"], dict) else i["table"]
        (o11, o12), (o21, o22) = rows
        return o11, o21, o11 + o12, o21 + o22
    if "o11" in i:
        return i["o11"], i["o21"], i["o11"] + i["o12"], i["o21"] + i["o22"]
    if "a" in i:
        return i["a"], i["b"], i["n1"], i["n2"]
    return i["f"], i["fy"] - i["f"], i["fx"], i["N"] - i["fx"]


def _to_association(**i: object) -> tuple:
    """The numbers f, fx, fy, n, whichever way a table is given."""
    a, b, n1, n2 = _to_keyness(**i)
    return a, n1, a + b, n1 + n2


def _by_pair(measure: Callable, *, with_size: bool = True) -> Callable:
    def compute_one(**inputs: object) -> object:
        if with_size:
            return measure(*_to_association(**inputs)).item()
        if "f" in inputs:
            return measure(inputs["f"], inputs["fx"], inputs["fy"]).item()
        return measure(*_to_association(**inputs)[:3]).item()

    return compute_one


def _both_ways(**inputs: object) -> list[float]:
    f, fx, fy, n = _to_association(**inputs)
    return [of.delta_p(f, fx, fy, n).item(), of.delta_p(f, fy, fx, n).item()]


def _conditional(**inputs: object) -> list[float]:
    f, fx, fy, _ = _to_association(**inputs)
    return [100 * f / fx, 100 * f / fy]


def _fisher(**inputs: object) -> dict:
    cells = _to_keyness(**inputs)
    return {
        side: of.fisher_exact(*cells, alternative=side) for side in ("two-sided", "less", "greater")
    }


def _npmi(**inputs: object) -> object:
    if "tables" not in inputs:
        return of.npmi(*_to_association(**inputs)).item()
    rows = [dict(zip(("o11", "o12", "o21", "o22"), t, strict=True)) for t in inputs["tables"]]
    return [of.npmi(*_to_association(**row)).item() for row in rows]


def _logdice_steps(pairs: list) -> list[float]:
    values = [of.log_dice(*pair).item() for pair in pairs]
    return [value - values[0] for value in values[1:]]


def _keyness_bundle(a: int, b: int, n1: int, n2: int) -> dict:
    cells = (a, b, n1, n2)
    four, two = abs(of.g2_4cell(*cells)), abs(of.g2_2cell(*cells))
    values = {
        "g2_4cell": four,
        "g2_2cell": two,
        "chi2_4cell": abs(of.chi2(*cells)),
        "chi2_2cell": abs(of.chi2_2cell(*cells)),
        "bic_4cell": of.bic(four, n1, n2),
        "bic_2cell": of.bic(two, n1, n2),
        "log_ratio": of.log_ratio(*cells),
        "log_ratio_hardie_half": of.log_ratio_hardie(*cells),
        "log_ratio_walter_half_both": of.log_ratio_walter(*cells),
        "pct_diff": of.percent_diff(*cells),
        "odds_ratio": of.odds_ratio(*cells),
        "simple_maths": of.simple_maths(*cells),
    }
    return {key: value.item() for key, value in values.items()}


def _log_ratios(f: int, f1: int, f2: int, N: int, m_tests: int) -> dict:
    cells = (f, f2 - f, f1, N - f1)
    return {
        "lr": of.log_ratio_hardie(*cells).item(),
        "clr": of.log_ratio_normal(*cells, alpha=0.01 / m_tests).item(),
        "lrc": of.log_ratio_conservative(*cells, alpha=0.05 / m_tests).item(),
        "lrc.positive": of.log_ratio_low(*cells, alpha=2 * 0.05 / m_tests).item(),
        "lrc.normal": of.log_ratio_normal(*cells, alpha=0.05 / m_tests).item(),
    }


def _zero_sign(a: int, b: int, n1: int, n2: int, alpha: float, m_tests: int) -> dict:
    cells = (a, b, n1, n2)
    return {
        "log_ratio_hardie_half": of.log_ratio_hardie(*cells).item(),
        "log_ratio_walter_half_both": of.log_ratio_walter(*cells).item(),
        "lrc": of.log_ratio_conservative(*cells, alpha=alpha / m_tests).item(),
        "true_direction": int(of.direction(*cells)),
    }


def _ucs(f: int, f1: int, f2: int, N: int) -> dict:
    pair, cells = (f, f1, f2, N), (f, f2 - f, f1, N - f1)
    values = {
        "am.log.likelihood": of.g2_4cell(*cells),
        "am.MI": of.mi(*pair) / LOG2_10,
        "am.MI2": of.mi2(*pair) / LOG2_10,
        "am.MI3": of.mi3(*pair) / LOG2_10,
        "am.t.score": of.t_score(*pair),
        "am.z.score": of.z_score(*pair),
        "am.Dice": of.dice(*pair[:3]),
        "am.chi.squared": of.chi2(*cells),
        "am.chi.squared.corr": of.chi2(*cells, correction=0.5),
        "am.simple.ll": of.simple_ll(*pair),
        "am.local.MI": of.local_mi(*pair) / LOG2_10,
        "am.MS": of.min_sensitivity(*pair[:3]),
        "am.odds.ratio.disc": of.log_odds(*pair) / math.log(10),
    }
    return {key: value.item() for key, value in values.items()}


def _dispersion(v: list, s: list) -> dict:
    return {
        "range": of.part_range(v, s),
        "range_rel": of.part_range(v, s) / len(v),
        "sd_pop": float(np.std(v)),
        "vc": of.variation_coefficient(v, s),
        "D": of.juilland_d(v, s),
        "D2": of.carroll_d2(v, s),
        "D3": of.lyne_d3(v, s),
        "U": of.juilland_u(v, s),
        "S": of.rosengren_s(v, s),
        "DP": of.dp(v, s),
        "DPnorm": of.dp_norm(v, s),
        "KLD": of.kld(v, s),
        "DKL_o2p": of.d_kl(v, s),
        "DA": of.d_a(v, s),
        "one_minus_DP_gries2008": 1 - of.dp(v, s),
        "DP_egbert_conv": of.dp_egbert(v, s),
        "DPnorm_lijffijt": of.dp_norm(v, s),
        "KF": of.rosengren_kf(v, s),
    }


def _by_positions(tokens: str, term: str) -> dict:
    words = tokens.split()
    where = [i for i, word in enumerate(words) if word == term]
    return {
        "ARF": of.arf(where, len(words)),
        "AWT": of.awt(where, len(words)),
        "ALD": of.ald(where, len(words)),
    }


def _mann_whitney(x: list[float], y: list[float]) -> dict:
    """The test over articles of `rank_keywords`, whose ranks are given."""
    n1, n2 = np.float64(len(x)), np.float64(len(y))
    _, sizes = np.unique([*x, *y], return_counts=True)
    effect, p = test_ranks(of.rank_sum(x, y), n1, n2, (sizes**3 - sizes).sum())
    return {"U": (effect + 1) / 2 * n1 * n2, "p_two_sided_normal_cc": p}


def _poisson_interval(n: int, size: float = 1.0) -> list[float]:
    rates = measure_rates(np.array([n]), np.array([1e6 * size]))
    return [rates["per_million_low"].item(), rates["per_million_high"].item()]


def _chi2_quanteda(**inputs: object) -> dict:
    cells = _to_keyness(**inputs)
    values = {
        "uncorrected": of.chi2(*cells),
        "yates": of.chi2(*cells, correction=0.5),
        "williams_G2": of.g2_williams(*cells),
        "G2": of.g2_4cell(*cells),
    }
    return {key: abs(value).item() for key, value in values.items()}


def _ranking(measure: Callable) -> Callable:
    def rank(d1: str, d2: str, target: str) -> list[str]:
        texts = [d1, d2] if target == "d1" else [d2, d1]
        counts = _count_documents(texts, ["target", "reference"])
        n = counts.pivot_table(index="term", columns="group", values="n", fill_value=0)
        sizes = counts.groupby("group")["n_tokens"].first()
        cells = (n["target"], n["reference"], sizes["target"], sizes["reference"])
        scores = pd.Series(measure(*cells), n.index)
        return list(scores.sort_values(ascending=False, kind="stable").index)

    return rank


def _chi2_default(a: np.ndarray, b: np.ndarray, n1: int, n2: int) -> np.ndarray:
    """quanteda's rule: Yates only where |ad - bc| is at least N/2 and an expected cell below 5."""
    n = n1 + n2
    least = np.minimum(a + b, n - a - b) * min(n1, n2) / n
    is_small = (np.abs(a * n2 - b * n1) >= n / 2) & (least < 5)
    return np.where(is_small, of.chi2(a, b, n1, n2, correction=0.5), of.chi2(a, b, n1, n2))


def _build_articles(texts: list[str], outlets: list[str]) -> pd.DataFrame:
    return build_frame(
        "articles",
        [
            {"article_id": f"d{i}", "outlet": outlet, "text": text}
            for i, (text, outlet) in enumerate(zip(texts, outlets, strict=True), 1)
        ],
    )


def _count_documents(texts: list[str], outlets: list[str]) -> pd.DataFrame:
    articles = _build_articles(texts, outlets)
    return count_terms(find_tokens(articles, **PLAIN), articles, by="outlet", classes=None)


def _frequency(counts: pd.DataFrame) -> dict:
    by_term = counts.set_index("term")
    return {"frequency": by_term["n"].to_dict(), "docfreq": by_term["n_articles"].to_dict()}


def _frequency_by_group(docs: list[str], groups: list[str]) -> dict:
    counts = _count_documents(docs, groups)
    return {str(name): _frequency(own) for name, own in counts.groupby("group")}


def _tf_idf(docs: list[str]) -> dict:
    articles = _build_articles(docs, ["all"] * len(docs))
    counts = count_terms(find_tokens(articles, **PLAIN), articles, by="article_id", classes=None)
    keys = zip(counts["term"], counts["group"].str[1:].astype(int), strict=True)
    return dict(zip(keys, counts["tf_idf"], strict=True))


def _find_weight(weights: dict, key: str) -> float:
    """The weight of "d2" is that of d in document 2; without a number, in the first that has it."""
    term, number = re.fullmatch(r"(.*?)(\d*)", key).groups()
    return next(
        value
        for (name, document), value in sorted(weights.items())
        if name == term and number in ("", str(document))
    )


def _windows(text: str, node: str, span: int) -> dict:
    articles = _build_articles([text], ["all"])
    tokens = find_tokens(articles, **PLAIN)
    collocations = find_collocations(tokens, node, left=span, right=span).set_index("term")
    words = text.split()
    doubled = [
        words[j]
        for i, word in enumerate(words)
        for j in range(max(i - span, 0), min(i + span + 1, len(words)))
        if word == node and words[j] != node
    ]
    once = {f"f_{term}_once": int(collocations["n"].get(term, 0)) for term in words}
    return once | {f"f_{term}_double": doubled.count(term) for term in words}


def find_polnear(glob: str) -> list[Path]:
    """Files of PolNeAR, which is not part of the project; DATELINE_POLNEAR names its folder."""
    beside = Path("shared") / "bench" / "polnear"
    folders = [Path.cwd().parent / beside, Path(__file__).parents[2] / beside]
    if "DATELINE_POLNEAR" in os.environ:
        folders.insert(0, Path(os.environ["DATELINE_POLNEAR"]))
    for folder in folders:
        for pattern in (glob, glob.removeprefix("data/")):
            if found := sorted(folder.glob(pattern)):
                return found
    raise FileNotFoundError(f"{glob} is in none of {', '.join(map(str, folders))}")


def _count_corpus(glob: str, pattern: str, lower: bool) -> pd.DataFrame:
    texts = [path.read_bytes().decode() for path in find_polnear(glob)]
    articles = _build_articles(texts, ["all"] * len(texts))
    return count_terms(
        find_tokens(articles, pattern=pattern, lower=lower, **PLAIN), articles, classes=None
    )


def _corpus_counts(glob: str, pattern: str, lower: bool) -> dict:
    counts = _count_corpus(glob, pattern, lower).set_index("term")
    return {
        "types": len(counts),
        "tokens": int(counts["n"].sum()),
        "tf": {term: int(n) for term, n in counts["n"].items()},
        "df": {term: int(n) for term, n in counts["n_articles"].items()},
    }


def _typography_split(pattern: str, lower: bool, glob: str = "data/train/text/*.txt") -> dict:
    counts = _count_corpus(glob, pattern, lower)
    folded = counts["term"].str.replace("’", "'")
    is_split = folded.duplicated(keep=False)
    return {
        "split_types": int(folded[is_split].nunique()),
        "tokens_affected": int(counts.loc[is_split, "n"].sum()),
    }


MEASURES: dict[str, Callable] = {
    "g2_4cell": _by_cells(of.g2_4cell),
    "g2_2cell": _by_cells(of.g2_2cell),
    "chi2_uncorrected": _by_cells(of.chi2),
    "chi2_yates": _by_cells(of.chi2, correction=0.5),
    "t_score": _by_pair(of.t_score),
    "t_score_binomial_variance": _by_pair(of.t_score_binomial),
    "mi_pmi_log2": _by_pair(of.mi),
    "dice": _by_pair(of.dice, with_size=False),
    "phi_squared": _by_pair(of.phi_squared),
    "delta_p": _both_ways,
    "conditional_probability_pct": _conditional,
    "fisher_exact_p": _fisher,
    "min_sensitivity": _by_pair(of.min_sensitivity, with_size=False),
    "npmi": _npmi,
    "logdice": _by_pair(of.log_dice, with_size=False),
    "logdice_properties": _logdice_steps,
    "diff_coefficient": lambda **i: of.diff_coefficient(*_to_keyness(**i)).item(),
    "simple_maths_ratio": lambda smoothing=1, **i: of.simple_maths(
        *_to_keyness(**i), smoothing=smoothing
    ).item(),
    "odds_ratio": lambda **i: of.odds_ratio(*_to_keyness(**i)).item(),
    "pct_diff": lambda **i: of.percent_diff(*_to_keyness(**i)).item(),
    "log_ratio": lambda **i: of.log_ratio(*_to_keyness(**i)).item(),
    "keyness_bundle_AntConc_demo": _keyness_bundle,
    "keyness_bundle": _keyness_bundle,
    "log_ratio_and_conservative_ci": _log_ratios,
    "log_ratio_zero_sign_flip": _zero_sign,
    "collocation_bundle_UCS": _ucs,
    "dispersion_bundle": _dispersion,
    "DP_variants": _dispersion,
    "juilland_D": of.juilland_d,
    "juilland_U": of.juilland_u,
    "carroll_D2": of.carroll_d2,
    "rosengren_S": of.rosengren_s,
    "lyne_D3": of.lyne_d3,
    "DP": of.dp,
    "DPnorm": of.dp_norm,
    "ARF": lambda **i: _by_positions(**i)["ARF"],
    "AWT_ALD": _by_positions,
    "chi2_quanteda_default": _chi2_quanteda,
    "keyness_ranking_chi2_default": _ranking(_chi2_default),
    "keyness_ranking_G2_none": _ranking(of.g2_4cell),
    "keyness_ranking_G2_none_target2": _ranking(of.g2_4cell),
    "frequency_docfreq": lambda docs: _frequency(_count_documents(docs, ["all"] * len(docs))),
    "frequency_by_group": _frequency_by_group,
    "tfidf_quanteda": _tf_idf,
    "tfidf_sklearn": lambda counts: of.tf_idf_smooth_l2(counts).tolist(),
    "collocation_lambda_z": lambda n11, n10, n01, n00, smoothing: {
        "lambda": of.log_odds(
            n11, n11 + n10, n11 + n01, n11 + n10 + n01 + n00, smoothing=smoothing
        ).item(),
        "z": of.log_odds_z(
            n11, n11 + n10, n11 + n01, n11 + n10 + n01 + n00, smoothing=smoothing
        ).item(),
    },
    "mann_whitney_rank_sum": of.rank_sum,
    "mann_whitney": _mann_whitney,
    "simple_ll": _by_pair(of.simple_ll),
    "mi_pmi_log10": lambda **i: of.mi(*_to_association(**i)).item() / LOG2_10,
    "z_score": _by_pair(of.z_score),
    "rosengren_KF": of.rosengren_kf,
    "DP_egbert": of.dp_egbert,
    "p_bonferroni": lambda p: adjust_p_values(np.array(p))[1].tolist(),
    "p_bh": lambda p: adjust_p_values(np.array(p))[0].tolist(),
    "poisson_interval": _poisson_interval,
    "collocate_window_invariant": _windows,
    "corpus_counts_real": _corpus_counts,
    "typography_split": _typography_split,
    "p_value_tail": lambda stat: of.p_value(stat).tolist(),
}
