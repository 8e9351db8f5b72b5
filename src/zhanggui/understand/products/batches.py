"""Which supplier and which purchase the goods of an order came from, as far as purchases tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhanggui.understand.desk import Desk
from zhanggui.understand.products.goods_names import internal_skus
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.products.returns import GoodsReturns, Returns, is_ripe, left_and_back
from zhanggui.understand.products.sales import goods_lines
from zhanggui.understand.view import View

BEFORE_ALL = "-"
"""Supplier and batch of goods that were there before the first purchase that is known."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Units of one day's purchase that were delivered and came back."""

    supplier: str
    batch: str
    delivered: float
    returned: float


def lots_of(desk: Desk, view: View, found: Returns, products: Sequence[GoodsReturns]) -> tuple[Lot, ...]:
    """Return units delivered and returned by supplier and purchase.

    Notes
    -----
    Which parcel held which purchase no file tells: an order is taken to come from the last purchase of its SKU that
    was received before it was paid. Marked estimated.
    """
    received = _received(desk)
    codes = internal_skus(desk)
    wanted = {key for each in products for key in each.keys}
    lines = goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date"))
    lines = lines.filter(is_ripe(lines, found.matured_to))
    if len(products) == 1:
        lines = lines.filter(lines.product_id.isin(sorted(product for _, product in wanted)))
    has_left, is_back = left_and_back(lines)
    units = lines.quantity.cast("float64")
    sums = lines.group_by(["shop_id", "product_id", "sku_id", "paid_date"]).aggregate(
        delivered=units.sum(where=has_left), returned=units.sum(where=is_back)
    )
    lots: dict[tuple[str, str], list[float]] = {}
    for row in desk.ledger.query(sums).to_pylist():
        if (row["shop_id"], row["product_id"]) not in wanted:
            continue
        code = codes.get((row["shop_id"], row["sku_id"]), row["sku_id"])
        each = lots.setdefault(_bought(received.get(code), row["paid_date"]), [0.0, 0.0])
        each[0] += float(row["delivered"] or 0)
        each[1] += float(row["returned"] or 0)
    return tuple(Lot(*key, *each) for key, each in sorted(lots.items()))


def _bought(purchases: tuple[list[date], list[tuple[str, str]]] | None, day: date) -> tuple[str, str]:
    if purchases is None:
        return BEFORE_ALL, BEFORE_ALL
    place = bisect_right(purchases[0], day) - 1
    return purchases[1][place] if place >= 0 else (purchases[1][0][0], BEFORE_ALL)


def _received(desk: Desk) -> Mapping[str, tuple[list[date], list[tuple[str, str]]]]:
    """Return days of receipt, and supplier and purchase order, of each SKU by the seller's code."""

    def found() -> dict[str, tuple[list[date], list[tuple[str, str]]]]:
        bought = desk.ledger.table("purchase_order")
        bought = bought.filter(bought.received_date.notnull())
        rows = desk.ledger.query(
            bought.select("internal_sku", "received_date", "supplier", "purchase_order_id").order_by(
                ["internal_sku", "received_date", "purchase_order_id"]
            )
        ).to_pylist()
        held: dict[str, tuple[list[date], list[tuple[str, str]]]] = {}
        for row in rows:
            days, lots = held.setdefault(row["internal_sku"], ([], []))
            days.append(row["received_date"])
            lots.append((row["supplier"] or BEFORE_ALL, row["purchase_order_id"]))
        return held

    return desk.kept(("received_purchases",), found)
