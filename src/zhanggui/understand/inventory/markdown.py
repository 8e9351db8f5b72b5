"""Markdown plan 清仓: for slow goods the price cut that earns most, its cash, an honest elasticity (C-INV-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import numpy as np
import numpy.typing as npt
from scipy.special import gammaincc

from zhanggui.ledger.engine import Ledger
from zhanggui.understand.inventory.book import StockBook
from zhanggui.understand.inventory.goods import goods_of
from zhanggui.understand.inventory.health import BANDS, Health
from zhanggui.understand.inventory.price_response import Elasticity, elasticity_of

STEPS = tuple(round(0.05 * n, 2) for n in range(15))
"""Cuts that are tried: none, then every five points up to 70%."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan is made under.

    Attributes
    ----------
    horizon_days : int
        Days until the goods should be gone.
    leftover : float
        What unsold goods are then still worth, as a share of their cost.
    holding : float
        Cost of holding stock for a year, as a share of its cost.
    most_cut : float
        The deepest cut.
    is_below_cost : bool
        Whether a price may fall below unit cost.
    elasticity : float or None
        As declared by the operator.
    """

    horizon_days: int = 60
    leftover: float = 0.7
    holding: float = 0.12
    most_cut: float = 0.7
    is_below_cost: bool = False
    elasticity: float | None = None


@dataclass(frozen=True, slots=True)
class Markdown:
    """One SKU of a plan; money in minor units, over the horizon.

    Attributes
    ----------
    price, new_price : float
        Now, and under the plan.
    units_kept, units : float
        Expected to be sold at the price of now, and at the new one.
    cash_kept, cash : float
        What they bring, after fees.
    gain, gain_low, gain_high : float
        Expected profit beyond keeping the price, and what it is at the ends of the elasticity's range.
    profit : float
        Cash less the cost of what was sold, what leftovers lost and holding.
    """

    sku: str
    name: str
    band: str
    on_hand: float
    value: float
    price: float
    cut: float
    new_price: float
    units_kept: float
    units: float
    cash_kept: float
    cash: float
    profit: float
    gain: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Markdowns, most gained first, and what no plan can be made for.

    Attributes
    ----------
    keep : int
        Slow SKUs whose price is best left alone under these terms.
    untold : tuple of (str, str, float, float)
        SKU, name, units and value of goods without a single sale in the window: no elasticity scales nothing.
    unpriced : int
        Slow SKUs without a price or a cost.
    fee_rate : float
        Platform fees as a share of what is received, as the window's orders paid them.
    """

    elasticity: Elasticity
    terms: Terms
    fee_rate: float
    items: tuple[Markdown, ...]
    keep: int
    untold: tuple[tuple[str, str, float, float], ...]
    unpriced: int


def plan_of(ledger: Ledger, health: Health, terms: Terms) -> Plan:
    """Plan the markdown of goods that are slow, dead or far too many.

    Notes
    -----
    Sales within the horizon are Poisson with the estimated rate times (1 - cut) to the power of minus the elasticity,
    capped by what is there. A cut is worth its cash after fees, plus what leftovers are still worth, less holding; the
    cost of goods is spent whatever is done. The cut that is worth most is proposed where it beats keeping the price.
    """
    book = health.book
    elasticity = elasticity_of(ledger, book, terms.elasticity)
    fee_rate = _fee_rate(ledger, book)
    prices = _prices(ledger, book)
    chosen = np.flatnonzero(np.isin(health.band, [BANDS.index(name) for name in ("over", "slow", "dead")]))
    items, untold, n_kept, n_unpriced = [], [], 0, 0
    for at in map(int, chosen):
        rate, cost, price = health.demand.rate[at], book.goods.unit_cost[at], prices[at]
        if not rate > 0:
            untold.append((book.course.skus[at], book.goods.names[at], health.on_hand[at], health.value[at]))
        elif np.isnan(cost) or np.isnan(price):
            n_unpriced += 1
        else:
            found = _markdown(health, at, price, elasticity, terms, fee_rate)
            items += [found] if found is not None else []
            n_kept += found is None
    items.sort(key=lambda each: (-each.gain, each.sku))
    untold.sort(key=lambda each: (-np.nan_to_num(each[3]), each[0]))
    return Plan(elasticity, terms, fee_rate, tuple(items), n_kept, tuple(untold), n_unpriced)


