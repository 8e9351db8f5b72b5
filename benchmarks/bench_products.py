"""The matrix against the same sums by hand; pair counting beside two libraries in an environment of their own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from benchmarks.figure import Figure, cpu_seconds
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.engine.ddl import arrow_schema
from zhanggui.ledger.schema import TABLES, ColumnType
from zhanggui.ledger.shop import Shop
from zhanggui.methods.association import Baskets, pairs_above
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.borders import Borders
from zhanggui.understand.products.matrix import matrix
from zhanggui.understand.view import View

N_SKUS, N_DAYS, N_LINES, REPEATS = 100_000, 365, 5_000_000, 3
N_BASKETS, N_ITEMS, MIN_SHARE = 40_000, 2_000, 0.002
YEAR = View(date(2026, 1, 1), date(2026, 12, 31))
LIBRARIES = ("mlxtend", "efficient-apriori")
TIMEOUT_SECONDS = 1_500

_FEES = " + ".join(
    f"{name}_minor"
    for name in (
        "commission", "service_fee", "creator_commission", "insurance", "penalty", "ad_spend", "tax", "other_cost",
    )
)  # fmt: skip
BY_HAND = f"""
WITH weekly AS (
  SELECT shop_id, product_id, sku_id, currency, date_trunc('week', paid_date) AS week, sum(quantity::DOUBLE) AS units,
    sum(quantity::DOUBLE) FILTER (paid_minor <= 0 OR refunded_minor < paid_minor) AS net_units,
    sum(receivable_minor) AS receivable, sum(receivable_minor - refunded_minor - borne_back_minor) AS net,
    sum(goods_cost_minor) AS goods_cost, sum({_FEES}) AS fees,
    sum(freight_minor + return_freight_minor + packaging_minor) AS freight,
    count(*) FILTER (refunded_with_return_minor > 0) AS returned, count(*) AS n_lines,
    count(*) FILTER (contribution_minor IS NULL) AS n_unknown,
    sum(receivable_minor - refunded_minor - borne_back_minor) FILTER (contribution_minor IS NULL) AS unknown_net,
    sum(contribution_minor) AS contribution, min(paid_date) AS first_sold, max(paid_date) AS last_sold
  FROM line_profit WHERE order_kind = 'ordinary' AND line_kind = 'product' GROUP BY ALL),
sums AS (
  SELECT shop_id, product_id, sku_id, currency, sum(units) AS units, sum(net_units) AS net_units,
    sum(units * units) AS squares, sum(receivable) AS receivable, sum(net) AS net, sum(goods_cost) AS goods_cost,
    sum(fees) AS fees, sum(freight) AS freight, sum(returned) AS returned, sum(n_lines) AS n_lines,
    sum(n_unknown) AS n_unknown, sum(unknown_net) AS unknown_net, sum(contribution) AS contribution,
    min(first_sold) AS first_sold, max(last_sold) AS last_sold
  FROM weekly GROUP BY shop_id, product_id, sku_id, currency),
borders AS (SELECT median(units) AS u, median(contribution) AS p FROM sums WHERE n_unknown = 0),
ranked AS (
  SELECT *, sum(greatest(net, 0)) OVER (ORDER BY net DESC) AS reached, sum(greatest(net, 0)) OVER () AS everything
  FROM sums)
SELECT ranked.*, (units >= u)::INT + 2 * (contribution >= p)::INT AS quadrant, reached / everything AS share,
  sqrt(greatest(squares / 52 - (units / 52) ** 2, 0)) / (units / 52) AS variation
FROM ranked, borders"""  # noqa: S608  # names of our own

_PEERS = """
import json, resource, sys, time
name, path, least = sys.argv[1], sys.argv[2], float(sys.argv[3])
baskets = json.load(open(path))
def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
if name == "mlxtend":
    import pandas as pd
    from mlxtend.frequent_patterns import fpgrowth
    from mlxtend.preprocessing import TransactionEncoder
    encoder = TransactionEncoder()
    table = encoder.fit(baskets).transform(baskets, sparse=True)
    frame = pd.DataFrame.sparse.from_spmatrix(table, columns=[str(column) for column in encoder.columns_])
    begun = spent()
    found = fpgrowth(frame, min_support=least, max_len=2)
    n_pairs = int((found["itemsets"].map(len) == 2).sum())
else:
    from efficient_apriori import itemsets_from_transactions
    rows = [tuple(basket) for basket in baskets]
    begun = spent()
    found, _ = itemsets_from_transactions(rows, min_support=least, max_length=2)
    n_pairs = len(found.get(2, {}))
