"""What orders and after-sale cases do to stock."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, OrderKind, RefundKind
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.supply.claims import Claim, claims_of

HOUR, DAY = 3_600, 86_400
N_SKUS = 10


def orders(*numbers: int, **columns: npt.ArrayLike) -> Rows:
    plain: dict[str, Any] = dict.fromkeys(ORDERS.columns, 0)
    plain |= {"deposit_paid_at": NEVER, "closed_at": NEVER, "paid_at": HOUR, "shipped_at": DAY, "received_at": 3 * DAY}
    return Rows(ORDERS, **{**plain, "order": np.array(numbers), "warehouse": 1, **columns})


def lines(order: list[int], sku: list[int], quantity: list[int]) -> Rows:
    plain: dict[str, Any] = dict.fromkeys(LINES.columns, 0)
    nth = [order[:place].count(number) for place, number in enumerate(order)]
    return Rows(LINES, **{**plain, "order": order, "line": nth, "sku": sku, "quantity": quantity})


def refund(order: int, kind: RefundKind, **columns: npt.ArrayLike) -> Rows:
    plain: dict[str, Any] = dict.fromkeys(REFUNDS.columns, 0)
    plain |= {"line": NEVER, "sku": NEVER, "agreed_at": NEVER, "returned_at": NEVER, "closed_at": NEVER}
    return Rows(
        REFUNDS,
        **{**plain, "order": np.array([order]), "refund": order * 10, "kind": int(kind), "quantity": 1, **columns},
    )


def claims(orders: Rows, lines: Rows, refunds: Rows | None = None) -> list[tuple[Claim, int, int, int]]:
    found = claims_of(orders, lines, Rows.none(REFUNDS) if refunds is None else refunds, n_skus=N_SKUS)
    rows = zip(*(found[name].tolist() for name in ("kind", "cell", "quantity", "at")), strict=True)
    return sorted((Claim(kind), cell, quantity, at) for kind, cell, quantity, at in rows)


def test_a_paid_order_is_promised_when_paid_and_leaves_when_shipped() -> None:
    # Warehouse 1 and SKU 4 are cell 1 * 10 + 4.
    assert claims(orders(7), lines([7], [4], [2])) == [(Claim.COMMIT, 14, 2, HOUR), (Claim.SHIP, 14, 2, DAY)]


def test_an_unpaid_order_touches_no_stock() -> None:
    assert claims(orders(7, paid_at=NEVER, shipped_at=NEVER, closed_at=DAY), lines([7], [4], [2])) == []


def test_brushing_and_test_orders_move_no_goods() -> None:
    two = orders(7, 8, kind=[int(OrderKind.BRUSHING), int(OrderKind.TEST)])

    assert claims(two, lines([7, 8], [4, 5], [1, 1])) == []


def test_a_deposit_holds_goods_until_the_order_lapses() -> None:
    lapsed = orders(7, is_presale=True, deposit_paid_at=60, paid_at=NEVER, shipped_at=NEVER, closed_at=9 * DAY)

    assert claims(lapsed, lines([7], [4], [2])) == [(Claim.COMMIT, 14, 2, 60), (Claim.RELEASE, 14, 2, 9 * DAY)]


def test_units_refunded_before_shipping_are_free_again_and_the_rest_leaves() -> None:
    one_of_three = refund(7, RefundKind.BEFORE_SHIPPING, line=0, sku=4, quantity=1, refunded_at=2 * HOUR)

    assert claims(orders(7), lines([7], [4], [3]), one_of_three) == [
        (Claim.COMMIT, 14, 3, HOUR),
        (Claim.RELEASE, 14, 1, 2 * HOUR),
        (Claim.SHIP, 14, 2, DAY),
    ]


def test_a_whole_order_refunded_before_shipping_frees_all_its_lines() -> None:
    everything = refund(7, RefundKind.BEFORE_SHIPPING, refunded_at=2 * HOUR)
    never_sent = orders(7, shipped_at=NEVER, closed_at=3 * HOUR)

    assert claims(never_sent, lines([7, 7], [4, 5], [3, 1]), everything) == [
        (Claim.COMMIT, 14, 3, HOUR),
        (Claim.COMMIT, 15, 1, HOUR),
        (Claim.RELEASE, 14, 3, 2 * HOUR),
        (Claim.RELEASE, 15, 1, 2 * HOUR),
    ]


def test_goods_sent_back_come_in_sellable_or_spoiled_with_their_refund() -> None:
    back = {"line": 0, "sku": 4, "returned_at": 6 * DAY, "refunded_at": 7 * DAY}
    good = refund(7, RefundKind.RETURN_AND_REFUND, is_sellable=True, **back)
    spoiled = refund(8, RefundKind.RETURN_AND_REFUND, is_sellable=False, **back)
    both = Rows.together(REFUNDS, [good, spoiled])

    found = claims_of(orders(7, 8), lines([7, 8], [4, 4], [2, 2]), both, n_skus=N_SKUS)

    came = np.isin(found["kind"], (Claim.RETURN, Claim.SPOILED_RETURN))
    assert found["kind"][came].tolist() == [Claim.RETURN, Claim.SPOILED_RETURN]
    assert found["refund"][came].tolist() == [70, 80]
    assert found["quantity"][came].tolist() == [1, 1]


def test_a_refund_without_return_leaves_stock_alone() -> None:
    only_money = refund(7, RefundKind.REFUND_ONLY, line=0, sku=4, refunded_at=5 * DAY)

    assert len(claims(orders(7), lines([7], [4], [2]), only_money)) == 2


def test_an_exchange_brings_one_unit_back_and_sends_another_a_day_later() -> None:
    swap = refund(7, RefundKind.EXCHANGE, line=0, sku=4, returned_at=6 * DAY, refunded_at=NEVER, is_sellable=True)

    assert claims(orders(7), lines([7], [4], [1]), swap)[2:] == [
        (Claim.RETURN, 14, 1, 6 * DAY),
        (Claim.SEND_AGAIN, 14, 1, 7 * DAY),
    ]


def test_a_reshipment_sends_goods_and_brings_none() -> None:
    again = refund(7, RefundKind.RESHIP, line=0, sku=4, agreed_at=4 * DAY, refunded_at=NEVER)

    assert claims(orders(7), lines([7], [4], [1]), again)[2:] == [(Claim.SEND_AGAIN, 14, 1, 5 * DAY)]
