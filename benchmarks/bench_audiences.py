"""The preview of an audience among a million customers, against its SQL written by hand."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import ibis

from benchmarks.figure import Figure, cpu_seconds, peak_own_gib
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.understand.customers.audiences.answers import preview
from zhanggui.understand.customers.audiences.conditions import audience_of
from zhanggui.understand.desk import Desk

N_CUSTOMERS = 1_000_000
ORDERS_EACH = 5
N_DAYS = 700
REPEATS = 5
MOST = 1.5
MOST_GIB = 4.0
MOST_SECONDS = 1.0
"""The builder asks for the size while a condition is being written; so long does a person wait for it."""

AUDIENCE = audience_of(
    {
        "name": "bench",
        "condition": {
            "kind": "all",
            "of": [
                {"kind": "metric", "metric": "gmv_paid", "value": 300, "last_days": 365},
                {"kind": "metric", "metric": "orders_paid", "value": 2},
                {"kind": "any", "of": [
                    {"kind": "days_since", "compare": ">=", "value": 30},
                    {"kind": "bought", "what": "product", "any_of": ["p7", "p14", "p21"]},
                ]},
                {"kind": "not", "of": {"kind": "member", "any_of": ["金会员"]}},
            ],
        },
    }
)  # fmt: skip

BY_HAND = """
WITH last AS (SELECT max(paid_date) AS day FROM order_header WHERE is_paid AND order_kind = 'ordinary'),
people AS (
  SELECT buyer_key, count(*) AS n, max(paid_date) AS last_day,
    sum(paid_minor) FILTER (paid_date > last.day - 365) AS paid_minor, any_value(last.day) AS day
  FROM order_header CROSS JOIN last
  WHERE is_paid AND order_kind = 'ordinary' AND buyer_key IS NOT NULL GROUP BY buyer_key
), goods AS (
  SELECT DISTINCT buyer_key FROM order_header WHERE is_paid AND order_kind = 'ordinary' AND buyer_key IS NOT NULL
    AND (shop_id, order_id) IN (
      SELECT (shop_id, order_id) FROM order_line
      WHERE line_kind = 'product' AND product_id IN ('p7', 'p14', 'p21'))
), members AS (
  SELECT buyer_key, bool_or(tier = '金会员') AS is_gold, bool_or(has_consent = 0) AS is_refused,
    bool_or(has_consent = 1) AS is_given
  FROM member WHERE buyer_key IS NOT NULL GROUP BY buyer_key
), bad AS (
  SELECT buyer_key, bool_or(is_complaint = 1) AS has_complained, bool_or(is_unsubscribe = 1) AS has_left
  FROM message_send WHERE buyer_key IS NOT NULL AND (is_complaint = 1 OR is_unsubscribe = 1) GROUP BY buyer_key
), held AS (
  SELECT coalesce(paid_minor, 0) >= 30000 AS a, n >= 2 AS b, day - last_day >= 30 AS c, g.buyer_key IS NOT NULL AS d,
    coalesce(is_gold, false) AS e,
    CASE WHEN has_complained THEN 'complained' WHEN has_left THEN 'unsubscribed' WHEN is_refused THEN 'refused'
      WHEN is_given THEN NULL ELSE 'unknown' END AS reason
  FROM people p LEFT JOIN goods g USING (buyer_key) LEFT JOIN members USING (buyer_key) LEFT JOIN bad USING (buyer_key)
)
SELECT a AND b AND (c OR d) AND NOT e AS is_in, reason, count(*) AS n, count(*) FILTER (a) AS a,
  count(*) FILTER (b) AS b, count(*) FILTER (c) AS c, count(*) FILTER (d) AS d, count(*) FILTER (e) AS e
