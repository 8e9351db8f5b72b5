"""Group commit: what arrives while one group is being forced to disk forms the next."""

from __future__ import annotations

import threading
from collections.abc import Callable

from zhanggui.collect.events.log.writing import LogWriter

MOST_WAITING_BYTES = 64 << 20

Done = Callable[["OSError | None"], None]
"""Told once a record is on disk, or why it is not."""


class LogFullError(Exception):
    """More waits to be written than memory is given for it."""


class GroupCommit:
    """A thread that writes what is handed to it.

    Parameters
    ----------
    writer : LogWriter
    deliver : callable
        Runs what is to be told of one group; an event loop has it run in its own thread.
    most_waiting_bytes : int
    """

    def __init__(
        self,
        writer: LogWriter,
        deliver: Callable[[list[Done], OSError | None], None] | None = None,
        *,
        most_waiting_bytes: int = MOST_WAITING_BYTES,
    ) -> None:
        self._writer = writer
        self._deliver = deliver or _tell
        self._most_bytes = most_waiting_bytes
        self._records: list[bytes] = []
        self._dones: list[Done] = []
        self._n_bytes = 0
        self._ready = threading.Condition()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    def submit(self, record: bytes, done: Done) -> None:
        """Have a record written.

        Raises
        ------
        LogFullError
            Too much waits already: the sender has to come again.
        """
        with self._ready:
            if self._is_over or self._n_bytes + len(record) > self._most_bytes:
                raise LogFullError
            self._records.append(record)
            self._dones.append(done)
            self._n_bytes += len(record)
            self._ready.notify()

    def close(self) -> None:
        """Write what waits, and end."""
        with self._ready:
            self._is_over = True
            self._ready.notify()
        self._thread.join()
        self._writer.close()

    def _run(self) -> None:
        while True:
            with self._ready:
                while not self._records and not self._is_over:
                    self._ready.wait()
                if not self._records:
                    return
                records, self._records = self._records, []
                dones, self._dones = self._dones, []
                n_bytes = self._n_bytes
            failure: OSError | None = None
            try:
                self._writer.append(records)
            except OSError as error:
                failure = error
            with self._ready:
                self._n_bytes -= n_bytes
            self._deliver(dones, failure)


def _tell(dones: list[Done], failure: OSError | None) -> None:
    for done in dones:
        done(failure)
