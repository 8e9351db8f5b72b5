"""同期群 Cohorts by first month, channel, product or discount: who stays, what they leave (M-CUST-05, M-CUST-08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.purchases import is_kept
from zhanggui.understand.customers.lifecycle import categorised_lines
from zhanggui.understand.customers.people import (
    People,
    buying_days,
    enough,
    month_number,
    month_of,
    nullable,
    people_of,
)
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

Split = Literal["month", "channel", "product", "discount"]
SPLITS: tuple[Split, ...] = ("month", "channel", "product", "discount")
MOST_COHORTS = 15
MOST_MONTHS = 24
DISCOUNT_BANDS = (0.0, 0.1, 0.2, 0.3)
"""Upper ends of the bands of the first order's discount, as shares of its price before discounts."""


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One cohort, month by month after its first; amounts in minor units.

    Attributes
    ----------
    key : str or None
        First month (``2026-11``), channel, product id or band of discount (its number); None: not known.
    name : str or None
        Title of a product.
    n_buyers : int
        Buyers of the cohort.
    n_followed : tuple of int
        Of them, those whose month so many months after the first is over, by that number of months.
    n_active : tuple of int
        Of the followed, those who paid in that month.
    net_minor, profit_minor : tuple of int
        Net revenue and contribution of the followed, from the first month up to that one, added up.
    """

    key: str | None
    name: str | None
    n_buyers: int
    n_followed: tuple[int, ...]
    n_active: tuple[int, ...]
    net_minor: tuple[int, ...]
    profit_minor: tuple[int, ...]

    @property
    def retention(self) -> tuple[float | None, ...]:
        """Share of the followed buyers who paid in each month."""
        return tuple(a / n if n else None for a, n in zip(self.n_active, self.n_followed, strict=True))

    def per_buyer(self, sums: tuple[int, ...]) -> tuple[float | None, ...]:
        """Return sums per followed buyer, in minor units."""
        return tuple(total / n if n else None for total, n in zip(sums, self.n_followed, strict=True))

    def payback_month(self, cost_minor: float) -> int | None:
        """Return after how many months the profit per buyer covers what winning one cost, or None: not yet."""
        profits = self.per_buyer(self.profit_minor)
        return next((place for place, each in enumerate(profits) if each is not None and each >= cost_minor), None)


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Cohorts of a view.

    Attributes
    ----------
    people : People
        Whose orders were read.
    by : {"month", "channel", "product", "discount"}
        What a cohort is.
    lines : tuple of CohortLine
        Months in their order; else the largest cohort first.
    n_left_out : int
        Smaller cohorts that are not listed.
    known_share : float or None
        Share of what is due whose costs are known; profit stands on that part alone. None: nothing is due.
    """

    people: People
    by: Split
    lines: tuple[CohortLine, ...]
    n_left_out: int
    known_share: float | None


def cohorts(desk: Desk, view: View, by: Split = "month") -> Cohorts:
    """Return retention and cumulative value of cohorts.

    Raises
    ------
    ThinDataError
        Fewer than 30 buyers, or a single day of data.

    Notes
    -----
    A buyer belongs where the first order that was not given back whole puts them; of several on the first day the
    largest decides. A month counts only when it is over, for each buyer.
    """
    return desk.kept(("cohorts", by, view.where, view.date_to), lambda: _cohorts(desk, view, by))


def _cohorts(desk: Desk, view: View, by: Split) -> Cohorts:
    people = people_of(desk, view)
    enough(people)
    firsts = _firsts(desk, people, by)
    sizes = firsts.group_by(["cohort", "first_month"]).aggregate(n=firsts.count(), name=firsts.name.max())
    active = _active(firsts, people)
    values, known_share = _values(desk, firsts, people)
    last_whole = _last_whole_month(people.as_of)
    lines = _lines(desk.ledger.query(sizes).to_pylist(), desk.ledger.query(active).to_pylist(), values, last_whole)
    if by == "month":
        named = (replace(line, key=month_of(_whole(line.key)).isoformat()[:7]) for line in lines)
        return Cohorts(people, by, tuple(sorted(named, key=lambda line: str(line.key))), 0, known_share)
    ranked = sorted(lines, key=lambda line: (-line.n_buyers, str(line.key)))
    return Cohorts(people, by, tuple(ranked[:MOST_COHORTS]), max(len(ranked) - MOST_COHORTS, 0), known_share)


