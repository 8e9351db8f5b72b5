"""The reference page of the ledger's tables; ``python -m zhanggui.ledger.schema.documentation`` prints it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from zhanggui.ledger.schema.model import Column, Table
from zhanggui.ledger.schema.observations import FACT_TABLES, OBSERVATIONS
from zhanggui.ledger.schema.tables import TABLES

_HEAD = """\
# Tables of the ledger

This page is generated from `zhanggui.ledger.schema`; change the declarations, then run `make docs`.

Money is a whole number of minor units with its currency beside it. Times are UTC; a `_date` is the store's own business
day. The column *personal* is the class that [privacy](../concepts/privacy.md) explains.
"""
_CANONICAL = """
## Canonical tables

What metrics are computed from.
"""
_FACTS = """
## Facts

Rows that are kept as they were said; of several about the same thing the newest counts. `fact_key` identifies a row
within its store.
"""
_OBSERVED = """
## Observations

What the files said, one row per object and layout. The canonical tables are derived from these, which is why the order
of loading cannot matter ([decision 0002](../adr/0002-the-ledger-is-a-projection-of-observations.md)).
"""


def tables_page() -> str:
    """Return the whole page as Markdown."""
    canonical = _CANONICAL + _sections(TABLES.values())
    facts = _FACTS + _sections(FACT_TABLES.values())
    return _HEAD + canonical + facts + _OBSERVED + _sections(OBSERVATIONS.values())


def _sections(tables: Iterable[Table]) -> str:
    return "".join(_section(table) for table in tables)


def _section(table: Table) -> str:
    facts = [
        f"- one row: {table.grain}",
        f"- key: {', '.join(f'`{name}`' for name in table.key)}",
        f"- filled by: {table.source}",
        f"- kept: {table.retention.value}",
    ]
    facts += [f"- `{column}` refers to `{target}`" for column, target in (table.references or {}).items()]
    head = "| column | type | unit | may be empty | personal | what it holds |\n|---|---|---|---|---|---|"
    rows = "\n".join(_row(column) for column in table.columns)
    return f"\n### `{table.name}`\n\n" + "\n".join(facts) + f"\n\n{head}\n{rows}\n"


def _row(column: Column) -> str:
    note = column.note
    if column.allowed:
        note += " One of " + ", ".join(f"`{word}`" for word in column.allowed) + "."
    cells = (
        f"`{column.name}`",
        column.type.value,
        column.unit or "",
        "yes" if column.nullable else "no",
        column.personal.value,
        note,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(tables_page())
