"""Which of an order's lines stand where several files list them as a set, and not all list the same ones.

A newer export of an order replaces the older one; a part of one export, cut in the midst of the order, does not.
Every line is held as its newest file states it, so the answer is a pure function of what was seen.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import cast

import ibis
import ibis.expr.types as ir

from zhanggui.collect.loading.intake import OLDEST
from zhanggui.collect.loading.order_rules import ORDER
from zhanggui.ledger.engine import Ledger, Transaction, built_once
from zhanggui.ledger.schema.observations import SET_VERSION_COLUMNS, STATED_AMOUNTS

_LINE = [*ORDER, "line_key"]
_GOODS = ["product_id", "sku_id", "product_title", "sku_spec"]
_DISCOUNTS = [name for name in STATED_AMOUNTS if name.endswith("_discount_minor")]

_NEWEST, _OF_ONE_AGE, _OTHER_GOODS, _ALL = range(4)
"""How far back to reach for an order's lines: those that its newest set lists; with them those of sets that are as
new, of goods that the newest does not list; of older sets too; every line ever listed."""


def standing_lines(
    tx: Transaction, ledger: Ledger, lines: ir.Table, orders: ir.Table
) -> tuple[ir.Table, ir.Table | None]:
    """Return the lines that count, and those that do not although nothing confirms it; None where there are none.

    Parameters
    ----------
    lines : ibis Table
        Rows of ``line_seen``, of one layout per order.
    orders : ibis Table
        What is said of the orders themselves, a row each.

    Notes
    -----
    Where an amount that is stated of the order is the sum of one choice of lines, that choice stands. Else a
    platform's lines with ids of their own all stand: a platform never gives an order other ids. Of a platform's lines
    without ids those stand that the newest set lists, and those of other goods in sets of the same age: parts of one
    export are made at one moment. A mapped file that claims to list orders completely is taken at its word.
    """
    several = _several(lines)
    if not tx.query(several.limit(1)).num_rows:
        return lines, None
    layouts = tx.query(ledger.table("layout").filter(lambda t: t.owns).order_by("layout")).to_pylist()
    of_platforms = tuple(row["layout"] for row in layouts)
    with_ids = tuple(row["layout"] for row in layouts if "line_id" in row["columns"].split())
    reached = tx.stage("lines_reached", _reached(lines, several))
    limits = tx.stage("lines_limits", _limits(reached, orders, of_platforms, with_ids))
    out = tx.stage("lines_out", _beyond(reached, limits))
    return _without(lines, out), _unconfirmed(out)


@built_once
def _several(lines: ir.Table) -> ir.Table:
    """Return the orders whose lines were not all listed by one set."""
    sets = lines.filter(lines.is_set)
    counted = sets.group_by(ORDER).aggregate(
        is_one=(sets.set_version_at.min() == sets.set_version_at.max())
        & (sets.set_row_hash.min() == sets.set_row_hash.max())
    )
    return counted.filter(~counted.is_one).select(*ORDER)


@built_once
def _reached(lines: ir.Table, several: ir.Table) -> ir.Table:
    """Return the lines of these orders, each with how far one must reach for it."""
    mine = lines.filter(lines.is_set).semi_join(several, ORDER)
    newest = ibis.window(
        group_by=[mine[name] for name in ORDER], order_by=[ibis.desc(mine[name]) for name in SET_VERSION_COLUMNS]
    )
    mine = mine.mutate(
        newest_at=mine.set_version_at.first().over(newest), newest_hash=mine.set_row_hash.first().over(newest)
    )
    is_of_age = mine.set_version_at == mine.newest_at
    mine = mine.mutate(is_newest=is_of_age & (mine.set_row_hash == mine.newest_hash))
    goods = ibis.window(group_by=[mine[name] for name in (*ORDER, *_GOODS)])
    is_again = mine.is_newest.cast("int32").max().over(goods) == 1
    reach = ibis.cases(
        (mine.is_newest, _NEWEST),
        (is_again, _ALL),
        (is_of_age & (mine.set_version_at > OLDEST), _OF_ONE_AGE),
        else_=_OTHER_GOODS,
    )
    columns = (*_LINE, "layout", "line_amount_minor", "stated_paid_minor", "currency", "batch_id", "row_no")
    return mine.select(*columns, reach=reach)


@built_once
def _limits(reached: ir.Table, orders: ir.Table, of_platforms: tuple[int, ...], with_ids: tuple[int, ...]) -> ir.Table:
    """Return how far to reach for each order, and whether its amounts say so."""
    sums: dict[str, ir.Value] = {"layout": reached.layout.max()}
    for reach in range(_ALL + 1):
        near = reached.reach <= reach
        sums[f"amount_{reach}"] = reached.line_amount_minor.sum(where=near)
        is_stated = reached.stated_paid_minor.notnull() | ~near
        sums[f"paid_{reach}"] = is_stated.all().ifelse(reached.stated_paid_minor.sum(where=near), ibis.null("int64"))
    counted = reached.group_by(ORDER).aggregate(**sums)
    names = [name for name in ("order_amount_minor", "stated_paid_minor", "discount_minor") if name in orders.columns]
    both = counted.left_join(orders.select(*ORDER, *names, *STATED_AMOUNTS), ORDER)
    usual = ibis.cases(
        (both.layout.isin(with_ids) if with_ids else ibis.literal(False), _ALL),
        (both.layout.isin(of_platforms) if of_platforms else ibis.literal(False), _OF_ONE_AGE),
        else_=_NEWEST,
    )
    both = both.mutate(usual=usual, **{f"fits_{reach}": _fits(both, reach) for reach in range(_ALL + 1)})
    fits = [both[f"fits_{reach}"] for reach in range(_ALL + 1)]
    said = ibis.cases(
        *((fit & (both.usual == reach), reach) for reach, fit in enumerate(fits)),
        *((fit, reach) for reach, fit in enumerate(fits)),
        else_=ibis.null("int8"),
    )
    return both.select(*ORDER, furthest=ibis.coalesce(said, both.usual), is_confirmed=said.notnull())


def _fits(orders: ir.Table, reach: int) -> ir.BooleanValue:
    """Whether the lines within reach come to what is stated of their order, with or without postage and discounts."""
    whole, sum_ = orders.order_amount_minor, orders[f"amount_{reach}"]
    goods = whole - ibis.coalesce(orders.stated_shipping_minor, 0)
    off = [orders[name] for name in ("discount_minor", *_DISCOUNTS) if name in orders.columns]
    discounts = [ibis.coalesce(off[0], 0), sum(ibis.coalesce(part, 0) for part in off[1:])]
    amounts = [whole, goods, *(base + part for base in (whole, goods) for part in discounts)]
    is_sum = reduce(or_, (sum_ == amount for amount in amounts)) & (sum_ != 0)
    is_paid = (orders[f"paid_{reach}"] == orders.stated_paid_minor) & (orders.stated_paid_minor != 0)
    return cast("ir.BooleanValue", is_sum.fill_null(False) | is_paid.fill_null(False))


@built_once
def _beyond(reached: ir.Table, limits: ir.Table) -> ir.Table:
    both = reached.inner_join(limits, ORDER)
    return both.filter(both.reach > both.furthest)


@built_once
def _without(lines: ir.Table, out: ir.Table) -> ir.Table:
    return lines.anti_join(out, _LINE)


@built_once
def _unconfirmed(out: ir.Table) -> ir.Table:
    """Return the lines left out of goods that the newest set does not list, where no amount says that it is right."""
    return out.filter(~out.is_confirmed & (out.reach < _ALL))
