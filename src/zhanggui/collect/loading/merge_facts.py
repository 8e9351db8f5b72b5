"""Merge the rows of a fact: the newest of each key counts; rows without a key are told apart by content."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.merge_whole import MergedWhole, merge_whole
from zhanggui.collect.loading.versions import THIS_STORE, numbered
from zhanggui.columns.fact import Fact
from zhanggui.ledger.engine import Ledger, Transaction
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
    counted = numbered(rows, [FACT_KEY, "row_hash"], [rows.row_no], "occurrence")
    own = ibis.literal("row:") + counted.row_hash.cast("string") + ":" + counted.occurrence.cast("string")
    said = counted[FACT_KEY]
    if fact.counts_repeats:
        counted = numbered(counted, [FACT_KEY], [counted.row_hash, counted.row_no], "repeat")
        again = counted[FACT_KEY] + "#" + counted["repeat"].cast("string")
        said = (counted["repeat"] > 0).ifelse(again, counted[FACT_KEY])
    keyed = counted.mutate(**{FACT_KEY: ibis.coalesce(said, own)})
    merged = merge_whole(tx, ledger, keyed, table=fact.table, key=FACT_KEY)
    if fact.headline is None:
        return MergedFact(merged, None)
    held = ledger.table(fact.table)
    mine = held.filter(held.shop_id == THIS_STORE).semi_join(merged.keys, FACT_KEY)
    return MergedFact(merged, mine.aggregate(held_minor=mine[fact.headline].sum().cast("int64")))
