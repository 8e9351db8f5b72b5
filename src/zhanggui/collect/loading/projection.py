"""Make the canonical rows of some orders from what was seen of them.

Everything here is a pure function of the observation tables, so loading files in another order, or again,
cannot give another ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.allocation import allocated, with_shared_amounts
from zhanggui.collect.loading.project_refunds import open_estimates, order_refunds, refund_rows
from zhanggui.collect.loading.status import CLOSED
from zhanggui.collect.loading.versions import THIS_IMPORT, THIS_STORE, newest_first, numbered
from zhanggui.columns import MARKED_ORDERS
from zhanggui.ledger.engine import Ledger, Transaction, ibis_schema
from zhanggui.ledger.schema.observations import (
    MERGED_LAYOUT,
    ORDER_DERIVED,
    ORDER_SEEN,
    ORDER_VALUES,
    STATED_AMOUNTS,
    VERSION_COLUMNS,
)
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.ledger.schema.tables import TABLES
from zhanggui.ledger.schema.vocabulary import PAID_STATUS, UNPAID_STATUS

ORDER = ["shop_id", "order_id"]
_PRODUCT = ["shop_id", "product_id"]
_SOURCE_OF: Mapping[str, str] = {
    "created_date": "created_at",
    "created_hour": "created_at",
    "stated_paid_date": "paid_at",
    "stated_paid_hour": "paid_at",
    "status_raw": "status",
    "estimated_refund_minor": "status",
    "stated_deposit_date": "deposit_paid_at",
}
_READ = (
    *("buyer_key", "status", "created_date", "created_hour", "paid_at", "stated_paid_date", "stated_paid_hour"),
    *("is_presale", "is_deposit_paid", "deposit_minor", "deposit_paid_at", "stated_deposit_date"),
    *("order_amount_minor", *STATED_AMOUNTS, "stated_paid_minor", "stated_refund_minor", "estimated_refund_minor"),
    *("currency", "province", "city", "country", "channel"),
)
"""What the rules read of an order's observations, whether or not any file has it."""


def project_orders(
    tx: Transaction, ledger: Ledger, affected: ir.Table, *, all_new: bool, fresh: ir.Table | None = None
) -> None:
    """Write the canonical rows of the affected orders (``shop_id``, ``order_id``) anew.

    Parameters
    ----------
    all_new : bool
        Nothing is held of any of them but what this import brought.
    fresh : ibis Table or None
        Observations of orders that are not written yet, one per order.
    """
    if not all_new:
        tx.widen("order_seen", ORDER_DERIVED)
    if fresh is not None and not all_new:
        tx.insert("order_seen", fresh)
        fresh = None
    keys = affected if all_new else tx.stage("project_keys", affected.select(*ORDER).distinct())
    held = _held(tx, ledger, ("refund_seen", "line_seen", MARKED_ORDERS.table))
    cases = ledger.table("refund_seen") if "refund_seen" in held else None
    lines = tx.stage("project_lines", _active_lines(tx, ledger, keys)) if "line_seen" in held else None
    merged = _taken_out(tx, ledger, keys) if fresh is None else _complete(_with_knowledge(fresh, set(fresh.columns)))
    marks = ledger.table(MARKED_ORDERS.table) if MARKED_ORDERS.table in held else None
    estimates = open_estimates(tx, lines, cases) if lines is not None else None
    refunds = order_refunds(cases, keys) if cases is not None else None
    headers = _headers(_with_kind(merged, marks), lines, refunds, estimates)
    stored = [name for name in ORDER_SEEN.column_names if name in headers.columns]
    if lines is None and cases is None:
        # Nothing else needs the rows before they are written.
        tx.insert("order_seen", headers.select(*stored))
        seen = ledger.table("order_seen")
        # Of a store that held none before, the rows are those of this import.
        mine = (seen.shop_id == THIS_STORE) & (seen.batch_id == THIS_IMPORT)
        headers = seen.semi_join(keys, ORDER) if not all_new else seen.filter(mine)
        headers = headers.filter(headers.is_current).mutate(
            cases_minor=ibis.literal(0, "int64"), lines_refund_minor=ibis.null("int64")
        )
        estimate = _order_estimate(headers)
        headers = headers.mutate(order_estimate_minor=estimate, estimates_minor=estimate)
    else:
        headers = tx.stage("project_headers", headers)
        tx.insert("order_seen", headers.select(*stored))
    touched = [] if lines is None else [lines]
    if not all_new:
        if lines is not None:
            touched.append(
                tx.stage("lines_before", ledger.table("order_line").semi_join(keys, ORDER).select(*_PRODUCT))
            )
        _delete_others(tx, keys)
    elif cases is not None:
        # Refunds that came before their order stood without it.
        tx.delete("refund", keys, on=ORDER)
    if lines is not None:
        shared = with_shared_amounts(tx, allocated(lines, headers), headers)
        tx.insert("order_line", shared.select(*TABLES["order_line"].column_names))
        _project_products(tx, ledger, touched)
    for part in refund_rows(headers, lines, cases, keys, estimates):
        tx.insert("refund", part)


