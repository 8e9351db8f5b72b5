"""One product in one period: traffic, sales, profit, stock, returns, reviews, partners, demand (M-GOODS-10)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ibis
import numpy as np
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.methods.forecast import smooth
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.pagespec import Evidence
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.products.association import association
from zhanggui.understand.products.borders import kept_borders
from zhanggui.understand.products.goods_names import (
    foreign_products,
    goods_of_products,
    internal_skus,
)
from zhanggui.understand.products.in_view import in_stores, rows_in_view
from zhanggui.understand.products.matrix import matrix
from zhanggui.understand.products.matrix_answer import SkuRow, sku_rows
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.products.returns import returns
from zhanggui.understand.products.returns_answer import ReturnsAnswer, returns_answer
from zhanggui.understand.products.sales import goods_lines
from zhanggui.understand.view import Pairs, View, last_in, view_from_pairs

LEAST_WEEKS = 8
"""Whole weeks of sales below which nothing is said of the weeks to come."""

AHEAD_WEEKS, MOST_PARTNERS, PARTNER_SUPPORT = 4, 8, 0.0005


class Traffic(BaseModel):
    """What the platform declares of the product's page; null where no file tells. Days are added up, not people."""

    visitors: int | None = None
    page_views: int | None = None
    search_visitors: int | None = None
    cart_units: int | None = None
    favourites: int | None = None
    paying_buyers: int | None = None
    conversion: float | None = None
    cart_share: float | None = None
    days: int = 0
    evidence: Evidence = "declared"


class Stock(BaseModel):
    """On hand of all warehouses at the last count, how long it lasts, and how often it turned in the period."""

    on_hand: float | None = None
    as_of: date | None = None
    daily_units: float | None = None
    days_of_cover: float | None = None
    turns: float | None = None
    evidence: Evidence = "counted"


class Partner(BaseModel):
    """Another product that orders hold together with this one."""

    product_id: str
    title: str
    orders: int
    confidence: float
    lift: float
    q_value: float


class Ahead(BaseModel):
    """Units of the weeks to come: middle and the range that holds eight futures in ten; null with the reason."""

    weeks: int = AHEAD_WEEKS
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    reason: Text | None = None
    evidence: Evidence = "estimated"


class Day(BaseModel):
    """Units and declared visitors of one day."""

    day: date
    units: float
    visitors: int | None


class ProductAnswer(BaseModel):
    """Everything of one product over the same days."""

    product_id: str
    merchant_code: str
    title: str
    stores: tuple[str, ...]
    date_from: date
    date_to: date
    currency: str
    units: float
    net_units: float
    net_revenue: float
    profit: float | None
    ads: float
    traffic: Traffic
    stock: Stock
    returns: ReturnsAnswer | None
    skus: tuple[SkuRow, ...]
    partners: tuple[Partner, ...]
    ahead: Ahead
    course: tuple[Day, ...]
    warnings: tuple[Text, ...]


def product_of_pairs(desk: Desk, pairs: Pairs) -> ProductAnswer:
    """Return everything of the product that ``product`` names: an id of a store, or the seller's code."""
    return product_answer(desk, view_from_pairs(pairs, name=last_in(pairs, "product") or ""))


def products_named(desk: Desk, view: View) -> set[tuple[int, str]]:
    """Return the store products behind the name of a view: an id of a store, or the seller's code.

    Raises
    ------
    ThinGoodsError
        There is none in the stores looked at.
    """
    goods = goods_of_products(desk)
    stores = desk.ledger.query(in_stores(desk, desk.ledger.table("store"), view.where).select("shop_id")).to_pylist()
    shops = {row["shop_id"] for row in stores}
    found = {key for key, each in goods.items() if key[0] in shops and view.name in (key[1], each.code)}
    if not found:
        raise ThinGoodsError(
            Text(f"没有商品 {view.name}。", f"There is no product {view.name!r}."),
            Text("用商品编号或商家编码，`zhanggui products matrix` 列出它们。",
                 "Name a product id or the seller's code; `zhanggui products matrix` lists them."),
        )  # fmt: skip
    return found


