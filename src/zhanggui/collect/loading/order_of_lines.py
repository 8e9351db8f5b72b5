"""What a file of lines says of its orders: one row per order, made of the rows of its lines."""

from __future__ import annotations

from typing import cast

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.status import RANK
from zhanggui.collect.loading.versions import BatchContext, numbered, summed_hash
from zhanggui.ledger.engine import Transaction, built_once

STATE_HASH = "state_hash"
"""Column of staged lines: hash of what a row says of its own part of the order, such as its state or its package."""

_ALL = "state_hash_of_all"
_PLACE = "header_place"


def orders_of_lines(tx: Transaction, sales: ir.Table, context: BatchContext) -> tuple[ir.Table, ir.Table | None]:
    """Return one order row per order of a line file, and the ``row_no`` of rows that disagree with it.

    Notes
    -----
    Order-level values are those of one row: of a platform's export the least far of those that go on, so that a line
    which was given back closes no order. Where rows speak of their own part of the order, all of them make it.
    """
    counts = tx.query(sales.aggregate(n=sales.count(), keys=sales.order_id.hash().nunique())).to_pylist()[0]
    if counts["n"] == counts["keys"]:
        return sales.mutate(row_hash=_hash(sales, STATE_HASH)), None
    return _orders(tx.stage("line_headers", _placed(sales, context.is_platform)))


@built_once
def _placed(sales: ir.Table, is_platform: bool) -> ir.Table:
    return numbered(sales, ["order_id"], _least_far_first(sales, is_platform), _PLACE)


@built_once
def _orders(placed: ir.Table) -> tuple[ir.Table, ir.Table]:
    """Return one row per order, and the rows that disagree with it."""
    first = placed.filter(placed[_PLACE] == 0)
    chosen = first.select("order_id", first_hash=first.order_hash)
    others = placed.filter(placed[_PLACE] > 0).inner_join(chosen, "order_id")
    differing = others.filter(others.order_hash != others.first_hash).select("row_no")
    if STATE_HASH not in placed.columns:
        return first.mutate(row_hash=first.order_hash).drop(_PLACE, "order_hash"), differing
    joined = first.inner_join(_sums(placed), "order_id")
    joined = joined.mutate(row_hash=_hash(joined, _ALL), **_combined(joined))
    return joined.select(*(name for name in first.columns if name not in {_PLACE, "order_hash"})), differing


def _least_far_first(sales: ir.Table, is_platform: bool) -> list[ir.Value]:
    if not is_platform or "status" not in sales.columns:
        return [sales.row_no]
    tells_payment = sales.status_rank >= RANK["paid"]
    return [is_closed(sales.status), ~tells_payment, _closed_last(sales), sales.row_no]


def _closed_last(sales: ir.Table) -> ir.Value:
    """Return the rank of what goes on; of what is closed the negative, so that the most telling word comes first."""
    return is_closed(sales.status).ifelse(-sales.status_rank, sales.status_rank)


def is_closed(status: ir.Column) -> ir.BooleanValue:
    """Return whether an order status is one of those of closed orders."""
    return cast("ir.BooleanValue", status.startswith("closed").fill_null(False))


def _sums(placed: ir.Table) -> ir.Table:
    """Return what all rows of each order say together."""
    columns = placed.columns
    sums: dict[str, ir.Value] = {_ALL: summed_hash(placed[STATE_HASH])}
    goes_on = ~is_closed(placed.status) if "status" in columns else ibis.literal(True)
    if "status" in columns:
        tells = goes_on & (placed.status_rank >= RANK["paid"])
        sums |= {"least": placed.status_rank.min(where=tells), "furthest": placed.status_rank.max(where=tells)}
    if "shipped_at" in columns:
        sums["first_shipped_at"] = placed.shipped_at.min()
    if "completed_at" in columns:
        sums["last_completed_at"] = placed.completed_at.max(where=goes_on)
        sums["all_completed"] = (placed.completed_at.notnull() | ~goes_on).all()
    grouped = placed.group_by("order_id").aggregate(**sums)
    if "package_id" not in columns or "stated_shipping_minor" not in columns:
        return grouped
    packages = placed.group_by(["order_id", "package_id"]).aggregate(of_package=placed.stated_shipping_minor.max())
    postage = packages.group_by("order_id").aggregate(all_shipping_minor=packages.of_package.sum().cast("int64"))
    return grouped.inner_join(postage, "order_id")


def _combined(orders: ir.Table) -> dict[str, ir.Value]:
    """Return the order-level values that follow from all rows of an order."""
    columns = orders.columns
    values: dict[str, ir.Value] = {}
    if "least" in columns:
        is_partial = (orders.least < orders.furthest) & (orders.least <= RANK["partially_shipped"])
        values["status"] = is_partial.fill_null(False).ifelse("partially_shipped", orders.status)
        values["status_rank"] = is_partial.fill_null(False).ifelse(RANK["partially_shipped"], orders.status_rank)
        values["status_rank"] = values["status_rank"].cast("int32")
    if "first_shipped_at" in columns:
        values["shipped_at"] = orders.first_shipped_at
    if "last_completed_at" in columns:
        values["completed_at"] = orders.all_completed.ifelse(orders.last_completed_at, ibis.null("timestamp(6)"))
    if "all_shipping_minor" in columns:
        values["stated_shipping_minor"] = orders.all_shipping_minor
    return values


def _hash(orders: ir.Table, states: str) -> ir.Value:
    return orders.order_hash ^ orders[states] if states in orders.columns else orders.order_hash
