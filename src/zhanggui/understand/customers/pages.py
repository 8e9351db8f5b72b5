"""The pages of the Customers room, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BarTile,
    HeatmapTile,
    KpisTile,
    PageChoice,
    PageOption,
    PageSpec,
    Row,
    TableTile,
)
from zhanggui.understand.customers.coverage import coverage_table
from zhanggui.understand.customers.rfm_desk import rfm_bars, rfm_customers, rfm_figures, rfm_moves, rfm_table
from zhanggui.understand.desk import TileData

ROOM = "customers"
FILTERS = ("platform", "shop", "channel", "date")


def _source(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


_MONEY = PageChoice(
    key="by",
    label=Text("金额按", "Money"),
    options=(
        PageOption(value="revenue", label=Text("净收入", "Net revenue")),
        PageOption(value="profit", label=Text("贡献利润", "Contribution")),
    ),
)
_IDENTIFIABLE = Text(
    "拼多多、抖音的订单不带买家标识，淘宝、京东的昵称是脱敏的：脱敏昵称不当作人，订单数不代替人数。",
    "Orders of Pinduoduo and Douyin carry no buyer id, names of Taobao and JD are masked: a masked name is nobody, and "
    "orders never stand in for people.",
)


def _coverage(page: str) -> Row:
    return Row(
        tiles=(
            TableTile(
                id="identifiable",
                title=Text("各平台可识别率", "Identified, by platform"),
                source=_source(page, "identifiable"),
                help=_IDENTIFIABLE,
            ),
        )
    )


RFM = PageSpec(
    id="rfm",
    path=f"/{ROOM}",
    title=Text("客户分层", "Segments"),
    tab=Text("分层", "Segments"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_MONEY,),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("rfm", "figures")),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="segments",
                    title=Text("各分层客户数", "Customers by segment"),
                    span=10,
                    source=_source("rfm", "segments"),
                    help=Text("点一个分层，看其中的客户。", "A segment opens to its customers."),
                ),
                HeatmapTile(
                    id="moves",
                    title=Text("分层迁移", "Moves between segments"),
                    span=14,
                    source=_source("rfm", "moves"),
                ),
            ),
        ),
        Row(tiles=(TableTile(id="table", title=Text("八个分层", "Eight segments"), source=_source("rfm", "table")),)),
        _coverage("rfm"),
    ),
)

SEGMENT = PageSpec(
    id="segment",
    path=f"/{ROOM}/segment/:name",
    title=Text("分层里的客户", "Customers of a segment"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_MONEY,),
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="list", title=Text("客户", "Customers"), source="/api/v1/tiles/segment/{name}/list"
                ),
            )
        ),
    ),
)  # fmt: skip

PAGES = (RFM, SEGMENT)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "rfm/figures": rfm_figures,
        "rfm/segments": rfm_bars,
        "rfm/moves": rfm_moves,
        "rfm/table": rfm_table,
        "rfm/identifiable": coverage_table,
        "segment/list": rfm_customers,
    }
)
"""Tile data by ``page/tile``."""
