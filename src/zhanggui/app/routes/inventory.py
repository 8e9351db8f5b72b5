"""``/inventory``: stock, as ``zhanggui inventory`` gives it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.understand.inventory.answer_rows import (
    BalanceAnswer,
    CountsAnswer,
    MarkdownAnswer,
    PositionAnswer,
    TransfersAnswer,
)
from zhanggui.understand.inventory.answers import (
    balance_of_pairs,
    counts_of_pairs,
    markdown_of_pairs,
    position_of_pairs,
    transfers_of_pairs,
)
from zhanggui.understand.inventory.count_files import (
    LONGEST_NAME,
    adjustments_of_pairs,
    approve_count,
    count_sheet_of_pairs,
)
from zhanggui.understand.inventory.health_answer import HealthAnswer, health_of_pairs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
router = APIRouter(prefix="/inventory", tags=["inventory"])


@router.get("/balance")
def balance(request: Request, bench: Bench) -> BalanceAnswer:
    """Return opening + in - out = closing by warehouse and SKU; ``sku`` tells one day by day."""
    return balance_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/health")
def health(request: Request, bench: Bench) -> HealthAnswer:
    """Return days of stock, turns, stock-outs with lost sales, ages, bands; ``slow_days`` … replace the rules."""
    return health_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/position")
def position(request: Request, bench: Bench) -> PositionAnswer:
    """Return on hand + on order + in transit + sellable returns - committed."""
    return position_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/transfers")
def transfers(request: Request, bench: Bench) -> TransfersAnswer:
    """Return what should move between warehouses, and what stores may show."""
    return transfers_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/counts")
def counts(request: Request, bench: Bench) -> CountsAnswer:
    """Return stock counts, and the differences of one (``count``) at cost."""
    return counts_of_pairs(bench.desk, request.query_params.multi_items())


class CountApproval(BaseModel):
    """Who approves which count; a role or initials are enough."""

    count_id: str = Field(min_length=1, max_length=200)
    by: str = Field(min_length=1, max_length=LONGEST_NAME)


@router.post("/count-approvals")
def approve(bench: Bench, entered: CountApproval) -> CountApproval:
    """Keep the approval of a count."""
    approve_count(bench.desk, entered.count_id, entered.by)
    return entered


@router.get("/count-sheet.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def count_sheet(request: Request, bench: Bench) -> Response:
    """Return the workbook to count with."""
    return _file(count_sheet_of_pairs(bench.desk, request.query_params.multi_items()), "count-sheet.xlsx", XLSX)


@router.get("/adjustments.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def adjustment_file(request: Request, bench: Bench) -> Response:
    """Return the movements that an approved count asks for, as a file to load."""
    return _file(adjustments_of_pairs(bench.desk, request.query_params.multi_items()), "adjustments.csv", "text/csv")


@router.get("/markdown")
def markdown(request: Request, bench: Bench) -> MarkdownAnswer:
    """Return the markdown plan; ``elasticity``, ``horizon_days``, ``leftover``, ``most_cut`` … are its terms."""
    return markdown_of_pairs(bench.desk, request.query_params.multi_items())


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
