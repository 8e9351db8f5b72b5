"""Rows of ``profit_entry``, made from rows of the facts behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "entry_key": "string",
        "day": "date",
        "account": "string",
        "detail": "string",
        "amount_minor": "int64",
        "product_id": "string",
        "channel": "string",
        "campaign_id": "string",
        "creator_name": "string",
        "evidence": "string",
        "rule": "string",
        "source_table": "string",
        "source_key": "string",
        "currency": "string",
        "batch_id": "int32",
        "row_no": "int64",
    }
)
_AS_IN_FACT = ("day", "product_id", "campaign_id", "creator_name", "currency", "batch_id", "row_no")


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries come from, and by which rule they stand where.

    Attributes
    ----------
    table : str
        Table of the rows behind them.
    account : str
        What they are.
    rule : str
        Name of the rule (`PROFIT_RULES`).
    evidence : str
        ``counted``, or ``estimated`` where the rule shares something out.
    """

    table: str
    account: str
    rule: str
    evidence: str = "counted"


def entries(rows: ir.Table, source: Source, amount: ir.Value, **given: ir.Value) -> ir.Table:
    """Return rows of a fact as entries.

    Parameters
    ----------
    rows : ibis Table
        With ``shop_id``, ``fact_key`` and ``day``; other columns of an entry are taken where it has them.
    source : Source
    amount : ibis Value
        Signed: what adds to profit is positive.
    **given : ibis Value
        Columns of the entry that are not the fact's own; ``key`` is what follows the table in its key.
    """
    key = given.pop("key", rows.fact_key)
    values: dict[str, ir.Value] = {
        **{name: rows[name] for name in _AS_IN_FACT if name in rows.columns},
        "entry_key": ibis.literal(f"{source.table}:") + key,
        "account": ibis.literal(source.account),
        "amount_minor": amount,
        "evidence": ibis.literal(source.evidence),
        "rule": ibis.literal(source.rule),
        "source_table": ibis.literal(source.table),
        "source_key": rows.fact_key,
        **given,
    }
    made = {name: values[name].cast(type_) if name in values else ibis.null(type_) for name, type_ in _COLUMNS.items()}
    return rows.select("shop_id", **made)
