"""RFM as an answer for programs and as tiles: segments, levels, migration, and the customers of one segment."""

from __future__ import annotations

from datetime import date

import ibis
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import (
    ChartData,
    ColumnSpec,
    HeatmapData,
    KpiItem,
    KpisData,
    Series,
    TableData,
)
from zhanggui.understand import wording
from zhanggui.understand.customers.coverage import PlatformShare, coverage_answer, coverage_said
from zhanggui.understand.customers.people import customer_name, people_of, person_href
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.refusals import PAGE_ROWS, said_instead
from zhanggui.understand.customers.rfm import MONEY, Money, Rfm, migration, rfm, scored, snapshot
from zhanggui.understand.customers.segments import BY_CODE, BY_NAME, SEGMENTS
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_chart, no_figures, no_matrix, no_table
from zhanggui.understand.view import View

NOT_YET = Text("还不是客户", "Not yet a customer")


class SegmentRow(BaseModel):
    """One segment: who it is, how many, what they brought, what to do."""

    name: str
    label_zh: str
    label_en: str
    customers: int
    net_revenue: float
    profit: float | None
    share_of_customers: float
    share_of_revenue: float | None
    mean_days_since: float | None
    mean_frequency: float | None
    rule: Text
    action: Text
    catalogue_id: str


class CutPoints(BaseModel):
    """Values above which the next level begins, taken at `as_of`; days count from the last purchase."""

    as_of: date
    days_since: tuple[int, ...]
    frequency: tuple[int, ...]
    money: tuple[float, ...]


class Moved(BaseModel):
    """Customers that were in one segment, or none, and are in another."""

    before: str | None
    after: str
    customers: int


class RfmAnswer(BaseModel):
    """Segments of a day, how they were cut, who moved since an earlier day, and how much of the trade is seen."""

    as_of: date
    money: str
    currency: str
    customers: int
    segments: tuple[SegmentRow, ...]
    cuts: CutPoints
    since: date | None
    migration: tuple[Moved, ...]
    identifiable: tuple[PlatformShare, ...]
    warnings: tuple[Text, ...]


def money_of(view: View) -> Money:
    """Return what M is, by the page's choice: revenue unless profit was chosen."""
    return next((word for word in MONEY if word == view.by), "revenue")


def rfm_answer(desk: Desk, view: View, cuts_of_day: date | None = None) -> RfmAnswer:
    """Return RFM as ``zhanggui customers rfm --json`` prints it."""
    money = money_of(view)
    found = rfm(desk, view, money, cuts_of_day)
    try:
        since, moved = migration(desk, view, money)
    except ThinDataError:
        since, moved = None, {}
    code = found.people.currency
    return RfmAnswer(
        as_of=found.people.as_of,
        money=money,
        currency=code,
        customers=found.n_customers,
        segments=segment_rows(found),
        cuts=CutPoints(
            as_of=found.cuts.as_of,
            days_since=tuple(-cut for cut in found.cuts.nearness),
            frequency=found.cuts.frequency,
            money=tuple(major(cut, code) or 0.0 for cut in found.cuts.money),
        ),
        since=since,
        migration=tuple(
            Moved(before=None if was is None else BY_CODE[was].name, after=BY_CODE[now].name, customers=n)
            for (was, now), n in sorted(moved.items(), key=lambda each: (-each[1], str(each[0])))
        ),
        identifiable=coverage_answer(desk, view),
        warnings=warnings_of(desk, view, found),
    )


def segment_rows(found: Rfm) -> tuple[SegmentRow, ...]:
    """Return all eight segments, empty ones too."""
    code = found.people.currency
    rows = []
    for segment in SEGMENTS:
        each = found.segments.get(segment.code)
        rows.append(
            SegmentRow(
                name=segment.name,
                label_zh=segment.label.zh,
                label_en=segment.label.en,
                customers=each.n_customers if each else 0,
                net_revenue=major(each.net_minor if each else 0, code) or 0.0,
                profit=major(each.profit_minor, code) if each else None,
                share_of_customers=(each.n_customers if each else 0) / found.n_customers,
                # A share of less than nothing says nothing.
                share_of_revenue=(each.net_minor if each else 0) / found.net_minor if found.net_minor > 0 else None,
                mean_days_since=each.mean_days if each else None,
                mean_frequency=each.mean_frequency if each else None,
                rule=segment.rule,
                action=segment.action,
                catalogue_id=segment.catalogue_id,
            )
        )
    return tuple(rows)


