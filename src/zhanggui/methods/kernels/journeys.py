"""Journeys: the touches of somebody in the time before each of his orders."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Ints = npt.NDArray[np.int64]


def touches_before(
    who: npt.NDArray[np.int32],
    at: Ints,
    order_who: npt.NDArray[np.int32],
    order_at: Ints,
    *,
    lookback: int,
) -> tuple[Ints, Ints]:
    """Return between which places the touches before each order stand.

    Parameters
    ----------
    who, at : array, shape (n_touches,)
        Who touched and when, sorted by both.
    order_who, order_at : array, shape (n_orders,)
        Who ordered and when, sorted by both.
    lookback : int
        How long before the order a touch may lie; one at the moment of the order counts too.

    Returns
    -------
    first, end : array of int, shape (n_orders,)
        The touches of order ``i`` are those from ``first[i]`` up to but without ``end[i]``.

    Examples
    --------
    >>> first, end = touches_before(
    ...     np.array([0, 0, 1], np.int32), np.array([1, 5, 5]), np.array([0], np.int32), np.array([6]), lookback=3
    ... )
    >>> first.tolist(), end.tolist()
    ([1], [2])
    """
    first = np.zeros(order_who.size, np.int64)
    end = np.zeros(order_who.size, np.int64)
    _walk(who, at, order_who, order_at, lookback, first, end)
    return first, end


@njit(cache=True)
def _walk(
    who: npt.NDArray[np.int32],
    at: Ints,
    order_who: npt.NDArray[np.int32],
    order_at: Ints,
    lookback: int,
    first: Ints,
    end: Ints,
) -> None:
    lo = hi = 0
    for i in range(order_who.size):
        p, until = order_who[i], order_at[i]
        while lo < who.size and (who[lo] < p or (who[lo] == p and at[lo] < until - lookback)):
            lo += 1
        hi = max(hi, lo)
        while hi < who.size and (who[hi] < p or (who[hi] == p and at[hi] <= until)):
            hi += 1
        first[i], end[i] = lo, hi
