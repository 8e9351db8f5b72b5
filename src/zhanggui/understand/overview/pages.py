"""The pages of the Overview room and of metrics, and the data behind their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    BarTile,
    ChartData,
    ColumnSpec,
    CostTableTile,
    DoorsTile,
    FindingsTile,
    HeatmapTile,
    KpisData,
    KpisTile,
    LineTile,
    MetricCardTile,
    OwnMetricsTile,
    PageSpec,
    Row,
    SentenceTile,
    TableData,
    TableTile,
    UploadsNextTile,
)
from zhanggui.understand.buyer_kinds import buyer_kinds, buyer_kinds_tile
from zhanggui.understand.desk import Desk, TileData
from zhanggui.understand.figures import course, figures, with_parts
from zhanggui.understand.overview.breakdown import bars_by, metric_bars, metric_table, rhythm
from zhanggui.understand.overview.cockpit import COCKPIT, dressed
from zhanggui.understand.overview.cockpit import TILES as COCKPIT_TILES
from zhanggui.understand.overview.costs import cost_table, profit_figure
from zhanggui.understand.overview.definitions import metric_card
from zhanggui.understand.overview.explanation import why_drivers, why_segments, why_sentence
from zhanggui.understand.overview.figures import kpis, trend
from zhanggui.understand.overview.findings import findings
from zhanggui.understand.overview.patrol.pages import PATROL
from zhanggui.understand.overview.patrol.pages import TILES as PATROL_TILES
from zhanggui.understand.overview.reports.pages import REPORT
from zhanggui.understand.overview.reports.pages import TILES as REPORT_TILES
from zhanggui.understand.overview.roles import PAGES as ROLE_PAGES
from zhanggui.understand.overview.roles import TILES as ROLE_TILES
from zhanggui.understand.overview.rows import source_rows
from zhanggui.understand.overview.sentence import sentence
from zhanggui.understand.overview.tree import METRIC_TREE, metric_tree
from zhanggui.understand.overview.uploads import doors, uploads_next
from zhanggui.understand.view import View, metric_href

FILTERS = ("platform", "shop", "channel", "date", "compare")
_OVERVIEW = "/api/v1/tiles/overview"
_METRIC = "/api/v1/tiles/metric"


def headline(desk: Desk, view: View) -> KpisData:
    """Return the Overview's figures, gross profit last."""
    found = kpis(desk, view)
    return found.model_copy(update={"items": (*found.items, profit_figure(desk, view))})


def metric_figure(desk: Desk, view: View) -> KpisData:
    """Return the figure of the metric that the page is about."""
    return dressed(desk, view, figures(desk, view, (desk.metric(view.name).name,)))


def metric_course(desk: Desk, view: View) -> ChartData:
    """Return the course of the metric that the page is about."""
    name = desk.metric(view.name).name
    return course(desk, view, with_parts((name,), desk.catalogue), shown=(name,))


def metric_list(desk: Desk, view: View) -> TableData:
    """Return every metric of the catalogue with its value."""
    found = desk.ask(view.question(*desk.catalogue))
    row = found.rows[0]
    columns = (
        ColumnSpec(key="label", label=Text("指标", "Metric")),
        ColumnSpec(key="definition", label=Text("含义", "Meaning")),
        ColumnSpec(key="name", label=Text("名称", "Name")),
    )
    rows = tuple(
        {
            "label": metric.label,
            "definition": metric.definition,
            "name": metric.name,
            "value": row.get(metric.name),
            "_href": metric_href(metric.name),
        }
        for metric in desk.catalogue.values()
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows), currency=found.currency)


OVERVIEW = PageSpec(
    id="overview",
    path="/",
    title=Text("经营", "Overview"),
    room="overview",
    icon="overview",
    tab=Text("概览", "Overview"),
    filters=FILTERS,
    rows=(
        # An empty shop shows its doors and nothing else; a shop with data shows everything but them.
        Row(tiles=(DoorsTile(id="doors", source=f"{_OVERVIEW}/doors"),)),
        Row(tiles=(SentenceTile(id="sentence", source=f"{_OVERVIEW}/sentence"),)),
        Row(tiles=(KpisTile(id="kpis", source=f"{_OVERVIEW}/kpis"),)),
        Row(
            height="m",
            tiles=(
                LineTile(id="trend", title=Text("净支付金额走势", "Net revenue"), span=16, source=f"{_OVERVIEW}/trend"),
                FindingsTile(
                    id="findings",
                    title=Text("值得看的三件事", "Three things to look at"),
                    span=8,
                    source=f"{_OVERVIEW}/findings",
                ),
            ),
        ),
        Row(height="s", tiles=(buyer_kinds_tile(f"{_OVERVIEW}/buyer_kinds"),)),
        Row(
            height="m",
            tiles=(
                BarTile(
                    id="by_platform", title=Text("各平台支付金额", "GMV by platform"), span=8,
                    source=f"{_OVERVIEW}/by_platform",
                ),
                BarTile(
                    id="by_province", title=Text("各省支付金额", "GMV by province"), span=8,
                    source=f"{_OVERVIEW}/by_province",
                ),
                BarTile(
                    id="by_product", title=Text("商品支付金额", "GMV by product"), span=8,
                    source=f"{_OVERVIEW}/by_product",
                ),
            ),
        ),
        Row(
            height="m",
            tiles=(
                HeatmapTile(
                    id="rhythm",
                    title=Text("一周各时段支付金额", "GMV by weekday and hour"),
                    span=16,
                    source=f"{_OVERVIEW}/rhythm",
                ),
                UploadsNextTile(
                    id="uploads_next",
                    title=Text("要算利润，接下来上传", "For profit, upload next"),
                    span=8,
                    source=f"{_OVERVIEW}/uploads_next",
                ),
            ),
        ),
        Row(
            tiles=(
                CostTableTile(id="costs", title=Text("缺少的成本", "Missing costs"), source=f"{_OVERVIEW}/costs"),
            )
        ),
    ),
)  # fmt: skip

