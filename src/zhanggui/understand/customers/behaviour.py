"""时段分布 When people act, and the best hour to write to each of them (catalogue M-TRAFFIC-10, T-25)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.methods.association.significance import false_discovery_rates
from zhanggui.methods.timing import HOURS, BestHours, best_hours, hour_difference
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.understand.customers.lifecycle import categorised_lines, with_goods_of
from zhanggui.understand.customers.people import in_stores, nullable, paid_orders, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.rfm import scored_by_itself, snapshot
from zhanggui.understand.customers.segments import BY_CODE, BY_NAME
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

What = Literal["orders", "visits"]
DAYS = 7
SEND_HOURS = tuple(range(9, 21))
"""Hours in which a message may arrive: from nine in the morning to nine in the evening."""

SEND_HISTORY_DAYS = 180
OWN_ACTS = 5
"""Acts from which an hour is called a person's own; below it the hour is mostly that of everybody."""

_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hours:
    """Acts by weekday (Monday first) and hour.

    Attributes
    ----------
    counts : array of int, shape (7, 24)
        How many.
    n_without_hour : int
        Acts of which no file says the hour.
    """

    counts: _Counts
    n_without_hour: int

    @property
    def peak(self) -> tuple[int, int] | None:
        """Weekday and hour with the most acts; None without any."""
        if not self.counts.any():
            return None
        day, hour = divmod(int(self.counts.argmax()), HOURS)
        return day, hour


@dataclass(frozen=True, slots=True)
class Profile:
    """The hours of one category or segment, held against those of everybody.

    Attributes
    ----------
    name : str
        The category, or the name of the segment.
    n : int
        Orders.
    hour : int
        The hour with the most of them.
    share, index : float
        Its share of the orders, and that share over everybody's in the same hour.
    q_value : float or None
        Share of false findings among all profiles that differ as clearly; None where there are too few orders.
    """

    name: str
    n: int
    hour: int
    share: float
    index: float | None
    q_value: float | None


def hours(
    desk: Desk, view: View, what: What = "orders", segment: str | None = None, category: str | None = None
) -> Hours:
    """Return acts by weekday and hour.

    Parameters
    ----------
    desk, view : Desk, View
        The shop, and whose orders in which days.
    what : {"orders", "visits"}
        Paid orders by the hour they were paid, or visits to own sites by the hour of each event's account.
    segment, category : str, optional
        Only of the buyers of one segment of RFM, or only with goods of one category.

    Raises
    ------
    BadChoiceError
        There is no such segment.
    ThinDataError
        Nothing happened.
    """
    key = ("hours", view.where, view.date_from, view.date_to, what, segment, category)
    return desk.kept(key, lambda: _hours(desk, view, what, segment, category))


def _hours(desk: Desk, view: View, what: What, segment: str | None, category: str | None) -> Hours:
    rows = _orders(desk, view) if what == "orders" else _events(desk, view)
    if segment is not None:
        rows = rows.semi_join(_of_segment(desk, view, segment), "person")
    if category is not None and what == "orders":
        rows = with_goods_of(desk, rows, (category,))
    rows = rows.mutate(weekday=rows.day.day_of_week.index())
    asked = rows.group_by(["weekday", "hour"]).aggregate(n=rows.count())
    counts, n_without = np.zeros((DAYS, HOURS), dtype=np.int64), 0
    for row in desk.ledger.query(asked).to_pylist():
        if row["hour"] is None or row["weekday"] is None:
            n_without += row["n"]
        else:
            counts[row["weekday"], row["hour"]] += row["n"]
    if not counts.any():
        raise _no_hours()
    return Hours(counts, n_without)


def _no_hours() -> ThinDataError:
    return ThinDataError(
        Text("没有带时刻的订单或行为。", "No order or event says at what hour it was."),
        Text("请导入带付款时间的订单，或接入行为数据。", "Load orders with their time of payment, or collect events."),
    )


def _orders(desk: Desk, view: View) -> ir.Table:
    """Return paid orders, whoever bought."""
    orders = _between(paid_orders(desk, view), "paid_date", view)
    rows = orders.select("shop_id", "order_id", person="buyer_key", day="paid_date", hour="paid_hour")
    return by_person(desk, rows, "person")


def _events(desk: Desk, view: View) -> ir.Table:
    stores = [each for each in view.where if each.dim in ("platform", "shop")]
    events = in_stores(desk, desk.ledger.table("event"), stores)
    events = events.filter(events.kind == "behaviour", events.bot_mark.isnull())
    events = _between(events, "event_date", view)
    rows = events.select("shop_id", "order_id", person="user_key", day="event_date", hour="event_hour")
    return by_person(desk, rows, "person")


def _between(rows: ir.Table, day: str, view: View) -> ir.Table:
    rows = rows.filter(rows[day].notnull())
    if view.date_from is not None:
        rows = rows.filter(rows[day] >= view.date_from)
    return rows if view.date_to is None else rows.filter(rows[day] <= view.date_to)


