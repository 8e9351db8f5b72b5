"""A question about the match: which stores, which days; and how its answers are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from zhanggui.ledger.engine import Ledger, bound_value
from zhanggui.money import currency_exponent

JsonRow = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is reconciled.

    Attributes
    ----------
    ledger : Ledger
        Open, its derived tables in step.
    stores : tuple of int
        Stores to look at.
    date_from, date_to : date, optional
        First and last business day: of payment where orders are meant, of booking where lines are.
    n_listed : int
        Rows that each list shows; its counts and sums are complete.
    """

    ledger: Ledger
    stores: tuple[int, ...]
    date_from: date | None = None
    date_to: date | None = None
    n_listed: int = 100

    def rows(self, table: str) -> ir.Table:
        """Return the rows that a table holds of the stores."""
        held = self.ledger.table(table)
        return held.filter(held.shop_id.isin(self.stores))

    def within(self, rows: ir.Table, day: ir.Value) -> ir.Table:
        """Return the rows whose `day` lies in the period."""
        if self.date_from is not None:
            rows = rows.filter(day >= bound_value("date_from", "date"))
        if self.date_to is not None:
            rows = rows.filter(day <= bound_value("date_to", "date"))
        return rows

    def answer(self, expression: ir.Table) -> list[dict[str, object]]:
        """Return the rows that an expression answers."""
        values = {"date_from": self.date_from, "date_to": self.date_to}
        return list(self.ledger.run(self.ledger.prepare(expression, {}), values).to_pylist())


def major(minor: object, currency: object) -> float:
    """Return an amount in minor units as a number in major units.

    Examples
    --------
    >>> major(123456, "CNY"), major(500, "JPY"), major(None, "CNY")
    (1234.56, 500.0, 0.0)
    """
    return float(whole(minor) / 10 ** currency_exponent(str(currency)))


def whole(value: object) -> int:
    """Return a count or an amount in minor units, 0 where there is none."""
    return 0 if value is None else int(str(value))


def day_text(value: object) -> str | None:
    """Return a day as text, None where there is none."""
    return value.isoformat() if isinstance(value, date) else None
