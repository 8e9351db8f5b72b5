"""The Overview's server time against the sum of its queries written by hand."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.made_up_profit import fill_profit
from benchmarks.made_up_shop import fill_ledger
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.pages import TILES
from zhanggui.understand.view import View

N_ORDERS = 1_500_000
REPEATS = 3

# Each tile's need, asked once: figures whole and by week; platforms, provinces, products, categories; hours; what is
# not paid; known costs; two halves of the year; December and the 31 days before it by store, province and product; new
# and returning buyers by week.
BY_HAND = """
SELECT 1 AS at, count(*), sum(paid_minor), count(DISTINCT buyer_key) FROM order_header WHERE is_paid GROUP BY
ALL;
SELECT 1 AS at, sum(refunded_minor) FROM refund GROUP BY ALL;
SELECT 1 AS at, sum(quantity) FROM order_line l JOIN order_header o USING (shop_id, order_id) WHERE is_paid AND
line_kind = 'product' GROUP BY ALL;
SELECT date_trunc('week', paid_date) AS at, count(*), sum(paid_minor), count(DISTINCT buyer_key) FROM
order_header WHERE is_paid GROUP BY ALL;
SELECT date_trunc('week', cohort_date) AS at, sum(refunded_minor) FROM refund GROUP BY ALL;
SELECT date_trunc('week', paid_date) AS at, sum(quantity) FROM order_line l JOIN order_header o USING (shop_id,
order_id) WHERE is_paid AND line_kind = 'product' GROUP BY ALL;
SELECT platform, sum(paid_minor) FROM order_header JOIN store USING (shop_id) WHERE is_paid GROUP BY ALL;
SELECT platform, sum(refunded_minor) FROM refund JOIN store USING (shop_id) GROUP BY ALL;
SELECT province, sum(paid_minor) FROM order_header JOIN store USING (shop_id) WHERE is_paid GROUP BY ALL;
SELECT province, sum(refunded_minor) FROM refund JOIN store USING (shop_id) GROUP BY ALL;
SELECT l.shop_id, l.product_id, sum(coalesce(l.paid_minor, o.paid_minor)) FROM order_header o LEFT JOIN
order_line l USING (shop_id, order_id) WHERE is_paid GROUP BY ALL;
SELECT shop_id, product_id, sum(refunded_minor) FROM refund GROUP BY ALL;
SELECT dayofweek(paid_date), paid_hour, sum(paid_minor) FROM order_header WHERE is_paid GROUP BY ALL;
SELECT count(*), sum(created_minor), sum(created_minor) FILTER (NOT is_paid) FROM order_header;
SELECT coalesce(l.category, p.category) AS category, sum(receivable_minor), sum(refunded_minor),
sum(borne_back_minor), sum(goods_cost_minor), sum(contribution_minor), sum(freight_minor), sum(return_freight_minor),
sum(packaging_minor), sum(commission_minor), sum(service_fee_minor), sum(creator_commission_minor),
sum(insurance_minor), sum(penalty_minor), sum(ad_spend_minor), sum(tax_minor), sum(other_cost_minor),
sum(receivable_minor) FILTER (cost_known), sum(refunded_minor) FILTER (cost_known),
sum(borne_back_minor) FILTER (cost_known), sum(receivable_minor) FILTER (NOT cost_known) FROM line_profit l
LEFT JOIN product p USING (shop_id, product_id) WHERE order_kind = 'ordinary' GROUP BY ALL;
SELECT sum(receivable_minor), sum(receivable_minor) FILTER (NOT cost_known) FROM line_profit WHERE order_kind =
'ordinary';
SELECT province, count(*), sum(paid_minor) FROM order_header WHERE is_paid AND paid_date BETWEEN DATE
'2025-07-03' AND DATE '2026-01-01' GROUP BY ALL;
SELECT province, count(*), sum(paid_minor) FROM order_header WHERE is_paid AND paid_date BETWEEN DATE
'2025-01-01' AND DATE '2025-07-02' GROUP BY ALL;
SELECT count(*), sum(paid_minor) FROM order_header WHERE is_paid AND paid_date BETWEEN DATE '2025-12-01' AND
DATE '2025-12-31';
SELECT sum(refunded_minor) FROM refund WHERE cohort_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31';
SELECT name, sum(paid_minor) FROM order_header JOIN store USING (shop_id) WHERE is_paid AND paid_date BETWEEN
DATE '2025-12-01' AND DATE '2025-12-31' GROUP BY ALL;
SELECT name, sum(refunded_minor) FROM refund JOIN store USING (shop_id) WHERE cohort_date BETWEEN DATE
'2025-12-01' AND DATE '2025-12-31' GROUP BY ALL;
SELECT province, sum(paid_minor) FROM order_header JOIN store USING (shop_id) WHERE is_paid AND paid_date
BETWEEN DATE '2025-12-01' AND DATE '2025-12-31' GROUP BY ALL;
SELECT province, sum(refunded_minor) FROM refund JOIN store USING (shop_id) WHERE cohort_date BETWEEN DATE
'2025-12-01' AND DATE '2025-12-31' GROUP BY ALL;
SELECT l.shop_id, l.product_id, sum(coalesce(l.paid_minor, o.paid_minor)) FROM order_header o LEFT JOIN
order_line l USING (shop_id, order_id) WHERE is_paid AND paid_date BETWEEN DATE '2025-12-01' AND DATE
'2025-12-31' GROUP BY ALL;
SELECT shop_id, product_id, sum(refunded_minor) FROM refund WHERE cohort_date BETWEEN DATE '2025-12-01' AND DATE
'2025-12-31' GROUP BY ALL;
SELECT count(*), sum(paid_minor) FROM order_header WHERE is_paid AND paid_date BETWEEN DATE '2025-10-31' AND
DATE '2025-11-30';
SELECT sum(refunded_minor) FROM refund WHERE cohort_date BETWEEN DATE '2025-10-31' AND DATE '2025-11-30';
SELECT name, sum(paid_minor) FROM order_header JOIN store USING (shop_id) WHERE is_paid AND paid_date BETWEEN
DATE '2025-10-31' AND DATE '2025-11-30' GROUP BY ALL;
SELECT name, sum(refunded_minor) FROM refund JOIN store USING (shop_id) WHERE cohort_date BETWEEN DATE
'2025-10-31' AND DATE '2025-11-30' GROUP BY ALL;
SELECT province, sum(paid_minor) FROM order_header JOIN store USING (shop_id) WHERE is_paid AND paid_date
BETWEEN DATE '2025-10-31' AND DATE '2025-11-30' GROUP BY ALL;
SELECT province, sum(refunded_minor) FROM refund JOIN store USING (shop_id) WHERE cohort_date BETWEEN DATE
'2025-10-31' AND DATE '2025-11-30' GROUP BY ALL;
SELECT l.shop_id, l.product_id, sum(coalesce(l.paid_minor, o.paid_minor)) FROM order_header o LEFT JOIN
order_line l USING (shop_id, order_id) WHERE is_paid AND paid_date BETWEEN DATE '2025-10-31' AND DATE
'2025-11-30' GROUP BY ALL;
SELECT shop_id, product_id, sum(refunded_minor) FROM refund WHERE cohort_date BETWEEN DATE '2025-10-31' AND DATE
'2025-11-30' GROUP BY ALL;
SELECT date_trunc('week', paid_date) AS at, CASE WHEN o.buyer_key IS NULL THEN NULL WHEN paid_date > first_day THEN
'returning' ELSE 'new' END AS kind, sum(paid_minor) FROM order_header o LEFT JOIN (SELECT buyer_key, min(paid_date) AS
first_day FROM order_header WHERE is_paid GROUP BY ALL) f ON o.buyer_key = f.buyer_key WHERE is_paid GROUP BY ALL;
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Open the Overview of a shop of five million order lines."""
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir) as ledger:
        fill_ledger(ledger, N_ORDERS)
        fill_profit(ledger)
        ledger.checkpoint()
        ours, theirs = [], []
        for place in range(REPEATS + 1):
            spent = (_page(Desk(shop, ledger)), _statements(ledger))
            if place:
                ours.append(spent[0])
                theirs.append(spent[1])
        ratio = statistics.median(ours) / statistics.median(theirs)
        yield Figure("Overview, all tiles, against its queries by hand", ratio, "×", 1.5)
    shop.close()


def _page(desk: Desk) -> float:
    with cpu_seconds() as timer:
        for name, tile in TILES.items():
            if name.startswith("overview/"):
                tile(desk, View())
    return timer.seconds


def _statements(ledger: Ledger) -> float:
    with cpu_seconds() as timer:
        for statement in BY_HAND.strip().removesuffix(";").split(";"):
            with ledger._reading() as cursor:
                cursor.execute(statement).to_arrow_table()
    return timer.seconds
