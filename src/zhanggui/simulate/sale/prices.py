"""Price tags: what each store asks for each SKU on a day."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.actions import Actions
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.options import Platform, Trade
from zhanggui.simulate.records import PRICES
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import STORES, Store

PRICE_LEVELS = {Platform.PINDUODUO: 0.9, Platform.DOUYIN: 0.95}
"""What a platform's stores ask, as a multiple of the list price; 1 elsewhere."""
_MOVES = ((0.10, 0.90), (0.20, 0.95), (0.28, 1.05))
"""Cumulated chances of price moves, and their factors; else the price stays at its level."""
_MOVE_DAYS = 28
_LEAST_MARKUP = 1.06
"""Price over cost below which a store does not go by itself."""

ELASTICITY: dict[Trade, float] = {Trade.BEAUTY: 1.6, Trade.FASHION: 2.0, Trade.BABY: 2.4, Trade.HOME: 1.9}
"""How many percent fewer units one percent more in price leaves, by trade."""


class PriceTags:
    """The prices asked in all stores.

    Parameters
    ----------
    draws, shelf, stores
        Those of the world.

    Attributes
    ----------
    usual : array of int, shape (len(STORES), SKUs)
        Price in fen at which each SKU stands in each store when nothing is on.
    """

    def __init__(self, draws: Draws, shelf: Shelf, stores: tuple[Store, ...]) -> None:
        self._draws = draws
        self._shelf = shelf
        self._stores = stores
        level = np.array([PRICE_LEVELS.get(store.platform, 1.0) for store in STORES])
        self.usual: Ints = np.maximum(np.rint(shelf.list_minor * level[:, None] / 10) * 10, 0).astype(np.int64)
        self._set: dict[tuple[int, int], int] = {}
        self._before: Ints | None = None

    def asked(self, day: int, levers: Levers, actions: Actions) -> Ints:
        """Return the price in fen of each SKU in each store on a day, shape (len(STORES), SKUs)."""
        self._set.update(actions.prices)
        moves = levers.amounts(Lever.PRICE_MOVES, len(STORES), store=np.arange(len(STORES)))
        prices = self.usual * (1 + (self._move(day) - 1) * moves[:, None])
        # Nobody cuts a price below cost, nor near enough for a promotion to take it there, unless it is so always.
        prices = np.maximum(prices, np.minimum(self.usual, _LEAST_MARKUP * self._shelf.costs_on(day)))
        for place, price_minor in self._set.items():
            prices[place] = price_minor
        skus = np.arange(self._shelf.skus)
        for store in self._stores:
            prices[store.number] *= levers.amounts(
                Lever.PRICE, skus.size, store=store.number, sku=skus, product=self._shelf.product
            )
        is_sold = self._shelf.list_minor > 0
        found: Ints = np.where(is_sold, np.maximum(np.rint(prices), 1), 0).astype(np.int64)
        return found

    def changes(self, day: int, asked: Ints) -> Rows:
        """Return the price rows of a day: of all SKUs listed on the first day, of those that changed after it."""
        rows = []
        for store in self._stores:
            skus = self._shelf.sold_in(store.number)
            if self._before is not None:
                skus = skus[asked[store.number, skus] != self._before[store.number, skus]]
            rows.append(
                Rows(
                    PRICES,
                    day=np.full(skus.size, day),
                    store=store.number,
                    sku=skus,
                    price_minor=asked[store.number, skus],
                    list_minor=self._shelf.list_minor[skus],
                )
            )
        self._before = asked
        return Rows.together(PRICES, rows)

    def _move(self, day: int) -> Floats:
        """Return the factor of the four-weekly price moves; products change on days of their own."""
        stores = np.arange(len(STORES))[:, None]
        product = self._shelf.product
        offset = (self._draws.uniform("price move day", product) * _MOVE_DAYS).astype(np.int64)
        drawn = self._draws.uniform("price move", stores, product, (day + offset) // _MOVE_DAYS)
        factor = np.ones(drawn.shape)
        for chance, moved in reversed(_MOVES):
            factor = np.where(drawn < chance, moved, factor)
        return factor
