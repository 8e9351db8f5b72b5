"""What an order leaves before ads, as far as list prices and costs tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.goods.shelf import Shelf

DISCOUNTS = 0.07
"""Part of the list price that buyers do not pay."""
CHARGES = 0.12
"""Fees, parcels and what returns cost, as a part of what is paid."""
LINES_PER_ORDER = 1.3


@dataclass(frozen=True, slots=True)
class Margin:
    """An average order of a trade in a store.

    Attributes
    ----------
    value_minor : float
        What is paid.
    rate : float
        Part of it that is left when goods, fees, parcels and returns are paid.
    """

    value_minor: float
    rate: float

    @property
    def left_minor(self) -> float:
        """What an order leaves."""
        return self.value_minor * self.rate

    @property
    def break_even(self) -> float:
        """Sales per yuan of ads at which nothing is left: 保本ROI."""
        return 1 / self.rate


def margin_of(shelf: Shelf, store: int, trade: int) -> Margin:
    """Return the margin of what a store sells of a trade, its goods weighed by how popular they are."""
    skus = shelf.sold_in(store)
    own = skus[shelf.trade[skus] == trade]
    weights = shelf.popularity[own]
    paid = float(np.average(shelf.list_minor[own], weights=weights)) * (1 - DISCOUNTS)
    cost = float(np.average(shelf.cost_minor[own], weights=weights))
    return Margin(paid * LINES_PER_ORDER, max(1 - cost / paid - CHARGES, 0.02))
