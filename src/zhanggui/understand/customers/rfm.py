"""RFM: how recently, how often and for how much each customer bought (catalogue F-11, SEG-01 to SEG-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.understand.customers.people import (
    FEWEST_BUYERS,
    People,
    buying_days,
    enough,
    enough_kept,
    order_statistics,
    people_of,
)
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.segments import HIGH, MIDDLE, N_LEVELS
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

Money = Literal["revenue", "profit"]
MONEY: tuple[Money, ...] = ("revenue", "profit")
"""What the M of RFM may be: revenue less refunds, or contribution profit."""

MEASURES = ("nearness", "frequency", "money")
SHARES = tuple(Decimal(level) / N_LEVELS for level in range(1, N_LEVELS))


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the levels begin; frozen at a day, so that snapshots of other days compare.

    Attributes
    ----------
    as_of : date
        Day at which they were taken.
    nearness, frequency, money : tuple of int
        Four values each that occur among the customers of that day, ascending: a customer's level is 1 plus the number
        of them that it exceeds. Nearness is the negative number of days since the last purchase; money is in minor
        units.
    """

    as_of: date
    nearness: tuple[int, ...]
    frequency: tuple[int, ...]
    money: tuple[int, ...]

    def level(self, measure: str, value: int) -> int:
        """Return the level of one value, as the engine computes it.

        Examples
        --------
        >>> cuts = Cuts(date(2020, 2, 1), (-90, -60, -30, -10), (1, 1, 1, 2), (500, 900, 1500, 4000))
        >>> cuts.level("frequency", 1), cuts.level("frequency", 2), cuts.level("frequency", 3)
        (1, 4, 5)
        """
        cuts: tuple[int, ...] = getattr(self, measure)
        return 1 + sum(value > cut for cut in cuts)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The customers of one day with their measures, not yet asked.

    Attributes
    ----------
    as_of : date
        The day.
    customers : ibis Table
        One row per customer: ``buyer_key``, ``last_day``, ``nearness``, ``frequency``, ``net_minor``, ``profit_minor``
        (only where money is profit) and ``money``.
    """

    as_of: date
    customers: ir.Table


def snapshot(desk: Desk, people: People, as_of: date, money: Money = "revenue") -> Snapshot:
    """Return the customers of a day.

    Notes
    -----
    Recency counts whole days from the last paid day; frequency counts different paid days, so an order split in two
    counts once; orders given back whole count in neither. Revenue is paid amount less confirmed refunds, of all orders.
    People whose every order was given back are no customers.
    """
    orders = people.until(as_of)
    days = buying_days(orders)
    bought = days.group_by("buyer_key").aggregate(last_day=days.paid_date.max(), frequency=days.count())
    paid = orders.group_by("buyer_key").aggregate(paid_minor=orders.paid_minor.sum())
    refunds = people.refunds.filter(people.refunds.cohort_date <= as_of)
    back = refunds.group_by("buyer_key").aggregate(back_minor=refunds.refunded_minor.sum())
    rows = bought.inner_join(paid, "buyer_key").left_join(back, "buyer_key").drop("buyer_key_right")
    net = rows.paid_minor - ibis.coalesce(rows.back_minor, 0)
    rows = rows.select(
        "buyer_key",
        "last_day",
        "frequency",
        nearness=-ibis.literal(as_of).delta(rows.last_day, unit="day"),
        net_minor=net,
    )
    if money == "revenue":
        return Snapshot(as_of, rows.mutate(money=rows.net_minor))
    lines = by_person(desk, desk.ledger.table("line_profit"))
    lines = lines.semi_join(orders, ["shop_id", "order_id"])
    profit = lines.group_by("buyer_key").aggregate(
        profit_minor=lines.contribution_minor.sum(), is_known=lines.cost_known.all()
    )
    known = rows.inner_join(profit.filter(profit.is_known), "buyer_key")
    return Snapshot(as_of, known.mutate(money=known.profit_minor))


def cuts_of(desk: Desk, at: Snapshot) -> Cuts:
    """Return the cut points of a day: the values of the customers at one to four fifths, worst first."""
    rows = at.customers
    found = desk.ledger.query(rows.aggregate(**{name: _statistics(rows[name]) for name in MEASURES})).to_pylist()[0]
    if not found["frequency"]:
        raise ThinDataError(
            Text(f"{at.as_of} 之前还没有可用的客户。", f"There is no usable customer before {at.as_of}."),
            Text("请选更晚的日期；按利润分层需要商品成本。", "Choose a later day; by profit, load unit costs."),
        )
    return Cuts(at.as_of, **{name: _whole(found[name]) for name in MEASURES})


def _whole(values: Iterable[object]) -> tuple[int, ...]:
    # The engine adds whole numbers up in wider ones.
    return tuple(int(str(value)) for value in values)


def _statistics(values: ir.Column) -> ir.Value:
    return order_statistics(values, ibis.literal(list(SHARES), type=dt.Array(dt.Decimal(3, 2))))


def scored(at: Snapshot, cuts: Cuts) -> ir.Table:
    """Return the customers of a day with ``r``, ``f``, ``m`` (1 to 5) and ``segment`` (0 to 7, as Segment.code)."""
    rows = at.customers
    return _with_segment(rows, {name: [ibis.literal(cut, "int64") for cut in getattr(cuts, name)] for name in MEASURES})


def scored_by_itself(at: Snapshot) -> ir.Table:
    """Return the same with the day's own cut points, found and applied in one question."""
    rows = at.customers
    own = rows.aggregate(**{f"{name}_cuts": _statistics(rows[name]) for name in MEASURES})
    beside = rows.cross_join(own)
    cuts = {name: [beside[f"{name}_cuts"][place] for place in range(len(SHARES))] for name in MEASURES}
    return _with_segment(beside, cuts)


