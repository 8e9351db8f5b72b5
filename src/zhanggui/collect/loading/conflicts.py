"""Order ids that are held with another creation time: most likely another store's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.collect.loading.intake import FAULT_SCHEMA, Staged
from zhanggui.collect.loading.stores import StoreMismatchError
from zhanggui.collect.loading.versions import THIS_STORE, BatchContext
from zhanggui.ledger.engine import Ledger, Transaction, built_once

_RULE = "created_at_differs"
_N_EXAMPLES = 20


def quarantine_conflicts(
    tx: Transaction,
    ledger: Ledger,
    rows: ir.Table,
    staged: Staged,
    batch: BatchContext,
    bound: Mapping[str, str],
    *,
    store_name: str,
    file: str,
    is_store_said: bool,
) -> ir.Table:
    """Return the rows whose orders may be merged.

    Creation times are compared at the coarser of the two precisions. Where the store was said, the rows that
    differ are kept aside; else the whole file is refused, because it would fill the wrong store.

    Raises
    ------
    StoreMismatchError
        Creation times differ and nothing said which store the file is of.
    """
    if "created_at" not in rows.columns or "order_id" not in rows.columns:
        return rows
    held = _held_times(ledger.table("order_seen"))
    if not tx.query(_any_of(held)).num_rows:
        return rows
    conflicts = tx.stage("conflicts", _of_other_orders(rows, held))
    found = tx.query(_examples(conflicts)).to_pylist()
    if not found:
        return rows
    n_rows = int(tx.query(conflicts.count()).column(0)[0].as_py())
    if not is_store_said:
        raise StoreMismatchError(file, store=store_name, n_orders=n_rows, example=found[0]["order_id"])
    column = bound.get("created_at", "created_at")
    key = ("quarantined", _RULE, column)
    staged.fault_rules[key] += n_rows
    staged.fault_examples[key] = [row["row_no"] for row in found]
    staged.n_quarantined += n_rows
    faults = conflicts.select(
        "row_no",
        column_name=ibis.literal(column),
        rule=ibis.literal(_RULE),
        severity=ibis.literal("quarantined"),
        row_hash=conflicts.row_hash,
        value_sealed=ibis.null("binary"),
        store_in_file=conflicts.store_in_file if "store_in_file" in conflicts.columns else ibis.null("string"),
    )
    if staged.faults is None:
        staged.faults = tx.stage("incoming_faults", pa.Table.from_pylist([], schema=FAULT_SCHEMA))
    tx.insert("incoming_faults", faults)
    return tx.stage("incoming_kept", rows.anti_join(conflicts, "row_no"))


@built_once
def _held_times(seen: ir.Table) -> ir.Table:
    """Return when the store's orders were created, as far as it is held."""
    held = seen.filter((seen.shop_id == THIS_STORE) & seen.is_current & seen.created_at.notnull())
    return held.select(
        "order_id", held_at=held.created_at, held_date=held.created_date, held_precision=held.time_precision
    )


@built_once
def _any_of(rows: ir.Table) -> ir.Table:
    return rows.limit(1)


@built_once
def _examples(conflicts: ir.Table) -> ir.Table:
    return conflicts.order_by("row_no").limit(_N_EXAMPLES)


@built_once
def _of_other_orders(rows: ir.Table, held: ir.Table) -> ir.Table:
    """Return the rows whose order id is held with another creation time."""
    columns = ("row_no", "row_hash", "order_id", "created_at", "created_date", "time_precision")
    both = rows.select(*columns).inner_join(held, "order_id")
    both = both.mutate(differs=_differs(both))
    # Lines of one order may be minutes apart: the order is another one only when none of them agrees.
    orders = both.group_by("order_id").aggregate(differs=both.differs.all())
    names = [name for name in ("row_no", "row_hash", "order_id", "store_in_file") if name in rows.columns]
    return rows.select(*names).semi_join(orders.filter(orders.differs), "order_id")


def _differs(both: ir.Table) -> ir.BooleanValue:
    """Whether two creation times differ as far as the coarser of them tells: its day, its minute or its second."""
    mine, theirs = both.created_at.epoch_seconds(), both.held_at.epoch_seconds()
    coarser = ibis.least(both.time_precision, both.held_precision)
    return cast(
        "ir.BooleanValue",
        ibis.cases(
            (coarser == 0, both.created_date != both.held_date),
            (coarser == 1, mine // 60 != theirs // 60),
            else_=mine != theirs,
        ),
    )
