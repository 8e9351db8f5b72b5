"""The pages of the Customers room, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    COLUMNS,
    BarTile,
    HeatmapTile,
    KpisTile,
    PageChoice,
    PageOption,
    PageSpec,
    Row,
    TableTile,
)
from zhanggui.understand.buyer_kinds import buyer_kinds, buyer_kinds_tile
from zhanggui.understand.customers.audiences.pages import AUDIENCES
from zhanggui.understand.customers.behaviour_pages import BEHAVIOUR, MIGRATION
from zhanggui.understand.customers.behaviour_pages import TILES as BEHAVIOUR_TILES
from zhanggui.understand.customers.cohort_desk import LABELS, cohort_course, cohort_retention, cohort_values
from zhanggui.understand.customers.coverage import coverage_table
from zhanggui.understand.customers.lifecycle_desk import (
    lifecycle_bars,
    lifecycle_figures,
    lifecycle_moves,
    lifecycle_table,
    lifecycle_warned,
)
from zhanggui.understand.customers.lifetime.desk import (
    SPLIT_LABELS,
    value_acquisition,
    value_at_risk,
    value_figures,
    value_forecast,
    value_models,
    value_tenths,
)
from zhanggui.understand.customers.people_pages import PEOPLE_PAGES, PEOPLE_TILES
from zhanggui.understand.customers.repurchase_desk import (
    repurchase_cohorts,
    repurchase_curve,
    repurchase_due,
    repurchase_figures,
    repurchase_histogram,
    repurchase_intervals,
)
from zhanggui.understand.customers.rfm_desk import rfm_bars, rfm_customers, rfm_figures, rfm_moves, rfm_table
from zhanggui.understand.customers.tags.pages import TAGS
from zhanggui.understand.customers.tags.pages import TILES as TAG_TILES
from zhanggui.understand.customers.trials.pages import TILES as TRIAL_TILES
from zhanggui.understand.customers.trials.pages import TRIAL, TRIALS
from zhanggui.understand.desk import TileData

ROOM = "customers"
FILTERS = ("platform", "shop", "channel", "date")


def _source(page: str, tile: str) -> str:
    return f"/api/v1/tiles/{page}/{tile}"


_MONEY = PageChoice(
    key="by",
    label=Text("金额按", "Money"),
    options=(
        PageOption(value="revenue", label=Text("净收入", "Net revenue")),
        PageOption(value="profit", label=Text("贡献利润", "Contribution")),
    ),
)
_IDENTIFIABLE = Text(
    "拼多多、抖音的订单不带买家标识，淘宝、京东的昵称是脱敏的：脱敏昵称不当作人，订单数不代替人数。",
    "Orders of Pinduoduo and Douyin carry no buyer id, names of Taobao and JD are masked: a masked name is nobody, and "
    "orders never stand in for people.",
)


def _table(page: str, tile: str, zh: str, en: str, *, span: int = COLUMNS, help_: Text | None = None) -> TableTile:
    return TableTile(id=tile, title=Text(zh, en), span=span, source=_source(page, tile), help=help_)


def _coverage(page: str) -> Row:
    return Row(
        tiles=(
            TableTile(
                id="identifiable",
                title=Text("各平台可识别率", "Identified, by platform"),
                source=_source(page, "identifiable"),
                help=_IDENTIFIABLE,
            ),
        )
    )


RFM = PageSpec(
    id="rfm",
    path=f"/{ROOM}",
    title=Text("客户分层", "Segments"),
    tab=Text("分层", "Segments"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_MONEY,),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("rfm", "figures")),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="segments",
                    title=Text("各分层客户数", "Customers by segment"),
                    span=10,
                    source=_source("rfm", "segments"),
                    help=Text("点一个分层，看其中的客户。", "A segment opens to its customers."),
                ),
                HeatmapTile(
                    id="moves",
                    title=Text("分层迁移", "Moves between segments"),
                    span=14,
                    source=_source("rfm", "moves"),
                ),
            ),
        ),
        Row(tiles=(TableTile(id="table", title=Text("八个分层", "Eight segments"), source=_source("rfm", "table")),)),
        _coverage("rfm"),
    ),
)

LIFECYCLE = PageSpec(
    id="lifecycle",
    path=f"/{ROOM}/lifecycle",
    title=Text("生命周期", "Lifecycle"),
    tab=Text("生命周期", "Lifecycle"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("lifecycle", "figures")),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="stages", title=Text("各阶段人数", "People by stage"), span=10,
                    source=_source("lifecycle", "stages"),
                ),
                HeatmapTile(
                    id="moves", title=Text("阶段变化", "Moves between stages"), span=14,
                    source=_source("lifecycle", "moves"),
                ),
            ),
        ),
        Row(tiles=(_table("lifecycle", "table", "阶段与规则", "Stages and their rules"),)),
        Row(
            height="m",
            tiles=(
                buyer_kinds_tile(_source("lifecycle", "buyer_kinds"), span=12),
                _table("lifecycle", "warned", "流失预警名单", "Churn warning", span=12),
            ),
        ),
        _coverage("lifecycle"),
    ),
)  # fmt: skip

REPURCHASE = PageSpec(
    id="repurchase",
    path=f"/{ROOM}/repurchase",
    title=Text("复购", "Repurchase"),
    tab=Text("复购", "Repurchase"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("repurchase", "figures")),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="curve", title=Text("首购后多少天内复购", "Bought again within"), span=12,
                    source=_source("repurchase", "curve"),
                ),
                BarTile(
                    id="histogram", title=Text("两次购买的间隔", "Days between purchases"), span=12,
                    source=_source("repurchase", "histogram"),
                ),
            ),
        ),
        Row(
            height="m",
            tiles=(
                _table("repurchase", "cohorts", "按首购月", "By first month", span=11),
                _table("repurchase", "intervals", "各类目与商品的间隔", "By category and product", span=13),
            ),
        ),
        Row(
            tiles=(
                _table(
                    "repurchase", "due", "该补货的客户", "Due to reorder",
                    help_=Text(
                        "上次购买加常见间隔落在前 7 天到后 14 天之间。",
                        "Last purchase plus the usual interval lies between 7 days ago and 14 days ahead.",
                    ),
                ),
            )
        ),
        _coverage("repurchase"),
    ),
)  # fmt: skip

_SPLITS = PageChoice(
    key="by",
    label=Text("同期群按", "Cohorts by"),
    options=tuple(PageOption(value=name, label=label) for name, label in LABELS.items()),
)
COHORTS = PageSpec(
    id="cohorts",
    path=f"/{ROOM}/cohorts",
    title=Text("同期群", "Cohorts"),
    tab=Text("同期群", "Cohorts"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_SPLITS,),
    rows=(
        Row(
            height="l",
            tiles=(
                HeatmapTile(
                    id="retention", title=Text("首购之后各月的留存", "Retention by month after the first"), span=16,
                    source=_source("cohorts", "retention"),
                ),
                BarTile(
                    id="course", title=Text("全部同期群的留存", "Retention of all cohorts"), span=8,
                    source=_source("cohorts", "course"),
                ),
            ),
        ),
        Row(tiles=(_table("cohorts", "values", "每个买家带来多少", "What a buyer brings"),)),
        _coverage("cohorts"),
    ),
)  # fmt: skip

_SOURCES = PageChoice(
    key="by",
    label=Text("首购来源", "First bought at"),
    options=tuple(PageOption(value=name, label=label) for name, label in SPLIT_LABELS.items()),
)
VALUE = PageSpec(
    id="value",
    path=f"/{ROOM}/value",
    title=Text("客户价值与流失", "Value and churn"),
    tab=Text("价值", "Value"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_SOURCES,),
    rows=(
        Row(tiles=(KpisTile(id="figures", source=_source("value", "figures")),)),
        Row(tiles=(_table("value", "forecast", "至今与未来", "So far and to come"),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="tenths", title=Text("按预测分十组：预测与实际购买", "Tenths by forecast: forecast and actual"),
                    source=_source("value", "tenths"),
                ),
            ),
        ),
        Row(tiles=(_table("value", "acquisition", "客户价值与获客成本（LTV : CAC）", "LTV : CAC"),)),
        Row(tiles=(_table("value", "at_risk", "可能流失的老客", "Returning customers likely to stay away"),)),
        Row(tiles=(_table("value", "models", "模型与验证", "Models and how they did"),)),
        _coverage("value"),
    ),
)  # fmt: skip

SEGMENT = PageSpec(
    id="segment",
    path=f"/{ROOM}/segment/:name",
    title=Text("分层里的客户", "Customers of a segment"),
    room=ROOM,
    icon=ROOM,
    filters=FILTERS,
    choices=(_MONEY,),
    rows=(
        Row(
            tiles=(
                TableTile(
                    id="list", title=Text("客户", "Customers"), source="/api/v1/tiles/segment/{name}/list"
                ),
            )
        ),
    ),
)  # fmt: skip

PAGES = (
    RFM, LIFECYCLE, REPURCHASE, COHORTS, VALUE, MIGRATION, BEHAVIOUR, TAGS, AUDIENCES, TRIALS, *PEOPLE_PAGES, SEGMENT,
    TRIAL,
)  # fmt: skip
"""In the order of the strip."""

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        **BEHAVIOUR_TILES,
        **TAG_TILES,
        **PEOPLE_TILES,
        **TRIAL_TILES,
        "rfm/figures": rfm_figures,
        "rfm/segments": rfm_bars,
        "rfm/moves": rfm_moves,
        "rfm/table": rfm_table,
        "rfm/identifiable": coverage_table,
        "segment/list": rfm_customers,
        "lifecycle/figures": lifecycle_figures,
        "lifecycle/stages": lifecycle_bars,
        "lifecycle/moves": lifecycle_moves,
        "lifecycle/table": lifecycle_table,
        "lifecycle/buyer_kinds": buyer_kinds,
        "lifecycle/warned": lifecycle_warned,
        "lifecycle/identifiable": coverage_table,
        "repurchase/figures": repurchase_figures,
        "repurchase/curve": repurchase_curve,
        "repurchase/histogram": repurchase_histogram,
        "repurchase/cohorts": repurchase_cohorts,
        "repurchase/intervals": repurchase_intervals,
        "repurchase/due": repurchase_due,
        "repurchase/identifiable": coverage_table,
        "cohorts/retention": cohort_retention,
        "cohorts/course": cohort_course,
        "cohorts/values": cohort_values,
        "cohorts/identifiable": coverage_table,
        "value/figures": value_figures,
        "value/forecast": value_forecast,
        "value/tenths": value_tenths,
        "value/models": value_models,
        "value/acquisition": value_acquisition,
        "value/at_risk": value_at_risk,
        "value/identifiable": coverage_table,
    }
)
"""Tile data by ``page/tile``."""
