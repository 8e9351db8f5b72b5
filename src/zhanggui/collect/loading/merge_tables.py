"""Send staged rows of each input table to the merges that it needs, and project what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.column_typing import ROLE_ADJUSTMENT, ROLE_REFUND, ROLE_SALE
from zhanggui.collect.loading.merge_facts import merge_fact
from zhanggui.collect.loading.merge_lines import merge_lines
from zhanggui.collect.loading.merge_orders import merge_orders
from zhanggui.collect.loading.merge_whole import MergedWhole, merge_whole
from zhanggui.collect.loading.order_of_lines import orders_of_lines
from zhanggui.collect.loading.order_rules import ORDER
from zhanggui.collect.loading.project_refunds import orphan_rows
from zhanggui.collect.loading.projection import project_orders
from zhanggui.collect.loading.versions import THIS_IMPORT, THIS_STORE, BatchContext, numbered
from zhanggui.columns import FACTS, MARKED_ORDERS
from zhanggui.columns.fact import Fact
from zhanggui.ledger.engine import Ledger, Transaction, built_once
from zhanggui.ledger.schema.facts import FACT_KEY
from zhanggui.ledger.schema.observations import TOKEN_VALUES
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.ledger.schema.tables import TABLES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the merge of a table did.

    Attributes
    ----------
    classes : ibis Table
        ``row_no``, ``row_hash``, ``row_class`` of every good row.
    held_minor : ibis Table or None
        One row, ``held_minor``: what the ledger now holds of the file's headline money.
    differing : ibis Table or None
        ``row_no`` of rows that disagree with the first row of their order about order-level values.
    left_out : ibis Table or None
        Lines of the file's orders that a newer file leaves out while nothing confirms that they are gone.
    """

    classes: ir.Table
    held_minor: ir.Table | None = None
    differing: ir.Table | None = None
    left_out: ir.Table | None = None


def merge_table(
    tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext, *, dataset: str, counts_as_paid: bool
) -> Outcome:
    """Merge the staged rows of one input table into the ledger."""
    if dataset in {"orders", "order_lines"}:
        rows = _with_paid(rows, counts_as_paid)
    if dataset in FACTS:
        return _merge_facts(tx, ledger, rows, FACTS[dataset])
    return _MERGES[dataset](tx, ledger, rows, context)


def _merge_facts(tx: Transaction, ledger: Ledger, rows: ir.Table, fact: Fact) -> Outcome:
    done = merge_fact(tx, ledger, rows, fact)
    if fact is MARKED_ORDERS:
        orders = done.merged.affected.select(shop_id=THIS_STORE, order_id=done.merged.affected[FACT_KEY])
        project_orders(tx, ledger, orders, all_new=False)
    return Outcome(done.merged.classes, held_minor=done.held_minor)


def _merge_orders(tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext) -> Outcome:
    merged = merge_orders(tx, ledger, rows, context)
    project_orders(tx, ledger, merged.affected, all_new=merged.all_new, fresh=merged.fresh)
    _merge_parties(tx, ledger, rows, kind="order", key="order_id")
    amount = "order_amount_minor" if "order_amount_minor" in rows.columns else "stated_paid_minor"
    held = _held_by_orders(ledger.table("order_header"), None if merged.all_new else rows, amount)
    return Outcome(merged.classes, held_minor=held)


@built_once
def _held_by_orders(headers: ir.Table, rows: ir.Table | None, amount: str) -> ir.Table:
    """Return what the ledger holds of the orders in `rows`, or of those that this import brought."""
    if rows is None:
        mine = headers.filter(headers.batch_id == THIS_IMPORT)
    else:
        mine = headers.filter(headers.shop_id == THIS_STORE).semi_join(rows, "order_id")
    return mine.aggregate(held_minor=mine[amount].sum())


