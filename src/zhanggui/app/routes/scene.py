"""``/traffic/funnel``, ``/traffic/paths``, ``/traffic/journey``: what visitors do, as the terminal gives it."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.traffic.funnel_answer import FunnelAnswer, funnel_of_pairs
from zhanggui.understand.traffic.journey import JourneyAnswer, journey_of
from zhanggui.understand.traffic.paths_answer import PathsAnswer, paths_of_pairs

router = APIRouter(prefix="/traffic", tags=["traffic"])


@router.get("/funnel")
def funnel(request: Request, bench: Bench) -> FunnelAnswer:
    """Return a funnel; ``steps``, ``per``, ``window`` in days and ``by`` say which."""
    return funnel_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/paths")
def paths(request: Request, bench: Bench) -> PathsAnswer:
    """Return the graph of ways; ``node``, ``direction=back`` and ``depth`` say which flow."""
    return paths_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/journey")
def journey(bench: Bench, order: str) -> JourneyAnswer:
    """Return every visit before an order, and what was done in them."""
    return journey_of(bench.desk, order)
