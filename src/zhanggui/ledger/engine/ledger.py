"""The embedded ledger: DuckDB, one owning process, locked down.

The lock-down follows what was measured: a read-only connection is no sandbox, so external access is turned off
and the configuration locked before the first statement that a user's question leads to.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from zhanggui.ledger.engine.ddl import create_statement, sparse_view_statement, view_statement
from zhanggui.ledger.engine.kept_statements import KeptStatements
from zhanggui.ledger.engine.prepared import Prepared, compile_expression, compile_with_parameters
from zhanggui.ledger.engine.problems import (
    LedgerBusyError,
    LedgerMemoryError,
    LedgerOutdatedError,
    LedgerTooNewError,
)
from zhanggui.ledger.engine.tables import declared_table
from zhanggui.ledger.engine.touched import LedgerMark, create_touched_tables, days_touched, mark_of
from zhanggui.ledger.engine.transaction import Transaction
from zhanggui.ledger.schema.observations import ALL_TABLES

SCHEMA_VERSION = 16
"""Raise it with every change of a table: an older ledger is then built again from the source files."""

LEDGER_FILE = "ledger.duckdb"
DEFAULT_MEMORY_LIMIT = "1GB"
_RESULT_ROWS = 131_072

_STORAGE = "v1.2.0"
"""Form of the file. In the oldest, the engine's default, an empty ledger takes four megabytes and twice the time to
open; in those from 1.3 on, with FSST left out, a full one takes nearly three times the room."""


class Ledger:
    """An open ledger. Queries may run from several threads; transactions take turns."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, kept: KeptStatements | None = None) -> None:
        self.path = path
        self._connection = connection
        self._kept = kept
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
        return compile_with_parameters(expression, params, self._kept)

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
            transaction = Transaction(cursor, self._kept)
            transaction.begin()
            try:
                yield transaction
            except duckdb.OutOfMemoryException as error:
                transaction.end(commit=False)
                raise LedgerMemoryError(self.path) from error
            except BaseException:
                transaction.end(commit=False)
                raise
            transaction.end(commit=True)

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


def open_ledger(
    shop_dir: Path,
    *,
    memory_limit: str = DEFAULT_MEMORY_LIMIT,
    threads: int | None = None,
    statements: Path | None = None,
) -> Ledger:
    """Open the ledger of a shop directory, creating it when there is none.

    Parameters
    ----------
    shop_dir : Path
        Where the file lies.
    memory_limit : str, optional
        What the engine may use.
    threads : int, optional
        Of the engine; all cores when absent.
    statements : Path, optional
        Folder of the statements that loads and metrics compile, kept for the next process.

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
        "storage_compatibility_version": _STORAGE,
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
    return Ledger(path, connection, None if statements is None else KeptStatements(statements))


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
