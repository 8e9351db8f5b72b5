"""Hits 爆品: what each product took on each day, and its share of its store's takings of 30 days (M-GOODS-06)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, built_once, declared_table
from zhanggui.ledger.profit import PROFIT

HIT_PERCENT = 2
"""Percent of its store's takings from which a product is a hit."""
HIT_DAYS = 30
"""Days, the day itself among them, over which takings are summed."""

_STORE = ("shop_id", "currency")
_PRODUCT = (*_STORE, "product_id")


@built_once
def product_classes(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``product_class`` of some stores.

    Notes
    -----
    A line that names no product is its SKU's; one that names neither is left out, of the store's takings too.
    """
    lines = declared_table("line_profit")
    lines = lines.filter(
        lines.shop_id.isin(stores) & (lines.order_kind == "ordinary") & (lines.line_kind == "product")
    ).mutate(product_id=ibis.coalesce(lines.product_id, lines.sku_id), day=lines.paid_date)
    lines = lines.filter(lines.product_id.notnull())
    sold = lines.group_by([*_PRODUCT, "day"]).aggregate(
        category=lines.category.max(), brand=lines.brand.max(), paid_minor=lines.paid_minor.sum()
    )
    sold = sold.mutate(day_no=(sold.day.cast("timestamp").epoch_seconds() // 86_400).cast("int32"))
    of_store = sold.group_by([*_STORE, "day_no"]).aggregate(paid=sold.paid_minor.sum())
    of_store = of_store.select(
        *_STORE,
        "day_no",
        store_paid_minor=of_store.paid.sum().over(_last_days(_STORE)),
        begun=of_store.day_no.min().over(group_by=_STORE),
    )
    rows = sold.mutate(paid_lately_minor=sold.paid_minor.sum().over(_last_days(_PRODUCT)))
    rows = rows.inner_join(of_store, [*_STORE, "day_no"])
    is_hit = (rows.paid_lately_minor > 0) & (100 * rows.paid_lately_minor >= HIT_PERCENT * rows.store_paid_minor)
    is_known = rows.day_no - rows.begun >= HIT_DAYS - 1
    return rows.mutate(is_hit=is_known.ifelse(is_hit, None))


def _last_days(group: tuple[str, ...]) -> ibis.expr.builders.WindowBuilder:
    return ibis.range_window(preceding=HIT_DAYS - 1, following=0, group_by=group, order_by="day_no")


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"product_class": product_classes(stores)}


HITS = Derivation(
    subject="product_class",
    tables=("product_class",),
    reads=PROFIT.reads,
    rules="1",
    make=_make,
    after=(PROFIT,),
    binds_stores=PROFIT.binds_stores,
)
