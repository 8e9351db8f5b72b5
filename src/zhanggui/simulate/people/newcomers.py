"""What a person is like who is seen for the first time, drawn from his key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.draws import Draws, Ints, Keys
from zhanggui.simulate.options import Trade
from zhanggui.simulate.people.people import NO_DAY, Uplift
from zhanggui.simulate.people.rhythm import rates_and_drops
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.stores import PLACES, Store

_TRADES = list(Trade)
_PLACE_WEIGHTS = np.array([place.weight for place in PLACES])
_SIZE_WEIGHTS = (0.17, 0.3, 0.28, 0.17, 0.08)
_UPLIFT_WEIGHTS = (0.3, 0.32, 0.26, 0.12)
_PEAK_HOURS = {Trade.BEAUTY: 22.0, Trade.FASHION: 21.0, Trade.BABY: 10.0, Trade.HOME: 12.0}
_TRADE_SHARES = {Trade.BEAUTY: 0.3, Trade.FASHION: 0.24, Trade.BABY: 0.26, Trade.HOME: 0.2}


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Who comes, and where.

    Attributes
    ----------
    key : array of uint64
        Their names in random draws.
    store : array of int
        The store at which they are first seen.
    day : array of int
        The day of it.
    registered_at : array of int
        Moment of registering, where the store is the company's own site.
    trade : array of int or None
        What they came for, as a position in ``list(Trade)``; drawn from what the store sells where it is None.
    """

    key: Keys
    store: Ints
    day: Ints
    registered_at: Ints
    trade: Ints | None = None


def trades_of(draws: Draws, keys: Keys, store: Ints, stores: tuple[Store, ...]) -> Ints:
    """Draw what each person buys among the trades of the store at which he is first seen."""
    found = np.zeros(keys.size, np.int64)
    for one in stores:
        own = np.flatnonzero(store == one.number)
        numbers = np.array([_TRADES.index(trade) for trade in one.trades])
        weights = [_TRADE_SHARES[trade] for trade in one.trades]
        found[own] = numbers[draws.pick(weights, "trade", keys[own])]
    return found


def newcomers(draws: Draws, who: Newcomers, stores: tuple[Store, ...]) -> dict[str, npt.NDArray[Any]]:
    """Return the columns of people seen for the first time, before their first order."""
    keys, n = who.key, who.key.size
    trade = trades_of(draws, keys, who.store, stores) if who.trade is None else who.trade
    rate, drop = rates_and_drops(draws, keys, trade)
    is_member = who.registered_at != NEVER
    peak = np.array([_PEAK_HOURS[name] for name in _TRADES])[trade] + 3.0 * draws.normal("hour peak", keys)
    numbers = np.array([store.number for store in stores])
    other = numbers[draws.pick(np.ones(numbers.size), "second store", keys)]
    has_second = (draws.uniform("has second store", keys) < 0.12) & (other != who.store)
    # A mother is found from pregnancy until the child is two and a half.
    baby_age = (draws.uniform("baby age", keys) ** 1.3 * 960 - 60).astype(np.int64)
    has_baby = (trade == _TRADES.index(Trade.BABY)) | (draws.uniform("has baby", keys) < 0.06)
    return {
        "key": keys,
        "home_store": who.store,
        "second_store": np.where(has_second, other, -1),
        "trade": trade,
        "born_day": who.day,
        "rate": rate,
        "drop": drop,
        "value": np.exp(0.38 * draws.normal("value", keys) - 0.38**2 / 2),
        "price_sensitivity": np.exp(0.4 * draws.normal("price sensitivity", keys)),
        "coupon_uplift": draws.pick(_UPLIFT_WEIGHTS, "coupon uplift", keys) + Uplift.PERSUADABLE,
        "size": draws.pick(_SIZE_WEIGHTS, "size", keys),
        "baby_born_day": np.where(has_baby, who.day - baby_age, NO_DAY),
        "place": draws.pick(_PLACE_WEIGHTS, "place", keys),
        "hour_peak": np.mod(peak, 24.0),
        "has_consent": draws.uniform("consent", keys) < 0.72,
        "is_staff": np.zeros(n, np.bool_),
        "is_abuser": draws.uniform("abuser", keys) < 0.012,
        "is_registered_at": who.registered_at,
        "member_no": np.where(is_member, (keys % np.uint64(9 * 10**11)).astype(np.int64) + 10**11, NEVER),
        "wecom_at": np.full(n, NEVER),
        "tier": np.zeros(n, np.int64),
        "n_orders": np.zeros(n, np.int64),
        "last_order_day": np.full(n, NO_DAY),
        "last_sku": np.full(n, -1),
        "is_alive": np.ones(n, np.bool_),
        "next_mission": np.full(n, NEVER),
    }
