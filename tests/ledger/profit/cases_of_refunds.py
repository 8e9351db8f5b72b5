"""What each kind of refund costs: whether goods had left, whether they came back, and what was sent again."""

from __future__ import annotations

from tests.ledger.profit.case import Amounts, Case
from tests.ledger.profit.trade import Item, Trade

SHIPPED = "2026-10-02 10:00:00"
SOLD: Amounts = {"list": 100_00, "paid": 100_00, "receivable": 100_00, "listed_cost": 40_00}
"""A line of one S1 for 100.00."""


def _sold(trade: Trade, name: str, **more: str) -> None:
    trade.order(name, Item(name, "100.00"), paid="100.00", **({"shipped": SHIPPED} | more))


def _parcel(trade: Trade, name: str, **more: str) -> None:
    told = {"shipped_at": SHIPPED, "freight_amount": "5.00", "packaging_amount": "1.00", "direction": "outbound"}
    trade.add("shipments", **({"order_id": name, "tracking_no": f"T-{name}", **told} | more))


def _before_shipping(trade: Trade) -> None:
    trade.order("before", Item("before", "100.00"), paid="100.00", status="paid")
    trade.refund("before", "100.00", "仅退款", goods_status="未发货")


def _one_line_before_shipping(trade: Trade) -> None:
    trade.order("early", Item("early-1", "100.00"), Item("early-2", "100.00"), paid="200.00", shipped=SHIPPED)
    trade.refund("early", "100.00", "仅退款", line_id="early-1", goods_status="未发货")


def _only_refund(trade: Trade) -> None:
    _sold(trade, "only")
    _parcel(trade, "only")
    trade.refund("only", "100.00", "仅退款", goods_status="已发货")


def _returned_and_received(trade: Trade) -> None:
    _sold(trade, "received")
    _parcel(trade, "received")
    _parcel(trade, "received", tracking_no="T-back", direction="inbound", freight_amount="8.00", packaging_amount="")
    trade.refund("received", "100.00", "退货退款")
    trade.moved("received", "S1", -1, "sale")
    trade.moved("received", "S1", 1, "return")


def _returned_and_written_off(trade: Trade) -> None:
    _sold(trade, "spoiled")
    trade.refund("spoiled", "100.00", "退货退款")
    for quantity, reason in ((-1, "sale"), (1, "return"), (-1, "damage")):
        trade.moved("spoiled", "S1", quantity, reason)


def _returned_and_never_received(trade: Trade) -> None:
    _sold(trade, "lost")
    trade.refund("lost", "100.00", "退货退款")


def _one_of_two_units_came_back(trade: Trade) -> None:
    trade.order("part", Item("part", "200.00", quantity=2), paid="200.00", shipped=SHIPPED)
    trade.refund("part", "100.00", "退货退款")
    trade.moved("part", "S1", -2, "sale")
    trade.moved("part", "S1", 1, "return")


def _bundle_of_which_a_part_came_back(trade: Trade) -> None:
    for part, units in (("S1", 1), ("S2", 2)):
        trade.add("sku_map", platform_sku_id="PAIR", internal_sku=part, units=units)
    trade.order("pair", Item("pair", "100.00", sku="PAIR"), paid="100.00", shipped=SHIPPED)
    trade.refund("pair", "30.00", "退货退款")
    trade.moved("pair", "S1", -1, "sale")
    trade.moved("pair", "S2", -2, "sale")
    trade.moved("pair", "S2", 1, "return")


def _exchanged(trade: Trade) -> None:
    _sold(trade, "exchanged")
    trade.refund("exchanged", "0.00", "换货")
    for quantity, reason in ((-1, "sale"), (-1, "sale"), (1, "return")):
        trade.moved("exchanged", "S1", quantity, reason)


def _sent_again_without_movements(trade: Trade) -> None:
    trade.order("again", Item("again", "100.00", quantity=2), paid="100.00", shipped=SHIPPED)
    trade.refund("again", "0.00", "补发", line_id="again", quantity=1)


def _not_left(trade: Trade) -> None:
    trade.order("waiting", Item("waiting", "100.00"), paid="100.00", status="paid")


def _silent(trade: Trade) -> None:
    trade.order("silent", Item("silent", "100.00"), paid="100.00", status="")


def _left_by(sign: str) -> Case:
    name = f"left-{sign}"

    def write(trade: Trade) -> None:
        status = "shipped" if sign == "status" else "paid"
        trade.order(
            name, Item(name, "100.00"), paid="100.00", status=status, shipped=SHIPPED if sign == "time" else None
        )
        if sign == "parcel":
            _parcel(trade, name, freight_amount="", packaging_amount="")
        if sign == "movement":
            trade.moved(name, "S1", -1, "sale")

    costs: Amounts = {"goods_cost": 40_00, "contribution": 60_00}
    return Case("shipped", f"order_has_left_by_its_{sign}", write, {name: SOLD | costs})


