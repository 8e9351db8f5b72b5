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
from zhanggui.collect.loading.kept_aside import write_left_out
from zhanggui.collect.loading.order_rules import ORDER, order_estimate, order_rows
from zhanggui.collect.loading.project_refunds import open_estimates, order_refunds, refund_rows
from zhanggui.collect.loading.standing_lines import standing_lines
from zhanggui.collect.loading.versions import THIS_IMPORT, THIS_STORE, newest_first, numbered
from zhanggui.columns import MARKED_ORDERS
from zhanggui.ledger.engine import Ledger, Transaction, built_once, ibis_schema
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

_PRODUCT = ["shop_id", "product_id"]
_SOURCE_OF: Mapping[str, str] = {
    "created_date": "created_at",
    "created_hour": "created_at",
    "stated_paid_date": "paid_at",
    "stated_paid_hour": "paid_at",
    "status_raw": "status",
    "is_close_open": "status",
    "estimated_refund_minor": "status",
    "stated_deposit_date": "deposit_paid_at",
}
_READ = (
    *("buyer_key", "status", "created_date", "created_hour", "paid_at", "stated_paid_date", "stated_paid_hour"),
    *("is_close_open", "says_presale", "is_deposit_paid", "deposit_minor", "deposit_paid_at", "stated_deposit_date"),
    *("order_amount_minor", *STATED_AMOUNTS, "stated_paid_minor", "stated_refund_minor", "estimated_refund_minor"),
    *("currency", "province", "city", "country", "channel"),
)
"""What the rules read of an order's observations, whether or not any file has it."""

_ASKED_BELOW = (
    *("shop_id", "order_id", "batch_id", "row_no", "order_kind", "currency", "n_lines", "is_paid"),
    *("buyer_key", "province", "city", "country", "channel", "paid_date", "paid_hour"),
    *("created_minor", "paid_minor", "lines_minor", "lines_paid_minor", "lines_refund_minor"),
    *("stated_refund_minor", "refunded_minor", "cases_minor", "order_estimate_minor", "estimates_minor"),
    *(name for amount in SHARED_AMOUNTS for name in (amount, f"stated_{amount}")),
)
"""What lines and refunds ask of their order: the same columns whatever the files have, so that all files of the world
ask the same statements."""

_Layouts = tuple[tuple[int, frozenset[str]], ...]
"""The columns that each layout owns."""
_Knowing = tuple[tuple[str, tuple[int, ...]], ...]
"""Layouts that can tell something, by the column that says so."""


def project_orders(
    tx: Transaction, ledger: Ledger, affected: ir.Table, *, all_new: bool, fresh: ir.Table | None = None
) -> ir.Table | None:
    """Write the canonical rows of the affected orders (``shop_id``, ``order_id``) anew.

    Parameters
    ----------
    all_new : bool
        Nothing is held of any of them but what this import brought.
    fresh : ibis Table or None
        Observations of orders that are not written yet, one per order.

    Returns
    -------
    ibis Table or None
        Lines that a newer file leaves out while nothing confirms that they are gone.
    """
    if not all_new:
        tx.widen("order_seen", ORDER_DERIVED)
    if fresh is not None and not all_new:
        tx.insert("order_seen", fresh)
        fresh = None
    keys = affected if all_new else tx.stage("project_keys", _orders_of(affected))
    held = _held(tx, ledger, ("refund_seen", "line_seen", MARKED_ORDERS.table))
    cases = ledger.table("refund_seen") if "refund_seen" in held else None
    merged = _taken_out(tx, ledger, keys) if fresh is None else _complete(_with_knowledge(fresh, fresh.columns))
    lines, left_out = None, None
    if "line_seen" in held:
        lines, left_out = _lines(tx, ledger, keys, merged, all_new=all_new)
    marks = ledger.table(MARKED_ORDERS.table) if MARKED_ORDERS.table in held else None
    estimates = open_estimates(tx, lines, cases) if lines is not None else None
    refunds = order_refunds(cases, keys) if cases is not None else None
    headers = order_rows(merged, marks, lines, refunds, estimates)
    if lines is None and cases is None:
        # Nothing else needs the rows before they are written.
        tx.insert("order_seen", _stored(headers))
        headers = _orders_alone(ledger.table("order_seen"), None if all_new else keys)
    else:
        headers = tx.stage("project_orders", headers)
        tx.insert("order_seen", _stored(headers))
        headers = tx.stage("project_headers", _asked_below(headers))
    touched = [] if lines is None else [lines]
    if not all_new:
        if lines is not None:
            touched.append(tx.stage("lines_before", _lines_before(ledger.table("order_line"), keys)))
        _delete_others(tx, keys)
    elif cases is not None:
        # Refunds that came before their order stood without it.
        tx.delete("refund", keys, on=ORDER)
    if lines is not None:
        shared = with_shared_amounts(tx, allocated(lines, headers), headers)
        tx.insert("order_line", _stored_lines(shared))
        _project_products(tx, ledger, touched)
    for part in refund_rows(headers, lines, cases, keys, estimates):
        tx.insert("refund", part)
    return left_out


