"""Events as they arrive: what came in the last minutes, what was refused and why, what the tracking plan misses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from zhanggui.collect.events.intake import PLAN_FILE, REFUSALS, LiveView, live_view, tracking_plan
from zhanggui.collect.events.log import writers_of
from zhanggui.collect.events.protocols import PROTOCOLS
from zhanggui.i18n import Text
from zhanggui.pagespec import (
    ColumnSpec,
    KpiItem,
    KpisData,
    KpisTile,
    PageSpec,
    Row,
    TableData,
    TableTile,
)
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.view import View

ROOM = "traffic"
REFRESH_SECONDS = 3
_HOUR = 60
_PROBLEMS: Mapping[str, Text] = MappingProxyType(
    {
        "missing": Text("缺少属性", "the property is missing"),
        "type": Text("类型不符", "the property is of another type"),
        "unexpected": Text("方案里没有这个事件", "the plan does not have this event"),
    }
)
_NOTHING = Text(
    "还没有收到事件：先建写入密钥（zhanggui collect keys add --name site），启动 zhanggui collect，再放入页面代码",
    "no event has come yet: make a key (zhanggui collect keys add --name site), start zhanggui collect, put the "
    "snippet into your pages",
)


def _source(tile: str) -> str:
    return f"/api/v1/tiles/live/{tile}"


def live_figures(desk: Desk, view: View) -> KpisData:
    """Return how much came in the last minute and the last hour."""
    found = _seen(desk)
    if found is None:
        return KpisData(items=(), empty=_NOTHING)
    minutes = [found.since(minute).total() - found.since(minute + 1).total() for minute in _minutes(found, 30)]
    now = _now_minute()
    items = (
        _figure("live_minute", Text("最近一分钟事件", "Events, last minute"), found.since(now - 1).total(), minutes),
        _figure("live_hour", Text("最近一小时事件", "Events, last hour"), found.since(now - _HOUR).total()),
        _figure("live_refused", Text("最近一小时拒绝的请求", "Refused requests, last hour"),
                found.refused_since(now - _HOUR).total(), good="down"),
        _figure("live_violations", Text("不符合埋点方案", "Against the tracking plan, last hour"),
                found.violations.total(), good="down"),
    )  # fmt: skip
    return KpisData(items=items)


def live_types(desk: Desk, view: View) -> TableData:
    """Return events by protocol and name: the last minute, the last hour."""
    columns = (
        ColumnSpec(key="name", label=Text("事件", "Event")),
        ColumnSpec(key="protocol", label=Text("协议", "Protocol")),
        ColumnSpec(key="minute", label=Text("最近一分钟", "Last minute"), unit="count"),
        ColumnSpec(key="hour", label=Text("最近一小时", "Last hour"), unit="count"),
    )
    found = _seen(desk)
    if found is None:
        return TableData(columns=columns, rows=(), n_rows=0, empty=_NOTHING)
    now = _now_minute()
    minute, hour = found.since(now - 1), found.since(now - _HOUR)
    rows = tuple(
        {"name": name, "protocol": _protocol(protocol), "minute": minute[protocol, name], "hour": n}
        for (protocol, name), n in hour.most_common(100)
    )
    total: dict[str, object] = {"name": Text("合计", "Total"), "minute": minute.total(), "hour": hour.total()}
    return TableData(columns=columns, rows=rows, total=total if rows else None, n_rows=len(rows))


def live_latest(desk: Desk, view: View) -> TableData:
    """Return the events that came last."""
    columns = (
        ColumnSpec(key="at", label=Text("时间", "Time")),
        ColumnSpec(key="name", label=Text("事件", "Event")),
        ColumnSpec(key="protocol", label=Text("协议", "Protocol")),
    )
    found = _seen(desk)
    if found is None:
        return TableData(columns=columns, rows=(), n_rows=0, empty=_NOTHING)
    zone = ZoneInfo(desk.shop.settings.shop.timezone)
    rows = tuple(
        {
            "at": datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%H:%M:%S"),
            "name": name,
            "protocol": _protocol(protocol),
        }
        for at, protocol, name in found.latest[:20]
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows))


def live_refused(desk: Desk, view: View) -> TableData:
    """Return refused requests of the last hour by reason."""
    columns = (
        ColumnSpec(key="reason", label=Text("原因", "Reason")),
        ColumnSpec(key="status", label=Text("状态码", "Status")),
        ColumnSpec(key="n", label=Text("请求", "Requests"), unit="count"),
    )
    found = _seen(desk)
    counted = found.refused_since(_now_minute() - _HOUR).most_common() if found is not None else []
    rows = tuple(
        {"reason": Text(REFUSALS[code][1], REFUSALS[code][2]), "status": str(REFUSALS[code][0]), "n": n}
        for code, n in counted
        if code in REFUSALS
    )
    empty = None if rows else Text("最近一小时没有拒绝的请求", "no request was refused in the last hour")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=empty)


def live_plan(desk: Desk, view: View) -> TableData:
    """Return what arrived differently from the tracking plan in the last hour."""
    columns = (
        ColumnSpec(key="event", label=Text("事件", "Event")),
        ColumnSpec(key="property", label=Text("属性", "Property")),
        ColumnSpec(key="problem", label=Text("问题", "Problem")),
        ColumnSpec(key="n", label=Text("次数", "Events"), unit="count"),
    )
    found = _seen(desk)
    counted = found.violations.most_common(100) if found is not None else []
    rows = tuple(
        {"event": event, "property": name, "problem": _PROBLEMS.get(problem, Text(problem, problem)), "n": n}
        for (event, name, problem), n in counted
    )
    if rows:
        empty = None
    elif tracking_plan(desk.shop.dir) is None:
        empty = Text(f"店铺目录里没有 {PLAN_FILE}", f"the shop has no {PLAN_FILE}")
    else:
        empty = Text("最近一小时的事件都符合方案", "every event of the last hour is as planned")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=empty)


def _seen(desk: Desk) -> LiveView | None:
    """Return what collectors say; None where none ever ran."""
    return live_view(desk.shop.dir) if writers_of(desk.shop.dir) else None


def _minutes(found: LiveView, n_minutes: int) -> range:
    now = _now_minute()
    return range(now - n_minutes, now + 1)


def _now_minute() -> int:
    return int(datetime.now(UTC).timestamp() // 60)


def _protocol(name: str) -> Text:
    known = PROTOCOLS.get(name)
    return Text(name, name) if known is None else Text(known.title_zh, known.title_en)


def _figure(name: str, label: Text, value: int, spark: list[int] | None = None, *, good: str = "up") -> KpiItem:
    return KpiItem(
        metric=name,
        label=label,
        unit="count",
        value=value,
        good="down" if good == "down" else "up",
        spark=tuple(spark or ()),
    )


LIVE = PageSpec(
    id="live",
    path=f"/{ROOM}/live",
    title=Text("实时事件", "Events live"),
    tab=Text("实时", "Live"),
    room=ROOM,
    icon=ROOM,
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("figures"), refresh_seconds=REFRESH_SECONDS),)),
        Row(
            tiles=(
                TableTile(
                    id="types", title=Text("按事件", "By event"), span=12, source=_source("types"),
                    refresh_seconds=REFRESH_SECONDS,
                    help=Text(
                        "已写入磁盘的事件。重复与隔离在入账时判定，见数据页的文件列表。",
                        "Events that are on disk. Duplicates and quarantined ones are told when they come into the "
                        "ledger: see the files on the Data page.",
                    ),
                ),
                TableTile(
                    id="latest", title=Text("刚刚到达", "Just in"), span=12, source=_source("latest"),
                    refresh_seconds=REFRESH_SECONDS,
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="refused", title=Text("拒绝的请求", "Refused requests"), span=12, source=_source("refused"),
                    refresh_seconds=REFRESH_SECONDS,
                ),
                TableTile(
                    id="plan", title=Text("埋点方案检查", "Tracking plan"), span=12, source=_source("plan"),
                    refresh_seconds=REFRESH_SECONDS,
                    help=Text(
                        "不符合方案的事件照样入账，只在这里提示。",
                        "An event that is not as planned is taken all the same and only told here.",
                    ),
                ),
            )
        ),
    ),
)  # fmt: skip

PAGES: tuple[PageSpec, ...] = (LIVE,)

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "live/figures": live_figures,
        "live/types": live_types,
        "live/latest": live_latest,
        "live/refused": live_refused,
        "live/plan": live_plan,
    }
)
