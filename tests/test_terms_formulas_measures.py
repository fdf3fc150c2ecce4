"""Published values of the measures; term_vectors*.json name the source of each."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from dateline.terms import measures
from dateline.terms.formulas.measures import FORMULAS, rank_sorted
from term_vectors import ALIASES, CORPUS_MEASURES, LEFT_OUT, compute, find_measure

FILES = sorted((Path(__file__).parent / "data").glob("term_vectors*.json"))
ENTRIES = [entry for path in FILES for entry in json.loads(path.read_text("utf-8"))]


def assert_near(value: object, expected: object, tolerance: float) -> None:
    if isinstance(expected, dict):
        for key, part in expected.items():
            assert_near(value[key], part, tolerance)
    elif isinstance(expected, list):
        assert len(value) == len(expected)
        for one, part in zip(value, expected, strict=True):
            assert_near(one, part, tolerance)
    elif isinstance(expected, (int, float)):
        assert math.isclose(value, expected, rel_tol=1e-12, abs_tol=tolerance)
    else:
        assert value == expected


# The two entries that count PolNeAR are in benchmarks/terms.py: its texts are not ours to ship.
@pytest.mark.parametrize(
    "entry",
    [pytest.param(e, id=e["id"]) for e in ENTRIES if e["measure"] not in CORPUS_MEASURES],
)
def test_our_value_is_the_published_one(entry: dict) -> None:
    # Where the entry is a peer's error, the right value stands beside it.
    expected = entry["expected"] if entry["agrees"] else entry["recomputed"]
    value = compute(entry | {"expected": expected})
    assert_near(value, expected, entry["tolerance"])


def test_entries_name_measures_as_others_do_or_are_left_out_by_name() -> None:
    table = {"a": 8, "b": 2, "n1": 10, "n2": 10}
    for name in ("g2_4cell", "LL", "log-likelihood", "log_likelihood"):
        value = compute({"measure": name, "inputs": table})
        assert value == pytest.approx(measures["g2_4cell"].compute(8, 2, 10, 10))
    assert compute({"measure": "percent_diff", "inputs": table}) == 300
    assert compute({"measure": "PMI", "inputs": {"f": 4, "fx": 8, "fy": 8, "N": 64}}) == 2
    assert compute(
        {"measure": "rosengren_kf", "inputs": {"v": [8, 0], "s": [1, 3]}}
    ) == pytest.approx(2)
    assert compute({"measure": "awt", "inputs": {"tokens": "a b a", "term": "a"}}) == pytest.approx(
        4 / 3
    )
    assert all(map(callable, map(find_measure, [*measures, *ALIASES])))
    for name in LEFT_OUT:
        with pytest.raises(KeyError, match=f"{name} is left out"):
            compute({"measure": name, "inputs": {}})


def test_every_measure_has_a_formula_a_range_and_a_source() -> None:
    listed = measures.to_frame()
    assert {"g2_4cell", "g2_2cell", "log_ratio", "dp_norm", "log_dice", "tf_idf_log10"} <= set(
        listed["id"]
    )
    assert (listed.map(len) > 0).all().all()
    assert set(measures) == set(FORMULAS)
    shown = measures._repr_html_()
    assert "<td>g2_4cell</td>" in shown and "<th>0</th>" not in shown


def test_ranks_begin_anew_in_each_group_and_ties_share_the_lowest() -> None:
    values, group = np.array([9, 7, 7, 1, 1, 1, 0]), np.array([0, 0, 0, 0, 2, 2, 2])
    assert rank_sorted(values, group).tolist() == [1, 2, 2, 4, 1, 1, 3]
    assert rank_sorted(values[1:], group[1:]).tolist() == [1, 1, 3, 1, 1, 3]
    assert rank_sorted(values[:0], group[:0]).tolist() == []


def test_an_unknown_measure_is_named_and_a_mapping_still_works() -> None:
    assert "g2" not in measures and measures.get("g2") is None
    with pytest.raises(ValueError, match=r"^there is no measure 'g2'; there are part_range, "):
        measures["g2"]


# A word of each side's measures, worked by hand where no source prints a value for the case.
@pytest.mark.parametrize(
    ("id", "values", "expected"),
    [
        ("direction", (1, 2, 10, 10), -1),
        ("direction", (2, 4, 10, 20), 0),
        # Below its share in the target, every signed measure is negative.
        ("g2_4cell", (1, 3, 10, 10), -1.297_15),
        ("g2_2cell", (1, 3, 10, 10), -1.046_50),
        ("g2_2cell", (3, 1, 10, 10), 1.046_50),
        ("chi2", (1, 3, 10, 10), -20 * 20**2 / (10 * 10 * 4 * 16)),
        ("chi2_2cell", (1, 3, 10, 10), -1.0),
        ("chi2_2cell", (3, 1, 10, 10), 1.0),
        ("g2_williams", (1, 3, 10, 10), -1.297_15 / (1 + 3 * (20 / 4 + 20 / 16 - 1) / 120)),
        # Equal shares are no difference, whatever rounding leaves.
        ("g2_4cell", (3, 7, 30, 70), 0),
        ("g2_2cell", (3, 7, 30, 70), 0),
        # An absent word: only its own cells are 0.
        ("g2_4cell", (0, 0, 10, 10), 0),
        ("log_ratio", (0, 2, 10, 10), -np.inf),
        ("log_ratio", (2, 0, 10, 10), np.inf),
        ("log_ratio_low", (0, 2, 10, 10), -np.inf),
        # Of 1 of 2 the lower end is p where 1 - (1 - p)² is .025.
        ("log_ratio_low", (1, 1, 10, 10), np.log2(1 / np.sqrt(0.975) - 1)),
        ("log_ratio_hardie", (1, 2, 10, 10), -1),
        ("log_ratio_hardie", (0, 2, 10, 10), -2),
        ("percent_diff", (3, 2, 10, 10), 50),
        ("diff_coefficient", (3, 1, 10, 10), 0.5),
        ("odds_ratio", (3, 1, 10, 5), 3 * 4 / (1 * 7)),
        ("simple_maths", (1, 0, 1_000_000, 1_000_000), 2),
        ("bic", (-9, 50, 50), 9 - np.log(100)),
        ("mi", (4, 8, 8, 64), 2),
        ("mi2", (4, 8, 8, 64), 4),
        ("mi3", (4, 8, 8, 64), 6),
        ("local_mi", (4, 8, 8, 64), 8),
        ("local_mi", (0, 8, 8, 64), 0),
        ("npmi", (0, 8, 8, 64), -1),
        ("npmi", (8, 8, 8, 64), 1),
        ("dice", (4, 8, 8), 0.5),
        ("log_dice", (4, 8, 8), 13),
        ("t_score", (4, 8, 8, 64), 1.5),
        ("t_score_binomial", (4, 8, 8, 8), -4 / np.sqrt(4 * 0.5)),
        ("z_score", (4, 8, 8, 64), 3),
        ("simple_ll", (1, 8, 8, 16), -2 * (np.log(1 / 4) + 3)),
        ("phi_squared", (4, 4, 4, 8), 1),
        ("phi_squared", (1, 2, 2, 4), 0),
        ("delta_p", (3, 4, 5, 8), 0.25),
        ("min_sensitivity", (2, 8, 4), 0.25),
        ("log_odds", (2, 3, 4, 8), np.log(2.5 * 3.5 / (1.5 * 2.5))),
        ("log_odds_z", (2, 3, 4, 8), np.log(2.5 * 3.5 / (1.5 * 2.5)) / np.sqrt(184 / 105)),
        ("tf_idf_log10", (3, 2, 200), 6),
        ("tf_idf_log10", (3, 0, 100), 6),
        ("part_range", ([0, 2, 1], [5, 5, 5]), 2),
        ("variation_coefficient", ([1, 3], [5, 5]), 0.5),
        ("dp", ([1, 3], [2, 2]), 0.25),
        ("dp_norm", ([1, 3], [1, 3]), 0),
        ("dp_norm", ([4, 0], [1, 3]), 1),
        ("dp_egbert", ([4, 0], [1, 3]), 0),
        ("dp_egbert", ([0, 4], [1, 3]), 0),
        ("juilland_d", ([1, 3], [10, 10]), 0.5),
        ("juilland_u", ([1, 3], [10, 10]), 2),
        ("carroll_d2", ([1, 3], [5, 5]), 0.811_278),
        ("carroll_d2", ([2, 2, 0], [5, 5, 5]), np.log(2) / np.log(3)),
        ("rosengren_s", ([4, 0], [1, 3]), 0.25),
        ("lyne_d3", ([1, 3], [5, 5]), 1 - 1 / 16),
        ("kld", ([4, 0], [1, 3]), 2),
        ("d_kl", ([4, 0], [1, 3]), 1 / 3),
        ("d_a", ([1, 3], [10, 10]), 0.5),
        ("d_a", ([4, 0], [1, 3]), 0),
        ("arf", ([0, 2], 8), 1.5),
        ("awt", ([0, 2], 8), (1 + (4 + 36) / 8) / 2),
        ("ald", ([0, 1], 11), 10 / 11),
    ],
)
def test_a_measure_is_the_one_worked_by_hand(id: str, values: tuple, expected: float) -> None:
    assert measures[id].compute(*values) == pytest.approx(expected, abs=1e-5)


def test_a_measure_takes_its_choices_by_name() -> None:
    cells = (8, 2, 10, 10)
    assert measures["chi2"].compute(*cells, correction=0.5) == pytest.approx(5.0)
    # |ad - bc| is 20 and half of N is more, so nothing is left.
    assert measures["chi2"].compute(3, 1, 10, 30, correction=2) == 0
    assert measures["simple_maths"].compute(1, 0, 10**6, 10**6, smoothing=0.5) == 3
    assert measures["log_odds"].compute(2, 3, 4, 8, smoothing=1) == pytest.approx(np.log(2))
    low, high = (measures["log_ratio_low"].compute(*cells, alpha=a) for a in (0.01, 0.5))
    assert low < high < measures["log_ratio"].compute(*cells) == 2


def test_the_sure_log_ratio_is_the_end_nearer_to_0() -> None:
    # 30 against 3 of 1,000 each: Clopper and Pearson's lower end for 30 of 33 is .75669.
    low = np.log2(0.756_69 / (1 - 0.756_69))
    sure = measures["log_ratio_conservative"].compute
    assert measures["log_ratio_low"].compute(30, 3, 1000, 1000) == pytest.approx(low, abs=1e-4)
    assert sure(30, 3, 1000, 1000) == pytest.approx(low, abs=1e-4)
    assert sure(3, 30, 1000, 1000) == pytest.approx(-low, abs=1e-4)
    assert sure(60, 30, 1000, 1000) == pytest.approx(0.344, abs=0.01)  # .559 of 90
    assert sure(3, 4, 1000, 1000) == sure(5, 5, 1000, 1000) == 0
    # By the normal approximation: sd² = 1/30 + 1/3 - 2/1000.
    wide = 1.959_964 * np.sqrt(1 / 30 + 1 / 3 - 2 / 1000) / np.log(2)
    normal = measures["log_ratio_normal"].compute
    assert normal(30, 3, 1000, 1000) == pytest.approx(np.log2(10) - wide, abs=1e-5)
    assert normal(3, 30, 1000, 1000) == pytest.approx(wide - np.log2(10), abs=1e-5)
    assert normal(3, 4, 1000, 1000) == 0


def test_the_default_level_is_95_per_cent() -> None:
    for id in ("log_ratio_low", "log_ratio_conservative", "log_ratio_normal"):
        by_default, by_name = (
            measures[id].compute(30, 3, 1000, 1000, **level) for level in ({}, {"alpha": 0.05})
        )
        assert by_default == by_name


def test_p_is_never_0_above_the_float_limit_and_log_p_goes_on() -> None:
    assert measures["p_value"].compute(1400.0) > 0
    assert measures["log10_p_value"].compute(3.841459) == pytest.approx(np.log10(0.05), abs=1e-6)
    assert measures["log10_p_value"].compute(5000.0) == pytest.approx(-1087.684, abs=1e-3)
