"""``/customers/lifetime-value`` and ``/customers/churn``, as ``zhanggui customers`` gives them."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.customers.lifetime.answers import LifetimeAnswer
from zhanggui.understand.customers.lifetime.asking import churn_of_pairs, lifetime_of_pairs
from zhanggui.understand.customers.lifetime.churn import ChurnAnswer

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/lifetime-value")
def lifetime_value(request: Request, bench: Bench) -> LifetimeAnswer:
    """Return what customers were and will be worth.

    ``calibration_end`` and ``holdout_end`` are days, ``time_unit`` is day or week, ``horizon`` days ahead, ``discount``
    a yearly rate; filters are those of pages.
    """
    return lifetime_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/churn")
def churn(request: Request, bench: Bench) -> ChurnAnswer:
    """Return who is likely to stay away; the same may be chosen as of lifetime value."""
    return churn_of_pairs(bench.desk, request.query_params.multi_items())
