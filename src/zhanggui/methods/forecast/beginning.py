"""Series with hardly any past: what their kind does, drawn towards what they have shown so far."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.forecast.smoothing import Smoothed
from zhanggui.methods.problems import ShapeMismatchError

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

FEWEST_PERIODS = 8.0
"""Periods of exposure after which a series stands on its own."""
_FEWEST_KIN = 3


def with_kin(known: Smoothed, exposed: npt.ArrayLike, kinds: npt.ArrayLike) -> tuple[Smoothed, npt.NDArray[np.bool_]]:
    """Return levels in which young series lean on grown ones of their kind.

    Parameters
    ----------
    known : Smoothed
        Levels by each series' own past.
    exposed : array_like of float, shape (n_series,)
        Periods that each was seen for.
    kinds : array_like of int, shape (n_series,)
        Kind of each, such as its category and price band, from 0.

    Returns
    -------
    tuple of Smoothed and array of bool, shape (n_series,)
        The levels, and which of them lean on others. A kind with fewer than three grown series takes all of them.

    Raises
    ------
    ShapeMismatchError
        Exposures or kinds do not fit the series.

    Notes
    -----
    Rates of a kind are taken as gamma distributed, so a level is ``(own * exposed + kin * k) / (exposed + k)`` with
    ``k = mean / variance`` of the rates of the kind, in periods: the more alike a kind's series are, the longer it
    counts. A young series' variance is widened by what is not known of its level.
    """
    seen, kind = np.asarray(exposed, np.float64), np.asarray(kinds, np.int64)
    if seen.shape != known.level.shape or kind.shape != known.level.shape:
        raise ShapeMismatchError(known=known.level.size, exposed=seen.size, kinds=kind.size)
    is_young = seen < FEWEST_PERIODS
    grown = ~is_young
    if not grown.any():
        return known, np.zeros(len(seen), np.bool_)
    mean, variance, spread = _rates(known, grown, kind)
    weight = np.clip(mean / np.maximum(variance, 1e-9), 0.1, 2 * FEWEST_PERIODS)[kind]
    level = (known.level * seen + mean[kind] * weight) / (seen + weight)
    # A gamma level of this weight has the variance level / (seen + weight), which adds to that of each period.
    widened = np.maximum(known.spread, spread[kind]) + 1 / (seen + weight)
    return (
        Smoothed(np.where(is_young, level, known.level), np.where(is_young, widened, known.spread)),
        np.asarray(is_young, np.bool_),
    )


def _rates(known: Smoothed, grown: npt.NDArray[np.bool_], kind: Ints) -> tuple[Floats, Floats, Floats]:
    """Return mean and variance of the levels and the mean spread of each kind's grown series."""
    n_kinds = int(kind.max()) + 1
    n = np.bincount(kind[grown], minlength=n_kinds).astype(np.float64)
    sums = np.bincount(kind[grown], known.level[grown], n_kinds)
    squares = np.bincount(kind[grown], known.level[grown] ** 2, n_kinds)
    spreads = np.bincount(kind[grown], known.spread[grown], n_kinds)
    few = n < _FEWEST_KIN
    n[few], sums[few], squares[few], spreads[few] = (each.sum() for each in (n, sums, squares, spreads))
    mean = sums / np.maximum(n, 1)
    variance = np.maximum(squares / np.maximum(n, 1) - mean**2, 0.0)
    return mean, variance, np.maximum(spreads / np.maximum(n, 1), 1.0)
