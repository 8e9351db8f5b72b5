"""What advertising brought, by the reports that count: several reports of one system tell the same money twice."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.profit.rules import AD_PRODUCT_WORDS, AD_SYSTEM
from zhanggui.ledger.profit.scope import Scope, beside


def ad_results(scope: Scope) -> ir.Table:
    """Return the rows of the advertising reports that count: one report per store, system and day."""
    rows = scope.rows("ad_spend")
    rows = rows.mutate(spend_minor=ibis.coalesce(rows.spend_minor, 0))
    said = ibis.coalesce(rows.report_scope, "")
    system = ibis.cases(*((said == name, system) for name, system in AD_SYSTEM.items()), else_=said.split(".")[0])
    rows = _with_products(scope, rows.mutate(said=said, system=system))
    of_report = ["shop_id", "system", "day", "said"]
    totals = rows.group_by(of_report).aggregate(spent=rows.spend_minor.sum(), n_products=rows.product_id.count())
    # Of equal spends the report that names products comes first.
    order = [ibis.desc(totals.spent), ibis.desc(totals.n_products > 0), totals.said]
    window = ibis.window(group_by=[totals[name] for name in of_report[:3]], order_by=order)
    chosen = totals.mutate(place=ibis.row_number().over(window)).filter(lambda t: t.place == 0)
    return rows.semi_join(chosen, of_report).mutate(
        channel=rows.scene_name,
        campaign=ibis.coalesce(rows.campaign_name, rows.campaign_id),
        creative=ibis.coalesce(rows.creative_name, rows.creative_id),
    )


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
