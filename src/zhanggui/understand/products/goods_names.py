"""What goods are called, and which product a platform's own number means where orders name the seller's code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from zhanggui.understand.desk import Desk


def product_titles(desk: Desk) -> Mapping[tuple[int, str], str]:
    """Return the title of each product by store and id."""

    def found() -> dict[tuple[int, str], str]:
        rows = desk.ledger.query(desk.ledger.table("product").select("shop_id", "product_id", "title")).to_pylist()
        return {(row["shop_id"], row["product_id"]): row["title"] or row["product_id"] for row in rows}

    return desk.kept(("product_titles",), found)


def sku_specs(desk: Desk) -> Mapping[tuple[int, str], str]:
    """Return the variant of each SKU by store and id."""

    def found() -> dict[tuple[int, str], str]:
        rows = desk.ledger.query(desk.ledger.table("sku").select("shop_id", "sku_id", "spec")).to_pylist()
        return {(row["shop_id"], row["sku_id"]): row["spec"] or "" for row in rows}

    return desk.kept(("sku_specs",), found)


def internal_skus(desk: Desk) -> Mapping[tuple[int, str], str]:
    """Return the seller's own code of each platform SKU by store; a SKU that no list maps is its own code."""

    def found() -> dict[tuple[int, str], str]:
        table = desk.ledger.table("sku_map").select("shop_id", "platform_sku_id", "internal_sku")
        rows = desk.ledger.query(table).to_pylist()
        return {(row["shop_id"], row["platform_sku_id"]): row["internal_sku"] for row in rows}

    return desk.kept(("internal_skus",), found)


def foreign_products(desk: Desk) -> Mapping[tuple[int, str], str]:
    """Return the product that a platform's own number means, where the orders of its store name another id.

    Some order reports name the seller's code while traffic, advertising and reviews name the platform's number. Both
    meet in the title of the daily product report; a title that two products of a store share tells nothing.
    """

    def found() -> dict[tuple[int, str], str]:
        titles = product_titles(desk)
        shared = Counter((shop, title) for (shop, _), title in titles.items())
        by_title = {(shop, title): product for (shop, product), title in titles.items() if shared[shop, title] == 1}
        daily = desk.ledger.table("shop_metric_daily")
        daily = daily.filter((daily.object_type == "product") & daily.product_title.notnull())
        rows = desk.ledger.query(daily.select("shop_id", "object_path", "product_title").distinct()).to_pylist()
        pairs = {
            (row["shop_id"], row["object_path"]): by_title.get((row["shop_id"], row["product_title"])) for row in rows
        }
        return {key: product for key, product in pairs.items() if product is not None and key not in titles}

    return desk.kept(("foreign_products",), found)


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of the seller, whatever it is called in each store."""

    code: str
    title: str


def goods_of_products(desk: Desk) -> Mapping[tuple[int, str], Goods]:
    """Return the seller's product behind each store's product.

    Products of several stores are one where they share a SKU by the seller's own codes (`internal_skus`). Its code is
    what these codes share up to their last hyphen, else the smallest of them.
    """
    return desk.kept(("goods_of_products",), lambda: _goods(desk))


def _goods(desk: Desk) -> dict[tuple[int, str], Goods]:
    codes, titles = internal_skus(desk), product_titles(desk)
    table = desk.ledger.table("sku").select("shop_id", "sku_id", "product_id")
    of_product: dict[tuple[int, str], set[str]] = {key: set() for key in titles}
    for row in desk.ledger.query(table).to_pylist():
        key = (row["shop_id"], row["product_id"] or row["sku_id"])
        of_product.setdefault(key, set()).add(codes.get((row["shop_id"], row["sku_id"]), row["sku_id"]))
    named: dict[tuple[int, str], Goods] = {}
    for key, skus in of_product.items():
        stems = {sku.rpartition("-")[0] or sku for sku in skus}
        code = stems.pop() if len(stems) == 1 else min(skus, default=key[1])
        named[key] = Goods(code, titles.get(key, code))
    return named


def shown_variant(spec: str) -> str:
    """Return a variant without the names of its attributes.

    Examples
    --------
    >>> shown_variant("颜色:黑色;尺码:S")
    '黑色 S'
    """
    return " ".join(part.split(":", 1)[-1] for part in spec.replace("；", ";").split(";") if part)
