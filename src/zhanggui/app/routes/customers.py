"""``/customers``: who the buyers are, as ``zhanggui customers`` gives it."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.customers.answers import rfm_of_pairs
from zhanggui.understand.customers.rfm_desk import RfmAnswer

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/rfm")
def rfm(request: Request, bench: Bench) -> RfmAnswer:
    """Return the eight segments; ``by=profit`` takes contribution as money, ``cuts=DATE`` frozen cut points."""
    return rfm_of_pairs(bench.desk, request.query_params.multi_items())
