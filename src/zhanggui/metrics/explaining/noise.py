"""Whether a change is within what the metric does anyway, by its own daily history."""

from __future__ import annotations

from datetime import timedelta
from math import sqrt

import numpy as np
import numpy.typing as npt

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics.answering import answer
from zhanggui.metrics.explaining.asked import Asked
from zhanggui.metrics.explaining.cube import is_additive
from zhanggui.metrics.model import Metric, Ratio, Unit

Floats = npt.NDArray[np.float64]

HISTORY_DAYS = 91
"""Thirteen weeks before the later of the two periods are asked what is normal."""

FEWEST_DAYS = 8
"""Below this there is no telling what is normal."""

Z = 1.96
"""Two sides of 95 % of a normal distribution."""

_WEEK = 7
_MAD_TO_DEVIATION = 1.4826
_FEWEST_WINDOWS = 6


def normal_change(ledger: Ledger, asked: Asked, known: Period | None, *, one: int) -> float | None:
    """Return the largest change of the metric that is nothing out of the ordinary, or None where history is too short.

    Parameters
    ----------
    ledger : Ledger
        An open ledger.
    asked : Asked
        What is explained.
    known : Period or None
        The days that the ledger holds.
    one : int
        Minor units of a major unit; the answer is in minor units where the metric is money.

    Notes
    -----
    Days are compared with the same weekday a week earlier (with the day before where history is shorter than three
    weeks), over the thirteen weeks before the later period; a history under two weeks borrows the days of that period.
    The median of how far those differences lie from their own median, times 1.4826 and divided by √2, is the
    deviation of a day. A period of n days deviates √n times as much; the bound is 1.96 times the deviation of the
    difference of both periods. Where history holds six windows of the longer period, the changes between neighbours
    give a second bound in the same way, and the wider one counts, since days of one week are not independent. Of a
    ratio it is the numerator less the ratio times the denominator that is followed.
    """
    days = _history(asked, known)
    if days is None:
        return None
    metric = asked.metric
    sides = metric.parts if isinstance(metric, Ratio) and is_additive(metric) else (metric,)
    question = asked.question(*(side.name for side in sides), period=days, grain="day")
    rows = answer(ledger, question, catalogue={side.name: side for side in sides}).rows
    by_day = {str(row["date"]): row for row in rows}
    series = [_series(by_day, side, days, one) for side in sides]
    if len(series) == 2:
        whole = float(series[1].sum())
        if whole == 0:
            return None
        followed, scale = series[0] - series[0].sum() / whole * series[1], float(series[1].mean())
        return _bound(followed, asked, is_mean=True) / scale if scale else None
    return _bound(series[0], asked, is_mean=isinstance(metric, Ratio) or not is_additive(metric))


def _history(asked: Asked, known: Period | None) -> Period | None:
    if known is None:
        return None
    later = asked.after if asked.after.first >= asked.before.first else asked.before
    first, last = max(known.first, later.first - timedelta(days=HISTORY_DAYS)), later.first - timedelta(days=1)
    if (last - first).days + 1 < 2 * _WEEK:
        last = min(later.last, known.last)
    return Period(first, last) if (last - first).days + 1 >= FEWEST_DAYS else None


def _series(by_day: dict[str, dict[str, object]], metric: Metric, days: Period, one: int) -> Floats:
    found = np.zeros(days.n_days)
    for place in range(days.n_days):
        row = by_day.get((days.first + timedelta(days=place)).isoformat())
        value = None if row is None else row[metric.name]
        found[place] = 0.0 if value is None else float(str(value))
    return found * one if metric.unit is Unit.MONEY else found


def _bound(days: Floats, asked: Asked, *, is_mean: bool) -> float:
    lag = _WEEK if len(days) >= 3 * _WEEK else 1
    of_a_day = _deviation(days[lag:] - days[:-lag])
    n0, n1 = asked.before.n_days, asked.after.n_days
    deviation = of_a_day * (sqrt(1 / n0 + 1 / n1) if is_mean else sqrt(n0 + n1))
    n = max(n0, n1)
    windows = days[len(days) % n :].reshape(-1, n).sum(axis=1) if len(days) >= n else np.zeros(0)
    if len(windows) >= _FEWEST_WINDOWS:
        of_windows = _deviation(np.diff(windows)) * sqrt(2)
        deviation = max(deviation, of_windows / n if is_mean else of_windows)
    return Z * deviation


def _deviation(differences: Floats) -> float:
    """Return the deviation of one of two things from the differences between such things, unmoved by a few days."""
    return float(_MAD_TO_DEVIATION * np.median(np.abs(differences - np.median(differences))) / sqrt(2))
