"""The stock equation: opening + in - out = closing for every SKU, warehouse and day (catalogue M-INV-06)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, without_copies

GOODS = ("shop_id", "warehouse", "internal_sku")
KEY = (*GOODS, "day")
WHOLE_SHARE = 0.8
"""A list of stock names every SKU that is there when it is at least this long, measured by the warehouse's longest."""
_EXACT = "decimal(18, 3)"


def stock_balance(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``stock_balance`` of some stores.

    Notes
    -----
    Stock that is stated at the end of a day is where the next day begins, whatever the movements say: each difference
    stands once, on the day it shows. Before anything is stated, the books begin with what makes the first statement
    true, or with nothing.
    """
    moved, stated, counted = (
        _of(ledger, table, stores) for table in ("stock_movement", "stock_snapshot", "stock_count")
    )
    days = tx.stage("stock_days", _days(moved, stated, counted))
    balance = tx.stage("stock_moved", _balance(days))
    with_counts = _with_counts(balance, moved, counted)
    return _with_costs(with_counts, ledger)


def _of(ledger: Ledger, table: str, stores: tuple[int, ...]) -> ir.Table:
    held = ledger.table(table)
    return held.filter(held.shop_id.isin(stores))


def _days(moved: ir.Table, stated: ir.Table, counted: ir.Table) -> ir.Table:
    """Return what came in, went out and was stated, for each SKU, warehouse and day with any of these."""
    zero = ibis.literal(0).cast(_EXACT)
    moves = moved.filter(moved.occurred_date.notnull()).select(
        *GOODS, "currency", day=moved.occurred_date, quantity=moved.quantity, stated=None, is_counted=False
    )
    levels = stated.select(*GOODS, "currency", "day", quantity=zero, stated=stated.on_hand, is_counted=False)
    counts = counted.filter(counted.counted_date.notnull()).select(
        *GOODS, "currency", day=counted.counted_date, quantity=zero, stated=None, is_counted=True
    )
    parts = [_typed(part) for part in (moves, levels, _left_out(moved, stated), counts)]
    rows = ibis.union(*parts)
    return rows.group_by(KEY).aggregate(
        currency=rows.currency.max(),
        received=rows.quantity.sum(where=rows.quantity > 0),
        issued=-rows.quantity.sum(where=rows.quantity < 0),
        stated=rows.stated.max(),
        is_counted=rows.is_counted.any(),
    )


def _typed(rows: ir.Table) -> ir.Table:
    """Return the rows with types that may be empty: tables differ in what must be filled, and unions want equals."""
    types = {"shop_id": "int32", "warehouse": "string", "internal_sku": "string", "currency": "string", "day": "date"}
    types |= {"quantity": _EXACT, "stated": _EXACT, "is_counted": "boolean"}
    return rows.select(**{name: rows[name].cast(ibis.dtype(type_)) for name, type_ in types.items()})


def _left_out(moved: ir.Table, stated: ir.Table) -> ir.Table:
    """Return zeros for the SKUs that a whole list of stock leaves out: lists leave out what is not there."""
    lists = stated.group_by(["shop_id", "warehouse", "day"]).aggregate(n=stated.count(), currency=stated.currency.max())
    longest = lists.n.max().over(group_by=["shop_id", "warehouse"])
    lists = lists.mutate(longest=longest)
    whole = lists.filter(lists.n >= WHOLE_SHARE * lists.longest).drop("n", "longest")
    known = moved.group_by(GOODS).aggregate(since=moved.occurred_date.min())
    wanted = whole.inner_join(known, ["shop_id", "warehouse"])
    wanted = wanted.filter(wanted.since <= wanted.day)
    absent = wanted.anti_join(stated.select(*KEY), KEY)
    zero = ibis.literal(0).cast(_EXACT)
    return absent.select(*GOODS, "currency", "day", quantity=zero, stated=zero, is_counted=False)


def _balance(days: ir.Table) -> ir.Table:
    """Add opening, closing and difference."""
    ordered = ibis.window(group_by=GOODS, order_by="day", preceding=None, following=0)
    zero = ibis.literal(0).cast(_EXACT)
    rows = days.mutate(received=ibis.coalesce(days.received, zero), issued=ibis.coalesce(days.issued, zero))
    rows = rows.mutate(moved=(rows.received - rows.issued).sum().over(ordered))
    # What the books lack at each statement; it holds until the next one. The engine's first and last row of a window
    # do not pass over empty ones, so the rows from one statement to the next are numbered.
    rows = rows.mutate(lack=rows.stated.cast(_EXACT) - rows.moved)
    rows = rows.mutate(since=rows.lack.count().over(ordered))
    rows = rows.mutate(
        held=rows.lack.max().over(group_by=[*GOODS, "since"]),
        begun=(rows.since == 1).ifelse(rows.lack, None).max().over(group_by=GOODS),
    )
    lack = ibis.coalesce(rows.held.lag().over(group_by=GOODS, order_by="day"), rows.begun, zero)
    rows = rows.mutate(closing=rows.moved + lack)
    rows = rows.mutate(
        opening=rows.closing - rows.received + rows.issued,
        difference=ibis.coalesce(rows.stated - rows.closing, zero),
    )
    # A day on which nothing moved and the statement agrees adds nothing to the day before.
    return rows.filter((rows.received != 0) | (rows.issued != 0) | (rows["difference"] != 0) | rows.is_counted)


def _with_counts(balance: ir.Table, moved: ir.Table, counted: ir.Table) -> ir.Table:
    """Add what counts found, beside what the books held at that hour."""
    counts = counted.select(*GOODS, "counted_at", "counted_quantity", day=counted.counted_date)
    last = counts.group_by(KEY).aggregate(
        counted_at=counts.counted_at.max(), counted=counts.counted_quantity.argmax(counts.counted_at)
    )
    moves = moved.select(*GOODS, "occurred_at", "quantity", day=moved.occurred_date)
    until = moves.inner_join(last, KEY)
    until = until.filter(until.occurred_at <= until.counted_at)
    sums = until.group_by(KEY).aggregate(moved_until=until.quantity.sum())
    both = _beside(_beside(balance, last), sums)
    at_the_hour = both.opening + ibis.coalesce(both.moved_until, ibis.literal(0).cast(_EXACT))
    return both.mutate(count_difference=both.counted - at_the_hour)


def _beside(rows: ir.Table, other: ir.Table) -> ir.Table:
    return without_copies(rows.left_join(other, KEY))


def _with_costs(balance: ir.Table, ledger: Ledger) -> ir.Table:
    """Add the newest unit cost of the company's or of any store's list on the day."""
    costs = ledger.table("sku_cost").select("internal_sku", "currency", "valid_from", "unit_cost_minor")
    once = costs.group_by(["internal_sku", "currency", "valid_from"]).aggregate(
        unit_cost_minor=costs.unit_cost_minor.max()
    )
    joined = balance.asof_join(once, on=balance.day >= once.valid_from, predicates=["internal_sku", "currency"])
    return without_copies(joined)


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"stock_balance": stock_balance(tx, ledger, stores)}


STOCK_BALANCES = Derivation(
    subject="stock_balance",
    tables=("stock_balance",),
    reads=("stock_movements", "stock_snapshots", "stock_counts", "sku_costs"),
    rules="2",
    make=_make,
)
