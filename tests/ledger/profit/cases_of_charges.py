"""What parcels, platforms and the state take of an order, and orders that were never a sale."""

from __future__ import annotations

from tests.ledger.profit.case import Amounts, Case
from tests.ledger.profit.trade import Item, Trade

SHIPPED = "2026-10-02 10:00:00"
SOLD: Amounts = {"list": 100_00, "paid": 100_00, "receivable": 100_00, "listed_cost": 40_00, "goods_cost": 40_00}
"""A line of one S1 for 100.00 that left: 60.00 before everything else."""


def _sold(trade: Trade, name: str, **more: str) -> None:
    trade.order(name, Item(name, "100.00"), paid="100.00", **({"shipped": SHIPPED} | more))


def _parcels(trade: Trade) -> None:
    _sold(trade, "parcels")
    for number, freight in (("1", "5.00"), ("2", "3.50")):
        trade.add(
            "shipments", order_id="parcels", tracking_no=f"TP-{number}", shipped_at=SHIPPED, direction="outbound",
            freight_amount=freight, packaging_amount="0.80",
        )  # fmt: skip


def _freight_of_the_stock_system(trade: Trade) -> None:
    _sold(trade, "erp-freight")
    for line in ("1", "2"):
        # The freight of the order stands on each of its rows.
        trade.add(
            "erp_orders", None, erp_order_id="N2", erp_line_id=line, order_id="erp-freight",
            ordered_at="2026-10-01 09:00:00", erp_status="shipped", shipping_cost="4.20",
        )  # fmt: skip


def _freight_of_parcel_and_stock_system(trade: Trade) -> None:
    _sold(trade, "both-freights")
    trade.add(
        "shipments", order_id="both-freights", tracking_no="TB-1", shipped_at=SHIPPED, direction="outbound",
        freight_amount="5.00", packaging_amount="",
    )  # fmt: skip
    trade.add(
        "erp_orders", None, erp_order_id="N3", erp_line_id="1", order_id="both-freights",
        ordered_at="2026-10-01 09:00:00", erp_status="shipped", shipping_cost="4.20",
    )  # fmt: skip


def _every_fee(trade: Trade) -> None:
    _sold(trade, "fees")
    for category, amount in (
        ("goods", "100.00"), ("commission", "-5.00"), ("service_fee", "-0.60"), ("creator_commission", "-10.00"),
        ("insurance", "-0.35"), ("compensation", "-3.00"), ("ad_fee", "-2.00"), ("other", "-0.10"),
    ):  # fmt: skip
        trade.booked(category, amount, "fees")


def _fee_that_came_back(trade: Trade) -> None:
    _sold(trade, "reversed")
    trade.refund("reversed", "100.00", "仅退款", goods_status="已发货")
    for category, amount in (
        ("commission", "-5.00"), ("commission", "5.00"), ("service_fee", "-0.60"), ("insurance", "-0.35"),
    ):  # fmt: skip
        trade.booked(category, amount, "reversed")


def _ledger_with_parts(trade: Trade) -> None:
    _sold(trade, "parts")
    trade.booked(
        "goods", "82.00", "parts", goods_amount="100.00", commission_amount="-5.00", creator_commission_amount="-8.00",
        channel_fee_amount="-2.00", promotion_fee_amount="-1.50", service_fee_amount="-1.00", other_fee_amount="-0.50",
    )  # fmt: skip


def _one_total_of_deductions(trade: Trade) -> None:
    _sold(trade, "as-one")
    trade.booked("goods", "100.00", "as-one", other_fee_amount="-6.30")


def _store_whose_ledger_books_no_cover(trade: Trade) -> None:
    trade.platforms["丙店"] = "jd"
    trade.order("cover", Item("cover", "100.00"), paid="100.00", shipped=SHIPPED, store="丙店")
    trade.add(
        "shipments", "丙店", order_id="cover", tracking_no="TC-1", shipped_at=SHIPPED, direction="outbound",
        freight_amount="5.00", insurance_amount="0.40", penalty_amount="3.00",
    )  # fmt: skip


def _store_that_settled_one_order(trade: Trade) -> None:
    trade.platforms["丁店"] = "douyin"
    trade.order("settled", Item("settled", "100.00"), paid="100.00", shipped=SHIPPED, store="丁店")
    trade.order("unsettled", Item("unsettled", "200.00"), paid="200.00", shipped=SHIPPED, store="丁店")
    for category, amount in (("goods", "100.00"), ("commission", "-5.00"), ("service_fee", "-1.00")):
        trade.add(
            "settlements", "丁店", entry_id=f"D-{category}", booked_at="2026-10-08 10:00:00",
            settlement_category=category, amount=amount, order_id="settled",
        )  # fmt: skip


def _tax_of_an_order(trade: Trade) -> None:
    _sold(trade, "taxed")
    trade.add("costs", cost_id="C-tax", cost_kind="tax", period_from="2026-10-31", amount="6.00", order_id="taxed")


def _other_cost_of_an_order(trade: Trade) -> None:
    _sold(trade, "engraved")
    for kind, amount in (("packaging", "2.00"), ("freight", "1.00"), ("other", "3.00")):
        trade.add(
            "costs", cost_id=f"C-{kind}", cost_kind=kind, period_from="2026-10-31", amount=amount, order_id="engraved"
        )


