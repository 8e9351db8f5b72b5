"""How much of the stock is right, what to keep of it and what will run out, day by day.

Catalogue M-INV-05, M-INV-07, M-INV-08. Each day knows only what lay before it, so that a day once told stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, built_once, declared_table, without_copies
from zhanggui.ledger.stock.days import STOCK_DAYS

DEMAND_DAYS = 90
"""Days, the day itself among them, whose sales tell how fast goods go."""
FEWEST_DAYS = 14
"""Days with stock from which on the spread of their sales is told."""
LOW_DAYS, HIGH_DAYS = 14, 90
"""Stock that lasts shorter is too little, longer too much."""
FEWEST_RECEIVED = 10
"""Received lines from which on lead times are measured; with fewer, what the supplier states holds."""
SERVICE_Z = 1.645
"""Standard deviations kept beyond the expected demand: 95 of 100 lead times end before the shelf is empty."""

_GOODS = ("shop_id", "internal_sku")
_UNITS = "decimal(18, 3)"


@built_once
def stock_covers(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``stock_cover`` of some stores.

    Notes
    -----
    A day that ended with nothing there says only the least that was asked for, so it counts for nothing: the rate is
    what was sold on days that ended with stock, over their number.
    """
    held = declared_table("stock_day")
    moved = declared_table("stock_movement")
    moved = moved.filter((moved.reason == "sale") & moved.occurred_date.notnull())
    # A store whose movements name no sale does not say how fast goods go.
    held = held.filter(held.shop_id.isin(stores)).semi_join(moved, "shop_id")
    goods = held.group_by([*_GOODS, "day", "currency"]).aggregate(
        on_hand=held.on_hand.sum(),
        value_minor=held.value_minor.sum(),
        slow_value_minor=held.slow_value_minor.sum(),
    )
    sales = moved.group_by([*_GOODS, "occurred_date"]).aggregate(sold=-moved.quantity.sum().cast("float64"))
    sales = sales.select("sold", shop_id="shop_id", internal_sku="internal_sku", day="occurred_date")
    rows = without_copies(goods.left_join(sales, [*_GOODS, "day"]))
    is_in_stock = rows.on_hand > 0
    sold = is_in_stock.ifelse(ibis.coalesce(rows.sold, 0.0), 0.0)
    rows = rows.mutate(
        day_no=(rows.day.cast("timestamp").epoch_seconds() // 86_400).cast("int32"),
        is_known=is_in_stock.ifelse(1, 0),
        seen=sold,
        square=sold * sold,
    )
    lately = ibis.range_window(preceding=DEMAND_DAYS - 1, following=0, group_by=_GOODS, order_by="day_no")
    rows = rows.mutate(
        n_days=rows.is_known.sum().over(lately),
        units=rows.seen.sum().over(lately),
        squares=rows.square.sum().over(lately),
    )
    rate = rows.units / rows.n_days.nullif(0)
    spread = ((rows.squares - rows.units * rate) / (rows.n_days - 1).nullif(0)).clip(lower=0).sqrt()
    cover = rows.on_hand.cast("float64") / rate.nullif(0)
    is_right = cover.between(LOW_DAYS, HIGH_DAYS).fill_null(False) & (rows.slow_value_minor == 0)
    return rows.select(
        *_GOODS,
        "day",
        "currency",
        "on_hand",
        "value_minor",
        demand_a_day=rate,
        demand_spread=(rows.n_days >= FEWEST_DAYS).ifelse(spread, None),
        healthy_value_minor=is_right.ifelse(rows.value_minor, 0),
    )


@built_once
def stock_policies(stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``stock_policy`` of some stores: of goods whose lead time is known, on the days it was."""
    covers = declared_table("stock_cover")
    covers = covers.filter(covers.shop_id.isin(stores))
    covers = covers.mutate(**{name: covers[name].cast("float64") for name in ("demand_a_day", "demand_spread")})
    asked, on_order = _suppliers(), _on_order()
    rows = without_copies(covers.asof_join(asked, on=covers.day >= asked.since, predicates=["internal_sku"]))
    rows = _with_lead_times(rows.filter(rows.supplier.notnull()))
    rows = rows.filter(rows.lead_days.notnull())
    rows = without_copies(rows.asof_join(on_order, on=rows.day >= on_order.turned, predicates=["internal_sku"]))
    is_asked = (rows.demand_a_day > 0).fill_null(False)
    expected = rows.demand_a_day * rows.lead_days
    uncertain = rows.lead_days * rows.demand_spread**2 + (rows.demand_a_day * rows.lead_spread) ** 2
    counted = ibis.greatest(rows.on_hand.cast("float64"), 0.0) + ibis.coalesce(rows.on_order, 0.0)
    return rows.select(
        *_GOODS,
        "day",
        "supplier",
        "lead_days",
        "lead_spread",
        "currency",
        safety_units=is_asked.ifelse((SERVICE_Z * uncertain.sqrt()).cast(_UNITS), 0),
        running_out=(is_asked & (counted < expected)).ifelse(1, 0),
    )


def _suppliers() -> ir.Table:
    """Return who was asked for each SKU from which day on; of several on a day the last."""
    rows = declared_table("purchase_order")
    rows = rows.filter(rows.supplier.notnull() & rows.ordered_date.notnull())
    found = rows.group_by(["internal_sku", "ordered_date"]).aggregate(supplier=rows.supplier.argmax(rows.ordered_at))
    return found.select("internal_sku", "supplier", since="ordered_date")


def _with_lead_times(rows: ir.Table) -> ir.Table:
    """Add mean and spread of the days from order to receipt, as received lines had told them by the day."""
    bought = declared_table("purchase_order")
    bought = bought.filter(bought.supplier.notnull() & bought.received_date.notnull() & bought.ordered_date.notnull())
    took = bought.received_date.delta(bought.ordered_date, unit="day").cast("float64")
    bought = bought.select("supplier", "received_date", took=took)
    by_day = bought.group_by(["supplier", "received_date"]).aggregate(
        n=bought.count(), total=bought.took.sum(), squares=(bought.took * bought.took).sum()
    )
    so_far = ibis.window(group_by="supplier", order_by="received_date", preceding=None, following=0)
    steps = by_day.select(
        "supplier",
        told="received_date",
        n_received=by_day.n.sum().over(so_far),
        total=by_day.total.sum().over(so_far),
        squares=by_day.squares.sum().over(so_far),
    )
    rows = without_copies(rows.asof_join(steps, on=rows.day >= steps.told, predicates=["supplier"]))
    suppliers = declared_table("supplier")
    stated = suppliers.group_by("supplier").aggregate(
        stated_days=suppliers.lead_days.max().cast("float64"),
        stated_spread=suppliers.lead_days_spread.max().cast("float64"),
    )
    rows = without_copies(rows.left_join(stated, ["supplier"]))
    is_measured = (rows.n_received >= FEWEST_RECEIVED).fill_null(False)
    mean = rows.total / rows.n_received
    spread = ((rows.squares - rows.total * mean) / (rows.n_received - 1).nullif(0)).clip(lower=0).sqrt()
    return rows.mutate(
        lead_days=is_measured.ifelse(mean, rows.stated_days),
        lead_spread=is_measured.ifelse(spread, ibis.coalesce(rows.stated_spread, 0.0)),
    )


def _on_order() -> ir.Table:
    """Return what is on order of each SKU from which day on; what is past due can no longer be counted on."""
    rows = declared_table("purchase_order")
    rows = rows.filter(rows.ordered_date.notnull())
    units = rows.ordered_quantity.cast("float64")
    ordered = rows.select("internal_sku", turned=rows.ordered_date, units=units)
    over = ibis.least(rows.received_date, (rows.due_date + ibis.interval(days=1)).cast("date"))
    # Before it is ordered nothing comes; a file may say so all the same.
    over = over.notnull().ifelse(ibis.greatest(over, rows.ordered_date), None)
    ended = rows.select("internal_sku", turned=over, units=-units)
    turns = ordered.union(ended.filter(ended.turned.notnull()))
    by_day = turns.group_by(["internal_sku", "turned"]).aggregate(units=turns.units.sum())
    so_far = ibis.window(group_by="internal_sku", order_by="turned", preceding=None, following=0)
    return by_day.select("internal_sku", "turned", on_order=by_day.units.sum().over(so_far))


def _make_covers(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"stock_cover": stock_covers(stores)}


def _make_policies(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"stock_policy": stock_policies(stores)}


STOCK_COVERS = Derivation(
    subject="stock_cover",
    tables=("stock_cover",),
    reads=STOCK_DAYS.reads,
    rules="1",
    make=_make_covers,
    after=(STOCK_DAYS,),
    binds_stores=STOCK_DAYS.binds_stores,
    only_with=("stock_movements",),
)
STOCK_POLICIES = Derivation(
    subject="stock_policy",
    tables=("stock_policy",),
    reads=(*STOCK_COVERS.reads, "purchase_orders", "suppliers"),
    rules="1",
    make=_make_policies,
    after=(STOCK_COVERS,),
    binds_stores=STOCK_COVERS.binds_stores,
    only_with=("stock_movements",),
)
