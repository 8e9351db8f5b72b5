"""Making the round of the stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from zhanggui.i18n import Text
from zhanggui.metrics.question import Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.patrol.goods import coupon_findings, price_findings
from zhanggui.understand.overview.patrol.model import KINDS, Patrol, PatrolFinding, PatrolNeed, Round, need
from zhanggui.understand.overview.patrol.service import after_sales_findings, penalty_findings, score_findings
from zhanggui.understand.overview.patrol.shipping import shipping_findings
from zhanggui.understand.overview.patrol.stock import stock_findings

_LOOKS: tuple[Callable[[Round], tuple[list[PatrolFinding], list[PatrolNeed]]], ...] = (
    stock_findings,
    price_findings,
    shipping_findings,
    after_sales_findings,
    penalty_findings,
    score_findings,
    coupon_findings,
)
_ORDERS = Text("订单", "orders")


def patrol(desk: Desk, day: date | None = None, where: tuple[Filter, ...] = ()) -> Patrol:
    """Return a round of the stores as of the end of a day, of the last one with data by default.

    Of a day in the past the stock and scores are those of that day; orders and cases are looked at as they stand now.
    """
    span = desk.span()
    if span is None:
        needs = tuple(need(kind, "order_header", _ORDERS) for kind in KINDS)
        return Patrol(day=day or date(1970, 1, 1), findings=(), needs=needs)
    last = day or span.last
    return desk.kept(("patrol", last, where), lambda: _made(desk, last, where))


def _made(desk: Desk, day: date, where: tuple[Filter, ...]) -> Patrol:
    findings: list[PatrolFinding] = []
    needs: list[PatrolNeed] = []
    for look in _LOOKS:
        found, lacking = look(Round.of(desk, where, day))
        findings += found
        needs += lacking
    order = [*KINDS]
    findings.sort(key=lambda each: (-(each.money or 0.0), order.index(each.kind), each.store, each.subject.zh))
    return Patrol(day=day, findings=tuple(findings), needs=tuple(needs))