def _brushing(trade: Trade) -> None:
    _sold(trade, "brushed")
    trade.add("marked_orders", order_id="brushed", mark="brushing")
    trade.add(
        "shipments", order_id="brushed", tracking_no="TX-1", shipped_at=SHIPPED, direction="outbound",
        freight_amount="2.50",
    )  # fmt: skip
    trade.booked("goods", "100.00", "brushed")
    trade.booked("commission", "-5.00", "brushed")
    trade.moved("brushed", "S1", -1, "sale")


CASES = (
    Case(
        "freight",
        "every_parcel_of_an_order_costs_its_freight_and_packaging",
        _parcels,
        # 60 - 5 - 3.50 - 2 * 0.80
        {"parcels": SOLD | {"freight": 8_50, "packaging": 1_60, "contribution": 49_90}},
    ),
    Case(
        "freight",
        "freight_of_the_stock_system_counts_once_per_order_without_a_parcel",
        _freight_of_the_stock_system,
        {"erp-freight": SOLD | {"freight": 4_20, "contribution": 55_80}},
    ),
    Case(
        "freight",
        "with_a_parcel_the_stock_systems_freight_does_not_count",
        _freight_of_parcel_and_stock_system,
        {"both-freights": SOLD | {"freight": 5_00, "contribution": 55_00}},
    ),
    Case(
        "fees",
        "each_kind_of_fee_stands_in_its_own_account",
        _every_fee,
        # 60 - 5 - 0.60 - 10 - 0.35 - 3 - 2 - 0.10
        {"fees": SOLD | {
            "commission": 5_00, "service_fee": 60, "creator_commission": 10_00, "insurance": 35, "penalty": 3_00,
            "ad_spend": 2_00, "other_cost": 10, "contribution": 38_95,
        }},
        told={"fees": {"is_settled": True}},
    ),
    Case(
        "fees",
        "only_what_the_ledger_reverses_comes_back_with_a_refund_and_the_premium_stays",
        _fee_that_came_back,
        # The sale is gone, and 40.95 with it: goods 40.00, service 0.60, premium 0.35; the commission came back.
        {"reversed": SOLD | {
            "refunded": 100_00, "refunded_only": 100_00, "service_fee": 60, "insurance": 35, "contribution": -40_95,
        }},
    ),
    Case(
        "fees",
        "parts_that_a_ledger_states_count_each_in_its_account",
        _ledger_with_parts,
        # Of 60.00: 5.00 commission, 8.00 and 2.00 to creator and agency, 1.50 promotion, 1.00 and 0.50 service.
        {"parts": SOLD | {
            "commission": 5_00, "creator_commission": 10_00, "ad_spend": 1_50, "service_fee": 1_50,
            "contribution": 42_00,
        }},
    ),
    Case(
        "fees",
        "deductions_stated_as_one_total_are_service_fees",
        _one_total_of_deductions,
        {"as-one": SOLD | {"service_fee": 6_30, "contribution": 53_70}},
    ),
    Case(
        "fees",
        "premium_and_penalty_of_a_parcel_count_where_no_ledger_books_them",
        _store_whose_ledger_books_no_cover,
        {"cover": SOLD | {"freight": 5_00, "insurance": 40, "penalty": 3_00, "contribution": 51_60}},
    ),
    Case(
        "expected_fees",
        "fees_to_come_are_told_at_the_stores_own_rate_and_not_deducted",
        _store_that_settled_one_order,
        # 6.00 of 100.00 were taken: 12.00 of 200.00 are to come; 200 - 40 stays.
        {
            "settled": SOLD | {"commission": 5_00, "service_fee": 1_00, "contribution": 54_00},
            "unsettled": {
                "list": 200_00, "paid": 200_00, "receivable": 200_00, "listed_cost": 40_00, "goods_cost": 40_00,
                "expected_fees": 12_00, "contribution": 160_00,
            },
        },
        told={"unsettled": {"is_settled": False}},
    ),
    Case("tax", "tax_that_names_an_order_stands_with_it", _tax_of_an_order,
         {"taxed": SOLD | {"tax": 6_00, "contribution": 54_00}}),
    Case(
        "cost_of_period",
        "costs_that_name_an_order_stand_with_it_on_the_day_it_was_paid",
        _other_cost_of_an_order,
        # 60 - 2 - 1 - 3
        {"engraved": SOLD | {"packaging": 2_00, "freight": 1_00, "other_cost": 3_00, "contribution": 54_00}},
        told={"engraved": {"paid_date": "2026-10-01"}},
    ),
    Case(
        "brushing",
        "brushing_order_is_no_income_and_costs_its_parcel_and_fees",
        _brushing,
        # Nobody earned its 100.00, and the empty parcel holds no goods: -2.50 - 5.
        {"brushed": {
            "list": 100_00, "paid": 100_00, "receivable": 100_00, "freight": 2_50, "commission": 5_00,
            "contribution": -7_50,
        }},
        told={"brushed": {"order_kind": "brushing"}},
    ),
)  # fmt: skip