def _last_whole_month(as_of: date) -> int:
    """Return the number of the last month that is over on a day."""
    tomorrow = as_of + timedelta(days=1)
    return tomorrow.year * 12 + tomorrow.month - 2


def _firsts(desk: Desk, people: People, by: Split) -> ir.Table:
    """Return each buyer with ``first_month``, ``cohort`` and its ``name``."""
    kept = people.orders.filter(is_kept(people.orders))
    if by == "month":
        first = kept.group_by("buyer_key").aggregate(first_month=month_number(kept.paid_date.min()))
        return first.mutate(cohort=first.first_month.cast("string"), name=ibis.null("string"))
    place = ibis.row_number().over(
        group_by=kept.buyer_key, order_by=[kept.paid_date, ibis.desc(kept.paid_minor), kept.shop_id, kept.order_id]
    )
    first = kept.mutate(place=place)
    first = first.filter(first.place == 0).mutate(first_month=month_number(first.paid_date))
    if by == "product":
        return _by_product(desk, first)
    cohort = first.channel if by == "channel" else _band(first)
    return first.select("buyer_key", "first_month", cohort=cohort, name=ibis.null("string"))


def _by_product(desk: Desk, first: ir.Table) -> ir.Table:
    lines = categorised_lines(desk).filter(lambda rows: rows.product_id.notnull())
    lines = lines.semi_join(first, ["shop_id", "order_id"])
    place = ibis.row_number().over(
        group_by=[lines.shop_id, lines.order_id], order_by=[ibis.desc(lines.paid_minor), lines.product_id]
    )
    largest = lines.mutate(place=place)
    largest = largest.filter(largest.place == 0).select("shop_id", "order_id", "product_id", "product_title")
    joined = first.left_join(largest, ["shop_id", "order_id"])
    return joined.select("buyer_key", "first_month", cohort=joined.product_id, name=joined.product_title)


def _band(first: ir.Table) -> ir.StringColumn:
    """Return the band of the order's discount, whoever bore it; null where no file tells."""
    names = ("merchant_discount_minor", "platform_discount_minor", "creator_discount_minor", "payment_discount_minor")
    given = ibis.coalesce(*(first[name] for name in names)).notnull()
    discount = sum(ibis.coalesce(first[name], 0) for name in names)
    before = first.paid_minor + discount
    share = discount / before.nullif(0)
    bands = [(share <= end, str(place)) for place, end in enumerate(DISCOUNT_BANDS)]
    return ibis.ifelse(given, ibis.cases(*bands, else_=str(len(DISCOUNT_BANDS))), ibis.null("string"))


def _active(firsts: ir.Table, people: People) -> ir.Table:
    """Return how many buyers of each cohort and first month paid so many months later."""
    days = buying_days(people.orders)
    months = days.mutate(month=month_number(days.paid_date)).select("buyer_key", "month").distinct()
    rows = months.inner_join(firsts, "buyer_key")
    rows = rows.mutate(later=rows.month - rows.first_month)
    return rows.group_by(["cohort", "first_month", "later"]).aggregate(n=rows.count())


