"""The paid orders and their lines, from list price down to what the merchant is due."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.rules import GONE_STATUS
from zhanggui.ledger.profit.scope import ORDER, Scope, beside

_BEARERS = ("platform_discount_minor", "creator_discount_minor", "payment_discount_minor")
_OF_ORDER = ("order_no", "paid_date", "created_on", "order_kind", "buyer_key", "province", "channel", "n_lines")
_OF_LINE = (
    "order_no", "shop_id", "order_id", "line_key", "paid_date", "created_on", "order_kind", "line_kind", "buyer_key",
    "product_id", "sku_id", "category", "brand", "province", "channel", "quantity", "currency", "batch_id", "row_no",
)  # fmt: skip


def paid_orders(scope: Scope) -> ir.Table:
    """Return the paid orders of the stores, numbered by ``order_no``."""
    headers = scope.rows("order_header")
    paid = headers.filter(headers.is_paid.fill_null(False) & headers.paid_date.notnull() & headers.paid_minor.notnull())
    return paid.select(
        *ORDER,
        "paid_date",
        "buyer_key",
        "province",
        "channel",
        "paid_minor",
        "currency",
        "batch_id",
        "row_no",
        "status",
        "created_minor",
        "shipping_minor",
        "merchant_discount_minor",
        *_BEARERS,
        "receivable_minor",
        "shipped_at",
        "n_lines",
        "order_kind",
        order_no=ibis.row_number(),
        created_on=ibis.coalesce(paid.created_date, paid.paid_date),
    )


def order_lines(scope: Scope, orders: ir.Table) -> ir.Table:
    """Return the lines of the orders, numbered by ``line_no``, with the bridge from list price to what is due.

    An order whose lines no file lists is one line with an empty key and an unknown quantity.
    """
    listed = scope.ledger.table("order_line").inner_join(orders.select(*ORDER, *_OF_ORDER), ORDER)
    given = {
        "line_key": ibis.literal(""),
        "line_kind": ibis.literal("product"),
        "quantity": ibis.null("int64"),
        "line_amount_minor": orders.created_minor,
    }
    types = listed.schema()
    bare = orders.filter(orders.n_lines == 0)
    held = {
        name: given.get(name, bare[name] if name in bare.columns else ibis.null(type_)) for name, type_ in types.items()
    }
    bare = bare.select(**{name: value.cast(types[name]) for name, value in held.items()})
    lines = _bridged(listed.union(bare))
    return lines.mutate(line_no=ibis.row_number())


def _bridged(lines: ir.Table) -> ir.Table:
    """Add each step from list price to what is due; what no file explains stands on its own."""
    paid, *borne = (ibis.coalesce(lines[name], 0) for name in ("paid_minor", *_BEARERS))
    others = borne[0] + borne[1] + borne[2]
    due = ibis.coalesce(lines.receivable_minor, paid + others)
    # The price that lines state above what is due, where no file tells what the merchant takes off.
    above = ibis.coalesce(lines.line_amount_minor, 0) + ibis.coalesce(lines.shipping_minor, 0) - due
    unknown = lines.merchant_discount_minor.isnull().ifelse(ibis.greatest(above, 0), 0)
    merchant = ibis.coalesce(lines.merchant_discount_minor, 0)
    return lines.select(
        *_OF_LINE,
        n_lines=ibis.greatest(lines.n_lines, 1),
        stated_cost_minor=lines.cost_minor,
        list_minor=due + merchant + unknown,
        merchant_discount_minor=merchant,
        unknown_discount_minor=unknown,
        paid_minor=paid,
        **dict(zip(_BEARERS, borne, strict=True)),
        unknown_borne_minor=due - paid - others,
        receivable_minor=due,
    )


def with_departure(orders: ir.Table, parcels: ir.Table | None, gone: ir.Table) -> ir.Table:
    """Return for each order whether and when its goods left: ``order_no``, ``has_left`` (null: unknown), ``left_at``.

    Where no file states a status, what does not show that goods left does not show that they are still there.

    Parameters
    ----------
    orders : ibis Table
        See `paid_orders`.
    parcels : ibis Table or None
        When the first parcel of an order left, as ``parcel_at``.
    gone : ibis Table
        ``order_no`` of orders that are known to have left.
    """
    rows = orders.select("order_no", "status", left_at=orders.shipped_at)
    if parcels is not None:
        rows = beside(rows, parcels, ["order_no"])
        rows = rows.mutate(left_at=ibis.coalesce(rows.left_at, rows.parcel_at))
    has_left = rows.left_at.notnull() | rows.status.isin(GONE_STATUS) | rows.order_no.isin(gone.order_no)
    is_silent = rows.status.isnull() | (rows.status == "unknown")
    found = ibis.cases((has_left.fill_null(False), True), (is_silent, ibis.null("boolean")), else_=False)
    return rows.select("order_no", "left_at", has_left=found)
