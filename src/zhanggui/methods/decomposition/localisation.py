"""The few segments that carry a change: a scan over combinations of dimensions for what moved unlike the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from math import comb, log

import numpy as np
import numpy.typing as npt

from zhanggui.methods.decomposition.noise import Noise, noise_of
from zhanggui.methods.problems import ShapeMismatchError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WORK = 6_000_000
"""Leaves times combinations of dimensions that are looked at; above it the least telling dimensions are left out."""

_SEEDS = 5
_MOST_ROUNDS = 24
_MANY = 1000
_SOME = 20
_STEADY = 3.0
"""Information that a segment must hold for its scatter to tell anything: of one order each gain is the same."""

_MEDIAN_OF_CHANCE = 0.4549
"""Median of chi-squared with one degree of freedom."""

_ALIKE = 0.2
"""What the parts of a segment may gain beyond the segment itself, as a share of its gain, and still be one."""

_AS_FAR = 0.6
"""How far a wider segment must have moved, as a share of how far the narrower one did, to stand in its place."""

_DENSE = 4
"""A table of sums may have so many cells per leaf before empty ones are packed away."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One segment that carries part of a change.

    Attributes
    ----------
    where : tuple of (int, int)
        Number of the dimension and code of its value, for each dimension that bounds the segment.
    before, after : float
        Its sums in both periods.
    own : float
        What it adds to the change beyond the carriers before it: amounts of leaves that none of them holds.
    strength : float
        How much better the change is explained with the segment than without, in units of noise (a log likelihood
        ratio less the price of having looked at so many segments). Comparable within one answer.
    """

    where: tuple[tuple[int, int], ...]
    before: float
    after: float
    own: float
    strength: float

    @property
    def amount(self) -> float:
        """The change of the segment."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Carriers:
    """What carries a change.

    Attributes
    ----------
    carriers : tuple of Carrier
        In the order of their strength; empty when nothing moved unlike the rest.
    background : float
        Factor by which everything else moved; 1 when it stood still.
    dimensions : tuple of int
        Numbers of the dimensions that were searched.
    """

    carriers: tuple[Carrier, ...]
    background: float
    dimensions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """The strongest segment of a combination, and what all segments that moved like it explain together."""

    dims: tuple[int, ...]
    member: int
    strength: float
    gain: float


def carriers(
    codes: Sequence[npt.ArrayLike],
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    max_dimensions: int = 3,
    max_carriers: int = 5,
    min_share: float = 0.02,
    caution: float = 10.0,
) -> Carriers:
    """Find the few segments that carry the change between two periods.

    Parameters
    ----------
    codes : sequence of array_like of int, each of shape (n_leaves,)
        For each dimension the code of every leaf, from 0. A leaf is a combination of values that occurs.
    before, after : array_like of float, shape (n_leaves,)
        What each leaf holds in both periods, of any sign; 0 where it is not there.
    max_dimensions : int, default 3
        Dimensions that may bound one segment.
    max_carriers : int, default 5
        Segments to return at most.
    min_share : float, default 0.02
        Segments whose own amount is smaller than this part of the largest are not worth a line.
    caution : float, default 10
        Gain asked for beyond what chance gives the best of many, as the noise of a shop is no textbook noise. Below
        zero, what is found is likely at best.

    Returns
    -------
    Carriers
        Segments in the order of their strength.

    Raises
    ------
    ShapeMismatchError
        The arrays differ in length.

    Notes
    -----
    A segment is strong when its leaves moved together and unlike the rest. With e what a leaf would hold had it moved
    like the rest, s the mean of e and what it holds, and a variance of ``φ s + τ² s²`` fitted to the leaves themselves
    (counting noise and relative noise), the sums ``X = Σ (after - e) s / var`` and ``Y = Σ s² / var`` over a segment
    give its likelihood gain ``X² / Y``. Both are sums over leaves, so one pass per combination of dimensions gives all
    its segments: the cost is leaves times combinations, never pairs of segments. By Cauchy and Schwarz a cause gains
    more than anything wider (diluted) and, with the price of ``2 ln(segments looked at)`` for each, more than the
    parts it could be cut into. Segments of one combination that moved by the same factor are found together. The
    strongest are taken, their leaves set aside, the noise fitted anew, and so on; that everything moved alike competes
    as a segment without bounds. Ties go to the segment with fewer bounds.

    It misleads where causes overlap almost wholly, and where a leaf holds too little to be told from noise.

    References
    ----------
    .. [1] M. Kulldorff, "A spatial scan statistic", Communications in Statistics: Theory and Methods 26(6), 1997.
    .. [2] D. B. Neill, "Fast subset scan for spatial pattern detection", Journal of the Royal Statistical Society B
           74(2), 2012.
    .. [3] B. Devlin, K. Roeder, "Genomic control for association studies", Biometrics 55(4), 1999.
    .. [4] M. Kalander, "RiskLoc: localization of multi-dimensional root causes by weighted risk", arXiv:2205.10004,
           2022; its generator is the model of our benchmark.

    Examples
    --------
    >>> store, region = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]
    >>> found = carriers([store, region], [500, 400, 300, 310, 205, 200], [498, 404, 60, 306, 207, 199])
    >>> [(each.where, each.amount) for each in found.carriers]
    [(((0, 1), (1, 0)), -240.0)]
    """
    search = _Search([np.asarray(each, np.int64) for each in codes], before, after, caution)
    search.choose_dimensions(max_dimensions)
    found: list[Carrier] = []
    for _ in range(_MOST_ROUNDS):
        best = search.strongest(max_dimensions) if len(found) < max_carriers else None
        if best is None:
            break
        if not best.dims:
            search.move_background()
            continue
        found.append(search.take(best))
        search.move_background(only_if_moved=True)
    largest = max((abs(each.own) for each in found), default=0.0)
    kept = [each for each in found if abs(each.own) >= min_share * largest and each.own != 0]
    return Carriers(tuple(kept[:max_carriers]), search.background, search.dims)


