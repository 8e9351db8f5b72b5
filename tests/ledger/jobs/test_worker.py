"""Running jobs in a thread and inline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import NoReturn

import pytest

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs import (
    JobCancelledError,
    JobQueue,
    JsonObject,
    Lease,
    Progress,
    StateStore,
    Worker,
    run_inline,
)


@pytest.fixture
def live_queue(state: StateStore) -> JobQueue:
    return JobQueue(state)


def until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def double(lease: Lease) -> JsonObject:
    number = lease.payload["n"]
    assert isinstance(number, int)
    lease.progress(1, 1)
    return {"doubled": 2 * number}


def refuse(lease: Lease) -> NoReturn:
    raise ZhangguiError("The file is empty.", where="orders.csv", next_step="export it again")


def crash(lease: Lease) -> NoReturn:
    raise RuntimeError("price of 张三: 13800138000")


def run_until_cancelled(lease: Lease) -> NoReturn:
    n_done = 0
    while True:
        n_done += 1
        lease.progress(n_done)
        time.sleep(0.01)


def test_a_worker_runs_a_job_as_soon_as_it_is_there(live_queue: JobQueue) -> None:
    worker = Worker(live_queue, {"double": double}, poll_seconds=60)
    worker.start()
    job = live_queue.enqueue("double", {"n": 21})

    # Well before the next poll: the worker was woken.
    until(lambda: live_queue.get(job.job_id).is_finished)
    worker.stop()
    assert live_queue.get(job.job_id).result == {"doubled": 42}


def test_a_worker_goes_on_after_jobs_that_fail(live_queue: JobQueue) -> None:
    worker = Worker(live_queue, {"refuse": refuse, "crash": crash, "double": double})
    refused, crashed, good = (
        live_queue.enqueue("refuse"),
        live_queue.enqueue("crash"),
        live_queue.enqueue("double", {"n": 1}),
    )

    assert worker.run_waiting() == 3
    assert live_queue.get(good.job_id).state == "done"
    assert live_queue.get(refused.job_id).error == {
        "code": "error",
        "what": "The file is empty.",
        "where": "orders.csv",
        "next": "export it again",
    }
    # An unforeseen error may hold data in its message: only its type is recorded.
    crash_record = live_queue.get(crashed.job_id).error
    assert crash_record is not None
    assert crash_record["code"] == "internal"
    assert "RuntimeError" in str(crash_record)
    assert "13800138000" not in str(crash_record)


def test_a_job_in_the_worker_can_be_cancelled(live_queue: JobQueue) -> None:
    worker = Worker(live_queue, {"long": run_until_cancelled})
    worker.start()
    job = live_queue.enqueue("long")
    until(lambda: live_queue.get(job.job_id).progress.done > 0)
    live_queue.request_cancel(job.job_id)

    until(lambda: live_queue.get(job.job_id).state == "cancelled")
    worker.stop()


def test_stopping_the_worker_stops_its_job(live_queue: JobQueue) -> None:
    worker = Worker(live_queue, {"long": run_until_cancelled})
    worker.start()
    job = live_queue.enqueue("long")
    until(lambda: live_queue.get(job.job_id).state == "running")
    worker.stop()

    assert live_queue.get(job.job_id).state == "cancelled"


def test_a_long_step_without_progress_does_not_lose_the_job(live_queue: JobQueue) -> None:
    release = threading.Event()

    def silent(lease: Lease) -> JsonObject:
        release.wait(10)
        return {}

    worker = Worker(live_queue, {"silent": silent}, lease_seconds=0.3)
    worker.start()
    job = live_queue.enqueue("silent")
    until(lambda: live_queue.get(job.job_id).state == "running")
    time.sleep(0.8)  # more than two leases
    assert live_queue.reclaim() == []
    release.set()
    until(lambda: live_queue.get(job.job_id).state == "done")
    worker.stop()


def test_inline_work_returns_its_result_and_is_recorded(live_queue: JobQueue) -> None:
    seen: list[Progress] = []

    assert run_inline(live_queue, "double", double, payload={"n": 4}, on_progress=seen.append) == {"doubled": 8}
    assert [(progress.done, progress.total) for progress in seen] == [(1, 1)]
    [job] = live_queue.list_jobs()
    assert (job.kind, job.state, job.result) == ("double", "done", {"doubled": 8})


def test_inline_work_is_never_leased_by_a_worker(live_queue: JobQueue) -> None:
    def look(lease: Lease) -> JsonObject:
        return {"is_free": live_queue.lease("other", 60) is not None}

    assert run_inline(live_queue, "look", look) == {"is_free": False}


def test_inline_errors_are_recorded_and_passed_on(live_queue: JobQueue) -> None:
    with pytest.raises(ZhangguiError, match="The file is empty"):
        run_inline(live_queue, "refuse", refuse)
    with pytest.raises(RuntimeError):
        run_inline(live_queue, "crash", crash)
    assert [job.state for job in live_queue.list_jobs()] == ["failed", "failed"]


@pytest.mark.parametrize("reason", [KeyboardInterrupt(), JobCancelledError(1)])
def test_inline_work_broken_off_by_hand_is_recorded_as_cancelled(live_queue: JobQueue, reason: BaseException) -> None:
    def interrupted(lease: Lease) -> NoReturn:
        raise reason

    with pytest.raises(type(reason)):
        run_inline(live_queue, "load", interrupted)
    assert live_queue.list_jobs()[0].state == "cancelled"