CASES = (
    Case(
        "shipped",
        "refund_before_shipping_costs_neither_goods_nor_freight",
        _before_shipping,
        {"before": SOLD | {"refunded": 100_00, "refunded_before_shipping": 100_00}},
    ),
    Case(
        "shipped",
        "line_called_off_before_shipping_costs_nothing_and_the_other_its_goods",
        _one_line_before_shipping,
        {
            "early-1": SOLD | {"refunded": 100_00, "refunded_before_shipping": 100_00},
            "early-2": SOLD | {"goods_cost": 40_00, "contribution": 60_00},
        },
    ),
    Case(
        "shipped", "order_that_waits_has_cost_nothing_yet", _not_left, {"waiting": SOLD | {"contribution": 100_00}}
    ),
    Case(
        "shipped",
        "order_of_which_no_file_says_whether_it_left_has_an_unknown_cost",
        _silent,
        {"silent": SOLD | {"goods_cost": None, "goods_back": None, "contribution": None}},
        told={"silent": {"cost_known": False}},
    ),
    *(_left_by(sign) for sign in ("time", "parcel", "movement", "status")),
    Case(
        "returned_goods",
        "refund_only_after_shipping_loses_the_goods_and_their_freight",
        _only_refund,
        # 100 - 100 - 40 - 5 - 1
        {"only": SOLD | {
            "refunded": 100_00, "refunded_only": 100_00, "goods_cost": 40_00, "freight": 5_00, "packaging": 1_00,
            "contribution": -46_00,
        }},
    ),
    Case(
        "returned_goods",
        "cost_comes_back_with_the_warehouses_receipt_and_freight_both_ways_stays",
        _returned_and_received,
        # The sale is gone and the goods are back: parcels of 5.00 and 8.00 and 1.00 of packaging are lost.
        {"received": SOLD | {
            "refunded": 100_00, "refunded_with_return": 100_00, "goods_back": 40_00, "freight": 5_00,
            "packaging": 1_00, "return_freight": 8_00, "contribution": -14_00,
        }},
    ),
    Case(
        "returned_goods",
        "goods_written_off_after_their_return_stay_a_cost",
        _returned_and_written_off,
        {"spoiled": SOLD | {
            "refunded": 100_00, "refunded_with_return": 100_00, "goods_cost": 40_00, "contribution": -40_00,
        }},
    ),
    Case(
        "returned_goods",
        "goods_that_never_arrive_stay_a_cost",
        _returned_and_never_received,
        {"lost": SOLD | {
            "refunded": 100_00, "refunded_with_return": 100_00, "goods_cost": 40_00, "contribution": -40_00,
        }},
    ),
    Case(
        "returned_goods",
        "one_unit_of_two_comes_back_with_half_of_the_cost",
        _one_of_two_units_came_back,
        # Of 200.00 and goods of 80.00 half is given back.
        {"part": {
            "list": 200_00, "paid": 200_00, "receivable": 200_00, "listed_cost": 80_00, "refunded": 100_00,
            "refunded_with_return": 100_00, "goods_cost": 40_00, "goods_back": 40_00, "contribution": 60_00,
        }},
    ),
    Case(
        "returned_goods",
        "part_of_a_bundle_comes_back_at_its_own_cost",
        _bundle_of_which_a_part_came_back,
        # 40 + 2 * 3 left, one S2 of 3 came back: 100 - 30 - 43.
        {"pair": SOLD | {
            "listed_cost": 46_00, "refunded": 30_00, "refunded_with_return": 30_00, "goods_cost": 43_00,
            "goods_back": 3_00, "contribution": 27_00,
        }},
    ),
    Case(
        "sent_again",
        "exchange_costs_the_goods_once_more_until_the_first_ones_are_back",
        _exchanged,
        # Two left, one came back: 2 * 40 - 40.
        {"exchanged": SOLD | {"goods_cost": 40_00, "goods_back": 40_00, "contribution": 60_00}},
    ),
    Case(
        "sent_again",
        "parcel_sent_again_costs_the_quantity_of_its_case_where_no_movement_names_the_order",
        _sent_again_without_movements,
        # Two ordered and one sent again: 3 * 40.
        {"again": SOLD | {"listed_cost": 80_00, "goods_cost": 120_00, "contribution": -20_00}},
    ),
)  # fmt: skip
