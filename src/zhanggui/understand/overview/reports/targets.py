"""The month to date beside its target."""

from __future__ import annotations

from zhanggui.calendar import Period, last_of_month, truncate
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.pagespec import ColumnSpec, TableData
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.overview.reports.figures import first_row, href_of
from zhanggui.understand.overview.reports.spec import TARGETED
from zhanggui.understand.targets import COMPANY_WIDE, targets_for
from zhanggui.understand.view import View

NET = "net_receivable"
"""What shares are taken of."""

_COLUMNS = (
    ColumnSpec(key="label", label=Text("指标", "Metric")),
    ColumnSpec(key="actual", label=Text("本月累计", "Month to date"), unit="money", align="right"),
    ColumnSpec(key="share", label=Text("占净收入", "Of net revenue"), unit="ratio", align="right"),
    ColumnSpec(key="target", label=Text("至今目标", "Target to date"), unit="money", align="right"),
    ColumnSpec(key="reached", label=Text("达成", "Reached"), unit="ratio", align="right"),
    ColumnSpec(key="whole", label=Text("全月目标", "Target of month"), unit="money", align="right"),
    ColumnSpec(key="left", label=Text("距全月目标", "Still to come"), unit="money", align="right"),
)
_NONE_ENTERED = Text(
    "本月还没有填目标：在“财务 › 预算”填写，或 zhanggui finance budget --enter FILE.toml。",
    "No target is entered for this month: enter one under Finance › Budget, or with `zhanggui finance budget "
    "--enter FILE.toml`.",
)
_OF_SEVERAL = Text(
    "目标是按公司或单店填的；筛选多家店铺时不比较。",
    "Targets are of the company or of one store; several stores together have none.",
)


def to_target(desk: Desk, view: View, last: Period) -> TableData:
    """Return the month to date, up to the last day of `last`, beside the target for as many days and for the month."""
    first = truncate(last.last, "month")
    month = view.within(first, last.last)
    found = desk.ask(month.question(*TARGETED))
    row = first_row(found)
    held = _targets(desk, view, Period(first, last.last))
    whole = _targets(desk, view, Period(first, last_of_month(first)))
    base = number(row, NET)
    rows = []
    for name in TARGETED:
        actual, target, of_month = number(row, name), (held or {}).get(name), (whole or {}).get(name)
        rows.append(
            {
                "label": CATALOGUE[name].label,
                "actual": actual,
                "share": actual / base if base and actual is not None else None,
                "target": None if target is None else round(target, 2),
                "reached": actual / target if target and actual is not None else None,
                "whole": of_month,
                "left": None if of_month is None or actual is None else round(of_month - actual, 2),
                "_href": href_of(name, month),
            }
        )
    text = _OF_SEVERAL if held is None else None if held else _NONE_ENTERED
    return TableData(columns=_COLUMNS, rows=tuple(rows), n_rows=len(rows), currency=found.currency, partial=text)


def _targets(desk: Desk, view: View, period: Period) -> dict[str, float] | None:
    """Return the targets that go with the filters; None where the filters have none of their own."""
    if not view.where:
        return targets_for(desk, period, COMPANY_WIDE)
    if len(view.where) == 1 and view.where[0].dim == "shop" and len(view.where[0].values) == 1:
        return targets_for(desk, period, str(view.where[0].values[0]))
    return None
