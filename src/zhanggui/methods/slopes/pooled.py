"""The slope of counts on one variable within groups: conditional Poisson regression in one dimension."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

Floats = npt.NDArray[np.float64]
_ROUNDS = 50
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class PooledSlope:
    """A slope and how well it is known.

    Attributes
    ----------
    slope : float
        Change of the log rate per unit of the variable.
    error : float
        Its standard error, widened by how much more the counts vary than Poisson ones.
    n_groups : int
        Groups in which the variable differs and anything was counted.
    """

    slope: float
    error: float
    n_groups: int


def pooled_slope(
    group: npt.ArrayLike, variable: npt.ArrayLike, count: npt.ArrayLike, exposure: npt.ArrayLike
) -> PooledSlope:
    """Return the slope that all groups share, whatever their levels.

    Parameters
    ----------
    group : array_like of int, shape (n,)
        The group of each count.
    variable, count, exposure : array_like of float, shape (n,)
        What the rate may depend on, what was counted, and over how much; rows without exposure are left out.

    Returns
    -------
    PooledSlope
        By maximum likelihood, given the total of each group.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length.
    NotEnoughDataError
        Fewer than three groups have counts at different values of the variable.

    Notes
    -----
    Given its total, the counts of a group are multinomial with chances in proportion to exposure * exp(slope * x), so
    the levels drop out. What moves with the variable, such as a promotion, is taken for its effect.

    Examples
    --------
    Where the variable rises by log 2 the rate halves, in each of three groups:

    >>> from math import log
    >>> found = pooled_slope([0, 0, 1, 1, 2, 2], [0, log(2)] * 3, [8, 4, 80, 40, 20, 10], [1.0] * 6)
    >>> round(found.slope, 6), found.n_groups
    (-1.0, 3)
    """
    groups, x = np.asarray(group, np.int64), np.asarray(variable, np.float64)
    n, size = np.asarray(count, np.float64), np.asarray(exposure, np.float64)
    if not groups.shape == x.shape == n.shape == size.shape:
        raise ShapeMismatchError(group=len(groups), variable=len(x), count=len(n), exposure=len(size))
    kept = size > 0
    _, groups = np.unique(groups[kept], return_inverse=True)
    x, n, size = x[kept], n[kept], size[kept]
    n_all = int(groups.max()) + 1 if len(groups) else 0
    total = np.bincount(groups, weights=n, minlength=n_all).astype(np.float64)
    mean = np.bincount(groups, weights=x, minlength=n_all) / np.maximum(np.bincount(groups, minlength=n_all), 1)
    x = x - mean[groups]
    differs = np.bincount(groups, weights=np.abs(x), minlength=n_all) > 1e-9
    n_told = int((differs & (total > 0)).sum())
    if n_told < _FEWEST:
        raise NotEnoughDataError(
            f"Only {n_told} groups have counts at different values of the variable; {_FEWEST} are needed.",
            where="counts, variable and exposure by group",
            next_step="wait until more groups vary, or assume a slope",
        )
    slope = 0.0
    for _ in range(_ROUNDS):
        score, information, _ = _likelihood(slope, groups, x, n, size, total)
        step = score / information if information > 0 else 0.0
        slope += float(np.clip(step, -1.0, 1.0))
        if abs(step) < 1e-9:
            break
    _, information, expected = _likelihood(slope, groups, x, n, size, total)
    n_free = max(int((expected > 0).sum()) - n_told - 1, 1)
    spread = float((((n - expected) ** 2)[expected > 0] / expected[expected > 0]).sum()) / n_free
    return PooledSlope(slope, float(np.sqrt(max(spread, 1.0) / information)), n_told)


def _likelihood(
    slope: float, groups: npt.NDArray[np.int64], x: Floats, n: Floats, size: Floats, total: Floats
) -> tuple[float, float, Floats]:
    """Return the first derivative, the information and the expected counts."""
    weight = size * np.exp(np.clip(slope * x, -50, 50))
    share = weight / np.bincount(groups, weights=weight, minlength=len(total))[groups]
    mean = np.bincount(groups, weights=share * x, minlength=len(total))
    square = np.bincount(groups, weights=share * x * x, minlength=len(total))
    return float((n * (x - mean[groups])).sum()), float((total * (square - mean**2)).sum()), total[groups] * share
