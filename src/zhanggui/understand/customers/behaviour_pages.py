"""The pages of behaviour and of migration, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BarTile,
    ChartData,
    ColumnSpec,
    HeatmapData,
    HeatmapTile,
    PageChoice,
    PageOption,
    PageSpec,
    Row,
    SankeyData,
    SankeyLink,
    SankeyNode,
    SankeyTile,
    Series,
    TableData,
    TableTile,
)
from zhanggui.understand.customers.behaviour import SEND_HOURS, category_profiles, hours, segment_profiles, send_hours
from zhanggui.understand.customers.behaviour_desk import (
    NOT_A_CAUSE,
    WEEKDAYS,
    ProfileRow,
    contrasts_of_pairs,
    profile_rows,
    segment_label,
)
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.event_words import event_words
from zhanggui.understand.customers.migration import GONE, NOBODY_YET, migrations
from zhanggui.understand.customers.refusals import said_instead
from zhanggui.understand.customers.segments import SEGMENTS
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.refusals import no_chart, no_matrix, no_table
from zhanggui.understand.view import View

FILTERS = ("platform", "shop", "date")
_VISITS = "visits"


def _tile(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


BEHAVIOUR = PageSpec(
    id="behaviour",
    path="/customers/behaviour",
    title=Text("时段与行为", "Hours and behaviour"),
    tab=Text("行为", "Behaviour"),
    room="customers",
    icon="customers",
    filters=FILTERS,
    choices=(
        PageChoice(
            key="by",
            label=Text("看谁", "Whose"),
            options=(
                PageOption(value="orders", label=Text("全部订单", "All orders")),
                PageOption(value=_VISITS, label=Text("自有站点的访问", "Visits to own sites")),
                *(PageOption(value=segment.name, label=segment.label) for segment in SEGMENTS),
            ),
        ),
    ),
    rows=(
        Row(
            height="l",
            tiles=(
                HeatmapTile(
                    id="hours", title=Text("星期与小时", "Weekday and hour"), span=15,
                    source=_tile("behaviour", "hours"),
                ),
                BarTile(
                    id="send",
                    title=Text("最佳触达时刻的人数", "People by best hour to write"),
                    span=9,
                    source=_tile("behaviour", "send"),
                    help=Text(
                        "只在 9 点到 21 点之间选；行为少的人主要按全体的时段估计。",
                        "Only between 9 and 21; who acted seldom is mostly given the hour of everybody.",
                    ),
                ),
            ),
        ),
        Row(
            tiles=(
                TableTile(
                    id="categories", title=Text("各类目的高峰", "Peak by category"), span=12,
                    source=_tile("behaviour", "categories"),
                ),
                TableTile(
                    id="segments", title=Text("各分层的高峰", "Peak by segment"), span=12,
                    source=_tile("behaviour", "segments"),
                ),
            )
        ),
        Row(
            tiles=(
                TableTile(
                    id="contrasts", title=Text("之后购买的人做了什么", "What later buyers did"),
                    source=_tile("behaviour", "contrasts"), help=NOT_A_CAUSE,
                ),
            )
        ),
    ),
)  # fmt: skip

MIGRATION = PageSpec(
    id="migration",
    path="/customers/migration",
    title=Text("分层迁移", "Moves between segments"),
    tab=Text("迁移", "Moves"),
    room="customers",
    icon="customers",
    filters=("platform", "shop", "channel", "date"),
    rows=(
        Row(
            height="l",
            tiles=(
                SankeyTile(
                    id="flows",
                    title=Text("三个 30 天里的迁移", "Moves in three times 30 days"),
                    source=_tile("migration", "flows"),
                ),
            ),
        ),
    ),
)


def _hours(desk: Desk, view: View) -> HeatmapData:
    is_segment = any(segment.name == view.by for segment in SEGMENTS)
    found = hours(desk, view, "visits" if view.by == _VISITS else "orders", view.by if is_segment else None)
    values = tuple(tuple(int(n) for n in row) for row in found.counts)
    n_without = f"{found.n_without_hour:,}"
    partial = Text(f"{n_without} 个没有时刻，未计入。", f"{n_without} without an hour are left out.")
    return HeatmapData(
        unit="count",
        rows=WEEKDAYS,
        cols=tuple(Text.same(str(hour)) for hour in range(24)),
        values=values,
        max=int(found.counts.max()),
        partial=partial if found.n_without_hour else None,
        warnings=coverage_said(desk, view) if is_segment else (),
    )


def _send(desk: Desk, view: View) -> ChartData:
    found = send_hours(desk, view).people_by_hour()
    return ChartData(
        unit="count",
        x=tuple(Text.same(f"{hour}:00") for hour in SEND_HOURS),
        x_kind="category",
        series=(Series(name=Text("人数", "People"), values=tuple(int(found[hour]) for hour in SEND_HOURS)),),
        warnings=coverage_said(desk, view),
    )


def _profiles(rows: tuple[ProfileRow, ...]) -> TableData:
    columns = (
        ColumnSpec(key="label", label=Text("名称", "Name")),
        ColumnSpec(key="orders", label=Text("订单", "Orders"), unit="count"),
        ColumnSpec(key="peak", label=Text("高峰时", "Peak hour")),
        ColumnSpec(key="share", label=Text("占比", "Share"), unit="ratio"),
        ColumnSpec(key="said", label=Text("与全体相比", "Against everybody")),
    )
    return TableData(
        columns=columns,
        rows=tuple({**row.model_dump(), "label": row.label, "peak": f"{row.peak_hour}:00", "said": _said(row)}
                   for row in rows),
        n_rows=len(rows),
        empty=None if rows else Text("没有类目可以分。", "There is nothing to split by."),
    )  # fmt: skip


def _said(row: ProfileRow) -> Text:
    if row.q_value is None:
        return Text("订单太少", "too few orders")
    if not row.differs:
        return Text("没有差别", "no difference")
    times = "-" if row.index is None else f"{row.index:.2f}"
    return Text(f"不同，高峰为全体的 {times} 倍", f"differs, its peak is {times} times everybody's")


def _contrasts(desk: Desk, view: View) -> TableData:
    pairs = [] if view.date_to is None else [("to", view.date_to.isoformat())]
    found = contrasts_of_pairs(desk, pairs)
    columns = (
        ColumnSpec(key="said", label=Text("首周行为", "In the first week")),
        ColumnSpec(key="people", label=Text("人数", "People"), unit="count"),
        ColumnSpec(key="rate_with", label=Text("之后购买", "Bought later"), unit="ratio", evidence="estimated"),
        ColumnSpec(key="rate_without", label=Text("没做的", "Of the others"), unit="ratio", evidence="estimated"),
        ColumnSpec(key="lift", label=Text("倍数（95% 区间）", "Ratio (95%)"), evidence="estimated"),
        ColumnSpec(key="clear", label=Text("是否可信", "Believed")),
    )
    rows = tuple(
        {
            "said": _times(row.event, row.at_least),
            "people": row.people,
            "rate_with": row.rate_with,
            "rate_without": row.rate_without,
            "lift": f"{row.lift:.2f} ({row.low:.2f}-{row.high:.2f})",
            "clear": Text("是", "yes") if row.is_clear else Text("不明显", "not clear"),
        }
        for row in found.found
    )
    empty = None if rows else Text("没有一种行为的人数够比较。", "No behaviour has enough people to compare.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), warnings=found.warnings, empty=empty)


def _times(event: str, at_least: int) -> Text:
    words = event_words(event)
    return Text(f"{words.zh} ≥ {at_least} 次", f"{words.en} ≥ {at_least} times")


def _flows(desk: Desk, view: View) -> SankeyData:
    found = migrations(desk, view)
    names = (NOBODY_YET, *(segment.name for segment in SEGMENTS), GONE)
    nodes = []
    for place in range(len(found.days)):
        stood = found.stood(place)
        nodes += [
            SankeyNode(
                key=f"{place}/{name}",
                label=segment_label(name),
                depth=place,
                value=stood[name],
                is_end=name == GONE,
            )
            for name in names
            if name in stood
        ]
    links = tuple(
        SankeyLink(source=f"{flow.step}/{flow.before}", target=f"{flow.step + 1}/{flow.after}", value=flow.n_customers)
        for flow in found.flows
    )
    days = "、".join(f"{day:%m-%d}" for day in found.days)
    partial = Text(
        f"从左到右：{days}。分级线取自 {found.days[0]}，只有自己买或不买才会移动。",
        f"From the left: {days.replace('、', ', ')}. Levels are those of {found.days[0]}: one moves by buying or not.",
    )
    return SankeyData(
        unit="count", nodes=tuple(nodes), links=links, partial=partial, warnings=coverage_said(desk, view)
    )


def _no_flows(text: Text) -> SankeyData:
    return SankeyData(unit="count", nodes=(), links=(), empty=text)


TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "behaviour/hours": said_instead(_hours, no_matrix),
        "behaviour/send": said_instead(_send, no_chart),
        "behaviour/categories": said_instead(
            lambda desk, view: _profiles(profile_rows(category_profiles(desk, view), are_segments=False)), no_table
        ),
        "behaviour/segments": said_instead(
            lambda desk, view: _profiles(profile_rows(segment_profiles(desk, view), are_segments=True)), no_table
        ),
        "behaviour/contrasts": said_instead(_contrasts, no_table),
        "migration/flows": said_instead(_flows, _no_flows),
    }
)
"""Tile data by ``page/tile``."""
