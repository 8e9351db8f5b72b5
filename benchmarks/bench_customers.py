"""Segments and stages of a million customers with twenty million order lines, against SQL written by hand."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import ibis
import ibis.expr.types as ir

from benchmarks.figure import Figure, cpu_seconds, peak_own_gib
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.understand.customers.lifecycle import lifecycle
from zhanggui.understand.customers.rfm import rfm
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

N_CUSTOMERS = 1_000_000
ORDERS_EACH, LINES_EACH = 5, 4
N_DAYS = 700
REPEATS = 5
MOST = 1.5
MOST_GIB = 4.0

SEGMENTS_BY_HAND = """
WITH bought AS (
  SELECT buyer_key, paid_date, paid_minor, refunded_minor FROM order_header
  WHERE is_paid AND order_kind = 'ordinary' AND buyer_key IS NOT NULL
), back AS (
  SELECT buyer_key, sum(refunded_minor) AS back_minor FROM refund
  WHERE order_kind = 'ordinary' AND buyer_key IS NOT NULL GROUP BY ALL
), last AS (SELECT max(paid_date) AS day FROM bought
), days AS (
  SELECT buyer_key, paid_date FROM bought
  WHERE (refunded_minor < paid_minor) OR (paid_minor = 0 AND refunded_minor = 0) GROUP BY ALL
), seen AS (
  SELECT buyer_key, max(paid_date) AS last_day, count(*) AS frequency FROM days GROUP BY ALL
), paid AS (SELECT buyer_key, sum(paid_minor) AS paid_minor FROM bought GROUP BY ALL
), customers AS MATERIALIZED (
  SELECT date_diff('day', last.day, last_day) AS nearness, frequency,
    paid_minor - coalesce(back_minor, 0) AS money
  FROM seen JOIN paid USING (buyer_key) LEFT JOIN back USING (buyer_key) CROSS JOIN last
), cuts AS (
  SELECT quantile_disc(nearness, [0.2, 0.4, 0.6, 0.8]) AS r, quantile_disc(frequency, [0.2, 0.4, 0.6, 0.8]) AS f,
    quantile_disc(money, [0.2, 0.4, 0.6, 0.8]) AS m
  FROM customers
), levels AS (
  SELECT money, nearness > r[3] AS is_near, frequency > f[3] AS is_often,
    money > CASE WHEN frequency > f[3] THEN m[3] ELSE m[2] END AS is_large
  FROM customers CROSS JOIN cuts
)
SELECT is_near, is_often, is_large, count(*) AS n, sum(money) AS net FROM levels GROUP BY ALL
"""

STAGES_BY_HAND = """
WITH bought AS (
  SELECT buyer_key, paid_date, paid_minor, refunded_minor FROM order_header
  WHERE is_paid AND order_kind = 'ordinary' AND buyer_key IS NOT NULL
), back AS (
  SELECT buyer_key, sum(refunded_minor) AS back_minor FROM refund
  WHERE order_kind = 'ordinary' AND buyer_key IS NOT NULL GROUP BY ALL
), last AS (SELECT max(paid_date) AS day FROM bought
), people AS (
  SELECT buyer_key, min(paid_date) AS first_day, max(paid_date) AS last_day,
    max(paid_date) FILTER (paid_date <= last.day - 30) AS last_then, sum(paid_minor) AS paid_minor,
    any_value(last.day) AS day
  FROM bought CROSS JOIN last GROUP BY buyer_key
)
SELECT CASE WHEN last_then IS NULL THEN NULL WHEN day - 30 - last_then < 90 THEN 'retention' ELSE 'win_back' END AS was,
  CASE WHEN day - last_day < 90 THEN 'retention' ELSE 'win_back' END AS stage, count(*) AS n,
  count(*) FILTER (first_day < last_day) AS n_repeat, sum(paid_minor - coalesce(back_minor, 0)) AS net
