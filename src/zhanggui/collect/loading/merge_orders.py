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
from zhanggui.ledger.engine import Ledger, Transaction, built_once
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
    held, any_held = _held(ledger.table("order_seen"))
    counts = tx.query(_numbers(rows)).to_pylist()[0]
    if counts["n"] == counts["keys"] and not tx.query(any_held).num_rows:
        return Merged(_all_accepted(rows), _keys(rows), all_new=True, fresh=_observation(rows))
    return _merge_into_held(tx, rows, held, context)


def _merge_into_held(tx: Transaction, rows: ir.Table, held: ir.Table, context: BatchContext) -> Merged:
    tx.widen("order_seen", [name for name in ORDER_SEEN.column_names if name in {*rows.columns, *ORDER_DERIVED}])
    judged = tx.stage("order_judged", _judged(rows, held, context.dominating))
    written = _to_write(judged)
    tx.delete(
        "order_seen", tx.stage("order_replaced", _replaced(judged, held, context.dominated)), on=(*_KEY, "layout")
    )
    tx.insert("order_seen", _observation(written))
    return Merged(_classes(judged), _keys(written), all_new=False)


@built_once
def _held(seen: ir.Table) -> tuple[ir.Table, ir.Table]:
    """Return the store's observations, and one of them, if any."""
    held = seen.filter((seen.shop_id == THIS_STORE) & (seen.layout != MERGED_LAYOUT))
    return held, held.limit(1)


@built_once
def _numbers(rows: ir.Table) -> ir.Table:
    # By their hashes, which take a fraction of the ids' memory: two ids of one hash would only take the longer way.
    return rows.aggregate(n=rows.count(), keys=rows.order_id.hash().nunique())


@built_once
def _all_accepted(rows: ir.Table) -> ir.Table:
    return rows.select("row_no", "row_hash", row_class=ibis.literal("accepted"))


@built_once
def _classes(judged: ir.Table) -> ir.Table:
    return judged.select("row_no", "row_hash", "row_class")


@built_once
def _to_write(judged: ir.Table) -> ir.Table:
    return judged.filter(judged.is_written)


@built_once
def _judged(rows: ir.Table, held: ir.Table, dominating: tuple[int, ...]) -> ir.Table:
    """Class each row: the newest of its order against what is held, the others by whether they repeat it."""
    newest = ibis.window(group_by=rows.order_id, order_by=newest_first(rows))
    placed = rows.mutate(place=ibis.row_number().over(newest), newest_hash=rows.row_hash.first().over(newest))
    rivals = held.semi_join(rows, "order_id")
    rivals = rivals.filter(rivals.layout.isin(dominating)).select("order_id", "layout", "row_no", *VERSION_COLUMNS)
    best = numbered(rivals, ["order_id"], newest_first(rivals), "place").filter(lambda t: t.place == 0)
    best = best.select("order_id", "layout", *VERSION_COLUMNS).rename(
        {f"{name}_held": name for name in ("order_id", "layout", *VERSION_COLUMNS)}
    )
    compared = placed.left_join(best, placed.order_id == best.order_id_held)
    newer = compared.order_id_held.isnull() | is_newer(compared, compared, suffix="_held")
    same = ((compared.layout_held == THIS_LAYOUT) & (compared.row_hash == compared.row_hash_held)).fill_null(False)
    is_first = compared.place == 0
    return compared.mutate(
        row_class=ibis.cases(
            (is_first & same, "duplicate"),
            (is_first & newer, "accepted"),
            (~is_first & (compared.row_hash == compared.newest_hash), "duplicate"),
            else_="superseded",
        ),
        is_written=is_first & newer,
    )


@built_once
def _replaced(judged: ir.Table, held: ir.Table, dominated: tuple[int, ...]) -> ir.Table:
    """Return the keys of the observations that a newer row of the same order makes say nothing."""
    written = judged.filter(judged.is_written)
    older = held.filter(held.layout.isin(dominated)).select(*_KEY, "layout", *VERSION_COLUMNS)
    fresh = written.select("order_id", *VERSION_COLUMNS).rename({f"{name}_new": name for name in VERSION_COLUMNS})
    replaced = older.inner_join(fresh, "order_id")
    return replaced.filter(~is_newer(replaced, replaced, suffix="_new")).select(*_KEY, "layout")


@built_once
def _keys(rows: ir.Table) -> ir.Table:
    return rows.select(shop_id=THIS_STORE, order_id=rows.order_id)


@built_once
def _observation(rows: ir.Table) -> ir.Table:
    constants = {
        "shop_id": THIS_STORE,
        "batch_id": THIS_IMPORT,
        "layout": THIS_LAYOUT,
        "is_current": ibis.literal(False),
    }
    names = [name for name in ORDER_SEEN.column_names if name in rows.columns and name not in constants]
    return rows.select(*names, **constants)