def product_answer(desk: Desk, view: View) -> ProductAnswer:
    """Return one product as ``zhanggui products show PRODUCT --json`` prints it."""
    key = ("product_answer", view.name, view.date_from, view.date_to, view.where)
    return desk.kept(key, lambda: _product_answer(desk, view))


def _product_answer(desk: Desk, view: View) -> ProductAnswer:
    keys = products_named(desk, view)
    found = matrix(desk, view, kept_borders(desk))
    names = store_names(desk)
    shops = {names.get(shop, f"#{shop}") for shop, _ in keys}
    products = {product for _, product in keys}
    skus = tuple(row for row in sku_rows(desk, found) if row.store in shops and row.product_id in products)
    goods = goods_of_products(desk)[min(keys)]
    first, last = found.sales.first, found.sales.last
    days = _daily(desk, view, keys, first, last)
    daily = _declared(desk, view, keys)
    units = sum(row.units for row in skus)
    profits = [row.profit for row in skus]
    told = [] if skus else [Text("这段时间没有售出。", "It was not sold in these days.")]
    if any(profit is None for profit in profits):
        told.append(Text("有 SKU 成本未知，利润不给。", "A SKU's cost is unknown, so there is no profit."))
    return ProductAnswer(
        product_id=min(keys)[1],
        merchant_code=goods.code,
        title=goods.title,
        stores=tuple(sorted(shops)),
        date_from=first,
        date_to=last,
        currency=found.sales.currency,
        units=units,
        net_units=sum(row.net_units for row in skus),
        net_revenue=round(sum(row.net_revenue for row in skus), 2),
        profit=None if None in profits else round(sum(profit or 0.0 for profit in profits), 2),
        ads=round(sum(row.ads for row in skus), 2),
        traffic=_traffic(daily),
        stock=_stock(desk, keys, first, last, units),
        returns=_returned(desk, view, goods.code),
        skus=skus,
        partners=_partners(desk, view, keys),
        ahead=_ahead(days),
        course=tuple(
            Day(day=day, units=each, visitors=daily.get(day, {}).get("visitors")) for day, each in days.items()
        ),
        warnings=tuple(told),
    )


def _daily(desk: Desk, view: View, keys: set[tuple[int, str]], first: date, last: date) -> dict[date, float]:
    """Return the units of every day, those without a sale included."""
    lines = goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date"))
    lines = lines.filter(_is_one(lines, keys))
    sums = lines.group_by("paid_date").aggregate(units=lines.quantity.cast("float64").sum())
    sold = {row["paid_date"]: float(row["units"]) for row in desk.ledger.query(sums).to_pylist()}
    return {day: sold.get(day, 0.0) for day in (first + timedelta(days=n) for n in range((last - first).days + 1))}


def _is_one(rows: Any, keys: set[tuple[int, str]]) -> Any:  # a test on columns that only the engine types
    tests = [(rows.shop_id == shop) & (rows.product_id == product) for shop, product in sorted(keys)]
    return ibis.or_(*tests)


def _declared(desk: Desk, view: View, keys: set[tuple[int, str]]) -> dict[date, dict[str, int | None]]:
    """Return what the platform declares of the product's page, day by day."""
    foreign = {(shop, number) for (shop, number), product in foreign_products(desk).items() if (shop, product) in keys}
    stores = tuple(each for each in view.where if each.dim in ("platform", "shop"))
    rows = rows_in_view(desk, View(view.date_from, view.date_to, stores), "shop_metric_daily", day="day")
    wanted = foreign | keys
    tests = [(rows.shop_id == shop) & (rows.object_path == number) for shop, number in sorted(wanted)]
    rows = rows.filter((rows.object_type == "product") & ibis.or_(*tests))
    names = ("visitors", "page_views", "search_visitors", "cart_units", "favourites", "paid_buyers")
    sums = rows.group_by("day").aggregate(**{name: rows[name].sum().cast("int64") for name in names})
    return {row["day"]: {name: row[name] for name in names} for row in desk.ledger.query(sums).to_pylist()}