def _merge_order_lines(tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext) -> Outcome:
    sales = _of_role(rows, ROLE_SALE)
    headers, differing = orders_of_lines(tx, sales, context)
    merged_headers = merge_orders(tx, ledger, headers, context)
    _merge_parties(tx, ledger, headers, kind="order", key="order_id")
    merged = merge_lines(tx, ledger, _line_values(sales), context)
    affected, classes = merged.affected, merged.classes
    if not (merged.all_new and merged_headers.all_new):
        affected = affected.union(merged_headers.affected).distinct()
        classes = _either(classes, merged_headers.classes)
    is_new = merged.all_new and merged_headers.all_new
    roles = set(tx.query(rows.select("role").distinct()).column("role").to_pylist())
    if ROLE_REFUND in roles:
        refunds = _merge_line_refunds(tx, ledger, rows)
        classes = classes.union(refunds.classes)
        affected = affected.union(_refunded_orders(tx, ledger, refunds)).distinct()
        is_new = False
    if ROLE_ADJUSTMENT in roles:
        classes = classes.union(_add_adjustments(tx, ledger, rows))
    left_out = project_orders(tx, ledger, tx.stage("affected", affected), all_new=is_new, fresh=merged_headers.fresh)
    held = _held_by_lines(ledger.table("order_line"), ledger.table("refund"), ledger.table("adjustment"), rows)
    return Outcome(classes, held_minor=held, differing=differing, left_out=left_out)


_OF_LINES: Mapping[str, str] = MappingProxyType(
    {
        "stated_paid_minor": "line_paid_minor",
        "stated_refund_minor": "line_refund_minor",
        "estimated_refund_minor": "line_estimated_refund_minor",
        **{f"stated_{name}": f"line_{name}" for name in SHARED_AMOUNTS},
    }
)


@built_once
def _with_paid(rows: ir.Table, counts_as_paid: bool) -> ir.Table:
    return rows.mutate(counts_as_paid=ibis.literal(counts_as_paid))


@built_once
def _of_role(rows: ir.Table, role: int) -> ir.Table:
    return rows.filter(rows.role == role)


@built_once
def _line_values(sales: ir.Table) -> ir.Table:
    """Return the lines with their own stated amounts; an amount of the order, repeated on its lines, is not theirs."""
    lines = sales.drop(*(name for name in _OF_LINES if name in sales.columns))
    return lines.mutate(**{name: lines[own] for name, own in _OF_LINES.items() if own in lines.columns})


@built_once
def _either(lines: ir.Table, headers: ir.Table) -> ir.Table:
    """A row that changed its order changed the ledger, even where its line says nothing new."""
    changed = headers.filter(headers.row_class == "accepted").select(header_row=headers.row_no)
    joined = lines.left_join(changed, lines.row_no == changed.header_row)
    return joined.select(
        "row_no", "row_hash", row_class=joined.header_row.notnull().ifelse("accepted", joined.row_class)
    )


def _merge_line_refunds(tx: Transaction, ledger: Ledger, rows: ir.Table) -> MergedWhole:
    """Refund lines become refund rows of their own; they may lack an order."""
    lines = rows.filter(rows.role == ROLE_REFUND)
    counted = numbered(lines, ["order_id", "row_hash"], [lines.row_no], "occurrence")
    columns = counted.columns
    amount = _given(counted, "line_amount_minor", "int64")
    values: dict[str, ir.Value] = {
        "refund_id": ibis.literal("line:")
        + counted.order_id
        + ":"
        + (counted.line_id if "line_id" in columns else counted.row_hash.cast("string"))
        + ":"
        + counted.occurrence.cast("string"),
        "basis": ibis.literal("line"),
        "status": ibis.literal("succeeded"),
        "refunded_minor": -ibis.coalesce(amount, 0),
        "requested_minor": -ibis.coalesce(amount, 0),
        "refunded_at": ibis.coalesce(
            _given(counted, "paid_at", "timestamp"), _given(counted, "created_at", "timestamp")
        ),
        "refunded_date": ibis.coalesce(
            _given(counted, "stated_paid_date", "date"), _given(counted, "created_date", "date")
        ),
    }
    values |= {"own_date": values["refunded_date"], "has_refund_time": ibis.literal(True)}
    if "quantity" in columns:
        values["quantity"] = -counted.quantity
    refunds = tx.stage("line_refunds", counted.mutate(**values))
    return merge_whole(tx, ledger, refunds, table="refund_seen", key="refund_id")


def _given(rows: ir.Table, name: str, type_: str) -> ir.Value:
    """Return a column that the file may lack."""
    return rows[name] if name in rows.columns else ibis.null(type_)