class _Search:
    """Leaves that no carrier has taken yet, and what they would hold had they moved like the rest."""

    def __init__(self, codes: Sequence[Ints], before: npt.ArrayLike, after: npt.ArrayLike, caution: float) -> None:
        self._codes, self._caution = codes, caution
        self._before, self._after = np.asarray(before, np.float64), np.asarray(after, np.float64)
        lengths = {len(each) for each in (*codes, self._before, self._after)}
        if len(lengths) != 1:
            raise ShapeMismatchError(codes=len(codes[0]) if codes else 0, before=len(self._before))
        self._sizes = [int(each.max()) + 1 if len(each) else 1 for each in codes]
        self._free = np.arange(len(self._before))
        self.background = 1.0
        self.dims = tuple(place for place, size in enumerate(self._sizes) if size > 1)
        self._nested = {pair for pair in permutations(self.dims, 2) if self._decides(*pair)}

    def choose_dimensions(self, max_dimensions: int) -> None:
        """Leave out the dimensions whose values moved least apart while there is more to look at than there is time."""
        order: list[int] | None = None
        while len(self.dims) > 1 and len(self._free) * sum(1 for _ in self.cuboids(max_dimensions)) > WORK:
            if order is None:
                x, y = self._signals(self._noise())
                gains = {dim: max(self._gains((dim,), x, y), default=0.0) for dim in self.dims}
                order = sorted(self.dims, key=lambda dim: gains[dim])
            weakest = order.pop(0)
            self.dims = tuple(dim for dim in self.dims if dim != weakest)

    def strongest(self, max_dimensions: int) -> _Found | None:
        """Return the set of segments of one combination that explains most, or None when none explains anything."""
        x, y = self._signals(self._noise())
        whole = float(y.sum())
        best = _Found((), 0, 0.0, float(x.sum()) ** 2 / whole - 1.0) if whole else None
        if best is not None and best.gain <= _smallest_gain(len(self._free)):
            best = None
        for dims in self.cuboids(max_dimensions):
            found = self._best_of(dims, x, y)
            # What explains no more, with more bounds, explains less.
            if found is not None and (best is None or found.gain > best.gain * (1 + 1e-9)):
                best = found
        return best if best is None or not best.dims else self._widened(best, x, y)

    def _widened(self, found: _Found, x: Floats, y: Floats) -> _Found:
        """Return the widest segment around a found one all of which moved alike."""
        values = self._values(found.dims, found.member)
        fine_x, fine_y, cells = self._sums(found.dims, x, y)
        of_cells = np.stack(self._values_of(found.dims, cells))
        fine = np.divide(fine_x**2, fine_y, out=np.zeros_like(fine_x), where=fine_y > 0)
        here = np.flatnonzero(cells == found.member)[0]
        moved = fine_x[here] / fine_y[here]
        for n in range(1, len(found.dims)):
            for places in combinations(range(len(found.dims)), n):
                inside = np.logical_and.reduce([of_cells[place] == values[place] for place in places])
                sum_x, sum_y = float(fine_x[inside].sum()), float(fine_y[inside].sum())
                gain = sum_x**2 / sum_y
                apart = float(fine[inside].sum()) - gain - (int(inside.sum()) - 1)
                if gain > found.strength and apart <= _ALIKE * gain and sum_x / sum_y / moved >= _AS_FAR:
                    dims = tuple(found.dims[place] for place in places)
                    member = self._member(dims, tuple(values[place] for place in places))
                    return _Found(dims, member, gain - self._price(dims, len(cells)), found.gain)
        return found

    def take(self, found: _Found) -> Carrier:
        """Set the leaves of a segment aside and return it."""
        dims, values, strength = found.dims, self._values(found.dims, found.member), found.strength
        is_inside = np.ones(len(self._before), bool)
        for dim, value in zip(dims, values, strict=True):
            is_inside &= self._codes[dim] == value
        own = self._free[is_inside[self._free]]
        self._free = self._free[~is_inside[self._free]]
        return Carrier(
            where=tuple(zip(dims, values, strict=True)),
            before=float(self._before[is_inside].sum()),
            after=float(self._after[is_inside].sum()),
            own=float(self._after[own].sum() - self._before[own].sum()),
            strength=strength,
        )

    def move_background(self, *, only_if_moved: bool = False) -> None:
        """Let what is left decide how everything moved."""
        if only_if_moved and self.background == 1.0:
            return
        before, after = float(self._before[self._free].sum()), float(self._after[self._free].sum())
        # Zero or a changed sign gives no factor by which everything could have moved.
        self.background = after / before if before * after > 0 else 1.0

    def _decides(self, fine: int, coarse: int) -> bool:
        """Return whether each value of one dimension lies within one value of another, as a city within its region."""
        if self._sizes[fine] < self._sizes[coarse]:
            return False
        around = np.zeros(self._sizes[fine], np.int64)
        around[self._codes[fine]] = self._codes[coarse]
        return bool((around[self._codes[fine]] == self._codes[coarse]).all())

    def cuboids(self, max_dimensions: int) -> Iterator[tuple[int, ...]]:
        """Yield combinations; a city within its own region is but the city, so they are not searched together."""
        for n in range(1, min(max_dimensions, len(self.dims)) + 1):
            for dims in combinations(self.dims, n):
                if n == 1 or self._nested.isdisjoint(permutations(dims, 2)):
                    yield dims

    def _noise(self) -> Noise:
        expected, after = self._before[self._free] * self.background, self._after[self._free]
        return noise_of(expected, after)

    def _signals(self, noise: Noise) -> tuple[Floats, Floats]:
        expected, after = self._before[self._free] * self.background, self._after[self._free]
        size = (np.abs(expected) + np.abs(after)) / 2
        variance = noise.variance(size)
        weighted = np.divide(size, variance, out=np.zeros_like(size), where=variance > 0)
        return weighted * (after - expected), weighted * size

    def _gains(self, dims: tuple[int, ...], x: Floats, y: Floats) -> Floats:
        sum_x, sum_y, _ = self._sums(dims, x, y)
        return np.divide(sum_x**2, sum_y, out=np.zeros_like(sum_x), where=sum_y > 0)

    def _sums(self, dims: tuple[int, ...], x: Floats, y: Floats) -> tuple[Floats, Floats, Ints]:
        """Return the sums of each cell that holds anything, and the number of the cell."""
        keys, size = self._codes[dims[0]][self._free], self._sizes[dims[0]]
        for dim in dims[1:]:
            keys, size = keys * self._sizes[dim] + self._codes[dim][self._free], size * self._sizes[dim]
        if size <= max(_DENSE * len(keys), 1024):
            cells = np.arange(size)
        else:
            cells, keys = np.unique(keys, return_inverse=True)
        sum_x = np.bincount(keys, x, len(cells)).astype(np.float64)
        sum_y = np.bincount(keys, y, len(cells)).astype(np.float64)
        held = np.flatnonzero(sum_y)
        return sum_x[held], sum_y[held], cells[held]

    def _values(self, dims: tuple[int, ...], member: int) -> tuple[int, ...]:
        return tuple(int(each[0]) for each in self._values_of(dims, np.array([member])))

    def _values_of(self, dims: tuple[int, ...], cells: Ints) -> list[Ints]:
        values: list[Ints] = []
        for dim in reversed(dims):
            cells, value = np.divmod(cells, self._sizes[dim])
            values.append(value)
        return values[::-1]

    def _member(self, dims: tuple[int, ...], values: tuple[int, ...]) -> int:
        member = 0
        for dim, value in zip(dims, values, strict=True):
            member = member * self._sizes[dim] + value
        return member

    def _price(self, dims: tuple[int, ...], n_cells: int) -> float:
        """Return what a segment must gain because so many were looked at: chance makes the best of many large."""
        return 2 * log(n_cells * comb(len(self.dims), len(dims))) + self._caution

    def _best_of(self, dims: tuple[int, ...], x: Floats, y: Floats) -> _Found | None:
        """Return the segments of one combination that moved by one factor and explain most together."""
        sum_x, sum_y, cells = self._sums(dims, x, y)
        if len(cells) == 0:
            return None
        gains = np.divide(sum_x**2, sum_y, out=np.zeros_like(sum_x), where=sum_y > 0)
        wide = _inflation(gains[sum_y >= _STEADY])
        # Both sums are divided alike, so that factors stay and gains shrink.
        sum_x, sum_y, gains = sum_x / wide, sum_y / wide, gains / wide
        price = max(self._price(dims, len(cells)), _tail(gains))
        worth = np.flatnonzero(gains > price)
        if len(worth) == 0:
            return None
        sum_x, sum_y, gains, cells = sum_x[worth], sum_y[worth], gains[worth], cells[worth]
        best: _Found | None = None
        for seed in np.argsort(-gains, kind="stable")[:_SEEDS]:
            members = _moved_alike(sum_x, sum_y, float(sum_x[seed] / sum_y[seed]), price)
            total = float(sum_x[members].sum() ** 2 / sum_y[members].sum()) - price * len(members)
            if best is None or total > best.gain * (1 + 1e-9):
                strongest = members[gains[members].argmax()]
                best = _Found(dims, int(cells[strongest]), float(gains[strongest] - price), total)
        return best


