"""Forecasts of parts and of wholes made to agree."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.forecast.demand import Demand
from zhanggui.methods.problems import ShapeMismatchError

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]


def reconciled(parts: Demand, wholes: Demand, groups: npt.ArrayLike) -> tuple[Demand, Floats]:
    """Return forecasts of parts that sum to those of their wholes, and the wholes.

    Parameters
    ----------
    parts : Demand
        One entry per series.
    wholes : Demand
        One entry per group, forecast by itself.
    groups : array_like of int, shape (n_series,)
        Group of each series, from 0.

    Returns
    -------
    tuple of Demand and array of float, shape (n_groups,)
        Of each group, what lies between the sum of its parts and its own forecast; the means of the parts sum to it
        exactly. Spreads of the parts are kept.

    Raises
    ------
    ShapeMismatchError
        A series has no group.

    Notes
    -----
    Both forecasts are weighted by how sure they are, ``1 / variance``; for one level of groups this is minimum trace
    reconciliation with a diagonal matrix, but that parts move in proportion to their means, so that none falls below
    0. Its weakness: errors of parts are taken as independent, which makes their sum look surer than it is.

    Examples
    --------
    >>> import numpy as np
    >>> parts, whole = reconciled(Demand(np.array([2.0, 6.0]), np.array([2.0, 6.0])),
    ...                           Demand(np.array([12.0]), np.array([8.0])), [0, 0])
    >>> whole.tolist(), parts.mean.tolist()
    ([10.0], [2.5, 7.5])
    """
    group = np.asarray(groups, np.int64)
    if group.shape != parts.mean.shape:
        raise ShapeMismatchError(parts=parts.mean.size, groups=group.size)
    n_groups = len(wholes.mean)
    summed, unsure = (np.bincount(group, each, n_groups) for each in (parts.mean, parts.variance))
    share = unsure / np.maximum(unsure + wholes.variance, 1e-12)
    agreed = np.where(summed > 0, (1 - share) * summed + share * wholes.mean, 0.0)
    times = agreed / np.where(summed > 0, summed, 1.0)
    return Demand(parts.mean * times[group], parts.variance * times[group]), np.asarray(agreed)
