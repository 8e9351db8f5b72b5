"""``/traffic/attribution``: what each touch point gets of the orders, as ``zhanggui traffic attribution`` gives it."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.understand.traffic.attribution_answer import ShopAttributionAnswer
from zhanggui.understand.traffic.attribution_answers import attribution_of_pairs, order_of_pairs
from zhanggui.understand.traffic.attribution_rules import LONGEST_DAYS, AttributionRules, keep_attribution_rules
from zhanggui.understand.traffic.order_touches import OrderTouches

router = APIRouter(prefix="/traffic", tags=["traffic"])


@router.get("/attribution")
def attribution(request: Request, bench: Bench) -> ShopAttributionAnswer:
    """Return credits by model; ``by``, ``models``, ``model``, ``draws``, ``look_back``, ``direct``, ``refunds``."""
    return attribution_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/attribution/orders/{order_id}")
def order(request: Request, bench: Bench, order_id: str) -> OrderTouches:
    """Return every touch before an order, with what each rule gives it."""
    return order_of_pairs(bench.desk, request.query_params.multi_items(), order_id)


class EnteredRules(BaseModel):
    """How journeys are cut and credited."""

    look_back_days: int = Field(30, ge=1, le=LONGEST_DAYS)
    direct: Literal["skip", "keep"] = "skip"
    refunds: Literal["deduct", "keep"] = "deduct"
    half_life_days: float = Field(7.0, ge=1, le=LONGEST_DAYS)


@router.post("/attribution-rules")
def enter_rules(bench: Bench, entered: EnteredRules) -> EnteredRules:
    """Let the shop go by these rules from now on."""
    keep_attribution_rules(bench.desk, AttributionRules(**entered.model_dump()))
    return entered
