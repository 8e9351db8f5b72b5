"""大促 A promotion beside its last time, phase by phase: the days of a phase move from year to year."""

from __future__ import annotations

from datetime import date

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.occasions import Occasion, occasions
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand.desk import Desk, Row, number
from zhanggui.understand.overview.reports.figures import first_row, href_of, share_of_change
from zhanggui.understand.view import View

YEARS_BACK = 3
_ASKED = ("gmv_paid", "orders_paid", "contribution_margin", "refund_rate", "deposit_amount")
_PER_DAY = Text("每天平均：同一阶段的天数每年不同", "Mean of a day: a phase has other days each year")
_COLUMNS = (
    ColumnSpec(key="phase", label=Text("阶段", "Phase")),
    ColumnSpec(key="days", label=Text("日期", "Days")),
    ColumnSpec(key="gmv_paid", label=CATALOGUE["gmv_paid"].label, unit="money", align="right"),
    ColumnSpec(key="per_day", label=Text("日均支付金额", "GMV a day"), unit="money", align="right", help=_PER_DAY),
    ColumnSpec(key="per_day_before", label=Text("上次同阶段日均", "Last time"), unit="money", align="right"),
    ColumnSpec(key="change", label=Text("变化", "Change"), unit="ratio", align="right"),
    ColumnSpec(key="contribution_margin", label=CATALOGUE["contribution_margin"].label, unit="ratio", align="right"),
    ColumnSpec(key="margin_before", label=Text("上次利润率", "Margin last time"), unit="ratio", align="right"),
    ColumnSpec(key="refund_rate", label=CATALOGUE["refund_rate"].label, unit="ratio", align="right"),
    ColumnSpec(key="deposit_amount", label=CATALOGUE["deposit_amount"].label, unit="money", align="right"),
    ColumnSpec(key="compared", label=Text("对比", "Held against")),
)
_NO_EARLIER = Text("没有上次的数据", "no data of the last time")


def promotion(desk: Desk, view: View, period: Period) -> TableData | None:
    """Return the promotion that the last days of `period` lie in, up to them; None where they lie in none.

    Each phase is held against the same phase of the same promotion a year before or, where the ledger does not reach
    back, of the last promotion with such a phase.
    """
    span = desk.span()
    current = _last_in(period)
    if span is None or current is None:
        return None
    phases = [each for each in _phases_of(current) if each.first <= period.last]
    rows = tuple(_row(desk, view, each, period.last, span) for each in phases)
    title = Text(f"{current.zh} {current.first.year}", f"{current.en} {current.first.year}")
    return TableData(
        columns=_COLUMNS,
        rows=rows,
        n_rows=len(rows),
        currency=desk.ask(view.question("gmv_paid")).currency,
        partial=Text(
            f"{title.zh}：按阶段与上次比，不按日历日比。", f"{title.en}: phase against phase, not calendar day."
        ),
    )


def _last_in(period: Period) -> Occasion | None:
    """Return the last phase of a promotion that touches a period; holidays without phases are none."""
    found = [
        each
        for year in {period.first.year, period.last.year}
        for each in occasions(year)
        if each.first <= period.last and each.last >= period.first and len(_phases_of(each)) > 1
    ]
    return max(found, key=lambda each: each.first, default=None)


def _phases_of(one: Occasion) -> list[Occasion]:
    name = one.code.partition(".")[0]
    return [each for each in occasions(one.first.year) if each.code.partition(".")[0] == name]


def _row(desk: Desk, view: View, phase: Occasion, last: date, span: Period) -> dict[str, object]:
    days = Period(phase.first, min(phase.last, last))
    row = _asked(desk, view, days)
    earlier = _earlier(phase, span)
    # Of a phase that is still on, as many first days of the last time.
    before = (
        None if earlier is None else Period(earlier.first, min(earlier.last, earlier.first + (days.last - days.first)))
    )
    then = {} if before is None else _asked(desk, view, before)
    per_day, per_day_before = _a_day(row, days), None if before is None else _a_day(then, before)
    return {
        "phase": Text(phase.phase_zh, phase.phase_en),
        "days": f"{days.first:%m-%d} – {days.last:%m-%d}",
        **{name: row.get(name) for name in _ASKED if name != "orders_paid"},
        "per_day": per_day,
        "per_day_before": per_day_before,
        "change": share_of_change(per_day, per_day_before),
        "margin_before": then.get("contribution_margin"),
        "compared": _NO_EARLIER if earlier is None or before is None else _named(earlier, before),
        "_href": href_of("gmv_paid", view.within(days.first, days.last)),
    }


def _named(earlier: Occasion, before: Period) -> Text:
    days = f"{before.first} – {before.last:%m-%d}"
    return Text(f"{earlier.zh}{earlier.phase_zh} {days}", f"{earlier.en}, {earlier.phase_en} {days}")


def _asked(desk: Desk, view: View, days: Period) -> Row:
    return first_row(desk.ask(view.within(days.first, days.last).question(*_ASKED)))


def _a_day(row: Row, days: Period) -> float | None:
    amount = number(row, "gmv_paid")
    return None if amount is None else round(amount / days.n_days, 2)


def _earlier(phase: Occasion, span: Period) -> Occasion | None:
    """Return the same phase a year before, else of the last promotion that has one, within the ledger's days."""
    kind = phase.code.partition(".")[2]
    known = [
        each
        for year in range(phase.first.year - YEARS_BACK, phase.first.year + 1)
        for each in occasions(year)
        if each.last < phase.first and each.first >= span.first and each.code.partition(".")[2] == kind
    ]
    same = [each for each in known if each.code == phase.code]
    return max(same or known, key=lambda each: each.first, default=None)
