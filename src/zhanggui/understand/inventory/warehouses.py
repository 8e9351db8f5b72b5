"""Warehouses and channels 多仓多渠道: what lies where, what may be sold where, and what should move (C-INV-03)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock import stock_course
from zhanggui.understand.inventory.book import StockBook, levels_by_place
from zhanggui.understand.inventory.goods import shares_of_stores
from zhanggui.understand.inventory.health import Health
from zhanggui.understand.inventory.position import Position

HORIZON_DAYS = 14
"""Days that a warehouse should last before the next goods come, where nobody says otherwise."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Places:
    """Warehouses side by side; every array has the SKUs of the book in their order.

    Attributes
    ----------
    names : tuple of str
        The warehouses.
    held, rate : mapping of str to array
        Units in each at the end of the last day, and units it sends on a day on which it has stock.
    """

    names: tuple[str, ...]
    held: dict[str, Floats]
    rate: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Transfer:
    """A proposal to move units of one SKU, and what that should bring.

    Attributes
    ----------
    cover_from, cover_to : float
        Days of stock at the source after it, and at the destination before it.
    saved_units : float
        Units that the destination would lack within the horizon, and does not.
    saved_minor : float or None
        Their margin before freight, in minor units; None where price or cost is unknown.
    """

    sku: str
    name: str
    source: str
    destination: str
    units: int
    cover_from: float
    cover_to: float
    saved_units: float
    saved_minor: float | None


@dataclass(frozen=True, slots=True)
class Allotment:
    """What each store may show as stock of one SKU, so that all together sell no more than there is."""

    sku: str
    name: str
    available: float
    reserve: int
    by_store: dict[int, int]


def places_of(ledger: Ledger, book: StockBook) -> Places:
    """Return what lies and what leaves where.

    Notes
    -----
    The rate of a warehouse counts only the days on which it had stock: an empty one sends nothing and is not without
    demand for that. What it sends is what it was told to send, so a warehouse that stood in for another looks busier.
    """
    names, held = levels_by_place(ledger, book)
    place = {name: n for n, name in enumerate(book.course.skus)}
    rates: dict[str, Floats] = {}
    for name in names:
        course = stock_course(ledger, book.last, warehouse=name)
        in_window = course.day >= book.first.toordinal()
        days = course.by_sku(course.held_days(book.first) * (course.level > 0))
        sold = course.by_sku(np.where(in_window, course.sold, 0.0))
        # The days on which it ran out sold something too.
        days = days + course.by_sku(in_window & (course.level <= 0) & (course.sold > 0))
        rate = np.divide(sold, days, out=np.zeros_like(sold), where=days > 0)
        rates[name] = np.zeros(book.course.n_skus)
        rates[name][[place[sku] for sku in course.skus]] = rate
    return Places(names, held, rates)


def transfers_of(health: Health, places: Places, *, horizon_days: int = HORIZON_DAYS) -> tuple[Transfer, ...]:
    """Propose what to move from where there is more than enough to where it will run out, dearest first.

    Parameters
    ----------
    health : Health
        The stock as a whole.
    places : Places
        What lies where.
    horizon_days : int
        A warehouse that lasts less should get goods; one that gives keeps twice as much.
    """
    found: list[Transfer] = []
    held = {name: np.maximum(places.held[name], 0.0) for name in places.names}
    need = {name: np.maximum(places.rate[name] * horizon_days - held[name], 0.0) for name in places.names}
    spare = {name: np.maximum(held[name] - 2 * places.rate[name] * horizon_days, 0.0) for name in places.names}
    short = np.zeros(health.book.course.n_skus, np.bool_)
    for name in places.names:
        short |= need[name] >= 1
    for sku in map(int, np.flatnonzero(short)):
        wanting = sorted((name for name in places.names if need[name][sku] >= 1), key=lambda name: -need[name][sku])
        for destination in wanting:
            giving = max((name for name in places.names if name != destination), key=lambda name: spare[name][sku],
                         default=None)  # fmt: skip
            if giving is None:
                continue
            units = int(min(np.ceil(need[destination][sku]), np.floor(spare[giving][sku])))
            if units < 1:
                continue
            spare[giving][sku] -= units
            held[giving][sku] -= units
            covers = tuple(_cover(held[name][sku], places.rate[name][sku]) for name in (giving, destination))
            found.append(_transfer(health, sku, giving, destination, units, need[destination][sku], covers))
    return tuple(sorted(found, key=lambda each: (-(each.saved_minor or 0.0), -each.saved_units, each.sku)))


def _transfer(
    health: Health, sku: int, source: str, destination: str, units: int, need: float, covers: tuple[float, ...]
) -> Transfer:
    goods, margin = health.book.goods, float(health.book.goods.margin[sku])
    saved = float(min(units, need))
    return Transfer(
        sku=health.book.course.skus[sku],
        name=goods.names[sku],
        source=source,
        destination=destination,
        units=units,
        cover_from=covers[0],
        cover_to=covers[1],
        saved_units=saved,
        saved_minor=None if np.isnan(margin) else saved * max(margin, 0.0),
    )


def _cover(held: float, rate: float) -> float:
    return float(held / rate) if rate > 0 else float("inf")


def allotments_of(
    ledger: Ledger, book: StockBook, position: Position, health: Health, *, reserve_days: float = 1.0
) -> tuple[Allotment, ...]:
    """Return what each store may show of the SKUs that several stores sell.

    Notes
    -----
    Stores learn of each other's sales with a delay: a reserve of `reserve_days` of demand is shown by none. The rest is
    shared by what each sold in the window, in whole units by largest remainder, so that the shares never exceed it.
    """
    sold = shares_of_stores(ledger, book.first, book.last)
    found = []
    for at, sku in enumerate(book.course.skus):
        shares = sold.get(sku, {})
        if len(shares) < 2:
            continue
        available = float(position.available[at])
        rate = health.demand.rate[at]
        reserve = 0 if np.isnan(rate) else int(np.ceil(rate * reserve_days))
        total = max(int(np.floor(available)) - reserve, 0)
        found.append(Allotment(sku, book.goods.names[at], available, reserve, shared_out(total, shares)))
    return tuple(sorted(found, key=lambda each: (each.available - each.reserve, each.sku)))


def shared_out(total: int, shares: dict[int, float]) -> dict[int, int]:
    """Share whole units by largest remainder.

    Examples
    --------
    >>> shared_out(10, {1: 2.0, 2: 1.0})
    {1: 7, 2: 3}
    """
    whole = sum(shares.values())
    exact = {store: total * part / whole if whole else 0.0 for store, part in shares.items()}
    given = {store: int(np.floor(part)) for store, part in exact.items()}
    for store in sorted(exact, key=lambda each: (given[each] - exact[each], each))[: total - sum(given.values())]:
        given[store] += 1
    return given
