"""What happens to stock without any order: breakage, transfers between warehouses, counts and their corrections."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import FRESH_CATEGORIES, Shelf
from zhanggui.simulate.records import COUNTS, StockReason
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.supply.stock import Stock

COUNT_DAY = 25
"""Day of the month on whose evening all warehouses are counted."""
TRANSFER_DAYS = 3
"""How long goods are on the road between two warehouses."""
_HOUR = 3_600
_BROKEN_PER_DAY = 0.000_15
_SPOILT_PER_DAY = 0.004
_MISCOUNT_SHARE = 0.025
_SHORT_COVER_DAYS, _LONG_COVER_DAYS = 5.0, 40.0
_KEPT_COVER_DAYS, _GIVEN_COVER_DAYS = 25.0, 14.0


def daily_loss(shelf: Shelf) -> Floats:
    """Return the share of each SKU's stock that breaks or goes bad in a day."""
    fresh = [number for number in range(len(shelf.families)) if shelf.category_name(number) in FRESH_CATEGORIES]
    return np.where(np.isin(shelf.category, fresh), _SPOILT_PER_DAY, _BROKEN_PER_DAY)


def lose_some(stock: Stock, draws: Draws, loss: Floats, records: DayRecords) -> None:
    """Take out what broke or went bad during the day."""
    cells = np.flatnonzero(stock.on_hand)
    expected = stock.on_hand[cells] * loss[cells % stock.n_skus]
    # Whole units: the part of a unit that is left over is one unit with that chance.
    units = np.floor(expected + draws.uniform("breakage", records.day, cells)).astype(np.int64)
    some = units > 0
    stock.take_out(StockReason.DAMAGE, cells[some], units[some], records.midnight + 18 * _HOUR)


def level_warehouses(stock: Stock, level: Floats, records: DayRecords) -> tuple[Ints, Ints]:
    """Send goods from the fullest warehouse to the emptiest; return what arrives where in `TRANSFER_DAYS`."""
    n_skus = stock.n_skus
    free = np.maximum(stock.on_hand - stock.committed, 0).reshape(-1, n_skus)
    coming = stock.on_order.reshape(-1, n_skus)
    daily = np.maximum(level.reshape(-1, n_skus), 1e-6)
    cover = (free + coming) / daily
    sku = np.arange(n_skus)
    taker, giver = cover.argmin(axis=0), (free / daily).argmax(axis=0)
    spare = free[giver, sku] - np.ceil(_KEPT_COVER_DAYS * daily[giver, sku])
    wanted = np.ceil(_GIVEN_COVER_DAYS * daily[taker, sku]) - free[taker, sku]
    units = np.minimum(spare, wanted).astype(np.int64)
    is_uneven = (cover[taker, sku] < _SHORT_COVER_DAYS) & (free[giver, sku] > _LONG_COVER_DAYS * daily[giver, sku])
    chosen = np.flatnonzero(is_uneven & (units > 0) & (taker != giver))
    goes_to = taker[chosen] * n_skus + chosen
    comes_from = giver[chosen] * n_skus + chosen
    stock.take_out(StockReason.TRANSFER, comes_from, units[chosen], records.midnight + 20 * _HOUR)
    np.add.at(stock.on_order, goes_to, units[chosen])
    return goes_to, units[chosen]


def count_stock(stock: Stock, draws: Draws, records: DayRecords, first_number: int) -> Rows:
    """Count every cell that has stock, correct the book, and return the count sheets (one per warehouse)."""
    cells = np.flatnonzero(stock.on_hand)
    book = stock.on_hand[cells].copy()
    is_wrong = draws.uniform("miscount", records.day, cells) < _MISCOUNT_SHARE
    # More is missing than turns up, and more in large heaps than in small ones.
    size = 1 + np.floor(draws.exponential("miscount size", records.day, cells) * (0.5 + book * 0.005)).astype(np.int64)
    sign = np.where(draws.uniform("miscount sign", records.day, cells) < 0.7, -1, 1)
    counted = np.maximum(np.where(is_wrong, book + sign * size, book), 0)
    evening = records.midnight + 21 * _HOUR
    more, less = counted > book, counted < book
    stock.bring_in(StockReason.ADJUST, cells[more], (counted - book)[more], evening + _HOUR)
    stock.take_out(StockReason.ADJUST, cells[less], (book - counted)[less], evening + _HOUR)
    return Rows(
        COUNTS,
        count=first_number + cells // stock.n_skus,
        warehouse=cells // stock.n_skus,
        sku=cells % stock.n_skus,
        counted_at=evening,
        book_quantity=book,
        counted_quantity=counted,
    )
