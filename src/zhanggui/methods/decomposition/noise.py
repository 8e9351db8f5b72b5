"""How much single leaves of a cube move for no reason, fitted to the leaves themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

Floats = npt.NDArray[np.float64]

_FEWEST_LEAVES = 20
"""Leaves of about one size from which a variance is taken."""

_SMALLEST = 1e-4
"""Relative noise that is always there, so that an exact copy does not count as infinitely sure."""


_FAR = 4.0
"""Squared differences count up to so many times their variance."""

_CLIPPED = 1.0 / 0.920
"""Of normal differences, clipped at two deviations, 0.920 of the variance is left (their mean of min(x², 4))."""

_MEDIAN_OF_CHANCE = 0.4549
"""Median of the square of a normal number."""

_ROUNDS = 2
"""From the median on; in few leaves more rounds would creep up to the largest of them."""


@dataclass(frozen=True, slots=True)
class Noise:
    """A variance that grows with size: counting noise, and relative noise.

    Attributes
    ----------
    counting : float
        Variance per unit of size: customers come one by one.
    relative : float
        Standard deviation as a part of size.
    """

    counting: float
    relative: float

    def variance(self, size: Floats) -> Floats:
        """Return the variance of leaves of these sizes."""
        return self.counting * size + self.relative**2 * size**2


def noise_of(expected: Floats, actual: Floats) -> Noise:
    """Return the noise of leaves around what is expected of them.

    Parameters
    ----------
    expected, actual : array of float, shape (n_leaves,)
        What each leaf should hold and what it holds.

    Returns
    -------
    Noise
        Fitted to the mean square of the differences among leaves of about one size, by least squares that keep both
        parts at or above zero; differences beyond two deviations are drawn in to them,
        deviations that at first are those of the median leaf.

    Examples
    --------
    >>> noise_of(np.full(100, 50.0), np.full(100, 50.0) + np.tile([5.0, -5.0], 50)).relative > 0.05
    True
    """
    size = (np.abs(expected) + np.abs(actual)) / 2
    is_there = size > 0
    size, square = size[is_there], ((actual - expected)[is_there]) ** 2
    if len(size) == 0:
        return Noise(0.0, _SMALLEST)
    middle = float(np.median(square / size**2)) / _MEDIAN_OF_CHANCE
    found = Noise(0.0, max(np.sqrt(middle), _SMALLEST))
    for _ in range(_ROUNDS):
        # A cause is no noise: what lies far off counts as far as noise would reach, or it would hide itself.
        found = _fitted(size, np.minimum(square, _FAR * found.variance(size)) * _CLIPPED)
    return found


def _fitted(size: Floats, square: Floats) -> Noise:
    """Return the noise that fits squared differences of leaves of these sizes best."""
    rung = np.floor(2 * np.log2(size)).astype(np.int64)
    rung -= rung.min()
    n = np.bincount(rung)
    if not (n >= _FEWEST_LEAVES).any():
        rung, n = np.zeros_like(rung), np.array([len(size)])
    kept = np.flatnonzero(n >= min(_FEWEST_LEAVES, n.max()))
    mean_size = np.bincount(rung, size)[kept] / n[kept]
    variance = np.bincount(rung, square)[kept] / n[kept]
    # Each rung tells its variance up to a factor, so what is fitted is the factor.
    scale = np.sqrt(n[kept]) / np.maximum(variance, (_SMALLEST * mean_size) ** 2)
    columns = np.stack([mean_size, mean_size**2], axis=1) * scale[:, None]
    counting, square_relative = nnls(columns, variance * scale)[0]
    return Noise(float(counting), float(max(np.sqrt(square_relative), _SMALLEST)))
