"""Rows kept apart: what is wrong with each, and what can be done about it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pydantic import BaseModel

from zhanggui.collect.loading.faults import RULES
from zhanggui.i18n import Text
from zhanggui.ledger.privacy import Sealer
from zhanggui.ledger.privacy.masking import mask_cell
from zhanggui.understand.data.source import CellView, cells_of_rows
from zhanggui.understand.desk import Desk

PAGE_ROWS = 50
CORRECT_AND_REPLAY = Text("改正这一格，然后重新导入这一行", "Correct the cell, then replay the row")


class QuarantinedRow(BaseModel):
    """One row kept apart."""

    id: str
    batch_id: int
    file: str
    row: int
    column: str | None
    value: str | None
    rule: str
    reason: Text
    next: Text
    cells: tuple[CellView, ...]


class QuarantineList(BaseModel):
    """A page of the rows kept apart."""

    rows: tuple[QuarantinedRow, ...]
    n_rows: int
    page: int
    pages: int


def quarantine_list(desk: Desk, page: int = 1) -> QuarantineList:
    """Return a page of the rows that wait for a correction, oldest import first."""
    issue, batch = desk.ledger.table("data_issue"), desk.ledger.table("source_batch")
    names = batch.select(batch_number=batch.batch_id, file_name=batch.file_name)
    waiting = issue.filter((issue.severity == "quarantined") & (issue.status == "open") & issue.row_no.notnull())
    n_rows = int(desk.ledger.query(waiting.count()).column(0)[0].as_py())
    pages = max(math.ceil(n_rows / PAGE_ROWS), 1)
    page = min(page, pages)
    found = waiting.left_join(names, waiting.batch_id == names.batch_number).order_by(["batch_id", "row_no", "rule"])
    rows = desk.ledger.query(found.limit(PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)).to_pylist()
    wanted: dict[int, set[int]] = {}
    for row in rows:
        wanted.setdefault(row["batch_id"], set()).add(row["row_no"])
    cells = {batch_id: cells_of_rows(desk, batch_id, numbers) for batch_id, numbers in wanted.items()}
    shown = tuple(_row(desk, row, cells[row["batch_id"]].get(row["row_no"], ())) for row in rows)
    return QuarantineList(rows=shown, n_rows=n_rows, page=page, pages=pages)


def _row(desk: Desk, row: Mapping[str, object], cells: tuple[CellView, ...]) -> QuarantinedRow:
    batch_id, row_no, rule = int(str(row["batch_id"])), int(str(row["row_no"])), str(row["rule"])
    column = row["column_name"]
    return QuarantinedRow(
        id=str(row["issue_id"]),
        batch_id=batch_id,
        file=str(row["file_name"] or ""),
        row=row_no,
        column=None if column is None else str(column),
        value=_value(cells, column) or _shown(desk, row["value_sealed"], rule),
        rule=rule,
        reason=RULES.get(rule, Text.same(rule)),
        next=CORRECT_AND_REPLAY,
        cells=cells,
    )


def _value(cells: tuple[CellView, ...], column: object) -> str | None:
    return next((cell.value for cell in cells if cell.header == column), None)


def _shown(desk: Desk, sealed: object, rule: str) -> str | None:
    if not isinstance(sealed, bytes):
        return None
    return mask_cell(Sealer(desk.shop.key).unseal_text(sealed, rule), "none")
