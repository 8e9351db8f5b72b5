"""Running jobs: a thread for the server, and inline for the command line."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.job import Job, JobCancelledError, JobFailedError, JobLostError, JsonObject, Progress
from zhanggui.ledger.jobs.queue import JobQueue, Lease, error_json
from zhanggui.ledger.jobs.schedule import Scheduler

LEASE_SECONDS = 60.0

Handler = Callable[[Lease], JsonObject]
"""Does the work of one kind of job: takes its lease, returns its result as JSON values."""

_log = logging.getLogger(__name__)


class Worker:
    """A thread that runs the jobs and schedules of a shop, one at a time.

    Parameters
    ----------
    queue : JobQueue
        Where the jobs are.
    handlers : mapping of str to callable
        The handler of each kind of job.
    name : str, default "worker"
        Name in the job list; the process id is added.
    poll_seconds : float, default 1.0
        How often it looks for jobs of other processes and for schedules. Jobs of this process start at once.
    lease_seconds : float, default 60.0
        How long after a crash a job is taken for lost.
    """

    def __init__(
        self,
        queue: JobQueue,
        handlers: Mapping[str, Handler],
        *,
        name: str = "worker",
        poll_seconds: float = 1.0,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self._queue = queue
        self._scheduler = Scheduler(queue)
        self._handlers = dict(handlers)
        self._name = f"{name}-{os.getpid()}"
        self._poll_seconds = poll_seconds
        self._lease_seconds = lease_seconds
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._stop_listening: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Start the thread."""
        self._stop_listening = self._queue.listen(self._on_change)
        self._thread.start()

    def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Let the running job stop at its next check, and end the thread.

        The job is recorded as cancelled. One that does not check in time is left to its lease.
        """
        self._stopping.set()
        self._wake.set()
        self._stop_listening()
        if self._thread.is_alive():
            self._cancel_mine()
            self._thread.join(timeout_seconds)

    def run_waiting(self) -> int:
        """Run what is waiting, in this thread; return the number of jobs run."""
        n_run = 0
        while not self._stopping.is_set():
            lease = self._queue.lease(self._name, self._lease_seconds, kinds=self._handlers.keys())
            if lease is None:
                return n_run
            run_leased(lease, self._handlers[lease.job.kind])
            n_run += 1
        return n_run

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self._scheduler.run_due()
                self.run_waiting()
            except Exception:  # noqa: BLE001 - the server's only worker must outlive a full disk or a locked file
                _log.exception("the worker could not look for jobs")
            self._wake.wait(self._poll_seconds)

    def _on_change(self, job: Job) -> None:
        if job.state == "queued":
            self._wake.set()

    def _cancel_mine(self) -> None:
        for job in self._queue.list_jobs():
            if job.state == "running" and job.worker == self._name:
                self._queue.request_cancel(job.job_id)


def run_leased(lease: Lease, handler: Handler) -> Job | None:
    """Run a leased job to its end and record how it ended; None when the lease was lost on the way."""
    try:
        _run_to_end(lease, handler)
    except JobLostError:
        _log.warning("job %s was lost: its lease had ended", lease.job_id)
        return None
    except ZhangguiError as error:
        _log.info("job %s ended: %s", lease.job_id, error.what)
    except Exception:  # noqa: BLE001 - recorded in the job; the worker goes on
        _log.exception("job %s failed", lease.job_id)
    return lease.current()


def run_inline(
    queue: JobQueue,
    kind: str,
    handler: Handler,
    *,
    payload: JsonObject | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> JsonObject:
    """Run a job in this thread, as the command line does, and return its result.

    Parameters
    ----------
    queue : JobQueue
        Where the job is recorded.
    kind : str
        Kind of the job.
    handler : callable
        Does the work.
    payload : dict, optional
        What the handler needs, as JSON values.
    on_progress : callable, optional
        Called at each report of progress, for a progress bar.

    Raises
    ------
    BaseException
        Whatever the handler raised, after it was recorded; Ctrl-C is recorded as cancelled.
    """
    lease = queue.start(kind, payload, f"inline-{os.getpid()}", LEASE_SECONDS)
    if on_progress is not None:
        lease.watch(on_progress)
    return _run_to_end(lease, handler)


def _run_to_end(lease: Lease, handler: Handler) -> JsonObject:
    """Run the handler, record how it ended, and pass its result or its error on."""
    try:
        with _kept_alive(lease):
            result = handler(lease)
    except (JobCancelledError, KeyboardInterrupt):
        lease.cancel()
        raise
    except JobLostError:
        raise
    except ZhangguiError as error:
        lease.fail(error_json(error))
        raise
    except Exception as error:
        lease.fail(error_json(JobFailedError(lease.job_id, lease.job.kind, error)))
        raise
    lease.finish(result)
    return result


@contextmanager
def _kept_alive(lease: Lease) -> Iterator[None]:
    """Send heartbeats while the block runs: a long step without progress is not a dead worker."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(lease.seconds / 3):
            # A lost lease shows at the next report of progress; a busy file at the next beat.
            with suppress(Exception):
                lease.heartbeat()

    thread = threading.Thread(target=beat, name=f"heartbeat-{lease.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
