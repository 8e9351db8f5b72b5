"""Files that were put in and wait for a person to say what their columns mean; their bytes lie in the raw store."""

from __future__ import annotations

import time
from dataclasses import dataclass

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """One file that waits.

    Attributes
    ----------
    file_id : int
        Its number.
    raw_id : str
        Its bytes in the raw store.
    name : str
        Its name.
    arrived_at : float
        Seconds since 1970.
    """

    file_id: int
    raw_id: str
    name: str
    arrived_at: float


class UnknownWaitingFileError(ZhangguiError):
    """No file waits under this number."""

    code = "unknown_waiting_file"

    def __init__(self, file_id: int) -> None:
        self.file_id = file_id
        super().__init__(
            "The file waits no longer: it was loaded or put away.",
            where=f"waiting file {file_id}",
            next_step="put the file in again",
        )


class WaitingFiles:
    """The waiting files in ``state.sqlite``."""

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def list_files(self) -> list[WaitingFile]:
        """Return all of them, the last first."""
        return [_file(row) for row in self._state.rows("SELECT * FROM waiting_file ORDER BY file_id DESC")]

    def get(self, file_id: int) -> WaitingFile:
        """Return one.

        Raises
        ------
        UnknownWaitingFileError
            There is none.
        """
        found = self._state.rows("SELECT * FROM waiting_file WHERE file_id = ?", (file_id,))
        if not found:
            raise UnknownWaitingFileError(file_id)
        return _file(found[0])

    def add(self, raw_id: str, name: str) -> WaitingFile:
        """Let a file wait; the same bytes under the same name wait once."""
        with self._state.transaction():
            held = self._state.rows("SELECT * FROM waiting_file WHERE raw_id = ? AND name = ?", (raw_id, name))
            if held:
                return _file(held[0])
            number = self._state.insert(
                "INSERT INTO waiting_file (raw_id, name, arrived_at) VALUES (?, ?, ?)", (raw_id, name, time.time())
            )
            return self.get(number)

    def remove(self, file_id: int) -> None:
        """Let a file wait no longer."""
        self._state.execute("DELETE FROM waiting_file WHERE file_id = ?", (file_id,))


def _file(row: object) -> WaitingFile:
    return WaitingFile(**dict(row))  # type: ignore[call-overload]  # a row of the table, whose columns are the fields
