"""The job queue: every import and other long work is a row in ``state.sqlite`` that one worker at a time leases."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.jobs.job import (
    Job,
    JobCancelledError,
    JobInterruptedError,
    JobLostError,
    JsonObject,
    Progress,
    UnknownJobError,
    job_from_row,
)
from zhanggui.ledger.jobs.state import StateStore, Value

Clock = Callable[[], datetime]
Listener = Callable[[Job], None]

PROGRESS_SECONDS = 0.2
"""Progress is written at most this often: five times a second."""

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(UTC)


class JobQueue:
    """Jobs of one shop.

    Parameters
    ----------
    state : StateStore
        Where the jobs are kept.
    clock : callable, optional
        Returns the current moment; tests pass their own.
    restartable : collection of str, optional
        Kinds of job that may simply run again after an interruption. Jobs of another kind then fail as interrupted.
    max_attempts : int, default 3
        Attempts of a restartable job before it fails: one that kills its worker must not do so for ever.
    """

    def __init__(
        self,
        state: StateStore,
        *,
        clock: Clock = utc_now,
        restartable: Collection[str] = (),
        max_attempts: int = 3,
    ) -> None:
        self.state = state
        self.clock = clock
        self._restartable = frozenset(restartable)
        self._max_attempts = max_attempts
        self._listeners: list[Listener] = []
        self._listeners_lock = threading.Lock()

    def enqueue(
        self,
        kind: str,
        payload: JsonObject | None = None,
        *,
        schedule: str | None = None,
        scheduled_for: datetime | None = None,
    ) -> Job:
        """Add a job; it waits until a worker leases it.

        Parameters
        ----------
        kind : str
            Which handler runs it.
        payload : dict, optional
            What the handler needs, as JSON values.
        schedule : str, optional
            Name of the schedule that asked for it.
        scheduled_for : datetime, optional
            The moment at which that schedule had it due; with its name the key of the run.
        """
        due = scheduled_for.timestamp() if scheduled_for else None
        job_id = self.state.insert(
            "INSERT INTO job (kind, payload_json, state, schedule, scheduled_for, created_at) "
            "VALUES (?, ?, 'queued', ?, ?, ?)",
            (kind, _to_json(payload or {}), schedule, due, self.now()),
        )
        return self._tell(job_id)

    def get(self, job_id: int) -> Job:
        """Return a job.

        Raises
        ------
        UnknownJobError
            There is no such job.
        """
        found = self.state.rows("SELECT * FROM job WHERE job_id = ?", (job_id,))
        if not found:
            raise UnknownJobError(job_id)
        return job_from_row(found[0], self.now())

    def list_jobs(self, *, limit: int = 50) -> list[Job]:
        """Return the latest jobs, newest first."""
        rows = self.state.rows("SELECT * FROM job ORDER BY job_id DESC LIMIT ?", (limit,))
        now = self.now()
        return [job_from_row(row, now) for row in rows]

    def lease(self, worker: str, seconds: float, *, kinds: Collection[str] | None = None) -> Lease | None:
        """Take the oldest waiting job for `worker`; None when there is none.

        Parameters
        ----------
        worker : str
            Name of the worker.
        seconds : float
            The job is the worker's for so long, and for as long again after each heartbeat or progress.
        kinds : collection of str, optional
            Kinds that the worker can run; all when absent.
        """
        self.reclaim()
        with self.state.transaction():
            waiting = self.state.rows("SELECT job_id, kind FROM job WHERE state = 'queued' ORDER BY job_id")
            fitting = [int(row["job_id"]) for row in waiting if kinds is None or row["kind"] in kinds]
            if not fitting:
                return None
            job_id = fitting[0]
            self._take(job_id, worker, seconds)
        return Lease(self, self._tell(job_id), worker, seconds)

    def start(self, kind: str, payload: JsonObject | None, worker: str, seconds: float) -> Lease:
        """Add a job that is `worker`'s from its first moment, so that no other can lease it."""
        with self.state.transaction():
            job_id = self.state.insert(
                "INSERT INTO job (kind, payload_json, state, created_at) VALUES (?, ?, 'queued', ?)",
                (kind, _to_json(payload or {}), self.now()),
            )
            self._take(job_id, worker, seconds)
        return Lease(self, self._tell(job_id), worker, seconds)

    def _take(self, job_id: int, worker: str, seconds: float) -> None:
        now = self.now()
        self.state.execute(
            "UPDATE job SET state = 'running', worker = ?, lease_until = ?, attempt = attempt + 1, started_at = ?, "
            "done = 0, total = NULL WHERE job_id = ?",
            (worker, now + seconds, now, job_id),
        )

    def request_cancel(self, job_id: int) -> Job:
        """Ask a job to stop: a waiting one is cancelled at once, a running one at its next check.

        Raises
        ------
        UnknownJobError
            There is no such job.
        """
        with self.state.transaction():
            self.state.execute(
                "UPDATE job SET cancel_requested = 1 WHERE job_id = ? AND state IN ('queued', 'running')", (job_id,)
            )
            self.state.execute(
                "UPDATE job SET state = 'cancelled', finished_at = ? WHERE job_id = ? AND state = 'queued'",
                (self.now(), job_id),
            )
        return self._tell(job_id)

    def reclaim(self, *, everything: bool = False) -> list[Job]:
        """Deal with jobs whose worker is gone: wait again, or fail as interrupted, as their kind allows.

        Parameters
        ----------
        everything : bool, default False
            Also jobs whose lease still runs. Only for a program that has just become the shop's one owner: whoever
            held those leases is dead.
        """
        deadline = float("inf") if everything else self.now()
        with self.state.transaction():
            lost = self.state.rows(
                "SELECT job_id, kind, attempt, cancel_requested FROM job WHERE state = 'running' AND lease_until < ?",
                (deadline,),
            )
            for row in lost:
                may_restart = row["kind"] in self._restartable and row["attempt"] < self._max_attempts
                self._reclaim_one(row["job_id"], may_restart=may_restart, is_cancelled=bool(row["cancel_requested"]))
        return [self._tell(row["job_id"]) for row in lost]

    def _reclaim_one(self, job_id: int, *, may_restart: bool, is_cancelled: bool) -> None:
        if may_restart and not is_cancelled:
            self.state.execute(
                "UPDATE job SET state = 'queued', worker = NULL, lease_until = NULL WHERE job_id = ?", (job_id,)
            )
            return
        error = JobCancelledError(job_id) if is_cancelled else JobInterruptedError(job_id)
        self.state.execute(
            "UPDATE job SET state = ?, finished_at = ?, lease_until = NULL, error_json = ? WHERE job_id = ?",
            ("cancelled" if is_cancelled else "failed", self.now(), _to_json(error_json(error)), job_id),
        )

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with a job whenever this process changes it; return a function that stops that."""
        with self._listeners_lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._listeners_lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def now(self) -> float:
        """Return the clock's moment as a Unix time."""
        return self.clock().timestamp()

    def _tell(self, job_id: int) -> Job:
        job = self.get(job_id)
        with self._listeners_lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(job)
            except Exception:  # noqa: BLE001 - a broken listener must not fail the work it watches
                _log.exception("a listener failed on job %s", job_id)
        return job


