"""The one vocabulary of input columns: the canonical names that formats and maps translate source headers into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from zhanggui.columns.company_facts import MARKED_ORDERS
from zhanggui.columns.facts import FACTS, is_of_company
from zhanggui.columns.model import InputColumn, InputTable, PersonalWord, ValueKind
from zhanggui.columns.sales import SALES_COLUMNS, SALES_REQUIRED, SALES_TABLES

__all__ = [
    "FACTS",
    "INPUT_COLUMNS",
    "INPUT_TABLES",
    "MARKED_ORDERS",
    "SALES_TABLES",
    "InputColumn",
    "InputTable",
    "PersonalWord",
    "ValueKind",
    "columns_of",
    "is_of_company",
    "required_columns",
]

INPUT_TABLES: tuple[InputTable, ...] = (*SALES_TABLES, *FACTS)
"""Tables that a file may be loaded as."""


def _vocabulary() -> Mapping[str, InputColumn]:
    found = {column.name: column for column in SALES_COLUMNS}
    for fact in FACTS.values():
        for column in fact.columns:
            held = found.get(column.name)
            if held is None:
                found[column.name] = InputColumn(column.name, column.kind, column.label, (fact.name,), column.personal)
            else:
                found[column.name] = replace(held, tables=(*held.tables, fact.name))
    everywhere = ("modified_at", "currency", "platform", "shop", "store_name", "source_shop_id")
    for name in everywhere:
        found[name] = replace(found[name], tables=INPUT_TABLES)
    return MappingProxyType(found)


INPUT_COLUMNS: Mapping[str, InputColumn] = _vocabulary()
"""Every canonical input column by name."""

_REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {**SALES_REQUIRED, **{name: fact.required for name, fact in FACTS.items()}}
)


def required_columns(table: str) -> tuple[tuple[str, ...], ...]:
    """Return what a file must have to be loaded as `table`.

    Parameters
    ----------
    table : str
        One of :data:`INPUT_TABLES`.

    Returns
    -------
    tuple of tuple of str
        Every group must be met; any one name of a group meets it.

    Raises
    ------
    KeyError
        There is no such input table.

    Examples
    --------
    >>> required_columns("refunds")
    (('refund_id', 'order_id'), ('refund_amount',))
    """
    return _REQUIRED[table]


def columns_of(table: str) -> tuple[InputColumn, ...]:
    """Return the columns that the input table takes, in the order of the vocabulary.

    Examples
    --------
    >>> [column.name for column in columns_of("products")][:3]
    ['modified_at', 'product_id', 'product_title']
    """
    return tuple(column for column in INPUT_COLUMNS.values() if table in column.tables)
