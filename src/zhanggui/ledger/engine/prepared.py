"""From an Ibis expression to a statement of the embedded engine, with parameters bound by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Prepared:
    """A compiled question: its statement and the names of its parameters."""

    sql: str
    names: tuple[str, ...]

    def bound(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return the values of this question's own parameters; raises KeyError when one is missing."""
        return {name: values[name] for name in self.names}


def compile_expression(expression: ir.Expr) -> str:
    """Return the statement that answers `expression`."""
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def compile_with_parameters(expression: ir.Expr, params: Mapping[str, ir.Scalar]) -> Prepared:
    """Compile `expression` with its scalar parameters left open, to be bound by name."""
    if not params:
        return Prepared(compile_expression(expression), ())
    raise NotImplementedError
