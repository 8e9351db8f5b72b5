"""Ad reports of 阿里妈妈: GB18030 text in a ZIP archive, one archive per level; ``nan`` where a ratio has no base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.cells import chosen, counts, dates, percent, ratio, yuan
from zhanggui.simulate.exports.files import Cells, TextFile
from zhanggui.simulate.exports.writing import Period, Report, View, WrittenFile, closed, faults_of
from zhanggui.simulate.records import AD_ROWS
from zhanggui.simulate.rows import Column, Rows
from zhanggui.simulate.stores import CHANNEL_OF, Store

if TYPE_CHECKING:
    from zhanggui.simulate.world import World

SUBJECT_HEADER = (
    "日期", "主体ID", "主体类型", "主体名称", "花费", "净成交金额", "总成交金额", "净实际投产比", "实际投产比",
    "展现量", "点击量", "点击率", "平均点击花费", "千次展现花费", "净成交笔数", "总成交笔数", "点击转化率",
    "直接净成交金额", "直接净成交笔数", "总购物车数", "直接购物车数", "收藏宝贝数", "直接收藏宝贝数", "宝贝收藏加购数",
)  # fmt: skip
PLAN_HEADER = (
    "日期", "场景ID", "场景名字", "计划ID", "计划名字", "展现量", "点击量", "花费", "直接成交金额", "间接成交金额",
    "总成交金额",
)  # fmt: skip

_SCENES = {CHANNEL_OF["search_ads"]: ("371", "关键词推广"), CHANNEL_OF["feed_ads"]: ("376", "人群推广")}
_NO_SCENE = ("380", "其他推广")
_NONE = "nan"
_SUMMED = (
    "impressions", "clicks", "spend_minor", "carts", "favourites",
    "claimed_orders", "claimed_minor", "claimed_net_minor", "claimed_direct_orders", "claimed_direct_minor",
)  # fmt: skip
_FIRST_PLAN = 40_000_000
_FIRST_CREATIVE = 900_000_000


class AlimamaReports:
    """Writes the ad reports of a Taobao or Tmall store: by product, by creative and by plan.

    Every report holds all of the store's spend that it can name, so that sums over two of them count it twice, as on
    the platform.

    Parameters
    ----------
    folder, world, store, view
        See `Writer`.
    """

    def __init__(self, folder: Path, world: World, store: Store, view: View) -> None:
        self._folder = folder
        self._store = store
        self._view = view
        self._shelf, self._scene = world.shelf, world.scene
        self._product_ids = [world.shelf.platform_product_id(store, product) for product in range(world.shelf.products)]
        self._titles = [world.shelf.title(product) for product in range(world.shelf.products)]
        faults = faults_of(world.plan.file_faults, store.number, "ads")
        self._products, self._creatives, self._plans = (
            Report(
                view,
                self._opener(name, header),
                store=store,
                dataset=dataset,
                faults=faults,
            )
            for dataset, name, header in (
                ("ads_products", "商品报表", SUBJECT_HEADER),
                ("ads_creatives", "创意报表", SUBJECT_HEADER),
                ("ads_plans", "计划报表", PLAN_HEADER),
            )
        )

    def write(self, records: DayRecords) -> None:
        """Write what the platform reports of a day."""
        rows = records[AD_ROWS]
        rows = rows.where(rows["store"] == self._store.number)
        on = dates(np.array([records.midnight]))[0]
        shown = rows.where(rows["sku"] >= 0)
        self._products.add(records.day, self._by_product(shown, on))
        self._creatives.add(records.day, self._by_creative(rows, on))
        self._plans.add(records.day, self._by_plan(rows, on))

    def close(self) -> list[WrittenFile]:
        """Finish all files."""
        return closed((self._products, self._creatives, self._plans))

    def _opener(self, name: str, header: Sequence[str]) -> Callable[[Period], TextFile]:
        def opened(period: Period) -> TextFile:
            at = self._view.exported_at(40 + period.number)
            stem = f"{name}_{at:%Y%m%d_%H%M%S}"
            return TextFile(self._folder / f"{stem}.zip", header, encoding="gb18030", entry=(f"{stem}.csv", at))

        return opened

    def _by_product(self, rows: Rows, on: str) -> dict[str, Cells]:
        product, sums = _sums(rows, self._shelf.product[rows["sku"]])
        return {
            "日期": on,
            "主体ID": chosen(self._product_ids, product),
            "主体类型": "商品",
            "主体名称": chosen(self._titles, product),
            **_measures(sums),
        }

    def _by_creative(self, rows: Rows, on: str) -> dict[str, Cells]:
        creative, sums = _sums(rows, rows["creative"])
        return {
            "日期": on,
            "主体ID": counts(_FIRST_CREATIVE + creative),
            "主体类型": "创意",
            "主体名称": [self._scene.creatives[number].name for number in creative.tolist()],
            **_measures(sums),
        }

    def _by_plan(self, rows: Rows, on: str) -> dict[str, Cells]:
        group, sums = _sums(rows, rows["ad_group"])
        groups = [self._scene.ad_groups[number] for number in group.tolist()]
        scenes = [_SCENES.get(found.channel, _NO_SCENE) for found in groups]
        return {
            "日期": on,
            "场景ID": [number for number, _ in scenes],
            "场景名字": [name for _, name in scenes],
            "计划ID": counts(_FIRST_PLAN + group),
            "计划名字": [found.name for found in groups],
            "展现量": counts(sums["impressions"]),
            "点击量": counts(sums["clicks"]),
            "花费": yuan(sums["spend_minor"]),
            "直接成交金额": yuan(sums["claimed_direct_minor"]),
            "间接成交金额": yuan(sums["claimed_minor"] - sums["claimed_direct_minor"]),
            "总成交金额": yuan(sums["claimed_minor"]),
        }


def _sums(rows: Rows, key: Column) -> tuple[Column, dict[str, Column]]:
    """Return the distinct keys and the sums over each."""
    distinct, place = np.unique(key, return_inverse=True)
    sums = {name: np.zeros(distinct.size, np.int64) for name in _SUMMED}
    for name, totals in sums.items():
        np.add.at(totals, place, rows[name])
    return distinct, sums


def _measures(sums: dict[str, Column]) -> dict[str, Cells]:
    spend, clicks, shown = sums["spend_minor"], sums["clicks"], sums["impressions"]
    claimed, net = sums["claimed_minor"], sums["claimed_net_minor"]
    kept = net / np.maximum(claimed, 1)
    carts, favourites = sums["carts"], sums["favourites"]
    return {
        "花费": [amount if amount != "0.00" else _NONE for amount in yuan(spend)],
        "净成交金额": yuan(net),
        "总成交金额": yuan(claimed),
        "净实际投产比": ratio(net, spend, none=_NONE),
        "实际投产比": ratio(claimed, spend, none=_NONE),
        "展现量": counts(shown),
        "点击量": counts(clicks),
        "点击率": percent(clicks, shown, none="0%"),
        "平均点击花费": ratio(spend, clicks, none=_NONE, factor=0.01),
        "千次展现花费": ratio(spend, shown, none=_NONE, factor=10.0),
        "净成交笔数": counts(np.rint(sums["claimed_orders"] * kept).astype(np.int64)),
        "总成交笔数": counts(sums["claimed_orders"]),
        "点击转化率": percent(sums["claimed_orders"], clicks, none="0%"),
        "直接净成交金额": yuan(np.rint(sums["claimed_direct_minor"] * kept).astype(np.int64)),
        "直接净成交笔数": counts(np.rint(sums["claimed_direct_orders"] * kept).astype(np.int64)),
        "总购物车数": counts(carts),
        "直接购物车数": counts(carts * 2 // 3),
        "收藏宝贝数": counts(favourites),
        "直接收藏宝贝数": counts(favourites * 2 // 3),
        "宝贝收藏加购数": counts(carts + favourites),
    }
