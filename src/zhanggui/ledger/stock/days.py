"""Stock day by day: what every SKU had in every warehouse at the end of each day, what it cost, what was sold of it.

Catalogue M-INV-01 to M-INV-04, M-INV-09, M-GOODS-04, M-GOODS-11.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.batches import receipt_batches
from zhanggui.ledger.stock.course import BOOKS, EXACT, ON_SALE_DAYS, at_first, balances

SLOW_DAYS = 30
"""Goods without a sale for more days than these are slow."""
DAYS_OF_YEAR = 365
BACK = ("return", "damage")
"""Reasons of what buyers sent back: what came in, less what of it could not be sold again."""

_READS = ("stock_movements", "stock_snapshots", "stock_counts", "sku_costs")


def stock_spans(ledger: Ledger, stores: tuple[int, ...], last: date) -> ir.Table:
    """Return what holds of each SKU in each warehouse from which day on for how many days.

    Notes
    -----
    Stock changes on few days. So the days on which anything changed are put in order once, with what holds from each
    of them on, and only then written out day by day. A sale anywhere makes the SKU fresh in every warehouse, and a
    new cost is one for all: their days are days of change too.
    """
    held = balances(ledger, last)
    held = held.filter(held.shop_id.isin(stores))
    books = held.group_by([*BOOKS, "currency"]).aggregate(
        begun=held.day.min(), opening=at_first(held.opening, held.day)
    )
    return _spans(_changes(ledger, held, books, last), books, last)


def _day_by_day(spans: ir.Table, *, knows_sales: bool) -> ir.Table:
    """Write the days out."""
    rows = spans.mutate(offset=ibis.range(0, spans.n_days).unnest())
    value = (ibis.greatest(rows.on_hand, 0) * rows.cost).round().cast("int64")
    slow = (rows.idle_days + rows.offset > SLOW_DAYS).ifelse(value, 0) if knows_sales else ibis.null("int64")
    return rows.select(
        *BOOKS,
        "currency",
        "on_hand",
        day=rows.day + rows.offset.as_interval("D"),
        unit_cost_minor=rows.cost,
        value_minor=value,
        slow_value_minor=slow,
        is_there=(rows.on_hand > 0) | ((rows.offset == 0) & rows.was_there),
        is_in_stock=rows.on_hand > 0,
        is_on_sale=rows.offset < rows.n_on_sale,
    )


def _sales(spans: ir.Table) -> ir.Table:
    """Return what was sent for orders and came back, on its days."""
    rows = spans.filter(spans.sold.notnull())
    cost = (rows.sold * rows.cost).round().cast("int64")
    return rows.select(*BOOKS, "currency", "day", "sold", sold_cost_minor=cost, year_cost_minor=cost * DAYS_OF_YEAR)


def _changes(ledger: Ledger, held: ir.Table, books: ir.Table, last: date) -> ir.Table:
    """Return what changed, for each book and day on which anything did; what came before a book is put on its first."""
    moved = ledger.table("stock_movement")
    moved = moved.filter(moved.occurred_date <= last)
    flows = moved.filter(moved.reason.isin(("sale", *BACK)) & (moved.quantity != 0))
    own = flows.semi_join(books, BOOKS).select(*BOOKS, day=flows.occurred_date, sold=-flows.quantity)
    sales = flows.filter(flows.reason == "sale").select("internal_sku", day="occurred_date").distinct()
    fresh = books.inner_join(sales, "internal_sku")
    costs = books.inner_join(_cost_steps(ledger, last), ["internal_sku", "currency"])
    level = held.received - held.issued + held["difference"]
    parts = (
        books.select(*BOOKS, day="begun", change="opening"),
        held.select(*BOOKS, "day", change=level),
        own,
        fresh.select(*BOOKS, day=ibis.greatest(fresh.day, fresh.begun), last_sale=fresh.day),
        costs.select(*BOOKS, day=ibis.greatest(costs.day, costs.begun), cost_step=costs.step, n_costs=1),
    )
    rows = ibis.union(*map(_typed, parts))
    return rows.group_by([*BOOKS, "day"]).aggregate(
        change=rows.change.sum(),
        sold=rows.sold.sum(),
        last_sale=rows.last_sale.max(),
        cost_step=rows.cost_step.sum(),
        n_costs=rows.n_costs.sum(),
    )


def _cost_steps(ledger: Ledger, last: date) -> ir.Table:
    """Return by how much the unit cost of each SKU changed on which day; the first step is the first cost."""
    held = ledger.table("sku_cost")
    held = held.filter(held.valid_from <= last)
    goods = ["internal_sku", "currency"]
    costs = held.group_by([*goods, "valid_from"]).aggregate(cost=held.unit_cost_minor.max())
    before = costs.cost.lag().over(group_by=goods, order_by="valid_from")
    return costs.select(*goods, day="valid_from", step=costs.cost - ibis.coalesce(before, 0))


def _typed(rows: ir.Table) -> ir.Table:
    types = {"shop_id": "int32", "warehouse": "string", "internal_sku": "string", "day": "date", "change": EXACT}
    types |= {"sold": EXACT, "last_sale": "date", "cost_step": "int64", "n_costs": "int64"}
    return rows.select(
        **{name: rows[name].cast(kind) if name in rows.columns else ibis.null(kind) for name, kind in types.items()}
    )


def _spans(changes: ir.Table, books: ir.Table, last: date) -> ir.Table:
    """Return what holds from each of these days on, and for how many days it is written out."""
    so_far = ibis.window(group_by=BOOKS, order_by="day", preceding=None, following=0)
    ordered = ibis.window(group_by=BOOKS, order_by="day")
    end = ibis.literal(last) + ibis.interval(days=1)
    rows = changes.mutate(
        on_hand=changes.change.sum().over(so_far),
        last_sale=changes.last_sale.max().over(so_far),
        unit_cost=changes.cost_step.sum().over(so_far),
        n_costs=changes.n_costs.sum().over(so_far),
        until=ibis.coalesce(changes.day.lead().over(ordered), end),
    )
    rows = rows.mutate(before=ibis.coalesce(rows.on_hand.lag().over(ordered), ibis.literal(0).cast(EXACT)))
    rows = rows.mutate(was_there=(rows.before > 0) | (ibis.coalesce(rows.sold, 0) > 0))
    there = (rows.on_hand > 0).ifelse(rows.until - ibis.interval(days=1), rows.was_there.ifelse(rows.day, None))
    rows = rows.mutate(there=there.cast("date").max().over(so_far))
    first = books.group_by("internal_sku").aggregate(since=books.begun.min())
    rows = rows.inner_join(first, "internal_sku")
    fresh = ibis.coalesce(rows.last_sale, (rows.since - ibis.interval(days=1)).cast("date"))
    held = rows.until.delta(rows.day, unit="day")
    on_sale = ibis.coalesce(rows.there.delta(rows.day, unit="day") + 1 + ON_SALE_DAYS, 0)
    on_sale = ibis.greatest(ibis.least(on_sale, held), 0)
    currency = books.select(*BOOKS, "currency")
    rows = rows.mutate(
        cost=(rows.n_costs > 0).ifelse(rows.unit_cost, None),
        idle_days=rows.day.delta(fresh, unit="day"),
        n_on_sale=on_sale,
        # Goods that are gone for long have no days any more.
        n_days=(rows.on_hand != 0).ifelse(held, on_sale),
    )
    return rows.inner_join(currency, BOOKS)


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    last = _last_day(tx, ledger) or date.min
    spans = tx.stage("stock_spans", stock_spans(ledger, stores, last))
    sales = ledger.table("stock_movement")
    knows_sales = tx.query(sales.filter(sales.reason == "sale").limit(1)).num_rows > 0
    return {
        "stock_day": _day_by_day(spans, knows_sales=knows_sales),
        "stock_sale": _sales(spans),
        "receipt_batch": receipt_batches(ledger, stores, last),
    }


def _last_day(tx: Transaction, ledger: Ledger) -> date | None:
    """Return the last day of which any store tells stock: up to it what is known of the others still holds."""
    found = [
        tx.query(ledger.table(table)["day"].max().name("day").as_table())["day"][0].as_py()
        for table in ("stock_balance", "stock_snapshot")
    ]
    return max((day for day in found if day is not None), default=None)


def _several_stores(ledger: Ledger) -> ir.Table:
    """Return a row where several stores keep books of stock: they end on one day, the last that any of them tells."""
    batches = ledger.table("source_batch")
    stores = batches.filter(batches.dataset.isin(list(_READS[:2]))).aggregate(n=batches.shop_id.nunique())
    return stores.filter(stores.n > 1)


STOCK_DAYS = Derivation(
    subject="stock_day",
    tables=("stock_day", "stock_sale", "receipt_batch"),
    reads=_READS,
    rules="2",
    make=_make,
    after=(STOCK_BALANCES,),
    binds_stores=_several_stores,
)
