"""Classes by share of a total (ABC) and by steadiness over time (XYZ)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def share_classes(values: npt.ArrayLike, *, cuts: Sequence[float] = (0.8, 0.95)) -> npt.NDArray[np.int64]:
    """Return the class of each value by the share of the total that larger ones reach.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Amounts; those not above 0 belong to the last class.
    cuts : sequence of float
        Shares of the total at which a new class begins, rising.

    Returns
    -------
    array of int, shape (n,)
        0 for the largest that together reach the first cut, then 1, ...

    Notes
    -----
    Equal values share the class of the first of them.

    Examples
    --------
    >>> share_classes([50, 30, 15, 5, 0])
    array([0, 0, 1, 2, 2])
    """
    array = np.asarray(values, dtype=float)
    amounts = np.clip(array, 0, None)
    total = amounts.sum()
    if not total > 0:
        return np.full(array.shape, len(cuts), dtype=np.int64)
    order = np.argsort(-amounts, kind="stable")
    sorted_ = amounts[order]
    # What the larger ones reach before this value begins; equal values begin where the first of them does.
    before = np.concatenate(([0.0], np.cumsum(sorted_)[:-1]))
    before = before[np.searchsorted(-sorted_, -sorted_, side="left")] / total
    classes = np.searchsorted(np.asarray(cuts), np.round(before, 12), side="right").astype(np.int64)
    found = np.empty_like(classes)
    found[order] = classes
    return np.where(array <= 0, len(cuts), found)


def steadiness_classes(
    sums: npt.ArrayLike,
    sums_of_squares: npt.ArrayLike,
    n_periods: npt.ArrayLike,
    *,
    cuts: Sequence[float] = (0.5, 1.0),
    least_periods: int = 4,
) -> npt.NDArray[np.int64]:
    """Return the class of each series by its coefficient of variation over equal periods.

    Parameters
    ----------
    sums, sums_of_squares : array_like of float, shape (n,)
        Sum over the periods of what was counted, and of its square; periods with nothing add nothing.
    n_periods : array_like of int, shape (n,)
        Periods looked at, those with nothing included.
    cuts : sequence of float
        Coefficients above which a new class begins, rising.
    least_periods : int, default 4
        With fewer periods nothing is said.

    Returns
    -------
    array of int, shape (n,)
        0 for the steadiest; -1 where periods are too few or nothing was counted.

    Examples
    --------
    Four weeks of 5, 5, 5, 5; of 0, 10, 0, 10; of 0, 0, 0, 20.

    >>> steadiness_classes([20, 20, 20], [100, 200, 400], [4, 4, 4])
    array([0, 1, 2])
    """
    total, squares = np.asarray(sums, dtype=float), np.asarray(sums_of_squares, dtype=float)
    n = np.asarray(n_periods, dtype=float)
    is_known = (n >= least_periods) & (total > 0)
    safe_n, safe_total = np.where(is_known, n, 1.0), np.where(is_known, total, 1.0)
    mean = safe_total / safe_n
    spread = np.sqrt(np.clip(squares / safe_n - mean**2, 0, None)) / mean
    classes = np.searchsorted(np.asarray(cuts), np.round(spread, 12), side="left").astype(np.int64)
    return np.where(is_known, classes, -1)
