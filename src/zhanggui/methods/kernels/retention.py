"""Retention: of those who came first on a day, how many came again so many days later."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit


class Retention:
    """A triangle of days that reads events part after part, each later than the one before.

    Parameters
    ----------
    n_people : int
        People are numbered from 0.
    n_days : int
        Days are numbered from 0.

    Examples
    --------
    >>> retention = Retention(2, 3)
    >>> retention.read(np.array([0, 0, 0, 1], np.int32), np.array([0, 0, 2, 1], np.int32))
    >>> retention.result().tolist()
    [[1, 0, 1], [1, 0, 0], [0, 0, 0]]
    """

    def __init__(self, n_people: int, n_days: int) -> None:
        self._first = np.full(n_people, -1, np.int32)
        self._last = np.full(n_people, -1, np.int32)
        self._counts = np.zeros((n_days, n_days), np.int64)

    def read(self, who: npt.NDArray[np.int32], day: npt.NDArray[np.int32]) -> None:
        """Take in events sorted by who and when."""
        _read(who, day, self._first, self._last, self._counts)

    def result(self) -> npt.NDArray[np.int64]:
        """Return how many of each first day came again after so many days; after 0 days all of them."""
        return self._counts


@njit(cache=True)
def _read(
    who: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    first: npt.NDArray[np.int32],
    last: npt.NDArray[np.int32],
    counts: npt.NDArray[np.int64],
) -> None:
    for i in range(who.size):
        p, today = who[i], day[i]
        if p < 0 or last[p] == today:
            continue
        last[p] = today
        if first[p] < 0:
            first[p] = today
        counts[first[p], today - first[p]] += 1
