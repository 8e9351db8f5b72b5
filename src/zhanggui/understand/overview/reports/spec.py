"""What a report says, as data: one spec for three lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from zhanggui.i18n import Text

Length = Literal["day", "week", "month"]
LENGTHS: tuple[Length, ...] = ("day", "week", "month")

EFFICIENCY: frozenset[str] = frozenset(
    {"contribution_margin", "refund_rate", "blended_return", "ad_cost_rate", "average_order_value"}
)
"""Figures that say what sales were worth; revenue never stands without one of them (M-FIN-08)."""

REVENUE: frozenset[str] = frozenset({"gmv_paid", "net_revenue", "net_revenue_completed"})


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that stand together.

    Attributes
    ----------
    key : str
        Its name in the answer.
    title : Text
        Its heading.
    metrics : tuple of str
        Names from the catalogue, in order.
    note : Text, optional
        What to know of them.
    """

    key: str
    title: Text
    metrics: tuple[str, ...]
    note: Text | None = None


GROUPS: tuple[Group, ...] = (
    Group(
        "sales",
        Text("销售", "Sales"),
        ("gmv_paid", "net_revenue", "orders_paid", "average_order_value", "units_sold", "contribution_margin"),
    ),
    Group(
        "profit",
        Text("利润", "Profit"),
        ("contribution_profit", "contribution_after_fees", "contribution_margin", "cost_unknown_share",
         "unsettled_share"),
    ),
    Group(
        "advertising",
        Text("广告", "Advertising"),
        ("ad_spend", "ad_cost_rate", "blended_return", "claimed_return", "break_even_roi"),
        Text(
            "保本 ROI = 1 ÷ 广告前贡献利润率。全店投产比 = 支付金额 ÷ 广告费，含自然成交；"
            "平台自报投产比只算平台归给广告的成交。",
            "Break-even ROI = 1 ÷ contribution margin before advertising. The blended return is all paid sales over "
            "spend; the claimed one counts what the platforms credit to advertising.",
        ),
    ),
    Group(
        "refunds",
        Text("退款", "Refunds"),
        ("refund_amount", "refund_rate", "refund_amount_completed", "refund_rate_completed"),
        Text(
            "两个口径分开列：付款口径按订单的付款日，刚付款的订单还会继续退款；退款完成口径按退款成功日。",
            "Two bases, never mixed: by the day the order was paid, where young orders are still to be refunded, and "
            "by the day the refund succeeded.",
        ),
    ),
)  # fmt: skip
"""Figures of every report, whatever its length."""

STORE_COLUMNS: tuple[str, ...] = (
    "gmv_paid",
    "orders_paid",
    "refund_rate",
    "contribution_profit",
    "contribution_margin",
    "ad_spend",
    "blended_return",
    "break_even_roi",
)
"""Figures of each store."""

TARGETED: tuple[str, ...] = ("net_receivable", "contribution_profit", "ad_spend")
"""Amounts that are held against the month's target."""

MOVING: tuple[str, ...] = (
    "gmv_paid",
    "contribution_profit",
    "ad_spend",
    "refund_amount_completed",
    "merchant_discount",
    "gmv_unpaid",
)
"""Amounts whose moves are told with their causes."""

YOUNG: tuple[str, ...] = (
    "contribution_profit",
    "contribution_after_fees",
    "contribution_margin",
    "break_even_roi",
    "refund_amount",
    "refund_rate",
)
"""Figures of orders that go on changing after their day: costs are booked at shipping, fees at settlement, refunds when
they succeed. Days that are younger than those they are held against give no change of them."""

YOUNG_GAP = 0.2
"""Days are younger when so much more of their receivable is not settled."""

N_MOVEMENTS, N_EXPLAINED = 3, 4
"""Moves told, and moves looked at: what stands out comes first, however large the others are."""


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One length of the report.

    Attributes
    ----------
    length : {"day", "week", "month"}
        Its length.
    title : Text
        Its name.
    against : Text
        What its figures are held against.
    """

    length: Length
    title: Text
    against: Text


REPORTS: Mapping[Length, ReportSpec] = MappingProxyType(
    {
        "day": ReportSpec("day", Text("日报", "Daily report"), Text("上周同一天", "the same weekday a week before")),
        "week": ReportSpec("week", Text("周报", "Weekly report"), Text("上一周", "the week before")),
        "month": ReportSpec("month", Text("月报", "Monthly report"), Text("上个月", "the month before")),
    }
)
"""Every report differs from the others in its days and its name alone."""
