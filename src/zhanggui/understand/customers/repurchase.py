"""复购 Who buys again, how soon, and who is due (catalogue M-CONV-09 to M-CONV-12, C-PEOPLE-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from zhanggui.calendar import last_of_month
from zhanggui.ledger.purchases import is_kept
from zhanggui.understand.customers.lifecycle import categorised_lines
from zhanggui.understand.customers.people import (
    People,
    buying_days,
    enough,
    enough_kept,
    month_number,
    month_of,
    order_statistics,
    people_of,
)
from zhanggui.understand.customers.rfm import only_once
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

DAYS = 30
HORIZONS = (7, 14, 21, 30, 45, 60, 90, 120, 150, 180, 270, 365)
FEWEST_GAPS = 10
"""Repeat purchases below which the interval of a product or category is not told."""

FEWEST_OWN_GAPS = 2
"""Own intervals from which a person's own median says when the next purchase is due."""

DUE_BEFORE_DAYS, DUE_AFTER_DAYS = 7, 14
MOST_ITEMS = 50
SHARES = tuple(Decimal(text) for text in ("0.25", "0.50", "0.75", "0.90"))
BINS = (7, 14, 30, 45, 60, 90, 180)
"""Last days of the steps of the distribution; a last step holds what is longer."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the buyers whose first day lies at least `days` back, those who bought again within that time."""

    days: int
    n_matured: int
    n_again: int

    @property
    def rate(self) -> float | None:
        """The share; None where nobody has been followed that long."""
        return self.n_again / self.n_matured if self.n_matured else None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The buyers of one first month; `n_again` is None until all of them have been followed long enough."""

    month: date
    n_buyers: int
    n_again: int | None


@dataclass(frozen=True, slots=True)
class Intervals:
    """Days between one paid day and the next: how many, and the days at four shares of them."""

    item: str | None
    name: str | None
    n: int
    quarter: int
    median: int
    three_quarters: int
    nine_tenths: int


@dataclass(frozen=True, slots=True)
class Repurchase:
    """How buyers of a view come again.

    Attributes
    ----------
    people : People
        Whose orders were read.
    days : int
        Horizon of the headline and of the cohorts.
    headline : Rate
        The rate at that horizon.
    curve : tuple of Rate
        Rates at longer and longer horizons, each of the buyers followed that long.
    cohorts : tuple of Cohort
        By month of the first purchase.
    intervals : Intervals
        All intervals of all buyers.
    histogram : tuple of int
        Number of intervals in each step of ``BINS``, and of longer ones.
    """

    people: People
    days: int
    headline: Rate
    curve: tuple[Rate, ...]
    cohorts: tuple[Cohort, ...]
    intervals: Intervals
    histogram: tuple[int, ...]


def repurchase(desk: Desk, view: View, days: int = DAYS) -> Repurchase:
    """Return how buyers come again.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores, channel and last day; all history before it is read, because only that tells a first purchase.
    days : int
        Horizon of the headline.

    Raises
    ------
    ThinDataError
        Fewer than 30 buyers, a single day, or nobody who bought on two days.

    Notes
    -----
    Different paid days count; split orders and orders given back whole do not. A buyer enters a rate when the first
    day lies at least the horizon back, so that everybody had the same time; a cohort when all its buyers do.
    """
    return desk.kept(("repurchase", view.where, view.date_to, days), lambda: _repurchase(desk, view, days))


def first_and_second(orders: ir.Table) -> ir.Table:
    """Return the first and the second paid day of each buyer."""
    bought = buying_days(orders)
    numbered = bought.mutate(place=ibis.row_number().over(group_by=bought.buyer_key, order_by=bought.paid_date))
    return numbered.group_by("buyer_key").aggregate(
        first_day=numbered.paid_date.min(), second_day=numbered.paid_date.min(where=numbered.place == 1)
    )


def _repurchase(desk: Desk, view: View, days: int) -> Repurchase:
    people = people_of(desk, view)
    enough(people)
    buyers = first_and_second(people.orders)
    followed = ibis.literal(people.as_of).delta(buyers.first_day, unit="day")
    waited = buyers.second_day.delta(buyers.first_day, unit="day")
    longest = (people.as_of - people.first).days
    horizons = tuple(sorted({days, *(each for each in HORIZONS if each <= longest)}))
    sums = {}
    for each in horizons:
        sums[f"matured_{each}"] = (followed >= each).sum()
        sums[f"again_{each}"] = ((followed >= each) & (waited <= each)).sum()
    [row] = desk.ledger.query(buyers.aggregate(n=buyers.count(), n_twice=buyers.second_day.count(), **sums)).to_pylist()
    enough_kept(row["n"])
    if not row["n_twice"]:
        raise only_once(people)
    rates = {each: Rate(each, int(row[f"matured_{each}"] or 0), int(row[f"again_{each}"] or 0)) for each in horizons}
    gaps = _gaps(buying_days(people.orders), ("buyer_key",))
    [steps] = desk.ledger.query(gaps.aggregate(**_steps(gaps.gap))).to_pylist()
    return Repurchase(
        people=people,
        days=days,
        headline=rates[days],
        curve=tuple(rates[each] for each in horizons if each <= longest),
        cohorts=_cohorts(desk, people, buyers, days),
        intervals=_intervals(desk, gaps, ())[0],
        histogram=tuple(int(steps[f"step_{place}"] or 0) for place in range(len(BINS) + 1)),
    )


def _cohorts(desk: Desk, people: People, buyers: ir.Table, days: int) -> tuple[Cohort, ...]:
    rows = buyers.mutate(month=month_number(buyers.first_day))
    is_again = rows.second_day.delta(rows.first_day, unit="day") <= days
    asked = rows.group_by("month").aggregate(n=rows.count(), n_again=is_again.sum()).order_by("month")
    found = []
    for row in desk.ledger.query(asked).to_pylist():
        month = month_of(row["month"])
        is_mature = last_of_month(month) + timedelta(days=days) <= people.as_of
        found.append(Cohort(month, row["n"], int(row["n_again"] or 0) if is_mature else None))
    return tuple(found)


def _gaps(days: ir.Table, keys: Sequence[str]) -> ir.Table:
    """Return every paid day after the first of its keys, with the days since the one before as ``gap``."""
    before = days.paid_date.lag().over(group_by=[days[key] for key in keys], order_by=days.paid_date)
    rows = days.mutate(gap=days.paid_date.delta(before, unit="day"))
    return rows.filter(rows.gap.notnull())


def _steps(gap: ir.IntegerColumn) -> dict[str, ir.Value]:
    lower = (0, *BINS)
    steps = {f"step_{place}": ((gap > lower[place]) & (gap <= last)).sum() for place, last in enumerate(BINS)}
    return {**steps, f"step_{len(BINS)}": (gap > BINS[-1]).sum()}


def _quantiles(gap: ir.IntegerColumn) -> ir.Value:
    return order_statistics(gap, ibis.literal(list(SHARES), type=dt.Array(dt.Decimal(3, 2))))


def _intervals(desk: Desk, gaps: ir.Table, by: Sequence[str], *, fewest: int = 1) -> tuple[Intervals, ...]:
    name = gaps.title.max() if "product_id" in by else ibis.null("string")
    measured = {"n": gaps.count(), "days": _quantiles(gaps.gap), "name": name}
    rows = gaps.group_by(list(by)).aggregate(**measured) if by else gaps.aggregate(**measured)
    rows = rows.filter(rows.n >= fewest).order_by([ibis.desc("n"), *by]).limit(MOST_ITEMS)
    return tuple(
        Intervals(row[by[-1]] if by else None, row["name"], row["n"], *map(int, row["days"]))
        for row in desk.ledger.query(rows).to_pylist()
    )


def _item_days(desk: Desk, people: People, item: str) -> ir.Table:
    """Return the different paid days on which each buyer bought each product or category."""
    orders = people.orders.filter(is_kept(people.orders))
    orders = orders.select("shop_id", "order_id", "buyer_key", "paid_date")
    lines = categorised_lines(desk)
    lines = lines.filter(lines[item].notnull(), lines.quantity > 0)
    bought = lines.inner_join(orders, ["shop_id", "order_id"])
    keys = ["shop_id", item] if item == "product_id" else [item]
    return bought.group_by(["buyer_key", *keys, "paid_date"]).aggregate(title=bought.product_title.max())


def intervals_by(desk: Desk, view: View, item: str) -> tuple[Intervals, ...]:
    """Return the intervals between purchases of the same thing by the same buyer, the most frequent first.

    Parameters
    ----------
    item : {"category", "product_id"}
        What is bought again.
    """

    def found() -> tuple[Intervals, ...]:
        people = people_of(desk, view)
        enough(people)
        keys = ("shop_id", item) if item == "product_id" else (item,)
        days = _item_days(desk, people, item)
        return _intervals(desk, _gaps(days, ("buyer_key", *keys)), keys, fewest=FEWEST_GAPS)

    return desk.kept(("intervals", item, view.where, view.date_to), found)


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who, by the usual interval, is about to need a product again.

    Attributes
    ----------
    buyer_key, product_id, title : str
        Who and what.
    last_day, due_day : date
        When it was bought last, and when the next purchase is due.
    interval_days : int
        The interval that says so.
    n_own : int
        Own intervals of the buyer with this product; from two on their median counts, else that of the product.
    n_product : int
        Intervals of all buyers of the product.
    """

    buyer_key: str
    product_id: str
    title: str | None
    last_day: date
    due_day: date
    interval_days: int
    n_own: int
    n_product: int


