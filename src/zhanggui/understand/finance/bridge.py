"""From list GMV to contribution profit, step by step; and what each kind of cost takes of each yuan, month by month."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.model import Evidence
from zhanggui.money import major
from zhanggui.pagespec import ChartData, Series, StatementColumn, StatementData, StatementLine, Step, WaterfallData
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.profit_desk import NO_ORDERS, month_text, statement
from zhanggui.understand.finance.profit_statement import Row, Statement
from zhanggui.understand.view import View, metric_href

DISCOUNTS = ("merchant_discount", "unknown_discount")
PAID_PARTS = ("platform_subsidy", "creator_subsidy", "payment_subsidy", "unknown_subsidy")
_LIST, _RECEIVABLE = "list_amount", "receivable"
COST_KINDS = ("goods_cost", "logistics_cost", "platform_fees", "marketing_cost")
"""Kinds of cost that the structure tells apart; the rest is one more."""

_LEAST_SHARE = 0.0005
"""Kinds below this share of net revenue are not worth a colour."""

_OTHERS = Text("其他", "Others")
_LEFT = Text("剩下的贡献利润", "Left as contribution")


def bridge(desk: Desk, view: View) -> WaterfallData:
    """Return the steps from list GMV through discounts, receivable, refunds and costs to contribution profit."""
    found = statement(desk, view)
    if not found.columns:
        return WaterfallData(steps=(), empty=NO_ORDERS)
    answer = desk.ask(view.question(_LIST, *DISCOUNTS, _RECEIVABLE))
    values = {name: answer.rows[0].get(name) for name in (_LIST, *DISCOUNTS, _RECEIVABLE)}
    if any(value is None for value in values.values()):
        several = Text("范围内有多种货币，请筛选店铺。", "Several currencies; choose a store.")
        return WaterfallData(steps=(), empty=several)
    steps = [_level(_LIST, float(str(values[_LIST])))]
    for name in DISCOUNTS:
        steps = _stepped(steps, name, CATALOGUE[name].label, -float(str(values[name])))
    steps.append(_level(_RECEIVABLE, float(str(values[_RECEIVABLE]))))
    for row in found.rows[1:]:
        if row.parent is not None or row.total is None:
            continue
        amount = major(row.total, found.currency) or 0.0
        if row.role == "total":
            steps.append(_level(row.key, amount, row))
        elif row.role == "line":
            steps = _stepped(steps, row.metric, row.label, amount, row)
        if row.key == "contribution_profit":
            break
    return WaterfallData(steps=tuple(steps), currency=found.currency, warnings=found.warnings)


def _level(name: str, amount: float, row: Row | None = None) -> Step:
    metric = name if row is None else row.metric
    return Step(
        label=CATALOGUE[name].label,
        role="level",
        value=amount,
        start=0.0,
        end=amount,
        href=metric_href(metric) if metric else None,
        help=CATALOGUE[name].definition,
    )


def _stepped(steps: list[Step], metric: str | None, label: Text, amount: float, row: Row | None = None) -> list[Step]:
    """Return the steps with one more; what is zero is no step."""
    if not amount:
        return steps
    start = float(steps[-1].end or 0)
    held = CATALOGUE[metric] if metric else None
    step = Step(
        label=label,
        role="adds" if amount > 0 else "takes",
        value=round(amount, 2),
        start=start,
        end=round(start + amount, 2),
        evidence="estimated" if held is not None and held.evidence is Evidence.ESTIMATED else "counted",
        href=metric_href(metric) if metric else None,
        help=held.definition if held is not None else (row.help if row else None),
    )
    return [*steps, step]


def paid_and_borne(desk: Desk, view: View) -> WaterfallData:
    """Return what the receivable is made of: what buyers paid, and what platform, creator and others bear."""
    answer = desk.ask(view.question(_RECEIVABLE, *PAID_PARTS))
    row = answer.rows[0] if answer.rows else {}
    total = row.get(_RECEIVABLE)
    if not total:
        return WaterfallData(steps=(), empty=NO_ORDERS)
    parts = {name: float(str(row.get(name) or 0)) for name in PAID_PARTS}
    paid = round(float(str(total)) - sum(parts.values()), 2)
    label = Text("买家实付", "Paid by buyers")
    steps = [Step(label=label, role="level", value=paid, start=0.0, end=paid, href=metric_href("gmv_paid"))]
    for name, amount in parts.items():
        steps = _stepped(steps, name, CATALOGUE[name].label, amount)
    steps.append(_level(_RECEIVABLE, float(str(total))))
    return WaterfallData(steps=tuple(steps), currency=answer.currency)


def _kinds(found: Statement) -> tuple[tuple[Text, tuple[int | None, ...], str | None], ...]:
    """Return each kind of cost by month, in minor units, positive; the last is what is left."""
    kinds: list[tuple[Text, tuple[int | None, ...], str | None]] = []
    others = [0] * len(found.columns)
    is_cost = False
    for row in found.rows:
        if row.parent is not None or row.role == "memo":
            continue
        if row.key == "contribution_profit":
            kinds.append((_OTHERS, tuple(others), None))
            kinds.append((_LEFT, row.values, row.metric))
            break
        if is_cost and row.key in COST_KINDS:
            kinds.append((row.label, tuple(None if value is None else -value for value in row.values), row.metric))
        elif is_cost:
            others = [total - (value or 0) for total, value in zip(others, row.values, strict=True)]
        is_cost = is_cost or row.key == "net_receivable"
    net = found.row("net_receivable")
    least = (abs(net.total or 0) if net else 0) * _LEAST_SHARE
    return tuple(kind for kind in kinds if any(kind[1]) and abs(_summed(kind[1]) or 0) >= least)


def cost_shares(desk: Desk, view: View) -> StatementData:
    """Return what each kind of cost takes of each yuan of net revenue, month by month; the rest is left."""
    found = statement(desk, view)
    net = found.row("net_receivable")
    if not found.columns or net is None:
        return StatementData(columns=(), lines=(), empty=NO_ORDERS)
    lines = [
        StatementLine(
            key=f"kind_{place}",
            label=label,
            role="total" if label is _LEFT else "line",
            unit="ratio",
            values=tuple(map(_of, values, net.values)),
            total=_of(_summed(values), net.total),
            href=metric_href(metric) if metric else None,
        )
        for place, (label, values, metric) in enumerate(_kinds(found))
    ]
    columns = tuple(StatementColumn(key=each.month.isoformat(), label=month_text(each.month)) for each in found.columns)
    return StatementData(columns=columns, lines=tuple(lines), warnings=found.warnings)


def _of(value: int | None, base: int | None) -> float | None:
    return None if value is None or not base else value / base


def _summed(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def cost_course(desk: Desk, view: View) -> ChartData:
    """Return the kinds of cost by month, in money."""
    found = statement(desk, view)
    if not found.columns:
        return ChartData(unit="money", x=(), x_kind="category", series=(), empty=NO_ORDERS)
    series = tuple(
        Series(name=label, values=tuple(major(value, found.currency) for value in values))
        for label, values, _ in _kinds(found)
    )
    return ChartData(
        unit="money",
        currency=found.currency,
        x=tuple(each.month.isoformat()[:7] for each in found.columns),
        x_kind="date",
        series=series,
        is_stacked=True,
    )