def _add_adjustments(tx: Transaction, ledger: Ledger, rows: ir.Table) -> ir.Table:
    """Rows that are neither order nor refund are booked by themselves; a repeat adds nothing."""
    lines = rows.filter(rows.role == ROLE_ADJUSTMENT)
    counted = numbered(lines, ["order_id", "row_hash"], [lines.row_no], "occurrence")
    key = counted.order_id + ":" + counted.row_hash.cast("string") + ":" + counted.occurrence.cast("string")
    held = ledger.table("adjustment")
    held = held.filter(held.shop_id == THIS_STORE).select("adjustment_id", held_row=held.row_no)
    made = counted.select(
        "row_no",
        "row_hash",
        "currency",
        adjustment_id=key,
        kind=counted.line_kind,
        source_id=counted.order_id,
        note=_given(counted, "product_title", "string"),
        amount_minor=ibis.coalesce(_given(counted, "line_amount_minor", "int64"), 0),
        occurred_at=_given(counted, "created_at", "timestamp"),
        occurred_date=_given(counted, "created_date", "date"),
        shop_id=THIS_STORE,
        batch_id=THIS_IMPORT,
    )
    made = tx.stage("adjustments_made", made.left_join(held, "adjustment_id").drop("adjustment_id_right"))
    fresh = made.filter(made.held_row.isnull())
    tx.insert("adjustment", fresh.select(*TABLES["adjustment"].column_names))
    return made.select("row_no", "row_hash", row_class=made.held_row.isnull().ifelse("accepted", "duplicate"))


@built_once
def _held_by_lines(line: ir.Table, refund: ir.Table, adjustment: ir.Table, rows: ir.Table) -> ir.Table:
    """Return what the ledger holds of the file's orders: their lines, less refund lines, plus adjustments."""
    orders = rows.select("order_id")
    lines = line.filter(line.shop_id == THIS_STORE).semi_join(orders, "order_id")
    refunds = refund.filter(
        (refund.shop_id == THIS_STORE) & (refund.basis == "line") & refund.refund_id.startswith("line:")
    )
    refunds = refunds.semi_join(rows.filter(rows.role == ROLE_REFUND).select("order_id"), "order_id")
    others = adjustment.filter(adjustment.shop_id == THIS_STORE)
    others = others.semi_join(orders.select(source_id=orders.order_id), "source_id")
    parts = (
        lines.aggregate(held_minor=lines.line_amount_minor.sum().cast("int64"))
        .union(refunds.aggregate(held_minor=(-refunds.refunded_minor.sum()).cast("int64")))
        .union(others.aggregate(held_minor=others.amount_minor.sum().cast("int64")))
    )
    return parts.aggregate(held_minor=parts.held_minor.sum().cast("int64"))


def _merge_refunds(tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext) -> Outcome:
    columns = rows.columns
    if "order_id" not in columns:
        rows = rows.mutate(order_id=ibis.null("string"))
    counted = numbered(rows, ["order_id", "row_hash"], [rows.row_no], "occurrence")
    parts = (ibis.coalesce(counted.order_id, ""), counted.row_hash.cast("string"), counted.occurrence.cast("string"))
    own_id = ibis.literal("row:") + parts[0] + ":" + parts[1] + ":" + parts[2]
    days = [counted[name] for name in ("refunded_date", "applied_date", "created_date") if name in columns]
    status = counted.status if "status" in columns else ibis.literal("succeeded")
    cases = counted.mutate(
        refund_id=ibis.coalesce(counted.refund_id, own_id) if "refund_id" in columns else own_id,
        basis=ibis.literal("case"),
        status=status,
        refunded_minor=(status == "succeeded").ifelse(counted.requested_minor, 0),
        refunded_at=_given(counted, "refunded_at", "timestamp"),
        refunded_date=_given(counted, "refunded_date", "date"),
        own_date=ibis.coalesce(*days) if days else ibis.null("date"),
        has_refund_time=ibis.literal("refunded_date" in columns),
    )
    cases = tx.stage("refund_cases", cases)
    merged = merge_whole(tx, ledger, cases, table="refund_seen", key="refund_id")
    affected = _refunded_orders(tx, ledger, merged)
    project_orders(tx, ledger, affected, all_new=False)
    _project_orphans(tx, ledger, merged)
    held = ledger.table("refund")
    mine = held.filter(held.shop_id == THIS_STORE).semi_join(cases, "refund_id")
    return Outcome(merged.classes, held_minor=mine.aggregate(held_minor=mine.requested_minor.sum()))


