"""The parts of an ordinary step: the pattern of its cycle, and the level with its trend."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_CYCLES_OF_LEVEL = 4
_MOST_OF_TREND = 0.5
"""A trend moves the level by no more than this part of it."""
_SMALLEST = 1e-9


def cycle_factors(past: Floats, cycle: int, is_signed: Bools) -> tuple[Floats, Floats]:
    """Return the factors and offsets of the places of a cycle, shrunk as far as they are noise.

    Parameters
    ----------
    past : array of float, shape (n_series, n_steps)
        NaN where a step does not teach; the first one is place 0.
    cycle : int
        Steps after which the pattern repeats.
    is_signed : array of bool, shape (n_series,)
        Series that take both signs have offsets and no factors, all others factors and no offsets.

    Returns
    -------
    tuple of array, each of shape (n_series, cycle)
        Factors (1 where there are none) and offsets (0 where there are none).

    Notes
    -----
    A step is compared with the mean of the cycle around it. The mean of a place's comparisons is drawn in by
    ``1 − noise / scatter``, noise the variance of such a mean and scatter the variance between the places, so that a
    pattern which is luck vanishes.
    """
    n_series, n_steps = past.shape
    around = _centred_mean(past, cycle)
    signed = is_signed[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        compared = np.where(signed, past - around, past / np.maximum(around, _SMALLEST) - 1.0)
    padded = np.full((n_series, -(-n_steps // cycle) * cycle), np.nan)
    padded[:, :n_steps] = compared
    by_place = padded.reshape(n_series, -1, cycle)
    n = np.isfinite(by_place).sum(axis=1)
    total = np.where(np.isfinite(by_place), by_place, 0.0)
    mean = total.sum(axis=1) / np.maximum(n, 1)
    within = np.where(np.isfinite(by_place), np.square(total - mean[:, None, :]), 0.0).sum(axis=(1, 2))
    noise = within / np.maximum(n.sum(axis=1) - cycle, 1) * np.mean(1.0 / np.maximum(n, 1), axis=1)
    mean = np.where(n > 0, mean, 0.0)
    mean -= mean.mean(axis=1, keepdims=True)
    scatter = np.square(mean).sum(axis=1) / max(cycle - 1, 1)
    kept = np.where(scatter > 0, np.maximum(0.0, 1.0 - noise / np.maximum(scatter, _SMALLEST)), 0.0)
    pattern = mean * kept[:, None]
    return np.where(signed, 1.0, np.maximum(1.0 + pattern, 0.05)), np.where(signed, pattern, 0.0)


def _centred_mean(past: Floats, cycle: int) -> Floats:
    """Return the mean of the cycle around each step; at the ends that of the nearest whole one."""
    known = np.isfinite(past)
    sums = np.cumsum(np.pad(np.where(known, past, 0.0), ((0, 0), (1, 0))), axis=1)
    counts = np.cumsum(np.pad(known, ((0, 0), (1, 0))), axis=1)
    n_steps = past.shape[1]
    begin = np.clip(np.arange(n_steps) - cycle // 2, 0, max(n_steps - cycle, 0))
    end = np.minimum(begin + cycle, n_steps)
    n = counts[:, end] - counts[:, begin]
    found: Floats = np.where(n > 0, (sums[:, end] - sums[:, begin]) / np.maximum(n, 1), np.nan)
    return found


def moving_level(plain: Floats, weight: Floats, cycle: int) -> Floats:
    """Return the level that the next step starts from.

    Parameters
    ----------
    plain : array of float, shape (n_series, n_steps)
        Steps without the pattern of the cycle; NaN where one does not teach.
    weight : array of float, shape (n_series, n_steps)
        What each step stands on; a ratio of many counts more than one of few.
    cycle : int
        The weight of a step halves with each cycle that it lies back.

    Notes
    -----
    The trend is the median of the changes from one cycle to the next. It is drawn in by ``1 − 1 / z²``, z its size in
    standard errors, and moves the mean on to the next step.
    """
    kept = min(plain.shape[1], _CYCLES_OF_LEVEL * cycle)
    last, mass = plain[:, -kept:], np.where(np.isfinite(weight[:, -kept:]), weight[:, -kept:], 0.0)
    known = np.isfinite(last)
    age = np.arange(kept, 0, -1, dtype=np.float64)
    mass = np.where(known, mass * 0.5 ** (age / cycle), 0.0)
    total = np.maximum(mass.sum(axis=1), _SMALLEST)
    mean: Floats = (np.where(known, last, 0.0) * mass).sum(axis=1) / total
    if kept < 2 * cycle + 1:
        return mean
    steps = last[:, cycle:] - last[:, :-cycle]
    n = np.isfinite(steps).sum(axis=1)
    rows = n >= cycle
    slope = np.zeros(len(plain))
    if rows.any():
        middle = np.nanmedian(steps[rows], axis=1)
        spread = 1.4826 * np.nanmedian(np.abs(steps[rows] - middle[:, None]), axis=1)
        error = 1.25 * spread / np.sqrt(n[rows]) * np.sqrt(2.0)
        drawn = 1.0 - np.square(error) / np.maximum(np.square(middle), _SMALLEST**2)
        slope[rows] = middle / cycle * np.clip(drawn, 0.0, 1.0)
    ahead = slope * (mass * age).sum(axis=1) / total
    size = np.where(known, np.abs(last) * mass, 0.0).sum(axis=1) / total
    mean += np.clip(ahead, -_MOST_OF_TREND * size, _MOST_OF_TREND * size)
    return mean