def _lines(
    tx: Transaction, ledger: Ledger, keys: ir.Table, merged: ir.Table, *, all_new: bool
) -> tuple[ir.Table, ir.Table | None]:
    """Return the lines that count, and those that a newer file leaves out, which are written down."""
    lines, left_out = _active_lines(tx, ledger, keys), None
    if not all_new:
        lines, left_out = standing_lines(tx, ledger, tx.stage("project_voices", lines), merged)
        write_left_out(tx, ledger, keys, left_out)
    return tx.stage("project_lines", lines), left_out


@built_once
def _orders_of(affected: ir.Table) -> ir.Table:
    return affected.select(*ORDER).distinct()


@built_once
def _stored(headers: ir.Table) -> ir.Table:
    return headers.select(*(name for name in ORDER_SEEN.column_names if name in headers.columns))


@built_once
def _asked_below(orders: ir.Table) -> ir.Table:
    return orders.select(*_ASKED_BELOW)


@built_once
def _stored_lines(lines: ir.Table) -> ir.Table:
    return lines.select(*TABLES["order_line"].column_names)


@built_once
def _orders_alone(seen: ir.Table, keys: ir.Table | None) -> ir.Table:
    """Return written orders that have neither lines nor refunds; without `keys`, those that this import brought."""
    mine = (seen.shop_id == THIS_STORE) & (seen.batch_id == THIS_IMPORT)
    headers = seen.filter(mine) if keys is None else seen.semi_join(keys, ORDER)
    headers = headers.filter(headers.is_current).mutate(
        cases_minor=ibis.literal(0, "int64"), lines_refund_minor=ibis.null("int64")
    )
    estimate = order_estimate(headers)
    return headers.mutate(order_estimate_minor=estimate, estimates_minor=estimate)


@built_once
def _lines_before(lines: ir.Table, keys: ir.Table) -> ir.Table:
    return lines.semi_join(keys, ORDER).select(*_PRODUCT)


def _delete_others(tx: Transaction, keys: ir.Table) -> None:
    """Delete what else was projected of these orders."""
    for table in ("order_line", "refund"):
        tx.delete(table, keys, on=ORDER)


def _held(tx: Transaction, ledger: Ledger, names: Sequence[str]) -> set[str]:
    """Return which of the tables hold any row."""
    return set(tx.query(_names_of_filled(*(ledger.table(name) for name in names))).column("name").to_pylist())


@built_once
def _names_of_filled(*tables: ir.Table) -> ir.Table:
    return ibis.union(*(table.limit(1).select(name=ibis.literal(table.get_name())) for table in tables))


def _count(tx: Transaction, table: ir.Table) -> int:
    return int(tx.query(_counted(table)).column("n")[0].as_py())


@built_once
def _counted(table: ir.Table) -> ir.Table:
    return table.aggregate(n=table.count())


@built_once
def _complete(rows: ir.Table) -> ir.Table:
    """Return observations with every column that the rules below read, those that no file fills null."""
    types = ibis_schema(ORDER_SEEN)
    return rows.mutate(**{name: ibis.null(types[name](nullable=True)) for name in _READ if name not in rows.columns})


@built_once
def _with_knowledge(rows: ir.Table, columns: tuple[str, ...]) -> ir.Table:
    """Add whether what describes an order can tell that it was paid, and when."""
    return rows.mutate(
        knows_payment=ibis.literal(not {"paid_at", "status"}.isdisjoint(columns)),
        knows_paid_at=ibis.literal("paid_at" in columns),
    )


def _taken_out(tx: Transaction, ledger: Ledger, keys: ir.Table) -> ir.Table:
    """Take the rows of these orders out of ``order_seen`` and return one merged observation per order.

    Observations of orders that several layouts describe are put back; their merged row stands beside them.
    """
    room = tx.room("order_seen")
    # Columns without room are null in every row: statements are shorter without them.
    names = tuple(name for name in ORDER_SEEN.column_names if name in room)
    held = tx.stage("orders_held", _observed(ledger.table("order_seen"), keys, names))
    tx.delete("order_seen", keys, on=ORDER)
    layouts = _layouts_in_play(tx, ledger, held)
    knowing = tuple(
        (f"knows_{what}", tuple(number for number, columns in layouts if telling & columns))
        for what, telling in (("payment", {"paid_at", "status"}), ("paid_at", {"paid_at"}))
    )
    # Keys may name orders that only a refund file knows, so the rows are compared with their own orders.
    if _count(tx, held) == _count(tx, _orders_of(held)):
        return _complete(_knowing(held, knowing))
    several = tx.stage("orders_of_several", _of_layouts(held, True))
    tx.insert("order_seen", _put_back(several))
    merged = _together(_knowing(_of_layouts(held, False), knowing), _merged(several, layouts, knowing))
    return _complete(tx.stage("orders_merged", merged))


