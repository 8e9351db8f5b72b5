"""An ordered funnel with a window: how far each person, or each visit, got."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

MOST_STEPS = 16
"""A step is a bit of a 16-bit number."""

_ENDLESS = 1 << 62
_NEVER = -_ENDLESS - (_ENDLESS >> 1)
"""Longer ago than any window, for times of some thousand years on both sides of 1970."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far each one got.

    Attributes
    ----------
    reached : array of int8, shape (n_people,)
        Number of steps that each one passed in order within the window; 0 for who is not in the funnel.
    gaps : array of int64, shape (n_people, n_steps)
        Time from the step before to this one, in the first chain that reached it; nothing is said of steps that were
        not reached (`gaps_to`).
    """

    reached: npt.NDArray[np.int8]
    gaps: npt.NDArray[np.int64]

    def counts(self) -> npt.NDArray[np.int64]:
        """Return how many reached each step."""
        n_steps = self.gaps.shape[1]
        found = np.bincount(self.reached, minlength=n_steps + 1)
        counts: npt.NDArray[np.int64] = np.cumsum(found[::-1])[::-1][1:].astype(np.int64)
        return counts

    def gaps_to(self, step: int) -> npt.NDArray[np.int64]:
        """Return the time from the step before to this one, of everybody who reached it; none for the first."""
        gaps: npt.NDArray[np.int64] = self.gaps[self.reached > max(step, 0), step] if step else self.gaps[:0, 0]
        return gaps


class OrderedFunnel:
    """A funnel that reads events part after part, each later than the one before.

    A chain begins with the first step and may take any time up to the window; other events in between do not end it.
    Of several chains the one that began last is kept for each step, since it has the most of the window left. One
    event is one step, also where it is of the kind of several, but for the steps of `ahead`. Events at the same moment
    stand in the order given.

    Parameters
    ----------
    n_people : int
        People are numbered from 0.
    n_steps : int
        At most 16.
    window : int, optional
        Longest time from the first step to the last, in the unit of the times; without end where there is none.
    ahead : int
        Bits of the steps that are no event, but stand just ahead of the one they come with and leave it to be a step of
        its own: a visit begins with a page, and that page is seen too.

    Notes
    -----
    Cost grows with the events; memory with people.

    Examples
    --------
    Two people look (bit 1) and buy (bit 2); the second takes too long.

    >>> funnel = OrderedFunnel(2, 2, window=10)
    >>> funnel.read(np.array([0, 0, 1, 1], np.int32), np.array([0, 9, 0, 11]), np.array([1, 2, 1, 2], np.uint16))
    >>> funnel.result().counts().tolist()
    [2, 1]
    """

    def __init__(self, n_people: int, n_steps: int, *, window: int | None = None, ahead: int = 0) -> None:
        if not 1 <= n_steps <= MOST_STEPS:
            raise ValueError(f"a funnel has 1 to {MOST_STEPS} steps, not {n_steps}")
        self._window = _ENDLESS if window is None else min(window, _ENDLESS)
        self._ahead = np.uint16(ahead)
        self._begun = np.full(n_people, _NEVER)
        # Pages of these are made when somebody who comes beyond the first step is written to.
        self._starts = np.empty((n_people, n_steps), np.int64)
        self._lasts = np.empty((n_people, n_steps), np.int64)
        self._reached = np.zeros(n_people, np.int8)
        self._gaps = np.empty((n_people, n_steps), np.int64)

    def read(self, who: npt.NDArray[np.int32], at: npt.NDArray[np.int64], steps: npt.NDArray[np.uint16]) -> None:
        """Take in events, those of a person in order of time; `steps` has a bit for each step that an event can be.

        Whoever is numbered below 0 is passed over.
        """
        chains = (self._begun, self._starts, self._lasts, self._reached, self._gaps)
        _read(who, at, steps, self._ahead, self._window, *chains)

    def result(self) -> Funnel:
        """Return how far each one got, by what has been read."""
        return Funnel(np.maximum(self._reached, (self._begun != _NEVER).astype(np.int8)), self._gaps)


@njit(cache=True)
def _read(
    who: npt.NDArray[np.int32],
    at: npt.NDArray[np.int64],
    steps: npt.NDArray[np.uint16],
    ahead: np.uint16,
    window: int,
    begun: npt.NDArray[np.int64],
    starts: npt.NDArray[np.int64],
    lasts: npt.NDArray[np.int64],
    reached: npt.NDArray[np.int8],
    gaps: npt.NDArray[np.int64],
) -> None:
    for i in range(who.size):
        if who[i] < 0:
            continue
        p, now, bits = np.uintp(who[i]), at[i], steps[i]
        if bits & ahead:
            _step(p, now, bits & ahead, window, begun, starts, lasts, reached, gaps)
            bits &= ~ahead
        _step(p, now, bits, window, begun, starts, lasts, reached, gaps)


@njit(inline="always")
def _step(
    p: np.uintp,
    now: np.int64,
    bits: np.uint16,
    window: int,
    begun: npt.NDArray[np.int64],
    starts: npt.NDArray[np.int64],
    lasts: npt.NDArray[np.int64],
    reached: npt.NDArray[np.int8],
    gaps: npt.NDArray[np.int64],
) -> None:
    first = begun[p]
    # No chain is younger than the last first step. Asked at once: two doubts would be guessed wrongly more often.
    if (bits > 1) & (now - first <= window):
        # From the last step to the first, so that one event is one step.
        for s in range(min(max(reached[p], 1), starts.shape[1] - 1), 0, -1):
            start, last = (first, first) if s == 1 else (starts[p, s - 1], lasts[p, s - 1])
            if bits & (1 << s) and now - start <= window:
                starts[p, s], lasts[p, s] = start, now
                if reached[p] <= s:
                    reached[p] = s + 1
                    gaps[p, s] = now - last
    begun[p] = now if bits & 1 else first
