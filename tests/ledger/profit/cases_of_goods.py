"""What goods cost: the source and day of the unit cost, bundles, gifts, and goods of which nothing is known."""

from __future__ import annotations

from tests.ledger.profit.case import Amounts, Case
from tests.ledger.profit.trade import Item, Trade

SHIPPED = "2026-10-02 10:00:00"


def _sold_for_100(cost: int | None, **more: int | None) -> Amounts:
    """Return the amounts of a line of 100.00 whose goods left at this cost, with what differs from that."""
    known = {"listed_cost": cost, "goods_cost": cost, "contribution": None if cost is None else 100_00 - cost}
    row = {"list": 100_00, "paid": 100_00, "receivable": 100_00, **known, **more}
    if cost is None:
        row["goods_back"] = None
    return {name: value for name, value in row.items() if value != 0}


def _sold(trade: Trade, name: str, sku: str | None, *, quantity: int = 1, cost: str | None = None, **more: str) -> None:
    item = Item(name, "100.00", sku=sku, quantity=quantity, cost=cost)
    trade.order(name, item, paid="100.00", shipped=SHIPPED, **more)


def _costs_with_days(trade: Trade) -> None:
    for since, amount in (("2026-01-01", "30.00"), ("2026-10-01", "33.00"), ("2026-10-02", "50.00")):
        trade.cost("DATED", amount, since)
    _sold(trade, "dated", "DATED")
    _sold(trade, "dated-before", "DATED", day="2026-09-30")


def _cost_that_begins_later(trade: Trade) -> None:
    trade.cost("LATER", "30.00", "2026-10-02")
    _sold(trade, "later", "LATER")


def _costs_of_store_and_company(trade: Trade) -> None:
    trade.cost("OWN", "20.00")
    trade.cost("OWN", "25.00", store="甲店")
    _sold(trade, "own", "OWN")


def _bundle(trade: Trade) -> None:
    for part, units in (("S1", 1), ("S2", 2)):
        trade.add("sku_map", platform_sku_id="SET", internal_sku=part, units=units)
    _sold(trade, "bundle", "SET", quantity=2)


def _bundle_that_changed(trade: Trade) -> None:
    trade.add("sku_map", platform_sku_id="BOX", internal_sku="S1", units=1, valid_from="2026-01-01")
    trade.add("sku_map", platform_sku_id="BOX", internal_sku="S2", units=3, valid_from="2026-10-01")
    _sold(trade, "box", "BOX")


def _bundle_with_a_part_of_unknown_cost(trade: Trade) -> None:
    for part in ("S1", "NOBODY-KNOWS"):
        trade.add("sku_map", platform_sku_id="HALF", internal_sku=part, units=1)
    _sold(trade, "half", "HALF")


def _cost_in_the_order_file(trade: Trade) -> None:
    _sold(trade, "in-order", "IN-ORDER", quantity=3, cost="27.01")
    _sold(trade, "in-list", "S1", cost="27.00")


def _cost_in_the_product_file(trade: Trade) -> None:
    trade.add("products", product_id="P9", sku_id="IN-PRODUCT", cost_amount="12.34")
    _sold(trade, "in-product", "IN-PRODUCT", quantity=2)


def _cost_in_the_stock_system(trade: Trade) -> None:
    trade.add(
        "erp_orders", None, erp_order_id="N1", erp_line_id="1", order_id="in-erp", ordered_at="2026-10-01 09:00:00",
        erp_status="shipped", merchant_sku_code="IN-ERP", unit_cost="15.00", shipping_cost=None,
    )  # fmt: skip
    _sold(trade, "in-erp", "IN-ERP")


def _unknown_cost(trade: Trade) -> None:
    _sold(trade, "unknown", "NOBODY-KNOWS")
    _sold(trade, "no-sku", None)


def _order_without_lines(trade: Trade) -> None:
    trade.order("unlisted", paid="100.00", shipped=SHIPPED, order_amount="100.00", status="paid")
    trade.moved("unlisted", "S1", -1, "sale")
    trade.moved("unlisted", "S2", -1, "sale")