@built_once
def _put_back(several: ir.Table) -> ir.Table:
    return several.mutate(is_current=ibis.literal(False))


@built_once
def _observed(seen: ir.Table, keys: ir.Table, names: tuple[str, ...]) -> ir.Table:
    held = seen.semi_join(keys, ORDER)
    return held.filter(held.layout != MERGED_LAYOUT).select(*names)


@built_once
def _knowing(held: ir.Table, knowing: _Knowing) -> ir.Table:
    """Add to orders of one layout whether it can tell that they were paid, and when."""
    return held.mutate(**{name: held.layout.isin(those) for name, those in knowing})


@built_once
def _of_layouts(held: ir.Table, are_several: bool) -> ir.Table:
    """Return the orders that one layout describes, or those of several."""
    window = ibis.window(group_by=[held[name] for name in ORDER])
    counted = held.mutate(n_layouts=held.count().over(window))
    chosen = counted.n_layouts > 1 if are_several else counted.n_layouts == 1
    return counted.filter(chosen).drop("n_layouts")


@built_once
def _together(single: ir.Table, merged: ir.Table) -> ir.Table:
    shared = [name for name in single.columns if name in merged.columns]
    return single.select(*shared).union(merged.select(*shared))


@built_once
def _merged(several: ir.Table, layouts: _Layouts, knowing: _Knowing) -> ir.Table:
    """Return one row per order: each value from the newest layout that has something to say about it."""
    ranked = numbered(several, ORDER, newest_first(several), "place")
    values: dict[str, ir.Value] = {}
    for name in ORDER_VALUES:
        if name not in several.columns:
            continue
        owners = [layout for layout, columns in layouts if _SOURCE_OF.get(name, name) in columns]
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
        **{name: ranked.layout.isin(those).any() if those else ibis.literal(False) for name, those in knowing},
    )


def _layouts_in_play(tx: Transaction, ledger: Ledger, seen: ir.Table) -> _Layouts:
    """Return the columns that each layout owns: all of a platform's own export, none of a mapped file's."""
    table = ledger.table("layout")
    found = tx.query(table.semi_join(seen, "layout")).to_pylist()
    held = sorted((row["layout"], frozenset(row["columns"].split()), row["owns"]) for row in found)
    return tuple((number, columns if owns else columns & {"paid_at", "status"}) for number, columns, owns in held)


def _active_lines(tx: Transaction, ledger: Ledger, keys: ir.Table) -> ir.Table:
    """Return the lines of each order as the layout that spoke of it last lists them."""
    voices = _voices(ledger.table("line_seen"), keys)
    n_voices = tx.query(voices.aggregate(n=voices.voice.nunique())).to_pylist()[0]["n"]
    return (_newest_voice(voices) if n_voices > 1 else voices).drop("voice", "said_at")


@built_once
def _voices(seen: ir.Table, keys: ir.Table) -> ir.Table:
    mine = seen.semi_join(keys, ORDER)
    return mine.mutate(voice=mine.layout, said_at=ibis.coalesce(mine.set_version_at, mine.version_at))


@built_once
def _newest_voice(voices: ir.Table) -> ir.Table:
    order = [ibis.desc(voices.said_at), *newest_first(voices)]
    newest = numbered(voices, ORDER, order, "place").filter(lambda t: t.place == 0)
    chosen = newest.select(*ORDER, "voice")
    return voices.semi_join(chosen, [*ORDER, "voice"])


def _project_products(tx: Transaction, ledger: Ledger, lines: Sequence[ir.Table]) -> None:
    """Keep a product row for each product that is or was on `lines` and that no product file declares."""
    table = ledger.table("product")
    declared = table.filter(table.is_declared)
    named = [part.filter(part.product_id.notnull()).select(*_PRODUCT) for part in lines]
    touched = ibis.union(*named, distinct=True) if len(named) > 1 else named[0].distinct()
    touched = tx.stage("products_touched", touched.anti_join(declared, _PRODUCT))
    rows = tx.stage("products_made", _products_of(ledger.table("order_line"), touched))
    tx.delete("product", touched, on=_PRODUCT)
    tx.insert("product", rows)


@built_once
def _products_of(lines: ir.Table, touched: ir.Table) -> ir.Table:
    """Return a product row for each of these products, as its last line names it."""
    seen = lines.semi_join(touched, _PRODUCT)
    rank = seen.order_id + ":" + seen.line_key
    rows = seen.group_by(_PRODUCT).aggregate(
        title=seen.product_title.argmax(rank),
        category=seen.category.argmax(rank),
        brand=seen.brand.argmax(rank),
        batch_id=seen.batch_id.argmax(rank),
        row_no=seen.row_no.argmax(rank),
    )
    return rows.mutate(is_declared=ibis.literal(False))
