"""What a buyer finds in each store on a day, and how much of it draws him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Trade
from zhanggui.simulate.rows import Column
from zhanggui.simulate.sale.prices import ELASTICITY
from zhanggui.simulate.stores import STORES, Store

_TRADES = list(Trade)
_ELASTICITY = np.array([ELASTICITY[trade] for trade in _TRADES])
_LOST_WHEN_GONE = 0.6
"""Of those who want what is out of stock, the part that buys nothing else instead."""
_MOST_DRAW = 3.0


@dataclass(frozen=True, slots=True)
class Window:
    """The SKUs of a trade in a store, to be chosen from.

    Attributes
    ----------
    skus : array of int
        What there is.
    limits : array of float
        Cumulated weights of the choice, ending at 1.
    """

    skus: Ints
    limits: Floats

    def pick(self, chances: Floats) -> Ints:
        """Return the SKU that each number of [0, 1) stands for."""
        place = np.minimum(np.searchsorted(self.limits, chances, side="right"), self.skus.size - 1)
        found: Ints = self.skus[place]
        return found


@dataclass(frozen=True, slots=True)
class Display:
    """All windows of a day.

    Attributes
    ----------
    windows : dict
        By store and position in `Trade`.
    draw : array of float, shape (len(STORES), len(Trade))
        How many orders the window draws, as a multiple of an ordinary day: less when hits are sold out or dear.
    asked : array of int, shape (len(STORES), SKUs)
        Price in fen.
    is_there : array of bool, shape (len(STORES), SKUs)
        Whether the store lists the SKU and it may be sold.
    """

    windows: dict[tuple[int, int], Window]
    draw: Floats
    asked: Ints
    is_there: Column


def display_of(
    shelf: Shelf,
    stores: tuple[Store, ...],
    *,
    day: int,
    on: date,
    asked: Ints,
    usual: Ints,
    sellable: Ints,
    levers: Levers,
) -> Display:
    """Return what the stores show on a day.

    Parameters
    ----------
    shelf, stores
        Those of the world.
    day, on : int, date
        The day.
    asked, usual : array of int, shape (len(STORES), SKUs)
        Prices of the day, and those of quiet times.
    sellable : array of int, shape (warehouses, SKUs)
        What may be sold.
    levers : Levers
        Of the day.
    """
    appeal = shelf.appeal(day, on)
    in_stock = sellable.sum(axis=0) > 0
    windows = {}
    draw = np.zeros((len(STORES), len(_TRADES)))
    is_there = np.zeros(asked.shape, np.bool_)
    for store in stores:
        skus = shelf.sold_in(store.number)
        price = np.maximum(asked[store.number, skus], 1) / np.maximum(usual[store.number, skus], 1)
        wanted = appeal[skus] * price ** -_ELASTICITY[shelf.trade[skus]]
        wanted *= _product_pull(levers, shelf, store.number, skus)
        weights = wanted * in_stock[skus]
        is_there[store.number, skus] = (weights > 0) & shelf.is_on_shelf(day)[skus]
        for trade in np.unique(shelf.trade[skus]).tolist():
            own = shelf.trade[skus] == trade
            usually, now, left = appeal[skus][own].sum(), wanted[own].sum(), weights[own].sum()
            if left <= 0:
                continue
            windows[store.number, trade] = Window(skus[own], np.cumsum(weights[own]) / left)
            found = now / usually * (1 - _LOST_WHEN_GONE * (1 - left / now))
            draw[store.number, trade] = min(found, _MOST_DRAW)
    return Display(windows, draw, asked, is_there)


def _product_pull(levers: Levers, shelf: Shelf, store: int, skus: Ints) -> Floats:
    """Return the factor that conversion levers put on single products."""
    whole = levers.amounts(Lever.CONVERSION, skus.size, store=store)
    part = levers.amounts(Lever.CONVERSION, skus.size, store=store, product=shelf.product[skus], sku=skus)
    # Pulls on the whole store are in the visits already; what is left names the product.
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 1.0)
