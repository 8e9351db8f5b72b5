"""Planted faults as bands see them: the daily figure of each fault's own part of the shop, and that of a calm twin."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tests.simulate.plants.deviations import MEANS, MEASURES

from zhanggui.methods.anomaly import seasonal_bands
from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.faults import Fault
from zhanggui.simulate.world import World
from zhanggui.understand.monitoring.detecting.bands import WIDTH, lasting_deviations
from zhanggui.understand.monitoring.detecting.history import occasions_of

Floats = npt.NDArray[np.float64]

DAYS = 180
NOT_BANDS = frozenset({"unit_price", "lead_days"})
"""A price is one number and no daily figure; deliveries of a supplier come a few times a month."""
COUNTS = frozenset(
    {
        "orders_paid", "orders_created", "purchase_events", "units_sold", "sessions", "refunds", "visitors",
        "step_passes", "bad_reviews", "click_rate",
    }
)  # fmt: skip
EVENT_DAYS = 2
"""Days so near each other are one alarm."""


@dataclass(frozen=True)
class Watched:
    """One fault, and whether each day of its figure left its band on the fault's side, with it and without it."""

    fault: Fault
    with_fault: npt.NDArray[np.bool_]
    calm: npt.NDArray[np.bool_]
    n_judged: int

    def is_found(self, within_days: int) -> bool:
        """Tell whether the fault was seen on its first day or so many days later, while it lasted."""
        last = min(self.fault.first_day + within_days, self.fault.last_day)
        return bool(self.with_fault[self.fault.first_day : last + 1].any())

    @property
    def n_false(self) -> int:
        """Alarms of the calm twin; neighbouring days are one."""
        days = np.flatnonzero(self.calm)
        return int(len(days) > 0) + int((np.diff(days) > EVENT_DAYS).sum())


def watched(seed: int, *, width: float = WIDTH) -> Iterator[Watched]:
    """Live through a world and through its twin without any fault, and watch the figure of every fault in both."""
    world, calm = World(Options(days=DAYS, seed=seed)), World(Options(days=DAYS, seed=seed))
    planted = [pull for fault in world.plan.faults for pull in fault.pulls]
    calm.plan = copy(calm.plan)
    calm.plan.pulls = tuple(pull for pull in calm.plan.pulls if pull not in planted)
    faults = [each for each in world.plan.faults if each.metric in MEASURES and each.metric not in NOT_BANDS]
    lived: list[tuple[list[tuple[float, float]], list[tuple[float, float]]]] = [([], []) for _ in faults]
    for _ in range(DAYS):
        for side, own in enumerate((world, calm)):
            records = own.step()
            for fault, figures in zip(faults, lived, strict=True):
                figures[side].append(MEASURES[fault.metric](own, fault, records))
    for fault, (told, calmly_told) in zip(faults, lived, strict=True):
        seen, _ = _outside(world, fault, np.array(told), width)
        false, n_judged = _outside(world, fault, np.array(calmly_told), width)
        yield Watched(fault, seen, false, n_judged)


def _outside(world: World, fault: Fault, figures: Floats, width: float) -> tuple[npt.NDArray[np.bool_], int]:
    total, number = figures[:, 0], figures[:, 1]
    is_mean = fault.metric in MEANS
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(number > 0, total / number, np.nan) if is_mean else total
    labels, spreads = occasions_of(world.start, DAYS, is_promoted="discount" in fault.metric)
    found = seasonal_bands(
        values,
        exposures=number if is_mean else None,
        labels=labels,
        spreads=spreads,
        is_count=fault.metric in COUNTS,
        first=DAYS - 1,
    ).deviations
    side = np.sign(fault.change)
    lasting = lasting_deviations(found[None, :])[0]
    with np.errstate(invalid="ignore"):
        is_out = (found * side > width) | ((lasting * side > width) & np.isfinite(found))
    return is_out, int(np.isfinite(found).sum())