def _delete_others(tx: Transaction, keys: ir.Table) -> None:
    """Delete what else was projected of these orders."""
    for table in ("order_line", "refund"):
        tx.delete(table, keys, on=ORDER)


def _held(tx: Transaction, ledger: Ledger, names: Sequence[str]) -> set[str]:
    """Return which of the tables hold any row."""
    parts = [ledger.table(name).limit(1).select(name=ibis.literal(name)) for name in names]
    return set(tx.query(ibis.union(*parts)).column("name").to_pylist())


def _count(tx: Transaction, table: ir.Table) -> int:
    return int(tx.query(table.aggregate(n=table.count())).column("n")[0].as_py())


def _complete(rows: ir.Table) -> ir.Table:
    """Return observations with every column that the rules below read, those that no file fills null."""
    types = ibis_schema(ORDER_SEEN)
    return rows.mutate(**{name: ibis.null(types[name](nullable=True)) for name in _READ if name not in rows.columns})


def _with_knowledge(rows: ir.Table, columns: set[str]) -> ir.Table:
    """Add whether what describes an order can tell that it was paid, and when."""
    return rows.mutate(
        knows_payment=ibis.literal(bool(columns & {"paid_at", "status"})),
        knows_paid_at=ibis.literal("paid_at" in columns),
    )


def _taken_out(tx: Transaction, ledger: Ledger, keys: ir.Table) -> ir.Table:
    """Take the rows of these orders out of ``order_seen`` and return one merged observation per order.

    Observations of orders that several layouts describe are put back; their merged row stands beside them.
    """
    room = tx.room("order_seen")
    held = ledger.table("order_seen").semi_join(keys, ORDER)
    held = held.filter(held.layout != MERGED_LAYOUT)
    # Columns without room are null in every row: statements are shorter without them.
    held = tx.stage("orders_held", held.select(*(name for name in ORDER_SEEN.column_names if name in room)))
    tx.delete("order_seen", keys, on=ORDER)
    layouts = _layouts_in_play(tx, ledger, held)
    knowing = {
        f"knows_{what}": [name for name, columns in layouts.items() if telling & columns]
        for what, telling in (("payment", {"paid_at", "status"}), ("paid_at", {"paid_at"}))
    }
    # Keys may name orders that only a refund file knows, so the rows are compared with their own orders.
    if _count(tx, held) == _count(tx, held.select(*ORDER).distinct()):
        return _complete(held.mutate(**{name: held.layout.isin(those) for name, those in knowing.items()}))
    window = ibis.window(group_by=[held[name] for name in ORDER])
    counted = held.mutate(n_layouts=held.count().over(window))
    single = counted.filter(counted.n_layouts == 1).drop("n_layouts")
    several = tx.stage("orders_of_several", counted.filter(counted.n_layouts > 1).drop("n_layouts"))
    tx.insert("order_seen", several.mutate(is_current=ibis.literal(False)))
    single = single.mutate(**{name: single.layout.isin(those) for name, those in knowing.items()})
    merged = _merged(several, layouts, knowing)
    shared = [name for name in single.columns if name in merged.columns]
    return _complete(tx.stage("orders_merged", single.select(*shared).union(merged.select(*shared))))


def _merged(several: ir.Table, layouts: Mapping[int, set[str]], knowing: Mapping[str, list[int]]) -> ir.Table:
    """Return one row per order: each value from the newest layout that has something to say about it."""
    ranked = numbered(several, ORDER, newest_first(several), "place")
    values: dict[str, ir.Value] = {}
    for name in ORDER_VALUES:
        if name not in several.columns:
            continue
        owners = [layout for layout, columns in layouts.items() if _SOURCE_OF.get(name, name) in columns]
        says = ranked[name].notnull() | ranked.layout.isin(owners)
        boxed = ibis.struct({"v": ranked[name]})
        values[name] = cast("ir.StructValue", boxed.argmin(ranked.place, where=says))["v"]
    for name in (*VERSION_COLUMNS, "batch_id", "row_no"):
        values[name] = ranked[name].argmin(ranked.place)
    return ranked.group_by(ORDER).aggregate(
        **values,
        layout=ibis.literal(MERGED_LAYOUT, "int32"),
        is_current=ibis.literal(False),
        counts_as_paid=ranked.counts_as_paid.any(),
        **{name: ranked.layout.isin(those).any() if those else ibis.literal(False) for name, those in knowing.items()},
    )


