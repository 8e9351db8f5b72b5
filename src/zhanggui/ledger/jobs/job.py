"""What a job is: its record, its progress, and the errors around it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
JsonObject = dict[str, object]

FINISHED: frozenset[JobState] = frozenset({"done", "failed", "cancelled"})


class JobCancelledError(ZhangguiError):
    """Somebody asked for the job to stop."""

    code = "job_cancelled"
    exit_code = 1

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        super().__init__(
            "The work was cancelled; nothing of it was kept.",
            where=f"job {job_id}",
            next_step="start it again when you want it",
        )


class JobLostError(ZhangguiError):
    """The job's lease ended and somebody else owns it now."""

    code = "job_lost"

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        super().__init__(
            "The work was stopped because its lease had ended, as after a long sleep of the machine.",
            where=f"job {job_id}",
            next_step="look at the job list: it was started again, or start it again",
        )


class JobInterruptedError(ZhangguiError):
    """The program that ran the job ended before the job did."""

    code = "interrupted"

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        super().__init__(
            "The program that did this work ended before the work did.",
            where=f"job {job_id}",
            next_step="start it again; work that was not finished left nothing behind",
        )


class JobFailedError(ZhangguiError):
    """The job met an error that nobody foresaw."""

    code = "internal"

    def __init__(self, job_id: int, kind: str, cause: BaseException) -> None:
        self.job_id = job_id
        self.kind = kind
        super().__init__(
            f"The work failed with an unforeseen {type(cause).__name__}.",
            where=f"job {job_id} ({kind})",
            next_step="report it with the program's log; nothing of the work was kept",
        )


class UnknownJobError(ZhangguiError):
    """No job has this number."""

    code = "unknown_job"

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        super().__init__(
            f"There is no job number {job_id}.",
            where=f"job {job_id}",
            next_step="look at the job list on the Data page",
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes
    ----------
    done : int
        Units done.
    total : int or None
        Units in all; None while unknown.
    unit : str
        What is counted: ``rows``, ``bytes``, ``files``.
    label : Text or None
        What is being done.
    rate : float or None
        Units per second since the job started.
    """

    done: int = 0
    total: int | None = None
    unit: str = ""
    label: Text | None = None
    rate: float | None = None

    def to_json(self) -> JsonObject:
        """Return the shape of the HTTP API."""
        label = self.label.to_json() if self.label else None
        return {"done": self.done, "total": self.total, "unit": self.unit, "rate": self.rate, "label": label}


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of background work, as it was when it was read.

    Of a job that a schedule asked for, `scheduled_for` is the moment it was due, however late it runs.
    """

    job_id: int
    kind: str
    payload: JsonObject
    state: JobState
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    worker: str | None
    attempt: int
    cancel_requested: bool
    progress: Progress
    result: JsonObject | None
    error: JsonObject | None
    schedule: str | None
    scheduled_for: datetime | None

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self.state in FINISHED

    def to_json(self) -> JsonObject:
        """Return the shape of the HTTP API; the payload stays inside, since it may name local paths."""
        return {
            "id": self.job_id,
            "kind": self.kind,
            "state": self.state,
            "progress": self.progress.to_json(),
            "result": self.result,
            "error": self.error,
            "cancel_requested": self.cancel_requested,
            "created_at": self.created_at.isoformat(),
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "finished_at": self.finished_at.isoformat() if self.finished_at else None,
        }


def job_from_row(row: sqlite3.Row, now: float) -> Job:
    """Read a job from its row in ``state.sqlite``; `now` is for the rate of a running one."""
    started, finished, due = row["started_at"], row["finished_at"], row["scheduled_for"]
    seconds = (finished or now) - started if started is not None else 0.0
    label = Text(row["label_zh"], row["label_en"]) if row["label_zh"] else None
    rate = row["done"] / seconds if seconds > 0 else None
    return Job(
        job_id=row["job_id"],
        kind=row["kind"],
        payload=json.loads(row["payload_json"]),
        state=row["state"],
        created_at=_moment(row["created_at"]),
        started_at=_moment(started) if started is not None else None,
        finished_at=_moment(finished) if finished is not None else None,
        worker=row["worker"],
        attempt=row["attempt"],
        cancel_requested=bool(row["cancel_requested"]),
        progress=Progress(row["done"], row["total"], row["unit"], label, rate),
        result=json.loads(row["result_json"]) if row["result_json"] else None,
        error=json.loads(row["error_json"]) if row["error_json"] else None,
        schedule=row["schedule"],
        scheduled_for=_moment(due) if due is not None else None,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
