"""The pages of attribution: all touch points, and the touches of one order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BarTile,
    FindingsTile,
    KpisTile,
    PageChoice,
    PageOption,
    PageSpec,
    Row,
    TableTile,
)
from zhanggui.understand.desk import TileData
from zhanggui.understand.traffic.attribution_desk import (
    attribution_bars,
    attribution_claims,
    attribution_figures,
    attribution_table,
    attribution_wasted,
)
from zhanggui.understand.traffic.order_touches import order_table

ROOM = "traffic"
_FILTERS = ("platform", "shop", "date")
_SOURCE = "/api/v1/tiles/attribution"

ATTRIBUTION = PageSpec(
    id="attribution",
    path=f"/{ROOM}/attribution",
    title=Text("归因", "Attribution"),
    tab=Text("归因", "Attribution"),
    room=ROOM,
    icon=ROOM,
    filters=_FILTERS,
    choices=(
        PageChoice(
            key="by",
            label=Text("触点按", "Touch points by"),
            options=(
                PageOption(value="channel", label=Text("渠道", "Channel")),
                PageOption(value="campaign", label=Text("计划", "Campaign")),
                PageOption(value="creative", label=Text("创意", "Creative")),
            ),
        ),
    ),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=f"{_SOURCE}/figures"),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="models", title=Text("各模型给出的订单", "Orders by model"), span=15, source=f"{_SOURCE}/models"
                ),
                FindingsTile(
                    id="wasted", title=Text("无效花费", "Wasted spend"), span=9, source=f"{_SOURCE}/wasted"
                ),
            ),
        ),
        Row(
            tiles=(
                TableTile(
                    id="table", title=Text("触点：黄金节点与噪音", "Touch points: golden nodes and noise"),
                    source=f"{_SOURCE}/table",
                    help=Text(
                        "黄金节点：订单份额的下限高于触点份额，且利润高于花费；噪音：上限低于触点份额，最有利的模型也收不回花费。",
                        "Golden: the lower bound of its orders exceeds its part of all touches, and it earns more than "
                        "it costs. Noise: the upper bound lies below, and no model brings its spend back.",
                    ),
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="claims", title=Text("平台申报、归因与实测", "Claimed, attributed, measured"),
                    source=f"{_SOURCE}/claims",
                    help=Text(
                        "多报倍数 = 平台申报订单 ÷ 账本可见的该渠道订单。没有对照组的渠道不写增量。",
                        "Over-claim = claimed orders ÷ orders that the ledger saw come that way. Without a control "
                        "group nothing is said to be incremental.",
                    ),
                ),
            )
        ),
    ),
)  # fmt: skip

ORDER = PageSpec(
    id="order_touches",
    path=f"/{ROOM}/order/:name",
    title=Text("订单的全部触点", "Touches of an order"),
    room=ROOM,
    icon=ROOM,
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="touches", title=Text("触点", "Touches"), source="/api/v1/tiles/order_touches/{name}/touches"
                ),
            )
        ),
    ),
)  # fmt: skip

PAGES = (ATTRIBUTION, ORDER)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "attribution/figures": attribution_figures,
        "attribution/models": attribution_bars,
        "attribution/table": attribution_table,
        "attribution/claims": attribution_claims,
        "attribution/wasted": attribution_wasted,
        "order_touches/touches": order_table,
    }
)
"""Tile data by ``page/tile``."""
