"""Gifts: which orders get one, and what it is."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.goods import Shelf
from zhanggui.simulate.options import Trade
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.sale.amounts import summed
from zhanggui.simulate.sale.baskets import Baskets

_GIFT_FROM_MINOR: dict[Trade, int] = {
    Trade.BEAUTY: 25_900,
    Trade.FASHION: 39_900,
    Trade.BABY: 39_900,
    Trade.HOME: 29_900,
}
"""List value from which an order gets a gift of its trade."""
_GIFT_SHARE = 0.6


def with_gifts(
    draws: Draws, shelf: Shelf, intents: Rows, baskets: Baskets, asked: Ints, warehouse: Ints, sellable: Ints
) -> Baskets:
    """Return the baskets, those of dear orders with a gift as their last line, while there are gifts."""
    order, n = baskets.order, len(intents)
    value = summed(order, asked[intents["store"][order], baskets.sku] * baskets.quantity, n)
    is_dear = value >= np.array([_GIFT_FROM_MINOR[trade] for trade in Trade])[intents["trade"]]
    gets = is_dear & (draws.uniform("gift", intents["order_key"]) < _GIFT_SHARE)
    gift = np.full(n, -1)
    for trade in range(len(Trade)):
        skus = np.flatnonzero(shelf.is_gift_sku & (shelf.trade == trade))
        here = np.flatnonzero(gets & (intents["trade"] == trade))
        if skus.size:
            gift[here] = skus[draws.pick(np.ones(skus.size), "which gift", intents["order_key"][here])]
    given: Column = (gift >= 0) & (sellable[warehouse, np.maximum(gift, 0)] > 0)
    lines = np.concatenate([order, np.flatnonzero(given)])
    arranged = np.argsort(lines, kind="stable")
    sku = np.concatenate([baskets.sku, gift[given]])[arranged]
    quantity = np.concatenate([baskets.quantity, np.ones(int(given.sum()), np.int64)])[arranged]
    return Baskets(lines[arranged], sku, quantity)
