"""Which warehouse an order is promised from, and what cannot be promised at all."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Ints, Keys
from zhanggui.simulate.rows import Column
from zhanggui.simulate.sale.amounts import running_totals
from zhanggui.simulate.sale.baskets import Baskets
from zhanggui.simulate.stores import PLACES, WAREHOUSE_OF_REGION, WAREHOUSES

_OVERSELLING = 0.03
"""Of what is asked for beyond the stock, the part that a platform sells all the same, its figure being late."""
_WAREHOUSE_OF_PLACE = np.array([WAREHOUSE_OF_REGION[place.region] for place in PLACES])


def reserved(
    draws: Draws, baskets: Baskets, keys: Keys, place: Ints, sellable: Ints, sequence: Ints
) -> tuple[Baskets, Ints]:
    """Promise goods in order of time.

    Parameters
    ----------
    draws : Draws
        The world's.
    baskets : Baskets
        What is wanted.
    keys, place : array
        Of each order: its key, and where its buyer lives.
    sellable : array of int, shape (warehouses, SKUs)
        What may be promised.
    sequence : array of int
        Rank of each order in time.

    Returns
    -------
    baskets : Baskets
        What is promised; orders whose lines are all gone are not in it.
    warehouse : array of int
        Of each order.
    """
    n_skus = sellable.shape[1]
    home = _WAREHOUSE_OF_PLACE[place]
    in_time = np.argsort(sequence[baskets.order], kind="stable")
    free = sellable.ravel().copy()
    warehouse = home.copy()
    is_open = np.ones(keys.size, np.bool_)
    for step in range(len(WAREHOUSES)):
        wanted = in_time[is_open[baskets.order[in_time]]]
        if wanted.size == 0:
            break
        at = (home[baskets.order[wanted]] + step) % len(WAREHOUSES)
        cell = at * n_skus + baskets.sku[wanted]
        fits = running_totals(cell, baskets.quantity[wanted]) <= free[cell]
        fails = np.bincount(baskets.order[wanted], ~fits, keys.size) > 0
        is_done = is_open & ~fails
        warehouse[is_done] = (home[is_done] + step) % len(WAREHOUSES)
        taken = wanted[is_done[baskets.order[wanted]]]
        np.subtract.at(free, warehouse[baskets.order[taken]] * n_skus + baskets.sku[taken], baskets.quantity[taken])
        is_open = is_open & fails
    kept = _what_is_left(draws, baskets, keys, is_open, warehouse, free, in_time, n_skus)
    return baskets.where(kept), warehouse


def _what_is_left(
    draws: Draws,
    baskets: Baskets,
    keys: Keys,
    is_open: Column,
    warehouse: Ints,
    free: Ints,
    in_time: Ints,
    n_skus: int,
) -> Column:
    """Return which lines remain of the orders that no warehouse can fill: what their own warehouse has."""
    kept = ~is_open[baskets.order]
    lines = in_time[~kept[in_time]]
    if lines.size:
        cell = warehouse[baskets.order[lines]] * n_skus + baskets.sku[lines]
        fits = running_totals(cell, baskets.quantity[lines]) <= free[cell]
        oversold = draws.uniform("oversold", keys[baskets.order[lines]], baskets.sku[lines]) < _OVERSELLING
        kept[lines] = fits | oversold
    return kept
