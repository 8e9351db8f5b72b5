"""The shop's key."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zhanggui.ledger.privacy.keys import (
    ShopKey,
    ShopKeyDamagedError,
    ShopKeyExistsError,
    ShopKeyMissingError,
    ShopKeyOpenToOthersError,
)

on_posix = pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")


def test_a_key_is_read_back_as_it_was_made(tmp_path: Path) -> None:
    made = ShopKey.create(tmp_path / "shop.key")

    assert ShopKey.load(tmp_path / "shop.key").subkey("raw") == made.subkey("raw")


def test_two_shops_have_different_keys(tmp_path: Path) -> None:
    keys = [ShopKey.create(tmp_path / name).subkey("token") for name in ("a", "b")]

    assert keys[0] != keys[1]


@on_posix
def test_only_the_owner_can_read_a_new_key(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        ShopKey.create(tmp_path / "shop.key")
    finally:
        os.umask(old)

    assert stat.S_IMODE((tmp_path / "shop.key").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    ShopKey.create(tmp_path / "shop.key")
    before = (tmp_path / "shop.key").read_bytes()

    with pytest.raises(ShopKeyExistsError):
        ShopKey.create(tmp_path / "shop.key")
    assert (tmp_path / "shop.key").read_bytes() == before


@on_posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    ShopKey.create(tmp_path / "shop.key")
    (tmp_path / "shop.key").chmod(mode)

    with pytest.raises(ShopKeyOpenToOthersError, match=rf"mode {mode:04o}[\s\S]*chmod 600"):
        ShopKey.load(tmp_path / "shop.key")


def test_a_missing_key_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(ShopKeyMissingError, match="from your backup"):
        ShopKey.load(tmp_path / "shop.key")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"secret", b"zhanggui shop key 1\nzz", b"zhanggui shop key 1\n00ff"])
def test_a_file_without_a_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "shop.key").write_bytes(content)
    (tmp_path / "shop.key").chmod(0o600)

    with pytest.raises(ShopKeyDamagedError):
        ShopKey.load(tmp_path / "shop.key")


def test_subkeys_are_hkdf_of_the_master_and_differ_by_purpose_and_context() -> None:
    key = ShopKey(bytes(range(32)))
    expected = HKDF(SHA256(), 32, salt=None, info=b"zhanggui/token\x00phone").derive(bytes(range(32)))

    assert key.subkey("token", b"phone") == expected
    assert len({key.subkey("token"), key.subkey("raw"), key.subkey("sealed"), expected}) == 4


def test_a_key_does_not_show_itself() -> None:
    assert repr(ShopKey(b"k" * 32)) == "ShopKey(...)"
