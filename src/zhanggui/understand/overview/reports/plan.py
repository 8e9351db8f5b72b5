"""When reports are told by themselves: which are on, at what time, to whom; and which of them are due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel

from zhanggui.calendar import Period, time_zone
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs import StateStore
from zhanggui.understand.overview.reports.days import days_of, last_ended
from zhanggui.understand.overview.reports.spec import LENGTHS, Length

PLAN, TOLD = "report_plan", "reports_told"
DEFAULT_AT = "09:00"
PUNCTUAL = timedelta(hours=1)
"""A report that is made later than this after its time is marked late."""

_DAY = timedelta(days=1)
_WALL = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class BadPlanError(ZhangguiError):
    """A schedule of reports that cannot be."""

    code = "bad_report_plan"

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        super().__init__(what, where=where, next_step=next_step)


class Plan(BaseModel):
    """Which reports are told by themselves.

    Attributes
    ----------
    since : mapping of str to float
        The lengths that are on, with the moment they were switched on, in seconds since 1970: what fell due before is
        not told.
    at : str
        Local time (``HH:MM``) of the shop's time zone.
    channels : tuple of str
        Names of the channels that are told; all of them when empty.
    """

    since: dict[Length, float] = {}
    at: str = DEFAULT_AT
    channels: tuple[str, ...] = ()

    @property
    def lengths(self) -> tuple[Length, ...]:
        """The lengths that are on."""
        return tuple(length for length in LENGTHS if length in self.since)


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is due.

    Attributes
    ----------
    length : {"day", "week", "month"}
        Its length.
    period : Period
        Its days.
    due_at : datetime
        When it should have been told.
    n_missed : int
        Reports of this length before it that were not told, since the last one that was or since they were switched on.
    is_late : bool
        It is made noticeably after its time.
    """

    length: Length
    period: Period
    due_at: datetime
    n_missed: int
    is_late: bool


def plan_of(state: StateStore) -> Plan:
    """Return the shop's plan; everything is off until somebody switches it on."""
    stored = state.get_setting(PLAN)
    return Plan.model_validate(stored) if isinstance(stored, dict) else Plan()


def set_plan(
    state: StateStore, *, lengths: tuple[Length, ...], at: str, channels: tuple[str, ...], now: datetime
) -> Plan:
    """Keep which reports are told, and return the plan; one that was on already keeps its beginning.

    Raises
    ------
    BadPlanError
        The time is none.
    """
    if not _WALL.fullmatch(at):
        raise BadPlanError(
            f"{at!r} is no time of day.", where="--at", next_step="write hours and minutes, such as 09:00"
        )
    with state.transaction():
        before = plan_of(state).since
        since = {length: before.get(length, now.timestamp()) for length in LENGTHS if length in lengths}
        plan = Plan(since=since, at=at, channels=channels)
        state.set_setting(PLAN, plan.model_dump(mode="json"))
    return plan


def told(state: StateStore) -> dict[str, date]:
    """Return the first day of the last report of each length that was told by itself."""
    stored = state.get_setting(TOLD)
    return {key: date.fromisoformat(value) for key, value in stored.items()} if isinstance(stored, dict) else {}


def mark_told(state: StateStore, due: Due) -> None:
    """Remember that a report was told; belongs into the transaction that tells it."""
    marks = {key: day.isoformat() for key, day in told(state).items()}
    state.set_setting(TOLD, {**marks, due.length: due.period.first.isoformat()})


def due_reports(plan: Plan, done: Mapping[str, date], now: datetime, tz: str) -> list[Due]:
    """Return the reports that are due and not told: of each length the last one, however many were missed.

    Parameters
    ----------
    plan : Plan
        What is on.
    done : mapping of str to date
        First day of the last report told, by length.
    now : datetime
        The moment, aware.
    tz : str
        The shop's time zone.
    """
    found = [_due(plan, length, done.get(length), now, tz) for length in plan.lengths]
    return [each for each in found if each is not None]


def _due(plan: Plan, length: Length, last_told: date | None, now: datetime, tz: str) -> Due | None:
    period = last_ended(length, now.astimezone(time_zone(tz)).date())
    if _due_at(period, plan.at, tz) > now:
        period = days_of(length, period.first - _DAY)
    due_at = _due_at(period, plan.at, tz)
    since = datetime.fromtimestamp(plan.since[length], now.tzinfo)
    if due_at < since or (last_told is not None and last_told >= period.first):
        return None
    n_missed, earlier = 0, days_of(length, period.first - _DAY)
    while _due_at(earlier, plan.at, tz) >= since and (last_told is None or earlier.first > last_told):
        n_missed, earlier = n_missed + 1, days_of(length, earlier.first - _DAY)
    return Due(length, period, due_at, n_missed, now - due_at > PUNCTUAL)


def _due_at(period: Period, at: str, tz: str) -> datetime:
    """Return when the report of a period is due: at its time on the day after it."""
    return datetime.combine(period.last + _DAY, time.fromisoformat(at), time_zone(tz))
