"""Days that say nothing, and data that should have come by now."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zhanggui.calendar import Period
from zhanggui.understand.monitoring.detecting.bands import SURE
from zhanggui.understand.monitoring.detecting.history import Histories, steps_of
from zhanggui.understand.monitoring.detecting.sighting import Direction, Kind, Sighting

KEPT_DAYS = 28
FEWEST_DAYS = 7
USUAL_SHARE = 0.9
"""A part of the shop speaks every day when it did so on this share of the days before its silence."""


def silent_days(histories: Histories, days: Period, *, after_days: int = 2) -> tuple[Sighting, ...]:
    """Return where a metric fell silent though it speaks every day.

    Parameters
    ----------
    histories : Histories
        Up to the last day on which data is expected, with four weeks before `days`.
    days : Period
        The days that are judged.
    after_days : int, default 2
        Whole silent days after which data is late.

    Returns
    -------
    tuple of Sighting
        A day that is silent between days that speak is missing, and told as that day. A silence of `after_days` is
        told once as late, on the day that completes it, with the day since which it holds. Of counts, silence tells
        only where so many usually come that none cannot be luck.
    """
    found: list[Sighting] = []
    for place in range(len(histories.places)):
        found += _silences(histories, place, days, after_days)
    return tuple(found)


def _silences(histories: Histories, place: int, days: Period, after_days: int) -> Iterator[Sighting]:
    speaks = histories.has_rows[place] & np.isfinite(histories.values[place])
    for step in steps_of(histories, days):
        if speaks[step]:
            continue
        begin = step
        while begin > 0 and not speaks[begin - 1]:
            begin -= 1
        length = step - begin + 1
        usual = _usual(histories, place, begin, speaks)
        if usual is None:
            continue
        is_over = step + 1 < histories.n_days and speaks[step + 1]
        if length == after_days:
            yield _sighting(histories, place, step, Kind.LATE, usual, begin, length)
        elif length < after_days and is_over:
            yield _sighting(histories, place, step, Kind.MISSING, usual, begin, length)


def _usual(histories: Histories, place: int, begin: int, speaks: np.ndarray) -> float | None:
    """Return what a day of the part usually says, or None where it does not speak every day."""
    before = slice(max(0, begin - KEPT_DAYS), begin)
    known = speaks[before]
    if len(known) < FEWEST_DAYS or known.mean() < USUAL_SHARE:
        return None
    usual = float(np.median(histories.values[place, before][known]))
    return None if histories.is_count and histories.is_additive_in_time and usual < SURE else usual


def _sighting(
    histories: Histories, place: int, step: int, kind: Kind, usual: float, begin: int, length: int
) -> Sighting:
    return Sighting(
        metric=histories.metric.name,
        where=histories.places[place],
        day=histories.day(step),
        kind=kind,
        direction=Direction.DOWN,
        value=None,
        expected=usual,
        low=None,
        high=None,
        score=float(length),
        since=histories.day(begin),
        facts={"n_days": float(length)},
    )
