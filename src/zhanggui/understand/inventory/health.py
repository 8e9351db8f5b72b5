"""Health of stock: how long it lasts, what was out and what that lost, how old it is, what does not move.

Catalogue M-INV-01 to M-INV-05, M-INV-09, M-INV-10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.ledger.stock import StockCourse
from zhanggui.methods.censoring import capped_rates
from zhanggui.understand.inventory.book import Rules, StockBook

BANDS = ("out", "low", "healthy", "over", "slow", "dead", "new", "unmoved")
"""How a SKU stands: nothing there, too little, right, too much, slow, dead, new, or demand not known."""
AGES = (30, 60, 90, 180)
"""Upper ends of the bands of age, in days; the last band has none."""
LEAST_PANEL_UNITS = 200.0
"""Units that goods never out of stock must have sold for the days to be weighed by them."""
Z90 = 1.645

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Demand:
    """What was asked for, seen and unseen.

    Attributes
    ----------
    rate : array of float, shape (n_skus,)
        Units a mean day would sell, were there always stock; NaN where nothing was ever in stock in the window.
    lost : array of float, shape (n_skus,)
        Units that stock-outs cost; 0 where the rate is unknown.
    lost_variance : array of float, shape (n_skus,)
        Of that estimate, in units squared.
    is_weighed : bool
        Whether days are weighed by what goods always in stock sold; otherwise all days count alike.
    """

    rate: Floats
    lost: Floats
    lost_variance: Floats
    is_weighed: bool


@dataclass(frozen=True, slots=True)
class Health:
    """Stock of every SKU of a book, in the order of ``book.course.skus``; days are days, money is minor units.

    Attributes
    ----------
    on_hand, value : array of float
        Units at the end of the last day, and their cost; value is NaN where the cost is unknown.
    mean_units : array of float
        Mean over the days of the window of what lay there at their ends.
    sold : array of float
        Units sent in the window less those taken back sellable.
    days_on_sale, days_out : array of int
        Days of the window on which the SKU was on sale, and those of them that ended with nothing in stock.
    days_since_sale : array of float
        Days from the last sale to the last day; NaN: none.
    cover : array of float
        Days that what is there lasts at the estimated rate; infinite where nothing sells.
    ages : array of float, shape (n_skus, 6)
        Units by age: within each of `AGES`, older, and unknown (there when the books began).
    band : array of int
        Place in `BANDS`.
    demand : Demand
        What was asked for.
    """

    book: StockBook
    rules: Rules
    on_hand: Floats
    value: Floats
    mean_units: Floats
    sold: Floats
    days_on_sale: Integers
    days_out: Integers
    days_since_sale: Floats
    cover: Floats
    ages: Floats
    band: Integers
    demand: Demand

    @property
    def stock_value(self) -> float:
        """Cash tied up in stock, without goods of unknown cost."""
        return float(np.nansum(self.value))

    @property
    def mean_value(self) -> float:
        """Mean value of stock over the window, at today's costs."""
        return float(np.nansum(np.maximum(self.mean_units, 0) * self.book.goods.unit_cost))

    @property
    def cost_of_goods(self) -> float:
        """What the goods sold in the window cost, at today's costs."""
        return float(np.nansum(self.sold * self.book.goods.unit_cost))

    @property
    def days_of_stock(self) -> float | None:
        """Mean value of stock divided by the cost of goods sold a day."""
        return self.mean_value / (self.cost_of_goods / self.book.n_days) if self.cost_of_goods > 0 else None

    @property
    def turns(self) -> float | None:
        """Cost of goods sold in a year divided by the mean value of stock: 365 divided by the days of stock."""
        days = self.days_of_stock
        return 365.0 / days if days else None

    @property
    def is_on_sale(self) -> Truths:
        """Whether a SKU counts for stock-outs."""
        return self.days_on_sale > 0

    @property
    def stock_out_rate(self) -> float | None:
        """SKU-days out of stock divided by SKU-days on sale."""
        on_sale = int(self.days_on_sale.sum())
        return float(self.days_out.sum() / on_sale) if on_sale else None

    def value_of(self, *bands: str) -> float:
        """Return the cash tied up in some bands."""
        chosen = np.isin(self.band, [BANDS.index(name) for name in bands])
        return float(np.nansum(self.value[chosen]))

    def lost_money(self, per_unit: Floats) -> tuple[float, float, float]:
        """Return what lost sales come to at an amount per unit, and the ends of its 90% interval."""
        worth = np.where(np.isnan(per_unit), 0.0, per_unit)
        mean = float((self.demand.lost * worth).sum())
        spread = Z90 * float(np.sqrt((self.demand.lost_variance * worth**2).sum()))
        return mean, max(mean - spread, 0.0), mean + spread


