"""What the rows of an import come to: its amount, its days and its masked buyers, asked in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis.expr.types as ir

from zhanggui.collect.loading.column_typing import MASKED_BUYER
from zhanggui.columns import FACTS, ValueKind
from zhanggui.ledger.engine import Transaction
from zhanggui.ledger.schema.facts import date_of

_HEADLINES = ("line_amount_minor", "order_amount_minor", "stated_paid_minor", "requested_minor")


@dataclass(frozen=True, slots=True)
class PartSums:
    """What the rows come to.

    Attributes
    ----------
    headline_minor : int or None
        Sum of the amount that heads the file's equation; None where no row states one.
    first, last : date or None
        Business days that the rows cover.
    n_masked : int
        Rows whose buyer the platform masked.
    currencies : tuple of str
        First and last of the currencies of its amounts, by letter; none where the rows name none.
    """

    headline_minor: int | None = None
    first: date | None = None
    last: date | None = None
    n_masked: int = 0
    currencies: tuple[str, ...] = ()


def headline_of(rows: ir.Table, dataset: str) -> str | None:
    """Return the amount that heads a file's equation; None where the file has no amount."""
    names = (FACTS[dataset].headline,) if dataset in FACTS else _HEADLINES
    return next((name for name in names if name in rows.columns), None)


def sums_of(tx: Transaction, rows: ir.Table, dataset: str) -> PartSums:
    """Return what rows of an input table come to."""
    asked: dict[str, ir.Value] = {}
    headline = headline_of(rows, dataset)
    if headline is not None:
        asked["headline_minor"] = rows[headline].sum()
        if "currency" in rows.columns:
            asked |= {"least": rows.currency.min(), "most": rows.currency.max()}
    day = next((name for name in _period_days(dataset) if name in rows.columns), None)
    if day is not None:
        asked |= {"first": rows[day].min(), "last": rows[day].max()}
    if MASKED_BUYER in rows.columns:
        asked["n_masked"] = rows[MASKED_BUYER].sum()
    if not asked:
        return PartSums()
    found: dict[str, Any] = tx.query(rows.aggregate(**asked)).to_pylist()[0]
    headline_minor = found.get("headline_minor")
    return PartSums(
        headline_minor=None if headline_minor is None else int(headline_minor),
        first=found.get("first"),
        last=found.get("last"),
        n_masked=int(found.get("n_masked") or 0),
        currencies=tuple(found[end] for end in ("least", "most") if found.get(end)),
    )


def _period_days(dataset: str) -> tuple[str, ...]:
    """Return the columns that may say which days a file covers, best first."""
    if dataset not in FACTS:
        return ("created_date",)
    columns = FACTS[dataset].columns
    days = (column.held_as for column in columns if column.kind is ValueKind.DAY)
    return (*days, *(date_of(column) for column in columns if column.kind is ValueKind.TIME))
