"""The warehouses over fifty days of trade."""

from __future__ import annotations

import numpy as np
from tests.simulate.conftest import Lived

from zhanggui.simulate.actions import NOTHING, Actions
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.levers import Lever, Levers, Pull
from zhanggui.simulate.options import Options
from zhanggui.simulate.records import (
    COUNTS,
    LINES,
    ORDERS,
    PURCHASES,
    REFUNDS,
    STOCK_LEVELS,
    STOCK_MOVES,
    OrderKind,
    StockReason,
)
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.world import World

DAY = 86_400
SMALL = Options(days=12, orders_per_day=60, seed=5)


def cells(rows: Rows, n_skus: int) -> Ints:
    found: Ints = rows["warehouse"] * n_skus + rows["sku"]
    return found


def summed(keys: Ints, units: Ints) -> tuple[Ints, Ints]:
    """Each key once, and the sum of its units."""
    found, place = np.unique(keys, return_inverse=True)
    return found, np.bincount(place, units, found.size).astype(np.int64)


def test_opening_and_in_and_out_give_closing_for_every_sku_warehouse_and_day(lived: Lived) -> None:
    n_skus = lived.world.shelf.skus
    standing = np.zeros(3 * n_skus, np.int64)
    for records in lived.days:
        moves, levels = records[STOCK_MOVES], records[STOCK_LEVELS]
        assert ((moves["at"] - records.midnight) // DAY == 0).all()
        np.add.at(standing, cells(moves, n_skus), moves["quantity"])
        assert np.array_equal(standing[cells(levels, n_skus)], levels["on_hand"])


def test_stock_is_never_negative_and_what_is_promised_beyond_it_is_recorded(lived: Lived) -> None:
    levels = lived.all(STOCK_LEVELS)

    assert (levels["on_hand"] >= 0).all()
    assert (levels["committed"] >= 0).all()
    assert (levels["on_order"] >= 0).all()
    assert (levels["oversold"] <= np.maximum(levels["committed"] - levels["on_hand"], 0)).all()
    assert levels["oversold"].sum() > 0


def test_every_return_belongs_to_a_refund_of_its_order_and_sku(lived: Lived) -> None:
    moves, refunds = lived.all(STOCK_MOVES), lived.all(REFUNDS)
    returns = moves.where(moves["reason"] == StockReason.RETURN)
    place = np.searchsorted(refunds["refund"], returns["refund"])

    assert len(returns) > 50
    assert np.array_equal(refunds["refund"][place], returns["refund"])
    assert np.array_equal(refunds["order"][place], returns["order"])
    assert np.array_equal(refunds["returned_at"][place], returns["at"])


def test_what_should_have_left_has_left_unless_its_shelf_is_empty(lived: Lived) -> None:
    n_skus = lived.world.shelf.skus
    orders, lines, moves = lived.all(ORDERS), lived.all(LINES), lived.all(STOCK_MOVES)
    is_sent = (orders["kind"] == OrderKind.ORDINARY) & (orders["shipped_at"] != NEVER)
    sent = orders.where(is_sent & (orders["shipped_at"] < lived.as_of))
    lines = lines.where(np.isin(lines["order"], sent["order"]))
    gone = moves.where((moves["reason"] == StockReason.SALE) & (moves["refund"] == NEVER))
    on_hand = lived.days[-1][STOCK_LEVELS]["on_hand"]
    key, due = summed(lines["order"] * n_skus + lines["sku"], lines["quantity"])
    left, units = summed(gone["order"] * n_skus + gone["sku"], -gone["quantity"])

    missing = due.copy()
    missing[np.searchsorted(key, left)] -= units
    assert np.isin(left, key).all()
    assert (missing >= 0).all()
    owed = missing > 0
    warehouse = sent["warehouse"][np.searchsorted(sent["order"], key[owed] // n_skus)]
    assert (on_hand[warehouse * n_skus + key[owed] % n_skus] == 0).all()


def test_brushing_and_test_orders_take_no_stock(lived: Lived) -> None:
    orders, moves = lived.all(ORDERS), lived.all(STOCK_MOVES)
    unreal = orders["order"][orders["kind"] != OrderKind.ORDINARY]

    assert unreal.size > 0
    assert not np.isin(moves["order"], unreal).any()


def test_every_purchase_is_received_once_with_what_came(lived: Lived) -> None:
    purchases, moves = lived.all(PURCHASES), lived.all(STOCK_MOVES)
    came = purchases.where(purchases["received_at"] < lived.as_of)
    receipts = moves.where(moves["reason"] == StockReason.PURCHASE)
    receipts = receipts.where(np.argsort(receipts["purchase"]))

    assert np.array_equal(came["purchase"], receipts["purchase"])
    assert np.array_equal(came["received_quantity"], receipts["quantity"])
    assert np.array_equal(came["received_at"], receipts["at"])
    assert (purchases["received_quantity"] < purchases["quantity"]).any()
    assert (purchases["received_at"] > purchases["ordered_at"]).all()


def test_a_count_corrects_the_book_to_what_was_counted(lived: Lived) -> None:
    n_skus = lived.world.shelf.skus
    for records in lived.days:
        counts, levels = records[COUNTS], records[STOCK_LEVELS]
        if len(counts) == 0:
            continue
        assert (counts["book_quantity"] != counts["counted_quantity"]).any()
        standing = levels["on_hand"][np.argsort(cells(levels, n_skus))]
        assert np.array_equal(standing[cells(counts, n_skus)], counts["counted_quantity"])


def test_a_transfer_leaves_one_warehouse_and_reaches_another(lived: Lived) -> None:
    moves = lived.all(STOCK_MOVES)
    transfers = moves.where(moves["reason"] == StockReason.TRANSFER)
    out = -transfers["quantity"][transfers["quantity"] < 0].sum()
    came = transfers["quantity"][transfers["quantity"] > 0].sum()

    assert 0 < came <= out


def test_a_purchase_by_a_policy_is_ordered_as_it_says() -> None:
    world = World(SMALL)
    records = world.step(Actions(purchases={(1, 4): 77, (0, 4): 0}))

    own = records[PURCHASES].where(records[PURCHASES]["sku"] == 4)
    assert {(int(w), int(q)) for w, q in zip(own["warehouse"], own["quantity"], strict=True)} >= {(1, 77)}
    assert 0 not in own["warehouse"]


def test_a_supplier_who_is_late_delivers_later_by_as_many_days() -> None:
    world = World(SMALL)
    late = Levers([Pull(Lever.LEAD_TIME, 9.0, 0, 99)])
    on_time, delayed = world.fork(), world.fork()
    usual = on_time.step()
    records = type(usual)(usual.day, usual.midnight)
    for table in (ORDERS, LINES, REFUNDS):
        records.put(usual[table])

    delayed.supply.advance(records, late, NOTHING)

    waits = [one[PURCHASES]["received_at"] for one in (usual, records)]
    assert (waits[1] - waits[0] == 9 * DAY).all()


def test_a_sku_off_the_shelf_cannot_be_sold_and_stays_in_stock() -> None:
    world = World(SMALL)
    gone = Levers([Pull(Lever.SUPPLY, 0.0, 0, 99, {"sku": 3})])

    assert world.supply.sellable(0, Levers())[:, 3].sum() > 0
    assert world.supply.sellable(0, gone)[:, 3].sum() == 0
    assert world.supply.sellable(0, gone)[:, 4].sum() == world.supply.sellable(0, Levers())[:, 4].sum()
