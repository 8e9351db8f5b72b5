"""Repurchase as an answer for programs and as tiles: rates, curve, cohorts, intervals, who is due."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from zhanggui.calendar import last_of_month
from zhanggui.i18n import Text
from zhanggui.pagespec import AllClear, ChartData, ColumnSpec, KpiItem, KpisData, Series, TableData
from zhanggui.understand import wording
from zhanggui.understand.customers.coverage import PlatformShare, coverage_answer, coverage_said
from zhanggui.understand.customers.people import customer_name, people_of, person_href
from zhanggui.understand.customers.refusals import said_instead
from zhanggui.understand.customers.repurchase import (
    BINS,
    DAYS,
    FEWEST_OWN_GAPS,
    Intervals,
    Repurchase,
    due_to_reorder,
    intervals_by,
    repurchase,
)
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View


class RateRow(BaseModel):
    """The rate at one horizon, of the buyers followed that long."""

    days: int
    matured_buyers: int
    repeat_buyers: int
    rate: float | None


class CohortRow(BaseModel):
    """The buyers of one first month; null until all of them have been followed long enough."""

    month: str
    buyers: int
    repeat_buyers: int | None
    rate: float | None
    is_mature: bool


class MonthRow(BaseModel):
    """One calendar month: buyers, and those who paid on two of its days."""

    month: str
    buyers: int | None
    repeat_buyers: int | None
    rate: float | None


class IntervalRow(BaseModel):
    """Days between purchases: a quarter are no longer than `p25`, half than `median`, and so on."""

    item: str | None
    name: str | None
    intervals: int
    p25: int
    median: int
    p75: int
    p90: int


class Bin(BaseModel):
    """Intervals of `first_day` to `last_day` days; null: without end."""

    first_day: int
    last_day: int | None
    intervals: int


class DueRow(BaseModel):
    """Somebody who is about to need a product again."""

    customer: str
    product_id: str
    name: str | None
    last_day: date
    due_day: date
    interval_days: int
    own_intervals: int
    product_intervals: int


class RepurchaseAnswer(BaseModel):
    """Who buys again, how soon, and who is due."""

    as_of: date
    days: int
    rate: float | None
    matured_buyers: int
    repeat_buyers: int
    curve: tuple[RateRow, ...]
    cohorts: tuple[CohortRow, ...]
    monthly: tuple[MonthRow, ...]
    monthly_change: float | None
    intervals: IntervalRow
    histogram: tuple[Bin, ...]
    by_category: tuple[IntervalRow, ...]
    by_product: tuple[IntervalRow, ...]
    due: tuple[DueRow, ...]
    identifiable: tuple[PlatformShare, ...]
    warnings: tuple[Text, ...]


def repurchase_answer(desk: Desk, view: View, days: int = DAYS) -> RepurchaseAnswer:
    """Return repurchase as ``zhanggui customers repurchase --json`` prints it."""
    found = repurchase(desk, view, days)
    monthly = months_of(desk, view, found)
    return RepurchaseAnswer(
        as_of=found.people.as_of,
        days=days,
        rate=found.headline.rate,
        matured_buyers=found.headline.n_matured,
        repeat_buyers=found.headline.n_again,
        curve=tuple(
            RateRow(days=each.days, matured_buyers=each.n_matured, repeat_buyers=each.n_again, rate=each.rate)
            for each in found.curve
        ),
        cohorts=cohort_rows(found),
        monthly=monthly,
        monthly_change=change_of(monthly, found),
        intervals=_interval_row(found.intervals),
        histogram=bins_of(found),
        by_category=tuple(map(_interval_row, intervals_by(desk, view, "category"))),
        by_product=tuple(map(_interval_row, intervals_by(desk, view, "product_id"))),
        due=tuple(
            DueRow(
                customer=each.buyer_key, product_id=each.product_id, name=each.title, last_day=each.last_day,
                due_day=each.due_day, interval_days=each.interval_days, own_intervals=each.n_own,
                product_intervals=each.n_product,
            )
            for each in due_to_reorder(desk, view)
        ),
        identifiable=coverage_answer(desk, view),
        warnings=(*coverage_said(desk, view), *found.people.warnings, *found.people.history_said),
    )  # fmt: skip


def _interval_row(each: Intervals) -> IntervalRow:
    return IntervalRow(
        item=each.item, name=each.name, intervals=each.n, p25=each.quarter, median=each.median,
        p75=each.three_quarters, p90=each.nine_tenths,
    )  # fmt: skip


def cohort_rows(found: Repurchase) -> tuple[CohortRow, ...]:
    """Return the cohorts by first month."""
    return tuple(
        CohortRow(
            month=each.month.isoformat()[:7],
            buyers=each.n_buyers,
            repeat_buyers=each.n_again,
            rate=None if each.n_again is None else each.n_again / each.n_buyers,
            is_mature=each.n_again is not None,
        )
        for each in found.cohorts
    )


def bins_of(found: Repurchase) -> tuple[Bin, ...]:
    """Return the distribution of the intervals."""
    first = (1, *(last + 1 for last in BINS))
    lasts = (*BINS, None)
    return tuple(
        Bin(first_day=a, last_day=b, intervals=n) for a, b, n in zip(first, lasts, found.histogram, strict=True)
    )


def months_of(desk: Desk, view: View, found: Repurchase) -> tuple[MonthRow, ...]:
    """Return the repurchase rate of each calendar month, as the metric of that name defines it."""
    whole = view.within(found.people.first, found.people.as_of)
    answer = desk.ask(whole.question("repurchase_rate", "buyers", "repeat_buyers", grain="month"))
    rows = []
    for row in answer.rows:
        n_buyers, n_repeat = number(row, "buyers"), number(row, "repeat_buyers")
        rows.append(
            MonthRow(
                month=str(row["date"])[:7],
                buyers=None if n_buyers is None else int(n_buyers),
                repeat_buyers=None if n_repeat is None else int(n_repeat),
                rate=number(row, "repurchase_rate"),
            )
        )
    return tuple(rows)


def change_of(months: tuple[MonthRow, ...], found: Repurchase) -> float | None:
    """Return by what share the monthly rate of the last whole month exceeds that of the first whole one.

    Examples
    --------
    A rate that goes from 15% to 22% rose by 46.7%.

    >>> round(0.22 / 0.15 - 1, 3)
    0.467
    """
    first, last = found.people.first, found.people.as_of
    whole = [
        month.rate
        for month in months
        if month.rate is not None
        and date.fromisoformat(f"{month.month}-01") >= first
        and last_of_month(date.fromisoformat(f"{month.month}-01")) <= last
    ]
    return whole[-1] / whole[0] - 1 if len(whole) > 1 and whole[0] else None


def _figures(desk: Desk, view: View) -> KpisData:
    found = repurchase(desk, view)
    months = months_of(desk, view, found)
    whole = [month.rate for month in months]
    headline = found.headline
    figures = (
        ("repurchase_30", Text(f"{found.days} 天复购率", f"Bought again in {found.days} days"), "ratio", headline.rate,
         Text(f"{headline.n_again:,} ÷ 已满 {found.days} 天的买家 {headline.n_matured:,}",
              f"{headline.n_again:,} ÷ {headline.n_matured:,} buyers followed for {found.days} days")),
        ("monthly_repurchase", Text("最近月复购率", "Repurchase, last month"), "ratio", whole[-1] if whole else None,
         Text("当月在两个付款日买过 ÷ 当月买家", "paid on two days of the month ÷ buyers of the month")),
        ("interval_median", Text("复购间隔中位数", "Days between, median"), "days", found.intervals.median,
         Text(f"共 {found.intervals.n:,} 次间隔", f"of {found.intervals.n:,} intervals")),
        ("interval_p90", Text("九成间隔不超过", "Nine tenths within"), "days", found.intervals.nine_tenths, None),
    )  # fmt: skip
    return KpisData(
        items=tuple(
            KpiItem.model_validate({"metric": name, "label": label, "unit": unit, "value": value, "numerator": base})
            for name, label, unit, value, base in figures
        ),
        warnings=(*coverage_said(desk, view), *found.people.warnings, *found.people.history_said),
    )


def _curve(desk: Desk, view: View) -> ChartData:
    found = repurchase(desk, view)
    return ChartData(
        unit="ratio",
        x=tuple(Text(f"{each.days} 天", f"{each.days} d") for each in found.curve),
        x_kind="category",
        series=(Series(name=Text("复购率", "Bought again"), values=tuple(each.rate for each in found.curve)),),
        partial=Text(
            "每个点只算首购已满这么多天的买家，天数越长，人越少。",
            "Each point counts only buyers followed that long, so longer horizons stand on fewer.",
        ),
    )


def _cohort_table(desk: Desk, view: View) -> TableData:
    found = repurchase(desk, view)
    columns = (
        ColumnSpec(key="month", label=Text("首购月", "First month")),
        ColumnSpec(key="buyers", label=Text("首购买家", "Buyers"), unit="count"),
        ColumnSpec(key="repeat", label=Text("复购买家", "Bought again"), unit="count"),
        ColumnSpec(key="rate", label=Text(f"{found.days} 天复购率", f"In {found.days} days"), unit="ratio"),
        ColumnSpec(key="state", label=Text("是否满期", "Mature")),
    )
    said = {True: Text("已满期", "yes"), False: Text("未满期", "not yet")}
    rows = tuple(
        {
            "month": row.month,
            "buyers": row.buyers,
            "repeat": row.repeat_buyers,
            "rate": row.rate,
            "state": said[row.is_mature],
        }
        for row in reversed(cohort_rows(found))
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows))


def _histogram(desk: Desk, view: View) -> ChartData:
    found = bins_of(repurchase(desk, view))
    labels = tuple(
        Text(f"{each.first_day} 天以上", f"{each.first_day}+ d")
        if each.last_day is None
        else Text(f"{each.first_day}–{each.last_day} 天", f"{each.first_day}–{each.last_day} d")
        for each in found
    )
    series = Series(name=Text("间隔次数", "Intervals"), values=tuple(each.intervals for each in found))
    return ChartData(unit="count", x=labels, x_kind="category", series=(series,))


def _intervals(desk: Desk, view: View) -> TableData:
    found = (*intervals_by(desk, view, "category")[:15], *intervals_by(desk, view, "product_id")[:15])
    columns = (
        ColumnSpec(key="name", label=Text("类目 / 商品", "Category, product")),
        ColumnSpec(key="n", label=Text("间隔次数", "Intervals"), unit="count"),
        ColumnSpec(key="p25", label=Text("四分之一", "A quarter"), unit="days"),
        ColumnSpec(key="median", label=Text("中位数", "Median"), unit="days"),
        ColumnSpec(key="p75", label=Text("四分之三", "Three quarters"), unit="days"),
        ColumnSpec(key="p90", label=Text("九成", "Nine tenths"), unit="days"),
    )
    rows = tuple(
        {
            "name": each.name or each.item,
            "n": each.n,
            "p25": each.quarter,
            "median": each.median,
            "p75": each.three_quarters,
            "p90": each.nine_tenths,
        }
        for each in found
    )
    empty = Text(
        "还没有一个商品或类目被同一买家重复购买 10 次以上，或订单没有商品明细。",
        "No product or category has ten repeat purchases by the same buyers yet, or orders have no lines.",
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else empty)


def _due(desk: Desk, view: View) -> TableData:
    found = due_to_reorder(desk, view)
    people = people_of(desk, view)
    columns = (
        ColumnSpec(key="customer", label=Text("客户", "Customer")),
        ColumnSpec(key="product", label=Text("商品", "Product")),
        ColumnSpec(key="last", label=Text("上次购买", "Last bought"), unit="date"),
        ColumnSpec(key="due", label=Text("预计补货日", "Due"), unit="date", evidence="estimated"),
        ColumnSpec(key="why", label=Text("依据", "Because of")),
    )
    rows = tuple(
        {
            "customer": customer_name(each.buyer_key),
            "_href": person_href(each.buyer_key),
            "product": each.title or each.product_id,
            "last": each.last_day.isoformat(),
            "due": each.due_day.isoformat(),
            "why": _reason(each.n_own, each.n_product, each.interval_days),
        }
        for each in found
    )
    empty = AllClear(
        f"按各商品的常见间隔，{people.as_of} 前后没有人到期。",
        f"By the usual intervals, nobody is due around {people.as_of}.",
    )
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else empty)


def _reason(n_own: int, n_product: int, days: int) -> Text:
    if n_own >= FEWEST_OWN_GAPS:
        return Text(f"本人 {n_own} 次间隔的中位数 {days} 天", f"median of {n_own} own intervals: {days} days")
    n = wording.count(n_product)
    return Text(f"该商品 {n.zh} 次间隔的中位数 {days} 天", f"median of {n.en} intervals of the product: {days} days")


repurchase_figures = said_instead(_figures, no_figures)
repurchase_curve = said_instead(_curve, no_chart)
repurchase_cohorts = said_instead(_cohort_table, no_table)
repurchase_histogram = said_instead(_histogram, no_chart)
repurchase_intervals = said_instead(_intervals, no_table)
repurchase_due = said_instead(_due, no_table)
