"""What belongs to no order line: advertising, creators, deposits kept, fees that match no order, costs of a period."""

from __future__ import annotations

from functools import reduce

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.creators import agreement_costs, content_costs, live_costs
from zhanggui.ledger.profit.entry_rows import Source, entries
from zhanggui.ledger.profit.fees import fees_without_order
from zhanggui.ledger.profit.period_costs import period_costs
from zhanggui.ledger.profit.rules import AD_PRODUCT_WORDS, AD_SYSTEM
from zhanggui.ledger.profit.scope import ORDER, Scope, beside


def profit_entries(scope: Scope, fees: ir.Table) -> ir.Table:
    """Return the rows of ``profit_entry`` of the stores; `fees` are the lines of their ledgers (`ledger_fees`)."""
    ads = scope.stage("ads", ad_spend(scope))
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


def ad_spend(scope: Scope) -> ir.Table:
    """Return the rows of the advertising reports that count: one report per store, system and day."""
    rows = scope.rows("ad_spend")
    rows = rows.filter(ibis.coalesce(rows.spend_minor, 0) != 0)
    said = ibis.coalesce(rows.report_scope, "")
    system = ibis.cases(*((said == name, system) for name, system in AD_SYSTEM.items()), else_=said.split(".")[0])
    rows = _with_products(scope, rows.mutate(said=said, system=system))
    of_report = ["shop_id", "system", "day", "said"]
    totals = rows.group_by(of_report).aggregate(spent=rows.spend_minor.sum(), n_products=rows.product_id.count())
    # Of equal spends the report that names products comes first.
    order = [ibis.desc(totals.spent), ibis.desc(totals.n_products > 0), totals.said]
    window = ibis.window(group_by=[totals[name] for name in of_report[:3]], order_by=order)
    chosen = totals.mutate(place=ibis.row_number().over(window)).filter(lambda t: t.place == 0)
    return rows.semi_join(chosen, of_report)


def _with_products(scope: Scope, rows: ir.Table) -> ir.Table:
    """Add the product that each row of a report is about: by its id, else by a title that one product has."""
    products = scope.rows("product").select("shop_id", "product_id", "title")
    by_id = products.select("shop_id", item_id=products.product_id, of_id=products.product_id)
    by_title = products.group_by("shop_id", item_name=products.title).aggregate(
        of_title=products.product_id.min(), n_of_title=products.count()
    )
    rows = beside(beside(rows, by_id, ["shop_id", "item_id"]), by_title, ["shop_id", "item_name"])
    of_title = (rows.n_of_title == 1).ifelse(rows.of_title, None)
    is_product = rows.item_type.isnull() | rows.item_type.isin(AD_PRODUCT_WORDS)
    itself = is_product.ifelse(rows.item_id, None)
    return rows.mutate(product_id=ibis.coalesce(rows.of_id, of_title, itself))


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
