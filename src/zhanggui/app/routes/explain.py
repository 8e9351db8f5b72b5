"""``/explain``: why a metric moved, as ``zhanggui explain`` says it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from zhanggui.app.workbench import Bench
from zhanggui.understand.overview import explanation

router = APIRouter(tags=["metrics"])

JsonObject = dict[str, object]


@router.get("/explain")
def explained(
    request: Request,
    bench: Bench,
    metric: str,
    date_from: Annotated[str, Query(alias="from", examples=["2026-09-01"])],
    date_to: Annotated[str, Query(alias="to", examples=["2026-09-30"])],
    against: Annotated[str, Query(examples=["2026-08-01..2026-08-31"])],
    by: Annotated[list[str] | None, Query()] = None,
    where: Annotated[list[str] | None, Query()] = None,
) -> JsonObject:
    """Explain a change: drivers that sum to it, segments that carry it, noise, doubts about the data.

    The parameters are declared for the description of the API; they are read from the query string itself, so that
    the terminal and this route share one reader.
    """
    return explanation.explained(bench.desk, request.query_params.multi_items()).to_json()
