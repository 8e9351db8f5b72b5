"""The book of stock."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.simulate.records import StockReason
from zhanggui.simulate.supply.stock import Stock

SOME = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=12)


def test_parcels_leave_in_order_until_the_shelf_is_empty() -> None:
    stock = Stock(1, 2)
    stock.bring_in(StockReason.PURCHASE, np.array([0]), np.array([5]), 10)

    taken = stock.take_out(StockReason.SALE, np.array([0, 1, 0, 0]), np.array([3, 1, 4, 1]), 20)

    # 5 units: 3 for the first, 2 of the 4 for the second, none for the third; SKU 1 has none at all.
    assert taken.tolist() == [3, 0, 2, 0]
    assert stock.on_hand.tolist() == [0, 0]


def test_moves_are_numbered_in_order_of_time_and_leave_out_what_did_not_move() -> None:
    stock = Stock(2, 2)
    stock.bring_in(StockReason.PURCHASE, np.array([3]), np.array([5]), 50, purchase=9)
    stock.bring_in(StockReason.RETURN, np.array([0]), np.array([1]), 10, order=7, refund=70)
    stock.take_out(StockReason.SALE, np.array([1]), np.array([1]), 20)

    moves = stock.moves()

    assert moves["move"].tolist() == [0, 1]
    assert moves["at"].tolist() == [10, 50]
    assert moves["warehouse"].tolist() == [0, 1]
    assert moves["sku"].tolist() == [0, 1]
    assert moves["purchase"].tolist() == [-1, 9]
    assert len(stock.moves()) == 0


def test_pre_sales_are_promised_from_what_is_on_order_first() -> None:
    stock = Stock(1, 1)
    stock.bring_in(StockReason.PURCHASE, np.array([0]), np.array([10]), 0)
    stock.on_order += 6
    stock.commit(np.array([0, 0]), np.array([3, 8]), np.array([0, 1]))

    # 10 on hand - 11 promised + 6 of the 8 pre-sold that the order on its way covers.
    assert stock.free.tolist() == [5]
    assert stock.position.tolist() == [5]


def test_what_is_sold_beyond_the_shelf_is_recorded_as_oversold_without_pre_sales() -> None:
    stock = Stock(1, 1)
    stock.bring_in(StockReason.PURCHASE, np.array([0]), np.array([2]), 0)
    stock.commit(np.array([0, 0]), np.array([5, 4]), np.array([0, 1]))

    # 9 promised, of which 4 in advance; 5 - 2 on hand.
    assert stock.levels(0)["oversold"].tolist() == [3]


@given(SOME, SOME)
def test_opening_and_moves_always_give_closing_and_nothing_falls_below_zero(
    came: list[tuple[int, int]], went: list[tuple[int, int]]
) -> None:
    stock = Stock(2, 3)
    for reason, book, notes in (
        (StockReason.PURCHASE, stock.bring_in, came),
        (StockReason.SALE, stock.take_out, went),
    ):
        cells, units = np.array(notes, np.int64).reshape(-1, 2).T
        book(reason, cells, units, 0)

    moves = stock.moves()

    summed = np.bincount(moves["warehouse"] * 3 + moves["sku"], moves["quantity"], minlength=6)
    assert summed.tolist() == stock.on_hand.tolist()
    assert (stock.on_hand >= 0).all()