class Lease:
    """A running job in the hands of its worker.

    Every write names worker and attempt, so that a worker whose lease ended changes nothing any more.

    Attributes
    ----------
    job : Job
        The job as it was leased.
    """

    def __init__(self, queue: JobQueue, job: Job, worker: str, seconds: float) -> None:
        self.job = job
        self.seconds = seconds
        self._queue = queue
        self._worker = worker
        self._written_at = float("-inf")
        self._unwritten: tuple[Value, ...] | None = None
        self._watcher: Callable[[Progress], None] | None = None

    def watch(self, watcher: Callable[[Progress], None]) -> None:
        """Call `watcher` at every report of progress, written or not."""
        self._watcher = watcher

    def current(self) -> Job:
        """Return the job as it is now."""
        return self._queue.get(self.job_id)

    @property
    def job_id(self) -> int:
        """Number of the job."""
        return self.job.job_id

    @property
    def payload(self) -> JsonObject:
        """What the job was asked to do."""
        return self.job.payload

    def progress(self, done: int, total: int | None = None, *, unit: str = "", label: Text | None = None) -> None:
        """Report how far the work is; also a heartbeat and a check for cancelling.

        Call it as often as is handy: it writes at most five times a second, and always the last state.

        Raises
        ------
        JobCancelledError
            Somebody asked for the job to stop.
        JobLostError
            The lease had ended.
        """
        self._unwritten = (done, total, unit, label.zh if label else None, label.en if label else None)
        now = self._queue.now()
        if self._watcher is not None:
            started = self.job.started_at.timestamp() if self.job.started_at else now
            self._watcher(Progress(done, total, unit, label, done / (now - started) if now > started else None))
        if now - self._written_at < PROGRESS_SECONDS and done != total:
            return
        self._written_at = now
        self._write_progress()
        self.check_cancelled()

    def heartbeat(self) -> None:
        """Keep the job for another lease time.

        Raises
        ------
        JobLostError
            The lease had ended.
        """
        self._update("lease_until = ?", (self._queue.now() + self.seconds,))

    def check_cancelled(self) -> None:
        """Raise when somebody asked for the job to stop.

        Raises
        ------
        JobCancelledError
            Somebody did.
        """
        if self.current().cancel_requested:
            raise JobCancelledError(self.job_id)

    def finish(self, result: JsonObject | None = None) -> Job:
        """End the job with its result."""
        return self._end("done", result=result)

    def fail(self, error: JsonObject) -> Job:
        """End the job with what went wrong, in the shape of :func:`error_json`."""
        return self._end("failed", error=error)

    def cancel(self) -> Job:
        """End the job because somebody asked for it."""
        return self._end("cancelled", error=error_json(JobCancelledError(self.job_id)))

    def _end(self, state: str, *, result: JsonObject | None = None, error: JsonObject | None = None) -> Job:
        with self._queue.state.transaction():
            if self._unwritten is not None:
                self._write_progress(is_told=False)
            self._update(
                "state = ?, finished_at = ?, lease_until = NULL, result_json = ?, error_json = ?",
                (
                    state,
                    self._queue.now(),
                    None if result is None else _to_json(result),
                    None if error is None else _to_json(error),
                ),
            )
        return self._queue._tell(self.job_id)

    def _write_progress(self, *, is_told: bool = True) -> None:
        values = self._unwritten or (0, None, "", None, None)
        self._unwritten = None
        self._update(
            "done = ?, total = ?, unit = ?, label_zh = ?, label_en = ?, lease_until = ?",
            (*values, self._queue.now() + self.seconds),
        )
        if is_told:
            self._queue._tell(self.job_id)

    def _update(self, changes: str, values: Sequence[Value]) -> None:
        n_changed = self._queue.state.execute(
            f"UPDATE job SET {changes} WHERE job_id = ? AND state = 'running' AND worker = ? AND attempt = ?",  # noqa: S608 - `changes` are literals of this class
            (*values, self.job_id, self._worker, self.job.attempt),
        )
        if n_changed == 0:
            raise JobLostError(self.job_id)


def error_json(error: ZhangguiError) -> JsonObject:
    """Return an error as jobs keep it: what stands under ``error`` in the HTTP API."""
    return dict(error.to_json()["error"])


def _to_json(value: JsonObject) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
