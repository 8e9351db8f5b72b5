"""Journeys as columns: the touches of all journeys in one flat array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from zhanggui.methods.problems import ShapeMismatchError

Ints: TypeAlias = npt.NDArray[np.integer]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]


def summed(codes: Ints, weights: Floats, n_codes: int) -> Floats:
    """Return the sum of the weights of each code, 0 to n_codes - 1."""
    return np.asarray(np.bincount(codes, weights, n_codes), np.float64)


@dataclass(frozen=True, slots=True)
class Journeys:
    """Some journeys, each standing for as many people as its counts say.

    Attributes
    ----------
    touch : array of int, shape (n_touches,)
        Channel of each touch, 0 to n_channels - 1, journey after journey, in order of time; repeats are kept.
    start : array of int, shape (n_journeys + 1,)
        Where each journey begins in `touch`; the last entry is the number of touches. No journey is empty.
    conversions, value, nulls : array of float, shape (n_journeys,)
        How often the journey ended in a conversion, what those were worth, how often it ended without.
    age : array of float, shape (n_touches,), optional
        Time from the touch to the end of its journey, in any one unit.
    """

    touch: Ints
    start: Ints
    conversions: Floats
    value: Floats
    nulls: Floats
    age: Floats | None = None

    def __len__(self) -> int:
        return len(self.conversions)

    @property
    def length(self) -> Ints:
        """Touches of each journey."""
        return np.diff(self.start)

    @property
    def journey(self) -> Ints:
        """The journey that each touch belongs to."""
        return np.repeat(np.arange(len(self)), self.length)

    def parts(self, most: int) -> Iterator[Journeys]:
        """Give the journeys in parts of at most `most`."""
        for begin in range(0, len(self), most):
            some = slice(begin, begin + most)
            start = self.start[begin : begin + most + 1]
            touches = slice(start[0], start[-1])
            yield Journeys(
                self.touch[touches],
                start - start[0],
                self.conversions[some],
                self.value[some],
                self.nulls[some],
                None if self.age is None else self.age[touches],
            )

    def weighted(self, conversions: Floats, nulls: Floats) -> Journeys:
        """Return the same journeys with other counts; each conversion keeps its worth."""
        worth = np.divide(self.value, self.conversions, out=np.zeros_like(self.value), where=self.conversions > 0)
        return replace(self, conversions=conversions, nulls=nulls, value=worth * conversions)


def journeys(
    paths: Sequence[Sequence[int]],
    *,
    conversions: Sequence[float],
    nulls: Sequence[float] | None = None,
    value: Sequence[float] | None = None,
    age: Sequence[Sequence[float]] | None = None,
) -> Journeys:
    """Return journeys from lists of channel numbers.

    Parameters
    ----------
    paths : sequence of sequence of int
        Channels of each journey, at least one.
    conversions, nulls, value : sequence of float
        As the attributes; no nulls and no value where absent.
    age : sequence of sequence of float, optional
        Age of each touch.

    Returns
    -------
    Journeys
        One journey per path.

    Raises
    ------
    ShapeMismatchError
        The sequences differ in length.

    Examples
    --------
    >>> journeys([(0, 1), (1,)], conversions=[1, 2]).start
    array([0, 2, 3])
    """
    n = len(paths)
    sides = {"conversions": conversions, "nulls": nulls, "value": value, "age": age}
    lengths = {name: len(side) for name, side in sides.items() if side is not None}
    if any(length != n for length in lengths.values()):
        raise ShapeMismatchError(paths=n, **lengths)
    return Journeys(
        touch=np.fromiter((channel for path in paths for channel in path), np.int64),
        start=np.concatenate(([0], np.cumsum([len(path) for path in paths], dtype=np.int64))),
        conversions=np.asarray(conversions, float),
        value=np.zeros(n) if value is None else np.asarray(value, float),
        nulls=np.zeros(n) if nulls is None else np.asarray(nulls, float),
        age=None if age is None else np.fromiter((each for path in age for each in path), float),
    )
