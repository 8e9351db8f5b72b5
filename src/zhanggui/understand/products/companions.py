"""Pairs that last: stable over time, not made by promotions, worth money; what to bundle and what to store together.

M-GOODS-09, C-GOODS-03, C-GOODS-07, X-05, X-08, X-09.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.methods.association import Baskets, Pairs, false_discovery_rates, pairs_above
from zhanggui.occasions import PROMOTIONS
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.products.goods_names import product_titles
from zhanggui.understand.products.in_view import rows_in_view, with_product
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.products.sales import goods_lines
from zhanggui.understand.view import View

MIN_SUPPORT, MOST_Q, MOST_PAIRS = 0.0005, 0.05, 150
"""Share of orders, and share of false findings, within which pairs are looked at; the strongest of them."""

SPANS = 3
"""Equal spans of the days in each of which a stable pair holds."""

DISCOUNT, UPTAKE = 0.05, 0.10
"""Discount of a proposed bundle, and the share of buyers of the first alone who would take it: to be tested."""

NO_ORDERS = ThinGoodsError(Text("这里没有订单。", "There are no orders here."), Text("导入订单。", "Load orders."))
LEAST_ORDERS = 10
"""Orders with both below which a pair is not looked at."""

STRONG_LIFT = 2.0
"""Lift from which two goods are worth storing side by side."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Companion:
    """Two items that orders hold together, from the one that brings the other; money in minor units.

    Attributes
    ----------
    a, b, a_name, b_name : str
        Ids and names.
    store : str or None
        The store that both are of, where several stores sell; names of goods repeat there.
    orders, orders_a, orders_b : int
        Orders with both, with each.
    confidence, lift, q_value : float
        Of the orders with a the share with b; against independence; share of false findings.
    span_lifts : tuple of float or None
        Lift within each span of days, None where an item was not sold.
    controlled_lift : float
        Lift within stores and within days with and without a promotion, taken together (Mantel-Haenszel): what is left
        when what moves both goods at once is taken out.
    value_both, value_alone : float
        Mean due of orders with both, and of orders with a alone.
    profit_b, price_a, price_b : float
        Mean contribution of b in these orders; mean due of each item.
    profit_known : bool
        Whether the costs of b are known.
    """

    a: str
    b: str
    a_name: str
    b_name: str
    store: str | None
    orders: int
    orders_a: int
    orders_b: int
    confidence: float
    lift: float
    q_value: float
    span_lifts: tuple[float | None, ...]
    controlled_lift: float
    value_both: float
    value_alone: float
    profit_b: float
    price_a: float
    price_b: float
    profit_known: bool

    @property
    def is_stable(self) -> bool:
        """Whether the pair is more frequent than chance in every span of the days."""
        return all(lift is not None and lift > 1 for lift in self.span_lifts)

    @property
    def is_made_by_promotion(self) -> bool:
        """Whether the lift vanishes within stores and phases: Simpson's paradox."""
        return self.lift > 1 >= self.controlled_lift

    @property
    def value_change(self) -> float | None:
        """How much more an order with both is worth than one with a alone."""
        return self.value_both / self.value_alone - 1 if self.value_alone > 0 else None

    @property
    def profit_weighted_lift(self) -> float:
        """Contribution of b that an order with a brings beyond what any order brings."""
        return self.profit_b * (self.confidence - self.confidence / self.lift)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle to try: its price, and what it may bring over as many days again; all estimated.

    Attributes
    ----------
    pair : Companion
        What is bundled.
    price : float
        Both at the usual prices less the discount.
    gain : float
        Contribution of b that buyers of a alone would add, at the declared uptake.
    cannibalised : float
        Discount given to those who buy both anyway.
    break_even : float or None
        Uptake from which it earns; None where a unit of b brings less than the discount.
    """

    pair: Companion
    price: float
    gain: float
    cannibalised: float
    break_even: float | None

    @property
    def net(self) -> float:
        """What it brings less what it gives away."""
        return self.gain - self.cannibalised


@dataclass(frozen=True, slots=True)
class _Lines:
    """Order lines as arrays: order, item, span of days, stratum, and money."""

    order: Ints
    item: Ints
    span: Ints
    stratum: Ints
    due: npt.NDArray[np.float64]
    profit: npt.NDArray[np.float64]
    keys: tuple[str, ...]
    names: tuple[str, ...]
    stores: tuple[str | None, ...]
    order_due: npt.NDArray[np.float64]


def companions(desk: Desk, view: View, level: str = "product") -> tuple[Companion, ...]:
    """Return the sure pairs of a view, the highest profit-weighted lift first.

    Raises
    ------
    ThinGoodsError
        Nothing was sold.
    """
    key = ("companions", view.date_from, view.date_to, view.where, level)
    return desk.kept(key, lambda: _companions(desk, view, level))


def _companions(desk: Desk, view: View, level: str) -> tuple[Companion, ...]:
    if desk.span() is None:
        raise NO_ORDERS
    lines = _load(desk, view, level)
    n_orders, n_items = lines.order_due.size, len(lines.names)
    least = max(ceil(round(MIN_SUPPORT * n_orders, 6)), LEAST_ORDERS)
    pairs = pairs_above([Baskets(lines.order, lines.item, n_items)], min_count=least, n_items=n_items)
    q_values = false_discovery_rates(pairs.p_values())
    is_sure = (q_values <= MOST_Q) & (pairs.lift > 1)
    strongest = np.argsort(-pairs.leverage * is_sure)[: min(MOST_PAIRS, int(is_sure.sum()))]
    rows = [_companion(pairs, q_values, int(place), lines) for place in strongest.tolist()]
    return tuple(sorted(rows, key=lambda row: -row.profit_weighted_lift))


def _load(desk: Desk, view: View, level: str) -> _Lines:
    rows = with_product(desk, goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date")))
    item = {
        "product": rows.product_id,
        "category": ibis.coalesce(rows.category, rows.product_category),
        "brand": ibis.coalesce(rows.brand, rows.product_brand),
    }[level]
    rows = rows.mutate(item_key=item).filter(item.notnull())
    sums = rows.group_by(["shop_id", "order_id", "item_key"]).aggregate(
        day=rows.paid_date.min(),
        due=rows.receivable_minor.sum().cast("float64"),
        profit=rows.contribution_minor.sum().cast("float64"),
    )
    held = desk.ledger.query(sums.order_by(["shop_id", "order_id", "item_key"])).to_pydict()
    shops, orders, days = held["shop_id"], held["order_id"], held["day"]
    number: dict[tuple[int, str], int] = {}
    order = np.array([number.setdefault(key, len(number)) for key in zip(shops, orders, strict=True)], dtype=np.int64)
    if not orders:
        raise NO_ORDERS
    several = len(set(shops)) > 1 and level == "product"
    known: dict[tuple[int, str], int] = {}
    named = ((shop if several else 0, key) for shop, key in zip(shops, held["item_key"], strict=True))
    numbers = np.array([known.setdefault(key, len(known)) for key in named], dtype=np.int64)
    titles = {key if several else (0, key[1]): title for key, title in product_titles(desk).items()}
    first, last = min(days), max(days)
    length = (last - first).days + 1
    due = np.array(held["due"], dtype=float)
    order_due = np.zeros(len(number))
    np.add.at(order_due, order, due)
    return _Lines(
        order=order,
        item=numbers,
        span=np.array([(day - first).days * SPANS // length for day in days], dtype=np.int64),
        stratum=np.array([2 * shop + is_promotion(day) for shop, day in zip(shops, days, strict=True)], dtype=np.int64),
        due=due,
        profit=np.array([np.nan if value is None else value for value in held["profit"]], dtype=float),
        keys=tuple(f"{shop}:{key}" if several else key for shop, key in known),
        names=tuple(titles.get(key, key[1]) if level == "product" else key[1] for key in known),
        stores=tuple(map(store_names(desk).get, (shop for shop, _ in known))),
        order_due=order_due,
    )


def is_promotion(day: date) -> bool:
    """Return whether a day may lie in one of the trade's big promotions.

    Examples
    --------
    >>> is_promotion(date(2026, 6, 18)), is_promotion(date(2026, 7, 20))
    (True, False)
    """
    place = (day.month, day.day)
    return any((one.first_month, one.first_day) <= place <= (one.last_month, one.last_day) for one in PROMOTIONS)


def _companion(pairs: Pairs, q_values: npt.NDArray[np.float64], place: int, lines: _Lines) -> Companion:
    one, other = int(pairs.a[place]), int(pairs.b[place])
    forward, backward = float(pairs.confidence_ab[place]), float(pairs.confidence_ba[place])
    a, b = (one, other) if forward >= backward else (other, one)
    in_a, in_b = lines.item == a, lines.item == b
    orders_a, orders_b = lines.order[in_a], lines.order[in_b]
    both = np.intersect1d(orders_a, orders_b)
    alone = np.setdiff1d(orders_a, both)
    profit_b = lines.profit[in_b & np.isin(lines.order, both)]
    counts = (int(pairs.count_a[place]), int(pairs.count_b[place]))
    return Companion(
        a=lines.keys[a], b=lines.keys[b], a_name=lines.names[a], b_name=lines.names[b],
        store=lines.stores[a],
        orders=int(pairs.count[place]),
        orders_a=counts[0] if a == one else counts[1],
        orders_b=counts[1] if a == one else counts[0],
        confidence=max(forward, backward),
        lift=float(pairs.lift[place]),
        q_value=float(q_values[place]),
        span_lifts=tuple(_span_lifts(lines, in_a, in_b, both)),
        controlled_lift=_controlled(lines, in_a, in_b, both),
        value_both=float(lines.order_due[both].mean()),
        value_alone=float(lines.order_due[alone].mean()) if alone.size else 0.0,
        profit_b=float(np.nanmean(profit_b)) if np.isfinite(profit_b).any() else 0.0,
        price_a=float(lines.due[in_a].mean()),
        price_b=float(lines.due[in_b].mean()),
        profit_known=bool(np.isfinite(profit_b).all()),
    )  # fmt: skip


def _per(lines: _Lines, group: Ints, in_a: Any, in_b: Any, both: Ints) -> list[npt.NDArray[np.float64]]:
    """Return orders, orders with a, with b and with both, of each group of orders."""
    n_groups = int(group.max()) + 1
    of_order = np.zeros(lines.order_due.size, np.int64)
    of_order[lines.order] = group
    chosen = (np.unique(lines.order), lines.order[in_a], lines.order[in_b], both)
    return [np.bincount(of_order[each], minlength=n_groups).astype(float) for each in chosen]


def _span_lifts(lines: _Lines, in_a: Any, in_b: Any, both: Ints) -> list[float | None]:
    n, n_a, n_b, n_both = _per(lines, lines.span, in_a, in_b, both)
    return [
        float(n_both[at] * n[at] / (n_a[at] * n_b[at])) if n_a[at] * n_b[at] > 0 else None for at in range(n.size)
    ]  # fmt: skip


def _controlled(lines: _Lines, in_a: Any, in_b: Any, both: Ints) -> float:
    n, n_a, n_b, n_both = _per(lines, lines.stratum, in_a, in_b, both)
    expected = float((n_a * n_b / np.where(n > 0, n, 1.0)).sum())
    return float(n_both.sum()) / expected if expected > 0 else 0.0


def bundles(pairs: tuple[Companion, ...]) -> tuple[Bundle, ...]:
    """Return bundles of stable pairs that no promotion makes, the largest net gain first."""
    found = []
    for pair in pairs:
        if not pair.is_stable or pair.is_made_by_promotion or not pair.profit_known:
            continue
        usual = pair.price_a + pair.price_b
        discount = DISCOUNT * usual
        alone = pair.orders_a - pair.orders
        each = pair.profit_b - discount
        break_even = pair.orders * discount / (alone * each) if each > 0 and alone > 0 else None
        found.append(Bundle(pair, usual - discount, UPTAKE * alone * each, pair.orders * discount, break_even))
    return tuple(sorted(found, key=lambda bundle: -bundle.net))


def neighbours(pairs: tuple[Companion, ...]) -> tuple[Companion, ...]:
    """Return the stable pairs worth joint stocking and neighbouring shelves, the most frequent first."""
    strong = [pair for pair in pairs if pair.is_stable and pair.controlled_lift >= STRONG_LIFT]
    return tuple(sorted(strong, key=lambda pair: -pair.orders))


def days_looked_at(desk: Desk, view: View) -> int:
    """Return how many days a view spans."""
    span = desk.span()
    if span is None:
        return 1
    return ((view.date_to or span.last) - (view.date_from or span.first) + timedelta(days=1)).days
