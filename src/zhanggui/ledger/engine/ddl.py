"""From a declared table to what the embedded engine creates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

import ibis.expr.datatypes as dt
import pyarrow as pa

from zhanggui.ledger.schema import ColumnType, Table

QUANTITY_SCALE = 3
RATIO_SCALE = 6

_SQL: Mapping[ColumnType, str] = MappingProxyType(
    {
        ColumnType.TEXT: "VARCHAR",
        ColumnType.INTEGER: "INTEGER",
        ColumnType.BIGINT: "BIGINT",
        ColumnType.HASH: "UBIGINT",
        ColumnType.QUANTITY: f"DECIMAL(18, {QUANTITY_SCALE})",
        ColumnType.RATIO: f"DECIMAL(18, {RATIO_SCALE})",
        ColumnType.BOOLEAN: "BOOLEAN",
        ColumnType.DATE: "DATE",
        ColumnType.TIMESTAMP: "TIMESTAMP",
        ColumnType.BLOB: "BLOB",
    }
)

_IBIS: Mapping[ColumnType, dt.DataType] = MappingProxyType(
    {
        ColumnType.TEXT: dt.string,
        ColumnType.INTEGER: dt.int32,
        ColumnType.BIGINT: dt.int64,
        ColumnType.HASH: dt.uint64,
        ColumnType.QUANTITY: dt.Decimal(18, QUANTITY_SCALE),
        ColumnType.RATIO: dt.Decimal(18, RATIO_SCALE),
        ColumnType.BOOLEAN: dt.boolean,
        ColumnType.DATE: dt.date,
        ColumnType.TIMESTAMP: dt.Timestamp(scale=6),
        ColumnType.BLOB: dt.binary,
    }
)

_ARROW: Mapping[ColumnType, pa.DataType] = MappingProxyType(
    {
        ColumnType.TEXT: pa.string(),
        ColumnType.INTEGER: pa.int32(),
        ColumnType.BIGINT: pa.int64(),
        ColumnType.HASH: pa.uint64(),
        ColumnType.QUANTITY: pa.decimal128(18, QUANTITY_SCALE),
        ColumnType.RATIO: pa.decimal128(18, RATIO_SCALE),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.DATE: pa.date32(),
        ColumnType.TIMESTAMP: pa.timestamp("us"),
        ColumnType.BLOB: pa.binary(),
    }
)


def quoted(name: str) -> str:
    """Return `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def stored_name(table: Table) -> str:
    """Return the name under which the rows of `table` are stored; a sparse one is shown by a view of its name."""
    return f"{table.name}_stored" if table.is_sparse else table.name


def create_statement(table: Table) -> str:
    """Return the statement that creates `table`, a sparse one with the columns that every row fills.

    Examples
    --------
    >>> from zhanggui.ledger.schema import TABLES
    >>> print(create_statement(TABLES["raw_record"]))
    CREATE TABLE "raw_record" (
      "batch_id" INTEGER NOT NULL,
      "row_no" BIGINT NOT NULL,
      "row_hash" UBIGINT NOT NULL,
      "row_class" VARCHAR NOT NULL
    )
    """
    texts = [name for name in table.key if table.column(name).type is ColumnType.TEXT]
    columns = ",\n".join(
        f"  {quoted(column.name)} {_SQL[column.type]}"
        + ("" if column.nullable else " NOT NULL")
        # Ids that hardly repeat gain nothing from a dictionary, and trying one costs as much as writing them.
        + (" USING COMPRESSION uncompressed" if texts == [column.name] else "")
        for column in table.columns
        if not (table.is_sparse and column.nullable)
    )
    return f"CREATE TABLE {quoted(stored_name(table))} (\n{columns}\n)"


def widen_statement(table: Table, name: str) -> str:
    """Return the statement that makes room for a column of a sparse table."""
    return f"ALTER TABLE {quoted(stored_name(table))} ADD COLUMN {quoted(name)} {_SQL[table.column(name).type]}"


def sparse_view_statement(table: Table, stored: Collection[str]) -> str:
    """Return the statement that shows a sparse table with all its columns, those that have no room yet as null."""
    columns = ", ".join(
        quoted(column.name) if column.name in stored else f"CAST(NULL AS {_SQL[column.type]}) AS {quoted(column.name)}"
        for column in table.columns
    )
    return f"CREATE OR REPLACE VIEW {quoted(table.name)} AS SELECT {columns} FROM {quoted(stored_name(table))}"


def view_statement(table: Table) -> str:
    """Return the statement that creates `table` as a view of the current rows of the table that stores it."""
    columns = ", ".join(quoted(name) for name in table.column_names)
    return f"CREATE VIEW {quoted(table.name)} AS SELECT {columns} FROM {quoted(table.view_of or '')} WHERE is_current"


def ibis_schema(table: Table) -> dict[str, dt.DataType]:
    """Return the Ibis type of each column of `table`."""
    return {column.name: _IBIS[column.type](nullable=column.nullable) for column in table.columns}


def arrow_schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of `table`."""
    return pa.schema([pa.field(column.name, _ARROW[column.type]) for column in table.columns])
