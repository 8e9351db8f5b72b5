"""How sales answered to price: the shop's own price changes, store by store, or what is assumed without them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from zhanggui.ledger.engine import Ledger
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.methods.slopes import PooledSlope, pooled_slope
from zhanggui.understand.inventory.book import StockBook
from zhanggui.understand.inventory.goods import sold_parts

ASSUMED_ELASTICITY = 1.5
"""Where prices tell nothing: a cut of 10% sells some 17% more. Assumed, with half and one and a half times as range."""
MOST_ERROR = 0.5
"""An estimate that is known no better than this is not used."""
LOOK_BACK_DAYS = 365
Source = Literal["declared", "estimated", "assumed"]

Floats = npt.NDArray[np.float64]
_Place = tuple[int, int]
"""A store, and the place of a SKU in the book."""


@dataclass(frozen=True, slots=True)
class Elasticity:
    """By how many percent sales rise when the price falls by one, and how that is known.

    Attributes
    ----------
    value, low, high : float
        The figure and the ends of its range (90% where estimated).
    source : {"declared", "estimated", "assumed"}
        The operator's word, the shop's own price changes, or neither.
    n_changes : int
        SKUs of a store whose price changes it was estimated from.
    """

    value: float
    low: float
    high: float
    source: Source
    n_changes: int = 0


def elasticity_of(ledger: Ledger, book: StockBook, declared: float | None) -> Elasticity:
    """Return the elasticity that was declared, else that of the shop's own price changes, else the assumed one."""
    if declared is not None:
        return Elasticity(declared, declared * 0.75, declared * 1.25, "declared")
    found = estimated_slope(ledger, book)
    if found is not None and found.slope < 0 and found.error <= MOST_ERROR:
        value = -found.slope
        low, high = max(value - 1.645 * found.error, 0.0), value + 1.645 * found.error
        return Elasticity(value, low, high, "estimated", found.n_groups)
    return Elasticity(ASSUMED_ELASTICITY, ASSUMED_ELASTICITY / 2, ASSUMED_ELASTICITY * 1.5, "assumed")


def estimated_slope(ledger: Ledger, book: StockBook) -> PooledSlope | None:
    """Return how units of a SKU in a store followed its price there, or None where too few prices changed.

    Notes
    -----
    A count is taken to follow the level of its SKU in its store, how busy the store was that day, and the price. How
    busy it was follows from all it sold, less what the prices of that day made of it, so both are found by turns. Days
    without stock are left out. A price that was cut because goods sold badly makes the answer look smaller than it is.
    """
    spells = _spells(ledger, book)
    if not spells:
        return None
    first = (book.last - timedelta(days=LOOK_BACK_DAYS - 1)).toordinal()
    n_days = book.last.toordinal() - first + 1
    units, whole = _sales(ledger, book, spells, first, n_days)
    logs = {place: _log_prices(changes, first, n_days) for place, changes in spells.items()}
    there = _stock_of(book, {sku for _, sku in spells}, first, n_days)
    found: PooledSlope | None = None
    for _ in range(_ROUNDS):
        weights = _busy(units, whole, logs, 0.0 if found is None else found.slope)
        before = found
        try:
            found = _slope(spells, units, weights, there, first, n_days)
        except NotEnoughDataError:
            return None
        if before is not None and abs(found.slope - before.slope) < _CLOSE:
            break
    return found


_ROUNDS = 12
_CLOSE = 0.005


def _slope(
    spells: dict[_Place, list[tuple[int, float]]], units: dict[_Place, Floats], weights: dict[int, Floats],
    there: dict[int, Floats], first: int, n_days: int,
) -> PooledSlope:  # fmt: skip
    groups, prices, counts, sizes = [], [], [], []
    for number, ((store, sku), changes) in enumerate(spells.items()):
        exposure, sold = there[sku] * weights[store], units[store, sku] * (there[sku] > 0)
        stops = [since for since, _ in changes[1:]] + [first + n_days]
        for (since, price), stop in zip(changes, stops, strict=True):
            days = slice(max(since - first, 0), max(stop - first, 0))
            groups.append(number)
            prices.append(float(np.log(price)))
            counts.append(float(sold[days].sum()))
            sizes.append(float(exposure[days].sum()))
    return pooled_slope(groups, prices, counts, sizes)


