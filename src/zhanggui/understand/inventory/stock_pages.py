"""The pages about stock as it is, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    COLUMNS,
    BarTile,
    KpisTile,
    LineTile,
    PageChoice,
    PageExport,
    PageOption,
    PageSpec,
    Row,
    StockCountsTile,
    TableTile,
)
from zhanggui.understand.desk import TileData
from zhanggui.understand.inventory.action_tiles import (
    count_list,
    counted_table,
    markdown_figures,
    markdown_table,
    markdown_untold,
    oversell_guard,
    transfer_table,
)
from zhanggui.understand.inventory.stock_tiles import (
    balance_course,
    balance_places,
    balance_reasons,
    balance_skus,
    health_ages,
    health_bands,
    health_figures,
    health_skus,
    health_structure,
    position_table,
)

ROOM = "inventory"
FILTERS = ("date",)
"""Stock is the company's: stores and platforms do not divide it."""


def _source(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


def _table(page: str, tile: str, zh: str, en: str, *, span: int = COLUMNS, help_: Text | None = None) -> TableTile:
    return TableTile(id=tile, title=Text(zh, en), span=span, source=_source(page, tile), help=help_)


def _bar(page: str, tile: str, zh: str, en: str, *, span: int) -> BarTile:
    return BarTile(id=tile, title=Text(zh, en), span=span, source=_source(page, tile))


def _kpis(page: str) -> Row:
    return Row(tiles=(KpisTile(id="figures", source=_source(page, "figures")),))


_PARTS = PageChoice(
    key="by",
    label=Text("结构按", "Structure by"),
    options=(
        PageOption(value="category", label=Text("类目", "Category")),
        PageOption(value="warehouse", label=Text("仓库", "Warehouse")),
        PageOption(value="abc", label=Text("ABC 分档", "ABC")),
        PageOption(value="band", label=Text("分档", "Band")),
    ),
)
_LOST = Text(
    "缺货当天与缺货期间本来能卖多少，由有货日子的销量和当天的忙闲估计；周转天数与周转率用同一成本、同一窗口。",
    "What would have sold on days without stock follows from days with stock and how busy the day was; days of stock "
    "and turns share one cost and one window.",
)

HEALTH = PageSpec(
    id="stock_health",
    path=f"/{ROOM}",
    title=Text("库存健康", "Health of stock"),
    tab=Text("健康", "Health"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_PARTS,),
    rows=(
        _kpis("stock_health"),
        Row(
            height="m",
            tiles=(
                _bar("stock_health", "bands", "占用资金按分档", "Cash by band", span=12),
                _bar("stock_health", "ages", "占用资金按库龄", "Cash by age", span=12),
            ),
        ),
        Row(tiles=(_table("stock_health", "structure", "库存结构", "Structure of stock"),)),
        Row(
            tiles=(_table("stock_health", "skus", "占用资金最多的商品", "Goods with most money in them", help_=_LOST),)
        ),
    ),
)

BALANCE = PageSpec(
    id="stock_balance",
    path=f"/{ROOM}/balance",
    title=Text("收发存与在途", "Balance and position"),
    tab=Text("收发存", "Balance"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        Row(
            height="m",
            tiles=(
                LineTile(id="course", title=Text("每日在库", "Stock by day"), span=14,
                         source=_source("stock_balance", "course")),
                _bar("stock_balance", "reasons", "出入库原因", "Why stock moved", span=10),
            ),
        ),
        Row(tiles=(_table("stock_balance", "places", "各仓收发存", "Balance by warehouse"),)),
        Row(tiles=(_table("stock_balance", "skus", "各仓各商品", "By warehouse and SKU"),)),
        Row(tiles=(_table("stock_balance", "position", "含在途库存", "Stock position"),)),
    ),
)  # fmt: skip

WAREHOUSES = PageSpec(
    id="warehouses",
    path=f"/{ROOM}/warehouses",
    title=Text("多仓与多渠道", "Warehouses and channels"),
    tab=Text("调拨", "Transfers"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        Row(tiles=(_table("warehouses", "transfers", "调拨建议", "Proposed transfers"),)),
        Row(
            tiles=(
                _table(
                    "warehouses", "guard", "防超卖：各店可展示库存", "Oversell guard: what each store may show",
                    help_=Text("可售减去一天的需求作预留，其余按各店销量分配，合计不超过可售。",
                               "Available less a day of demand, shared by what each store sold; never more in sum."),
                ),
            )
        ),
    ),
)  # fmt: skip

COUNT = PageSpec(
    id="stock_count",
    path=f"/{ROOM}/count",
    title=Text("盘点", "Stock counts"),
    tab=Text("盘点", "Counts"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    exports=(
        PageExport(id="sheet", label=Text("导出盘点表", "Export a count sheet"),
                   source="/api/v1/inventory/count-sheet.xlsx"),
    ),
    rows=(
        Row(
            tiles=(
                StockCountsTile(
                    id="counts", title=Text("盘点单", "Counts"), source="/api/v1/tiles/stock_count/counts",
                    help=Text("差异按成本计金额；批准后下载调整单，在 ERP 入账，导入的流水里就有这笔调整。",
                              "Differences at cost; once approved, the adjustments can be downloaded and booked in the "
                              "stock system, whose movements then hold them."),
                ),
            )
        ),
        Row(tiles=(_table("stock_count", "differences", "最近一次的差异", "Differences of the newest"),)),
    ),
)  # fmt: skip

MARKDOWN = PageSpec(
    id="markdown",
    path=f"/{ROOM}/markdown",
    title=Text("清仓方案", "Markdown plan"),
    tab=Text("清仓", "Markdown"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        _kpis("markdown"),
        Row(tiles=(_table("markdown", "plan", "建议降价", "Proposed cuts"),)),
        Row(tiles=(_table("markdown", "untold", "期内零销售，无从估计", "Nothing sold, nothing to tell by"),)),
    ),
)

STOCK_PAGES = (HEALTH, BALANCE, WAREHOUSES, COUNT, MARKDOWN)
"""In the order of the strip."""

STOCK_TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "stock_health/figures": health_figures,
        "stock_health/bands": health_bands,
        "stock_health/ages": health_ages,
        "stock_health/structure": health_structure,
        "stock_health/skus": health_skus,
        "stock_balance/course": balance_course,
        "stock_balance/reasons": balance_reasons,
        "stock_balance/places": balance_places,
        "stock_balance/skus": balance_skus,
        "stock_balance/position": position_table,
        "warehouses/transfers": transfer_table,
        "warehouses/guard": oversell_guard,
        "stock_count/counts": count_list,
        "stock_count/differences": counted_table,
        "markdown/figures": markdown_figures,
        "markdown/plan": markdown_table,
        "markdown/untold": markdown_untold,
    }
)
"""Tile data by ``page/tile``."""
