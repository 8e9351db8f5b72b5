"""Packed files that are written beside the work of making their text."""

from __future__ import annotations

import gzip
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

_MOST_WAITING = 16
"""So many pieces of text may wait, so that a slow disk costs time and not memory."""


class PackedFile:
    """The bodies of one library and period, packed; without a time or a name inside, so that bytes repeat.

    One thread packs and writes, in the order in which pieces come.

    Parameters
    ----------
    path : Path
        Where to write.
    period : str
        What it covers.
    """

    def __init__(self, path: Path, period: str) -> None:
        self.path = path
        self.period = period
        self.n_events = 0
        self._raw = path.open("wb")
        self._packed = gzip.GzipFile("", "wb", 1, self._raw, mtime=0)
        self._hand = ThreadPoolExecutor(1)
        self._waiting: deque[Future[int]] = deque()

    def add(self, lines: memoryview) -> None:
        """Add bodies."""
        self._waiting.append(self._hand.submit(self._packed.write, lines))
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popleft().result()

    def close(self) -> None:
        """Finish the file; what went wrong while it was written is raised here at the latest."""
        self._hand.shutdown()
        for one in self._waiting:
            one.result()
        self._packed.close()
        self._raw.close()
