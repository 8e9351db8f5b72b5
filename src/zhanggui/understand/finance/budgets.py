"""预算 Targets per month and account, and what came of them; kept with the shop, not in the ledger."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from zhanggui.calendar import Period, last_of_month
from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.metrics import CATALOGUE
from zhanggui.pagespec import AllClear, BudgetCell, BudgetData, BudgetRow, Finding, FindingsData
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.targets import BUDGETS, COMPANY_WIDE, targets_of
from zhanggui.understand.view import View, metric_href

ACCOUNTS = (
    "receivable",
    "net_receivable",
    "contribution_profit",
    "operating_profit",
    "goods_cost",
    "logistics_cost",
    "platform_fees",
    "marketing_cost",
    "ad_spend",
    "fixed_costs",
)
"""Metrics that can have a target."""

MONTHS_AHEAD = 2
_TOO_MUCH = 1e13
PACE_DAYS = 7
"""Days whose daily mean the rest of the running month is expected to follow."""

Targets = Mapping[str, Mapping[str, float]]
"""Targets by month (``2026-11``) and account, in major units."""


class BudgetError(ZhangguiError):
    """Targets cannot be taken."""

    code = "budget"

    def __init__(self, what: str, *, where: str) -> None:
        super().__init__(
            what,
            where=where,
            next_step=f'write ["2026-11"] and below it an account and its amount; accounts: {", ".join(ACCOUNTS)}',
        )


def enter_targets(desk: Desk, targets: Mapping[str, Mapping[str, object]], *, store: str = COMPANY_WIDE) -> None:
    """Keep these targets beside those entered before; None takes a target away.

    Raises
    ------
    BudgetError
        A month, an account, an amount or the store is not one.
    """
    checked = {_month(name): _checked(amounts, name) for name, amounts in targets.items()}
    if store and store not in {each.name for each in desk.shop.stores.list_stores()}:
        raise BudgetError(f"There is no store {store!r}.", where="store")
    with desk.shop.state.transaction():
        stored = desk.shop.state.get_setting(BUDGETS)
        all_stores: dict[str, object] = dict(stored) if isinstance(stored, dict) else {}
        held = targets_of(desk, store)
        for month, amounts in checked.items():
            merged = {**held.get(month, {}), **amounts}
            held[month] = {name: value for name, value in merged.items() if value is not None}
        all_stores[store] = held
        desk.shop.state.set_setting(BUDGETS, all_stores)
    desk.changed()


def _month(name: str) -> str:
    try:
        return date.fromisoformat(f"{name}-01").isoformat()[:7]
    except ValueError:
        raise BudgetError(f"{name!r} is not a month.", where=f"month {name!r}") from None


def _checked(amounts: Mapping[str, object], month: str) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for name, value in amounts.items():
        if name not in ACCOUNTS:
            raise BudgetError(f"There is no account {name!r}.", where=f"month {month}")
        if value is None:
            found[name] = None
        elif isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _TOO_MUCH:
            found[name] = float(value)
        else:
            raise BudgetError(f"{value!r} is not an amount.", where=f"{name} of {month}")
    return found


def targets_in(path: Path) -> dict[str, dict[str, object]]:
    """Read targets from a TOML file: a table per month, an amount per account.

    Raises
    ------
    BudgetError
        It cannot be read, or holds something else.
    """
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BudgetError(f"The file cannot be read: {error}.", where=str(path)) from None
    for month, amounts in held.items():
        if not isinstance(amounts, dict):
            raise BudgetError(f"{month!r} is no table of a month.", where=str(path))
    return held


def budget(desk: Desk, view: View) -> BudgetData:
    """Return targets and results of every month, and where the running month will end at the pace of its last days."""
    span = desk.span()
    if span is None:
        return BudgetData(months=(), rows=(), empty=Text("还没有数据。", "There is no data yet."))
    store, can_enter = _store_of(view)
    kept = View(where=view.where)
    months = _months(span)
    current = span.last.isoformat()[:7] if span.last < last_of_month(span.last) else None
    monthly = desk.ask(kept.question(*ACCOUNTS, grain="month"))
    actuals = {str(row["date"])[:7]: row for row in monthly.rows}
    pace = _pace(desk, kept, span) if current else {}
    targets = targets_of(desk, store or COMPANY_WIDE) if can_enter else {}
    rows = tuple(
        BudgetRow(
            account=name,
            label=CATALOGUE[name].label,
            good=CATALOGUE[name].good,
            cells=tuple(
                _cell(
                    name,
                    month,
                    targets.get(month, {}).get(name),
                    number(actuals.get(month, {}), name),
                    pace if month == current else None,
                )
                for month in months
            ),
        )
        for name in ACCOUNTS
    )
    return BudgetData(
        months=months,
        rows=rows,
        current=current,
        store=store,
        can_enter=can_enter,
        currency=monthly.currency,
        text=_about(store, can_enter=can_enter),
    )


def _about(store: str | None, *, can_enter: bool) -> Text:
    if not can_enter:
        return Text(
            "目标按公司或单个店铺填写；请清除筛选，或只选一个店铺。",
            "Targets are of the company or of one store: clear the filters, or choose a single store.",
        )
    whose = Text(f"店铺“{store}”", f"store {store}") if store else Text("全公司", "the whole company")
    return Text(
        f"{whose.zh}的目标。“预计月末”= 已发生 + 最近 {PACE_DAYS} 天日均 × 剩余天数，大促后会偏高。",
        f"Targets of {whose.en}. Expected at month end = what came so far + the mean of the last {PACE_DAYS} days for "
        "each day left; too high after a promotion.",
    )


def _store_of(view: View) -> tuple[str | None, bool]:
    """Return the one store looked at, and whether what is looked at can have targets."""
    if not view.where:
        return None, True
    only = view.where[0]
    is_one = len(view.where) == 1 and only.dim == "shop" and len(only.values) == 1
    return (str(only.values[0]), True) if is_one else (None, False)


def _months(span: Period) -> tuple[str, ...]:
    months, month = [], span.first.replace(day=1)
    end = span.last
    for _ in range(MONTHS_AHEAD):
        end = last_of_month(end) + timedelta(days=1)
    while month <= end:
        months.append(month.isoformat()[:7])
        month = last_of_month(month) + timedelta(days=1)
    return tuple(months)


def _pace(desk: Desk, view: View, span: Period) -> dict[str, float]:
    """Return what the days left of the running month will bring at the mean of its last days."""
    first = max(span.last - timedelta(days=PACE_DAYS - 1), span.first)
    n_days = (span.last - first).days + 1
    n_left = (last_of_month(span.last) - span.last).days
    found = desk.ask(view.within(first, span.last).question(*ACCOUNTS)).rows
    return {name: (number(found[0], name) or 0.0) / n_days * n_left for name in ACCOUNTS} if found else {}


def _cell(
    name: str, month: str, target: float | None, actual: float | None, pace: Mapping[str, float] | None
) -> BudgetCell:
    forecast = None if pace is None or actual is None else round(actual + pace.get(name, 0.0), 2)
    outcome = actual if pace is None else forecast
    gap = None if target is None or outcome is None else round(outcome - target, 2)
    state = "none"
    if gap is not None:
        is_met = gap >= 0 if CATALOGUE[name].good == "up" else gap <= 0
        state = "ahead" if is_met else "behind"
    return BudgetCell.model_validate(
        {"month": month, "target": target, "actual": actual, "forecast": forecast, "gap": gap, "state": state}
    )


def budget_alarms(desk: Desk, view: View) -> FindingsData:
    """Return the accounts that miss their targets in the running month, or missed them in the last one."""
    found = budget(desk, view)
    month = found.current or max((m for row in found.rows for m in _reported(row)), default=None)
    items = []
    for row in found.rows:
        cell = next((cell for cell in row.cells if cell.month == month), None)
        if cell is None or cell.state != "behind" or cell.gap is None or cell.target is None:
            continue
        items.append(_alarm(row, cell, found, is_running=month == found.current))
    items.sort(key=lambda item: -abs(float(item.money or 0)))
    none = AllClear(
        "没有偏离目标的科目；没填目标的不比较。", "No account is off its target; those without one are not compared."
    )
    return FindingsData(items=tuple(items), empty=None if items else none)


def _reported(row: BudgetRow) -> list[str]:
    return [cell.month for cell in row.cells if cell.actual is not None and cell.target is not None]


def _alarm(row: BudgetRow, cell: BudgetCell, found: BudgetData, *, is_running: bool) -> Finding:
    outcome = cell.forecast if is_running else cell.actual
    said = wording.money(float(outcome or 0), found.currency)
    target = wording.money(float(cell.target or 0), found.currency)
    verb = Text("预计", "expected") if is_running else Text("实际", "came to")
    last = last_of_month(date.fromisoformat(f"{cell.month}-01"))
    return Finding(
        title=row.label,
        text=Text(
            f"{cell.month} {verb.zh} {said.zh}，目标 {target.zh}。",
            f"{cell.month}: {verb.en} {said.en}, target {target.en}.",
        ),
        money=cell.gap,
        currency=found.currency,
        evidence="estimated" if is_running else "counted",
        href=f"{metric_href(row.account)}?from={cell.month}-01&to={last.isoformat()}",
    )
