"""Merge objects whose newest row wins whole: refund cases, products, SKUs, customers, facts."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.versions import THIS_IMPORT, THIS_STORE, is_newer, newest_first
from zhanggui.ledger.engine import Ledger, Transaction, built_once
from zhanggui.ledger.schema.observations import ALL_TABLES, VERSION_COLUMNS


@dataclass(frozen=True, slots=True)
class MergedWhole:
    """What a merge did.

    Attributes
    ----------
    classes : ibis Table
        ``row_no``, ``row_hash``, ``row_class`` of every row merged.
    affected : ibis Table
        Keys of the objects that now say something else, in a column of their name.
    keys : ibis Table
        The key of each row.
    """

    classes: ir.Table
    affected: ir.Table
    keys: ir.Table


def merge_whole(tx: Transaction, ledger: Ledger, rows: ir.Table, *, table: str, key: str) -> MergedWhole:
    """Merge one import's rows into the observation table `table`, whose objects are identified by `key`."""
    seen = ledger.table(table)
    names = tuple(name for name in ALL_TABLES[table].column_names if name in rows.columns)
    n_rows, n_keys, is_held = tx.query(_meeting(rows, seen, key)).to_pylist()[0].values()
    if n_rows == n_keys and not is_held:
        tx.insert(table, _written(rows, names))
        return _all_new(rows, key)
    judged = tx.stage(f"{table}_judged", _judged(rows, seen, key))
    replaced, written, merged = _outcome(judged, key, names)
    tx.delete(table, replaced, on=("shop_id", key))
    tx.insert(table, written)
    return merged


@built_once
def _meeting(rows: ir.Table, seen: ir.Table, key: str) -> ir.Table:
    """Return how many rows there are, of how many objects, and whether any of these is held."""
    held = seen.filter(seen.shop_id == THIS_STORE).semi_join(rows, key)
    # Keys by their hashes, which take a fraction of their memory: two keys of one hash only take the longer way.
    counted = rows.aggregate(n_rows=rows.count(), n_keys=rows[key].hash().nunique())
    return counted.cross_join(held.aggregate(is_held=held.count() > 0))


@built_once
def _written(rows: ir.Table, names: tuple[str, ...]) -> ir.Table:
    return rows.select(*names, shop_id=THIS_STORE, batch_id=THIS_IMPORT)


@built_once
def _all_new(rows: ir.Table, key: str) -> MergedWhole:
    classes = rows.select("row_no", "row_hash", row_class=ibis.literal("accepted"))
    return MergedWhole(classes, rows.select(key), rows.select(key))


@built_once
def _judged(rows: ir.Table, seen: ir.Table, key: str) -> ir.Table:
    """Class each row: the newest of its object against what is held, the others by whether they repeat it."""
    held = seen.filter(seen.shop_id == THIS_STORE).select(key, *VERSION_COLUMNS)
    held = held.rename({f"{name}_held": name for name in (key, *VERSION_COLUMNS)})
    newest = ibis.window(group_by=rows[key], order_by=newest_first(rows))
    placed = rows.mutate(place=ibis.row_number().over(newest), newest_hash=rows.row_hash.first().over(newest))
    compared = placed.left_join(held, placed[key] == held[f"{key}_held"])
    newer = compared[f"{key}_held"].isnull() | is_newer(compared, compared, suffix="_held")
    same = (compared.row_hash == compared.row_hash_held).fill_null(False)
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
def _outcome(judged: ir.Table, key: str, names: tuple[str, ...]) -> tuple[ir.Table, ir.Table, MergedWhole]:
    """Return the keys of the objects to replace, the rows that replace them, and what is told of the merge."""
    written = judged.filter(judged.is_written)
    accepted = judged.filter((judged.place == 0) & (judged.row_class == "accepted"))
    merged = MergedWhole(judged.select("row_no", "row_hash", "row_class"), accepted.select(key), judged.select(key))
    replaced = written.select(key, shop_id=THIS_STORE)
    return replaced, _written(written, names), merged
