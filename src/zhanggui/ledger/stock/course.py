"""The course of stock: the level of each SKU after every day on which it changed, over all warehouses or in each.

What stands on the shelf at the end of a day is ``closing + difference`` of ``stock_balance``: what movements make it,
put right by what was stated. Between two such days nothing changes, so a SKU-year needs only its days of change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.engine import Ledger

PLACE = ["warehouse", "internal_sku"]
BOOKS = ["shop_id", *PLACE]
"""What has books of its own: where two stores name one warehouse, what both hold is added up."""
ON_SALE_DAYS = 90
"""No file says when goods were taken off sale: without stock they count as on sale for so many days more."""
BOUGHT = ("purchase", "adjust", "other")
"""Reasons of what came in new: transfers and returns bring nothing younger."""

EXACT = "decimal(18, 3)"
"""Type of units in the books."""

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@ibis.udf.agg.builtin(name="max_by")  # type: ignore[untyped-decorator]  # Ibis ships no types
def at_last(units: dt.Decimal(18, 3), day: dt.date) -> dt.Decimal(18, 3):  # type: ignore[valid-type]  # the engine's own types
    """Return the units of the last day; Ibis' own form sorts all rows for it."""


@ibis.udf.agg.builtin(name="min_by")  # type: ignore[untyped-decorator]  # Ibis ships no types
def at_first(units: dt.Decimal(18, 3), day: dt.date) -> dt.Decimal(18, 3):  # type: ignore[valid-type]  # the engine's own types
    """Return the units of the first day."""


@dataclass(frozen=True, slots=True)
class StockCourse:
    """Days on which something happened to a SKU, by SKU and day.

    Attributes
    ----------
    skus : tuple of str
        The SKUs, sorted.
    last : date
        The last day that is looked at.
    sku : array of int, shape (n_rows,)
        Place of the row's SKU in `skus`; ascending.
    day : array of int, shape (n_rows,)
        Day as a number (``date.toordinal``), ascending within a SKU.
    level : array of float, shape (n_rows,)
        Units in stock at the end of that day.
    until : array of int, shape (n_rows,)
        The first day on which that no longer holds; the day after `last` in a SKU's last row.
    sold, returned, bought : array of float, shape (n_rows,)
        Units sent for orders, taken back sellable, and come in new on that day.
    """

    skus: tuple[str, ...]
    last: date
    sku: Integers
    day: Integers
    level: Floats
    until: Integers
    sold: Floats
    returned: Floats
    bought: Floats

    @property
    def n_skus(self) -> int:
        """Number of SKUs."""
        return len(self.skus)

    @property
    def before(self) -> Floats:
        """Units in stock at the beginning of each row's day; 0 on a SKU's first."""
        moved = np.zeros_like(self.level)
        moved[1:] = np.where(self.sku[1:] == self.sku[:-1], self.level[:-1], 0.0)
        return moved

    def held_days(self, first: date) -> Integers:
        """Return for how many days from `first` to the last each row's level held."""
        start = np.maximum(self.day, first.toordinal())
        held: Integers = np.maximum(np.minimum(self.until, self.last.toordinal() + 1) - start, 0)
        return held

    def on_sale_days(self, first: date) -> Integers:
        """Return for how many days of each row, from `first` to the last, the SKU was on sale.

        No file says what was listed: goods count as on sale from the day they were there on, and for `ON_SALE_DAYS`
        days after the last one.
        """
        was_there = (self.before > 0) | (self.sold > self.returned)
        there = np.where(self.level > 0, self.until - 1, np.where(was_there, self.day, 0))
        there = np.maximum.accumulate(self.sku * _MOST_DAYS + there) - self.sku * _MOST_DAYS
        end = np.where(there > 0, np.minimum(self.until, there + 1 + ON_SALE_DAYS), 0)
        start = np.maximum(self.day, first.toordinal())
        found: Integers = np.maximum(np.minimum(end, self.last.toordinal() + 1) - start, 0)
        return found

    def by_sku(self, values: npt.NDArray[np.generic]) -> Floats:
        """Return the sum of a value of each row by SKU."""
        return np.bincount(self.sku, weights=values, minlength=self.n_skus).astype(np.float64)

    def on_hand(self) -> Floats:
        """Return what is in stock of each SKU at the end of the last day."""
        held = np.zeros(self.n_skus)
        held[self.sku] = self.level
        return held

    def first_days(self) -> Integers:
        """Return the day on which each SKU came into the books."""
        found = np.full(self.n_skus, self.last.toordinal() + 1)
        np.minimum.at(found, self.sku, self.day)
        return found


