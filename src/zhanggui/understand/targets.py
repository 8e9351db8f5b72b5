"""目标 The targets that a shop has entered per month, and what they come to for any days."""

from __future__ import annotations

from datetime import timedelta

from zhanggui.calendar import Period, last_of_month
from zhanggui.understand.desk import Desk

BUDGETS = "budgets"
COMPANY_WIDE = ""


def targets_of(desk: Desk, store: str = COMPANY_WIDE) -> dict[str, dict[str, float]]:
    """Return the targets of a store by month (``2026-11``) and metric, of the whole company by default."""
    stored = desk.shop.state.get_setting(BUDGETS)
    held = stored.get(store) if isinstance(stored, dict) else None
    if not isinstance(held, dict):
        return {}
    return {month: {name: float(value) for name, value in of_month.items()} for month, of_month in held.items()}


def targets_for(desk: Desk, period: Period, store: str = COMPANY_WIDE) -> dict[str, float]:
    """Return the targets of a period by metric: of each month the share of its days, where all its months have one."""
    months, parts = targets_of(desk, store), tuple(_parts(period))
    names = {name for month, _ in parts for name in months.get(month, {})}
    return {
        name: sum(months[month][name] * share for month, share in parts)
        for name in names
        if all(name in months.get(month, {}) for month, _ in parts)
    }


def _parts(period: Period) -> list[tuple[str, float]]:
    """Return the months that a period touches, each with the share of its days."""
    found, day = [], period.first
    while day <= period.last:
        end = last_of_month(day)
        last = min(end, period.last)
        found.append((day.isoformat()[:7], ((last - day).days + 1) / end.day))
        day = last + timedelta(days=1)
    return found
