"""Stock position: on hand + on order + in transit + sellable returns − committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.understand.inventory.book import StockBook, sums_by_sku

TRANSIT_DAYS = 30
"""Transfers that left longer ago and arrived nowhere are lost rather than on the way."""
STATED_DAYS = 8
"""What a stock system stated longer ago as locked says nothing of today."""
_WAITING = ("paid", "partially_shipped")
_COMING_BACK = ("approved_waiting_return", "returning")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Position:
    """What can be counted on, by SKU in the order of the book; units.

    Attributes
    ----------
    on_hand : array of float
        Lying in the warehouses.
    on_order : array of float or None
        Ordered, not received, and not past due; None where no purchase orders were ever loaded.
    overdue : array of float or None
        Ordered and due before the last day, but not received; part of no position until it has a new date.
    in_transit : array of float
        Left one warehouse for another and not yet arrived.
    coming_back : array of float
        Returns on their way, at the share that came back sellable so far.
    unshipped : array of float
        Paid and not sent.
    presale : array of float
        Deposits paid, the balance not yet.
    locked : array of float
        What the stock system states as committed beyond these two.
    sellable_share : float or None
        Share of returns that came back sellable; None where none came back.
    warnings : tuple of Text
        What is missing or past due.
    """

    on_hand: Floats
    on_order: Floats | None
    overdue: Floats | None
    in_transit: Floats
    coming_back: Floats
    unshipped: Floats
    presale: Floats
    locked: Floats
    sellable_share: float | None
    warnings: tuple[Text, ...]

    @property
    def committed(self) -> Floats:
        """Units that are promised already."""
        return self.unshipped + self.presale + self.locked

    @property
    def available(self) -> Floats:
        """What can be sold today: on hand less what is promised; below zero where more was sold than is there."""
        return self.on_hand - self.committed

    @property
    def position(self) -> Floats | None:
        """The whole sum; None where what is on order is not known."""
        if self.on_order is None:
            return None
        return self.on_hand + self.on_order + self.in_transit + self.coming_back - self.committed


def position_of(ledger: Ledger, book: StockBook) -> Position:
    """Return the position of every SKU of a book on its last day."""
    skus, last = book.course.skus, book.last
    unshipped, presale = (
        sums_by_sku(ledger, skus, rows) for rows in (_unshipped(ledger, last), _presale(ledger, last))
    )
    stated = _stated(ledger, book)
    share = _sellable_share(ledger, book)
    returning = sums_by_sku(ledger, skus, _returning(ledger, last))
    on_order, overdue, told = _ordered(ledger, book)
    return Position(
        on_hand=book.course.on_hand(),
        on_order=on_order,
        overdue=overdue,
        in_transit=_in_transit(ledger, book),
        coming_back=returning * (share or 0.0),
        unshipped=unshipped,
        presale=presale,
        locked=np.maximum(stated - unshipped - presale, 0.0),
        sellable_share=share,
        warnings=tuple(told),
    )


def _lines_of(ledger: Ledger, orders: ir.Table) -> ir.Table:
    lines = ledger.table("order_line")
    rows = lines.filter(lines.sku_id.notnull() & (lines.quantity > 0)).inner_join(orders, ["shop_id", "order_id"])
    return rows.select(
        "shop_id", "order_id", "line_key", "sku_id", "day", quantity=rows.quantity.cast("float64"),
        receivable=rows.paid_minor.cast("float64"),
    )  # fmt: skip


def _unshipped(ledger: Ledger, last: date) -> ir.Table:
    orders, parcels = ledger.table("order_header"), ledger.table("shipment")
    sent = (
        parcels.filter((parcels.direction.isnull() | (parcels.direction == "outbound")) & parcels.shipped_at.notnull())
        .select("shop_id", "order_id")
        .distinct()
    )
    waiting = orders.filter(
        orders.is_paid & orders.status.isin(_WAITING) & (orders.order_kind == "ordinary") & (orders.paid_date <= last)
    ).select("shop_id", "order_id", day=orders.paid_date)
    return _lines_of(ledger, waiting.anti_join(sent, ["shop_id", "order_id"]))


def _presale(ledger: Ledger, last: date) -> ir.Table:
    orders = ledger.table("order_header")
    waiting = orders.filter(
        orders.is_presale & ~orders.is_paid & orders.deposit_paid_date.notnull() & (orders.deposit_paid_date <= last)
        & ~orders.status.isin(("closed_unpaid", "closed_refunded")) & (orders.order_kind == "ordinary")
    ).select("shop_id", "order_id", day=orders.deposit_paid_date)  # fmt: skip
    return _lines_of(ledger, waiting)


def _returning(ledger: Ledger, last: date) -> ir.Table:
    held = ledger.table("refund")
    rows = held.filter(
        (held.refund_type == "return_and_refund") & held.status.isin(_COMING_BACK) & held.sku_id.notnull()
        & (held.cohort_date <= last)
    )  # fmt: skip
    return rows.select(
        "shop_id", "sku_id", order_id=rows.refund_id, line_key=rows.refund_id, day=rows.cohort_date,
        quantity=rows.quantity.fill_null(1).cast("float64"), receivable=rows.refunded_minor.cast("float64"),
    )  # fmt: skip


def _sellable_share(ledger: Ledger, book: StockBook) -> float | None:
    rows = ledger.table("stock_movement")
    is_of_order = rows.refund_id.notnull() | rows.order_id.notnull()
    # What was written off of a return names its order; what spoils in the warehouse names none.
    back = rows.filter((is_of_order | (rows.reason == "return")) & (rows.occurred_date <= book.last))
    sums = back.aggregate(
        came=back.quantity.sum(where=back.reason == "return").cast("float64"),
        kept=back.quantity.sum(where=back.reason.isin(("return", "damage"))).cast("float64"),
    )
    row = ledger.query(sums).to_pylist()[0]
    return min(max(row["kept"] / row["came"], 0.0), 1.0) if row["came"] else None


def _in_transit(ledger: Ledger, book: StockBook) -> Floats:
    rows = ledger.table("stock_movement")
    since = book.last - timedelta(days=TRANSIT_DAYS - 1)
    rows = rows.filter((rows.reason == "transfer") & (rows.occurred_date >= since) & (rows.occurred_date <= book.last))
    sums = rows.group_by("internal_sku").aggregate(units=-rows.quantity.sum().cast("float64"))
    return np.maximum(_placed(ledger, book, sums), 0.0)


def _stated(ledger: Ledger, book: StockBook) -> Floats:
    rows = ledger.table("stock_snapshot")
    recent = rows.filter((rows.day <= book.last) & (rows.day > book.last - timedelta(days=STATED_DAYS)))
    newest = recent.filter(recent.day == recent.day.max().over())
    return _placed(
        ledger, book, newest.group_by("internal_sku").aggregate(units=newest.committed.sum().cast("float64"))
    )


def _placed(ledger: Ledger, book: StockBook, sums: ir.Table) -> Floats:
    """Return ``units`` by own SKU in the order of the book."""
    place = {name: n for n, name in enumerate(book.course.skus)}
    found = np.zeros(book.course.n_skus)
    for row in ledger.query(sums).to_pylist():
        if row["internal_sku"] in place and row["units"]:
            found[place[row["internal_sku"]]] = row["units"]
    return found


def _ordered(ledger: Ledger, book: StockBook) -> tuple[Floats | None, Floats | None, list[Text]]:
    held = ledger.table("purchase_order")
    if not ledger.query(held.limit(1).select("internal_sku")).num_rows:
        return None, None, [
            Text(
                "没有采购单：在途采购未知，不按 0 计，含在途库存因此不给出；请导入采购单。",
                "There are no purchase orders: what is on order is not known, and not taken as 0, so there is no "
                "position; load purchase orders.",
            )
        ]  # fmt: skip
    rows = held.filter(held.received_at.isnull() & (held.ordered_date <= book.last))
    left = (rows.ordered_quantity - rows.received_quantity.fill_null(0)).cast("float64")
    rows = rows.mutate(units=left).filter(left > 0)
    is_late = rows.due_date.notnull() & (rows.due_date < book.last)
    told = []
    about = rows.aggregate(
        n_late=is_late.sum(), late=rows.units.sum(where=is_late), n_open=rows.due_date.isnull().sum(),
        n_strange=(~rows.internal_sku.isin(book.course.skus)).sum() if book.course.n_skus <= _MOST_NAMED else 0,
    )  # fmt: skip
    row = ledger.query(about).to_pylist()[0]
    if row["n_late"]:
        told.append(
            Text(
                f"{row['n_late']} 行采购单已过预计到货日仍未入库（{row['late']:,.0f} 件）：不计入在途，请催货或改期。",
                f"{row['n_late']} lines of purchase orders are past due and not received ({row['late']:,.0f} units): "
                "they are not counted as on order; ask the supplier for a new day.",
            )
        )
    if row["n_open"]:
        told.append(
            Text(
                f"{row['n_open']} 行采购单没有预计到货日，按在途计。",
                f"{row['n_open']} lines of purchase orders have no due day; they count as on order.",
            )
        )
    if row["n_strange"]:
        told.append(
            Text(
                f"{row['n_strange']} 行采购单的商品从未入库，未列出。",
                f"{row['n_strange']} lines of purchase orders are of goods that were never in stock; not listed.",
            )
        )
    on_time, late = rows.filter(~is_late), rows.filter(is_late)
    coming, overdue = (
        _placed(ledger, book, each.group_by("internal_sku").aggregate(units=each.units.sum()))
        for each in (on_time, late)
    )
    return coming, overdue, told


_MOST_NAMED = 5_000
