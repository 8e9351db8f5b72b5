"""The pages of what visitors do: the funnel, the ways through the site, the journey before an order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    FindingsTile,
    FunnelTile,
    KpisTile,
    PageChoice,
    PageOption,
    PageSpec,
    PageStart,
    Row,
    SankeyTile,
    TableTile,
)
from zhanggui.understand.desk import TileData
from zhanggui.understand.traffic.declared import declared_table
from zhanggui.understand.traffic.funnel_desk import (
    DIM_LABELS,
    funnel_figures,
    funnel_groups,
    funnel_leaks,
    funnel_pages,
    funnel_stages,
    funnel_times,
    leak_people,
)
from zhanggui.understand.traffic.journey import journey_events, journey_orders, journey_visits
from zhanggui.understand.traffic.paths_desk import (
    path_from,
    path_to,
    paths_figures,
    paths_forward,
    paths_places,
    paths_steps,
    paths_terms,
)

ROOM = "traffic"
FILTERS = ("platform", "shop", "channel", "date")


def _source(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


FUNNEL = PageSpec(
    id="funnel",
    path=f"/{ROOM}",
    title=Text("转化漏斗", "Funnel"),
    tab=Text("漏斗", "Funnel"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    start=PageStart(dates="last30"),
    choices=(
        PageChoice(
            key="by",
            label=Text("拆分", "Split by"),
            options=tuple(PageOption(value=dim, label=label) for dim, label in DIM_LABELS.items()),
        ),
    ),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("funnel", "figures")),)),
        Row(
            tiles=(
                FunnelTile(
                    id="stages",
                    title=Text("全链路漏斗（人，7 天内）", "Five stages (people, within 7 days)"),
                    span=12,
                    source=_source("funnel", "stages"),
                    help=Text(
                        "每一步都要在进入后 7 天内按顺序发生。各步通过率之积等于全程转化率。点一步，看没走到的人。",
                        "Each step in order within 7 days of the first; the rates multiply to the whole. A step opens "
                        "to those who did not get there.",
                    ),
                ),
                FunnelTile(
                    id="pages",
                    title=Text("逐页漏斗（单次访问）", "Page by page (one visit)"),
                    span=12,
                    source=_source("funnel", "pages"),
                    help=Text(
                        "同一次访问之内。流失的价值：若像留下的访问那样走下去会带来的利润，是估计。",
                        "Within one visit. What a leak costs is the profit that those lost would have left going on "
                        "like the others: an estimate.",
                    ),
                ),
            )
        ),
        Row(
            tiles=(
                FindingsTile(
                    id="leaks", title=Text("最贵的流失", "Costliest leaks"), span=14, source=_source("funnel", "leaks")
                ),
                TableTile(
                    id="times",
                    title=Text("每一步之间的时间", "Time between steps"),
                    span=10,
                    source=_source("funnel", "times"),
                ),
            )
        ),
        Row(
            tiles=(TableTile(id="groups", title=Text("按维度看漏斗", "By group"), source=_source("funnel", "groups")),)
        ),
        Row(
            tiles=(
                TableTile(
                    id="declared",
                    title=Text("平台申报的流量", "Traffic as platforms declare it"),
                    source=_source("funnel", "declared"),
                    help=Text(
                        "平台不导出单个访客的路径，以它申报的为准。访客每天去重一次，所以看日均，不相加。",
                        "Platforms export no ways of single visitors, so what they declare leads. Visitors are counted "
                        "anew each day: averaged, never added up.",
                    ),
                ),
            )
        ),
    ),
)

LEAK = PageSpec(
    id="leak",
    path=f"/{ROOM}/leak/:name",
    title=Text("没有走到这一步的人", "Who did not get to this step"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="people", title=Text("最近的 50 人", "The latest 50"), source=_source("leak/{name}", "people")
                ),
            )
        ),
    ),
)

PATHS = PageSpec(
    id="paths",
    path=f"/{ROOM}/paths",
    title=Text("访问路径", "Paths"),
    tab=Text("路径", "Paths"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    start=PageStart(dates="last30"),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("paths", "figures")),)),
        Row(
            tiles=(
                SankeyTile(
                    id="forward",
                    title=Text("从进站开始的前几步", "The first steps of a visit"),
                    source=_source("paths", "forward"),
                    help=Text(
                        "点一个页面，看从它去了哪里、从哪里来。", "A place opens to where visits went and came from."
                    ),
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="places",
                    title=Text("各页面：流失、停留、买与不买", "Places: exits, stay, buyers and others"),
                    source=_source("paths", "places"),
                    help=Text(
                        "停留超过 10 分钟按 10 分钟算；一次访问的最后一页不知道停了多久，不计入。",
                        "A stay of more than ten minutes counts as ten; the last place of a visit has none.",
                    ),
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="steps",
                    title=Text("最多的相邻两步（含循环）", "Most frequent steps, loops among them"),
                    span=13,
                    source=_source("paths", "steps"),
                ),
                TableTile(
                    id="terms", title=Text("站内搜索词", "Search words"), span=11, source=_source("paths", "terms")
                ),
            )
        ),
    ),
)

PATH = PageSpec(
    id="path",
    path=f"/{ROOM}/path/:name",
    title=Text("这个页面的来去", "To and from this place"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        Row(
            tiles=(
                SankeyTile(
                    id="from",
                    title=Text("之后去了哪里", "Where visits went next"),
                    source=_source("path/{name}", "from"),
                ),
            )
        ),
        Row(
            tiles=(
                SankeyTile(
                    id="to", title=Text("之前从哪里来", "Where visits came from"), source=_source("path/{name}", "to")
                ),
            )
        ),
    ),
)

JOURNEYS = PageSpec(
    id="journeys",
    path=f"/{ROOM}/journey",
    title=Text("订单旅程", "Journeys of orders"),
    tab=Text("旅程", "Journeys"),
    room=ROOM,
    icon=ROOM,
    filters=("date",),
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="orders",
                    title=Text("最近的订单", "Latest orders"),
                    source=_source("journeys", "orders"),
                    help=Text("点一个订单，看它之前的每次访问。", "An order opens to every visit before it."),
                ),
            )
        ),
    ),
)

JOURNEY = PageSpec(
    id="journey",
    path=f"/{ROOM}/journey/:name",
    title=Text("订单旅程", "Journey of an order"),
    room=ROOM,
    icon=ROOM,
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="visits",
                    title=Text("下单前的每次访问", "Every visit before the order"),
                    source=_source("journey/{name}", "visits"),
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="events",
                    title=Text("每一个动作，最近的在前", "Everything done, the latest first"),
                    source=_source("journey/{name}", "events"),
                ),
            )
        ),
    ),
)

PAGES = (FUNNEL, PATHS, JOURNEYS, LEAK, PATH, JOURNEY)
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "funnel/figures": funnel_figures,
        "funnel/stages": funnel_stages,
        "funnel/pages": funnel_pages,
        "funnel/leaks": funnel_leaks,
        "funnel/times": funnel_times,
        "funnel/groups": funnel_groups,
        "funnel/declared": declared_table,
        "leak/people": leak_people,
        "paths/figures": paths_figures,
        "paths/forward": paths_forward,
        "paths/places": paths_places,
        "paths/steps": paths_steps,
        "paths/terms": paths_terms,
        "path/from": path_from,
        "path/to": path_to,
        "journeys/orders": journey_orders,
        "journey/visits": journey_visits,
        "journey/events": journey_events,
    }
)
"""Tile data by ``page/tile``."""
