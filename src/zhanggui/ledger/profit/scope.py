"""What a derivation of profit works on: some stores, within one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine import Ledger, Transaction, built_once
from zhanggui.ledger.schema.vocabulary import COMPANY

ORDER = ["shop_id", "order_id"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Some stores of a ledger, read inside a transaction.

    Attributes
    ----------
    tx : Transaction
        The transaction.
    ledger : Ledger
        Gives declared tables.
    shops : ibis Table
        ``shop_id`` of the stores.
    imported : frozenset of str
        Input tables of which the ledger holds any import: what was never imported is not asked for.
    allocations : frozenset of str
        By what the costs of the ledger are shared.
    held : list
        What was staged, in order.
    """

    tx: Transaction
    ledger: Ledger
    shops: ir.Table
    imported: frozenset[str]
    allocations: frozenset[str]
    held: list[tuple[str, ir.Table]] = field(default_factory=list)

    @classmethod
    def of(cls, tx: Transaction, ledger: Ledger, stores: Sequence[int]) -> Scope:
        """Return the scope of some stores."""
        shops = tx.stage("profit_shops", pa.table({"shop_id": pa.array(stores, pa.int32())}))
        imported = _values(tx, ledger.table("source_batch"), "dataset")
        allocations = _values(tx, ledger.table("cost_entry"), "allocation") if "costs" in imported else frozenset[str]()
        return cls(tx, ledger, shops, imported, allocations)

    def rows(self, table: str) -> ir.Table:
        """Return the rows of a table that belong to the stores."""
        return self.ledger.table(table).semi_join(self.shops, "shop_id")

    def company_rows(self, table: str) -> ir.Table:
        """Return the rows of a table that belong to the company itself."""
        stores = self.ledger.table("store")
        return self.ledger.table(table).semi_join(stores.filter(stores.platform == COMPANY), "shop_id")

    def rows_of_orders(self, table: str) -> ir.Table:
        """Return the rows of a fact that name an order, under the store whose order it is.

        A row of the company's names the order only; an id that several stores use names none of them.
        """
        held = self.ledger.table(table)
        held = held.filter(held.order_id.notnull())
        companies = self.company_rows("store").shop_id
        headers = self.ledger.table("order_header").select(*ORDER)
        headers = headers.semi_join(held.filter(held.shop_id.isin(companies)), "order_id")
        homes = headers.group_by("order_id").aggregate(home=headers.shop_id.min(), n_homes=headers.shop_id.nunique())
        rows = beside(held, homes.filter(homes.n_homes == 1).drop("n_homes"), ["order_id"])
        rows = rows.mutate(shop_id=rows.shop_id.isin(companies).ifelse(rows.home, rows.shop_id)).drop("home")
        return rows.filter(rows.shop_id.notnull())

    def stage(self, name: str, rows: ir.Table) -> ir.Table:
        """Hold `rows` until the transaction ends."""
        self.held.append((name, rows))
        return self.tx.stage(f"profit_{name}", rows)


def _values(tx: Transaction, rows: ir.Table, column: str) -> frozenset[str]:
    """Return the values of a column."""
    return frozenset(tx.query(rows.select(column).distinct()).column(column).to_pylist())


def beside(rows: ir.Table, others: ir.Table, on: Sequence[str]) -> ir.Table:
    """Return `rows` with the columns of the one of `others`, at most, that agrees in the columns `on`."""
    return _beside(rows, others, tuple(on))


@built_once
def _beside(rows: ir.Table, others: ir.Table, on: tuple[str, ...]) -> ir.Table:
    joined = rows.left_join(others, on)
    return joined.drop([f"{name}_right" for name in on])


def total(amounts: ir.Value, where: ir.BooleanValue | None = None) -> ir.Value:
    """Return the sum of whole amounts as a whole amount; the engine answers 128 bits, whatever the expression says."""
    return amounts.sum(where=where).cast("decimal(38, 0)").cast("int64")
