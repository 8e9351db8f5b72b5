"""Missions that campaigns add or take away, filed under the day on which they would be made."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.campaigns.nudges import NUDGE_COLUMNS
from zhanggui.simulate.diary import Diary
from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.rows import NEVER

_WHOLE = 1_000_000


class Wishes:
    """Changes in people's wish to buy on days to come."""

    def __init__(self) -> None:
        self._diary = Diary(*NUDGE_COLUMNS)

    def more(self, days: Ints, people: Ints, message: Ints | int = NEVER) -> None:
        """Let each of these people set out on one mission more on a day, to the credit of a message."""
        self._write(days, people, _WHOLE, message)

    def fewer(self, first_day: int, n_days: int, people: Ints, loss: Floats) -> None:
        """Let people leave out this part of their own missions on each of some days."""
        extra_ppm = -np.rint(loss * _WHOLE).astype(np.int64)
        for day in range(first_day, first_day + n_days):
            self._write(day, people, extra_ppm, NEVER)

    def take(self, day: int) -> dict[str, Ints]:
        """Return what holds on a day, in the columns of nudges."""
        return self._diary.take(day)

    def _write(self, days: Ints | int, people: Ints, extra_ppm: Ints | int, message: Ints | int) -> None:
        self._diary.write(
            days,
            person=people,
            extra_ppm=extra_ppm,
            coupon=NEVER,
            store=NEVER,
            value_minor=0,
            least_minor=0,
            message=message,
        )
