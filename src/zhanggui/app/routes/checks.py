"""``/quality`` and ``/checks``: checks of what was loaded, and whether the ledger keeps its promises."""

from __future__ import annotations

from fastapi import APIRouter

from zhanggui.app.routes.load import JobStarted
from zhanggui.app.work import CHECK
from zhanggui.app.workbench import Bench
from zhanggui.understand.data.promises import CheckList, checked
from zhanggui.understand.data.quality import QualityPanel, quality_panel

router = APIRouter(tags=["data"])


@router.get("/quality")
def quality(bench: Bench) -> QualityPanel:
    """Return how every check of data quality stands."""
    return bench.desk.kept("quality", lambda: quality_panel(bench.desk))


@router.post("/quality/run", status_code=202)
def run(bench: Bench) -> JobStarted:
    """Run every check of data quality now, in the background."""
    return JobStarted(job_id=bench.queue.enqueue(CHECK, {}).job_id)


@router.get("/checks")
def checks(bench: Bench) -> CheckList:
    """Check every promise of the ledger."""
    return bench.desk.kept("checks", lambda: checked(bench.ledger))
