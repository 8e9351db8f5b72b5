"""What each SKU sold, cost and left over some days: the figures that every view of goods begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.i18n import Text
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.goods_names import foreign_products
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.view import View

KEY = ("shop_id", "product_id", "sku_id")
NO_SALES = ThinGoodsError(
    Text("这段时间没有商品明细售出。", "No order line of goods was paid in these days."),
    Text("导入宝贝报表或子订单报表，或换一段时间。", "Load an item or sub-order report, or choose other days."),
)


@dataclass(frozen=True, slots=True)
class SkuSales:
    """Figures of SKUs over some days; money in minor units of one currency.

    Attributes
    ----------
    first, last : date
        The days looked at.
    currency : str
        The one currency.
    columns : pyarrow Table
        A row a SKU: ``shop_id``, ``product_id``, ``sku_id``, ``units``, ``net_units``, ``receivable``, ``net``,
        ``goods_cost``, ``fees``, ``freight``, ``returned`` (lines that came back), ``n_lines``, ``unknown_net``
        (net revenue of lines whose cost nobody knows), ``contribution``, ``squares`` (of the units of each week),
        ``first_sold``, ``last_sold``.
    ads : array of float, shape (n,)
        Amounts of a product that belong to no order, advertising above all, shared over its SKUs by what is due.
    unshared_minor : int
        Such amounts of products that sold nothing in these days, and of no product.
    """

    first: date
    last: date
    currency: str
    columns: pa.Table
    ads: npt.NDArray[np.float64]
    unshared_minor: int

    def of(self, name: str) -> npt.NDArray[Any]:
        """Return a column as numbers."""
        return np.asarray(self.columns.column(name).to_numpy(zero_copy_only=False))

    @property
    def is_known(self) -> npt.NDArray[np.bool_]:
        """Whether the cost of everything that a SKU sold is known."""
        return np.asarray(self.of("n_unknown").astype(np.int64) == 0)

    @property
    def profit(self) -> npt.NDArray[np.float64]:
        """Contribution with its share of the product's advertising, in minor units; NaN where a cost is unknown."""
        own = self.of("contribution").astype(float) + self.ads
        return np.where(self.is_known, own, np.nan)

    @property
    def n_days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1


def sku_sales(desk: Desk, view: View) -> SkuSales:
    """Return the figures of every SKU that was sold in the days and stores of a view.

    Raises
    ------
    ThinGoodsError
        Nothing was sold, or in several currencies.

    Notes
    -----
    Ordinary paid orders by paid day; gifts, postage and lines of other kinds are left out, and so are brushing and
    test orders. Net units leave out lines whose money went back in full.
    """
    return desk.kept(("sku_sales", view.date_from, view.date_to, view.where), lambda: _sku_sales(desk, view))


