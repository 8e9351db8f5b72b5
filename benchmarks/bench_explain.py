"""One change explained on a million order lines and eight dimensions, with a planted cause that must come first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure, cpu_seconds
from benchmarks.made_up_shop import typed_rows
from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.schema import TABLES
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.explaining import Asked, explain

N_ORDERS = 500_000
LINES_PER_ORDER = 2
N_DAYS = 56
FIRST = date(2026, 1, 5)
BY = ("platform", "shop", "channel", "category", "brand", "province", "product", "sku")
HALF = Period(date(2026, 1, 5), date(2026, 2, 1)), Period(date(2026, 2, 2), date(2026, 3, 1))
PLATFORMS = ("taobao", "jd", "pinduoduo", "douyin")
N_PRODUCTS, N_SKUS, N_CATEGORIES, N_BRANDS, N_CHANNELS, N_PROVINCES = 400, 3, 20, 30, 6, 31
PROVINCE, CATEGORY = "省4", "类目7"


def measure(folder: Path) -> Iterator[Figure]:
    """Fill a ledger, plant a fall of one category in one province, and explain it."""
    with open_ledger(folder) as ledger:
        _fill(ledger)
        ledger.checkpoint()
        for name in ("gmv_paid", "net_revenue"):
            asked = Asked(CATALOGUE[name], HALF[1], HALF[0], by=BY).checked()
            explain(ledger, asked)
            began = time.perf_counter()
            with cpu_seconds() as timer:
                found = explain(ledger, asked)
            took = time.perf_counter() - began
            first = dict(found.segments.segments[0].where)
            assert first == {"province": PROVINCE, "category": CATEGORY}, first
            yield Figure(f"explain {name}, a million order lines by eight dimensions", took, "s", 1.0)
            yield Figure(f"explain {name}, processor time of both cores", timer.seconds, "s", 2.0)


def _fill(ledger: Ledger) -> None:
    rng = np.random.default_rng(7)
    n = N_ORDERS
    day, shop = rng.integers(0, N_DAYS, n), rng.integers(1, 5, n).astype("int32")
    province = rng.integers(0, N_PROVINCES, n)
    ids = np.char.add("20", np.char.zfill(np.arange(n).astype(str), 16))
    channel = np.array([f"渠道{each}" for each in range(N_CHANNELS)])[rng.integers(0, N_CHANNELS, n)]
    provinces = np.array([f"省{each}" for each in range(N_PROVINCES)])[province]
    owner = np.repeat(np.arange(n), LINES_PER_ORDER)
    m = len(owner)
    product = np.minimum(rng.zipf(1.3, m) - 1, 10 * N_PRODUCTS) % N_PRODUCTS
    amount = rng.integers(1_000, 30_000, m)
    category = np.array([f"类目{each}" for each in range(N_CATEGORIES)])[product % N_CATEGORIES]
    hit = (category == CATEGORY) & (provinces[owner] == PROVINCE) & (day[owner] >= N_DAYS // 2)
    amount[hit] = amount[hit] // 4
    paid = np.bincount(owner, amount, n).astype("int64")
    first = np.datetime64(FIRST)
    header = {
        "shop_id": shop, "order_id": ids, "status": np.full(n, "completed"), "created_date": first + day,
        "paid_date": first + day, "is_paid": np.ones(n, bool), "created_minor": paid, "paid_minor": paid,
        "refunded_minor": np.zeros(n, "int64"), "currency": np.full(n, "CNY"), "province": provinces,
        "channel": channel, "n_lines": np.full(n, LINES_PER_ORDER, "int32"), "order_kind": np.full(n, "ordinary"),
    }  # fmt: skip
    line = {
        "shop_id": shop[owner], "order_id": ids[owner], "line_key": np.arange(m).astype(str),
        "product_id": np.char.add("p", product.astype(str)),
        "sku_id": np.char.add(np.char.add("s", product.astype(str)), rng.integers(0, N_SKUS, m).astype(str)),
        "category": category, "brand": np.char.add("牌", (product % N_BRANDS).astype(str)),
        "line_kind": np.full(m, "product"), "created_minor": amount, "paid_minor": amount,
        "currency": np.full(m, "CNY"),
    }  # fmt: skip
    gone = np.flatnonzero(rng.random(m) < 0.05)
    refund = {
        "shop_id": shop[owner][gone], "refund_id": np.arange(len(gone)).astype(str),
        "basis": np.full(len(gone), "case"), "order_id": ids[owner][gone], "has_order": np.ones(len(gone), bool),
        "refunded_minor": amount[gone],
        "cohort_date": (first + day)[owner][gone], "currency": np.full(len(gone), "CNY"),
        "product_id": line["product_id"][gone], "sku_id": line["sku_id"][gone], "category": category[gone],
        "brand": line["brand"][gone], "province": provinces[owner][gone], "channel": channel[owner][gone],
        "order_kind": np.full(len(gone), "ordinary"),
    }  # fmt: skip
    store = {
        "shop_id": np.arange(1, 5, dtype="int32"), "platform": np.array(PLATFORMS), "name": np.array(PLATFORMS),
        "tz": np.full(4, "Asia/Shanghai"), "currency": np.full(4, "CNY"),
    }  # fmt: skip
    with ledger.transaction() as transaction:
        for name, columns in (("store", store), ("order_header", header), ("order_line", line), ("refund", refund)):
            stored = ALL_TABLES[TABLES[name].view_of or name]
            transaction.insert(stored.name, typed_rows(stored, columns))
