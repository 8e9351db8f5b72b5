"""``/query`` and ``/metrics``: the same questions and definitions as in the terminal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from zhanggui.app.workbench import Bench
from zhanggui.metrics.cards import metric_card, metric_entry
from zhanggui.understand.overview.own_metrics import answered
from zhanggui.understand.trees import trees

router = APIRouter(tags=["metrics"])

JsonObject = dict[str, object]
Words = Annotated[list[str] | None, Query()]
Day = Annotated[str | None, Query(examples=["2026-09-30"])]


@router.get("/query")
def query(
    request: Request,
    bench: Bench,
    metrics: Words = None,
    by: Words = None,
    where: Words = None,
    platform: Words = None,
    shop: Words = None,
    channel: Words = None,
    date_from: Annotated[str | None, Query(alias="from")] = None,
    date_to: Annotated[str | None, Query(alias="to")] = None,
    as_defined: Day = None,
    grain: str | None = None,
    compare: str | None = None,
    order_by: str | None = None,
    limit: str | None = None,
) -> JsonObject:
    """Ask metrics of the ledger, as ``zhanggui query`` does.

    The parameters are declared for the description of the API; they are read from the query string itself, so that
    the terminal, pages and this route share one reader.
    """
    return answered(bench.desk, request.query_params.multi_items())


@router.get("/metrics")
def metrics_list(bench: Bench) -> JsonObject:
    """Return every metric, the shop's own last: its line, as ``zhanggui metrics list`` has it, and its definition."""
    return {"metrics": [{**metric_card(metric), **metric_entry(metric)} for metric in bench.desk.catalogue.values()]}


@router.get("/metrics/tree")
def metrics_tree(
    request: Request,
    bench: Bench,
    metric: str | None = None,
    date_from: Annotated[str | None, Query(alias="from")] = None,
    date_to: Annotated[str | None, Query(alias="to")] = None,
    compare: str | None = None,
    where: Words = None,
) -> JsonObject:
    """Return what a metric is made of with the figures of a period, as ``zhanggui metrics tree`` does."""
    return trees(bench.desk, request.query_params.multi_items())


@router.get("/metrics/{name}")
def metric(bench: Bench, name: str) -> JsonObject:
    """Return the definition of one metric."""
    return metric_card(bench.desk.metric(name))