def _layouts_in_play(tx: Transaction, ledger: Ledger, seen: ir.Table) -> dict[int, set[str]]:
    """Return the columns that each layout owns: all of a platform's own export, none of a mapped file's."""
    table = ledger.table("layout")
    found = tx.query(table.semi_join(seen, "layout")).to_pylist()
    held = {row["layout"]: (set(row["columns"].split()), row["owns"]) for row in found}
    return {name: columns if owns else columns & {"paid_at", "status"} for name, (columns, owns) in held.items()}


def _active_lines(tx: Transaction, ledger: Ledger, keys: ir.Table) -> ir.Table:
    """Return the lines that count: of the complete sets and of each other layout, those of the newest."""
    seen = ledger.table("line_seen").semi_join(keys, ORDER)
    voices = seen.mutate(voice=seen.is_set.ifelse(MERGED_LAYOUT, seen.layout))
    n_voices = tx.query(voices.aggregate(n=voices.voice.nunique())).to_pylist()[0]["n"]
    if n_voices <= 1:
        return seen
    newest = numbered(voices, ORDER, newest_first(voices), "place").filter(lambda t: t.place == 0)
    chosen = newest.select(*ORDER, "voice")
    return voices.semi_join(chosen, [*ORDER, "voice"]).drop("voice")


def _headers(
    merged: ir.Table, lines: ir.Table | None, refunds: ir.Table | None, estimates: ir.Table | None
) -> ir.Table:
    """Return the canonical order rows, with the line and refund sums that they state."""
    orders = merged
    sums = {"lines_minor": "line_amount_minor", "lines_paid_minor": "stated_paid_minor"}
    sums |= {"lines_refund_minor": "stated_refund_minor"}
    sums |= {f"lines_{name}": f"stated_{name}" for name in SHARED_AMOUNTS}
    if lines is not None:
        stated = lines.group_by(ORDER).aggregate(
            line_count=lines.count().cast("int32"),
            lines_currency=lines.currency.min(),
            **{name: lines[column].sum().cast("int64") for name, column in sums.items()},
        )
        orders = _left(orders, stated)
    else:
        nothing = ibis.null("int64")
        orders = orders.mutate(
            line_count=ibis.literal(0, "int32"),
            lines_currency=ibis.null("string"),
            **dict.fromkeys(sums, nothing),
        )
    orders = _left(orders, refunds) if refunds is not None else orders.mutate(cases_minor=ibis.null("int64"))
    if estimates is not None:
        open_sums = estimates.group_by(ORDER).aggregate(
            lines_estimate_minor=estimates.estimated_refund_minor.sum().cast("int64")
        )
        orders = _left(orders, open_sums)
    else:
        orders = orders.mutate(lines_estimate_minor=ibis.null("int64"))
    return _with_amounts(_with_deposit(_with_payment(_settled(orders))))


def _with_kind(orders: ir.Table, marks: ir.Table | None) -> ir.Table:
    """Add what each order is, as the company's own list marks it."""
    if marks is None:
        return orders.mutate(order_kind=ibis.literal("ordinary"))
    joined = _left(orders, marks.select(*ORDER, "mark"))
    return joined.mutate(order_kind=ibis.coalesce(joined.mark, "ordinary")).drop("mark")


def _settled(orders: ir.Table) -> ir.Table:
    """Say how an order was closed where the file that closes it does not know whether it was paid."""
    status = ibis.cases(
        ((orders.status != CLOSED).fill_null(True), orders.status),
        (orders.paid_at.notnull(), "closed_refunded"),
        (orders.knows_paid_at, "closed_unpaid"),
        else_="closed_other",
    )
    return orders.mutate(status=status)


def _with_deposit(orders: ir.Table) -> ir.Table:
    """Add on which day the first of two payments came; an order that says nothing of one has none."""
    has_deposit = orders.deposit_paid_at.notnull() | (orders.deposit_minor > 0).fill_null(False)
    is_paid = (
        orders.deposit_paid_at.notnull()
        | orders.is_deposit_paid.fill_null(False)
        | (has_deposit & orders.is_paid.fill_null(False))
    )
    return orders.mutate(
        is_presale=has_deposit.ifelse(True, orders.is_presale),
        deposit_paid_date=is_paid.ifelse(
            ibis.coalesce(orders.stated_deposit_date, orders.created_date), ibis.null("date")
        ),
    )


