"""What a reader must know of the data before believing a change: failing sources first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics.caveats import Caveat
from zhanggui.metrics.explaining.asked import Asked
from zhanggui.metrics.explaining.figures import Side
from zhanggui.metrics.model import Metric

YOUNG_DAYS = 15
"""Refunds of orders younger than that are mostly still to come (T+15)."""

_LENGTHS = Text(
    "两期天数不同（{before} 天与 {after} 天），按合计比较",
    "The periods differ in length ({before} and {after} days); their totals are compared",
)
_OVERLAP = Text("两期有 {n} 天重叠", "The periods share {n} days")
_BEYOND = Text(
    "{first}至{last}里有 {n} 天没有数据：账本的数据是 {known_first} 至 {known_last}",
    "{n} days of {first} to {last} have no data: the ledger holds {known_first} to {known_last}",
)
_YOUNG = Text(
    "{last} 之前 {days} 天内付款的订单，退款还没有走完，退款类数字偏低",
    "Orders paid within {days} days before {last} are young: refunds are still to come, so their figures are too low",
)
_NOT_EXACT = Text(
    "人数与库存等不能跨段相加：各段的数额是各自的变化，不合计为总变化",
    "People, and goods in stock, do not add up over segments: amounts are each segment's own change, not parts of one",
)


def doubts_of(asked: Asked, before: Side, after: Side, known: Period | None, *, is_exact: bool) -> tuple[Caveat, ...]:
    """Return the warnings of an explanation, failing sources first."""
    metrics = (asked.metric.name, *(part.name for part in asked.metric.parts))
    found: list[Caveat] = []
    for side in (after, before):
        for name, marks in side.answer.marks.items():
            found += [mark.caveat(asked.metric.name) for mark in marks if name in metrics]
    found += _of_periods(asked, known)
    for side in (after, before):
        found += [warning for warning in side.answer.warnings if warning.metric in metrics]
    if not is_exact:
        found.append(_said("segments_not_additive", asked.metric, _NOT_EXACT))
    return tuple({(each.code, each.en): each for each in found}.values())


def _of_periods(asked: Asked, known: Period | None) -> Iterator[Caveat]:
    metric, before, after = asked.metric, asked.before, asked.after
    if before.n_days != after.n_days:
        yield _said("unequal_lengths", metric, _LENGTHS, before=before.n_days, after=after.n_days)
    shared = (min(before.last, after.last) - max(before.first, after.first)).days + 1
    if shared > 0:
        yield _said("periods_overlap", metric, _OVERLAP, n=shared)
    if known is None:
        return
    for period in (before, after):
        held = (min(period.last, known.last) - max(period.first, known.first)).days + 1
        if held < period.n_days:
            yield _said(
                "days_without_data", metric, _BEYOND, n=period.n_days - max(held, 0), first=period.first,
                last=period.last, known_first=known.first, known_last=known.last,
            )  # fmt: skip
    if _tells_refunds(metric) and max(before.last, after.last) > known.last - timedelta(days=YOUNG_DAYS):
        yield _said("young_orders", metric, _YOUNG, last=known.last, days=YOUNG_DAYS)


def _tells_refunds(metric: Metric) -> bool:
    return any(leaf.table in {"refund", "line_profit"} or "refunded" in leaf.name for leaf in metric.leaves())


def _said(code: str, metric: Metric, text: Text, **words: object) -> Caveat:
    filled = text.format(**words)
    return Caveat(code, metric.name, filled.zh, filled.en)
