"""Events that are kept aside: why each of them is, and those that were taken before and gave way to another."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.loading.event_merge import REUSED
from zhanggui.collect.loading.faults import Fault
from zhanggui.collect.loading.intake import FAULT_SCHEMA, N_EXAMPLES, Staged
from zhanggui.collect.loading.versions import THIS_STORE
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.privacy import Sealer


class AsideEvents:
    """Gathers the events of one import that are kept aside.

    Parameters
    ----------
    sealer : Sealer
        Hides what stands in them.
    staged : Staged
        Counts them.
    """

    def __init__(self, sealer: Sealer, staged: Staged) -> None:
        self._sealer = sealer
        self._staged = staged
        self._rows: list[pa.RecordBatch] = []

    def add(self, faults: Iterable[tuple[Fault, int]]) -> None:
        """Add events, each with the hash of what it says."""
        records = []
        for fault, row_hash in faults:
            severity = "rejected" if fault.is_rejected else "quarantined"
            key = (severity, fault.rule, fault.column)
            self._staged.fault_rules[key] += 1
            examples = self._staged.fault_examples.setdefault(key, [])
            if len(examples) < N_EXAMPLES:
                examples.append(fault.row_no)
            self._staged.n_rejected += fault.is_rejected
            self._staged.n_quarantined += not fault.is_rejected
            records.append(
                {
                    "row_no": fault.row_no,
                    "column_name": fault.column,
                    "rule": fault.rule,
                    "severity": severity,
                    "row_hash": np.uint64(row_hash),
                    "value_sealed": None if fault.value is None else self._sealer.seal(fault.value, fault.rule),
                    "store_in_file": None,
                }
            )
        if records:
            self._rows.append(pa.RecordBatch.from_pylist(records, schema=FAULT_SCHEMA))

    def stage(self, tx: Transaction) -> None:
        """Hold all of them in the transaction."""
        if self._rows:
            rows = pa.Table.from_batches(self._rows, schema=FAULT_SCHEMA)
            self._staged.faults = tx.stage("incoming_faults", rows)


def own_displaced(tx: Transaction, displaced: pa.Table, batch_id: int) -> list[tuple[Fault, int]]:
    """Take back events of this import that gave way to a later line of it; return them as rows kept aside."""
    own = displaced.filter(pc.equal(displaced.column("batch_id"), batch_id))
    if not own.num_rows:
        return []
    tx.delete("raw_record", tx.stage("records_gone", own.select(["batch_id", "row_no"])), on=("batch_id", "row_no"))
    rows = own.select(["row_no", "row_hash"]).to_pylist()
    return [(Fault(row["row_no"], None, REUSED, None), row["row_hash"]) for row in rows]


def displace_others(tx: Transaction, ledger: Ledger, displaced: pa.Table, batch_id: int) -> None:
    """Put events of other imports aside that gave way to this one: their class, their import's count, their issue."""
    others = displaced.filter(pc.not_equal(displaced.column("batch_id"), batch_id))
    if not others.num_rows:
        return
    rows = tx.stage("events_displaced", others.select(["batch_id", "row_no", "row_hash"]))
    tx.delete("raw_record", rows, on=("batch_id", "row_no"))
    tx.insert("raw_record", rows.mutate(row_class=ibis.literal("quarantined")))
    counts = rows.group_by("batch_id").aggregate(n_gone=rows.count())
    batches = ledger.table("source_batch").inner_join(counts, "batch_id")
    changed = batches.mutate(
        accepted=batches.accepted - batches.n_gone, quarantined=batches.quarantined + batches.n_gone
    ).drop("n_gone")
    changed = tx.stage("batches_changed", changed)
    tx.delete("source_batch", changed.select("batch_id"), on=("batch_id",))
    tx.insert("source_batch", changed)
    issues = rows.select(
        "batch_id",
        "row_no",
        issue_id=THIS_STORE.cast("string") + ":" + rows.row_hash.cast("string") + f":{REUSED}",
        rule=ibis.literal(REUSED),
        severity=ibis.literal("quarantined"),
        n_rows=ibis.literal(1, "int64"),
        status=ibis.literal("open"),
    )
    held = ledger.table("data_issue").select("issue_id")
    tx.insert("data_issue", tx.stage("issues_displaced", issues.anti_join(held, "issue_id")))
