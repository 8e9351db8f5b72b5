"""Whether groups look as if the lot had been kept: their sizes against the plan, and against each other over time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

_FEWEST_EXPECTED = 5.0
"""Expected count below which the chi-square law is no longer near (Cochran's rule of thumb)."""


def shares_as_planned(counts: npt.ArrayLike, planned: npt.ArrayLike) -> float | None:
    """Return the p-value that groups have the sizes that were planned; None where too few entered to tell.

    Parameters
    ----------
    counts : array_like of int, shape (n_groups,)
        How many entered each group.
    planned : array_like of float, shape (n_groups,)
        Their planned parts, in any unit; all above 0.

    Notes
    -----
    Pearson's chi-square. A plan that was kept gives a value below 0.001 once in a thousand trials, so such a value says
    that the groups were not filled by lot as planned, or that people were lost from one of them.

    Examples
    --------
    500 and 500 were planned; 450 and 550 came: (50² + 50²) ÷ 500 = 10 with one degree of freedom.

    >>> round(shares_as_planned([450, 550], [1, 1]), 5)
    0.00157
    """
    seen, parts = np.asarray(counts, np.float64), np.asarray(planned, np.float64)
    expected = seen.sum() * parts / parts.sum()
    if seen.size < 2 or (expected < _FEWEST_EXPECTED).any():
        return None
    return float(chi2.sf(((seen - expected) ** 2 / expected).sum(), seen.size - 1))


def groups_alike(table: npt.ArrayLike) -> float | None:
    """Return the p-value that all rows fall into the groups by the same shares; None where too few entered to tell.

    Parameters
    ----------
    table : array_like of int, shape (n_rows, n_groups)
        How many of each row, such as a week of entry, are in each group.

    Notes
    -----
    Pearson's chi-square of independence; rows that follow each other are put together until at least 5 are expected in
    every group. It needs no plan: a lot that is kept keeps its shares.

    Examples
    --------
    Half and half in the first week, one to three in the second:

    >>> groups_alike([[100, 100], [50, 150]]) < 1e-6
    True
    """
    rows = np.asarray(table, np.float64)
    if rows.ndim != 2 or rows.shape[1] < 2 or not rows.sum():
        return None
    shares = rows.sum(axis=0) / rows.sum()
    held, together = np.zeros(rows.shape[1]), []
    for row in rows:
        held = held + row
        if (held.sum() * shares >= _FEWEST_EXPECTED).all():
            together.append(held)
            held = np.zeros(rows.shape[1])
    if len(together) < 2:
        return None
    together[-1] = together[-1] + held
    seen = np.asarray(together)
    expected = seen.sum(axis=1, keepdims=True) * shares
    freedom = (seen.shape[0] - 1) * (seen.shape[1] - 1)
    return float(chi2.sf(((seen - expected) ** 2 / expected).sum(), freedom))
