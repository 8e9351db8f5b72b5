"""The shop's own buyer: a fixed rule that a clerk could follow.

Every cell of stock has a reorder point: the demand expected until goods ordered now are there, and a safety stock. When
all warehouses together fall to theirs, each is filled up to last `COVER_DAYS` longer; what lies in the wrong warehouse
is moved, not bought again. A SKU is bought in whole cases, what is left of a case goes to the warehouse that is soonest
empty, and a supplier gets no order under his least quantity unless a shelf is empty.
"""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.levers import Lever, Levers
from zhanggui.simulate.rows import Column
from zhanggui.simulate.supply.stock import Stock

COVER_DAYS = 21
"""For how many days an order is meant to last."""
REVIEW_DAYS = 3
"""A supplier is looked at every so many days."""
SAFETY = 1.64
"""Standard deviations of demand held as safety stock: 19 of 20 lead times pass without a stock-out."""
_MEMORY = 0.06
"""Weight of the newest day in the smoothed demand: a memory of about three weeks."""


class Buyer:
    """Decides what to buy.

    Parameters
    ----------
    draws : Draws
        Spread the suppliers over the days of review.
    shelf : Shelf
        Who delivers what.
    expected : array of float
        Units a day out of season that each cell is thought to sell before anything is known.

    Attributes
    ----------
    level : array of float
        Units a day out of season that each cell sells, as far as the buyer has learnt.
    """

    def __init__(self, draws: Draws, shelf: Shelf, expected: Floats) -> None:
        self._shelf = shelf
        self.level = expected.copy()
        self._sku = np.arange(expected.size) % shelf.skus
        self._warehouse = np.arange(expected.size) // shelf.skus
        self._category, self._trade, self._size = (
            column[self._sku] for column in (shelf.category, shelf.trade, shelf.size)
        )
        self._supplier = shelf.supplier[self._sku]
        suppliers = shelf.suppliers
        self._lead = np.array([each.lead_days for each in suppliers])[self._supplier] + REVIEW_DAYS
        self._lead_spread = np.array([each.lead_spread_days for each in suppliers])[self._supplier]
        self._case = np.array([each.case_units for each in suppliers], np.int64)[shelf.supplier]
        self._least = np.array([each.least_units for each in suppliers], np.int64)
        turn = draws.uniform("buyer turn", np.arange(len(suppliers))) * REVIEW_DAYS
        self._turn = turn.astype(np.int64)[self._supplier]

    def learn(self, sold: Ints, season: Floats, day: int) -> None:
        """Take in what each cell sold on a day whose season made a category's demand `season` times the ordinary."""
        seen = self._shelf.is_on_shelf(day)[self._sku]
        self.level += np.where(seen, _MEMORY * (sold / season[self._category] - self.level), 0.0)

    def orders(self, stock: Stock, day: int, ahead: Floats, levers: Levers) -> Ints:
        """Return how many units of each cell to order now.

        Parameters
        ----------
        stock : Stock
            As it stands.
        day : int
            Today.
        ahead : array of float, shape (n_categories, n_days)
            Season of each day to come: what a calendar of promotions and of the year tells any buyer.
        levers : Levers
            Of the day: the stock that is kept may be told to be more or less.
        """
        cover = levers.amounts(
            Lever.COVER, self._sku.size, warehouse=self._warehouse, trade=self._trade, size=self._size
        )
        summed = np.cumsum(ahead, axis=1)
        until_there = self._need(summed, self._lead)
        spread = np.sqrt(until_there + (self.level * self._lead_spread) ** 2)
        reorder_point = until_there + SAFETY * spread * cover
        target = self._need(summed, self._lead + COVER_DAYS * cover) + SAFETY * spread * cover
        is_short = self._of_all(stock.position) <= self._of_all(reorder_point)
        is_due = (self._turn == day % REVIEW_DAYS) & is_short & self._is_bought(day)
        quantity = np.where(is_due, np.ceil(np.maximum(target - stock.position, 0)), 0).astype(np.int64)
        quantity = self._in_cases(quantity, stock.position)
        total = np.bincount(self._supplier, quantity, minlength=self._least.size)
        is_urgent = np.bincount(self._supplier, is_due & (stock.position <= 0), minlength=self._least.size) > 0
        quantity[((total < self._least) & ~is_urgent)[self._supplier]] = 0
        return quantity

    def _of_all(self, amounts: Ints | Floats) -> Ints | Floats:
        """Return for each cell the sum over all warehouses."""
        return np.asarray(amounts.reshape(-1, self._shelf.skus).sum(axis=0)[self._sku])

    def _in_cases(self, quantity: Ints, position: Ints) -> Ints:
        by_warehouse = quantity.reshape(-1, self._shelf.skus)
        over = -by_warehouse.sum(axis=0) % self._case
        lasts = (position.reshape(by_warehouse.shape) + by_warehouse) / np.maximum(
            self.level.reshape(by_warehouse.shape), 1e-6
        )
        by_warehouse[lasts.argmin(axis=0), np.arange(self._shelf.skus)] += over
        return by_warehouse.ravel()

    def _need(self, summed: Floats, days: Floats) -> Floats:
        """Return the units that each cell is expected to sell in its next `days`."""
        last = np.clip(days.astype(np.int64), 1, summed.shape[1]) - 1
        return np.asarray(self.level * summed[self._category, last], np.float64)

    def _is_bought(self, day: int) -> Column:
        """Tell which cells are worth an order: not long before the goods come out, nor when they are to leave."""
        launched, retired = self._shelf.launched_day[self._sku], self._shelf.retired_day[self._sku]
        comes = day >= launched - self._lead
        stays = (retired < 0) | (day < retired - COVER_DAYS)
        return np.asarray(comes & stays, np.bool_)