def _with_payment(orders: ir.Table) -> ir.Table:
    """Add whether and when each order was paid."""
    is_paid = ibis.cases(
        (orders.counts_as_paid, True),
        (orders.status == "unknown", ibis.null("boolean")),
        (orders.status.isin(sorted(UNPAID_STATUS)), False),
        (orders.paid_at.notnull(), True),
        (orders.status.isin(sorted(PAID_STATUS)), True),
        (orders.knows_payment, False),
        else_=ibis.null("boolean"),
    )
    orders = orders.mutate(is_paid=is_paid, is_current=ibis.literal(True))
    return orders.mutate(
        paid_date=orders.is_paid.fill_null(False).ifelse(
            ibis.coalesce(orders.stated_paid_date, orders.created_date), ibis.null("date")
        ),
        paid_hour=orders.is_paid.fill_null(False).ifelse(
            orders.stated_paid_date.notnull().ifelse(orders.stated_paid_hour, orders.created_hour), ibis.null("int32")
        ),
        n_lines=ibis.coalesce(orders.line_count, 0).cast("int32"),
        currency=ibis.coalesce(orders.currency, orders.lines_currency),
    )


def _with_amounts(orders: ir.Table) -> ir.Table:
    """Add created, paid and refunded money by the rules of the metric definitions."""
    stated_paid = ibis.coalesce(orders.stated_paid_minor, orders.lines_paid_minor)
    stated_refund = ibis.coalesce(orders.stated_refund_minor, orders.lines_refund_minor, 0)
    created = ibis.coalesce(orders.order_amount_minor, orders.lines_minor, 0)
    cases = ibis.coalesce(orders.cases_minor, 0)
    orders = orders.mutate(cases_minor=cases)
    order_estimate = _order_estimate(orders)
    lines_estimate = orders.is_paid.fill_null(False).ifelse(ibis.coalesce(orders.lines_estimate_minor, 0), 0)
    estimates = order_estimate + lines_estimate
    return orders.mutate(
        created_minor=created,
        paid_minor=ibis.cases(
            (orders.is_paid, ibis.coalesce(stated_paid, created)),
            (~orders.is_paid, 0),
            else_=ibis.null("int64"),
        ),
        refunded_minor=ibis.greatest(cases, stated_refund) + estimates,
        order_estimate_minor=order_estimate,
        estimates_minor=estimates,
        **{name: ibis.coalesce(orders[f"stated_{name}"], orders[f"lines_{name}"]) for name in SHARED_AMOUNTS},
    )


def _order_estimate(orders: ir.Table) -> ir.Value:
    """What a paid order without any case was given back as far as its status tells, no amount being stated."""
    is_open = orders.is_paid.fill_null(False) & (orders.cases_minor == 0) & orders.stated_refund_minor.isnull()
    return is_open.ifelse(ibis.coalesce(orders.estimated_refund_minor, 0), 0).cast("int64")


def _left(orders: ir.Table, sums: ir.Table) -> ir.Table:
    joined = orders.left_join(sums, ORDER)
    return joined.drop([f"{name}_right" for name in ORDER])


def _project_products(tx: Transaction, ledger: Ledger, lines: Sequence[ir.Table]) -> None:
    """Keep a product row for each product that is or was on `lines` and that no product file declares."""
    table = ledger.table("product")
    declared = table.filter(table.is_declared)
    named = [part.filter(part.product_id.notnull()).select(*_PRODUCT) for part in lines]
    touched = ibis.union(*named, distinct=True) if len(named) > 1 else named[0].distinct()
    touched = tx.stage("products_touched", touched.anti_join(declared, _PRODUCT))
    seen = ledger.table("order_line").semi_join(touched, _PRODUCT)
    rank = seen.order_id + ":" + seen.line_key
    rows = seen.group_by(_PRODUCT).aggregate(
        title=seen.product_title.argmax(rank),
        category=seen.category.argmax(rank),
        brand=seen.brand.argmax(rank),
        batch_id=seen.batch_id.argmax(rank),
        row_no=seen.row_no.argmax(rank),
    )
    rows = tx.stage("products_made", rows.mutate(is_declared=ibis.literal(False)))
    tx.delete("product", touched, on=_PRODUCT)
    tx.insert("product", rows)
