"""Those who were customers before the world began, with what they had bought by then."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.people.missions import FAR_DAYS
from zhanggui.simulate.people.newcomers import Newcomers, newcomers
from zhanggui.simulate.people.people import People
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.stores import Store

HISTORY_DAYS = 420
"""For so long the company has been in business when the world begins."""
_REMEMBERED_DAYS = 200
"""Of those who stopped for good, people keep whom they saw within so many days."""
_MOST_ORDERS = 400
_DAY = 86_400


def earlier_customers(
    draws: Draws,
    people: People,
    stores: tuple[Store, ...],
    first_orders: dict[tuple[int, int], float],
    first_midnight: int,
) -> tuple[Ints, Ints]:
    """Add the customers of the days before the world.

    Parameters
    ----------
    draws, people, stores
        Those of the world.
    first_orders : dict
        First paid orders a day by store and position in `Trade`.
    first_midnight : int
        The moment at which the world begins.

    Returns
    -------
    who, at : array of int
        Those who are still customers, and the moments of their next missions.
    """
    found, moments = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    own_site = {store.number for store in stores if store.platform == "own_site"}
    for (store, trade), a_day in first_orders.items():
        n = round(a_day * HISTORY_DAYS)
        keys = draws.key("earlier customer", store, trade, np.arange(n))
        born = -HISTORY_DAYS * draws.uniform("first order", keys)
        day = np.floor(born).astype(np.int64)
        registered = first_midnight + (born * _DAY).astype(np.int64) if store in own_site else np.full(n, NEVER)
        who = Newcomers(keys, np.full(n, store), day, registered, np.full(n, trade))
        columns = newcomers(draws, who, stores)
        n_orders, last, coming = _lived(draws, keys, born, columns["rate"], columns["drop"])
        kept = (coming >= 0) | (last >= -_REMEMBERED_DAYS)
        columns |= {
            "n_orders": n_orders,
            "last_order_day": np.floor(last).astype(np.int64),
            "is_alive": coming >= 0,
        }
        added = people.add(**{name: values[kept] for name, values in columns.items()})
        is_coming = coming[kept] >= 0
        found.append(added[is_coming])
        moments.append(first_midnight + (coming[kept][is_coming] * _DAY).astype(np.int64))
    return np.concatenate(found), np.concatenate(moments)


def _lived(draws: Draws, keys: Keys, born: Floats, rate: Floats, drop: Floats) -> tuple[Ints, Floats, Floats]:
    """Return orders so far, the day of the last, and the day of the next order or -1 for those who stopped."""
    n_orders = np.ones(keys.size, np.int64)
    last, coming = born.copy(), np.full(keys.size, -1.0)
    open_ = np.arange(keys.size)
    for nth in range(_MOST_ORDERS):
        open_ = open_[draws.uniform("earlier dropout", keys[open_], nth) >= drop[open_]]
        if open_.size == 0:
            break
        again = last[open_] + draws.exponential("earlier gap", keys[open_], nth) / rate[open_]
        again = np.minimum(again, FAR_DAYS)
        is_past = again < 0
        coming[open_[~is_past]] = again[~is_past]
        open_ = open_[is_past]
        last[open_] = again[is_past]
        n_orders[open_] += 1
    return n_orders, last, coming
