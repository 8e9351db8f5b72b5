"""What is known today and happens on a later day, filed under that day so that nobody has to look for it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.draws import Ints

Notes = Mapping[str, Ints]
"""Columns of whole numbers, all of one length."""


class Diary:
    """Notes for days to come.

    A day costs as much as what was written for it, however many days the diary holds.

    Parameters
    ----------
    *columns : str
        What a note consists of.

    Examples
    --------
    >>> diary = Diary("sku", "quantity")
    >>> diary.write([3, 1, 3], sku=[7, 8, 9], quantity=1)
    >>> diary.take(3)["sku"].tolist()
    [7, 9]
    >>> diary.take(3)["sku"].tolist()
    []
    """

    def __init__(self, *columns: str) -> None:
        self._columns = columns
        self._pages: dict[int, list[npt.NDArray[np.int64]]] = {}

    def write(self, days: npt.ArrayLike, **columns: npt.ArrayLike) -> None:
        """File one note per day given; a single value, of a column or of the day, stands for all notes."""
        when = np.asarray(days, np.int64)
        values = [np.asarray(columns[name]) for name in self._columns]
        n_notes = next((column.size for column in (when, *values) if column.ndim), 1)
        if n_notes == 0:
            return
        notes = np.empty((len(self._columns), n_notes), np.int64)
        for row, column in enumerate(values):
            notes[row] = column
        if when.ndim == 0:
            self._pages.setdefault(int(when), []).append(notes)
            return
        order = np.argsort(when, kind="stable")
        sorted_days = when[order]
        notes = notes[:, order]
        starts = np.flatnonzero(np.diff(sorted_days, prepend=sorted_days[0] - 1))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), when.size], strict=True):
            # A copy, so that a page does not keep alive all that was written with it.
            self._pages.setdefault(int(sorted_days[start]), []).append(notes[:, start:end].copy())

    def take(self, day: int) -> dict[str, Ints]:
        """Return the notes of a day in the order of writing, and forget them."""
        parts = self._pages.pop(day, None)
        if parts is None:
            return {name: np.empty(0, np.int64) for name in self._columns}
        notes = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        return dict(zip(self._columns, notes, strict=True))

    def __len__(self) -> int:
        """Return how many notes wait."""
        return sum(part.shape[1] for parts in self._pages.values() for part in parts)
