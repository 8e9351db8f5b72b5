"""A file may hold rows of several stores: which they are, and the part of the file that each gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.intake import N_EXAMPLES, Staged
from zhanggui.ledger.engine import Transaction

_CELL = "store_in_file"


def store_names(tx: Transaction, staged: Staged, *, stated: str | None, has_column: bool) -> list[str | None]:
    """Return the stores that a file names, in order; one None when it names none.

    Rows kept aside name stores as well: once they are put right they go where they say.

    Parameters
    ----------
    stated : str or None
        Store of the map's constant, for a file whose rows name none.
    has_column : bool
        The file has a column for it.
    """
    if not has_column:
        return [stated]
    found: set[str | None] = set()
    if staged.rows is not None:
        found |= _distinct(tx, staged.rows)
    if staged.faults is not None:
        found |= _distinct(tx, staged.faults.filter(staged.faults.severity == "quarantined"))
    named = sorted(name for name in found if name)
    if len(named) <= 1:
        return [named[0] if named else stated]
    return [*named, *([None] if None in found else [])]


def _distinct(tx: Transaction, rows: ir.Table) -> set[str | None]:
    return set(tx.query(rows.select(_CELL).distinct()).column(_CELL).to_pylist())


def store_part(tx: Transaction, staged: Staged, names: Sequence[str | None], position: int) -> Staged:
    """Return the part of a file that belongs to the store at `position`; what names no store goes with the first."""
    if len(names) == 1:
        return staged
    part = Staged(latest=staged.latest) if position else replace(staged)
    name = names[position]
    if staged.rows is not None:
        part.rows = staged.rows.filter(staged.rows[_CELL].identical_to(ibis.literal(name, "string")))
        part.n_good = int(tx.query(part.rows.count()).column(0)[0].as_py())
    if staged.faults is not None:
        belongs = staged.faults[_CELL].identical_to(ibis.literal(name, "string"))
        if position == 0 and None not in names:
            belongs = belongs | staged.faults[_CELL].isnull()
        part.faults = staged.faults.filter(belongs)
        _count_faults(tx, part, part.faults)
    return part


def _count_faults(tx: Transaction, part: Staged, faults: ir.Table) -> None:
    keys = ["severity", "rule", "column_name"]
    groups = faults.group_by(keys).aggregate(n=faults.count(), rows=faults.row_no.collect())
    part.fault_rules, part.fault_examples = Counter(), {}
    part.n_quarantined = part.n_rejected = 0
    for row in tx.query(groups).to_pylist():
        key = (row["severity"], row["rule"], row["column_name"])
        part.fault_rules[key] = row["n"]
        part.fault_examples[key] = sorted(row["rows"])[:N_EXAMPLES]
        if row["severity"] == "quarantined":
            part.n_quarantined += row["n"]
        else:
            part.n_rejected += row["n"]
