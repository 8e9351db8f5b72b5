"""Imported files with their ledger equation, newest first."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import ibis
from pydantic import BaseModel

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.schema.vocabulary import ROW_CLASS
from zhanggui.understand.data.formats import format_label
from zhanggui.understand.desk import Desk

Amount = float | int | None


class BatchRow(BaseModel):
    """One imported file: accepted + duplicate + superseded + quarantined + rejected = received."""

    id: int
    file: str
    sheet: str | None
    format: str
    format_label: Text
    store: str
    platform: str
    loaded_at: str | None
    extracted_at: str | None
    date_from: str | None
    date_to: str | None
    received: int
    accepted: int
    duplicate: int
    superseded: int
    quarantined: int
    rejected: int
    non_data: int
    file_total: Amount
    ledger_total: Amount
    rounding: Amount
    currency: str | None
    issues: tuple[str, ...] = ()


class BatchList(BaseModel):
    """Every imported file."""

    rows: tuple[BatchRow, ...]
    n_rows: int


def batch_list(desk: Desk) -> BatchList:
    """Return every imported file, newest first."""
    batch, store = desk.ledger.table("source_batch"), desk.ledger.table("store")
    names = store.select(store_id=store.shop_id, store_name=store.name)
    found = batch.left_join(names, batch.shop_id == names.store_id).order_by(ibis.desc("batch_id"))
    rows = tuple(_batch(row) for row in desk.ledger.query(found).to_pylist())
    return BatchList(rows=rows, n_rows=len(rows))


class UnknownBatchError(ZhangguiError):
    """No import has this number."""

    code = "unknown_batch"

    def __init__(self, batch_id: int) -> None:
        self.batch_id = batch_id
        super().__init__(
            f"There is no imported file number {batch_id}.",
            where=f"file {batch_id}",
            next_step="look at the list of files on the Data page, or run `zhanggui batches list`",
        )


def one_batch(desk: Desk, batch_id: int) -> BatchRow:
    """Return one imported file.

    Raises
    ------
    UnknownBatchError
        There is none with this number.
    """
    for row in desk.kept("batches", lambda: batch_list(desk)).rows:
        if row.id == batch_id:
            return row
    raise UnknownBatchError(batch_id)


def _batch(row: dict[str, object]) -> BatchRow:
    counts = {name: int(str(row[name])) for name in (*ROW_CLASS, "received", "non_data")}
    return BatchRow.model_validate(
        {
            **counts,
            "id": row["batch_id"],
            "file": row["file_name"],
            "sheet": row["sheet"],
            "format": row["format_id"],
            "format_label": format_label(str(row["format_id"])),
            "store": row["store_name"] or "",
            "platform": row["platform"],
            "loaded_at": _moment(row["loaded_at"]),
            "extracted_at": _moment(row["version_at"]),
            "date_from": _day(row["period_start"]),
            "date_to": _day(row["period_end"]),
            "file_total": _decimal(row["file_total"]),
            "ledger_total": _decimal(row["ledger_total"]),
            "rounding": _decimal(row["rounding"]),
            "currency": row["currency"],
        }
    )


def _moment(value: object) -> str | None:
    return f"{value.isoformat(timespec='seconds')}Z" if isinstance(value, datetime) else None


def _day(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def _decimal(value: object) -> Amount:
    return None if value is None else float(Decimal(str(value)))
