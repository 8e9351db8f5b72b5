"""What is written to the ledger together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine.ddl import quoted, sparse_view_statement, stored_name, widen_statement
from zhanggui.ledger.engine.handing_over import RowsOnce
from zhanggui.ledger.engine.kept_statements import KeptStatements
from zhanggui.ledger.engine.prepared import Prepared, compile_expression
from zhanggui.ledger.engine.tables import shape_of, staged_table
from zhanggui.ledger.engine.touched import Touched, day_columns, print_statements
from zhanggui.ledger.schema import Table
from zhanggui.ledger.schema.observations import ALL_TABLES


class Transaction:
    """All or nothing: what is written between begin and commit, with tables staged for it alone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, kept: KeptStatements | None = None) -> None:
        self._connection = connection
        self._kept = kept
        self._staged: list[str] = []
        self._sources = 0
        self._values: dict[str, object] = {}
        self._touched = Touched()
        self._room: dict[str, set[str]] = {}

    def bind(self, **values: object) -> None:
        """Say what the open values of expressions are from here on (`bound_value`)."""
        self._values |= values

    def insert(self, table: str, rows: ir.Table | pa.Table) -> int:
        """Append `rows`, matched by column name; columns that `rows` lacks become null. Return their number."""
        self._touched.inserted.add(table)
        return self._append(table, rows)

    def _append(self, table: str, rows: ir.Table | pa.Table) -> int:
        names = rows.columns if isinstance(rows, ir.Table) else tuple(rows.schema.names)
        with self._source(rows) as source:
            names = self._stored_part(table, names, source)
            columns = ", ".join(quoted(name) for name in names)
            return _changed(self._run(f"INSERT INTO {_stored(table)} ({columns}) SELECT {columns} FROM", source))

    def room(self, table: str) -> frozenset[str]:
        """Return the columns of a table that have room; those of a sparse table that no row fills have none."""
        return frozenset(self._stored_columns(ALL_TABLES[table]))

    def widen(self, table: str, columns: Iterable[str]) -> None:
        """Make room for columns of a sparse table.

        Inserting rows makes the room that they need; but the engine adds no column to a table from which this
        transaction has deleted, so where rows are replaced the columns of the new ones are announced first.
        """
        declared = ALL_TABLES[table]
        held = self._stored_columns(declared)
        missing = sorted(set(columns) - held)
        for name in missing:
            self._connection.execute(widen_statement(declared, name))
        if missing:
            held |= set(missing)
            self._connection.execute(sparse_view_statement(declared, held))

    def delete(self, table: str, keys: ir.Table | pa.Table, *, on: Sequence[str]) -> int:
        """Delete the rows of `table` whose `on` columns equal a row of `keys`. Return their number."""
        told = ", ".join(f"t.{quoted(name)}" for name in self._day_columns(table))
        after = f"k WHERE {_match(on)}{' RETURNING ' if told else ''}{told}"
        with self._source(keys) as source:
            gone = self._run(f"DELETE FROM {_stored(table)} t USING", source, after)
            if not told:
                return _changed(gone)
            days = gone.to_arrow_table()
        for column in days.columns:
            self._touched.add(table, column.unique().to_pylist())
        return int(days.num_rows)

    def replace(self, table: str, rows: ir.Table, keys: ir.Table, *, on: Sequence[str]) -> None:
        """Put `rows` in the place of those whose `on` columns equal a row of `keys`.

        Days on which both are the same do not count as changed, so tables that are made anew as a whole may be.
        """
        before = self._prints(table, keys, on)
        with self._source(keys) as source:
            self._run(f"DELETE FROM {_stored(table)} t USING", source, f"k WHERE {_match(on)}")
        self._append(table, rows)
        after = self._prints(table, keys, on)
        self._touched.add(table, (day for _, day, *_ in before ^ after))

    def _prints(self, table: str, keys: ir.Table, on: Sequence[str]) -> set[tuple[Any, ...]]:
        """Return of each day of these rows how many there are and a digest of them, by the column that holds it."""
        declared = ALL_TABLES[table]
        columns = sorted(self._stored_columns(declared))
        found: set[tuple[Any, ...]] = set()
        with self._source(keys) as source:
            matching = f"SEMI JOIN {source.sql} k ON {_match(on)}"
            for place, statement in enumerate(print_statements(declared, columns, matching)):
                rows = self._connection.execute(statement, source.bound(self._values)).fetchall()
                found.update((place, *row) for row in rows)
        return found

    def _day_columns(self, table: str) -> tuple[str, ...]:
        """Return the columns of a declared table that hold days and have room."""
        columns = day_columns(table)
        if columns and ALL_TABLES[table].is_sparse:
            stored = self._stored_columns(ALL_TABLES[table])
            return tuple(name for name in columns if name in stored)
        return columns

    def stage(self, name: str, rows: ir.Table | pa.Table | pa.RecordBatchReader) -> ir.Table:
        """Hold `rows` under `name` until the transaction ends, and return them as a table to query."""
        with self._source(rows) as source:
            self._run(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS SELECT * FROM", source)
        self._staged.append(name)

        def described() -> ibis.Schema:
            found = self._connection.execute(f"SELECT * FROM {quoted(name)} LIMIT 0").to_arrow_table().schema
            return ibis.Schema.from_pyarrow(found)

        return staged_table(name, shape_of(rows, described) if isinstance(rows, ir.Table) else described())

    def query(self, expression: ir.Expr) -> pa.Table:
        """Return the answer as it stands inside the transaction."""
        prepared = compile_expression(expression, self._kept)
        return self._connection.execute(prepared.sql, prepared.bound(self._values)).to_arrow_table()

    def _run(self, before: str, source: Prepared, after: str = "") -> duckdb.DuckDBPyConnection:
        """Run a statement about the rows of `source`."""
        return self._connection.execute(f"{before} {source.sql} {after}", source.bound(self._values))

    def _stored_part(self, table: str, names: Sequence[str], source: Prepared) -> Sequence[str]:
        """Return those of the columns that have room, after making it for those that the rows fill."""
        declared = ALL_TABLES.get(table)
        if declared is None or not declared.is_sparse:
            return names
        absent = sorted(set(names) - self._stored_columns(declared))
        if not absent:
            return names
        counts = ", ".join(f"count({quoted(name)})" for name in absent)
        found = self._run(f"SELECT {counts} FROM", source).fetchone() or ()
        filled = {name for name, n_rows in zip(absent, found, strict=True) if n_rows}
        self.widen(table, filled)
        return [name for name in names if name not in absent or name in filled]

    def _stored_columns(self, table: Table) -> set[str]:
        """Return the columns of a table that have room: this transaction's own record, which `widen` keeps."""
        if table.name not in self._room:
            described = self._connection.execute(f"SELECT * FROM {quoted(stored_name(table))} LIMIT 0").description
            self._room[table.name] = {column[0] for column in described}
        return self._room[table.name]

    @contextmanager
    def _source(self, rows: ir.Table | pa.Table | pa.RecordBatchReader) -> Iterator[Prepared]:
        if isinstance(rows, ir.Table):
            prepared = compile_expression(rows, self._kept)
            yield Prepared(f"({prepared.sql})", prepared.names)
            return
        self._sources += 1
        name = f"arrow_source_{self._sources}"
        box = RowsOnce(rows)
        self._connection.register(name, box)
        try:
            yield Prepared(quoted(name), ())
        finally:
            self._connection.unregister(name)
            box.rows = None

    def begin(self) -> None:
        """Begin."""
        self._connection.execute("BEGIN TRANSACTION")

    def end(self, *, commit: bool) -> None:
        """Make what was written last, or undo it; what was staged goes."""
        if commit:
            stored = {name: columns for name in self._touched.inserted if (columns := self._day_columns(name))}
            self._touched.write(self._connection, stored)
        self._connection.execute("COMMIT" if commit else "ROLLBACK")
        for name in self._staged if commit else ():
            self._connection.execute(f"DROP TABLE IF EXISTS {quoted(name)}")


def _stored(table: str) -> str:
    """Return the quoted name of what holds the rows of a declared or staged table."""
    declared = ALL_TABLES.get(table)
    return quoted(table if declared is None else stored_name(declared))


def _match(on: Sequence[str]) -> str:
    return " AND ".join(f"t.{quoted(name)} IS NOT DISTINCT FROM k.{quoted(name)}" for name in on)


def _changed(done: duckdb.DuckDBPyConnection) -> int:
    row = done.fetchone()
    return int(row[0]) if row else 0
