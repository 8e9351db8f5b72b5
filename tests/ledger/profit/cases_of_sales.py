"""From list price to what the merchant is due: who bears a discount, and what goes back with a refund."""

from __future__ import annotations

from tests.ledger.profit.case import Case
from tests.ledger.profit.trade import Item, Trade

SHIPPED = "2026-10-02 10:00:00"


def _money_of_other_days(trade: Trade) -> None:
    trade.order("basis", Item("basis", "100.00"), paid="100.00", shipped=SHIPPED)
    trade.refund("basis", "10.00", "仅退款", refunded_at="2026-11-20 10:00:00")
    trade.booked("commission", "-5.00", "basis", booked_at="2026-12-08 10:00:00")


def _receivable_is_stated(trade: Trade) -> None:
    trade.order(
        "stated", Item("stated", "96.00", paid="90.00", listed="110.00"), paid="90.00", shipped=SHIPPED,
        receivable_amount="96.00", platform_discount="6.00", merchant_discount="14.00",
    )  # fmt: skip


def _receivable_is_not_stated(trade: Trade) -> None:
    trade.order(
        "summed", paid="90.00", shipped=SHIPPED, platform_discount="6.00", creator_discount="3.00",
        payment_discount="1.00", order_amount="100.00",
    )  # fmt: skip


def _coupon_without_bearer(trade: Trade) -> None:
    # A coupon may be called 平台补贴券: only a file that says who pays it makes it the platform's.
    trade.order(
        "coupon", Item("coupon", "92.00", listed="100.00"), paid="92.00", shipped=SHIPPED, campaign="平台补贴券"
    )


def _more_due_than_named(trade: Trade) -> None:
    trade.order(
        "somebody", Item("somebody", "100.00", paid="92.00"), paid="92.00", shipped=SHIPPED, receivable_amount="100.00"
    )


def _fee_of_a_whole_order(trade: Trade) -> None:
    items = [Item(f"share-{n}", "33.33") for n in (1, 2, 3)]
    gift = Item("share-gift", "0.00", sku="S2", listed="9.90", kind="gift")
    trade.order("share", *items, gift, paid="99.99", shipped=SHIPPED)
    trade.booked("commission", "-1.00", "share")
    trade.booked("service_fee", "-0.60", "share", line_id="share-2")


def _some_of_an_order_goes_back(trade: Trade) -> None:
    items = (Item("back-1", "60.00", paid="50.00", borne="10.00"), Item("back-2", "40.00", paid="30.00", borne="10.00"))
    trade.order("back", *items, paid="80.00", shipped=SHIPPED, receivable_amount="100.00")
    trade.refund("back", "9.99", "仅退款", line_id="back-1")


def _all_of_an_order_goes_back(trade: Trade) -> None:
    trade.order(
        "whole", Item("whole", "100.00", paid="80.00"), paid="80.00", status="paid", receivable_amount="100.00",
        platform_discount="20.00",
    )  # fmt: skip
    trade.refund("whole", "80.00", "仅退款", goods_status="未发货")


def _refunds_that_did_not_succeed(trade: Trade) -> None:
    trade.order("asked", Item("asked", "100.00"), paid="100.00", shipped=SHIPPED)
    for state in ("closed", "requested"):
        trade.refund("asked", "100.00", "仅退款", refund_status=state, refunded_at=None)


def _refund_of_no_stated_kind(trade: Trade) -> None:
    trade.order("kind", Item("kind", "100.00"), paid="100.00", shipped=SHIPPED)
    trade.refund("kind", "30.00")


