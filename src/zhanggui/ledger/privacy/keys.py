"""The shop's key: made once at init, kept beside the shop, the root of every token and every ciphertext."""

from __future__ import annotations

import hmac
import os
import stat
from pathlib import Path
from typing import Literal

from zhanggui.errors import ZhangguiError

KEY_FILE = "shop.key"
KEY_BYTES = 32

Purpose = Literal["token", "raw", "sealed"]

_MAGIC = b"zhanggui shop key 1\n"


class ShopKeyError(ZhangguiError):
    """The shop's key is missing, damaged or open to others."""

    code = "shop_key"


class ShopKeyMissingError(ShopKeyError):
    """There is no key file in the shop."""

    code = "shop_key_missing"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            "The shop's key is missing; without it the stored files cannot be read.",
            where=str(path),
            next_step="put the key file back from your backup; a new key would not open what is stored",
        )


class ShopKeyExistsError(ShopKeyError):
    """A key would have been overwritten."""

    code = "shop_key_exists"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            "There is a shop key already, and a key is never overwritten.",
            where=str(path),
            next_step="use the shop as it is, or choose another directory for `zhanggui init`",
        )


class ShopKeyOpenToOthersError(ShopKeyError):
    """Other accounts of the machine could read the key."""

    code = "shop_key_open_to_others"

    def __init__(self, path: Path, mode: int) -> None:
        self.path = path
        self.mode = mode
        super().__init__(
            f"The shop's key can be read by other accounts of this machine (mode {mode:04o}).",
            where=str(path),
            next_step=f"run `chmod 600 {path}`, and think about who may have copied it",
        )


class ShopKeyDamagedError(ShopKeyError):
    """The key file does not hold a key."""

    code = "shop_key_damaged"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            "The key file does not hold a shop key.",
            where=str(path),
            next_step="put the key file back from your backup",
        )


class ShopKey:
    """The master key of a shop; hands out one subkey per purpose and never itself.

    Parameters
    ----------
    master : bytes
        32 random bytes.

    Notes
    -----
    Subkeys come from HKDF-SHA256 (RFC 5869) with the purpose as info, so that a leaked token key opens no file.
    """

    __slots__ = ("_master",)

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise ValueError(f"a shop key has {KEY_BYTES} bytes, not {len(master)}")
        self._master = master

    def __repr__(self) -> str:
        return "ShopKey(...)"

    @classmethod
    def create(cls, path: Path) -> ShopKey:
        """Make a new random key and store it in `path`, readable by the owner only.

        Raises
        ------
        ShopKeyExistsError
            `path` exists.
        """
        master = os.urandom(KEY_BYTES)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(path, flags, 0o600)
        except FileExistsError:
            raise ShopKeyExistsError(path) from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(_MAGIC + master.hex().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return cls(master)

    @classmethod
    def load(cls, path: Path) -> ShopKey:
        """Read the key in `path`.

        Raises
        ------
        ShopKeyMissingError
            There is no such file.
        ShopKeyOpenToOthersError
            Group or others have any right to the file (POSIX; Windows keeps the user's profile to the user).
        ShopKeyDamagedError
            The file holds no key.
        """
        try:
            # Rights and content are taken from one open file, so that it cannot be swapped in between.
            with path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                content = file.read(256)
        except FileNotFoundError:
            raise ShopKeyMissingError(path) from None
        except PermissionError:
            raise ShopKeyError(
                "The shop's key belongs to another account.",
                where=str(path),
                next_step="run zhanggui as the account that made the shop",
            ) from None
        if os.name == "posix" and mode & 0o077:
            raise ShopKeyOpenToOthersError(path, mode)
        try:
            if not content.startswith(_MAGIC):
                raise ValueError("no magic")
            return cls(bytes.fromhex(content.removeprefix(_MAGIC).decode("ascii")))
        except ValueError:
            raise ShopKeyDamagedError(path) from None

    def subkey(self, purpose: Purpose, context: bytes = b"") -> bytes:
        """Return the 32-byte key for one purpose, and for one context within it."""
        return _hkdf(self._master, info=b"zhanggui/" + purpose.encode() + b"\x00" + context)


def _hkdf(master: bytes, *, info: bytes) -> bytes:
    """HKDF-SHA256 with the default salt and one block of output (RFC 5869 §2.2, §2.3)."""
    pseudorandom = hmac.digest(bytes(32), master, "sha256")
    return hmac.digest(pseudorandom, info + b"\x01", "sha256")