FROM people LEFT JOIN back USING (buyer_key) GROUP BY ALL
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Fill a ledger, then ask for segments and stages by both ways in turn."""
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir, memory_limit="4GB") as ledger:
        _fill(ledger)
        ledger.checkpoint()
        assert _by_name(_ours(shop, ledger)) == _by_name(_by_hand(ledger))
        ratio = _ratio(partial(_ours, shop, ledger), partial(_by_hand, ledger))
        n_lines = N_CUSTOMERS * ORDERS_EACH * LINES_EACH
        yield Figure(f"segments and stages of {N_CUSTOMERS:,} customers, {n_lines:,} lines", ratio, "×", MOST)
        yield Figure("largest memory until then", peak_own_gib(), "GiB", MOST_GIB)
    shop.close()


def _ours(shop: Shop, ledger: Ledger) -> list[int]:
    desk = Desk(shop, ledger)
    segments, stages = rfm(desk, View()).segments, lifecycle(desk, View()).moves
    return [*(each.n_customers for each in segments.values()), *stages.values()]


def _by_hand(ledger: Ledger) -> list[int]:
    with ledger._reading() as cursor:
        return [
            int(n)
            for statement in (SEGMENTS_BY_HAND, STAGES_BY_HAND)
            for n in cursor.execute(statement).to_arrow_table().column("n").to_pylist()
        ]


def _by_name(counts: list[int]) -> list[int]:
    """Return the counts in an order of their own: the two ways list groups as they come."""
    return sorted(counts)


def _ratio(ours: Callable[[], object], by_hand: Callable[[], object]) -> float:
    """Return the ratio of processor time, the two taken in turn so that a busy machine slows both alike."""
    spent: dict[Callable[[], object], list[float]] = {ours: [], by_hand: []}
    for _ in range(REPEATS):
        for work, times in spent.items():
            with cpu_seconds() as timer:
                work()
            times.append(timer.seconds)
    return statistics.median(spent[ours]) / statistics.median(spent[by_hand])


def _fill(ledger: Ledger) -> None:
    """Write customers of whom half come once and the rest again and again; the engine makes the rows itself."""
    rows = ibis.range(N_CUSTOMERS * ORDERS_EACH).unnest().name("number").as_table()
    # Numbers without order that are the same in every run.
    rows = rows.mutate(chance=(rows.number * 2_654_435_761) % 1_000_003, other=(rows.number * 40_503) % 65_537)
    place = rows.number // N_CUSTOMERS
    # Customers of even numbers come once: their later orders are those of their odd neighbours.
    buyer = rows.number % N_CUSTOMERS
    buyer = ibis.ifelse((place > 0) & (buyer % 2 == 0), buyer + 1, buyer)
    day = (rows.chance * 37 + rows.other) % N_DAYS
    amount = 1_000 + (rows.chance * 13 + rows.other * 7) % 90_000
    is_back = rows.chance % 20 == 0
    orders = rows.select(
        shop_id=ibis.literal(1, "int32"),
        order_id=ibis.literal("2") + rows.number.cast("string").lpad(18, "0"),
        buyer_key=ibis.literal("1-h1:") + buyer.cast("string").lpad(32, "0"),
        order_kind=ibis.literal("ordinary"),
        is_paid=ibis.literal(value=True),
        is_current=ibis.literal(value=True),
        counts_as_paid=ibis.literal(value=True),
        paid_date=ibis.date(2024, 12, 1) + day.as_interval("D"),
        created_minor=amount,
        paid_minor=amount,
        refunded_minor=ibis.ifelse(is_back, amount // 2, 0),
        currency=ibis.literal("CNY"),
        layout=ibis.literal(1, "int32"),
        status_rank=ibis.literal(0, "int32"),
        time_precision=ibis.literal(0, "int32"),
        row_hash=rows.number.cast("uint64"),
        n_lines=ibis.literal(LINES_EACH, "int32"),
        batch_id=ibis.literal(1, "int32"),
        row_no=rows.number,
    )
    with ledger.transaction() as tx:
        tx.insert("order_seen", orders)
        held = ledger.table("order_header")
        tx.insert("order_line", _lines(held))
        tx.insert("refund", _refunds(held.filter(held.refunded_minor > 0)))


def _lines(orders: ir.Table) -> ir.Table:
    places = ibis.range(LINES_EACH).unnest().name("place").as_table()
    rows = orders.select("shop_id", "order_id", "paid_minor", "currency", "batch_id", "row_no").cross_join(places)
    part = rows.paid_minor // LINES_EACH
    return rows.select(
        "shop_id",
        "order_id",
        "currency",
        "batch_id",
        "row_no",
        line_key=rows.place.cast("string"),
        line_kind=ibis.literal("product"),
        product_id=ibis.literal("p") + (rows.row_no * 7 % 20_000).cast("string"),
        created_minor=part,
        paid_minor=part,
    )


def _refunds(orders: ir.Table) -> ir.Table:
    return orders.select(
        "shop_id",
        "order_id",
        "buyer_key",
        "order_kind",
        "refunded_minor",
        "currency",
        "batch_id",
        "row_no",
        refund_id=orders.order_id,
        basis=ibis.literal("case"),
        has_order=ibis.literal(value=True),
        cohort_date=orders.paid_date,
    )
