"""``/query`` and ``/metrics``: the same questions and definitions as in the terminal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from zhanggui.app.workbench import Bench
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.cards import metric_card, metric_entry, metric_named
from zhanggui.understand.trees import trees
from zhanggui.understand.view import question_from_pairs

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
    grain: str | None = None,
    compare: str | None = None,
    order_by: str | None = None,
    limit: str | None = None,
) -> JsonObject:
    """Ask metrics of the ledger, as ``zhanggui query`` does.

    The parameters are declared for the description of the API; they are read from the query string itself, so that
    the terminal, pages and this route share one reader.
    """
    return bench.desk.ask(question_from_pairs(request.query_params.multi_items())).to_json()


@router.get("/metrics")
def metrics_list() -> JsonObject:
    """Return every metric: its line of the list, as ``zhanggui metrics list`` gives it, and its definition."""
    return {"metrics": [{**metric_card(metric), **metric_entry(metric)} for metric in CATALOGUE.values()]}


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
def metric(name: str) -> JsonObject:
    """Return the definition of one metric."""
    return metric_card(metric_named(name))