def _values(desk: Desk, firsts: ir.Table, people: People) -> tuple[list[dict[str, object]], float | None]:
    """Return net revenue and contribution by cohort, first month and months later, and the share of known costs."""
    orders = people.orders
    paid = orders.select("buyer_key", month=month_number(orders.paid_date), net=orders.paid_minor)
    refunds = people.refunds
    back = refunds.select("buyer_key", month=month_number(refunds.cohort_date), net=nullable(-refunds.refunded_minor))
    money = paid.union(back)
    net = _by_month(firsts, money.group_by(["buyer_key", "month"]).aggregate(net=money.net.sum()))
    net = net.group_by(["cohort", "first_month", "later"]).aggregate(net=net.net.sum())
    lines = by_person(desk, desk.ledger.table("line_profit")).semi_join(orders, ["shop_id", "order_id"])
    by_buyer = lines.group_by(["buyer_key", month_number(lines.paid_date).name("month")]).aggregate(
        profit=lines.contribution_minor.sum(),
        due=lines.receivable_minor.sum(),
        known=lines.receivable_minor.sum(where=lines.cost_known),
    )
    profit = _by_month(firsts, by_buyer)
    profit = profit.group_by(["cohort", "first_month", "later"]).aggregate(
        profit=profit.profit.sum(), due=profit.due.sum(), known=profit.known.sum()
    )
    rows = [*desk.ledger.query(net).to_pylist(), *(found := desk.ledger.query(profit).to_pylist())]
    due = sum(float(row["due"] or 0) for row in found)
    return rows, sum(float(row["known"] or 0) for row in found) / due if due > 0 else None


def _by_month(firsts: ir.Table, values: ir.Table) -> ir.Table:
    rows = values.inner_join(firsts, "buyer_key")
    # An order that was given back whole may lie before the first that was kept.
    return rows.mutate(later=ibis.greatest(rows.month - rows.first_month, 0))


def _lines(
    sizes: Iterable[Mapping[str, object]],
    active: Iterable[Mapping[str, object]],
    values: Iterable[Mapping[str, object]],
    last_whole: int,
) -> list[CohortLine]:
    """Bring the sums of the engine, by cohort, first month and months later, into one line per cohort."""
    buyers: dict[str | None, dict[int, int]] = {}
    names: dict[str | None, str | None] = {}
    for row in sizes:
        buyers.setdefault(_key(row), {})[_whole(row["first_month"])] = _whole(row["n"])
        names[_key(row)] = None if row["name"] is None else str(row["name"])
    n_active = {(_key(row), _whole(row["first_month"]), _whole(row["later"])): _whole(row["n"]) for row in active}
    sums: dict[str, dict[tuple[str | None, int, int], int]] = {"net": {}, "profit": {}}
    for row in values:
        for name, held in sums.items():
            if row.get(name) is not None:
                held[_key(row), _whole(row["first_month"]), _whole(row["later"])] = _whole(row[name])
    return [
        _line(key, names[key], months, n_active, sums["net"], sums["profit"], last_whole)
        for key, months in buyers.items()
    ]


def _line(
    key: str | None,
    name: str | None,
    months: Mapping[int, int],
    n_active: Mapping[tuple[str | None, int, int], int],
    net: Mapping[tuple[str | None, int, int], int],
    profit: Mapping[tuple[str | None, int, int], int],
    last_whole: int,
) -> CohortLine:
    n_steps = min(max((last_whole - first for first in months), default=-1) + 1, MOST_MONTHS)
    followed, stayed, kept, left = [], [], [], []
    for step in range(max(n_steps, 0)):
        ripe = [first for first in months if first + step <= last_whole]
        followed.append(sum(months[first] for first in ripe))
        stayed.append(sum(n_active.get((key, first, step), 0) for first in ripe))
        until = [(key, first, later) for first in ripe for later in range(step + 1)]
        kept.append(sum(net.get(each, 0) for each in until))
        left.append(sum(profit.get(each, 0) for each in until))
    return CohortLine(key, name, sum(months.values()), tuple(followed), tuple(stayed), tuple(kept), tuple(left))


def _key(row: Mapping[str, object]) -> str | None:
    return None if row["cohort"] is None else str(row["cohort"])


def _whole(value: object) -> int:
    return int(str(value or 0))
