"""The pages of the Traffic room, gathered from its subjects."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.pagespec import PageSpec
from zhanggui.understand.desk import TileData
from zhanggui.understand.traffic import attribution_pages, channel_pages, funnel_pages, link_pages, live_pages

_SUBJECTS = (
    funnel_pages,
    channel_pages,
    attribution_pages,
    link_pages,
    live_pages,
)

PAGES: tuple[PageSpec, ...] = tuple(page for subject in _SUBJECTS for page in subject.PAGES)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {name: tile for subject in _SUBJECTS for name, tile in subject.TILES.items()}
)
"""Tile data by ``page/tile``."""