def _with_segment(rows: ir.Table, cuts: Mapping[str, list[ir.Value]]) -> ir.Table:
    levels = {
        letter: 1 + sum((rows[name] > cut).cast("int64") for cut in cuts[name])
        for letter, name in zip("rfm", MEASURES, strict=True)
    }
    rows = rows.mutate(**levels)
    is_frequent = rows.f >= HIGH
    is_large = rows.m >= ibis.ifelse(is_frequent, HIGH, MIDDLE)
    code = 4 * (rows.r >= HIGH).cast("int64") + 2 * is_frequent.cast("int64") + is_large.cast("int64")
    return rows.mutate(segment=code)


@dataclass(frozen=True, slots=True)
class SegmentFigures:
    """What one segment comes to; amounts in minor units."""

    n_customers: int
    net_minor: int
    profit_minor: int | None
    mean_days: float
    mean_frequency: float


@dataclass(frozen=True, slots=True)
class Rfm:
    """Segments of one day.

    Attributes
    ----------
    people : People
        Whose orders were read.
    money : {"revenue", "profit"}
        What M is.
    cuts : Cuts
        Where levels begin.
    segments : mapping of int to SegmentFigures
        By the code of the segment; empty segments are missing.
    n_given_back : int
        Buyers who gave every order back, and, by profit, those whose costs are not known.
    """

    people: People
    money: Money
    cuts: Cuts
    segments: Mapping[int, SegmentFigures]
    n_given_back: int

    @property
    def n_customers(self) -> int:
        """Customers in all segments."""
        return sum(each.n_customers for each in self.segments.values())

    @property
    def net_minor(self) -> int:
        """Net revenue of all segments."""
        return sum(each.net_minor for each in self.segments.values())


def rfm(desk: Desk, view: View, money: Money = "revenue", cuts_of_day: date | None = None) -> Rfm:
    """Return the segments of a view on its last day.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores, channel, and the day (`date_to`) looked at; the last day with orders by default.
    money : {"revenue", "profit"}
        What M is.
    cuts_of_day : date, optional
        Day whose cut points are used; the day itself by default.

    Raises
    ------
    ThinDataError
        Fewer than 30 buyers, a single day, or nobody who bought on two days.
    """
    key = ("rfm", view.where, view.date_to, money, cuts_of_day)
    return desk.kept(key, lambda: _rfm(desk, view, money, cuts_of_day))


