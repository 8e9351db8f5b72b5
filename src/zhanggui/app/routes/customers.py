"""``/customers``: who the buyers are, as ``zhanggui customers`` gives it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from zhanggui.app.workbench import Bench
from zhanggui.understand.customers.answers import (
    cohorts_of_pairs,
    lifecycle_of_pairs,
    repurchase_of_pairs,
    rfm_of_pairs,
    trial_of_pairs,
    trials_of_pairs,
)
from zhanggui.understand.customers.cohort_desk import CohortsAnswer
from zhanggui.understand.customers.lifecycle import CHURN_DAYS, NEW_DAYS, Rules
from zhanggui.understand.customers.lifecycle_desk import LifecycleAnswer
from zhanggui.understand.customers.repurchase_desk import RepurchaseAnswer
from zhanggui.understand.customers.rfm_desk import RfmAnswer
from zhanggui.understand.customers.rule_book import LONGEST_DAYS, keep_rules
from zhanggui.understand.customers.trials.desk import TrialAnswer, TrialsAnswer

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/rfm")
def rfm(request: Request, bench: Bench) -> RfmAnswer:
    """Return the eight segments; ``by=profit`` takes contribution as money, ``cuts=DATE`` frozen cut points."""
    return rfm_of_pairs(bench.desk, request.query_params.multi_items())


class LifecycleRules(BaseModel):
    """By what a person stands where; ``windows`` holds the churn days of categories that have others."""

    churn_days: int = Field(CHURN_DAYS, ge=1, le=LONGEST_DAYS)
    new_days: int = Field(NEW_DAYS, ge=1, le=LONGEST_DAYS)
    windows: dict[str, int] = {}


@router.get("/lifecycle")
def lifecycle(request: Request, bench: Bench) -> LifecycleAnswer:
    """Return stages and movements; ``churn_days``, ``new_days``, ``window=CATEGORY=DAYS`` try other rules."""
    return lifecycle_of_pairs(bench.desk, request.query_params.multi_items())


@router.post("/lifecycle-rules")
def enter_rules(bench: Bench, entered: LifecycleRules) -> LifecycleRules:
    """Let the shop go by these rules from now on."""
    windows = tuple(sorted(entered.windows.items()))
    keep_rules(bench.desk, Rules(entered.churn_days, entered.new_days, windows))
    return entered


@router.get("/repurchase")
def repurchase(request: Request, bench: Bench) -> RepurchaseAnswer:
    """Return rates of matured buyers, intervals and who is due; ``days`` is the horizon, 30 by default."""
    return repurchase_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/cohorts")
def cohorts(request: Request, bench: Bench) -> CohortsAnswer:
    """Return retention and value; ``by`` is month, channel, product or discount, ``cac`` the cost of a new buyer."""
    return cohorts_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/trials")
def trials(request: Request, bench: Bench) -> TrialsAnswer:
    """Return every trial that files tell of."""
    return trials_of_pairs(bench.desk, request.query_params.multi_items())


@router.get("/trials/{name}")
def trial(name: str, request: Request, bench: Bench) -> TrialAnswer:
    """Return what a trial changed; ``days`` each person is watched, ``control`` group, ``planned=GROUP=PART``."""
    return trial_of_pairs(bench.desk, name, request.query_params.multi_items())
