"""``/jobs``: work in the background."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from zhanggui.app.workbench import Bench
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import Job

router = APIRouter(prefix="/jobs", tags=["data"])

JOB_LABELS = {
    "load": Text("导入文件", "Load files"),
    "move": Text("移到另一家店铺", "Move to another store"),
    "replay": Text("重新导入隔离的行", "Replay quarantined rows"),
    "watch": Text("检查预警规则", "Watch for alerts"),
    "report": Text("发送到期的日报、周报、月报", "Tell the reports that are due"),
}


class JobAnswer(BaseModel):
    """One piece of background work."""

    id: int
    kind: str
    label: Text
    state: str
    progress: dict[str, object]
    result: dict[str, object] | None
    error: dict[str, object] | None
    cancel_requested: bool
    created_at: str
    started_at: str | None
    finished_at: str | None


class JobsAnswer(BaseModel):
    """Background work, newest first."""

    jobs: list[JobAnswer]


def job_answer(job: Job) -> JobAnswer:
    """Return a job as the API tells it."""
    label = JOB_LABELS.get(job.kind, Text.same(job.kind))
    return JobAnswer.model_validate({**job.to_json(), "label": label})


@router.get("")
def jobs(bench: Bench) -> JobsAnswer:
    """Return the latest work."""
    found = sorted(bench.queue.list_jobs(), key=lambda job: -job.job_id)
    return JobsAnswer(jobs=[job_answer(job) for job in found])


@router.get("/{job_id}")
def job(bench: Bench, job_id: int) -> JobAnswer:
    """Return one piece of work."""
    return job_answer(bench.queue.get(job_id))


@router.post("/{job_id}/cancel")
def cancel(bench: Bench, job_id: int) -> JobAnswer:
    """Ask a piece of work to stop; nothing of it is kept."""
    return job_answer(bench.queue.request_cancel(job_id))
