"""Stock balance 收发存: opening + in − out = closing by SKU and warehouse, differences apart (M-INV-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock import balances
from zhanggui.ledger.stock.course import BOOKS, PLACE, at_first, at_last
from zhanggui.understand.inventory.book import StockBook

ROW_SUMS = ("opening", "received", "issued", "difference", "closing")
_SUMS = (*ROW_SUMS, "counted", "difference_minor")


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """Stock of one SKU in one warehouse over the window, of one warehouse, or of one day; units.

    Attributes
    ----------
    opening, received, issued, closing : float
        opening + received − issued + difference = closing.
    difference : float
        What was stated beyond what movements explain; the next day begins with what was stated.
    counted : float
        What stock counts found beyond the books at their hour; movements of adjustment follow it, so it is in no sum.
    difference_minor : float
        The difference at unit cost; goods of unknown cost are left out.
    """

    warehouse: str
    sku: str
    opening: float
    received: float
    issued: float
    difference: float
    closing: float
    counted: float
    difference_minor: float
    day: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the row adds up."""
        return abs(self.opening + self.received - self.issued + self.difference - self.closing) < 0.0005


def balance_rows(ledger: Ledger, book: StockBook, *, sku: str | None = None, warehouse: str | None = None) -> ir.Table:
    """Return one row for each SKU and warehouse of the window, as an open question."""
    rows = _book_rows(ledger, book, sku, warehouse)
    # Only where two stores name one warehouse is there anything to add up.
    stores = ledger.query(ledger.table("stock_balance").select("shop_id").distinct().limit(2))
    return rows.drop("shop_id") if stores.num_rows < 2 else _summed(rows, PLACE)


def _summed(rows: ir.Table, by: list[str]) -> ir.Table:
    return rows.group_by(by).aggregate(**{name: rows[name].sum() for name in _SUMS})


def _book_rows(ledger: Ledger, book: StockBook, sku: str | None, warehouse: str | None = None) -> ir.Table:
    """Return one row for each SKU, warehouse and store that keeps its books."""
    held = _held(ledger, book, sku, warehouse)
    level = held.closing + held["difference"]
    is_before, is_within = held.day < book.first, held.day >= book.first
    # What nothing explains is rare: its value is worked out where there is any.
    unexplained = (held["difference"] != 0).ifelse(
        held["difference"].cast("float64") * held.unit_cost_minor.cast("float64"), None
    )
    rows = held.group_by(BOOKS).aggregate(
        before=at_last(level, held.day, where=is_before),
        begun=at_first(held.opening, held.day),
        received=held.received.sum(where=is_within),
        issued=held.issued.sum(where=is_within),
        difference=held["difference"].sum(where=is_within),
        counted=held.count_difference.sum(where=is_within),
        difference_minor=unexplained.sum(where=is_within),
        closing=at_last(level, held.day),
    )
    rows = rows.mutate(opening=ibis.coalesce(rows.before, rows.begun))
    return rows.select(*BOOKS, **{name: rows[name].cast("float64").fill_null(0.0) for name in _SUMS})


def warehouse_balances(ledger: Ledger, book: StockBook, *, sku: str | None = None) -> tuple[BalanceRow, ...]:
    """Return the balance of each warehouse."""
    sums = _summed(_book_rows(ledger, book, sku), ["warehouse"])
    return tuple(_row({**row, "internal_sku": ""}) for row in ledger.query(sums.order_by("warehouse")).to_pylist())


def goods_balances(
    ledger: Ledger, book: StockBook, *, sku: str | None = None, warehouse: str | None = None, limit: int, page: int = 1
) -> tuple[tuple[BalanceRow, ...], int]:
    """Return a page of SKUs and warehouses, what nothing explains first, and how many there are."""
    rows = balance_rows(ledger, book, sku=sku, warehouse=warehouse)
    order = [ibis.desc(rows["difference"].abs()), ibis.desc("closing"), *PLACE]
    shown = rows.mutate(n_rows=rows.count().over()).order_by(order).limit(limit, offset=(page - 1) * limit)
    found = ledger.query(shown).to_pylist()
    return tuple(map(_row, found)), int(found[0]["n_rows"]) if found else 0


def day_balances(ledger: Ledger, book: StockBook, sku: str, warehouse: str | None = None) -> tuple[BalanceRow, ...]:
    """Return the days of the window on which something happened to a SKU, each with its balance."""
    held = _held(ledger, book, sku, warehouse)
    held = held.filter(held.day >= book.first)
    rows = held.select(
        *PLACE, "day", "received", "issued", "difference", "opening",
        closing=held.closing + held["difference"],
        counted=held.count_difference.fill_null(0),
        difference_minor=held["difference"].cast("float64") * held.unit_cost_minor.fill_null(0).cast("float64"),
    )  # fmt: skip
    return tuple(map(_row, ledger.query(rows.order_by(["warehouse", "day"])).to_pylist()))


def moved_by_reason(ledger: Ledger, book: StockBook) -> dict[str, tuple[float, float]]:
    """Return what came in and went out in the window by reason of the movements."""
    rows = ledger.table("stock_movement")
    rows = rows.filter((rows.occurred_date >= book.first) & (rows.occurred_date <= book.last))
    units = rows.quantity.cast("float64")
    sums = rows.group_by("reason").aggregate(
        came=units.sum(where=units > 0).fill_null(0.0), went=-units.sum(where=units < 0).fill_null(0.0)
    )
    found = ledger.query(sums.order_by("reason")).to_pylist()
    return {str(row["reason"] or "other"): (float(row["came"]), abs(float(row["went"]))) for row in found}


def course_of_units(book: StockBook) -> tuple[list[date], list[float]]:
    """Return what lay in all warehouses at the end of each day of the window."""
    days = [book.first + timedelta(days=n) for n in range(book.n_days)]
    course = book.course
    change = course.level - course.before
    ordinals = [day.toordinal() for day in days]
    total = float(change[course.day < ordinals[0]].sum())
    found = []
    by_day = dict.fromkeys(ordinals, 0.0)
    inside = course.day >= ordinals[0]
    for day, value in zip(course.day[inside].tolist(), change[inside].tolist(), strict=True):
        by_day[day] += value
    for day in ordinals:
        total += by_day[day]
        found.append(round(total, 3))
    return days, found


def _held(ledger: Ledger, book: StockBook, sku: str | None, warehouse: str | None) -> ir.Table:
    held = balances(ledger, book.last)
    if sku is not None:
        held = held.filter(held.internal_sku == sku)
    return held if warehouse is None else held.filter(held.warehouse == warehouse)


def _row(row: dict[str, object]) -> BalanceRow:
    numbers = {name: float(str(row[name] or 0)) for name in _SUMS}
    day = row.get("day")
    return BalanceRow(
        warehouse=str(row["warehouse"]),
        sku=str(row["internal_sku"]),
        day=day if isinstance(day, date) else None,
        **numbers,
    )
