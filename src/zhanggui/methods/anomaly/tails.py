"""Tail probabilities of counts and sums as deviations of a normal law, and back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincc, ndtri

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MOST_DEVIATIONS = 30.0
"""Tails beyond what a float can hold are given this many deviations at most."""
_NORMAL_FROM = 400.0
"""Means of so many counts from which on the normal law is used: the difference is under a hundredth there."""
_SMALLEST = 1e-12
_HALVINGS = 40


def signed_deviation(values: Floats, mean: Floats, variance: Floats, is_normal: Bools) -> Floats:
    """Return how many deviations of a normal law have the tail that each value has.

    Parameters
    ----------
    values, mean, variance : array of float, shape (n_series,)
        What came, what was expected, and its variance.
    is_normal : array of bool, shape (n_series,)
        Series that take both signs; of the others the law is that of a Poisson variable times variance / mean, so a
        small number has a long tail upwards and a short one downwards.

    Returns
    -------
    array of float, shape (n_series,)
        NaN where one of them is not known.

    Examples
    --------
    >>> none_of_seventeen = np.array([0.0]), np.array([17.0]), np.array([17.0])
    >>> signed_deviation(*none_of_seventeen, np.array([False])).round(1)
    array([-5.5])
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        normal = (values - mean) / np.sqrt(np.maximum(variance, _SMALLEST))
        unit = np.maximum(variance, _SMALLEST) / np.maximum(mean, _SMALLEST)
        x, m = np.maximum(values, 0.0) / unit, mean / unit
        upper, lower = _tails(x, m)
        skewed = np.where(values >= mean, -_quantile(upper), _quantile(lower))
    is_far = np.abs(skewed) >= MOST_DEVIATIONS
    with np.errstate(invalid="ignore"):
        beyond = np.where(is_far, np.clip(normal, -MOST_DEVIATIONS, MOST_DEVIATIONS), skewed)
    found = np.where(is_normal | (m > _NORMAL_FROM), np.clip(normal, -MOST_DEVIATIONS, MOST_DEVIATIONS), beyond)
    return np.where(np.isfinite(values) & np.isfinite(mean) & np.isfinite(variance), found, np.nan)


def bound_at(deviations: float, mean: Floats, variance: Floats, is_normal: Bools) -> Floats:
    """Return the value that lies so many deviations from what is expected, see `signed_deviation`.

    Parameters
    ----------
    deviations : float
        Below 0 for the lower bound.
    mean, variance : array of float, shape (n_series, n_steps)
        What is expected, and its variance.
    is_normal : array of bool, shape (n_series,)
        Series that take both signs.
    """
    normal = np.broadcast_to(is_normal[:, None], mean.shape).ravel()
    centre, square = mean.ravel(), variance.ravel()
    reach = abs(deviations) * np.sqrt(np.maximum(square, 0.0))
    near = centre.copy()
    far = centre + np.sign(deviations) * (4.0 * reach + square / np.maximum(np.abs(centre), _SMALLEST) * 30.0)
    far = np.where(normal | (deviations > 0), far, np.maximum(far, 0.0))
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        with np.errstate(invalid="ignore"):
            is_beyond = np.abs(signed_deviation(middle, centre, square, normal)) > abs(deviations)
        near, far = np.where(is_beyond, near, middle), np.where(is_beyond, middle, far)
    found: Floats = ((near + far) / 2).reshape(mean.shape)
    return found


def _tails(x: Floats, m: Floats) -> tuple[Floats, Floats]:
    """Return the chances of at least x and of at most x, half of x itself counting to each: a mean of two laws."""
    at_least, above = np.where(x > 0, gammainc(np.maximum(x, _SMALLEST), m), 1.0), gammainc(x + 1.0, m)
    at_most, below = gammaincc(x + 1.0, m), np.where(x > 0, gammaincc(np.maximum(x, _SMALLEST), m), 0.0)
    return (at_least + above) / 2, (at_most + below) / 2


def _quantile(tail: Floats) -> Floats:
    return np.maximum(ndtri(np.clip(tail, 1e-300, 1.0)), -MOST_DEVIATIONS)
