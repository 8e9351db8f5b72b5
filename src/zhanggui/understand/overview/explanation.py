"""Why the metric of the page moved: in words, by driver, by segment."""

from __future__ import annotations

from dataclasses import replace

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics.comparison import compared_period
from zhanggui.metrics.explaining import Asked, Explanation, asked_from_pairs, explain
from zhanggui.metrics.explaining.asked import CannotExplainError
from zhanggui.metrics.explaining.segments import Segment
from zhanggui.pagespec import AllClear, ChartData, SentenceData, Series
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import value_name
from zhanggui.understand.overview.sentence import told_period
from zhanggui.understand.view import Pairs, View, metric_href

MOST_BARS = 8
"""Drivers that a chart shows."""

_NOTHING = Text(
    "没有可比较的两期：数据不足，或该指标在其中一期没有数值。",
    "There are no two periods to compare: too little data, or no value in one of them.",
)
_WHOLE = AllClear(
    "变化遍及整体，没有哪个部分单独承担。", "The change runs through the whole: no part of it carries it alone."
)


def explained(desk: Desk, pairs: Pairs) -> Explanation:
    """Return why a metric moved, as terminal and API ask it: ``metric=…&from=…&to=…&against=FROM..TO``.

    Raises
    ------
    QuestionError
        It cannot be understood, or there is nothing to explain.
    """
    asked = asked_from_pairs(pairs, desk.catalogue)
    desk.refuse_unknown_stores(asked.where)
    return desk.kept(("explain", asked), lambda: explain(desk.ledger, asked))


def explanation(desk: Desk, view: View) -> Explanation | None:
    """Return why the page's metric moved against the compared period, or None where two values are missing.

    Without a period on the page it is the last whole month with data, and without a comparison the period before.
    """
    period = told_period(desk, view)
    if period is None:
        return None
    metric = desk.metric(view.name)
    before = compared_period(period, view.compare or "previous", None)
    for each in (period, before):
        desk.stands_on(view.within(each.first, each.last), *{leaf.table for leaf in metric.leaves()})
    asked = Asked(metric, period, before, view.where).checked()

    def made() -> Explanation | None:
        try:
            return explain(desk.ledger, asked)
        except CannotExplainError:
            return None

    return desk.kept(("explanation", asked), made)


def why_sentence(desk: Desk, view: View) -> SentenceData:
    """Return the explanation in words, the periods first."""
    found = explanation(desk, view)
    if found is None:
        return SentenceData(text=_NOTHING)
    after, before = _said(found.asked.after), _said(found.asked.before)
    told = found.sentences
    return SentenceData(
        text=Text(
            f"{after.zh}比{before.zh}：{'。'.join(each.zh for each in told)}。",
            f"{after.en} against {before.en}. {'. '.join(each.en for each in told)}.",
        )
    )


def why_drivers(desk: Desk, view: View) -> ChartData:
    """Return what each driver did to the metric."""
    found = explanation(desk, view)
    unit = desk.metric(view.name).unit.value
    drivers = [each for each in found.drivers if each.amount][:MOST_BARS] if found else []
    if found is None or not drivers:
        return ChartData(unit=unit, x=(), x_kind="category", series=(), empty=_NOTHING)
    shown = found.in_major_units([each.amount for each in drivers])
    return ChartData(
        unit=unit,
        currency=found.currency,
        x=tuple(each.metric.label for each in drivers),
        x_kind="category",
        series=(Series(name=Text("对变化的影响", "effect on the change"), values=shown),),
    )


def why_segments(desk: Desk, view: View) -> ChartData:
    """Return what the segments that carry the change add to it; a bar opens the metric of its segment."""
    found = explanation(desk, view)
    unit = desk.metric(view.name).unit.value
    segments = [each for each in found.segments.segments if each.where] if found else []
    if found is None or not segments:
        empty = _NOTHING if found is None else _WHOLE
        return ChartData(unit=unit, x=(), x_kind="category", series=(), empty=empty)
    shown = found.in_major_units([each.amount for each in segments])
    return ChartData(
        unit=unit,
        currency=found.currency,
        x=tuple(map(_named, segments)),
        x_kind="category",
        series=(Series(name=Text("变化", "change"), values=shown),),
        href=tuple(_href(found, each) for each in segments),
    )


def _named(segment: Segment) -> Text:
    names = [
        Text.same(segment.labels[dim]) if dim in segment.labels and dim != "shop" else value_name(dim, {dim: value})
        for dim, value in segment.where.items()
    ]
    return Text(" · ".join(each.zh for each in names), " · ".join(each.en for each in names))


def _href(found: Explanation, segment: Segment) -> str:
    narrowed = replace(found.asked, where=(*found.asked.where, *segment.filters))
    filters = {each.dim: tuple("" if value is None else str(value) for value in each.values) for each in narrowed.where}
    return metric_href(found.asked.metric.name, **filters)


def _said(period: Period) -> Text:
    return wording.period(period.first, period.last)
