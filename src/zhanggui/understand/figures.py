"""Figures of metrics with their change, and their course over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from zhanggui.calendar import Period, truncate
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE, Answer, Metric
from zhanggui.metrics.absence import NEEDS_TABLE
from zhanggui.metrics.model import Ratio, Unit
from zhanggui.metrics.question import Grain
from zhanggui.pagespec import ChartData, KpiItem, KpisData, Number, Series
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, Row, number, side
from zhanggui.understand.doubts import doubts_of
from zhanggui.understand.view import View, metric_href

CORE_FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "日活": "visitors",
        "复购率": "repurchase_rate",
        "流失率": "churn_rate",
        "动销率": "sku_sell_through",
        "库存周转率": "stock_turns",
        "退货率": "return_rate",
        "活动ROI": "claimed_return",
        "渠道转化率": "visit_order_rate",
        "会员活跃率": "member_active_rate",
    }
)
"""The nine core figures (C-MON-02), each with its metric; one that nothing fills yet is watched once something does."""

LONGEST_DAILY, LONGEST_WEEKLY = 93, 730
"""Days beyond which a course is drawn by week, and by month."""


def figures(desk: Desk, view: View, names: tuple[str, ...]) -> KpisData:
    """Return figures of these metrics."""
    asked = with_parts(names, desk.catalogue)
    total = desk.ask(view.question(*asked, compare=True))
    course = desk.ask(view.question(*asked, grain=grain_of(desk, view), compare=True))
    row = total.rows[0] if total.rows else {}
    items = tuple(_item(desk.catalogue[name], row, total, course) for name in names)
    return KpisData(items=items, currency=total.currency, doubts=())


def with_parts(names: tuple[str, ...], catalogue: Mapping[str, Metric] = CATALOGUE) -> tuple[str, ...]:
    """Return these metrics and what their ratios are made of, which a figure shows as its base.

    Examples
    --------
    >>> with_parts(("refund_rate",))
    ('refund_rate', 'refund_amount', 'gmv_paid')
    """
    ratios = [found for name in names if isinstance(found := catalogue[name], Ratio)]
    parts = [part.name for ratio in ratios for part in ratio.parts if part.name in catalogue]
    return tuple(dict.fromkeys((*names, *parts)))


def _item(metric: Metric, row: Row, total: Answer, course: Answer) -> KpiItem:
    value, change = number(row, metric.name), number(side(row, "change"), metric.name)
    kind: Literal["ratio", "pp", "none"] = "none"
    if change is not None:
        kind = "pp" if metric.unit is Unit.RATIO else "ratio"
    return KpiItem(
        metric=metric.name,
        label=metric.label,
        unit=metric.unit.value,
        value=value,
        change=change,
        change_kind=kind,
        good=metric.good,
        spark=tuple(number(step, metric.name) for step in course.rows),
        evidence=metric.evidence.value,
        warning=warning_of(total, metric.name),
        href=metric_href(metric.name),
        numerator=_base(metric, row, total.currency),
        doubts=doubts_of(total, (metric.name,)),
    )


def _base(metric: Metric, row: Row, currency: str | None) -> Text | None:
    """Return numerator and denominator of a ratio in words, so that its base stands within reach."""
    if not isinstance(metric, Ratio):
        return None
    above, below = (_said(part, number(row, part.name), currency) for part in (metric.numerator, metric.denominator))
    return Text(f"{above.zh} ÷ {below.zh}", f"{above.en} ÷ {below.en}") if above and below else None


def _said(metric: Metric, value: float | None, currency: str | None) -> Text | None:
    if value is None:
        return None
    text = wording.money(value, currency) if metric.unit is Unit.MONEY else wording.count(value)
    return Text(f"{metric.label.zh} {text.zh}", f"{metric.label.en} {text.en}")


def course(desk: Desk, view: View, asked: tuple[str, ...], *, shown: Sequence[str]) -> ChartData:
    """Return the course of the metrics `shown`.

    Parameters
    ----------
    desk : Desk
        Where numbers come from.
    view : View
        What is looked at.
    asked : tuple of str
        Metrics to ask together; asking what another tile asks costs nothing.
    shown : sequence of str
        Metrics to draw, the leading one first.
    """
    grain = grain_of(desk, view)
    found = desk.ask(view.question(*asked, grain=grain, compare=True))
    steps = steps_of(desk, view, grain)
    by_day: dict[str, Row] = {str(row["date"]): row for row in found.rows}
    lead = desk.catalogue[shown[0]]
    lacking = needed_by(found, lead.name)
    if lacking is not None:
        return ChartData(unit=lead.unit.value, x=(), x_kind="date", series=(), empty=lacking)
    series = []
    for place, name in enumerate(shown):
        metric = desk.catalogue[name]
        values = _values(by_day, steps, metric)
        series.append(Series(name=metric.label, values=values, role="current" if place == 0 else "other"))
    if view.compare is not None:
        label = Text(f"{lead.label.zh}（对比期）", f"{lead.label.en} (compared)")
        before = {day: side(row, "compare") for day, row in by_day.items()}
        values = _values(before, steps, lead)
        series.insert(1, Series(name=label, values=values, role="compare"))
    return ChartData(
        unit=lead.unit.value,
        currency=found.currency,
        x=tuple(steps),
        x_kind="date",
        series=tuple(series),
        warnings=warnings_of(found, shown),
        doubts=doubts_of(found, shown),
    )


def _values(by_day: Mapping[str, Row], steps: Sequence[str], metric: Metric) -> tuple[Number, ...]:
    # A day without orders sold nothing; a ratio of nothing is not known.
    missing = 0 if metric.is_additive else None
    return tuple(number(by_day[step], metric.name) if step in by_day else missing for step in steps)


def grain_of(desk: Desk, view: View) -> Grain:
    """Return the step at which a course over the period stays readable."""
    if view.grain is not None:
        return view.grain
    period = shown_period(desk, view)
    if period is None or period.n_days <= LONGEST_DAILY:
        return "day"
    return "week" if period.n_days <= LONGEST_WEEKLY else "month"


def shown_period(desk: Desk, view: View) -> Period | None:
    """Return the period looked at: open ends end with the data."""
    span = desk.span()
    if span is None:
        return None
    first, last = view.date_from or span.first, view.date_to or span.last
    return Period(first, last) if first <= last else None


def steps_of(desk: Desk, view: View, grain: Grain) -> list[str]:
    """Return the first day of every step of the period looked at."""
    period = shown_period(desk, view)
    if period is None:
        return []
    steps: dict[date, None] = {}
    day = period.first
    while day <= period.last:
        steps[truncate(day, grain)] = None
        day += timedelta(days=1)
    return [step.isoformat() for step in steps]


def warning_of(found: Answer, metric: str) -> Text | None:
    """Return the first warning about a metric."""
    return next((each.text for each in found.warnings if each.metric == metric), None)


def needed_by(found: Answer, metric: str) -> Text | None:
    """Return which files a metric lacks altogether, or None."""
    return next((each.text for each in found.warnings if (each.metric, each.code) == (metric, NEEDS_TABLE)), None)


def warnings_of(found: Answer, metrics: Sequence[str]) -> tuple[Text, ...]:
    """Return the different warnings about these metrics."""
    texts = [each.text for each in found.warnings if each.metric in metrics]
    return tuple(dict.fromkeys(texts))