FROM held GROUP BY ALL
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Fill a ledger, then ask for size, parts and reach by both ways in turn."""
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir, memory_limit="4GB") as ledger:
        _fill(ledger)
        ledger.checkpoint()
        # While an audience is being written, whose orders are seen has been asked once; the size is asked each time.
        desk = Desk(shop, ledger)
        assert _ours(desk) == _by_hand(ledger)
        spent: dict[str, list[float]] = {"ours": [], "by hand": [], "waited": []}
        for _ in range(REPEATS):
            begun = time.perf_counter()
            with cpu_seconds() as timer:
                _ours(desk)
            spent["waited"].append(time.perf_counter() - begun)
            spent["ours"].append(timer.seconds)
            with cpu_seconds() as timer:
                _by_hand(ledger)
            spent["by hand"].append(timer.seconds)
        ratio = statistics.median(spent["ours"]) / statistics.median(spent["by hand"])
        yield Figure(f"preview of an audience among {N_CUSTOMERS:,} customers", ratio, "×", MOST)
        yield Figure("the same preview, as waited for", statistics.median(spent["waited"]), "s", MOST_SECONDS)
        yield Figure("largest memory until then", peak_own_gib(), "GiB", MOST_GIB)
    shop.close()


def _ours(desk: Desk) -> tuple[int, int, int, list[int], dict[str, int]]:
    found = preview(desk, AUDIENCE)
    withheld = {row.reason: row.people for row in found.withheld}
    return found.among, found.size, found.reachable, [part.people for part in found.parts], withheld


def _by_hand(ledger: Ledger) -> tuple[int, int, int, list[int], dict[str, int]]:
    with ledger._reading() as cursor:
        cells = cursor.execute(BY_HAND).to_arrow_table().to_pylist()
    inside = {cell["reason"]: cell["n"] for cell in cells if cell["is_in"]}
    parts = [sum(cell[name] for cell in cells) for name in "abcde"]
    among, size, reachable = sum(cell["n"] for cell in cells), sum(inside.values()), inside.pop(None, 0)
    return among, size, reachable, parts, inside


def _fill(ledger: Ledger) -> None:
    """Write orders of one line, members and messages; the engine makes the rows itself."""
    rows = ibis.range(N_CUSTOMERS * ORDERS_EACH).unnest().name("number").as_table()
    # Numbers without order that are the same in every run.
    rows = rows.mutate(chance=(rows.number * 2_654_435_761) % 1_000_003, other=(rows.number * 40_503) % 65_537)
    day = (rows.chance * 37 + rows.other) % N_DAYS
    amount = 1_000 + (rows.chance * 13 + rows.other * 7) % 90_000
    one = ibis.literal(1, "int32")
    shared = {
        "shop_id": one,
        "order_id": ibis.literal("2") + rows.number.cast("string").lpad(18, "0"),
        "currency": ibis.literal("CNY"),
        "created_minor": amount,
        "paid_minor": amount,
        "batch_id": one,
        "row_no": rows.number,
    }
    true, zero = ibis.literal(value=True), ibis.literal(0, "int32")
    orders = rows.select(
        **shared,
        buyer_key=_key((rows.number * rows.chance + rows.other) % N_CUSTOMERS),
        order_kind=ibis.literal("ordinary"),
        is_paid=true,
        is_current=true,
        counts_as_paid=true,
        paid_date=ibis.date(2024, 12, 1) + day.as_interval("D"),
        refunded_minor=ibis.literal(0, "int64"),
        layout=one,
        status_rank=zero,
        time_precision=zero,
        row_hash=rows.number.cast("uint64"),
        n_lines=one,
    )
    lines = rows.select(
        **shared,
        line_key=ibis.literal("1"),
        line_kind=ibis.literal("product"),
        product_id=ibis.literal("p") + (rows.number * 7 % 5_000).cast("string"),
    )
    people = rows.filter(rows.number < N_CUSTOMERS)
    who = {"shop_id": one, "buyer_key": _key(people.number), "currency": ibis.literal("CNY"), "batch_id": one}
    who |= {"status_rank": zero, "time_precision": zero, "row_hash": ibis.literal(0, "uint64")}
    members = people.select(
        **who,
        fact_key=people.number.cast("string"),
        member_key=people.number.cast("string"),
        tier=ibis.ifelse(people.number % 10 == 0, "金会员", "普通"),
        has_consent=(people.chance % 3 > 0).cast("int64"),
        row_no=people.number,
    )
    sent = people.filter(people.number % 20 == 3)
    messages = sent.select(
        **{**who, "buyer_key": _key(sent.number)},
        fact_key=sent.number.cast("string"),
        message_id=sent.number.cast("string"),
        planned_at=ibis.timestamp("2026-01-01 00:00:00"),
        is_complaint=(sent.chance % 4 == 0).cast("int64"),
        is_unsubscribe=(sent.chance % 2 == 0).cast("int64"),
        row_no=sent.number,
    )
    with ledger.transaction() as tx:
        tx.insert("order_seen", orders)
        tx.insert("order_line", lines)
        for name, facts in (("member", members), ("message_send", messages)):
            tx.insert(name, facts)


def _key(number: ibis.expr.types.IntegerValue) -> ibis.expr.types.StringValue:
    return ibis.literal("1-h1:") + number.cast("string").lpad(32, "0")
