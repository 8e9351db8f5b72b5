"""``/inventory/forecast`` and ``/inventory/replenish``: demand to come and what to order."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from zhanggui.app.workbench import Bench
from zhanggui.i18n import Language
from zhanggui.understand.inventory.forecast_answer import ForecastAnswer, forecast_of_pairs
from zhanggui.understand.inventory.proposal_file import proposal_workbook
from zhanggui.understand.inventory.replenish_answer import ReplenishAnswer, replenish_of_pairs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
router = APIRouter(prefix="/inventory", tags=["inventory"])


@router.get("/forecast")
def forecast(request: Request, bench: Bench) -> ForecastAnswer:
    """Return demand by SKU with quantiles, and how forecasts did; ``days``, ``to``, ``sku``, ``category``."""
    return forecast_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/replenish")
def replenish(request: Request, bench: Bench) -> ReplenishAnswer:
    """Return what to order; ``budget`` or ``share`` (percent), ``review_days``, ``holding``, ``set=SKU=UNITS``."""
    return replenish_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/replenish.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def replenish_file(request: Request, bench: Bench, lang: Language = "zh") -> Response:
    """Return the same as a workbook whose quantities can be changed."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    content = proposal_workbook(replenish_of_pairs(bench.desk, pairs), lang)
    headers = {"Content-Disposition": 'attachment; filename="purchase-proposal.xlsx"'}
    return Response(content, media_type=XLSX, headers=headers)