def _sku_sales(desk: Desk, view: View) -> SkuSales:
    span = desk.span()
    first = view.date_from or (None if span is None else span.first)
    last = view.date_to or (None if span is None else span.last)
    if first is None or last is None:
        raise NO_SALES
    found = desk.ledger.query(sku_sums(goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date"))))
    if not found.num_rows:
        raise NO_SALES
    currencies = pc.unique(found.column("currency")).to_pylist()
    if len(currencies) > 1:
        raise ThinGoodsError(
            Text("这些商品用几种币种销售，金额不能相加。", "These goods are sold in several currencies."),
            Text("选一家店铺。", "Choose one store."),
        )  # fmt: skip
    ads, unshared = _shared_ads(desk, view, found)
    return SkuSales(first, last, str(currencies[0]), found, ads, unshared)


def goods_lines(rows: ir.Table) -> ir.Table:
    """Return the lines of `line_profit` that sell goods to ordinary buyers."""
    is_goods = (rows.order_kind == "ordinary") & (rows.line_kind == "product")
    return rows.filter(is_goods & ibis.coalesce(rows.sku_id, rows.product_id).notnull())


def sku_sums(rows: ir.Table) -> ir.Table:
    """Return the sums of each SKU, with the squares of its weekly units; one pass over the lines."""
    week = rows.paid_date.truncate("W")
    is_kept = (rows.paid_minor <= 0) | (rows.refunded_minor < rows.paid_minor)
    net = rows.receivable_minor - rows.refunded_minor - rows.borne_back_minor
    fees = (
        rows.commission_minor + rows.service_fee_minor + rows.creator_commission_minor + rows.insurance_minor
        + rows.penalty_minor + rows.ad_spend_minor + rows.tax_minor + rows.other_cost_minor
    )  # fmt: skip
    is_unknown = rows.contribution_minor.isnull()
    keys = {"sku_id": ibis.coalesce(rows.sku_id, rows.product_id), "week": week}
    units = rows.quantity.cast("float64")
    weekly = rows.group_by(["shop_id", "product_id", "currency"], **keys).aggregate(
        units=units.sum(),
        net_units=units.sum(where=is_kept),
        receivable=rows.receivable_minor.sum(),
        net=net.sum(),
        goods_cost=rows.goods_cost_minor.sum(),
        fees=fees.sum(),
        freight=(rows.freight_minor + rows.return_freight_minor + rows.packaging_minor).sum(),
        returned=(rows.refunded_with_return_minor > 0).sum(),
        n_lines=rows.count(),
        n_unknown=is_unknown.sum(),
        unknown_net=net.sum(where=is_unknown),
        contribution=rows.contribution_minor.sum(),
        first_sold=rows.paid_date.min(),
        last_sold=rows.paid_date.max(),
    )
    whole = ("receivable", "net", "goods_cost", "fees", "freight", "returned", "n_lines", "n_unknown", "unknown_net",
             "contribution")  # fmt: skip
    return weekly.group_by([*KEY, "currency"]).aggregate(
        units=weekly.units.sum(),
        net_units=weekly.net_units.fill_null(0).sum(),
        squares=(weekly.units * weekly.units).sum(),
        **{name: weekly[name].fill_null(0).sum().cast("int64") for name in whole},
        first_sold=weekly.first_sold.min(),
        last_sold=weekly.last_sold.max(),
    )


def _shared_ads(desk: Desk, view: View, found: pa.Table) -> tuple[npt.NDArray[np.float64], int]:
    """Return what each SKU bears of amounts that name its product, and the rest that is borne by none."""
    entries = _entries(desk, view)
    names = foreign_products(desk)
    by_product: dict[tuple[int, str], float] = {}
    for row in entries:
        shop, product = int(row["shop_id"]), row["product_id"]
        key = (shop, names.get((shop, product), product) if product else "")
        by_product[key] = by_product.get(key, 0.0) + float(row["amount"])
    shops, products = found.column("shop_id").to_pylist(), found.column("product_id").to_pylist()
    due = np.clip(found.column("receivable").to_numpy().astype(float), 0, None)
    totals: dict[tuple[int, str], float] = {}
    for shop, product, amount in zip(shops, products, due.tolist(), strict=True):
        totals[shop, product] = totals.get((shop, product), 0.0) + amount
    shares = [
        by_product.get((shop, product), 0.0) * amount / totals[shop, product] if totals[shop, product] else 0.0
        for shop, product, amount in zip(shops, products, due.tolist(), strict=True)
    ]
    array = np.asarray(shares, dtype=float)
    return array, round(sum(by_product.values()) - float(array.sum()))


def _entries(desk: Desk, view: View) -> list[dict[str, Any]]:
    kept = tuple(each for each in view.where if each.dim in ("platform", "shop"))
    rows = rows_in_view(desk, View(view.date_from, view.date_to, kept), "profit_entry", day="day")
    rows = rows.filter(rows.account != "fixed_cost")
    sums = rows.group_by(["shop_id", "product_id"]).aggregate(amount=rows.amount_minor.sum().cast("int64"))
    return list(desk.ledger.query(sums).to_pylist())


def before(sales_view: View, first: date, last: date) -> View:
    """Return the same view of as many days before."""
    n_days = (last - first).days + 1
    return sales_view.within(first - timedelta(days=n_days), first - timedelta(days=1))
