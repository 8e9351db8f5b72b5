"""``/costs``: cost rates that the operator enters, one per category."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench

router = APIRouter(prefix="/costs", tags=["workbench"])

Rate = Annotated[float, Field(ge=0, le=1)]


class CostRates(BaseModel):
    """Cost as a share of net revenue, by category."""

    rates: dict[str, float]


@router.get("")
def costs(bench: Bench) -> CostRates:
    """Return the entered rates."""
    return CostRates(rates=bench.desk.cost_rates())


@router.post("")
def enter_costs(bench: Bench, rates: dict[str, Rate]) -> CostRates:
    """Keep the rates of these categories beside those entered before."""
    bench.desk.set_cost_rates(rates)
    return CostRates(rates=bench.desk.cost_rates())
