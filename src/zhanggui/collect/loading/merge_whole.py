"""Merge objects whose newest row wins whole: refund cases, products, SKUs, customers."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.merge_orders import Merged
from zhanggui.collect.loading.versions import THIS_IMPORT, THIS_STORE, BatchContext, is_newer, newest_first, numbered
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.schema.observations import ALL_TABLES, VERSION_COLUMNS


def merge_whole(
    tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext, *, table: str, key: str
) -> Merged:
    """Merge one import's rows into the observation table `table`, whose objects are identified by `key`.

    The keys returned as affected carry `key` alone.
    """
    seen = ledger.table(table)
    placed = tx.stage(f"{table}_places", numbered(rows, [key], newest_first(rows), "place"))
    first = placed.filter(placed.place == 0)
    held = seen.filter(seen.shop_id == THIS_STORE).select(key, *VERSION_COLUMNS)
    held = held.rename({f"{name}_held": name for name in (key, *VERSION_COLUMNS)})
    compared = first.left_join(held, first[key] == held[f"{key}_held"])
    newer = compared[f"{key}_held"].isnull() | is_newer(compared, compared, suffix="_held")
    same = (compared.row_hash == compared.row_hash_held).fill_null(False)
    judged = tx.stage(
        f"{table}_judged",
        compared.mutate(
            row_class=ibis.cases((same, "duplicate"), (newer, "accepted"), else_="superseded"),
            is_written=newer,
        ),
    )
    written = judged.filter(judged.is_written)
    tx.delete(table, tx.stage(f"{table}_written", written.select(key, shop_id=THIS_STORE)), on=("shop_id", key))
    names = [name for name in ALL_TABLES[table].column_names if name in rows.columns]
    tx.insert(table, written.select(*names, shop_id=THIS_STORE, batch_id=THIS_IMPORT))
    chosen = judged.select(key, winner_hash=judged.row_hash, winner_class=judged.row_class)
    joined = placed.inner_join(chosen, key)
    classes = joined.select(
        "row_no",
        "row_hash",
        row_class=ibis.cases(
            (joined.place == 0, joined.winner_class),
            (joined.row_hash == joined.winner_hash, "duplicate"),
            else_="superseded",
        ),
    )
    accepted = judged.filter(judged.row_class == "accepted")
    return Merged(classes, tx.stage(f"{table}_affected", accepted.select(key)), all_new=False)
