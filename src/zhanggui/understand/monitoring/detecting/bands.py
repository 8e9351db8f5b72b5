"""Days outside of what weekday, level, trend and promotions of the shop's own past let expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from zhanggui.calendar import Period
from zhanggui.methods.anomaly import Bands, seasonal_bands
from zhanggui.metrics import Unit
from zhanggui.metrics.model import Ratio
from zhanggui.understand.monitoring.detecting.history import Histories, steps_of
from zhanggui.understand.monitoring.detecting.sighting import Direction, Kind, Sighting

Floats = npt.NDArray[np.float64]
Side = Literal["up", "down", "both"]

WIDTH = 2.8
"""Deviations at which a day leaves its band, unless a rule asks for more or fewer."""
LASTING_DAYS = 3
"""Small deviations on one side of so many days in a row are taken together."""
SURE = 12.0
"""Where so many are expected, none at all is no low day but a silent one: by luck it comes once in 160,000 days."""


@dataclass(frozen=True)
class Expectation:
    """What was to be expected of every day of some histories, each by the days before it.

    Attributes
    ----------
    histories : Histories
        The days.
    since : int
        The first column for which bounds are wanted.
    width : float
        Deviations at which they lie.
    """

    histories: Histories
    since: int
    width: float = WIDTH

    @cached_property
    def bands(self) -> Bands:
        """The bounds of single days."""
        held = self.histories
        labels, spreads = held.occasions
        return seasonal_bands(
            held.values,
            exposures=held.exposures,
            labels=labels,
            spreads=spreads,
            is_count=held.is_count,
            width=self.width,
            first=self.since,
        )

    @cached_property
    def lasting(self) -> Floats:
        """The deviations of the last two to three days together, where all of them lie on one side; else 0."""
        return lasting_deviations(self.bands.deviations)


def lasting_deviations(deviations: Floats) -> Floats:
    """Return what the last days say together: the sum of their deviations over the root of their number.

    Parameters
    ----------
    deviations : array of float, shape (n_series, n_steps)
        Of single days; NaN where one is not known.

    Examples
    --------
    >>> lasting_deviations(np.array([[0.1, -3.0, -3.0, 1.0]])).round(1)
    array([[ 0. ,  0. , -4.2,  0. ]])
    """
    found = np.zeros_like(deviations)
    for n in range(2, LASTING_DAYS + 1):
        if deviations.shape[1] < n:
            break
        windows = np.lib.stride_tricks.sliding_window_view(deviations, n, axis=1)
        together = np.where(
            (windows > 0).all(axis=2) | (windows < 0).all(axis=2), windows.sum(axis=2) / np.sqrt(n), 0.0
        )
        last = found[:, n - 1 :]
        found[:, n - 1 :] = np.where(np.abs(together) > np.abs(last), together, last)
    return found


def out_of_band(
    histories: Histories, days: Period, *, width: float = WIDTH, side: Side = "both"
) -> tuple[Sighting, ...]:
    """Return the days on which a metric lies outside of its band.

    Parameters
    ----------
    histories : Histories
        With as much before `days` as there is, to learn from: eight weeks suffice, and a year for promotions.
    days : Period
        The days that are judged, each by what came before it only; so a range of past days gives what the rule would
        have said then, as far as the ledger has not changed since.
    width : float
        Deviations at which a day is outside. A day is so too when it and the one or two before it lie on one side and
        their deviations together are as unlikely.
    side : {"up", "down", "both"}
        Which side is told.

    Returns
    -------
    tuple of Sighting
        By part of the shop, then by day. None where the past is too short.
    """
    steps = list(steps_of(histories, days))
    if not steps or not histories.places:
        return ()
    expectation = Expectation(histories, steps[0], width)
    return tuple(each for each in _seen(expectation, steps) if side in ("both", each.direction.value))


def _seen(of: Expectation, steps: list[int]) -> Iterator[Sighting]:
    alone, lasting = of.bands.deviations, of.lasting
    with np.errstate(invalid="ignore"):
        is_out = (np.abs(alone) > of.width) | ((np.abs(lasting) > of.width) & np.isfinite(alone))
    for place in np.flatnonzero(is_out[:, steps].any(axis=1)):
        for step in steps:
            if is_out[place, step]:
                yield _sighting(of, int(place), step)


def _sighting(of: Expectation, place: int, step: int) -> Sighting:
    held, bands = of.histories, of.bands
    alone, lasting = float(bands.deviations[place, step]), float(of.lasting[place, step])
    deviations = lasting if abs(lasting) > abs(alone) else alone
    value, expected = float(held.values[place, step]), float(bands.expected[place, step])
    is_silent = value == 0 and not held.has_rows[place, step] and held.is_count and expected >= SURE
    return Sighting(
        metric=held.metric.name,
        where=held.places[place],
        day=held.day(step),
        kind=Kind.MISSING if is_silent else Kind.BAND,
        direction=Direction.UP if deviations > 0 else Direction.DOWN,
        value=None if is_silent else value,
        expected=expected,
        low=_known(bands.low[place, step]),
        high=_known(bands.high[place, step]),
        score=abs(deviations) / of.width,
        money=abs(value - expected) if _is_money(held) else None,
        facts={"deviations": alone, "deviations_together": lasting},
    )


def _is_money(held: Histories) -> bool:
    return held.metric.unit is Unit.MONEY and not isinstance(held.metric, Ratio)


def _known(bound: float) -> float | None:
    return float(bound) if np.isfinite(bound) else None
