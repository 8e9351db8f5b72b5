"""Merge the orders of an import: per order and layout the newest row is held."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.versions import (
    THIS_IMPORT,
    THIS_LAYOUT,
    THIS_STORE,
    BatchContext,
    is_newer,
    newest_first,
    numbered,
)
from zhanggui.ledger.engine import Ledger, Transaction
from zhanggui.ledger.schema.observations import MERGED_LAYOUT, ORDER_DERIVED, ORDER_SEEN, VERSION_COLUMNS

_KEY = ("shop_id", "order_id")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did.

    Attributes
    ----------
    classes : ibis Table
        ``row_no``, ``row_hash``, ``row_class`` of every row merged.
    affected : ibis Table
        Keys whose canonical rows must be projected again.
    all_new : bool
        None of the keys was held before.
    fresh : ibis Table or None
        The observations themselves, not yet written: nothing was held of the store, so they become
        canonical rows at once.
    """

    classes: ir.Table
    affected: ir.Table
    all_new: bool
    fresh: ir.Table | None = None


def merge_orders(tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext) -> Merged:
    """Merge one import's order rows.

    Parameters
    ----------
    rows : ibis Table
        Columns of ``order_seen`` (those that the file has), one or more rows per order.
    """
    seen = ledger.table("order_seen")
    held = seen.filter((seen.shop_id == THIS_STORE) & (seen.layout != MERGED_LAYOUT))
    # By their hashes, which take a fraction of the ids' memory: two ids of one hash would only take the longer way.
    counts = tx.query(rows.aggregate(n=rows.count(), keys=rows.order_id.hash().nunique())).to_pylist()[0]
    if counts["n"] == counts["keys"] and not tx.query(held.limit(1)).num_rows:
        classes = rows.select("row_no", "row_hash", row_class=ibis.literal("accepted"))
        return Merged(classes, _keys(rows, context), all_new=True, fresh=_observation(rows, context))
    return _merge_into_held(tx, rows, held, context)


def _merge_into_held(tx: Transaction, rows: ir.Table, held: ir.Table, context: BatchContext) -> Merged:
    tx.widen("order_seen", [name for name in ORDER_SEEN.column_names if name in {*rows.columns, *ORDER_DERIVED}])
    placed = tx.stage("order_places", numbered(rows, ["order_id"], newest_first(rows), "place"))
    first = placed.filter(placed.place == 0)
    related = held.semi_join(first, "order_id")
    rivals = related.filter(related.layout.isin(context.dominating))
    best = numbered(rivals, ["order_id"], newest_first(rivals), "place").filter(lambda t: t.place == 0)
    best = best.select("order_id", "layout", *VERSION_COLUMNS).rename(
        {f"{name}_held": name for name in ("order_id", "layout", *VERSION_COLUMNS)}
    )
    compared = first.left_join(best, first.order_id == best.order_id_held)
    newer = compared.order_id_held.isnull() | is_newer(compared, compared, suffix="_held")
    same = (compared.layout_held == THIS_LAYOUT) & (compared.row_hash == compared.row_hash_held)
    judged = tx.stage(
        "order_judged",
        compared.mutate(
            row_class=ibis.cases((same, "duplicate"), (newer, "accepted"), else_="superseded"),
            is_written=newer,
        ),
    )
    written = judged.filter(judged.is_written)
    older = related.filter(related.layout.isin(context.dominated))
    older = older.select(*_KEY, "layout", *VERSION_COLUMNS)
    fresh = written.select("order_id", *VERSION_COLUMNS).rename({f"{name}_new": name for name in VERSION_COLUMNS})
    replaced = older.inner_join(fresh, "order_id")
    replaced = replaced.filter(~is_newer(replaced, replaced, suffix="_new"))
    tx.delete("order_seen", tx.stage("order_replaced", replaced.select(*_KEY, "layout")), on=(*_KEY, "layout"))
    tx.insert("order_seen", _observation(written, context))
    affected = tx.stage("order_affected", _keys(written, context))
    return Merged(_classes(placed, judged), affected, all_new=False)


def _classes(placed: ir.Table, judged: ir.Table) -> ir.Table:
    """Class the first row of each order as judged, the others by whether they repeat it."""
    chosen = judged.select("order_id", winner_hash=judged.row_hash, winner_class=judged.row_class)
    joined = placed.inner_join(chosen, "order_id")
    return joined.select(
        "row_no",
        "row_hash",
        row_class=ibis.cases(
            (joined.place == 0, joined.winner_class),
            (joined.row_hash == joined.winner_hash, "duplicate"),
            else_="superseded",
        ),
    )


def _keys(rows: ir.Table, context: BatchContext) -> ir.Table:
    return rows.select(shop_id=THIS_STORE, order_id=rows.order_id)


def _observation(rows: ir.Table, context: BatchContext) -> ir.Table:
    constants = {
        "shop_id": THIS_STORE,
        "batch_id": THIS_IMPORT,
        "layout": THIS_LAYOUT,
        "is_current": ibis.literal(False),
    }
    names = [name for name in ORDER_SEEN.column_names if name in rows.columns and name not in constants]
    return rows.select(*names, **constants)
