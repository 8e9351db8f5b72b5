"""Sums by several whole-number dimensions at once, kept small however much is added."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.draws import Ints

_ROWS_BEFORE_MERGING = 200_000


class Tally:
    """Amounts by dimensions.

    Parameters
    ----------
    *dimensions : str
        What amounts are told apart by.

    Examples
    --------
    >>> tally = Tally("store", "day")
    >>> tally.add([5, 6, 7], store=[0, 1, 0], day=3)
    >>> {name: values.tolist() for name, values in tally.sums().items()}
    {'store': [0, 1], 'day': [3, 3], 'amount': [12, 6]}
    """

    def __init__(self, *dimensions: str) -> None:
        self._dimensions = dimensions
        self._parts: list[npt.NDArray[np.int64]] = []
        self._n_rows = 0

    def add(self, amounts: npt.ArrayLike, **dimensions: npt.ArrayLike) -> None:
        """Add amounts; a single value of a dimension stands for all of them."""
        values = np.atleast_1d(np.asarray(amounts, np.int64))
        part = np.empty((len(self._dimensions) + 1, values.size), np.int64)
        for row, name in enumerate(self._dimensions):
            part[row] = dimensions[name]
        part[-1] = values
        part = _merged(part[:, values != 0])
        self._parts.append(part)
        self._n_rows += part.shape[1]
        if self._n_rows > _ROWS_BEFORE_MERGING and len(self._parts) > 1:
            self._parts = [_merged(np.concatenate(self._parts, axis=1))]
            # Merging again only after as much has come once more keeps the cost linear.
            self._n_rows = -self._parts[0].shape[1]

    def sums(self) -> dict[str, Ints]:
        """Return one row per combination of dimensions, in their order, with its sum as ``amount``."""
        if len(self._parts) != 1:
            parts = [np.empty((len(self._dimensions) + 1, 0), np.int64), *self._parts]
            self._parts = [_merged(np.concatenate(parts, axis=1))]
        return dict(zip((*self._dimensions, "amount"), self._parts[0].copy(), strict=True))


def _merged(part: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the rows sorted by their dimensions, equal ones as one."""
    if part.shape[1] == 0:
        return part
    # One number per combination sorts several times faster than its dimensions one after the other.
    key = np.zeros(part.shape[1], np.int64)
    for row in part[:-1]:
        low = int(row.min())
        key *= int(row.max()) - low + 1
        key += row - low
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    found = part[:, order[starts]]
    found[-1] = np.add.reduceat(part[-1, order], starts)
    return found
