"""Stage one table of a file: typed rows and faults, batch by batch, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.faults import Fault
from zhanggui.collect.loading.row_hash import content_hash
from zhanggui.collect.loading.typed_rows import RowTyper
from zhanggui.collect.reading import RowProblem, SourceTable
from zhanggui.collect.reading.values import clean_text
from zhanggui.ledger.engine import Transaction
from zhanggui.ledger.privacy import Sealer

_OLDEST = "1970-01-01"
_N_EXAMPLES = 20

FAULT_SCHEMA = pa.schema(
    [
        pa.field("row_no", pa.int64()),
        pa.field("column_name", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("severity", pa.string()),
        pa.field("row_hash", pa.uint64()),
        pa.field("value_sealed", pa.binary()),
    ]
)


@dataclass(slots=True)
class Staged:
    """A table of a file, staged in the transaction.

    Attributes
    ----------
    rows : ibis Table or None
        The good rows; None when there is none.
    faults : ibis Table or None
        The rows kept aside, as `FAULT_SCHEMA`.
    """

    rows: ir.Table | None = None
    faults: ir.Table | None = None
    n_good: int = 0
    n_quarantined: int = 0
    n_rejected: int = 0
    non_data: int = 0
    file_total: Decimal = Decimal(0)
    good_total: Decimal = Decimal(0)
    latest: datetime | None = None
    fault_rules: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)
    fault_examples: dict[tuple[str, str, str | None], list[int]] = field(default_factory=dict)
    unknown_words: Counter[str] = field(default_factory=Counter)
    unknown_money_minor: int = 0


def stage_table(
    tx: Transaction,
    table: SourceTable,
    typer: RowTyper,
    sealer: Sealer,
    *,
    store_header: str | None,
    on_rows: Callable[[int], None],
) -> Staged:
    """Type every batch of `table` and hold the result under ``incoming`` and ``incoming_faults``.

    Parameters
    ----------
    store_header : str or None
        Column that names the store of each row; staged as ``store_in_file``.
    on_rows : callable
        Told the number of rows done; raises to cancel.
    """
    staged = Staged()
    done = 0
    for batch in table.batches():
        typed = typer.typed(batch)
        rows = typed.rows
        if store_header is not None:
            names = clean_text(batch.columns.column(store_header))
            if rows.num_rows < len(names):
                names = names.filter(pc.is_in(batch.row_no, rows.column("row_no").combine_chunks()))
            rows = rows.append_column("store_in_file", names)
        if rows.num_rows:
            if staged.rows is None:
                staged.rows = tx.stage("incoming", rows)
            else:
                tx.append(staged.rows, rows)
        faults = [*typed.faults, *(_rejected(problem) for problem in batch.problems)]
        if faults:
            _stage_faults(tx, staged, faults, _fault_hashes(batch.columns, batch.row_no, faults), sealer)
        staged.n_good += rows.num_rows
        staged.non_data += batch.non_data
        staged.file_total += typed.file_total
        staged.good_total += typed.good_total
        staged.unknown_words += typed.unknown_words
        staged.unknown_money_minor += typed.unknown_money_minor
        done += batch.columns.num_rows
        on_rows(done)
    staged.latest = typer.latest
    return staged


def _rejected(problem: RowProblem) -> Fault:
    return Fault(problem.row_no, None, problem.rule, problem.text, is_rejected=True)


def _fault_hashes(columns: pa.RecordBatch, row_no: Any, faults: Sequence[Fault]) -> Mapping[int, int]:
    """Return the hash of each faulty row's text, so that a row that comes again is known."""
    wanted = pa.array(sorted({fault.row_no for fault in faults if not fault.is_rejected}), pa.int64())
    positions = np.flatnonzero(pc.is_in(row_no, wanted).to_numpy(zero_copy_only=False))
    chosen = columns.take(pa.array(positions, pa.int64()))
    texts = {name: clean_text(chosen.column(name)) for name in chosen.schema.names}
    hashes = content_hash(texts, chosen.num_rows)
    numbers = row_no.take(pa.array(positions, pa.int64())).to_pylist()
    return {number: int(value) for number, value in zip(numbers, hashes, strict=True)}


def _stage_faults(
    tx: Transaction, staged: Staged, faults: Sequence[Fault], hashes: Mapping[int, int], sealer: Sealer
) -> None:
    records = []
    for fault in faults:
        severity = "rejected" if fault.is_rejected else "quarantined"
        key = (severity, fault.rule, fault.column)
        staged.fault_rules[key] += 1
        examples = staged.fault_examples.setdefault(key, [])
        if len(examples) < _N_EXAMPLES:
            examples.append(fault.row_no)
        if fault.is_rejected:
            staged.n_rejected += 1
            own = content_hash({"text": pa.array([fault.value or ""])}, 1)
            row_hash = int(own[0])
        else:
            staged.n_quarantined += 1
            row_hash = hashes.get(fault.row_no, 0)
        records.append(
            {
                "row_no": fault.row_no,
                "column_name": fault.column,
                "rule": fault.rule,
                "severity": severity,
                "row_hash": np.uint64(row_hash),
                "value_sealed": None if fault.value is None else sealer.seal(fault.value, fault.rule),
            }
        )
    rows = pa.Table.from_pylist(records, schema=FAULT_SCHEMA)
    if staged.faults is None:
        staged.faults = tx.stage("incoming_faults", rows)
    else:
        tx.append(staged.faults, rows)


def with_versions(rows: ir.Table, version_at: datetime | None) -> ir.Table:
    """Return staged rows with ``version_at``: their own modified time, else the file's age."""
    age = ibis.timestamp(version_at.isoformat() if version_at else _OLDEST)
    if "modified_at" in rows.columns:
        return rows.mutate(version_at=ibis.coalesce(rows.modified_at, age))
    return rows.mutate(version_at=age)
