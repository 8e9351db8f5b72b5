"""Merge the rows of a fact: the newest of each key counts; rows without a key are told apart by content."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.merge_whole import MergedWhole, merge_whole
from zhanggui.collect.loading.versions import THIS_STORE, numbered
from zhanggui.columns.fact import Fact
from zhanggui.ledger.engine import Ledger, Transaction, built_once
from zhanggui.ledger.schema.facts import FACT_KEY


@dataclass(frozen=True, slots=True)
class MergedFact:
    """What the merge of a fact did.

    Attributes
    ----------
    merged : MergedWhole
        What became of every row.
    held_minor : ibis Table or None
        One row: the headline money that the ledger now holds of the file's rows.
    """

    merged: MergedWhole
    held_minor: ir.Table | None


def merge_fact(tx: Transaction, ledger: Ledger, rows: ir.Table, fact: Fact) -> MergedFact:
    """Merge one import's rows into the table of `fact`."""
    keyed = _keyed(rows, fact.counts_repeats)
    merged = merge_whole(tx, ledger, keyed, table=fact.table, key=FACT_KEY)
    if fact.headline is None:
        return MergedFact(merged, None)
    return MergedFact(merged, _held(ledger.table(fact.table), merged.keys, fact.headline))


@built_once
def _keyed(rows: ir.Table, counts_repeats: bool) -> ir.Table:
    """Return the rows, each with the key of its object; what names none is told apart by content and occurrence."""
    counted = numbered(rows, [FACT_KEY, "row_hash"], [rows.row_no], "occurrence")
    own = ibis.literal("row:") + counted.row_hash.cast("string") + ":" + counted.occurrence.cast("string")
    said = counted[FACT_KEY]
    if counts_repeats:
        counted = numbered(counted, [FACT_KEY], [counted.row_hash, counted.row_no], "repeat")
        again = counted[FACT_KEY] + "#" + counted["repeat"].cast("string")
        said = (counted["repeat"] > 0).ifelse(again, counted[FACT_KEY])
    return counted.mutate(**{FACT_KEY: ibis.coalesce(said, own)})


@built_once
def _held(table: ir.Table, keys: ir.Table, headline: str) -> ir.Table:
    mine = table.filter(table.shop_id == THIS_STORE).semi_join(keys, FACT_KEY)
    return mine.aggregate(held_minor=mine[headline].sum().cast("int64"))
