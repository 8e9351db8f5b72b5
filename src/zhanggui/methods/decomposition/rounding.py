"""Parts in whole units that still sum to the whole: the largest remainder."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import NotEnoughDataError


def whole_parts(parts: npt.ArrayLike, total: int) -> npt.NDArray[np.int64]:
    """Round parts to whole units (fen) so that they sum to `total` exactly.

    Parameters
    ----------
    parts : array_like of float, shape (n_parts,)
        Exact parts in the unit of the total, of either sign, whose sum is the total but for rounding.
    total : int
        What the rounded parts must sum to.

    Returns
    -------
    array of int, shape (n_parts,)
        Each within one unit of its exact part, as long as the exact parts sum to the total.

    Raises
    ------
    NotEnoughDataError
        There are no parts, but there is a total.

    Notes
    -----
    Every part is rounded down; the units still missing go one each to the parts with the largest remainder, ties to the
    earlier part (Hamilton's method). Parts of zero stay zero as long as another can take the unit.

    Examples
    --------
    >>> whole_parts([33.4, 33.3, -0.7, 34.0], 100).tolist()
    [34, 33, -1, 34]
    >>> whole_parts([2.5, -1.5, 0.0], 1).tolist()
    [3, -2, 0]
    """
    exact = np.asarray(parts, np.float64)
    if exact.size == 0:
        if total:
            raise NotEnoughDataError("There are no parts to round.", where="parts", next_step="pass at least one")
        return exact.astype(np.int64)
    down = np.floor(exact)
    left = int(total) - sum(int(each) for each in down)
    whole = down.astype(np.int64)
    # A part of exactly zero comes last, so that a driver that did not move shows no stray fen.
    order = np.lexsort((np.arange(len(exact)), -(exact - down), exact == 0))
    rounds, extra = divmod(left, len(exact))
    whole += rounds
    whole[order[:extra]] += 1
    return whole
