"""Cohorts as an answer for programs and as tiles: retention as a heat map, value per buyer, payback."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.metrics.problems import BadFilterError
from zhanggui.money import major
from zhanggui.pagespec import ChartData, ColumnSpec, HeatmapData, Series, TableData
from zhanggui.understand import wording
from zhanggui.understand.customers.cohorts import DISCOUNT_BANDS, SPLITS, CohortLine, Cohorts, Split, cohorts
from zhanggui.understand.customers.coverage import PlatformShare, coverage_answer, coverage_said, shares
from zhanggui.understand.customers.refusals import said_instead
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.naming import value_name
from zhanggui.understand.refusals import no_chart, no_matrix, no_table
from zhanggui.understand.view import View

LABELS: dict[Split, Text] = {
    "month": Text("首购月", "First month"),
    "channel": Text("首购渠道", "First channel"),
    "product": Text("首购商品", "First product"),
    "discount": Text("首单折扣", "Discount of the first order"),
}


class CohortAnswerRow(BaseModel):
    """One cohort; lists run over the months after the first, which has number 0."""

    cohort: str | None
    name: Text
    buyers: int
    followed: tuple[int, ...]
    active: tuple[int, ...]
    retention: tuple[float | None, ...]
    net_per_buyer: tuple[float | None, ...]
    profit_per_buyer: tuple[float | None, ...]
    payback_month: int | None


class CohortsAnswer(BaseModel):
    """Cohorts by one of month, channel, product, discount."""

    as_of: date
    by: str
    currency: str
    cohorts: tuple[CohortAnswerRow, ...]
    left_out: int
    cost_known_share: float | None
    acquisition_cost: float | None
    identifiable: tuple[PlatformShare, ...]
    warnings: tuple[Text, ...]


def split_of(view: View) -> Split:
    """Return what cohorts go by; the month unless another was chosen.

    Raises
    ------
    BadFilterError
        It is none of the four.
    """
    if view.by is not None and view.by not in SPLITS:
        raise BadFilterError(f"by={view.by}", why=f"is none of {', '.join(SPLITS)}")
    return next((word for word in SPLITS if word == view.by), "month")


def cohorts_answer(desk: Desk, view: View, cost: float | None = None) -> CohortsAnswer:
    """Return cohorts as ``zhanggui customers cohorts --json`` prints them; `cost` is what winning a buyer cost."""
    found = cohorts(desk, view, split_of(view))
    paid = cost if cost is not None else acquisition_cost(desk, view, found)
    return CohortsAnswer(
        as_of=found.people.as_of,
        by=found.by,
        currency=found.people.currency,
        cohorts=tuple(_row(line, found, paid) for line in found.lines),
        left_out=found.n_left_out,
        cost_known_share=found.known_share,
        acquisition_cost=paid,
        identifiable=coverage_answer(desk, view),
        warnings=warnings_of(desk, view, found, paid),
    )


def _row(line: CohortLine, found: Cohorts, cost: float | None) -> CohortAnswerRow:
    return CohortAnswerRow(
        cohort=line.key,
        name=cohort_name(line, found.by),
        buyers=line.n_buyers,
        followed=line.n_followed,
        active=line.n_active,
        retention=line.retention,
        net_per_buyer=_majors(line.per_buyer(line.net_minor), found),
        profit_per_buyer=_profits(line, found),
        payback_month=_payback(line, found, cost),
    )


def _majors(values: tuple[float | None, ...], found: Cohorts) -> tuple[float | None, ...]:
    return tuple(None if each is None else major(round(each), found.people.currency) for each in values)


def _profits(line: CohortLine, found: Cohorts) -> tuple[float | None, ...]:
    if not found.known_share:
        return tuple(None for _ in line.n_followed)
    return _majors(line.per_buyer(line.profit_minor), found)


def _payback(line: CohortLine, found: Cohorts, cost: float | None) -> int | None:
    if cost is None or not found.known_share:
        return None
    unit = major(1, found.people.currency) or 1.0
    return line.payback_month(cost / unit)


def acquisition_cost(desk: Desk, view: View, found: Cohorts) -> float | None:
    """Return advertising per new buyer, where every order names its buyer; None where spend reaches the unknown too."""
    if any(each.n_identified < each.n_orders for each in shares(desk, view)):
        return None
    whole = view.within(found.people.first, found.people.as_of)
    rows = desk.ask(whole.question("acquisition_cost")).rows
    return number(rows[0], "acquisition_cost") if rows else None


def warnings_of(desk: Desk, view: View, found: Cohorts, cost: float | None) -> tuple[Text, ...]:
    """Return what a reader must know: who is not seen, costs that are not known, what winning a buyer costs."""
    told = [*coverage_said(desk, view), *found.people.warnings, *found.people.history_said]
    if found.known_share is not None and found.known_share < 1:
        share = wording.percent(found.known_share)
        told.append(
            Text(
                f"利润只含成本已知的部分（占应收 {share.zh}），没有利润时请导入商品成本。",
                f"Profit is that of known costs alone ({share.en} of what is due); load unit costs for the rest.",
            )
        )
    if cost is None:
        told.append(
            Text(
                "回本月未知：广告费也花在认不出的买家身上，得不出获客成本；可用 --cac 给出每个新客的成本。",
                "Payback is unknown: advertising also reaches buyers that nobody can tell apart. Give the cost of a "
                "new buyer with --cac.",
            )
        )
    return tuple(told)


def cohort_name(line: CohortLine, by: Split) -> Text:
    """Return what a cohort is called."""
    if line.key is None:
        return wording.NOT_KNOWN
    if by == "product":
        return Text.same(line.name or line.key)
    if by == "channel":
        return value_name("channel", {"channel": line.key})
    if by != "discount":
        return Text.same(line.key)
    place = int(line.key)
    if place == 0:
        return Text("无折扣", "no discount")
    lower = f"{DISCOUNT_BANDS[place - 1]:.0%}"
    if place == len(DISCOUNT_BANDS):
        return Text(f"{lower}以上", f"above {lower}")
    return Text(f"{lower}–{DISCOUNT_BANDS[place]:.0%}", f"{lower} to {DISCOUNT_BANDS[place]:.0%}")


_PAID_BACK = Text(
    "累计人均利润不低于获客成本的那个月。", "The month in which profit per buyer covers the cost of winning one."
)


def _later(n_months: int) -> Text:
    return Text(f"第 {n_months} 月", f"Month {n_months}")


def _retention(desk: Desk, view: View) -> HeatmapData:
    found = cohorts(desk, view, split_of(view))
    lines = [line for line in found.lines if len(line.retention) > 1]
    n_months = max((len(line.retention) for line in lines), default=0)
    # Everybody is there in the first month: that column would only take the colours from the others.
    values = tuple(
        tuple(line.retention[step] if step < len(line.retention) else None for step in range(1, n_months))
        for line in lines
    )
    names = (cohort_name(line, found.by) for line in lines)
    return HeatmapData(
        unit="ratio",
        rows=tuple(
            Text(f"{name.zh}（{line.n_buyers:,}）", f"{name.en} ({line.n_buyers:,})")
            for name, line in zip(names, lines, strict=True)
        ),
        cols=tuple(_later(step) for step in range(1, n_months)),
        values=values,
        max=max((value for row in values for value in row if value is not None), default=None),
        partial=_follow_up_said(found),
        empty=None if values else Text("还没有一个首购后过完一整月的同期群。", "No cohort is a whole month old yet."),
    )


def _follow_up_said(found: Cohorts) -> Text:
    zh, en = "只看已经过完的月份。", "Only months that are over."
    if found.by != "month":
        zh += "每一列只含首购后已满那么多个月的买家，列与列的人不同。"
        en += " Each column holds the buyers followed that long, so columns are of different people."
    if found.n_left_out:
        zh += f"另有 {found.n_left_out:,} 个较小的同期群未列出。"
        en += f" {found.n_left_out:,} smaller cohorts are not listed."
    return Text(zh, en)


def _course(desk: Desk, view: View) -> ChartData:
    """Return retention month by month of all cohorts together."""
    found = cohorts(desk, view, "month")
    n_months = max((len(line.n_followed) for line in found.lines), default=0)
    rates = []
    for step in range(1, n_months):
        lines = [line for line in found.lines if step < len(line.n_followed)]
        n_followed = sum(line.n_followed[step] for line in lines)
        rates.append(sum(line.n_active[step] for line in lines) / n_followed if n_followed else None)
    return ChartData(
        unit="ratio",
        x=tuple(_later(step) for step in range(1, n_months)),
        x_kind="category",
        series=(Series(name=Text("留存率", "Retention"), values=tuple(rates)),),
        empty=None if rates else Text("还没有过完一整月。", "No month is over yet."),
    )


def _values(desk: Desk, view: View) -> TableData:
    found = cohorts(desk, view, split_of(view))
    cost = acquisition_cost(desk, view, found)
    columns = (
        ColumnSpec(key="cohort", label=LABELS[found.by]),
        ColumnSpec(key="buyers", label=Text("首购买家", "Buyers"), unit="count"),
        ColumnSpec(key="months", label=Text("已观察", "Months followed"), unit="count"),
        ColumnSpec(key="net_0", label=Text("首月人均净收入", "Net per buyer, first month"), unit="money"),
        ColumnSpec(key="net", label=Text("累计人均净收入", "Net per buyer to date"), unit="money"),
        ColumnSpec(key="profit_0", label=Text("首月人均利润", "Profit per buyer, first month"), unit="money"),
        ColumnSpec(key="profit", label=Text("累计人均利润", "Profit per buyer to date"), unit="money"),
        ColumnSpec(key="payback", label=Text("回本", "Paid back"), help=_PAID_BACK),
    )
    rows = []
    for line in found.lines:
        net, profit = _majors(line.per_buyer(line.net_minor), found), _profits(line, found)
        month = _payback(line, found, cost)
        rows.append(
            {
                "cohort": cohort_name(line, found.by),
                "buyers": line.n_buyers,
                "months": max(len(line.n_followed) - 1, 0),
                "net_0": net[0] if net else None,
                "net": net[-1] if net else None,
                "profit_0": profit[0] if profit else None,
                "profit": profit[-1] if profit else None,
                "payback": None if month is None else _later(month),
            }
        )
    return TableData(
        columns=columns,
        rows=tuple(rows),
        n_rows=len(rows),
        currency=found.people.currency,
        warnings=warnings_of(desk, view, found, cost),
        partial=_follow_up_said(found),
    )


cohort_retention = said_instead(_retention, no_matrix)
cohort_course = said_instead(_course, no_chart)
cohort_values = said_instead(_values, no_table)
