"""Fit weights by which features add up to log-odds: a logistic regression, held near nought."""

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

PRECISION = 3  # decimals of a weight: three are more than the counts bear


def fit_weights(rows, right, importance=None, *, penalty):
    """What each feature adds to the log-odds that a row is right.

    Args:
        rows: {feature: value} of each row. The feature "any" is not held near nought.
        right: Whether each row is right.
        importance: How much each row counts; None is 1 each.
        penalty: How strongly weights are held near nought: the weight's square times half of this
            is what one row's log-likelihood must gain.

    Returns:
        {feature: weight}, in the order of the features' names.
    """
    names = sorted({name for row in rows for name in row})
    place = {name: i for i, name in enumerate(names)}
    columns = [place[name] for row in rows for name in row]
    values = [value for row in rows for value in row.values()]
    ends = np.cumsum([0, *map(len, rows)])
    table = csr_array((values, columns, ends), shape=(len(rows), len(names)))
    right = np.asarray(right, float)
    importance = np.ones(len(rows)) if importance is None else np.asarray(importance)
    held = np.array([0.0 if name == "any" else penalty for name in names])

    def lose(weights):
        odds = table @ weights
        losses = np.logaddexp(0, odds) - right * odds
        errors = importance * (1 / (1 + np.exp(-odds)) - right)
        return importance @ losses + held @ weights**2 / 2, table.T @ errors + held * weights

    found = minimize(lose, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, found.round(PRECISION).tolist(), strict=True))
