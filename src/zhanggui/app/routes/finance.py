"""``/finance``: the profit statement and its neighbours, as the terminal gives them; the workbook; entered targets."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from zhanggui.app.problems import NotFoundError
from zhanggui.app.workbench import Bench
from zhanggui.pagespec import BudgetData, WaterfallData
from zhanggui.understand.finance.answers import (
    ANSWERS,
    AdDesk,
    BelowCost,
    Cash,
    CreatorDesk,
    FeeAudit,
    ProfitStatement,
)
from zhanggui.understand.finance.budgets import enter_targets
from zhanggui.understand.finance.fees import agreed_rates, set_agreed_rates
from zhanggui.understand.finance.pnl_export import file_name, pnl_file
from zhanggui.understand.targets import COMPANY_WIDE, targets_of
from zhanggui.understand.view import view_from_pairs

router = APIRouter(prefix="/finance", tags=["finance"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AnyAnswer = ProfitStatement | WaterfallData | AdDesk | CreatorDesk | BelowCost | FeeAudit | Cash | BudgetData


class TargetsEntered(BaseModel):
    """Targets of one month; null takes a target away."""

    month: str
    store: str | None = None
    targets: dict[str, float | None]


class Targets(BaseModel):
    """Targets by month and account."""

    store: str | None
    months: dict[str, dict[str, float]]


class FeeRates(BaseModel):
    """Agreed rates by ``platform`` or ``platform/category``, as shares."""

    rates: dict[str, float]


@router.get("/pnl.{kind}", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def profit_file(request: Request, bench: Bench, kind: Literal["xlsx"], lang: Literal["zh", "en"] = "zh") -> Response:
    """Return the profit report as a workbook: the statement, each platform, definitions, what matched nothing."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    view = view_from_pairs(pairs)
    name = file_name(bench.desk, view, lang)
    headers = {"Content-Disposition": f"attachment; filename=\"profit.{kind}\"; filename*=UTF-8''{quote(name)}"}
    return Response(pnl_file(bench.desk, view, lang), media_type=XLSX, headers=headers)


@router.post("/budget")
def enter_budget(bench: Bench, entered: TargetsEntered) -> Targets:
    """Keep the targets of a month beside those entered before."""
    store = entered.store or COMPANY_WIDE
    enter_targets(bench.desk, {entered.month: entered.targets}, store=store)
    return Targets(store=entered.store, months=targets_of(bench.desk, store))


@router.get("/fee-rates")
def fee_rates(bench: Bench) -> FeeRates:
    """Return the agreed rates that fees are held to."""
    return FeeRates(rates=agreed_rates(bench.desk))


@router.post("/fee-rates")
def enter_fee_rates(bench: Bench, entered: FeeRates) -> FeeRates:
    """Keep agreed rates in place of those entered before."""
    set_agreed_rates(bench.desk, entered.rates)
    return FeeRates(rates=agreed_rates(bench.desk))


@router.get("/{what}")
def finance(request: Request, bench: Bench, what: str) -> AnyAnswer:
    """Return one of pnl, bridge, ads, creators, below-cost, fees, cash, budget, under the filters of the query."""
    make = ANSWERS.get(what)
    if make is None:
        raise NotFoundError(f"There is no finance page {what!r}.", where=request.url.path)
    return make(bench.desk, view_from_pairs(request.query_params.multi_items()))
