"""Ledgers written down row by row, so that every expected number can be worked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
from tests.empty_ledgers import put_empty_ledger
from tests.statements import shared_statements

from zhanggui.ledger.engine import Ledger, open_ledger
from zhanggui.ledger.engine.ddl import arrow_schema
from zhanggui.ledger.schema import TABLES, ColumnType, Table
from zhanggui.ledger.schema.observations import ALL_TABLES

Row = dict[str, object]

_EMPTY: Mapping[ColumnType, object] = {
    ColumnType.TEXT: "",
    ColumnType.INTEGER: 0,
    ColumnType.BIGINT: 0,
    ColumnType.BOOLEAN: False,
    ColumnType.HASH: 0,
    ColumnType.QUANTITY: 0,
    ColumnType.RATIO: 0,
    ColumnType.DATE: date(2020, 2, 1),
    ColumnType.TIMESTAMP: datetime(2020, 2, 1, tzinfo=UTC).replace(tzinfo=None),
}


def stored_in(name: str) -> Table:
    """Return the table that stores the rows of `name`, itself or the one it is a view of."""
    declared = TABLES.get(name)
    return ALL_TABLES[(declared and declared.view_of) or name]


def arrow_rows(table: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as they are stored; columns that must not be null and are not given are empty."""
    declared = stored_in(table)
    filled = [
        {
            column.name: row.get(column.name, None if column.nullable else _EMPTY[column.type])
            for column in declared.columns
        }
        for row in ({"is_current": True, "order_kind": "ordinary", **row} for row in rows)
    ]
    return pa.Table.from_pylist(filled, schema=arrow_schema(declared))


@contextmanager
def ledger_of(path: Path, tables: Mapping[str, Sequence[Row]]) -> Iterator[Ledger]:
    """Give an open ledger that holds these rows."""
    put_empty_ledger(path)
    with open_ledger(path, threads=1, statements=shared_statements()) as ledger:
        with ledger.transaction() as transaction:
            for name, rows in tables.items():
                if rows:
                    transaction.insert(stored_in(name).name, arrow_rows(name, rows))
        yield ledger


def refill(ledger: Ledger, tables: Mapping[str, Sequence[Row]]) -> None:
    """Let a ledger hold these rows and no others; its compiled statements stay."""
    with ledger.transaction() as transaction:
        for name, rows in tables.items():
            stored, filled = stored_in(name), arrow_rows(name, rows)
            if stored.is_sparse:
                transaction.widen(
                    stored.name, (each for each in filled.column_names if filled[each].null_count < len(rows))
                )
            transaction.delete(stored.name, ledger.table(stored.name), on=stored.key)
            if rows:
                transaction.insert(stored.name, filled)


def store(shop_id: int, name: str, platform: str = "tmall", currency: str = "CNY") -> Row:
    return {"shop_id": shop_id, "name": name, "platform": platform, "currency": currency, "tz": "Asia/Shanghai"}


def batch(batch_id: int, shop_id: int, loaded_at: datetime, dataset: str = "orders") -> Row:
    return {
        "batch_id": batch_id,
        "shop_id": shop_id,
        "platform": "tmall",
        "dataset": dataset,
        "format_id": "written_by_hand",
        "loaded_at": loaded_at.astimezone(UTC).replace(tzinfo=None),
        "period_end": date(2020, 2, 29),
    }


def order(
    order_id: str,
    created: str,
    amount: int,
    *,
    paid: str | None = None,
    paid_minor: int | None = None,
    refunded: int = 0,
    **more: object,
) -> Row:
    """Return one order, times as ``2020-02-01 13``; it is paid when it has a paid time."""
    created_date, created_hour = _moment(created)
    paid_date, paid_hour = _moment(paid) if paid else (None, None)
    row: Row = {
        "shop_id": 1,
        "order_id": order_id,
        "created_date": created_date,
        "created_hour": created_hour,
        "paid_date": paid_date,
        "paid_hour": paid_hour,
        "is_paid": paid is not None,
        "created_minor": amount,
        "paid_minor": 0 if paid is None else amount if paid_minor is None else paid_minor,
        "refunded_minor": refunded,
        "currency": "CNY",
    }
    return row | more


def unknown_payment(order_id: str, created: str, amount: int, **more: object) -> Row:
    """Return an order that does not say whether it was paid."""
    return order(order_id, created, amount) | {"is_paid": None, "paid_minor": None} | more


def line(
    order_id: str, number: int, product: str | None, quantity: int, created: int, paid: int | None, **more: object
) -> Row:
    row: Row = {
        "shop_id": 1,
        "order_id": order_id,
        "line_key": f"{order_id}-{number}",
        "product_id": product,
        "line_kind": "product",
        "quantity": quantity,
        "created_minor": created,
        "paid_minor": paid,
        "currency": "CNY",
    }
    return row | more


def refund(refund_id: str, order_id: str | None, day: str, amount: int, **more: object) -> Row:
    cohort_date, cohort_hour = _moment(day)
    row: Row = {
        "shop_id": 1,
        "refund_id": refund_id,
        "basis": "case",
        "order_id": order_id,
        "has_order": order_id is not None,
        "refunded_minor": amount,
        "cohort_date": cohort_date,
        "cohort_hour": cohort_hour,
        "refunded_date": cohort_date + timedelta(days=5),
        "currency": "CNY",
    }
    return row | more


def _moment(text: str) -> tuple[date, int]:
    day, _, hour = text.partition(" ")
    return date.fromisoformat(day), int(hour or 12)
