"""``/metrics/own``: the metrics that a shop defines itself, every version of them."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.understand.overview import own_metrics
from zhanggui.understand.overview.own_metrics import MetricHistory, OwnMetricList, OwnMetricTried

router = APIRouter(prefix="/metrics", tags=["metrics"])


class MetricsEntered(BaseModel):
    """Definitions as the form has them; each replaces the one of its name."""

    metrics: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=500)]


class MetricsFile(BaseModel):
    """A file of definitions."""

    toml: Annotated[str, Field(max_length=1_000_000)]


class MetricTry(BaseModel):
    """A definition to try, as the form has it."""

    metric: dict[str, Any]


class MetricsKept(BaseModel):
    """Names of the definitions that were kept."""

    kept: tuple[str, ...]


@router.get("/own")
def own(bench: Bench) -> OwnMetricList:
    """Return the shop's own metrics, and what a new one can be made of."""
    return own_metrics.own_metric_list(bench.shop)


@router.get("/own/file")
def own_file(bench: Bench) -> MetricsFile:
    """Return the shop's own metrics as a file that can be read back."""
    return MetricsFile(toml=own_metrics.as_toml(bench.shop))


@router.post("/own")
def enter_own(bench: Bench, entered: MetricsEntered) -> MetricsKept:
    """Keep definitions from now on, all of them or none; an error names the field that is wrong."""
    kept = own_metrics.define(bench.shop, entered.metrics, time.time())
    bench.desk.changed()
    return MetricsKept(kept=kept)


@router.post("/own/file")
def enter_own_file(bench: Bench, entered: MetricsFile) -> MetricsKept:
    """Keep the definitions of a file, all of them or none; an error names the metric and the field."""
    kept = own_metrics.define_file(bench.shop, entered.toml, time.time())
    bench.desk.changed()
    return MetricsKept(kept=kept)


@router.post("/own/try")
def try_own(bench: Bench, asked: MetricTry) -> OwnMetricTried:
    """Return what a definition gives over all days; nothing is kept."""
    return own_metrics.tried(bench.desk, asked.metric)


@router.post("/own/{name}/remove")
def remove_own(bench: Bench, name: str) -> OwnMetricList:
    """Take a metric away from now on; its history stays."""
    own_metrics.remove(bench.shop, name, time.time())
    bench.desk.changed()
    return own_metrics.own_metric_list(bench.shop)


@router.get("/{name}/history")
def metric_history(bench: Bench, name: str) -> MetricHistory:
    """Return every definition that a metric had; a metric of the product says its version."""
    return own_metrics.history(bench.shop, name)
