"""动销 Which of the seller's own codes moved, and which are no part of the range (M-GOODS-04).

The one place for the rule: a code moved with a net sale to buyers, gifts apart, while any of it was there.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import built_once, declared_table, without_copies

_SKU = ("shop_id", "sku_id")
_CODE = {"shop_id": "int32", "internal_sku": "string"}


@built_once
def net_sales() -> ir.Table:
    """Return what buyers paid for and did not send back whole: ``shop_id``, ``sku_id``, ``day``, ``internal_sku``."""
    lines = _lines_of_own_codes()
    is_kept = (lines.paid_minor <= 0) | (lines.refunded_minor < lines.paid_minor)
    kept = lines.filter((lines.line_kind == "product") & (lines.quantity > 0) & is_kept)
    return kept.select(*_SKU, "day", "internal_sku").distinct()


@built_once
def gift_codes() -> ir.Table:
    """Return the codes that were only ever given away: ``internal_sku``."""
    lines = _lines_of_own_codes()
    given, sold = (lines.filter(lines.line_kind == kind) for kind in ("gift", "product"))
    return given.anti_join(sold, "internal_sku").select("internal_sku").distinct()


@built_once
def listed_codes() -> ir.Table:
    """Return the codes that stores list: ``shop_id``, ``internal_sku``; a SKU that no list maps is its own code."""
    maps, skus = declared_table("sku_map"), declared_table("sku")
    mapped = maps.select("shop_id", "internal_sku", sku_id=maps.platform_sku_id)
    own = skus.anti_join(mapped, _SKU).select("shop_id", internal_sku="sku_id")
    # Unions want equal types, down to what may be empty.
    parts = (rows.select(**{name: rows[name].cast(type_) for name, type_ in _CODE.items()}) for rows in (mapped, own))
    return ibis.union(*parts, distinct=True)


@built_once
def goods_days(stores: tuple[int, ...], has_maps: bool) -> ir.Table:
    """Return the rows of ``goods_day`` of some stores.

    Without any map of SKUs nothing tells what the stores list: every code then counts as listed.
    """
    held = declared_table("stock_day")
    held = held.filter(held.shop_id.isin(stores) & held.is_there)
    held = held.select("shop_id", "warehouse", "internal_sku", "day", "currency")
    sold = held.semi_join(net_sales(), ["internal_sku", "day"])
    apart = held.semi_join(gift_codes(), "internal_sku")
    if has_maps:
        apart = apart.union(held.anti_join(listed_codes(), "internal_sku"), distinct=True)
    # What was sold is for sale, whatever is said of its code.
    apart = apart.anti_join(sold, "internal_sku")
    return sold.mutate(is_sold=True, is_apart=False).union(apart.mutate(is_sold=False, is_apart=True))


@built_once
def _lines_of_own_codes() -> ir.Table:
    """Return paid lines by own code; a SKU that no list maps on the day is its own code, a set counts as its parts."""
    lines = declared_table("line_profit")
    lines = lines.filter(lines.sku_id.notnull() & (lines.order_kind == "ordinary"))
    lines = lines.select(*_SKU, "line_kind", "quantity", "paid_minor", "refunded_minor", day="paid_date")
    maps = declared_table("sku_map")
    maps = maps.select("shop_id", "internal_sku", "valid_from", "valid_to", sku_id=maps.platform_sku_id)
    joined = without_copies(lines.left_join(maps, _SKU))
    is_valid = (joined.valid_from.isnull() | (joined.valid_from <= joined.day)) & (
        joined.valid_to.isnull() | (joined.valid_to >= joined.day)
    )
    joined = joined.filter(joined.internal_sku.isnull() | is_valid)
    return joined.mutate(internal_sku=ibis.coalesce(joined.internal_sku, joined.sku_id))