def _gift_on_a_line(trade: Trade) -> None:
    gift = Item("gift-2", "0.00", sku="S2", listed="9.90", kind="gift")
    trade.order("gift", Item("gift-1", "100.00"), gift, paid="100.00", shipped=SHIPPED)


def _gift_that_no_report_lists(trade: Trade) -> None:
    _sold(trade, "hidden-gift", "S1")
    trade.moved("hidden-gift", "S1", -1, "sale")
    trade.moved("hidden-gift", "S2", -2, "sale")


CASES = (
    Case(
        "goods_cost",
        "unit_cost_of_the_day_of_the_order_counts",
        _costs_with_days,
        {"dated": _sold_for_100(33_00), "dated-before": _sold_for_100(30_00)},
        told={"dated": {"cost_source": "sku_cost"}},
    ),
    Case(
        "goods_cost",
        "cost_that_begins_after_the_order_is_no_cost_of_it",
        _cost_that_begins_later,
        {"later": _sold_for_100(None)},
        told={"later": {"cost_known": False}},
    ),
    Case(
        "goods_cost",
        "stores_own_list_goes_before_the_companys",
        _costs_of_store_and_company,
        {"own": _sold_for_100(25_00)},
    ),
    # Two sets of one S1 and two S2: 2 * (40 + 2 * 3).
    Case("goods_cost", "parts_of_a_bundle_are_added_up", _bundle, {"bundle": _sold_for_100(92_00)}),
    # From the first of October a box holds three S2 and no S1.
    Case("goods_cost", "map_of_the_day_of_the_order_counts", _bundle_that_changed, {"box": _sold_for_100(9_00)}),
    Case(
        "goods_cost",
        "bundle_with_one_part_of_unknown_cost_has_no_cost_at_all",
        _bundle_with_a_part_of_unknown_cost,
        {"half": _sold_for_100(None)},
    ),
    Case(
        "goods_cost",
        "cost_in_the_order_file_counts_to_the_fen_where_no_list_knows_it",
        _cost_in_the_order_file,
        {"in-order": _sold_for_100(27_01), "in-list": _sold_for_100(40_00)},
        told={"in-order": {"cost_source": "order_line"}, "in-list": {"cost_source": "sku_cost"}},
    ),
    Case(
        "goods_cost",
        "cost_in_the_product_file_comes_next",
        _cost_in_the_product_file,
        {"in-product": _sold_for_100(24_68)},
        told={"in-product": {"cost_source": "sku"}},
    ),
    Case(
        "goods_cost",
        "cost_in_the_stock_system_comes_last",
        _cost_in_the_stock_system,
        {"in-erp": _sold_for_100(15_00)},
        told={"in-erp": {"cost_source": "erp_order_line"}},
    ),
    Case(
        "goods_cost",
        "goods_that_no_list_knows_leave_no_profit_instead_of_all_of_it",
        _unknown_cost,
        {"unknown": _sold_for_100(None), "no-sku": _sold_for_100(None)},
        told={"unknown": {"cost_known": False}},
    ),
    Case(
        "goods_cost",
        "order_whose_lines_no_file_lists_costs_what_left_for_it",
        _order_without_lines,
        # 40 + 3; what its lines cost in the list stays unknown.
        orders={"unlisted": _sold_for_100(43_00, listed_cost=None)},
    ),
    Case(
        "gifts",
        "gift_on_a_line_costs_the_order_that_earned_it",
        _gift_on_a_line,
        {
            "gift-1": _sold_for_100(40_00),
            "gift-2": {
                "list": 9_90, "unknown_discount": 9_90, "listed_cost": 3_00, "goods_cost": 3_00, "contribution": -3_00,
            },
        },
        told={"gift-2": {"line_kind": "gift"}},
    ),
    Case(
        "gifts",
        "gift_that_no_report_lists_is_found_by_what_left_for_the_order",
        _gift_that_no_report_lists,
        # One S1 as ordered, two S2 beyond it: 40 + 2 * 3.
        {"hidden-gift": _sold_for_100(46_00, listed_cost=40_00)},
    ),
)  # fmt: skip
