"""The stores that a projection is made for, and tables held between its steps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger, Transaction, bound_value

ORDER = ("shop_id", "order_id")

_VALUE = "matching_stores"
_STORES = cast(ir.ArrayValue, bound_value(_VALUE, "string").split(",").cast("array<int32>"))
"""Which stores is said when a statement runs, so that the statements of a match are the same for all."""

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class _Plan:
    """Tables to hold one after the other, and what is made of them."""

    steps: tuple[tuple[str, ir.Table], ...]
    made: Any


_PLANS: dict[Hashable, _Plan] = {}


@dataclass(frozen=True, slots=True)
class Scope:
    """Some stores of a ledger, inside a transaction.

    Attributes
    ----------
    tx : Transaction
    ledger : Ledger
    steps : list
        The tables that were held so far, by name.
    """

    tx: Transaction
    ledger: Ledger
    steps: list[tuple[str, ir.Table]] = field(default_factory=list)

    def of(self, stores: Sequence[int]) -> Scope:
        """Say whose rows are meant from here on."""
        self.tx.bind(**{_VALUE: ",".join(map(str, stores))})
        return self

    def rows(self, table: str) -> ir.Table:
        """Return the rows that a table holds of the stores."""
        held = self.ledger.table(table)
        return held.filter(_STORES.contains(held.shop_id))

    def stage(self, name: str, rows: ir.Table) -> ir.Table:
        """Hold rows until the transaction ends, so that what is built on them is built once."""
        self.steps.append((f"matching_{name}", rows))
        return self.tx.stage(f"matching_{name}", rows)

    def planned(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what `make` returns; the second time only the tables are held anew that it held the first time.

        Its statements have to be the same under the same key: writing them down takes longer than running them over a
        small store.
        """
        plan = _PLANS.get(key)
        if plan is None:
            begin = len(self.steps)
            made = make()
            _PLANS[key] = _Plan(tuple(self.steps[begin:]), made)
            return made
        for name, rows in plan.steps:
            self.tx.stage(name, rows)
        return cast(_Made, plan.made)


def beside(left: ir.Table, right: ir.Table, on: Sequence[str]) -> ir.Table:
    """Return `left` with the columns of the rows of `right` that have the same keys, null where there is none."""
    joined = left.left_join(right, list(on), rname="{name}_beside")
    return joined.drop([f"{name}_beside" for name in on])
