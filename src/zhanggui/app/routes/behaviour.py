"""``/customers/behaviour`` and what goes with it: hours, contrasts, migration, clusters."""

from __future__ import annotations

from fastapi import APIRouter, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.customers.behaviour_desk import (
    BehaviourAnswer,
    ClustersAnswer,
    ContrastsAnswer,
    MigrationAnswer,
    SendHoursAnswer,
    behaviour_of_pairs,
    clusters_of_pairs,
    contrasts_of_pairs,
    migration_of_pairs,
    send_hours_of_pairs,
)

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/behaviour")
def behaviour(request: Request, bench: Bench) -> BehaviourAnswer:
    """Return acts by weekday and hour; ``what=visits``, ``segment=NAME``, ``category=NAME``."""
    return behaviour_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/send-hours")
def send_hours(request: Request, bench: Bench) -> SendHoursAnswer:
    """Return the best hour to write to each buyer; ``customer=#END`` names one."""
    return send_hours_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/contrasts")
def contrasts(request: Request, bench: Bench) -> ContrastsAnswer:
    """Return what later buyers did in their first week that others did not."""
    return contrasts_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/migration")
def migration(request: Request, bench: Bench) -> MigrationAnswer:
    """Return how customers moved between segments; ``steps=N``, ``days=N``."""
    return migration_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/clusters")
def clusters(request: Request, bench: Bench) -> ClustersAnswer:
    """Return clusters of recency, frequency and money; ``k=N`` instead of the best silhouette."""
    return clusters_of_pairs(bench.desk, request.query_params.multi_items())
