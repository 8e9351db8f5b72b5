"""How good forecasts were, in figures that compare series of any size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import ShapeMismatchError

Floats: TypeAlias = npt.NDArray[np.float64]

QUANTILES = (0.5, 0.8, 0.9, 0.95)
"""The quantiles that a forecast is judged by: stock is decided in the upper half."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How far forecasts were from what came.

    Attributes
    ----------
    mase : float
        Mean absolute error over that of "as last time" in the past; below 1 is better than it.
    pinball : float
        Mean loss of the quantiles, on the same scale.
    bias : float
        Forecast less actual, as a share of the actual: above 0 is too much; NaN where nothing came.
    wape : float
        Absolute errors as a share of the actual.
    coverage : float
        Share of periods at or below the .9 quantile; .9 is right.
    n_series, n_periods : int
        Series with a scale, and periods forecast of each.
    """

    mase: float
    pinball: float
    bias: float
    wape: float
    coverage: float
    n_series: int
    n_periods: int


def scales(past: npt.ArrayLike) -> Floats:
    """Return of each series the mean absolute step from one period to the next; 0 where nothing ever changed."""
    seen = np.asarray(past, np.float64)
    if seen.shape[1] < 2:
        return np.zeros(seen.shape[0])
    return np.asarray(np.abs(np.diff(seen, axis=1)).mean(axis=1))


def pinball(actual: Floats, quantile: Floats, share: float) -> Floats:
    """Return the loss of a quantile: missing it from below costs `share`, from above ``1 - share``."""
    over = actual - quantile
    return np.asarray(np.maximum(share * over, (share - 1) * over))


def accuracy(
    actual: npt.ArrayLike, mean: npt.ArrayLike, quantiles: Mapping[float, Floats], *, scale: npt.ArrayLike
) -> Accuracy:
    """Return how good forecasts were.

    Parameters
    ----------
    actual : array_like of float, shape (n_series, n_periods)
        What came.
    mean : array_like of float, shape (n_series, n_periods)
        What was forecast.
    quantiles : mapping of float to array of float, shape (n_series, n_periods)
        Quantiles by their share; .9 must be among them.
    scale : array_like of float, shape (n_series,)
        Of `scales`; series with 0 are left out of `mase` and `pinball`.

    Returns
    -------
    Accuracy
        Means over series, each of which counts alike, and shares over all.

    Raises
    ------
    ShapeMismatchError
        Actual and forecast differ in shape.
    """
    came, forecast, unit = (np.asarray(each, np.float64) for each in (actual, mean, scale))
    if came.shape != forecast.shape or len(unit) != len(came):
        raise ShapeMismatchError(actual=came.size, mean=forecast.size, scale=unit.size)
    scaled = unit > 0
    n_scaled = int(scaled.sum())
    error = np.abs(came - forecast)
    losses = [pinball(came, value, share).mean(axis=1) for share, value in quantiles.items()]
    loss = np.mean(losses, axis=0)
    total = float(came.sum()) or float("nan")
    return Accuracy(
        mase=float((error.mean(axis=1)[scaled] / unit[scaled]).mean()) if n_scaled else float("nan"),
        pinball=float((loss[scaled] / unit[scaled]).mean()) if n_scaled else float("nan"),
        bias=float((forecast - came).sum()) / total,
        wape=float(error.sum()) / total,
        coverage=float((came <= quantiles[0.9]).mean()),
        n_series=n_scaled,
        n_periods=came.shape[1],
    )
