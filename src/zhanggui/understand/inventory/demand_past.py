"""What was asked for in the past, week by week, and what was special about each week: shelves, promotions, seasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock import StockCourse
from zhanggui.methods.forecast import Past, time_factors
from zhanggui.occasions import occasion_on
from zhanggui.understand.inventory.goods import Goods, goods_of, sold_parts
from zhanggui.understand.inventory.problems import ThinPastError

WEEK = 7
MOST_WEEKS = 104
FEWEST_WEEKS = 3
AHEAD_DAYS = 180
"""How far ahead a day's season is worked out."""
FEWEST_GROUP_UNITS = 500.0
"""Groups that sold less take the seasons of the whole shop."""
_YEAR_WEEKS = 56
_PRICE_DAYS = 90
_MOST_DAYS = 4_000_000
PHASES = ("presale", "warm_up", "opening", "themed", "peak", "encore", "holiday", "before", "closed", "after")
"""Phases of promotions: the same phase of another promotion is the best that is known of one never seen."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DemandPast:
    """Units asked for, by SKU and week.

    Attributes
    ----------
    first, last : date
        First day of the first week, and the last day.
    currency : str
        Of the goods' money.
    skus : tuple of str
        Own SKUs, sorted.
    goods : Goods
        In the order of `skus`.
    groups : tuple of str
        Categories, the numbers of ``past.groups``.
    past : Past
        Counts by week, the share of each week with stock, and seasons.
    ahead : array of float, shape (n_groups, AHEAD_DAYS)
        How many times its ordinary demand a group meets on each day after `last`.
    promotions : array of float, shape (n_groups, n_phases + 1)
        Factor of each phase, an ordinary day first.
    has_shelves : bool
        Whether stock is known, so that empty shelves are left out.
    """

    first: date
    last: date
    currency: str
    skus: tuple[str, ...]
    goods: Goods
    groups: tuple[str, ...]
    past: Past
    ahead: Floats
    promotions: Floats
    has_shelves: bool

    @property
    def n_weeks(self) -> int:
        """Weeks that were seen."""
        return self.past.n_periods

    def exposure(self, days: npt.ArrayLike, *, after: int = 0) -> Floats:
        """Return how many ordinary weeks the next days are worth to each SKU.

        Parameters
        ----------
        days : array_like of float
            Number of days, for all SKUs or for each.
        after : int, default 0
            Days from `last` on that are left out.
        """
        sums = np.concatenate([np.zeros((len(self.ahead), 1)), np.cumsum(self.ahead, axis=1)], axis=1) / WEEK
        group = self.past.groups
        end = np.broadcast_to(np.clip(np.asarray(days, np.float64) + after, 0, AHEAD_DAYS), group.shape)
        whole = np.floor(end).astype(np.int64)
        part = end - whole
        until = sums[group, whole] + part * (sums[group, np.minimum(whole + 1, AHEAD_DAYS)] - sums[group, whole])
        return np.asarray(until - sums[group, min(after, AHEAD_DAYS)])


def read_past(ledger: Ledger, last: date | None, course: StockCourse | None, currency: str) -> DemandPast:
    """Return the past of demand as the ledger holds it.

    Parameters
    ----------
    ledger : Ledger
        Paid orders are what was asked for; sets count as their parts.
    last : date or None
        The last day looked at; None: the last with paid orders.
    course : StockCourse or None
        What lay on the shelves; None: not known.
    currency : str
        Of prices and costs.

    Raises
    ------
    ThinPastError
        There are no paid orders with SKUs, or fewer than three weeks of them.
    """
    last = last or _last_paid(ledger)
    units = _units(ledger, last)
    if not units.num_rows or last is None:
        raise ThinPastError.of_no_sales()
    day = pc.cast(units["day"], pa.int32()).to_numpy().astype(np.int64) + date(1970, 1, 1).toordinal()
    n_weeks = min((last.toordinal() - int(day.min()) + 1) // WEEK, MOST_WEEKS)
    if n_weeks < FEWEST_WEEKS:
        raise ThinPastError.of_weeks(n_weeks, FEWEST_WEEKS)
    first = last - timedelta(days=n_weeks * WEEK - 1)
    names = set(units["internal_sku"].unique().to_pylist())
    skus = tuple(sorted(names | set(course.skus if course else ())))
    goods = goods_of(ledger, skus, last - timedelta(days=_PRICE_DAYS - 1), last, currency)
    categories = tuple(sorted(set(goods.categories)))
    group = np.array([categories.index(name) for name in goods.categories], np.int64)
    place = {name: n for n, name in enumerate(skus)}
    codes = units["internal_sku"].combine_chunks().dictionary_encode()
    at = np.array([place[name] for name in codes.dictionary.to_pylist()], np.int64)[codes.indices.to_numpy()]
    amount = units["units"].to_numpy()
    inside = day >= first.toordinal()
    at, day, amount = at[inside], day[inside] - first.toordinal(), amount[inside]
    counts = _table(at * n_weeks + day // WEEK, amount, (len(skus), n_weeks))
    daily = _table(group[at] * n_weeks * WEEK + day, amount, (len(categories), n_weeks * WEEK))
    promotions, ahead, patterns = seasons_of(daily, first, last)
    is_open = _open(course, skus, first, n_weeks, counts) if course else _since_first_sale(counts)
    return DemandPast(
        first, last, currency, skus, goods, categories,
        Past(counts, is_open, group, patterns), ahead, promotions, course is not None,
    )  # fmt: skip


def _last_paid(ledger: Ledger) -> date | None:
    orders = ledger.table("order_header")
    found = ledger.query(orders.filter(orders.is_paid).paid_date.max().name("day").as_table())["day"][0].as_py()
    return found if isinstance(found, date) else None


def _units(ledger: Ledger, last: date | None) -> pa.Table:
    until = last or date.max
    since = until - timedelta(days=MOST_WEEKS * WEEK) if last else date.min
    rows = sold_parts(ledger, since, until)
    sums = rows.group_by(["internal_sku", "day"]).aggregate(units=rows.units.sum())
    return ledger.query(sums.filter(sums.internal_sku.notnull() & (sums.units > ibis.literal(0.0))))


def _table(cell: Ints, amount: Floats, shape: tuple[int, int]) -> Floats:
    return np.asarray(np.bincount(cell, amount, shape[0] * shape[1]), np.float64).reshape(shape)


def phase_of(day: date) -> int:
    """Return the phase of a promotion that a day lies in, from 1; 0 on an ordinary day."""
    found = occasion_on(day)
    return 0 if found is None else PHASES.index(found.code.rpartition(".")[2]) + 1


def seasons_of(daily: Floats, first: date, last: date) -> tuple[Floats, Floats, dict[str, Floats]]:
    """Return factors of phases, the season of each day ahead, and the seasons of all weeks under their names."""
    n_days = daily.shape[1]
    days = [first + timedelta(days=n) for n in range(n_days + AHEAD_DAYS)]
    phase, weekday, month = (
        np.array([of(day) for day in days], np.int64)
        for of in (phase_of, lambda day: day.weekday(), lambda day: day.month - 1)
    )
    whole = daily.sum(axis=0)
    rows = [total if total.sum() >= FEWEST_GROUP_UNITS else whole for total in daily]
    is_long = n_days >= _YEAR_WEEKS * WEEK
    promotions, weekdays, months = [], [], []
    for total in rows:
        of_phase = time_factors(total, phase[:n_days], n_kinds=len(PHASES) + 1)
        # An ordinary day is what all factors are held against.
        of_phase = of_phase / of_phase[0]
        plain = total / of_phase[phase[:n_days]]
        of_weekday = time_factors(plain, weekday[:n_days], n_kinds=WEEK)
        promotions.append(of_phase)
        weekdays.append(of_weekday / of_weekday.mean())
        months.append(time_factors(plain, month[:n_days], n_kinds=12, window=364) if is_long else np.ones(12))
    by_phase = np.array(promotions)
    season = by_phase[:, phase]
    weeks = {"promotions": _by_week(season)}
    if is_long:
        season = season * np.array(months)[:, month]
        weeks["year"] = _by_week(season)
    ahead = season[:, n_days:] * np.array(weekdays)[:, weekday[n_days:]]
    return by_phase, ahead, weeks


def _by_week(season: Floats) -> Floats:
    n_weeks = season.shape[1] // WEEK
    return np.asarray(season[:, : n_weeks * WEEK].reshape(len(season), n_weeks, WEEK).mean(axis=2))


def _since_first_sale(counts: Floats) -> Floats:
    """Return 1 from the first week with a sale on: before it, the SKU may not have been there."""
    return np.asarray((np.cumsum(counts, axis=1) > 0), np.float64)


def _open(course: StockCourse, skus: tuple[str, ...], first: date, n_weeks: int, counts: Floats) -> Floats:
    """Return the share of each week's days that began or ended with stock on the shelf.

    A week with a sale was open for a part at least; SKUs that no book of stock names are open from their first sale on.
    """
    place = {name: n for n, name in enumerate(skus)}
    at = np.array([place[name] for name in course.skus], np.int64)[course.sku]
    order = np.argsort(at, kind="stable")
    at, day, until = at[order], course.day[order], course.until[order]
    filled = (course.level[order] > 0).astype(np.float64)
    # Open days before each row of its SKU, so that those up to any day are found by one search.
    held = np.where(filled > 0, until - day, 0).astype(np.float64)
    before = np.cumsum(held) - held
    starts = np.flatnonzero(np.diff(at, prepend=-1))
    before -= np.repeat(before[starts], np.diff(starts, append=len(at))) if len(at) else 0.0
    key = at * _MOST_DAYS + day
    bounds = first.toordinal() + WEEK * np.arange(n_weeks + 1)
    reached = np.zeros((len(skus), n_weeks + 1))
    every = np.arange(len(skus))
    for number, bound in enumerate(bounds.tolist()):
        row = np.searchsorted(key, every * _MOST_DAYS + bound, side="right") - 1
        known = (row >= 0) & (at[np.maximum(row, 0)] == every)
        row = row[known]
        part = np.clip(np.minimum(bound, until[row]) - day[row], 0, None) * filled[row]
        reached[known, number] = before[row] + part
    share = np.diff(reached, axis=1) / WEEK
    share = np.where(counts > 0, np.maximum(share, 0.5), np.where(share < 0.15, 0.0, share))
    is_known = np.zeros(len(skus), np.bool_)
    is_known[at] = True
    return np.where(is_known[:, None], share, _since_first_sale(counts))


def told_of_past(past: DemandPast) -> tuple[Text, ...]:
    """Return what is doubtful about the past, each a sentence."""
    told = []
    if not past.has_shelves:
        told.append(
            Text(
                "没有库存记录：断货期间的需求看不见，预测可能偏低。",
                "Stock is not known: demand that met an empty shelf is unseen, so forecasts may be too low.",
            )
        )
    if past.n_weeks < _YEAR_WEEKS:
        told.append(
            Text(
                f"只有 {past.n_weeks} 周历史：看不出一年中的季节，只用大促与星期的规律。",
                f"{past.n_weeks} weeks of history: the seasons of a year cannot be told, only promotions and weekdays.",
            )
        )
    unseen = past.promotions[:, 1:] == 1
    ahead = {phase_of(past.last + timedelta(days=n + 1)) for n in range(60)} - {0}
    strange = [PHASES[phase - 1] for phase in sorted(ahead) if unseen[:, phase - 1].all()]
    if strange:
        told.append(
            Text(
                f"未来 60 天有大促阶段（{'、'.join(strange)}）在历史中没有出现过，按平日计，会偏低。",
                f"Phases of promotions in the next 60 days were never seen ({', '.join(strange)}) and are taken as "
                "ordinary days, which is too low.",
            )
        )
    return tuple(told)
