"""What a check of data quality is: data, and one expression that selects what is not as it should be."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.engine import ibis_schema
from zhanggui.ledger.schema.observations import ALL_TABLES

Broken = Literal["warning", "failed"]
Measure = Literal["count", "share", "money", "units"]


class Aspect(StrEnum):
    """The side of quality that a check looks at (catalogue C-QUAL-02)."""

    COMPLETENESS = "completeness"
    UNIQUENESS = "uniqueness"
    VALIDITY = "validity"
    FRESHNESS = "freshness"
    VOLUME = "volume"
    LINKS = "links"
    RECONCILIATION = "reconciliation"


ASPECT_NAMES: Mapping[Aspect, Text] = MappingProxyType(
    {
        Aspect.COMPLETENESS: Text("完整", "Completeness"),
        Aspect.UNIQUENESS: Text("唯一", "Uniqueness"),
        Aspect.VALIDITY: Text("有效", "Validity"),
        Aspect.FRESHNESS: Text("及时", "Freshness"),
        Aspect.VOLUME: Text("数量", "Volume"),
        Aspect.LINKS: Text("关联", "Links"),
        Aspect.RECONCILIATION: Text("对账", "Reconciliation"),
    }
)


@cache
def _declared(table: str) -> ir.Table:
    return ibis.table(ibis_schema(ALL_TABLES[table]), name=table)


class Rows:
    """The ledger's tables as a check sees them: the rows of the stores at hand.

    Parameters
    ----------
    stores : ibis array of int
        Numbers of those stores.
    """

    def __init__(self, stores: ir.ArrayValue) -> None:
        self._stores = stores

    def __call__(self, table: str, *columns: str) -> ir.Table:
        """Return these columns, and the store, of the rows of the stores at hand."""
        rows = self.anywhere(table, "shop_id", *columns)
        return rows.filter(self._stores.contains(rows.shop_id))

    def anywhere(self, table: str, *columns: str) -> ir.Table:
        """Return these columns of the rows of all stores, for what belongs to the company as a whole."""
        # Columns that nothing asks for would only lengthen the statement.
        return _declared(table).select(*dict.fromkeys(columns))


Findings = Callable[[Rows], ir.Table]
"""Selects what is not as it should be; its columns are those of :func:`finding`."""


class Shared(ABC):
    """One way of looking that several checks share, each with its own table: one statement answers them all."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def together(cls, rows: Rows, members: Mapping[str, Any]) -> ir.Table:
        """Return the findings of these checks, by their names, with the column ``check_name``."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one source table. Adding one is adding an entry to the catalogue.

    Attributes
    ----------
    name : str
        Stable name, ``<what is loaded>.<what is looked at>``.
    label : Text
        What a shopkeeper calls it.
    promise : Text
        What must hold.
    aspect : Aspect
        The side of quality.
    table : str
        Source table that is in doubt when the check fails; every metric that stands on it is marked.
    broken : {"warning", "failed"}
        What a finding means.
    said : Text
        One finding in words; may hold ``{day} {subject} {n} {measured} {expected}``.
    next_step : Text
        What a person does about it.
    findings : callable, or Shared
        The expression.
    measure : {"count", "share", "money", "units"}
        Unit of measured and expected.
    also_reads : tuple of str
        Further tables whose imports may change the answer.
    version : int
        Raised when the same ledger would give another answer.
    """

    name: str
    label: Text
    promise: Text
    aspect: Aspect
    table: str
    broken: Broken
    said: Text
    next_step: Text
    findings: Findings | Shared
    measure: Measure = "count"
    also_reads: tuple[str, ...] = ()
    version: int = 1

    @property
    def reads(self) -> tuple[str, ...]:
        """Every table that the answer depends on."""
        return (self.table, *self.also_reads)


FINDING_COLUMNS = ("day", "last_day", "subject", "n_rows", "measured", "expected", "money_minor", "currency")
"""What a finding may say; numbers of any kind, which are rounded when they are written down."""


def finding(rows: ir.Table, **columns: ir.Value | str | float | None) -> ir.Table:
    """Return rows as findings.

    Parameters
    ----------
    rows : ibis Table
        One row per finding, with ``shop_id``, and ``check_name`` where several checks are answered together.
    **columns
        Values by the names of ``FINDING_COLUMNS``. One that is not named is the column of `rows` of that name, and
        empty where there is none; ``n_rows`` is then 1.

    Raises
    ------
    ValueError
        A finding has no such column.
    """
    unknown = columns.keys() - set(FINDING_COLUMNS)
    if unknown:
        raise ValueError(f"a finding has no column {', '.join(sorted(unknown))}")
    own = [name for name in FINDING_COLUMNS if name in rows.columns and name not in columns]
    keys = [name for name in ("check_name", "shop_id") if name in rows.columns]
    return rows.select(*keys, *own, **{name: value for name, value in columns.items() if value is not None})
