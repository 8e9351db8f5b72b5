"""The shop's own buyer."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.goods import Shelf, shelf_of
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.records import StockReason
from zhanggui.simulate.stores import stores_of
from zhanggui.simulate.supply.buyer import REVIEW_DAYS, Buyer
from zhanggui.simulate.supply.stock import Stock

HOME = Options(trades=(Trade.HOME,))
DRAWS = Draws(HOME.seed)
SHELF: Shelf = shelf_of(HOME, DRAWS, stores_of(HOME))
N_CELLS = 3 * SHELF.skus


def bought(level: float, on_hand: int, ahead: float = 1.0) -> Ints:
    """All that is ordered in one round of reviews of a shop whose every cell sells and holds the same."""
    return ordered(np.full(N_CELLS, level), np.full(N_CELLS, on_hand), ahead)


def ordered(level: Floats, on_hand: Ints, ahead: float = 1.0) -> Ints:
    stock = Stock(3, SHELF.skus)
    stock.bring_in(StockReason.PURCHASE, np.arange(N_CELLS), on_hand, 0)
    buyer = Buyer(DRAWS, SHELF, level)
    season = np.full((len(SHELF.families), 150), ahead)
    total = np.zeros(N_CELLS, np.int64)
    for day in range(REVIEW_DAYS):
        total += buyer.orders(stock, day, season, Levers())
    return total


def test_full_shelves_are_left_alone() -> None:
    assert bought(level=2.0, on_hand=10_000).sum() == 0


def test_low_shelves_are_filled_in_whole_cases() -> None:
    cases = np.array([supplier.case_units for supplier in SHELF.suppliers])[SHELF.supplier]

    by_sku = bought(level=2.0, on_hand=5).reshape(3, -1).sum(axis=0)

    assert (by_sku % cases == 0).all()
    on_sale = SHELF.is_on_shelf(0) & (SHELF.retired_day < 0)
    assert (by_sku[on_sale] > 0).all()


def test_a_promotion_ahead_is_bought_for() -> None:
    assert bought(level=2.0, on_hand=60, ahead=3.0).sum() > 2 * bought(level=2.0, on_hand=60).sum()


def test_a_supplier_gets_no_order_below_his_least_quantity_unless_a_shelf_is_empty() -> None:
    steady = int(np.flatnonzero((SHELF.launched_day < 0) & (SHELF.retired_day < 0))[0])
    level = np.full(N_CELLS, 0.001)
    everywhere = steady + SHELF.skus * np.arange(3)
    level[everywhere] = 0.05
    on_hand = np.full(N_CELLS, 1_000)

    on_hand[everywhere] = 1
    assert ordered(level, on_hand).sum() == 0

    on_hand[everywhere] = 0
    assert 0 < ordered(level, on_hand).sum() < SHELF.suppliers[SHELF.supplier[steady]].least_units


def test_what_lies_in_another_warehouse_is_not_bought_again() -> None:
    on_hand = np.full((3, SHELF.skus), 5)
    on_hand[0] = 10_000

    assert ordered(np.full(N_CELLS, 2.0), on_hand.ravel()).sum() == 0


def test_demand_is_learnt_out_of_season() -> None:
    buyer = Buyer(DRAWS, SHELF, np.full(N_CELLS, 1.0))
    for day in range(100):
        buyer.learn(np.full(N_CELLS, 6), np.full(len(SHELF.families), 2.0), day)

    # Six a day in a season of twice the ordinary are three a day; 0.94 ** 100 of the first guess is left.
    seen = np.tile(SHELF.is_on_shelf(0) & (SHELF.retired_day < 0), 3)
    assert np.allclose(buyer.level[seen], 3.0, atol=2.0 * 0.94**100 + 1e-9)
