"""Four quadrants between two borders."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import NotEnoughDataError

BOTTOM_LEFT, BOTTOM_RIGHT, TOP_LEFT, TOP_RIGHT = 0, 1, 2, 3
CORNERS = ("bottom_left", "bottom_right", "top_left", "top_right")
"""Names by number."""


def middle(values: npt.ArrayLike) -> float:
    """Return the median, the border that nobody has moved.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Figures, none of them missing.

    Returns
    -------
    float
        Half of the figures lie below it.

    Raises
    ------
    NotEnoughDataError
        There is no figure.

    Examples
    --------
    >>> middle([1, 2, 9, 40])
    5.5
    """
    array = np.asarray(values, dtype=float)
    if not array.size:
        raise NotEnoughDataError("There is nothing to divide.", where="figures", next_step="choose other days")
    return float(np.median(array))


def quadrants(x: npt.ArrayLike, y: npt.ArrayLike, *, x_border: float, y_border: float) -> npt.NDArray[np.int64]:
    """Return the quadrant of each point.

    Parameters
    ----------
    x, y : array_like of float, shape (n,)
        Figures, none of them missing.
    x_border, y_border : float
        A figure at the border lies on its high side.

    Returns
    -------
    array of int, shape (n,)
        0 both low, 1 high `x` only, 2 high `y` only, 3 both high; names in `CORNERS`.

    Examples
    --------
    >>> quadrants([1, 9, 1, 9], [5, 5, 50, 50], x_border=9, y_border=50)
    array([0, 1, 2, 3])
    """
    is_right = np.asarray(x, dtype=float) >= x_border
    is_top = np.asarray(y, dtype=float) >= y_border
    return is_right.astype(np.int64) + 2 * is_top.astype(np.int64)
