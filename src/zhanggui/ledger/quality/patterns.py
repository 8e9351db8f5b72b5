"""What a day usually brings, by the store's own weekdays: robust, and with the days that lack everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.engine import Ledger, Transaction, bound_value, built_once, declared_table
from zhanggui.occasions import PROMOTIONS

LOOKED_BACK_DAYS = 400
"""Days before a series' last one that are looked at; what lies before them does not change any more."""
PEER_WEEKS, NEAR_DAYS = 4, 7
FEWEST_PEERS = 3
SURE = 12.0
"""Rows that must usually come so that none cannot be luck: where 12 are expected, none come once in 160,000 days."""

_SERIES = ("shop_id", "source_table", "series")
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Daily:
    """A source table whose rows follow the days.

    Attributes
    ----------
    table, day : str
        The ledger table and its business day.
    series : str or None
        Column of what is counted apart.
    money : str or None
        Column of its money.
    is_report : bool
        A platform makes it every day, so that one missing day in an unbroken row of them tells.
    """

    table: str
    day: str
    series: str | None = None
    money: str | None = None
    is_report: bool = False


DAILY: tuple[Daily, ...] = (
    Daily("order_header", "created_date", money="created_minor"),
    Daily("refund", "refunded_date", money="refunded_minor"),
    Daily("settlement_entry", "booked_date", money="amount_minor"),
    Daily("shop_metric_daily", "day", series="object_type", money="paid_minor", is_report=True),
    Daily("ad_spend", "day", series="report_scope", money="spend_minor", is_report=True),
    Daily("stock_movement", "occurred_date"),
    Daily("shipment", "shipped_date"),
    Daily("review", "reviewed_date"),
    Daily("service_ticket", "opened_date"),
)
"""Adding a table here lets the checks of missing days, volume and freshness use it."""


def day_volumes(tx: Transaction, stores: tuple[int, ...]) -> ir.Table:
    """Return the rows of ``day_volume`` of some stores."""
    tx.bind(stores=",".join(map(str, stores)))
    counted = tx.stage("volume_counted", _all_counted())
    days = tx.stage("volume_days", _every_day(counted))
    return _with_usual(days)


@built_once
def _all_counted() -> ir.Table:
    """Return the rows and the money of each day of every table, of the stores that are bound."""
    wanted = cast(ir.ArrayValue, bound_value("stores", "string").split(",").cast("array<int32>"))
    return ibis.union(*(_counted(wanted, each) for each in DAILY))


def _counted(stores: ir.ArrayValue, daily: Daily) -> ir.Table:
    """Return the rows and the money of each day that has any."""
    held = declared_table(daily.table)
    series = ibis.literal("") if daily.series is None else ibis.coalesce(held[daily.series], "")
    amount = ibis.literal(0, "int64") if daily.money is None else ibis.coalesce(held[daily.money], 0)
    rows = held.filter(stores.contains(held.shop_id) & held[daily.day].notnull()).select(
        "shop_id",
        source_table=ibis.literal(daily.table),
        series=series.cast(dt.string),
        # Of some tables the day may be empty, of others not; put together they have to be of one type.
        day=held[daily.day].cast(dt.date),
        amount=amount,
        currency=held.currency.cast(dt.string),
    )
    return rows.group_by([*_SERIES, "day"]).aggregate(
        n_rows=rows.count(), money_minor=rows.amount.sum().cast("int64"), currency=rows.currency.max()
    )


@built_once
def _every_day(counted: ir.Table) -> ir.Table:
    """Add the days between a series' first and last that have no row."""
    spans = counted.group_by(_SERIES).aggregate(
        first=counted.day.min(), last=counted.day.max(), currency=counted.currency.max()
    )
    first = ibis.greatest(spans["first"], spans["last"] - ibis.interval(days=LOOKED_BACK_DAYS))
    end = (spans["last"] + ibis.interval(days=1)).cast("timestamp")
    spine = spans.select(
        *_SERIES,
        "currency",
        day=ibis.range(first.cast("timestamp"), end, ibis.interval(days=1)).unnest().cast("date"),
    )
    joined = spine.left_join(counted.drop("currency"), [*_SERIES, "day"])
    return joined.select(
        *_SERIES,
        "day",
        "currency",
        n_rows=ibis.coalesce(joined.n_rows, 0),
        money_minor=ibis.coalesce(joined.money_minor, 0),
        day_no=(joined.day.cast("timestamp").epoch_seconds() // _DAY_SECONDS).cast("int32"),
    )


@built_once
def _with_usual(days: ir.Table) -> ir.Table:
    """Add what is usual: the medians of the day's weekday in the weeks around it, and of the days next to it."""
    other = days.select(*_SERIES, other_no=days.day_no, other_rows=days.n_rows, other_money=days.money_minor)
    pairs = days.select(*_SERIES, "day", "day_no").inner_join(other, list(_SERIES))
    pairs = pairs.mutate(apart=pairs.other_no - pairs.day_no)
    pairs = pairs.filter((pairs.apart != 0) & (pairs.apart.abs() <= 7 * PEER_WEEKS))
    is_peer, is_near = pairs.apart % 7 == 0, pairs.apart.abs() <= NEAR_DAYS
    usual = pairs.group_by([*_SERIES, "day"]).aggregate(
        n_peers=is_peer.sum(),
        usual_rows=pairs.other_rows.median(where=is_peer),
        near_rows=pairs.other_rows.median(where=is_near),
        most_rows=pairs.other_rows.max(),
        usual_money_minor=pairs.other_money.median(where=is_peer),
    )
    joined = days.left_join(usual, [*_SERIES, "day"])
    is_enough = ibis.coalesce(joined.n_peers, 0) >= FEWEST_PEERS
    return joined.select(
        *_SERIES,
        "day",
        "n_rows",
        "money_minor",
        "currency",
        "near_rows",
        "most_rows",
        usual_rows=is_enough.ifelse(joined.usual_rows, None),
        usual_money_minor=is_enough.ifelse(joined.usual_money_minor, None).round(),
    )


def is_promotion(day: ir.DateValue) -> ir.BooleanValue:
    """Return whether a day lies in one of the trade's promotions, which are no anomaly."""
    of_year = day.month() * 100 + day.day()
    spans = [
        of_year.between(each.first_month * 100 + each.first_day, each.last_month * 100 + each.last_day)
        for each in PROMOTIONS
    ]
    return cast(ir.BooleanValue, ibis.or_(*spans))


def _make(tx: Transaction, ledger: Ledger, stores: tuple[int, ...]) -> Mapping[str, ir.Table]:
    return {"day_volume": day_volumes(tx, stores)}


DAY_VOLUMES = Derivation(
    subject="day_volume",
    tables=("day_volume",),
    reads=(
        "orders",
        "order_lines",
        "refunds",
        "settlements",
        "shop_metrics",
        "ad_spend",
        "stock_movements",
        "shipments",
        "reviews",
        "service_tickets",
    ),
    rules="1",
    make=_make,
)
"""An import of the company's concerns every store by the rule of derivations; here it only costs a little."""