def warnings_of(desk: Desk, view: View, found: Rfm) -> tuple[Text, ...]:
    """Return what a reader must know: who is not seen, who is no customer, money that is less than nothing."""
    told = [*coverage_said(desk, view), *found.people.warnings]
    if found.n_given_back:
        n = f"{found.n_given_back:,}"
        told.append(
            Text(f"另有 {n} 位买家不在分层里：订单全部退款，或按利润分层时成本未知。",
                 f"{n} more buyers are in no segment: all orders given back, or by profit their costs are unknown.")
        )  # fmt: skip
    if found.net_minor <= 0:
        told.append(
            Text("这些客户的退款不少于支付，净收入不为正，因此不给占比。",
                 "Refunds are no less than what these customers paid: net revenue is not positive, so no shares.")
        )  # fmt: skip
    return tuple(told)


def segment_href(name: str, money: Money) -> str:
    """Return the page of the customers of a segment, cut by the same money."""
    return f"/customers/segment/{name}" + ("?by=profit" if money == "profit" else "")


def _figures(desk: Desk, view: View) -> KpisData:
    found = rfm(desk, view, money_of(view))
    code = found.people.currency
    high = found.segments.get(BY_NAME["high_value"].code)
    share = high.net_minor / found.net_minor if high and found.net_minor > 0 else None
    figures = (
        ("rfm_customers", Text("可识别的客户", "Identified customers"), "count", found.n_customers, None),
        ("rfm_net_revenue", Text("他们的净收入", "Their net revenue"), "money", major(found.net_minor, code), None),
        ("rfm_high_value", Text("高价值用户", "High value"), "count", high.n_customers if high else 0,
         segment_href("high_value", found.money)),
        ("rfm_high_value_share", Text("高价值用户占净收入", "High value, of net revenue"), "ratio", share, None),
    )  # fmt: skip
    return KpisData(
        items=tuple(
            KpiItem.model_validate({"metric": name, "label": label, "unit": unit, "value": value, "href": href})
            for name, label, unit, value, href in figures
        ),
        currency=code,
        warnings=warnings_of(desk, view, found),
    )


def _bars(desk: Desk, view: View) -> ChartData:
    found = rfm(desk, view, money_of(view))
    counts = [found.segments[each.code].n_customers if each.code in found.segments else 0 for each in SEGMENTS]
    return ChartData(
        unit="count",
        x=tuple(segment.label for segment in SEGMENTS),
        x_kind="category",
        series=(Series(name=Text("客户数", "Customers"), values=tuple(counts)),),
        href=tuple(segment_href(segment.name, found.money) for segment in SEGMENTS),
    )


def _table(desk: Desk, view: View) -> TableData:
    found = rfm(desk, view, money_of(view))
    columns = [
        ColumnSpec(key="segment", label=Text("分层", "Segment")),
        ColumnSpec(key="rule", label=Text("规则", "Rule")),
        ColumnSpec(key="customers", label=Text("客户数", "Customers"), unit="count"),
        ColumnSpec(key="share_of_customers", label=Text("占客户", "Of customers"), unit="ratio"),
        ColumnSpec(key="net_revenue", label=Text("净收入", "Net revenue"), unit="money"),
        ColumnSpec(key="share_of_revenue", label=Text("占净收入", "Of net revenue"), unit="ratio"),
        ColumnSpec(key="mean_days_since", label=Text("平均距上次购买", "Days since, mean"), unit="days"),
        ColumnSpec(key="action", label=Text("建议动作", "What to do")),
    ]
    if found.money == "profit":
        columns.insert(6, ColumnSpec(key="profit", label=Text("贡献利润", "Contribution"), unit="money"))
    rows = tuple(
        {
            **row.model_dump(),
            "segment": Text(row.label_zh, row.label_en),
            "rule": row.rule,
            "action": row.action,
            "_href": segment_href(row.name, found.money),
        }
        for row in segment_rows(found)
    )
    total = {"customers": found.n_customers, "net_revenue": major(found.net_minor, found.people.currency)}
    return TableData(
        columns=tuple(columns), rows=rows, total=total, n_rows=len(rows), currency=found.people.currency,
        partial=_cuts_said(found),
    )  # fmt: skip