def _refunded_orders(tx: Transaction, ledger: Ledger, merged: MergedWhole) -> ir.Table:
    seen = ledger.table("refund_seen")
    mine = seen.filter((seen.shop_id == THIS_STORE) & seen.order_id.notnull())
    return tx.stage("refunded_orders", mine.semi_join(merged.affected, "refund_id").select(*ORDER).distinct())


def _project_orphans(tx: Transaction, ledger: Ledger, merged: MergedWhole) -> None:
    """Refunds that name no order at all stand on their own day."""
    seen = ledger.table("refund_seen")
    mine = seen.filter((seen.shop_id == THIS_STORE) & seen.order_id.isnull())
    mine = tx.stage("refund_orphans", mine.semi_join(merged.affected, "refund_id"))
    tx.delete("refund", mine.select("shop_id", "refund_id"), on=("shop_id", "refund_id"))
    tx.insert("refund", orphan_rows(mine))


def _merge_products(tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext) -> Outcome:
    merged = merge_whole(tx, ledger, rows, table="product_seen", key="product_id")
    _publish(tx, ledger, merged, seen="product_seen", table="product", key="product_id")
    if "sku_id" in rows.columns:
        skus = rows.filter(rows.sku_id.notnull())
        merged_skus = merge_whole(tx, ledger, skus, table="sku_seen", key="sku_id")
        _publish(tx, ledger, merged_skus, seen="sku_seen", table="sku", key="sku_id")
        return Outcome(_either(merged.classes, merged_skus.classes))
    return Outcome(merged.classes)


def _merge_customers(tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext) -> Outcome:
    known = rows.filter(rows.buyer_key.notnull())
    merged = merge_whole(tx, ledger, known, table="customer_seen", key="buyer_key")
    _publish(tx, ledger, merged, seen="customer_seen", table="customer", key="buyer_key")
    _merge_parties(tx, ledger, known, kind="customer", key="buyer_key")
    masked = rows.filter(rows.buyer_key.isnull()).select("row_no", "row_hash", row_class=ibis.literal("duplicate"))
    return Outcome(merged.classes.union(masked))


def _merge_parties(tx: Transaction, ledger: Ledger, rows: ir.Table, *, kind: str, key: str) -> None:
    """Keep the tokens of the personal fields of orders or customers; rows without any say nothing."""
    tokens = tuple(name for name in TOKEN_VALUES if name in rows.columns)
    if not tokens:
        return
    merged = merge_whole(tx, ledger, _parties(rows, tokens, kind, key), table="party_seen", key="party_id")
    _publish(tx, ledger, merged, seen="party_seen", table="party_pii", key="party_id")


@built_once
def _parties(rows: ir.Table, tokens: tuple[str, ...], kind: str, key: str) -> ir.Table:
    named = rows.filter(ibis.or_(*(rows[name].notnull() for name in tokens)))
    return named.mutate(party_kind=ibis.literal(kind), party_id=named[key])


def _publish(tx: Transaction, ledger: Ledger, merged: MergedWhole, *, seen: str, table: str, key: str) -> None:
    """Write the canonical twin of an observation table whose newest row counts whole."""
    rows, keys = _published(ledger.table(seen), merged.affected, table, key)
    tx.delete(table, keys, on=("shop_id", key))
    tx.insert(table, rows)


@built_once
def _published(seen: ir.Table, affected: ir.Table, table: str, key: str) -> tuple[ir.Table, ir.Table]:
    """Return the rows of a canonical table that stand for the affected ones, and their keys."""
    rows = seen.filter(seen.shop_id == THIS_STORE).semi_join(affected, key)
    keys = rows.select("shop_id", key)
    if table == "product":
        rows = rows.mutate(is_declared=ibis.literal(True))
    return rows.select(*TABLES[table].column_names), keys


_MERGES: Mapping[str, Callable[[Transaction, Ledger, ir.Table, BatchContext], Outcome]] = MappingProxyType(
    {
        "orders": _merge_orders,
        "order_lines": _merge_order_lines,
        "refunds": _merge_refunds,
        "products": _merge_products,
        "customers": _merge_customers,
    }
)
