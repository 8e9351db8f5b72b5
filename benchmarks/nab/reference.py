"""The benchmark's own reference detector: how unlikely a value is under a normal law of the rows before it."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WINDOW_ROWS, STEP_ROWS = 6400, 100
"""As published with the benchmark, where they are called the best for it."""


def windowed_gaussian(values: Floats, *, window_rows: int = WINDOW_ROWS, step_rows: int = STEP_ROWS) -> Floats:
    """Return 1 less the tail probability of each value under the mean and deviation of the rows before it.

    Parameters
    ----------
    values : array of float, shape (n_rows,)
        One series in order of time.
    window_rows : int
        Rows that are looked back on.
    step_rows : int
        Once the window is full it moves on by so many rows at a time.
    """
    scores = np.zeros(len(values))
    mean, deviation = 0.0, 1.0
    for row, value in enumerate(values):
        if row > 0:
            scores[row] = 1.0 - 0.5 * erfc(abs(value - mean) / deviation / sqrt(2.0))
        n_seen = row + 1
        is_full = n_seen > window_rows
        if not is_full or (n_seen - window_rows) % step_rows == 0:
            held = values[max(0, n_seen - window_rows) : n_seen]
            mean, deviation = float(held.mean()), float(held.std()) or 1e-6
    return scores
