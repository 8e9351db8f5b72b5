"""From an Ibis expression to the tree of a statement of the embedded engine, with placeholders for its parameters.

Ibis first makes a second expression of selections out of the one it is given, and writes that. Most of the time of
compiling goes there; what our expressions hold can be written as it stands, and the others go Ibis' way.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import ibis
import ibis.expr.datashape as ds
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import STAR
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.common.graph import Graph


class BoundParameter(ops.Scalar):  # type: ignore[misc]  # Ibis ships no types
    """A value that is known only when the statement runs. Ibis' own parameters are written into the text."""

    label: str
    dtype: dt.DataType
    shape = ds.scalar

    @property
    def name(self) -> str:
        """Name by which Ibis calls the value when it becomes a column."""
        return self.label


REWRITTEN = (
    *DuckDBCompiler.lowered_ops,
    *(ops.ArrayFilter, ops.ArrayMap, ops.ArrayPosition, ops.FindInSet, ops.NTile, ops.NthValue, ops.StringFind),
    *(ops.AliasedRelation, ops.DropNull, ops.FillNull, ops.First, ops.Last, ops.ScalarParameter),
)
"""What Ibis rewrites before it writes, and `_PlainCompiler` does not know how to."""
_SELECTIONS = (ops.Project, ops.Filter, ops.Sort, ops.Distinct, ops.DropColumns)
_NAMED_ONCE = (*_SELECTIONS, ops.Aggregate, ops.JoinChain, ops.Set, ops.Limit)
"""What is written before the statement when several parts of it ask it."""
_NOT_ASKING = (ops.Field, ops.CountStar, ops.CountDistinctStar)
"""What names a relation without asking it once more."""


class _ParameterCompiler(DuckDBCompiler):  # type: ignore[misc]  # Ibis ships no types
    """The engine's compiler, which also knows placeholders; what Ibis rewrites first, it does in one pass."""

    __slots__ = ()
    LOWERED_OPS: ClassVar = dict.fromkeys(DuckDBCompiler.lowered_ops)
    rewrites = (*DuckDBCompiler.lowered_ops.values(), *DuckDBCompiler.rewrites)

    def visit_BoundParameter(self, op: BoundParameter, *, label: str, dtype: dt.DataType) -> sge.Expression:
        # The cast tells the planner the type before a value is there.
        typed: sge.Expression = self.cast(sge.Placeholder(this=label), dtype)
        return typed


class _PlainCompiler(_ParameterCompiler):
    """The same for expressions of which nothing is to be rewritten: selections are written from what asks for them."""

    __slots__ = ()

    def translate(self, op: ops.Relation, *, params: Mapping[Any, Any]) -> sge.Expression:
        assert not params
        nodes, asking = Graph.from_bfs(op).toposort()
        numbers = itertools.count()
        results: dict[ops.Node, Any] = {}
        named: list[tuple[sge.Identifier, sge.Expression]] = []

        def alias() -> sge.Identifier:
            return sg.to_identifier(f"t{next(numbers)}", quoted=True)

        for node in nodes:
            parts = {name: _written(part, results) for name, part in zip(node.__argnames__, node.__args__, strict=True)}
            result = self.visit_node(node, **parts)
            if node is not op and isinstance(node, ops.Relation):
                if isinstance(node, _NAMED_ONCE) and _is_asked_again(asking[node]):
                    name = alias()
                    named.append((name, result))
                    result = sge.Table(this=name)
                result = _under(result, alias())
            results[node] = result
        return _with(results[op], named)

    def visit_Alias(self, op: ops.Alias, *, arg: sge.Expression, name: str) -> sge.Expression:
        return arg

    def visit_Project(self, op: ops.Project, *, parent: sge.Expression, values: Mapping[str, Any]) -> sge.Expression:
        chosen = [STAR] if _is_star(op) else self._cleanup_names(values)
        return sg.select(*chosen, copy=False).from_(parent, copy=False)

    def visit_Filter(self, op: ops.Filter, *, parent: sge.Expression, predicates: Sequence[Any]) -> sge.Expression:
        plain: list[sge.Expression] = []
        of_windows: list[sge.Expression] = []
        for asked, written in zip(op.predicates, predicates, strict=True):
            (of_windows if asked.find(ops.WindowFunction, filter=ops.Value) else plain).append(written)
        found = _all_of(parent)
        if plain:
            found = found.where(*plain, copy=False)
        return found.qualify(*of_windows, copy=False) if of_windows else found

    def visit_DropColumns(self, op: ops.DropColumns, *, parent: sge.Expression, **_: Any) -> sge.Expression:
        dropped, left = op.columns_to_drop, op.schema.names
        if len(dropped) < len(left) // 2:
            names = [sg.column(name, quoted=True) for name in sorted(dropped)]
            kept = [sge.Column(this=sge.Star(except_=names), table=sg.to_identifier(parent.alias_or_name, quoted=True))]
        else:
            kept = [sg.column(name, table=parent.alias_or_name, quoted=True) for name in left]
        return sg.select(*kept, copy=False).from_(parent, copy=False)

    def visit_Sort(self, op: ops.Sort, *, parent: sge.Expression, keys: Sequence[Any]) -> sge.Expression:
        return _all_of(parent).order_by(*keys, copy=False)

    def visit_Distinct(self, op: ops.Distinct, *, parent: sge.Expression) -> sge.Expression:
        return _all_of(parent).distinct(copy=False)

    def visit_InValues(self, op: ops.InValues, *, value: Any, options: Sequence[Any]) -> sge.Expression:
        written: sge.Expression = value.isin(*options) if options else sge.false()
        return written

    def visit_WindowFunction(self, op: ops.WindowFunction, **parts: Any) -> sge.Expression:
        written: sge.Expression = super().visit_WindowFunction(op, **parts)
        if isinstance(op.func, ops.RankBase):  # Ibis counts places from zero, the engine from one.
            written = self.binop(sge.Sub, written, sge.convert(1))
        return written


