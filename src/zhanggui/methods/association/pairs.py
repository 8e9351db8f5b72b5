"""Pairs of items in baskets, counted exactly in sparse matrices whose size the minimum support bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, triu
from scipy.stats import hypergeom

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

_BLOCK_BASKETS = 200_000


@dataclass(frozen=True, slots=True)
class Baskets:
    """Which items are in which baskets; a repeat says nothing more.

    Attributes
    ----------
    basket : array of int, shape (n_entries,)
        Number of the basket, ascending.
    item : array of int, shape (n_entries,)
        Number of the item, 0 to n_items - 1.
    n_items : int
        Number of items.
    """

    basket: Ints
    item: Ints
    n_items: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of items, each once, the lower number first.

    Attributes
    ----------
    n_baskets : int
        Baskets looked at, those without any pair included.
    a, b : array of int, shape (n_pairs,)
        The items.
    count : array of int, shape (n_pairs,)
        Baskets that hold both.
    count_a, count_b : array of int, shape (n_pairs,)
        Baskets that hold each.
    """

    n_baskets: int
    a: Ints
    b: Ints
    count: Ints
    count_a: Ints
    count_b: Ints

    def __len__(self) -> int:
        return len(self.count)

    @property
    def support(self) -> Floats:
        """Share of baskets that hold both."""
        return self.count / self.n_baskets

    @property
    def confidence_ab(self) -> Floats:
        """Of the baskets with a, the share that holds b."""
        return self.count / self.count_a

    @property
    def confidence_ba(self) -> Floats:
        """Of the baskets with b, the share that holds a."""
        return self.count / self.count_b

    @property
    def lift(self) -> Floats:
        """How many times more often together than if neither knew of the other."""
        return self.count * float(self.n_baskets) / (self.count_a.astype(float) * self.count_b)

    @property
    def leverage(self) -> Floats:
        """Share of baskets that hold both beyond what independence gives."""
        return self.support - (self.count_a / self.n_baskets) * (self.count_b / self.n_baskets)

    def p_values(self) -> Floats:
        """Return the chance of so many common baskets or more, were items shuffled among baskets (Fisher)."""
        return np.asarray(hypergeom.sf(self.count - 1, self.n_baskets, self.count_a, self.count_b), np.float64)


def pairs_above(blocks: Iterable[Baskets], *, min_count: int, n_items: int) -> Pairs:
    """Return the pairs that at least `min_count` baskets hold.

    Parameters
    ----------
    blocks : iterable of Baskets
        The baskets; no basket is in two blocks. It is gone through twice, so it must not be an iterator.
    min_count : int
        At least 1.
    n_items : int
        Number of items.

    Returns
    -------
    Pairs
        Ordered by the numbers of the items.

    Notes
    -----
    An item in fewer baskets than `min_count` can be in no such pair and is left out before pairs are counted, so that
    memory depends on how many items are frequent, not on how many baskets there are.

    Examples
    --------
    >>> found = pairs_above([Baskets(np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 0]), 2)], min_count=2, n_items=2)
    >>> found.count.tolist(), found.lift.tolist()
    ([2], [1.0])
    """
    counts, n_baskets = np.zeros(n_items, np.int64), 0
    for block in blocks:
        n_baskets += _n_different(block.basket)
        entry = np.sort(block.basket * np.int64(n_items) + block.item)
        is_first = np.diff(entry, prepend=-1) > 0
        counts += np.bincount(entry[is_first] % n_items, minlength=n_items)
    frequent = np.flatnonzero(counts >= min_count)
    number = np.full(n_items, -1, np.int64)
    number[frequent] = np.arange(len(frequent))
    together = csr_array((len(frequent), len(frequent)), dtype=np.int64)
    for block in blocks:
        for baskets in _parts(block, number):
            together = together + triu(baskets.T @ baskets, k=1, format="csr")
    found = together.tocoo()
    kept = np.flatnonzero(found.data >= min_count)
    order = kept[np.lexsort((found.col[kept], found.row[kept]))]
    a, b = frequent[found.row[order]], frequent[found.col[order]]
    return Pairs(n_baskets, a, b, found.data[order].astype(np.int64), counts[a], counts[b])


def _n_different(sorted_numbers: Ints) -> int:
    return int(np.count_nonzero(np.diff(sorted_numbers))) + 1 if len(sorted_numbers) else 0


def _parts(block: Baskets, number: Ints) -> Iterable[csr_array]:
    """Give baskets × frequent items, a limited number of baskets at a time."""
    item = number[block.item]
    is_frequent = item >= 0
    item, basket = item[is_frequent], block.basket[is_frequent]
    row = np.concatenate(([0], np.cumsum(np.diff(basket) != 0))) if len(basket) else basket
    n_rows = int(row[-1]) + 1 if len(row) else 0
    for begin in range(0, n_rows, _BLOCK_BASKETS):
        low, high = np.searchsorted(row, (begin, begin + _BLOCK_BASKETS))
        shape = (min(_BLOCK_BASKETS, n_rows - begin), int((number >= 0).sum()))
        ones = np.ones(high - low, np.int64)
        baskets = csr_array((ones, (row[low:high] - begin, item[low:high])), shape=shape)
        baskets.data[:] = 1
        yield baskets
