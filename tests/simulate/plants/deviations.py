"""What a planted fault really does: a world beside its twin in which that one fault does not happen."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.plants.faults import Fault
from zhanggui.simulate.records import (
    AD_ROWS,
    EVENTS,
    LINES,
    ORDERS,
    PRICES,
    PURCHASES,
    REFUNDS,
    TICKETS,
    VISITS,
    OrderKind,
    Step,
)
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.service.reviews import Reviews
from zhanggui.simulate.stores import PLACES
from zhanggui.simulate.world import World

Amounts = npt.NDArray[np.float64]
Measure = Callable[[World, Fault, DayRecords], tuple[float, float]]
"""From a day to sum and number of what the figure is the mean of, or to a count and 1."""

REGION = np.array([place.region for place in PLACES])
_REVIEWED_DAYS = 90


def without(world: World, fault: Fault) -> World:
    """Return a twin that goes on from here without a fault."""
    twin = world.fork()
    twin.plan = copy(twin.plan)
    twin.plan.pulls = tuple(pull for pull in twin.plan.pulls if pull not in fault.pulls)
    return twin


def _at(fault: Fault, rows: Rows) -> Rows:
    """Return the rows of a fault's segment."""
    for dimension, number in fault.segment.items():
        if dimension == "region":
            rows = rows.where(REGION[rows["place"]] == number)
        elif dimension in rows.table.columns:
            rows = rows.where(rows[dimension] == number)
    return rows


def _orders(fault: Fault, records: DayRecords, *, is_paid: bool) -> Rows:
    orders = records[ORDERS]
    orders = orders.where(orders["kind"] == OrderKind.ORDINARY)
    return _at(fault, orders.where(orders["paid_at"] >= 0) if is_paid else orders)


def _skus(world: World, fault: Fault) -> npt.NDArray[np.int64]:
    if "product" in fault.segment:
        return np.flatnonzero(world.shelf.product == fault.segment["product"])
    return np.array([pull.at["sku"] for pull in fault.pulls])


def orders_paid(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    return len(_orders(fault, records, is_paid=True)), 1


def orders_created(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    return len(_orders(fault, records, is_paid=False)), 1


def purchase_events(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    return float((records[EVENTS]["step"] == Step.PURCHASE).sum()), 1


def units_sold(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    lines, paid = _at(fault, records[LINES]), _orders(fault, records, is_paid=True)
    own = np.isin(lines["order"], paid["order"]) & np.isin(lines["sku"], _skus(world, fault)) & ~lines["is_gift"]
    return float(lines["quantity"][own].sum()), 1


def unit_price(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    rows = _at(fault, records[PRICES])
    # Only changes are told; without one the price is what was told last.
    return (float(rows["price_minor"][-1]), 1) if len(rows) else (0, 0)


def merchant_discount_minor(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    return float(_orders(fault, records, is_paid=True)["merchant_discount_minor"].sum()), 1


def transit_hours(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    orders = _orders(fault, records, is_paid=True)
    orders = orders.where(orders["received_at"] >= 0)
    return float((orders["received_at"] - orders["shipped_at"]).sum() / 3_600), len(orders)


def handling_hours(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    orders = _orders(fault, records, is_paid=True)
    orders = orders.where((orders["shipped_at"] >= 0) & ~orders["is_presale"])
    return float((orders["shipped_at"] - orders["paid_at"]).sum() / 3_600), len(orders)


def sessions(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    return float(np.unique(_at(fault, records[EVENTS])["session"]).size), 1


def lead_days(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    bought = _at(fault, records[PURCHASES])
    return float((bought["received_at"] - bought["ordered_at"]).sum() / 86_400), len(bought)


def refunds(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    rows = records[REFUNDS]
    if "product" in fault.segment:
        rows = rows.where(np.isin(rows["sku"], _skus(world, fault)))
    return len(_at(fault, rows)), 1


def visitors(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    return float(_at(fault, records[VISITS])["visitors"].sum()), 1


def click_rate(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    rows = _at(fault, records[AD_ROWS])
    return float(rows["clicks"].sum()), float(rows["impressions"].sum())


def cost_per_click_minor(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    rows = _at(fault, records[AD_ROWS])
    return float(rows["spend_minor"].sum()), float(rows["clicks"].sum())


def spend_minor(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    return float(_at(fault, records[AD_ROWS])["spend_minor"].sum()), 1


def step_passes(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    events = records[EVENTS]
    events = _at(fault, events.where(~events["is_bot"]))
    return float(np.unique(events["session"]).size), 1


def first_reply_minutes(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    talks = _at(fault, records[TICKETS])
    talks = talks.where(talks["first_reply_at"] >= 0)
    return float((talks["first_reply_at"] - talks["opened_at"]).sum() / 60), len(talks)


def bad_reviews(world: World, fault: Fault, records: DayRecords) -> tuple[float, float]:
    """Reviews come weeks later: they are drawn once more for the orders of the day, and all of them counted."""
    drawn = Reviews(world.draws, world.shelf)
    drawn.expect(records, Levers.of_day(records.day, world.plan.pulls))
    n_bad = 0
    for day in range(records.day, records.day + _REVIEWED_DAYS):
        later = DayRecords(day, records.midnight + (day - records.day) * 86_400)
        rows = drawn.due(later)
        n_bad += int((np.isin(rows["sku"], _skus(world, fault)) & (rows["stars"] <= 3)).sum())
    return n_bad, 1


MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        orders_paid, orders_created, purchase_events, units_sold, unit_price, merchant_discount_minor, transit_hours,
        handling_hours, sessions, lead_days, refunds, visitors, click_rate, cost_per_click_minor, spend_minor,
        step_passes, first_reply_minutes, bad_reviews,
    )
}  # fmt: skip
"""By the metric that a fault names; those of files are measured on files."""
MEANS = frozenset(
    {"lead_days", "transit_hours", "handling_hours", "click_rate", "cost_per_click_minor", "first_reply_minutes"}
)
"""Figures that are a mean over parcels, clicks and the like, and no count."""