def _busy(
    units: dict[_Place, Floats], whole: dict[int, Floats], logs: dict[_Place, Floats], slope: float
) -> dict[int, Floats]:
    """Return what each store sold on each day, less what its prices made of that."""
    made: dict[int, Floats] = {}
    for (store, sku), log_price in logs.items():
        share = units[store, sku].sum() / max(float(whole[store].sum()), 1.0)
        effect = share * (np.exp(slope * log_price) - 1.0)
        made[store] = made.get(store, np.ones(len(effect))) + effect
    return {store: whole[store] / np.maximum(index, 0.05) for store, index in made.items()}


def _log_prices(changes: list[tuple[int, float]], first: int, n_days: int) -> Floats:
    """Return the logarithm of each day's price over the first."""
    found = np.zeros(n_days)
    for since, price in changes[1:]:
        found[max(since - first, 0) :] = np.log(price / changes[0][1])
    return found


def _stock_of(book: StockBook, wanted: set[int], first: int, n_days: int) -> dict[int, Floats]:
    """Return for each wanted SKU on which days there was stock."""
    course, ends = book.course, np.cumsum(np.bincount(book.course.sku, minlength=book.course.n_skus))
    found = {}
    for sku in wanted:
        rows = slice(int(ends[sku - 1]) if sku else 0, int(ends[sku]))
        found[sku] = _has_stock(course.day[rows], course.until[rows], course.level[rows], first, n_days)
    return found


def _has_stock(
    day: npt.NDArray[np.int64], until: npt.NDArray[np.int64], level: Floats, first: int, n_days: int
) -> Floats:
    """Return 1 for each day that ended with stock, else 0."""
    steps = np.zeros(n_days + 1)
    there = level > 0
    np.add.at(steps, np.clip(day[there] - first, 0, n_days), 1.0)
    np.add.at(steps, np.clip(until[there] - first, 0, n_days), -1.0)
    return np.cumsum(steps)[:n_days]


def _sales(
    ledger: Ledger, book: StockBook, wanted: dict[_Place, list[tuple[int, float]]], first: int, n_days: int
) -> tuple[dict[_Place, Floats], dict[int, Floats]]:
    """Return units by day of each wanted SKU of a store, and of each store as a whole."""
    place = {name: n for n, name in enumerate(book.course.skus)}
    units: dict[_Place, Floats] = {each: np.zeros(n_days) for each in wanted}
    whole: dict[int, Floats] = defaultdict(lambda: np.zeros(n_days))
    rows = sold_parts(ledger, book.last - timedelta(days=LOOK_BACK_DAYS - 1), book.last)
    rows = rows.filter(rows.line_kind == "product")
    sums = rows.group_by(["shop_id", "internal_sku", "day"]).aggregate(units=rows.units.sum())
    for row in ledger.query(sums).to_pylist():
        store, day = int(row["shop_id"]), row["day"].toordinal() - first
        whole[store][day] += row["units"]
        at = (store, place.get(row["internal_sku"], -1))
        if at in units:
            units[at][day] += row["units"]
    return units, whole


def _spells(ledger: Ledger, book: StockBook) -> dict[_Place, list[tuple[int, float]]]:
    """Return the days from which each price of a SKU held in a store, where it had several."""
    held = ledger.table("price_change")
    rows = held.filter((held.day <= book.last) & (held.new_price_minor > 0) & (held.currency == book.currency))
    place = {name: n for n, name in enumerate(book.course.skus)}
    since = (book.last - timedelta(days=LOOK_BACK_DAYS - 1)).toordinal()
    found: dict[_Place, list[tuple[int, float]]] = {}
    wanted = rows.select("shop_id", "internal_sku", "day", "new_price_minor")
    for row in ledger.query(wanted.order_by(["shop_id", "internal_sku", "day"])).to_pylist():
        at = place.get(row["internal_sku"])
        if at is None:
            continue
        spells = found.setdefault((int(row["shop_id"]), at), [])
        day = row["day"].toordinal()
        if day <= since:
            spells.clear()
        if not spells or spells[-1][1] != row["new_price_minor"]:
            spells.append((day, float(row["new_price_minor"])))
    return {each: spells for each, spells in found.items() if len(spells) > 1}
