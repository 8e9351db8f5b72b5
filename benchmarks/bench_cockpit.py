"""The cockpit's server time against the sum of its queries written by hand."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.made_up_profit import fill_profit
from benchmarks.made_up_shop import fill_ledger
from benchmarks.made_up_visits import fill_visits
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.pages import TILES
from zhanggui.understand.view import View

N_ORDERS, N_EVENTS = 1_500_000, 20_000_000
REPEATS = 5

# Each core figure's and each money figure's need, asked once per period: whole and by step.
BY_HAND = """
SELECT {at} AS step, count(*), count(DISTINCT visitor_id), count(*) FILTER (has_order) FROM session
WHERE NOT is_bot AND session_date BETWEEN {period} GROUP BY ALL;
SELECT step, count(*), count(*) FILTER (first_kept < last_kept) FROM (SELECT {at} AS step, buyer_key,
min(paid_date) FILTER (refunded_minor < paid_minor OR (paid_minor = 0 AND refunded_minor = 0)) AS first_kept,
max(paid_date) FILTER (refunded_minor < paid_minor OR (paid_minor = 0 AND refunded_minor = 0)) AS last_kept
FROM order_header WHERE is_paid AND order_kind = 'ordinary' AND buyer_key IS NOT NULL AND paid_date BETWEEN {period}
GROUP BY ALL) GROUP BY ALL;
SELECT {at} AS step, count(*), sum(paid_minor) FROM order_header WHERE is_paid AND order_kind = 'ordinary' AND paid_date
BETWEEN {period} GROUP BY ALL;
SELECT {at} AS step, count(DISTINCT l.sku_id) FROM order_line l JOIN order_header o USING (shop_id, order_id) WHERE
is_paid AND order_kind = 'ordinary' AND line_kind = 'product' AND quantity > 0 AND paid_date BETWEEN {period} GROUP
BY ALL;
SELECT {at} AS step, sum(refunded_minor), count(*) FILTER (refund_type = 'return_and_refund' AND status = 'succeeded')
FROM refund WHERE order_kind = 'ordinary' AND cohort_date BETWEEN {period} GROUP BY ALL;
SELECT {at} AS step, sum(contribution_minor), sum(receivable_minor) FILTER (cost_known), sum(refunded_minor)
FILTER (cost_known), sum(borne_back_minor) FILTER (cost_known), count(*) FILTER (cost_known), count(*) FILTER (NOT
cost_known) FROM line_profit WHERE order_kind = 'ordinary' AND paid_date BETWEEN {period} GROUP BY ALL;
SELECT {at} AS step, account, sum(amount_minor), sum(outlay_minor) FROM profit_entry WHERE day BETWEEN {period} GROUP BY
ALL;
SELECT {at} AS step, sum(attributed_gmv_minor), sum(spend_minor) FROM ad_result WHERE day BETWEEN {period} GROUP BY ALL
"""
_DAY_COLUMNS = ("session_date", "paid_date", "paid_date", "paid_date", "cohort_date", "paid_date", "day", "day")

VIEWS = {
    "a week beside the week before": View(date(2025, 12, 25), date(2025, 12, 31), compare="previous"),
    "half a year beside the half before": View(date(2025, 7, 3), date(2025, 12, 31), compare="previous"),
}
PERIODS = {
    "a week beside the week before": (
        ("day", "DATE '2025-12-25' AND DATE '2025-12-31'"),
        ("day", "DATE '2025-12-18' AND DATE '2025-12-24'"),
    ),
    "half a year beside the half before": (
        ("week", "DATE '2025-07-03' AND DATE '2025-12-31'"),
        ("week", "DATE '2025-01-02' AND DATE '2025-07-02'"),
    ),
}


def measure(folder: Path) -> Iterator[Figure]:
    """Open the cockpit of a shop of five million order lines and twenty million events."""
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir) as ledger:
        fill_ledger(ledger, N_ORDERS)
        fill_profit(ledger)
        fill_visits(ledger, N_EVENTS)
        ledger.checkpoint()
        for name, view in VIEWS.items():
            ours, theirs = [], []
            for place in range(REPEATS + 1):
                spent = (_page(Desk(shop, ledger), view), _statements(ledger, name))
                if place:
                    ours.append(spent[0])
                    theirs.append(spent[1])
            ratio = statistics.median(ours) / statistics.median(theirs)
            yield Figure(f"cockpit, all tiles, {name}, against its queries by hand", ratio, "×", 1.5)
    shop.close()


def _page(desk: Desk, view: View) -> float:
    with cpu_seconds() as timer:
        for name, tile in TILES.items():
            if name.startswith("cockpit/"):
                tile(desk, view)
    return timer.seconds


def _statements(ledger: Ledger, name: str) -> float:
    with cpu_seconds() as timer:
        for grain, period in PERIODS[name]:
            for statement, column in zip(BY_HAND.split(";"), _DAY_COLUMNS, strict=True):
                for at in ("1", f"date_trunc('{grain}', {column})"):
                    with ledger._reading() as cursor:
                        cursor.execute(statement.format(at=at, period=period)).to_arrow_table()
    return timer.seconds
