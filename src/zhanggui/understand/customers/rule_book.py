"""The rules of the lifecycle that a shop has entered, and those that a question brings along."""

from __future__ import annotations

from dataclasses import replace

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.lifecycle import Rules
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs

LIFECYCLE_RULES = "lifecycle_rules"
LONGEST_DAYS = 3_650


def kept_rules(desk: Desk) -> Rules:
    """Return the rules that the shop goes by: 90 days, and 7 after registration, unless it entered others."""
    stored = desk.shop.state.get_setting(LIFECYCLE_RULES)
    if not isinstance(stored, dict):
        return Rules()
    windows = stored.get("windows") or {}
    return Rules(
        churn_days=int(stored["churn_days"]),
        new_days=int(stored["new_days"]),
        windows=tuple(sorted((str(name), int(days)) for name, days in windows.items())),
    )


def keep_rules(desk: Desk, rules: Rules) -> None:
    """Let the shop go by these rules from now on."""
    held = {"churn_days": rules.churn_days, "new_days": rules.new_days, "windows": dict(rules.windows)}
    with desk.shop.state.transaction():
        desk.shop.state.set_setting(LIFECYCLE_RULES, held)
    desk.changed()


def rules_in(desk: Desk, pairs: Pairs) -> Rules:
    """Return the shop's rules with what ``churn_days``, ``new_days`` and ``window=CATEGORY=DAYS`` say instead.

    Raises
    ------
    BadFilterError
        A number of days is none from 1 to 3,650.
    """
    rules = kept_rules(desk)
    windows = dict(rules.windows)
    for key, value in pairs:
        if key == "churn_days":
            rules = replace(rules, churn_days=_days(key, value))
        elif key == "new_days":
            rules = replace(rules, new_days=_days(key, value))
        elif key == "window":
            category, _, days = value.rpartition("=")
            if not category:
                raise BadFilterError(f"window={value}", why="is not of the form category=days")
            windows[category] = _days(f"window={category}", days)
    return replace(rules, windows=tuple(sorted(windows.items())))


def _days(key: str, value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= LONGEST_DAYS:
        raise BadFilterError(f"{key}={value}", why=f"is no number of days from 1 to {LONGEST_DAYS}")
    return int(value)
