"""What a platform books for an order in one go, line by line: goods, subsidies and fees beside each other."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.exports.sales import StoreDay
from zhanggui.simulate.exports.writing import View
from zhanggui.simulate.records import SETTLEMENTS, Scene
from zhanggui.simulate.rows import NEVER, Column, Rows, Table
from zhanggui.simulate.sale.amounts import apportioned


class Strand(IntEnum):
    """What a booking is about; scenes of one strand that are booked together share a row."""

    SALE = 0
    REFUND = 1
    FEES_BACK = 2
    SUBSIDY_BACK = 3
    INSURANCE = 4
    PENALTY = 5
    WITHDRAWAL = 6
    AD_FEE = 7


STRANDS = {
    Scene.GOODS: Strand.SALE,
    Scene.SUBSIDY: Strand.SALE,
    Scene.COMMISSION: Strand.SALE,
    Scene.SERVICE_FEE: Strand.SALE,
    Scene.CREATOR_COMMISSION: Strand.SALE,
    Scene.DEPOSIT_FORFEIT: Strand.SALE,
    Scene.REFUND: Strand.REFUND,
    Scene.COMMISSION_BACK: Strand.FEES_BACK,
    Scene.CREATOR_COMMISSION_BACK: Strand.FEES_BACK,
    Scene.SUBSIDY_BACK: Strand.SUBSIDY_BACK,
    Scene.INSURANCE: Strand.INSURANCE,
    Scene.PENALTY: Strand.PENALTY,
    Scene.WITHDRAWAL: Strand.WITHDRAWAL,
    Scene.AD_FEE: Strand.AD_FEE,
}
_STRAND_OF = np.array([STRANDS[scene] for scene in Scene], np.int64)
AMOUNTS = {scene: f"{scene.name.lower()}_minor" for scene in Scene}
"""The column of `BOOKINGS` that holds what was booked in each scene."""

BOOKINGS = Table(
    "bookings",
    dict.fromkeys(
        (
            "entry", "order", "refund", "at", "strand", "line", "sku", "quantity", "unit_minor", "creator",
            "created_at", "completed_at", "total_minor", *AMOUNTS.values(),
        ),
        np.int64,
    ),
)  # fmt: skip
"""`line` is the line's place in its order; what belongs to no order has `NEVER` for all that an order would say."""


def bookings_of(records: DayRecords, day: StoreDay, store: int, view: View) -> Rows:
    """Return what will have been booked by the moment of the export for the orders of a day, one row per line.

    Parameters
    ----------
    records : DayRecords
        What the day brought.
    day : StoreDay
        Its orders in the store.
    store : int
        Number of the store.
    view : View
        The moment of the export.

    Returns
    -------
    Rows of BOOKINGS
        Amounts sum to those of the day's settlements, scene by scene.
    """
    entries = records[SETTLEMENTS]
    entries = entries.where((entries["store"] == store) & view.seen(entries["booked_at"]))
    entries, first = _in_groups(entries)
    if not len(entries):
        return Rows.none(BOOKINGS)
    heads = entries.where(first)
    group = np.cumsum(np.isin(np.arange(len(entries)), first)) - 1
    totals = np.zeros((len(Scene), first.size), np.int64)
    np.add.at(totals, (entries["scene"], group), entries["amount_minor"])
    return _by_line(heads, totals, day)


def _in_groups(entries: Rows) -> tuple[Rows, Column]:
    """Return the entries with those of one booking beside each other, and where each booking begins."""
    single = np.where(entries["order"] == NEVER, entries["entry"], NEVER)
    keys = (single, _STRAND_OF[entries["scene"]], entries["booked_at"], entries["refund"], entries["order"])
    order = np.lexsort((entries["entry"], *keys))
    is_first = np.zeros(order.size, np.bool_)
    is_first[:1] = True
    for key in keys:
        is_first[1:] |= key[order][1:] != key[order][:-1]
    return entries.where(order), np.flatnonzero(is_first)