_REWRITING, _PLAIN = _ParameterCompiler(), _PlainCompiler()
_COMPILING = threading.Lock()
"""Held while Ibis' options, which all threads share, are others."""


def tree_of(node: ops.Node) -> tuple[sge.Expression, set[str]]:
    """Return the tree of a statement, and the names of the values that it leaves open."""
    told = node.find((BoundParameter, *REWRITTEN))
    names = {found.label for found in told if isinstance(found, BoundParameter)}
    if all(isinstance(found, BoundParameter) for found in told):
        return _PLAIN.to_sqlglot(node.to_expr()), names
    with _unfused():
        return _REWRITING.to_sqlglot(node.to_expr()), names


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


def _written(part: Any, results: Mapping[ops.Node, Any]) -> Any:
    """Return a part of a node with every node in it as it was written."""
    if isinstance(part, ops.Node):
        return results[part]
    if isinstance(part, (tuple, list)):
        return tuple(_written(one, results) for one in part)
    if isinstance(part, dict):
        return {name: _written(one, results) for name, one in part.items()}
    return part


def _is_star(op: ops.Project) -> bool:
    """Whether a projection takes all columns of its parent, in their order and by their names."""
    return tuple(op.values) == tuple(op.parent.schema) and all(
        type(value) is ops.Field and value.name == name and value.rel == op.parent for name, value in op.values.items()
    )


def _all_of(parent: sge.Expression) -> sge.Select:
    return sg.select(STAR, copy=False).from_(parent, copy=False)


def _is_asked_again(asking: Sequence[ops.Node]) -> bool:
    return sum(not isinstance(node, _NOT_ASKING) for node in asking) > 1


def _under(written: Any, alias: sge.Identifier) -> sge.Expression:
    """Return a relation under a name, for others to ask; what it is made of is shared, not copied."""
    if isinstance(written, sge.Table):
        named: sge.Expression = sge.Table(**{**written.args, "alias": sge.TableAlias(this=alias)})
        return named
    inner = written.this if isinstance(written, sge.Subquery) else written
    return sge.Subquery(this=inner, alias=sge.TableAlias(this=alias))


def _with(written: Any, named: Sequence[tuple[sge.Identifier, sge.Expression]]) -> sge.Expression:
    """Return a whole statement, with what several parts of it ask before it."""
    if isinstance(written, sge.Table):
        written = _all_of(written)
    whole: Any = written.this if isinstance(written, sge.Subquery) else written
    for name, this in named:
        whole = whole.with_(name, as_=this, dialect="duckdb", copy=False)
    statement: sge.Expression = whole
    return statement
