"""A page for each role over the same numbers (C-MON-01): operations, warehouse, service; finance has its room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhanggui.i18n import Text
from zhanggui.pagespec import BarTile, KpisTile, LineTile, PageSpec, Row
from zhanggui.understand.desk import TileData
from zhanggui.understand.overview.breakdown import metric_by
from zhanggui.understand.overview.cockpit import START, role_course, role_figures

FILTERS = ("platform", "shop", "date", "compare")


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that are read together."""

    id: str
    title: Text
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A metric by a dimension."""

    id: str
    title: Text
    metric: str
    dimension: str


@dataclass(frozen=True, slots=True)
class Role:
    """What one role decides by: groups of figures, a course, and where it lies."""

    id: str
    path: str
    title: Text
    tab: Text
    groups: tuple[Group, ...]
    course_title: Text
    course: tuple[str, ...]
    bars: tuple[Bars, ...]

    def page(self) -> PageSpec:
        """Return the page."""
        source = f"/api/v1/tiles/{self.id}"
        line = LineTile(id="course", title=self.course_title, source=f"{source}/course")
        bars = tuple(
            BarTile(id=each.id, title=each.title, span=24 // len(self.bars), source=f"{source}/{each.id}")
            for each in self.bars
        )
        kpis = (
            Row(tiles=(KpisTile(id=each.id, title=each.title, source=f"{source}/{each.id}"),)) for each in self.groups
        )
        return PageSpec(
            id=self.id,
            path=self.path,
            title=self.title,
            room="cockpit",
            icon="cockpit",
            tab=self.tab,
            filters=FILTERS,
            start=START,
            rows=(*kpis, Row(height="m", tiles=(line,)), Row(height="m", tiles=bars)),
        )

    def tiles(self) -> Iterator[tuple[str, TileData]]:
        """Yield its tile data by ``page/tile``."""
        for group in self.groups:
            yield f"{self.id}/{group.id}", role_figures(*group.metrics)
        yield f"{self.id}/course", role_course(*self.course)
        for each in self.bars:
            yield f"{self.id}/{each.id}", metric_by(each.metric, each.dimension)


OPERATIONS = Role(
    id="operations",
    path="/cockpit/operations",
    title=Text("运营看板", "Operations"),
    tab=Text("运营", "Operations"),
    groups=(
        Group(
            "sales",
            Text("成交与效率", "Sales and efficiency"),
            ("gmv_paid", "value_per_visitor", "orders_paid", "average_order_value", "refund_rate", "discount_rate"),
        ),
        Group(
            "funnel",
            Text("流量与转化", "Traffic and conversion"),
            ("visitors", "add_to_cart_rate", "cart_order_rate", "payment_conversion", "bounce_rate", "new_buyer_rate"),
        ),
        Group(
            "ads",
            Text("推广", "Advertising"),
            ("ad_spend", "claimed_return", "blended_return", "break_even_roi", "acquisition_cost", "click_cost"),
        ),
    ),
    course_title=Text("支付转化率走势", "Payment conversion"),
    course=("payment_conversion",),
    bars=(
        Bars("by_channel", Text("各渠道下单转化率", "Order conversion by channel"), "visit_order_rate", "channel"),
        Bars("by_product", Text("各商品退款率", "Refund rate by product"), "refund_rate", "product"),
        Bars(
            "by_campaign", Text("各活动投产比（平台自报）", "Claimed return by campaign"), "claimed_return", "campaign"
        ),
    ),
)

WAREHOUSE = Role(
    id="warehouse",
    path="/cockpit/warehouse",
    title=Text("仓储看板", "Warehouse"),
    tab=Text("仓储", "Warehouse"),
    groups=(
        Group(
            "shipping",
            Text("发货与配送", "Shipping and delivery"),
            (
                "parcels_promised",
                "parcels_late",
                "late_shipping_rate",
                "hours_to_ship_median",
                "hours_to_ship_p90",
                "delivery_days_median",
                "next_day_rate",
            ),
        ),
        Group(
            "stock",
            Text("库存", "Stock"),
            (
                "average_stock",
                "units_received",
                "units_issued",
                "days_of_stock",
                "stock_turns",
                "stock_out_rate",
                "slow_stock_value",
            ),
        ),
        Group("returns", Text("退货", "Returns"), ("returns", "return_rate", "goods_back", "freight_back")),
    ),
    course_title=Text("发货超时率走势", "Late shipping"),
    course=("late_shipping_rate",),
    bars=(
        Bars("by_warehouse", Text("各仓发货超时率", "Late shipping by warehouse"), "late_shipping_rate", "warehouse"),
        Bars("by_carrier", Text("各快递配送时长", "Days of delivery by carrier"), "delivery_days_median", "carrier"),
        Bars("by_province", Text("各省次日达占比", "Next-day share by province"), "next_day_rate", "province"),
    ),
)

SERVICE = Role(
    id="service",
    path="/cockpit/service",
    title=Text("客服看板", "Customer service"),
    tab=Text("客服", "Service"),
    groups=(
        Group(
            "answers",
            Text("响应", "Answers"),
            ("tickets", "first_reply_minutes_median", "first_reply_minutes_p90", "complaints", "complaint_rate"),
        ),
        Group(
            "afterwards",
            Text("售后与口碑", "After sales and reviews"),
            ("orders_refunded", "refund_rate", "return_rate", "reviews", "positive_review_rate", "average_stars"),
        ),
    ),
    course_title=Text("首次响应时长走势", "First reply"),
    course=("first_reply_minutes_median",),
    bars=(
        Bars("by_topic", Text("各主题会话数", "Conversations by topic"), "tickets", "topic"),
        Bars("by_shop", Text("各店投诉率", "Complaints by store"), "complaint_rate", "shop"),
        Bars("by_product", Text("各商品退货率", "Return rate by product"), "return_rate", "product"),
    ),
)

ROLES = (OPERATIONS, WAREHOUSE, SERVICE)
PAGES = tuple(role.page() for role in ROLES)
TILES: Mapping[str, TileData] = MappingProxyType(dict(pair for role in ROLES for pair in role.tiles()))
"""Tile data by ``page/tile``."""