def _markdown(
    health: Health, at: int, price: float, elasticity: Elasticity, terms: Terms, fee_rate: float
) -> Markdown | None:
    book = health.book
    cost, held, rate = book.goods.unit_cost[at], health.on_hand[at], health.demand.rate[at]
    cuts = np.array([step for step in STEPS if step <= terms.most_cut])
    if not terms.is_below_cost:
        cuts = cuts[(cuts == 0) | (price * (1 - cuts) >= cost)]

    def outcome(power: float) -> tuple[Floats, Floats, Floats]:
        units = expected_sold(held, rate * terms.horizon_days * (1 - cuts) ** -power)
        cash = units * price * (1 - cuts) * (1 - fee_rate)
        # Goods that go evenly lie there for half of the time; the rest for all of it.
        holding = cost * terms.holding * terms.horizon_days / 365 * (held - units / 2)
        return units, cash, cash - holding - cost * held + (held - units) * terms.leftover * cost

    units, cash, profit = outcome(elasticity.value)
    best = int(np.argmax(profit))
    if best == 0:
        return None
    ends = sorted(float(each[best] - each[0]) for each in (outcome(elasticity.low)[2], outcome(elasticity.high)[2]))
    return Markdown(
        sku=book.course.skus[at],
        name=book.goods.names[at],
        band=BANDS[int(health.band[at])],
        on_hand=float(held),
        value=float(health.value[at]),
        price=float(price),
        cut=float(cuts[best]),
        new_price=float(price * (1 - cuts[best])),
        units_kept=float(units[0]),
        units=float(units[best]),
        cash_kept=float(cash[0]),
        cash=float(cash[best]),
        profit=float(profit[best]),
        gain=float(profit[best] - profit[0]),
        gain_low=ends[0],
        gain_high=ends[1],
    )


def expected_sold(held: float, mean: npt.ArrayLike) -> Floats:
    """Return the expectation of a Poisson count that cannot exceed what is there.

    Examples
    --------
    >>> expected_sold(1.0, [1.0]).round(4)  # 1 - exp(-1)
    array([0.6321])
    """
    rate, whole = np.asarray(mean, np.float64), np.floor(held)
    # E[min(D, k)] = m P(D <= k - 2) + k P(D >= k), from the recursion of Poisson chances.
    below = np.where(whole >= 2, gammaincc(np.maximum(whole - 1, 1), rate), 0.0)
    least = 1.0 - gammaincc(np.maximum(whole, 1), rate) if whole >= 1 else np.zeros_like(rate)
    sold: Floats = rate * below + whole * least
    return sold


def _prices(ledger: Ledger, book: StockBook) -> Floats:
    """Return what a unit of each SKU brings now: its mean in the last weeks, else in the window."""
    recent: date = max(book.last - timedelta(days=27), book.first)
    late = goods_of(ledger, book.course.skus, recent, book.last, book.currency).price
    return np.where(np.isnan(late), book.goods.price, late)


def _fee_rate(ledger: Ledger, book: StockBook) -> float:
    rows = ledger.table("line_profit")
    rows = rows.filter(
        (rows.paid_date >= book.first) & (rows.paid_date <= book.last) & (rows.order_kind == "ordinary")
        & (rows.currency == book.currency)
    )  # fmt: skip
    fees = rows.commission_minor + rows.service_fee_minor + ibis.coalesce(rows.expected_fees_minor, 0)
    net = (rows.receivable_minor - rows.refunded_minor).sum().cast("float64")
    row = ledger.query(rows.aggregate(fees=fees.sum().cast("float64"), net=net)).to_pylist()[0]
    return min(max(row["fees"] / row["net"], 0.0), 0.9) if row["net"] and row["net"] > 0 else 0.0
