"""Merge the lines of an import: each is held as the newest file states it that lists it."""

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
from zhanggui.ledger.schema.observations import LINE_SEEN, SET_VERSION_COLUMNS, VERSION_COLUMNS

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
    """Merge one import's line rows (columns of ``line_seen`` that the file has, plus ``line_id`` if any).

    Notes
    -----
    Each line is held as the newest file states it that lists it, and with the age of that file's set; which of an
    order's lines count is decided when the order is projected, so that it depends on no order of loading.
    """
    seen = ledger.table("line_seen")
    held = seen.filter(seen.shop_id == THIS_STORE)
    lines = tx.stage("lines_placed", _placed(rows, context.is_set))
    if not tx.query(held.limit(1)).num_rows:
        first = lines.filter(lines.place == 0)
        tx.insert("line_seen", _observation(first, context.is_set))
        return Merged(_classes(lines, ibis.literal("accepted")), _orders(first), all_new=True)
    judged = tx.stage("lines_judged", _judged(lines, held, context.is_set, context.is_platform))
    written = judged.filter(judged.is_written)
    tx.delete("line_seen", _keys(written), on=_KEY)
    tx.insert("line_seen", _observation(written, context.is_set))
    changed = written if context.is_set else judged.filter((judged.place == 0) & (judged.row_class == "accepted"))
    return Merged(_classes(judged, judged.row_class), tx.stage("line_orders", _orders(changed)), all_new=False)


@built_once
def _placed(rows: ir.Table, is_set: bool) -> ir.Table:
    """Return the lines with their keys, and their places among the rows that repeat them, the newest first."""
    lines = keyed_lines(rows)
    if "line_id" not in rows.columns:
        lines = lines.mutate(place=ibis.literal(0, "int64"), newest_hash=lines.row_hash)
    else:
        newest = ibis.window(group_by=[lines.order_id, lines.line_key], order_by=newest_first(lines))
        lines = lines.mutate(place=ibis.row_number().over(newest), newest_hash=lines.row_hash.first().over(newest))
    if not is_set:
        return lines
    return lines.inner_join(_set_versions(lines), "order_id")


def _set_versions(lines: ir.Table) -> ir.Table:
    """Return how new each order's set of lines is.

    Of lines without ids two sets of one age are two statements, told apart by the sum of their hashes; lines with ids
    are compared one by one.
    """
    newest = {f"set_{name}": lines[name].max() for name in VERSION_COLUMNS if name != "row_hash"}
    newest["set_row_hash"] = summed_hash(lines.row_hash)
    if "line_id" in lines.columns:
        newest["set_status_rank"] = newest["set_time_precision"] = ibis.literal(0, "int32")
        newest["set_row_hash"] = ibis.literal(0, "uint64")
    return lines.group_by("order_id").aggregate(**newest)


@built_once
def _judged(lines: ir.Table, held: ir.Table, is_set: bool, is_platform: bool) -> ir.Table:
    """Class each line against what is held of it, and of a set against the newest one that is held of its order."""
    names = (*SET_VERSION_COLUMNS, *VERSION_COLUMNS) if is_set else VERSION_COLUMNS
    known = held.filter(held.layout == THIS_LAYOUT)
    if is_set:
        # A map may have become one of complete orders since.
        own = zip(SET_VERSION_COLUMNS, VERSION_COLUMNS, strict=True)
        known = known.mutate(**{of_set: ibis.coalesce(known[of_set], known[of_row]) for of_set, of_row in own})
    mine = known.select("order_id", "line_key", *names)
    mine = mine.rename({f"{name}_held": name for name in mine.columns})
    matched = lines.left_join(mine, (lines.order_id == mine.order_id_held) & (lines.line_key == mine.line_key_held))
    is_new = matched.order_id_held.isnull()
    newer = is_new | is_newer(matched, matched, suffix="_held", names=names)
    same = (matched.row_hash == matched.row_hash_held).fill_null(False)
    matched = matched.mutate(is_written=(matched.place == 0) & newer, is_new=is_new, is_newer=newer, is_same=same)
    if not is_set:
        return matched.mutate(row_class=_class_of(matched, ibis.literal(False)))
    best = numbered(known, ["order_id"], [ibis.desc(known[name]) for name in SET_VERSION_COLUMNS], "turn")
    best = best.filter(best.turn == 0).select("order_id", *SET_VERSION_COLUMNS)
    best = best.rename({f"{name}_best": name for name in best.columns})
    sets = matched.left_join(best, matched.order_id == best.order_id_best)
    is_best = sets.order_id_best.isnull() | is_newer(sets, sets, suffix="_best", names=SET_VERSION_COLUMNS)
    # A part of an export adds its lines, however old it is (`standing_lines`).
    adds = ibis.literal(False)
    if is_platform:
        has_ids = "line_id" in lines.columns
        adds = ibis.literal(True) if has_ids else sets.set_version_at == sets.set_version_at_best
    return sets.mutate(row_class=_class_of(sets, sets.is_new & ~is_best & ~adds))


def _class_of(lines: ir.Table, is_late: ir.Value) -> ir.Value:
    return ibis.cases(
        (lines.is_same, "duplicate"),
        (is_late, "superseded"),
        (lines.is_newer, "accepted"),
        else_="superseded",
    )


@built_once
def _keys(written: ir.Table) -> ir.Table:
    return written.select("order_id", "line_key", shop_id=THIS_STORE, layout=THIS_LAYOUT)


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
