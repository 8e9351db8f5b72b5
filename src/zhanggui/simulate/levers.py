"""What may differ from an ordinary day, and by how much: planted events and actions pull the same levers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

ANY = -1
"""In a pull: wherever the lever has this dimension, all of it."""


class Lever(StrEnum):
    """A thing that can be turned; the unit says what a pull's `amount` means."""

    VISITORS = "visitors"  # factor on first-time visitors; store, channel, ad_group, creative
    CONVERSION = (
        "conversion"  # factor on the chance that a visit or a mission ends in an order; store, channel, product, region
    )
    PAYMENT = "payment"  # factor on the chance that an order is paid; store, region
    STEP_PASS = "step_pass"  # factor on passing a step of the own site; step, trade
    TRACKING = "tracking"  # share of own-site purchase events that are lost; store
    BOTS = "bots"  # bot sessions per human session on the own site; channel
    PRICE = "price"  # factor on the price asked; store, sku
    PRICE_MOVES = "price_moves"  # factor on how far a store's own price moves go (0: they stand still); store
    COUPON = "coupon"  # factor on what the store's own coupons take off; store
    SHIP_DELAY = "ship_delay"  # hours added before shipping; store, region, warehouse
    TRANSIT_DELAY = "transit_delay"  # hours added on the road; region, carrier
    RETURNS = "returns"  # factor on the chance of a refund; store, product, sku, trade, size
    SUPPLY = "supply"  # factor on what may be sold from stock (0: off the shelf); warehouse, sku
    LEAD_TIME = "lead_time"  # days added to a supplier's delivery; supplier
    CLICK_RATE = "click_rate"  # factor on clicks per impression; ad_group, creative
    CLICK_COST = "click_cost"  # factor on cost per click; ad_group, creative
    BUDGET = "budget"  # factor on the day's ad budget; ad_group
    BASKET = "basket"  # factor on further items in a basket; store, trade
    REPURCHASE = "repurchase"  # factor on how soon a buyer comes back; store, trade, region
    DROPOUT = "dropout"  # factor on the chance that a buyer never comes back after an order; store, trade
    REPLY_TIME = "reply_time"  # factor on time to first reply; store
    QUALITY = "quality"  # factor on bad reviews; product, sku
    COVER = (
        "cover"  # factor on the days of sales and the safety stock that the shop's buyer keeps; warehouse, trade, size
    )
    RETURN_GAP = "return_gap"  # factor on the days until somebody who left the own site comes again; trade


@dataclass(frozen=True, slots=True)
class Pull:
    """One lever pulled on one part of the world for some days.

    Attributes
    ----------
    lever : Lever
        What is turned.
    amount : float
        How far, in the lever's unit.
    first_day, last_day : int
        Days on which it holds, both included.
    at : mapping of str to int
        The part that it touches, such as ``{"store": 2, "channel": 5}``; what is not named is touched in full.
    """

    lever: Lever
    amount: float
    first_day: int
    last_day: int
    at: dict[str, int] = field(default_factory=dict)

    @property
    def n_days(self) -> int:
        """Number of days on which it holds."""
        return self.last_day - self.first_day + 1


_ADDED = frozenset({Lever.TRACKING, Lever.BOTS, Lever.SHIP_DELAY, Lever.TRANSIT_DELAY, Lever.LEAD_TIME})
"""Levers whose pulls add up from 0; those of all others multiply from 1."""


class Levers:
    """All pulls of one day.

    Parameters
    ----------
    pulls : iterable of Pull
        Those of the day; pulls of the same lever combine.
    """

    def __init__(self, pulls: Iterable[Pull] = ()) -> None:
        self._pulls: dict[Lever, list[Pull]] = {}
        for pull in pulls:
            self._pulls.setdefault(pull.lever, []).append(pull)

    @classmethod
    def of_day(cls, day: int, pulls: Iterable[Pull]) -> Levers:
        """Return those of `pulls` that hold on a day."""
        return cls(pull for pull in pulls if pull.first_day <= day <= pull.last_day)

    def amounts(self, lever: Lever, size: int, /, **parts: npt.NDArray[np.int64] | int) -> npt.NDArray[np.float64]:
        """Return how far a lever is turned for each of `size` things.

        Parameters
        ----------
        lever : Lever
            Which.
        size : int
            How many things.
        **parts : array of int or int
            What each thing is in each dimension (``store=…, channel=…``). A pull on a dimension that is not given
            here does not touch the things.
        """
        is_added = lever in _ADDED
        combine: Callable[..., npt.NDArray[np.float64]] = np.add if is_added else np.multiply
        amounts = np.full(size, 0.0 if is_added else 1.0)
        for pull in self._pulls.get(lever, ()):
            touched = np.ones(size, np.bool_)
            for dimension, value in pull.at.items():
                if value != ANY:
                    touched &= np.asarray(parts.get(dimension, NOWHERE)) == value
            amounts[touched] = combine(amounts[touched], pull.amount)
        return amounts


NOWHERE = -2
"""Matches no pull."""
