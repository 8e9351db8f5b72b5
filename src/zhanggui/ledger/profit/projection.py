"""Profit as a pure function of the ledger: the rows of its tables for some stores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger, Transaction, built_once
from zhanggui.ledger.profit.ads import ad_results
from zhanggui.ledger.profit.charges import (
    AMOUNTS,
    CHARGES,
    FEES,
    MARKS,
    borne_back,
    charges_by_line,
    marks_of,
    summed,
)
from zhanggui.ledger.profit.entries import profit_entries
from zhanggui.ledger.profit.fees import fee_charges, ledger_fees
from zhanggui.ledger.profit.goods import goods_costs
from zhanggui.ledger.profit.lines import order_lines, paid_orders, with_departure
from zhanggui.ledger.profit.moves import movements
from zhanggui.ledger.profit.parcels import (
    departures,
    named_costs,
    parcel_charges,
    parcels_of,
    stock_freight,
    stock_orders_of,
)
from zhanggui.ledger.profit.refunds import orders_left_by_refunds, refund_cases, refund_charges
from zhanggui.ledger.profit.scope import Scope, beside, total


@dataclass(frozen=True, slots=True)
class _Plan:
    """How profit is made, as expressions: what is held on the way, in order, and the rows of each table."""

    held: tuple[tuple[str, ir.Table], ...]
    tables: Mapping[str, ir.Table]


_MOST_PLANS = 256
_PLANS: dict[tuple[frozenset[str], frozenset[str]], _Plan] = {}
"""By what a scope finds in its ledger: building the expressions takes longer than running them over a small file."""


def project_profit(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    """Return the rows of profit of some stores, from what the ledger holds of orders, refunds, fees and costs."""
    scope = Scope.of(tx, ledger, stores)
    found = (scope.imported, scope.allocations)
    plan = _PLANS.get(found)
    if plan is not None:
        for name, rows in plan.held:
            scope.stage(name, rows)
        return plan.tables
    tables = _projected(scope)
    if len(_PLANS) >= _MOST_PLANS:
        _PLANS.clear()
    _PLANS[found] = _Plan(tuple(scope.held), tables)
    return tables


def _projected(scope: Scope) -> Mapping[str, ir.Table]:
    """Return the rows of profit; what is made follows from the scope's own findings alone, not from other rows."""
    orders = scope.stage("orders", paid_orders(scope))
    lines = scope.stage("lines", order_lines(scope, orders))
    cases = scope.stage("cases", refund_cases(scope, orders, lines))
    moves = movements(scope, orders)
    parcels, stock_orders = parcels_of(scope, orders), stock_orders_of(scope, orders)
    left = scope.stage("left", with_departure(orders, departures(parcels), _gone(cases, moves, stock_orders)))
    fees = scope.stage("fees", ledger_fees(scope, orders, lines))
    parts = [refund_charges(cases, left), fee_charges(fees), named_costs(scope, orders)]
    if parcels is not None:
        parts.append(parcel_charges(parcels, fees))
    if stock_orders is not None:
        parts.append(stock_freight(stock_orders, parcels))
    charges = scope.stage("charges", summed(part for part in parts if part is not None))
    charged = scope.stage("charged", charges_by_line(scope, lines, charges))
    goods = scope.stage("goods", goods_costs(scope, lines, charged, left, cases, moves))
    back = scope.stage("back", borne_back(lines, charged))
    marks = scope.stage("marks", marks_of(charges))
    full = beside(beside(lines, charged, ["line_no"]), goods, ["line_no"])
    full = beside(beside(full, back, ["line_no"]), marks, ["order_no"])
    rates = scope.stage("rates", _settled_rates(lines, charged, back, marks))
    ads = scope.stage("ads", ad_results(scope))
    return {
        "line_profit": _profit(beside(full, rates, ["shop_id"])),
        "profit_entry": profit_entries(scope, fees, ads),
        "ad_result": ads,
    }


def _gone(cases: ir.Table, moves: ir.Table | None, stock_orders: ir.Table | None) -> ir.Table:
    """Return the orders of which anything but the order itself says that goods left."""
    found = orders_left_by_refunds(cases)
    if moves is not None:
        found = found.union(moves.filter(moves.out > 0).select("order_no"))
    if stock_orders is not None:
        found = found.union(stock_orders.filter(stock_orders.is_gone).select("order_no"))
    return found


@built_once
def _profit(lines: ir.Table) -> ir.Table:
    """Return the rows of ``line_profit``."""
    amounts = {name: ibis.coalesce(lines[name], 0) for name in (*AMOUNTS, *MARKS, "borne_back_minor")}
    lines = lines.mutate(**amounts)
    charges = reduce(lambda a, b: a + b, (lines[name] for name in CHARGES))
    net = lines.receivable_minor - lines.refunded_minor - lines.borne_back_minor
    # Of a marked order the money goes back to whoever placed it: only parcels and fees remain.
    is_real = lines.order_kind == "ordinary"
    fees = ibis.greatest(net, 0).cast("float64") * ibis.coalesce(lines.settled_rate, 0.0)
    is_settled = lines.n_settled > 0
    return lines.mutate(
        quantity=ibis.coalesce(lines.quantity, 0),
        contribution_minor=(is_real.ifelse(net - lines.goods_cost_minor, 0) - charges).cast("int64"),
        cost_known=lines.goods_cost_minor.notnull(),
        evidence=(lines.n_estimated > 0).ifelse("estimated", "counted"),
        is_settled=is_settled,
        expected_fees_minor=(is_real & ~is_settled).ifelse(fees.round().cast("int64"), 0),
    )


@built_once
def _settled_rates(lines: ir.Table, charged: ir.Table, back: ir.Table, marks: ir.Table) -> ir.Table:
    """Return what part of what was due, less refunds, each store's settled orders paid in fees."""
    settled = lines.filter(lines.order_kind == "ordinary").select("shop_id", "order_no", "line_no", "receivable_minor")
    settled = settled.semi_join(marks.filter(marks.n_settled > 0), "order_no")
    rows = beside(beside(settled, charged, ["line_no"]), back, ["line_no"])
    fees = reduce(lambda a, b: a + b, (ibis.coalesce(rows[name], 0) for name in FEES))
    net = rows.receivable_minor - ibis.coalesce(rows.refunded_minor, 0) - ibis.coalesce(rows.borne_back_minor, 0)
    sums = rows.group_by("shop_id").aggregate(fees=total(fees), net=total(net))
    rate = (sums.net > 0).ifelse(sums.fees.cast("float64") / sums.net.cast("float64"), None)
    return sums.select("shop_id", settled_rate=rate)