def _cuts_said(found: Rfm) -> Text:
    cuts, code = found.cuts, found.people.currency
    days = " / ".join(str(-cut) for cut in reversed(cuts.nearness))
    often = " / ".join(map(str, cuts.frequency))
    money = " / ".join(wording.money(major(cut, code) or 0.0, code).en for cut in cuts.money)
    return Text(
        f"分级线（{cuts.as_of}）：距上次购买 {days} 天，购买日数 {often}，金额 {money}。"
        "超过几条线就是几级加一，相同的值同级。",
        f"Levels at {cuts.as_of}: {days} days since, {often} paid days, {money}. A level is one plus the lines "
        "exceeded; equal values share it.",
    )


def _moves(desk: Desk, view: View) -> HeatmapData:
    since, moved = migration(desk, view, money_of(view))
    before = (None, *(segment.code for segment in SEGMENTS))
    values = tuple(tuple(moved.get((was, each.code), 0) for each in SEGMENTS) for was in before)
    return HeatmapData(
        unit="count",
        rows=(NOT_YET, *(segment.label for segment in SEGMENTS)),
        cols=tuple(segment.label for segment in SEGMENTS),
        values=values,
        max=max(map(max, values)),
        partial=Text(
            f"行是 {since} 的分层，列是现在的分层；分级线取自 {since}，只有自己买或不买才会移动。",
            f"Rows: the segment on {since}; columns: now. Levels are those of {since}, so one moves by buying or not.",
        ),
    )


def segment_customers(desk: Desk, view: View) -> TableData:
    """Return the customers of the segment that the page is about, the most valuable first."""
    segment = BY_NAME.get(view.name)
    if segment is None:
        return no_table(Text("没有这个分层。", "There is no such segment."))
    found = rfm(desk, view, money_of(view))
    people = people_of(desk, view)
    rows = scored(snapshot(desk, people, people.as_of, found.money), found.cuts)
    rows = rows.filter(rows.segment == segment.code)
    n_rows = found.segments[segment.code].n_customers if segment.code in found.segments else 0
    page = rows.order_by([ibis.desc("money"), "buyer_key"]).limit(PAGE_ROWS, offset=(view.page - 1) * PAGE_ROWS)
    code = people.currency
    columns = (
        ColumnSpec(key="customer", label=Text("客户", "Customer")),
        ColumnSpec(key="last_day", label=Text("最近购买", "Last bought"), unit="date"),
        ColumnSpec(key="days", label=Text("距今", "Days since"), unit="days"),
        ColumnSpec(key="frequency", label=Text("购买日数", "Paid days"), unit="count"),
        ColumnSpec(key="net", label=Text("净收入", "Net revenue"), unit="money"),
        ColumnSpec(key="scores", label=Text("R·F·M", "R·F·M")),
    )
    return TableData(
        columns=columns,
        rows=tuple(
            {
                "customer": customer_name(row["buyer_key"]),
                "last_day": row["last_day"].isoformat(),
                "days": -row["nearness"],
                "frequency": row["frequency"],
                "net": major(row["net_minor"], code),
                "scores": f"{row['r']}·{row['f']}·{row['m']}",
                "_href": person_href(row["buyer_key"]),
            }
            for row in desk.ledger.query(page).to_pylist()
        ),
        total={"customer": segment.label, "net": major(found.segments[segment.code].net_minor, code)}
        if n_rows
        else None,
        page=view.page,
        pages=max(-(-n_rows // PAGE_ROWS), 1),
        n_rows=n_rows,
        currency=code,
        partial=Text(
            f"{segment.rule.zh}。建议：{segment.action.zh}。", f"{segment.rule.en}. To do: {segment.action.en}."
        ),
        warnings=coverage_said(desk, view),
        empty=None if n_rows else Text("这个分层现在没有客户。", "Nobody is in this segment now."),
    )


rfm_figures = said_instead(_figures, no_figures)
rfm_bars = said_instead(_bars, no_chart)
rfm_table = said_instead(_table, no_table)
rfm_moves = said_instead(_moves, no_matrix)
rfm_customers = said_instead(segment_customers, no_table)
