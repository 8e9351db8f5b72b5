"""``/batches``: imported files, and moving one to another store."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhanggui.app.routes.load import JobStarted
from zhanggui.app.work import MOVE
from zhanggui.app.workbench import Bench
from zhanggui.understand.data.files import BatchList, batch_list

router = APIRouter(prefix="/batches", tags=["data"])


class MoveTo(BaseModel):
    """The store that an import belongs to."""

    store: str = Field(min_length=1, max_length=200)


@router.get("")
def batches(bench: Bench) -> BatchList:
    """Return every imported file with its ledger equation, newest first."""
    return batch_list(bench.desk)


@router.post("/{batch_id}/move", status_code=202)
def move(bench: Bench, batch_id: int, target: MoveTo) -> JobStarted:
    """Move an import to another store in the background; all totals follow."""
    return JobStarted(job_id=bench.queue.enqueue(MOVE, {"batch_id": batch_id, "store": target.store}).job_id)
