"""The seller's own stock codes: in which category and of which brand they are sold, and on which days they moved."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, built_once, declared_table
from zhanggui.ledger.goods.moving import goods_days
from zhanggui.ledger.profit import PROFIT
from zhanggui.ledger.stock.days import STOCK_DAYS

_NAMES = ("category", "brand")


@built_once
def stock_codes(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``stock_code`` for the codes in the books of some stores.

    Notes
    -----
    Stock lies under the seller's codes, categories stand at the platforms' products. A code takes the category, and
    the brand, under which most SKUs of all stores list it; of equals the first by name.
    """
    held = [declared_table(table).select("shop_id", "internal_sku") for table in ("stock_day", "stock_snapshot")]
    codes = ibis.union(*held, distinct=True)
    codes = codes.filter(codes.shop_id.isin(stores))
    listed = _listed()
    for name in _NAMES:
        codes = codes.left_join(_most(listed, name), "internal_sku").drop("internal_sku_right")
    return codes


def _listed() -> ir.Table:
    """Return the category and brand of each SKU of each store by own code; a set of several codes tells of none."""
    maps, skus, products = (declared_table(name) for name in ("sku_map", "sku", "product"))
    own = maps.group_by(["shop_id", "platform_sku_id"]).aggregate(
        internal_sku=maps.internal_sku.max(), n_codes=maps.internal_sku.nunique()
    )
    own = own.select("shop_id", "internal_sku", "n_codes", sku_id=own.platform_sku_id)
    rows = skus.select("shop_id", "sku_id", "product_id").left_join(own, ["shop_id", "sku_id"])
    rows = rows.filter(rows.n_codes.isnull() | (rows.n_codes == 1))
    rows = rows.select("shop_id", "product_id", internal_sku=ibis.coalesce(rows.internal_sku, rows.sku_id))
    named = products.select("shop_id", "product_id", *_NAMES)
    return rows.inner_join(named, ["shop_id", "product_id"]).select("internal_sku", *_NAMES)


def _most(listed: ir.Table, name: str) -> ir.Table:
    """Return what most rows of each code say."""
    named = listed.filter(listed[name].notnull())
    votes = named.group_by(["internal_sku", name]).aggregate(n=named.count())
    order = ibis.window(group_by="internal_sku", order_by=[votes.n.desc(), votes[name]])
    ranked = votes.mutate(place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).select("internal_sku", name)


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    has_maps = tx.query(ledger.table("sku_map").limit(1)).num_rows > 0
    return {
        "stock_code": stock_codes(stores),
        "goods_day": goods_days(stores, has_maps),
    }


def _several_stores(ledger: Ledger) -> ir.Table:
    """Return a row where there are several stores: what one of them lists and sells are goods of all."""
    stores = ledger.table("store").aggregate(n=ledger.table("store").count())
    return stores.filter(stores.n > 1)


GOODS = Derivation(
    subject="goods",
    tables=("stock_code", "goods_day"),
    reads=tuple(dict.fromkeys((*PROFIT.reads, *STOCK_DAYS.reads))),
    rules="1",
    make=_make,
    after=(PROFIT, STOCK_DAYS),
    binds_stores=_several_stores,
)
