"""``state.sqlite``: the small durable facts of a shop that cannot be rebuilt from its files."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.migrations import MIGRATIONS, STATE_VERSION

STATE_FILE = "state.sqlite"

Value = str | int | float | None

_APPLICATION_ID = 0x5A47  # "ZG"
_BUSY_SECONDS = 15.0


class StateTooNewError(ZhangguiError):
    """``state.sqlite`` was written by a newer program."""

    code = "state_too_new"

    def __init__(self, path: Path, found: int) -> None:
        self.path = path
        self.found = found
        super().__init__(
            f"The shop's state has version {found}; this program knows versions up to {STATE_VERSION}.",
            where=str(path),
            next_step="update zhanggui: `pip install --upgrade zhanggui`",
        )


class StateUnreadableError(ZhangguiError):
    """``state.sqlite`` cannot be opened, or is not a state file of Zhanggui."""

    code = "state_unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(
            f"The shop's state cannot be opened: {reason}.",
            where=str(path),
            next_step="restore the file from your backup",
        )


class StateStore:
    """One open ``state.sqlite``, migrated to the version of this program; safe to share between threads.

    Parameters
    ----------
    path : Path
        The file; made when it does not exist.

    Raises
    ------
    StateTooNewError
        The file is newer than the program.
    StateUnreadableError
        The file is damaged, or belongs to something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        if not path.exists():
            # SQLite would make it readable for the group.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        try:
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise StateUnreadableError(path, str(error)) from None

    def _prepare(self) -> None:
        journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
        for pragma in (f"journal_mode = {journal}", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        with self.transaction():
            version = self._pragma("user_version")
            if version > STATE_VERSION:
                raise StateTooNewError(self.path, version)
            if version == 0 and self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                raise StateUnreadableError(self.path, "it is the database of another program")
            for step in MIGRATIONS[version:]:
                for statement in step:
                    self._connection.execute(statement)
            if version < STATE_VERSION:
                self._connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                self._connection.execute(f"PRAGMA user_version = {STATE_VERSION}")

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    @property
    def version(self) -> int:
        """Version of the open file."""
        return self._pragma("user_version")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction: all of it is durable afterwards, or nothing of it.

        Transactions nest; the outermost one decides.
        """
        with self._lock:
            if self._depth == 0:
                # IMMEDIATE takes the write lock at once, so that what is read stays true until it is written.
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._connection.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("COMMIT")

    def execute(self, statement: str, values: Sequence[Value] = ()) -> int:
        """Run one statement with bound values; return the number of rows it changed."""
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    def execute_many(self, statement: str, values: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of bound values."""
        with self._lock:
            self._connection.executemany(statement, values)

    def insert(self, statement: str, values: Sequence[Value]) -> int:
        """Run one INSERT with bound values; return the id of the new row."""
        with self._lock:
            return self._connection.execute(statement, values).lastrowid or 0

    def rows(self, query: str, values: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """Return the rows of a query with bound values."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def get_setting(self, key: str) -> object:
        """Return the stored value of `key` (any JSON value), or None."""
        found = self.rows("SELECT value_json FROM setting WHERE key = ?", (key,))
        return json.loads(found[0]["value_json"]) if found else None

    def set_setting(self, key: str, value: object) -> None:
        """Store a JSON value under `key`."""
        self.execute(
            "INSERT INTO setting (key, value_json) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json",
            (key, json.dumps(value, ensure_ascii=False)),
        )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite may use write-ahead logging.

    Versions 3.7.0 to 3.51.2 can lose committed writes when two connections meet at a WAL reset; the fix is in 3.51.3
    and was carried back to 3.44.6 and 3.50.7.

    Examples
    --------
    >>> wal_is_safe((3, 40, 1)), wal_is_safe((3, 50, 7)), wal_is_safe((3, 51, 3))
    (False, True, True)
    """
    if version >= (3, 51, 3):
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in ((3, 44, 6), (3, 50, 7)))