@dataclass(frozen=True, slots=True)
class Score:
    """Health as one number from 0 to 100: the mean of its parts, each a share from 0 to 1."""

    available: float
    right_sized: float
    moving: float

    @property
    def points(self) -> float:
        """100 times the mean of the parts."""
        return 100.0 * (self.available + self.right_sized + self.moving) / 3.0


def health_of(book: StockBook, rules: Rules) -> Health:
    """Judge the stock of a book by rules."""
    course, goods = book.course, book.goods
    first, last = book.first.toordinal(), book.last.toordinal()
    held = course.held_days(book.first)
    in_window = (course.day >= first) & (course.day <= last)
    on_hand = course.on_hand()
    sold = course.by_sku(np.where(in_window, course.sold - course.returned, 0.0))
    days_since = _days_since_sale(course)
    demand = demand_of(book)
    with np.errstate(divide="ignore", invalid="ignore"):
        cover = np.where(on_hand > 0, np.maximum(on_hand, 0) / demand.rate, 0.0)
    on_sale = course.on_sale_days(book.first)
    return Health(
        book=book,
        rules=rules,
        on_hand=on_hand,
        value=np.maximum(on_hand, 0) * goods.unit_cost,
        mean_units=course.by_sku(np.maximum(course.level, 0) * held) / book.n_days,
        sold=sold,
        days_on_sale=course.by_sku(on_sale).astype(np.int64),
        days_out=course.by_sku(on_sale * (course.level <= 0)).astype(np.int64),
        days_since_sale=days_since,
        cover=cover,
        ages=ages_of(course),
        band=_bands(course, rules, on_hand, days_since, cover),
        demand=demand,
    )


def score_of(found: Health) -> Score | None:
    """Return health as one number, or None where stock has no value or no day to judge by."""
    total, out = found.stock_value, found.stock_out_rate
    judged = total - found.value_of("unmoved")
    if judged <= 0 or out is None:
        return None
    right = found.value_of("healthy", "low", "new") / judged
    moving = 1.0 - found.value_of("slow", "dead") / judged
    return Score(available=1.0 - out, right_sized=right, moving=moving)


def _days_since_sale(course: StockCourse) -> Floats:
    last_sale = np.full(course.n_skus, np.nan)
    is_sale = course.sold > 0
    last_sale[course.sku[is_sale]] = course.day[is_sale]
    return course.last.toordinal() - last_sale


def _bands(course: StockCourse, rules: Rules, on_hand: Floats, days_since: Floats, cover: Floats) -> Integers:
    age = course.last.toordinal() - course.first_days() + 1
    never = np.where(np.isnan(days_since), age, days_since)
    place = {name: n for n, name in enumerate(BANDS)}
    knows_demand = bool(course.sold.any())
    tests = [
        (on_hand <= 0, "out"),
        (np.full(len(on_hand), not knows_demand), "unmoved"),
        ((age <= rules.new_days) & np.isnan(days_since), "new"),
        (never > rules.dead_days, "dead"),
        (never > rules.slow_days, "slow"),
        (cover > rules.high_days, "over"),
        (cover < rules.low_days, "low"),
    ]
    return np.select([test for test, _ in tests], [place[name] for _, name in tests], place["healthy"])