def _rfm(desk: Desk, view: View, money: Money, cuts_of_day: date | None) -> Rfm:
    people = people_of(desk, view)
    enough(people)
    at = snapshot(desk, people, people.as_of, money)
    own: dict[str, ir.Value] = {}
    cuts: Cuts | None = None
    if cuts_of_day is None or cuts_of_day >= people.as_of:
        rows = scored_by_itself(at)
        own = {f"{name}_cuts": rows[f"{name}_cuts"].arbitrary() for name in MEASURES}
    else:
        cuts = cuts_of(desk, snapshot(desk, people, cuts_of_day, money))
        rows = scored(at, cuts)
    sums = {"profit": rows.profit_minor.sum()} if money == "profit" else {}
    asked = rows.group_by("segment").aggregate(
        n=rows.count(),
        net=rows.net_minor.sum(),
        days=(-rows.nearness).mean(),
        frequency=rows.frequency.mean(),
        most=rows.frequency.max(),
        **sums,
        **own,
    )
    found = desk.ledger.query(asked).to_pylist()
    if money == "profit" and sum(row["n"] for row in found) < FEWEST_BUYERS:
        raise _cost_unknown(sum(row["n"] for row in found))
    enough_kept(sum(row["n"] for row in found))
    if max(row["most"] for row in found) < 2:
        raise only_once(people)
    if cuts is None:
        cuts = Cuts(people.as_of, **{name: _whole(found[0][f"{name}_cuts"]) for name in MEASURES})
    segments = {
        row["segment"]: SegmentFigures(
            row["n"],
            int(row["net"]),
            int(row["profit"]) if money == "profit" else None,
            row["days"],
            row["frequency"],
        )
        for row in found
    }
    n_customers = sum(each.n_customers for each in segments.values())
    return Rfm(people, money, cuts, segments, people.n_buyers - n_customers)


def _cost_unknown(n_known: int) -> ThinDataError:
    return ThinDataError(
        Text(
            f"只有 {n_known} 位买家所购商品的成本都已知，不能按利润分层。",
            f"Only {n_known} buyers bought nothing but goods of known cost: there are no segments by profit.",
        ),
        Text("导入商品成本，或按净收入分层。", "Load unit costs, or cut by net revenue."),
    )


def only_once(people: People) -> ThinDataError:
    """Return the refusal of what needs buyers who came again."""
    return ThinDataError(
        Text(
            f"{people.n_buyers:,} 位买家都只在一天买过，频次与间隔都无从谈起。",
            f"All {people.n_buyers:,} buyers bought on one day only: nothing tells how often they buy, or how soon.",
        ),
        Text(
            "请核对买家标识是否其实是订单号，或导入更长时间的订单。",
            "Check that the buyer id is not an order number, or load orders of a longer time.",
        ),
    )


DEFAULT_DAYS_BETWEEN = 90


def migration(desk: Desk, view: View, money: Money = "revenue") -> tuple[date, Mapping[tuple[int | None, int], int]]:
    """Return the earlier day, and how many customers moved from each segment of it to each of the last day.

    The cut points are those of the earlier day, so that a customer moves by buying or by not buying, never because
    others did. None as the first segment: not yet a customer then. The earlier day is the one before
    ``view.date_from``, 90 days before the last by default.
    """
    key = ("rfm migration", view.where, view.date_from, view.date_to, money)
    return desk.kept(key, lambda: _migration(desk, view, money))


def _migration(desk: Desk, view: View, money: Money) -> tuple[date, Mapping[tuple[int | None, int], int]]:
    people = rfm(desk, view, money).people
    default = people.as_of - timedelta(days=DEFAULT_DAYS_BETWEEN)
    before = default if view.date_from is None else view.date_from - timedelta(days=1)
    if before < people.first:
        raise ThinDataError(
            Text(
                f"{before} 之前还没有可识别的买家，看不出迁移。",
                f"No buyer is known on {before}: nobody could move since.",
            ),
            Text("请选更晚的起始日期。", "Choose a later first day."),
        )
    then = snapshot(desk, people, before, money)
    cuts = cuts_of(desk, then)
    earlier = scored(then, cuts).select("buyer_key", was="segment")
    now = scored(snapshot(desk, people, people.as_of, money), cuts).select("buyer_key", "segment")
    moved = now.left_join(earlier, "buyer_key")
    found = desk.ledger.query(moved.group_by(["was", "segment"]).aggregate(n=moved.count())).to_pylist()
    return before, {(row["was"], row["segment"]): row["n"] for row in found}
