"""What must hold of every order, whatever is drawn."""

from __future__ import annotations

import numpy as np
from tests.simulate.conftest import Lived

from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, SETTLEMENTS, OrderKind, RefundKind, Scene
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.sale.paying import FINAL_UNPAID_SHARE
from zhanggui.simulate.sale.terms import TERMS
from zhanggui.simulate.stores import STORES


def _of_orders(orders: Rows, rows: Rows, amounts: Column) -> Column:
    """Sum amounts of rows over their orders, in the order of `orders`."""
    place = np.searchsorted(orders["order"], rows["order"])
    return np.bincount(place, amounts, len(orders)).astype(np.int64)


def test_lines_of_an_order_sum_to_it_for_every_bearer(lived: Lived) -> None:
    orders, lines = lived.all(ORDERS), lived.all(LINES)

    for name in ("list_minor", "merchant_discount_minor", "platform_discount_minor", "creator_discount_minor"):
        assert (_of_orders(orders, lines, lines[name]) == orders[name]).all(), name
    assert (_of_orders(orders, lines, lines["due_minor"]) + orders["shipping_minor"] == orders["due_minor"]).all()


def test_list_value_less_all_discounts_plus_shipping_is_what_is_due(lived: Lived) -> None:
    for rows, extra in ((lived.all(ORDERS), "shipping_minor"), (lived.all(LINES), None)):
        off = sum(rows[f"{bearer}_discount_minor"] for bearer in ("merchant", "platform", "creator"))
        assert (rows["list_minor"] - off + (rows[extra] if extra else 0) == rows["due_minor"]).all()
        assert (rows["due_minor"] >= 0).all()


def test_every_order_has_lines_and_every_line_its_order(lived: Lived) -> None:
    orders, lines = lived.all(ORDERS), lived.all(LINES)

    assert np.unique(orders["order"]).size == len(orders)
    assert (np.unique(lines["order"]) == np.sort(orders["order"])).all()
    assert (lines["quantity"] > 0).all()


def test_moments_of_an_order_follow_each_other(lived: Lived) -> None:
    orders = lived.all(ORDERS)

    for before, after in (
        ("created_at", "deposit_paid_at"),
        ("created_at", "paid_at"),
        ("paid_at", "shipped_at"),
        ("shipped_at", "received_at"),
        ("received_at", "completed_at"),
    ):
        has_both = orders[after] != NEVER
        assert (orders[before][has_both] != NEVER).all(), after
        assert (orders[before][has_both] <= orders[after][has_both]).all(), after
    assert not ((orders["completed_at"] != NEVER) & (orders["closed_at"] != NEVER)).any()


def test_every_refund_has_a_paid_order_and_comes_after_payment(lived: Lived) -> None:
    orders, refunds = lived.all(ORDERS), lived.all(REFUNDS)
    place = np.searchsorted(orders["order"], refunds["order"])

    assert (orders["order"][place] == refunds["order"]).all()
    paid_at = orders["paid_at"][place]
    assert (paid_at != NEVER).all()
    assert (refunds["applied_at"] >= paid_at).all()
    done = refunds["refunded_at"] != NEVER
    assert (refunds["refunded_at"][done] >= refunds["applied_at"][done]).all()
    assert ((refunds["refunded_at"] == NEVER) != (refunds["closed_at"] == NEVER)).all()


def test_refunds_of_an_order_are_never_more_than_was_paid(lived: Lived) -> None:
    orders, refunds = lived.all(ORDERS), lived.all(REFUNDS)
    refunded = _of_orders(orders, refunds, refunds["refunded_minor"])

    assert (refunds["refunded_minor"] >= 0).all()
    assert (refunded <= orders["due_minor"]).all()
    money = np.isin(refunds["kind"], (RefundKind.EXCHANGE, RefundKind.RESHIP))
    assert (refunds["refunded_minor"][money] == 0).all()


