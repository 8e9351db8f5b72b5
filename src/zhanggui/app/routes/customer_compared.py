"""``/customers/order-repurchase`` and ``/customers/private-domain``."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.customers.compared_desk import (
    OrderRepurchaseAnswer,
    PrivateDomainAnswer,
    order_repurchase_of_pairs,
    private_domain_of_pairs,
)

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/order-repurchase")
def order_repurchase(request: Request, bench: Bench) -> OrderRepurchaseAnswer:
    """Return how many orders were followed by another of the same person; ``days=N``, ``category=NAME``."""
    return order_repurchase_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/private-domain")
def private_domain(request: Request, bench: Bench) -> PrivateDomainAnswer:
    """Return what buyers who are WeCom contacts spend beside others; ``days=N``, ``category=NAME``."""
    return private_domain_of_pairs(bench.desk, request.query_params.multi_items())
