"""Price: bands of what is sold, and how units followed the price where it moved often enough (PIT-06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from zhanggui.i18n import Text
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.methods.slopes import pooled_slope
from zhanggui.money import currency_exponent
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.goods_names import internal_skus
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.products.sales import SkuSales, goods_lines
from zhanggui.understand.view import View

EDGES = (0, 30, 60, 100, 200, 300, 500, 1_000)
"""Lower edges of the price bands, in major units."""

LEAST_CHANGES, LEAST_UNITS = 3, 30
"""Price changes and units below which nothing is said of a SKU's elasticity."""

MOST_ERROR = 0.5
"""Standard error above which an elasticity is too uncertain to be named."""


@dataclass(frozen=True, slots=True)
class Band:
    """What is sold between two prices, in minor units."""

    low: int
    high: int | None
    skus: int
    units: float
    net_minor: float
    profit_minor: float


def price_bands(sales: SkuSales) -> tuple[Band, ...]:
    """Return SKUs by what a unit brought on average; profit of SKUs with unknown costs is left out."""
    scale = 10 ** currency_exponent(sales.currency)
    units, net = sales.of("units").astype(float), sales.of("net").astype(float)
    price = sales.of("receivable").astype(float) / np.where(units > 0, units, 1.0) / scale
    place = np.clip(np.searchsorted(np.asarray(EDGES), price, side="right") - 1, 0, len(EDGES) - 1)
    profit = np.nan_to_num(sales.profit)
    bands = []
    for number, low in enumerate(EDGES):
        inside = place == number
        if inside.any():
            high = EDGES[number + 1] if number + 1 < len(EDGES) else None
            sums = (float(each[inside].sum()) for each in (units, net, profit))
            bands.append(Band(low, high, int(inside.sum()), *sums))
    return tuple(bands)


@dataclass(frozen=True, slots=True)
class Priced:
    """One SKU of a store with its prices.

    Attributes
    ----------
    changes : list of (date, float)
        Days from which a price held, oldest first, the first with the price at the beginning.
    units, market : dict of date to float
        Units of the SKU, and of everything else its store sold, by day.
    """

    changes: list[tuple[date, float]]
    units: dict[date, float]
    market: dict[date, float]

    @property
    def n_changes(self) -> int:
        """How often its price changed."""
        return len(self.changes) - 1


@dataclass(frozen=True, slots=True)
class Elasticity:
    """How units followed the price; `value` is None where nothing can be said.

    Attributes
    ----------
    n_changes : int
        Price changes, those of all SKUs together.
    units : float
        Units sold.
    value, error : float or None
        Change of units in percent for one percent of price, usually negative, and its standard error.
    reason : Text or None
        Why there is no value.
    """

    n_changes: int
    units: float
    value: float | None = None
    error: float | None = None
    reason: Text | None = None


def elasticity(priced: Sequence[Priced], last: date) -> Elasticity:
    """Return the elasticity that some SKUs share, or why there is none.

    Parameters
    ----------
    priced : sequence of Priced
        One SKU, or those of one product; a SKU with fewer than three price changes says nothing and is left out.
    last : date
        Last day looked at.

    Notes
    -----
    Each change compares the second half of the days before it with the first half of the days after it, in units of
    the SKU for each unit of everything else, so that what moves the whole store is not taken for the price's effect,
    nor what drifts over months. Poisson counts given their total (`zhanggui.methods.slopes`). A price that was cut
    because goods sold badly makes it look smaller.
    """
    kept = [each for each in priced if each.n_changes >= LEAST_CHANGES]
    n_changes, units = sum(each.n_changes for each in priced), sum(sum(each.units.values()) for each in priced)
    if not kept:
        most = max((each.n_changes for each in priced), default=0)
        reason = Text(
            f"只改过 {most} 次价，至少要 {LEAST_CHANGES} 次。", f"{most} price changes; it takes {LEAST_CHANGES}."
        )
        return Elasticity(n_changes, units, reason=reason)
    if units < LEAST_UNITS:
        few = Text(f"销量不足 {LEAST_UNITS} 件。", f"Fewer than {LEAST_UNITS} units sold.")
        return Elasticity(n_changes, units, reason=few)
    rows = [row for number, each in enumerate(kept) for row in _around(each, last, number * 10_000)]
    try:
        found = pooled_slope(*(list(column) for column in zip(*rows, strict=True)))
    except NotEnoughDataError:
        return Elasticity(
            n_changes, units, reason=Text("改价前后卖得太少。", "Too little was sold around the changes.")
        )
    if found.error > MOST_ERROR:
        unsure = Text(f"误差 ±{found.error:.1f}，太不确定。", f"Its error is ±{found.error:.1f}: unsure.")
        return Elasticity(n_changes, units, error=found.error, reason=unsure)
    return Elasticity(n_changes, units, found.slope, found.error)


