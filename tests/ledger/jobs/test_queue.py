"""The job queue: one worker per job, whatever happens."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhanggui.i18n import Text
from zhanggui.ledger.jobs import (
    Job,
    JobCancelledError,
    JobLostError,
    JobQueue,
    Lease,
    StateStore,
    UnknownJobError,
)

if TYPE_CHECKING:
    from tests.ledger.jobs.conftest import HandClock


def leased(queue: JobQueue, worker: str = "a", seconds: float = 60) -> Lease:
    lease = queue.lease(worker, seconds)
    assert lease is not None
    return lease


def test_jobs_are_leased_oldest_first_with_their_payload(queue: JobQueue) -> None:
    first, second = queue.enqueue("load", {"file": "订单.csv"}), queue.enqueue("check")

    assert leased(queue).job_id == first.job_id
    assert leased(queue).job_id == second.job_id
    assert queue.lease("a", 60) is None
    assert queue.get(first.job_id).payload == {"file": "订单.csv"}


def test_a_worker_leases_only_kinds_that_it_can_run(queue: JobQueue) -> None:
    queue.enqueue("report")

    assert queue.lease("a", 60, kinds={"load"}) is None
    assert queue.lease("a", 60, kinds={"load", "report"}) is not None


def test_a_finished_job_keeps_its_result(queue: JobQueue) -> None:
    job = queue.enqueue("load")
    leased(queue).finish({"accepted": 3})

    assert (queue.get(job.job_id).state, queue.get(job.job_id).result) == ("done", {"accepted": 3})


def test_a_failed_job_keeps_what_went_wrong(queue: JobQueue) -> None:
    job = queue.enqueue("load")
    leased(queue).fail({"code": "store_ambiguous", "choices": [{"shop_id": 1, "name": "甲"}]})

    found = queue.get(job.job_id).to_json()
    assert found["state"] == "failed"
    assert found["error"] == {"code": "store_ambiguous", "choices": [{"shop_id": 1, "name": "甲"}]}


def test_ten_threads_never_run_one_job_twice(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    StateStore(path).close()
    n_jobs, runs = 40, Counter[int]()
    feeder = JobQueue(StateStore(path))
    for _ in range(n_jobs):
        feeder.enqueue("load")

    # Five connections, as five processes have, each shared by two threads.
    queues = [JobQueue(StateStore(path)) for _ in range(5)]

    def work(number: int) -> None:
        queue = queues[number % 5]
        while (lease := queue.lease(f"w{number}", 60)) is not None:
            runs[lease.job_id] += 1
            lease.finish()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert dict(runs) == dict.fromkeys(range(1, n_jobs + 1), 1)
    assert {job.state for job in feeder.list_jobs(limit=100)} == {"done"}


def test_a_restartable_job_of_a_dead_worker_runs_again(queue: JobQueue, clock: HandClock) -> None:
    job = queue.enqueue("load")
    leased(queue, "dead", seconds=30)

    clock.advance(29)
    assert queue.lease("next", 30) is None
    clock.advance(2)
    again = leased(queue, "next")
    assert (again.job_id, again.job.attempt) == (job.job_id, 2)


def test_another_job_of_a_dead_worker_fails_as_interrupted(queue: JobQueue, clock: HandClock) -> None:
    job = queue.enqueue("send")
    leased(queue, "dead", seconds=30)
    clock.advance(31)

    assert queue.lease("next", 30) is None
    found = queue.get(job.job_id)
    assert found.state == "failed"
    assert found.error is not None
    assert found.error["code"] == "interrupted"


def test_a_job_that_kills_every_worker_is_given_up(queue: JobQueue, clock: HandClock) -> None:
    job = queue.enqueue("load")
    for _ in range(3):
        leased(queue, "dead", seconds=30)
        clock.advance(31)

    assert queue.lease("next", 30) is None
    assert queue.get(job.job_id).state == "failed"


def test_a_new_owner_takes_over_without_waiting_for_leases(queue: JobQueue) -> None:
    job = queue.enqueue("load")
    leased(queue, "dead", seconds=3600)

    assert [found.job_id for found in queue.reclaim(everything=True)] == [job.job_id]
    assert queue.get(job.job_id).state == "queued"


def test_a_worker_that_slept_past_its_lease_can_change_nothing(queue: JobQueue, clock: HandClock) -> None:
    job = queue.enqueue("load")
    sleeper = leased(queue, "worker", seconds=30)
    clock.advance(31)
    # The same worker name leases it anew: only the attempt tells them apart.
    leased(queue, "worker", seconds=30).finish({"by": "second"})

    for late_call in (sleeper.heartbeat, sleeper.finish, lambda: sleeper.progress(1)):
        with pytest.raises(JobLostError):
            late_call()
    assert queue.get(job.job_id).result == {"by": "second"}


def test_heartbeats_and_progress_keep_a_job(queue: JobQueue, clock: HandClock) -> None:
    queue.enqueue("load")
    lease = leased(queue, seconds=30)
    for step in range(1, 4):
        clock.advance(20)
        lease.heartbeat()
        clock.advance(20)
        lease.progress(step)

    assert queue.reclaim() == []


def test_a_waiting_job_is_cancelled_at_once(queue: JobQueue) -> None:
    job = queue.enqueue("load")

    assert queue.request_cancel(job.job_id).state == "cancelled"
    assert queue.lease("a", 60) is None


def test_a_running_job_stops_at_its_next_report(queue: JobQueue, clock: HandClock) -> None:
    job = queue.enqueue("load")
    lease = leased(queue)
    lease.progress(1)
    assert queue.request_cancel(job.job_id).state == "running"

    clock.advance(1)
    with pytest.raises(JobCancelledError):
        lease.progress(2)
    lease.cancel()
    assert queue.get(job.job_id).state == "cancelled"


def test_cancelling_what_is_over_changes_nothing(queue: JobQueue) -> None:
    job = queue.enqueue("load")
    leased(queue).finish()

    found = queue.request_cancel(job.job_id)
    assert (found.state, found.cancel_requested) == ("done", False)


def test_a_cancelled_job_whose_worker_died_is_not_started_again(queue: JobQueue, clock: HandClock) -> None:
    job = queue.enqueue("load")
    leased(queue, seconds=30)
    queue.request_cancel(job.job_id)
    clock.advance(31)

    assert queue.lease("next", 30) is None
    assert queue.get(job.job_id).state == "cancelled"


def test_progress_is_told_at_most_five_times_a_second_and_at_the_end(queue: JobQueue, clock: HandClock) -> None:
    told: list[Job] = []
    queue.enqueue("load")
    lease = leased(queue)
    queue.listen(told.append)
    for done in range(1, 1001):
        clock.advance(0.001)
        lease.progress(done, 1000, unit="rows", label=Text.of("导入", "Importing"))

    # One second of work: the first report, then one each fifth of a second, and the last.
    assert 5 <= len(told) <= 7
    last = told[-1].progress
    assert (last.done, last.total, last.unit, last.label) == (1000, 1000, "rows", Text("导入", "Importing"))
    assert last.rate == pytest.approx(1000)  # 1,000 rows in 1 s


def test_the_last_progress_is_kept_when_the_job_ends(queue: JobQueue) -> None:
    queue.enqueue("load")
    lease = leased(queue)
    lease.progress(1)
    lease.progress(2)  # too soon after the first to be written
    job = lease.finish()

    assert job.progress.done == 2


def test_a_job_is_shown_as_the_api_shows_it(queue: JobQueue, clock: HandClock) -> None:
    queue.enqueue("load", {"path": "/home/li/secret.csv"})
    lease = leased(queue)
    clock.advance(2)
    lease.progress(10, 20, unit="rows", label=Text.of("导入", "Importing"))
    shown = lease.current().to_json()

    assert shown["progress"] == {
        "done": 10,
        "total": 20,
        "unit": "rows",
        "rate": 5.0,
        "label": {"zh": "导入", "en": "Importing"},
    }
    assert {"id", "kind", "state", "result", "error"} <= set(shown)
    assert "secret" not in str(shown)


def test_listeners_hear_each_change_and_a_broken_one_harms_nobody(queue: JobQueue) -> None:
    heard: list[str] = []

    def broken(_: Job) -> None:
        raise RuntimeError("listener")

    queue.listen(broken)
    stop = queue.listen(lambda job: heard.append(job.state))
    queue.enqueue("load")
    leased(queue).finish()
    stop()
    queue.enqueue("load")

    assert heard == ["queued", "running", "done"]


def test_an_unknown_job_is_an_error_with_a_next_step(queue: JobQueue) -> None:
    for ask in (queue.get, queue.request_cancel):
        with pytest.raises(UnknownJobError, match="no job number 99"):
            ask(99)


def test_the_newest_job_is_listed_first(queue: JobQueue) -> None:
    ids = [queue.enqueue("load").job_id for _ in range(3)]

    assert [job.job_id for job in queue.list_jobs(limit=2)] == [ids[2], ids[1]]
