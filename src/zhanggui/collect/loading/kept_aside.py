"""Rows of an import that were kept aside: those that were put right since, and the issues of the others."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.intake import Staged
from zhanggui.collect.loading.store_parts import count_faults
from zhanggui.collect.loading.versions import THIS_IMPORT, THIS_STORE, BatchContext
from zhanggui.ledger.engine import Ledger, Transaction

LEFT_OUT = "lines_left_out"
"""Rule of lines that a newer file of their order leaves out."""


def take_settled(tx: Transaction, ledger: Ledger, staged: Staged, batch: BatchContext) -> ir.Table | None:
    """Take the faulty rows out of `staged` whose correction the ledger holds, and return them as duplicates.

    A file that is loaded again after one of its rows was put right says nothing new about that row.
    """
    if staged.faults is None:
        return None
    issues = ledger.table("data_issue")
    settled = issues.filter(issues.status == "resolved").select("issue_id")
    faults = _identified(staged.faults, batch)
    again = tx.stage("faults_settled", faults.semi_join(settled, "issue_id"))
    if not tx.query(again.limit(1)).num_rows:
        return None
    staged.faults = tx.stage("faults_left", faults.anti_join(again, "row_no").drop("issue_id"))
    count_faults(tx, staged, staged.faults)
    return again.select("row_no", "row_hash", row_class=ibis.literal("duplicate"))


def write_issues(tx: Transaction, ledger: Ledger, faults: ir.Table, batch: BatchContext) -> None:
    """Write down the rows kept aside, and an issue for each that has none yet."""
    tx.insert("raw_record", faults.select("row_no", "row_hash", row_class=faults.severity, batch_id=THIS_IMPORT))
    issues = _identified(faults, batch).mutate(
        batch_id=THIS_IMPORT, n_rows=ibis.literal(1, "int64"), status=ibis.literal("open")
    )
    held = ledger.table("data_issue").select("issue_id")
    issues = issues.distinct(on="issue_id", keep="first").anti_join(held, "issue_id")
    tx.insert("data_issue", tx.stage("issues_new", issues.drop("row_hash", "store_in_file")))


def write_differing(tx: Transaction, rows: ir.Table, batch: BatchContext) -> None:
    """Write an issue for each row that disagrees with the first row of its order."""
    tx.insert(
        "data_issue",
        rows.select(
            "row_no",
            issue_id=THIS_IMPORT.cast("string") + ":" + rows.row_no.cast("string") + ":order_values_differ",
            batch_id=THIS_IMPORT,
            rule=ibis.literal("order_values_differ"),
            severity=ibis.literal("info"),
            n_rows=ibis.literal(1, "int64"),
            status=ibis.literal("open"),
        ),
    )


def write_left_out(tx: Transaction, ledger: Ledger, orders: ir.Table, left_out: ir.Table | None) -> None:
    """Let the issues of these orders say which of their lines a newer file leaves out; those of before are taken back.

    Parameters
    ----------
    orders : ibis Table
        ``shop_id``, ``order_id`` of the orders that are projected.
    left_out : ibis Table or None
        Their lines that are left out.
    """
    issues = ledger.table("data_issue")
    if tx.query(issues.filter(issues.rule == LEFT_OUT).limit(1)).num_rows:
        seen = ledger.table("line_seen").semi_join(orders, ["shop_id", "order_id"])
        tx.delete("data_issue", seen.select(issue_id=_left_out_id(seen)), on=("issue_id",))
    if left_out is not None:
        tx.insert(
            "data_issue",
            left_out.select(
                "batch_id",
                "row_no",
                "currency",
                issue_id=_left_out_id(left_out),
                rule=ibis.literal(LEFT_OUT),
                severity=ibis.literal("warning"),
                n_rows=ibis.literal(1, "int64"),
                money_minor=left_out.line_amount_minor,
                status=ibis.literal("open"),
            ),
        )


def _left_out_id(lines: ir.Table) -> ir.Value:
    parts = (lines.shop_id.cast("string"), lines.order_id, lines.layout.cast("string"), lines.line_key)
    return ibis.literal(":").join([*parts, ibis.literal(LEFT_OUT)])


def _identified(faults: ir.Table, batch: BatchContext) -> ir.Table:
    """Return faults with their ``issue_id``: the same row with the same fault in the same store is one issue."""
    return faults.mutate(issue_id=THIS_STORE.cast("string") + ":" + faults.row_hash.cast("string") + ":" + faults.rule)
