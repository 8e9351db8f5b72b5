"""目标 The targets that a shop has entered per month, and what they come to for any days."""

from __future__ import annotations

from datetime import timedelta

from zhanggui.calendar import Period, last_of_month
from zhanggui.metrics import Metric
from zhanggui.understand.desk import Desk

BUDGETS = "budgets"
GOALS = "figure_goals"
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


def goals_of(desk: Desk) -> dict[str, float]:
    """Return what was entered for single figures: of a rate its level, of a sum or count what a day should bring."""
    stored = desk.shop.state.get_setting(GOALS)
    return {str(name): float(value) for name, value in stored.items()} if isinstance(stored, dict) else {}


def enter_goal(desk: Desk, metric: str, goal: float | None) -> None:
    """Keep the goal of a figure; None takes it away.

    Raises
    ------
    UnknownMetricError
        There is no such metric.
    """
    desk.metric(metric)
    with desk.shop.state.transaction():
        others = {name: value for name, value in goals_of(desk).items() if name != metric}
        desk.shop.state.set_setting(GOALS, others if goal is None else {**others, metric: goal})


def goal_over(metric: Metric, goal: float | None, period: Period) -> float | None:
    """Return what the goal of a figure comes to over some days: a rate stays, a sum grows by the day.

    Examples
    --------
    >>> from datetime import date
    >>> from zhanggui.metrics import CATALOGUE
    >>> week = Period(date(2020, 2, 3), date(2020, 2, 9))
    >>> goal_over(CATALOGUE["refund_rate"], 0.05, week), goal_over(CATALOGUE["gmv_paid"], 1000.0, week)
    (0.05, 7000.0)
    """
    return goal if goal is None or not metric.is_additive else goal * period.n_days


def _parts(period: Period) -> list[tuple[str, float]]:
    """Return the months that a period touches, each with the share of its days."""
    found, day = [], period.first
    while day <= period.last:
        end = last_of_month(day)
        last = min(end, period.last)
        found.append((day.isoformat()[:7], ((last - day).days + 1) / end.day))
        day = last + timedelta(days=1)
    return found
