"""What to order: quantity, day and cash for every SKU (catalogue T-16, M-INV-08, C-INV-02, C-FIN-06)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from zhanggui.methods.forecast import ALPHA, Demand, smooth_path
from zhanggui.methods.stocking import Economy, Spending, Tuned, critical_fractile, order_sizes, spend, tune
from zhanggui.understand.inventory.forecast import DemandForecast
from zhanggui.understand.inventory.lead_times import SupplierTerms

WEEK = 7
HOLDING = 0.25
"""What a year of holding costs, as a share of the unit cost: capital, space, handling. The shop may say otherwise."""
REVIEW_DAYS = 7
LEARNING_WEEKS, FEWEST_LEARNING = 13, 8
"""The newest weeks, half of the past at most, are ordered anew in the replay that tunes fractiles."""
FEWEST_TUNED = 30
"""Goods of a category from which on its own past tunes it."""
MOST_TUNED = 500
HIGHEST = 0.995

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

PROBLEMS = ("no_demand", "no_stock", "no_supplier", "no_lead_time", "no_cost", "no_price", "no_margin")
"""Why nothing is proposed for a SKU, the first that holds."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the shop decides.

    Attributes
    ----------
    review_days : int
        Days from one look at the list to the next.
    holding : float
        Cost of holding a unit for a year, as a share of its cost.
    budget : float or None
        Cash to spend, major units; None: no limit.
    shelf_life : tuple of (str, int)
        Days for which goods of a category can be sold.
    lead_days : float or None
        Lead time of goods whose supplier's is not known, as the shop declares it.
    quantities : tuple of (str, float)
        Units that somebody set for a SKU in place of what is proposed.
    """

    review_days: int = REVIEW_DAYS
    holding: float = HOLDING
    budget: float | None = None
    shelf_life: tuple[tuple[str, int], ...] = ()
    lead_days: float | None = None
    quantities: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of each SKU beside its demand, in the order of the forecast's SKUs.

    Attributes
    ----------
    position : array of float
        What can be counted on; units. NaN: not known.
    available : array of float
        On hand and not promised; units.
    unit_cost, margin : array of float
        Minor units; NaN: unknown.
    lead_days, lead_spread : array of float
        Of its supplier; NaN: unknown.
    supplier : array of int
        Number of its supplier; -1: unknown.
    loss : array of float
        Share of stock lost in a week.
    stays : array of float
        Share of units asked for that leave the shelf for good: cancelled orders and sellable returns do not.
    """

    position: Floats
    available: Floats
    unit_cost: Floats
    margin: Floats
    lead_days: Floats
    lead_spread: Floats
    supplier: Ints
    loss: Floats
    stays: Floats


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to order today and later; arrays are in the order of the forecast's SKUs.

    Attributes
    ----------
    fractile : array of float
        Share of futures in which the shelf lasts until the order after this one is there.
    tuned : mapping of int to Tuned
        What the replay of the past said, by category.
    safety, reorder_point, level : array of float
        Units: beyond the expected demand; at or below it an order is due; up to where.
    wanted, quantity : array of float
        Units to order without a limit of cash, and within it.
    order_in_days : array of float
        Days until an order is due, 0: today; NaN: not to be told.
    stock_lasts_days : array of float
        Days until what is on the shelf is expected to be gone; inf: no demand.
    risk : array of float
        Chance that the shelf is empty before an order placed today is there.
    problem : array of int
        Place in `PROBLEMS`; -1: none.
    held_back : array of bool
        The supplier's orders together stay under his least order and no shelf is empty, so they wait.
    raised, cut : array of bool
        Carton or least order made it more; shelf life made it less.
    spending : Spending
        Cash and expected profit.
    """

    fractile: Floats
    tuned: dict[int, Tuned]
    safety: Floats
    reorder_point: Floats
    level: Floats
    wanted: Floats
    quantity: Floats
    order_in_days: Floats
    stock_lasts_days: Floats
    risk: Floats
    problem: Ints
    held_back: Truths
    raised: Truths
    cut: Truths
    spending: Spending


def propose(
    forecast: DemandForecast,
    standing: Standing,
    suppliers: tuple[SupplierTerms, ...],
    terms: Terms,
    *,
    budget_minor: float,
) -> Proposal:
    """Return the purchase proposal.

    Parameters
    ----------
    forecast : DemandForecast
        What will be asked for.
    standing : Standing
        Stock, costs and suppliers.
    suppliers : tuple of SupplierTerms
        By their numbers.
    terms : Terms
        What the shop decides.
    budget_minor : float
        Cash to spend, minor units; infinite without a limit.
    """
    problem = _problems(forecast, standing)
    usable = problem < 0
    lead = np.where(np.isfinite(standing.lead_days), standing.lead_days, 0.0)
    spread = np.where(np.isfinite(standing.lead_spread), standing.lead_spread, 0.0)
    margin, cost = (np.where(usable, each, 0.0) for each in (standing.margin, standing.unit_cost))
    over = cost * (terms.holding * terms.review_days / 365 + standing.loss * terms.review_days / WEEK)
    fractile, tuned = _fractiles(forecast, standing, margin, over, usable, terms)
    demand = until(forecast, lead + terms.review_days, spread, standing.stays)
    level = np.where(usable, demand.quantile(fractile), 0.0)
    position = np.where(usable, standing.position, 0.0)
    case, least = _sizes_of(suppliers, standing.supplier)
    life = _most(forecast, terms, lead) * standing.stays
    sizes = order_sizes(position, np.where(usable, level - 1, -np.inf), level, case=case, most_position=life)
    wanted, held_back = _with_least(sizes.quantity, least, standing, usable)
    found = spend(demand, position, wanted, unit_cost=cost, margin=margin, over=over, case=case, budget=budget_minor)
    if terms.quantities:
        changed = _as_set(forecast, found.quantity, usable, terms)
        as_set = spend(demand, position, changed, unit_cost=cost, margin=margin, over=over)
        found = replace(
            as_set, bound=max(found.bound, as_set.profit), curve_cash=found.curve_cash, curve_profit=found.curve_profit
        )
    rate = np.maximum(forecast.demand(28).mean * standing.stays / 28, 1e-9)
    lasts = np.maximum(standing.available, 0.0) / rate
    return Proposal(
        fractile, tuned,
        safety=np.where(usable, level - demand.mean, 0.0),
        reorder_point=np.maximum(level - 1, 0.0),
        level=level,
        wanted=wanted,
        quantity=found.quantity,
        order_in_days=np.where(usable, np.maximum(np.ceil((position - level + 1) / rate), 0.0), np.nan),
        stock_lasts_days=np.where(rate > 1e-8, lasts, np.inf),
        risk=1 - until(forecast, lead, spread, standing.stays).at_most(np.maximum(position, 0.0) - 1),
        problem=problem,
        held_back=held_back,
        raised=sizes.raised,
        cut=sizes.cut,
        spending=found,
    )  # fmt: skip


def order_day(found: Proposal, place: int, last: date) -> date | None:
    """Return the day on which an order is due: the day after the last known one, or later; None: not to be told."""
    days = found.order_in_days[place]
    return last + timedelta(days=1 + int(min(days, 3_650))) if np.isfinite(days) else None


def _as_set(forecast: DemandForecast, quantity: Floats, usable: Truths, terms: Terms) -> Floats:
    """Return quantities with those that somebody set; goods without a proposal keep none."""
    place = {name: n for n, name in enumerate(forecast.past.skus)}
    changed = quantity.copy()
    for name, units in terms.quantities:
        if name in place and usable[place[name]]:
            changed[place[name]] = units
    return changed


def _problems(forecast: DemandForecast, standing: Standing) -> Ints:
    checks = {
        "no_demand": forecast.known.level <= 0,
        "no_stock": ~np.isfinite(standing.position),
        "no_supplier": (standing.supplier < 0) & ~np.isfinite(standing.lead_days),
        "no_lead_time": ~np.isfinite(standing.lead_days),
        "no_cost": ~np.isfinite(standing.unit_cost),
        "no_price": ~np.isfinite(standing.margin),
        "no_margin": standing.margin <= 0,
    }
    problem = np.full(len(forecast.past.skus), -1, np.int64)
    for name, is_so in reversed(checks.items()):
        problem[is_so] = PROBLEMS.index(name)
    return problem


def until(forecast: DemandForecast, days: Floats, spread: Floats, stays: Floats) -> Demand:
    """Return what leaves the shelf for good in some days whose number is uncertain."""
    return forecast.demand(days).thinned(stays).with_lead(spread / WEEK, forecast.known.level * stays)


def _fractiles(
    forecast: DemandForecast, standing: Standing, margin: Floats, over: Floats, usable: Truths, terms: Terms
) -> tuple[Floats, dict[int, Tuned]]:
    """Return the formula's fractile of each SKU, or what the past of its category chose in its place."""
    formula = np.clip(critical_fractile(margin, over), 0.5, HIGHEST)
    seen = forecast.past.past
    learning = min(forecast.past.n_weeks // 2, LEARNING_WEEKS)
    if learning < FEWEST_LEARNING:
        return formula, {}
    fractile = formula.copy()
    found: dict[int, Tuned] = {}
    review = max(round(terms.review_days / WEEK), 1)
    for group in range(len(forecast.past.groups)):
        every = np.flatnonzero(usable & (seen.groups == group))
        if len(every) < FEWEST_TUNED:
            continue
        some = every[:: -(-len(every) // MOST_TUNED)]
        part = seen.some(some)
        # Seasons and empty shelves are taken out of the past: what is tried is how much to keep of ordinary demand.
        season = part.patterns["promotions"][group, : forecast.past.n_weeks] * part.open
        plain = part.counts / np.maximum(season, 0.2)
        first = forecast.past.n_weeks - learning
        levels, spreads = smooth_path(part.counts, alpha=ALPHA, exposure=season, since=first)
        tuned = tune(
            np.rint(plain[:, first:]),
            (levels[:, :-1], spreads[:, :-1]),
            Economy(margin[some], over[some] * WEEK / terms.review_days),
            formula=formula[some],
            lead=np.ceil(standing.lead_days[some] / WEEK).astype(np.int64),
            review=review,
        )
        found[group] = tuned
        if tuned.fractile is not None:
            fractile[every] = tuned.fractile
    return fractile, found


def _sizes_of(suppliers: tuple[SupplierTerms, ...], number: Ints) -> tuple[Floats, Floats]:
    if not suppliers:
        return np.ones(len(number)), np.zeros(0)
    case = np.array([each.case_units for each in suppliers])
    return np.where(number >= 0, case[number], 1.0), np.array([each.least_units for each in suppliers])


def _most(forecast: DemandForecast, terms: Terms, lead: Floats) -> Floats:
    """Return the position that sells before it spoils; infinite where goods keep."""
    most = np.full(len(forecast.past.skus), np.inf)
    for name, days in terms.shelf_life:
        if name in forecast.past.groups:
            some = forecast.past.past.groups == forecast.past.groups.index(name)
            # What is ordered now is sold from its arrival on, after what is there already.
            most[some] = forecast.demand(lead + days).mean[some]
    return most


def _with_least(quantity: Floats, least: Floats, standing: Standing, usable: Truths) -> tuple[Floats, Truths]:
    """Leave out orders of suppliers whose sum stays under their least one, unless a shelf is empty."""
    held = np.zeros(len(quantity), np.bool_)
    if not len(least):
        return quantity, held
    known = usable & (standing.supplier >= 0)
    number = np.where(known, standing.supplier, 0)
    total = np.bincount(number, np.where(known, quantity, 0.0), len(least))
    urgent = np.bincount(number, known & (quantity > 0) & (standing.available <= 0), len(least)) > 0
    waits = (total > 0) & (total < least) & ~urgent
    held = np.asarray(known & (quantity > 0) & waits[number])
    return np.where(held, 0.0, quantity), held
