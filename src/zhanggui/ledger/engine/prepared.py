"""From an Ibis expression to a statement of the embedded engine, with parameters bound by name."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import ibis
import ibis.expr.datashape as ds
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql import rewrites
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.rewrites import Select

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


_RULES = (
    *DuckDBCompiler.lowered_ops.values(),
    rewrites.subtract_one_from_array_map_filter_index,
    rewrites.empty_in_values_right_side,
    rewrites.add_order_by_to_empty_ranking_window_functions,
    rewrites.one_to_zero_index,
    rewrites.add_one_to_nth_value_input,
)
_REWRITTEN = (
    *DuckDBCompiler.lowered_ops,
    *(ops.ArrayFilter, ops.ArrayMap, ops.ArrayPosition, ops.FindInSet, ops.InValues),
    *(ops.NTile, ops.NthValue, ops.RankBase, ops.StringFind),
)
"""What the rules of Ibis look for. A pass of rules takes a tenth of the compiling, and most expressions hold none."""


class BoundParameter(ops.Scalar):  # type: ignore[misc]  # Ibis ships no types
    """A value that is known only when the statement runs. Ibis' own parameters are written into the text."""

    label: str
    dtype: dt.DataType
    shape = ds.scalar

    @property
    def name(self) -> str:
        """Name by which Ibis calls the value when it becomes a column."""
        return self.label


class _ParameterCompiler(DuckDBCompiler):  # type: ignore[misc]  # Ibis ships no types
    """The engine's compiler, which also knows placeholders; what Ibis rewrites first, it does in one pass."""

    __slots__ = ()
    LOWERED_OPS: ClassVar = dict.fromkeys(DuckDBCompiler.lowered_ops)
    rewrites = (*DuckDBCompiler.lowered_ops.values(), *DuckDBCompiler.rewrites)

    def visit_BoundParameter(self, op: BoundParameter, *, label: str, dtype: dt.DataType) -> sge.Expression:
        # The cast tells the planner the type before a value is there.
        typed: sge.Expression = self.cast(sge.Placeholder(this=label), dtype)
        return typed

    def visit_Select(self, op: Select, **parts: object) -> sge.Expression:
        written: sge.Expression = super().visit_Select(_Selection(op), **parts)
        return written


class _Selection:
    """A selection as a compiler asks it, which learns in a tenth of Ibis' time whether it takes all columns."""

    def __init__(self, op: Select) -> None:
        self._op = op

    def is_star_selection(self) -> bool:
        parent, values = self._op.parent, self._op.values
        return tuple(values) == tuple(parent.schema) and all(
            type(value) is ops.Field and value.name == name and value.rel == parent for name, value in values.items()
        )

    def __getattr__(self, name: str) -> object:
        return getattr(self._op, name)


class _PlainCompiler(_ParameterCompiler):
    """The same for expressions of which nothing is to be rewritten."""

    __slots__ = ()
    rewrites = tuple(rule for rule in _ParameterCompiler.rewrites if not any(rule is known for known in _RULES))


_REWRITING, _PLAIN = _ParameterCompiler(), _PlainCompiler()
_MOST_STATEMENTS = 1024
_STATEMENTS: dict[ops.Node, Prepared] = {}
_REMEMBERING = threading.Lock()
_COMPILING = threading.Lock()
"""Held while Ibis' options, which all threads share, are others."""


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
    told = node.find((BoundParameter, *_REWRITTEN))
    names = {found.label for found in told if isinstance(found, BoundParameter)}
    compiler = _PLAIN if len(names) == len(told) else _REWRITING
    with _unfused():
        tree = compiler.to_sqlglot(node.to_expr())
    return Prepared(tree.sql(dialect=compiler.dialect, copy=False), tuple(sorted(names)))


@contextmanager
def _unfused() -> Iterator[None]:
    """Leave nested selections to the engine's planner: merging those of wide tables takes most of the compiling."""
    with _COMPILING:
        before = ibis.options.sql.fuse_selects
        ibis.options.sql.fuse_selects = False
        try:
            yield
        finally:
            ibis.options.sql.fuse_selects = before


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
