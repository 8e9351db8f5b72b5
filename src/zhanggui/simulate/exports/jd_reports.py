"""What JD shows about goods (商智) and ads (京准通)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, percent, ratio, yuan
from zhanggui.simulate.exports.files import Cells, SheetFile
from zhanggui.simulate.exports.footed import FootedSheet
from zhanggui.simulate.exports.labels import labels_of
from zhanggui.simulate.exports.sales import StoreDay
from zhanggui.simulate.exports.writing import Period, Report, View, WrittenFile, closed, faults_of
from zhanggui.simulate.records import AD_ROWS, DECLARED_PRODUCTS
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

PRODUCT_HEADER = (
    "时间", "SKU", "SKU名称", "一级类目", "二级类目", "三级类目", "货号", "成交金额", "成交商品件数", "成交单量",
    "成交客户数", "成交转化率", "客单价", "件单价", "UV价值", "商品浏览量", "商品访客数", "商品人均浏览量",
    "加购商品件数", "加购客户数", "加购商品件数（正向）", "加购商品件数（负向）", "加购转化率", "加购金额",
    "搜索曝光次数", "搜索点击次数", "搜索点击率", "商详平均停留时长", "下单金额", "下单商品件数", "下单单量",
    "下单客户数", "下单转化率", "下单成交转化率", "取消及售后退款金额", "取消及售后退款商品件数", "取消及售后退款单量",
)  # fmt: skip
AD_HEADER = ("点击时间", "展现数", "点击数", "花费", "总订单行", "总订单金额", "总加购数")
_SHOWN_PER_SEARCH_CLICK = 28


class JdReports:
    """Writes the product report and the ad report of a JD store, a row per product or store and day.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._shelf = world.shelf
        self._store = store
        self._view = view
        self._labels = labels_of(world.shelf, store)
        faults = world.plan.file_faults
        self._products, self._ads = (
            Report(
                view,
                open_file,
                store=store,
                dataset=dataset,
                faults=faults_of(faults, store.number, fault),
            )
            for dataset, fault, open_file in (
                ("product_daily", "traffic", self._open_products),
                ("ads", "ads", self._open_ads),
            )
        )

    def write(self, records: DayRecords) -> None:
        """Write the rows of a day."""
        declared = records[DECLARED_PRODUCTS]
        declared = declared.where(declared["store"] == self._store.number)
        on = f"{self._view.date_of(records.day):%Y-%m-%d}"
        day = StoreDay(records, self._store.number, self._view)
        lines = day.lines.where(day.orders["created_at"][day.order_of_line] >= records.midnight)
        self._products.add(records.day, {"时间": on, **self._product_columns(declared, lines)})
        ads = records[AD_ROWS]
        self._add_ads(records.day, ads.where(ads["store"] == self._store.number))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._products, self._ads))

    def _open_products(self, period: Period) -> SheetFile:
        path = self._folder / f"商智_商品明细_{period.between('%Y%m%d')}{period.again}.xlsx"
        return SheetFile(path, PRODUCT_HEADER, made_at=self._view.exported_at(30 + period.number))

    def _open_ads(self, period: Period) -> FootedSheet:
        path = self._folder / f"京准通报表_{period.between('%Y%m%d')}{period.again}.xlsx"
        made_at = self._view.exported_at(40 + period.number)
        title = ("京准通报表",)
        return FootedSheet(path, AD_HEADER, made_at=made_at, above=(title,), label="汇总", summed=AD_HEADER[1:])

    def _product_columns(self, declared: Rows, lines: Rows) -> dict[str, Cells]:
        sku = self._shelf.first_sku[declared["product"]]
        buyers, views, visitors = declared["buyers"], declared["views"], declared["visitors"]
        paid, units, carts = declared["paid_minor"], declared["units"], declared["carts"]
        of_line = self._shelf.product[lines["sku"]] if len(lines) else np.empty(0, np.int64)
        ordered = [
            np.bincount(of_line, weights, self._shelf.products).astype(np.int64)[declared["product"]]
            for weights in (lines["list_minor"], lines["quantity"], None)
        ]
        clicks = declared["search_visitors"]
        return {
            "SKU": chosen(self._labels.ids, sku),
            "SKU名称": chosen(self._labels.titles, sku),
            "一级类目": chosen(self._labels.categories, sku),
            "二级类目": chosen(self._labels.categories, sku),
            "三级类目": chosen(self._labels.categories, sku),
            "货号": chosen(self._labels.product_codes, sku),
            "成交金额": _number(paid),
            "成交商品件数": units.tolist(),
            "成交单量": buyers.tolist(),
            "成交客户数": buyers.tolist(),
            "成交转化率": percent(buyers, visitors),
            "客单价": ratio(paid, buyers, factor=0.01),
            "件单价": ratio(paid, units, factor=0.01),
            "UV价值": ratio(paid, visitors, factor=0.01),
            "商品浏览量": views.tolist(),
            "商品访客数": visitors.tolist(),
            "商品人均浏览量": ratio(views, visitors),
            "加购商品件数": carts.tolist(),
            "加购客户数": carts.tolist(),
            "加购商品件数（正向）": carts.tolist(),
            "加购商品件数（负向）": "0",
            "加购转化率": percent(carts, visitors),
            "搜索曝光次数": (clicks * _SHOWN_PER_SEARCH_CLICK).tolist(),
            "搜索点击次数": clicks.tolist(),
            "搜索点击率": percent(clicks, clicks * _SHOWN_PER_SEARCH_CLICK),
            "下单金额": _number(ordered[0]),
            "下单商品件数": ordered[1].tolist(),
            "下单单量": ordered[2].tolist(),
            "下单客户数": ordered[2].tolist(),
            "下单转化率": percent(ordered[2], visitors),
            "下单成交转化率": percent(buyers, ordered[2]),
            "取消及售后退款金额": [text if text != "0.00" else "" for text in yuan(declared["refunded_minor"])],
        }

    def _add_ads(self, day: int, ads: Rows) -> None:
        if not len(ads):
            return
        on = f"{self._view.date_of(day):%Y%m%d}"
        impressions, clicks, spend, lines, claimed, carts = (ads[column].sum(keepdims=True) for column in _AD_COLUMNS)
        self._ads.add(
            day,
            {
                "点击时间": [f"{on}000000~{on}235959"],
                "展现数": impressions.tolist(),
                "点击数": clicks.tolist(),
                "花费": yuan(spend),
                "总订单行": lines.tolist(),
                "总订单金额": yuan(claimed),
                "总加购数": carts.tolist(),
            },
        )


_AD_COLUMNS = ("impressions", "clicks", "spend_minor", "claimed_orders", "claimed_minor", "carts")


def _number(fen: Column) -> list[float]:
    return [amount / 100 for amount in fen.tolist()]
