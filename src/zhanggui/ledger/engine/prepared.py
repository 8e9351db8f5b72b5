"""From an Ibis expression to a statement of the embedded engine, with parameters bound by name."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from zhanggui.ledger.engine.compiler import BoundParameter, tree_of

if TYPE_CHECKING:
    from zhanggui.ledger.engine.kept_statements import KeptStatements


@dataclass(frozen=True, slots=True)
class Prepared:
    """A compiled question: its statement and the names of its parameters."""

    sql: str
    names: tuple[str, ...]

    def bound(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return the values of this question's own parameters; raises KeyError when one is missing."""
        return {name: values[name] for name in self.names}


_MOST_STATEMENTS = 1024
_STATEMENTS: dict[ops.Node, Prepared] = {}
_REMEMBERING = threading.Lock()


def bound_value(name: str, type_: str) -> ir.Scalar:
    """Return a value of an expression that the transaction binds under `name` when the statement runs.

    An import's own numbers go in this way: the next file of its kind then asks the same statements.

    Examples
    --------
    >>> orders = ibis.table({"shop_id": "int32"}, name="orders")
    >>> compile_expression(orders.filter(orders.shop_id == bound_value("shop", "int32"))).names
    ('shop',)
    """
    return BoundParameter(name, ibis.dtype(type_)).to_expr()


def compile_expression(expression: ir.Expr, kept: KeptStatements | None = None) -> Prepared:
    """Return the statement that answers `expression`, with the names of the values that it leaves open.

    Statements are remembered by their expression: compiling one takes longer than running it over a small file.

    Parameters
    ----------
    expression : ir.Expr
        What to answer.
    kept : KeptStatements, optional
        Where statements of earlier processes lie, and this one is kept for later ones. Nothing of a person may stand in
        `expression`: such values are left open.
    """
    node = expression.op()
    with _REMEMBERING:
        found = _STATEMENTS.pop(node, None)
    if found is None:
        found = _compiled(node) if kept is None else kept.statement(node, _compiled)
    with _REMEMBERING:
        _STATEMENTS[node] = found  # At the end: those at the front were not asked for longest.
        if len(_STATEMENTS) > _MOST_STATEMENTS:
            del _STATEMENTS[next(iter(_STATEMENTS))]
    return found


def _compiled(node: ops.Node) -> Prepared:
    tree, names = tree_of(node)
    return Prepared(tree.sql(dialect="duckdb", copy=False), tuple(sorted(names)))


def compile_with_parameters(
    expression: ir.Expr, params: Mapping[str, ir.Scalar], kept: KeptStatements | None = None
) -> Prepared:
    """Compile `expression` with its scalar parameters left open, to be bound by name.

    Parameters
    ----------
    expression : ir.Expr
        What to answer.
    params : mapping of str to ibis scalar parameter
        Made with ``ibis.param``; the keys are the names used when the values are bound. Those that `expression`
        does not use are dropped.
    kept : KeptStatements, optional
        As for `compile_expression`.

    Examples
    --------
    >>> orders = ibis.table({"paid_date": "date"}, name="orders")
    >>> first = ibis.param("date")
    >>> question = compile_with_parameters(orders.filter(orders.paid_date >= first), {"date_from": first})
    >>> question.names, question.sql[-50:]
    (('date_from',), 'WHERE "t0"."paid_date" >= CAST($date_from AS DATE)')
    """
    if not params:
        return compile_expression(expression, kept)
    open_nodes = {param.op(): BoundParameter(name, param.op().dtype) for name, param in params.items()}
    return compile_expression(expression.as_table().op().replace(open_nodes).to_expr(), kept)
