"""Costs of a period, shared among stores and days as they state."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger, built_once
from zhanggui.ledger.profit.entry_rows import Source, entries
from zhanggui.ledger.profit.rules import ACCOUNT_OF_COST
from zhanggui.ledger.profit.scope import ORDER, Scope, beside, total
from zhanggui.ledger.schema.vocabulary import COMPANY
from zhanggui.ledger.shares import Share, shared

_SOURCE = Source("cost_entry", "other_cost", "cost_of_period")
_WEIGHTS = ("orders", "units", "paid_amount")
_COST = ["cost_shop", "fact_key"]


def period_costs(scope: Scope) -> ir.Table:
    """Return the costs that name no order, of the stores and of the company."""
    cells = scope.stage("cost_cells", _cells(scope))
    made = shared(cells, [Share("part_minor", "amount_minor", "weight")], group=_COST, ties=["day", "shop_id"])
    made = made.semi_join(scope.shops, "shop_id")
    account = ibis.cases(
        *((made.cost_kind == kind, name) for kind, name in ACCOUNT_OF_COST.items()), else_=_SOURCE.account
    )
    is_whole = (made.period_from == made.period_to) & (made.shared_by == "none")
    return entries(
        made,
        _SOURCE,
        -made.part_minor,
        account=account,
        detail=made.cost_kind,
        channel=made.note,
        evidence=is_whole.ifelse("counted", "estimated"),
        key=made.cost_shop.cast("string") + ":" + made.fact_key + ":" + made.day.cast("string"),
    )


def costs_of_all_stores(ledger: Ledger) -> ir.Table:
    """Return the costs of the company that all stores share by what they sell."""
    return _of_all_stores(ledger.table("cost_entry"), ledger.table("store"))


@built_once
def _of_all_stores(costs: ir.Table, stores: ir.Table) -> ir.Table:
    costs = costs.filter(costs.order_id.isnull() & costs.allocation.isin(_WEIGHTS))
    return costs.semi_join(stores.filter(stores.platform == COMPANY), "shop_id")


def _cells(scope: Scope) -> ir.Table:
    """Return one row per cost, day and store that may bear a part of it, with its weight."""
    stores = scope.ledger.table("store").select("platform", bearer="shop_id")
    held = scope.ledger.table("cost_entry")
    costs = held.filter(held.order_id.isnull() & (held.amount_minor != 0))
    last = ibis.greatest(ibis.coalesce(costs.period_to, costs.period_from), costs.period_from)
    costs = costs.select(
        "shop_id", "fact_key", "cost_kind", "amount_minor", "period_from", "note", "currency", "batch_id", "row_no",
        period_to=last, shared_by=ibis.coalesce(costs.allocation, "none"),
        is_everywhere=costs.allocation.isin(_WEIGHTS).fill_null(False)
        & costs.shop_id.isin(stores.filter(stores.platform == COMPANY).bearer),
        day=ibis.range(
            costs.period_from.cast("timestamp"), last.cast("timestamp") + ibis.interval(days=1), ibis.interval(days=1)
        ).unnest().cast("date"),
    )  # fmt: skip
    sells = stores.platform != COMPANY
    cells = costs.join(
        stores, [ibis.or_(costs.is_everywhere & sells, ~costs.is_everywhere & (costs.shop_id == stores.bearer))]
    )
    cells = cells.rename(cost_shop="shop_id").rename(shop_id="bearer").drop("platform", "is_everywhere")
    words = [word for word in _WEIGHTS if word in scope.allocations]
    if not words:
        return cells.mutate(weight=ibis.literal(1, "int64"))
    sales = _sales(scope, with_units="units" in words)
    cells = cells.left_join(sales, (cells.shop_id == sales.sold_in) & (cells.day == sales.sold_on))
    weights = {word: ibis.coalesce(cells[f"n_{word}"], 0) for word in words}
    weight = ibis.cases(*((cells.shared_by == word, weight) for word, weight in weights.items()), else_=1)
    return cells.mutate(weight=weight.cast("int64"))


def _sales(scope: Scope, *, with_units: bool) -> ir.Table:
    """Return orders, units and paid amount of each store and day."""
    headers = scope.ledger.table("order_header")
    paid = headers.filter(headers.is_paid.fill_null(False) & headers.paid_date.notnull())
    sales = paid.group_by(sold_in=paid.shop_id, sold_on=paid.paid_date).aggregate(
        n_orders=paid.count(), n_paid_amount=total(ibis.coalesce(paid.paid_minor, 0))
    )
    if not with_units:
        return sales
    lines = scope.ledger.table("order_line")
    sold = lines.filter(lines.line_kind == "product").inner_join(paid.select(*ORDER, "paid_date"), ORDER)
    units = sold.group_by(sold_in=sold.shop_id, sold_on=sold.paid_date).aggregate(
        n_units=total(ibis.coalesce(sold.quantity, 0).round().cast("int64"))
    )
    return beside(sales, units, ["sold_in", "sold_on"])
