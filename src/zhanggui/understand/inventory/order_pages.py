"""The pages of demand to come and of what to order, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BarTile,
    KpisTile,
    LineTile,
    PageSpec,
    PurchasesTile,
    Row,
    TableTile,
)
from zhanggui.understand.desk import TileData
from zhanggui.understand.inventory.forecast_desk import (
    forecast_course,
    forecast_figures,
    forecast_skus,
    forecast_trials,
)
from zhanggui.understand.inventory.replenish_desk import (
    replenish_curve,
    replenish_figures,
    replenish_left_out,
    replenish_orders,
    replenish_stress,
    replenish_suppliers,
    replenish_warned,
)

_ROOM = "inventory"


def _source(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


def _table(page: str, tile: str, zh: str, en: str, *, span: int = 24, help_: Text | None = None) -> TableTile:
    return TableTile(id=tile, title=Text(zh, en), span=span, source=_source(page, tile), help=help_)


FORECAST = PageSpec(
    id="demand",
    path=f"/{_ROOM}/forecast",
    title=Text("需求预测", "Demand forecast"),
    tab=Text("预测", "Forecast"),
    room=_ROOM,
    icon=_ROOM,
    filters=("date",),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("demand", "figures")),)),
        Row(
            height="m",
            tiles=(
                LineTile(
                    id="course", title=Text("每周件数：售出与预计", "Units a week: sold and expected"),
                    source=_source("demand", "course"),
                ),
            ),
        ),
        Row(
            tiles=(
                _table(
                    "demand", "trials", "在本店过去上的准确度", "Accuracy on the shop's own past",
                    help_=Text(
                        "最近 4 周没有参与选型。MASE 小于“上周照抄”即优于照抄；P90 覆盖率应接近 90%。",
                        "The last four weeks took no part in the choice. A MASE below that of last week beats it; "
                        "coverage should be near 90%.",
                    ),
                ),
            )
        ),
        Row(tiles=(_table("demand", "skus", "各商品未来 28 天", "Every SKU, the next 28 days"),)),
    ),
)  # fmt: skip

REPLENISH = PageSpec(
    id="replenish",
    path=f"/{_ROOM}/replenish",
    title=Text("补货建议", "Replenishment"),
    tab=Text("补货", "Replenish"),
    room=_ROOM,
    icon=_ROOM,
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("replenish", "figures")),)),
        Row(
            tiles=(
                PurchasesTile(
                    id="orders", title=Text("建议下单", "To order"), source=_source("replenish", "orders"),
                    help=Text(
                        "订货量 = 交期加盘点周期内需求的分位数 − 含在途库存，取整箱；分位数由毛利与持有成本决定，"
                        "类目的过去能证明更好时以回放结果代替。",
                        "Quantity: a quantile of demand in lead time and review, less the position, in whole cartons; "
                        "the quantile follows from margin and holding cost, or from a replay that does better.",
                    ),
                ),
            )
        ),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="curve", title=Text("投入多少资金，预计多少利润", "Profit by cash spent"), span=10,
                    source=_source("replenish", "curve"),
                ),
                _table("replenish", "suppliers", "按供应商", "By supplier", span=14),
            ),
        ),
        Row(tiles=(_table("replenish", "stress", "大促备货压力", "Stress of the next promotion"),)),
        Row(
            tiles=(
                _table("replenish", "warned", "断货预警", "About to run out", span=14),
                _table("replenish", "left_out", "没有给出建议的商品", "Nothing proposed", span=10),
            )
        ),
    ),
)  # fmt: skip

ORDER_PAGES = (FORECAST, REPLENISH)
"""In the order of the strip."""

ORDER_TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "demand/figures": forecast_figures,
        "demand/course": forecast_course,
        "demand/trials": forecast_trials,
        "demand/skus": forecast_skus,
        "replenish/figures": replenish_figures,
        "replenish/orders": replenish_orders,
        "replenish/curve": replenish_curve,
        "replenish/suppliers": replenish_suppliers,
        "replenish/stress": replenish_stress,
        "replenish/warned": replenish_warned,
        "replenish/left_out": replenish_left_out,
    }
)
"""Tile data by ``page/tile``."""
