"""The rooms of the workbench: which exist, and which file would fill those that do not yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhanggui.act.members.pages import PAGES as MEMBER_PAGES
from zhanggui.act.members.pages import TILES as MEMBER_TILES
from zhanggui.i18n import Text
from zhanggui.pagespec import PageSpec
from zhanggui.understand.customers.pages import PAGES as CUSTOMER_PAGES
from zhanggui.understand.customers.pages import TILES as CUSTOMER_TILES
from zhanggui.understand.data.pages import PAGES as DATA_PAGES
from zhanggui.understand.desk import TileData
from zhanggui.understand.finance.pages import PAGES as FINANCE_PAGES
from zhanggui.understand.finance.pages import TILES as FINANCE_TILES
from zhanggui.understand.inventory.pages import PAGES as INVENTORY_PAGES
from zhanggui.understand.inventory.pages import TILES as INVENTORY_TILES
from zhanggui.understand.monitoring.pages import PAGES as MONITORING_PAGES
from zhanggui.understand.overview.pages import PAGES as OVERVIEW_PAGES
from zhanggui.understand.overview.pages import TILES as OVERVIEW_TILES
from zhanggui.understand.products.pages import PAGES as PRODUCT_PAGES
from zhanggui.understand.products.pages import TILES as PRODUCT_TILES
from zhanggui.understand.traffic.pages import PAGES as TRAFFIC_PAGES
from zhanggui.understand.traffic.pages import TILES as TRAFFIC_TILES


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation; `needs` says what would fill a room that has no page yet."""

    room: str
    title: Text
    path: str
    needs: Text | None = None
    works_empty: bool = False


ROOMS = (
    Room("overview", Text("经营", "Overview"), "/"),
    Room("cockpit", Text("指挥舱", "Cockpit"), "/cockpit"),
    Room("metrics", Text("指标", "Metrics"), "/metrics", works_empty=True),
    Room(
        "customers",
        Text("客户", "Customers"),
        "/customers",
        Text(
            "需要能识别买家的文件：会员、ERP 或企业微信客户导出",
            "needs a file that tells buyers apart: members, ERP or WeCom",
        ),
    ),
    Room(
        "products",
        Text("商品", "Products"),
        "/products",
        Text("需要宝贝报表或子订单报表", "needs item or sub-order reports"),
    ),
    Room(
        "traffic",
        Text("流量", "Traffic"),
        "/traffic",
        Text("需要生意参谋或推广报表", "needs traffic or advertising reports"),
    ),
    Room(
        "finance",
        Text("财务", "Finance"),
        "/finance",
        Text("需要账单与成本文件", "needs settlement and cost files"),
    ),
    Room(
        "inventory",
        Text("库存", "Inventory"),
        "/inventory",
        Text("需要库存或采购文件", "needs stock or purchase files"),
    ),
    Room("alerts", Text("预警", "Alerts"), "/alerts", works_empty=True),
    Room("data", Text("数据", "Data"), "/data", works_empty=True),
)
"""In the order of the navigation."""

PAGES: tuple[PageSpec, ...] = (
    *OVERVIEW_PAGES,
    *CUSTOMER_PAGES,
    *MEMBER_PAGES,
    *PRODUCT_PAGES,
    *TRAFFIC_PAGES,
    *FINANCE_PAGES,
    *INVENTORY_PAGES,
    *MONITORING_PAGES,
    *DATA_PAGES,
)
"""Every page of the workbench."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        **OVERVIEW_TILES,
        **CUSTOMER_TILES,
        **MEMBER_TILES,
        **PRODUCT_TILES,
        **TRAFFIC_TILES,
        **FINANCE_TILES,
        **INVENTORY_TILES,
    }
)
"""Tile data by ``page/tile``, of every room."""