print(json.dumps([spent() - begun, n_pairs]))
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Build the matrix of a hundred thousand SKUs over a year; count the pairs of forty thousand baskets."""
    yield from _matrix(folder)
    yield from _pairs(folder)


def _matrix(folder: Path) -> Iterator[Figure]:
    shop = Shop.create(folder / "shop")
    with open_ledger(shop.dir) as ledger:
        _fill(ledger)
        ledger.checkpoint()
        ours, theirs = [], []
        for place in range(REPEATS + 1):
            with cpu_seconds() as own:
                matrix(Desk(shop, ledger), YEAR, Borders())
            with cpu_seconds() as by_hand, ledger._reading() as cursor:
                cursor.execute(BY_HAND).to_arrow_table()
            if place:
                ours.append(own.seconds)
                theirs.append(by_hand.seconds)
    shop.close()
    ratio = statistics.median(ours) / statistics.median(theirs)
    yield Figure(f"matrix of {N_SKUS:,} SKUs over {N_DAYS} days, against the same sums by hand", ratio, "×", 1.5)


def _fill(ledger: Ledger) -> None:
    """Write the lines of a year, most of few SKUs as in any shop, and one order, which says which days there are."""
    rng = np.random.default_rng(11)
    declared = TABLES["line_profit"]
    zeros = {ColumnType.BIGINT: 0, ColumnType.INTEGER: 1, ColumnType.BOOLEAN: True, ColumnType.TEXT: ""}
    step = N_LINES // 10
    with ledger.transaction() as transaction:
        for part in range(10):
            sku = (N_SKUS * rng.random(step) ** 2).astype(np.int64)
            if part == 0:
                sku[:N_SKUS] = np.arange(N_SKUS)
            day = np.datetime64("2026-01-01") + rng.integers(0, N_DAYS, step)
            due = rng.integers(20_00, 300_00, step)
            number = np.arange(part * step, (part + 1) * step)
            known = {
                "order_id": pa.array(np.char.add("o", number.astype(str))),
                "line_key": pa.array(np.char.add("l", number.astype(str))),
                "paid_date": pa.array(day),
                "order_kind": pa.array(["ordinary"] * step),
                "line_kind": pa.array(["product"] * step),
                "product_id": pa.array(np.char.add("p", (sku // 5).astype(str))),
                "sku_id": pa.array(np.char.add("s", sku.astype(str))),
                "quantity": pa.array(rng.integers(1, 4, step).astype(np.int32)),
                "paid_minor": pa.array(due),
                "receivable_minor": pa.array(due),
                "contribution_minor": pa.array((due * rng.uniform(-0.1, 0.5, step)).astype(np.int64)),
                "currency": pa.array(["CNY"] * step),
            }
            schema = arrow_schema(declared)
            arrays = [
                known[column.name].cast(schema.field(column.name).type)
                if column.name in known
                else pa.nulls(step, schema.field(column.name).type)
                if column.nullable
                else pa.array([zeros[column.type]] * step).cast(schema.field(column.name).type)
                for column in declared.columns
            ]
            transaction.insert("line_profit", pa.Table.from_arrays(arrays, schema=schema))


def _pairs(folder: Path) -> Iterator[Figure]:
    rng = np.random.default_rng(5)
    size = rng.integers(1, 16, N_BASKETS)
    basket = np.repeat(np.arange(N_BASKETS), size)
    item = (N_ITEMS * rng.random(basket.size) ** 2).astype(np.int64)
    least = int(np.ceil(MIN_SHARE * N_BASKETS))
    with cpu_seconds() as own:
        found = pairs_above([Baskets(basket, item, N_ITEMS)], min_count=least, n_items=N_ITEMS)
    path = folder / "baskets.json"
    ends = np.cumsum(size)[:-1]
    path.write_text(json.dumps([sorted({int(one) for one in each}) for each in np.split(item, ends)]))
    for name in LIBRARIES:
        spent, n_pairs = _peer(name, path)
        if n_pairs != len(found):
            raise RuntimeError(f"{name} finds {n_pairs:,} pairs, we find {len(found):,}")
        yield Figure(f"pairs of {N_BASKETS:,} baskets: share of the time of {name}", own.seconds / spent, "×", 0.2)


def _peer(name: str, baskets: Path) -> tuple[float, int]:
    """Count the same pairs with a library in an environment made for it; return CPU seconds and pairs."""
    with TemporaryDirectory(prefix="zhanggui-peer-") as folder:
        python = Path(folder) / "bin" / "python"
        quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        for command in (
            [sys.executable, "-m", "venv", folder],
            [str(python), "-m", "pip", "install", "--quiet", name, *(["pandas<3"] if name == "mlxtend" else [])],
        ):
            subprocess.run(command, check=True, timeout=TIMEOUT_SECONDS, env=quiet)
        told = subprocess.run(
            [str(python), "-c", _PEERS, name, str(baskets), str(MIN_SHARE)],
            check=True, timeout=TIMEOUT_SECONDS, capture_output=True, text=True,
        )  # fmt: skip
    spent, n_pairs = json.loads(told.stdout)
    return float(spent), int(n_pairs)
