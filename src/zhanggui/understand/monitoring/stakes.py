"""Money at stake: what a sighting is about, in paid amount."""

from __future__ import annotations

from datetime import date
from statistics import median

from zhanggui.metrics import Metric, Unit
from zhanggui.metrics.model import Chain
from zhanggui.understand.monitoring.courses import Course
from zhanggui.understand.monitoring.detecting import Kind, Sighting

PAID = "gmv_paid"
USUAL_STEPS = 28
"""Steps before one from which the usual paid amount of a step is taken."""

_FACTORS = frozenset({Chain.TRAFFIC, Chain.CONVERSION})
_OF_BUYERS = frozenset({"buyers", "new_buyers", "repeat_buyers", "units_sold"})


def usual_paid(course: Course | None, day: date) -> float | None:
    """Return the paid amount of an ordinary step before a day: the median of the steps that the course holds of it.

    Parameters
    ----------
    course : Course or None
        The paid amount of the same part of the shop.
    day : date
        The day.
    """
    if course is None:
        return None
    before = [value for at, value in zip(course.days, course.values, strict=True) if at < day and value is not None][
        -USUAL_STEPS:
    ]
    return float(median(before)) if before else None


def money_at_stake(metric: Metric, seen: Sighting, usual: float | None) -> float | None:
    """Return the money that a sighting is about, in major units, or None where nothing is known of it.

    Parameters
    ----------
    metric : Metric
        What was seen.
    seen : Sighting
        The sighting; money that it names itself is taken.
    usual : float or None
        Paid amount of an ordinary step of the same part of the shop.

    Notes
    -----
    An amount is off by what it differs from the expected. Paid amount is a product of visitors, conversion and order
    value, so where one of them is off by a share, so is the usual paid amount. Of a rate of returns or refunds each
    point costs its share of the paid amount. This is what is at stake, not what was lost.
    """
    if seen.money is not None:
        return seen.money
    aim = _aim(seen)
    if seen.kind in (Kind.MISSING, Kind.LATE):
        return None if usual is None else usual
    if seen.value is None or aim is None:
        return None
    gap = abs(seen.value - aim)
    is_rate = metric.kind == "Ratio"
    if metric.unit is Unit.MONEY and not is_rate:
        return gap
    if usual is None:
        return None
    if metric.good == "up" and (metric.chain in _FACTORS or metric.name in _OF_BUYERS):
        return usual * min(gap / abs(aim), 1.0) if aim else None
    if metric.good == "down" and metric.unit is Unit.RATIO:
        return usual * min(gap, 1.0)
    return None


def is_estimated(metric: Metric) -> bool:
    """Tell whether the money at stake of a metric follows from another figure than its own."""
    return not (metric.unit is Unit.MONEY and metric.kind != "Ratio")


def _aim(seen: Sighting) -> float | None:
    if seen.expected is not None:
        return seen.expected
    return seen.low if seen.low is not None else seen.high
