"""Markov chains over the last touches, solved exactly.

A state is the last k touches (fewer at the start of a journey). Removing a channel sends every state that holds it to
the end without conversion; its removal effect is the share of conversions that is lost with it (Anderl et al., 2016).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import csc_array, csr_array, eye_array
from scipy.sparse.linalg import MatrixRankWarning, bicgstab, spsolve

from zhanggui.methods.attribution.journeys import Bools, Floats, Ints, Journeys, summed

_DENSE_CODES = 1 << 24
_FEW_STATES = 64
_MOST_STEPS = 500
_ROUNDING = 4 * np.finfo(np.float64).eps


class Transitions:
    """How often each state was followed by each channel, and by each end.

    Parameters
    ----------
    n_channels : int
        Number of channels.
    order : int
        Touches that a state remembers, at most; chains that remember fewer are had of the same counts.
    """

    def __init__(self, n_channels: int, order: int) -> None:
        self.n_channels = n_channels
        self.order = order
        self._steps = _Tally((n_channels + 1) ** (order + 1))
        self._ends = _Tally((n_channels + 1) ** order)
        self._conversions = _Tally((n_channels + 1) ** order)

    def add(self, of: Journeys) -> None:
        """Count some journeys."""
        counts = of.conversions + of.nulls
        step, end = np.empty(len(of.touch), np.int64), np.empty(len(of), np.int64)
        _walk(of.touch, of.start, self.n_channels + 1, self.order, step, end)
        self._steps.add(step, np.repeat(counts, of.length))
        self._ends.add(end, counts)
        self._conversions.add(end, of.conversions)

    def solved(self, order: int) -> Chain:
        """Return the chain that these counts make, of states that remember so many touches."""
        base, width = self.n_channels + 1, (self.n_channels + 1) ** order
        step, n_steps = self._steps.found(width * base)
        end, n_ends = self._ends.found(width)
        target = step % width
        states = np.unique(np.concatenate((step // base, target, end)))
        source_at, target_at = np.searchsorted(states, step // base), np.searchsorted(states, target)
        leaving = summed(source_at, n_steps, len(states))
        leaving[np.searchsorted(states, end)] += n_ends
        leaving[leaving == 0] = 1
        moves = csr_array((n_steps / leaving[source_at], (source_at, target_at)), shape=(len(states), len(states)))
        equations = (
            np.eye(len(states)) - moves if len(states) <= _FEW_STATES else csr_array(eye_array(len(states)) - moves)
        )
        won = np.zeros(len(states))
        state, conversions = self._conversions.found(width)
        won[np.searchsorted(states, state)] = conversions
        return Chain(self.n_channels, order, states, equations, won / leaving)


@njit(cache=True)
def _walk(touch: Ints, start: Ints, base: int, order: int, step: Ints, end: Ints) -> None:
    """Write down the state before each touch followed by it, and the last state of each journey.

    Digits of a state are channels counted from 1, the newest last; 0 stands before the start.
    """
    width = base**order
    for j in range(start.size - 1):
        lo, state = start[j], 0
        for i in range(lo, start[j + 1]):
            step[i] = state * base + touch[i] + 1
            forgotten = touch[i - order] + 1 if i - order >= lo else 0
            state = step[i] - forgotten * width
        end[j] = state


class _Tally:
    """Sums by integer code: an array while codes are few, else sorted pairs."""

    def __init__(self, n_codes: int) -> None:
        self._dense = np.zeros(n_codes) if n_codes <= _DENSE_CODES else None
        self._codes: Ints = np.empty(0, np.int64)
        self._sums: Floats = np.empty(0)

    def add(self, codes: Ints, weights: Floats) -> None:
        if self._dense is not None:
            self._dense += summed(codes, weights, len(self._dense))
            return
        self._codes, places = np.unique(np.concatenate((self._codes, codes)), return_inverse=True)
        self._sums = summed(places, np.concatenate((self._sums, weights)), len(self._codes))

    def found(self, base: int) -> tuple[Ints, Floats]:
        """Return the codes, without what stands above this power of the base, and their sums."""
        if self._dense is not None:
            sums = self._dense.reshape(-1, base).sum(axis=0)
            codes = np.flatnonzero(sums)
            return codes, sums[codes]
        codes, places = np.unique(self._codes % base, return_inverse=True)
        return codes, summed(places, self._sums, len(codes))


@dataclass(frozen=True, slots=True)
class Chain:
    """A solved chain.

    Attributes
    ----------
    n_channels, order : int
        As counted.
    states : array of int, shape (n_states,)
        Codes of the states, ascending; the first is the start.
    equations : array, sparse where states are many, shape (n_states, n_states)
        The identity less the chance of going from one state to another.
    converts : array of float, shape (n_states,)
        Chance of converting right after the state.
    """

    n_channels: int
    order: int
    states: Ints
    equations: csr_array | Floats
    converts: Floats

    def chance(self, *, without: int | None = None) -> float:
        """Return the chance that a journey converts, with all channels or without one of them."""
        kept = np.arange(len(self.states)) if without is None else np.flatnonzero(~self._holds(without))
        return float(_solved(self.equations[kept][:, kept], self.converts[kept])[0])

    def removal_effects(self) -> Floats:
        """Return the share of conversions that is lost without each channel, each between 0 and 1."""
        whole = self.chance()
        if whole == 0:
            return np.zeros(self.n_channels)
        lost = np.array([1 - self.chance(without=channel) / whole for channel in range(self.n_channels)])
        return np.asarray(np.clip(lost, 0.0, 1.0))

    def _holds(self, channel: int) -> Bools:
        rest, holds = self.states.copy(), np.zeros(len(self.states), bool)
        for _ in range(self.order):
            holds |= rest % (self.n_channels + 1) == channel + 1
            rest //= self.n_channels + 1
        return holds


def _solved(matrix: csr_array | Floats, right: Floats) -> Floats:
    """Solve to rounding: few states at once, many by steps towards the solution, which fill no matrix in."""
    if isinstance(matrix, np.ndarray):
        return np.asarray(np.linalg.solve(matrix, right))
    found, _ = bicgstab(matrix, right, rtol=0.0, atol=_ROUNDING, maxiter=_MOST_STEPS)
    if np.abs(matrix @ found - right).max() <= _ROUNDING:
        return np.asarray(found)
    with warnings.catch_warnings():
        warnings.simplefilter("error", MatrixRankWarning)
        return np.asarray(spsolve(csc_array(matrix), right))
