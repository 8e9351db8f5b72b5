"""Work that comes round: every so many seconds, or daily at a time of the store's day.

What happens when a run is missed, a clock is set or summer time begins stands in docs/how_to/send_messages.md.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from zhanggui.calendar import DEFAULT_TIME_ZONE, time_zone
from zhanggui.ledger.jobs.job import Job, JsonObject
from zhanggui.ledger.jobs.queue import JobQueue


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule: either `every_s` seconds, or `daily_at` (``HH:MM``) in the time zone `tz`."""

    name: str
    kind: str
    payload: JsonObject
    every_s: int | None
    daily_at: str | None
    tz: str
    next_run_at: datetime
    last_run_at: datetime | None

    def run_after(self, moment: datetime) -> datetime:
        """Return the first run after `moment`."""
        if self.every_s is not None:
            return moment + timedelta(seconds=self.every_s)
        return next_daily(moment, self.daily_at or "00:00", self.tz)

    def due_by(self, moment: datetime) -> datetime:
        """Return when the run was due that is the last one up to `moment`, of a schedule that is due."""
        if self.every_s is not None:
            n_missed = (moment - self.next_run_at) // timedelta(seconds=self.every_s)
            return self.next_run_at + n_missed * timedelta(seconds=self.every_s)
        return last_daily(moment, self.daily_at or "00:00", self.tz)


class Scheduler:
    """Schedules of one shop; whoever runs the server calls :meth:`run_due` now and then.

    Parameters
    ----------
    queue : JobQueue
        Gets the jobs; its clock is the scheduler's.
    """

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue
        self._state = queue.state

    def every(self, name: str, kind: str, seconds: int, payload: JsonObject | None = None) -> Schedule:
        """Run `kind` every so many seconds, first after that time.

        An old schedule of the name is replaced; if it came at the same times, its next run stays due, so that a program
        may say its schedules at each start.
        """
        if seconds < 1:
            raise ValueError("a schedule needs at least one second")
        first = self._queue.clock() + timedelta(seconds=seconds)
        return self._put(Schedule(name, kind, payload or {}, seconds, None, "UTC", first, None))

    def daily(
        self, name: str, kind: str, at: str, payload: JsonObject | None = None, *, tz: str = DEFAULT_TIME_ZONE
    ) -> Schedule:
        """Run `kind` each day at `at` (``HH:MM``, local time of `tz`); an old one is replaced as by :meth:`every`."""
        first = next_daily(self._queue.clock(), at, tz)
        return self._put(Schedule(name, kind, payload or {}, None, at, tz, first, None))

    def _put(self, schedule: Schedule) -> Schedule:
        self._state.execute(
            "INSERT INTO schedule (name, kind, payload_json, every_s, daily_at, tz, next_run_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, "
            "payload_json = excluded.payload_json, every_s = excluded.every_s, daily_at = excluded.daily_at, "
            "tz = excluded.tz, next_run_at = CASE WHEN every_s IS excluded.every_s AND daily_at IS excluded.daily_at "
            "AND tz IS excluded.tz THEN next_run_at ELSE excluded.next_run_at END",
            (
                schedule.name,
                schedule.kind,
                json.dumps(schedule.payload, ensure_ascii=False),
                schedule.every_s,
                schedule.daily_at,
                schedule.tz,
                schedule.next_run_at.timestamp(),
            ),
        )
        return schedule

    def remove(self, name: str) -> None:
        """Forget a schedule; nothing happens when there is none."""
        self._state.execute("DELETE FROM schedule WHERE name = ?", (name,))

    def list_schedules(self) -> list[Schedule]:
        """Return all schedules by name."""
        return [_schedule(row) for row in self._state.rows("SELECT * FROM schedule ORDER BY name")]

    def run_due(self) -> list[Job]:
        """Enqueue what is due and return it.

        Runs missed while nothing was running come as one, for the last moment that was missed. While a job of the
        schedule is waiting or running, the next one is left out. No moment comes twice, also if a clock is set back.
        """
        now = self._queue.clock()
        jobs = []
        for schedule in self.list_schedules():
            with self._state.transaction():
                if schedule.next_run_at > now:
                    self._bring_nearer(schedule, now)
                elif self._take(schedule, now):
                    due = schedule.due_by(now)
                    asked = self._queue.enqueue(
                        schedule.kind, schedule.payload, schedule=schedule.name, scheduled_for=due
                    )
                    jobs.append(asked)
        return jobs

    def _bring_nearer(self, schedule: Schedule, now: datetime) -> None:
        """Make a run that a clock since set back had put off due at its next moment."""
        first = schedule.run_after(now)
        if first < schedule.next_run_at:
            self._state.execute(
                "UPDATE schedule SET next_run_at = ? WHERE name = ?", (first.timestamp(), schedule.name)
            )

    def _take(self, schedule: Schedule, now: datetime) -> bool:
        """Set a schedule that is due to its next run; tell whether a job is to be made."""
        # The old next_run_at is part of the key: of two servers that see it due only one goes on.
        is_mine = self._state.execute(
            "UPDATE schedule SET next_run_at = ?, last_run_at = ? WHERE name = ? AND next_run_at = ?",
            (
                schedule.run_after(now).timestamp(),
                now.timestamp(),
                schedule.name,
                schedule.next_run_at.timestamp(),
            ),
        )
        in_the_way = self._state.rows(
            "SELECT 1 FROM job WHERE schedule = ? AND (state IN ('queued', 'running') OR scheduled_for = ?)",
            (schedule.name, schedule.due_by(now).timestamp()),
        )
        return bool(is_mine) and not in_the_way


def next_daily(moment: datetime, at: str, tz: str) -> datetime:
    """Return the first moment after `moment` when the clocks of `tz` show `at`.

    Examples
    --------
    >>> next_daily(datetime(2020, 2, 1, 0, 30, tzinfo=UTC), "09:00", "Asia/Shanghai").isoformat()
    '2020-02-01T01:00:00+00:00'
    """
    zone = time_zone(tz)
    wall = time.fromisoformat(at)
    day = moment.astimezone(zone).date()
    candidate = datetime.combine(day, wall, zone).astimezone(UTC)
    if candidate <= moment:
        candidate = datetime.combine(day + timedelta(days=1), wall, zone).astimezone(UTC)
    return candidate


def last_daily(moment: datetime, at: str, tz: str) -> datetime:
    """Return the last moment up to `moment` when the clocks of `tz` showed `at`.

    Examples
    --------
    >>> last_daily(datetime(2020, 2, 1, 0, 30, tzinfo=UTC), "09:00", "Asia/Shanghai").isoformat()
    '2020-01-31T01:00:00+00:00'
    """
    zone = time_zone(tz)
    wall = time.fromisoformat(at)
    day = moment.astimezone(zone).date()
    candidate = datetime.combine(day, wall, zone).astimezone(UTC)
    if candidate > moment:
        candidate = datetime.combine(day - timedelta(days=1), wall, zone).astimezone(UTC)
    return candidate


def _schedule(row: sqlite3.Row) -> Schedule:
    last = row["last_run_at"]
    return Schedule(
        name=row["name"],
        kind=row["kind"],
        payload=json.loads(row["payload_json"]),
        every_s=row["every_s"],
        daily_at=row["daily_at"],
        tz=row["tz"],
        next_run_at=datetime.fromtimestamp(row["next_run_at"], UTC),
        last_run_at=datetime.fromtimestamp(last, UTC) if last is not None else None,
    )
