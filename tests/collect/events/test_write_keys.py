"""Write keys: only digests are kept, and a revoked one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhanggui.collect.events.keys import KEYS_FILE, WriteKeyMissingError, WriteKeys


def test_a_key_is_known_by_its_secret_which_is_nowhere_on_disk(tmp_path: Path) -> None:
    keys = WriteKeys(tmp_path)
    made, secret = keys.add("site", store="商城", per_second=10)
    keys.reread()

    found = keys.found(secret)
    assert found is not None
    assert (found.key_id, found.store) == (made.key_id, "商城")
    assert keys.found(secret[:-1]) is None
    assert secret not in (tmp_path / KEYS_FILE).read_text()
    assert (tmp_path / KEYS_FILE).stat().st_mode & 0o077 == 0


def test_a_revoked_key_is_refused_by_who_runs_already(tmp_path: Path) -> None:
    running = WriteKeys(tmp_path)
    made, secret = WriteKeys(tmp_path).add("site", store=None, per_second=10)
    running.reread()
    assert running.found(secret) is not None
    WriteKeys(tmp_path).revoke(made.key_id)
    running.reread()

    assert running.found(secret) is None
    assert [key.is_open for key in running.all()] == [False]


def test_ids_are_never_given_twice(tmp_path: Path) -> None:
    keys = WriteKeys(tmp_path)
    first, _ = keys.add("a", store=None, per_second=1)
    keys.revoke(first.key_id)
    second, _ = keys.add("b", store=None, per_second=1)

    assert (first.key_id, second.key_id) == ("k1", "k2")


def test_a_key_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WriteKeyMissingError, match="'k9'"):
        WriteKeys(tmp_path).revoke("k9")
