"""偏好 Which size and which category a person prefers, with the purchases that say so (catalogue SEG-13)."""

from __future__ import annotations

from typing import Literal

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.purchases import is_kept
from zhanggui.understand.customers.lifecycle import categorised_lines
from zhanggui.understand.customers.people import People
from zhanggui.understand.desk import Desk

What = Literal["size", "category"]
FEWEST_PIECES = 2
"""Pieces of the preferred value below which nothing is said: one purchase is no preference."""

SMALLEST_SHARE = 0.5
_SIZE = r"(?i)(?:尺码|尺寸|size)\s*[:：]\s*([^;；,，\s]+)"


def preferred(desk: Desk, people: People, what: What) -> ir.Table:
    """Return what people prefer.

    Returns
    -------
    ibis Table
        ``buyer_key``, ``value``, ``n_value`` and ``n_all`` pieces, ``last_day``; only people of whom it can be said.

    Notes
    -----
    The value of at least half of the pieces, two or more; of equal ones the one bought last. Orders given back whole
    do not count. A size is what the line's variant text says after 尺码 or size, in capital letters.
    """
    lines = categorised_lines(desk) if what == "category" else _sized_lines(desk)
    orders = people.orders.filter(is_kept(people.orders)).select("shop_id", "order_id", "buyer_key", "paid_date")
    lines = lines.filter(lines.category.notnull(), lines.quantity > 0)
    rows = lines.inner_join(orders, ["shop_id", "order_id"])
    each = rows.group_by(["buyer_key", "category"]).aggregate(
        n_value=rows.quantity.sum().cast("int64"), last_day=rows.paid_date.max()
    )
    whole = ibis.window(group_by=each.buyer_key)
    each = each.mutate(
        n_all=each.n_value.sum().over(whole).cast("int64"),
        place=ibis.row_number().over(
            group_by=each.buyer_key, order_by=[ibis.desc(each.n_value), ibis.desc(each.last_day), each.category]
        ),
    )
    each = each.filter(each.place == 0, each.n_value >= FEWEST_PIECES, each.n_value >= SMALLEST_SHARE * each.n_all)
    return each.select("buyer_key", "n_value", "n_all", "last_day", value="category")


def _sized_lines(desk: Desk) -> ir.Table:
    lines = desk.ledger.table("order_line")
    lines = lines.filter(lines.line_kind == "product", lines.sku_spec.notnull())
    size = lines.sku_spec.re_extract(_SIZE, 1).upper().nullif("")
    return lines.select("shop_id", "order_id", "quantity", category=size)
