"""Schedules."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from zhanggui.ledger.jobs import JobQueue, Scheduler
from zhanggui.ledger.jobs.schedule import next_daily

if TYPE_CHECKING:
    from tests.ledger.jobs.conftest import HandClock


def run_one(queue: JobQueue) -> None:
    lease = queue.lease("a", 60)
    assert lease is not None
    lease.finish()


def test_a_repeating_job_comes_each_time_its_seconds_are_over(queue: JobQueue, clock: HandClock) -> None:
    scheduler = Scheduler(queue)
    scheduler.every("sweep", "check", 60, {"deep": True})

    assert scheduler.run_due() == []
    clock.advance(60)
    assert [(job.kind, job.payload, job.schedule) for job in scheduler.run_due()] == [
        ("check", {"deep": True}, "sweep")
    ]
    assert scheduler.run_due() == []


def test_runs_missed_while_nothing_ran_come_as_one(queue: JobQueue, clock: HandClock) -> None:
    scheduler = Scheduler(queue)
    scheduler.every("sweep", "check", 60)
    clock.advance(24 * 3600)

    assert len(scheduler.run_due()) == 1
    assert scheduler.run_due() == []


def test_a_run_is_left_out_while_the_last_one_is_not_over(queue: JobQueue, clock: HandClock) -> None:
    scheduler = Scheduler(queue)
    scheduler.every("sweep", "check", 60)
    clock.advance(60)
    scheduler.run_due()
    clock.advance(60)
    assert scheduler.run_due() == []

    run_one(queue)
    clock.advance(60)
    assert len(scheduler.run_due()) == 1


def test_a_daily_job_comes_once_a_day_at_the_stores_time(queue: JobQueue, clock: HandClock) -> None:
    scheduler = Scheduler(queue)
    # The clock stands at 08:00 in Shanghai.
    scheduler.daily("report", "report", "09:00", tz="Asia/Shanghai")

    hours_with_a_run = []
    for hour in range(1, 49):
        clock.advance(3600)
        if scheduler.run_due():
            hours_with_a_run.append(hour)
            run_one(queue)
    assert hours_with_a_run == [1, 25]


@pytest.mark.parametrize(
    ("moment", "at", "tz", "expected"),
    [
        ("2020-02-01T01:00", "09:00", "Asia/Shanghai", "2020-02-02T01:00"),  # exactly now: the next one is tomorrow
        ("2020-02-28T23:00", "00:30", "UTC", "2020-02-29T00:30"),
        ("2021-03-28T00:00", "01:30", "Europe/London", "2021-03-28T01:30"),  # the hour that the clocks skip
        ("2021-10-31T00:00", "01:30", "Europe/London", "2021-10-31T00:30"),  # the hour that comes twice: its first
    ],
)
def test_the_next_daily_run_follows_the_local_clock(moment: str, at: str, tz: str, expected: str) -> None:
    start = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert next_daily(start, at, tz) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_schedule_of_the_same_name_replaces_the_old_one(queue: JobQueue) -> None:
    scheduler = Scheduler(queue)
    scheduler.every("report", "report", 60)
    scheduler.daily("report", "report", "09:00")

    [found] = scheduler.list_schedules()
    assert (found.every_s, found.daily_at, found.tz) == (None, "09:00", "Asia/Shanghai")
    scheduler.remove("report")
    assert scheduler.list_schedules() == []
