"""Which files fill which table: what a check depends on, and which sources stand behind a number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from zhanggui.columns import FACTS, INPUT_TABLES
from zhanggui.ledger.derived import Derivation
from zhanggui.ledger.quality.patterns import DAY_VOLUMES
from zhanggui.ledger.stock.balance import STOCK_BALANCES
from zhanggui.ledger.stock.days import STOCK_DAYS

_SALES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "order_header": ("orders", "order_lines"),
        "order_line": ("order_lines", "orders"),
        "refund": ("refunds", "orders", "order_lines"),
        "adjustment": ("order_lines",),
        "product": ("products", "order_lines"),
        "sku": ("products", "order_lines"),
        "customer": ("customers", "orders", "order_lines"),
        "event": ("events",),
        "session": ("events",),
        "ad_result": ("ad_spend",),
        "product_class": ("order_lines",),
        "purchase_day": ("orders", "order_lines"),
        "cohort": ("orders", "order_lines"),
        "cart": ("events",),
        "journey": ("events",),
        "member_day": ("members",),
        "member_count": ("members",),
        "stock_cover": ("stock_movements",),
        "stock_policy": ("purchase_orders", "suppliers", "stock_movements"),
        "goods_day": ("order_lines", "stock_movements", "stock_snapshots"),
    }
)
_VISIT = frozenset({"session", "event"})
_FOLLOWS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "order_line": frozenset({"order_header"}),
        "refund": frozenset({"order_header"}),
        "session": frozenset({"event"}),
        "cart": _VISIT,
        "journey": _VISIT,
    }
)
_OF_SALES: Mapping[str, str] = MappingProxyType(
    {
        "orders": "order_header",
        "order_lines": "order_line",
        "refunds": "refund",
        "products": "product",
        "customers": "customer",
        "events": "event",
    }
)


def datasets_of(table: str) -> tuple[str, ...]:
    """Return the input tables whose files fill a ledger table; all of them for the list of imports.

    Examples
    --------
    >>> datasets_of("settlement_entry"), datasets_of("order_header")
    (('settlements',), ('orders', 'order_lines'))
    """
    if table in _SALES:
        return _SALES[table]
    for derivation in (DAY_VOLUMES, STOCK_BALANCES, STOCK_DAYS):
        if table in derivation.tables:
            return derivation.reads
    return tuple(fact.name for fact in FACTS.values() if fact.table == table) or (*INPUT_TABLES, "events")


def table_of(dataset: str) -> str:
    """Return the ledger table that files of a kind fill first.

    Examples
    --------
    >>> table_of("order_lines"), table_of("settlements")
    ('order_line', 'settlement_entry')
    """
    return _OF_SALES.get(dataset) or FACTS[dataset].table


def sources_of(table: str, derivations: tuple[Derivation, ...] = ()) -> frozenset[str]:
    """Return the source tables that a ledger table stands on, itself among them.

    Parameters
    ----------
    table : str
        A ledger table, such as a metric is computed from.
    derivations : tuple of Derivation
        How derived tables follow from others.
    """
    found = {table}
    # The day of a line or a refund, and whether it counts, follow from its order; a visit is made of events.
    found |= _FOLLOWS.get(table, frozenset())
    for derivation in derivations:
        if table in derivation.tables:
            found |= {table_of(dataset) for dataset in derivation.reads if dataset in _OF_SALES or dataset in FACTS}
            for before in derivation.after:
                found |= sources_of(before.tables[0], derivations)
    return frozenset(found)


def told_until(batches: ir.Table) -> ir.DateValue:
    """Return the last day that each import can tell of: a day after it was made, for clocks differ.

    A file that says it was made after all that it tells of is believed. Of another the age may be no more than its own
    newest row, which proves nothing, so it was made when it was loaded at the latest.
    """
    says_when = (batches.version_at.date() > batches.period_end).fill_null(False)
    made = ibis.ifelse(says_when, batches.version_at, ibis.least(batches.version_at, batches.loaded_at))
    return made.date() + ibis.interval(days=1)
