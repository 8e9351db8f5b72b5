"""退货率与好评率 Returns and reviews: matured orders only, by what they say, and where a size chart is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from zhanggui.i18n import Text
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.goods_names import (
    Goods,
    foreign_products,
    goods_of_products,
    shown_variant,
    sku_specs,
)
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.products.sales import goods_lines
from zhanggui.understand.products.topics import topic_of
from zhanggui.understand.view import View

GOOD_STARS = 4
"""A review is positive from so many stars on."""

USUAL_LAG_DAYS, ENOUGH_RETURNS = 15, 20
"""Days within which nine returns in ten have come, where a store has too few to tell."""

Key = tuple[int, str]


@dataclass(slots=True)
class GoodsReturns:
    """What came back of one product of the seller, and what was said of it.

    Attributes
    ----------
    goods : Goods
        Code and title.
    keys : set of (int, str)
        Its store products.
    delivered, returned : float
        Units of matured orders that left the warehouse, and those of them that came back.
    lines, returned_lines : int
        The same in order lines.
    kept_minor, back_minor : float
        Contribution of the lines that stayed and of those that came back.
    kept_known, back_known : int
        Lines behind these amounts: those of known cost.
    reviews, good : int
        Reviews, and those of four stars and more.
    topics : Counter of str
        Orders that came back or were reviewed badly, by what they say.
    by_size : dict of str to list of float
        Units delivered and returned by variant.
    """

    goods: Goods
    keys: set[Key] = field(default_factory=set)
    delivered: float = 0.0
    returned: float = 0.0
    lines: int = 0
    returned_lines: int = 0
    kept_minor: float = 0.0
    back_minor: float = 0.0
    kept_known: int = 0
    back_known: int = 0
    reviews: int = 0
    good: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    by_size: dict[str, list[float]] = field(default_factory=dict)

    @property
    def return_rate(self) -> float | None:
        """Units that came back, of those that left."""
        return self.returned / self.delivered if self.delivered else None

    @property
    def good_share(self) -> float | None:
        """Reviews of four stars and more, of all."""
        return self.good / self.reviews if self.reviews else None

    @property
    def n_told(self) -> int:
        """Orders with a reason or a bad review that says something."""
        return sum(self.topics.values())


@dataclass(frozen=True, slots=True)
class Returns:
    """Returns of the matured orders of some days.

    Attributes
    ----------
    first : date
        First paid day.
    matured_to : mapping of int to date
        Last paid day by store whose orders are old enough.
    lag_days : mapping of int to int
        Days within which nine returns in ten of the store have come.
    n_immature : int
        Order lines that are left out as too young.
    currency : str
        Currency of the amounts.
    products : tuple of GoodsReturns
        The most returned units first.
    regions : mapping of str to (float, float)
        Units delivered and returned by province.
    """

    first: date
    matured_to: Mapping[int, date]
    lag_days: Mapping[int, int]
    n_immature: int
    currency: str
    products: tuple[GoodsReturns, ...]
    regions: Mapping[str, tuple[float, float]]


NO_RETURNS = ThinGoodsError(
    Text("这段时间没有已成熟的订单：退货还没来得及发生。", "No order of these days is old enough for its returns."),
    Text("选更早的日期，或等几天。", "Choose earlier days, or wait."),
)  # fmt: skip


def lag_days(desk: Desk) -> Mapping[int, int]:
    """Return by store within how many days of payment nine returns in ten have been paid back."""

    def found() -> dict[int, int]:
        refunds = desk.ledger.table("refund")
        is_back = (refunds.refund_type == "return_and_refund") & (refunds.refunded_minor > 0)
        refunds = refunds.filter(is_back & refunds.refunded_date.notnull() & refunds.cohort_date.notnull())
        days = refunds.refunded_date.epoch_days() - refunds.cohort_date.epoch_days()
        rows = refunds.mutate(days=days).group_by("shop_id")
        sums = rows.aggregate(n=lambda t: t.count(), lag=lambda t: t.days.cast("float64").quantile(0.9))
        return {
            row["shop_id"]: int(np.ceil(row["lag"]))
            for row in desk.ledger.query(sums).to_pylist()
            if row["n"] >= ENOUGH_RETURNS
        }

    return desk.kept(("return_lag",), found)


def returns(desk: Desk, view: View) -> Returns:
    """Return what came back of the goods of a view, by product of the seller.

    Raises
    ------
    ThinGoodsError
        No order is old enough.

    Notes
    -----
    A line is delivered unless its money went back in full before shipping, and has come back where a refund with
    return succeeded for it. Orders younger than the store's own 90% lag are immature and left out.
    """
    return desk.kept(("returns", view.date_from, view.date_to, view.where), lambda: _returns(desk, view))


def _returns(desk: Desk, view: View) -> Returns:
    span = desk.span()
    if span is None:
        raise NO_RETURNS
    lags = lag_days(desk)
    shops = [store.shop_id for store in desk.shop.stores.list_stores()]
    to = {shop: span.last - timedelta(days=lags.get(shop, USUAL_LAG_DAYS)) for shop in shops}
    lines = goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date"))
    ripe = lines.filter(is_ripe(lines, to))
    found: dict[str, GoodsReturns] = {}
    goods = goods_of_products(desk)
    currency = _add_lines(desk, ripe, goods, found)
    if not found:
        raise NO_RETURNS
    _add_reasons(desk, ripe, goods, found)
    _add_reviews(desk, view, goods, found)
    n_all, n_ripe = (
        int(desk.ledger.query(rows.aggregate(n=rows.count())).to_pylist()[0]["n"]) for rows in (lines, ripe)
    )
    return Returns(
        first=view.date_from or span.first,
        matured_to=to,
        lag_days={shop: lags.get(shop, USUAL_LAG_DAYS) for shop in shops},
        n_immature=n_all - n_ripe,
        currency=currency,
        products=tuple(sorted(found.values(), key=lambda each: (-each.returned, each.goods.code))),
        regions=_regions(desk, ripe),
    )


def is_ripe(lines: ir.Table, to: Mapping[int, date]) -> ir.BooleanValue:
    """Return whether the orders of lines are old enough for their returns to have come."""
    test: ir.BooleanValue = ibis.literal(False)
    for shop, day in to.items():
        test = test | ((lines.shop_id == shop) & (lines.paid_date <= day))
    return test


def left_and_back(lines: ir.Table) -> tuple[ir.BooleanValue, ir.BooleanValue]:
    """Return whether a line left the warehouse, and whether it came back."""
    never_left = (lines.paid_minor > 0) & (lines.refunded_before_shipping_minor >= lines.paid_minor)
    is_back = lines.refunded_with_return_minor > 0
    return ~never_left | is_back, is_back


def _add_lines(desk: Desk, ripe: ir.Table, goods: Mapping[Key, Goods], found: dict[str, GoodsReturns]) -> str:
    has_left, is_back = left_and_back(ripe)
    units = ripe.quantity.cast("float64")
    sums = ripe.group_by(["shop_id", "product_id", "sku_id", "currency"]).aggregate(
        delivered=units.sum(where=has_left),
        returned=units.sum(where=is_back),
        lines=has_left.sum(),
        returned_lines=is_back.sum(),
        kept=ripe.contribution_minor.sum(where=has_left & ~is_back),
        kept_known=ripe.contribution_minor.count(where=has_left & ~is_back),
        back=ripe.contribution_minor.sum(where=is_back),
        back_known=ripe.contribution_minor.count(where=is_back),
    )
    specs, currency = sku_specs(desk), "CNY"
    for row in desk.ledger.query(sums).to_pylist():
        key = (row["shop_id"], row["product_id"] or row["sku_id"])
        known = goods.get(key, Goods(key[1], key[1]))
        each = found.setdefault(known.code, GoodsReturns(known))
        each.keys.add(key)
        delivered, returned = float(row["delivered"] or 0), float(row["returned"] or 0)
        each.delivered += delivered
        each.returned += returned
        each.lines += int(row["lines"] or 0)
        each.returned_lines += int(row["returned_lines"] or 0)
        each.kept_minor += float(row["kept"] or 0)
        each.back_minor += float(row["back"] or 0)
        each.kept_known += int(row["kept_known"] or 0)
        each.back_known += int(row["back_known"] or 0)
        size = size_of(specs.get((row["shop_id"], row["sku_id"]), ""))
        of_size = each.by_size.setdefault(size, [0.0, 0.0])
        of_size[0] += delivered
        of_size[1] += returned
        currency = row["currency"]
    return currency


def size_of(spec: str) -> str:
    """Return the size named by a variant, or all of it where none is named.

    Examples
    --------
    >>> size_of("颜色:黑色;尺码:S"), size_of("规格:50g")
    ('S', '50g')
    """
    for part in spec.replace("；", ";").split(";"):
        name, _, value = part.partition(":")
        if any(word in name.lower() for word in ("尺码", "尺寸", "码数", "size")) and value:
            return value
    return shown_variant(spec)


def _add_reasons(desk: Desk, ripe: ir.Table, goods: Mapping[Key, Goods], found: dict[str, GoodsReturns]) -> None:
    """Count the orders that came back by what their buyers gave as reason."""
    for row in reason_rows(desk, ripe):
        key = (row["shop_id"], row["product_id"] or row["sku_id"])
        known = goods.get(key)
        topic = topic_of(row["reason_raw"])
        if known is not None and known.code in found and topic is not None:
            found[known.code].topics[topic] += int(row["n"])


def reason_rows(desk: Desk, ripe: ir.Table) -> list[dict[str, Any]]:
    """Return how many lines that came back give which reason, by product."""
    back = ripe.filter(ripe.refunded_with_return_minor > 0).select("shop_id", "order_id", "product_id", "sku_id")
    refunds = desk.ledger.table("refund")
    refunds = refunds.filter((refunds.refund_type == "return_and_refund") & (refunds.refunded_minor > 0))
    cases = refunds.select(
        "shop_id", "order_id", "reason_raw", case_product=refunds.product_id, case_sku=refunds.sku_id
    )
    joined = back.inner_join(cases, ["shop_id", "order_id"])
    is_same = (joined.case_product.isnull() | (joined.case_product == joined.product_id)) & (
        joined.case_sku.isnull() | (joined.case_sku == joined.sku_id)
    )
    kept = joined.filter(is_same & joined.reason_raw.notnull())
    sums = kept.group_by(["shop_id", "product_id", "sku_id", "reason_raw"]).aggregate(n=kept.order_id.nunique())
    return list(desk.ledger.query(sums).to_pylist())


def _add_reviews(desk: Desk, view: View, goods: Mapping[Key, Goods], found: dict[str, GoodsReturns]) -> None:
    for row in review_rows(desk, view):
        known = goods.get(row["key"])
        if known is None or known.code not in found:
            continue
        each = found[known.code]
        each.reviews += 1
        each.good += row["stars"] >= GOOD_STARS
        topic = topic_of(row["review_text"]) if row["stars"] < GOOD_STARS else None
        if topic is not None:
            each.topics[topic] += 1


def review_rows(desk: Desk, view: View) -> list[dict[str, Any]]:
    """Return the reviews of a view's days and stores, each with the store product that it is about."""

    def found() -> list[dict[str, Any]]:
        stores = tuple(each for each in view.where if each.dim in ("platform", "shop"))
        rows = rows_in_view(desk, View(view.date_from, view.date_to, stores), "review", day="reviewed_date")
        names = foreign_products(desk)
        kept = rows.filter(rows.product_id.notnull()).select(
            "shop_id", "product_id", "order_id", "stars", "review_text", "reviewed_date", "batch_id", "row_no"
        )
        told = desk.ledger.query(kept.order_by(["shop_id", "reviewed_date", "row_no"])).to_pylist()
        for row in told:
            row["key"] = (row["shop_id"], names.get((row["shop_id"], row["product_id"]), row["product_id"]))
        return list(told)

    return desk.kept(("review_rows", view.date_from, view.date_to, view.where), found)


def _regions(desk: Desk, ripe: ir.Table) -> dict[str, tuple[float, float]]:
    has_left, is_back = left_and_back(ripe)
    units = ripe.quantity.cast("float64")
    sums = ripe.group_by("province").aggregate(
        delivered=units.sum(where=has_left), returned=units.sum(where=is_back)
    )  # fmt: skip
    rows = desk.ledger.query(sums).to_pylist()
    return {row["province"] or "": (float(row["delivered"] or 0), float(row["returned"] or 0)) for row in rows}
