"""The days of a metric in each part of the shop, as arrays that methods take: one question for all days and parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from zhanggui.calendar import Period
from zhanggui.metrics import Filter, Metric, Question, Unit
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.model import Distinct, Lapse, Level, Ratio, Sum
from zhanggui.occasions import occasion_on
from zhanggui.understand.desk import Desk, Row, number
from zhanggui.understand.naming import value_filters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_COUNTED = (Sum, Distinct)

SPREADS = {"strong": 0.7, "moderate": 0.35, "mild": 0.1}
"""How far the logarithm of a phase's effect may lie from none before the shop's own days have told it."""
PROMOTED_SPREAD = 3.0
_HOLIDAYS = ("national_day.", "spring_festival.")
PROMOTED = frozenset(
    {
        "merchant_discount",
        "unknown_discount",
        "discount_rate",
        "subsidies",
        "platform_subsidy",
        "creator_subsidy",
        "payment_subsidy",
        "unknown_subsidy",
        "coupons_issued",
        "coupons_used",
        "messages_sent",
        "deposit_amount",
        "balance_due",
        "orders_with_deposit",
        "orders_with_balance",
    }
)
"""Metrics of what promotions are made of."""


@dataclass(frozen=True, slots=True)
class Histories:
    """The days of a metric in several parts of the shop.

    Attributes
    ----------
    metric : Metric
        What is followed.
    places : tuple of tuple of Filter
        The parts of the shop; an empty tuple is the whole.
    first : date
        The first day.
    values : array of float, shape (n_places, n_days)
        In the unit in which metrics are answered; NaN where nothing is known.
    exposures : array of float of the same shape, or None
        Denominators of a ratio; None where the metric is none, or where its denominator is no metric of its own.
    has_rows : array of bool of the same shape
        Whether the ledger said anything of the day.
    """

    metric: Metric
    places: tuple[tuple[Filter, ...], ...]
    first: date
    values: Floats
    exposures: Floats | None
    has_rows: Bools

    @property
    def n_days(self) -> int:
        """Number of days."""
        return int(self.values.shape[1])

    def day(self, step: int) -> date:
        """Return the day of a column."""
        return self.first + timedelta(days=int(step))

    def step(self, day: date) -> int:
        """Return the column of a day; it may lie outside."""
        return (day - self.first).days

    @property
    def is_count(self) -> bool:
        """Whether things are counted that come one by one, or a share is taken of them."""
        counted = self.metric.numerator if isinstance(self.metric, Ratio) else self.metric
        if isinstance(self.metric, Ratio) and self.metric.unit is not Unit.RATIO:
            return False
        return isinstance(counted, _COUNTED) and counted.unit is Unit.COUNT

    @property
    def occasions(self) -> tuple[Ints, Floats]:
        """The phases of promotions of its days, and how far their effects may lie from none."""
        return occasions_of(self.first, self.n_days, is_promoted=self.metric.name in PROMOTED)

    @property
    def is_additive_in_time(self) -> bool:
        """Whether a day without rows is a day of none, and not one of which nothing is known."""
        return not isinstance(self.metric, Ratio | Lapse | Level)


def histories(
    desk: Desk, metric: str, days: Period, *, by: Sequence[str] = (), where: Sequence[Filter] = ()
) -> Histories:
    """Return a metric's days in every part of the shop.

    Parameters
    ----------
    desk : Desk
        The shop.
    metric : str
        Name in the catalogue.
    days : Period
        First and last day; of a metric that adds up, a day without rows after a part's first one counts as 0.
    by : sequence of str
        Dimensions whose values are the parts.
    where : sequence of Filter
        The part of the shop that is looked at.

    Raises
    ------
    QuestionError
        The metric cannot be asked so.
    """
    followed = desk.metric(metric)
    base = _base(desk, followed, by)
    names = (metric,) if base is None else (metric, base)
    found = desk.ask(
        Question(metrics=names, by=tuple(by), where=tuple(where), date_from=days.first, date_to=days.last, grain="day")
    )
    by_place: dict[tuple[Filter, ...], list[Row]] = {}
    for row in found.rows:
        if row["date"] is not None:
            by_place.setdefault(_place(desk, by, where, row), []).append(row)
    shape = (len(by_place), days.n_days)
    values, exposures = np.full(shape, np.nan), np.full(shape, np.nan)
    has_rows = np.zeros(shape, np.bool_)
    for nth, rows in enumerate(by_place.values()):
        for each in rows:
            step = (date.fromisoformat(str(each["date"])) - days.first).days
            value = number(each, metric)
            has_rows[nth, step] = True
            values[nth, step] = np.nan if value is None else value
            if base is not None:
                exposures[nth, step] = number(each, base) or 0.0
    made = Histories(followed, tuple(by_place), days.first, values, exposures if base is not None else None, has_rows)
    if made.is_additive_in_time:
        has_begun = np.logical_or.accumulate(has_rows, axis=1)
        values[has_begun & ~has_rows] = 0.0
    return made


def _base(desk: Desk, metric: Metric, by: Sequence[str]) -> str | None:
    if not isinstance(metric, Ratio) or metric.denominator.name not in desk.catalogue:
        return None
    possible = possible_dimensions(tuple(metric.denominator.leaves()))
    return metric.denominator.name if all(name in possible for name in by) else None


def _place(desk: Desk, by: Sequence[str], where: Sequence[Filter], row: Row) -> tuple[Filter, ...]:
    parts = {each: None for name in by for each in value_filters(desk, name, row)}
    return tuple(sorted((*where, *parts), key=lambda each: each.dim))


@lru_cache(maxsize=16)
def occasions_of(first: date, n_days: int, *, is_promoted: bool = False) -> tuple[Ints, Floats]:
    """Return a number for the phase of a promotion of each day (0: none), and how far its effect may lie from none.

    Parameters
    ----------
    first : date
        The first day.
    n_days : int
        How many.
    is_promoted : bool
        Whether the figure is what promotions are made of, such as discounts, of which a phase may bring fifty times
        as much as other days.
    """
    codes: dict[str, int] = {}
    labels, spreads = np.zeros(n_days, np.int64), np.zeros(n_days)
    for step in range(n_days):
        found = occasion_on(first + timedelta(days=step))
        if found is not None:
            labels[step] = codes.setdefault(found.code, len(codes) + 1)
            is_sale = not found.code.startswith(_HOLIDAYS)
            spreads[step] = PROMOTED_SPREAD if is_promoted and is_sale else SPREADS[found.lift]
    return labels, spreads


def steps_of(histories: Histories, days: Period) -> Iterator[int]:
    """Yield the columns of some days, as far as they are held."""
    first, last = histories.step(days.first), histories.step(days.last)
    yield from range(max(first, 0), min(last, histories.n_days - 1) + 1)
