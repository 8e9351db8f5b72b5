"""Metrics against SQL written by hand for the same question, and how long questions take to compile."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.made_up_shop import fill_ledger
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.metrics import CATALOGUE, Filter, Question, answer
from zhanggui.metrics.compiler import run
from zhanggui.metrics.compiler.plan import planned
from zhanggui.metrics.compiler.run import prepare_scan
from zhanggui.metrics.coverage import scope_leaves

N_ORDERS = 1_500_000
REPEATS = 5
METRICS = (
    "orders_created",
    "orders_paid",
    "orders_refunded",
    "gmv_created",
    "gmv_paid",
    "refund_amount",
    "net_revenue",
    "units_sold",
    "buyers",
    "new_buyers",
    "repeat_buyers",
    "average_order_value",
    "average_buyer_value",
    "refund_rate",
    "repurchase_rate",
)

BY_HAND = """
WITH store_of AS (SELECT shop_id, platform FROM store),
created AS (
  SELECT created_date AS day, platform, count(*) AS orders_created, sum(created_minor) AS gmv_created
  FROM order_header JOIN store_of USING (shop_id) GROUP BY ALL
), paid AS (
  SELECT paid_date AS day, platform, count(*) AS orders_paid, count(*) FILTER (refunded_minor > 0) AS orders_refunded,
    sum(paid_minor) AS gmv_paid
  FROM order_header JOIN store_of USING (shop_id) WHERE is_paid GROUP BY ALL
), refunds AS (
  SELECT cohort_date AS day, platform, sum(refunded_minor) AS refund_amount
  FROM refund JOIN store_of USING (shop_id) GROUP BY ALL
), units AS (
  SELECT paid_date AS day, platform, sum(quantity) AS units_sold
  FROM order_line l JOIN order_header o ON l.shop_id = o.shop_id AND l.order_id = o.order_id
  JOIN store_of s ON s.shop_id = o.shop_id
  WHERE is_paid AND line_kind = 'product' GROUP BY ALL
), first_day AS (
  SELECT buyer_key, min(paid_date) AS first_day FROM order_header WHERE is_paid AND buyer_key IS NOT NULL GROUP BY ALL
), per_buyer AS (
  SELECT paid_date AS day, platform, buyer_key, min(paid_date) AS first_here,
    min(paid_date) FILTER (refunded_minor < paid_minor OR (paid_minor = 0 AND refunded_minor = 0)) AS first_kept,
    max(paid_date) FILTER (refunded_minor < paid_minor OR (paid_minor = 0 AND refunded_minor = 0)) AS last_kept
  FROM order_header JOIN store_of USING (shop_id) WHERE is_paid AND buyer_key IS NOT NULL GROUP BY ALL
), people AS (
  SELECT day, platform, count(*) AS buyers, count(*) FILTER (first_kept < last_kept) AS repeat_buyers,
    count(*) FILTER (first_here = first_day) AS new_buyers
  FROM per_buyer JOIN first_day USING (buyer_key) GROUP BY ALL
)
SELECT *, gmv_paid - coalesce(refund_amount, 0) AS net_revenue, gmv_paid / orders_paid AS average_order_value,
  gmv_paid / buyers AS average_buyer_value, refund_amount / gmv_paid AS refund_rate,
  repeat_buyers / buyers AS repurchase_rate
FROM created FULL JOIN paid USING (day, platform) FULL JOIN refunds USING (day, platform)
FULL JOIN units USING (day, platform) FULL JOIN people USING (day, platform)
ORDER BY day, platform
"""

PRODUCTS_BY_HAND = """
SELECT l.product_id, l.shop_id, count(DISTINCT (o.shop_id, o.order_id)) AS orders_paid,
  sum(coalesce(l.paid_minor, o.paid_minor)) AS gmv_paid
FROM order_header o LEFT JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.order_id
WHERE is_paid GROUP BY ALL ORDER BY gmv_paid DESC
"""


QUESTIONS = {
    "every metric by day × platform": (Question(METRICS, by=("platform",), grain="day"), BY_HAND),
    "orders and GMV by product": (Question(("orders_paid", "gmv_paid"), by=("product",)), PRODUCTS_BY_HAND),
}

SHAPES = {
    "one metric by day": Question(("gmv_paid",), grain="day"),
    "three metrics by day × province, filtered": Question(
        ("gmv_paid", "orders_paid", "average_order_value"),
        by=("province",),
        grain="day",
        where=(Filter("platform", ("jd",)),),
    ),
    "people by platform": Question(("buyers", "new_buyers", "repurchase_rate"), by=("platform",)),
    "every metric by day × platform": QUESTIONS["every metric by day × platform"][0],
}


def measure(folder: Path) -> Iterator[Figure]:
    """Fill a ledger with five million order lines, then ask and compile."""
    with open_ledger(folder) as ledger:
        fill_ledger(ledger, N_ORDERS)
        ledger.checkpoint()
        for name, (question, statement) in QUESTIONS.items():
            ratio = _ratio(partial(answer, ledger, question), partial(_by_hand, ledger, statement))
            yield Figure(f"{name}, against SQL by hand", ratio, "×", 1.3)
        for name, question in SHAPES.items():
            new, known, n_statements = _compile_times(ledger, question)
            yield Figure(f"compile {name}, new shape, a statement of {n_statements}", new / n_statements, "ms", 15)
            if question.metrics != METRICS:
                yield Figure(f"compile {name}, new shape, all statements", new, "ms", 15)
            yield Figure(f"compile {name}, known shape", known, "ms", 1)


def _by_hand(ledger: Ledger, statement: str) -> pa.Table:
    with ledger._reading() as cursor:
        return cursor.execute(statement).to_arrow_table()


def _ratio(ours: Callable[[], object], by_hand: Callable[[], object]) -> float:
    """Return the ratio of processor time, the two taken in turn so that a busy machine slows both alike."""
    spent: dict[Callable[[], object], list[float]] = {ours: [], by_hand: []}
    for place in range(REPEATS + 1):
        for work, times in spent.items():
            with cpu_seconds() as timer:
                work()
            if place:
                times.append(timer.seconds)
    return statistics.median(spent[ours]) / statistics.median(spent[by_hand])


def _compile_times(ledger: Ledger, question: Question) -> tuple[float, float, int]:
    """Return processor milliseconds for a shape never seen, for a known one, and the number of statements."""
    new, known = [], []
    for _ in range(15):
        run._STATEMENTS.clear()
        new.append(_compile_ms(ledger, question))
        known.append(_compile_ms(ledger, question))
    return statistics.median(new), statistics.median(known), len(run.statements_of(ledger)._kept)


def _compile_ms(ledger: Ledger, question: Question) -> float:
    began = time.process_time()
    plain = question.checked(CATALOGUE)
    leaves = tuple(dict.fromkeys(leaf for name in plain.metrics for leaf in CATALOGUE[name].leaves()))
    for plan in (planned(plain, leaves), planned(plain, scope_leaves(leaves), by=("currency",))):
        for scan in plan.scans:
            prepare_scan(ledger, scan)
    return (time.process_time() - began) * 1e3
