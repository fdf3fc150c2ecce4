"""From cells to how evenly each term is spread over the articles of its group.

Ten words strewn over thirty articles cannot be even, so dp and its kin are high for rare terms and
low for frequent ones, whatever they mean. `dp_excess` is what is left beside chance.
"""

from __future__ import annotations

import numpy as np

from dateline.terms.cells import Cells
from dateline.terms.formulas.measures import Array, compute

_LEAST = 2  # words an article, below which dp is nearly all chance


def measure_dispersion(cells: Cells, row: Array, n: Array, row_group: Array) -> dict[str, Array]:
    """Over parts with tokens, for rows with these n and groups; `row` is the row of each cell."""
    # An article that gives a group no token is no part of it: it could hold no term.
    filled = cells.part_size > 0
    n_parts = np.bincount(cells.part_group, filled, len(cells.names))[row_group]
    expected = cells.part_size / np.maximum(cells.sum_groups(), 1)[cells.part_group]
    least = np.ones(len(cells.names))
    np.minimum.at(least, cells.part_group[filled], expected[filled])
    rate = cells.n / cells.part_size[cells.part]
    total, squares = (np.bincount(row, values, len(n)) for values in (rate, np.square(rate)))
    t, w = np.divide(cells.n, n[row], out=rate), expected[cells.part]
    # Both sum to 1, so half the sum of their differences is 1 less what they share.
    dp = np.maximum(1 - np.bincount(row, np.minimum(t, w), len(n)), 0)
    n_adjusted = np.square(np.bincount(row, np.sqrt(cells.n * w), len(n)))
    # In a cell's own memory: at this place a large corpus needs most.
    np.multiply(t, np.log2(np.divide(t, w, out=w), out=w), out=w)
    kld = np.maximum(np.bincount(row, w, len(n)), 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Rounding must not pass for unevenness, nor take D and DPnorm out of their range. In one
        # part alone nothing is even or uneven: both are 0 / 0.
        uneven = n_parts * squares - total**2
        spread = np.sqrt(np.where(uneven > 1e-12 * total**2, uneven, 0)) / total
        dp_norm = np.minimum(dp / (1 - least[row_group]), 1)
        juilland_d = np.maximum(1 - spread / np.sqrt(n_parts - 1), 0)
        chance = _expect_dp(cells, n, row_group, n_parts)
        dp_excess = (dp - chance) / (1 - least[row_group] - chance)
    of_dp = {"dp": dp, "dp_norm": dp_norm, "dp_excess": dp_excess}
    return of_dp | {"juilland_d": juilland_d, "kld": kld, "n_adjusted": n_adjusted}


def _expect_dp(cells: Cells, n: Array, row_group: Array, n_parts: Array) -> Array:
    """The dp of as many words strewn by chance, NaN where there are fewer than two an article."""
    expected = np.full(len(n), np.nan)
    asked = np.flatnonzero((n >= _LEAST * n_parts) & (n_parts > 1))
    group = row_group[asked]
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    for rows in np.split(asked, begins[1:]) if len(asked) else []:
        own = slice(*np.searchsorted(cells.part_group, row_group[rows[0]] + np.arange(2)))
        # Counts repeat and few are so high, so each is expected once.
        values, place = np.unique(n[rows], return_inverse=True)
        expected[rows] = compute("dp_chance", values, cells.part_size[own])[place]
    return expected
