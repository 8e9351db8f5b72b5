"""Which goods a promotion to come will find with too little, while it can still be helped (T-19, C-INV-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from zhanggui.occasions import Occasion, occasions
from zhanggui.understand.inventory.forecast import DemandForecast
from zhanggui.understand.inventory.replenish import Proposal, Standing

LOOK_AHEAD_DAYS = 90
AT_RISK = 0.2
"""Chance of an empty shelf before the promotion is over from which on a SKU is at risk."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stress:
    """The next big promotion and what it will find.

    Attributes
    ----------
    zh, en : str
        Its name.
    first, last : date
        Its first and last day.
    days_ahead : int
        Days until it begins, 0 while it runs.
    expected : array of float
        Units that will be asked for until it ends, by SKU of the forecast.
    risk : array of float
        Chance that they are more than can be counted on; NaN where that is not known.
    missing : array of float
        Units lacking for the shelf to last in the share of futures that the proposal aims at.
    can_help : array of bool
        Whether an order placed tomorrow is expected before the promotion ends.
    order_until : array of int
        Day (``date.toordinal``) by which an order must be placed to be expected when the promotion begins.
    at_risk : array of int
        Places of SKUs at risk, the dearest shortage first.
    """

    zh: str
    en: str
    first: date
    last: date
    days_ahead: int
    expected: Floats
    risk: Floats
    missing: Floats
    can_help: npt.NDArray[np.bool_]
    order_until: npt.NDArray[np.int64]
    at_risk: npt.NDArray[np.int64]


def next_promotion(after: date) -> tuple[Occasion, date, date] | None:
    """Return the next promotion with a strong phase, and its first and last day; None: none in `LOOK_AHEAD_DAYS`."""
    phases = [each for year in (after.year, after.year + 1) for each in occasions(year)]
    strong = [
        each
        for each in phases
        if each.lift == "strong" and each.last > after and not each.code.startswith("spring_festival")
    ]
    if not strong or strong[0].first > after + timedelta(days=LOOK_AHEAD_DAYS):
        return None
    name = strong[0].code.partition(".")[0]
    own = [each for each in phases if each.code.startswith(f"{name}.") and each.first.year == strong[0].first.year]
    return strong[0], own[0].first, own[-1].last


def stress_of(forecast: DemandForecast, standing: Standing, proposal: Proposal) -> Stress | None:
    """Return what the next big promotion will find; None where none is near."""
    found = next_promotion(forecast.past.last)
    if found is None:
        return None
    occasion, first, last = found
    today = forecast.past.last
    days = (last - today).days
    demand = forecast.demand(days).thinned(standing.stays)
    known = np.isfinite(standing.position)
    position = np.where(known, np.maximum(standing.position, 0.0), 0.0)
    risk = np.where(known, 1 - demand.at_most(position), np.nan)
    missing = np.where(known, np.ceil(np.maximum(demand.quantile(proposal.fractile) - position, 0.0)), 0.0)
    lead = np.where(np.isfinite(standing.lead_days), standing.lead_days, np.inf)
    can_help = lead + 1 < days
    until = np.where(np.isfinite(lead), first.toordinal() - np.ceil(np.where(np.isfinite(lead), lead, 0.0)), 0)
    money = missing * np.where(np.isfinite(standing.margin), np.maximum(standing.margin, 0.0), 0.0)
    threatened = np.flatnonzero((np.nan_to_num(risk) >= AT_RISK) & (missing > 0))
    return Stress(
        occasion.zh, occasion.en, first, last, max((first - today).days, 0), demand.mean, risk, missing,
        np.asarray(can_help), until.astype(np.int64), threatened[np.argsort(-money[threatened], kind="stable")],
    )  # fmt: skip
