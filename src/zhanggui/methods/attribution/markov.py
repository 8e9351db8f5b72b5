"""Markov chains over the last touches, solved exactly.

A state is the last k touches (fewer at the start of a journey). Removing a channel sends every state that holds it to
the end without conversion; its removal effect is the share of conversions that is lost with it (Anderl et al., 2016).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import MatrixRankWarning, spsolve

from zhanggui.methods.attribution.journeys import Bools, Floats, Ints, Journeys, summed

_DENSE_CODES = 1 << 24


class Transitions:
    """How often each state was followed by each channel, and by each end.

    Parameters
    ----------
    n_channels : int
        Number of channels.
    order : int
        Touches that a state remembers.
    """

    def __init__(self, n_channels: int, order: int) -> None:
        self.n_channels = n_channels
        self.order = order
        self._steps = _Tally((n_channels + 1) ** (order + 1))
        self._ends = _Tally((n_channels + 1) ** order)
        self._conversions = _Tally((n_channels + 1) ** order)

    def add(self, of: Journeys) -> None:
        """Count some journeys."""
        base = self.n_channels + 1
        counts = of.conversions + of.nulls
        before = np.zeros(len(of.touch), np.int64)
        # Digits of a state are channels counted from 1, the newest last; 0 stands before the start.
        channel = of.touch.astype(np.int64) + 1
        place = np.arange(len(of.touch)) - np.repeat(of.start[:-1], of.length)
        for lag in range(self.order, 0, -1):
            digit = np.zeros_like(before)
            digit[lag:] = channel[:-lag]
            digit[place < lag] = 0
            before = before * base + digit
        self._steps.add(before * base + channel, np.repeat(counts, of.length))
        final = of.start[1:] - 1
        state = (before[final] * base + channel[final]) % base**self.order
        self._ends.add(state, counts)
        self._conversions.add(state, of.conversions)

    def solved(self) -> Chain:
        """Return the chain that these counts make."""
        base, width = self.n_channels + 1, (self.n_channels + 1) ** self.order
        step, n_steps = self._steps.found()
        end, n_ends = self._ends.found()
        target = step % width
        states = np.unique(np.concatenate((step // base, target, end)))
        source_at, target_at = np.searchsorted(states, step // base), np.searchsorted(states, target)
        leaving = summed(source_at, n_steps, len(states))
        leaving[np.searchsorted(states, end)] += n_ends
        leaving[leaving == 0] = 1
        size = (len(states), len(states))
        moves = csc_array((n_steps / leaving[source_at], (source_at, target_at)), shape=size)
        won = np.zeros(len(states))
        state, conversions = self._conversions.found()
        won[np.searchsorted(states, state)] = conversions
        return Chain(self.n_channels, self.order, states, moves, won / leaving)


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

    def found(self) -> tuple[Ints, Floats]:
        if self._dense is None:
            return self._codes, self._sums
        codes = np.flatnonzero(self._dense)
        return codes, self._dense[codes]


@dataclass(frozen=True, slots=True)
class Chain:
    """A solved chain.

    Attributes
    ----------
    n_channels, order : int
        As counted.
    states : array of int, shape (n_states,)
        Codes of the states, ascending; the first is the start.
    moves : sparse array, shape (n_states, n_states)
        Chance of going from one state to another.
    converts : array of float, shape (n_states,)
        Chance of converting right after the state.
    """

    n_channels: int
    order: int
    states: Ints
    moves: csc_array
    converts: Floats

    def chance(self, *, without: int | None = None) -> float:
        """Return the chance that a journey converts, with all channels or without one of them."""
        kept = np.arange(len(self.states)) if without is None else np.flatnonzero(~self._holds(without))
        inner = eye_array(len(kept), format="csc") - self.moves[kept][:, kept]
        with warnings.catch_warnings():
            warnings.simplefilter("error", MatrixRankWarning)
            solved = spsolve(csc_array(inner), self.converts[kept])
        return float(np.atleast_1d(solved)[0])

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