def due_to_reorder(desk: Desk, view: View, *, limit: int = MOST_ITEMS) -> tuple[Due, ...]:
    """Return who is due between 7 days ago and 14 days ahead, the earliest first.

    Notes
    -----
    Products with fewer than ten repeat purchases by all buyers are left out: their interval is chance.
    """

    def found() -> tuple[Due, ...]:
        people = people_of(desk, view)
        enough(people)
        rows = desk.ledger.query(_due(desk, people, limit)).to_pylist()
        return tuple(
            Due(
                buyer_key=row["buyer_key"],
                product_id=row["product_id"],
                title=row["title"],
                last_day=row["last_day"],
                due_day=row["last_day"] + timedelta(days=row["interval_days"]),
                interval_days=row["interval_days"],
                n_own=row["n_own"] or 0,
                n_product=row["n_product"],
            )
            for row in rows
        )

    return desk.kept(("due", view.where, view.date_to, limit), found)


def _due(desk: Desk, people: People, limit: int) -> ir.Table:
    keys = ["shop_id", "product_id"]
    days = _item_days(desk, people, "product_id")
    gaps = _gaps(days, ("buyer_key", *keys))
    usual = gaps.group_by(keys).aggregate(n_product=gaps.count(), usual=_quantiles(gaps.gap)[1])
    usual = usual.filter(usual.n_product >= FEWEST_GAPS)
    own = gaps.group_by(["buyer_key", *keys]).aggregate(n_own=gaps.count(), own=_quantiles(gaps.gap)[1])
    last = days.group_by(["buyer_key", *keys]).aggregate(last_day=days.paid_date.max(), title=days.title.max())
    rows = last.inner_join(usual, keys)
    rows = rows.left_join(own, ["buyer_key", *keys]).select(
        "buyer_key", "product_id", "title", "last_day", "n_product", "usual", "n_own", "own"
    )
    rows = rows.mutate(interval_days=ibis.ifelse(rows.n_own >= FEWEST_OWN_GAPS, rows.own, rows.usual))
    rows = rows.mutate(due_day=(rows.last_day + rows.interval_days.as_interval("D")).cast("date"))
    rows = rows.filter(
        rows.due_day >= people.as_of - timedelta(days=DUE_BEFORE_DAYS),
        rows.due_day <= people.as_of + timedelta(days=DUE_AFTER_DAYS),
    )
    return rows.order_by(["due_day", "buyer_key", "product_id"]).limit(limit)
