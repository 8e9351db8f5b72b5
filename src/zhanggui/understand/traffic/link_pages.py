"""The pages of tracking links and of the calculators."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import CalculatorsTile, LinksTile, PageSpec, Row
from zhanggui.understand.desk import TileData

ROOM = "traffic"

LINKS = PageSpec(
    id="links",
    path=f"/{ROOM}/links",
    title=Text("追踪链接", "Tracking links"),
    tab=Text("链接", "Links"),
    room=ROOM,
    icon=ROOM,
    rows=(
        Row(tiles=(LinksTile(id="links", title=Text("追踪链接", "Tracking links"), source="/api/v1/traffic/links"),)),
    ),
)

CALCULATORS = PageSpec(
    id="calculators",
    path=f"/{ROOM}/calculators",
    title=Text("营销计算器", "Calculators"),
    tab=Text("计算器", "Calculators"),
    room=ROOM,
    icon=ROOM,
    rows=(
        Row(
            tiles=(
                CalculatorsTile(
                    id="calculators", title=Text("营销计算器", "Calculators"), source="/api/v1/traffic/calculators"
                ),
            )
        ),
    ),
)

PAGES = (LINKS, CALCULATORS)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType({})
"""Their tiles ask routes of their own."""
