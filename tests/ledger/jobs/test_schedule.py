"""Schedules."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhanggui.calendar import time_zone
from zhanggui.ledger.jobs import JobQueue, Scheduler, StateStore
from zhanggui.ledger.jobs.schedule import last_daily, next_daily

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


def test_a_program_that_says_its_schedules_at_each_start_misses_no_run(tmp_path: Path, clock: HandClock) -> None:
    for is_first in (True, False):
        state = StateStore(tmp_path / "again.sqlite")
        scheduler = Scheduler(JobQueue(state, clock=clock))
        scheduler.daily("report", "report", "09:00")
        # Down from 08:00 until 14:00: the run of 09:00 is made up for.
        assert [job.scheduled_for for job in scheduler.run_due()] == (
            [] if is_first else [datetime(2020, 2, 1, 1, tzinfo=UTC)]
        )
        state.close()
        clock.advance(6 * 3600)


def test_days_that_were_missed_come_as_one_run_for_the_last_of_them(queue: JobQueue, clock: HandClock) -> None:
    scheduler = Scheduler(queue)
    scheduler.daily("report", "report", "09:00")
    clock.advance(3 * 86400 + 7200)

    assert [job.scheduled_for for job in scheduler.run_due()] == [datetime(2020, 2, 4, 1, tzinfo=UTC)]
    run_one(queue)
    clock.advance(23 * 3600)
    assert [job.scheduled_for for job in scheduler.run_due()] == [datetime(2020, 2, 5, 1, tzinfo=UTC)]


@pytest.mark.parametrize("hours_back", [1, 12, 30, 24 * 400])
def test_a_clock_that_is_set_back_repeats_no_run_and_puts_none_off(
    queue: JobQueue, clock: HandClock, hours_back: int
) -> None:
    scheduler = Scheduler(queue)
    clock.advance(-hours_back * 3600)
    scheduler.daily("report", "report", "09:00")
    runs = []

    def live(hours: int) -> None:
        for _ in range(hours):
            clock.advance(3600)
            runs.extend(scheduler.run_due())
            while (lease := queue.lease("a", 60)) is not None:
                lease.finish()

    live(50)
    clock.advance(-hours_back * 3600)
    live(50)

    moments = [job.scheduled_for for job in runs]
    assert len(moments) == len(set(moments))
    # Wherever the clock stood, two days and two hours hold two or three runs, less those that had been before.
    days = {moment.date() for moment in moments if moment is not None}
    assert all(datetime.combine(clock().date() - timedelta(days=n), time()).date() in days for n in (0, 1))


def test_a_clock_that_was_years_ahead_for_a_while_puts_nothing_off(queue: JobQueue, clock: HandClock) -> None:
    scheduler = Scheduler(queue)
    scheduler.daily("report", "report", "09:00")
    scheduler.every("sweep", "sweep", 60)
    clock.advance(10 * 365 * 86400)
    assert len(scheduler.run_due()) == 2
    for _ in range(2):
        run_one(queue)
    clock.advance(-10 * 365 * 86400)
    assert scheduler.run_due() == []

    clock.advance(60)
    assert [job.kind for job in scheduler.run_due()] == ["sweep"]
    clock.advance(3600)
    assert "report" in [job.kind for job in scheduler.run_due()]


@pytest.mark.parametrize("at", ["00:00", "01:30", "02:30", "09:00", "23:59"])
@pytest.mark.parametrize("tz", ["Europe/London", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"])
def test_every_day_of_a_year_with_summer_time_has_one_run(tz: str, at: str) -> None:
    # Cairo skips its midnight, and Lord Howe half an hour.
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    days = []
    for _ in range(365):
        following = next_daily(moment, at, tz)
        assert last_daily(following, at, tz) == following
        assert last_daily(following + timedelta(hours=20), at, tz) == following
        assert timedelta() < following - moment <= timedelta(hours=26)
        days.append(following.astimezone(time_zone(tz)).date())
        moment = following

    assert days == [days[0] + timedelta(days=n) for n in range(365)]


def test_two_programs_that_see_a_run_due_make_one_job(tmp_path: Path, clock: HandClock) -> None:
    stores = [StateStore(tmp_path / "one.sqlite") for _ in range(2)]
    schedulers = [Scheduler(JobQueue(store, clock=clock)) for store in stores]
    schedulers[0].daily("report", "report", "09:00")
    clock.advance(7200)

    assert sum(len(scheduler.run_due()) for scheduler in schedulers) == 1
    for store in stores:
        store.close()
