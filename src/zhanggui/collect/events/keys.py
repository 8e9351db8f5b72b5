"""Write keys: each can add events to one store and do nothing else. Only their digests are kept."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from zhanggui.errors import ZhangguiError

KEYS_FILE = "write_keys.json"
KEY_PREFIX = "zgw_"
_SECRET_BYTES = 24


class WriteKeyMissingError(ZhangguiError):
    """No write key has this id."""

    code = "write_key_missing"

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"There is no write key {key_id!r}.",
            where="--id",
            next_step="`zhanggui collect keys list` names them",
        )


@dataclass(frozen=True, slots=True)
class WriteKey:
    """A write key, without its secret.

    Attributes
    ----------
    key_id : str
        Names it in the log and in lists.
    name : str
        What it is for, in a person's words.
    store : str or None
        Store that its events belong to; the shop's only one where absent.
    digest : str
        SHA-256 of the key, in hex.
    created_at : str
        ISO time, UTC.
    revoked_at : str or None
        ISO time, UTC.
    per_second : int
        Events that it may add per second, twice as many for a moment.
    """

    key_id: str
    name: str
    store: str | None
    digest: str
    created_at: str
    revoked_at: str | None
    per_second: int

    @property
    def is_open(self) -> bool:
        """Whether it may still add events."""
        return self.revoked_at is None


class WriteKeys:
    """The write keys of a shop, in a file of their own that the collector reads while it runs.

    Parameters
    ----------
    shop_dir : Path
    """

    def __init__(self, shop_dir: Path) -> None:
        self._path = shop_dir / KEYS_FILE
        self._lock = FileLock(f"{self._path}.lock", mode=0o600)
        self._seen: tuple[int, int] | None = None
        self._by_digest: dict[str, WriteKey] = {}

    def all(self) -> list[WriteKey]:
        """Return every key, the revoked ones too, oldest first."""
        try:
            document = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return []
        return [WriteKey(**entry) for entry in document["keys"]]

    def add(self, name: str, *, store: str | None, per_second: int) -> tuple[WriteKey, str]:
        """Make a key; return it and its secret, which is shown once and not kept."""
        secret = KEY_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
        with self._lock:
            held = self.all()
            number = max((int(key.key_id[1:]) for key in held), default=0) + 1
            key = WriteKey(f"k{number}", name, store, _digest(secret), _now(), None, per_second)
            self._write([*held, key])
        return key, secret

    def revoke(self, key_id: str) -> WriteKey:
        """Close a key for good; what it brought stays.

        Raises
        ------
        WriteKeyMissingError
        """
        with self._lock:
            held = self.all()
            if key_id not in {key.key_id for key in held}:
                raise WriteKeyMissingError(key_id)
            changed = [
                replace(key, revoked_at=key.revoked_at or _now()) if key.key_id == key_id else key for key in held
            ]
            self._write(changed)
        return next(key for key in changed if key.key_id == key_id)

    def reread(self) -> None:
        """Take note of keys that were made or revoked since."""
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_ino)
        except FileNotFoundError:
            seen = None
        if seen != self._seen or seen is None:
            self._by_digest = {key.digest: key for key in self.all()}
            self._seen = seen

    def found(self, secret: str) -> WriteKey | None:
        """Return the open key with this secret, as of the last reading."""
        # Found by the digest of 24 random bytes: how long the search takes tells nothing about them.
        key = self._by_digest.get(_digest(secret)) if secret.startswith(KEY_PREFIX) else None
        return key if key is not None and key.is_open else None

    def _write(self, keys: list[WriteKey]) -> None:
        part = self._path.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"keys": [asdict(key) for key in keys]}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
