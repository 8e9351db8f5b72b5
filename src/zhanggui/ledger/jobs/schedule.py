"""Work that comes round: every so many seconds, or daily at a time of the store's day."""

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
        """Run `kind` every so many seconds, first after that time. An old schedule of the name is replaced."""
        if seconds < 1:
            raise ValueError("a schedule needs at least one second")
        first = self._queue.clock() + timedelta(seconds=seconds)
        return self._put(Schedule(name, kind, payload or {}, seconds, None, "UTC", first, None))

    def daily(
        self, name: str, kind: str, at: str, payload: JsonObject | None = None, *, tz: str = DEFAULT_TIME_ZONE
    ) -> Schedule:
        """Run `kind` each day at `at` (``HH:MM``, local time of `tz`). An old schedule of the name is replaced."""
        first = next_daily(self._queue.clock(), at, tz)
        return self._put(Schedule(name, kind, payload or {}, None, at, tz, first, None))

    def _put(self, schedule: Schedule) -> Schedule:
        self._state.execute(
            "INSERT INTO schedule (name, kind, payload_json, every_s, daily_at, tz, next_run_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, "
            "payload_json = excluded.payload_json, every_s = excluded.every_s, daily_at = excluded.daily_at, "
            "tz = excluded.tz, next_run_at = excluded.next_run_at",
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

        Runs missed while nothing was running come as one. While a job of the schedule is waiting or running, the next
        one is left out.
        """
        now = self._queue.clock()
        jobs = []
        for schedule in self.list_schedules():
            if schedule.next_run_at > now:
                continue
            with self._state.transaction():
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
                is_busy = self._state.rows(
                    "SELECT 1 FROM job WHERE schedule = ? AND state IN ('queued', 'running')", (schedule.name,)
                )
                if is_mine and not is_busy:
                    jobs.append(self._queue.enqueue(schedule.kind, schedule.payload, schedule=schedule.name))
        return jobs


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
