"""Which days of which tables every transaction changes: what was computed by day is computed anew for those only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import duckdb

from zhanggui.ledger.engine.ddl import quoted, stored_name
from zhanggui.ledger.schema import ColumnType, Table
from zhanggui.ledger.schema.observations import ALL_TABLES

_OF_THIS_TRANSACTION = 1 << 54
"""Rows that a transaction inserts are numbered beyond this until it commits."""


@dataclass(frozen=True, slots=True)
class LedgerMark:
    """How far a ledger has come: which one it is, and the number of its last change of a day."""

    birth: str
    change: int


def create_touched_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make room for what is noted, and give a new file a name of its own."""
    connection.execute("CREATE TABLE IF NOT EXISTS ledger_birth (birth VARCHAR NOT NULL)")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS touched_day "
        "(table_name VARCHAR NOT NULL, day DATE NOT NULL, change BIGINT NOT NULL)"
    )
    if connection.execute("SELECT count(*) FROM ledger_birth").fetchone() == (0,):
        connection.execute("INSERT INTO ledger_birth VALUES (?)", [uuid4().hex])


def mark_of(connection: duckdb.DuckDBPyConnection) -> LedgerMark:
    """Return how far a ledger has come."""
    row = connection.execute(
        "SELECT (SELECT birth FROM ledger_birth), (SELECT max(change) FROM touched_day)"
    ).fetchone()
    assert row is not None, "one row is selected"
    return LedgerMark(row[0], row[1] or 0)


def days_touched(connection: duckdb.DuckDBPyConnection, tables: Collection[str], since: int) -> list[date]:
    """Return the days of any of `tables` that were changed after a change, in order."""
    names = [stored_table(name) for name in tables]
    found = connection.execute(
        "SELECT DISTINCT day FROM touched_day WHERE change > ? AND list_contains(?, table_name) ORDER BY day",
        [since, names],
    )
    return [row[0] for row in found.fetchall()]


def stored_table(name: str) -> str:
    """Return the table that holds the rows of a declared one.

    Examples
    --------
    >>> stored_table("order_header"), stored_table("refund")
    ('order_seen', 'refund')
    """
    declared = ALL_TABLES.get(name)
    return name if declared is None else declared.view_of or name


def day_columns(name: str) -> tuple[str, ...]:
    """Return the columns of a declared table that hold days; none of a staged one."""
    declared = ALL_TABLES.get(name)
    return () if declared is None else tuple(each.name for each in declared.columns if each.type is ColumnType.DATE)


@dataclass(slots=True)
class Touched:
    """What one transaction changed so far.

    Attributes
    ----------
    inserted : set of str
        Tables that rows were appended to; their days are looked up when the transaction ends.
    days : dict
        Days known to have changed, by table.
    """

    inserted: set[str] = field(default_factory=set)
    days: dict[str, set[date]] = field(default_factory=dict)

    def add(self, table: str, days: Iterable[date | None]) -> None:
        """Note days of a table; rows without a day belong to none."""
        self.days.setdefault(table, set()).update(day for day in days if day is not None)

    def write(self, connection: duckdb.DuckDBPyConnection, stored: Mapping[str, Collection[str]]) -> None:
        """Write down what was changed, in the transaction that changed it.

        Parameters
        ----------
        connection : duckdb connection
            In the transaction, about to commit.
        stored : mapping of str to collection of str
            For each table of `inserted`, its day columns that have room.
        """
        for name, columns in stored.items():
            rows = f"FROM {quoted(stored_name(ALL_TABLES[name]))} WHERE rowid > {_OF_THIS_TRANSACTION}"
            each = " UNION ALL ".join(f"SELECT DISTINCT {quoted(column)} {rows}" for column in columns)
            self.add(name, (row[0] for row in connection.execute(each).fetchall()))
        pairs = [(name, day) for name, days in self.days.items() for day in sorted(days)]
        if not pairs:
            return
        change = mark_of(connection).change + 1
        names, days = [name for name, _ in pairs], [day for _, day in pairs]
        new = "(SELECT unnest(?::VARCHAR[]) AS table_name, unnest(?::DATE[]) AS day)"
        connection.execute(
            f"DELETE FROM touched_day t USING {new} n WHERE t.table_name = n.table_name AND t.day = n.day",
            [names, days],
        )
        connection.execute(f"INSERT INTO touched_day SELECT *, ? FROM {new}", [change, names, days])


def print_statements(table: Table, columns: Sequence[str], matching: str) -> list[str]:
    """Return statements that give for each day of the rows `matching` how many there are and a digest of them.

    Examples
    --------
    >>> from zhanggui.ledger.schema import TABLES
    >>> print_statements(TABLES["ad_result"], ("day", "shop_id"), "WHERE true")
    ['SELECT "day", count(*), sum(hash("day", "shop_id")) FROM "ad_result" t WHERE true GROUP BY 1']
    """
    digest = f"hash({', '.join(quoted(name) for name in columns)})"
    rows = f"FROM {quoted(stored_name(table))} t {matching} GROUP BY 1"
    return [
        f"SELECT {quoted(column)}, count(*), sum({digest}) {rows}"
        for column in day_columns(table.name)
        if column in columns
    ]
