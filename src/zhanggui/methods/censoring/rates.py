"""Poisson rates of many series, some of whose counts are only known to be at least what was seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc

from zhanggui.methods.problems import ShapeMismatchError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CappedRates:
    """What was found of each series.

    Attributes
    ----------
    rate : array of float, shape (n_series,)
        Events per unit of exposure; NaN where nothing was exposed.
    unseen : array of float, shape (n_capped,)
        Expected events beyond those seen, of each capped count.
    """

    rate: Floats
    unseen: Floats


def capped_rates(
    events: npt.ArrayLike,
    exposure: npt.ArrayLike,
    *,
    capped_series: npt.ArrayLike,
    capped_seen: npt.ArrayLike,
    capped_exposure: npt.ArrayLike,
    n_rounds: int = 8,
) -> CappedRates:
    """Return rates that neither drop capped counts nor take them for whole.

    Parameters
    ----------
    events, exposure : array_like of float, shape (n_series,)
        Events counted whole, and the exposure in which they were.
    capped_series : array_like of int, shape (n_capped,)
        The series of each capped count.
    capped_seen, capped_exposure : array_like of float, shape (n_capped,)
        What was seen of it, and the exposure that it would have had.
    n_rounds : int, default 8
        Rounds of the expectation-maximisation.

    Returns
    -------
    CappedRates
        By series, and by capped count.

    Raises
    ------
    ShapeMismatchError
        Arrays that belong together differ in length.

    Notes
    -----
    With a Poisson count D of mean m, E[D | D >= s] = m P(D >= s - 1) / P(D >= s). Each round takes the capped counts at
    this expectation and divides again. Counts that vary more than Poisson ones are capped higher than it says, so the
    unseen part is rather too small.

    Examples
    --------
    Ten events in five days, and a day that was capped at four:

    >>> found = capped_rates([10.0], [5.0], capped_series=[0], capped_seen=[4.0], capped_exposure=[1.0])
    >>> found.rate.round(2), found.unseen.round(2)
    (array([2.45]), array([0.68]))
    """
    whole, exposed = np.asarray(events, np.float64), np.asarray(exposure, np.float64)
    series = np.asarray(capped_series, np.int64)
    seen, capped = np.asarray(capped_seen, np.float64), np.asarray(capped_exposure, np.float64)
    if whole.shape != exposed.shape or not series.shape == seen.shape == capped.shape:
        raise ShapeMismatchError(
            events=len(whole), exposure=len(exposed), capped_series=len(series), capped_seen=len(seen),
            capped_exposure=len(capped),
        )  # fmt: skip
    n = len(whole)
    total = exposed + np.bincount(series, weights=capped, minlength=n)
    base = whole + np.bincount(series, weights=seen, minlength=n)
    safe = np.where(total > 0, total, 1.0)
    rate, unseen = base / safe, np.zeros_like(seen)
    for _ in range(n_rounds if len(seen) else 0):
        mean = rate[series] * capped
        unseen = np.maximum(_expected(mean, seen) - seen, 0.0)
        rate = (base + np.bincount(series, weights=unseen, minlength=n)) / safe
    return CappedRates(np.where(total > 0, rate, np.nan), unseen)


def _expected(mean: Floats, seen: Floats) -> Floats:
    """Return the mean of a Poisson count that is at least what was seen."""
    least = np.ceil(seen)
    at_least = np.where(least > 0, gammainc(np.maximum(least, 1.0), mean), 1.0)
    before = np.where(least > 1, gammainc(np.maximum(least - 1.0, 1.0), mean), 1.0)
    # Far above the mean both vanish: the count is then what was seen.
    return np.where(at_least > 1e-12, mean * before / np.maximum(at_least, 1e-12), seen)
