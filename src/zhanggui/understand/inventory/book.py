"""The books of stock on one day: the course of every SKU, what is known of it, and what is wrong with the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock import StockCourse, balances, place_levels, stock_course
from zhanggui.metrics.problems import BadFilterError
from zhanggui.money import json_number
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.faults import of_costs, of_movements, of_source
from zhanggui.understand.inventory.goods import Goods, as_own_skus, goods_of, sold_parts
from zhanggui.understand.inventory.problems import NoStockError
from zhanggui.understand.view import Pairs, View, last_in

Floats = npt.NDArray[np.float64]
WINDOW_DAYS = 90
_MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Rules:
    """By what stock is judged; all of it is shown with the answer.

    Attributes
    ----------
    window_days : int
        Days that averages, demand and stock-outs are taken over, when no first day is given.
    low_days, high_days : int
        Days of stock below which there is too little, and above which too much.
    slow_days, dead_days : int
        Days without a sale after which stock is slow, and dead.
    new_days : int
        Goods that came into the books less long ago are new and neither slow nor dead.
    """

    window_days: int = WINDOW_DAYS
    low_days: int = 14
    high_days: int = 90
    slow_days: int = 30
    dead_days: int = 90
    new_days: int = 30


def rules_in(pairs: Pairs) -> Rules:
    """Return the rules with what ``window_days``, ``low_days``, … of a query string say instead.

    Raises
    ------
    BadFilterError
        A number of days is none from 1 to 3,650.
    """
    given = {name: text for name in Rules.__dataclass_fields__ if (text := last_in(pairs, name)) is not None}
    for name, text in given.items():
        if not text.isdecimal() or not 1 <= int(text) <= _MOST_DAYS:
            raise BadFilterError(f"{name}={text}", why=f"is no number of days from 1 to {_MOST_DAYS}")
    rules = Rules(**{name: int(text) for name, text in given.items()})
    if rules.low_days >= rules.high_days or rules.slow_days > rules.dead_days:
        raise BadFilterError(
            f"low_days={rules.low_days}, high_days={rules.high_days}, slow_days={rules.slow_days}, "
            f"dead_days={rules.dead_days}",
            why="are not in order: low before high, slow before dead",
        )
    return rules


@dataclass(frozen=True, slots=True)
class StockBook:
    """What is known of stock as of a day.

    Attributes
    ----------
    first, last : date
        The window, and the day looked at.
    currency : str
        Of all money.
    course : StockCourse
        The stock of every SKU day by day.
    goods : Goods
        In the order of ``course.skus``.
    demand_source : str
        ``movements``, or ``orders`` where no movement says what was sold.
    warnings : tuple of Text
        What is wrong with the data, each a sentence.
    """

    first: date
    last: date
    currency: str
    course: StockCourse
    goods: Goods
    demand_source: str
    warnings: tuple[Text, ...]

    @property
    def n_days(self) -> int:
        """Days of the window."""
        return (self.last - self.first).days + 1

    def major(self, minor: float | None) -> float | None:
        """Return an amount in minor units as a number in major units, None where it is not known."""
        if minor is None or not np.isfinite(minor):
            return None
        return float(json_number(round(minor), self.currency))


def book_of(desk: Desk, view: View, rules: Rules) -> StockBook:
    """Return the books of a view; read once until the ledger changes.

    Raises
    ------
    NoStockError
        No file tells of stock on or before that day.
    """
    key = ("stock_book", view.date_from, view.date_to, rules.window_days)
    return desk.kept(key, lambda: read_book(desk.ledger, view.date_from, view.date_to, rules.window_days))


def read_book(ledger: Ledger, first: date | None, last: date | None, window_days: int = WINDOW_DAYS) -> StockBook:
    """Return the books of stock as the ledger holds them on a day, the last known one by default."""
    known = _last_day(ledger)
    if known is None:
        raise NoStockError(
            Text("还没有出入库流水或库存快照。", "There are neither stock movements nor stock on hand."),
            Text(
                "导入 ERP 的出入库流水或库存快照。", "Load an export of your stock system: movements, or stock on hand."
            ),
        )
    last = min(last or known, known)
    first = max(first, _earliest(ledger)) if first is not None else last - timedelta(days=window_days - 1)
    course = stock_course(ledger, last)
    if not course.n_skus or first > last:
        raise NoStockError(
            Text(f"{last} 之前没有库存记录。", f"Nothing is known of stock up to {last}."),
            Text("选择更晚的日期。", "Choose a later day."),
        )
    currency = _currency(ledger)
    goods = goods_of(ledger, course.skus, first, last, currency)
    source = "movements" if course.sold.any() else "orders"
    if source == "orders":
        course = with_orders(ledger, course)
    warnings = (*of_movements(ledger, last), *of_costs(course, goods, currency), *of_source(source, course))
    return StockBook(first, last, currency, course, goods, source, warnings)


def _last_day(ledger: Ledger) -> date | None:
    days = [
        ledger.table(table)[column].max() for table, column in (("stock_balance", "day"), ("stock_snapshot", "day"))
    ]
    found = [ledger.query(day.name("day").as_table())["day"][0].as_py() for day in days]
    return max((day for day in found if day is not None), default=None)


def _earliest(ledger: Ledger) -> date:
    day = balances(ledger, date.max).day.min().name("day").as_table()
    found = ledger.query(day)["day"][0].as_py()
    return found if isinstance(found, date) else date.min


def _currency(ledger: Ledger) -> str:
    rows = balances(ledger, date.max)
    counts = rows.group_by("currency").aggregate(n=rows.count()).order_by([ibis.desc("n"), "currency"]).limit(1)
    return str(ledger.query(counts)["currency"][0].as_py())


def with_orders(ledger: Ledger, course: StockCourse) -> StockCourse:
    """Return the same course with paid orders as what was sold, for shops whose movements do not say it."""
    rows = sold_parts(ledger, date.min, course.last)
    sums = rows.group_by(["internal_sku", "day"]).aggregate(units=rows.units.sum())
    place = {name: n for n, name in enumerate(course.skus)}
    # A sale may fall on a day on which no stock was stated: it is then put to the row whose level held on that day.
    sold = np.zeros(len(course.day))
    key = course.sku * 4_000_000 + course.day
    for row in ledger.query(sums).to_pylist():
        at = place.get(row["internal_sku"])
        if at is None:
            continue
        where = int(np.searchsorted(key, at * 4_000_000 + row["day"].toordinal(), side="right")) - 1
        if where >= 0 and course.sku[where] == at:
            sold[where] += row["units"]
    return replace(course, sold=sold)


def levels_by_place(ledger: Ledger, book: StockBook) -> tuple[tuple[str, ...], dict[str, Floats]]:
    """Return the warehouses, and of each what it holds of every SKU of the book on its last day."""
    place = {name: n for n, name in enumerate(book.course.skus)}
    found: dict[str, Floats] = {}
    for row in ledger.query(place_levels(ledger, book.last)).to_pylist():
        held = found.setdefault(row["warehouse"], np.zeros(book.course.n_skus))
        held[place[row["internal_sku"]]] = row["on_hand"]
    return tuple(sorted(found)), found


def sums_by_sku(ledger: Ledger, skus: Sequence[str], rows: ir.Table) -> Floats:
    """Return ``units`` of lines of platform SKUs by own SKU; units of goods that are not in the books are left out."""
    place = {name: n for n, name in enumerate(skus)}
    found = np.zeros(len(skus))
    parts = as_own_skus(ledger, rows)
    for row in ledger.query(parts.group_by("internal_sku").aggregate(units=parts.units.sum())).to_pylist():
        if row["internal_sku"] in place and row["units"]:
            found[place[row["internal_sku"]]] = row["units"]
    return found
