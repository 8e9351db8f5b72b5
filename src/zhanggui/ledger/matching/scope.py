"""The stores that a projection is made for, and tables held between its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger, Transaction

ORDER = ("shop_id", "order_id")


@dataclass(frozen=True, slots=True)
class Scope:
    """Some stores of a ledger, inside a transaction.

    Attributes
    ----------
    tx : Transaction
    ledger : Ledger
    stores : tuple of int
        The stores whose rows are made.
    """

    tx: Transaction
    ledger: Ledger
    stores: tuple[int, ...]

    def rows(self, table: str) -> ir.Table:
        """Return the rows that a table holds of the stores."""
        held = self.ledger.table(table)
        return held.filter(held.shop_id.isin(self.stores))

    def stage(self, name: str, rows: ir.Table) -> ir.Table:
        """Hold rows until the transaction ends, so that what is built on them is built once."""
        return self.tx.stage(f"matching_{name}", rows)


def beside(left: ir.Table, right: ir.Table, on: Sequence[str]) -> ir.Table:
    """Return `left` with the columns of the rows of `right` that have the same keys, null where there is none."""
    joined = left.left_join(right, list(on), rname="{name}_beside")
    return joined.drop([f"{name}_beside" for name in on])
