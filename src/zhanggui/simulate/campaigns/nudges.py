"""What campaigns change in people's wish to buy on one day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.rows import NEVER

NUDGE_COLUMNS = ("person", "extra_ppm", "coupon", "store", "value_minor", "least_minor", "message")
"""Columns of a note of what holds on a day; `extra_ppm` is millionths of a mission."""


@dataclass(frozen=True, slots=True)
class Nudges:
    """One row per person who is nudged today.

    Attributes
    ----------
    person : array of int
        Each once, ascending.
    extra_missions : array of float
        Missions that he sets out on besides his own: 1 is one for certain, 0.2 one with that chance. Negative: the
        chance that a mission of his own is not made today.
    coupon : array of int
        A coupon that he holds today, or `NEVER`: it takes `coupon_value_minor` off his first order of the day that
        comes to `coupon_least_minor` or more.
    coupon_store : array of int
        Where it can be used, or `NEVER` for everywhere.
    coupon_value_minor, coupon_least_minor : array of int
        What it is worth, from how much on.
    message : array of int
        The message that gets the credit for an order of today, or `NEVER`.
    """

    person: Ints
    extra_missions: Floats
    coupon: Ints
    coupon_store: Ints
    coupon_value_minor: Ints
    coupon_least_minor: Ints
    message: Ints

    @classmethod
    def none(cls) -> Nudges:
        """Return no nudges."""
        nothing = np.empty(0, np.int64)
        return cls(nothing, nothing.astype(np.float64), nothing, nothing, nothing, nothing, nothing)

    @classmethod
    def of_notes(cls, notes: dict[str, Ints]) -> Nudges:
        """Return notes put together by person: extras add up, the most valuable coupon and the last message count."""
        if notes["person"].size == 0:
            return cls.none()
        people, which = np.unique(notes["person"], return_inverse=True)
        extra = np.bincount(which, notes["extra_ppm"], minlength=people.size) / 1e6
        dearest = np.lexsort((notes["coupon"], notes["value_minor"], which))
        best = dearest[np.searchsorted(which[dearest], np.arange(people.size), side="right") - 1]
        newest = np.lexsort((notes["message"], which))
        last = newest[np.searchsorted(which[newest], np.arange(people.size), side="right") - 1]
        has_coupon = notes["coupon"][best] != NEVER
        return cls(
            person=people,
            extra_missions=np.maximum(extra, -1.0),
            coupon=notes["coupon"][best],
            coupon_store=notes["store"][best],
            coupon_value_minor=np.where(has_coupon, notes["value_minor"][best], 0),
            coupon_least_minor=np.where(has_coupon, notes["least_minor"][best], 0),
            message=notes["message"][last],
        )
