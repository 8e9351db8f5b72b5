from __future__ import annotations

import numpy as np
from tests.simulate.conftest import Lived

from zhanggui.simulate.books import Basis, Item, contribution
from zhanggui.simulate.records import AD_ROWS, LINES, ORDERS, REFUNDS, OrderKind, RefundKind
from zhanggui.simulate.rows import NEVER


def _sum(lived: Lived, item: Item, basis: Basis = Basis.PAYMENT) -> int:
    return sum(account.amounts.get(item, 0) for account in lived.world.books.totals(lived.as_of, basis=basis))


def test_totals_count_what_had_happened_by_midnight(lived: Lived) -> None:
    orders, refunds = lived.all(ORDERS), lived.all(REFUNDS)
    paid = (orders["paid_at"] != NEVER) & (orders["paid_at"] < lived.as_of)
    done = (refunds["refunded_at"] != NEVER) & (refunds["refunded_at"] < lived.as_of)

    assert _sum(lived, Item.ORDERS_CREATED) == len(orders)
    assert _sum(lived, Item.ORDERS_PAID) == paid.sum()
    assert _sum(lived, Item.GMV_PAID_MINOR) == orders["due_minor"][paid].sum()
    assert _sum(lived, Item.REFUNDED_MINOR) == refunds["refunded_minor"][done].sum()
    assert (refunds["refunded_at"] >= lived.as_of).any()


def test_both_bases_hold_the_same_sum_on_different_days(lived: Lived) -> None:
    books = lived.world.books
    by_payment = books.totals(lived.as_of)
    by_moment = books.totals(lived.as_of, basis=Basis.MOMENT)

    assert _sum(lived, Item.REFUNDED_MINOR) == _sum(lived, Item.REFUNDED_MINOR, Basis.MOMENT)
    assert {(a.store, a.first_day): a.amounts.get(Item.REFUNDED_MINOR, 0) for a in by_payment} != {
        (a.store, a.first_day): a.amounts.get(Item.REFUNDED_MINOR, 0) for a in by_moment
    }


def test_an_earlier_midnight_knows_less(lived: Lived) -> None:
    early = sum(
        account.amounts.get(Item.GMV_PAID_MINOR, 0) for account in lived.world.books.totals(lived.days[20].midnight)
    )

    orders = lived.all(ORDERS)
    paid = (orders["paid_at"] != NEVER) & (orders["paid_at"] < lived.days[20].midnight)
    assert early == orders["due_minor"][paid].sum() > 0


def test_channels_and_skus_come_to_the_same_as_stores(lived: Lived) -> None:
    books = lived.world.books
    real = [account for account in books.totals(lived.as_of) if account.kind is OrderKind.ORDINARY]
    units = sum(account.amounts.get(Item.UNITS_PAID, 0) for account in real)
    spend = sum(account.amounts.get(Item.AD_SPEND_MINOR, 0) for account in real)

    assert sum(sums.get(Item.UNITS_PAID, 0) for sums in books.skus(lived.as_of).values()) == units
    assert sum(sums.get(Item.AD_SPEND_MINOR, 0) for sums in books.channels(lived.as_of).values()) == spend
    assert spend >= lived.all(AD_ROWS)["spend_minor"].sum()


def test_goods_cost_when_they_leave_and_come_back_only_when_sellable(lived: Lived) -> None:
    orders, lines, refunds = lived.all(ORDERS), lived.all(LINES), lived.all(REFUNDS)
    place = np.searchsorted(orders["order"], lines["order"])
    shipped = orders["shipped_at"][place]
    left = lines["cost_minor"][(shipped != NEVER) & (shipped < lived.as_of)].sum()
    back = refunds.where((refunds["returned_at"] != NEVER) & (refunds["returned_at"] < lived.as_of))
    again = np.isin(refunds["kind"], (RefundKind.EXCHANGE, RefundKind.RESHIP))

    cost, returned = _sum(lived, Item.COST_MINOR), _sum(lived, Item.COST_BACK_MINOR)
    assert cost > left  # what is exchanged or sent again leaves once more
    assert again.any()
    assert returned > 0
    assert back["is_sellable"].any()
    assert not back["is_sellable"].all()


def test_a_refund_before_shipping_costs_neither_goods_nor_freight(lived: Lived) -> None:
    orders, refunds = lived.all(ORDERS), lived.all(REFUNDS)
    early = refunds.where((refunds["kind"] == RefundKind.BEFORE_SHIPPING) & (refunds["refunded_at"] != NEVER))
    off = np.isin(orders["order"], early["order"])

    assert off.sum() > 20
    assert (orders["shipped_at"][off] == NEVER).all()
    assert (orders["freight_minor"][off] == 0).all()
    assert (orders["packaging_minor"][off] == 0).all()


def test_contribution_adds_receivable_and_takes_costs() -> None:
    amounts = {
        Item.RECEIVABLE_MINOR: 10_000,
        Item.REFUNDED_MINOR: 2_000,
        Item.COST_MINOR: 3_000,
        Item.COST_BACK_MINOR: 600,
        Item.FREIGHT_MINOR: 400,
        Item.COMMISSION_MINOR: 500,
        Item.AD_SPEND_MINOR: 1_000,
        Item.GMV_PAID_MINOR: 10_000,
    }

    # 10000 + 600 - 2000 - 3000 - 400 - 500 - 1000; GMV is no line of profit.
    assert contribution(amounts) == 3_700