def stock_course(ledger: Ledger, last: date, *, warehouse: str | None = None) -> StockCourse:
    """Return the course of every SKU up to a day.

    Parameters
    ----------
    ledger : Ledger
        Its derived tables follow from what was imported.
    last : date
        The last day that is looked at.
    warehouse : str, optional
        That warehouse alone; transfers then come and go like anything else.

    Returns
    -------
    StockCourse
        Empty where nothing is known of stock.
    """
    found = ledger.query(_days(ledger, last, warehouse))
    codes = found["internal_sku"].combine_chunks().dictionary_encode()
    names = np.asarray(codes.dictionary.to_pylist(), dtype=object)
    order = np.argsort(names) if len(names) else np.empty(0, np.int64)
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    sku = rank[codes.indices.to_numpy()] if len(names) else np.empty(0, np.int64)
    day = pc.cast(found["day"], pa.int32()).to_numpy().astype(np.int64) + _EPOCH
    # No two rows are of one SKU and day, so their order needs no steadiness, which costs half as much again.
    key = sku * _MOST_DAYS + day
    sorted_rows = np.argsort(key)
    sku, day = sku[sorted_rows], day[sorted_rows]
    values = {name: found[name].to_numpy()[sorted_rows] for name in _SUMS}
    # Asked apart: within one statement the engine would keep a copy of all balances for it.
    opened = ledger.query(_openings(ledger, last, warehouse))
    of_sku = rank[pc.index_in(opened["internal_sku"], value_set=codes.dictionary).to_numpy()] if len(names) else sku
    begun = pc.cast(opened["day"], pa.int32()).to_numpy() + _EPOCH
    rows = np.searchsorted(key[sorted_rows], of_sku * _MOST_DAYS + begun)
    np.add.at(values["change"], rows, opened["opening"].to_numpy())
    return StockCourse(
        skus=tuple(names[order]),
        last=last,
        sku=sku,
        day=day,
        level=_running(sku, values["change"]),
        until=_until(sku, day, last),
        sold=values["sold"],
        returned=values["returned"],
        bought=values["bought"],
    )


_EPOCH = date(1970, 1, 1).toordinal()
_MOST_DAYS = 4_000_000
_SUMS = ("change", "sold", "returned", "bought")


def _running(sku: Integers, change: Floats) -> Floats:
    """Return the running sum of the changes of each SKU."""
    total = np.cumsum(change)
    starts = np.flatnonzero(np.diff(sku, prepend=-1))
    before = np.repeat(total[starts] - change[starts], np.diff(starts, append=len(sku)))
    # Quantities have three decimals; sums of many of them must not gain more.
    return np.round(total - before, 3)


def _until(sku: Integers, day: Integers, last: date) -> Integers:
    until = np.full(len(day), last.toordinal() + 1, np.int64)
    if len(day) > 1:
        until[:-1] = np.where(sku[1:] == sku[:-1], day[1:], until[:-1])
    return until


