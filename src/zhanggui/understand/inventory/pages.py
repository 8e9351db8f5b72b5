"""The pages of the Inventory room, gathered from the files that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.understand.desk import TileData
from zhanggui.understand.inventory.order_pages import ORDER_PAGES, ORDER_TILES
from zhanggui.understand.inventory.stock_pages import STOCK_PAGES, STOCK_TILES

PAGES = (*STOCK_PAGES, *ORDER_PAGES)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType({**STOCK_TILES, **ORDER_TILES})
"""Tile data by ``page/tile``."""
