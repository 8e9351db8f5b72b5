"""A made-up shop of any size, written straight into a ledger, for measurements."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.engine.ddl import arrow_schema
from zhanggui.ledger.schema import TABLES, ColumnType, Table
from zhanggui.ledger.schema.observations import ALL_TABLES

LINES_PER_ORDER = 10 / 3
N_DAYS = 365


def fill_ledger(ledger: Ledger, n_orders: int, *, is_in_order: bool = False) -> int:
    """Write a made-up shop: four stores, a year, buyers of whom half come back, 8% refunds. Return its lines.

    Its orders come as they are drawn, or `is_in_order`: day after day, as files bring them.
    """
    rng = np.random.default_rng(7)
    n = n_orders
    ids = np.char.add("20", np.char.zfill(np.arange(n).astype(str), 16))
    shop = rng.integers(1, 5, n).astype("int32")
    day = rng.integers(0, N_DAYS, n)
    if is_in_order:
        day.sort()
    paid = rng.random(n) < 0.86
    lag = rng.integers(0, 2, n)
    amount = rng.integers(500, 50_000, n)
    refunded = np.where(paid & (rng.random(n) < 0.08), amount // 2, 0)
    buyer = rng.integers(0, max(n // 3, 1), n)
    tokens = np.char.add("h1:", np.char.zfill((buyer * 7919 % (1 << 40)).astype(str), 32))
    n_lines = rng.integers(1, 6, n) if n < 10 else np.clip(rng.poisson(LINES_PER_ORDER - 1, n) + 1, 1, 12)
    first = np.datetime64("2025-01-01")
    created_date = first + day
    paid_date = np.where(paid, created_date + lag, np.datetime64("NaT"))
    header = {
        "shop_id": shop, "order_id": ids, "buyer_key": tokens, "status": np.where(paid, "completed", "closed_unpaid"),
        "order_kind": np.full(n, "ordinary"), "created_date": created_date,
        "created_hour": rng.integers(0, 24, n).astype("int32"),
        "paid_date": paid_date, "paid_hour": pa.array(rng.integers(0, 24, n).astype("int32"), mask=~paid),
        "is_paid": paid, "created_minor": amount, "paid_minor": np.where(paid, amount, 0), "refunded_minor": refunded,
        "currency": np.full(n, "CNY"), "province": np.array([f"省{i}" for i in range(31)])[rng.integers(0, 31, n)],
        "n_lines": n_lines.astype("int32"), "batch_id": np.ones(n, "int32"), "row_no": np.arange(n),
    }  # fmt: skip
    owner = np.repeat(np.arange(n), n_lines)
    m = len(owner)
    share = amount[owner] // n_lines[owner]
    is_last = np.append(owner[1:] != owner[:-1], True)
    part = np.where(is_last, amount[owner] - share * (n_lines[owner] - 1), share)
    product = rng.zipf(1.4, m) % 20_000
    line = {
        "shop_id": shop[owner], "order_id": ids[owner], "line_key": np.arange(m).astype(str),
        "product_id": np.char.add("p", product.astype(str)), "line_kind": np.full(m, "product"),
        "quantity": pa.array(rng.integers(1, 4, m)).cast(pa.decimal128(22, 3)).cast(pa.decimal128(18, 3)),
        "created_minor": part, "paid_minor": np.where(paid[owner], part, 0), "currency": np.full(m, "CNY"),
        "batch_id": np.ones(m, "int32"), "row_no": np.arange(m),
    }  # fmt: skip
    gone = np.flatnonzero(refunded)
    refund = {
        "shop_id": shop[gone], "refund_id": np.arange(len(gone)).astype(str), "basis": np.full(len(gone), "case"),
        "order_id": ids[gone], "has_order": np.ones(len(gone), bool), "refunded_minor": refunded[gone],
        "order_kind": np.full(len(gone), "ordinary"), "cohort_date": paid_date[gone],
        "cohort_hour": np.zeros(len(gone), "int32"),
        "currency": np.full(len(gone), "CNY"), "batch_id": np.ones(len(gone), "int32"), "row_no": np.arange(len(gone)),
    }  # fmt: skip
    platforms = ("tmall", "jd", "pinduoduo", "douyin")
    store = {
        "shop_id": np.arange(1, 5, dtype="int32"), "platform": np.array(platforms), "name": np.array(platforms),
        "tz": np.full(4, "Asia/Shanghai"), "currency": np.full(4, "CNY"), "is_provisional": np.zeros(4, bool),
    }  # fmt: skip
    with ledger.transaction() as transaction:
        for name, columns in (("store", store), ("order_header", header), ("order_line", line), ("refund", refund)):
            stored = ALL_TABLES[TABLES[name].view_of or name]
            transaction.insert(stored.name, typed_rows(stored, columns))
    return m


def typed_rows(table: Table, columns: Mapping[str, object]) -> pa.Table:
    """Return the columns as the table stores them; what must not be null and is not given is empty."""
    schema = arrow_schema(table)
    given = {key: pa.array(values).cast(schema.field(key).type) for key, values in columns.items()}
    n_rows = len(next(iter(given.values())))
    empty: dict[ColumnType, object] = {ColumnType.BOOLEAN: True, ColumnType.TEXT: ""}
    for column in table.columns:
        if column.name not in given and not column.nullable:
            given[column.name] = pa.array([empty.get(column.type, 0)] * n_rows).cast(schema.field(column.name).type)
    return pa.table(given)
