"""Passwords of files on their way to a job: in memory alone, until it has used them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence

MOST_WAITING = 1000
"""So many jobs may wait with passwords; the oldest are then asked for again."""


class Passwords:
    """Holds passwords under a number that a job's record may name, for that record is stored."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def keep(self, passwords: Sequence[str]) -> str | None:
        """Keep passwords and return the number to take them by; None where there are none."""
        if not passwords:
            return None
        number = secrets.token_hex(8)
        with self._lock:
            while len(self._held) >= MOST_WAITING:
                del self._held[next(iter(self._held))]
            self._held[number] = tuple(passwords)
        return number

    def take(self, number: object) -> tuple[str, ...]:
        """Return what is kept under a number and forget it; nothing where the program was started since."""
        with self._lock:
            return self._held.pop(str(number), ())
