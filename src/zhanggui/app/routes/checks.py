"""``/checks``: whether the ledger keeps its promises."""

from __future__ import annotations

from fastapi import APIRouter

from zhanggui.app.workbench import Bench
from zhanggui.understand.data.promises import CheckList, checked

router = APIRouter(tags=["data"])


@router.get("/checks")
def checks(bench: Bench) -> CheckList:
    """Check every promise of the ledger."""
    return bench.desk.kept("checks", lambda: checked(bench.ledger))