CASES = (
    Case(
        "basis",
        "refund_of_november_and_fee_of_december_stand_on_the_day_of_payment",
        _money_of_other_days,
        # 100 - 10 - 40 - 5
        {"basis": {
            "list": 100_00, "paid": 100_00, "receivable": 100_00, "refunded": 10_00, "refunded_only": 10_00,
            "listed_cost": 40_00, "goods_cost": 40_00, "commission": 5_00, "contribution": 45_00,
        }},
        told={"basis": {"paid_date": "2026-10-01"}},
    ),
    Case(
        "receivable",
        "stated_receivable_is_where_profit_starts",
        _receivable_is_stated,
        # 110 - 14 = 96 = 90 + 6; less goods 40.
        {"stated": {
            "list": 110_00, "merchant_discount": 14_00, "receivable": 96_00, "paid": 90_00, "platform_discount": 6_00,
            "listed_cost": 40_00, "goods_cost": 40_00, "contribution": 56_00,
        }},
    ),
    Case(
        "receivable",
        "without_it_what_was_paid_and_what_others_bear_is_due",
        _receivable_is_not_stated,
        # 90 + 6 + 3 + 1; no file lists the lines, so nothing is known of the goods.
        orders={"summed": {
            "list": 100_00, "receivable": 100_00, "paid": 90_00, "platform_discount": 6_00, "creator_discount": 3_00,
            "payment_discount": 1_00, "listed_cost": None, "goods_cost": None, "goods_back": None,
            "contribution": None,
        }},
    ),
    Case(
        "discount_bearer",
        "coupon_called_the_platforms_without_a_bearer_is_a_line_of_its_own_and_the_merchants_loss",
        _coupon_without_bearer,
        # 100 - 92 = 8 of nobody; the merchant gets 92: 92 - 40.
        {"coupon": {
            "list": 100_00, "unknown_discount": 8_00, "receivable": 92_00, "paid": 92_00, "listed_cost": 40_00,
            "goods_cost": 40_00, "contribution": 52_00,
        }},
    ),
    Case(
        "discount_bearer",
        "what_is_due_above_every_named_bearer_is_a_line_of_its_own",
        _more_due_than_named,
        {"somebody": {
            "list": 100_00, "receivable": 100_00, "paid": 92_00, "unknown_borne": 8_00, "listed_cost": 40_00,
            "goods_cost": 40_00, "contribution": 60_00,
        }},
    ),
    Case(
        "allocation",
        "commission_of_an_order_is_shared_to_the_fen_gifts_take_none_and_a_named_line_takes_its_own",
        _fee_of_a_whole_order,
        # 100 fen by three: 34, 33, 33. The service fee names the second line.
        {
            "share-1": {
                "list": 33_33, "paid": 33_33, "receivable": 33_33, "listed_cost": 40_00, "goods_cost": 40_00,
                "commission": 34, "contribution": -7_01,
            },
            "share-2": {
                "list": 33_33, "paid": 33_33, "receivable": 33_33, "listed_cost": 40_00, "goods_cost": 40_00,
                "commission": 33, "service_fee": 60, "contribution": -7_60,
            },
            "share-3": {
                "list": 33_33, "paid": 33_33, "receivable": 33_33, "listed_cost": 40_00, "goods_cost": 40_00,
                "commission": 33, "contribution": -7_00,
            },
            "share-gift": {
                "list": 9_90, "unknown_discount": 9_90, "listed_cost": 3_00, "goods_cost": 3_00, "contribution": -3_00,
            },
        },
    ),
    Case(
        "borne_back",
        "subsidy_goes_back_in_the_proportion_of_what_was_paid_with_fractions_dropped",
        _some_of_an_order_goes_back,
        # 20.00 * 9.99 / 80.00 = 2.4975: 2.49 goes back, with the line that was given back.
        {
            "back-1": {
                "list": 60_00, "receivable": 60_00, "paid": 50_00, "platform_discount": 10_00, "refunded": 9_99,
                "refunded_only": 9_99, "borne_back": 2_49, "listed_cost": 40_00, "goods_cost": 40_00,
                "contribution": 7_52,
            },
            "back-2": {
                "list": 40_00, "receivable": 40_00, "paid": 30_00, "platform_discount": 10_00, "listed_cost": 40_00,
                "goods_cost": 40_00,
            },
        },
    ),
    Case(
        "borne_back",
        "all_of_a_subsidy_goes_back_with_the_whole_order",
        _all_of_an_order_goes_back,
        {"whole": {
            "list": 100_00, "receivable": 100_00, "paid": 80_00, "platform_discount": 20_00, "refunded": 80_00,
            "refunded_before_shipping": 80_00, "borne_back": 20_00, "listed_cost": 40_00,
        }},
    ),
    Case(
        "refund",
        "refund_that_was_closed_or_only_asked_for_takes_nothing",
        _refunds_that_did_not_succeed,
        {"asked": {
            "list": 100_00, "paid": 100_00, "receivable": 100_00, "listed_cost": 40_00, "goods_cost": 40_00,
            "contribution": 60_00,
        }},
    ),
    Case(
        "refund",
        "refund_of_no_stated_kind_is_deducted_and_put_into_no_kind",
        _refund_of_no_stated_kind,
        {"kind": {
            "list": 100_00, "paid": 100_00, "receivable": 100_00, "refunded": 30_00, "listed_cost": 40_00,
            "goods_cost": 40_00, "contribution": 30_00,
        }},
    ),
)  # fmt: skip