def _around(each: Priced, last: date, number: int) -> list[tuple[int, float, float, float]]:
    """Return group, log price, units and units of the rest before and after each change of a price."""
    stops = [day for day, _ in each.changes[1:]] + [last + timedelta(days=1)]
    rows = []
    for place, ((since, price), stop) in enumerate(zip(each.changes, stops, strict=True)):
        n_days = (stop - since).days
        # The middle of a spell parts the days that follow one change from those that precede the next.
        half = n_days // 2
        parts = [(place - 1, 0, n_days if place == each.n_changes else half)] if place > 0 else []
        parts += [(place, half if place > 0 else 0, n_days)] if place < each.n_changes else []
        for group, begin, end in parts:
            days = [since + timedelta(days=n) for n in range(begin, end)]
            own, rest = (sum((of.get(day, 0.0) for day in days), 0.0) for of in (each.units, each.market))
            rows.append((number + group, float(np.log(price)), own, rest))
    return rows


def priced_skus(desk: Desk, view: View) -> tuple[dict[tuple[int, str], Priced], date | None]:
    """Return the SKUs of stores whose prices are known, by store and SKU, and the last day looked at."""
    span = desk.span()
    if span is None:
        return {}, None
    first, last = view.date_from or span.first, view.date_to or span.last
    changes = _changes(desk, view, first, last)
    lines = goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date"))
    daily = lines.group_by(["shop_id", "sku_id", "paid_date"]).aggregate(units=lines.quantity.cast("float64").sum())
    units: dict[tuple[int, str], dict[date, float]] = {}
    market: dict[int, dict[date, float]] = {}
    for row in desk.ledger.query(daily).to_pylist():
        shop, day = row["shop_id"], row["paid_date"]
        units.setdefault((shop, row["sku_id"]), {})[day] = row["units"]
        whole = market.setdefault(shop, {})
        whole[day] = whole.get(day, 0.0) + row["units"]
    codes = internal_skus(desk)
    found = {}
    for (shop, sku), own in units.items():
        spells = changes.get((shop, codes.get((shop, sku), sku)))
        if spells is not None:
            rest = {day: total - own.get(day, 0.0) for day, total in market[shop].items()}
            found[shop, sku] = Priced(spells, own, rest)
    return found, last


def _changes(desk: Desk, view: View, first: date, last: date) -> dict[tuple[int, str], list[tuple[date, float]]]:
    stores = tuple(each for each in view.where if each.dim in ("platform", "shop"))
    rows = rows_in_view(desk, View(None, last, stores), "price_change", day="day")
    kept = rows.filter(rows.new_price_minor > 0).select("shop_id", "internal_sku", "day", "new_price_minor")
    spells: dict[tuple[int, str], list[tuple[date, float]]] = {}
    for row in desk.ledger.query(kept.order_by(["shop_id", "internal_sku", "day"])).to_pylist():
        course = spells.setdefault((row["shop_id"], row["internal_sku"]), [])
        day, price = max(row["day"], first), float(row["new_price_minor"])
        if course and course[-1][0] == day:
            course[-1] = (day, price)
        elif not course or course[-1][1] != price:
            course.append((day, price))
    return spells
