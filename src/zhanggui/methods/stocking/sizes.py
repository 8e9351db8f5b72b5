"""From a level that is wanted to an order that a supplier takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sizes:
    """What to order, and what moved the quantity.

    Attributes
    ----------
    quantity : array of float, shape (n_series,)
        Whole cases, 0 or at least the least order.
    raised : array of bool
        The least order or the case made it more than is wanted.
    cut : array of bool
        What can be sold before it spoils made it less.
    """

    quantity: Floats
    raised: Bools
    cut: Bools


def order_sizes(
    position: npt.ArrayLike,
    reorder_point: npt.ArrayLike,
    level: npt.ArrayLike,
    *,
    case: npt.ArrayLike = 1.0,
    least: npt.ArrayLike = 0.0,
    most_position: npt.ArrayLike = np.inf,
) -> Sizes:
    """Return orders that bring positions up to their levels.

    Parameters
    ----------
    position : array_like of float, shape (n_series,)
        On hand and to come, less what is promised.
    reorder_point : array_like of float
        At or below it an order is made.
    level : array_like of float
        Up to where.
    case : array_like of float, default 1
        Units of a case; orders are whole cases.
    least : array_like of float, default 0
        The least that a supplier takes.
    most_position : array_like of float, default inf
        Position that can be sold before it spoils: what is ordered does not go beyond it, and where not even the
        least order fits, nothing is ordered.

    Returns
    -------
    Sizes
        One entry per series.

    Examples
    --------
    >>> order_sizes([3.0, 9.0, 3.0], [4.0, 4.0, 4.0], [10.0, 10.0, 10.0], case=6, most_position=[99, 99, 8]).quantity
    array([12.,  0.,  0.])
    """
    has, point, target, unit, moq, most = np.broadcast_arrays(
        *(np.asarray(each, np.float64) for each in (position, reorder_point, level, case, least, most_position))
    )
    unit = np.maximum(unit, 1.0)
    wanted = np.where(has <= point, np.maximum(np.ceil(target - has), 0.0), 0.0)
    lowest = np.ceil(moq / unit) * unit
    size = np.where(wanted > 0, np.maximum(np.ceil(wanted / unit) * unit, lowest), 0.0)
    room = np.where(np.isfinite(most), np.floor(np.maximum(most - has, 0.0) / unit) * unit, np.inf)
    fits = np.minimum(size, room)
    quantity = np.where(fits >= lowest, fits, 0.0)
    return Sizes(quantity, np.asarray(quantity > wanted), np.asarray(quantity < np.minimum(size, wanted)))