def _of_segment(desk: Desk, view: View, segment: str) -> ir.Table:
    if segment not in BY_NAME:
        raise BadChoiceError(segment, where="segment", allowed=list(BY_NAME))
    people = people_of(desk, view)
    rows = scored_by_itself(snapshot(desk, people, people.as_of))
    return rows.filter(rows.segment == BY_NAME[segment].code).select(person="buyer_key")


def category_profiles(desk: Desk, view: View) -> tuple[Profile, ...]:
    """Return the hours of each category, the most bought first."""
    orders = _orders(desk, view)
    lines = categorised_lines(desk)
    lines = lines.filter(lines.category.notnull()).select("shop_id", "order_id", "category").distinct()
    rows = orders.inner_join(lines, ["shop_id", "order_id"])
    every = hours(desk, view).counts.sum(axis=0)
    return _profiles(_by_hour(desk, rows, "category"), every)


def segment_profiles(desk: Desk, view: View) -> tuple[Profile, ...]:
    """Return the hours of the buyers of each segment of RFM, the largest first."""
    people = people_of(desk, view)
    scores = scored_by_itself(snapshot(desk, people, people.as_of)).select(person="buyer_key", code="segment")
    orders = _orders(desk, view)
    rows = orders.filter(orders.person.notnull()).inner_join(scores, "person")
    found = _by_hour(desk, rows, "code")
    named = {BY_CODE[int(code)].name: counts for code, counts in found.items()}
    return _profiles(named, np.sum(list(named.values()), axis=0)) if named else ()


def _by_hour(desk: Desk, rows: ir.Table, key: str) -> dict[str, _Counts]:
    rows = rows.filter(rows.hour.notnull())
    found: dict[str, _Counts] = {}
    for row in desk.ledger.query(rows.group_by([key, "hour"]).aggregate(n=rows.count())).to_pylist():
        found.setdefault(str(row[key]), np.zeros(HOURS, dtype=np.int64))[row["hour"]] += row["n"]
    return found


def _profiles(found: Mapping[str, _Counts], every: _Counts) -> tuple[Profile, ...]:
    p_values = {name: hour_difference(counts, np.maximum(every, counts)) for name, counts in found.items()}
    tested = [name for name, p in p_values.items() if p is not None]
    rates = false_discovery_rates(np.array([p_values[name] for name in tested], dtype=float))
    q_values = dict(zip(tested, rates.tolist(), strict=True))
    profiles = []
    for name, counts in found.items():
        hour = int(counts.argmax())
        share = float(counts[hour] / counts.sum())
        of_all = float(every[hour] / every.sum()) if every.sum() else 0.0
        profiles.append(
            Profile(name, int(counts.sum()), hour, share, share / of_all if of_all else None, q_values.get(name))
        )
    return tuple(sorted(profiles, key=lambda each: (-each.n, each.name)))


@dataclass(frozen=True, slots=True)
class SendHours:
    """The best hour to write to each buyer.

    Attributes
    ----------
    as_of : date
        The day looked at.
    customers : list of str
        The buyers, those with the most acts first.
    best : BestHours
        Their hours, in the same order.
    """

    as_of: date
    customers: list[str]
    best: BestHours

    def people_by_hour(self) -> _Counts:
        """Return for each hour how many buyers it suits best."""
        return np.bincount(self.best.hour, minlength=HOURS)


def send_hours(desk: Desk, view: View) -> SendHours:
    """Return the best hour to write to each identified buyer, from orders and visits of the last 180 days.

    Raises
    ------
    ThinDataError
        Nobody is known, or no act has an hour.
    """
    return desk.kept(("send hours", view.where, view.date_to), lambda: _send_hours(desk, view))


def _send_hours(desk: Desk, view: View) -> SendHours:
    people = people_of(desk, view)
    since = people.as_of - timedelta(days=SEND_HISTORY_DAYS)
    bought = people.orders.select(person="buyer_key", day="paid_date", hour="paid_hour")
    seen = _events(desk, view).select("person", "day", "hour").semi_join(bought, "person")
    even = (
        each.select(**{name: nullable(each[name]) for name in ("person", "day", "hour")}) for each in (bought, seen)
    )
    acts = ibis.union(*even)
    # Ten pages of one visit are one moment at which somebody was there.
    acts = acts.filter(acts.day > since, acts.day <= people.as_of, acts.hour.notnull()).distinct()
    by_hour = {f"h{hour}": acts.count(where=acts.hour == hour) for hour in range(HOURS)}
    rows = acts.group_by("person").aggregate(n=acts.count(), **by_hour)
    found = desk.ledger.query(rows.order_by([ibis.desc(rows.n), rows.person]))
    if not found.num_rows:
        raise _no_hours()
    counts = np.stack([found.column(f"h{hour}").to_numpy() for hour in range(HOURS)], axis=1)
    return SendHours(people.as_of, found.column("person").to_pylist(), best_hours(counts, allowed=SEND_HOURS))