METRIC_LIST = PageSpec(
    id="metrics",
    path="/metrics",
    title=Text("指标", "Metrics"),
    room="metrics",
    icon="metrics",
    tab=Text("全部指标", "All"),
    rows=(
        Row(
            tiles=(
                OwnMetricsTile(
                    id="own",
                    title=Text("自定义指标", "Your own metrics"),
                    source="/api/v1/metrics/own",
                    help=Text(
                        "不用写代码：比率、筛选、加权。保存后在所有页面、预警、命令行和接口里都能用；每次修改都保留原来的定义。",
                        "Without code: a ratio, a filter, a weighted sum. Once kept it is on every page, in alerts, "
                        "the terminal and the API; every change keeps the earlier definition.",
                    ),
                ),
            )
        ),
        Row(tiles=(TableTile(id="list", source="/api/v1/tiles/metrics/list"),)),
    ),
)

METRIC = PageSpec(
    id="metric",
    path="/metrics/:name",
    title=Text("指标", "Metric"),
    room="metrics",
    icon="metrics",
    filters=FILTERS,
    rows=(
        Row(
            height="m",
            tiles=(
                KpisTile(id="figure", span=6, source=f"{_METRIC}/{{name}}/figure"),
                LineTile(id="course", title=Text("走势", "Course"), span=18, source=f"{_METRIC}/{{name}}/course"),
            ),
        ),
        Row(tiles=(SentenceTile(id="why", source=f"{_METRIC}/{{name}}/why"),)),
        Row(
            height="s",
            tiles=(
                BarTile(
                    id="why_drivers", title=Text("变化的驱动因素", "Drivers of the change"), span=12,
                    source=f"{_METRIC}/{{name}}/why_drivers",
                ),
                BarTile(
                    id="why_segments", title=Text("变化在哪里", "Where the change lies"), span=12,
                    source=f"{_METRIC}/{{name}}/why_segments",
                ),
            ),
        ),
        Row(
            height="m",
            tiles=tuple(
                BarTile(
                    id=f"by_{dimension}", title=title, span=6, source=f"{_METRIC}/{{name}}/bars?by={dimension}"
                )
                for dimension, title in (
                    ("shop", Text("按店铺", "By store")),
                    ("province", Text("按省份", "By province")),
                    ("product", Text("按商品", "By product")),
                    ("buyer_kind", Text("按新老客", "By new or returning")),
                )
            ),
        ),
        Row(tiles=(TableTile(id="rows", title=Text("明细", "Rows"), source="/api/v1/rows?metric={name}"),)),
        Row(tiles=(MetricCardTile(id="card", title=Text("定义", "Definition"), source=f"{_METRIC}/{{name}}/card"),)),
    ),
)  # fmt: skip

PAGES = (COCKPIT, *ROLE_PAGES, OVERVIEW, REPORT, PATROL, METRIC_LIST, METRIC_TREE, METRIC)

TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "overview/sentence": sentence,
        "overview/kpis": headline,
        "overview/trend": trend,
        "overview/findings": findings,
        "overview/buyer_kinds": buyer_kinds,
        "overview/by_platform": bars_by("platform"),
        "overview/by_province": bars_by("province"),
        "overview/by_product": bars_by("product"),
        "overview/rhythm": rhythm,
        "overview/uploads_next": uploads_next,
        "overview/costs": cost_table,
        "overview/doors": doors,
        "metrics/list": metric_list,
        "tree/tree": metric_tree,
        **COCKPIT_TILES,
        **ROLE_TILES,
        **REPORT_TILES,
        **PATROL_TILES,
    }
)
"""Tile data by ``page/tile``."""

METRIC_TILES: Mapping[str, TileData] = MappingProxyType(
    {
        "figure": metric_figure,
        "course": metric_course,
        "why": why_sentence,
        "why_drivers": why_drivers,
        "why_segments": why_segments,
        "bars": metric_bars,
        "table": metric_table,
        "card": metric_card,
        "rows": source_rows,
    }
)
"""Tile data of a metric's page, where the view names the metric."""