def _days(ledger: Ledger, last: date, warehouse: str | None) -> ir.Table:
    """Return by SKU and day what changed, was sold, came back and came in new."""
    balance, moved = _balances_at(ledger, last, warehouse), ledger.table("stock_movement")
    moved = moved.filter(moved.occurred_date <= last)
    if warehouse is not None:
        moved = moved.filter(moved.warehouse == warehouse)
    nothing = ibis.literal(0.0)
    by_day = balance.select(
        "internal_sku", "day",
        change=_units(balance.received - balance.issued + balance["difference"]),
        sold=nothing, returned=nothing,
        bought=_units(ibis.greatest(balance["difference"], 0)),
    )  # fmt: skip
    flows = moved.select(
        "internal_sku", day=moved.occurred_date, change=nothing,
        sold=(moved.reason == "sale").ifelse(-_units(moved.quantity), 0.0),
        returned=moved.reason.isin(("return", "damage")).ifelse(_units(moved.quantity), 0.0),
        bought=(moved.reason.isin(BOUGHT) & (moved.quantity > 0)).ifelse(_units(moved.quantity), 0.0),
    )  # fmt: skip
    rows = ibis.union(_plain(by_day), _plain(flows))
    return rows.group_by(["internal_sku", "day"]).aggregate(**{name: rows[name].sum() for name in _SUMS})


def _openings(ledger: Ledger, last: date, warehouse: str | None) -> ir.Table:
    """Return what the books of each SKU begin with, by the day on which they do.

    It came before them: its age is not known, so it is not what came in new.
    """
    balance = _balances_at(ledger, last, warehouse)
    begun = balance.group_by(BOOKS).aggregate(day=balance.day.min(), opening=at_first(balance.opening, balance.day))
    return begun.filter(begun.opening != 0).select("internal_sku", "day", opening=_units(begun.opening))


def _balances_at(ledger: Ledger, last: date, warehouse: str | None) -> ir.Table:
    balance = balances(ledger, last)
    return balance if warehouse is None else balance.filter(balance.warehouse == warehouse)


def _units(value: ir.Value) -> ir.Value:
    return value.cast("float64")


def _plain(rows: ir.Table) -> ir.Table:
    """Return rows whose columns may all be empty: unions want equal types."""
    types = {"internal_sku": "string", "day": "date", **dict.fromkeys(_SUMS, "float64")}
    return rows.select(**{name: rows[name].cast(ibis.dtype(type_)) for name, type_ in types.items()})


def place_levels(ledger: Ledger, last: date) -> ir.Table:
    """Return what is in stock at the end of a day: ``warehouse``, ``internal_sku``, ``on_hand``."""
    balance = balances(ledger, last)
    held = balance.group_by(BOOKS).aggregate(on_hand=at_last(balance.closing + balance["difference"], balance.day))
    held = held.mutate(on_hand=_units(held.on_hand))
    return held.group_by(PLACE).aggregate(on_hand=held.on_hand.sum())


def balances(ledger: Ledger, last: date) -> ir.Table:
    """Return ``stock_balance`` up to a day, with stock that was stated before anything happened to it.

    Goods that were stated and never moved have no row of their own there, since nothing changed; the first statement
    about them is where their books begin.
    """
    held, stated = ledger.table("stock_balance"), ledger.table("stock_snapshot")
    held = held.filter(held.day <= last)
    if not ledger.query(stated.limit(1).select("day")).num_rows:
        return held
    zero = ibis.literal(0).cast(EXACT)
    first = held.group_by(BOOKS).aggregate(since=held.day.min())
    stated = stated.filter(stated.day <= last)
    begun = stated.group_by([*BOOKS, "currency"]).aggregate(
        day=stated.day.min(), level=at_first(stated.on_hand, stated.day)
    )
    begun = begun.left_join(first, BOOKS)
    begun = begun.filter(begun.since.isnull() | (begun.day < begun.since))
    standing = begun.select(
        *BOOKS, "day", "currency", opening=begun.level, received=zero, issued=zero, closing=begun.level,
        difference=zero, count_difference=ibis.null(EXACT), unit_cost_minor=ibis.null("int64"),
    )  # fmt: skip
    return ibis.union(*(_balance_typed(rows) for rows in (held, standing)))


def _balance_typed(rows: ir.Table) -> ir.Table:
    types = {"shop_id": "int32", "warehouse": "string", "internal_sku": "string", "day": "date", "currency": "string"}
    types |= dict.fromkeys(("opening", "received", "issued", "closing", "difference", "count_difference"), EXACT)
    types["unit_cost_minor"] = "int64"
    return rows.select(**{name: rows[name].cast(ibis.dtype(type_)) for name, type_ in types.items()})