def _by_line(heads: Rows, totals: Column, day: StoreDay) -> Rows:
    has_order = np.isin(heads["order"], day.orders["order"])
    place = np.zeros(len(heads), np.int64)
    place[has_order] = day.places(heads["order"][has_order])
    first, n_lines = _lines_of(heads, place, has_order, day)
    head = np.repeat(np.arange(len(heads)), n_lines)
    within = np.arange(head.size) - np.repeat(np.cumsum(n_lines) - n_lines, n_lines)
    line = first[head] + within
    weights = _weights(day, line, has_order[head])
    amounts = {
        AMOUNTS[scene]: split(totals[scene], weights[_WEIGHED_BY.get(scene, "receivable")], head) for scene in Scene
    }
    known = has_order[head]

    def of_line(values: Column) -> Column:
        return np.where(known, values[line], NEVER) if values.size else np.full(known.size, NEVER)

    def of_order(column: str) -> Column:
        values = day.orders[column]
        return np.where(known, values[place[head]], NEVER) if values.size else np.full(known.size, NEVER)

    units = np.maximum(day.lines["quantity"], 1)
    rows = Rows(
        BOOKINGS,
        entry=heads["entry"][head],
        order=heads["order"][head],
        # As the cases themselves are numbered: one for each line that a case about a whole order is split into.
        refund=np.where(heads["refund"][head] == NEVER, NEVER, heads["refund"][head] + within),
        at=heads["booked_at"][head],
        strand=_STRAND_OF[heads["scene"]][head],
        line=np.where(known, line - day.first_line[place[head]] if len(day.orders) else 0, NEVER),
        sku=of_line(day.lines["sku"]),
        quantity=of_line(day.lines["quantity"]),
        unit_minor=of_line(day.lines["list_minor"] // units),
        creator=of_order("creator"),
        created_at=of_order("created_at"),
        completed_at=of_order("completed_at"),
        total_minor=sum(amounts.values(), np.zeros(head.size, np.int64)),
        **amounts,
    )
    is_something = np.any([rows[column] != 0 for column in AMOUNTS.values()], axis=0)
    return rows.where(is_something)


_WEIGHED_BY = {Scene.GOODS: "paid", Scene.REFUND: "paid", Scene.SUBSIDY: "subsidy", Scene.SUBSIDY_BACK: "subsidy"}


def _lines_of(heads: Rows, place: Column, has_order: Column, day: StoreDay) -> tuple[Column, Column]:
    """Return the first line and the number of lines that each booking is about."""
    if not len(day.orders):
        return np.zeros(len(heads), np.int64), np.ones(len(heads), np.int64)
    first = np.where(has_order, day.first_line[place], 0)
    n_lines = np.where(has_order, day.n_lines[place], 1)
    named = day.refunds.where(day.refunds["line"] != NEVER)
    if len(named):
        order = np.argsort(named["refund"], kind="stable")
        found = np.minimum(np.searchsorted(named["refund"][order], heads["refund"]), len(named) - 1)
        is_named = has_order & (named["refund"][order][found] == heads["refund"])
        first = first + np.where(is_named, named["line"][order][found], 0)
        n_lines = np.where(is_named, 1, n_lines)
    return first, n_lines


def _weights(day: StoreDay, line: Column, known: Column) -> dict[str, Column]:
    lines = day.lines
    paid = lines["due_minor"] + shipping_of_lines(day)
    subsidy = lines["platform_discount_minor"] + lines["creator_discount_minor"]
    weights = {"paid": paid, "subsidy": subsidy, "receivable": paid + subsidy}
    if not len(lines):
        return {name: np.ones(line.size, np.int64) for name in weights}
    return {name: np.where(known, values[line], 1) for name, values in weights.items()}


def shipping_of_lines(day: StoreDay) -> Column:
    """Return each line's part of its order's postage, in proportion to what is paid for the goods."""
    return apportioned(day.orders["shipping_minor"], day.lines["due_minor"], day.order_of_line)


def split(totals: Column, weights: Column, group: Column) -> Column:
    """Return the parts of totals that may be negative, see `apportioned`."""
    parts: Column = np.sign(totals)[group] * apportioned(np.abs(totals), weights, group)
    return parts
