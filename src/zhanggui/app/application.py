"""The application: guard, errors, routes, pages."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from zhanggui import __version__
from zhanggui.app.collecting import CollectorInside
from zhanggui.app.guard import Guard
from zhanggui.app.problems import ErrorAnswer, answer_errors
from zhanggui.app.routes import (
    alerts,
    attribution,
    audiences,
    batches,
    behaviour,
    channels,
    checks,
    cockpit,
    costs,
    customer_compared,
    customer_people,
    customer_value,
    customers,
    events,
    explain,
    finance,
    frontend,
    inventory,
    inventory_orders,
    jobs,
    links,
    load,
    mapping,
    members,
    meta,
    metrics,
    own_metrics,
    pages,
    products,
    quarantine,
    reconcile,
    reports,
    scene,
    tags,
    tiles,
)
from zhanggui.app.workbench import Workbench

SMALLEST_COMPRESSED = 1024
ROUTES = (
    meta,
    pages,
    own_metrics,
    metrics,
    explain,
    tiles,
    load,
    mapping,
    jobs,
    events,
    batches,
    quarantine,
    costs,
    checks,
    reconcile,
    products,
    customers,
    customer_people,
    customer_value,
    customer_compared,
    members,
    finance,
    inventory,
    inventory_orders,
    audiences,
    tags,
    behaviour,
    attribution,
    channels,
    links,
    scene,
    alerts,
    cockpit,
    reports,
)
REFUSALS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorAnswer} for status in (400, 403, 404, 409, 422)}


def create_app(bench: Workbench | None, *, port: int | None) -> FastAPI:
    """Return the application that serves a shop.

    Parameters
    ----------
    bench : Workbench or None
        What is served; None only to describe the API.
    port : int or None
        Port that requests must name; None accepts any, for tests.
    """
    app = FastAPI(
        title="Zhanggui",
        version=__version__,
        summary="The workbench of one shop, on this machine only.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.workbench = bench
    answer_errors(app)
    for module in ROUTES:
        app.include_router(module.router, prefix="/api/v1", responses=REFUSALS)
    app.include_router(links.short)
    app.include_router(frontend.router)
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED)
    tokens = (bench.owner_token, bench.page_token) if bench is not None else ()
    app.add_middleware(Guard, tokens=tokens, port=port)
    if bench is not None:
        app.add_middleware(CollectorInside, shop=bench.shop)
    return app
