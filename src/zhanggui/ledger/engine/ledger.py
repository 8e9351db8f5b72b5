"""The embedded ledger: DuckDB, one owning process, locked down.

The lock-down follows what was measured: a read-only connection is no sandbox, so external access is turned off
and the configuration locked before the first statement that a user's question leads to.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine.ddl import (
    create_statement,
    quoted,
    sparse_view_statement,
    stored_name,
    view_statement,
    widen_statement,
)
from zhanggui.ledger.engine.handing_over import RowsOnce
from zhanggui.ledger.engine.prepared import Prepared, compile_expression, compile_with_parameters
from zhanggui.ledger.engine.problems import (
    LedgerBusyError,
    LedgerMemoryError,
    LedgerOutdatedError,
    LedgerTooNewError,
)
from zhanggui.ledger.engine.tables import declared_table, shape_of, staged_table
from zhanggui.ledger.engine.touched import (
    LedgerMark,
    Touched,
    create_touched_tables,
    day_columns,
    days_touched,
    mark_of,
    print_statements,
)
from zhanggui.ledger.schema import Table
from zhanggui.ledger.schema.observations import ALL_TABLES

SCHEMA_VERSION = 10
"""Raise it with every change of a table: an older ledger is then built again from the source files."""

LEDGER_FILE = "ledger.duckdb"
DEFAULT_MEMORY_LIMIT = "1GB"
_RESULT_ROWS = 131_072


class Transaction:
    """All or nothing: what is written between begin and commit, with tables staged for it alone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
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
        prepared = compile_expression(expression)
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
            prepared = compile_expression(rows)
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

    def _begin(self) -> None:
        self._connection.execute("BEGIN TRANSACTION")

    def _end(self, *, commit: bool) -> None:
        if commit:
            stored = {name: columns for name in self._touched.inserted if (columns := self._day_columns(name))}
            self._touched.write(self._connection, stored)
        self._connection.execute("COMMIT" if commit else "ROLLBACK")
        for name in self._staged if commit else ():
            self._connection.execute(f"DROP TABLE IF EXISTS {quoted(name)}")


