"""Reports of 生意参谋: what the platform counts of visitors and sales, by product, source, hour and search word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, dates, grouped, grouped_yuan, moments, percent, ratio
from zhanggui.simulate.exports.files import Cells, SheetFile
from zhanggui.simulate.exports.writing import Period, Report, View, WrittenFile, closed, faults_of
from zhanggui.simulate.records import DECLARED_HOURS, DECLARED_PRODUCTS, DECLARED_SOURCES, DECLARED_WORDS
from zhanggui.simulate.rows import Rows, Table
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

PRODUCT_HEADER = (
    "统计日期", "商品ID", "商品名称", "货号", "商品访客数", "商品浏览量", "商品收藏人数", "商品加购件数", "支付买家数",
    "支付件数", "支付金额", "商品支付转化率", "成功退款金额", "搜索引导访客数",
)  # fmt: skip
SOURCE_HEADER = (
    "统计日期", "一级来源", "二级来源", "三级来源", "四级来源", "访客数", "浏览量", "加购人数", "商品收藏人数",
    "支付买家数", "支付转化率", "支付金额", "客单价",
)  # fmt: skip
HOUR_HEADER = (
    "统计时间", "访客数", "浏览量", "加购人数", "商品收藏人数", "支付买家数", "支付转化率", "支付金额", "客单价",
)  # fmt: skip
WORD_HEADER = (
    "统计日期", "搜索词", "访客数", "加购人数", "商品收藏人数", "支付买家数", "支付转化率", "支付件数", "支付金额",
)  # fmt: skip

_HOUR_SECONDS = 3_600
_PAID = "付费流量"
_FIRST_LEVEL = {
    CHANNEL_OF["search"]: "免费流量",
    CHANNEL_OF["recommend"]: "免费流量",
    CHANNEL_OF["activity"]: "免费流量",
    CHANNEL_OF["direct"]: "自主访问",
    CHANNEL_OF["live"]: "内容流量",
    CHANNEL_OF["short_video"]: "内容流量",
}
_FIRST_LEVELS = [_PAID if channel.is_paid else _FIRST_LEVEL.get(channel.number, "站外流量") for channel in CHANNELS]
_SECOND_LEVELS = [channel.label for channel in CHANNELS]


class SycmReports:
    """Writes the four reports of a Taobao or Tmall store.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._store = store
        self._view = view
        shelf = world.shelf
        self._titles = [shelf.title(product) for product in range(shelf.products)]
        self._codes = [shelf.product_code(product) for product in range(shelf.products)]
        self._ids = [shelf.platform_product_id(store, product) for product in range(shelf.products)]
        self._words = world.scene.words.texts
        faults = faults_of(world.plan.file_faults, store.number, "traffic")
        self._reports: list[tuple[Table, Report, Callable[[Rows, int], dict[str, Cells]]]] = [
            (
                table,
                Report(
                    view,
                    self._opener(name, header),
                    store=store,
                    dataset=table.name,
                    faults=faults,
                ),
                columns,
            )
            for table, name, header, columns in (
                (DECLARED_PRODUCTS, "商品_全部", PRODUCT_HEADER, self._products),
                (DECLARED_SOURCES, "流量来源", SOURCE_HEADER, self._sources),
                (DECLARED_HOURS, "分时段分析", HOUR_HEADER, self._hours),
                (DECLARED_WORDS, "搜索词分析", WORD_HEADER, self._searches),
            )
        ]

    def write(self, records: DayRecords) -> None:
        """Write what the platform declares of a day."""
        for table, report, columns in self._reports:
            rows = records[table]
            report.add(records.day, columns(rows.where(rows["store"] == self._store.number), records.midnight))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed([report for _, report, _ in self._reports])

    def _opener(self, name: str, header: Sequence[str]) -> Callable[[Period], SheetFile]:
        def opened(period: Period) -> SheetFile:
            title = f"{self._store.name}{name.partition('_')[0]}（{period.between(joint='~')}）"
            path = self._folder / f"【生意参谋平台】{name}_{period.between()}{period.again}.xls"
            return SheetFile(path, header, made_at=self._view.exported_at(30), above=((title,),))

        return opened

    def _products(self, rows: Rows, midnight: int) -> dict[str, Cells]:
        product = rows["product"]
        return {
            "统计日期": _on(rows, midnight),
            "商品ID": chosen(self._ids, product),
            "商品名称": chosen(self._titles, product),
            "货号": chosen(self._codes, product),
            "商品访客数": rows["visitors"].tolist(),
            "商品浏览量": rows["views"].tolist(),
            "商品收藏人数": rows["favourites"].tolist(),
            "商品加购件数": rows["carts"].tolist(),
            "支付买家数": rows["buyers"].tolist(),
            "支付件数": rows["units"].tolist(),
            "支付金额": grouped_yuan(rows["paid_minor"]),
            "商品支付转化率": percent(rows["buyers"], rows["visitors"]),
            "成功退款金额": grouped_yuan(rows["refunded_minor"]),
            "搜索引导访客数": rows["search_visitors"].tolist(),
        }

    def _sources(self, rows: Rows, midnight: int) -> dict[str, Cells]:
        return {
            "统计日期": _on(rows, midnight),
            "一级来源": chosen(_FIRST_LEVELS, rows["channel"]),
            "二级来源": chosen(_SECOND_LEVELS, rows["channel"]),
            "三级来源": "-",
            "四级来源": "-",
            **_people(rows),
            "浏览量": grouped(rows["views"]),
            "支付金额": grouped_yuan(rows["paid_minor"]),
            "客单价": ratio(rows["paid_minor"], rows["buyers"], factor=0.01),
        }

    def _hours(self, rows: Rows, midnight: int) -> dict[str, Cells]:
        return {
            "统计时间": moments(midnight + rows["hour"] * _HOUR_SECONDS),
            **_people(rows),
            "浏览量": grouped(rows["views"]),
            "支付金额": grouped_yuan(rows["paid_minor"]),
            "客单价": ratio(rows["paid_minor"], rows["buyers"], factor=0.01),
        }

    def _searches(self, rows: Rows, midnight: int) -> dict[str, Cells]:
        return {
            "统计日期": _on(rows, midnight),
            "搜索词": chosen(self._words, rows["word"]),
            **_people(rows),
            "支付件数": grouped(rows["units"]),
            "支付金额": grouped_yuan(rows["paid_minor"]),
        }


def _on(rows: Rows, midnight: int) -> list[str]:
    return dates(np.full(len(rows), midnight))


def _people(rows: Rows) -> dict[str, Cells]:
    return {
        "访客数": grouped(rows["visitors"]),
        "加购人数": grouped(rows["carts"]),
        "商品收藏人数": grouped(rows["favourites"]),
        "支付买家数": grouped(rows["buyers"]),
        "支付转化率": percent(rows["buyers"], rows["visitors"]),
    }