def _traffic(daily: dict[date, dict[str, int | None]]) -> Traffic:
    def total(name: str) -> int | None:
        known = [value for each in daily.values() if (value := each[name]) is not None]
        return sum(known) if known else None

    visitors, buyers, carts = total("visitors"), total("paid_buyers"), total("cart_units")
    return Traffic(
        visitors=visitors,
        page_views=total("page_views"),
        search_visitors=total("search_visitors"),
        cart_units=carts,
        favourites=total("favourites"),
        paying_buyers=buyers,
        conversion=buyers / visitors if visitors and buyers is not None else None,
        cart_share=carts / visitors if visitors and carts is not None else None,
        days=len(daily),
    )


def _stock(desk: Desk, keys: set[tuple[int, str]], first: date, last: date, units: float) -> Stock:
    codes = internal_skus(desk)
    skus = desk.ledger.table("sku")
    rows = desk.ledger.query(skus.select("shop_id", "sku_id", "product_id")).to_pylist()
    own = sorted(
        {codes.get((row["shop_id"], row["sku_id"]), row["sku_id"]) for row in rows
         if (row["shop_id"], row["product_id"]) in keys}
    )  # fmt: skip
    held = desk.ledger.table("stock_snapshot")
    held = held.filter(held.internal_sku.isin(own) & (held.day >= first) & (held.day <= last))
    sums = held.group_by("day").aggregate(on_hand=held.on_hand.cast("float64").sum())
    days = sorted((row["day"], float(row["on_hand"])) for row in desk.ledger.query(sums).to_pylist())
    pace = units / ((last - first).days + 1)
    if not days:
        return Stock(daily_units=pace)
    mean = sum(on_hand for _, on_hand in days) / len(days)
    as_of, on_hand = days[-1]
    return Stock(
        on_hand=on_hand,
        as_of=as_of,
        daily_units=pace,
        days_of_cover=on_hand / pace if pace > 0 else None,
        turns=units / mean if mean > 0 else None,
    )


def _returned(desk: Desk, view: View, code: str) -> ReturnsAnswer | None:
    try:
        known = {each.goods.code for each in returns(desk, view).products}
        return returns_answer(desk, view, code) if code in known else None
    except ThinGoodsError:
        return None


def _partners(desk: Desk, view: View, keys: set[tuple[int, str]]) -> tuple[Partner, ...]:
    """Return what orders hold together with the product, the most frequent first."""
    try:
        found = desk.kept(
            ("partners", view.date_from, view.date_to),
            lambda: association(
                desk.ledger, min_support=PARTNER_SUPPORT, date_from=view.date_from, date_to=view.date_to
            ).to_json(),
        )
    except NotEnoughDataError:
        return ()
    several = any(":" in pair["a"] for pair in found["pairs"][:1])
    wanted = {f"{shop}:{product}" if several else product for shop, product in keys}
    rows = []
    for pair in found["pairs"]:
        for own, other, confidence in (("a", "b", "confidence_ab"), ("b", "a", "confidence_ba")):
            if pair[own] in wanted and pair[other] not in wanted:
                rows.append(
                    Partner(
                        product_id=pair[other].rpartition(":")[2], title=pair[f"{other}_name"], orders=pair["count"],
                        confidence=pair[confidence], lift=pair["lift"], q_value=pair["q_value"],
                    )
                )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: -row.orders)[:MOST_PARTNERS])


def _ahead(days: dict[date, float]) -> Ahead:
    """Return the demand of the next weeks from whole past weeks, by exponential smoothing of counts."""
    counts = list(days.values())
    sold_from = next((place for place, units in enumerate(counts) if units > 0), len(counts))
    n_weeks = (len(counts) - sold_from) // 7
    if n_weeks < LEAST_WEEKS:
        return Ahead(
            reason=Text(f"只有 {n_weeks} 个整周的销售，至少要 {LEAST_WEEKS} 周。",
                        f"Only {n_weeks} whole weeks of sales; it takes {LEAST_WEEKS}.")
        )  # fmt: skip
    weeks = np.asarray(counts[-n_weeks * 7 :], dtype=float).reshape(n_weeks, 7).sum(axis=1)
    demand = smooth(weeks[None, :]).demand(float(AHEAD_WEEKS))
    low, middle, high = (float(demand.quantile(share)[0]) for share in (0.1, 0.5, 0.9))
    return Ahead(low=low, middle=middle, high=high)
