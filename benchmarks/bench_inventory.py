"""Health and balances of 100,000 SKUs over a year, against SQL written by hand in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import ibis

from benchmarks.figure import Figure, cpu_seconds
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.ledger.shop import Shop
from zhanggui.understand.inventory.balance import goods_balances, warehouse_balances
from zhanggui.understand.inventory.book import Rules, StockBook, read_book
from zhanggui.understand.inventory.health import health_of, score_of

N_SKUS, N_DAYS = 100_000, 365
EVERY = 6
"""A SKU moves on every sixth day, at another one than its neighbour."""
LAST = date(2026, 9, 30)
REPEATS = 2
MOST = 1.5

# Stock of each SKU on each day it moved, how long that held, what was sold and what came in: the sums that days of
# stock, turns, stock-outs, cover, slow stock and ages follow from.
HEALTH_BY_HAND = """
WITH flow AS (
  SELECT internal_sku, day, sum(received - issued + difference)::DOUBLE AS change, 0.0 AS sold, 0.0 AS bought
  FROM stock_balance WHERE day <= DATE '2026-09-30' GROUP BY ALL
  UNION ALL
  SELECT internal_sku, occurred_date, 0.0,
    sum(CASE WHEN reason = 'sale' THEN -quantity ELSE 0 END)::DOUBLE,
    sum(CASE WHEN reason = 'purchase' THEN quantity ELSE 0 END)::DOUBLE
  FROM stock_movement WHERE occurred_date <= DATE '2026-09-30' GROUP BY ALL
), days AS (
  SELECT internal_sku, day, sum(change) AS change, sum(sold) AS sold, sum(bought) AS bought FROM flow GROUP BY ALL
), levels AS (
  SELECT *, sum(change) OVER w AS level, lead(day, 1, DATE '2026-10-01') OVER w AS until FROM days
  WINDOW w AS (PARTITION BY internal_sku ORDER BY day)
), spans AS (
  SELECT *, greatest(date_diff('day', greatest(day, DATE '2025-10-01'), until), 0) AS held FROM levels
)
SELECT internal_sku, sum(greatest(level, 0) * held) AS unit_days, sum(held) AS known,
  sum(CASE WHEN level <= 0 THEN held ELSE 0 END) AS days_out, sum(sold) AS sold, arg_max(level, day) AS on_hand,
  max(CASE WHEN sold > 0 THEN day END) AS last_sale,
  sum(CASE WHEN day > DATE '2026-08-31' THEN bought ELSE 0 END) AS within_30,
  sum(CASE WHEN day > DATE '2026-08-01' THEN bought ELSE 0 END) AS within_60,
  sum(CASE WHEN day > DATE '2026-07-02' THEN bought ELSE 0 END) AS within_90,
  sum(CASE WHEN day > DATE '2026-04-03' THEN bought ELSE 0 END) AS within_180
