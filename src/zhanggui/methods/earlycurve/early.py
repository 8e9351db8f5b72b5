"""A total forecast from its beginning, drawn towards what such beginnings came to elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom

from zhanggui.methods.problems import NotEnoughDataError, ShapeMismatchError

Floats = npt.NDArray[np.float64]
FEWEST = 12
"""Finished series from which a curve is drawn."""


@dataclass(frozen=True, slots=True)
class EarlyCurve:
    """How the rest of a series follows from its beginning.

    Attributes
    ----------
    base, growth : float
        ``rest = base + growth * beginning``; both at least 0.
    spread : float
        Variance of the rest over what was expected of it; at least 1, which is a Poisson count.
    """

    base: float
    growth: float
    spread: float

    def total(self, beginning: npt.ArrayLike) -> Floats:
        """Return the expected total of each beginning."""
        begun = np.asarray(beginning, np.float64)
        return begun + self.base + self.growth * begun

    def quantile(self, beginning: npt.ArrayLike, share: float) -> Floats:
        """Return the least total that this share of futures stays at or below."""
        begun = np.asarray(beginning, np.float64)
        rest = np.maximum(self.total(begun) - begun, 1e-6)
        spread = max(self.spread, 1.0001)
        return begun + nbinom.ppf(share, rest / (spread - 1), 1 / spread)

    def chance_of(self, beginning: npt.ArrayLike, total: float) -> Floats:
        """Return the share of futures in which the total reaches at least `total`."""
        begun = np.asarray(beginning, np.float64)
        rest = np.maximum(self.total(begun) - begun, 1e-6)
        spread = max(self.spread, 1.0001)
        return np.asarray(nbinom.sf(np.ceil(total - begun) - 1, rest / (spread - 1), 1 / spread), np.float64)


def early_curve(beginning: npt.ArrayLike, total: npt.ArrayLike) -> EarlyCurve:
    """Return how the rest of finished series followed from their beginnings.

    Parameters
    ----------
    beginning, total : array_like of float, shape (n,)
        Counts of the first days, and of all days with the first.

    Returns
    -------
    EarlyCurve
        Fitted by least squares in which a series weighs the less the larger it began, as counts vary.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length.
    NotEnoughDataError
        There are fewer than 12 finished series.

    Notes
    -----
    A straight line through the first days overrates whatever began by luck: the growth found here is smaller than the
    ratio of days whenever beginnings are noise in part.

    Examples
    --------
    >>> curve = early_curve([1, 2, 3, 4] * 3, [3, 5, 7, 9] * 3)
    >>> round(curve.base, 6), round(curve.growth, 6)
    (1.0, 1.0)
    """
    begun, ended = np.asarray(beginning, np.float64), np.asarray(total, np.float64)
    if begun.shape != ended.shape:
        raise ShapeMismatchError(beginning=begun.size, total=ended.size)
    if begun.size < FEWEST:
        raise NotEnoughDataError(
            f"A curve needs at least {FEWEST} finished series; got {begun.size}.",
            where="products that are old enough",
            next_step="wait until more of them are, or look at more stores",
        )
    rest = ended - begun
    weight = 1 / (1 + begun)
    mean_x, mean_y = np.average(begun, weights=weight), np.average(rest, weights=weight)
    spread_x = np.average((begun - mean_x) ** 2, weights=weight)
    slope = np.average((begun - mean_x) * (rest - mean_y), weights=weight) / spread_x if spread_x > 0 else 0.0
    slope = max(float(slope), 0.0)
    base = float(mean_y - slope * mean_x)
    if base < 0:
        slope, base = float(mean_y / mean_x), 0.0
    expected = np.maximum(base + slope * begun, 0.1)
    return EarlyCurve(base, slope, max(float(np.mean((rest - expected) ** 2 / expected)), 1.0))


@dataclass(frozen=True, slots=True)
class BackTest:
    """Mean absolute errors of totals, each series forecast by a curve that had not seen it.

    Attributes
    ----------
    n : int
        Finished series.
    curve, kin_mean, straight : float
        Errors of the curve, of the mean of the other series of its kind, of the beginning carried on as it was.
    coverage : float
        Share of totals inside the range that should hold eight in ten.
    """

    n: int
    curve: float
    kin_mean: float
    straight: float
    coverage: float


def back_test(beginning: npt.ArrayLike, total: npt.ArrayLike, kind: npt.ArrayLike, *, times: float) -> BackTest:
    """Return how three forecasts of finished series did, each series left out in turn.

    Parameters
    ----------
    beginning, total : array_like of float, shape (n,)
        See `early_curve`.
    kind : array_like of int, shape (n,)
        Which series are of one kind; one alone of its kind takes the mean of all.
    times : float
        All days over the first days: what a straight line multiplies by.
    """
    begun, ended, kinds = np.asarray(beginning, np.float64), np.asarray(total, np.float64), np.asarray(kind)
    errors = np.zeros((3, begun.size))
    n_inside = 0
    for place in range(begun.size):
        others = np.arange(begun.size) != place
        curve = early_curve(begun[others], ended[others])
        kin = others & (kinds == kinds[place])
        mean = ended[kin if kin.any() else others].mean()
        guesses = (float(curve.total(begun[place])), float(mean), begun[place] * times)
        errors[:, place] = np.abs(np.asarray(guesses) - ended[place])
        low, high = (float(curve.quantile(begun[place], share)) for share in (0.1, 0.9))
        n_inside += low <= ended[place] <= high
    found = errors.mean(axis=1)
    return BackTest(int(begun.size), float(found[0]), float(found[1]), float(found[2]), n_inside / begun.size)
