"""The state file: migrations, versions, transactions, settings."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from zhanggui.ledger.jobs import STATE_VERSION, StateStore, StateTooNewError, StateUnreadableError
from zhanggui.ledger.jobs.migrations import MIGRATIONS
from zhanggui.ledger.jobs.state import wal_is_safe


def test_a_new_file_has_the_programs_version_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    StateStore(path).close()
    again = StateStore(path)

    assert again.version == STATE_VERSION == len(MIGRATIONS)


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    StateStore(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {STATE_VERSION + 1}")
    before = path.read_bytes()

    with pytest.raises(StateTooNewError, match="pip install --upgrade"):
        StateStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", range(STATE_VERSION))
def test_every_older_version_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = tmp_path / "state.sqlite"
    with sqlite3.connect(path, isolation_level=None) as raw:
        for step in MIGRATIONS[:version]:
            for statement in step:
                raw.execute(statement)
        raw.execute(f"PRAGMA user_version = {version}")
    raw.close()

    assert StateStore(path).version == STATE_VERSION


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    raw.close()

    with pytest.raises(StateUnreadableError, match="another program"):
        StateStore(path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"not a database " * 100)

    with pytest.raises(StateUnreadableError):
        StateStore(tmp_path / "state.sqlite")


def test_writes_are_durable_and_deleted_values_are_wiped(state: StateStore) -> None:
    # synchronous 2 is FULL.
    assert [state.rows(f"PRAGMA {name}")[0][0] for name in ("synchronous", "secure_delete")] == [2, 1]


def test_write_ahead_logging_is_used_only_where_it_is_repaired(state: StateStore) -> None:
    expected = "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "truncate"

    assert state.rows("PRAGMA journal_mode")[0][0] == expected


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 54, 1), True),
        ((4, 0, 0), True),
    ],
)
def test_sqlite_versions_that_may_lose_writes_are_known(version: tuple[int, int, int], is_safe: bool) -> None:
    assert wal_is_safe(version) is is_safe


def test_a_broken_off_transaction_leaves_nothing(state: StateStore) -> None:
    def write_and_fail() -> None:
        with state.transaction():
            state.set_setting("a", 1)
            with state.transaction():
                state.set_setting("b", 2)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert (state.get_setting("a"), state.get_setting("b")) == (None, None)
    state.set_setting("c", 3)
    assert state.get_setting("c") == 3


def test_settings_hold_any_json_value(state: StateStore) -> None:
    for value in ({"列": [1, None, 2.5]}, "text", None, False):
        state.set_setting("key", value)
        assert state.get_setting("key") == value


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_only_the_owner_can_read_the_state(state: StateStore) -> None:
    assert stat.S_IMODE(state.path.stat().st_mode) == 0o600
