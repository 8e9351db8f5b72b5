"""订单复购率 Of the orders of some days, how many the same person followed by another (catalogue M-CONV-10, X-22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhanggui.i18n import Text
from zhanggui.ledger.purchases import is_kept
from zhanggui.methods.trials.shares import wilson
from zhanggui.understand.customers.lifecycle import with_goods_of
from zhanggui.understand.customers.people import FEWEST_BUYERS, People, buying_days, in_stores, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

DAYS = 90
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class OrderRepurchase:
    """How many orders another one followed.

    Attributes
    ----------
    people : People
        All whose orders may follow.
    days : int
        Within so many days of the payment.
    first, last : date
        Days of payment of the orders that are followed up; the last has had its days.
    n_orders, n_followed : int
        Orders, and those that were followed.
    low, high : float
        Bounds of the share (Wilson, 95 %), as if orders were independent.
    """

    people: People
    days: int
    first: date
    last: date
    n_orders: int
    n_followed: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """The part of the orders that were followed."""
        return self.n_followed / self.n_orders


def order_repurchase(desk: Desk, view: View, *, days: int = DAYS, categories: Sequence[str] = ()) -> OrderRepurchase:
    """Return how many orders of a view were followed by another paid day of the same person.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Days, stores and places of the orders that are followed up. What follows counts wherever it was bought and
        whatever it was.
    days : int
        Within so many days.
    categories : sequence of str
        Only orders with goods of one of these; all orders when empty.

    Raises
    ------
    ThinDataError
        Fewer than 30 orders have had their days.

    Notes
    -----
    Orders given back whole are left out on both sides. An order paid on the same day as another follows nothing, so
    that an order split in two is one. Orders younger than `days` are left out, so that all had the same time.
    """
    people = people_of(desk, View())
    bought = buying_days(people.orders)
    after = bought.mutate(
        next_day=bought.paid_date.lead().over(group_by=bought.buyer_key, order_by=bought.paid_date)
    ).select("buyer_key", "paid_date", "next_day")
    first = max(view.date_from or people.first, people.first)
    ripe = people.as_of - timedelta(days=days)
    last = min(view.date_to or ripe, ripe)
    orders = in_stores(desk, people.orders, view.where)
    orders = orders.filter(is_kept(orders), orders.paid_date.between(first, last))
    if categories:
        orders = with_goods_of(desk, orders, categories)
    rows = orders.select("buyer_key", "paid_date").inner_join(after, ["buyer_key", "paid_date"])
    is_followed = rows.next_day.delta(rows.paid_date, unit="day") <= days
    [found] = desk.ledger.query(rows.aggregate(n=rows.count(), n_followed=is_followed.sum())).to_pylist()
    n, n_followed = int(found["n"]), int(found["n_followed"] or 0)
    if n < FEWEST_BUYERS:
        raise _too_few(n, days)
    low, high = wilson(n_followed / n, n, CONFIDENCE)
    return OrderRepurchase(people, days, first, last, n, n_followed, float(low), float(high))


def _too_few(n: int, days: int) -> ThinDataError:
    return ThinDataError(
        Text(
            f"满 {days} 天、能识别买家的订单只有 {n} 个，少于 {FEWEST_BUYERS} 个，比率只是偶然。",
            f"Only {n} orders of known buyers have had their {days} days; below {FEWEST_BUYERS}, a rate is chance.",
        ),
        Text(
            "请选更早或更多的日子、更少的天数，或放宽筛选。",
            "Choose earlier or more days, fewer days to wait, or fewer filters.",
        ),
    )
