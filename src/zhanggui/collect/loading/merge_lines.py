"""Merge the lines of an import: complete sets replace an order's lines, other files add what is unseen."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.merge_orders import Merged
from zhanggui.collect.loading.versions import (
    THIS_IMPORT,
    THIS_LAYOUT,
    THIS_STORE,
    BatchContext,
    is_newer,
    newest_first,
    numbered,
    summed_hash,
)
from zhanggui.ledger.engine import Ledger, Transaction, built_once
from zhanggui.ledger.schema.observations import LINE_SEEN, VERSION_COLUMNS

_ORDER = ("shop_id", "order_id")
_KEY = (*_ORDER, "layout", "line_key")


def keyed_lines(rows: ir.Table) -> ir.Table:
    """Return `rows` with a ``line_key``: the line id, else content hash and occurrence within the order."""
    if "line_id" in rows.columns:
        return rows.mutate(line_key=rows.line_id)
    counted = numbered(rows, ["order_id", "row_hash"], [rows.row_no], "occurrence")
    key = counted.row_hash.cast("string") + ":" + counted.occurrence.cast("string")
    return counted.mutate(line_key=key).drop("occurrence")


def merge_lines(tx: Transaction, ledger: Ledger, rows: ir.Table, context: BatchContext) -> Merged:
    """Merge one import's line rows (columns of ``line_seen`` that the file has, plus ``line_id`` if any)."""
    seen = ledger.table("line_seen")
    held = seen.filter(seen.shop_id == THIS_STORE)
    lines = tx.stage("lines_placed", _placed(rows))
    if not tx.query(held.limit(1)).num_rows:
        first = lines.filter(lines.place == 0)
        tx.insert("line_seen", _observation(first, context.is_set))
        return Merged(_classes(lines, ibis.literal("accepted")), _orders(first), all_new=True)
    if context.is_set:
        return _replace_sets(tx, lines, held)
    return _add_unseen(tx, lines, held, context)


@built_once
def _placed(rows: ir.Table) -> ir.Table:
    """Return the lines with their keys, and their places among the rows that repeat them, the newest first."""
    lines = keyed_lines(rows)
    if "line_id" not in rows.columns:
        return lines.mutate(place=ibis.literal(0, "int64"), newest_hash=lines.row_hash)
    newest = ibis.window(group_by=[lines.order_id, lines.line_key], order_by=newest_first(lines))
    return lines.mutate(place=ibis.row_number().over(newest), newest_hash=lines.row_hash.first().over(newest))


def _replace_sets(tx: Transaction, lines: ir.Table, held: ir.Table) -> Merged:
    judged = tx.stage("lines_judged", _judged_in_sets(lines, held))
    fresh = judged.filter((judged.place == 0) & judged.set_is_newer)
    orders = tx.stage("line_orders_replaced", _orders(fresh).mutate(is_set=ibis.literal(True)))
    tx.delete("line_seen", orders, on=(*_ORDER, "is_set"))
    tx.insert("line_seen", _observation(fresh, True))
    return Merged(_classes(judged, judged.row_class), orders.select(*_ORDER), all_new=False)


@built_once
def _judged_in_sets(lines: ir.Table, held: ir.Table) -> ir.Table:
    """Class the lines as their orders' sets of lines are newer or not than those that are held."""
    mine = _set_versions(lines.filter(lines.place == 0))
    theirs = _set_versions(held.filter(held.is_set).semi_join(lines, "order_id"))
    theirs = theirs.rename({f"{name}_held": name for name in ("order_id", *VERSION_COLUMNS)})
    compared = mine.left_join(theirs, mine.order_id == theirs.order_id_held)
    newer = compared.order_id_held.isnull() | is_newer(compared, compared, suffix="_held")
    sets = compared.select(compared.order_id, set_is_newer=newer)
    known = held.filter(held.is_set).select("order_id", "line_key", held_hash=held.row_hash)
    matched = lines.left_join(known, ["order_id", "line_key"]).drop("order_id_right", "line_key_right")
    matched = matched.inner_join(sets, "order_id")
    return matched.mutate(
        row_class=ibis.cases(
            ((matched.held_hash == matched.row_hash).fill_null(False), "duplicate"),
            (matched.set_is_newer, "accepted"),
            else_="superseded",
        )
    )


def _add_unseen(tx: Transaction, lines: ir.Table, held: ir.Table, context: BatchContext) -> Merged:
    known = held.filter(held.layout == THIS_LAYOUT).select("order_id", "line_key", *VERSION_COLUMNS)
    known = known.rename({f"{name}_held": name for name in ("order_id", "line_key", *VERSION_COLUMNS)})
    matched = lines.left_join(known, (lines.order_id == known.order_id_held) & (lines.line_key == known.line_key_held))
    newer = matched.order_id_held.isnull() | is_newer(matched, matched, suffix="_held")
    same = (matched.row_hash == matched.row_hash_held).fill_null(False)
    judged = tx.stage(
        "lines_judged",
        matched.mutate(
            row_class=ibis.cases((same, "duplicate"), (newer, "accepted"), else_="superseded"),
            is_written=(matched.place == 0) & newer,
        ),
    )
    written = judged.filter(judged.is_written)
    keys = written.select("order_id", "line_key", shop_id=THIS_STORE, layout=THIS_LAYOUT)
    tx.delete("line_seen", keys, on=_KEY)
    tx.insert("line_seen", _observation(written, context.is_set))
    accepted = judged.filter((judged.place == 0) & (judged.row_class == "accepted"))
    return Merged(_classes(judged, judged.row_class), tx.stage("line_orders", _orders(accepted)), all_new=False)


def _set_versions(lines: ir.Table) -> ir.Table:
    """Return how new each order's set of lines is; two sets of one age differ in the sum of their hashes."""
    newest = {name: lines[name].max() for name in VERSION_COLUMNS if name != "row_hash"}
    return lines.group_by("order_id").aggregate(**newest, row_hash=summed_hash(lines.row_hash))


@built_once
def _classes(lines: ir.Table, of_first: ir.Value) -> ir.Table:
    """Class the first row of each line as judged, those that repeat it by whether they say the same."""
    repeats = (lines.row_hash == lines.newest_hash).ifelse("duplicate", "superseded")
    return lines.select("row_no", "row_hash", row_class=(lines.place == 0).ifelse(of_first, repeats))


@built_once
def _orders(lines: ir.Table) -> ir.Table:
    return lines.select(shop_id=THIS_STORE, order_id=lines.order_id).distinct()


@built_once
def _observation(lines: ir.Table, is_set: bool) -> ir.Table:
    constants = {
        "shop_id": THIS_STORE,
        "batch_id": THIS_IMPORT,
        "layout": THIS_LAYOUT,
        "is_set": ibis.literal(is_set),
    }
    names = [name for name in LINE_SEEN.column_names if name in lines.columns and name not in constants]
    return lines.select(*names, **constants)
