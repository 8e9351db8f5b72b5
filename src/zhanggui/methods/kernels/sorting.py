"""Whether arrays are sorted as the kernels need them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit


def first_out_of_order(who: npt.NDArray[np.int32], at: npt.NDArray[np.int64]) -> int:
    """Return the place of the first event that should stand before the one ahead of it, -1 where there is none.

    Examples
    --------
    >>> first_out_of_order(np.array([1, 1, 2], np.int32), np.array([5, 4, 0]))
    1
    """
    return int(_first(who, at))


@njit(cache=True)
def _first(who: npt.NDArray[np.int32], at: npt.NDArray[np.int64]) -> int:
    for i in range(1, who.size):
        if who[i] < who[i - 1] or (who[i] == who[i - 1] and at[i] < at[i - 1]):
            return i
    return -1
