"""The newest meeting about goods as tiles."""

from __future__ import annotations

from datetime import date

from zhanggui.i18n import Text
from zhanggui.pagespec import AllClear, ColumnSpec, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.matrix_desk import PRODUCT
from zhanggui.understand.products.meetings import meetings, read_back
from zhanggui.understand.refusals import no_table, said_instead
from zhanggui.understand.view import View

_NONE_YET = AllClear("还没有选品会：先冻结一份名单。", "No meeting yet: freeze a list first.")


def _results(desk: Desk, view: View) -> TableData:
    held = meetings(desk)
    if not held:
        return no_table(_NONE_YET)
    span = desk.span()
    found = read_back(desk, held[0].meeting_id, span.last if span else date.max)
    columns = (
        PRODUCT, ColumnSpec(key="decision", label=Text("决定", "Decision")),
        ColumnSpec(key="owner", label=Text("负责人", "Owner")),
        ColumnSpec(key="units_before", label=Text("日销（当时）", "Units a day, then"), unit="count"),
        ColumnSpec(key="units_since", label=Text("日销（之后）", "Units a day, since"), unit="count"),
        ColumnSpec(key="profit_before", label=Text("日利润（当时）", "Profit a day, then"), unit="money"),
        ColumnSpec(key="profit_since", label=Text("日利润（之后）", "Profit a day, since"), unit="money"),
    )  # fmt: skip
    rows = tuple(
        {"name": each.title, "decision": each.decision, "owner": each.owner, "units_before": each.units_a_day_before,
         "units_since": each.units_a_day_since, "profit_before": each.profit_a_day_before,
         "profit_since": each.profit_a_day_since}
        for each in found.results
    )  # fmt: skip
    return TableData(
        columns=columns, rows=rows, n_rows=len(rows), currency=found.meeting.currency, warnings=found.warnings,
        empty=None if rows else AllClear("还没有写下决定。", "No decision is written down yet."),
    )  # fmt: skip


meeting_results = said_instead(_results, no_table, "order_line")
