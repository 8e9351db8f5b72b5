"""Stage one table of a file: typed rows and faults, batch by batch, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.faults import RULES, Fault
from zhanggui.collect.loading.row_hash import content_hash
from zhanggui.collect.loading.typed_rows import RowTyper
from zhanggui.collect.reading import RowProblem, SourceTable, TextBatch
from zhanggui.collect.reading.values import clean_text
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.engine import Transaction, bound_value, built_once
from zhanggui.ledger.privacy import Sealer

OLDEST = datetime(1970, 1, 1)  # noqa: DTZ001 - the ledger keeps UTC without a zone
"""The age of a file that holds no time at all."""
_FILE_CURRENCY = bound_value("file_currency", "string")
_FILE_AGE = bound_value("file_age", "timestamp(6)")
N_EXAMPLES = 20
"""Rows that are named as examples of a finding."""
_MOST_FAULTS = 500_000
"""More faults than this are kept in memory only while they are the smaller part of a file."""

FAULT_SCHEMA = pa.schema(
    [
        pa.field("row_no", pa.int64()),
        pa.field("column_name", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("severity", pa.string()),
        pa.field("row_hash", pa.uint64()),
        pa.field("value_sealed", pa.binary()),
        pa.field("store_in_file", pa.string()),
    ]
)


class TooManyFaultsError(ZhangguiError):
    """Most rows of a large file cannot be taken: it is read the wrong way."""

    code = "too_many_faults"

    def __init__(self, name: str, n_faults: int, rule: str) -> None:
        self.n_faults = n_faults
        super().__init__(
            f"{n_faults:,} rows cannot be taken, more than those that can; most often: {RULES[rule].en}.",
            where=name,
            next_step="nothing was loaded; check the map's columns and options, or export the file again",
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
    work = _Staging(table, typer, sealer, store_header, on_rows)
    batches = work.typed_rows()
    first = next(batches, None)
    if first is not None:
        # One statement takes all batches: a statement each would keep every one of them until the commit.
        rows = (part for batch in chain([first], batches) for part in batch.to_batches())
        try:
            work.staged.rows = tx.stage("incoming", pa.RecordBatchReader.from_batches(first.schema, rows))
        except Exception:
            if work.error is None:
                raise
    if work.error is not None:
        raise work.error
    if work.faults:
        work.staged.faults = tx.stage("incoming_faults", pa.Table.from_batches(work.faults, schema=FAULT_SCHEMA))
    work.staged.latest = typer.latest
    return work.staged


class _Staging:
    """The typing of a table's batches; counts as it goes, and keeps the error that ended it."""

    def __init__(
        self,
        table: SourceTable,
        typer: RowTyper,
        sealer: Sealer,
        store_header: str | None,
        on_rows: Callable[[int], None],
    ) -> None:
        self.staged = Staged()
        self.faults: list[pa.RecordBatch] = []
        self.error: BaseException | None = None
        self._table = table
        self._typer = typer
        self._sealer = sealer
        self._store_header = store_header
        self._on_rows = on_rows

    def typed_rows(self) -> Iterator[pa.Table]:
        """Yield the good rows of each batch that has any."""
        done = 0
        try:
            for batch in self._table.batches():
                rows = self._typed(batch)
                done += batch.columns.num_rows
                self._on_rows(done)
                if rows.num_rows:
                    yield rows
        except GeneratorExit:
            raise
        except BaseException as error:
            # The engine, which pulls the rows, would hand on its text only.
            self.error = error
            raise

    def _typed(self, batch: TextBatch) -> pa.Table:
        staged = self.staged
        typed = self._typer.typed(batch)
        rows = typed.rows
        stores: dict[int, str | None] = {}
        if self._store_header is not None:
            names = clean_text(batch.columns.column(self._store_header))
            if rows.num_rows < len(names):
                is_good = pc.is_in(batch.row_no, rows.column("row_no").combine_chunks())
                aside = pc.invert(is_good)
                stores = dict(zip(batch.row_no.filter(aside).to_pylist(), names.filter(aside).to_pylist(), strict=True))
                names = names.filter(is_good)
            rows = rows.append_column("store_in_file", names)
        faults = [*typed.faults, *(_rejected(problem) for problem in batch.problems)]
        if faults:
            hashes = _fault_hashes(batch.columns, batch.row_no, faults)
            self.faults.append(_fault_rows(staged, faults, hashes, stores, self._sealer))
        staged.n_good += rows.num_rows
        staged.non_data += batch.non_data
        staged.file_total += typed.file_total
        staged.good_total += typed.good_total
        staged.unknown_words += typed.unknown_words
        staged.unknown_money_minor += typed.unknown_money_minor
        n_faults = staged.n_quarantined + staged.n_rejected
        if n_faults > _MOST_FAULTS and n_faults > staged.n_good:
            raise TooManyFaultsError(self._table.name, n_faults, staged.fault_rules.most_common(1)[0][0][1])
        return rows


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


def _fault_rows(
    staged: Staged,
    faults: Sequence[Fault],
    hashes: Mapping[int, int],
    stores: Mapping[int, str | None],
    sealer: Sealer,
) -> pa.RecordBatch:
    """Count the faults and return them as rows, their values sealed."""
    records = []
    for fault in faults:
        severity = "rejected" if fault.is_rejected else "quarantined"
        key = (severity, fault.rule, fault.column)
        staged.fault_rules[key] += 1
        examples = staged.fault_examples.setdefault(key, [])
        if len(examples) < N_EXAMPLES:
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
                "store_in_file": None if fault.is_rejected else stores.get(fault.row_no),
            }
        )
    return pa.RecordBatch.from_pylist(records, schema=FAULT_SCHEMA)


def completed(tx: Transaction, rows: ir.Table, version_at: datetime | None, currency: str) -> ir.Table:
    """Return staged rows with what one value says for the whole file, and ``version_at``: own time, else the file's."""
    tx.bind(file_currency=currency, file_age=version_at or OLDEST)
    return _completed(rows)


@built_once
def _completed(rows: ir.Table) -> ir.Table:
    constants = {"currency": _FILE_CURRENCY}
    constants |= {name: ibis.literal(0, "int32") for name in ("status_rank", "time_precision", "role")}
    rows = rows.mutate(**{name: value for name, value in constants.items() if name not in rows.columns})
    if "modified_at" in rows.columns:
        return rows.mutate(version_at=ibis.coalesce(rows.modified_at, _FILE_AGE))
    return rows.mutate(version_at=_FILE_AGE)