def ages_of(course: StockCourse) -> Floats:
    """Return units in stock by age, the newest receipts being those that are still there (first in, first out)."""
    last, left = course.last.toordinal(), np.maximum(course.on_hand(), 0.0)
    found = np.zeros((course.n_skus, len(AGES) + 2))
    age = last - course.day
    before = np.zeros(course.n_skus)
    for place, days in enumerate((*AGES, None)):
        within = course.bought if days is None else np.where(age < days, course.bought, 0.0)
        reached = np.minimum(course.by_sku(within), left)
        found[:, place] = np.maximum(reached - before, 0.0)
        before = np.maximum(before, reached)
    found[:, -1] = left - before
    return found


def demand_of(book: StockBook) -> Demand:
    """Estimate what every SKU would have sold with stock on every day of the window.

    Notes
    -----
    A SKU sells Poisson counts at its own rate times the weight of the day. Days that began and ended with stock are
    counted whole; of a day on which it ran out only the least is known; days without any stock tell nothing and are
    lost whole. The weight of a day is what goods that were never out of stock sold on it, over their mean.
    """
    course, first, last = book.course, book.first.toordinal(), book.last.toordinal()
    weights, is_weighed = day_weights(book)
    until = np.concatenate([[0.0], np.cumsum(weights)])
    start = np.clip(course.day, first, last + 1) - first
    end = np.clip(course.until, first, last + 1) - first
    span = np.where(end > start, until[end] - until[start], 0.0)
    in_window = (course.day >= first) & (course.day <= last)
    has_stock = course.level > 0
    # The day on which it ran out: something could be sold, and no more than there was.
    ran_out = in_window & ~has_stock & ((course.before > 0) | (course.sold > 0))
    first_weight = np.where(ran_out, weights[np.clip(start, 0, len(weights) - 1)], 0.0)
    open_sold = course.by_sku(np.where(in_window & ~ran_out, course.sold, 0.0))
    exposure = course.by_sku(np.where(has_stock, span, 0.0))
    out = course.by_sku(np.where(has_stock, 0.0, span - first_weight))
    rows = np.flatnonzero(ran_out)
    rates = capped_rates(
        open_sold, exposure, capped_series=course.sku[rows], capped_seen=course.sold[rows],
        capped_exposure=first_weight[rows],
    )  # fmt: skip
    rate = np.where(np.isnan(rates.rate), 0.0, rates.rate)
    unseen = np.bincount(course.sku[rows], weights=rates.unseen, minlength=course.n_skus)
    seen = exposure + course.by_sku(first_weight)
    lost = rate * out + unseen
    # What is not known of the rate, and chance on the days that were lost.
    variance = np.divide(out**2 * rate, seen, out=np.zeros_like(out), where=seen > 0) + lost
    return Demand(rate=rates.rate, lost=lost, lost_variance=variance, is_weighed=is_weighed)


def day_weights(book: StockBook) -> tuple[Floats, bool]:
    """Return the weight of each day of the window, 1 on average, and whether there was enough to weigh by."""
    course, first = book.course, book.first.toordinal()
    held = course.held_days(book.first)
    was_out = course.by_sku(held * (course.level <= 0)) > 0
    always = ~was_out & (course.first_days() <= first) & (course.by_sku(held) > 0)
    chosen = always[course.sku] & (course.day >= first) & (course.day <= book.last.toordinal())
    sold = np.bincount(course.day[chosen] - first, weights=course.sold[chosen], minlength=book.n_days)
    if sold.sum() < max(LEAST_PANEL_UNITS, 2.0 * book.n_days) or book.demand_source != "movements":
        return np.ones(book.n_days), False
    return sold / sold.mean(), True
