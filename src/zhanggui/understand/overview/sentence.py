"""The sentence on top: the period, what was earned, how that compares, and where the change lies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhanggui.calendar import Period, last_of_month, previous_period, truncate
from zhanggui.i18n import Text
from zhanggui.metrics import DIMENSIONS
from zhanggui.pagespec import SentenceData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, number, side
from zhanggui.understand.figures import shown_period
from zhanggui.understand.naming import value_name
from zhanggui.understand.view import View

LEAD = "net_revenue"
CONTRIBUTORS = ("shop", "province", "product")
NO_DATA = Text(
    "还没有数据。导入一份订单报表，这里就会说话。", "There is no data yet. Load an order report and this line speaks."
)


@dataclass(frozen=True, slots=True)
class Mover:
    """The value of a dimension whose net revenue moved most in the direction of the whole."""

    name: Text
    dimension: Text
    change: float


def sentence(desk: Desk, view: View) -> SentenceData:
    """Return one sentence of meaning with the numbers in it."""
    period = told_period(desk, view)
    if period is None:
        return SentenceData(text=NO_DATA)
    compare = view.compare or ("previous" if _reaches_back(desk, period) else None)
    told = replace(view, date_from=period.first, date_to=period.last, compare=compare)
    found = desk.ask(told.question(LEAD, "gmv_paid", "orders_paid", compare=True))
    row = found.rows[0]
    net, orders = number(row, LEAD), number(row, "orders_paid")
    if net is None:
        said = wording.period(period.first, period.last)
        return SentenceData(
            text=Text(
                f"{said.zh}：净支付金额无法给出，已导入的文件没有付款信息，或含多种币种。",
                f"{said.en}: net revenue cannot be given; the loaded files tell no payments, or several currencies.",
            )
        )
    if not net and not orders and (visitors := number(desk.ask(told.question("visitors")).rows[0], "visitors")):
        return SentenceData(text=_only_seen(period, visitors))
    change = number(side(row, "change"), LEAD)
    before = number(side(row, "compare"), LEAD)
    text = _opening(period, net, orders, found.currency)
    if found.compared is not None and change is not None and before is not None:
        text = _joined(text, _comparison(found.compared, change))
        mover = _mover(desk, told, rises=net >= before)
        if mover is not None:
            text = _joined(text, _contribution(mover, found.currency))
    return SentenceData(text=Text(f"{text.zh}。", f"{text.en}."))


def told_period(desk: Desk, view: View) -> Period | None:
    """Return the period the sentence speaks of: the one looked at, else the last whole month with data.

    Data that hold no whole month are told whole.
    """
    span = desk.span()
    if span is None:
        return None
    if view.date_from or view.date_to:
        return shown_period(desk, view)
    last_month_end = span.last if span.last == last_of_month(span.last) else _day_before(truncate(span.last, "month"))
    first = truncate(last_month_end, "month")
    return Period(first, last_month_end) if first >= span.first else span


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _reaches_back(desk: Desk, period: Period) -> bool:
    span = desk.span()
    return span is not None and previous_period(period.first, period.last).first >= span.first


def _opening(period: Period, net: float, orders: float | None, currency: str | None) -> Text:
    said, money = wording.period(period.first, period.last), wording.money(net, currency)
    text = Text(f"{said.zh}净支付金额 {money.zh}", f"{said.en}: net revenue {money.en}")
    if orders is None:
        return text
    n = wording.count(orders)
    return Text(f"{text.zh}（{n.zh} 单）", f"{text.en} from {n.en} paid orders")


def _only_seen(period: Period, visitors: float) -> Text:
    said, n = wording.period(period.first, period.last), wording.count(visitors)
    return Text(
        f"{said.zh}有 {n.zh} 位访客，没有付款订单。导入这几天的订单报表，这里就会说到钱。",
        f"{said.en}: {n.en} visitors and no paid order. Load an order report of these days for money.",
    )


def _comparison(compared: Period, change: float) -> Text:
    said, by = wording.period(compared.first, compared.last), wording.percent(change, signed=True)
    return Text(f"比{said.zh} {by.zh}", f"{by.en} against {said.en}")


def _contribution(mover: Mover, currency: str | None) -> Text:
    moved = wording.signed_money(mover.change, currency)
    return Text(
        f"变化最大的{mover.dimension.zh}是{mover.name.zh}（{moved.zh}）",
        f"the {mover.dimension.en.lower()} that moved most is {mover.name.en} ({moved.en})",
    )


def _mover(desk: Desk, view: View, *, rises: bool) -> Mover | None:
    """Return the value that moved most in the direction of the whole, over the dimensions that say something."""
    movers = [mover for name in CONTRIBUTORS if (mover := _mover_by(desk, view, name, rises=rises)) is not None]
    return max(movers, key=lambda mover: abs(mover.change), default=None)


def _mover_by(desk: Desk, view: View, dimension: str, *, rises: bool) -> Mover | None:
    found = desk.ask(view.question(LEAD, by=(dimension,), compare=True))
    moves = []
    for row in found.rows:
        name = value_name(dimension, row)
        if name is wording.NOT_KNOWN:
            continue
        moves.append((_moved(row), name))
    # The only store cannot be where a change lies.
    if len(moves) < 2:
        return None
    change, name = max(moves, key=lambda move: move[0]) if rises else min(moves, key=lambda move: move[0])
    is_in_direction = change > 0 if rises else change < 0
    return Mover(name, DIMENSIONS[dimension].label, change) if is_in_direction else None


def _moved(row: dict[str, object]) -> float:
    return (number(row, LEAD) or 0.0) - (number(side(row, "compare"), LEAD) or 0.0)


def _joined(first: Text, second: Text) -> Text:
    return Text(f"{first.zh}，{second.zh}", f"{first.en}, {second.en}")
