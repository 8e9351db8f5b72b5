"""The profit statement as tiles: one sentence, the figures, the statement with its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.model import Evidence, Unit
from zhanggui.money import major
from zhanggui.pagespec import Evidence as EvidenceWord
from zhanggui.pagespec import (
    KpisData,
    SentenceData,
    StatementColumn,
    StatementData,
    StatementLine,
)
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.figures import figures, shown_period
from zhanggui.understand.finance.profit_statement import Column, Row, Statement, profit_statement
from zhanggui.understand.view import View, metric_href

HEADLINE = (
    "net_receivable",
    "contribution_profit",
    "contribution_margin",
    "gross_margin",
    "ad_cost_rate",
    "cost_unknown_share",
)
"""Figures of the page: no revenue without what it left (M-FIN-08)."""

NET = "net_receivable"
NO_ORDERS = Text(
    "还没有已付款的订单。导入订单报表后，这里按月列出利润。",
    "There is no paid order yet. Load an order report to see profit by month.",
)
NO_COSTS = Text(
    "还不知道商品成本，因此没有利润数：导入模板“商品成本”（zhanggui load --template sku_costs）。"
    "平台费用来自账单，广告费来自推广报表。",
    "Unit costs are not known, so there is no profit: load the template sku_costs (`zhanggui load --template "
    "sku_costs`). "
    "Platform fees come from bills, advertising from the platforms' reports.",
)


def statement(desk: Desk, view: View, by: str | None = None) -> Statement:
    """Return the statement of a view; what it asks is asked once."""
    return profit_statement(desk, replace(view, compare=None, grain=None, page=1, name=""), by=by)


def profit_sentence(desk: Desk, view: View) -> SentenceData:
    """Return in one sentence what was earned, of what, and what is not known yet."""
    found = statement(desk, view)
    period = shown_period(desk, view)
    net, profit = found.row(NET), found.row("contribution_profit")
    if period is None or net is None or not found.columns:
        return SentenceData(text=NO_ORDERS)
    when = wording.period(period.first, period.last)
    income = wording.money(major(net.total, found.currency) or 0.0, found.currency)
    if profit is None or profit.total is None:
        return SentenceData(
            text=Text(
                f"{when.zh}净收入 {income.zh}。{NO_COSTS.zh}", f"{when.en}: net revenue {income.en}. {NO_COSTS.en}"
            )
        )
    return SentenceData(text=_told(found, when, income, profit.total))


def _told(found: Statement, when: Text, income: Text, profit_minor: int) -> Text:
    profit = wording.money(major(profit_minor, found.currency) or 0.0, found.currency)
    margin = found.ratios["contribution_margin"][1]
    unknown, unsettled = (found.ratios[name][1] or 0.0 for name in ("cost_unknown_share", "unsettled_share"))
    zh, en = (
        f"{when.zh}净收入 {income.zh}，贡献利润 {profit.zh}",
        f"{when.en}: net revenue {income.en}, contribution {profit.en}",
    )
    if margin is not None:
        said = wording.percent(margin)
        zh, en = f"{zh}（{said.zh}）", f"{en} ({said.en})"
    if unknown >= _LEAST_SHARE:
        said = wording.percent(unknown)
        zh, en = (
            f"{zh}；缺成本的占应收 {said.zh}，不在利润里",
            f"{en}; cost is unknown for {said.en} of the receivable, which is in no profit",
        )
    expected = found.row("expected_fees")
    if unsettled >= _LEAST_SHARE and expected is not None and expected.total:
        said, fees = (
            wording.percent(unsettled),
            wording.money(major(expected.total, found.currency) or 0.0, found.currency),
        )
        zh = f"{zh}；{said.zh} 的应收还没结算，预计再扣费用 {fees.zh}"
        en = f"{en}; {said.en} of the receivable is not settled, with {fees.en} of fees to be expected"
    return Text(f"{zh}。", f"{en}.")


_LEAST_SHARE = 0.001
"""Shares below it are not worth a clause."""


def profit_figures(desk: Desk, view: View) -> KpisData:
    """Return the figures of the page, with change and course."""
    return figures(desk, view, HEADLINE)


def statement_tile(desk: Desk, view: View) -> StatementData:
    """Return the statement, each line split by the chosen dimension."""
    found = statement(desk, view, view.by)
    if not found.columns:
        return StatementData(columns=(), lines=(), empty=NO_ORDERS)
    base = found.row(NET)
    lines: list[StatementLine] = []
    for row in found.rows:
        lines.append(_line(row, found, base))
        lines += _parts_of(row, found, base)
    lines += _ratio_lines(found)
    unknown = found.ratios["cost_unknown_share"][1]
    return StatementData(
        columns=tuple(_column(column) for column in found.columns),
        lines=tuple(lines),
        share_of=Text("占净收入", "Of net revenue"),
        currency=found.currency,
        warnings=found.warnings,
        partial=NO_COSTS if unknown == 1 else None,
    )


def month_text(month: date) -> Text:
    """Return a month as the head of a column.

    Examples
    --------
    >>> month_text(date(2026, 10, 1)).zh, month_text(date(2026, 10, 1)).en
    ('2026年10月', 'Oct 2026')
    """
    return Text(f"{month.year}年{month.month}月", f"{wording.MONTHS[month.month - 1][:3]} {month.year}")


def _column(column: Column) -> StatementColumn:
    note = None
    if column.is_partial:
        first, last = column.first, column.last
        note = Text(f"{first.month}-{first.day} 至 {last.month}-{last.day}", f"{first:%d %b} to {last:%d %b}")
    return StatementColumn(key=column.month.isoformat(), label=month_text(column.month), note=note)


def _share(value: int | None, base: Row | None) -> float | None:
    if value is None or base is None or not base.total:
        return None
    return value / base.total


def _evidence(row: Row) -> EvidenceWord:
    if row.metric is None:
        return "counted"
    held = CATALOGUE[row.metric].evidence
    return "estimated" if held is Evidence.ESTIMATED else "counted"


def _line(row: Row, found: Statement, base: Row | None) -> StatementLine:
    return StatementLine.model_validate(
        {
            "key": row.key,
            "label": row.label,
            "parent": row.parent,
            "role": row.role,
            "values": tuple(major(value, found.currency) for value in row.values),
            "total": major(row.total, found.currency),
            "share": _share(row.total, base),
            "evidence": _evidence(row),
            "help": row.help or (CATALOGUE[row.metric].definition if row.metric else None),
            "href": _href(row, found.view),
            "hrefs": tuple(_href(row, found.view, column) for column in found.columns),
        }
    )


def _href(row: Row, view: View, column: Column | None = None) -> str | None:
    """Return the page of the metric behind a value, narrowed to its month."""
    if row.metric is None:
        return None
    href = metric_href(row.metric, **_narrowing(view))
    if column is None:
        return href
    joint = "&" if "?" in href else "?"
    return f"{href}{joint}from={column.first.isoformat()}&to={column.last.isoformat()}"


def _narrowing(view: View) -> Mapping[str, tuple[str, ...]]:
    return {each.dim: tuple(str(value or "") for value in each.values) for each in view.where}


def _parts_of(row: Row, found: Statement, base: Row | None) -> list[StatementLine]:
    """Return what each platform, store or category has of a line; kinds of cost have parts of their own already."""
    if row.parent is not None:
        return []
    lines = []
    for place, part in enumerate(found.parts):
        own = next((each for each in part.rows if each.key == row.key), None)
        if own is None or not any(own.values):
            continue
        made = _line(own, replace(found, view=part.view), base)
        lines.append(
            made.model_copy(
                update={
                    "key": f"{row.key}/{place}",
                    "parent": row.key,
                    "label": part.name,
                    "role": "line",
                    "help": None,
                }
            )
        )
    return lines


def _ratio_lines(found: Statement) -> Sequence[StatementLine]:
    return [
        StatementLine(
            key=name,
            label=CATALOGUE[name].label,
            role="memo",
            unit=Unit.RATIO.value,
            values=values,
            total=total,
            help=CATALOGUE[name].definition,
            href=metric_href(name, **_narrowing(found.view)),
        )
        for name, (values, total) in found.ratios.items()
    ]


def has_costs(desk: Desk, view: View) -> bool:
    """Return whether any cost of goods is known in the view."""
    found = desk.ask(view.question("cost_unknown_share"))
    share = number(found.rows[0], "cost_unknown_share") if found.rows else None
    return share is not None and share < 1
