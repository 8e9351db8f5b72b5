"""Tables as expressions: in the whole process one object for equal tables.

What is built over a table is found again by that object, in whichever ledger it was asked first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from zhanggui.ledger.engine.ddl import ibis_schema
from zhanggui.ledger.schema.observations import ALL_TABLES

_MOST_REMEMBERED = 1024
_SHAPES: dict[ops.Node, ibis.Schema] = {}


@cache
def declared_table(name: str) -> ir.Table:
    """Return a declared table; raises KeyError when there is none of this name."""
    return ibis.table(ibis_schema(ALL_TABLES[name]), name=name)


@lru_cache(maxsize=_MOST_REMEMBERED)
def staged_table(name: str, shape: ibis.Schema) -> ir.Table:
    """Return a table that a transaction stages under `name`."""
    return ibis.table(shape, name=name)


def without_copies(joined: ir.Table) -> ir.Table:
    """Return a join without the columns of its right side that its left side has too.

    Examples
    --------
    >>> orders, stores = declared_table("order_header"), declared_table("store")
    >>> "shop_id_right" in without_copies(orders.left_join(stores, "shop_id")).columns
    False
    """
    return joined.drop([name for name in joined.columns if name.endswith("_right")])


def shape_of(rows: ir.Table, described: Callable[[], ibis.Schema]) -> ibis.Schema:
    """Return the types of the engine's answer to an expression: the same every time, so it is `described` once."""
    node = rows.op()
    shape = _SHAPES.get(node)
    if shape is None:
        if len(_SHAPES) >= _MOST_REMEMBERED:
            _SHAPES.clear()
        shape = _SHAPES[node] = described()
    return shape
