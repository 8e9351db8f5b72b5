"""What the warehouses hold on the first morning."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.options import Options
from zhanggui.simulate.stores import PLACES, WAREHOUSE_OF_REGION, WAREHOUSES, Store

_UNITS_PER_ORDER = 1.7
_GIFTS_PER_ORDER = 0.1
_LEAST_COVER_DAYS = 20
_MOST_COVER_DAYS = 60
_DEAD_SHARE = 0.04
_DEAD_COVER_DAYS = 400


def warehouse_shares() -> Floats:
    """Return the part of all buyers that each warehouse serves."""
    shares = np.zeros(len(WAREHOUSES))
    for place in PLACES:
        shares[WAREHOUSE_OF_REGION[place.region]] += place.weight
    found: Floats = shares / shares.sum()
    return found


def expected_units(options: Options, stores: tuple[Store, ...], shelf: Shelf) -> Floats:
    """Return the units that each cell of stock sells on a day out of season, as far as anyone can tell beforehand."""
    units = np.zeros(shelf.skus)
    # What has not come out yet is thought to sell as it will at its height; `appeal` would say nothing of it.
    today = shelf.appeal(0, options.start) / shelf.season(options.start)
    worth = np.where(shelf.launched_day > 0, shelf.popularity, today)
    whole = sum(store.share for store in stores)
    for store in stores:
        skus = shelf.sold_in(store.number)
        orders = options.orders_per_day * store.share / whole
        units[skus] += orders * _UNITS_PER_ORDER * worth[skus] / worth[skus].sum()
    gifts = np.flatnonzero(shelf.is_gift_sku)
    units[gifts] = options.orders_per_day * _GIFTS_PER_ORDER / max(gifts.size, 1)
    return np.asarray(np.outer(warehouse_shares(), units).ravel(), np.float64)


def opening_stock(draws: Draws, shelf: Shelf, expected: Floats) -> Ints:
    """Return the units of each cell: some weeks of sales, and of a few goods far too many.

    Parameters
    ----------
    draws : Draws
        The world's.
    shelf : Shelf
        The goods.
    expected : array of float
        Units a day that each cell is going to sell in the first weeks.
    """
    cells = np.arange(expected.size)
    skus = cells % shelf.skus
    cover = _LEAST_COVER_DAYS + draws.uniform("opening cover", cells) * (_MOST_COVER_DAYS - _LEAST_COVER_DAYS)
    is_dead = draws.uniform("opening dead stock", skus) < _DEAD_SHARE
    units = np.ceil(expected * np.where(is_dead, _DEAD_COVER_DAYS, cover))
    return np.asarray(np.where(shelf.launched_day[skus] <= 0, units, 0), np.int64)