FROM spans GROUP BY ALL
"""

BALANCE_BY_HAND = """
WITH places AS (
  SELECT warehouse, internal_sku,
    arg_max(closing + difference, day) FILTER (day < DATE '2026-07-03') AS before, arg_min(opening, day) AS begun,
    sum(received) FILTER (day >= DATE '2026-07-03') AS received,
    sum(issued) FILTER (day >= DATE '2026-07-03') AS issued,
    sum(difference) FILTER (day >= DATE '2026-07-03') AS difference,
    sum(count_difference) FILTER (day >= DATE '2026-07-03') AS counted, arg_max(closing + difference, day) AS closing
  FROM stock_balance WHERE day <= DATE '2026-09-30' GROUP BY ALL
)
SELECT * FROM places ORDER BY abs(coalesce(difference, 0)) DESC, closing DESC LIMIT 200
"""
PLACES_BY_HAND = BALANCE_BY_HAND.replace(
    "SELECT * FROM places ORDER BY abs(coalesce(difference, 0)) DESC, closing DESC LIMIT 200",
    "SELECT warehouse, sum(coalesce(before, begun)), sum(received), sum(issued), sum(difference), sum(closing) "
    "FROM places GROUP BY ALL",
)


def measure(folder: Path) -> Iterator[Figure]:
    """Fill six million movements, then ask both ways."""
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir) as ledger:
        n_rows = _fill(ledger)
        ledger.checkpoint()
        book = read_book(ledger, None, None, N_DAYS)
        window = read_book(ledger, None, None)
        asks: tuple[tuple[str, Callable[[], object], tuple[str, ...]], ...] = (
            ("health", partial(_health, ledger), (HEALTH_BY_HAND,)),
            ("balances", partial(_balances, ledger, window), (BALANCE_BY_HAND, PLACES_BY_HAND)),
        )
        assert book.course.n_skus == N_SKUS
        for name, ours, theirs in asks:
            ratio = _ratio(ledger, ours, theirs)
            yield Figure(
                f"{name} of {N_SKUS:,} SKUs over a year, {n_rows:,} rows, against SQL by hand", ratio, "×", MOST
            )
    shop.close()


def _health(ledger: Ledger) -> object:
    return score_of(health_of(read_book(ledger, None, None, N_DAYS), Rules()))


def _balances(ledger: Ledger, book: StockBook) -> object:
    return goods_balances(ledger, book, limit=200), warehouse_balances(ledger, book)


def _ratio(ledger: Ledger, ours: Callable[[], object], theirs: tuple[str, ...]) -> float:
    spent: dict[str, list[float]] = {"ours": [], "theirs": []}
    for place in range(REPEATS + 1):
        with cpu_seconds() as timer:
            ours()
        with cpu_seconds() as by_hand, ledger._reading() as cursor:
            for statement in theirs:
                cursor.execute(statement).to_arrow_table()
        if place:
            spent["ours"].append(timer.seconds)
            spent["theirs"].append(by_hand.seconds)
    return statistics.median(spent["ours"]) / statistics.median(spent["theirs"])


def _fill(ledger: Ledger) -> int:
    """Write what movements leave in the books: 40 come every tenth time a SKU moves, 1 to 7 leave at the others."""
    place = ibis.range(N_SKUS * (N_DAYS // EVERY)).unnest().name("place").as_table()
    step, sku = place.place // N_SKUS, place.place % N_SKUS
    rows = place.mutate(
        internal_sku="S" + sku.cast("string").lpad(6, "0"),
        ago=(N_DAYS - 1) - step * EVERY - sku % EVERY,
        quantity=(step % 10 == 0).ifelse(40, -1 - (sku + step) % 7).cast("decimal(18, 3)"),
        reason=(step % 10 == 0).ifelse("purchase", "sale"),
        step=step,
    )
    rows = rows.mutate(day=ibis.date(LAST.isoformat()) - rows.ago.cast("int32").as_interval("D"))
    zero = ibis.literal(0).cast("decimal(18, 3)")
    ordered = ibis.window(group_by="internal_sku", order_by="day", preceding=None, following=0)
    rows = rows.mutate(closing=rows.quantity.sum().over(ordered))
    balance = rows.select(
        "internal_sku", "day", "closing", shop_id=1, warehouse=ibis.literal("主仓"), currency=ibis.literal("CNY"),
        opening=rows.closing - rows.quantity, received=ibis.greatest(rows.quantity, zero),
        issued=ibis.greatest(-rows.quantity, zero), difference=zero, unit_cost_minor=1000,
    )  # fmt: skip
    moves = rows.select(
        "internal_sku", "quantity", "reason", shop_id=1, warehouse=ibis.literal("主仓"), currency=ibis.literal("CNY"),
        occurred_date=rows.day, occurred_at=rows.day.cast("timestamp"), fact_key=rows.place.cast("string"),
        movement_id=rows.place.cast("string"),
    )  # fmt: skip
    costs = rows.filter(rows.step == 0).select(
        "internal_sku", shop_id=1, fact_key=rows.internal_sku, valid_from=ibis.date("2025-01-01"),
        unit_cost_minor=1000, currency=ibis.literal("CNY"),
    )  # fmt: skip
    with ledger.transaction() as tx:
        for name, made in (("stock_balance", balance), ("stock_movement", moves), ("sku_cost", costs)):
            tx.insert(name, _complete(name, made))
    return N_SKUS * (N_DAYS // EVERY)


def _complete(name: str, rows: ibis.Table) -> ibis.Table:
    """Return rows with nothing in the columns that must hold something and are not looked at."""
    empty = {"status_rank": 0, "time_precision": 0, "row_hash": 0, "batch_id": 1, "row_no": 1}
    lacking = {
        column.name: empty.get(column.name, 0)
        for column in ALL_TABLES[name].columns
        if not column.nullable and column.name not in rows.columns
    }
    return rows.mutate(**lacking)
