"""Expressions that are built once: files of one kind ask the same questions of tables of the same columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import ibis.expr.operations as ops
import ibis.expr.types as ir

_MOST_BUILT = 256
"""Sets of arguments that are remembered of each builder."""

_Given = ParamSpec("_Given")
_Built = TypeVar("_Built")


def built_once(build: Callable[_Given, _Built]) -> Callable[_Given, _Built]:
    """Remember what a builder of expressions made of equal arguments.

    Building an expression over wide tables takes longer than running it over a small file. What is made of the same
    expressions is the same object, by which its statement is found at once.

    Parameters
    ----------
    build : callable
        A pure function of expressions and hashable values, given by position.

    Examples
    --------
    >>> import ibis
    >>> @built_once
    ... def doubled(rows: ir.Table) -> ir.Table:
    ...     return rows.mutate(double=rows.n * 2)
    >>> one, other = (doubled(ibis.table({"n": "int64"}, name="rows")) for _ in range(2))
    >>> one is other
    True
    """

    @lru_cache(maxsize=_MOST_BUILT)
    def made(*keys: Any) -> _Built:
        given = (key.to_expr() if isinstance(key, ops.Node) else key for key in keys)
        return build(*given)  # type: ignore[call-arg]  # the same arguments, as expressions again

    @wraps(build)
    def remembered(*given: _Given.args, **named: _Given.kwargs) -> _Built:
        if named:
            raise TypeError("a builder of expressions is given its arguments by position")
        return made(*(value.op() if isinstance(value, ir.Expr) else value for value in given))

    return remembered