def test_a_closed_order_settles_to_what_was_paid_and_borne_less_refunds_and_fees(lived: Lived) -> None:
    orders, refunds, entries = lived.all(ORDERS), lived.all(REFUNDS), lived.all(SETTLEMENTS)
    entries = entries.where(entries["order"] != NEVER)
    is_closed = ((orders["completed_at"] != NEVER) | (orders["closed_at"] != NEVER)) & (orders["paid_at"] != NEVER)
    done = refunds.where(refunds["refunded_at"] != NEVER)
    refunded = _of_orders(orders, done, done["refunded_minor"])
    fees = np.isin(
        entries["scene"],
        (
            Scene.COMMISSION,
            Scene.COMMISSION_BACK,
            Scene.SERVICE_FEE,
            Scene.CREATOR_COMMISSION,
            Scene.CREATOR_COMMISSION_BACK,
            Scene.INSURANCE,
            Scene.PENALTY,
        ),
    )
    charged = _of_orders(orders, entries, np.where(fees, entries["amount_minor"], 0))
    settled = _of_orders(orders, entries, entries["amount_minor"])
    borne = orders["platform_discount_minor"] + orders["creator_discount_minor"]
    # What is borne goes back with the refund in proportion; a full refund takes it all.
    back = borne * refunded // np.maximum(orders["due_minor"], 1)
    owed = orders["due_minor"] + borne - refunded - back + charged

    assert is_closed.sum() > 1_000
    assert (settled[is_closed] == owed[is_closed]).all()
    assert (charged[is_closed] <= 0).all()


def test_a_withdrawal_takes_all_that_was_booked_before_its_day(lived: Lived) -> None:
    entries = lived.all(SETTLEMENTS)
    out = entries.where(entries["scene"] == Scene.WITHDRAWAL)

    assert len(out) > 10
    for store, at in zip(out["store"].tolist(), out["booked_at"].tolist(), strict=True):
        own = entries.where(entries["store"] == store)
        is_out = own["scene"] == Scene.WITHDRAWAL
        before = (~is_out & (own["booked_at"] < at // 86_400 * 86_400)) | (is_out & (own["booked_at"] <= at))
        assert own["amount_minor"][before].sum() == 0


def test_gifts_cost_and_earn_nothing(lived: Lived) -> None:
    gifts = lived.all(LINES)
    gifts = gifts.where(gifts["is_gift"])

    assert len(gifts) > 50
    assert (gifts["list_minor"] == 0).all()
    assert (gifts["due_minor"] == 0).all()
    assert (gifts["cost_minor"] > 0).sum() >= len(gifts) * 0.95


def test_presale_orders_pay_deposits_first_and_one_in_eight_never_pays_the_rest(lived: Lived) -> None:
    orders = lived.all(ORDERS)
    presale = orders.where(orders["is_presale"] & (orders["deposit_paid_at"] != NEVER))
    unpaid = presale["paid_at"] == NEVER

    assert len(presale) > 100
    # Three standard errors of a share of 12% among so many.
    assert abs(unpaid.mean() - FINAL_UNPAID_SHARE) < 3 * np.sqrt(0.12 * 0.88 / len(presale))
    assert (presale["deposit_minor"] > 0).all()
    entries = lived.all(SETTLEMENTS)
    forfeits = entries.where(entries["scene"] == Scene.DEPOSIT_FORFEIT)
    assert forfeits["amount_minor"].sum() == presale["deposit_minor"][unpaid].sum()


def test_late_parcels_pay_the_platforms_penalty(lived: Lived) -> None:
    orders = lived.all(ORDERS)
    sent = orders.where(orders["shipped_at"] != NEVER)
    is_late = sent["shipped_at"] > sent["promised_ship_at"]
    has_terms = np.array([TERMS[store.platform].most_penalty_minor > 0 for store in STORES])[sent["store"]]

    assert ((sent["penalty_minor"] > 0) == (is_late & has_terms)).all()


def test_chilled_goods_never_come_back(lived: Lived) -> None:
    shelf, refunds = lived.world.shelf, lived.all(REFUNDS)
    fresh = np.array([family.category in ("水果", "海鲜肉禽") for family in shelf.families])
    of_fresh = refunds.where(fresh[shelf.category[refunds["sku"]]])

    assert len(of_fresh) > 10
    assert not (of_fresh["kind"] == RefundKind.RETURN_AND_REFUND).any()


def test_brushing_and_test_orders_are_marked_and_placed_by_staff(lived: Lived) -> None:
    orders, people = lived.all(ORDERS), lived.world.people
    other = orders.where(orders["kind"] != OrderKind.ORDINARY)

    assert len(other) > 0
    assert (people.is_staff[orders["person"]] == (orders["kind"] != OrderKind.ORDINARY)).all()
    place = np.array([store.platform for store in STORES])
    tests = other.where(other["kind"] == OrderKind.TEST)
    assert (place[tests["store"]] == Platform.OWN_SITE).all()
