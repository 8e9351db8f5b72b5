"""Parts of the shop in which a metric holds another level since a day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from zhanggui.calendar import Period
from zhanggui.methods.anomaly import ChangePoint, change_points
from zhanggui.understand.monitoring.detecting.bands import Side
from zhanggui.understand.monitoring.detecting.history import Histories, steps_of
from zhanggui.understand.monitoring.detecting.sighting import Direction, Kind, Sighting

Floats = npt.NDArray[np.float64]

KEPT_DAYS = 91
"""Days before the judged one that are looked at."""
FEWEST_DAYS = 28
LONGEST_DAYS = 21
"""A level that began longer ago is no news."""
SURE_DEVIATIONS = 5.0
"""Standard errors that a new level must lie from the old one: days of one week are less alike than they look."""

_NEAR_DAYS = 4
"""Two changes so near each other are one, seen on two days."""
_WORTH_A_LOOK = 1.5


def level_shifts(
    histories: Histories, days: Period, *, deviations: float = SURE_DEVIATIONS, side: Side = "both"
) -> tuple[Sighting, ...]:
    """Return the days on which it was first seen that a metric holds another level.

    Parameters
    ----------
    histories : Histories
        With thirteen weeks before `days`, or as much as there is; four weeks are needed.
    days : Period
        The days that are judged, each by what came before it and by itself.
    deviations : float
        Standard errors between both levels from which on it is told.
    side : {"up", "down", "both"}
        Which side is told.

    Returns
    -------
    tuple of Sighting
        One for each change, on the day on which it could be told; days of promotions count for nothing.
    """
    labels, _ = histories.occasions
    found: list[Sighting] = []
    for place, values in enumerate(histories.values):
        plain = np.where(labels > 0, np.nan, values)
        found += (
            each for each in _seen(histories, place, plain, days, deviations) if side in ("both", each.direction.value)
        )
    return tuple(found)


def _seen(histories: Histories, place: int, plain: Floats, days: Period, deviations: float) -> Iterator[Sighting]:
    told: list[int] = []
    yesterday: list[int] = []
    # What was told shortly before the first day must not be told again on it.
    early = Period(max(histories.first, histories.day(histories.step(days.first) - LONGEST_DAYS)), days.last)
    for step in steps_of(histories, early):
        changes = _changes(plain, step, deviations)
        for at, change in changes:
            is_new = all(abs(at - other) > _NEAR_DAYS for other in told)
            # On the first days of a new level its beginning is often put too early.
            if is_new and any(abs(at - other) <= 1 for other in yesterday):
                told.append(at)
                if histories.day(step) >= days.first:
                    yield _sighting(histories, place, step, at, change, deviations)
        yesterday = [at for at, _ in changes]


def _changes(plain: Floats, step: int, deviations: float) -> list[tuple[int, ChangePoint]]:
    """Return the recent changes that are seen on a day, each with the column on which it began."""
    begin = max(0, step + 1 - KEPT_DAYS)
    window = plain[begin : step + 1]
    if np.isfinite(window).sum() < FEWEST_DAYS or not _is_worth_a_look(window):
        return []
    found = [(begin + change.step, change) for change in change_points(window)]
    return [(at, change) for at, change in found if step - at < LONGEST_DAYS and abs(change.deviations) >= deviations]


def _is_worth_a_look(window: Floats) -> bool:
    """Return whether the last week differs from the four before at all; most days it does not."""
    last, before = window[-7:], window[-35:-7]
    last, before = last[np.isfinite(last)], before[np.isfinite(before)]
    if len(last) < 4 or len(before) < 14:
        return False
    error = float(before.std()) * np.sqrt(1 / len(last) + 1 / len(before))
    return bool(abs(last.mean() - before.mean()) > _WORTH_A_LOOK * error)


def _sighting(
    histories: Histories, place: int, step: int, since: int, change: ChangePoint, deviations: float
) -> Sighting:
    return Sighting(
        metric=histories.metric.name,
        where=histories.places[place],
        day=histories.day(step),
        kind=Kind.CHANGE_POINT,
        direction=Direction.UP if change.after > change.before else Direction.DOWN,
        value=change.after,
        expected=change.before,
        low=None,
        high=None,
        score=abs(change.deviations) / deviations,
        since=histories.day(since),
        facts={"deviations": change.deviations, "n_days": float(step - since + 1)},
    )