class Ledger:
    """An open ledger. Queries may run from several threads; transactions take turns."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self._writing = threading.Lock()

    def table(self, name: str) -> ir.Table:
        """Return the declared table `name` as an Ibis table; raises KeyError when it is not declared."""
        return declared_table(name)

    def query(self, expression: ir.Expr) -> pa.Table:
        """Return the answer to `expression`."""
        with self._reading() as cursor:
            return cursor.execute(compile_expression(expression).sql).to_arrow_table()

    @contextmanager
    def stream(self, expression: ir.Expr) -> Iterator[pa.RecordBatchReader]:
        """Give the answer in batches, so that memory stays bounded."""
        with self._reading() as cursor:
            yield cursor.execute(compile_expression(expression).sql).to_arrow_reader(_RESULT_ROWS)

    def prepare(self, expression: ir.Expr, params: Mapping[str, ir.Scalar]) -> Prepared:
        """Compile `expression` once; its scalar parameters are bound, never pasted, when it runs."""
        return compile_with_parameters(expression, params)

    def run(self, prepared: Prepared, values: Mapping[str, object]) -> pa.Table:
        """Return the answer to a prepared question for these parameter values."""
        with self._reading() as cursor:
            return cursor.execute(prepared.sql, prepared.bound(values)).to_arrow_table()

    def mark(self) -> LedgerMark:
        """Return how far the ledger has come, to ask later what has changed since."""
        with self._reading() as cursor:
            return mark_of(cursor)

    def days_touched(self, tables: Collection[str], since: LedgerMark) -> list[date]:
        """Return the days of any of `tables` that were changed since a mark of this ledger, in order."""
        with self._reading() as cursor:
            return days_touched(cursor, tables, since.change)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Write all or nothing; one transaction at a time."""
        with self._writing, self._reading() as cursor:
            transaction = Transaction(cursor)
            transaction._begin()
            try:
                yield transaction
            except duckdb.OutOfMemoryException as error:
                transaction._end(commit=False)
                raise LedgerMemoryError(self.path) from error
            except BaseException:
                transaction._end(commit=False)
                raise
            transaction._end(commit=True)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file."""
        with self._writing, self._reading() as cursor:
            cursor.execute("CHECKPOINT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(shop_dir: Path, *, memory_limit: str = DEFAULT_MEMORY_LIMIT, threads: int | None = None) -> Ledger:
    """Open the ledger of a shop directory, creating it when there is none.

    Raises
    ------
    LedgerBusyError
        Another process holds the file.
    LedgerOutdatedError, LedgerTooNewError
        The file was written by an older or a newer program.
    """
    path = shop_dir / LEDGER_FILE
    spill = shop_dir / "tmp"
    spill.mkdir(exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "temp_directory": str(spill),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }
    if threads is not None:
        config["threads"] = threads
    try:
        connection = duckdb.connect(str(path), config=config)
    except duckdb.IOException as error:
        if "lock" in str(error).lower() or "used by another process" in str(error).lower():
            raise LedgerBusyError(path) from error
        raise
    try:
        _create_tables(connection, path)
        connection.execute("SET TimeZone='UTC'")
        # Trying FSST on every text column costs a sixth of an import and saves a quarter of the file.
        connection.execute("SET disabled_compression_methods='fsst,dict_fsst'")
        connection.execute("SET enable_external_access=false")
        connection.execute("SET lock_configuration=true")
    except BaseException:
        connection.close()
        raise
    return Ledger(path, connection)


def replace_ledger(shop_dir: Path, built_dir: Path) -> None:
    """Put the ledger that was built in another directory, and closed, in the place of a shop's."""
    for name in (LEDGER_FILE, f"{LEDGER_FILE}.wal"):
        (shop_dir / name).unlink(missing_ok=True)
    (built_dir / LEDGER_FILE).replace(shop_dir / LEDGER_FILE)


def _create_tables(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make the tables of a new file, all or nothing; refuse a file of another version."""
    connection.execute("CREATE TABLE IF NOT EXISTS ledger_version (version INTEGER NOT NULL)")
    row = connection.execute("SELECT max(version) FROM ledger_version").fetchone()
    found = row[0] if row and row[0] is not None else 0
    if found > SCHEMA_VERSION:
        raise LedgerTooNewError(path, found=found, known=SCHEMA_VERSION)
    if found == SCHEMA_VERSION:
        create_touched_tables(connection)  # A file of before has none.
        return
    if found:
        raise LedgerOutdatedError(path, found=found, known=SCHEMA_VERSION)
    connection.execute("BEGIN TRANSACTION")
    create_touched_tables(connection)
    for table in ALL_TABLES.values():
        if table.view_of is None:
            connection.execute(create_statement(table))
    for table in ALL_TABLES.values():
        if table.is_sparse:
            always = {column.name for column in table.columns if not column.nullable}
            connection.execute(sparse_view_statement(table, always))
    for table in ALL_TABLES.values():
        if table.view_of is not None:
            connection.execute(view_statement(table))
    connection.execute("INSERT INTO ledger_version VALUES (?)", [SCHEMA_VERSION])
    connection.execute("COMMIT")


def _stored(table: str) -> str:
    """Return the quoted name of what holds the rows of a declared or staged table."""
    declared = ALL_TABLES.get(table)
    return quoted(table if declared is None else stored_name(declared))


def _match(on: Sequence[str]) -> str:
    return " AND ".join(f"t.{quoted(name)} IS NOT DISTINCT FROM k.{quoted(name)}" for name in on)


def _changed(done: duckdb.DuckDBPyConnection) -> int:
    row = done.fetchone()
    return int(row[0]) if row else 0
