"""The page of channel quality."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import KpisTile, PageChoice, PageOption, PageSpec, QuadrantsTile, Row, TableTile
from zhanggui.understand.buyer_kinds import buyer_kinds, buyer_kinds_tile
from zhanggui.understand.desk import TileData
from zhanggui.understand.traffic.channel_desk import channel_claims, channel_figures, channel_quadrants, channel_table

ROOM = "traffic"
_SOURCE = "/api/v1/tiles/channels"

CHANNELS = PageSpec(
    id="channels",
    path=f"/{ROOM}/channels",
    title=Text("渠道质量", "Channel quality"),
    tab=Text("渠道", "Channels"),
    room=ROOM,
    icon=ROOM,
    filters=("platform", "shop", "date"),
    choices=(
        PageChoice(
            key="by",
            label=Text("按", "By"),
            options=(
                PageOption(value="channel", label=Text("渠道", "Channel")),
                PageOption(value="campaign", label=Text("计划", "Campaign")),
                PageOption(value="creative", label=Text("创意", "Creative")),
                PageOption(value="note", label=Text("笔记", "Note")),
                PageOption(value="live", label=Text("直播场次", "Live session")),
                PageOption(value="cube", label=Text("渠道×商品×客户", "Channel × product × buyer")),
            ),
        ),
    ),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=f"{_SOURCE}/figures"),)),
        Row(
            height="l",
            tiles=(
                QuadrantsTile(
                    id="quadrants", title=Text("转化率 × 利润率", "Conversion × margin"),
                    source=f"{_SOURCE}/quadrants",
                ),
            ),
        ),
        Row(
            tiles=(
                TableTile(
                    id="table", title=Text("渠道", "Channels"), source=f"{_SOURCE}/table",
                    help=Text(
                        "每访客成交 = 转化率 × 每位买家的金额；转化率 3 倍、客单价低 15%，每访客成交就是 2.55 倍。",
                        "Paid per visitor = conversion × paid per buyer: three times the conversion at 15 % less per "
                        "order is 2.55 times the value.",
                    ),
                ),
            )
        ),
        Row(height="s", tiles=(buyer_kinds_tile(f"{_SOURCE}/buyer_kinds"),)),
        Row(
            tiles=(
                TableTile(
                    id="claims", title=Text("平台申报与可见订单", "Claimed and seen"), source=f"{_SOURCE}/claims",
                    help=Text(
                        "可见：订单文件写明来自广告，或平台流量来源里广告渠道的支付买家。",
                        "Seen: orders whose file names an ad channel, or buyers of ad sources as declared.",
                    ),
                ),
            )
        ),
    ),
)  # fmt: skip

PAGES = (CHANNELS,)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "channels/figures": channel_figures,
        "channels/quadrants": channel_quadrants,
        "channels/table": channel_table,
        "channels/claims": channel_claims,
        "channels/buyer_kinds": buyer_kinds,
    }
)
"""Tile data by ``page/tile``."""
