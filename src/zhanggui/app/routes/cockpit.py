"""``/cockpit``: which figures stand on the cockpit, and what each should be."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.understand.overview.cockpit import pin, pins_of
from zhanggui.understand.targets import enter_goal, goals_of

router = APIRouter(prefix="/cockpit", tags=["workbench"])


class Pin(BaseModel):
    """A metric to put on the cockpit, or to take down."""

    metric: str
    is_pinned: bool


class Goal(BaseModel):
    """What a figure should be: of a rate its level, of a sum or count what a day should bring; null takes it away."""

    metric: str
    goal: Annotated[float, Field(ge=0, lt=1e15, allow_inf_nan=False)] | None


class CockpitAnswer(BaseModel):
    """The metrics on the cockpit, in its order, and the goals of figures."""

    pins: tuple[str, ...]
    goals: dict[str, float]


@router.get("")
def cockpit(bench: Bench) -> CockpitAnswer:
    """Return which figures the shop has put on its cockpit, and what they should be."""
    return CockpitAnswer(pins=pins_of(bench.desk), goals=goals_of(bench.desk))


@router.post("/pins")
def enter_pin(bench: Bench, entered: Pin) -> CockpitAnswer:
    """Put a metric on the cockpit, or take it down."""
    pin(bench.desk, entered.metric, is_pinned=entered.is_pinned)
    return cockpit(bench)


@router.post("/goals")
def enter_figure_goal(bench: Bench, entered: Goal) -> CockpitAnswer:
    """Keep what a figure should be."""
    enter_goal(bench.desk, entered.metric, entered.goal)
    return cockpit(bench)
