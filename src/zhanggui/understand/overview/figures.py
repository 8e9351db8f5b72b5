"""The figures at the top of the Overview, and their course over time."""

from __future__ import annotations

from zhanggui.pagespec import ChartData, KpisData
from zhanggui.understand.desk import Desk
from zhanggui.understand.figures import course, figures
from zhanggui.understand.view import View

HEADLINE = (
    "net_revenue",
    "gmv_paid",
    "orders_paid",
    "average_order_value",
    "refund_amount",
    "refund_rate",
    "units_sold",
    "buyers",
)
"""Metrics of the Overview's figures. One question asks them all, and one more asks their course."""

TREND = ("net_revenue", "gmv_paid")


def kpis(desk: Desk, view: View) -> KpisData:
    """Return the Overview's figures, with change and course."""
    return figures(desk, view, HEADLINE)


def trend(desk: Desk, view: View) -> ChartData:
    """Return the course of net revenue and paid amount, with the compared period behind."""
    return course(desk, view, HEADLINE, shown=TREND)
