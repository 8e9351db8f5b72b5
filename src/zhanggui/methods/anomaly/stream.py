"""Live series of fine steps: how odd each value is to five simple views of the past, and one alarm per event."""

from __future__ import annotations

import warnings
from collections import deque

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import ShapeMismatchError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DAY_SECONDS = 86_400
KEPT_DAYS = 14
"""Days that a view looks back on."""
SEASON_DAYS = 7
"""Days whose same time of day says what is usual now."""
FEWEST_STEPS = 20
MOST_DEVIATIONS = 50.0
"""One view alone says no more than this, so that a first value after a flat line does not drown the others."""

_LEAST_RELATIVE = 1e-3
_SMALLEST = 1e-9


def stream_scores(values: npt.ArrayLike, *, step_seconds: float) -> Floats:
    """Return how odd each value is to what came before it.

    Parameters
    ----------
    values : array_like of float, shape (n_steps,)
        One series at even steps, in order of time.
    step_seconds : float
        Seconds from one value to the next.

    Returns
    -------
    array of float, shape (n_steps,)
        Mean number of standard deviations over five views, at or above 0; a value is judged by itself and by what
        came before it, never by what came after.

    Notes
    -----
    The views are the value, its step from the one before, its mean over the last hour, that mean less the median of
    the same time of the last seven days, and the mean size of steps over the last three hours. Each is set against its
    own mean and deviation over the two weeks before. Their mean asks for several signs at once, which no single view
    does; nothing in it is fitted to a series.

    Examples
    --------
    >>> quiet = np.tile([10.0, 11.0, 12.0, 11.0], 100)
    >>> quiet[350] = 90
    >>> int(stream_scores(quiet, step_seconds=3600).argmax())
    350
    """
    held = np.asarray(values, dtype=np.float64)
    per_day = max(round(DAY_SECONDS / step_seconds), 1)
    kept = KEPT_DAYS * per_day
    step = np.diff(held, prepend=held[:1])
    hourly = _recent_mean(held, max(per_day // 24, 2))
    views = (
        held,
        step,
        hourly,
        _less_the_usual(hourly, per_day),
        _recent_mean(np.abs(step), max(per_day // 8, 2)),
    )
    odd = [np.minimum(_deviations(view, kept), MOST_DEVIATIONS) for view in views]
    found: Floats = np.mean(odd, axis=0)
    return found


def once_within(seconds: npt.ArrayLike, scores: npt.ArrayLike, *, hours: float) -> Floats:
    """Return the scores that are news: higher than every other one in the hours before, and 0 elsewhere.

    An alarm on what is left is raised once for an event, and again only when it grows worse.

    Parameters
    ----------
    seconds, scores : array_like of float, shape (n_steps,)
        Time of each step, and how odd it is.
    hours : float
        For how long an event is remembered.

    Raises
    ------
    ShapeMismatchError
        The two arrays differ in length.

    Examples
    --------
    >>> once_within([0, 3600, 7200, 900_000], [3.0, 2.0, 4.0, 1.0], hours=24)
    array([3., 0., 4., 1.])
    """
    moment, score = np.asarray(seconds, dtype=np.float64), np.asarray(scores, dtype=np.float64)
    if moment.shape != score.shape:
        raise ShapeMismatchError(seconds=len(moment), scores=len(score))
    found = np.zeros_like(score)
    # Steps that may still be the highest of their time, highest first.
    highest: deque[int] = deque()
    for step in range(len(score)):
        while highest and moment[highest[0]] < moment[step] - hours * 3600:
            highest.popleft()
        if not highest or score[step] > score[highest[0]]:
            found[step] = score[step]
        while highest and score[highest[-1]] <= score[step]:
            highest.pop()
        highest.append(step)
    return found


def _deviations(view: Floats, kept: int) -> Floats:
    """Return how far each value lies from the mean of those before it, in their deviations; 0 while they are few."""
    origin = view[0] if len(view) else 0.0
    sums = np.cumsum(np.concatenate([[0.0], view - origin]))
    squares = np.cumsum(np.concatenate([[0.0], np.square(view - origin)]))
    step: Ints = np.arange(len(view))
    begin = np.maximum(0, step - kept)
    n = np.maximum(step - begin, 1)
    mean = (sums[step] - sums[begin]) / n
    variance = np.maximum((squares[step] - squares[begin]) / n - np.square(mean), 0.0)
    mean += origin
    deviation = np.maximum(np.sqrt(variance), _SMALLEST + _LEAST_RELATIVE * np.abs(mean))
    found: Floats = np.where(step - begin >= FEWEST_STEPS, np.abs(view - mean) / deviation, 0.0)
    return found


def _recent_mean(values: Floats, n: int) -> Floats:
    sums = np.cumsum(np.concatenate([[0.0], values]))
    end = np.arange(1, len(values) + 1)
    begin = np.maximum(0, end - n)
    found: Floats = (sums[end] - sums[begin]) / (end - begin)
    return found


def _less_the_usual(values: Floats, per_day: int) -> Floats:
    """Return each value less the median of the same time of the days before; 0 on the first day."""
    earlier = np.full((SEASON_DAYS, len(values)), np.nan)
    for days in range(1, SEASON_DAYS + 1):
        earlier[days - 1, days * per_day :] = values[: -days * per_day]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # On the first day there is nothing to take a median of.
        usual = np.nanmedian(earlier, axis=0)
    return np.where(np.isfinite(usual), values - usual, 0.0)
