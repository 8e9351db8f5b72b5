"""Order-level money on the order's lines, by largest remainder, so that lines sum to the order exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.engine import Transaction, built_once
from zhanggui.ledger.schema.sales_columns import SHARED_AMOUNTS
from zhanggui.ledger.shares import Share, shared

_ORDER = ["shop_id", "order_id"]
_TAKES_PART = "product"
_ALIKE = "_alike"
_OF_ALL_LINES = "receivable_minor"


@built_once
def allocated(lines: ir.Table, headers: ir.Table) -> ir.Table:
    """Return the canonical lines: `lines` with their share of the order's created and paid money.

    Notes
    -----
    Weights are the lines' stated paid amounts where every line states one, else their amounts; lines without
    any weight share equally. Ties go to the smaller line key, so that the result does not depend on loading.
    """
    totals = headers.select(
        *_ORDER,
        order_created=headers.created_minor,
        order_paid=headers.paid_minor,
        order_lines=headers.lines_minor,
        order_lines_paid=headers.lines_paid_minor,
        order_currency=headers.currency,
        is_single=headers.n_lines == 1,
    )
    joined = lines.inner_join(totals, _ORDER)
    is_plain = (joined.order_created == joined.order_lines) & (
        joined.order_paid.isnull()
        | (joined.order_paid == 0)
        | ((joined.order_paid == joined.order_lines) & joined.order_lines_paid.isnull())
    )
    joined = joined.mutate(
        weight=ibis.coalesce(joined.line_amount_minor, 0),
        paid_weight=ibis.coalesce(joined.stated_paid_minor, joined.line_amount_minor, 0),
        currency=ibis.coalesce(joined.currency, joined.order_currency),
        is_plain=is_plain.fill_null(False) | joined.is_single,
    )
    plain = joined.filter(joined.is_plain)
    plain_paid = (plain.order_paid == 0).ifelse(0, plain.order_paid.notnull().ifelse(plain.weight, None))
    plain = plain.select(
        *lines.columns,
        created_minor=plain.is_single.ifelse(plain.order_created, plain.weight).cast("int64"),
        paid_minor=plain.is_single.ifelse(plain.order_paid, plain_paid).cast("int64"),
    )
    several = joined.filter(~joined.is_plain)
    several = _shared(
        several.mutate(**{_ALIKE: _alike(several)}),
        [Share("created_minor", "order_created", "weight"), Share("paid_minor", "order_paid", "paid_weight")],
    )
    return plain.union(several.select(*plain.columns))


def with_shared_amounts(tx: Transaction, lines: ir.Table, headers: ir.Table) -> ir.Table:
    """Return canonical lines with each amount of :data:`SHARED_AMOUNTS`.

    Notes
    -----
    What no order states itself is each line's own. Else a line has its own amount where the lines together state
    what the order has, and its share of the order's amount where they do not. Postage and discounts are shared by
    the lines that take part in the sale alone: a gift, a fee or a postage line bears none of them, unless its order
    has no other line.
    """
    counts = headers.aggregate(**{name: headers[f"stated_{name}"].count() for name in SHARED_AMOUNTS})
    stated = tuple(name for name, n_orders in tx.query(counts).to_pylist()[0].items() if n_orders)
    lines = _with_own_amounts(lines, stated)
    if not stated:
        return lines
    return _with_stated_amounts(tx.stage("lines_allocated", lines), headers, stated)


@built_once
def _with_own_amounts(lines: ir.Table, stated: tuple[str, ...]) -> ir.Table:
    return lines.mutate(**{name: lines[f"stated_{name}"] for name in SHARED_AMOUNTS if name not in stated})


@built_once
def _with_stated_amounts(lines: ir.Table, headers: ir.Table, stated: tuple[str, ...]) -> ir.Table:
    """Add the amounts that orders state, shared among their lines."""
    totals = headers.select(*_ORDER, is_single=headers.n_lines == 1, **{f"order_{n}": headers[n] for n in stated})
    joined = lines.inner_join(totals, _ORDER)
    single = joined.filter(joined.is_single)
    single = single.select(*lines.columns, **{name: single[f"order_{name}"].cast("int64") for name in stated})
    several = _shared_by_lines(joined.filter(~joined.is_single), stated)
    several = several.select(*lines.columns, **{name: _own_or_shared(several, name) for name in stated})
    return single.union(several)


def _shared_by_lines(lines: ir.Table, stated: Sequence[str]) -> ir.Table:
    order = ibis.window(group_by=[lines[key] for key in _ORDER])
    lines = lines.mutate(
        **{f"own_{name}": lines[f"stated_{name}"].sum().over(order).cast("int64") for name in stated},
        **{f"weight_{name}": _weight(lines, name) for name in stated},
        **{_ALIKE: _alike(lines)},
    )
    return _shared(lines, [Share(f"share_{name}", f"order_{name}", f"weight_{name}") for name in stated])


def _own_or_shared(lines: ir.Table, name: str) -> ir.Value:
    """Return each line's own amount where the lines together state what the order has, else its share."""
    is_own = (lines[f"own_{name}"] == lines[f"order_{name}"]).fill_null(False)
    return is_own.ifelse(lines[f"stated_{name}"], lines[f"share_{name}"]).cast("int64")


def _weight(lines: ir.Table, name: str) -> ir.Value:
    """Return how much of an order's amount falls on each line: as it states itself, else as it costs."""
    takes_part = (lines.line_kind == _TAKES_PART) | (name == _OF_ALL_LINES)
    return ibis.coalesce(lines[f"stated_{name}"], takes_part.ifelse(lines.line_amount_minor, 0), 0)


def _alike(lines: ir.Table) -> ir.Value:
    """Return small weights: the lines of what is sold share alike, or all lines where nothing is."""
    order = ibis.window(group_by=[lines[key] for key in _ORDER])
    takes_part = (lines.line_kind == _TAKES_PART).cast("int64")
    return (takes_part.max().over(order) == 1).ifelse(takes_part, 1)


def _shared(lines: ir.Table, shares: Sequence[Share]) -> ir.Table:
    """Add a column for each share: what of its total goes to each line of an order; ties go to the smaller line key.

    Where the weights come to nothing, `_ALIKE` holds others.
    """
    shares = [replace(share, otherwise=_ALIKE) for share in shares]
    return shared(lines, shares, group=_ORDER, ties=["line_key"])
