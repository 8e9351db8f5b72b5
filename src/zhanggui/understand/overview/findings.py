"""Three things worth knowing, each with its money and the page that proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from zhanggui.i18n import Text
from zhanggui.metrics import DIMENSIONS
from zhanggui.pagespec import Finding, FindingsData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, Row, amount, number, side
from zhanggui.understand.figures import shown_period
from zhanggui.understand.naming import value_filters, value_href, value_name
from zhanggui.understand.overview.breakdown import split
from zhanggui.understand.view import View, metric_href

MOST = 3
FEWEST_ORDERS = 30
"""Below this many orders a share says nothing."""

PEAK_HOURS = 3
CANDIDATES = 5
"""How many of the worst are looked at before nothing is said."""


def findings(desk: Desk, view: View) -> FindingsData:
    """Return up to three findings, the costly kinds first."""
    if desk.span() is None:
        return FindingsData(items=())
    found: list[Finding] = []
    for look in _LOOKS:
        item = look(desk, view)
        if item is not None and item.money:
            found.append(item)
        if len(found) == MOST:
            break
    empty = Text(
        f"样本不足：至少需要 {FEWEST_ORDERS} 单。", f"Not enough data: at least {FEWEST_ORDERS} orders are needed."
    )
    return FindingsData(items=tuple(found), empty=None if found else empty)


def refund_concentration(desk: Desk, view: View) -> Finding | None:
    """Return where refunds exceed the shop's average by most money: the product, or else the province."""
    return _excess_refunds(desk, view, "product") or _excess_refunds(desk, view, "province")


def _excess_refunds(desk: Desk, view: View, dimension: str) -> Finding | None:
    found = split(desk, view, dimension)
    rows = [row for row in found.rows if value_name(dimension, row) is not wording.NOT_KNOWN]
    paid, refunded = sum(amount(row, "gmv_paid") for row in rows), sum(amount(row, "refund_amount") for row in rows)
    if not paid or not refunded or len(rows) < 2:
        return None
    average = refunded / paid
    candidates = sorted((row for row in rows if _excess(row, average) > 0), key=lambda row: -_excess(row, average))
    worst = next((row for row in candidates[:CANDIDATES] if _has_enough(desk, view, dimension, row)), None)
    if worst is None:
        return None
    name, excess = value_name(dimension, worst), _excess(worst, average)
    rate, usual = wording.percent(amount(worst, "refund_amount") / amount(worst, "gmv_paid")), wording.percent(average)
    money, label = wording.money(excess, found.currency), DIMENSIONS[dimension].label
    return Finding(
        title=Text("退款集中", "Refunds concentrate"),
        text=Text(
            f"{label.zh}“{name.zh}”退款率 {rate.zh}，全部{label.zh}平均 {usual.zh}；多退 {money.zh}。",
            f"{label.en} “{name.en}” has a refund rate of {rate.en} against {usual.en} over all: {money.en} more.",
        ),
        money=round(excess, 2),
        currency=found.currency,
        href=value_href(desk, "refund_amount", dimension, worst),
    )


def _has_enough(desk: Desk, view: View, dimension: str, row: Row) -> bool:
    narrowed = view.only(*value_filters(desk, dimension, row))
    return amount(desk.ask(narrowed.question("orders_paid")).rows[0], "orders_paid") >= FEWEST_ORDERS


def _excess(row: Row, average: float) -> float:
    return amount(row, "refund_amount") - average * amount(row, "gmv_paid")


def unpaid_orders(desk: Desk, view: View) -> Finding | None:
    """Return the money of orders that were created and not paid."""
    found = desk.ask(view.question("gmv_unpaid", "gmv_created", "orders_created"))
    row = found.rows[0]
    unpaid, created = number(row, "gmv_unpaid"), number(row, "gmv_created")
    if not unpaid or not created or amount(row, "orders_created") < FEWEST_ORDERS:
        return None
    money, share = wording.money(unpaid, found.currency), wording.percent(unpaid / created)
    return Finding(
        title=Text("下单未付款", "Ordered, not paid"),
        text=Text(
            f"下单后没有付款的订单共 {money.zh}，占下单金额 {share.zh}。",
            f"Orders created and not paid come to {money.en}, {share.en} of the amount ordered.",
        ),
        money=unpaid,
        currency=found.currency,
        href=metric_href("gmv_unpaid"),
    )


def province_move(desk: Desk, view: View) -> Finding | None:
    """Return the province whose paid amount moved most between the two halves of the period."""
    period = shown_period(desk, view)
    if period is None or period.n_days < 4:
        return None
    half = timedelta(days=period.n_days // 2)
    later = replace(view, date_from=period.last - half + timedelta(days=1), date_to=period.last, compare="previous")
    found = desk.ask(later.question("gmv_paid", "orders_paid", by=("province",), compare=True))
    rows = [row for row in found.rows if value_name("province", row) is not wording.NOT_KNOWN and _is_thick(row)]
    if len(rows) < 2 or found.compared is None:
        return None
    most = max(rows, key=lambda row: abs(_moved(row)))
    name, moved = value_name("province", most), _moved(most)
    said = wording.signed_money(moved, found.currency)
    now = wording.period(later.date_from or period.first, period.last)
    before = wording.period(found.compared.first, found.compared.last)
    return Finding(
        title=Text("变化最大的省份", "The province that moved most"),
        text=Text(
            f"{name.zh}支付金额 {said.zh}（{now.zh}比{before.zh}）。",
            f"{name.en}: paid amount {said.en} ({now.en} against {before.en}).",
        ),
        money=round(moved, 2),
        currency=found.currency,
        href=value_href(desk, "gmv_paid", "province", most),
    )


def _is_thick(row: Row) -> bool:
    return amount(row, "orders_paid") + amount(side(row, "compare"), "orders_paid") >= FEWEST_ORDERS


def _moved(row: Row) -> float:
    return amount(row, "gmv_paid") - amount(side(row, "compare"), "gmv_paid")


def peak_hours(desk: Desk, view: View) -> Finding | None:
    """Return the hours of payment that hold the most money."""
    found = desk.ask(view.question("gmv_paid", by=("weekday", "hour")))
    by_hour: dict[int, float] = {}
    for row in found.rows:
        if row.get("hour") is not None:
            hour = int(str(row["hour"]))
            by_hour[hour] = by_hour.get(hour, 0.0) + amount(row, "gmv_paid")
    total = sum(by_hour.values())
    if not total or len(by_hour) <= PEAK_HOURS:
        return None
    top = sorted(by_hour, key=lambda hour: (-by_hour[hour], hour))[:PEAK_HOURS]
    money = sum(by_hour[hour] for hour in top)
    hours, share = "、".join(f"{hour} 点" for hour in sorted(top)), wording.percent(money / total)
    said = wording.money(money, found.currency)
    return Finding(
        title=Text("成交最多的时段", "Hours with the most payments"),
        text=Text(
            f"{hours}的付款共 {said.zh}，占支付金额 {share.zh}。",
            f"Payments at {', '.join(f'{hour}:00' for hour in sorted(top))} come to {said.en}, {share.en} of the "
            "paid amount.",
        ),
        money=round(money, 2),
        currency=found.currency,
        href=metric_href("gmv_paid", hour=tuple(map(str, sorted(top)))),
    )


_LOOKS: Iterable[Callable[[Desk, View], Finding | None]] = (
    refund_concentration,
    unpaid_orders,
    province_move,
    peak_hours,
)
