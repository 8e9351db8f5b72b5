"""``/customers/followed`` and ``/customers/private-domain``."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.customers.compared_desk import (
    FollowedAnswer,
    PrivateDomainAnswer,
    followed_of_pairs,
    private_domain_of_pairs,
)

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/followed")
def followed(request: Request, bench: Bench) -> FollowedAnswer:
    """Return how many orders were followed by another of the same person; ``days=N``, ``category=NAME``."""
    return followed_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/private-domain")
def private_domain(request: Request, bench: Bench) -> PrivateDomainAnswer:
    """Return what buyers who are WeCom contacts spend beside others; ``days=N``, ``category=NAME``."""
    return private_domain_of_pairs(bench.desk, request.query_params.multi_items())
