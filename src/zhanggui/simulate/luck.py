"""Luck that evens out: what chance gave too much or too little of something is given back within about a week.

A count of n events strays by the square root of n. A world whose planted figures have to be found again cannot live
with that: of a hundred and fifty buyers, twelve too many are a tenth off what a buyer costs. So chances lean a little
against the luck of the days before. Days stay as uneven as ever; months are as planned. What an action or a planted
pull does to chances is not luck and is never given back.
"""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Floats, Ints
from zhanggui.simulate.rows import Column

_DAYS = 4.0
"""Luck is given back in about so many days."""
_LEAST, _MOST = 0.25, 3.0
"""Chances are multiplied by no less and no more."""


class Luck:
    """How much more of something has happened than the chances promised, by cell.

    Parameters
    ----------
    cells : int
        How many kinds of it are evened out each by itself.

    Examples
    --------
    >>> luck = Luck(1)
    >>> luck.note(np.zeros(4, np.int64), np.full(4, 0.5), np.array([1, 1, 1, 1]))
    >>> luck.evened(np.zeros(4, np.int64), np.full(4, 0.5)).round(2).tolist()
    [0.38, 0.38, 0.38, 0.38]
    """

    def __init__(self, cells: int) -> None:
        self._ahead = np.zeros(cells)

    def evened(self, cell: Ints, chance: Floats, times: Ints | int = 1) -> Floats:
        """Return chances that lean against luck so far.

        Parameters
        ----------
        cell : array of int
            Of each thing that may happen; negative where it is left to luck.
        chance : array of float
            That it happens, by itself.
        times : array of int or int
            How many such things each stands for.
        """
        found: Floats = np.clip(chance * self.lean(cell, chance, times), 0.0, 1.0)
        return found

    def lean(self, cell: Ints, chance: Floats, times: Ints | int = 1) -> Floats:
        """Return the factors by which chances lean against luck so far, see `evened`."""
        known = cell >= 0
        expected = np.bincount(cell[known], (chance * times)[known], self._ahead.size)
        factor = np.clip(1.0 - self._ahead / (_DAYS * np.maximum(expected, 1e-9)), _LEAST, _MOST)
        return np.where(known, factor[np.maximum(cell, 0)], 1.0)

    def note(self, cell: Ints, chance: Floats, happened: Column | Ints, times: Ints | int = 1) -> None:
        """Take down what happened, and what the chances by themselves had promised."""
        known = cell >= 0
        more = happened.astype(np.float64) - chance * times
        self._ahead += np.bincount(cell[known], more[known], self._ahead.size)

    def happens(self, cell: Ints, chance: Floats, drawn: Floats) -> Column:
        """Return what happens by uniform numbers, and take it down."""
        found: Column = drawn < self.evened(cell, chance)
        self.note(cell, np.minimum(chance, 1.0), found)
        return found
