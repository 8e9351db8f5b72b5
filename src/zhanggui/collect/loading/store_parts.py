"""A file may hold rows of several stores: which they are, and the part of the file that each gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.fact_typing import JOINT, UNKNOWN_WORDS
from zhanggui.collect.loading.intake import N_EXAMPLES, Staged
from zhanggui.collect.loading.typed_rows import HEADLINE_REST
from zhanggui.collect.reading.values import EXACT_SCALE
from zhanggui.ledger.engine import Transaction, bound_value, built_once

_CELL = "store_in_file"
_THIS_NAME = bound_value("store_in_file", "string")
_STATUS_PAIRS = (("status", "status_raw"), ("refund_status", "refund_status_raw"))


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
    return set(tx.query(_cells(rows)).column(_CELL).to_pylist())


@built_once
def _cells(rows: ir.Table) -> ir.Table:
    return rows.select(_CELL).distinct()


def store_part(
    tx: Transaction, staged: Staged, names: Sequence[str | None], position: int, *, headline: str | None, exponent: int
) -> Staged:
    """Return the part of a file that belongs to the store at `position`; what names no store goes with the first.

    Parameters
    ----------
    headline : str or None
        The amount that the totals are made of.
    exponent : int
        Decimal digits of its currency.
    """
    if len(names) == 1:
        return staged
    part = Staged(latest=staged.latest) if position else replace(staged)
    tx.bind(store_in_file=names[position])
    if staged.rows is not None:
        part.rows = _rows_of_store(staged.rows)
        part.n_good = int(tx.query(part.rows.count()).column(0)[0].as_py())
        part.file_total = part.good_total = _exact_total(tx, part.rows, headline, exponent)
        if staged.unknown_words:
            _count_unknown(tx, part, part.rows, headline)
    if staged.faults is not None:
        belongs = staged.faults[_CELL].identical_to(_THIS_NAME)
        if position == 0 and None not in names:
            belongs = belongs | staged.faults[_CELL].isnull()
        part.faults = staged.faults.filter(belongs)
        count_faults(tx, part, part.faults)
    return part


@built_once
def _rows_of_store(rows: ir.Table) -> ir.Table:
    return rows.filter(rows[_CELL].identical_to(_THIS_NAME))


def _exact_total(tx: Transaction, rows: ir.Table, headline: str | None, exponent: int) -> Decimal:
    """Return the sum of an amount as the file writes it, in major units."""
    if headline is None:
        return Decimal(0)
    rest = rows[HEADLINE_REST].sum() if HEADLINE_REST in rows.columns else ibis.literal(0)
    [sums] = tx.query(rows.aggregate(minor=rows[headline].sum(), rest=rest)).to_pylist()
    return Decimal(int(sums["minor"] or 0)).scaleb(-exponent) + Decimal(int(sums["rest"] or 0)).scaleb(-EXACT_SCALE)


def _count_unknown(tx: Transaction, part: Staged, rows: ir.Table, headline: str | None) -> None:
    """Count the unknown words of a part's rows: of states, or of a fact's closed sets."""
    part.unknown_words = Counter()
    if UNKNOWN_WORDS in rows.columns:
        unknown = rows.filter(rows[UNKNOWN_WORDS].notnull())
        for row in tx.query(unknown.group_by(UNKNOWN_WORDS).aggregate(n=unknown.count())).to_pylist():
            for word in row[UNKNOWN_WORDS].split(JOINT):
                part.unknown_words[word] += row["n"]
    else:
        pairs = [pair for pair in _STATUS_PAIRS if set(pair) <= set(rows.columns)]
        if not pairs:
            return
        for status, raw in pairs:
            unknown = rows.filter(rows[status] == "unknown")
            for row in tx.query(unknown.group_by(raw).aggregate(n=unknown.count())).to_pylist():
                part.unknown_words[row[raw]] += row["n"]
        unknown = rows.filter(ibis.or_(*((rows[status] == "unknown").fill_null(False) for status, _ in pairs)))
    amount = unknown[headline].sum() if headline is not None else ibis.literal(0)
    part.unknown_money_minor = int(tx.query(unknown.aggregate(s=amount)).column(0)[0].as_py() or 0)


def count_faults(tx: Transaction, part: Staged, faults: ir.Table) -> None:
    """Count the rows kept aside that a part has left."""
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
