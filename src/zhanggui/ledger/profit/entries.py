"""What belongs to no order line: advertising, creators, deposits kept, fees that match no order, costs of a period."""

from __future__ import annotations

from functools import reduce

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.creators import agreement_costs, content_costs, live_costs
from zhanggui.ledger.profit.entry_rows import Source, entries
from zhanggui.ledger.profit.fees import fees_without_order
from zhanggui.ledger.profit.period_costs import period_costs
from zhanggui.ledger.profit.scope import ORDER, Scope


def profit_entries(scope: Scope, fees: ir.Table, ads: ir.Table) -> ir.Table:
    """Return the rows of ``profit_entry`` of the stores.

    Parameters
    ----------
    scope : Scope
        The stores.
    fees : ibis Table
        The lines of their ledgers (`ledger_fees`).
    ads : ibis Table
        The rows of their advertising reports that count (`ad_results`).
    """
    ads = ads.filter(ads.spend_minor != 0)
    parts = [_of_reports(ads), deposits_kept(scope, fees), _unmatched(fees), _ads_of_ledger(fees, ads)]
    if "live_sessions" in scope.imported:
        parts += live_costs(scope, ads)
    if "creator_contracts" in scope.imported:
        parts += agreement_costs(scope)
    if "content_posts" in scope.imported:
        parts.append(content_costs(scope))
    if "costs" in scope.imported:
        parts.append(period_costs(scope))
    parts.append(_adjustments(scope))
    rows = reduce(lambda rows, part: rows.union(part), parts)
    return rows.filter(rows.amount_minor != 0).mutate(outlay_minor=-rows.amount_minor)


def _of_reports(ads: ir.Table) -> ir.Table:
    source = Source("ad_spend", "ad_spend", "ads_by_report")
    return entries(ads, source, -ads.spend_minor, detail=ads.report_scope, channel=ads.scene_name)


def deposits_kept(scope: Scope, fees: ir.Table) -> ir.Table:
    """Return what platforms paid out for orders that were never fully paid, on the day of the order."""
    headers = scope.rows("order_header")
    unpaid = headers.filter(~headers.is_paid.fill_null(True)).select(*ORDER, day=headers.created_date)
    rows = fees.filter(fees.category.isin(("goods", "deposit"))).inner_join(unpaid, ORDER)
    rows = rows.mutate(day=ibis.coalesce(rows.day, rows.booked_date))
    source = Source("settlement_entry", "forfeited_deposit", "forfeited_deposit")
    return entries(rows, source, rows.amount_minor, detail=rows.category)


def _unmatched(fees: ir.Table) -> ir.Table:
    rows = fees_without_order(fees)
    rows = rows.mutate(day=rows.booked_date)
    source = Source("settlement_entry", "unmatched_settlement", "unmatched_settlement")
    # A line may at once pay out a deposit that was kept and take a fee of it.
    return entries(rows, source, -rows.taken_minor, detail=rows.category, key=rows.fact_key + ":fee")


def _ads_of_ledger(fees: ir.Table, ads: ir.Table) -> ir.Table:
    """Return advertising that a ledger books on no order, in months for which a store has no report."""
    rows = fees.filter((fees.category == "ad_fee") & fees.order_id.isnull())
    rows = rows.mutate(day=rows.booked_date, month=rows.booked_date.truncate("M"))
    reported = ads.select("shop_id", month=ads.day.truncate("M")).distinct()
    rows = rows.anti_join(reported, ["shop_id", "month"])
    return entries(
        rows, Source("settlement_entry", "ad_spend", "ads_by_ledger"), rows.amount_minor, detail=rows.category
    )


def _adjustments(scope: Scope) -> ir.Table:
    rows = scope.rows("adjustment")
    rows = rows.filter(rows.occurred_date.notnull()).mutate(day=rows.occurred_date, fact_key=rows.adjustment_id)
    return entries(rows, Source("adjustment", "adjustment", "basis"), rows.amount_minor, detail=rows.kind)