def _moved_alike(x: Floats, y: Floats, factor: float, price: float) -> Ints:
    """Return the cells that a common factor explains at more than their price, the factor refined by them."""
    members = np.flatnonzero(2 * factor * x - factor**2 * y > price)
    for _ in range(3):
        if len(members) == 0:
            break
        refined = float(x[members].sum() / y[members].sum())
        again = np.flatnonzero(2 * refined * x - refined**2 * y > price)
        if len(again) == len(members) and (again == members).all():
            break
        members = again
    # The seed explains itself, so an empty set means that refining lost it.
    return members if len(members) else np.array([int((x**2 / y).argmax())])


def _inflation(gains: Floats) -> float:
    """Return how many times wider than chance ordinary segments of a combination scatter, at least 1.

    Orders of one buyer, of one day or of one campaign come together, so sums scatter more than their leaves tell. Of
    many segments most have no cause, so the median gain shows it (genomic control).
    """
    if len(gains) < _SOME:
        return 1.0
    return max(1.0, float(np.median(gains)) / _MEDIAN_OF_CHANCE)


def _tail(gains: Floats) -> float:
    """Return a gain that chance alone hardly reaches among so many, read off the gains themselves.

    Relative noise has longer tails than a normal distribution; where there are many segments, how fast the ordinary
    ones thin out says how large the largest of them will be.
    """
    if len(gains) < _MANY:
        return 0.0
    high, higher = np.quantile(gains, [0.99, 0.999])
    return float(high + (higher - high) / log(10) * log(len(gains) / 100)) + 2


def _smallest_gain(n_leaves: int) -> float:
    return 2 * log(max(n_leaves, 2))
