"""``/quarantine``: rows kept apart, and their replay after a fix."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from zhanggui.app.routes.load import JobStarted
from zhanggui.app.work import REPLAY
from zhanggui.app.workbench import Bench
from zhanggui.understand.data.quarantine import QuarantineList, quarantine_list

router = APIRouter(prefix="/quarantine", tags=["data"])


class Fix(BaseModel):
    """New values for cells of one quarantined row, by header."""

    id: str
    values: dict[str, str] = {}


class Fixes(BaseModel):
    """Rows to replay."""

    fixes: list[Fix] = Field(min_length=1, max_length=1000)


@router.get("")
def quarantine(bench: Bench, page: Annotated[int, Query(ge=1)] = 1) -> QuarantineList:
    """Return a page of the rows kept apart."""
    return quarantine_list(bench.desk, page)


@router.post("/replay", status_code=202)
def replay(bench: Bench, asked: Fixes) -> JobStarted:
    """Replay corrected rows in the background."""
    return JobStarted(job_id=bench.queue.enqueue(REPLAY, asked.model_dump()).job_id)
