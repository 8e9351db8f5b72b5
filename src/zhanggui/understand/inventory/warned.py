"""Warnings of an empty shelf, and how often such warnings were right in the past (catalogue M-INV-07, T-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock import StockCourse
from zhanggui.methods.forecast import Demand
from zhanggui.understand.inventory.demand_past import WEEK, DemandPast
from zhanggui.understand.inventory.forecast import FEWEST_TRIED, DemandForecast

CHANCE = 0.5
"""Chance of an empty shelf within the lead time from which on a SKU is warned of."""
_MOST_DAYS = 4_000_000
_MOST_TRIALS = 12
_FAR_DAYS = 3_650

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Record:
    """How often warnings would have been right.

    Attributes
    ----------
    n_days : int
        Days of the past on which warnings were given anew, knowing only what lay before them.
    warned, right, empty : int
        Warnings; those whose shelf was empty within the lead time; empty shelves in all. Only shelves that were not
        empty already are counted.
    """

    n_days: int
    warned: int
    right: int
    empty: int

    @property
    def precision(self) -> float | None:
        """Share of warnings that were right."""
        return self.right / self.warned if self.warned else None

    @property
    def recall(self) -> float | None:
        """Share of empty shelves that were warned of."""
        return self.right / self.empty if self.empty else None


def record_of(
    ledger: Ledger, forecast: DemandForecast, course: StockCourse, lead_days: Floats, stays: Floats
) -> Record:
    """Return how warnings would have done on the shop's own past.

    Parameters
    ----------
    ledger : Ledger
        Its purchase orders tell what was on order on each day.
    forecast : DemandForecast
        Its models are taken, each time with the weeks before only.
    course : StockCourse
        What lay on the shelves.
    lead_days : array of float
        Of each SKU of the forecast; NaN: unknown, not tried.
    stays : array of float
        Share of units asked for that leave the shelf for good.
    """
    past = forecast.past
    shelf = _Shelf(past, course)
    bought = _purchases(ledger, past)
    known = np.isfinite(lead_days)
    lead = np.where(known, np.ceil(np.where(known, lead_days, 0.0)), 0).astype(np.int64)
    n_days = warned = right = empty = 0
    for back in range(1, _MOST_TRIALS + 1):
        week = past.n_weeks - back
        today = past.last.toordinal() - back * WEEK
        fits = known & (lead > 0) & (today + lead <= past.last.toordinal())
        if week < FEWEST_TRIED or not fits.any():
            continue
        stock = shelf.level_on(today)
        fits &= stock > 0
        known_then = past.past.smoothed(forecast.chosen.models[0], week)
        coming, arrives = _coming(bought, len(past.skus), today, today + lead)
        gap = np.minimum(arrives, lead)
        before, after = (known_then.demand(_weeks_ahead(past, week, days)).thinned(stays) for days in (gap, lead))
        is_warned = fits & (empty_chance(before, after, stock, coming) >= CHANCE)
        is_empty = fits & (shelf.lowest(today, today + lead) <= 0)
        n_days += 1
        warned += int(is_warned.sum())
        right += int((is_warned & is_empty).sum())
        empty += int(is_empty.sum())
    return Record(n_days, warned, right, empty)


def empty_chance(before: Demand, after: Demand, stock: Floats, coming: Floats) -> Floats:
    """Return the chance that a shelf is empty before the next goods come, or before the lead time is over.

    Parameters
    ----------
    before, after : Demand
        Of the time until the next goods are due, and of the lead time.
    stock, coming : array of float
        Units there, and units due within the lead time.
    """
    chances = (1 - each.at_most(units - 1) for each, units in ((before, stock), (after, stock + coming)))
    return np.asarray(np.maximum(*chances))


def _weeks_ahead(past: DemandPast, week: int, lead: Ints) -> Floats:
    """Return the season of the days after a week of the past, as far as each lead time reaches."""
    season = past.past.patterns["promotions"]
    sums = np.concatenate([np.zeros((len(season), 1)), np.cumsum(season[:, week:], axis=1)], axis=1)
    group, weeks = past.past.groups, np.minimum(lead / WEEK, season.shape[1] - week - 1)
    whole = np.floor(weeks).astype(np.int64)
    start = sums[group, whole]
    return np.asarray(start + (weeks - whole) * (sums[group, whole + 1] - start))


@dataclass(frozen=True, slots=True)
class _Purchases:
    sku: Ints
    ordered: Ints
    due: Ints
    received: Ints
    units: Floats


def _purchases(ledger: Ledger, past: DemandPast) -> _Purchases:
    rows = ledger.table("purchase_order")
    rows = rows.filter(rows.ordered_date.notnull() & (rows.ordered_date <= past.last))
    chosen = rows.select(
        "internal_sku", "ordered_date", "due_date", "received_date", units=rows.ordered_quantity.cast("float64")
    )
    place = {name: n for n, name in enumerate(past.skus)}
    far = (past.last + timedelta(days=3_650)).toordinal()
    found = [row for row in ledger.query(chosen).to_pylist() if row["internal_sku"] in place]

    def days(name: str) -> Ints:
        return np.array([row[name].toordinal() if row[name] else far for row in found], np.int64)

    return _Purchases(
        np.array([place[row["internal_sku"]] for row in found], np.int64),
        days("ordered_date"), days("due_date"), days("received_date"),
        np.array([row["units"] for row in found], np.float64),
    )  # fmt: skip


def _coming(bought: _Purchases, n: int, today: int, until: Ints) -> tuple[Floats, Ints]:
    """Return what was on order on a day and due within the lead time, and in how many days the first of it was due."""
    some = (bought.ordered <= today) & (bought.received > today)
    some &= bought.due <= until[bought.sku]
    first = np.full(n, _FAR_DAYS)
    # What is past due may come any day; it is taken as due tomorrow.
    np.minimum.at(first, bought.sku[some], np.maximum(bought.due[some] - today, 1))
    return np.asarray(np.bincount(bought.sku[some], bought.units[some], n), np.float64), first


class _Shelf:
    """The course of stock in the order of the forecast's SKUs."""

    def __init__(self, past: DemandPast, course: StockCourse) -> None:
        place = {name: n for n, name in enumerate(past.skus)}
        at = np.array([place[name] for name in course.skus], np.int64)[course.sku]
        order = np.argsort(at, kind="stable")
        self._at, self._day, self._level = at[order], course.day[order], course.level[order]
        self._key = self._at * _MOST_DAYS + self._day
        self._every = np.arange(len(past.skus))

    def level_on(self, day: int) -> Floats:
        """Return what lay there at the end of a day; 0 where nothing was known yet."""
        row = np.searchsorted(self._key, self._every * _MOST_DAYS + day, side="right") - 1
        known = (row >= 0) & (self._at[np.maximum(row, 0)] == self._every)
        return np.where(known, self._level[np.maximum(row, 0)], 0.0)

    def lowest(self, day: int, until: Ints) -> Floats:
        """Return the least that lay there at the end of any later day up to another."""
        least = np.full(len(self._every), np.inf)
        some = (self._day > day) & (self._day <= until[self._at])
        np.minimum.at(least, self._at[some], self._level[some])
        return least
