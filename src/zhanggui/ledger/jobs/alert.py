"""What an alert is: its record, the steps of its life, and the errors around it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from zhanggui.errors import ZhangguiError

AlertState = Literal["open", "acknowledged", "snoozed", "resolved"]
Standing = Literal["on", "over", "gone"]
Outcome = Literal["fixed", "expected", "false_alarm", "no_action"]

STATES: tuple[AlertState, ...] = ("open", "acknowledged", "snoozed", "resolved")
OUTCOMES: tuple[Outcome, ...] = ("fixed", "expected", "false_alarm", "no_action")
"""What came of an alert: something was done, it was meant to be so, nothing was wrong, or nothing could be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """An event as a rule sees it now, before anybody knows whether it was told before.

    Attributes
    ----------
    rule, place, direction : str
        What saw it, in which part of the shop, on which side of the expected.
    first_day, last_day : date
        The days that it covers.
    reach_days : int
        How many days apart two days of it may lie; what comes later is another event.
    standing : {"on", "over"}
        Whether the last day that is known is one of it.
    severity, owner : str
        How grave it is, and whose it is.
    money : float or None
        Money at stake, in major units.
    told : mapping
        What is said of it, as JSON values.
    """

    rule: str
    place: str
    direction: str
    first_day: date
    last_day: date
    reach_days: int = 2
    standing: Standing = "on"
    severity: str = "warning"
    owner: str = ""
    money: float | None = None
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What no two alerts share.

        Examples
        --------
        >>> Occurrence(rule="r", place="platform=jd", direction="down", first_day=date(2020, 2, 3),
        ...            last_day=date(2020, 2, 4)).key
        'r|platform=jd|down|2020-02-03'
        """
        return "|".join((self.rule, self.place, self.direction, self.first_day.isoformat()))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertStep:
    """One step of an alert's life; times are seconds since 1970."""

    at: float
    what: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert as it is kept; times are seconds since 1970, money is in major units.

    Attributes
    ----------
    standing : {"on", "over", "gone"}
        Whether the data still shows it: on its last day, no more, or not at all since it was corrected.
    cause_id : int or None
        The alert under which this one is told, as both have one cause.
    handed_at : float or None
        When it was handed over for delivery.
    """

    alert_id: int
    rule: str
    place: str
    direction: str
    first_day: date
    last_day: date
    standing: Standing
    state: AlertState
    severity: str
    owner: str
    money: float | None
    cause_id: int | None
    told: Mapping[str, Any]
    raised_at: float
    changed_at: float
    snoozed_until: float | None
    handed_at: float | None
    outcome: Outcome | None


class UnknownAlertError(ZhangguiError):
    """No alert has this number."""

    code = "unknown_alert"

    def __init__(self, alert_id: int) -> None:
        self.alert_id = alert_id
        super().__init__(
            f"There is no alert number {alert_id}.",
            where=f"alert {alert_id}",
            next_step="`zhanggui alerts list --all` lists them, as the Alerts page does",
        )


class AlertResolvedError(ZhangguiError):
    """The alert was resolved before; its story is closed."""

    code = "alert_resolved"

    def __init__(self, alert_id: int) -> None:
        self.alert_id = alert_id
        super().__init__(
            f"Alert {alert_id} is resolved; its record stays as it is.",
            where=f"alert {alert_id}",
            next_step="add a note to it, or wait: should it come again, that is a new alert",
        )


class BadOutcomeError(ZhangguiError):
    """An alert is resolved with an outcome and a note."""

    code = "bad_outcome"

    def __init__(self, what: str, *, where: str) -> None:
        super().__init__(what, where=where, next_step=f"choose one of {', '.join(OUTCOMES)}, and say what was done")


def alert_from_row(row: sqlite3.Row) -> Alert:
    """Return a row of the state file as an alert."""
    # A row of the state file holds whatever its table's checks let in.
    values: dict[str, Any] = {key: row[key] for key in row.keys() if key not in {"told_json", "event_key"}}  # noqa: SIM118 - a row of sqlite3 yields its values
    for key in ("first_day", "last_day"):
        values[key] = date.fromisoformat(values[key])
    return Alert(**values, told=json.loads(row["told_json"]))
