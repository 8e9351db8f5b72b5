"""The pages about one customer, all customers, and the portrait of a group."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import BarTile, KpisTile, MergesTile, PageChoice, PageOption, PageSpec, Row, TableTile
from zhanggui.understand.customers.coverage import coverage_table
from zhanggui.understand.customers.lifecycle import STAGES
from zhanggui.understand.customers.person_desk import (
    everybody,
    person_figures,
    person_goods,
    person_ids,
    person_messages,
    person_orders,
    person_profile,
    person_reviews,
    person_why,
)
from zhanggui.understand.customers.portrait_desk import portrait_bars, portrait_figures, portrait_table
from zhanggui.understand.customers.segments import SEGMENTS
from zhanggui.understand.desk import TileData

_ROOM = "customers"
_FILTERS = ("platform", "shop", "channel", "date")
_OF_PERSON = "/api/v1/tiles/person/{name}"
_PORTRAIT = "/api/v1/tiles/portrait"


def _of_person(tile: str, zh: str, en: str, span: int) -> TableTile:
    return TableTile(id=tile, title=Text(zh, en), span=span, source=f"{_OF_PERSON}/{tile}")


PEOPLE = PageSpec(
    id="people",
    path=f"/{_ROOM}/person",
    title=Text("客户名单", "Customers"),
    tab=Text("名单", "Customers"),
    room=_ROOM,
    icon=_ROOM,
    filters=_FILTERS,
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="list", title=Text("客户", "Customers"), source="/api/v1/tiles/people/list",
                    help=Text("点一位客户，看订单、浏览、价值与依据；只显示加密编号的末尾。",
                              "A customer opens to orders, browsing, worth and reasons; of the token the end shows."),
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="identifiable", title=Text("各平台可识别率", "Identified, by platform"),
                    source="/api/v1/tiles/people/identifiable",
                ),
            )
        ),
    ),
)  # fmt: skip

PERSON = PageSpec(
    id="person",
    path=f"/{_ROOM}/person/:name",
    title=Text("客户", "Customer"),
    room=_ROOM,
    icon=_ROOM,
    rows=(
        Row(tiles=(KpisTile(id="figures", source=f"{_OF_PERSON}/figures"),)),
        Row(
            tiles=(
                _of_person("profile", "档案", "Profile", 10),
                _of_person("why", "依据", "Why", 14),
            )
        ),
        Row(tiles=(_of_person("orders", "订单", "Orders", 24),)),
        Row(
            tiles=(
                _of_person("goods", "浏览、收藏与购买", "Viewed, favourite, bought", 14),
                _of_person("reviews", "评价", "Reviews", 10),
            )
        ),
        Row(
            tiles=(
                _of_person("messages", "触达", "Messages", 14),
                _of_person("ids", "编号与把握", "Ids, and how sure", 10),
            )
        ),
    ),
)

_GROUPS = PageChoice(
    key="by",
    label=Text("人群", "Group"),
    options=(
        *(PageOption(value=f"segment={segment.name}", label=segment.label) for segment in SEGMENTS),
        *(PageOption(value=f"stage={stage.name}", label=stage.label) for stage in STAGES[2:]),
        PageOption(value="days_bought=once", label=Text("只买过一天", "Bought on one day")),
        PageOption(value="private=wecom", label=Text("企微客户", "WeCom contacts")),
    ),
)

PORTRAIT = PageSpec(
    id="portrait",
    path=f"/{_ROOM}/portrait",
    title=Text("人群画像", "Portrait"),
    tab=Text("画像", "Portrait"),
    room=_ROOM,
    icon=_ROOM,
    filters=_FILTERS,
    choices=(_GROUPS,),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=f"{_PORTRAIT}/figures"),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="bars", title=Text("与全部客户最不同的特点", "What sets them apart from all"),
                    source=f"{_PORTRAIT}/bars",
                ),
            ),
        ),
        Row(tiles=(TableTile(id="table", title=Text("全部特点", "All traits"), source=f"{_PORTRAIT}/table"),)),
        Row(
            tiles=(
                TableTile(
                    id="identifiable", title=Text("各平台可识别率", "Identified, by platform"),
                    source=f"{_PORTRAIT}/identifiable",
                ),
            )
        ),
    ),
)  # fmt: skip

MERGES = PageSpec(
    id="merges",
    path=f"/{_ROOM}/merges",
    title=Text("合并记录", "Merges"),
    tab=Text("合并", "Merges"),
    room=_ROOM,
    icon=_ROOM,
    rows=(
        Row(
            tiles=(
                MergesTile(
                    id="log", title=Text("哪些编号是同一个人", "Which ids are one person"),
                    source=f"/api/v1/{_ROOM}/merges",
                    help=Text("只用文件写明的依据与同意过的手机号，从不用脱敏昵称；撤销后记录仍在。",
                              "By what files state, and phones given with consent; never by masked names. What is "
                              "undone stays in the log."),
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="identifiable", title=Text("各平台可识别率", "Identified, by platform"),
                    source="/api/v1/tiles/people/identifiable",
                ),
            )
        ),
    ),
)  # fmt: skip

PEOPLE_PAGES = (PEOPLE, PORTRAIT, MERGES, PERSON)
"""In the order of the strip."""

PEOPLE_TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "people/list": everybody,
        "people/identifiable": coverage_table,
        "portrait/figures": portrait_figures,
        "portrait/bars": portrait_bars,
        "portrait/table": portrait_table,
        "portrait/identifiable": coverage_table,
        "person/figures": person_figures,
        "person/profile": person_profile,
        "person/why": person_why,
        "person/orders": person_orders,
        "person/goods": person_goods,
        "person/reviews": person_reviews,
        "person/messages": person_messages,
        "person/ids": person_ids,
    }
)
"""Tile data by ``page/tile``."""
